"""A benchmark conference as the problem that the counted search gets, without the way through a scenario."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from support.cosplib_judge import attendee_conflicts, chair_conflicts, presenter_conflicts

from exports.cosplib.conference_values import Conference, Term
from scheduler.outcome import Progress
from scheduler.solving.counted.counted_engine import solve_problem
from scheduler.solving.counted.problem import Pairs, Problem, Table, Talk
from scheduler.solving.counted.shared_state import SharedState


def problem_of(conference: Conference) -> Problem:
    """Priced with the weights of the workbook."""
    weights, rooms = conference.weights, len(conference.rooms)
    periods, tracks = range(len(conference.periods)), range(len(conference.tracks))

    def priced(term: Term, table: Table) -> Table:
        return tuple(tuple(weights[term] * value for value in row) for row in table)

    def beside(a: int, b: int) -> int:
        chairs = (min(a, b), max(a, b)) in chair_conflicts(conference)
        return weights[Term.SIMILAR] * conference.similar[a][b] + weights[Term.CHAIRS] * chairs

    def pairs(presenters: Term, attendees: Term) -> Pairs:
        found: Counter[tuple[int, int]] = Counter()
        for term, conflicts in ((presenters, presenter_conflicts), (attendees, attendee_conflicts)):
            if weights[term]:
                found.update(dict.fromkeys(conflicts(conference), weights[term]))
        return dict(sorted(found.items()))

    def session(number: int, s: int) -> int:
        own = weights[Term.SUBMISSIONS_SESSIONS] * conference.submissions[number].in_session[s]
        return own + weights[Term.TIME_ZONES] * conference.zone_penalty[number][s]

    talks = tuple(
        Talk(
            talk.track,
            talk.need,
            talk.order if weights[Term.ORDER] else 0,
            tuple(talk.need * session(number, s) for s in periods),
            tuple(talk.need * weights[Term.SUBMISSIONS_ROOMS] * talk.in_room[room] for room in range(rooms)),
        )
        for number, talk in enumerate(conference.submissions)
    )
    return Problem(
        tracks=len(tracks),
        slots=tuple(period.slots for period in conference.periods),
        rooms=rooms,
        talks=talks,
        track_session=priced(Term.TRACKS_SESSIONS, conference.track_session),
        track_room=priced(Term.TRACKS_ROOMS, conference.track_room),
        session_room=priced(Term.SESSIONS_ROOMS, conference.session_room),
        beside=tuple(tuple(0 if a == b else beside(a, b) for b in tracks) for a in tracks),
        together=pairs(Term.PRESENTERS, Term.ATTENDEES),
        at_once=pairs(Term.PRESENTERS_SLOT, Term.ATTENDEES_SLOT),
        another_room=weights[Term.ROOMS_PER_TRACK],
        parallel=weights[Term.PARALLEL],
        gap=weights[Term.CONSECUTIVE],
        out_of_order=weights[Term.ORDER],
    )


def solved(
    conference: Conference, *, workers: int, time_limit: float, report: Callable[[Progress], None] | None = None
) -> SharedState:
    """What the counted search makes of it."""
    return solve_problem(problem_of(conference), workers=workers, time_limit=time_limit, report=report)
