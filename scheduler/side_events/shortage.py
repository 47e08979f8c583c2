"""What side events ask for beside what there is: events without a window, and more events than windows hold."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.side_events.places import Occasion, Places, called, name_of
from scheduler.wording import capital, counted, shortened

MOST_REASONS = 6
"""Events without any window, or reasons of one of them, that are told one by one."""


def nowhere(places: Places) -> list[str]:
    """A sentence for each event that has no window at all."""
    return [_nowhere(places, name) for name, found in places.open.items() if not found]


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


def _counted(places: Places, names: Sequence[str]) -> str:
    """More events than their windows hold."""
    windows, held = windows_of(places, names), []
    for window in windows:
        rooms = {places.key(room) for name in names for room in places.open[name].get(window.number, ())}
        limits = [limit for limit in (None if "" in rooms else len(rooms), places.left(window)) if limit is not None]
        held.append(min(limits, default=len(names)))
    if len(names) <= sum(held):
        return ""
    titles = shortened([name_of(places.programme, name) for name in names])
    there = counted(len(windows), "window exists", "windows exist")
    if sum(held) != len(windows):
        there += f" for them, with room for {sum(held)}{f', {held[0]} in each' if len(set(held)) == 1 else ''}"
    else:
        there += " for them, with room for one event each" if len(windows) > 1 else " for them, with room for one"
    return f"{counted(len(names), 'side event asks', 'side events ask')} for a place ({titles}), and {there}."
