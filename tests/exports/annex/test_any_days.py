"""Random weeks of days with hours and breaks of their own: the cells cover the grid, and every session stands in it."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from exports.annex.grid import Band, annex_grid
from exports.annex.sheet import disagreements
from exports.xlsx.annex import annex_bytes
from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.clock import parse_hours, show_clock
from scheduler.domain.timetable import Placement, Timetable
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario

FIRST = date(2027, 3, 1)
ROOMS = ("plenary", "side")


def hours(random: Random) -> list[str]:
    """One to four slots between 08:00 and 22:00."""
    edges = sorted(random.sample(range(16, 44), 2 * random.choice((1, 2, 2, 2, 3, 4))))
    return [f"{show_clock(30 * a)}-{show_clock(30 * b)}" for a, b in zip(edges[::2], edges[1::2], strict=True)]


def breaks(random: Random, slots: list[str]) -> list[str]:
    """One within some of the slots that last two hours or longer."""
    long = [span for span in map(parse_hours, slots) if span[1] - span[0] >= 120 and random.random() < 0.6]
    begins = [random.randrange(opens + 30, closes - 45, 15) for opens, closes in long]
    return [f"{show_clock(at)}-{show_clock(at + 15)}" for at in begins]


def programme(random: Random) -> Scenario:
    usual, days = hours(random), []
    for number in range(random.randint(1, 9)):
        day = (FIRST + timedelta(number)).isoformat()
        own = hours(random) if random.random() < 0.9 else []
        days.append(day if random.random() < 0.5 else {"date": day, "slots": own})
    usual_days = [day for day in days if isinstance(day, str)]
    cut = [{"hours": each, "days": usual_days} for each in breaks(random, usual)] if usual_days else []
    bodies: list[dict[str, Any]] = [{"id": f"B{number}", "sessions": []} for number in range(random.randint(1, 4))]
    for number in range(6):
        title = {"title": f"Topic {number}"} if random.random() < 0.5 else {}
        session = {"id": f"s{number}", "duration": f"{15 * random.randint(2, 30)} min"} | title
        random.choice(bodies)["sessions"].append(session)
    meeting = {"series": "Any", "annex_title": "ANY", "breaks_in_annex": random.random() < 0.6}
    calendar = {"slots": usual, "days": days, "grain": "15 min", "breaks": cut}
    rooms = [{"id": room} for room in ROOMS[: random.choice((1, 1, 2))]]
    return from_data({"name": "any", "meeting": meeting, "calendar": calendar, "bodies": bodies, "rooms": rooms})


def placed(random: Random, made: Scenario) -> Timetable:
    """Sessions at random times, of which no two sit in one room at once."""
    found: list[Placement] = []
    for session in made.sessions:
        start = 15 * random.randrange(max(made.calendar.axis.total // 15, 1))
        place = made.place(SessionId(session), start, RoomId(random.choice(made.rooms).id))
        if place is not None and not any(each.room == place.room and _meet(each, place) for each in found):
            found.append(place)
    return Timetable(found)


def _meet(one: Placement, other: Placement) -> bool:
    return any(a.day == b.day and a.start < b.end and b.start < a.end for a in one.segments for b in other.segments)


def covered(band: Band) -> bool:
    """Whether the cells of each column cover its lines, each once, and no two rows overlap."""
    for number in range(len(band.columns)):
        mine = sorted((cell.first, cell.span) for cell in band.cells if cell.column == number)
        if [first for first, _ in mine] + [band.lines] != [0, *(first + span for first, span in mine)]:
            return False
    return all(above.closes <= below.opens for above, below in pairwise(band.rows))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_cells_cover_the_grid_and_the_workbook_agrees_with_its_list(seed: int) -> None:
    random = Random(seed)
    made = programme(random)
    timetable = placed(random, made)
    grid = annex_grid(made, timetable)
    assert all(map(covered, grid.bands))
    entries = [(band.columns[cell.column].day, cell.entry) for band in grid.bands for cell in band.cells if cell.entry]
    for place in timetable:
        for segment in place.segments:
            mine = [e for day, e in entries if day == segment.day and place.session in e.sessions]
            for start, end in segment.stretches:
                assert any(entry.starts <= start and end <= entry.ends for entry in mine)
    book = load_workbook(BytesIO(annex_bytes(made, timetable, grid)), rich_text=True)
    assert list(disagreements(book, made, timetable, "any.xlsx")) == []
