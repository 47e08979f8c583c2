"""``schedule explain``, ``what-if`` and ``verify`` as a planner meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command import Command
from support.impossible import FOLDER, KNOWN
from support.letters import SCENARIOS

CSP10 = SCENARIOS / "csp10.yaml"
FRIDAY = FOLDER / "csp11-friday.yaml"


def test_an_impossible_scenario_is_explained_with_rules_sources_lines_and_ways_out(schedule: Command) -> None:
    run = schedule("explain", FRIDAY)
    assert run.status == 3
    lines = run.out.splitlines()
    assert lines[0] == "No timetable keeps all rules. These 2 rules clash; without either of them a timetable exists:"
    assert [line.split()[0] for line in lines[1:3]] == ["working-groups", "wgtr-chair"]
    assert "The Chair of WGTR is away on Friday 28 February." in lines[2]
    assert "letter from the Chair of WGTR, 3 February" in lines[2]
    assert lines[2].endswith("csp11-friday.yaml:17")
    assert f"         schedule what-if {FRIDAY} --drop working-groups" in lines
    assert [line for line in lines if line.startswith("Without")] == [
        "Without working-groups, for example:",
        "Without wgtr-chair, for example:",
    ]


def test_the_arithmetic_is_the_first_sentence_where_it_suffices(schedule: Command) -> None:
    run = schedule("explain", FOLDER / "csp11-forum.yaml")
    assert run.status == 3
    lines = run.out.splitlines()
    assert lines[0] == "27 h are asked for, 24 h exist: 3 h too much."
    assert "Calendar and rooms alone are the reason: no rule stands in the way." in lines
    assert "  1. 60  Open every day at 09:00" in lines


def test_a_scenario_that_is_possible_is_not_explained_away(schedule: Command) -> None:
    run = schedule("explain", CSP10)
    assert (run.status, run.out.splitlines()[0]) == (0, "A timetable exists that keeps every rule.")


def test_why_dief_stands_where_it_does_names_all_that_must_be_given_up_for_each_slot(
    schedule: Command, tmp_path: Path
) -> None:
    schedule("solve", CSP10, "-o", tmp_path)
    run = schedule("explain", CSP10, tmp_path / "csp10.json", "dief")
    assert run.status == 0
    lines = run.out.rstrip().splitlines()
    assert lines[0] == "DIEF starts on Thursday 22 February at 15:00. Every other slot breaks a rule:"
    assert [line[2:22].rstrip() for line in lines[1:] if line[2] != " "] == [
        "Tuesday at 10:00",
        "Tuesday at 15:00",
        "Wednesday at 10:00",
        "Wednesday at 15:00",
        "Thursday at 10:00",
        "Friday at 10:00",
        "Friday at 15:00",
    ]
    assert "dief-middle, dief-last" in lines[1]
    assert "To be given up together." in run.out
    assert "dief-middle" in lines[1]


def test_what_if_shows_what_moves_and_marks_it(schedule: Command) -> None:
    run = schedule("what-if", CSP10, "--require", "dief on Wed pm", "--drop", "wgeti-block")
    assert run.status == 0
    assert "It costs the same; 3 sessions changed." in run.out
    assert "Not kept, as allowed: wgeti-block." in run.out
    assert "│ * DIEF      │" in run.out


AWAY = """\
name: away
meeting: {series: Away, annex_title: AWAY}
calendar: {days: [2027-03-01, 2027-03-02], slots: ["10:00-13:00"]}
officers: [{id: chair, post: Chair, name: Ann Lee, absent: [2027-03-02]}]
bodies:
  - {id: A, officers: [chair], sessions: [{id: a, duration: 3h}]}
  - {id: B, sessions: [{id: b, duration: 3h}]}
rules: [{rule: order, of: [a, b]}]
"""


def test_an_absence_that_is_given_up_is_not_kept_only_where_the_person_is_needed(
    schedule: Command, tmp_path: Path
) -> None:
    path = tmp_path / "away.yaml"
    path.write_text(AWAY)
    kept = schedule("what-if", path, "--drop", "chair")
    assert (kept.status, "Not kept" in kept.out) == (0, False)
    needed = schedule(
        "what-if", path, "--drop", "officers/chair/absent/0", "--drop", "order", "--require", "a on 2027-03-02"
    )
    assert needed.status == 0
    assert "Not kept, as allowed: order, chair." in needed.out


def test_what_if_that_is_impossible_is_explained_and_its_commands_repeat_the_wish(schedule: Command) -> None:
    run = schedule("what-if", CSP10, "--require", "dief on Wed pm")
    assert run.status == 3
    assert f"schedule what-if {CSP10} --require 'dief on Wed pm' --drop wgeti-block" in run.out


def test_an_error_in_a_wish_points_into_it(schedule: Command) -> None:
    run = schedule("what-if", CSP10, "--require", "dif on Wed pm")
    assert (run.status, run.out) == (2, "")
    assert run.err.splitlines()[:3] == [
        "--require:1:1: there is no body or session 'dif'",
        "    1 | dif on Wed pm",
        "      | ^^^  did you mean 'dief'?",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("what-if", CSP10), "name a change: --require, --forbid, --set or --drop"),
        (
            ("explain", CSP10, "x.json"),
            "name the session to explain as well: schedule explain SCENARIO TIMETABLE SESSION",
        ),
        (("verify", "nowhere.json"), "nowhere.json: there is no such file"),
        (("verify", CSP10), f"{CSP10}: this is no JSON: name the .json of 'schedule explain --certificate'"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    schedule: Command, arguments: tuple[object, ...], message: str
) -> None:
    run = schedule(*arguments)
    assert (run.status, run.out, run.err) == (2, "", message + "\n")


def test_a_session_that_is_not_there_is_suggested(schedule: Command, tmp_path: Path) -> None:
    schedule("solve", CSP10, "-o", tmp_path)
    run = schedule("explain", CSP10, tmp_path / "csp10.json", "dif")
    assert (run.status, run.err) == (2, "'dif' is not one session: did you mean 'dief'?\n")
    run = schedule("explain", CSP10, tmp_path / "csp10.json", "WGETI")
    assert (run.status, run.err) == (2, "'WGETI' is not one session: name one of its sessions: a67, nip, cei\n")
    run = schedule("explain", CSP10, tmp_path / "csp10.json", "wgeti")
    assert (run.status, run.err) == (2, "'wgeti' is not one session: name one of its sessions: a67, nip, cei\n")


def test_a_certificate_is_written_and_verified_and_rejected_when_tampered_with(
    schedule: Command, tmp_path: Path
) -> None:
    path = tmp_path / "friday.json"
    run = schedule("explain", FRIDAY, "--certificate", path)
    assert run.status == 3
    assert run.out.endswith(f"Wrote {path}. Prove it again: schedule verify {path}\n")
    run = schedule("verify", path)
    assert (run.status, run.out.splitlines()[-1]) == (0, "The certificate holds.")
    certificate = json.loads(path.read_text("utf-8"))
    del certificate["set"][0]
    path.write_text(json.dumps(certificate), "utf-8")
    run = schedule("verify", path)
    assert (run.status, run.out.splitlines()[-1]) == (1, "The certificate does not hold.")
    assert "FAILS   The set of one member is not impossible: a timetable keeps it." in run.out.splitlines()


def test_what_is_not_decided_has_its_own_exit_status(schedule: Command, tmp_path: Path) -> None:
    path = tmp_path / "csp12.json"
    schedule("explain", SCENARIOS / "csp12.yaml", "--certificate", path)
    run = schedule("verify", path, "--time-limit", "0.001")
    assert run.status == 4
    assert run.out.splitlines()[-1] == "The certificate is not refuted, but not everything in it could be verified."


def test_json_is_one_document_for_every_question(schedule: Command, tmp_path: Path) -> None:
    explained = json.loads(schedule("explain", FRIDAY, "--json").out)
    assert [rule["name"] for rule in explained["set"]["rules"]] == ["working-groups", "wgtr-chair"]
    assert [rule["place"] for rule in explained["set"]["rules"]] == ["csp11-friday.yaml:34", "csp11-friday.yaml:17"]
    assert explained["ways_out"][0]["options"] == ["--drop", "working-groups"]
    schedule("solve", CSP10, "-o", tmp_path)
    why = json.loads(schedule("explain", CSP10, tmp_path / "csp10.json", "dief", "--json").out)
    assert [place["possible"] for place in why["places"]] == [False] * 7
    both = json.loads(schedule("explain", SCENARIOS / "csp3.yaml", "--prices", "--ties", "--json").out)
    assert (both["prices"]["cost"], both["ties"]["count"], both["ties"]["exact"]) == (0, 1, True)
    answer = json.loads(schedule("what-if", CSP10, "--drop", "wgeti-block", "--forbid", "dief on Thu", "--json").out)
    assert [change["session"] for change in answer["changes"]] == ["cei", "wgtu", "dief"]
    path = tmp_path / "certificate.json"
    schedule("explain", CSP10, "--certificate", path)
    assert json.loads(schedule("verify", path, "--json").out)["holds"] is True


def test_prices_and_ties_are_printed_in_words(schedule: Command) -> None:
    run = schedule("explain", SCENARIOS / "csp11.yaml", "--prices", "--ties")
    assert run.status == 0
    lines = run.out.splitlines()
    assert lines[0] == "The best timetable costs 0."
    assert "Cost nothing: working-groups, sub-groups." in lines
    assert "  the length of any session: 30 min longer and nothing fits." in lines
    assert lines[-1] == "One timetable is best, and no other is as good."


def test_prices_of_what_is_impossible_point_to_the_explanation(schedule: Command) -> None:
    run = schedule("explain", FRIDAY, "--prices")
    assert run.status == 3
    assert run.out == f"There is no timetable to ask about. Why: schedule explain {FRIDAY}\n"


@pytest.mark.parametrize("option", ["--prices", "--ties"])
def test_what_was_not_found_in_time_is_not_called_impossible(schedule: Command, option: str) -> None:
    run = schedule("explain", CSP10, option, "--time-limit", "0.001")
    assert run.status == 4
    assert run.out == "No timetable to ask about was found within the limit. Allow more with --time-limit.\n"


@pytest.mark.parametrize("name", KNOWN)
def test_every_impossible_scenario_is_valid_and_says_where_it_comes_from(schedule: Command, name: str) -> None:
    path = FOLDER / f"{name}.yaml"
    run = schedule("validate", path)
    assert run.status == 0
    comment = [line for line in path.read_text("utf-8").splitlines()[:4] if line.startswith("#")]
    assert len(comment) == 2
    assert comment[1].startswith("# Grown from ")


def test_hostile_text_is_shown_and_not_obeyed(schedule: Command, tmp_path: Path) -> None:
    text = FRIDAY.read_text("utf-8").replace("post: Chair of WGTR", 'post: "[bold]Chair[/bold] \\x1b[31m of WGTR"')
    path = tmp_path / "hostile.yaml"
    path.write_text(text, "utf-8")
    run = schedule("explain", path)
    assert run.status == 3
    assert "The [bold]Chair[/bold]" in run.out
    assert "\x1b" not in run.out
