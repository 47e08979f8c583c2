"""What a notebook shows: HTML with a style that affects nothing else on the page, and the same as text."""

from __future__ import annotations

import html
import io
import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Console

from exports.annex.grid import annex_grid, has_many_rooms
from exports.html.compare import comparison_lines, grid_lines
from exports.html.style import within
from exports.html.texts import escaped
from exports.terminal.annex import print_timetable
from exports.terminal.answers import (
    estimate_line,
    free_lines,
    margin_lines,
    price_rows,
    prices_verdict,
    why_here_rows,
    why_here_verdict,
)
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario
from scheduler.wording import capital

if TYPE_CHECKING:
    from scheduler.comparison.compare import Comparison
    from scheduler.explanation.impossible import Explanation
    from scheduler.explanation.members import HeldSession, Member
    from scheduler.explanation.prices import PriceList
    from scheduler.explanation.why_here import WhyHere

CLASS = "treaty-schedule"
"""The class of all output; the style applies only within it."""
LIST = f".{CLASS} .list th,.{CLASS} .list td{{padding:.2rem .9rem .2rem 0;text-align:left;vertical-align:top}}"
"""The style of tables that the page of options does not have."""
COLUMNS = 110
"""Width of the text, in characters."""


def printed(write: Callable[[Console], object]) -> str:
    """What ``write`` prints on a console of its own, as plain text."""
    stream = io.StringIO()
    write(
        Console(
            file=stream, width=COLUMNS, color_system=None, force_terminal=False, force_jupyter=False,
            force_interactive=False, markup=False, highlight=False, emoji=False, legacy_windows=False,
        )
    )  # fmt: skip
    return stream.getvalue().rstrip("\n")


def timetable_text(scenario: Scenario, timetable: Timetable) -> str:
    """The timetable as ``schedule solve`` prints it."""
    return printed(lambda console: print_timetable(scenario, timetable, console))


def timetable_html(scenario: Scenario, timetable: Timetable) -> str:
    """The grid that ``schedule compare --html`` draws; with many rooms, a table for each day."""
    title = scenario.option or scenario.name
    if has_many_rooms(timetable):
        from exports.annex.board import board_of
        from exports.html.board import board_lines

        return _block(board_lines(board_of(scenario, timetable), title))
    lines = [*grid_lines(annex_grid(scenario, timetable), title)]
    if scenario.to_place:
        from exports.html.side_events import event_lines

        lines += event_lines(scenario, timetable, title)
    return _block(lines)


def comparison_html(comparison: Comparison) -> str:
    """What the page of ``schedule compare --html`` says."""
    return _block(comparison_lines(comparison))


def text_html(text: str) -> str:
    """Text that was laid out for a terminal."""
    return f"<pre>{html.escape(text)}</pre>"


def explanation_html(explanation: Explanation) -> str:
    """Why nothing fits, the rules that clash, and the ways out, each list as a table."""
    return _block(_explanation(explanation))


def why_here_html(scenario: Scenario, why: WhyHere) -> str:
    """Where a session stands, and every other slot with what it would cost or break."""
    heads = ("Other slots", "Costs, or rules broken", "What moves, or what they say")
    rows = why_here_rows(scenario, why)
    return _block([_said(why_here_verdict(scenario, why)), *(_table(heads, rows) if rows else ())])


def prices_html(prices: PriceList) -> str:
    """What each rule costs, and how far the numbers may move."""
    dear = price_rows(prices)
    lines = [_said(prices_verdict(prices)), *(_table(("Rule", "Price", "What it says"), dear) if dear else ())]
    lines += [f"<p>{escaped(line)}</p>" for line in free_lines(prices)]
    lines += ["<p>How far the numbers may move:</p><ul>", *(f"<li>{escaped(t)}</li>" for t in margin_lines(prices))]
    return _block([*lines, "</ul>", *([_said(told)] if (told := estimate_line(prices)) else [])])


def _said(sentence: str) -> str:
    return f"<p><strong>{escaped(sentence)}</strong></p>"


def _explanation(explanation: Explanation) -> Iterator[str]:
    conflict = explanation.conflict
    for shortage in explanation.shortages:
        yield f"<p><strong>{escaped(shortage.sentence)}</strong> {escaped(shortage.detail)}</p>"
    if not explanation.shortages or conflict is None or not conflict.held:
        yield _said(explanation.verdict)
    if conflict is not None:
        yield from _members(conflict.members)
        for further in conflict.others:
            yield "<p>And then another conflict remains:</p>"
            yield from _members(further)
        if conflict.held:
            yield f"<p>{escaped(explanation.background)}</p>"
    for sentence in explanation.what_remains:
        yield f"<p>{escaped(sentence)}</p>"
    if ways := explanation.repairs.ways:
        yield "<p>Cheapest ways out, each solved:</p>"
        rows = [(str(way.cost), capital(way.sentence), shlex.join(way.options) or way.by_hand) for way in ways]
        yield from _table(("Points", "What gives way", "Option of what-if"), rows)


def _members(members: Sequence[Member | HeldSession]) -> Iterator[str]:
    rows = ((m.name, m.sentence, getattr(m, "source", "") or "", getattr(m, "place", "")) for m in members)
    yield from _table(("Name", "What it says", "Source", "Place"), rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f'<table class="list"><thead>{_row("th", heads)}</thead><tbody>'
    yield from (_row("td", row) for row in rows)
    yield "</tbody></table>"


def _row(cell: str, texts: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<{cell}>{escaped(text)}</{cell}>' for text in texts)}</tr>"


def _block(lines: Iterable[str]) -> str:
    return "\n".join([f'<div class="{CLASS}"><style>{within(CLASS)}\n{LIST}</style>', *lines, "</div>"])
