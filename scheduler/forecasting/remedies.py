"""What is at risk on the day, and the cheapest remedy: the one that takes the fewest minutes from the programme.

Remedies that are tried: a shorter time limit for speakers, a session that is moved to the end, a session that is closed
at a slot's end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from scheduler.domain.base import SessionId, altered
from scheduler.domain.clock import show_minutes
from scheduler.domain.duration import FromTheFloor
from scheduler.domain.promise import AnyPromise, FinishBy, KeepSlack, StartWithin
from scheduler.forecasting.laws import law_of
from scheduler.forecasting.promises import Judgement, judge
from scheduler.forecasting.times_in_words import show_end
from scheduler.forecasting.tracks import RoomTrack, Sitting
from scheduler.forecasting.windows import Forecast, forecast_of_tracks

ANCHOR_CHANCE = 0.9
"""How likely an anchor must start on time, where no promise says otherwise."""
EFFECTS = {"speeches": "saved", "move": "moved", "close": "of it left undone"}
LEAST_HELP = 0.005
"""What a remedy must add to a chance to be worth a word."""
LEAST_SAVED = 0.5
"""Minutes that a lower limit must save to be worth a word: less is shown as nothing."""


@dataclass(frozen=True)
class Remedy:
    """One change to what is left of the programme."""

    text: str
    minutes: float
    """Expected minutes that it takes away, or moves."""
    effect: str
    """What that means, as in ``40 min saved``."""
    judgement: Judgement
    """Of the promise, with the remedy."""


def at_risk(found: Forecast) -> tuple[Judgement, ...]:
    """Promises that are less likely kept than promised; anchors not yet started count as promised by themselves."""
    promised = [
        s for p in found.scenario.promises or () if isinstance(p, StartWithin) for s in found.scenario.work(*p.of)
    ]
    begun = {sitting.session for track in found.tracks for sitting in track.sittings if sitting.started is not None}
    anchors: list[AnyPromise] = [
        StartWithin(id=f"anchor-{session}", of=(session,), chance=ANCHOR_CHANCE)
        for session in found.sessions
        if session in found.scenario.anchored and session not in promised and session not in begun
    ]
    judged = (*judge(found), *judge(found, anchors))
    return tuple(j for j in judged if not j.kept)


def remedies(found: Forecast, risk: Judgement) -> tuple[Remedy, ...]:
    """Remedies that help, those first that make the promise good, and of these the cheapest first.

    Of each kind for each session only the mildest that suffices or, where none does, the one that helps most.
    """
    best: dict[tuple[str, SessionId], Remedy] = {}
    for candidate in _candidates(found, risk.promise):
        tracks = tuple(track.mapped(candidate.change) for track in found.tracks)
        if candidate.last:
            tracks = tuple(_with_last(track, candidate.session) for track in tracks)
        then = judge(forecast_of_tracks(found.scenario, found.timetable, tracks), [risk.promise])[0]
        remedy = Remedy(candidate.text, candidate.minutes, EFFECTS[candidate.kind], replace(then, name=risk.name))
        known = best.get((candidate.kind, candidate.session))
        if then.chance > risk.chance + LEAST_HELP and (known is None or _rank(remedy) < _rank(known)):
            best[candidate.kind, candidate.session] = remedy
    return tuple(sorted(best.values(), key=_rank))


def _rank(remedy: Remedy) -> tuple[bool, float]:
    """What suffices by what it takes away, the rest by what it gives."""
    kept = remedy.judgement.kept
    return not kept, remedy.minutes if kept else -remedy.judgement.chance


@dataclass(frozen=True)
class _Candidate:
    kind: str
    session: SessionId
    text: str
    minutes: float
    change: Callable[[Sitting], Sitting]
    last: bool = False
    """Whether the session is moved to the end of its room."""


def _candidates(found: Forecast, promise: AnyPromise) -> Iterator[_Candidate]:
    promised = found.scenario.work(*promise.of) if isinstance(promise, FinishBy) else ()
    for track in found.tracks:
        left = [sitting for sitting in track.sittings if sitting.ended is None]
        for sitting in left:
            yield from _shorter_speeches(found, sitting)
            if sitting.session in promised:
                continue
            if sitting.started is None and _may_come_last(found, sitting, left):
                text = f"move {found.scenario.title(sitting.session)} to the end"
                loose = replace(sitting, waits_for=None, cut_at=None, interrupted_by=None, stops_at=None)
                yield _Candidate("move", sitting.session, text, sitting.law.median, _instead(sitting, loose), last=True)
            yield from _closed(found, sitting, at_all=isinstance(promise, KeepSlack))


def _may_come_last(found: Forecast, sitting: Sitting, left: Sequence[Sitting]) -> bool:
    """Whether the rest of the room may sit before it: it has no fixed time, and no hard rule puts it before another."""
    later = {other.session for other in left[left.index(sitting) + 1 :]}
    ordered = [
        set(rule.sessions(found.scenario)) for rule in found.scenario.rules if rule.chained and rule.weight is None
    ]
    bound = any(sitting.session in sessions and later & sessions for sessions in ordered)
    return bool(later) and not bound and sitting.session not in found.scenario.anchored


def _shorter_speeches(found: Forecast, sitting: Sitting) -> Iterator[_Candidate]:
    """A lower limit: the law of the shorter list, or of a running session the rest at the new pace."""
    duration = found.scenario.sessions[sitting.session].duration
    if not isinstance(duration, FromTheFloor):
        return
    shortest, longest = duration.minutes_each
    usual = (shortest + longest) / 2
    expected = found.sessions[sitting.session].end
    rest = sum(float(c) * max(0, p - (sitting.now or 0)) for p, c in enumerate(expected.chances))
    for limit in range(ceil(usual) - 1, 0, -1):
        limited = altered(duration, minutes_each=(min(shortest, limit), float(limit)))
        law = law_of(limited, sitting.law.correlation)
        saved = sitting.law.median - law.median
        changed = replace(sitting, law=law)
        if sitting.started is not None:
            changed, saved = replace(sitting, pace=limit / usual), rest * (1 - limit / usual)
        if saved < LEAST_SAVED:
            continue
        text = f"cut speaking time in {found.scenario.title(sitting.session)} to {show_minutes(limit)}"
        yield _Candidate("speeches", sitting.session, text, saved, _instead(sitting, changed))


def _closed(found: Forecast, sitting: Sitting, *, at_all: bool) -> Iterator[_Candidate]:
    """Close it at the end of a slot in which it may well end; ``at_all``: or in which it sits, though it will not."""
    starts, expected = found.sessions[sitting.session].start, found.sessions[sitting.session].end
    since = starts.window[0] + 1 if at_all else expected.window[0]
    for slot in found.axis.slots:
        if (sitting.now or 0) < slot.ends and since <= slot.ends < expected.window[2]:
            lost = sum(float(c) * max(0, p - slot.ends) for p, c in enumerate(expected.chances))
            text = f"close {found.scenario.title(sitting.session)} by {show_end(found, slot.ends)}"
            closed = replace(sitting, stops_at=slot.ends, carried=False)
            yield _Candidate("close", sitting.session, text, lost, _instead(sitting, closed))


def _instead(old: Sitting, new: Sitting) -> Callable[[Sitting], Sitting]:
    return lambda sitting: new if sitting == old else sitting


def _with_last(track: RoomTrack, session: SessionId) -> RoomTrack:
    """The session at the end of its room; what came after it follows what came before it."""
    rest = tuple(sitting for sitting in track.sittings if sitting.session != session)
    return RoomTrack(track.room, rest + tuple(sitting for sitting in track.sittings if sitting.session == session))
