"""The services workbook, which stays in the house: interpreters, rooms, people, deadlines, the order of each day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook

from exports.annex.text_metrics import Run, text_height
from exports.annex.texts import one_line, paragraph, subtitle
from exports.colours import GREY, INK, MARK, NAVY, PALE, SLATE, WHITE
from exports.letter.deadlines import deadlines
from exports.letter.facts import facts_of_letter
from exports.services.bookings import EVERYBODY, Booking, bookings
from exports.services.interpreters import InterpretersProgramme, interpreters_programme
from exports.services.orders import Point, orders
from exports.services.people import Duty, duties
from exports.table import time_of_day
from exports.xlsx.cell_runs import even, joined
from exports.xlsx.printed_sheet import PAGE_PIXELS, TIME_PIXELS, TITLE_POINTS, PrintedSheet
from exports.xlsx.sheets import add_table
from exports.xlsx.workbook import CENTRED, INDENTED, LEFT, font, new_workbook, save_bytes
from scheduler.domain.clock import DAY_MINUTES, show_clock, show_date, show_day, weekday
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario

NOTICE = "For the secretariat only: not to be sent out"
"""On every page."""
ROOM_PIXELS, PEOPLE_PIXELS = 140, 300
POINTS = 10.0
AIR = 10.0
"""Points above and below the text of a line of the order of the day, together."""
UPRIGHT_FROM = 720.0
"""Points of a page: from here on less shrinks it upright than across."""
EDGES = 12
"""Pixels that indentation and edges take from the width of a cell."""


def services_bytes(scenario: Scenario, timetable: Timetable) -> bytes:
    """The workbook as an .xlsx file. Equal arguments give equal bytes."""
    workbook = new_workbook(f"Services: {one_line(scenario.printed.annex_title)}", creator="treaty-schedule")
    footer = f"{NOTICE} \u00b7 {one_line(scenario.printed.series)}"
    interpreted, booked = interpreters_programme(scenario, timetable), bookings(scenario, timetable)
    there = duties(scenario, timetable)
    _add_cover(workbook, scenario, interpreted, there, footer)
    if interpreted.meetings:
        _add_interpreters(workbook, interpreted, footer)
    _add_rooms(workbook, booked, footer)
    if there:
        _add_people(workbook, there, footer)
    _add_deadlines(workbook, scenario, timetable, footer)
    for day, points in orders(scenario, booked, there).items():
        _OrderSheet(workbook, day, points).write(scenario, footer)
    return save_bytes(workbook)


def _add_cover(
    workbook: Workbook, scenario: Scenario, interpreted: InterpretersProgramme, there: Sequence[Duty], footer: str
) -> None:
    """What the sheets are, what is an estimate, and that none of them goes out."""
    sheet = PrintedSheet(workbook, "Services", [PAGE_PIXELS // 2] * 2)
    sheet.across(one_line(scenario.printed.series), font(TITLE_POINTS, NAVY, bold=True), LEFT, air=8)
    sheet.across(subtitle(scenario.printed), font(9, SLATE), LEFT, air=8)
    sheet.across(NOTICE, font(11, MARK, bold=True), LEFT, air=14)
    sheets = [
        (
            "Interpreters",
            "every interpreted meeting with its team, and the teams of each day",
            bool(interpreted.meetings),
        ),
        ("Rooms", "bookings by room, side events too", True),
        ("People", "who must be where, and posts that are vacant", bool(there)),
        ("Deadlines", "the dates of the letter, and who acts by then", True),
        ("One for each day", "the order of the day, on one page", True),
    ]
    for name, what, held in sheets:
        said = what if held else "nothing is known"
        sheet.across([Run(name, bold=True), Run(f": {said}")], font(POINTS, INK), LEFT, air=4)
    sheet.across("Interpretation", font(11, NAVY, bold=True), LEFT, air=14)
    for note in (f"Languages: {interpreted.languages}.", *interpreted.notes):
        sheet.across(note, font(POINTS, INK), LEFT, air=4)
    sheet.set_up("Services", footer, pages_high=1)


def _add_interpreters(workbook: Workbook, programme: InterpretersProgramme, footer: str) -> None:
    head = ["Date", "Weekday", "Start", "End", "Room", "Meeting", "Languages", "Team", "Remark"]
    rows = [
        [each.day, weekday(each.day), *_clocks((each.start, each.end)), each.room, each.what, programme.codes,
         each.team, each.remark]
        for each in programme.meetings
    ]  # fmt: skip
    _add_filled(workbook, "Interpreters", head, rows, footer, {"Date", "Start", "End", "Team"})
    head = ["Date", "Weekday", "Meetings", "At once", "Teams"]
    days: list[list[Any]] = [[day, weekday(day), *numbers] for day, *numbers in programme.days()]
    if programme.team is not None:
        head.append("Interpreters (estimate)")
        days = [[*row, row[-1] * programme.team] for row in days]
    add_table(workbook, "Interpreters by day", head, days, footer, {"Date", *head[2:]})


def _add_rooms(workbook: Workbook, booked: Sequence[Booking], footer: str) -> None:
    head = ["Room", "Seats", "Date", "Weekday", "Start", "End", "For", "Open to", "Seats asked", "Equipment",
            "Organisers"]  # fmt: skip
    rows = [
        [each.room, _known(each.seats), each.day, weekday(each.day), *_clocks(each.hours),
         "\n".join(part for part in (each.body, each.title) if part),
         "" if each.admitted == EVERYBODY else each.admitted,
         _known(each.asked), each.equipment, each.organisers]
        for each in booked
    ]  # fmt: skip
    _add_filled(workbook, "Rooms", head, rows, footer, {"Seats", "Date", "Start", "End", "Seats asked"})


def _add_people(workbook: Workbook, there: Sequence[Duty], footer: str) -> None:
    head = ["Person", "As", "Date", "Weekday", "Start", "End", "Room", "Session", "Remark"]
    rows = [
        [each.person, each.post, each.day, weekday(each.day), *_clocks(each.hours), each.room, each.what, each.remark]
        for each in there
    ]
    _add_filled(workbook, "People", head, rows, footer, {"Date", "Start", "End"})


def _add_deadlines(workbook: Workbook, scenario: Scenario, timetable: Timetable, footer: str) -> None:
    head = ["Date", "Weekday", "Days before", "What", "Who"]
    rows = [
        [each.day, weekday(each.day), each.days_before if each.days_before >= 0 else "", each.what, each.who]
        for each in deadlines(facts_of_letter(scenario, timetable))
    ]
    add_table(workbook, "Deadlines", head, rows, footer, {"Date", "Days before"})


def _add_filled(
    workbook: Workbook, title: str, head: Sequence[str], rows: Sequence[Sequence[Any]], footer: str, centred: set[str]
) -> None:
    """A table without the columns in which nothing stands."""
    used = [number for number in range(len(head)) if not rows or any(row[number] != "" for row in rows)]
    shown = [[row[number] for number in used] for row in rows]
    add_table(workbook, title, [head[number] for number in used], shown, footer, centred)


def _clocks(hours: tuple[int, int] | None) -> list[Any]:
    """Start and end as times of day; what ends after midnight ends on the next day."""
    if hours is None:
        return ["", ""]
    start, end = hours
    return [time_of_day(show_clock(minute)) for minute in (start, end - DAY_MINUTES if end > DAY_MINUTES else end)]


def _known(number: int | None) -> int | str:
    return "" if number is None else number


class _OrderSheet(PrintedSheet):
    """The order of one day, on one page."""

    def __init__(self, workbook: Workbook, day: date, points: Sequence[Point]) -> None:
        self.day, self.points = day, points
        self.heads = ["Time", "Room", "Meeting"]
        people = PEOPLE_PIXELS if any(point.people for point in points) else 0
        pixels = [TIME_PIXELS, ROOM_PIXELS, PAGE_PIXELS - TIME_PIXELS - ROOM_PIXELS - people]
        if people:
            self.heads.append("In the chair, and speaking")
            pixels.append(people)
        super().__init__(workbook, show_day(day, short=True), pixels)

    def write(self, scenario: Scenario, footer: str) -> None:
        """The whole sheet."""
        self.across(one_line(scenario.printed.series), font(11, NAVY, bold=True), LEFT, air=4)
        title = f"Order of the day: {weekday(self.day)} {show_date(self.day, year=True)}"
        self.across(title, font(TITLE_POINTS, NAVY, bold=True), LEFT, air=6)
        draft = "  \u00b7  draft" if scenario.meeting.status == "draft" else ""
        self.across(f"{subtitle(scenario.printed)}{draft}", font(9, SLATE), LEFT, air=4)
        self.across(NOTICE, font(9, MARK, bold=True), LEFT, air=10)
        if self.points:
            self._line([[Run(name, bold=True)] for name in self.heads], WHITE, NAVY)
        else:
            self.across("Nobody meets.", font(POINTS, SLATE, italic=True), LEFT, air=AIR)
        for point in self.points:
            self._line(list(self._runs(point))[: len(self.heads)], INK, WHITE if point.body else GREY)
        self.set_up("Order of the day", footer, pages_high=1)
        if self.height() > UPRIGHT_FROM:
            self.sheet.page_setup.orientation = "portrait"

    def _runs(self, point: Point) -> Iterator[list[Run]]:
        """By column."""
        yield [Run(point.hours, bold=True)]
        yield [Run(point.room)]
        lines = [paragraph(point.body, bold=True)] if point.body else []
        lines += [paragraph(point.title, italic=not point.body)] if point.title else []
        lines += [paragraph(f"({point.admitted})", italic=True)] if point.admitted else []
        yield joined(even(line, POINTS, self.pixels[2] - EDGES) for line in lines)
        yield joined(even(paragraph(name), POINTS, self.pixels[-1] - EDGES) for name in point.people)

    def _line(self, cells: Sequence[Sequence[Run]], ink: str, colour: str) -> None:
        """A row: its hours stand out."""
        needs = [text_height(runs, POINTS, width - EDGES) for runs, width in zip(cells, self.pixels, strict=True)]
        first, last = self.take(max(needs) + AIR)
        for index, runs in enumerate(cells):
            ground = PALE if index == 0 and colour == WHITE else colour
            look = font(POINTS, NAVY if index == 0 and ink == INK else ink)
            self.fill_in(self.area(index, index, first, last), runs, look, ground, CENTRED if index < 2 else INDENTED)
