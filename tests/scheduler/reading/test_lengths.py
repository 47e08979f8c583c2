"""Lengths in half-days and slots: the same minutes wherever the session may stand, or an error that says where not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.letters import letter
from support.project import ROOT
from support.small import scenario
from support.table_scenarios import FROM_ONE, refusal, sheet, written

import scheduler
from scheduler.domain.base import SessionId
from scheduler.errors import InputError
from scheduler.explanation.set_values import with_settings
from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.entry import from_data
from scheduler.reading.yamltext import parse_document
from scheduler.scenario import Scenario

WGTU = SessionId("wgtu")
TWO_DAYS = ("2027-02-23", "2027-02-24")
"""A Tuesday and a Wednesday."""
SHORT_AFTERNOONS = ("10:00-13:00", "15:00-17:30")


def case(duration: Any, *, days: Any = TWO_DAYS, **calendar: Any) -> Scenario:
    return scenario({"WGTU": {"sessions": {"wgtu": {"duration": duration}}}}, days=days, **calendar)


def refused(duration: Any, **calendar: Any) -> list[str]:
    with pytest.raises(ScenarioError) as error:
        case(duration, **calendar)
    return [f"{each.path}: {each.message}" for each in error.value.diagnostics]


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("1 half-day", 180),
        ("2 half-days", 360),
        ("1.5 half-days", 270),  # one half-day, and half of another
        ("0.5 half-days", 90),
        ("1.0 Half-Day", 180),
        ("4 half days", 720),
        ("1 slot", 180),
        ("2slots", 360),
        (" 1 half-day ", 180),
    ],
)
def test_minutes_of_a_calendar_whose_half_days_are_equal(written: str, minutes: int) -> None:
    assert case(written).minutes(WGTU) == minutes


def test_a_half_day_of_two_slots_is_as_long_as_both() -> None:
    slots = ("10:00-11:30", "11:30-13:00", "15:00-18:00")
    assert case("1 half-day", slots=slots).minutes(WGTU) == 180
    assert refused("1 slot", slots=slots) == [
        "bodies[0].sessions[0].duration: a slot open to 'WGTU' is 1 h 30 on Tuesday 10:00-11:30 and 3 h on Tuesday "
        "afternoon: write hours"
    ]


def test_the_two_slots_of_csp8_are_one_half_day_and_the_two_of_csp10_are_two() -> None:
    """So WGTR of CSP8, which takes two slots, takes a half-day; in CSP10 the same words are twice as long."""
    asked = ["sessions.wgtr.duration=1 half-day", "sessions.wgtr.duration=2 slots"]
    minutes = {name: [with_settings(letter(name), [ask]).minutes(SessionId("wgtr")) for ask in asked] for name in
               ("csp8", "csp10")}  # fmt: skip
    assert minutes == {"csp8": [180, 180], "csp10": [180, 360]}
    assert with_settings(letter("csp8"), asked[:1]).sha256 == letter("csp8").sha256


def test_half_days_that_differ_are_told_with_both_lengths() -> None:
    days = ["2027-02-23", {"date": "2027-02-26", "slots": list(SHORT_AFTERNOONS)}]
    assert refused("1 half-day", days=days) == [
        "bodies[0].sessions[0].duration: a half-day open to 'WGTU' is 3 h on Tuesday morning and 2 h 30 on Friday "
        "afternoon: write hours"
    ]


def test_what_several_in_a_row_last_must_be_the_same_wherever_they_begin() -> None:
    assert case("2 half-days", slots=SHORT_AFTERNOONS).minutes(WGTU) == 330  # 3 h and 2 h 30, in either order
    assert refused("3 half-days", slots=SHORT_AFTERNOONS) == [
        "bodies[0].sessions[0].duration: 3 half-days open to 'WGTU' are 8 h 30 from Tuesday morning and 8 h from "
        "Tuesday afternoon: write hours"
    ]


def test_half_of_which_half_day() -> None:
    """One and a half of 3 h and 2 h 30: 3 h and 1 h 15, or 1 h 30 and 2 h 30."""
    assert refused("1.5 half-days", slots=SHORT_AFTERNOONS, days=TWO_DAYS[:1]) == [
        "bodies[0].sessions[0].duration: 1.5 half-days open to 'WGTU' are 4 h 15 from Tuesday morning and 4 h from the "
        "middle of Tuesday morning: write hours"
    ]


def test_two_half_days_of_a_day_that_have_one_word_are_told_by_their_hours() -> None:
    (found,) = refused("1 half-day", slots=("08:00-09:00", "10:00-13:00"))
    assert "is 1 h on Tuesday 08:00-09:00 and 3 h on Tuesday 10:00-13:00" in found


def test_days_of_two_weeks_are_told_with_their_dates() -> None:
    days = ["2027-02-23", {"date": "2027-03-02", "slots": ["10:00-12:00"]}]
    (found,) = refused("1 half-day", days=days)
    assert "is 3 h on Tuesday 23 February morning and 2 h on Tuesday 2 March morning" in found


def test_slots_reserved_for_others_do_not_count_and_ones_own_do() -> None:
    """To WGTU every half-day lasts 3 h; the forum has 4 h on one morning."""
    early = {"hours": "09:00-10:00", "reserved_for": ["FORUM"]}
    day = {"date": "2027-02-24", "slots": [early, "10:00-13:00", "15:00-18:00"]}
    assert scenario({"WGTU": "1 half-day", "FORUM": "1h"}, days=["2027-02-23", day]).minutes(WGTU) == 180
    with pytest.raises(ScenarioError, match="open to 'FORUM' is 3 h on Tuesday morning and 4 h on Wednesday morning"):
        scenario({"WGTU": "1 half-day", "FORUM": "1 half-day"}, days=["2027-02-23", day])


def test_a_slot_reserved_for_a_body_above_is_open_and_for_one_session_only_to_that() -> None:
    below = {"TOP": "1h", "SUB": {"parent": "TOP", "sessions": {"sub": "1 half-day", "other": "1h"}}}
    for holder, minutes in (("TOP", 240), ("sub", 240), ("other", 180)):
        early = {"hours": "09:00-10:00", "reserved_for": [holder]}
        made = scenario(below, days=["2027-02-23"], slots=(early, "10:00-13:00"))
        assert made.minutes(SessionId("sub")) == minutes


def test_ranges_take_them_too() -> None:
    duration = case({"low": "1 half-day", "likely": "1.5 half-days", "high": "2 slots"}).sessions[WGTU].duration
    assert (duration.low, duration.likely, duration.high) == (180, 270, 360)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("1.25 half-days", "'1.25 half-days': half-days are counted in halves, as in 1.5 half-days; write hours"),
        ("1,5 half-days", "'1,5 half-days' has a comma: write 1.5 half-days"),
        ("0 half-days", "'0 half-days' is no time at all: a session takes at least a minute"),
        ("9 half-days", "'9 half-days': only 4 half-days are open to 'WGTU'; write less, or add days"),
        *((odd, f"'{odd}' is no length: write 1 half-day, 1.5 half-days or 2 slots; or hours, as 3h")
          for odd in ("half a day", "2 halves", "two half-days", "1 day", "-1 slots", "slot", "1e9 slots", "٢ slots")),
        ("9999 slots", "'9999 slots' is no length: write 1 half-day, 1.5 half-days or 2 slots; or hours, as 3h"),
    ],
)  # fmt: skip
def test_what_is_no_length(written: str, message: str) -> None:
    assert refused(written) == [f"bodies[0].sessions[0].duration: {message}"]


def test_half_of_an_odd_number_of_minutes() -> None:
    assert case("1 half-day", slots=("10:00-12:15",)).minutes(WGTU) == 135
    assert refused("0.5 half-days", slots=("10:00-12:15",)) == [
        "bodies[0].sessions[0].duration: '0.5 half-days' is no whole number of minutes: write hours, as in 1h30"
    ]


def test_nothing_is_open() -> None:
    only_forum = {"hours": "10:00-13:00", "reserved_for": ["FORUM"]}
    with pytest.raises(ScenarioError, match="'1 slot': no slot is open to 'WGTU'"):
        scenario({"WGTU": "1 slot", "FORUM": "1 slot"}, slots=(only_forum,))


def test_the_grain_is_asked_of_them_as_of_hours() -> None:
    (found,) = refused("1.5 half-days", calendar={"slots": ["10:00-13:00"], "days": [*TWO_DAYS], "grain": "1h"})
    assert "4 h 30 does not fit the grain of 1 h" in found


def test_every_mistake_is_told_beside_them() -> None:
    """A calendar that cannot be read makes no mistake of the length."""
    assert [each.partition(":")[0] for each in refused("9 half-days", rules=[{"rule": "ordr"}])] == [
        "bodies[0].sessions[0].duration", "rules[0].rule",
    ]  # fmt: skip
    assert [each.partition(":")[0] for each in refused("1 half-day", slots=("10",))] == ["calendar.slots[0]"]
    both = {"low": "1 half-day", "likely": "8 slots", "high": "half"}
    assert [each.partition(":")[0] for each in refused(both)] == [
        "bodies[0].sessions[0].duration.likely", "bodies[0].sessions[0].duration.high",
    ]  # fmt: skip


def test_other_lengths_are_hours() -> None:
    with pytest.raises(ScenarioError) as error:
        scenario({"A": "1h", "B": "1h"}, {"rule": "order", "of": ["A", "B"], "gap": "1 half-day"})
    (found,) = error.value.diagnostics
    assert (found.path, found.message) == (
        "rules[0].gap",
        "'1 half-day' is no length here: only the length of a session is written in half-days or slots; write hours, "
        "as in 3h",
    )
    (other,) = refused({"opening": "1 slot", "speakers": "10", "minutes_each": "3"})
    assert other.startswith("bodies[0].sessions[0].duration.opening: '1 slot' is no length here")


def test_the_page() -> None:
    """The example of docs/scenario.md, and the refusals that it tells of."""
    page = (ROOT / "docs" / "scenario.md").read_text("utf-8").partition("## Half-days")[2]
    data = parse_document(page.partition("```yaml\n")[2].partition("```")[0].encode(), "scenario.md").data
    data |= {"name": "page", "meeting": {"series": "Page", "annex_title": "PAGE"}}
    made = from_data(data)
    assert {session: made.minutes(session) for session in made.sessions} == {"wgeti": 270, "wgtr": 360}
    data["bodies"][0]["sessions"][0]["duration"] = "1 slot"
    with pytest.raises(ScenarioError, match="a slot open to 'WGETI' is 1 h 30 on"):
        from_data(data)
    (found,) = refused("1 half-day", slots=SHORT_AFTERNOONS)
    assert found.partition(": ")[2] in page.replace("\n  ", " ")
    assert case("2 half-days", slots=SHORT_AFTERNOONS).minutes(WGTU) == 330


# --- every door ----------------------------------------------------------------------------------------------------


FILE = """\
name: week
meeting: {series: Week, annex_title: WEEK}
calendar: {slots: [10:00-13:00, 15:00-18:00], days: [Tuesday 2027-02-23, Wednesday 2027-02-24]}
bodies: [{id: WGTU, sessions: [{id: wgtu, duration: 2 half-days}]}]
"""


def test_files_variants_settings_and_python(tmp_path: Path) -> None:
    (tmp_path / "week.yaml").write_text(FILE, encoding="utf-8")
    week = scheduler.load(tmp_path / "week.yaml")
    assert week.minutes(WGTU) == 360
    assert week.document["bodies"][0]["sessions"][0]["duration"] == "6h"  # stored as minutes
    assert week.with_(durations={"wgtu": "1.5 half-days"}).minutes(WGTU) == 270
    assert with_settings(week, ["sessions.wgtu.duration=1 slot"]).minutes(WGTU) == 180

    change = "extends: week.yaml\nname: shorter\nset: {calendar.slots: [10:00-12:00, 14:00-16:00]}\n"
    (tmp_path / "shorter.yaml").write_text(change, encoding="utf-8")
    assert scheduler.load(tmp_path / "shorter.yaml").minutes(WGTU) == 240  # half-days of the variant
    assert with_settings(week, ["calendar.slots=[10:00-12:00, 14:00-16:00]"]).minutes(WGTU) == 360  # as it was read

    with pytest.raises(InputError, match="only 4 half-days are open to 'WGTU'") as error:
        with_settings(week, ["sessions.wgtu.duration=5 half-days"])
    assert error.value.message.splitlines()[0].startswith("--set:1:24: ")


COUNTED = FROM_ONE.replace("{from: talks.csv}", "{from: talks.csv, durations: half-days}")


def test_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = "id,duration,body\na,1 half-day,ONE\nb,2 slots,TWO\n"
    made = written(tmp_path, FROM_ONE, rows).scenario
    assert [made.minutes(SessionId(name)) for name in "ab"] == [180, 360]
    (found,) = refusal(tmp_path, FROM_ONE, "id,duration,body\na,99 half-days,ONE\nb,1h,TWO\n")
    assert found.startswith("talks.csv:2:3: ")
    assert "half-days are open to 'ONE'" in found


def test_numbers_of_a_table_in_half_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sheet(tmp_path, [["id", "duration", "body"], ["a", 1, "ONE"], ["b", 0.5, "ONE"], ["c", "20 min", "TWO"]])
    made = written(tmp_path, COUNTED.replace("csv", "xlsx")).scenario
    assert [made.minutes(SessionId(name)) for name in "abc"] == [180, 90, 20]
