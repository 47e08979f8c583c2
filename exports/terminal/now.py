"""The answer of ``schedule now``: text for the screen in the corridor, changes, risks and remedies."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from exports.terminal.screen import Screen
from scheduler.domain.base import SessionId
from scheduler.domain.clock import on_its_day, show_clock, show_minutes
from scheduler.domain.moment import parse_moment
from scheduler.domain.promise import show_chance
from scheduler.forecasting.live import LEAST_CHANGE, Known, show_at
from scheduler.forecasting.outlook import CERTAIN, Overrun, over_nights
from scheduler.forecasting.promises import Judgement, asserted
from scheduler.forecasting.remedies import Remedy
from scheduler.forecasting.reports import DayReport
from scheduler.forecasting.times_in_words import ROUNDED_TO, last_close, rounded, show_end, show_start, show_window
from scheduler.forecasting.tracks import RoomTrack, Sitting
from scheduler.forecasting.windows import Forecast

Risks = Sequence[tuple[Judgement, Sequence[Remedy]]]
MAX_REMEDIES = 3
NEVER = 1e-9
"""A chance up to this is 0: it is a sum of many floating-point numbers."""


def overrun_lines(found: Forecast, known: Known, overrun: Overrun) -> list[str]:
    """By how much the meeting will overrun, and what can be done."""
    much = f"about {show_minutes(max(ROUNDED_TO, rounded(overrun.minutes)))}"
    if known.now >= found.axis.total:
        lines = [
            f"THE MEETING HAS OVERRUN: its last slot has closed ({last_close(found)}), and {much} of work is left."
        ]
    else:
        will = "WILL OVERRUN" if overrun.certain else f"WILL ALMOST CERTAINLY OVERRUN ({show_chance(overrun.chance)})"
        lines = [f"THE MEETING {will}: {much} of work is left when its last slot closes ({last_close(found)})."]
    lines += _remedy_lines(overrun.remedies, "it ends in time")
    find = "Otherwise find" if overrun.remedies else "Find"
    lines.append(f"  {find} {much}: sit longer, meet on a further day, or leave something out.")
    return lines


def headline(found: Forecast, known: Known, reports: Sequence[DayReport]) -> str:
    """The meeting, the time of the report, and the expected end."""
    at = parse_moment(reports[-1].at).spoken(found.scenario.calendar) if reports else "before the meeting"
    series = found.scenario.printed.series
    if known.ends and all(session in known.ends for session in found.sessions):
        return f"{series}, {at}: the meeting has ended, on {show_end(found, found.end.window[1])}"
    window, about = show_window(found, found.end, ending=True, short=False), show_end(found, found.end.window[1])
    between = "" if window == about else f" ({window})"
    return f"{series}, {at}: expected to end on {about}{between}"


def corridor_lines(found: Forecast, known: Known) -> list[str]:
    """A line for each session by room and time: done, now, next or later."""
    scenario, lines = found.scenario, []
    rooms = {room for track in found.tracks for s in track.sittings for room in s.planned.each_room}
    for track in found.tracks:
        first = True
        for sitting in _by_time(found, track):
            item, title = found.sessions[sitting.session], scenario.title(sitting.session)
            if len(rooms) > 1:
                title = f"{title} in {scenario.rooms_title(sitting.planned.where)}"
            if sitting.session in known.ends:
                lines.append(f"DONE   {title} (ended {show_at(scenario, known.ends[sitting.session])})")
            elif sitting.session in known.starts:
                about = show_end(found, item.end.window[1])
                window = show_window(found, item.end, ending=True, short=False)
                running = {other for other in known.running() if other in track.sessions}
                waits = not running.isdisjoint(scenario.gives_way.get(sitting.session, ()))
                lines.append(f"NOW    {title}{', suspended' if waits else ''}, until {_about(about, window)}")
            else:
                about = show_start(found, item.start.window[1])
                window = show_window(found, item.start, short=False)
                lines.append(f"{'NEXT ' if first else 'LATER'}  {title}, {_about(about, window)}")
                first = False
    return lines


def _by_time(found: Forecast, track: RoomTrack) -> list[Sitting]:
    """As they come; the fixtures among suspended sessions stand behind these in the track."""
    if not track.suspends:
        return list(track.sittings)
    under_way = [sitting for sitting in track.sittings if sitting.started is not None]
    later = [sitting for sitting in track.sittings if sitting.started is None]
    return under_way + sorted(later, key=lambda sitting: found.sessions[sitting.session].start.window[1])


def _about(time: str, window: str) -> str:
    return time if time == window else f"about {time} ({window})"


def change_lines(found: Forecast, moved: Sequence[tuple[SessionId, int]]) -> list[str]:
    """``WGTU: 25 min later than in the last forecast.``"""
    return [
        f"{found.scenario.title(session)}: {show_minutes(rounded(abs(minutes)))} "
        f"{'later' if minutes > 0 else 'earlier'} than in the last forecast."
        for session, minutes in moved
    ]


def night_lines(found: Forecast, known: Known) -> list[str]:
    """Warnings about closed sessions that a night will probably interrupt."""
    lines = []
    for night in over_nights(found):
        title, chance = found.scenario.title(night.session), show_chance(night.chance)
        will = "will" if night.chance >= CERTAIN else f"is likely ({chance}) to"
        day, clock = on_its_day(night.slot.day, night.slot.closes, ending=True)
        closes = f"{found.scenario.calendar.day_name(day)} {show_clock(clock)}"
        lines.append(f"OVER NIGHT: {title} is closed and {will} run over the night: work is left at {closes}.")
        other = "" if night.session in known.starts else ", or hold it on the next day from its beginning"
        lines.append(f"  Close it by {closes}{other}; or tell those who are let in that they must come back.")
    return lines


def risk_lines(found: Forecast, risks: Risks) -> list[str]:
    """A warning for each promise at risk, with its remedies."""
    lines = []
    for risk, remedies in risks:
        wanted = f"promised with {show_chance(risk.promise.chance)}" if risk.stated else "a fixed time"
        likely = f"now {show_chance(risk.chance)}" if risk.chance > NEVER else "now it cannot be kept any more"
        lines.append(f"AT RISK: {asserted(found.scenario, risk.promise)}: {wanted}, {likely}.")
        lines += _remedy_lines(remedies, "it is kept")
        if not remedies:
            lines.append("  No single remedy helps: shorten what is left, or tell those who rely on it.")
    return lines


def _remedy_lines(remedies: Sequence[Remedy], kept: str) -> list[str]:
    lines = []
    for remedy in remedies[:MAX_REMEDIES]:
        word = "Remedy" if remedy.judgement.kept else "Helps, but does not suffice"
        effect = f"{show_minutes(round(remedy.minutes))} {remedy.effect}"
        chance = show_chance(remedy.judgement.chance)
        then = f"then {kept} ({chance})" if remedy.judgement.kept else f"then the chance is {chance}"
        lines.append(f"  {word}: {remedy.text} ({effect}): {then}.")
    return lines


def print_now(
    found: Forecast,
    known: Known,
    reports: Sequence[DayReport],
    moved: Sequence[tuple[SessionId, int]],
    risks: Risks,
    overrun: Overrun | None,
    console: Console,
) -> None:
    """Print everything, the most urgent first."""
    screen = Screen(console)
    _print_lines(screen, overrun_lines(found, known, overrun) if overrun else [])
    screen.say(headline(found, known, reports), "bold")
    corridor = corridor_lines(found, known)
    for line in corridor:
        screen.hang(screen.text(line[:7]), screen.text(line[7:]))
    console.print()
    lines = change_lines(found, moved) or [
        f"Compared with the forecast before, no start has changed by {LEAST_CHANGE} minutes or more."
    ]
    if overrun is None:
        lines.append(f"Chance that the meeting runs past {last_close(found)}: {show_chance(found.overruns)}.")
    if any(" about " in line for line in corridor):
        lines.append("Times in brackets hold in 8 of 10 cases.")
    for line in lines:
        screen.say(line)
    _print_lines(screen, [*night_lines(found, known), *risk_lines(found, risks)])
    console.print()


def _print_lines(screen: Screen, lines: Sequence[str]) -> None:
    """Print warnings in bold, with their remedies indented."""
    for line in lines:
        indent = len(line) - len(line.lstrip())
        screen.say(line.strip(), "" if indent else "bold", indent=indent)
