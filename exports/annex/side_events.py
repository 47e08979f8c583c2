"""Side events in words, the same in every layout."""

from __future__ import annotations

from datetime import date

from exports.annex.entries import Paragraph, one_line, paragraph
from exports.annex.text_metrics import Run
from scheduler.domain.base import altered
from scheduler.domain.clock import show_hours
from scheduler.domain.meeting import SideEvent
from scheduler.domain.programme import Programme

TO_BE_CONFIRMED = paragraph("tbc", italic=True)


def side_events_of(programme: Programme, day: date) -> list[SideEvent]:
    """Those of a day by their hours, those without hours last; each in a room by its name."""
    events = programme.side_events
    if events is None or events == "tbc":
        return []
    that_day = (_in_words(programme, event) for event in events if event.day == day)
    return sorted(that_day, key=lambda event: event.hours or (24 * 60, 24 * 60))


def _in_words(programme: Programme, event: SideEvent) -> SideEvent:
    """The same in a room by its name, where the scenario has its id."""
    return event if event.room is None else altered(event, room=programme.room_title(event.room))


def side_event(event: SideEvent) -> Paragraph:
    """The hours, the title, who holds it and, in brackets, where."""
    organisers = ", ".join(filter(None, map(one_line, event.organiser)))
    before = f"{show_hours(*event.hours)} " if event.hours else ""
    after = f"{f', {organisers}' if organisers else ''}{f' ({one_line(event.room)})' if event.room else ''}"
    around = [Run(text) if text else None for text in (before, after)]
    runs = (around[0], *paragraph(event.title, italic=True).runs, around[1])
    return Paragraph(tuple(run for run in runs if run is not None))
