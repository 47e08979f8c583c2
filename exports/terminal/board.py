"""The board at a terminal: a table for each day, with who meets in each room and which sessions it has there."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from exports.annex.board import Board, BoardEntry, BoardSession, BoardSideEvents, BoardSlot, Page
from exports.annex.texts import SIGN
from exports.terminal.boxes import Strip, padded, print_table
from exports.terminal.screen import Screen
from scheduler.wording import counted

TIME = 13
"""Screen cells for the hours."""
LEAST, MOST = 18, 34
"""The narrowest and the widest room."""
MOST_NAMED = 6
"""Sessions of a body that are named in a cell; of more the last ones are counted."""
MOST_ROWS = 120
"""Nobody reads more rows than these, heads included, at a terminal."""


def print_board(board: Board, console: Console) -> None:
    """Print every day; rooms that do not fit beside one another stand in further tables."""
    screen = Screen(console)
    screen.print(screen.paragraph(board.title, "bold"))
    screen.say(board.subtitle, "dim")
    tables = [(page, part) for page in board.pages for part in page.parts((console.width - TIME - 4) // (LEAST + 3))]
    rows = sum(len(page.rows) + 1 for page, _ in tables)
    if rows > MOST_ROWS:
        screen.say(f"{len(board.rooms)} rooms are too many for a terminal: see the sheet Programme.")
    for number, (page, (first, last)) in enumerate(tables if rows <= MOST_ROWS else ()):
        if not number or tables[number - 1][0] is not page:
            screen.say(page.label, "bold")
            _print_note(page, screen)
        if page.rooms:
            width = min((console.width - TIME - 4) // (last - first) - 3, MOST)
            print_table(_strips(page, first, last, width, screen), screen)
    for footnote in board.footnotes:
        screen.print(screen.paragraph(footnote))
    console.print()


def _print_note(page: Page, screen: Screen) -> None:
    """Why nobody meets, and the side events of the day."""
    if page.note:
        screen.say(page.note, "dim")
    for event in (event for row in page.rows if isinstance(row, BoardSideEvents) for event in row.events):
        screen.print(Text.assemble(screen.text("Side event: "), screen.paragraph(event)))


def _strips(page: Page, first: int, last: int, width: int, screen: Screen) -> list[Strip]:
    slots = [row for row in page.rows if isinstance(row, BoardSlot)]
    hours = [screen.text("Time", "dim"), *(screen.text(row.label, "bold") for row in slots)]
    strips = [Strip(TIME + 2, tuple(padded(screen.broken(each, TIME, centred=True)) for each in hours))]
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
        few = meeting.sessions if len(meeting.sessions) <= MOST_NAMED else meeting.sessions[: MOST_NAMED - 1]
        for item in few:
            lines += screen.broken(screen.text(_words(item), "dim"), width)
        if left := len(meeting.sessions) - len(few):
            lines += screen.broken(screen.text(f"and {counted(left, 'more session')}", "dim"), width)
    return lines


def _words(item: BoardSession) -> str:
    """The hours and the title; a place that is given up says so, for a terminal strikes nothing through."""
    mark = f"{SIGN} {item.mark}" if item.mark else ""
    return " ".join(filter(None, (item.hour, item.title, mark, "(no longer here)" if item.struck else "")))
