"""The library: what it gives, what it refuses, and that it prints and writes nothing unless asked to."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from support.project import ROOT
from support.small import scenario as small_scenario

import scheduler as s
from scheduler.api_values.loaded import LoadedScenario
from scheduler.api_values.results import CompareResult, SolveResult
from scheduler.domain.base import SessionId
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario

WEEK = """
name: two-days
meeting: {series: Two days, annex_title: TWO DAYS, time_zone: Asia/Tokyo}
calendar:
  slots: [10:00-12:00, 22:00-24:00]
  days: [Monday 2025-03-03, Tuesday 2025-03-04]
officers:
  - {id: chair, post: Chair of the Committee}
people:
  - {id: guest, name: A. Guest}
bodies:
  - {id: COM, officers: [chair], sessions: [{id: com, duration: 4h, presenters: [guest]}]}
  - {id: BUR, sessions: [{id: bur, duration: 2h}]}
rules:
  - {id: plenary, rule: one_at_a_time}
  - {id: early, rule: only_on, of: [BUR], when: [Tuesday], weight: 4}
"""


@pytest.fixture
def week(tmp_path: Path) -> LoadedScenario:
    (tmp_path / "week.yaml").write_text(WEEK, "utf-8")
    return s.load(tmp_path / "week.yaml")


@pytest.fixture
def answer(week: LoadedScenario) -> SolveResult:
    return s.solve(week)


def text_of(workbook: bytes) -> str:
    sheets = openpyxl.load_workbook(io.BytesIO(workbook)).worksheets
    return "\n".join(
        str(value) for sheet in sheets for row in sheet.iter_rows(values_only=True) for value in row if value
    )


# --- names are imported when first asked for -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "loaded"),
    [
        ("import scheduler", "[]"),
        ("import scheduler as s; dir(s); s.load", "[]"),
        ("import scheduler as s; s.load('scenarios/csp11.yaml')", "[]"),
        ("import scheduler as s; w = s.load('scenarios/csp11.yaml'); s.solve(w).timetable", "['ortools']"),
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(code: str, loaded: str) -> None:
    told = "import sys; print([m for m in ('ortools', 'pandas', 'openpyxl', 'jinja2') if m in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\n{told}"], capture_output=True, text=True, cwd=ROOT, timeout=60, check=True
    )
    assert run.stdout.splitlines() == [loaded]


def test_the_names_of_the_library_are_listed_and_others_are_refused() -> None:
    assert {"load", "solve", "to_frame", "forecast"} <= set(dir(s))
    with pytest.raises(AttributeError, match="'scheduler' has no attribute 'sovle'"):
        s.sovle  # type: ignore[attr-defined]  # noqa: B018


def test_forecast_can_be_called_whatever_was_imported_before() -> None:
    code = "import scheduler.forecasting.windows\nimport scheduler as s\nassert callable(s.forecast)"
    other = "import scheduler as s\ns.forecast\nfrom scheduler.forecasting import windows\nassert windows.forecast"
    for text in (code, other):
        subprocess.run([sys.executable, "-c", text], cwd=ROOT, timeout=60, check=True)


# --- what comes out --------------------------------------------------------------------------------------------------


def test_a_solved_scenario_says_what_is_known(answer: SolveResult) -> None:
    assert (answer.status, answer.cost, answer.bound) == ("optimal", 0, 0)
    assert answer.timetable is not None
    assert repr(answer.timetable) == "<Timetable of two-days: 2 sessions, 2025-03-03 to 2025-03-04>"


def test_the_frame_has_a_row_a_segment_with_types(week: LoadedScenario, answer: SolveResult) -> None:
    frame = s.to_frame(week, answer.timetable)
    assert list(frame["session"]) == ["com", "com", "bur"]
    assert list(frame["minutes"]) == [120, 120, 120]
    assert str(frame["start"].dtype) == str(frame["end"].dtype) == "datetime64[ns, Asia/Tokyo]"
    assert [str(frame[name].dtype) for name in ("date", "minutes")] == ["datetime64[ns]", "int64"]
    assert {str(frame[name].dtype) for name in ("weekday", "body", "session", "access", "room")} == {"category"}
    ends = [moment.isoformat() for moment in frame["end"]]  # 24:00 is midnight of the next day
    assert ends == ["2025-03-03T12:00:00+09:00", "2025-03-04T00:00:00+09:00", "2025-03-04T12:00:00+09:00"]


def test_a_workbook_is_written_only_where_a_path_is_given(
    week: LoadedScenario, answer: SolveResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "out"
    there.mkdir()
    monkeypatch.chdir(there)
    data = s.to_workbook(week, answer.timetable)
    assert list(there.iterdir()) == []
    assert s.to_workbook(week, answer.timetable, "annex.xlsx") == data == (there / "annex.xlsx").read_bytes()
    read = s.read_timetable("annex.xlsx", week)
    assert (s.check(week, read).keeps_all, read) == (True, answer.timetable)


def test_an_edited_workbook_is_not_written_over_unless_that_is_asked(
    week: LoadedScenario, answer: SolveResult, tmp_path: Path
) -> None:
    there = tmp_path / "annex.xlsx"
    there.write_bytes(b"mine")
    with pytest.raises(s.ScheduleError, match=r"annex \(2\)\.xlsx.*force=True"):
        s.to_workbook(week, answer.timetable, there)
    assert there.read_bytes() == b"mine"
    assert s.to_workbook(week, answer.timetable, there, force=True) == there.read_bytes()


def test_nothing_is_printed(week: LoadedScenario, capfd: pytest.CaptureFixture[str]) -> None:
    answer = s.solve(week)
    s.what_if(week, require="bur on Mon")
    s.explain(week)
    s.compare([answer, week])
    s.forecast(week, answer.timetable)
    s.replan(week, answer.timetable)
    assert capfd.readouterr() == ("", "")


def test_every_result_shows_itself_in_a_line_as_text_and_in_a_notebook(
    week: LoadedScenario, answer: SolveResult
) -> None:
    impossible = week.with_(durations={"bur": "8h"})
    shown = [
        answer,
        answer.timetable,
        s.solve(impossible),
        s.check(week, answer.timetable),
        s.explain(impossible),
        s.explain(week, answer.timetable, "bur"),
        s.explain(week, prices=True),
        s.explain(impossible, prices=True),
        s.explain(week, ties=True),
        s.explain(impossible, ties=True),
        s.what_if(week, require="bur on Mon"),
        s.what_if(week, values={"sessions.bur.duration": "8h"}),
        s.compare([answer, s.solve(impossible)]),
        s.replan(week, answer.timetable),
        s.forecast(week, answer.timetable),
    ]
    for value in shown:
        assert value is not None
        assert repr(value).startswith("<"), value
        assert repr(value).count("\n") == 0
        assert str(value) != repr(value)
        assert "<" in value._repr_html_()


def test_a_notebook_shows_the_grid_of_the_page_of_options(answer: SolveResult) -> None:
    from exports.html.compare import html_bytes

    compared = s.compare([answer])
    page = html_bytes(compared.comparison).decode()
    assert answer.timetable is not None
    grid = answer.timetable._repr_html_()
    cells = [line for line in grid.splitlines() if line.startswith("<tr>")]
    assert len(cells) == 2
    assert all(line in page for line in cells)
    assert all(line in page for line in compared._repr_html_().splitlines() if line.startswith(("<tr", "<h2")))


def test_what_a_notebook_shows_leaves_the_looks_of_the_rest_alone(answer: SolveResult) -> None:
    assert answer.timetable is not None
    style = answer.timetable._repr_html_().partition("<style>")[2].partition("</style>")[0]
    rules = [line for line in style.splitlines() if line and not line.startswith(("@media", "}"))]
    assert rules
    for line in rules:
        assert all(each.startswith(".treaty-schedule") for each in line.partition("{")[0].split(",")), line


def test_a_title_that_looks_like_markup_stays_a_title(week: LoadedScenario) -> None:
    odd = week.with_(values={"bodies.BUR.label": "<script>alert(1)</script>"})
    answer = s.solve(odd)
    for value in (answer, s.compare([answer]), s.check(odd, answer.timetable), s.explain(odd)):
        assert "<script" not in value._repr_html_()


# --- changes ---------------------------------------------------------------------------------------------------------


def test_a_change_makes_another_scenario(week: LoadedScenario) -> None:
    changed = week.with_(durations={"bur": timedelta(hours=1)}, absent={"chair": [date(2025, 3, 3)], "guest": ["Tue"]})
    assert [changed.minutes(session) for session in changed.sessions] == [240, 60]  # type: ignore[arg-type]
    assert [len(changed.officer["chair"].absent), len((changed.people or ())[0].absent)] == [1, 1]
    assert [week.minutes(session) for session in week.sessions] == [240, 120]
    assert changed.with_(durations={"bur": "2h"}, absent={"chair": [], "guest": []}).sha256 == week.sha256


def test_a_change_takes_one_for_a_list_and_numbers_and_days_of_other_libraries(week: LoadedScenario) -> None:
    monday = pd.Timestamp("2025-03-03")
    changed = week.with_(
        durations={"bur": pd.Timedelta(hours=1)}, values={"rules.early.weight": np.int64(7)}, absent={"chair": monday}
    )
    assert (changed.minutes(SessionId("bur")), changed.rules[1].weight) == (60, 7)
    assert changed.sha256 == changed.with_(absent={"chair": [date(2025, 3, 3)]}).sha256
    assert [rule.name for rule in week.with_(remove="rules.early").rules] == ["plenary"]
    with pytest.raises(s.ScheduleError, match="is not a duration"):
        week.with_(durations={"bur": timedelta(seconds=90)})


def test_a_change_adds_and_removes(week: LoadedScenario) -> None:
    rule = {"id": "order", "rule": "order", "of": ["COM", "BUR"]}
    changed = week.with_(add={"rules": [rule]}, remove=["rules.early"])
    assert [found.name for found in changed.rules] == ["plenary", "order"]
    assert isinstance(changed, Scenario)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda week: week.with_(
                durations={"com": "4 long hours", "comm": "1h"}, values={"bodies.BUR.officers": ["x"]}
            ),
            ["is not a duration", "there is no 'comm'", "there is no officer 'x'"],
        ),
        (lambda week: week.with_(absent={"chiar": ["Mon"]}), ["there is no 'chiar'"]),
        (lambda week: week.with_(remove=["rules.late"]), ["there is no 'late'"]),
        (lambda week: week.with_(values={"bodies.BUR.sessions.bur.id": "com"}), ["the id 'com' is taken"]),
        (lambda week: week.with_(add={"rules": [{"rule": "ordre", "of": ["COM"]}]}), ["did you mean 'order'?"]),
        (lambda week: week.with_(values={"calendar.grain": "50 min"}), ["grain"]),
    ],
)
def test_a_change_is_held_to_every_check_and_every_mistake_is_told(
    week: LoadedScenario, change: Callable[[LoadedScenario], LoadedScenario], told: list[str]
) -> None:
    from scheduler.reading.diagnostics import ScenarioError

    with pytest.raises(ScenarioError) as refused:
        change(week)
    assert [words for words in told if words not in str(refused.value)] == []


def test_a_scenario_that_comes_from_no_file_can_be_changed() -> None:
    made = LoadedScenario.from_scenario(small_scenario({"A": "3h", "B": "3h"}))
    assert repr(made.with_(durations={"a": "1h30"})).startswith("<Scenario small: 2 sessions of 2 bodies on 4 days")


def test_the_scenario_of_a_timetable_or_of_a_change_can_be_changed_further(
    week: LoadedScenario, answer: SolveResult, tmp_path: Path
) -> None:
    tried = s.what_if(week, values={"sessions.bur.duration": "1h30"}).after
    assert isinstance(tried.scenario, LoadedScenario)
    assert tried.scenario.with_(durations={"bur": "2h"}).sha256 == week.sha256
    s.to_workbook(week, answer.timetable, tmp_path / "a.xlsx")
    again = s.read_timetable(tmp_path / "a.xlsx", week)
    assert again.scenario.with_(durations={"bur": "2h"}).sha256 == week.sha256


# --- what is refused -------------------------------------------------------------------------------------------------


REFUSED: dict[str, Callable[[LoadedScenario, SolveResult], object]] = {
    "explain": lambda week, _: s.to_frame(week, None),
    "did you mean 'bur'": lambda week, answer: s.explain(week, answer.timetable, "burr"),
    "name the session": lambda week, answer: s.explain(week, answer.timetable),  # type: ignore[call-overload]
    "one question at a time": lambda week, _: s.explain(week, prices=True, ties=True),  # type: ignore[call-overload]
    "BUR is not placed": lambda week, _: s.explain(week, Timetable([]), "bur"),
    "there is no timetable": lambda week, _: s.replan(
        week.with_(durations={"bur": "9h"}), s.solve(week).timetable
    ).to_workbook(),
    "issued": lambda week, answer: s.replan(week, answer.timetable).to_workbook(issued="tomorrow"),
    "write the path of a file": lambda *_: s.load(None),  # type: ignore[arg-type]
    "not 'week.yaml': write load": lambda *_: s.solve("week.yaml"),  # type: ignore[arg-type]
    "write .scenario after it": lambda _, answer: s.forecast(answer),  # type: ignore[arg-type]
    "write .timetable after it": lambda week, answer: s.to_frame(week, answer),  # type: ignore[arg-type]
    r"solve\(scenario\).timetable is one": lambda week, _: s.check(week, week),  # type: ignore[arg-type]
    "time_limit: write a number of seconds": lambda week, _: s.solve(week, time_limit="10"),  # type: ignore[arg-type]
    "seed: write a whole number from 0": lambda week, _: s.solve(week, seed=-1),
    "workers: write a whole number from 1": lambda week, _: s.solve(week, workers=0),
    "ways: write a whole number": lambda week, _: s.explain(week, ways=-1),
    "end the name in .xlsx": lambda week, answer: s.to_workbook(week, answer.timetable, "annex.csv"),
    "options: write a list": lambda _, answer: s.compare(answer),  # type: ignore[arg-type]
    "^0 options": lambda *_: s.compare([]),
    "name a change": lambda week, _: s.what_if(week),
    "require: write a text or a list of texts": lambda week, _: s.what_if(week, require=[3]),  # type: ignore[list-item]
    "durations: write a dict": lambda week, _: week.with_(durations="bur=1h"),  # type: ignore[arg-type]
    "did you mean 'days'": lambda _, answer: s.compare([answer], over=["dyas"]),
    "27 options: from 1 to 26": lambda _, answer: s.compare([answer] * 27),
    "seconds above 0": lambda week, _: s.solve(week, time_limit=0),
    "no body or session 'burr'": lambda week, _: s.what_if(week, require="burr on Mon"),
    "day:WGTR": lambda week, answer: s.replan(week, answer.timetable, keep="hour:COM"),
    "COM is not placed": lambda week, _: s.forecast(week, Timetable([])),
}


@pytest.mark.parametrize("told", REFUSED)
def test_what_cannot_be_used_is_refused_in_words(week: LoadedScenario, answer: SolveResult, told: str) -> None:
    with pytest.raises(s.ScheduleError, match=told):
        REFUSED[told](week, answer)


def test_answers_timetables_and_scenarios_are_compared_by_name(week: LoadedScenario, answer: SolveResult) -> None:
    tried = s.what_if(week, require="bur on Mon")
    named = s.compare({"now": answer, "on Monday": tried, "again": week})
    listed = s.compare([answer.timetable, s.replan(week, answer.timetable)])  # type: ignore[list-item]
    assert list(named.frame().columns)[3:] == ["A: now", "B: on Monday", "C: again"]
    assert named.frame().loc["cost"].tolist()[3:] == [0, 4, 0]
    assert isinstance(listed, CompareResult)
    assert not listed.comparison.differ


def test_the_commands_that_a_way_out_names_ask_the_same_question(week: LoadedScenario) -> None:
    asked = s.what_if(week, require=["com on Tue", "bur on Tue am"], values={"officers.chair.absent": ["Mon"]})
    assert asked.explanation is not None
    assert asked.explanation.arguments == (
        week.path, "--require", "com on Tue", "--require", "bur on Tue am", "--set", 'officers.chair.absent=["Mon"]',
    )  # fmt: skip
    assert week.path.endswith("week.yaml")
    assert f"schedule what-if {week.path} --require 'com on Tue'" in str(asked)
    assert "schedule what-if SCENARIO --" in str(s.explain(week.with_(absent={"chair": ["Mon", "Tue"]})))


def test_a_change_that_makes_a_timetable_possible_says_that_there_was_none(week: LoadedScenario) -> None:
    full = week.with_(durations={"bur": "8h"})
    tried = s.what_if(full, values={"sessions.bur.duration": "2h"})
    assert repr(tried) == "<What if, of two-days: it costs 0, without the change there is none; 0 sessions changed>"


def test_why_here_has_a_row_for_every_other_slot(week: LoadedScenario, answer: SolveResult) -> None:
    frame = s.explain(week, answer.timetable, "bur").frame()
    assert len(frame) == len(week.calendar.axis.slots) - 1
    assert frame.set_index(frame["opens"].dt.day)["further"].loc[3].tolist()[0] == 4


def test_each_way_out_is_an_answer(week: LoadedScenario) -> None:
    why = s.explain(week.with_(durations={"bur": "6h"}))
    assert len(why.ways) == len(why.frame()) > 0
    for way in why.ways:
        assert s.check(way.scenario, way.timetable).keeps_all


def test_prices_have_a_row_for_every_rule_and_wish_and_margins_one_for_every_number(week: LoadedScenario) -> None:
    tuesday = week.with_(values={"rules.early.when": ["Monday"], "officers.chair.absent": ["Tue pm"]})
    held = tuesday.with_(add={"rules": [{"id": "last", "rule": "only_on", "of": ["BUR"], "when": ["Tuesday"]}]})
    priced = s.explain(held, prices=True)
    frame = priced.frame().set_index("name")
    assert (priced.status, priced.cost) == (priced.answer.status, 4)
    assert frame.loc[["last", "early", "plenary"], "costs"].tolist() == [4, 4, 0]
    assert frame["hard"].to_dict() == dict.fromkeys(frame.index, True) | {"early": False}
    assert [str(frame[name].dtype) for name in ("hard", "costs", "implied")] == ["bool", "Int64", "boolean"]
    margins = priced.margins()
    assert {"the length of COM", "the length of BUR"} <= set(margins["what"])
    assert [str(margins[name].dtype) for name in ("way", "change_after", "examined")] == ["category", "Int64", "bool"]


def test_equally_good_timetables_are_given_with_what_they_differ_in(week: LoadedScenario) -> None:
    free = week.with_(remove=["rules.early"], durations={"com": "2h"}, values={"calendar.slots": ["10:00-12:00"]})
    tied = s.explain(free, ties=True)
    assert (len(tied.timetables), tied.exact) == (2, True)
    assert tied.frame()["timetables"].tolist() == [1, 1, 1, 1]
    assert str(tied.frame()["title"].dtype) == "category"
    assert tied.preference is not None
    assert tied.preference.startswith("{rule: ")
    none = s.explain(week.with_(durations={"bur": "9h"}), ties=True)
    assert (none.timetables, len(none.frame()), none.preference) == ((), 0, None)


def test_a_replan_gives_what_has_changed_and_the_annex_as_a_revision(
    week: LoadedScenario, answer: SolveResult, tmp_path: Path
) -> None:
    days = ["Monday 2025-03-03", "Tuesday 2025-03-04", "Wednesday 2025-03-05"]
    change = s.replan(week.with_(absent={"guest": ["Mon"]}, values={"calendar.days": days}), answer.timetable)
    frame = change.frame()
    assert (list(frame["session"]), list(frame["change"])) == (["com"], ["moved"])
    assert {str(frame[name].dtype) for name in ("before", "after")} == {"datetime64[ns, Asia/Tokyo]"}
    assert [str(frame.loc[0, name]) for name in ("before", "after")] == [
        "2025-03-03 10:00:00+09:00",
        "2025-03-04 22:00:00+09:00",
    ]
    assert "1. COM moves from Monday 3 March at 10:00" in str(change)
    marked = change.to_workbook(tmp_path / "rev.xlsx", issued=date(2025, 2, 1), reason="the guest arrives late")
    assert marked == (tmp_path / "rev.xlsx").read_bytes()
    assert marked != change.to_workbook(clean=True)
    assert "Rev.1: 1 February 2025. Reason: the guest arrives late." in text_of(marked)
    assert s.read_timetable(tmp_path / "rev.xlsx", change.scenario) == change.timetable


# --- timetables that were made for another scenario, or edited -------------------------------------------------------


def test_a_timetable_is_held_against_the_scenario_that_is_named(week: LoadedScenario, answer: SolveResult) -> None:
    later = week.with_(values={"calendar.slots": ["09:00-10:00", "10:00-12:00", "22:00-24:00"]})
    checked = s.check(later, answer.timetable)
    assert (checked.keeps_all, checked.cost) == (True, 0)
    assert s.to_frame(later, answer.timetable).equals(s.to_frame(week, answer.timetable))
    gone = week.with_(values={"calendar.days": ["Monday 2025-03-03"]}, remove=["rules.early"])
    assert "BUR on Tuesday 4 March, 10:00 \u2013 12:00 lies outside every slot" in [
        found.message for found in s.check(gone, answer.timetable).violations
    ]


def test_what_somebody_moved_outside_the_slots_is_shown_where_it_is(week: LoadedScenario, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(
        '{"sessions": [{"id": "bur", "segments": [{"date": "2025-03-04", "start": "13:00", "end": "15:00"}]}]}', "utf-8"
    )
    read = s.read_timetable(path, week)
    assert [moment.hour for moment in s.to_frame(week, read)["start"]] == [13]
    assert "13:00 \u2013 15:00 lies outside every slot" in " ".join(f.message for f in s.check(week, read).violations)


def test_the_timetable_of_another_meeting_is_not_changed(answer: SolveResult) -> None:
    other = s.load(ROOT / "scenarios" / "csp11.yaml")
    with pytest.raises(s.ScheduleError, match="none of its sessions is in scenario 'csp11'"):
        s.replan(other, answer.timetable)
