"""Words that people use for ours, and what an error says about them."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.command import Command

from constraints import KINDS, MEANT
from scheduler.domain.clock import parse_minutes
from scheduler.reading.diagnostics import MOST_RENDERED, Diagnostic, Severity, render

SMALL = """\
name: small
meeting: {series: S, annex_title: T}
calendar: {slots: [10:00-13:00], days: [2027-03-02]}
bodies: [{id: A, sessions: [{id: a, duration: 3h}]}]
"""


@pytest.fixture
def schedule(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(capsys, monkeypatch)


def said(schedule: Command, folder: Path, text: str) -> str:
    path = folder / "small.yaml"
    path.write_text(text, "utf-8")
    run = schedule("validate", path)
    assert run.status == 2
    return run.err


def test_every_word_for_a_rule_stands_for_one_that_exists_and_is_none_itself() -> None:
    assert set(MEANT.values()) <= set(KINDS)
    assert not set(MEANT) & set(KINDS)


@pytest.mark.parametrize(
    ("word", "meant"),
    [("last", "last_in_week"), ("before", "order"), ("contiguous", "uninterrupted"), ("No gaps", "no_idle_slots")],
)
def test_a_rule_by_another_word_is_suggested(schedule: Command, tmp_path: Path, word: str, meant: str) -> None:
    assert f"did you mean '{meant}'?" in said(schedule, tmp_path, SMALL + f"rules: [{{rule: {word}, of: [A]}}]\n")


def test_where_nothing_is_near_every_rule_is_listed(schedule: Command, tmp_path: Path) -> None:
    err = said(schedule, tmp_path, SMALL + "rules: [{rule: xyzzy}]\n")
    assert all(f" {word}" in err for word in KINDS)


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("closed", "name those who may attend, as in access: [states-parties]"),
        ("open", "leave access out: without it a meeting is open to all"),
        ("states-parties", "write access: [states-parties]"),
    ],
)
def test_who_may_attend_is_a_list_of_audiences(schedule: Command, tmp_path: Path, word: str, hint: str) -> None:
    assert hint in said(schedule, tmp_path, SMALL.replace("{id: A,", f"{{id: A, access: {word},"))


@pytest.mark.parametrize(
    ("text", "right"), [("1h90", "2h30"), ("2h60", "3h"), ("1 h 75 min", "2h15"), ("PT1H90M", "2h30")]
)
def test_an_hour_has_sixty_minutes(text: str, right: str) -> None:
    with pytest.raises(ValueError, match=f"is no length: an hour has 60 minutes; write {right}"):
        parse_minutes(text)


@pytest.mark.parametrize(
    ("text", "minutes"), [("1h59", 119), ("90 min", 90), ("0h30", 30), ("PT90M", 90), ("600m", 600)]
)
def test_minutes_alone_may_be_many(text: str, minutes: int) -> None:
    assert parse_minutes(text) == minutes


def test_of_many_errors_the_first_are_shown_and_all_are_counted() -> None:
    errors = [Diagnostic("f", n, 1, 1, "p", "wrong", severity=Severity.ERROR) for n in range(1, 60_001)]
    doubts = [Diagnostic("f", n, 2, 1, "p", "odd", severity=Severity.WARNING) for n in range(1, 50)]
    lines = render([*doubts, *errors]).splitlines()
    assert lines[-1] == f"60000 errors, 49 warnings; the first {MOST_RENDERED} are shown"
    assert len(lines) == MOST_RENDERED + 1
    assert not any("odd" in line for line in lines)
    assert render(errors[:MOST_RENDERED]).splitlines()[-1] == f"{MOST_RENDERED} errors"


def test_a_rule_without_an_id_is_removed_by_the_name_that_outputs_give_it(schedule: Command, tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(
        SMALL + "rules:\n  - {rule: within_day}\n  - {id: within_day-2, rule: within_slot}\n  - {rule: within_day}\n",
        "utf-8",
    )
    variant = tmp_path / "variant.yaml"
    for name, left in (("within_day", 2), ("within_day-3", 2), ("within_day-2", 2)):
        variant.write_text(f"name: v\nextends: base.yaml\nremove: [rules.{name}]\n", "utf-8")
        run = schedule("validate", variant)
        assert run.status == 0
        assert f"{left} rules" in run.out
    variant.write_text("name: v\nextends: base.yaml\nremove: [rules.within_day-4]\n", "utf-8")
    assert "there is no 'within_day-4'" in schedule("validate", variant).err


def test_a_large_programme_names_three_reasons_for_its_formulation(schedule: Command, tmp_path: Path) -> None:
    sessions = ", ".join(f"{{id: s{n}, duration: 1h}}" for n in range(31))
    rules = "".join(f"  - {{id: p{n}, rule: pin, of: [s{n}], at: '10:00', weight: 1}}\n" for n in range(9))
    days = ", ".join(f"2027-03-{day:02}" for day in range(1, 32))
    text = SMALL.replace("{id: a, duration: 3h}", sessions).replace("2027-03-02", days) + f"rules:\n{rules}"
    path = tmp_path / "large.yaml"
    path.write_text(text, "utf-8")
    run = schedule("solve", path, "--verbose", "--time-limit", "5", "-o", tmp_path)
    (line,) = [line for line in run.err.splitlines() if line.startswith("Formulation: slots")]
    assert line.count(";") == 3
    assert "more reasons" in line
