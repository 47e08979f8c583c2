"""The forecast at a terminal: a line for each session, the risks, and sentences for the letter."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from exports.terminal.screen import Screen
from scheduler.domain.clock import show_minutes
from scheduler.domain.promise import show_chance
from scheduler.forecasting.influence import Influence
from scheduler.forecasting.promises import Judgement
from scheduler.forecasting.times_in_words import last_close, letter_sentence, show_start, show_window
from scheduler.forecasting.windows import Forecast

COLUMNS = ("Session", "Planned", "Starts in 8 of 10 cases", "Median", "Ends in 8 of 10 cases", "On day", "Overruns")
"""Heads of the table, explained in ``docs/forecast.md``."""
_MIN_TITLE_WIDTH = 22
_MAX_TITLE_WIDTH = 60
_DROPPED_FIRST = ("Ends in 8 of 10 cases", "Median", "Planned")
"""The columns that a narrow terminal leaves out, in this order."""
MIN_ABSORBED = 1.0
"""Expected minutes; a shorter wait gets no line."""


def forecast_rows(found: Forecast) -> list[tuple[str, ...]]:
    """A row for each session in planned order, with a text for each of ``COLUMNS``."""
    return [
        (
            found.scenario.title(session),
            show_start(found, item.planned.start, short=True),
            show_window(found, item.start),
            show_start(found, item.start.window[1], short=True),
            show_window(found, item.end, ending=True),
            show_chance(item.on_planned_day),
            show_chance(item.overruns),
        )
        for session, item in sorted(found.sessions.items(), key=lambda entry: entry[1].planned.start)
    ]


def summary_lines(found: Forecast, judgements: Sequence[Judgement] = (), ranked: Sequence[Influence] = ()) -> list[str]:
    """The meeting as a whole: risks, free time, promises, and which estimates matter."""
    scenario = found.scenario
    how = "" if found.exact else " (simulated: windows err by a minute or two)"
    lines = [
        f"Chance that the meeting runs past {last_close(found)}: {show_chance(found.overruns)}{how}.",
        f"Expected unused time: {show_minutes(round(found.unused))}.",
    ]
    for body in dict.fromkeys(scenario.body_of[s].id for s in found.sessions):
        if len(scenario.work(body)) > 1:
            lines.append(
                f"Chance that {scenario.name_of(body)} overruns its slots: {show_chance(found.body_overruns(body))}."
            )
    preceded = {session for track in found.tracks for session in track.sessions[1:]}
    for session, item in found.sessions.items():
        if item.waits and session in preceded and item.absorbs >= MIN_ABSORBED:
            late = item.start.after(item.planned.start)
            minutes = show_minutes(round(item.absorbs))
            lines.append(
                f"{minutes} of free time before {scenario.title(session)} absorb delay; "
                f"it starts late in {show_chance(late)} of cases."
            )
        if item.carried >= MIN_ABSORBED:
            minutes = show_minutes(round(item.carried))
            lines.append(f"{minutes} of {scenario.title(session)} are expected to be carried over to the end.")
        elif item.curtailed >= 0.005:
            lines.append(f"{scenario.title(session)} stops with work left in {show_chance(item.curtailed)} of cases.")
    lines += [f"Promise {'kept' if j.kept else 'NOT KEPT'}: {j.message}." for j in judgements]
    if ranked and ranked[0].swing >= 0.005:
        lines.append("Which estimate matters most (chance of overrun if it takes its low or its high value):")
        for number, influence in enumerate(ranked[:5], 1):
            span = f"{show_chance(influence.if_short)} to {show_chance(influence.if_long)}"
            lines.append(f"  {number}. {scenario.title(influence.session)}: {span}")
    return lines


def print_forecast(
    found: Forecast, judgements: Sequence[Judgement], ranked: Sequence[Influence], console: Console
) -> None:
    """Print the table, the summary, and sentences for the letter."""
    print_table(found, console)
    screen = Screen(console)
    for line in summary_lines(found, judgements, ranked):
        screen.say(line.strip(), indent=len(line) - len(line.lstrip()))
    console.print()
    screen.say("For the letter:", "bold")
    for session in sorted(found.sessions, key=lambda session: found.sessions[session].planned.start):
        screen.say(letter_sentence(found, session), indent=2)


def print_table(found: Forecast, console: Console) -> None:
    """Print a line for each session; long titles are wrapped, and a narrow terminal gets fewer columns."""
    screen = Screen(console)
    rows = forecast_rows(found)
    widths = {
        name: max([len(name), *(screen.text(row[at]).cell_len for row in rows)]) for at, name in enumerate(COLUMNS)
    }
    shown = list(COLUMNS)
    for name in _DROPPED_FIRST:
        if sum(widths[n] + 2 for n in shown[1:]) + _MIN_TITLE_WIDTH > console.width:
            shown.remove(name)
    left = console.width - sum(widths[n] + 2 for n in shown[1:])
    widths["Session"] = max(8, min(left, widths["Session"], _MAX_TITLE_WIDTH))
    sizes = [widths[name] for name in shown]
    screen.beside([screen.text(name, "dim") for name in shown], sizes)
    for row in rows:
        screen.beside([screen.text(row[COLUMNS.index(name)]) for name in shown], sizes)
    console.print()
