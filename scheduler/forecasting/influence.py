"""Which estimate matters most: the sessions whose range changes the risk of overrun most."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.base import SessionId
from scheduler.forecasting.laws import Law
from scheduler.forecasting.tracks import laws_of
from scheduler.forecasting.windows import Forecast, forecast


@dataclass(frozen=True, slots=True)
class Influence:
    """What one session's duration does to the chance that the meeting overruns its last slot."""

    session: SessionId
    if_short: float
    """The chance of overrun if it takes its low value."""
    if_long: float
    """The chance of overrun if it takes its high value."""

    @property
    def swing(self) -> float:
        """The difference: what a better estimate can change."""
        return self.if_long - self.if_short


def influences(found: Forecast) -> tuple[Influence, ...]:
    """Every session with a range, the most influential first."""
    ranked = []
    for session, law in laws_of(found.scenario).items():
        if session in found.timetable and not law.certain:
            chances = [
                forecast(found.scenario, found.timetable, {session: Law(m, m, m)}).overruns
                for m in (law.fixed + law.low, law.fixed + law.high)
            ]
            ranked.append(Influence(session, *chances))
    return tuple(sorted(ranked, key=lambda item: (-item.swing, item.session)))
