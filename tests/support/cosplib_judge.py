"""Judges a plan of a benchmark conference in the library's own terms: faults, and the sixteen terms of its cost.

Stated apart from the rules, from what is imported and from the search, so that none can copy another's mistakes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from exports.cosplib.conference_values import Conference, Term
from scheduler.solving.counted.problem import CellPlan


@dataclass(frozen=True, slots=True)
class Verdict:
    """``faults`` break what must hold, in words; ``values`` are the terms before weighting."""

    faults: tuple[str, ...]
    values: tuple[int, ...]
    cost: int

    @property
    def valid(self) -> bool:
        """Whether the timetable is one at all."""
        return not self.faults


def judge(conference: Conference, plan: CellPlan) -> Verdict:
    """The verdict on a timetable; a term of weight 0 is not evaluated and has the value 0."""
    faults = tuple(_faults(conference, plan))
    values = (0,) * len(Term) if faults else _measure(conference, plan)
    cost = sum(weight * value for weight, value in zip(conference.weights, values, strict=True))
    return Verdict(faults, values, cost)


def _measure(conference: Conference, plan: CellPlan) -> tuple[int, ...]:
    seen = _Seen(conference, plan)
    return tuple(value(seen) if conference.weights[term] else 0 for term, value in _TERMS.items())


def _faults(conference: Conference, plan: CellPlan) -> Iterator[str]:
    """Everything that must not be."""
    periods, rooms, talks = conference.periods, conference.rooms, conference.submissions
    where: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for cell in sorted(set(plan.tracks) | set(plan.slots)):
        session, room = cell
        if not (0 <= session < len(periods) and 0 <= room < len(rooms)):
            yield f"there is no cell {cell}"
            continue
        place = f"{periods[session].name} in {rooms[room]}"
        slots = plan.slots.get(cell, ())
        held = plan.tracks.get(cell)
        if len(slots) > periods[session].slots:
            yield f"{place} has {len(slots)} time slots instead of {periods[session].slots}"
        if held is not None and all(talk is None for talk in slots):
            yield f"{place} is given to track '{conference.tracks[held].name}' without any submission"
        for slot, talk in enumerate(slots):
            if talk is None:
                continue
            where[talk].append((session, room, slot))
            if talks[talk].track != held:
                yield f"{place} holds submission '{talks[talk].name}' of another track"
    for index, submission in enumerate(talks):
        at = where.get(index, [])
        if not at:
            yield f"submission '{submission.name}' is not in the timetable"
        elif at != [(at[0][0], at[0][1], at[0][2] + step) for step in range(submission.need)]:
            yield f"submission '{submission.name}' lacks its {submission.need} consecutive time slots in one cell"


@cache
def chair_conflicts(conference: Conference) -> frozenset[tuple[int, int]]:
    """Pairs of tracks, smaller number first, with a common chair."""
    chairs = [track.chairs for track in conference.tracks]
    return frozenset((a, b) for a, b in combinations(range(len(chairs)), 2) if chairs[a] & chairs[b])


@cache
def presenter_conflicts(conference: Conference) -> frozenset[tuple[int, int]]:
    """Pairs of submissions: a common presenter, or a presenter of one chairs the other's (different) track."""
    present = [talk.presenters for talk in conference.submissions]
    return _conflicts(conference, present, present, chairs=True)


@cache
def attendee_conflicts(conference: Conference) -> frozenset[tuple[int, int]]:
    """Pairs of submissions: somebody attends both, or attends one and presents the other or chairs its track."""
    attend = [talk.attendees for talk in conference.submissions]
    present = [talk.presenters for talk in conference.submissions]
    chairing = _conflicts(conference, attend, attend, chairs=True)
    return chairing | _conflicts(conference, attend, present, chairs=False)


def _conflicts(
    conference: Conference, people: list[frozenset[str]], others: list[frozenset[str]], *, chairs: bool
) -> frozenset[tuple[int, int]]:
    """Pairs with somebody of ``people`` in one and of ``others`` in the other; ``chairs``: or chairing it."""
    talks, tracks = conference.submissions, conference.tracks
    return frozenset(
        (min(i, j), max(i, j))
        for i, names in enumerate(people)
        for j, wanted in enumerate(others)
        if i != j
        and (names & wanted or (chairs and talks[i].track != talks[j].track and names & tracks[talks[j].track].chairs))
    )


class _Seen:
    """A timetable, indexed by what the terms ask for."""

    def __init__(self, conference: Conference, plan: CellPlan) -> None:
        self.conference = conference
        self.cells = sorted((cell, track) for cell, track in plan.tracks.items())
        """In the order session, room."""
        self.plan = plan
        self.held: dict[int, list[int]] = defaultdict(list)
        self.sessions_of: dict[int, set[int]] = defaultdict(set)
        self.rooms_of: dict[int, set[int]] = defaultdict(set)
        for (session, room), track in self.cells:
            self.held[session].append(track)
            self.sessions_of[track].add(session)
            self.rooms_of[track].add(room)
        self.cell_of: dict[int, tuple[int, int]] = {}
        self.slot_of: dict[int, int] = {}
        for (session, room), _ in self.cells:
            for slot, talk in enumerate(plan.slots[session, room]):
                if talk is not None and talk not in self.cell_of:
                    self.cell_of[talk], self.slot_of[talk] = (session, room), slot


def _pairs_of_cells(seen: _Seen) -> Iterator[tuple[int, int, int]]:
    """Pairs of different tracks in one session, smaller number first, and how many pairs of cells they have."""
    for tracks in seen.held.values():
        counts = sorted(Counter(tracks).items())
        for (a, cells_a), (b, cells_b) in combinations(counts, 2):
            yield a, b, cells_a * cells_b


def _tracks_sessions(seen: _Seen) -> int:
    return sum(seen.conference.track_session[track][session] for (session, _), track in seen.cells)


def _tracks_rooms(seen: _Seen) -> int:
    return sum(seen.conference.track_room[track][room] for (_, room), track in seen.cells)


def _sessions_rooms(seen: _Seen) -> int:
    return sum(seen.conference.session_room[session][room] for (session, room), _ in seen.cells)


def _similar(seen: _Seen) -> int:
    return sum(seen.conference.similar[a][b] * pairs for a, b, pairs in _pairs_of_cells(seen))


def _rooms_per_track(seen: _Seen) -> int:
    return sum(len(rooms) - 1 for rooms in seen.rooms_of.values())


def _parallel(seen: _Seen) -> int:
    return sum(cells - 1 for tracks in seen.held.values() for cells in Counter(tracks).values())


def _consecutive(seen: _Seen) -> int:
    return sum(max(used) - min(used) >= len(used) for used in seen.sessions_of.values())


def _per_slot(seen: _Seen, penalty: tuple[tuple[int, ...], ...], axis: int) -> int:
    talks = seen.conference.submissions
    return sum(talks[talk].need * penalty[talk][cell[axis]] for talk, cell in seen.cell_of.items())


def _time_zones(seen: _Seen) -> int:
    return _per_slot(seen, seen.conference.zone_penalty, 0)


def _submissions_sessions(seen: _Seen) -> int:
    return _per_slot(seen, tuple(talk.in_session for talk in seen.conference.submissions), 0)


def _submissions_rooms(seen: _Seen) -> int:
    return _per_slot(seen, tuple(talk.in_room for talk in seen.conference.submissions), 1)


def _order(seen: _Seen) -> int:
    """Ordered submissions at another position, and pairs of them at the same time."""
    talks = seen.conference.submissions
    walked: Counter[int] = Counter()
    wrong = 0
    at_once: Counter[tuple[int, int, int]] = Counter()
    for (session, room), track in seen.cells:
        slots = seen.plan.slots[session, room]
        for talk in dict.fromkeys(talk for talk in slots if talk is not None):
            walked[track] += 1
            order = talks[talk].order
            wrong += bool(order) and order != walked[track]
        for slot, standing in enumerate(slots):
            if standing is not None and talks[standing].order:
                at_once[track, session, slot] += 1
    return wrong + sum(n * (n - 1) // 2 for n in at_once.values())


def _same_session(seen: _Seen, pairs: frozenset[tuple[int, int]]) -> int:
    cells = seen.cell_of
    found = 0
    for a, b in pairs:
        one, other = cells.get(a), cells.get(b)
        found += one is not None and other is not None and one[0] == other[0] and one[1] != other[1]
    return found


def _same_slot(seen: _Seen, pairs: frozenset[tuple[int, int]]) -> int:
    """Pairs that share a time slot of a session; each shared slot counts the pair once."""
    talks, found = seen.conference.submissions, 0
    for a, b in pairs:
        one, other = seen.cell_of.get(a), seen.cell_of.get(b)
        if one is not None and other is not None and one[0] == other[0]:
            start = max(seen.slot_of[a], seen.slot_of[b])
            end = min(seen.slot_of[a] + talks[a].need, seen.slot_of[b] + talks[b].need)
            found += max(0, end - start)
    return found


def _chairs(seen: _Seen) -> int:
    conflicts = chair_conflicts(seen.conference)
    return sum(pairs for a, b, pairs in _pairs_of_cells(seen) if (a, b) in conflicts)


_TERMS: dict[Term, Callable[[_Seen], int]] = {
    Term.TRACKS_SESSIONS: _tracks_sessions,
    Term.TRACKS_ROOMS: _tracks_rooms,
    Term.SESSIONS_ROOMS: _sessions_rooms,
    Term.SIMILAR: _similar,
    Term.ROOMS_PER_TRACK: _rooms_per_track,
    Term.PARALLEL: _parallel,
    Term.CONSECUTIVE: _consecutive,
    Term.TIME_ZONES: _time_zones,
    Term.ORDER: _order,
    Term.SUBMISSIONS_SESSIONS: _submissions_sessions,
    Term.SUBMISSIONS_ROOMS: _submissions_rooms,
    Term.PRESENTERS: lambda seen: _same_session(seen, presenter_conflicts(seen.conference)),
    Term.ATTENDEES: lambda seen: _same_session(seen, attendee_conflicts(seen.conference)),
    Term.CHAIRS: _chairs,
    Term.PRESENTERS_SLOT: lambda seen: _same_slot(seen, presenter_conflicts(seen.conference)),
    Term.ATTENDEES_SLOT: lambda seen: _same_slot(seen, attendee_conflicts(seen.conference)),
}
