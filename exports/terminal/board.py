"""The board at a terminal: a table for each day, with the bodies and sessions in each room."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from exports.annex.board import Board, BoardEntry, BoardSession, BoardSideEvents, BoardSlot, Page
from exports.annex.texts import SIGN
from exports.terminal.boxes import Strip, padded, print_table
from exports.terminal.screen import Screen
from scheduler.wording import counted

HOURS_WIDTH = 13
"""Screen cells for the hours."""
MIN_ROOM_WIDTH, MAX_ROOM_WIDTH = 18, 34
"""The narrowest and the widest room."""
MAX_SESSIONS_NAMED = 6
"""Sessions of a body that a cell names; further ones are only counted."""
MAX_ROWS = 120
"""Rows of all tables, with their heads; a longer board is not printed."""


def print_board(board: Board, console: Console) -> None:
    """Print every day; rooms that do not fit beside one another have tables of their own."""
    screen = Screen(console)
    screen.print(screen.paragraph(board.title, "bold"))
    screen.say(board.subtitle, "dim")
    tables = [
        (page, part)
        for page in board.pages
        for part in page.parts((console.width - HOURS_WIDTH - 4) // (MIN_ROOM_WIDTH + 3))
    ]
    rows = sum(len(page.rows) + 1 for page, _ in tables)
    if rows > MAX_ROWS:
        screen.say(f"{len(board.rooms)} rooms are too many for a terminal: see the sheet Programme.")
    for number, (page, (first, last)) in enumerate(tables if rows <= MAX_ROWS else ()):
        if not number or tables[number - 1][0] is not page:
            screen.say(page.label, "bold")
            _print_note(page, screen)
        if page.rooms:
            width = min((console.width - HOURS_WIDTH - 4) // (last - first) - 3, MAX_ROOM_WIDTH)
            print_table(_strips(page, first, last, width, screen), screen)
    for footnote in board.footnotes:
        screen.print(screen.paragraph(footnote))
    console.print()


def _print_note(page: Page, screen: Screen) -> None:
    """Print why nobody meets, and the side events of the day."""
    if page.note:
        screen.say(page.note, "dim")
    for event in (event for row in page.rows if isinstance(row, BoardSideEvents) for event in row.events):
        screen.print(Text.assemble(screen.text("Side event: "), screen.paragraph(event)))


def _strips(page: Page, first: int, last: int, width: int, screen: Screen) -> list[Strip]:
    slots = [row for row in page.rows if isinstance(row, BoardSlot)]
    hours = [screen.text("Time", "dim"), *(screen.text(row.label, "bold") for row in slots)]
    strips = [Strip(HOURS_WIDTH + 2, tuple(padded(screen.broken(each, HOURS_WIDTH, centred=True)) for each in hours))]
    for room in range(first, last):
        name = screen.text(page.rooms[room], "bold")
        cells = [_cell(row.rooms[room], width, screen) for row in slots]
        boxes = [padded(screen.broken(name, width, centred=True)), *map(padded, cells)]
        strips.append(Strip(width + 2, tuple(boxes)))
    return strips


def _cell(meetings: tuple[BoardEntry, ...], width: int, screen: Screen) -> list[Text]:
    """Each body with its sessions: the hours and the titles."""
    lines: list[Text] = []
    for meeting in meetings:
        lines += screen.broken(screen.text(meeting.label.text), width, centred=True)
        few = (
            meeting.sessions
            if len(meeting.sessions) <= MAX_SESSIONS_NAMED
            else meeting.sessions[: MAX_SESSIONS_NAMED - 1]
        )
        for item in few:
            lines += screen.broken(screen.text(_words(item), "dim"), width)
        if left := len(meeting.sessions) - len(few):
            lines += screen.broken(screen.text(f"and {counted(left, 'more session')}", "dim"), width)
    return lines


def _words(item: BoardSession) -> str:
    """The hours, the title and the mark; a terminal cannot strike a text through, so words say it."""
    mark = f"{SIGN} {item.mark}" if item.mark else ""
    return " ".join(filter(None, (item.hour, item.title, mark, "(no longer here)" if item.struck else "")))
