"""What is measured of a timetable, each measure one function; ``docs/criteria.md`` holds the definitions in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise

from constraints.nights_away import LONGEST_STAY, nights_between
from constraints.waiting_outside import WaitingOutside
from scheduler.comparison.option import Option
from scheduler.domain.base import BodyId, SessionId
from scheduler.domain.places import night_share, regions
from scheduler.domain.timetable import Placement
from scheduler.rules.rule import Interpretation

MEETINGS_A_DAY = 2
"""Meetings of three hours that one team of interpreters does in a day, where the scenario says nothing else."""


def days(option: Option) -> int:
    """Days on which any session sits."""
    return len(_days(option.placements))


def meeting_minutes(option: Option) -> int:
    """Minutes of all sessions together."""
    return sum(segment.minutes for _, segment in option.segments())


def unused_half_days(option: Option) -> int:
    """Half-days of the calendar with slots for everybody in which nobody meets; what lies in both halves is one."""
    slots = option.scenario.calendar.axis.slots
    offered = {(slot.day, slot.half) for slot in slots if not slot.reserved_for}
    used = {(slots[segment.slot].day, slots[segment.slot].half) for _, segment in option.segments()}
    return len(offered - used)


def interpreted_meetings(option: Option) -> int:
    """Slots of a room in which interpreted work sits."""
    return len(_interpreted(option))


def team_days(option: Option) -> int:
    """Teams of interpreters, each for a day: as many as meet at once, and as the meetings of the day need."""
    each = min((found.meetings_per_day for found in _interpretation(option)), default=MEETINGS_A_DAY)
    slots = option.scenario.calendar.axis.slots
    meetings = _interpreted(option)
    in_slot = Counter(slot for slot, _ in meetings)
    teams = 0
    for day in {slots[slot].day for slot, _ in meetings}:
        of_day = [slot for slot, _ in meetings if slots[slot].day == day]
        teams += max(-(-len(of_day) // each), max(in_slot[slot] for slot in of_day))
    return teams


def _interpreted(option: Option) -> set[tuple[int, str]]:
    """Each slot with each room. Interpreted is what a rule on interpreters names; without one, everything."""
    found = _interpretation(option)
    work = {s for one in found for s in one.sessions} if found else set(option.scenario.sessions)
    return {(slot, p.room) for p in option.placed(work) for slot in p.slots}


def _interpretation(option: Option) -> list[Interpretation]:
    found = (rule.interpretation(option.scenario) for rule in option.scenario.rules)
    return [one for one in found if one is not None]


def nights(option: Option, sessions: Iterable[SessionId] | None = None) -> int:
    """Nights that somebody spends away who follows the sessions, or all: the rule ``nights_away``."""
    return nights_between(_days(option.placements if sessions is None else option.placed(sessions)))


def journeys(option: Option) -> int:
    """Journeys of somebody who follows everything: one, and one more after each gap over which they go home."""
    sat = _days(option.placements)
    return bool(sat) + sum((later - earlier).days > LONGEST_STAY for earlier, later in pairwise(sat))


def nights_of_officers(option: Option) -> dict[str, int]:
    """The nights of each officer who serves, by name and post."""
    served: dict[str, list[SessionId]] = {}
    for session in option.scenario.sessions:
        for person in option.scenario.serving(session):
            served.setdefault(person, []).append(session)
    return _each_alone((option.scenario.persons.title(p), p, nights(option, work)) for p, work in served.items())


def nights_of_bodies(option: Option) -> dict[str, int]:
    """The nights of a delegate who follows one body only, by body that stands below no other."""
    tops = [body for body in option.scenario.bodies if body.parent is None and option.scenario.work(body.id)]
    name_of, work = option.scenario.name_of, option.scenario.work
    return _each_alone((name_of(body.id), body.id, nights(option, work(body.id))) for body in tops)


def _each_alone(amounts: Iterable[tuple[str, str, int]]) -> dict[str, int]:
    """Amounts by title; where several have one title, by title and id."""
    listed = list(amounts)
    shared = Counter(title for title, _, _ in listed)
    return {title if shared[title] == 1 else f"{title} ({own})": amount for title, own, amount in listed}


def closed_minutes(option: Option) -> int:
    """Minutes of sessions that keep somebody out."""
    return sum(s.minutes for p, s in option.segments() if option.scenario.restricted(p.session))


def waiting_minutes(option: Option) -> int:
    """Minutes for which those who must leave wait for a later session of the day: the rule ``waiting_outside``."""
    rule = WaitingOutside(weight=1)
    return sum(f.amount for f in rule.check(option.scenario, option.timetable)) if option.timetable else 0


def split_bodies(option: Option) -> int:
    """Bodies that sit on more than one day."""
    sat: dict[BodyId, set[date]] = {}
    for placement in option.placements:
        sat.setdefault(BodyId(option.scenario.body_of[placement.session].id), set()).update(placement.days)
    return sum(len(found) > 1 for found in sat.values())


def missed_minutes(option: Option) -> int:
    """Minutes that a delegation of one person misses, because another session sits at the same time."""
    spans: dict[date, list[tuple[int, int]]] = {}
    for _, segment in option.segments():
        spans.setdefault(segment.day, []).append((segment.start, segment.end))
    followed = 0
    for of_day in spans.values():
        reached = 0
        for start, end in sorted(of_day):
            followed += max(0, end - max(start, reached))
            reached = max(reached, end)
    return meeting_minutes(option) - followed


MUST, WANT = "must be at both", "want to be at both"


def clashes(option: Option) -> dict[str, int]:
    """Pairs of sessions at the same time that want one person in both: of those who must be there, who want to be.

    Officers and presenters must, attendees want to. Nothing where nobody presents or attends by name and no officer
    is wanted twice at once: of a meeting of delegations the row would say nothing.
    """
    scenario = option.scenario
    must: dict[str, list[Placement]] = {}
    either: dict[str, list[Placement]] = {}
    for placement in option.placements:
        needed = set(scenario.needed(placement.session))
        for person in needed:
            must.setdefault(person, []).append(placement)
        for person in needed | scenario.attendees_of(placement.session):
            either.setdefault(person, []).append(placement)
    needed_twice = _pairs_at_once(must)
    named = any(session.presenters or session.attendees for session in scenario.sessions.values())
    if not named and not needed_twice:
        return {}
    return {MUST: needed_twice, WANT: _pairs_at_once(either) - needed_twice}


def _pairs_at_once(sat: Mapping[str, Sequence[Placement]]) -> int:
    """Pairs of one person's placements that sit at some same minute, added up."""
    return sum(one.overlaps(other) for placements in sat.values() for one, other in combinations(placements, 2))


def in_the_day(option: Option) -> dict[str, float]:
    """By region, the percentage of all session time that lies between 07:00 and 22:00 at its capitals."""
    segments = [segment for _, segment in option.segments()]
    if not segments:
        return {}
    seat = option.scenario.meeting.time_zone
    shares = {region: night_share(segments, seat, there) for region, there in regions(option.remote).items()}
    return {region: float(100 * (1 - share)) for region, share in shares.items()}


def _days(placements: Iterable[Placement]) -> list[date]:
    return sorted({day for placement in placements for day in placement.days})
