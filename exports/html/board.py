"""A programme of many rooms as HTML: a table for each day, with its rooms beside one another."""

from __future__ import annotations

import html
from collections.abc import Iterator

from exports.annex.board import Board, BoardEntry, BoardSession, BoardSideEvents, BoardSlot, Page
from exports.annex.texts import SIGN
from exports.html.texts import escaped, paragraph_html

MAX_ROOMS = 8
"""Beside one another; further rooms have a table of their own."""


def board_lines(board: Board, title: str) -> Iterator[str]:
    """The programme, line by line. ``title`` names the tables for screen readers."""
    yield f'<p class="about">{paragraph_html(board.title)}</p>'
    for page in board.pages:
        if page.note:
            yield f'<p class="about">{escaped(f"{page.label}: {page.note}")}</p>'
        for first, last in page.parts(MAX_ROOMS) if page.rows else ():
            yield from _table(page, first, last, title)
    for footnote in board.footnotes:
        yield f'<p class="footnote">{paragraph_html(footnote)}</p>'


def _table(page: Page, first: int, last: int, title: str) -> Iterator[str]:
    """Some rooms of one day."""
    yield f'<div class="scroll" role="region" aria-label="{escaped(f"{title}, {page.label}")}" tabindex="0">'
    yield f'<table class="grid rooms"><caption>{escaped(page.label)}</caption>'
    rooms = "".join(f'<th scope="col">{escaped(room)}</th>' for room in page.rooms[first:last])
    end = '<th scope="col" aria-hidden="true">Time</th>'
    yield f'<thead><tr><th scope="col">Time</th>{rooms}{end}</tr></thead><tbody>'
    for row in page.rows:
        label, kind = html.escape(row.label), ""
        if isinstance(row, BoardSlot):
            cells = "".join(map(_cell, row.rooms[first:last]))
        else:
            texts = row.events if isinstance(row, BoardSideEvents) else (row.hours,)
            inside = "<br>".join(map(paragraph_html, texts))
            kind, label = ' class="side"', label.capitalize()
            cells = f'<td colspan="{max(last - first, 1)}">{inside}</td>'
        yield f'<tr{kind}><th scope="row">{label}</th>{cells}<td class="time" aria-hidden="true">{label}</td></tr>'
    yield "</tbody></table></div>"


def _cell(entries: tuple[BoardEntry, ...]) -> str:
    """In the colour of who meets first, not of who has left."""
    tones = [entry.tone for entry in entries if not entry.struck]
    changed = any(item.mark for entry in entries for item in entry.sessions)
    kind = f"t{tones[0]}" if tones else "free"
    return f'<td class="{kind}{" changed" if changed else ""}">{"".join(map(_entry, entries))}</td>'


def _entry(entry: BoardEntry) -> str:
    label = paragraph_html(entry.label)
    chairs = f" <em>({escaped(entry.chairs)})</em>" if entry.chairs else ""
    note = f" <em>{escaped(entry.note)}</em>" if entry.note else ""
    head = f"<s>{label}</s>" if entry.struck else f"{label}{chairs}{note}"
    return f"<div>{head}</div>" + "".join(f"<div>{_session(item)}</div>" for item in entry.sessions)


def _session(item: BoardSession) -> str:
    words = escaped(f"{item.hour} {item.title}".rstrip())
    people = f" <em>{escaped(item.people)}</em>" if item.people else ""
    mark = f' <span class="mark">{SIGN} {escaped(item.mark)}</span>' if item.mark else ""
    return f"<s>{words}{people}</s>" if item.struck else f"{words}{people}{mark}"
