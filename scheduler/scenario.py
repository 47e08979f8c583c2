"""The scenario: a programme and the rules that a timetable must keep."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import cached_property
from math import gcd
from typing import Any, Self

from pydantic import ValidationError, ValidationInfo, field_validator, model_validator

from constraints import KINDS, OF_REPEATS, STANDING, AnyRule
from scheduler.domain.base import RoomId, SessionId, altered
from scheduler.domain.calendar import Calendar, Segment
from scheduler.domain.clock import parse_date, parse_minutes, text_of_range
from scheduler.domain.programme import Programme
from scheduler.domain.promise import AnyPromise
from scheduler.domain.timetable import Placement, Timetable
from scheduler.rules.rule import Exclusive, GivenUp, LooksAt, Rule, Yields
from scheduler.wording import shortened

REMEDY = "read a file with scheduler.load, take plain data with scheduler.reading.entry.from_data, or change with with_"
"""How to make a scenario, and how to change one."""
MOST_NAMED = 3
"""Bodies, sessions or rules that the sentence of a standing rule names."""


class Context(dict[str, Any]):
    """What validators need to know of the whole document; only the one entry makes it."""


class Scenario(Programme):
    """The problem: what is to be timetabled, and the planner's rules. It never holds the answer.

    Every scenario has passed every check: only ``scheduler.reading.entry`` makes one.
    """

    rules: tuple[AnyRule, ...] = ()
    promises: tuple[AnyPromise, ...] | None = None
    """Rules on chances, for the forecast and for plans that keep them."""

    @model_validator(mode="wrap")
    @classmethod
    def _by_the_entry(cls, value: Any, handler: Callable[[Any], Self], info: ValidationInfo) -> Self:
        """Refuse a scenario that does not come from the one entry, where its parts are checked against one another."""
        if not isinstance(info.context, Context):
            raise TypeError(f"{cls.__name__} is not made so, as not every check would run: {REMEDY}")
        return handler(value)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, without changes: those are made by ``with_``, which runs every check.

        Raises:
            TypeError: there are changes.
        """
        if update:
            raise TypeError(f"model_copy(update=...) would not run every check: {REMEDY}")
        return super().model_copy(deep=deep)

    @field_validator("rules")
    @classmethod
    def _named(cls, rules: tuple[AnyRule, ...]) -> tuple[AnyRule, ...]:
        """Give every rule a name: its id, or its kind with a number where that is taken."""
        taken = {rule.id for rule in rules if rule.id}
        named = []
        for rule in rules:
            name, number = rule.id or rule.rule, 1
            while rule.id is None and name in taken:
                number += 1
                name = f"{rule.rule}-{number}"
            taken.add(name)
            named.append(rule if rule.id else rule.changed(id=name))
        return tuple(named)

    def without(self, *names: str) -> "Scenario":
        """The same scenario without the rules of these names."""
        return altered(self, rules=tuple(rule for rule in self.rules if rule.name not in names))

    @cached_property
    def standing(self) -> tuple[Rule, ...]:
        """Rules that hold without being written, less what stated rules take over from them."""
        return standing_rules(self, self.rules)

    @cached_property
    def implied(self) -> tuple[Rule, ...]:
        """Wishes that the planner has stated elsewhere, by a price."""
        found: tuple[Rule, ...] = ()
        if self.open_seats:
            from scheduler.rules.deputies import PricesOfDeputies

            found += PricesOfDeputies.of_programme(self)
        if self.may_change_room:
            from scheduler.rules.room_changes import PricesOfRoomChanges

            found += PricesOfRoomChanges.of_programme(self)
        return found

    @cached_property
    def all_rules(self) -> tuple[Rule, ...]:
        """The planner's rules, what prices imply, then the standing ones."""
        return (*self.rules, *self.implied, *self.standing)

    @cached_property
    def rooms_may_be_shared(self) -> bool:
        """Whether a stated rule takes the place of the standing one that lets no two sessions share a room."""
        return any(rule.exclusive is Exclusive.ROOM for rule in self.rules)

    @property
    def over_booked(self) -> bool:
        """Whether the sessions last longer than all slots in all rooms, where no two may share a room."""
        return self.minutes_asked > self.minutes_there and not self.rooms_may_be_shared

    @cached_property
    def _shaping(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.shapes)

    @cached_property
    def anchored(self) -> frozenset[SessionId]:
        """Sessions that a hard rule holds at a fixed time."""
        return frozenset(s for rule in self._shaping if rule.fixes_time for s in rule.sessions(self))

    @cached_property
    def fixtures(self) -> frozenset[SessionId]:
        """Sessions that a rolling sequence waits for: anchored ones, and restricted ones that are in no sequence."""
        rolling = {s for rule in self.rules if rule.rolls for s in rule.sessions(self)}
        return self.anchored | {s for s in self.sessions if self.restricted(s) and s not in rolling}

    @cached_property
    def _clearings(self) -> dict[SessionId, int | None]:
        """What the hard rules demand that name a restricted session; the strictest, where several do."""
        found: dict[SessionId, list[int | None]] = {}
        for rule in self._shaping:
            for session, minutes in rule.clearings(self).items():
                found.setdefault(session, []).append(minutes)
        return {session: strictest(demands) for session, demands in found.items()}

    def clearing(self, session: SessionId) -> int | None:
        """Minutes that clear the room around a restricted session, where a hard rule declares them."""
        return self._clearings.get(session)

    def firm_places(self, session: SessionId, firm: Sequence[Rule] | None = None) -> frozenset[int]:
        """Positions at which it may start, so far as the rules that must hold say it of that session alone.

        ``firm``: by these rules instead of all.
        """
        rules = [
            rule
            for rule in (self.all_rules if firm is None else firm)
            if rule.weight is None
            and rule.monotone
            and rule.looks_at(self, session) is not LooksAt.NOTHING
            and session in rule.sessions(self)
        ]
        return self._where_kept(rules, session)

    def fixed_places(self, session: SessionId) -> frozenset[int] | None:
        """The positions at which an anchored session starts when it keeps its time; None: it is not anchored."""
        if session not in self.anchored:
            return None
        if session not in self._fixed_places:
            rules = [rule for rule in self._shaping if rule.fixes_time and session in rule.sessions(self)]
            self._fixed_places[session] = self._where_kept(rules, session)
        return self._fixed_places[session]

    @cached_property
    def _fixed_places(self) -> dict[SessionId, frozenset[int]]:
        return {}

    def _where_kept(self, rules: Sequence[Rule], session: SessionId) -> frozenset[int]:
        return frozenset(
            start
            for start in range(0, self.calendar.axis.total, self.grain)
            if any(self._keeps(rules, session, start, room) for room in self.rooms_of(session))
        )

    def _keeps(self, rules: Sequence[Rule], session: SessionId, start: int, room: RoomId) -> bool:
        place = self.place(session, start, room)
        return place is not None and not any(
            True for rule in rules for _ in rule.check(self.undecided, Timetable([place]))
        )

    def minutes_open(self, session: SessionId) -> Mapping[tuple[int, RoomId], int]:
        """As in ``minutes_of_rooms``, less what rules close that must hold: an absence, a room not available."""
        if session not in self._minutes_open:
            self._minutes_open[session] = self._hours_left(session)
        return self._minutes_open[session]

    @cached_property
    def _minutes_open(self) -> dict[SessionId, Mapping[tuple[int, RoomId], int]]:
        return {}

    def _hours_left(self, session: SessionId) -> Mapping[tuple[int, RoomId], int]:
        found = dict(self.minutes_of_rooms(session))
        strict = [rule for rule in self.all_rules if rule.by_minute and rule.weight is None]
        asked = [rule.changed(of=(session,)) for rule in strict if session in rule.sessions(self)]

        def shut(room: RoomId, *segments: Segment) -> bool:
            sits = Timetable([Placement(session, room, 0, 0, segments)])
            return any(True for rule in asked for _ in rule.check(self.undecided, sits))

        for room in self.rooms_of(session) if asked else ():
            slots = [self.calendar.axis.slots[index] for index in sorted(self.own_slots(session))]
            whole = {slot: slot.part(slot.opens, slot.closes) for slot in slots}
            if shut(room):
                found.update(dict.fromkeys(((slot.index, room) for slot in slots), 0))
            elif shut(room, *whole.values()):
                for slot in slots:
                    if shut(room, whole[slot]):
                        steps = range(slot.begins, slot.ends, self.grain)
                        each = (slot.part(slot.start_at(step), slot.end_at(step + self.grain)) for step in steps)
                        found[slot.index, room] = self.grain * sum(not shut(room, step) for step in each)
        return found

    def clearing_between(self, one: SessionId, other: SessionId) -> int | None:
        """Minutes that clear the room between two sessions of different audiences; None: they share no slot."""
        return strictest([self._clearings[s] for s in (one, other) if s in self._clearings])

    @cached_property
    def _predecessors(self) -> dict[SessionId, frozenset[SessionId]]:
        found: dict[SessionId, set[SessionId]] = {}
        rules = (*self._shaping, *self.standing)
        for first, then in (pair for rule in rules for pair in rule.precedences(self)):
            found.setdefault(then, set()).add(first)
        return {session: frozenset(earlier) for session, earlier in found.items()}

    def predecessors(self, session: SessionId) -> frozenset[SessionId]:
        """Sessions that a hard rule puts before it, as next in its order."""
        return self._predecessors.get(session, frozenset())

    @cached_property
    def grain(self) -> int:
        """The step on which sessions may start, in minutes: declared, or the greatest that divides every length."""
        ruled = [step for rule in self.rules for step in rule.steps(self)]
        return self.calendar.grain or gcd(*self.steps(), *ruled) or 1

    @cached_property
    def document(self) -> dict[str, Any]:
        """The whole scenario, normalised: what a timetable document carries, and what the hash is taken of."""
        return self.model_dump(mode="json", exclude_none=True)

    @cached_property
    def sha256(self) -> str:
        """Fingerprint of the normalised scenario."""
        return fingerprint(self.document)


# --- standing rules: they hold without being written, and yield only to what a planner states instead --------------


def standing_rules(programme: Programme, stated: Sequence[Rule]) -> tuple[Rule, ...]:
    """The standing rules that stated ones leave of a programme, in the order of their kinds."""
    kinds = (kind for kind in STANDING if kind not in OF_REPEATS or programme.held_again)
    found = (_standing(programme, stated, kind) for kind in kinds)
    return tuple(rule for rule in found if rule is not None)


def _standing(programme: Programme, rules: Sequence[Rule], kind: str) -> Rule | None:
    """The standing rule of a kind; None where stated rules leave nothing of it."""
    standing_down = [r for r in rules if r.rule == kind and r.given_up is GivenUp.STANDING]
    stated = [r for r in rules if r.rule == kind and r.given_up is not GivenUp.STANDING]
    instead = [r for r in rules if kind in r.replaces]
    parts = [frozenset(rule.sessions(programme)) for rule in stated]
    exempt, exempted = KINDS[kind].exempt(programme)
    gone = exempt.union(s for rule in (*standing_down, *instead) for s in rule.sessions(programme))
    everybody = frozenset(programme.sessions)
    left = everybody - gone
    if not KINDS[kind].about_pairs:
        left = left.difference(*parts)
    if not left or any(part >= everybody for part in parts):
        return None
    words = _aside(programme, stated, "among" if KINDS[kind].only_pairs else "for") + _aside(programme, instead, "for")
    words += exempted
    rule = KINDS[kind](rule=kind, id=f"standing-{kind.replace('_', '-')}", source="standing rule")
    return rule.yielding(Yields(gone, tuple(part for part in parts if part), words))


def _aside(programme: Programme, rules: Sequence[Rule], before: str) -> str:
    """What a sentence adds about rules that stand in the place of the standing one; few names, however many there are.

    A stated rule that names one session takes no pair over, and is passed over ``among`` others.
    """
    parts = []
    for rule in rules:
        if before == "for" or len(rule.sessions(programme)) > 1:
            who = shortened([programme.name_of(name) for name in rule.of], MOST_NAMED) if rule.of else "all sessions"
            parts.append(f"{before} {who} '{rule.name}' says what holds")
    return f"; {shortened(parts, MOST_NAMED)}" if parts else ""


# --- documents -----------------------------------------------------------------------------------------------------


def fingerprint(document: Mapping[str, Any]) -> str:
    """SHA-256 of a scenario as a document holds it; another version of the program may have written it."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def strictest(clearings: Sequence[int | None]) -> int | None:
    """The longest clearing time; None, which is stricter than any, where one is None or there is none."""
    lengths = [minutes for minutes in clearings if minutes is not None]
    return max(lengths) if lengths and len(lengths) == len(clearings) else None


def entries(data: Any, key: str) -> list[Any]:
    """What a list in plain data holds; nothing where there is no list."""
    listed = data.get(key) if isinstance(data, dict) else None
    return list(listed) if isinstance(listed, list | tuple) else []


def context_of(data: Any) -> Context:
    """What validators need to know of the whole document: declared ids by family, and the days of the series.

    Works on raw data, so that a mistake in one place hides no mistake in another.
    """

    def ids(items: list[Any]) -> dict[str, None]:
        named = (item.get("id") for item in items if isinstance(item, dict))
        return dict.fromkeys(str(name) for name in named if name is not None)

    bodies = entries(data, "bodies")
    families: dict[str, Collection[str] | None] = {
        "bodies": ids(bodies),
        "sessions": ids([session for body in bodies for session in entries(body, "sessions")]),
    }
    for family, standard in (("rooms", ["plenary"]), ("officers", []), ("audiences", None)):
        families[family] = ids(entries(data, family))
        if not (isinstance(data, dict) and data.get(family)):
            families[family] = (
                [a.id for a in Programme.model_fields["audiences"].default] if standard is None else standard
            )
    kinds = {str(rule.get("rule")) for rule in entries(data, "rules") if isinstance(rule, dict)}
    if any(KINDS[kind].names_slots for kind in kinds if kind in KINDS):
        families["slots"] = _slots(data)
    if any(KINDS[kind].names_tags for kind in kinds if kind in KINDS):
        families["tags"] = _tags(bodies)
    dates, complete = _dates(data)
    first = dates[0] if dates else None
    return Context(
        ids=families,
        dates=dates if complete else None,
        first_day=first,
        grain=_grain(data),
        breaks=bool(_calendar(data, "breaks")),
        calendar=data.get("calendar") if isinstance(data, dict) else None,
    )


def _tags(bodies: list[Any]) -> list[str]:
    """Every tag that some session has, each once."""
    sessions = [session for body in bodies for session in entries(body, "sessions") if isinstance(session, dict)]
    return list(dict.fromkeys(str(tag) for session in sessions for tag in entries(session, "tags")))


def _calendar(data: Any, key: str) -> Any:
    calendar = data.get("calendar") if isinstance(data, dict) else None
    return calendar.get(key) if isinstance(calendar, dict) else None


def _slots(data: Any) -> Collection[str] | None:
    """What slots may be called; None where the calendar has mistakes of its own."""
    try:
        return Calendar.model_validate(data["calendar"]).slot_named
    except (ValidationError, KeyError):
        return None


def _grain(data: Any) -> int | None:
    try:
        return parse_minutes(_calendar(data, "grain"))
    except ValueError:
        return None


def _dates(data: Any) -> tuple[list[date], bool]:
    """The days that can be read, in order, and whether that is all of them."""
    days = _calendar(data, "days")
    found, complete = [], True
    listed = days if isinstance(days, list | tuple) else ()
    if any(text_of_range(day) for day in listed):
        from scheduler.domain.day_ranges import closed_days, written_out

        holidays = _calendar(data, "holidays")
        closed = closed_days(holidays) if isinstance(holidays, list | tuple) else set()
        listed = [day for day, _ in written_out(listed, closed)]
    for day in listed:
        text = day.get("date") if isinstance(day, dict) else day
        try:
            *words, shown = str(text).split()
            if len(words) > 1 or text_of_range(day) is not None:
                raise ValueError  # the calendar says what is wrong with it
            found.append(parse_date(shown))
        except (ValueError, IndexError):
            complete = False
    return sorted(found), complete
