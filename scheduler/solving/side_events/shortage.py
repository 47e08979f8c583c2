"""Why side events cannot all be placed: what does not add up, or the fewest that clash, each proved."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.outcome import Status
from scheduler.scenario import Scenario
from scheduler.side_events.places import Places, name_of
from scheduler.side_events.shortage import MOST_REASONS, nowhere, too_few, windows_of
from scheduler.solving.search import Search
from scheduler.solving.side_events.model import EventsModel, Kept
from scheduler.wording import capital, counted, shortened


def why_none(scenario: Scenario, places: Places, search: Search, kept: Kept | None = None) -> tuple[str, ...]:
    """Sentences that say why the events cannot all be placed; each is true by itself."""
    if lost := list(nowhere(places).values()):
        more = len(lost) - MOST_REASONS
        return (*lost[:MOST_REASONS], *([f"So it is with {counted(more, 'more side event')}."] if more > 0 else []))
    model = EventsModel(scenario, places, kept)
    if stuck := [name for name in model.events if not model.open[name]]:
        return tuple(
            f"{capital(name_of(scenario, name))} can neither stay where it was nor go to a window that is not frozen."
            for name in stuck
        )
    if short := too_few(places, list(places.open)):
        return (short,)
    clash, fewest = _fewest(scenario, places, search, kept)
    return (too_few(places, clash) or _otherwise(places, clash, fewest=fewest),)


def _fewest(scenario: Scenario, places: Places, search: Search, kept: Kept | None) -> tuple[list[str], bool]:
    """Events that cannot all be placed, and whether it is proved that none of them can be left out."""
    left = list(scenario.to_place)
    size = max(1, len(left) // 2)
    while size:
        at = len(left) - size
        while at > -size:
            without = left[: max(0, at)] + left[at + size :]
            if too_few(places, without) or _impossible(scenario, places, search, kept, without):
                left = without
            at -= size
        size //= 2
    return left, search.left > 0


def _impossible(scenario: Scenario, places: Places, search: Search, kept: Kept | None, names: Sequence[str]) -> bool:
    """Whether it is proved that these events cannot all be placed."""
    model = EventsModel(scenario, places, kept, names)
    return search.run(model.cp, workers=1, seed=0, presolve=False).status is Status.INFEASIBLE


def _otherwise(places: Places, names: Sequence[str], *, fewest: bool) -> str:
    titles = shortened([name_of(places.programme, name) for name in names], 12)
    windows = shortened([str(window) for window in windows_of(places, names)], 6)
    alone = ", though without any one of them the others can" if fewest and len(names) > 1 else ""
    why = "and rooms and people leave no place for all"
    return f"{titles} cannot all be placed{alone}: they may stand in {windows}, {why}."
