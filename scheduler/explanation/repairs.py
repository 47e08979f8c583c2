"""The cheapest ways out of an impossible scenario: rules given up, or a number changed as little as possible.

Each way is applied to the scenario and solved. Only a way with a timetable that the checker confirms is proposed.
"""

from __future__ import annotations

import json
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from scheduler.altering import leaving_out
from scheduler.checking import check
from scheduler.domain.base import SessionId, altered
from scheduler.domain.timetable import Timetable
from scheduler.errors import InputError
from scheduler.explanation.adjustable import adjustable_numbers
from scheduler.explanation.conflict import MAX_MEMBERS_EXAMINED, Conflict
from scheduler.explanation.members import AND, HeldSession, Member, Together, keeping, members_of
from scheduler.explanation.oracle import Oracle, adds_up_to_too_much, feasible
from scheduler.explanation.rebuilding import Rebuilding, oracle_of
from scheduler.explanation.set_values import with_settings
from scheduler.outcome import Outcome, Settings, Status
from scheduler.rules.adjusting import AdjustableNumber, NumberSetting
from scheduler.rules.splitting import WISH_WEIGHT
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve
from scheduler.solving.search import Search
from scheduler.wording import listed

NUMBERS_SECONDS = 12.0
"""Seconds for trying changes of numbers, or a third of what is left where that is more."""
SETTING_SECONDS = 3.0
"""Seconds for one setting of a number, or its share of what is left where that is more."""
WAY_SECONDS = 4.0
"""Seconds for the best timetable of a way out, or its share of what is left; after that any timetable is shown."""
ENDING_EFFORT = 0.2
"""Deterministic seconds for the question whether a set still clashes after a change."""
MAX_SETTINGS_COMBINED = 6
"""Settings of a number that are tried together with rules given up."""
LEAVING_OUT = 100
"""Points for a session that is not held, besides one for each minute of it."""
UNSOLVED = Outcome(Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class WayOut:
    """A change that makes the scenario possible."""

    sentence: str
    cost: int
    """Points, as stated by the planner or by default."""
    scenario: Scenario
    """The scenario with the change."""
    family: str
    """Of the ways of one family only the cheapest is proposed."""
    given_up: tuple[Member, ...] = ()
    options: tuple[str, ...] = ()
    """Arguments of ``schedule what-if`` for the change; empty where none say it."""
    by_hand: str = ""
    """What to write into the scenario, where there are no options."""
    cut: int = 0
    """Minutes by which a session is shortened."""
    less: int = 0
    """The next smaller cut in minutes, which is not enough; 0: there is none."""
    outcome: Outcome = UNSOLVED
    """The answer to the changed scenario."""


@dataclass(frozen=True, slots=True)
class Repairs:
    """The ways found, cheapest first; ``complete``: nothing cheaper was left untried."""

    ways: tuple[WayOut, ...] = ()
    complete: bool = False


Rerun = Callable[[Sequence[str]], Scenario]
"""The scenario that ``schedule what-if`` solves with further options; it refuses some with ``InputError``."""


def cheapest_ways(conflict: Conflict | None, oracle: Oracle, count: int, rerun: Rerun) -> Repairs:
    """At most ``count`` ways out; each is solved as its options say it, and left out where these are refused."""
    if count < 1:
        return Repairs()
    trying, search = _Trying(conflict, oracle, count, rerun), oracle.search
    complete = trying.everything()
    ways: list[WayOut] = []
    for way in trying.cheapest:
        if len(ways) == count:
            break
        if search.left <= 0 and not oracle.timetables:
            complete = False
            break
        changed = trying.rerun(way.options) if way.options else way.scenario
        if changed is not None:
            outcome = _solved(changed, search, max(WAY_SECONDS, search.left / (2 * count)), oracle.timetables)
            complete = complete and outcome.timetable is not None
            ways += [replace(way, scenario=changed, outcome=outcome)] if outcome.timetable is not None else []
    return Repairs(tuple(ways), complete)


def _solved(scenario: Scenario, search: Search, seconds: float, known: Sequence[Timetable]) -> Outcome:
    """The best timetable, or any where that takes too long: one of the ``known`` if it keeps every rule."""
    reports = ((timetable, check(scenario, timetable)) for timetable in known)
    usable = [(timetable, report) for timetable, report in reports if not report.broken]
    near = min(usable, key=lambda each: each[1].cost, default=None)
    if near is not None and (near[1].cost == 0 or search.left <= 0):
        return near[1].outcome(near[0], proved=near[1].cost == 0)
    limit = min(search.left, seconds)
    outcome = solve(scenario, Settings(time_limit=limit, seed=search.settings.seed, workers=1))
    if outcome.timetable is not None:
        return outcome
    if near is not None:
        return near[1].outcome(near[0], proved=False)
    timetable = feasible(scenario, search).timetable
    if timetable is None:
        return UNSOLVED
    return check(scenario, timetable).outcome(timetable, proved=False)


class _Trying:
    """Looks for changes that make the scenario possible, and keeps those found."""

    def __init__(self, conflict: Conflict | None, oracle: Oracle, count: int, rerun: Rerun) -> None:
        self.conflict, self.oracle, self.count, self._rerun = conflict, oracle, count, rerun
        self.scenario, self.search = oracle.scenario, oracle.search
        self.large = conflict is not None and len(conflict.members) > MAX_MEMBERS_EXAMINED
        self.found: list[WayOut] = []

    def everything(self) -> bool:
        """Try all kinds of changes; whether nothing cheaper was left untried."""
        complete = True
        if self.conflict is None or self.conflict.rules:
            complete = self._rules_given_up()
        else:
            self.found += self._one_left_out() or self._several_left_out()
        complete = self._numbers_changed() and complete
        return self._numbers_and_rules() and complete

    def rerun(self, options: Sequence[str]) -> Scenario | None:
        """The scenario with these options; None where they are refused."""
        try:
            return self._rerun(options)
        except InputError:
            return None

    @property
    def cheapest(self) -> list[WayOut]:
        """The cheapest way of each family, cheapest first."""
        best: dict[str, WayOut] = {}
        for way in sorted(self.found, key=lambda way: way.cost):
            best.setdefault(way.family, way)
        return list(best.values())

    @property
    def _limit(self) -> list[int]:
        """The cost that a further way must stay below, where enough are known."""
        return [way.cost for way in self.cheapest][self.count - 1 : self.count]

    @cached_property
    def _numbers(self) -> list[AdjustableNumber]:
        """Every number with settings, those that begin cheapest first."""
        members = () if self.conflict is None else self.conflict.in_any_set
        rules = [member for member in members if isinstance(member, Member)]
        ids = {condition.id for member in rules for condition in member.conditions}
        named = {member.session for member in members if isinstance(member, HeldSession)}
        for rule in self.scenario.rules:
            if rule.of and f"rules/{rule.name}" in ids:
                named |= set(rule.sessions(self.scenario))
        first = [session for session in self.scenario.sessions if session in named]
        found = [number for number in adjustable_numbers(self.scenario, rules, first) if number.settings]
        if isinstance(self.oracle, Rebuilding):  # of many sessions, only those of the conflict
            found = [n for n in found if n.family not in self.scenario.sessions or n.family in named]
        return sorted(found, key=lambda number: number.settings[0].cost)

    # --- rules given up, sessions left out -------------------------------------------------------------------

    def _rules_given_up(self) -> bool:
        """The cheapest sets of rules to give up; whether none is cheaper."""
        no_goods: list[tuple[Member, ...]] = []
        while len(no_goods) < self.count:
            dropped = self.oracle.cheapest_to_drop(no_goods)
            if dropped is None:
                return self.search.left > 0 and not self.oracle.passed_over
            no_goods.append(dropped)
            self.found.append(_giving_up(dropped, self.scenario, self.oracle))
        return not self.oracle.passed_over

    def _one_left_out(self) -> list[WayOut]:
        """Each session of the conflict without which a timetable exists."""
        assert self.conflict is not None
        return [self._left_out([m]) for m in self.conflict.held if feasible(self._without([m]), self.search).holds]

    def _several_left_out(self) -> list[WayOut]:
        """The shortest session of each set that does not fit together, where one alone is not enough."""
        assert self.conflict is not None
        sets = [self.conflict.held, *self.conflict.others]
        held = [[member for member in members if isinstance(member, HeldSession)] for members in sets]
        shortest = {min(members, key=lambda member: member.minutes) for members in held if members}
        if len(shortest) < 2:
            return []
        order = list(self.scenario.sessions)
        way = self._left_out(sorted(shortest, key=lambda member: order.index(member.session)))
        return [way] if way.options and feasible(way.scenario, self.search).holds else []

    def _left_out(self, members: Sequence[HeldSession]) -> WayOut:
        out = [member.session for member in members]
        said = [_leaving_out(self.scenario, session) for session in out]
        by_hand = f"take session '{out[0]}' out, and its name out of rules and slots"
        return WayOut(
            f"leave {listed([self.scenario.title(session) for session in out])} out",
            sum(LEAVING_OUT + member.minutes for member in members),
            self._without(members),
            f"not held {' '.join(out)}",
            options=tuple(part for options in said for part in options) if all(said) else (),
            by_hand="" if all(said) else by_hand,
        )

    def _without(self, members: Sequence[HeldSession]) -> Scenario:
        return leaving_out(self.scenario, [member.session for member in members])

    # --- numbers changed -------------------------------------------------------------------------------------

    def _numbers_changed(self) -> bool:
        """Try every number that could be among the cheapest, those that begin cheapest first."""
        until = time.monotonic() + max(min(NUMBERS_SECONDS, self.search.left / 2), self.search.left / 3)
        for number in self._in_turn():
            limits = [way.cost for way in self.cheapest if way.family == number.family] + self._limit
            settings = tuple(s for s in number.settings if all(s.cost < limit for limit in limits))
            if settings and time.monotonic() > until:
                return False
            setting = self._least(replace(number, settings=settings)) if settings else None
            if setting is not None:
                options = _options(setting)
                by_hand = "" if options else setting.by_hand
                changed = altered(self.scenario, **setting.fields())
                way = WayOut(setting.sentence, setting.cost, changed, number.family, options=options, by_hand=by_hand)
                self.found.append(replace(way, cut=setting.cut, less=setting.less))
        return True

    def _in_turn(self) -> Iterator[AdjustableNumber]:
        """The cheapest first; but lengths of sessions, which may be a hundred, take turns with the other numbers."""
        lengths = [number for number in self._numbers if number.family in self.scenario.sessions]
        if len(lengths) <= MAX_MEMBERS_EXAMINED:
            yield from self._numbers
            return
        others = [number for number in self._numbers if number.family not in self.scenario.sessions]
        for pair in zip_longest(others, lengths):
            yield from (number for number in pair if number is not None)

    def _least(self, number: AdjustableNumber) -> NumberSetting | None:
        """The first setting that makes the scenario possible: by halving where the number is ordered."""
        settings = number.settings
        if not number.ordered:
            return next((setting for setting in settings if self._is_enough(setting)), None)
        if not self._is_enough(settings[-1]):
            return None
        return settings[bisect_left(settings, True, hi=len(settings) - 1, key=self._is_enough)]

    def _is_enough(self, setting: NumberSetting) -> bool:
        options = _options(setting)
        changed = self.rerun(options) if options else altered(self.scenario, **setting.fields())
        if changed is None:
            return False
        needed = sum(changed.minutes(session) for session in changed.sessions)
        if needed > changed.calendar.axis.total * len(changed.rooms):
            return False
        if not self._ends_the_conflict(changed):
            return False
        if self.large and adds_up_to_too_much(changed, self.search):
            return False
        seconds = max(SETTING_SECONDS, self.search.left / 12)
        return feasible(changed, self.search, seconds=seconds).holds is True

    def _ends_the_conflict(self, changed: Scenario) -> bool:
        """Whether the set that clashes can hold after a change; of many sessions, that is asked first."""
        if self.conflict is None or not isinstance(self.oracle, Rebuilding) or not self.conflict.rules:
            return True
        alone = keeping(changed, members_of(changed), self.conflict.rules)
        return feasible(alone, self.search, effort=ENDING_EFFORT).holds is not False

    # --- both ------------------------------------------------------------------------------------------------

    def _numbers_and_rules(self) -> bool:
        """A number changed and rules given up, where there are several conflicts and neither is enough alone."""
        conflict, members = self.conflict, self.oracle.members
        if conflict is None or (conflict.held and self.found) or all(w.keeps_the_rest for w in conflict.witnesses):
            return True
        if not members or self.large:
            return not members
        until = time.monotonic() + min(NUMBERS_SECONDS, max(0.0, self.search.left) / 2)
        cheapest = min(member.cost for member in members)
        for number in self._numbers:
            for setting in number.settings[:: max(1, len(number.settings) // MAX_SETTINGS_COMBINED)]:
                if any(setting.cost + cheapest >= limit for limit in self._limit):
                    break
                if time.monotonic() > until:
                    return False
                combined = self._with_drops(setting)
                if combined is not None:
                    self.found.append(combined)
                    break
        return True

    def _with_drops(self, setting: NumberSetting) -> WayOut | None:
        """A setting with the rules to give up besides; None where it does not help, or is enough alone."""
        options = _options(setting)
        changed = self.rerun(options) if options else None
        if changed is None:
            return None
        known = {condition.id for member in self.oracle.members for condition in member.conditions}
        alike = [m for m in members_of(changed) if all(condition.id in known for condition in m.conditions)]
        beside = oracle_of(changed, alike, self.search)
        dropped = beside.cheapest_to_drop()
        if not dropped:
            return None
        gone = {member.id for member in dropped}
        if self.oracle.check([member for member in self.oracle.members if member.id not in gone]).holds is not False:
            return None
        way = _giving_up(dropped, changed, beside)
        sentence = AND.join((setting.sentence, way.sentence))
        cost = setting.cost + way.cost
        return replace(way, sentence=sentence, family=sentence, cost=cost, options=(*options, *way.options))


def _giving_up(dropped: tuple[Member, ...], scenario: Scenario, oracle: Oracle) -> WayOut:
    """The way out that gives these members of the oracle up."""
    names = [condition.name for member in oracle.members for condition in member.conditions]
    conditions = [condition for member in dropped for condition in member.conditions]
    words = [condition.name if names.count(condition.name) == 1 else condition.id for condition in conditions]
    for member in dropped:
        scenario = member.give_way(scenario)
    sentence = AND.join(member.waived for member in dropped)
    whole = [member.name for member in dropped if isinstance(member, Together)]
    by_hand = f"add to the rules: {'; '.join(f'{{rule: {name}, weight: {WISH_WEIGHT}}}' for name in whole)}"
    if whole and len(whole) < len(dropped):
        by_hand = f"drop {listed([m.name for m in dropped if m.name not in whole])}, and {by_hand}"
    options = () if whole else tuple(part for word in words for part in ("--drop", word))
    cost = sum(member.cost for member in dropped)
    return WayOut(sentence, cost, scenario, sentence, dropped, options, by_hand if whole else "")


def _leaving_out(scenario: Scenario, session: SessionId) -> tuple[str, ...]:
    """The options that take a session out; empty where something else in the scenario names it."""
    body = scenario.body_of[session]
    left = [s.model_dump(mode="json", exclude_none=True) for s in body.sessions if s.id != session]
    setting = f"bodies.{body.id}.sessions={json.dumps(left, ensure_ascii=False)}"
    try:
        with_settings(scenario, [setting])
    except InputError:
        return ()
    return ("--set", setting)


def _options(setting: NumberSetting) -> tuple[str, ...]:
    return ("--set", setting.option) if setting.option else ()
