"""What newcomers write: one error for each mistake, at the value that is wrong, with the form that is right."""

from __future__ import annotations

import os
import re
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.command import Command

from scheduler.reading.diagnostics import Diagnostic, ScenarioError, render
from scheduler.reading.loading import from_document
from scheduler.reading.mistakes import MOST_NAMES_COMPARED
from scheduler.reading.yamltext import parse_document

WEEK = """\
name: week
meeting: {series: Week, annex_title: WEEK}
calendar:
  slots: [10:00-13:00, 15:00-18:00]
  grain: 30 min
  days: [2027-02-23, 2027-02-24, {date: 2027-02-25, slots: []}, 2027-02-26]
rooms:
  - {id: plenary, name: Plenary}
  - {id: annexe, name: Room XX}
officers:
  - {id: chair, post: Chair}
bodies:
  - id: WG
    officers: [chair]
    sessions:
      - {id: a, duration: 3h}
      - {id: b, duration: 3h}
  - id: TR
    sessions: [{id: tr, duration: 3h}]
side_events: tbc
rules:
  - {rule: order, of: [a, b]}
"""


def said(text: str) -> list[tuple[int, str, str, str]]:
    """Line, marked text, message and hint of everything that is found, errors and warnings."""
    try:
        found = from_document(parse_document(text.encode(), "week.yaml")).warnings
    except ScenarioError as error:
        found = error.diagnostics
    return [(d.line, d.source_line[d.column - 1 :][: d.length], d.message, d.hint) for d in found]


def rule(written: str) -> tuple[str, str, str]:
    """What is said about one more rule, on the last line."""
    ((line, marked, message, hint),) = said(f"{WEEK}  - {{{written}}}\n")
    assert line == WEEK.count("\n") + 1
    return marked, message, hint


@pytest.mark.parametrize(
    ("written", "marked", "hint"),
    [
        ("rule: anchor, of: [tr], at: Wednesday 11:00", "Wednesday 11:00", "write when: Wednesday, at: '11:00'"),
        ("rule: pin, of: [tr], at: last day 11:00", "last day 11:00", "write start: last day, at: '11:00'"),
        ("rule: pin, of: [tr], start: Friday 15:00", "Friday 15:00", "write start: Friday, at: '15:00'"),
        ("rule: anchor, of: [tr], at: '11:00', when: [Friday]", "[Friday]", "write when: Friday"),
        ("rule: not_on, of: [tr], when: Friday", "Friday", "write when: [Friday]"),
        ("rule: uninterrupted, of: WG", "WG", "write of: [WG]"),
        (
            "rule: not_on, of: [tr], when: [Friday 11:00]",
            "Friday 11:00",
            "hours have an end: write Friday 11:00-18:00, or the time at which they end",
        ),
    ],
)
def test_a_form_that_people_write_is_answered_with_the_right_one(written: str, marked: str, hint: str) -> None:
    found = rule(written)
    assert (found[0], found[2]) == (marked, hint)
    assert "[" not in found[1]


def test_an_absence_that_is_no_list_is_answered_with_the_right_form() -> None:
    plain = WEEK.replace("post: Chair}", "post: Chair, absent: 2027-02-26}")
    assert [(marked, hint) for _, marked, _, hint in said(plain)] == [("2027-02-26", "write absent: [2027-02-26]")]


def test_the_caret_stands_at_the_length_that_the_grain_does_not_divide() -> None:
    assert rule("rule: anchor, of: [tr], at: '11:15'") == (
        "'11:15'",
        "11:15 is 1 h 15 after the slot opens at 10:00, which does not fit the grain of 30 min: write 11:00 or 11:30, "
        "or a finer grain",
        "",
    )
    assert rule("rule: order, of: [a, tr], gap: 45 min")[:2] == (
        "45 min",
        "45 min does not fit the grain of 30 min: write 30m or 1h, or a finer grain",
    )


def test_a_fixed_time_at_which_no_slot_is_open_is_a_warning() -> None:
    assert rule("rule: anchor, of: [tr], at: '14:00'")[:2] == (
        "'14:00'",
        "no slot is open at 14:00: nothing can start then",
    )
    assert rule("rule: pin, of: [tr], start: Friday am, at: '15:00'")[1] == (
        "no slot is open at 15:00 on Friday morning: nothing can start then"
    )
    assert said(f"{WEEK}  - {{rule: anchor, of: [tr], at: '10:00', when: Friday}}\n") == []


def test_a_promise_for_a_day_on_which_nobody_meets_is_an_error_with_its_place() -> None:
    text = WEEK + "promises:\n  - {rule: finish_by, of: [TR], by: Thursday 18:00}\n"
    message = "nobody meets on Thursday: name a day with slots"
    assert said(text) == [(text.count("\n"), "Thursday 18:00", message, "")]
    assert said(text.replace("Thursday", "Friday")) == []


def test_an_order_of_a_body_and_its_own_session_is_an_error() -> None:
    marked, message, _ = rule("rule: order, of: [WG, TR, b]")
    assert (marked, message) == ("b", "'b' belongs to 'WG' and to 'b', and nothing comes before itself")
    assert rule("rule: order, of: [tr, TR]")[1] == "'tr' belongs to 'tr' and to 'TR', and nothing comes before itself"


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ("\n  - {day: 2027-02-29, title: x}", ["'2027-02-29' is not in the calendar: February 2027 has 28 days"]),
        ("\n  - {dy: 2027-02-23}", ["unknown key"]),
        ("\n  day: 2027-02-23", ["'events' is missing here", "side_events has no 'day'"]),
        ("tb", ["'tb' is not one of: tbc"]),
    ],
)
def test_a_mistake_in_side_events_is_one_error(events: str, expected: list[str]) -> None:
    text = WEEK.replace("side_events: tbc", f"side_events: {events}")
    assert [message for _, _, message, _ in said(text)] == expected


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("    sessions:\n", "    session:\n"),
        ("bodies:\n", "bodeis:\n"),
        ("officers:\n  -", "oficers:\n  -"),
        ("{id: a,", "{idd: a,"),
    ],
)
def test_of_a_misspelt_key_only_the_key_itself_is_reported(right: str, wrong: str) -> None:
    key = right.strip(" \n-{").split(":")[0]
    found = said(WEEK.replace(right, wrong, 1))
    assert [(message, hint) for _, _, message, hint in found] == [("unknown key", f"did you mean '{key}'?")]


def test_below_a_misspelt_key_other_mistakes_are_still_reported() -> None:
    text = WEEK.replace("    sessions:\n", "    session:\n", 1).replace("[a, b]", "[a, c]")
    assert [message for _, _, message, _ in said(text)] == [
        "unknown key",
        "there is no body or session 'c' in this scenario",
    ]


def test_a_room_or_an_officer_that_is_called_by_name_is_answered_with_the_id() -> None:
    text = WEEK.replace("{id: a,", "{id: a, rooms: [Room XX],").replace("{id: b,", "{id: b, rooms: [XX],")
    assert [hint for _, _, _, hint in said(text)] == ["did you mean 'annexe', 'Room XX'?"] * 2
    assert rule("rule: pin, of: [tr], room: anexe")[2] == "did you mean 'annexe'?"
    assert [hint for *_, hint in said(WEEK.replace("[chair]", "[Chair]"))] == ["did you mean 'chair'?"]


def test_bodies_that_stand_below_themselves_are_reported_at_the_parent(schedule: Command, tmp_path: Path) -> None:
    base, variant = tmp_path / "week.yaml", tmp_path / "variant.yaml"
    base.write_text(WEEK, "utf-8")
    variant.write_text("name: v\nextends: week.yaml\nset:\n  bodies.WG.parent: TR\n  bodies.TR.parent: WG\n", "utf-8")
    err = schedule("validate", variant).err
    message = "bodies[0].parent: body 'WG' stands below itself: its parents go round in a circle"
    assert err.splitlines()[0] == f"{variant}:4:21: {message}"


def test_scenarios_that_extend_one_another_are_reported_at_the_key(schedule: Command, tmp_path: Path) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        (tmp_path / f"{name}.yaml").write_text(f"# a comment\nname: {name}\nextends: {other}.yaml\n", "utf-8")
    err = schedule("validate", tmp_path / "a.yaml").err
    assert err.startswith(f"{tmp_path / 'b.yaml'}:3:10: extends: the chain of scenarios closes here")


def test_on_a_narrow_terminal_a_long_line_is_cut_around_the_caret(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "x" * 2_500 + "WRONG" + "y" * 2_500
    hint = "known here: " + ", ".join(["something"] * 6)
    found = Diagnostic("f.yaml", 3, 2_501, 5, "", "this is wrong", hint, source_line=line)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(sys.stderr, "fileno", lambda: 2)
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((60, 24)))
    _, excerpt, caret, below, _ = render([found]).splitlines()
    at = caret.index("^")
    assert (len(excerpt), excerpt[at : at + 5], caret[at:]) == (60, "WRONG", "^^^^^")
    assert below == f"      | {hint}"


def test_many_days_at_weekends_are_warned_of_in_few_words() -> None:
    days = ", ".join(str(date(2027, 1, 2) + timedelta(days=n)) for n in range(30))
    text = re.sub(r"days: .*", f"days: [{days}]", WEEK)
    assert [message.split(":")[0] for _, _, message, _ in said(text)] == [
        "Saturday 2 January",
        "Sunday 3 January",
        "Saturday 9 January",
        "Sunday 10 January, and 6 further days at weekends",
    ]


def test_when_a_whole_list_is_wrong_names_are_not_compared_for_ever() -> None:
    """2,500 titles and as many wrong references: each is still an error, only hints by title end."""
    bodies = "".join(
        f"  - {{id: b{n}, sessions: [{{id: s{n}, title: On topic {n}, duration: 1h}}]}}\n" for n in range(2500)
    )
    wrong = ", ".join(f"Topic{n}" for n in range(2500))
    text = WEEK.replace("bodies:\n", f"bodies:\n{bodies}") + f"  - {{rule: within_slot, of: [{wrong}]}}\n"
    found = said(text)
    assert [message for _, _, message, _ in found] == [
        f"there is no body or session 'Topic{n}' in this scenario" for n in range(2500)
    ]
    hinted = ["On topic" in hint for _, _, _, hint in found]
    assert 0 < sum(hinted) <= MOST_NAMES_COMPARED // 2500
    assert not any(hinted[sum(hinted) :])


@pytest.mark.parametrize(
    ("written", "marked", "message", "hint"),
    [
        # brackets that are right stay, whatever is wrong within them
        (
            "rule: remote_burden, regions: [Lateinamerika]",
            "[Lateinamerika]",
            "'Lateinamerika' is no region of places.csv: write Africa, Americas, Asia, Europe or Oceania",
            "",
        ),
        # brackets that are wrong go where the word within is right
        (
            "rule: days_apart, of: [WG, TR], at_least: 1, days: [working]",
            "[working]",
            "a single word is expected here, not a list",
            "write days: working",
        ),
        (
            "rule: days_apart, of: [WG, TR], at_least: 1, days: [Friday]",
            "[Friday]",
            "a single word is expected here, not a list",
            "write days: calendar or working",
        ),
        (
            "rule: parallel_limit, at_most: [2]",
            "[2]",
            "a whole number is expected here, not a list",
            "write at_most: 2",
        ),
    ],
)
def test_a_remedy_takes_brackets_off_only_where_that_helps(written: str, marked: str, message: str, hint: str) -> None:
    assert rule(written) == (marked, message, hint)


@pytest.mark.parametrize(
    ("right", "wrong", "remedy"),
    [
        ("slots: [10:00-13:00,", "slots: [{hours: [09:00, 12:30]},", "09:00-12:30"),
        ("grain: 30 min", "grain: 30 min\n  breaks: [{hours: [16:00, 16:30]}]", "16:00-16:30"),
        ("side_events: tbc", "side_events: {windows: [{hours: [13:10-14:40]}], events: []}", "13:10-14:40"),
        ("side_events: tbc", "side_events: [{day: 2027-02-23, title: Film, hours: [13:20-14:20]}]", "13:20-14:20"),
        ("side_events: tbc", "side_events: [{day: 2027-02-23, title: Film, hours: [noon, 14:20]}]", "10:00-13:00"),
        ("rules:\n", "rules:\n  - {rule: remote_burden, hours: [07:00, 21:00]}\n", "07:00-21:00"),
    ],
)
def test_hours_in_a_list_are_answered_with_their_one_text(right: str, wrong: str, remedy: str) -> None:
    ((_, _, message, hint),) = said(WEEK.replace(right, wrong))
    assert (message, hint) == (f"one pair of hours is expected here, not a list: write {remedy}", "")


@pytest.mark.parametrize(
    ("length", "messages", "hint"),
    [
        ('"2,5 hours"', ["'2,5 hours' has a comma: write 2.5h"], ""),
        ('"2,5"', ["'2,5' has a comma: write 2.5h"], ""),
        ("2,5 hours", ["a comma ends a value here"], "write a point, as in 1.5 hours"),
        ("2,5 slots", ["a comma ends a value here"], "write a point, as in 1.5 slots"),
    ],
)
def test_a_decimal_comma_is_answered_with_a_point(length: str, messages: list[str], hint: str) -> None:
    found = said(WEEK.replace("{id: tr, duration: 3h}", f"{{id: tr, duration: {length}}}"))
    assert [message for _, _, message, _ in found] == messages
    assert found[0][3] == hint


@pytest.mark.parametrize(
    ("right", "wrong", "message", "hint"),
    [
        (
            "slots: [10:00-13:00, 15:00-18:00]",
            "slots: 09:00-12:00",
            "a list is expected here, written as '- ...' lines",
            "write slots: [09:00-12:00]",
        ),
        (
            "days: [2027-02-23, 2027-02-24, {date: 2027-02-25, slots: []}, 2027-02-26]",
            "days: Monday 2027-03-01..2027-03-04",
            "a list is expected here, written as '- ...' lines",
            "write days: [Monday 2027-03-01..2027-03-04]",
        ),
        (
            "grain: 30 min",
            "grain: 30 min\n  breaks: 16:00-16:30",
            "a list is expected here, written as '- ...' lines",
            "write breaks: [16:00-16:30]",
        ),
        (
            "side_events: tbc",
            "side_events: {windows: 13:10-14:40, events: []}",
            "a list is expected here, written as '- ...' lines",
            "write windows: [13:10-14:40]",
        ),
        (
            "grain: 30 min",
            "grain: 30 min\n  holidays: [2027-02-26]",
            "keys are expected here, written as 'key: value' lines",
            "write {date: 2027-02-26, name: ...}",
        ),
        (
            "grain: 30 min",
            "grain: 30 min\n  holidays: [{date: 2027-02-26..2027-02-24, name: Carnival}]",
            "'2027-02-26..2027-02-24' runs backwards: write the earlier date first",
            "",
        ),
        (
            "  - {rule: order, of: [a, b]}",
            "  - within_half_day: [WG, TR]",
            "'rule' is missing here",
            "write {rule: within_half_day, of: [WG, TR]}",
        ),
        (
            "  - {rule: order, of: [a, b]}",
            "  - within_slot: a",
            "'rule' is missing here",
            "write {rule: within_slot, of: [a]}",
        ),
        ("  - {rule: order, of: [a, b]}", "  - one_at_a_time:", "'rule' is missing here", "write rule: one_at_a_time"),
        ("  - {rule: order, of: [a, b]}", "  - together: [a, b]", "'rule' is missing here", ""),
        (
            "  - {rule: order, of: [a, b]}",
            "  - {rule: within_slot, of: [a], date: 2027-02-24}",
            "this rule has no 'date'",
            "days are named by the rules only_on and not_on, in when: [...]",
        ),
        (
            "annex_title: WEEK",
            "annex_title: WEEK, names_in_list: 0",
            "'0' cannot say whose names are printed: write true for officers and presenters, false for nobody, or a "
            "list such as [presenters, attendees]",
            "",
        ),
    ],
)
def test_a_value_in_another_form_is_answered_with_the_form_to_write(
    right: str, wrong: str, message: str, hint: str
) -> None:
    found = said(WEEK.replace(right, wrong, 1))
    assert [each[2:] for each in found] == [(message, hint)]
