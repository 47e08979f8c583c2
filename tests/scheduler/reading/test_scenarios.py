"""Mistakes in scenarios: all at once, each with its place and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.command import Command
from support.letters import SCENARIOS

from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.loading import Loaded, from_document
from scheduler.reading.yamltext import parse_document

CSP11 = (SCENARIOS / "csp11.yaml").read_text("utf-8")

MISTAKES = (
    ("- Wednesday 2025-02-26", "- Thursday 2025-02-26", "is a Wednesday, not a Thursday"),
    ("duration: 7h30", "duration: 4 hrs and a bit", "write 3h, 1h30 or 90 min"),
    ("officers: [dief-chair]", "offciers: [dief-chair]", "did you mean 'officers'?"),
    ("when_vacant: dropped", "when_vacant: droped", "did you mean 'dropped'?"),
    ("rule: uninterrupted", "rule: uninterupted", "did you mean 'uninterrupted'?"),
    ("of: [nip, cei]", "of: [nip, cie]", "did you mean 'cei'?"),
    ("invitation: 2025-01-20", "invitation: 2025-13-20", "months run from 01 to 12"),
    ("slots: [10:00-13:00, 15:00-18:00]", "slots: [10:00-13:00, 15:00-25:00]", "'25:00' is not a time of day"),
)


def read(text: str) -> Loaded:
    return from_document(parse_document(text.encode(), "csp11.yaml"))


def messages(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as refused:
        read(text)
    return [f"{d.line}: {d.message} {d.hint}".strip() for d in refused.value.diagnostics]


def changed(before: str, after: str) -> str:
    assert CSP11.count(before) == 1
    return CSP11.replace(before, after)


def test_eight_mistakes_give_eight_errors_in_one_run(schedule: Command, tmp_path: Path) -> None:
    text, places = CSP11, []
    for before, after, _ in MISTAKES:
        assert text.count(before) == 1
        text = text.replace(before, after)
    lines = text.splitlines()
    places = sorted(next(n for n, line in enumerate(lines, 1) if after in line) for _, after, _ in MISTAKES)
    path = tmp_path / "broken.yaml"
    path.write_text(text, "utf-8")
    run = schedule("validate", path)
    assert run.status == 2
    found = [line for line in run.err.splitlines() if line.startswith(str(path))]
    assert [int(line.removeprefix(f"{path}:").split(":")[0]) for line in found] == places
    assert [remedy in run.err for _, _, remedy in MISTAKES] == [True] * 8
    assert run.err.splitlines()[-1] == "8 errors"
    assert schedule("solve", path).status == 2


@pytest.mark.parametrize(("before", "after", "remedy"), MISTAKES)
def test_each_mistake_alone_is_found_where_it_is(before: str, after: str, remedy: str) -> None:
    text = changed(before, after)
    line = next(number for number, row in enumerate(text.splitlines(), 1) if after in row)
    (message,) = messages(text)
    assert message.startswith(f"{line}: ")
    assert remedy in message


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("name: csp11", "name: ../csp11", "'../csp11' cannot be an id"),
        ("time_zone: Europe/Zurich", "time_zone: Geneva", "'Geneva' is no time zone"),
        ("duration: 4h30", "duration: 270", "'270' has no unit: write 270 min or 270h"),
        ("duration: 4h30", "duration: 4:30", "'4:30' is a time of day, not a length: write 4h30"),
        ("duration: 4h30", "duration: -3h", "'-3h' is negative"),
        ("duration: 4h30", "duration: 0h", "'0h' is no time at all"),
        ("duration: 4h30", "duration: NaN", "'NaN' is not a duration"),
        ("duration: 4h30", "duration: {low: 5h, likely: 4h, high: 6h}", "must not run downwards"),
        ("duration: 4h30", "duration: {low: 5h, likely: 6h}", "'high' is missing here"),
        ("- Friday 2025-02-28", "- 2025-02-31", "February 2025 has 28 days"),
        ("- Friday 2025-02-28", "- 2025-02-24", "24 February 2025 stands after 27 February: list days in order"),
        ("- Friday 2025-02-28", "- 2025-02-27", "27 February 2025 stands twice"),
        ("id: wgtr", "id: nip", "the id 'nip' is taken on line"),
        ("of: [DIEF]\n    source: practice of every series with a forum", "weight: 0", "0"),
        ("rule: one_at_a_time", "rule: pin\n    of: [nip]", "a pin needs a place"),
        ("rule: one_at_a_time", "rule: not_on\n    when: [Monday]", "no Monday in this series"),
        ("rule: one_at_a_time", "rule: not_on\n    when: [2025-03-01]", "1 March 2025 is not a day of this series"),
        ("rule: one_at_a_time", "rule: not_on\n    when: [teatime]", "'teatime' is not a part of the calendar"),
        ("rule: one_at_a_time", "rule: anchor\n    of: [nip]", "'at' is missing here"),
        ("rule: one_at_a_time", "rule: order\n    of: [nip]", "an order needs at least two names"),
        ("documents: 2025-01-24", "documents: 2025-02-26", "is after the meeting has begun on 25 February 2025"),
        ("documents: 2025-01-24", "documents: 2025-01-19", "is before the invitation of 20 January 2025"),
    ],
)
def test_one_mistake_gives_one_clear_message(before: str, after: str, message: str) -> None:
    found = messages(CSP11.replace(before, after, 1))
    assert len(found) == 1
    assert message in found[0]


def test_a_body_below_itself_is_refused() -> None:
    text = changed("name: Working Group on Treaty Universalization", "parent: WGTU")
    assert "its parents go round in a circle" in messages(text)[0]


def test_a_length_that_the_grain_does_not_divide_is_refused() -> None:
    text = changed("  slots: [10", "  grain: 1h\n  slots: [10")
    assert [m.split(": ", 1)[1] for m in messages(text)] == [
        "7 h 30 does not fit the grain of 1 h: write 7h or 8h, or a finer grain",
        "4 h 30 does not fit the grain of 1 h: write 4h or 5h, or a finer grain",
    ]


def test_demand_above_capacity_is_a_warning_with_its_arithmetic() -> None:
    (warning,) = read(changed("vacant: true", "vacant: false")).warnings
    assert warning.message == "27 h are asked for, 24 h exist: 3 h too much"


def test_a_session_that_fits_nowhere_is_a_warning() -> None:
    found = [w.message for w in read(changed("duration: 4h30", "duration: 30h")).warnings]
    assert found == [
        "49 h 30 are asked for, 24 h exist: 25 h 30 too much",
        "fits nowhere: it takes 30 h, its slots together last 24 h",
    ]


def test_a_meeting_at_a_weekend_is_a_warning() -> None:
    (warning,) = read(changed("- Friday 2025-02-28", "- Friday 2025-02-28\n    - Saturday 2025-03-01")).warnings
    assert warning.message.startswith("Saturday: meetings at a weekend are unusual")


def test_an_absence_on_a_day_without_meetings_is_a_warning() -> None:
    (warning,) = read(changed("    vacant: true", "    vacant: true\n    absent: [2026-02-26]")).warnings
    assert warning.message == "nobody meets on Thursday 26 February, 2026: is the date right?"


def test_a_year_out_of_all_proportion_is_refused() -> None:
    text = CSP11.replace("- Tuesday 2025-02-25", "- 0001-02-25")
    assert "the year 1 is outside 1000 to 2999: is it right?" in messages(text)[-1]


def malformed() -> dict[str, bytes]:
    return {
        "empty": b"",
        "binary": bytes(range(256)) * 20,
        "list at top": b"- a\n- b\n",
        "scalar at top": b"csp11\n",
        "ten megabytes": b"name: x\n" * 1_300_000,
        "alias bomb": b"a: &a [x]\n" + b"".join(b"b%d: &b%d [*a, *a, *a]\n" % (n, n) for n in range(50)),
        "deep nesting": b"a: " + b"[" * 100_000,
        "deep mappings": "".join(f"{'  ' * n}a:\n" for n in range(300)).encode(),
        "not UTF-8": "name: Genève".encode("latin-1"),
        "UTF-16": "name: x".encode("utf-16"),
        "tabs": b"name: x\nmeeting:\n\tseries: y\n",
        "unknown keys": b"name: x\nfoo: 1\nbar: 2\n",
        "nulls": b"name:\nmeeting:\ncalendar:\nbodies:\n",
        "wrong kinds": b"name: {a: b}\nmeeting: [1]\ncalendar: 5\nbodies: x\nrules: {a: 1}\n",
        "not a number": b"name: x\nrooms: [{id: a, capacity: NaN}]\n",
        "directive": b"%YAML 1.1\n---\nname: x\n",
        "two documents": b"name: x\n---\nname: y\n",
    }


@pytest.mark.parametrize("kind", sorted(malformed()))
def test_every_kind_of_malformed_file_gets_a_message_and_no_traceback(
    kind: str, schedule: Command, tmp_path: Path
) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_bytes(malformed()[kind])
    for command in ("validate", "solve"):
        run = schedule(command, path)
        assert run.status == 2
        assert run.err.startswith(str(path))
        assert "Traceback" not in run.err
        assert "internal error" not in run.err
