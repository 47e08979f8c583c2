"""The cheapest ways out of an impossible scenario: rules given up, or a number changed as little as possible.

Each way is applied to the scenario and solved; only what has a timetable that the checker confirms is proposed.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from scheduler.altering import holding
from scheduler.checking import check
from scheduler.domain.base import SessionId
from scheduler.errors import InputError
from scheduler.explanation.conflict import FEW, Conflict, Held
from scheduler.explanation.members import AND, Member, members_of
from scheduler.explanation.numbers import adjustable_numbers
from scheduler.explanation.oracle import Oracle, feasible, too_much
from scheduler.explanation.wishes import with_settings
from scheduler.outcome import Outcome, Settings, Status
from scheduler.rules.adjusting import AdjustableNumber, NumberSetting
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve
from scheduler.solving.search import Search
from scheduler.wording import listed

NUMBERS_SECONDS = 12.0
"""Wall-clock time for trying changes of numbers, or a third of what is left where that is more."""
TRY_SECONDS = 3.0
"""Wall-clock time for one setting of a number, or its share of what is left."""
WAY_SECONDS = 4.0
"""Wall-clock time for the best timetable of each way out, or its share of what is left; where that does not suffice,
any timetable is shown."""
MOST_SETTINGS = 6
"""Settings of a number that are tried together with rules given up."""
PER_MINUTE_NOT_HELD = 1
"""A session that is not held at all costs a point for so many minutes, beyond ``NOT_HELD``."""
NOT_HELD = 100


@dataclass(frozen=True, slots=True)
class WayOut:
    """Something to change, and the timetable that then exists."""

    sentence: str
    cost: int
    """Points, as the planner or the defaults have it."""
    scenario: Scenario
    outcome: Outcome
    given_up: tuple[Member, ...] = ()
    options: tuple[str, ...] = ()
    """Arguments that make ``schedule what-if`` show it; none where a change cannot be said so."""
    by_hand: str = ""
    """What to write into the scenario instead, where there are no options."""
    cut: int = 0
    """Minutes by which a session is shortened."""
    less: int = 0
    """The next smaller cut, which was found not to do; 0: none is smaller."""


@dataclass(frozen=True, slots=True)
class Repairs:
    """The ways found, cheapest first; ``complete``: nothing cheaper was left untried."""

    ways: tuple[WayOut, ...] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    cost: int
    sentence: str
    scenario: Scenario
    family: str
    given_up: tuple[Member, ...] = ()
    options: tuple[str, ...] = ()
    by_hand: str = ""
    cut: int = 0
    less: int = 0


Rerun = Callable[[Sequence[str]], Scenario]
"""The scenario that ``schedule what-if`` solves with further options; it refuses some with ``InputError``."""


def cheapest_ways(
    scenario: Scenario, conflict: Conflict | None, search: Search, oracle: Oracle, count: int, rerun: Rerun
) -> Repairs:
    """At most ``count`` ways out; each is solved as its command says it, and left out where that is refused."""
    found: list[_Candidate] = []
    sure = True
    if count < 1:
        return Repairs((), complete=False)
    if conflict is None or conflict.rules:
        sure = _drops(scenario, found, oracle, count)
    elif conflict.held:
        found += _not_held(scenario, conflict, search)
    sure = _turned(scenario, conflict, found, search, count, rerun) and sure
    sure = _combined(scenario, conflict, found, oracle, count, rerun) and sure
    ways: list[WayOut] = []
    for candidate in _best_of_families(found):
        if len(ways) == count:
            break
        if search.left <= 0:
            sure = False
            break
        changed = _as_commanded(candidate, rerun)
        if changed is None:
            continue
        seconds = min(search.left, max(WAY_SECONDS, search.left / (2 * count)))
        outcome = solve(changed, Settings(time_limit=seconds, seed=search.settings.seed, workers=1))
        if outcome.timetable is None:
            outcome = _any_timetable(changed, search)
        if outcome.timetable is None:
            sure = False
            continue
        ways.append(
            WayOut(
                candidate.sentence,
                candidate.cost,
                changed,
                outcome,
                candidate.given_up,
                candidate.options,
                "" if candidate.options else candidate.by_hand,
                candidate.cut,
                candidate.less,
            )
        )
    return Repairs(tuple(ways), sure)


def _as_commanded(candidate: _Candidate, rerun: Rerun) -> Scenario | None:
    """The scenario that the command of a way solves; its own where no command says it; None where it is refused."""
    if not candidate.options:
        return candidate.scenario
    try:
        return rerun(candidate.options)
    except InputError:
        return None


def _any_timetable(scenario: Scenario, search: Search) -> Outcome:
    """Some timetable, where the best one takes too long."""
    timetable = feasible(scenario, search).timetable
    if timetable is None:
        return Outcome(Status.UNKNOWN)
    report = check(scenario, timetable)
    return Outcome(Status.FEASIBLE, timetable, report.cost, 0, report.violations)


def _drops(scenario: Scenario, found: list[_Candidate], oracle: Oracle, count: int) -> bool:
    """The cheapest sets of rules to give up; whether none is cheaper."""
    no_goods: list[tuple[Member, ...]] = []
    while len(no_goods) < count:
        dropped = oracle.cheapest_to_drop(no_goods)
        if dropped is None:
            return oracle.search.left > 0
        no_goods.append(dropped)
        changed = scenario
        for member in dropped:
            changed = member.give_way(changed)
        sentence = AND.join(member.waived for member in dropped)
        options = _dropping(dropped, oracle)
        found.append(_Candidate(sum(member.cost for member in dropped), sentence, changed, sentence, dropped, options))
    return True


def _dropping(dropped: Sequence[Member], oracle: Oracle) -> tuple[str, ...]:
    """The options that give up the members."""
    names = [condition.name for member in oracle.members for condition in member.conditions]
    conditions = [condition for member in dropped for condition in member.conditions]
    words = [condition.name if names.count(condition.name) == 1 else condition.id for condition in conditions]
    return tuple(part for word in words for part in ("--drop", word))


def _combined(
    scenario: Scenario, conflict: Conflict | None, found: list[_Candidate], oracle: Oracle, count: int, rerun: Rerun
) -> bool:
    """A number changed and rules given up, where neither suffices alone: only where there are several conflicts."""
    search = oracle.search
    if conflict is None or (conflict.held and found) or all(witness.keeps_the_rest for witness in conflict.witnesses):
        return True
    if not oracle.members or len(conflict.members) > FEW:
        return not oracle.members
    until = time.monotonic() + min(NUMBERS_SECONDS, max(0.0, search.left) / 2)
    cheapest = min(member.cost for member in oracle.members)
    for number in sorted(
        adjustable_numbers(scenario, _all_members(conflict), _concerned(scenario, conflict)), key=_begins
    ):
        for setting in number.settings[:: max(1, len(number.settings) // MOST_SETTINGS)]:
            limit = [c.cost for c in _best_of_families(found)][count - 1 : count]
            if limit and setting.cost + cheapest >= limit[0]:
                break
            if time.monotonic() > until:
                return False
            combined = _with_drops(setting, oracle, rerun)
            if combined is not None:
                found.append(combined)
                break
    return True


def _with_drops(setting: NumberSetting, oracle: Oracle, rerun: Rerun) -> _Candidate | None:
    """A setting with the rules that must be given up besides; None where it does not help, or suffices alone."""
    if setting.option is None:
        return None
    try:
        changed = rerun(("--set", setting.option))
    except InputError:
        return None
    beside = Oracle(changed, _like(members_of(changed), oracle.members), oracle.search)
    dropped = beside.cheapest_to_drop()
    if not dropped:
        return None
    known = {member.id for member in dropped}
    if oracle.check([member for member in oracle.members if member.id not in known]).holds is not False:
        return None
    for member in dropped:
        changed = member.give_way(changed)
    sentence = AND.join((setting.sentence, *(member.waived for member in dropped)))
    options = ("--set", setting.option, *_dropping(dropped, beside))
    cost = setting.cost + sum(member.cost for member in dropped)
    return _Candidate(cost, sentence, changed, sentence, dropped, options)


def _like(members: Sequence[Member], known: Sequence[Member]) -> list[Member]:
    """The members without those that are taken for granted, which are not among the known ones."""
    conditions = {condition.id for member in known for condition in member.conditions}
    return [member for member in members if all(condition.id in conditions for condition in member.conditions)]


def _all_members(conflict: Conflict) -> list[Member]:
    """The members of every set that is known to clash."""
    sets = [conflict.rules, *conflict.others, *(witness.further for witness in conflict.witnesses)]
    found = {member.id: member for members in sets for member in members if isinstance(member, Member)}
    return list(found.values())


def _not_held(scenario: Scenario, conflict: Conflict, search: Search) -> list[_Candidate]:
    found = []
    for member in conflict.held:
        without = holding(scenario, [s for s in scenario.sessions if s != member.session])
        if feasible(without, search).holds:
            cost = NOT_HELD + round(member.minutes / PER_MINUTE_NOT_HELD)
            found.append(
                _Candidate(
                    cost,
                    f"leave {scenario.title(member.session)} out",
                    without,
                    f"not held {member.session}",
                    options=_leaving_out(scenario, member.session),
                    by_hand=f"take session '{member.session}' out, and its name out of rules and slots",
                )
            )
    return found or _several_not_held(scenario, conflict, search)


def _several_not_held(scenario: Scenario, conflict: Conflict, search: Search) -> list[_Candidate]:
    """Of each set of sessions that do not fit together the shortest left out, where one alone does not suffice."""
    sets = [conflict.held, *conflict.others]
    held = [[member for member in members if isinstance(member, Held)] for members in sets]
    shortest = [min(members, key=lambda member: member.minutes) for members in held if members]
    gone = {member.session for member in shortest}
    out = [session for session in scenario.sessions if session in gone]
    without = holding(scenario, [s for s in scenario.sessions if s not in out])
    options = tuple(part for session in out for part in _leaving_out(scenario, session))
    if len(out) < 2 or len(options) < 2 * len(out) or not feasible(without, search).holds:
        return []
    cost = sum(NOT_HELD + round(member.minutes / PER_MINUTE_NOT_HELD) for member in shortest)
    sentence = f"leave {listed([scenario.title(session) for session in out])} out"
    return [_Candidate(cost, sentence, without, f"not held {' '.join(out)}", options=options)]


def _leaving_out(scenario: Scenario, session: SessionId) -> tuple[str, ...]:
    """The options that take a session out; none where something else in the scenario names it."""
    body = scenario.body_of[session]
    left = [s.model_dump(mode="json", exclude_none=True) for s in body.sessions if s.id != session]
    setting = f"bodies.{body.id}.sessions={json.dumps(left, ensure_ascii=False)}"
    try:
        with_settings(scenario, [setting])
    except InputError:
        return ()
    return ("--set", setting)


def _turned(
    scenario: Scenario, conflict: Conflict | None, found: list[_Candidate], search: Search, count: int, rerun: Rerun
) -> bool:
    """Try every number that could be among the cheapest, those that begin cheapest first."""
    until = time.monotonic() + max(min(NUMBERS_SECONDS, search.left), search.left / 3)
    in_conflict = [] if conflict is None else _all_members(conflict)
    for number in _in_turn(scenario, adjustable_numbers(scenario, in_conflict, _concerned(scenario, conflict))):
        if not number.settings:
            continue
        best = _best_of_families(found)
        limits = [c.cost for c in best if c.family == number.family] + [c.cost for c in best[count - 1 : count]]
        settings = tuple(s for s in number.settings if all(s.cost < limit for limit in limits))
        if not settings:
            continue
        if time.monotonic() > until:
            return False
        many = conflict is not None and len(conflict.members) > FEW
        setting = _least(scenario, replace(number, settings=settings), search, rerun, adding_first=many)
        if setting is not None:
            options = ("--set", setting.option) if setting.option else ()
            found.append(
                _Candidate(
                    setting.cost,
                    setting.sentence,
                    scenario.revised(**setting.fields()),
                    number.family,
                    options=options,
                    by_hand=setting.by_hand,
                    cut=setting.cut,
                    less=setting.less,
                )
            )
    return True


def _in_turn(scenario: Scenario, found: Iterable[AdjustableNumber]) -> list[AdjustableNumber]:
    """The cheapest first; but of the lengths of sessions, of which there may be a hundred, one between two others."""
    ordered = sorted(found, key=_begins)
    lengths = [number for number in ordered if number.family in scenario.sessions]
    others = [number for number in ordered if number.family not in scenario.sessions]
    if len(lengths) <= FEW:
        return ordered
    return [number for pair in zip_longest(others, lengths) for number in pair if number is not None]


def _best_of_families(found: Sequence[_Candidate]) -> list[_Candidate]:
    """The cheapest candidate of each family, cheapest first."""
    best: dict[str, _Candidate] = {}
    for candidate in sorted(found, key=lambda c: c.cost):
        best.setdefault(candidate.family, candidate)
    return list(best.values())


def _begins(number: AdjustableNumber) -> int:
    return number.settings[0].cost if number.settings else 0


def _least(
    scenario: Scenario, number: AdjustableNumber, search: Search, rerun: Rerun, *, adding_first: bool = False
) -> NumberSetting | None:
    """The first setting that makes the scenario possible: by halving where the number is ordered, else one by one.

    ``adding_first``: needs are added up before anything is searched for, where that is likely to settle it.
    """

    def works(setting: NumberSetting) -> bool:
        try:
            options = ("--set", setting.option) if setting.option else ()
            changed = rerun(options) if options else scenario.revised(**setting.fields())
        except InputError:
            return False
        asked = sum(changed.minutes(session) for session in changed.sessions)
        if asked > changed.calendar.axis.total * len(changed.rooms):
            return False
        if adding_first and too_much(changed, search):
            return False
        return feasible(changed, search, seconds=max(TRY_SECONDS, search.left / 12)).holds is True

    settings = number.settings
    if not number.ordered:
        return next((setting for setting in settings if works(setting)), None)
    if not works(settings[-1]):
        return None
    low, high = 0, len(settings) - 1
    while low < high:
        middle = (low + high) // 2
        if works(settings[middle]):
            high = middle
        else:
            low = middle + 1
    return settings[high]


def _concerned(scenario: Scenario, conflict: Conflict | None) -> list[SessionId]:
    """The sessions that the conflict speaks of."""
    if conflict is None:
        return []
    named = {s for member in _all_members(conflict) for rule in scenario.rules for s in rule.sessions(scenario)
             if rule.of and any(condition.id == f"rules/{rule.name}" for condition in member.conditions)}  # fmt: skip
    sets = [conflict.members, *conflict.others, *(witness.further for witness in conflict.witnesses)]
    named |= {member.session for members in sets for member in members if isinstance(member, Held)}
    return [session for session in scenario.sessions if session in named]
