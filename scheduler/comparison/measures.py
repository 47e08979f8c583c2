"""The criteria of a comparison, each with its measure; ``docs/criteria.md`` holds the definitions in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise

from constraints.nights_away import LONGEST_STAY, days_attended, nights_between
from constraints.waiting_outside import WaitingOutside
from scheduler.comparison.criterion import Number, criterion
from scheduler.comparison.option import Option
from scheduler.domain.attending import best_choice
from scheduler.domain.base import BodyId, SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.half_days import half_days
from scheduler.domain.places import HomePlace, night_minutes, night_share, regions
from scheduler.domain.seats import Deputised
from scheduler.domain.timetable import Placement
from scheduler.domain.violations import penalties
from scheduler.rules.rule import Interpretation
from scheduler.scenario import Scenario

MEETINGS_A_DAY = 2
"""Meetings of three hours that one team of interpreters does in a day, where the scenario says nothing else."""
INTERPRETATION = "interpretation"
"""The word by which the equipment of a room or a session shows that interpreters are needed."""
MUST, WANT = "must be at both", "want to be at both"

# --- whether a criterion says anything of options ------------------------------------------------------------------


def _of_meetings(options: Sequence[Option]) -> bool:
    """Whether any option is a meeting of delegations: nobody presents, as somebody does at a conference."""
    return any(not any(s.presenters for s in option.scenario.sessions.values()) for option in options)


def _with_interpretation(options: Sequence[Option]) -> bool:
    """Whether any option has interpreters: delegations meet, or a rule or some equipment says so."""
    return _of_meetings(options) or any(_interprets(option.scenario) for option in options)


def _interprets(scenario: Scenario) -> bool:
    equipped = [room.equipment for room in scenario.rooms] + [s.equipment for s in scenario.sessions.values()]
    return any(rule.interpretation(scenario) for rule in scenario.rules) or any(
        INTERPRETATION in thing.lower() for things in equipped for thing in things
    )


def _with_closed_work(options: Sequence[Option]) -> bool:
    """Whether any session keeps somebody out."""
    return any(option.scenario.restricted(s) for option in options for s in option.scenario.sessions)


def _from_afar(options: Sequence[Option]) -> bool:
    """Whether anybody follows from afar: delegations do; at a conference only where places or a rule say so."""
    ruled = any(rule.from_afar for option in options for rule in option.scenario.rules)
    return _of_meetings(options) or ruled or any(option.places for option in options)


def _with_deputies(options: Sequence[Option]) -> bool:
    """Whether any deputy may stand in."""
    seats = (seat for option in options for s in option.scenario.open_seats for seat in option.scenario.seats(s))
    return any(isinstance(seat.entry, Deputised) for seat in seats)


def _with_rooms_that_change(options: Sequence[Option]) -> bool:
    """Whether any session may change its room overnight, or does."""
    return any(o.scenario.may_change_room or any(p.rooms for p in o.placements) for o in options)


# --- the criteria --------------------------------------------------------------------------------------------------


@criterion("days", "Days of meeting", "day", "less")
def days(option: Option) -> Number:
    """Days on which any session sits."""
    return len(_days(option.placements))


@criterion("hours", "Meeting hours", "minute", None)
def hours(option: Option) -> Number:
    """Time of all sessions together, breaks left out."""
    return _minutes(option)


@criterion("unused", "Unused half-days", "half-day", "less")
def unused_half_days(option: Option) -> Number:
    """Half-days, reckoned over the slots that are reserved for nobody, in which nobody meets."""
    axis = option.scenario.calendar.axis
    used = {segment.slot for _, segment in option.segments()}
    return sum(half.indices.isdisjoint(used) for half in half_days(axis.slots[index] for index in axis.common))


@criterion("interpreted", "Interpreted meetings", "meeting", "less", means=_with_interpretation)
def interpreted_meetings(option: Option) -> Number:
    """Slots of a room in which interpreted work sits; without a rule on interpretation all work is."""
    return len(_interpreted(option))


@criterion("teams", "Interpreters", "team-day", "less", means=_with_interpretation)
def team_days(option: Option) -> Number:
    """For each day as many teams as meet at once, and one for every two meetings (or what the scenario says)."""
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
    return {(s.slot, p.room_on(s.day)) for p in option.placed(work) for s in p.segments}


def _interpretation(option: Option) -> list[Interpretation]:
    found = (rule.interpretation(option.scenario) for rule in option.scenario.rules)
    return [one for one in found if one is not None]


@criterion("nights", "Nights away (all sessions)", "night", "less")
def nights_of_all(option: Option) -> Number:
    """Nights of somebody who follows everything, between the days of meeting; over a gap of more than four nights they
    go home. Of a session that is repeated they attend one time, here and wherever somebody follows work."""
    return _nights(option, _followed(option, option.scenario.sessions))


@criterion("journeys", "Journeys (all sessions)", "journey", "less")
def journeys(option: Option) -> Number:
    """Journeys of somebody who follows everything: a gap of more than four nights is two journeys; none where the
    meeting is online."""
    online = option.scenario.meeting.format == "online"
    sat = [] if online else sorted(days_attended(_followed(option, option.scenario.sessions)))
    return bool(sat) + sum((later - earlier).days > LONGEST_STAY for earlier, later in pairwise(sat))


def _nights_of_officers(option: Option) -> dict[str, int]:
    """The nights of each officer who serves, by name and post."""
    served: dict[str, list[SessionId]] = {}
    for session in option.scenario.sessions:
        for person in option.decided.serving(session):
            served.setdefault(person, []).append(session)
    return _each_alone(
        (option.scenario.persons.title(p), p, _nights(option, _each_time(option, work))) for p, work in served.items()
    )


@criterion("officer-nights", "Nights away (officers together)", "night", "less", parts=_nights_of_officers)
def officer_nights(option: Option) -> Number:
    """For each officer who serves, nights between the days on which they serve; added up."""
    return _sum(_nights_of_officers(option))


def _nights_of_bodies(option: Option) -> dict[str, int]:
    """The nights of a delegate who follows one body only, by body that stands below no other."""
    tops = [body for body in option.scenario.bodies if body.parent is None and option.scenario.work(body.id)]
    name_of, work = option.scenario.name_of, option.scenario.work
    return _each_alone((name_of(body.id), body.id, _nights(option, _followed(option, work(body.id)))) for body in tops)


@criterion("body-nights", "Nights away (one body only)", "night", "less", parts=_nights_of_bodies)
def body_nights(option: Option) -> Number:
    """For each body that stands below no other, nights of somebody who follows it alone; added up."""
    return sum(_nights_of_bodies(option).values())


def _nights(option: Option, followed: Sequence[Sequence[Placement]]) -> int:
    """Nights that somebody spends away who attends one of each, as the rule ``nights_away`` counts them: none where the
    meeting is online.
    """
    if option.scenario.meeting.format == "online":
        return 0
    return nights_between(days_attended(followed))


def _each_time(option: Option, sessions: Iterable[SessionId]) -> list[list[Placement]]:
    """What somebody attends who is needed in each of the sessions."""
    return [[placement] for placement in option.placed(sessions)]


def _followed(option: Option, sessions: Iterable[SessionId]) -> list[list[Placement]]:
    """What somebody attends who follows the sessions: one of each of these lists of the times that one is held."""
    return [held for times in option.scenario.attended(sessions) if (held := option.placed(times))]


def _each_alone(amounts: Iterable[tuple[str, str, int]]) -> dict[str, int]:
    """Amounts by title; where several have one title, by title and id."""
    listed = list(amounts)
    shared = Counter(title for title, _, _ in listed)
    return {title if shared[title] == 1 else f"{title} ({own})": amount for title, own, amount in listed}


@criterion("closed", "Closed hours", "minute", None, means=_with_closed_work)
def closed_minutes(option: Option) -> Number:
    """Time of sessions that keep some audience out."""
    return sum(p.minutes for p in option.placements if option.scenario.restricted(p.session))


@criterion("waiting", "Waiting outside", "minute", "less", means=_with_closed_work)
def waiting_minutes(option: Option) -> Number:
    """Closed time before a session of the same day that somebody whom it keeps out may attend."""
    rule = WaitingOutside(weight=1)
    return sum(f.amount for f in rule.check(option.scenario, option.timetable)) if option.timetable else 0


@criterion("split", "Bodies split over days", "body", "less")
def split_bodies(option: Option) -> Number:
    """Bodies that sit on more than one day."""
    sat: dict[BodyId, set[date]] = {}
    for placement in option.placements:
        sat.setdefault(BodyId(option.scenario.body_of[placement.session].id), set()).update(placement.days)
    return sum(len(found) > 1 for found in sat.values())


@criterion("missed", "Missed by a delegation of one", "minute", "less", means=_of_meetings)
def missed_minutes(option: Option) -> Number:
    """Time that one person cannot follow, because another session sits at the same time."""
    held = _followed(option, option.scenario.sessions)
    if not option.scenario.held_again:
        return _missed(option.placements)
    fixed = [times[0] for times in held if len(times) == 1]

    def alone(time: Placement) -> bool:
        others = [other for times in held if time not in times for other in times]
        return not any(time.overlaps(other) for other in others)

    several = [times for times in held if len(times) > 1]
    return _missed([*fixed, *best_choice(several, lambda chosen: _missed([*fixed, *chosen]), alone)])


def _missed(attended: Sequence[Placement]) -> int:
    """Minutes of the placements, less those in which at least one of them sits."""
    spans: dict[date, list[tuple[int, int]]] = {}
    for segment in (segment for placement in attended for segment in placement.segments):
        spans.setdefault(segment.day, []).extend(segment.stretches)
    followed = 0
    for of_day in spans.values():
        reached = 0
        for start, end in sorted(of_day):
            followed += max(0, end - max(start, reached))
            reached = max(reached, end)
    return sum(placement.minutes for placement in attended) - followed


def _clashes(option: Option) -> dict[str, int]:
    """Pairs of sessions at the same time that want one person in both: of those who must be there, who want to be.

    Officers and presenters must, attendees want to. Empty for a meeting of delegations in which no officer is
    wanted twice at once: nobody presents or attends by name.
    """
    scenario = option.decided
    must: dict[str, list[Placement]] = {}
    either: dict[str, list[list[Placement]]] = {}
    for times in _followed(option, scenario.sessions):
        needed = {placement.session: set(scenario.needed(placement.session)) for placement in times}
        here: dict[str, list[Placement]] = {}
        for placement in times:
            for person in needed[placement.session]:
                must.setdefault(person, []).append(placement)
            for person in needed[placement.session] | scenario.attendees_of(placement.session):
                here.setdefault(person, []).append(placement)
        for person, wanted in here.items():
            there = [[placement] for placement in wanted if person in needed[placement.session]]
            either.setdefault(person, []).extend(there or [wanted])
    needed_twice = _pairs_at_once(must)
    named = any(session.presenters or session.attendees for session in scenario.sessions.values())
    if not named and not needed_twice:
        return {}
    return {MUST: needed_twice, WANT: _pairs_at_once(_chosen(either)) - needed_twice}


def _chosen(wanted: Mapping[str, Sequence[Sequence[Placement]]]) -> dict[str, Sequence[Placement]]:
    """What each person attends, one of each list, with the fewest pairs at the same time."""

    def of(held: Sequence[Sequence[Placement]]) -> Sequence[Placement]:
        if all(len(times) == 1 for times in held):
            return [times[0] for times in held]

        def alone(time: Placement) -> bool:
            return not any(time.overlaps(other) for times in held if time not in times for other in times)

        return best_choice(held, lambda attended: _pairs_at_once({"": attended}), alone)

    return {person: of(held) for person, held in wanted.items()}


@criterion("clashes", "Wanted in two sessions at once", "clash", "less", parts=_clashes)
def clashes(option: Option) -> Number:
    """People who cannot attend both: for each officer, presenter and attendee the pairs of sessions that sit at the
    same time and both want them."""
    return _sum(_clashes(option))


def _pairs_at_once(sat: Mapping[str, Sequence[Placement]]) -> int:
    """Pairs of one person's placements that sit at some same minute, added up."""
    return sum(one.overlaps(other) for placements in sat.values() for one, other in combinations(placements, 2))


def in_the_day(option: Option) -> dict[str, float]:
    """By region, the percentage of all session time that lies between 07:00 and 22:00 at its capitals.

    Of a session that is repeated each State counts the time with the fewest minutes at night.
    """
    if not option.placements:
        return {}
    held, seat = _followed(option, option.scenario.sessions), option.scenario.meeting.time_zone

    def attended(place: HomePlace) -> list[Segment]:
        best = (min(times, key=lambda time: night_minutes(time.segments, seat, [place])) for times in held)
        return [segment for placement in best for segment in placement.segments]

    shares = {}
    for region, there in regions(option.remote).items():
        if option.scenario.held_again:
            shares[region] = sum(night_share(attended(place), seat, [place]) for place in there) / len(there)
        else:
            shares[region] = night_share([segment for _, segment in option.segments()], seat, there)
    return {region: float(100 * (1 - share)) for region, share in shares.items()}


@criterion("remote", "Remote day hours (worst region)", "%", "more", means=_from_afar, parts=in_the_day)
def worst_region(option: Option) -> Number:
    """Share of session time between 07:00 and 22:00 at the capitals of a region, on average; of the worst region."""
    return min(in_the_day(option).values(), default=None)


@criterion("remote-spread", "Remote day hours (spread)", "percentage point", "less", means=_from_afar)
def spread_of_regions(option: Option) -> Number:
    """The same of the best region, less that of the worst."""
    shares = in_the_day(option).values()
    return max(shares) - min(shares) if shares else None


@criterion("deputised", "Sessions deputised", "session", "less", means=_with_deputies)
def deputised_sessions(option: Option) -> Number:
    """Sessions at which a deputy stands in for an officer or a presenter, at a price or at none."""
    filled = ((placement.session, option.decided.filled(placement.session)) for placement in option.placements)
    return sum(any(who and isinstance(seat.entry, Deputised) for seat, who in seats) for _, seats in filled)


@criterion("room-changes", "Changes of room overnight", "change", "less", means=_with_rooms_that_change)
def changes_of_room(option: Option) -> Number:
    """Nights after which a session goes on in another room, at a price or at none."""
    return sum(len(placement.moves) for placement in option.placements)


@criterion("broken", "Rules broken that must hold", "breach", "less")
def broken_rules(option: Option) -> Number:
    """What the checker finds."""
    return len(option.report.broken)


def _costs(option: Option) -> dict[str, int]:
    """Points by soft rule."""
    soft = [rule for rule in option.scenario.all_rules if rule.weight is not None]
    found = {rule.name: sum(violation.penalty for violation in option.report.of(rule)) for rule in soft}
    if option.scenario.to_place:
        from scheduler.side_events.judging import asked_of

        points = penalties(option.report.violations)
        found |= {
            asked.name: points.get(asked.name, 0) for asked in asked_of(option.scenario) if asked.weight is not None
        }
    return found


@criterion("cost", "Cost of the rules", "point", "less", parts=_costs)
def cost_of_rules(option: Option) -> Number:
    """Points of all soft rules together."""
    return option.report.cost


def _sum(parts: Mapping[str, int]) -> Number:
    return sum(parts.values()) if parts else None


def _minutes(option: Option) -> int:
    return sum(placement.minutes for placement in option.placements)


def _days(placements: Iterable[Placement]) -> list[date]:
    return sorted({day for placement in placements for day in placement.days})


CRITERIA = (
    *(days, hours, unused_half_days, interpreted_meetings, team_days, nights_of_all, journeys),
    *(officer_nights, body_nights, closed_minutes, waiting_minutes, split_bodies, missed_minutes),
    *(clashes, deputised_sessions, worst_region, spread_of_regions, changes_of_room, broken_rules, cost_of_rules),
)
"""All criteria of timetables, in the order of the table."""
