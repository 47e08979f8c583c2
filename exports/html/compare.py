"""Options side by side as one HTML file: no script, no network; for the screen, a telephone, A4 and a screen reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exports.annex.changes import change_sentences
from exports.annex.grid import has_many_rooms
from exports.html.layout import Layout, layout_against
from exports.html.pages import fill
from exports.terminal.compare import NOTHING
from scheduler.comparison.compare import Comparison
from scheduler.comparison.criterion import CriterionRow
from scheduler.comparison.moves import Move
from scheduler.comparison.option import Option
from scheduler.comparison.together import apart
from scheduler.version import __version__
from scheduler.wording import counted

MAX_DAYS_BESIDE = 5
"""Days of a grid that fits beside another on paper."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Forbids scripts and loading, whatever a text might do."""


@dataclass(frozen=True, slots=True)
class OptionShown:
    """One option on the page."""

    letter: str
    title: str
    left_out: str
    """Bodies that it leaves out; may be empty."""
    said: str
    """How much is changed, or that there is no timetable; may be empty."""
    layout: Layout | None
    """None: there is no timetable."""
    verdict: str
    """Where there is none."""
    reasons: tuple[str, ...]
    moved: tuple[str, ...]
    """What moves, each in a sentence."""
    broken: tuple[str, ...]
    """Rules that must hold, broken, each in a sentence."""


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """What the page shows."""

    title: str
    of_one_series: bool
    about: str
    version: str
    scenarios: str
    nothing: str
    """In place of criteria, where there are none."""
    sentences: tuple[str, ...]
    groups: tuple[tuple[CriterionRow, ...], ...]
    """Each criterion with the rows below it."""
    baseline: str
    """The letter of the option against which changes are told."""
    options: tuple[OptionShown, ...]
    layout: str
    """How the options stand beside one another, as classes of the stylesheet."""

    @property
    def rows(self) -> bool:
        """Whether there are criteria."""
        return bool(self.groups)


def html_bytes(comparison: Comparison) -> bytes:
    """The page, in UTF-8; equal comparisons give equal bytes."""
    return fill("compare.html.jinja", page=page_of(comparison), policy=POLICY).encode("utf-8", "replace")


def page_of(comparison: Comparison) -> ComparisonPage:
    """What the page shows of a comparison."""
    series = list(dict.fromkeys(option.scenario.printed.series for option in comparison.options))
    alone = len(series) == 1
    return ComparisonPage(
        series[0] if alone else "Options side by side",
        alone,
        _about(comparison),
        __version__,
        _scenarios(comparison),
        NOTHING,
        tuple(comparison.sentences()),
        tuple(_groups(comparison.rows)),
        comparison.baseline.letter if comparison.options else "",
        tuple(_option(comparison, number) for number in range(len(comparison.options))),
        _layout(comparison),
    )


def _groups(rows: Sequence[CriterionRow]) -> Iterator[tuple[CriterionRow, ...]]:
    for whole in rows:
        if whole.criterion.part_of is None:
            yield (whole, *(row for row in rows if row.criterion.part_of == whole.criterion.id))


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
    return " · ".join(parts)


def _scenarios(comparison: Comparison) -> str:
    prints = [f"{o.letter} {o.scenario.name} {o.scenario.sha256[:12]}" for o in comparison.options]
    return f"Scenarios, with the beginning of their SHA-256: {', '.join(prints)}." if prints else ""


def _option(comparison: Comparison, number: int) -> OptionShown:
    option, changes = comparison.options[number], comparison.changes[number]
    impossible = option.status == "infeasible"
    verdict = "No timetable keeps every rule that must hold." if impossible else "No timetable was found."
    many = "" if changes is None else _counted(comparison.baseline, option, changes, len(comparison.events[number]))
    said = f"{many}{'; its sheets disagree, see above' if option.notes else ''}" if many else ""
    there = option.timetable is not None
    if not there:
        said = "impossible" if impossible else "no timetable"
    return OptionShown(
        option.letter,
        option.title,
        comparison.left_out(option) if comparison.rows else "",
        said,
        layout_against(comparison.baseline, option, changed=bool(changes)) if there else None,
        verdict,
        tuple(option.reasons),
        tuple(change_sentences(comparison, number)) if there else (),
        tuple(violation.message for violation in option.report.broken) if there else (),
    )


def _counted(baseline: Option, option: Option, changes: Sequence[Move], events: int) -> str:
    """``4 changes``; sessions that moved together or only followed their slot, and side events, are counted apart."""
    proper, whole, hours = apart(baseline, option, changes)
    said = [f"{len(whole.moves)} sessions {whole.by}"] if whole else []
    other = "other " if whole else ""
    said.append(counted(len(proper), f"{other}change") if proper else f"no {other}change")
    gone = sum(len(each.titles) for each in hours)
    said += [f"{counted(gone, 'session')} only with the opening hour"] if gone else []
    return "; ".join([*said, *([f"{counted(events, 'side event')} elsewhere"] if events else [])])
