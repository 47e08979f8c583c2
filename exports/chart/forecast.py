"""The forecast as a picture: working time from left to right, a row for each session, in SVG or PNG."""

from __future__ import annotations

import io
import textwrap
from typing import TYPE_CHECKING, Any

from exports import colours
from exports.xlsx.workbook import safe_text
from scheduler.domain.clock import show_clock
from scheduler.domain.promise import show_chance
from scheduler.errors import OutputError
from scheduler.forecasting.times_in_words import last_close, show_window
from scheduler.forecasting.windows import Forecast, SessionForecast
from scheduler.reading.cleaning import clean

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = ("svg", "png")
COLOURS = tuple(f"#{bar}" for bar in colours.BARS)
"""One for each body, in turn."""
_INK, _FAINT, _DARK, _LIMIT = (f"#{each}" for each in (colours.INK, colours.FAINT, colours.PALE, colours.LIMIT))
_LIGHT, _BEYOND = "#F6F8FB", "#FBE9E7"
_WIDTH = 13.6
_ROW = 0.62
_LOOKS: dict[Any, Any] = {
    "svg.hashsalt": "treaty-schedule",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 10,
}
TITLE_CHARACTERS = 40
MAX_TITLE_LINES = 2


def chart_bytes(found: Forecast, kind: str) -> bytes:
    """The chart as SVG or PNG; the same forecast gives the same bytes.

    Raises:
        OutputError: matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ImportError:
        raise OutputError(
            "The chart needs matplotlib, which is not installed: pip install matplotlib. "
            "The table and --json need nothing more."
        ) from None
    with mpl.rc_context():
        mpl.rcParams.update(_LOOKS)
        stream = io.BytesIO()
        metadata = {"Date": None} if kind == "svg" else {"Software": None}
        figure_of(found).savefig(stream, format=kind, dpi=120, metadata=metadata)
    return stream.getvalue()


def figure_of(found: Forecast) -> Figure:
    """The chart as a figure; the caller sets the parameters of matplotlib."""
    from matplotlib.figure import Figure

    rows = sorted(found.sessions.values(), key=lambda item: (item.planned.start, item.start.window[1]))
    figure = Figure(figsize=(_WIDTH, 1.5 + _ROW * max(1, len(rows))), layout="constrained")
    _draw(figure.add_subplot(), found, rows)
    return figure


def _draw(axes: Axes, found: Forecast, rows: list[SessionForecast]) -> None:
    total = found.axis.total
    latest = max([total, *(item.end.window[2] for item in rows)])
    right = total + min(latest - total, max(120, total // 6)) + (total // 60 if latest > total else 0)
    _slots(axes, found, right)
    bodies = list(dict.fromkeys(found.scenario.body_of[s].id for s in found.sessions))
    for number, item in enumerate(rows):
        colour = COLOURS[bodies.index(found.scenario.body_of[item.session].id) % len(COLOURS)]
        _row(axes, found, item, number, colour, right)
    axes.set_xlim(0, right)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_yticks(range(len(rows)), [_title(found, item) for item in rows])
    axes.tick_params(length=0, colors=_INK)
    for spine in axes.spines.values():
        spine.set_visible(False)
    risk = f"Chance of running past {last_close(found)}: {show_chance(found.overruns)}"
    head = "When will each session sit? Bar: median start to median end. "
    head += "Pale: the start in 8 of 10 cases. Line: the end in 8 of 10 cases."
    title = f"{_plain(found.scenario.printed.series)}. {risk}\n{head}"
    axes.set_title(title, loc="left", fontsize=10, color=_INK, pad=32)


def _slots(axes: Axes, found: Forecast, right: float) -> None:
    """A band for each slot, named above; the ticks are the openings."""
    slots = found.axis.slots
    every = 1 if len(slots) <= 12 else -(-len(slots) // 12)
    for number, slot in enumerate(slots):
        axes.axvspan(slot.begins, slot.ends, color=_DARK if number % 2 == 0 else _LIGHT, zorder=0, linewidth=0)
        if number % every == 0:
            calendar = found.scenario.calendar
            half = slot.half if slot.half and not calendar.dated else ""
            name = f"{calendar.day_name(slot.day, short=True)} {half}".rstrip()
            _above(axes, slot.begins, f"{name}\n{show_clock(slot.opens)}")
    if right > found.axis.total:
        axes.axvspan(found.axis.total, right, color=_BEYOND, zorder=0, linewidth=0)
        axes.axvline(found.axis.total, color=_LIMIT, linewidth=1.2, zorder=1)
        _above(axes, found.axis.total, "after\nthe end")
    axes.set_xticks([])


def _above(axes: Axes, position: int, words: str) -> None:
    """Words above the rows, beginning at a position."""
    place = {"xycoords": ("data", "axes fraction"), "xytext": (2, 4), "textcoords": "offset points"}
    axes.annotate(words, (position, 1), ha="left", va="bottom", fontsize=8, color=_FAINT, **place)  # type: ignore[arg-type]  # the stubs know only single keywords


def _row(axes: Axes, found: Forecast, item: SessionForecast, number: int, colour: str, right: float) -> None:
    """Bar, pale start window, end window below it, and the start in words where there is room."""
    (first, middle, last), (soonest, ends, latest) = item.start.window, item.end.window
    axes.broken_barh(
        [(first, max(last - first, 1))], (number - 0.32, 0.42), color=colour, alpha=0.3, zorder=2, linewidth=0
    )
    axes.broken_barh([(middle, max(ends - middle, 1))], (number - 0.32, 0.42), color=colour, zorder=3, linewidth=0)
    shown = min(latest, right)
    axes.plot([soonest, shown], [number + 0.24] * 2, color=_INK, linewidth=2, zorder=4, solid_capstyle="butt")
    for cap in (soonest, latest):
        if cap <= right:
            axes.plot([cap, cap], [number + 0.15, number + 0.33], color=_INK, linewidth=2, zorder=4)
    words = f"starts {show_window(found, item.start)}"
    room = 0.0072 * right * len(words)
    if ends - middle >= room:
        axes.text(middle + right * 0.005, number - 0.11, words, color="white", va="center", fontsize=9, zorder=5)
    elif max(last, ends) + room < right:
        axes.text(max(last, ends) + right * 0.005, number - 0.11, words, color=_INK, va="center", fontsize=9, zorder=5)
    else:
        x = min(first, middle) - right * 0.005
        axes.text(x, number - 0.11, words, color=_INK, va="center", ha="right", fontsize=9, zorder=5)


def _title(found: Forecast, item: SessionForecast) -> str:
    lines = textwrap.wrap(_plain(found.scenario.title(item.session)), TITLE_CHARACTERS) or [""]
    return "\n".join(
        lines
        if len(lines) <= MAX_TITLE_LINES
        else [*lines[: MAX_TITLE_LINES - 1], lines[MAX_TITLE_LINES - 1][:-1] + "…"]
    )


def _plain(text: Any) -> str:
    """Text that is neither markup nor mathematics to matplotlib."""
    return safe_text(clean(str(text))).replace("\n", " ").replace("$", r"\$")
