"""Sentences for ``Rule.silent`` that several kinds share: why names in ``of`` say nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from scheduler.domain.calendar import Slot
from scheduler.domain.occupancy import by_body
from scheduler.domain.programme import Programme
from scheduler.domain.when import When
from scheduler.rules.rule import Rule, says_nothing
from scheduler.wording import counted


def open_to_everybody(rule: Rule, programme: Programme) -> Iterator[str]:
    """For a rule on closed sessions: names without a closed session."""
    names = rule.names_without(programme, programme.restricted)
    return says_nothing(names, "is open to everybody", "are open to everybody")


def one_session_of_a_body(rule: Rule, programme: Programme, which: str) -> Iterator[str]:
    """For a rule on the sessions of a body together: names of one session; ``which`` completes the sentence."""
    alone = [members[0] for members in by_body(programme, rule.sessions(programme)).values() if len(members) == 1]
    names = rule.names_without(programme, lambda session: session not in alone) if rule.of else []
    return says_nothing(names, f"is one session, {which}", f"are one session each, {which}")


def one_session_alone(rule: Rule, programme: Programme) -> Iterator[str]:
    """For a rule on pairs: it names one session alone."""
    if rule.of and len(rule.sessions(programme)) == 1:
        yield "one session alone is named, and it takes two: the rule says nothing"


def no_more_than(rule: Rule, programme: Programme, most: int) -> Iterator[str]:
    """For a rule on the sessions of each name together: names of that many sessions or fewer."""
    few = [f"'{name}'" for name in rule.of if 0 < len(programme.work(name)) <= most]
    number = counted(most, "session")
    if most == 1:
        return says_nothing(few, "is one session", "are one session each")
    return says_nothing(few, f"has no more than {number}", f"have no more than {number} each")


def never_open(
    rule: Rule, programme: Programme, closed: Callable[[Slot], bool], because: Callable[[str, list[Slot]], str]
) -> Iterator[str]:
    """For a rule on hours of the day that leaves no minute of the slots of a name: then that can never sit.

    ``because`` says so, of what is written behind *slot* and the slots.
    """
    for name in rule.of or ("",):
        work = programme.work(name) if name else tuple(programme.sessions)
        own = sorted({index for session in work for index in programme.own_slots(session)})
        slots = [programme.calendar.axis.slots[index] for index in own]
        if slots and all(map(closed, slots)):
            yield f"{because(f' for {programme.name_of(name)}' if name else '', slots)}: choose another hour"


def closed_hours(when: Iterable[When], programme: Programme, then: str) -> Iterator[str]:
    """For a rule on parts of the calendar: hours in which no slot is open; ``then`` says what follows."""
    for part in when:
        if part.hours is not None and not part.windows(programme.calendar):
            yield f"no slot is open {part.spoken(programme.calendar)}: {then}"
