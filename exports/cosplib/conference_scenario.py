"""A conference of the benchmark library CoSPLib as a scenario: YAML that a person can read, and tables as CSV.

A session of the library becomes a slot with its name, a track a body, a submission a session of that body, a room a
room. The terms of the cost become rules with the same weights, so every timetable costs the same in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from exports.cosplib.conference_values import Conference, Hours, Term
from exports.cosplib.fitted_slots import FittedSlot, fitted_slots, length_of, unit_of
from exports.csv_text import as_csv, joined
from exports.ids import apart, slug, slugs
from exports.yaml_text import comment, quote
from scheduler.domain.clock import show_clock, write_minutes
from scheduler.domain.persons import is_nobody
from scheduler.domain.spans import in_band
from scheduler.domain.titles import escaped
from scheduler.errors import InputError
from scheduler.reading.yamltext import UNREADABLE

MAX_AMOUNT = 1_000_000
"""The greatest penalty and weight of a scenario."""
EAST, WEST = 14 * 60, 12 * 60
"""The farthest zones of whole hours in the IANA table, in minutes from Greenwich."""

_RULES = {
    Term.ROOMS_PER_TRACK: "few_rooms",
    Term.PARALLEL: "not_parallel_with_itself",
    Term.CONSECUTIVE: "consecutive_slots",
    Term.ORDER: "running_order",
    Term.PRESENTERS: "presenters_apart, level: slot",
    Term.ATTENDEES: "attendees_apart, level: slot",
    Term.CHAIRS: "chairs_apart",
    Term.PRESENTERS_SLOT: "presenters_apart, level: minute, per: {unit}",
    Term.ATTENDEES_SLOT: "attendees_apart, level: minute, per: {unit}",
}
"""The rule of each term without a table of penalties."""
_TABLES = {
    Term.TRACKS_SESSIONS: ("bodies_slots", "body", "preferences, bodies_by_slot: {table}"),
    Term.TRACKS_ROOMS: ("bodies_rooms", "body", "preferences, bodies_by_room: {table}"),
    Term.SESSIONS_ROOMS: ("slots_rooms", "slot", "preferences, slots_by_room: {table}"),
    Term.SIMILAR: ("similar_bodies", "body", "similar_bodies_apart, pairs: {table}"),
    Term.TIME_ZONES: ("local_hours", "session", "preferences, sessions_by_slot: {table}, per: {unit}"),
    Term.SUBMISSIONS_SESSIONS: ("sessions_slots", "session", "preferences, sessions_by_slot: {table}, per: {unit}"),
    Term.SUBMISSIONS_ROOMS: ("sessions_rooms", "session", "preferences, sessions_by_room: {table}, per: {unit}"),
}
"""The others: the key of the table, what its rows are, and the rule that takes it."""


@dataclass(frozen=True)
class CosplibScenario:
    """The scenario of a conference that was read from the workbook ``source``."""

    conference: Conference
    source: str

    @property
    def name(self) -> str:
        """The name of the scenario and its files."""
        return slug(self.conference.name, lower=False)

    @cached_property
    def unit(self) -> int:
        """Minutes of a time slot."""
        return unit_of(self.conference)

    @cached_property
    def slots(self) -> list[FittedSlot]:
        """The calendar."""
        return fitted_slots(self.conference)

    @cached_property
    def slot_names(self) -> list[str]:
        """The names of sessions as a CSV file can hold them; none means another slot."""
        dated = {f"{slot.day} {show_clock(slot.opens)}" for slot in self.slots}
        names = (clean(slot.period.name) or "slot" for slot in self.slots)
        return apart(f"{name} (session)" if name in dated else name for name in names)

    @cached_property
    def rooms(self) -> list[str]:
        """Ids of the rooms."""
        return slugs(self.conference.rooms)

    @cached_property
    def bodies(self) -> list[str]:
        """Ids of the bodies."""
        return slugs(track.name for track in self.conference.tracks)

    @cached_property
    def sessions(self) -> list[str]:
        """Ids of the sessions."""
        return slugs((talk.name for talk in self.conference.submissions), self.bodies)

    @cached_property
    def titles(self) -> list[str]:
        """The names of submissions as a CSV file can hold them."""
        return apart(clean(talk.name) or "?" for talk in self.conference.submissions)

    @cached_property
    def _people(self) -> dict[str, str]:
        """The name of each person as a CSV file can hold it."""
        talks, tracks = self.conference.submissions, self.conference.tracks
        groups = (*(talk.presenters | talk.attendees for talk in talks), *(track.chairs for track in tracks))
        names = sorted(frozenset[str]().union(*groups))
        return dict(zip(names, apart(_person(" ".join(clean(name).split()) or "?") for name in names), strict=True))

    @cached_property
    def officers(self) -> dict[tuple[int, str], str]:
        """Ids of the chairs by track and name.

        A person has one id, or one for each track where it costs nothing to chair several at a time.
        """
        tracks = enumerate(self.conference.tracks)
        chairs = [(number, name) for number, track in tracks for name in sorted(track.chairs)]
        if self.conference.weights[Term.CHAIRS]:
            once = list(dict.fromkeys(name for _, name in chairs))
            ids = dict(zip(once, slugs(once, self._people.values()), strict=True))
            return {(number, name): ids[name] for number, name in chairs}
        return dict(zip(chairs, slugs((name for _, name in chairs), self._people.values()), strict=True))

    def _ids_of(self, chair: str) -> list[str]:
        """All ids of a chair."""
        return list(dict.fromkeys(officer for (_, name), officer in self.officers.items() if name == chair))

    def person(self, name: str) -> list[str]:
        """A presenter or attendee as the table has them: by name, or by all ids where they have several."""
        ids = self._ids_of(name)
        return ids if len(ids) > 1 else [self._people[name]]

    @cached_property
    def states_zones(self) -> bool:
        """Whether a rule on local hours costs the same as the workbook; otherwise a table says what they cost."""
        conference = self.conference
        if not conference.weights[Term.TIME_ZONES] or not any(map(any, conference.zone_penalty)):
            return False
        hours = conference.hours
        zones = {hours.zone, *(talk.zone for talk in conference.submissions)}
        (first, last), (opens, closes) = hours.less_suitable, hours.suitable
        return (
            all(-WEST <= zone <= EAST for zone in zones)
            and first <= opens < closes <= last
            and all(
                hours.penalty(slot.period, zone) == _cost_by_rule(hours, slot, zone)
                for slot in self.slots
                for zone in zones
            )
        )

    # --- tables ----------------------------------------------------------------------------------------------

    def tables(self) -> dict[str, bytes]:
        """Every table by its key: ``submissions``, and those of penalties that have any."""
        conference, talks = self.conference, self.conference.submissions
        penalties: dict[Term, tuple[Sequence[str], Sequence[str], Sequence[Sequence[int]]]] = {
            Term.TRACKS_SESSIONS: (self.bodies, self.slot_names, conference.track_session),
            Term.TRACKS_ROOMS: (self.bodies, self.rooms, conference.track_room),
            Term.SESSIONS_ROOMS: (self.slot_names, self.rooms, conference.session_room),
            Term.SIMILAR: (self.bodies, self.bodies, _upper(conference.similar)),
            Term.TIME_ZONES: (self.sessions, self.slot_names, conference.zone_penalty),
            Term.SUBMISSIONS_SESSIONS: (self.sessions, self.slot_names, [talk.in_session for talk in talks]),
            Term.SUBMISSIONS_ROOMS: (self.sessions, self.rooms, [talk.in_room for talk in talks]),
        }
        found = {"submissions": self._submissions()}
        for term, (rows, columns, table) in penalties.items():
            by_rule = term is Term.TIME_ZONES and self.states_zones
            if conference.weights[term] and not by_rule and any(map(any, table)):
                key, corner, _ = _TABLES[term]
                found[key] = self._matrix(rows, columns, table, corner)
        return found

    def _submissions(self) -> bytes:
        header = ["id", "title", "body", "duration", "position", "time_zone", "presenters", "attendees"]
        rows = []
        for talk, name, title in zip(self.conference.submissions, self.sessions, self.titles, strict=True):
            zone = iana(talk.zone) if self.states_zones and talk.zone != self.conference.hours.zone else ""
            people = (
                joined((n for name in sorted(group) for n in self.person(name)), ";")
                for group in (talk.presenters, talk.attendees)
            )
            minutes = write_minutes(talk.need * self.unit)
            rows.append([name, title, self.bodies[talk.track], minutes, str(talk.order or ""), zone, *people])
        used = [column for column in range(len(header)) if column < 4 or any(row[column] for row in rows)]
        return as_csv([[row[column] for column in used] for row in (header, *rows)])

    def _matrix(
        self, rows: Sequence[str], columns: Sequence[str], table: Sequence[Sequence[int]], corner: str
    ) -> bytes:
        """Rows and columns without any penalty are left out."""
        self._refuse_beyond(max(map(max, table)), "a penalty of {:,}")
        across = [column for column in range(len(columns)) if any(row[column] for row in table)]
        header = [columns[column] for column in across]
        lines = [["" if corner in header else corner, *header]]
        for name, row in zip(rows, table, strict=True):
            if any(row):
                lines.append([name, *(str(row[column] or "") for column in across)])
        return as_csv(lines)

    def _refuse_beyond(self, amount: int, called: str) -> None:
        if amount > MAX_AMOUNT:
            shown = called.format(amount)
            raise InputError(f"{self.conference.name}: {shown} is beyond what a scenario holds, {MAX_AMOUNT:,}")

    # --- the scenario ----------------------------------------------------------------------------------------

    def yaml(self, files: Mapping[str, str]) -> bytes:
        """The scenario; ``files`` are the names of the tables by their keys."""
        lines = [*self._head(), *self._calendar(), *self._rooms(), *self._bodies()]
        lines += ["", f"sessions: {{from: {quote(files['submissions'])}}}", *self._rules(files)]
        return ("\n".join(lines) + "\n").encode()

    def _head(self) -> Iterator[str]:
        source = comment(self.source)
        yield f"# A conference of the benchmark library CoSPLib, imported from {source}."
        yield "# The library's session is a slot here, its track a body, its submission a session."
        most = "the most whole minutes with which every session fits its hours"
        fits = all(slot.period.slots * self.unit <= length_of(slot.period) for slot in self.slots)
        yield f"# Its time slot is {self.unit} min: {most if fits else 'the least, too long for some session'}."
        if any(not slot.same_hours for slot in self.slots):
            yield "# A slot may so close at another hour than in the workbook: it is as long as its time slots."
        if any(not slot.same_day for slot in self.slots):
            yield "# Sessions stand in the workbook's order: those that overlap or go back get later dates, made up."
        yield ""
        yield f"name: {quote(self.name)}"
        yield "meeting:"
        yield f"  series: {quote(escaped(self.conference.name))}"
        yield f"  annex_title: {quote(escaped(self.conference.name))}"
        if self.states_zones:
            yield "  # IANA names of whole hours turn the sign round: Etc/GMT-2 is GMT+2, two hours east of Greenwich."
            yield f"  time_zone: {iana(self.conference.hours.zone)}"
        yield f"  source: {quote(f'CoSPLib workbook {source}')}"

    def _calendar(self) -> Iterator[str]:
        yield ""
        yield "calendar:"
        yield f"  grain: {write_minutes(self.unit)}"
        yield "  days:"
        for day, held in groupby(zip(self.slots, self.slot_names, strict=True), key=lambda pair: pair[0].day):
            yield f"    - date: {day}"
            yield "      slots:"
            for slot, name in held:
                hours = f"{show_clock(slot.opens)}-{show_clock(slot.closes)}"
                yield f"        - {{name: {quote(name)}, hours: {hours}}}{_moved(slot)}"

    def _rooms(self) -> Iterator[str]:
        yield ""
        yield "rooms:"
        for room, name in zip(self.rooms, self.conference.rooms, strict=True):
            yield f"  - {{id: {room}, name: {quote(name)}}}"

    def _bodies(self) -> Iterator[str]:
        tracks = self.conference.tracks
        if self.officers:
            yield ""
            if len(set(self.officers.values())) > len({name for _, name in self.officers}):
                yield "# Chairs in two rooms cost nothing in the workbook: who chairs several bodies has several ids."
            yield "officers:"
        first = {officer: chair for chair, officer in reversed(self.officers.items())}
        for officer in dict.fromkeys(self.officers.values()):
            number, name = first[officer]
            post = quote(f"Chair of {tracks[number].name}")
            same = ", same_name: different" if len(self._ids_of(name)) > 1 else ""
            yield f"  - {{id: {officer}, post: {post}, name: {quote(self._people[name])}{same}}}"
        yield ""
        yield "bodies:"
        for number, (body, track) in enumerate(zip(self.bodies, tracks, strict=True)):
            mine = [officer for (of, _), officer in self.officers.items() if of == number]
            chairs = f", officers: [{', '.join(mine)}]" if mine else ""
            yield f"  - {{id: {body}, label: {quote(track.name)}, style: agenda{chairs}}}"

    def _rules(self, files: Mapping[str, str]) -> Iterator[str]:
        weights = self.conference.weights
        yield ""
        yield "rules:"
        for kind in ("within_slot", "one_body_per_room"):
            yield f"  - {{rule: {kind}, source: {quote('CoSPLib: what every timetable keeps')}}}"
        if self.officers:
            yield "  # Without this a chair could not be in two rooms at once, not even where one body sits in both."
            told = quote("CoSPLib workbook: chairs need not sit in every room of their track")
            yield f"  - {{rule: officer_double_booking, weight: 0, source: {told}}}"
        for term in Term:
            self._refuse_beyond(weights[term], f"the weight {{:,}} of '{term.title}'")
            if weights[term] and (said := self._rule(term, files)):
                if said.startswith("preferences, sessions_by_slot") and term is Term.TIME_ZONES:
                    yield "  # Computed from the workbook: local_hours would cost otherwise here, because the hours of"
                    yield "  # slots or the offsets from Greenwich are not those of the workbook."
                source = quote(f"CoSPLib workbook, sheet parameters, cell E{2 + term}: {term.title}")
                yield f"  - {{id: {rule_id(term)}, rule: {said}, weight: {weights[term]},"
                yield f"     source: {source}}}"

    def _rule(self, term: Term, files: Mapping[str, str]) -> str | None:
        """Kind and settings of the rule for a term; None where it can never cost anything."""
        unit, (key, _, rule) = write_minutes(self.unit), _TABLES.get(term, ("", "", ""))
        if key in files:
            return rule.format(table=f"{{from: {quote(files[key])}}}", unit=unit)
        if term is Term.TIME_ZONES and self.states_zones:
            hours = self.conference.hours
            suitable, less = ("-".join(map(show_clock, pair)) for pair in (hours.suitable, hours.less_suitable))
            amounts = f"small: {hours.small}, big: {hours.big}"
            return f"local_hours, suitable: {suitable}, less_suitable: {less}, {amounts}, by: slot, per: {unit}"
        if term is Term.ORDER and not any(talk.order for talk in self.conference.submissions):
            return None
        return _RULES[term].format(unit=unit) if term in _RULES else None


def _cost_by_rule(hours: Hours, slot: FittedSlot, zone: int) -> int:
    """The cost of a slot by the rule ``local_hours``, which looks at the whole slot, the workbook at its two ends."""
    start, end = (clock - hours.zone + zone for clock in (slot.opens, slot.closes))
    if in_band(hours.suitable, start, end):
        return 0
    return hours.small if in_band(hours.less_suitable, start, end) else hours.big


def rule_id(term: Term) -> str:
    """The id of the rule for a term: ``tracks-sessions``."""
    return term.name.lower().replace("_", "-")


def iana(offset: int) -> str:
    """The IANA name of an offset of whole hours, in minutes east of Greenwich; it has the opposite sign."""
    hours = offset // 60
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"


def clean(name: str) -> str:
    """A name as a CSV file can hold it; the blanks around it stay, but blanks alone become nothing."""
    found = UNREADABLE.sub(" ", name)
    return found if found.strip() else ""


def _person(name: str) -> str:
    """A name that we take for a person too: the library's checker has people called TBC."""
    return f"{name}, as in the workbook" if is_nobody(name) else name


def _moved(slot: FittedSlot) -> str:
    period = slot.period
    if slot.same_day and slot.same_hours:
        return ""
    day = f"{period.day}, " if not slot.same_day else ""
    return f"  # in the workbook {day}{show_clock(period.start)}-{show_clock(period.end)}"


def _upper(table: tuple[tuple[int, ...], ...]) -> list[list[int]]:
    """Each pair once."""
    return [[value if i < j else 0 for j, value in enumerate(row)] for i, row in enumerate(table)]
