"""What is interchangeable: submissions that nothing tells apart, rooms that cost the same whoever sits in them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from scheduler.solving.counted.conference import Conference, Term


@dataclass(frozen=True, slots=True)
class Group:
    """Submissions of one track with the same needs, penalties and conflicts."""

    track: int
    members: tuple[int, ...]
    need: int
    order: int
    """Position in the track; 0: any. A group with an order has one member."""
    cost: tuple[int, ...]
    """Weighted, of one member in each session."""

    @property
    def size(self) -> int:
        """How many members."""
        return len(self.members)


@dataclass(frozen=True, slots=True)
class Clash:
    """Every member of one group conflicts with every member of another of a different track, at ``weight`` a pair."""

    one: int
    many: int
    weight: int


class Digest:
    """A conference with its submissions grouped and its rooms in classes."""

    def __init__(self, conference: Conference) -> None:
        self.conference = conference
        self.weights = conference.weights
        self.counts_order = bool(self.weights[Term.ORDER])

    @cached_property
    def pair_weights(self) -> dict[tuple[int, int], int]:
        """Cost of each conflicting pair in one session in different rooms."""
        found: dict[tuple[int, int], int] = defaultdict(int)
        if weight := self.weights[Term.PRESENTERS]:
            for pair in sorted(self.conference.presenter_conflicts):
                found[pair] += weight
        if weight := self.weights[Term.ATTENDEES]:
            for pair in sorted(self.conference.attendee_conflicts):
                found[pair] += weight
        return dict(found)

    @cached_property
    def slot_weights(self) -> dict[tuple[int, int], int]:
        """Cost of each conflicting pair for each time slot that they share."""
        found: dict[tuple[int, int], int] = defaultdict(int)
        if weight := self.weights[Term.PRESENTERS_SLOT]:
            for pair in sorted(self.conference.presenter_conflicts):
                found[pair] += weight
        if weight := self.weights[Term.ATTENDEES_SLOT]:
            for pair in sorted(self.conference.attendee_conflicts):
                found[pair] += weight
        return dict(found)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """All groups, in the order of their first members."""
        talks = self.conference.submissions
        outside: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for weights in (self.pair_weights, self.slot_weights):
            for (a, b), weight in weights.items():
                if talks[a].track != talks[b].track:
                    outside[a].append((b, weight, id(weights)))
                    outside[b].append((a, weight, id(weights)))
        by_room = bool(self.weights[Term.SUBMISSIONS_ROOMS])
        kinds: dict[object, list[int]] = defaultdict(list)
        for index, talk in enumerate(talks):
            ordered = self.counts_order and talk.order
            kinds[
                talk.track,
                talk.need,
                self.conference.session_cost[index],
                talk.in_room if by_room else (),
                tuple(sorted(outside[index])),
                index if ordered else -1,
            ].append(index)
        first = (members[0] for members in kinds.values())
        return tuple(
            Group(
                talks[index].track,
                tuple(members),
                talks[index].need,
                talks[index].order if self.counts_order else 0,
                self.conference.session_cost[index],
            )
            for index, members in zip(first, kinds.values(), strict=True)
        )

    @cached_property
    def of_track(self) -> tuple[tuple[int, ...], ...]:
        """The groups of each track."""
        found: list[list[int]] = [[] for _ in self.conference.tracks]
        for number, group in enumerate(self.groups):
            found[group.track].append(number)
        return tuple(map(tuple, found))

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        """Between groups of different tracks, a pair in one session."""
        return self._clashes(self.pair_weights)

    @cached_property
    def slot_clashes(self) -> tuple[Clash, ...]:
        """Between groups of different tracks, a pair for each time slot that it shares."""
        return self._clashes(self.slot_weights)

    def _clashes(self, weights: dict[tuple[int, int], int]) -> tuple[Clash, ...]:
        """Members of one group conflict alike, so one pair stands for all."""
        group_of = {member: number for number, group in enumerate(self.groups) for member in group.members}
        found: dict[tuple[int, int], int] = {}
        for (a, b), weight in weights.items():
            one, many = sorted((group_of[a], group_of[b]), key=lambda g: (self.groups[g].size, g))
            if self.groups[one].track != self.groups[many].track:
                found[one, many] = weight
        return tuple(Clash(one, many, weight) for (one, many), weight in found.items())

    @cached_property
    def classes(self) -> tuple[tuple[int, ...], ...]:
        """Rooms that cost the same in every respect, by class."""
        conference, weights = self.conference, self.weights
        kinds: dict[object, list[int]] = defaultdict(list)
        for room in range(len(conference.rooms)):
            kinds[
                tuple(row[room] for row in conference.track_room) if weights[Term.TRACKS_ROOMS] else (),
                tuple(row[room] for row in conference.session_room) if weights[Term.SESSIONS_ROOMS] else (),
                tuple(talk.in_room[room] for talk in conference.submissions) if weights[Term.SUBMISSIONS_ROOMS] else (),
            ].append(room)
        return tuple(map(tuple, kinds.values()))

    def cell_cost(self, track: int, session: int, room: int) -> int:
        """Weighted cost of a cell, whatever stands in it."""
        conference, weights = self.conference, self.weights
        return (
            weights[Term.TRACKS_SESSIONS] * conference.track_session[track][session]
            + weights[Term.TRACKS_ROOMS] * conference.track_room[track][room]
            + weights[Term.SESSIONS_ROOMS] * conference.session_room[session][room]
        )
