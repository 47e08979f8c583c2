"""What a notebook shows: HTML with a style that affects nothing else on the page, and the same as text."""

from __future__ import annotations

import io
import shlex
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console

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
    from exports.html.layout import layout_of

    title = scenario.option or scenario.name
    return _filled("timetable", layout=layout_of(scenario, timetable), title=title)


def comparison_html(comparison: Comparison) -> str:
    """What the page of ``schedule compare --html`` says."""
    from exports.html.compare import page_of

    return _filled("comparison", page=page_of(comparison))


def text_html(text: str) -> str:
    """Text that was laid out for a terminal."""
    from markupsafe import escape

    return f"<pre>{escape(text)}</pre>"


def explanation_html(explanation: Explanation) -> str:
    """Why nothing fits, the rules that clash, and the ways out, each list as a table."""
    conflict = explanation.conflict
    held = conflict is not None and conflict.held
    told = bool(explanation.shortages) and held
    sentences = [*([explanation.background] if held else []), *explanation.what_remains]
    return _filled(
        "explanation",
        shortages=[(shortage.sentence, shortage.detail) for shortage in explanation.shortages],
        verdict="" if told else explanation.verdict,
        conflicts=[] if conflict is None else [_members(each) for each in (conflict.members, *conflict.others)],
        sentences=sentences,
        ways=[
            (str(way.cost), capital(way.sentence), shlex.join(way.options) or way.by_hand)
            for way in explanation.repairs.ways
        ],
    )


def why_here_html(scenario: Scenario, why: WhyHere) -> str:
    """Where a session stands, and every other slot with what it would cost or break."""
    return _filled("why_here", verdict=why_here_verdict(scenario, why), rows=why_here_rows(scenario, why))


def prices_html(prices: PriceList) -> str:
    """What each rule costs, and how far the numbers may move."""
    return _filled(
        "prices",
        verdict=prices_verdict(prices),
        rows=price_rows(prices),
        free=free_lines(prices),
        margins=margin_lines(prices),
        estimate=estimate_line(prices) or "",
    )


def _members(members: Sequence[Member | HeldSession]) -> list[tuple[str, ...]]:
    return [(m.name, m.sentence, getattr(m, "source", "") or "", getattr(m, "place", "") or "") for m in members]


def _filled(what: str, **values: object) -> str:
    """The templates are loaded when a notebook first asks: every use of the library imports this module."""
    from markupsafe import Markup

    from exports.html.pages import fill
    from exports.html.style import within

    return fill(f"notebook_{what}.html.jinja", CLASS=CLASS, own_style=Markup(f"{within(CLASS)}\n{LIST}"), **values)
