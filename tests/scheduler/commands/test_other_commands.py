"""``init``, ``validate``, ``check``, ``export`` and ``schema`` as a planner meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command import Command
from support.letters import ALL, SCENARIOS
from support.project import GOLDEN

from constraints import KINDS
from scheduler.reading.loading import load

HANDMADE = GOLDEN / "csp11-timetable.json"


def test_the_starter_is_valid_and_solves(schedule: Command, tmp_path: Path) -> None:
    assert schedule("init", "csp13", "--days", "2027-02-22..2027-02-26", "-o", tmp_path).status == 0
    assert (tmp_path / "schedule.schema.json").exists()
    validated = schedule("validate", tmp_path / "csp13.yaml")
    assert (validated.status, validated.err) == (0, "")
    solved = schedule("solve", tmp_path / "csp13.yaml", "-o", tmp_path / "out")
    assert solved.status == 0
    assert "no other is as good" in solved.out


@pytest.mark.parametrize("days", ["2027-02-23", "2027-02-23..2027-02-24", "2027-02-19..2027-03-12"])
def test_the_starter_solves_for_any_number_of_days(days: str, schedule: Command, tmp_path: Path) -> None:
    schedule("init", "series", "--days", days, "-o", tmp_path)
    assert schedule("solve", tmp_path / "series.yaml", "-o", tmp_path / "out").status == 0


def test_init_leaves_a_file_that_is_there(schedule: Command, tmp_path: Path) -> None:
    (tmp_path / "csp13.yaml").write_text("mine", "utf-8")
    run = schedule("init", "csp13", "--days", "2027-02-22..2027-02-26", "-o", tmp_path)
    assert run.status == 2
    assert (tmp_path / "csp13.yaml").read_text("utf-8") == "mine"


@pytest.mark.parametrize("days", ["2027-08-26..2027-08-27", "2027-08-26", "2027-08-16..2027-08-27"])
def test_the_starter_conference_is_valid_without_warnings_and_solves(
    days: str, schedule: Command, tmp_path: Path
) -> None:
    begun = schedule("init", "forum", "--days", days, "--conference", "-o", tmp_path)
    names = ["forum.sessions.csv", "forum.wishes.csv", "forum.yaml", "schedule.schema.json"]
    assert (begun.status, sorted(path.name for path in tmp_path.iterdir())) == (0, names)
    validated = schedule("validate", tmp_path / "forum.yaml")
    assert (validated.status, validated.err) == (0, "")
    solved = schedule("solve", tmp_path / "forum.yaml", "-o", tmp_path / "out")
    assert (solved.status, "Optimal: no timetable of this scenario costs less" in solved.out) == (0, True)
    checked = schedule("check", tmp_path / "forum.yaml", tmp_path / "out" / "forum.json")
    assert checked.status == 0


@pytest.mark.parametrize("taken", ["forum.yaml", "forum.sessions.csv", "forum.wishes.csv"])
def test_init_of_a_conference_overwrites_none_of_its_files(taken: str, schedule: Command, tmp_path: Path) -> None:
    (tmp_path / taken).write_text("mine", "utf-8")
    run = schedule("init", "forum", "--days", "2027-08-26", "--conference", "-o", tmp_path)
    assert (run.status, f"{taken} exists already and is left as it is" in run.err) == (2, True)
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == {taken: "mine"}


def test_a_conference_is_not_printed_for_it_is_several_files(schedule: Command) -> None:
    run = schedule("init", "forum", "--days", "2027-08-26", "--conference", "-o", "-")
    assert (run.status, run.out) == (2, "")
    assert "a conference is three files: write them into a folder with -o DIR" in run.err


@pytest.mark.parametrize(
    ("name", "days", "message"),
    [
        ("csp13", "2027-02-26..2027-02-23", "runs backwards"),
        ("csp13", "2027-02-27..2027-02-28", "no working day"),
        ("csp13", "2027-02-31", "February 2027 has 28 days"),
        ("csp13", "soon", "'soon' is not a date"),
        ("../csp13", "2027-02-23", "cannot be an id"),
    ],
)
def test_init_says_what_is_wrong(name: str, days: str, message: str, schedule: Command, tmp_path: Path) -> None:
    run = schedule("init", name, "--days", days, "-o", tmp_path)
    assert run.status == 2
    assert message in run.err
    assert list(tmp_path.iterdir()) == []


def test_every_letter_is_valid_without_warnings(schedule: Command) -> None:
    run = schedule("validate", *(SCENARIOS / f"{name}.yaml" for name in ALL))
    assert (run.status, run.err, len(run.out.splitlines())) == (0, "", len(ALL))


def test_the_letter_of_csp12_as_it_was_written_is_refused(schedule: Command, tmp_path: Path) -> None:
    text = (SCENARIOS / "csp12.yaml").read_text("utf-8").replace("announcement: 2025-12-01", "announcement: 2026-12-01")
    (tmp_path / "csp12.yaml").write_text(text, "utf-8")
    run = schedule("validate", tmp_path / "csp12.yaml")
    assert run.status == 2
    assert "1 December 2026 is after the meeting has begun on 27 May 2026: is the year right?" in run.err


def test_check_finds_nothing_against_a_good_timetable(schedule: Command) -> None:
    run = schedule("check", SCENARIOS / "csp11.yaml", HANDMADE)
    assert run.status == 0
    assert run.out.splitlines()[-1] == "The timetable keeps every rule that must hold; it costs 0."


def test_check_names_every_breach_of_a_timetable_made_by_hand(schedule: Command, tmp_path: Path) -> None:
    stored = json.loads(HANDMADE.read_bytes())
    sessions = {session["id"]: session for session in stored["sessions"]}
    sessions["wgtr"]["segments"], sessions["wgtu"]["segments"] = (
        [
            {"date": "2025-02-27", "start": "11:30", "end": "13:00"},
            {"date": "2025-02-27", "start": "15:00", "end": "18:00"},
        ],
        [
            {"date": "2025-02-28", "start": "10:00", "end": "13:00"},
            {"date": "2025-02-28", "start": "15:00", "end": "19:00"},
        ],
    )
    (tmp_path / "hand.json").write_text(json.dumps({"sessions": stored["sessions"]}), "utf-8")
    run = schedule("check", SCENARIOS / "csp11.yaml", tmp_path / "hand.json", "--json")
    answer = json.loads(run.out)
    assert (run.status, answer["keeps_all"]) == (1, False)
    assert [violation["message"] for violation in answer["findings"]] == [
        "WGTU on Friday 28 February, 15:00 – 19:00 lies outside every slot",  # noqa: RUF001
        "WGTR is given 4 h 30, planned are 6 h",
        "WGTR starts on Thursday 27 February at 11:30, before WGTU ends on Friday 28 February at 19:00",
    ]


def stored_with(tmp_path: Path, **changes: object) -> Path:
    """The published timetable with its scenario, as solve writes it, some members changed."""
    path = tmp_path / "stored.json"
    path.write_text(json.dumps(json.loads(HANDMADE.read_bytes()) | changes), "utf-8")
    return path


def test_a_stored_timetable_is_judged_anew_and_says_what_it_cost(schedule: Command, tmp_path: Path) -> None:
    loaded = load(SCENARIOS / "csp11.yaml").scenario
    scenario = {"name": loaded.name, "sha256": loaded.sha256, "document": loaded.document}
    path = stored_with(tmp_path, scenario=scenario, status="feasible", cost=3, bound=0)
    said = "stored.json: cost 3 when stored, 0 now: what was stored is judged anew."
    for words in (("check", SCENARIOS / "csp11.yaml", path), ("export", path, "--to", "csv", "-o", tmp_path)):
        run = schedule(*words)
        assert run.status == 0
        assert said in run.err
    path = stored_with(tmp_path, scenario=scenario, status="optimal", cost=0, bound=0)
    assert "when stored" not in schedule("check", SCENARIOS / "csp11.yaml", path).err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "this file is empty"),
        ("[]", "this is no timetable: name the .json of 'schedule solve'"),
        ("{}", "'sessions' is missing"),
        (
            '{"sessions": [{"id": "nip", "segments": [{"date": "2025-02-31", "start": "10:00", "end": "11:00"}]}]}',
            "28 days",
        ),
        (
            '{"sessions": [{"id": "nip", "segments": [{"date": "2025-02-25", "start": "25:00", "end": "11:00"}]}]}',
            "25:00",
        ),
        ('{"format": "other", "sessions": []}', "this is 'other 1'"),
        ('{"sessions": [], "sessions": []}', "the key 'sessions' is given twice in one object: delete one"),
        ('{"sessions": [{"id": "nip", "id": "cei"}]}', "the key 'id' is given twice in one object: delete one"),
    ],
)
def test_a_timetable_that_cannot_be_read_is_explained(
    text: str, message: str, schedule: Command, tmp_path: Path
) -> None:
    (tmp_path / "broken.json").write_text(text, "utf-8")
    run = schedule("check", SCENARIOS / "csp11.yaml", tmp_path / "broken.json")
    assert run.status == 2
    assert message in run.err


def test_export_writes_the_same_workbook_as_solve(schedule: Command, tmp_path: Path) -> None:
    schedule("solve", SCENARIOS / "csp12.yaml", "-o", tmp_path / "solved")
    run = schedule(
        "export", tmp_path / "solved" / "csp12.json", "--to", "xlsx,working,csv,json", "-o", tmp_path / "exported"
    )
    assert run.status == 0
    for name in ("csp12.xlsx", "csp12.working.xlsx", "csp12.json"):
        assert (tmp_path / "exported" / name).read_bytes() == (tmp_path / "solved" / name).read_bytes()
    assert len((tmp_path / "exported" / "csp12.csv").read_text("utf-8-sig").splitlines()) == 13


def test_export_suggests_a_format(schedule: Command, tmp_path: Path) -> None:
    run = schedule("export", HANDMADE, "--to", "xslx", "-o", tmp_path)
    assert (run.status, run.err.strip()) == (2, "there is no format 'xslx': did you mean 'xlsx'?")


def test_the_schema_knows_every_rule_and_accepts_both_forms_of_a_day(schedule: Command) -> None:
    schema = json.loads(schedule("schema").out)
    forms = schema["properties"]["rules"]["items"]["oneOf"]
    rules = [schema["$defs"][form["$ref"].rpartition("/")[2]] if "$ref" in form else form for form in forms]
    assert [rule["properties"]["rule"]["const"] for rule in rules] == list(KINDS)
    assert [form["type"] for form in schema["$defs"]["Day"]["anyOf"]] == ["string", "object"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["solve", "S", "--time-limit", "nan"], "nan"),
        (["explain", "S", "--prices", "--certificate", "x.json"], "leave out --prices and --ties"),
        (["what-if", "S", "--set", "name=\udcff"], "an argument is not UTF-8 text"),
        (["solve", "S", "-k", "2", "--within", "99999999999999999999"], "--within"),
        (["fit", "/dev/zero"], ""),
        (["compare", "S", "--html", "x", "--xlsx", "x"], "write two names"),
        (["check", "S", "W"], "this workbook is damaged"),
        (["what-if", "T", "--drop", "plenary"], "this is a timetable: name the scenario that it answers"),
    ],
)
def test_what_a_tired_planner_may_type_is_answered(
    arguments: list[str], message: str, schedule: Command, tmp_path: Path
) -> None:
    (tmp_path / "book.xlsx").write_bytes(b"PK\x03\x04")
    names = {"S": str(SCENARIOS / "csp11.yaml"), "T": str(HANDMADE), "W": str(tmp_path / "book.xlsx")}
    run = schedule(*(names.get(argument, argument) for argument in arguments))
    assert run.status == 2
    assert message in run.err
    assert "internal error" not in run.err


def test_a_certificate_never_overwrites_somebodys_file(schedule: Command, tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text("mine", "utf-8")
    run = schedule("explain", SCENARIOS / "csp8.yaml", "--certificate", tmp_path / "mine.json")
    assert run.status == 0
    assert (tmp_path / "mine.json").read_text("utf-8") == "mine"
    assert schedule("verify", tmp_path / "mine (2).json").status == 0


def test_a_half_character_in_a_timetable_is_explained(schedule: Command, tmp_path: Path) -> None:
    text = '"\\ud800"'.join(HANDMADE.read_text("utf-8").rsplit('"2025-02-26"', 1))
    (tmp_path / "half.json").write_text(text, "utf-8")
    run = schedule("check", SCENARIOS / "csp11.yaml", tmp_path / "half.json")
    assert (run.status, "internal error" in run.err) == (2, False)


def test_one_of_anything_is_told_in_the_singular(schedule: Command, tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    head = "name: one\nmeeting: {series: One, annex_title: ONE}\ncalendar: {slots: [10:00-13:00], days: [2027-02-23]}\n"
    body = "bodies: [{id: A, sessions: [{id: a, duration: 1h}]}]\n"
    path.write_text(f"{head}{body}rules: [{{id: late, rule: not_on, of: [A], when: [am], weight: 1}}]\n", "utf-8")
    assert schedule("validate", path).out == f"{path}: valid: one body, one session, one day, one slot, one rule\n"
    schedule("solve", path, "-o", tmp_path)
    checked = schedule("check", path, tmp_path / "one.json").out
    assert "(late, one point)" in checked
    timetable = json.loads((tmp_path / "one.json").read_bytes())
    timetable["sessions"][0]["segments"][0]["end"] = "10:30"
    (tmp_path / "one.json").write_text(json.dumps(timetable), "utf-8")
    assert "in one place;" in schedule("check", path, tmp_path / "one.json").out


def test_pieces_that_adjoin_are_one_and_a_session_without_a_room_sits_where_it_may(
    schedule: Command, tmp_path: Path
) -> None:
    (tmp_path / "two.yaml").write_text(
        """\
name: two
meeting: {series: S, annex_title: T}
calendar: {slots: [10:00-13:00], days: [2027-03-02]}
rooms: [{id: small}, {id: large}, {id: hall}]
bodies:
  - {id: A, sessions: [{id: a, duration: 3h}]}
  - {id: B, sessions: [{id: b, duration: 3h}]}
rules:
  - {rule: room_unavailable, room: small, when: [2027-03-02]}
""",
        "utf-8",
    )
    pieces = [("10:00", "11:00"), ("11:00", "12:30"), ("12:30", "13:00")]
    whole = [("10:00", "13:00")]
    sessions = [
        {"id": name, "segments": [{"date": "2027-03-02", "start": start, "end": end} for start, end in parts]}
        for name, parts in (("a", pieces), ("b", whole))
    ]
    (tmp_path / "hand.json").write_text(json.dumps({"sessions": sessions}), "utf-8")
    run = schedule("check", tmp_path / "two.yaml", tmp_path / "hand.json")
    assert (run.status, run.out.splitlines()[-1]) == (0, "The timetable keeps every rule that must hold; it costs 0.")
    del sessions[0]["segments"][1]  # type: ignore[attr-defined]  # a list
    (tmp_path / "hand.json").write_text(json.dumps({"sessions": sessions}), "utf-8")
    assert "1 h 30, planned are 3 h" in schedule("check", tmp_path / "two.yaml", tmp_path / "hand.json").out


def test_init_makes_the_folder_that_it_is_to_write_into(schedule: Command, tmp_path: Path) -> None:
    run = schedule("init", "new", "--days", "2027-03-02..2027-03-03", "-o", tmp_path / "made" / "now")
    assert run.status == 0
    assert {path.name for path in (tmp_path / "made" / "now").iterdir()} == {"new.yaml", "schedule.schema.json"}
    assert schedule("validate", tmp_path / "made" / "now" / "new.yaml").status == 0


def test_a_command_that_is_no_more_says_what_replaces_it(schedule: Command) -> None:
    run = schedule("conference", "N2OR.xlsx", "--check", "out/N2OR.timetable.xlsx")
    assert (run.status, run.out) == (2, "")
    assert run.err == (
        "there is no command 'conference' any more: schedule import WORKBOOK.xlsx --format cosplib makes a scenario of "
        "it, for solve, check and export\n"
    )
