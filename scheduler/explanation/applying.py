"""Applies the options of ``schedule what-if``: values set, rules given up, wishes added, in that order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler.domain.base import altered
from scheduler.domain.persons import Entry, key_of
from scheduler.explanation.event_wishes import event_wished, with_event_wish
from scheduler.explanation.members import members_of
from scheduler.explanation.set_values import CommandOption, with_settings
from scheduler.explanation.wish_language import parse_wish
from scheduler.reading.diagnostics import Loc
from scheduler.reading.whole_scenario import mistaken, unclear
from scheduler.rules.rule import Rule
from scheduler.scenario import Scenario
from scheduler.wording import did_you_mean


@dataclass(frozen=True, slots=True)
class Changing:
    """The values of ``--set``, ``--drop``, ``--require`` and ``--forbid``."""

    values: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()

    def applied(self, scenario: Scenario) -> tuple[Scenario, list[Rule], set[str], list[Entry]]:
        """The changed scenario, its new wishes, the names of the rules given up, and the people with absences given up.

        A rule that is dropped becomes a wish, so that nothing else is tightened.

        Raises:
            InputError: a change cannot be read, or names what is not there; with a caret.
        """
        changed = with_settings(scenario, self.values)
        given_up: set[str] = set()
        absences: dict[str, Entry] = {}
        for name in self.drop:
            looser = _without(changed, name)
            given_up |= {rule.name for rule in looser.rules if rule not in changed.rules}
            kept = [entry for _, entry in looser.entries()]
            for _, entry in changed.entries():
                if entry not in kept:
                    absences.setdefault(key_of(entry), entry)
            changed = looser
        wishes: list[Rule] = []
        for texts, forbid in ((self.require, False), (self.forbid, True)):
            for number, text in enumerate(texts, 1):
                if (event := event_wished(changed, text)) is not None:
                    changed = with_event_wish(changed, event, text, forbid=forbid)
                    continue
                wish = parse_wish(changed, text, forbid=forbid, number=number)
                if found := _further_mistake(changed, altered(changed, rules=(*changed.rules, wish))):
                    raise CommandOption("--forbid" if forbid else "--require", text).wrong(found[0], 0, None, found[1])
                wishes.append(wish)
        return altered(changed, rules=(*changed.rules, *wishes)), wishes, given_up, list(absences.values())

    def further(self, options: Sequence[str]) -> Changing:
        """With more options, as they stand on a command line."""
        more = list(zip(options[::2], options[1::2], strict=True))
        values = tuple(text for option, text in more if option == "--set")
        drop = tuple(text for option, text in more if option == "--drop")
        return replace(self, values=(*self.values, *values), drop=(*self.drop, *drop))


def with_options(scenario: Scenario, options: Sequence[str]) -> Scenario:
    """The scenario that ``schedule what-if`` solves with ``--set`` and ``--drop``.

    Raises:
        InputError: it refuses them.
    """
    return Changing().further(options).applied(scenario)[0]


def _without(scenario: Scenario, name: str) -> Scenario:
    for member in members_of(scenario):
        if name in (member.name, member.id):
            return member.give_way(scenario)
    if any(rule.name == name for rule in scenario.rules):
        return scenario.without(name)
    known = [rule.name for rule in scenario.rules] + [i.name for i in members_of(scenario)]
    raise CommandOption("--drop", name).wrong(
        f"there is no rule '{name}'", 0, None, did_you_mean(name, dict.fromkeys(known))
    )


def _further_mistake(scenario: Scenario, changed: Scenario) -> tuple[str, str] | None:
    """The first mistake that the change makes, with its remedy; None: there is none."""
    known = {message for _, message, _ in _mistakes(scenario)}
    return next(((message, hint) for _, message, hint in _mistakes(changed) if message not in known), None)


def _mistakes(scenario: Scenario) -> Iterator[tuple[Loc, str, str]]:
    yield from mistaken(scenario)
    yield from unclear(scenario)
