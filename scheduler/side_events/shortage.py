"""What side events ask for beside what there is: events without a window, and more events than windows hold."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.side_events.places import Occasion, Places, called, name_of
from scheduler.wording import capital, counted, shortened

MOST_REASONS = 6
"""Events without any window, or reasons of one of them, that are told one by one."""


def nowhere(places: Places) -> dict[str, str]:
    """By event that has no window at all: a sentence that says why."""
    return {name: _nowhere(places, name) for name, found in places.open.items() if not found}


def _nowhere(places: Places, name: str) -> str:
    reasons: dict[str, list[Occasion]] = {}
    for occasion in places.occasions:
        reasons.setdefault(places.why_not(name, occasion), []).append(occasion)
    told = [
        f"{shortened([str(o) for o in where], 2)}: {why}" if len(reasons) > 1 else why for why, where in reasons.items()
    ]
    return f"{capital(name_of(places.programme, name))} has no window: {'; '.join(told[:MOST_REASONS])}."


def too_few(places: Places, names: Sequence[str]) -> str:
    """Why these events cannot all be placed, where that can be counted; else empty."""
    return _of_one_person(places, names) or _counted(places, names)


def remedy_of(places: Places, names: Sequence[str]) -> str:
    """What makes room for more of these events where there are too few places: only what does, each by itself."""
    if _of_one_person(places, names):
        return "more windows, or somebody else for one of them"
    limits = [_limits(places, names, window) for window in windows_of(places, names)]
    rooms = any(n is not None and (most is None or n < most) for n, most in limits)
    at_most = any(most is not None and (n is None or most < n) for n, most in limits)
    if rooms and at_most:
        return "more windows or rooms, or a higher at_most"
    if rooms:
        return "more windows or rooms"
    return "more windows, or a higher at_most" if at_most else "more windows, or more rooms and a higher at_most"


def windows_of(places: Places, names: Sequence[str]) -> list[Occasion]:
    """The windows that are open to any of these events."""
    return [o for o in places.occasions if any(o.number in places.open[name] for name in names)]


def _of_one_person(places: Places, names: Sequence[str]) -> str:
    """More events of one person than windows that are open to them."""
    for person in sorted({person for name in names for person in places.people[name]}):
        own = [name for name in names if person in places.people[name]]
        windows = windows_of(places, own)
        if len(own) > len(windows):
            titles = shortened([name_of(places.programme, name) for name in own])
            return (
                f"{called(places.programme, person)} is needed at {counted(len(own), 'side event')} ({titles}), and "
                f"{counted(len(windows), 'window is', 'windows are')} open to them: nobody is at two at once."
            )
    return ""


def _limits(places: Places, names: Sequence[str], window: Occasion) -> tuple[int | None, int | None]:
    """How many of these events the rooms of a window hold, and how many its at_most lets in; None: no limit."""
    rooms = {places.key(room) for name in names for room in places.open[name].get(window.number, ())}
    return None if "" in rooms else len(rooms), places.left(window)


def _counted(places: Places, names: Sequence[str]) -> str:
    """More events than their windows hold."""
    windows, held = windows_of(places, names), []
    for window in windows:
        held.append(min((n for n in _limits(places, names, window) if n is not None), default=len(names)))
    if len(names) <= sum(held):
        return ""
    titles = shortened([name_of(places.programme, name) for name in names])
    there = counted(len(windows), "window exists", "windows exist")
    if sum(held) != len(windows):
        there += f" for them, with room for {sum(held)}{f', {held[0]} in each' if len(set(held)) == 1 else ''}"
    else:
        there += " for them, with room for one event each" if len(windows) > 1 else " for them, with room for one"
    return f"{counted(len(names), 'side event asks', 'side events ask')} for a place ({titles}), and {there}."
