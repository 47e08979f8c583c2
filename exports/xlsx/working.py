"""The working workbook, which stays with the planner: sessions in full, rules, costs, sources and bounds."""

from __future__ import annotations

from collections.abc import Sequence

from exports.annex.facts import Facts
from exports.annex.texts import one_line
from exports.xlsx.sheets import add_about, add_changes, add_rules, add_sessions
from exports.xlsx.workbook import new_workbook, save_bytes
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario


def working_bytes(
    scenario: Scenario, timetable: Timetable, facts: Facts, changes: Sequence[Sequence[str | int]] = ()
) -> bytes:
    """The sheets *Sessions*, *Rules* and *About*, and *Forecast* where durations are ranges, as an .xlsx file.

    A revision also has the sheet *Changes*, with whom to write to. Equal arguments give equal bytes.
    """
    workbook = new_workbook(f"Working workbook: {one_line(scenario.printed.annex_title)}", creator="treaty-schedule")
    alternative = f" \u00b7 alternative {facts.alternative}" if facts.alternative else ""
    footer = f"{scenario.printed.series} \u00b7 working workbook of scenario {scenario.name}{alternative}"
    add_sessions(workbook, scenario, timetable, footer)
    add_changes(workbook, changes, footer)
    add_rules(workbook, scenario, facts, footer)
    if any(session.duration.low < session.duration.high for session in scenario.sessions.values()):
        from exports.xlsx.forecast import add_forecast

        add_forecast(workbook, scenario, timetable, footer)
    add_about(workbook, scenario, facts, footer)
    return save_bytes(workbook)
