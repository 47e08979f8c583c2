"""Remedies for a promise at risk: less speaking time, a session moved to the end, or one closed when a slot closes.

The cheapest remedy takes the fewest minutes from the programme.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from scheduler.domain.base import SessionId, altered
from scheduler.domain.clock import show_minutes
from scheduler.domain.duration import FromTheFloor
from scheduler.domain.promise import AnyPromise, FinishBy, KeepSlack
from scheduler.forecasting.laws import law_of
from scheduler.forecasting.promises import Judgement, judge
from scheduler.forecasting.times_in_words import show_end
from scheduler.forecasting.tracks import RoomTrack, Sitting
from scheduler.forecasting.windows import Forecast, forecast_of_tracks

MIN_GAIN = 0.005
"""What a remedy must add to a chance to be named."""
MIN_SAVED = 0.5
"""Minutes that a lower speaking time must save to be named: less is shown as 0."""


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


def remedies(found: Forecast, risk: Judgement) -> tuple[Remedy, ...]:
    """Remedies that help: first those that suffice, the cheapest first, then the others, the most helpful first.

    Of each kind for each session only one: the cheapest that suffices or, where none does, the most helpful.
    """
    best: dict[tuple[str, SessionId], Remedy] = {}
    for change in _changes(found, risk.promise):
        tracks = tuple(change.applied(track) for track in found.tracks)
        (then,) = judge(forecast_of_tracks(found.scenario, found.timetable, tracks), [risk.promise])
        remedy = Remedy(change.text, change.minutes, change.effect, replace(then, name=risk.name))
        key = change.effect, change.sitting.session
        if then.chance > risk.chance + MIN_GAIN and (key not in best or _rank(remedy) < _rank(best[key])):
            best[key] = remedy
    return tuple(sorted(best.values(), key=_rank))


def _rank(remedy: Remedy) -> tuple[bool, float]:
    """First what suffices, by the minutes it takes; then the rest, by the chance it gives."""
    kept = remedy.judgement.kept
    return not kept, remedy.minutes if kept else -remedy.judgement.chance


@dataclass(frozen=True)
class _Change:
    """What is tried: a session with other terms, and perhaps at the end of its room."""

    sitting: Sitting
    text: str
    minutes: float
    effect: str
    last: bool = False

    def applied(self, track: RoomTrack) -> RoomTrack:
        """The track with the change. What came after a session that is moved follows what came before it."""
        session = self.sitting.session
        if self.last and session in track.sessions:
            return replace(track, sittings=(*(s for s in track.sittings if s.session != session), self.sitting))
        return RoomTrack(track.room, tuple(self.sitting if s.session == session else s for s in track.sittings))


def _changes(found: Forecast, promise: AnyPromise) -> Iterator[_Change]:
    promised = found.scenario.work(*promise.of) if isinstance(promise, FinishBy) else ()
    for track in found.tracks:
        left = [sitting for sitting in track.sittings if sitting.ended is None]
        for sitting in left:
            yield from _shorter_speeches(found, sitting)
            if sitting.session in promised:
                continue
            if sitting.started is None and _may_come_last(found, sitting, left):
                text = f"move {found.scenario.title(sitting.session)} to the end"
                loose = replace(sitting, waits_for=None, cut_at=None, interrupted_by=(), stops_at=None)
                yield _Change(loose, text, sitting.law.median, "moved", last=True)
            yield from _closed(found, sitting, at_all=isinstance(promise, KeepSlack))


def _may_come_last(found: Forecast, sitting: Sitting, left: Sequence[Sitting]) -> bool:
    """Whether it may sit after the rest of its room: its time is not fixed, and no hard rule puts it before another."""
    later = {other.session for other in left[left.index(sitting) + 1 :]}
    ordered = [
        set(rule.sessions(found.scenario)) for rule in found.scenario.rules if rule.chained and rule.weight is None
    ]
    bound = any(sitting.session in sessions and later & sessions for sessions in ordered)
    return bool(later) and not bound and sitting.session not in found.scenario.anchored


def _shorter_speeches(found: Forecast, sitting: Sitting) -> Iterator[_Change]:
    """Lower speaking times: a shorter law or, for a session that runs, a quicker pace for the rest."""
    duration = found.scenario.sessions[sitting.session].duration
    if not isinstance(duration, FromTheFloor):
        return
    shortest, longest = duration.minutes_each
    usual = (shortest + longest) / 2
    rest = found.sessions[sitting.session].end.minutes_after(sitting.now or 0)
    for limit in range(ceil(usual) - 1, 0, -1):
        limited = altered(duration, minutes_each=(min(shortest, limit), float(limit)))
        law = law_of(limited, sitting.law.correlation)
        saved = sitting.law.median - law.median
        changed = replace(sitting, law=law)
        if sitting.started is not None:
            changed, saved = replace(sitting, pace=limit / usual), rest * (1 - limit / usual)
        if saved < MIN_SAVED:
            continue
        text = f"cut speaking time in {found.scenario.title(sitting.session)} to {show_minutes(limit)}"
        yield _Change(changed, text, saved, "saved")


def _closed(found: Forecast, sitting: Sitting, *, at_all: bool) -> Iterator[_Change]:
    """Close it at the end of a slot in which it may well end or, with ``at_all``, in which it may sit."""
    starts, expected = found.sessions[sitting.session].start, found.sessions[sitting.session].end
    since = starts.window[0] + 1 if at_all else expected.window[0]
    for slot in found.axis.slots:
        if (sitting.now or 0) < slot.ends and since <= slot.ends < expected.window[2]:
            text = f"close {found.scenario.title(sitting.session)} by {show_end(found, slot.ends)}"
            closed = replace(sitting, stops_at=slot.ends, carried=False)
            yield _Change(closed, text, expected.minutes_after(slot.ends), "of it left undone")
