"""``forecast``, ``fit``, ``solve`` and ``check`` with ranges and promises, as a planner meets them."""

from __future__ import annotations

import builtins
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from support.command import Command
from support.forecasts import PROMISE, RANGES, body, csp11_with_ranges, planned, week
from support.letters import SCENARIOS

from exports.chart.forecast import chart_bytes
from scheduler.forecasting.fitting import Actual, fit
from scheduler.forecasting.windows import forecast

CSV = "series,body,session,actual\nCSP9,WGTR,wgtr,5h30\nCSP10,WGTR,wgtr,6h\nCSP11,WGTR,wgtr,6h40\nCSP11,WGTU,wgtu,3h\n"


def test_the_forecast_of_csp11_names_windows_and_risk(schedule: Command) -> None:
    run = schedule("forecast", RANGES, "--json")
    found = json.loads(run.out)
    assert run.status == 0
    assert (found["method"], found["meeting"]["overruns_last_slot"]) == ("convolution", 0.5225)
    windows = {s["id"]: [(m["date"][8:], m["time"]) for m in s["start"]] for s in found["sessions"]}
    assert windows == {
        "nip": [("25", "10:00")] * 3,
        "cei": [("25", "17:00"), ("26", "10:00"), ("26", "11:00")],
        "wgtu": [("26", "17:28"), ("27", "11:28"), ("27", "15:33")],
        "wgtr": [("27", "15:47"), ("28", "10:05"), ("28", "12:36")],
    }
    assert [item["session"] for item in found["estimates_that_matter"]][:2] == ["cei", "wgtr"]


def test_the_table_rounds_outwards_to_five_minutes_and_ends_with_sentences_for_the_letter(schedule: Command) -> None:
    run = schedule("forecast", RANGES)
    assert "  Thu 11:30  Wed 17:25 – Thu 15:35    Thu 11:30  Thu 15:45 – Fri 12:40       82 %    52 %" in run.out  # noqa: RUF001
    assert "Chance that the meeting runs past Friday 18:00: 52 %." in run.out
    assert "  WGTU is expected between Wednesday 17:25 and Thursday 15:35." in run.out


def test_a_timetable_is_forecast_as_it_is(schedule: Command, tmp_path: Path) -> None:
    schedule("solve", RANGES, "-o", tmp_path, "--workers", "1")
    of_file = json.loads(schedule("forecast", tmp_path / "csp11-ranges.json", "--json").out)
    assert of_file == json.loads(schedule("forecast", RANGES, "--json").out)


def test_a_broken_promise_is_the_answer_no(schedule: Command, tmp_path: Path) -> None:
    nominal = tmp_path / "nominal.yaml"
    text = PROMISE.read_text("utf-8")
    nominal.write_text(text[: text.index("promises:")], "utf-8")
    schedule("solve", nominal, "-o", tmp_path, "--workers", "1")
    stored = json.loads((tmp_path / "csp11-promise.json").read_bytes())
    checked = schedule("check", PROMISE, tmp_path / "csp11-promise.json")
    assert checked.status == 1
    assert "WGTR ends by Friday 18:00 with 95 %: here with 60 %" in checked.out
    stored["scenario"]["document"]["promises"] = [{"rule": "finish_by", "of": ["WGTR"], "by": "Friday 18:00"}]
    (tmp_path / "promised.json").write_text(json.dumps(stored), "utf-8")
    run = schedule("forecast", tmp_path / "promised.json")
    assert run.status == 1
    assert "Promise NOT KEPT: WGTR ends by Friday 18:00 with 95 %: here with 60 %." in run.out


def test_solve_plans_for_the_promise_and_says_what_it_costs(schedule: Command, tmp_path: Path) -> None:
    run = schedule("solve", PROMISE, "-o", tmp_path, "--workers", "1")
    assert run.status == 0
    assert run.out.splitlines()[-5:-3] == [
        "Promise kept: WGTR ends by Friday 18:00 with 95 %: here with 96 %.",
        "Every promise is kept, and they cost 10 points (proved: no timetable that keeps them costs less).",
    ]
    assert schedule("check", PROMISE, tmp_path / "csp11-promise.json").status == 0


TWO_DAYS = """
name: two-days
meeting: {{series: Two Days, annex_title: TWO DAYS}}
calendar: {{slots: [10:00-13:00], days: [2027-02-23, 2027-02-24]}}
bodies: [{{id: WG, sessions: [{{id: wg, duration: {hours}}}]}}]
rules: [{{rule: within_day}}]
promises: [{{rule: finish_by, of: [WG], by: Wednesday 13:00, chance: 90 %}}]
"""


@pytest.mark.parametrize(("hours", "status", "said"), [("1h", 0, "Optimal:"), ("4h", 3, "Infeasible:")])
def test_an_answer_is_said_once_where_promises_change_nothing(
    hours: str, status: int, said: str, schedule: Command, tmp_path: Path
) -> None:
    scenario = tmp_path / "two-days.yaml"
    scenario.write_text(TWO_DAYS.format(hours=hours), encoding="utf-8")
    run = schedule("solve", scenario, "-o", tmp_path / "out")
    assert run.status == status
    assert [line.startswith(said) for line in run.out.splitlines()].count(True) == 1


def test_scenarios_without_ranges_keep_their_document_and_workbook(schedule: Command, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    for path, sheets in ((SCENARIOS / "csp11.yaml", 0), (RANGES, 1)):
        schedule("solve", path, "-o", tmp_path, "--workers", "1")
        names = load_workbook(tmp_path / f"{path.stem}.working.xlsx").sheetnames
        assert names.count("Forecast") == sheets
        document = json.loads((tmp_path / f"{path.stem}.json").read_bytes())["scenario"]["document"]
        assert {"promises"} & set(document) == set()


# --- the chart and the sheet -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_chart_is_drawn_and_its_bytes_are_repeatable(kind: str, schedule: Command, tmp_path: Path) -> None:
    target = tmp_path / f"chart.{kind}"
    assert schedule("forecast", RANGES, "--plot", target).status == 0
    drawn = target.read_bytes()
    assert drawn.startswith(b"\x89PNG" if kind == "png" else b"<?xml")
    assert drawn == chart_bytes(forecast(*csp11_with_ranges()), kind)


def test_no_label_of_the_chart_overlaps_another_or_leaves_the_picture() -> None:
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from exports.chart import forecast as forecast_chart

    bodies = [
        body(
            name, {"low": "1h", "likely": "1h30", "high": "2h30"}, label=f"Working Group on a very long subject {name}"
        )
        for name in "ABCDEF"
    ]
    for found in (forecast(*csp11_with_ranges()), forecast(*planned(week(bodies)))):
        with mpl.rc_context():
            figure = forecast_chart.figure_of(found)
            canvas = FigureCanvasAgg(figure)
            canvas.draw()
            (axes,) = figure.axes
            shown = [*axes.texts, *axes.get_yticklabels(), axes.title, axes._left_title]
            boxes = [text.get_window_extent() for text in shown if text.get_text()]
        for number, one in enumerate(boxes):
            assert one.x0 >= -1
            assert one.x1 <= canvas.get_width_height()[0] + 1
            assert not any(one.overlaps(other) for other in boxes[number + 1 :])


def test_hostile_text_is_only_text_in_chart_and_sheet() -> None:
    from openpyxl import load_workbook

    from exports.xlsx.forecast import add_forecast
    from exports.xlsx.workbook import new_workbook, save_bytes

    name = "=1+1 $x_{2} <b>&[red]\x1b"
    scenario, timetable = planned(week([body("A", {"low": "1h", "likely": "2h", "high": "3h"}, label=name)]))
    ET.fromstring(chart_bytes(forecast(scenario, timetable), "svg"))
    workbook = new_workbook()
    add_forecast(workbook, scenario, timetable, name)
    (sheet,) = load_workbook(io.BytesIO(save_bytes(workbook))).worksheets
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [str(cell.value) for cell in cells].count("=1+1 $x_{2} <b>&[red]") == 2


def test_the_sheet_says_what_the_table_says() -> None:
    from exports.terminal.forecast import COLUMNS, forecast_rows
    from exports.xlsx.forecast import add_forecast
    from exports.xlsx.workbook import new_workbook

    scenario, timetable = csp11_with_ranges()
    workbook = new_workbook()
    add_forecast(workbook, scenario, timetable, "footer")
    rows = [tuple(c.value for c in row if c.value is not None) for row in workbook["Forecast"].iter_rows(max_row=5)]
    assert rows == [COLUMNS, *forecast_rows(forecast(scenario, timetable))]


def test_without_matplotlib_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, schedule: Command, tmp_path: Path
) -> None:
    real = builtins.__import__

    def absent(name: str, *arguments: Any, **more: Any) -> Any:
        if name.split(".")[0] == "matplotlib":
            raise ImportError(name)
        return real(name, *arguments, **more)

    monkeypatch.setattr(builtins, "__import__", absent)
    run = schedule("forecast", RANGES, "--plot", tmp_path / "chart.svg")
    assert run.status == 2
    assert "pip install matplotlib" in run.err
    assert list(tmp_path.iterdir()) == []


# --- bad input -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("low: 5h, likely: 6h", "low: 7h, likely: 6h", "must not run downwards"),
        ("low: 5h, likely: 6h", "low: -5h, likely: 6h", "is negative"),
        ("correlation: 0.3", "correlation: 1.3", "must be at most 0.9"),
        ("chance: 95 %", "chance: 95", "write 95 % or a number between 0 and 1"),
        ("chance: 95 %", "chance: 0 %", "above 0 and at most at 100 %"),
        ("by: Friday 18:00", "by: Monday 18:00", "no Monday in this series"),
        ("by: Friday 18:00", "by: Friday", "is not a point of the calendar"),
        ("of: [WGTR]", "of: [WGTRR]", "did you mean 'WGTR'"),
        ("rule: finish_by", "rule: finish_bye", "did you mean 'finish_by'"),
    ],
)
def test_a_mistake_is_told_with_its_place(old: str, new: str, message: str, schedule: Command, tmp_path: Path) -> None:
    text = PROMISE.read_text("utf-8")
    path, changed = tmp_path / "wrong.yaml", text.replace(old, new)
    path.write_text(changed, "utf-8")
    run = schedule("forecast", path)
    line = 1 + changed[: changed.index(new)].count("\n")
    assert (run.status, message in run.err, f"{path}:{line}:" in run.err) == (2, True, True), run.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere.yaml",), "there is no such file"),
        (("nowhere.json",), "there is no such file"),
        ((RANGES, "--plot", "chart.pdf"), "end the name in .svg or .png"),
    ],
)
def test_a_wrong_call_is_explained(arguments: tuple[object, ...], message: str, schedule: Command) -> None:
    run = schedule("forecast", *arguments)
    assert (run.status, message in run.err) == (2, True)


def test_a_timetable_with_a_session_missing_is_explained(schedule: Command, tmp_path: Path) -> None:
    schedule("solve", RANGES, "-o", tmp_path, "--workers", "1")
    stored = json.loads((tmp_path / "csp11-ranges.json").read_bytes())
    stored["sessions"].pop()
    (tmp_path / "short.json").write_text(json.dumps(stored), "utf-8")
    run = schedule("forecast", tmp_path / "short.json")
    assert (run.status, "wgtr is not placed" in run.err) == (2, True)


# --- past actuals --------------------------------------------------------------------------------------------------


def test_fit_writes_a_range_for_each_session(schedule: Command, tmp_path: Path) -> None:
    (tmp_path / "actuals.csv").write_text(CSV, "utf-8")
    run = schedule("fit", tmp_path / "actuals.csv")
    assert run.status == 0
    assert run.out.splitlines() == [
        "wgtr:  # WGTR, 3 past sessions",
        "  duration: {low: 4h50, likely: 6h, high: 7h30}",
        "wgtu:  # WGTU, one past session gives no range",
        "  duration: 3h",
    ]


def test_the_fitted_range_holds_the_next_session_in_8_of_10_cases_however_few_there_were() -> None:
    import numpy as np

    random = np.random.default_rng(3)
    for cases in (2, 4, 12):
        inside = 0
        for minutes in np.exp(5.5 + 0.25 * random.standard_normal((2_000, cases + 1))):
            (found,) = fit([Actual("x", "A", "a", round(m)) for m in minutes[:-1]], rounded_to=1)
            assert found.low is not None
            assert found.high is not None
            inside += found.low <= minutes[-1] <= found.high
        assert inside / 2_000 == pytest.approx(0.8, abs=0.035)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "there is no such file"),
        ("", "the table is empty: its first line names the columns"),
        (",,\n", "the table is empty: its first line names the columns"),
        ("series,,body\n", ":1:8: this column has no name"),
        (
            "series,body,sesion,actual\n",
            ":1:1: the column 'session' is missing: this line names the columns: series, body, session, actual",
        ),
        ("series,body,sesion,actual\n", "did you mean 'sesion'?"),
        ("series,body,session,actual\n", "no past session in this table"),
        (CSV.replace("5h30", ""), ":2:16: actual: the actual duration is missing"),
        (CSV.replace("5h30", "-3h"), ":2:16: actual: '-3h' is negative"),
        (CSV.replace("6h40", "6:40"), ":4:17: actual: '6:40' is a time of day, not a length: write 6h40"),
    ],
)
def test_a_table_of_actuals_with_a_mistake_is_explained(
    text: str | None, message: str, schedule: Command, tmp_path: Path
) -> None:
    path = tmp_path / "actuals.csv"
    if text is not None:
        path.write_text(text, "utf-8")
    run = schedule("fit", path)
    assert (run.status, message in run.err) == (2, True)
