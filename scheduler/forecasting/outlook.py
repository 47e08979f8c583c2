"""What is at risk on the day: promises, fixed times, the end of the meeting, and closed sessions over a night."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Slot
from scheduler.domain.promise import AnyPromise, KeepSlack, StartWithin
from scheduler.forecasting.promises import Judgement, judge
from scheduler.forecasting.remedies import Remedy, remedies
from scheduler.forecasting.windows import Forecast

ANCHOR_CHANCE = 0.9
"""How likely an anchor must start on time, where no promise says otherwise."""
CERTAIN = 1 - 1e-9
"""A chance of 100 % is a sum of many floating-point numbers."""
ALMOST_CERTAIN = 0.995
"""From this chance on a meeting is said to overrun."""
IN_TIME = 0.9
"""How likely the meeting must end in time for a remedy to suffice."""
LIKELY = 0.5
"""From this chance on a night is said to interrupt a closed session."""


@dataclass(frozen=True)
class Overrun:
    """A meeting that is not over when its last slot closes."""

    chance: float
    minutes: int
    """What is then left, at the median."""
    remedies: tuple[Remedy, ...]

    @property
    def certain(self) -> bool:
        """Whether the chance is 100 %."""
        return self.chance >= CERTAIN


@dataclass(frozen=True)
class OverNight:
    """A closed session that is likely to be interrupted by a night on which the plan does not count."""

    session: SessionId
    slot: Slot
    """The last of the day."""
    chance: float


def at_risk(found: Forecast) -> tuple[Judgement, ...]:
    """Promises that are less likely kept than promised; every anchor that has not started counts as promised."""
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


def overrun_of(found: Forecast) -> Overrun | None:
    """The overrun with its remedies, where it is certain or almost certain."""
    if found.overruns < ALMOST_CERTAIN:
        return None
    (ends_in_time,) = judge(found, [KeepSlack(id="end", minutes=0, chance=IN_TIME)])
    minutes = found.end.window[1] - found.axis.total
    return Overrun(found.overruns, max(1, minutes), remedies(found, ends_in_time))


def over_nights(found: Forecast) -> tuple[OverNight, ...]:
    """Closed sessions not yet over that are likely to begin on one day and to end on another, against the plan."""
    axis, nights = found.axis, []
    last = [axis.slots[indices[-1]] for indices in axis.by_day.values()]
    over = {sitting.session for track in found.tracks for sitting in track.sittings if sitting.ended is not None}
    for session, item in found.sessions.items():
        if not found.scenario.restricted(session) or session in over:
            continue
        for slot in last[:-1]:
            across = item.planned.start < slot.ends < item.planned.end
            chance = item.start.by(slot.ends - 1) - item.end.by(slot.ends)
            if chance >= LIKELY and not across:
                nights.append(OverNight(session, slot, chance))
    return tuple(nights)
