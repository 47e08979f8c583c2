"""Options side by side as one HTML file: no script, no network; for the screen, a telephone, A4 and a screen reader.

Every text from a scenario passes ``escaped``, and the content security policy of the page forbids scripts and loading.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import replace

from exports.annex.board import board_against
from exports.annex.changes import change_sentences
from exports.annex.entries import Entry
from exports.annex.grid import Band, Column, Grid, GridCell, annex_grid, has_many_rooms
from exports.annex.marks import grid_against
from exports.annex.texts import SIGN
from exports.html.board import board_lines
from exports.html.style import STYLE
from exports.html.texts import escaped, paragraph_html
from exports.terminal.compare import NOTHING
from scheduler.comparison.compare import Comparison
from scheduler.comparison.criterion import CriterionRow
from scheduler.comparison.moves import Move
from scheduler.comparison.option import Option
from scheduler.comparison.together import apart
from scheduler.domain.clock import show_clock
from scheduler.version import __version__
from scheduler.wording import counted

MAX_DAYS_BESIDE = 5
"""Days of a grid that fits beside another on paper."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def html_bytes(comparison: Comparison) -> bytes:
    """The page, in UTF-8; equal comparisons give equal bytes."""
    return ("\n".join(_page(comparison)) + "\n").encode("utf-8", "replace")


def _page(comparison: Comparison) -> Iterator[str]:
    series = list(dict.fromkeys(option.scenario.printed.series for option in comparison.options))
    title = escaped(series[0] if len(series) == 1 else "Options side by side")
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield '<head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{html.escape(POLICY, quote=True)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}{': options side by side' if len(series) == 1 else ''}</title>"
    yield f"<style>{STYLE}</style></head>"
    yield "<body>"
    yield '<a class="skip" href="#criteria">Skip to the criteria</a>'
    yield f"<header><h1>{title}</h1>"
    yield f'<p class="about">{_about(comparison)}</p>'
    yield '<nav aria-label="Parts of this page"><ul>'
    yield '<li><a href="#criteria">Criteria</a></li>'
    for option in comparison.options:
        yield f'<li><a href="#option-{option.letter}">{escaped(option.title)}</a></li>'
    definitions = '<li><a href="#definitions">Definitions</a></li>' if comparison.rows else ""
    yield f"{definitions}</ul></nav></header>"
    yield "<main>"
    yield from comparison_lines(comparison)
    yield "</main>"
    yield f"<footer><p>Made by treaty-schedule {escaped(__version__)}. {_scenarios(comparison)}</p></footer>"
    yield "</body></html>"


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """The content of the page, line by line."""
    yield '<section aria-labelledby="short"><h2 id="short">In short</h2><ul class="short">'
    for sentence in comparison.sentences():
        yield f"<li>{escaped(sentence)}</li>"
    yield "</ul></section>"
    yield from _criteria(comparison)
    yield f'<div class="{_layout(comparison)}">'
    for number in range(len(comparison.options)):
        yield from _option(comparison, number)
    yield "</div>"
    if comparison.rows:
        yield from _definitions(comparison)


def _layout(comparison: Comparison) -> str:
    """Up to three options side by side on a wide screen, and two on paper if a week is narrow enough.

    Programmes of many rooms stand below one another.
    """
    held = [o for o in comparison.options if o.timetable is not None]
    days = [len(o.scenario.calendar.days) for o in held]
    beside = min(len(comparison.options), 3)
    if any(has_many_rooms(o.timetable) for o in held if o.timetable is not None):
        return "options of1 full"
    return f"options of{beside}{' full' if max(days, default=0) > MAX_DAYS_BESIDE else ''}"


def _about(comparison: Comparison) -> str:
    zones = list(dict.fromkeys(option.scenario.meeting.time_zone for option in comparison.options))
    zones = ["Geneva (Europe/Zurich)" if zone == "Europe/Zurich" else zone for zone in zones]
    parts = [counted(len(comparison.options), "option")]
    if len(comparison.options) > 1 and comparison.baseline.timetable is not None:
        parts.append(f"changes are against {comparison.baseline.title}")
    if zones:
        parts.append(f"all times {', '.join(zones)}")
    return " · ".join(escaped(part) for part in parts)


def _scenarios(comparison: Comparison) -> str:
    prints = [f"{o.letter} {o.scenario.name} {o.scenario.sha256[:12]}" for o in comparison.options]
    return escaped(f"Scenarios, with the beginning of their SHA-256: {', '.join(prints)}.") if prints else ""


# --- the table of criteria -------------------------------------------------------------------------------------------


def _criteria(comparison: Comparison) -> Iterator[str]:
    yield '<section aria-labelledby="criteria"><h2 id="criteria">Criteria</h2>'
    if not comparison.rows:
        yield f"<p>{NOTHING}</p></section>"
        return
    yield '<div class="scroll" role="region" aria-label="Table of criteria" tabindex="0">'
    yield f'<table class="criteria for{len(comparison.options)}">'
    yield "<caption>The best of each row is bold and has a tick. In rows without one all are alike, or neither less "
    yield "nor more is better.</caption>"
    heads = "".join(f'<th scope="col">{_option_head(comparison, option)}</th>' for option in comparison.options)
    yield f'<thead><tr><th scope="col">Criterion</th><th scope="col" class="better">Better</th>{heads}</tr></thead>'
    letters = [option.letter for option in comparison.options]
    for whole in comparison.rows:
        if whole.criterion.part_of is None:
            parts = [row for row in comparison.rows if row.criterion.part_of == whole.criterion.id]
            yield f"<tbody>{''.join(_criterion(row, letters) for row in (whole, *parts))}</tbody>"
    yield "</table></div></section>"


def _option_head(comparison: Comparison, option: Option) -> str:
    left = comparison.left_out(option)
    return escaped(option.title) + (f'<br><small class="less">leaves out {escaped(left)}</small>' if left else "")


def _criterion(row: CriterionRow, letters: Sequence[str]) -> str:
    """One row; on a narrow screen its figures are below its name, each after the letter of its option."""
    criterion = row.criterion
    cells = []
    for index, (number, letter) in enumerate(zip(row.numbers, letters, strict=True)):
        shown = f'<span class="letter" aria-hidden="true">{letter}</span> {html.escape(criterion.show(number))}'
        if index in row.best:
            cells.append(
                f'<td class="best">{shown} <span class="tick" aria-hidden="true">✓</span>'
                '<span class="unseen"> best</span></td>'
            )
        else:
            cells.append(f"<td>{shown}</td>")
    part = criterion.part_of is not None
    name = escaped(criterion.title)
    if not part:
        name = f'<a href="#def-{criterion.id}">{name}</a>'
    better = f'{criterion.better}<span class="letter"> is better</span>' if criterion.better and not part else ""
    kind = ' class="part"' if part else ""
    return f'<tr{kind}><th scope="row">{name}</th><td class="better">{better}</td>{"".join(cells)}</tr>'


def _definitions(comparison: Comparison) -> Iterator[str]:
    yield '<section aria-labelledby="definitions"><h2 id="definitions">Definitions</h2><dl>'
    for row in comparison.rows:
        if row.criterion.part_of is None:
            title, words = escaped(row.criterion.title), escaped(row.criterion.definition)
            yield f'<div><dt id="def-{row.criterion.id}">{title}</dt><dd>{words}</dd></div>'
    yield "</dl></section>"


# --- one option ------------------------------------------------------------------------------------------------------


def _option(comparison: Comparison, number: int) -> Iterator[str]:
    option, changes = comparison.options[number], comparison.changes[number]
    doubt = "; its sheets disagree, see above" if option.notes else ""
    many = "" if changes is None else _counted(comparison.baseline, option, changes, len(comparison.events[number]))
    said = f' <span class="count">{many}{doubt}</span>' if many else ""
    if option.timetable is None:
        verdict = "impossible" if option.status == "infeasible" else "no timetable"
        said = f' <span class="count">{verdict}</span>'
    yield f'<section class="option" aria-labelledby="option-{option.letter}">'
    yield f'<h2 id="option-{option.letter}">{escaped(option.title)}{said}</h2>'
    if option.timetable is None:
        no = (
            "No timetable keeps every rule that must hold."
            if option.status == "infeasible"
            else "No timetable was found."
        )
        yield f'<div class="impossible"><p><strong>{no}</strong></p>'
        yield "".join(f"<p>{escaped(reason)}</p>" for reason in option.reasons) + "</div></section>"
        return
    if has_many_rooms(option.timetable):
        yield from board_lines(board_against(comparison.baseline, option), f"option {option.title}")
    else:
        grid = grid_against(comparison.baseline, option) if changes else annex_grid(option.scenario, option.timetable)
        yield from grid_lines(grid, option.title, "option ")
        if option.scenario.to_place:
            from exports.html.side_events import event_lines

            yield from event_lines(option.scenario, option.timetable, f"option {option.title}")
    if moved := change_sentences(comparison, number):
        yield f'<h3>What moves, against {escaped(comparison.baseline.letter)}</h3><ol class="moves">'
        for sentence in moved:
            yield f"<li>{escaped(sentence)}</li>"
        yield "</ol>"
    broken = option.report.broken
    if broken:
        yield "<h3>Rules that must hold, broken</h3><ul>"
        yield "".join(f"<li>{escaped(violation.message)}</li>" for violation in broken) + "</ul>"
    yield "</section>"


def _counted(baseline: Option, option: Option, changes: Sequence[Move], events: int) -> str:
    """``4 changes``; sessions that moved together or only followed their slot, and side events, are counted apart."""
    proper, whole, hours = apart(baseline, option, changes)
    said = [f"{len(whole.moves)} sessions {whole.by}"] if whole else []
    other = "other " if whole else ""
    said.append(counted(len(proper), f"{other}change") if proper else f"no {other}change")
    gone = sum(len(each.titles) for each in hours)
    said += [f"{counted(gone, 'session')} only with the opening hour"] if gone else []
    return "; ".join([*said, *([f"{counted(events, 'side event')} elsewhere"] if events else [])])


def grid_lines(grid: Grid, title: str, kind: str = "") -> Iterator[str]:
    """The grid of one timetable, line by line: a table for each week, and the same as a list for narrow screens.

    ``title`` and ``kind`` name the table for screen readers.
    """
    for number, band in enumerate(grid.bands, 1):
        week = f", week {number} of {len(grid.bands)}" if len(grid.bands) > 1 else ""
        yield f'<div class="scroll wide" role="region" aria-label="Grid of {escaped(title)}{week}" tabindex="0">'
        yield '<table class="grid">'
        named = f'<span class="unseen">{escaped(f", {kind}{title}{week}")}</span>'
        yield f"<caption>{paragraph_html(grid.title)}{named}</caption>"
        days = "".join(_head(column) for column in band.columns)
        yield f'<thead><tr><th scope="col">Time</th>{days}<th scope="col" aria-hidden="true">Time</th></tr></thead>'
        yield "<tbody>"
        yield from _lines(band)
        yield "</tbody></table></div>"
        yield from _list(band)
    for footnote in grid.footnotes:
        yield f'<p class="footnote">{paragraph_html(footnote)}</p>'


def _head(column: Column) -> str:
    note = f"<br><i>{escaped(column.note)}</i>" if column.note else ""
    return f'<th scope="col">{escaped(column.weekday)}<br><small>{escaped(column.label)}</small>{note}</th>'


def _lines(band: Band) -> Iterator[str]:
    """The rows of the table; a slot with several entries takes several."""
    for line in range(band.lines):
        row = next((row for row in band.rows if row.first == line), None)
        cells = sorted((cell for cell in band.cells if cell.first == line), key=lambda cell: cell.column)
        parts = [_cell(cell) for cell in cells]
        if row:
            label = html.escape(row.label).replace(" \u2013", "\u00a0\u2013")  # a narrow column breaks after the dash
            hours = f'rowspan="{row.span}">{label}</'
            parts = [f'<th scope="row" {hours}th>', *parts, f'<td class="time" aria-hidden="true" {hours}td>']
        yield f"<tr>{''.join(parts)}</tr>"
    if band.side_events is not None:
        events = ["<br>".join(paragraph_html(event) for event in of_day) for of_day in band.side_events]
        cells_of_day = "".join(f"<td>{event}</td>" for event in events)
        again = '<td class="time" aria-hidden="true">Side events</td>'
        yield f'<tr class="side"><th scope="row">Side events</th>{cells_of_day}{again}</tr>'


def _cell(cell: GridCell) -> str:
    span = f' rowspan="{cell.span}"' if cell.span > 1 else ""
    if cell.entry is None:
        note = f"<i>{escaped(cell.note)}</i>" if cell.note else ""
        kind = "pause" if cell.pause else "free" if cell.open else "none"
        return f'<td class="{kind}"{span}>{note}</td>'
    changed = " changed" if cell.entry.marked else ""
    return f'<td class="t{cell.entry.tone}{changed}"{span}>{_entry(cell.entry)}</td>'


def _entry(entry: Entry) -> str:
    """The words of a cell."""
    lines = []
    for part in entry.parts:
        shown = [paragraph_html(line) for line in part.lines(agenda=entry.agenda)]
        lines += [*shown[:-1], shown[-1] + _mark(part.mark)] if shown else []
    if entry.agenda:
        body = "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
    else:
        body = "".join(f'<div class="title">{line}</div>' for line in lines)
    note = f'<div class="note">{paragraph_html(entry.note)}</div>' if entry.note else ""
    room = f'<div class="note">{escaped(entry.room)}</div>' if entry.room else ""
    return f"<div>{paragraph_html(entry.label)}</div>{body}{note}{room}{_mark(entry.mark)}"


def _mark(words: str | None) -> str:
    if words is None:
        return ""
    sign = f'<span aria-hidden="true">{SIGN} </span><span class="unseen">changed: </span>'
    return f'<div class="mark">{sign}{escaped(words)}</div>'


def _list(band: Band) -> Iterator[str]:
    """The band as a list of days, for a narrow screen."""
    yield '<ol class="days">'
    for index, column in enumerate(band.columns):
        cells = sorted((c for c in band.cells if c.column == index and c.entry), key=lambda cell: cell.first)
        events = band.side_events[index] if band.side_events is not None else ()
        if not cells and not events:
            continue
        yield f"<li><strong>{escaped(f'{column.weekday} {column.label}')}</strong><ul>"
        for cell in cells:
            assert cell.entry is not None
            hours = f"{show_clock(cell.entry.starts)}-{show_clock(cell.entry.ends)}"
            kind = f"t{cell.entry.tone}{' changed' if cell.entry.marked else ''}"
            untold = tuple(replace(part, hours=None) for part in cell.entry.parts)
            entry = cell.entry if len(untold) > 1 else replace(cell.entry, parts=untold)
            yield f'<li class="{kind}"><span class="hours">{hours}</span> {_entry(entry)}</li>'
        for event in events:
            yield f'<li class="side"><span class="hours">Side event</span> {paragraph_html(event)}</li>'
        yield "</ul></li>"
    yield "</ol>"
