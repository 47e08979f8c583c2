"""What ``schedule now`` says: the text for the screen in the corridor, what changed, what is at risk and what helps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console

from exports.screen import Screen
from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_minutes
from scheduler.domain.promise import show_chance
from scheduler.forecast.document import forecast_document
from scheduler.forecast.live import Known, Report, show_at
from scheduler.forecast.promises import Judgement
from scheduler.forecast.remedies import Remedy
from scheduler.forecast.windows import Forecast
from scheduler.forecast.wording import rounded, show_end, show_start, show_window

Risks = Sequence[tuple[Judgement, Sequence[Remedy]]]
MOST_REMEDIES = 3


def corridor_lines(found: Forecast, known: Known) -> list[str]:
    """One line for each session, in the order in which they sit: done, now, next, later."""
    scenario, lines, first = found.scenario, [], True
    for track in found.tracks:
        for step in track.steps:
            item, title = found.sessions[step.session], scenario.title(step.session)
            if step.session in known.ends:
                lines.append(f"DONE   {title} (ended {show_at(scenario, known.ends[step.session])})")
            elif step.session in known.starts:
                window = show_window(found, item.end, ending=True, short=False)
                lines.append(f"NOW    {title}, until about {show_end(found, item.end.window[1])} ({window})")
            else:
                window = show_window(found, item.start, short=False)
                about = show_start(found, item.start.window[1])
                when = about if window == about else f"about {about} ({window})"
                lines.append(f"{'NEXT ' if first else 'LATER'}  {title}, {when}")
                first = False
    return lines


def change_lines(found: Forecast, moved: Sequence[tuple[SessionId, int]]) -> list[str]:
    """``WGTU: 25 min later than in the last forecast.``"""
    return [
        f"{found.scenario.title(session)}: {show_minutes(rounded(abs(minutes)))} "
        f"{'later' if minutes > 0 else 'earlier'} than in the last forecast."
        for session, minutes in moved
    ]


def risk_lines(risks: Risks) -> list[str]:
    """A warning for each promise at risk, with the cheapest remedy first."""
    lines = []
    for risk, remedies in risks:
        lines.append(f"AT RISK: {risk.message}.")
        for number, remedy in enumerate(remedies[:MOST_REMEDIES]):
            word = "Remedy" if remedy.judgement.kept else "Helps, but does not suffice"
            rank = "cheapest " if number == 0 and remedy.judgement.kept else ""
            cost = show_minutes(round(remedy.minutes))
            chance = show_chance(remedy.judgement.chance)
            lines.append(f"  {word}: {remedy.text} ({rank}{cost}): then {chance}")
        if not remedies:
            lines.append("  No single remedy helps: shorten what is left, or tell those who rely on it.")
    return lines


def print_now(
    found: Forecast,
    known: Known,
    reports: Sequence[Report],
    moved: Sequence[tuple[SessionId, int]],
    risks: Risks,
    console: Console,
) -> None:
    """Everything, in the order of urgency."""
    screen = Screen(console)
    at = reports[-1].at if reports else "before the meeting"
    screen.print(screen.text(f"{found.scenario.printed.series}, {at}", "bold"))
    for line in corridor_lines(found, known):
        for part in screen.broken(screen.text(line[7:]), max(console.width, 27), hang=line[:7]):
            screen.print_line(part)
    console.print()
    for line in change_lines(found, moved) or ["Nothing has moved by 5 minutes since the last forecast."]:
        screen.print(screen.text(line))
    screen.print(screen.text(f"Chance that the meeting runs past its last slot: {show_chance(found.overruns)}."))
    for line in risk_lines(risks):
        indent = len(line) - len(line.lstrip())
        screen.print(screen.text(line.strip(), "" if indent else "bold"), indent=indent)
    console.print()


def now_document(
    found: Forecast,
    known: Known,
    reports: Sequence[Report],
    moved: Sequence[tuple[SessionId, int]],
    risks: Risks,
) -> dict[str, Any]:
    """The same as one machine-readable document."""
    return {
        "at": reports[-1].at if reports else None,
        "done": {s: show_at(found.scenario, p) for s, p in known.ends.items()},
        "running": {s: show_at(found.scenario, known.starts[s]) for s in known.running()},
        "screen": corridor_lines(found, known),
        "changed_minutes": dict(moved),
        "at_risk": [
            {
                "promise": risk.name,
                "sentence": risk.sentence,
                "chance": round(risk.chance, 4),
                "remedies": [
                    {
                        "remedy": remedy.text,
                        "minutes": round(remedy.minutes, 1),
                        "chance": round(remedy.judgement.chance, 4),
                        "suffices": remedy.judgement.kept,
                    }
                    for remedy in remedies
                ],
            }
            for risk, remedies in risks
        ],
        "forecast": forecast_document(found),
    }
