"""What has changed for a session that starts as before, but is suspended for other fixtures, or at another time."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.comparison.option import Option
from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.clock import show_clock, show_moment
from scheduler.domain.timetable import Placement
from scheduler.wording import listed


def suspended_anew(before: Option, after: Option, was: Placement, now: Placement) -> str:
    """``is suspended for the panel, now at 15:00``; empty where nothing has changed for the session in between."""
    session = now.session
    if session in before.outside or session in after.outside:
        return ""
    old, new = _amid(before, was), _amid(after, now)
    changed = [_now(after, fixture, old.get(fixture), here) for fixture, here in new.items()]
    gone = [before.scenario.title(fixture) for fixture in old if fixture not in new]
    said = [f"is suspended {listed(words)}"] if (words := [each for each in changed if each]) else []
    if gone:
        said.append(f"is no longer suspended for {listed(gone)}")
    return listed(said) if said else ""


def _amid(option: Option, placement: Placement) -> Mapping[SessionId, tuple[Segment, ...]]:
    """The fixtures that lie between the first and the last minute of a session, with their places."""
    scenario, found = option.scenario, {}
    for fixture in scenario.gives_way.get(placement.session, ()):
        other = next((p for p in option.placements if p.session == fixture), None)
        if other is None or other.room != placement.room or not scenario.stops_for(placement.session, other):
            continue
        closed = scenario.closed_by(placement.session, other)
        if any(first < placement.end and placement.start < last for first, last in closed):
            found[fixture] = other.segments
    return found


def _now(after: Option, fixture: SessionId, was: tuple[Segment, ...] | None, now: tuple[Segment, ...]) -> str:
    title, first = after.scenario.title(fixture), now[0]
    if was is None:
        return f"for {title}, on {first.starts_on}"
    if was[0].begins != first.begins:
        same_day = was[0].begins[0] == first.begins[0]
        return f"for {title}, now {f'at {show_clock(first.begins[1])}' if same_day else f'on {first.starts_on}'}"
    if was[-1].ends != now[-1].ends:
        same_day = was[-1].ends[0] == now[-1].ends[0]
        return f"for {title}, now until {show_clock(now[-1].ends[1]) if same_day else show_moment(*now[-1].ends)}"
    return ""
