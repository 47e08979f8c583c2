"""The board at a terminal: a table for each day, with the bodies and sessions in each room."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from exports.annex.board import Board, BoardEntry, BoardPause, BoardSession, BoardSideEvents, BoardSlot, Page
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
        begins = not number or tables[number - 1][0] is not page
        if begins:
            screen.say(page.label, "bold")
            if page.note:
                screen.say(page.note, "dim")
        _print_rooms(page, first, last, screen, between=begins)
    for footnote in board.footnotes:
        screen.print(screen.paragraph(footnote))
    console.print()


def _print_rooms(page: Page, first: int, last: int, screen: Screen, *, between: bool) -> None:
    """Print some rooms of a day; ``between`` the slots, lunch and side events."""
    width = min((screen.console.width - HOURS_WIDTH - 4) // max(last - first, 1) - 3, MAX_ROOM_WIDTH)
    head = True
    for is_slots, together in groupby(page.rows, key=lambda row: isinstance(row, BoardSlot)):
        if is_slots:
            slots = [row for row in together if isinstance(row, BoardSlot)]
            print_table(_strips(page, slots, (first, last), width, screen, head=head), screen)
            head = False
        elif between:
            _print_between([row for row in together if not isinstance(row, BoardSlot)], screen)


def _print_between(rows: Sequence[BoardPause | BoardSideEvents], screen: Screen) -> None:
    """Print lunch, breaks and side events, between the tables of slots."""
    for row in rows:
        label = "Side event" if isinstance(row, BoardSideEvents) else row.label.capitalize()
        for text in row.events if isinstance(row, BoardSideEvents) else (row.hours,):
            screen.print(Text.assemble(screen.text(f"{label}: "), screen.paragraph(text)))


def _strips(
    page: Page, slots: Sequence[BoardSlot], rooms: tuple[int, int], width: int, screen: Screen, *, head: bool
) -> list[Strip]:
    """Slots that nothing parts; the first of the day below the ``head``."""
    hours = [*([screen.text("Time", "dim")] if head else []), *(screen.text(row.label, "bold") for row in slots)]
    strips = [Strip(HOURS_WIDTH + 2, tuple(padded(screen.broken(each, HOURS_WIDTH, centred=True)) for each in hours))]
    for room in range(*rooms):
        name = [screen.broken(screen.text(page.rooms[room], "bold"), width, centred=True)] if head else []
        cells = [_cell(row.rooms[room], width, screen) for row in slots]
        strips.append(Strip(width + 2, tuple(map(padded, (*name, *cells)))))
    return strips


def _cell(meetings: tuple[BoardEntry, ...], width: int, screen: Screen) -> list[Text]:
    """Each body with its sessions: the hours and the titles."""
    lines: list[Text] = []
    for meeting in meetings:
        lines += screen.broken(screen.text(f"{meeting.label.text} {meeting.note}".rstrip()), width, centred=True)
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
