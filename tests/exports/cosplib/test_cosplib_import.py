"""An imported conference costs what the workbook says, rule by rule."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.command import Command
from support.cosplib_judge import judge
from support.cosplib_plans import random_plan, timetable_of
from support.cosplib_scenarios import written
from support.cosplib_workbooks import drawn, save, tiny

from exports.cosplib.conference_reading import read_conference
from exports.cosplib.conference_scenario import CosplibScenario, rule_id
from exports.cosplib.conference_values import Conference, CosplibPeriod, CosplibTrack, Hours, Term
from scheduler.checking import check
from scheduler.errors import InputError
from scheduler.scenario import Scenario


def imported(conference: Conference, folder: Path) -> tuple[CosplibScenario, Scenario]:
    """Written as a workbook, read again, written as a scenario, and loaded."""
    return written(read_conference(save(conference, folder / f"{conference.name}.xlsx")), folder)


def costs_alike(conference: Conference, folder: Path, seed: int, plans: int) -> int:
    """How many random plans cost the same, term by term; every one is compared."""
    found, scenario = written(conference, folder)
    draw, compared = random.Random(seed), 0
    for _ in range(plans):
        plan = random_plan(conference, draw)
        if plan is None:
            break
        verdict = judge(conference, plan)
        report = check(scenario, timetable_of(scenario, plan, found.sessions, found.unit))
        assert (verdict.faults, report.broken) == ((), ())
        costs = Counter[str]()
        for violation in report.violations:
            costs[violation.id] += violation.penalty
        told = {rule_id(term): verdict.values[term] * conference.weights[term] for term in Term}
        assert {name: cost for name, cost in costs.items() if cost} == {name: c for name, c in told.items() if c}
        assert report.cost == verdict.cost
        compared += 1
    return compared


@pytest.mark.parametrize("seed", range(40))
def test_random_timetables_of_drawn_conferences_cost_the_same_rule_by_rule(seed: int, tmp_path: Path) -> None:
    assert costs_alike(drawn(seed), tmp_path, seed, 12) == 12


def test_what_a_workbook_says_is_written(tmp_path: Path) -> None:
    assert imported(tiny(), tmp_path)[1] == written(tiny(), tmp_path)[1]


def test_random_timetables_cost_the_same_with_a_weight_on_every_term(tmp_path: Path) -> None:
    assert costs_alike(tiny(), tmp_path, 1, 60) == 60


def test_without_a_weight_on_chairs_they_may_be_in_two_rooms_at_once(tmp_path: Path) -> None:
    weights = tuple(0 if term is Term.CHAIRS else 1 for term in Term)
    assert costs_alike(replace(tiny(), weights=weights), tmp_path, 2, 60) == 60


def test_a_chair_of_several_tracks_who_presents_is_still_missed_elsewhere(tmp_path: Path) -> None:
    weights = tuple(int(term in (Term.PRESENTERS, Term.ATTENDEES)) for term in Term)
    base = tiny()
    talks = tuple(replace(talk, presenters=talk.presenters | {"Ada"}) for talk in base.submissions[:5])
    followed = tuple(replace(talk, attendees=talk.attendees | {"Ada"}) for talk in base.submissions[5:])
    conference = replace(base, weights=weights, submissions=(*talks, *followed))
    assert costs_alike(conference, tmp_path, 3, 60) == 60


OVERLAPPING = (
    CosplibPeriod("Tue1", 3, date(2027, 2, 23), 1200, 1290),
    CosplibPeriod("Mon1", 2, date(2027, 2, 22), 600, 660),
    CosplibPeriod("Mon1 again", 2, date(2027, 2, 22), 600, 660),
    CosplibPeriod("undated", 2, None, 1380, 30),
)


def test_sessions_out_of_order_keep_their_order_and_cost_the_same(tmp_path: Path) -> None:
    base = tiny()
    conference = replace(
        base,
        periods=OVERLAPPING,
        track_session=tuple((*row, 2) for row in base.track_session),
        session_room=(*base.session_room, (1, 0)),
        submissions=tuple(replace(talk, in_session=(*talk.in_session, 1)) for talk in base.submissions),
    )
    _, scenario = imported(conference, tmp_path)
    slots = [(slot.name, str(slot.day), slot.opens, slot.closes) for slot in scenario.calendar.axis.slots]
    assert slots == [
        ("Tue1", "2027-02-23", 1200, 1290),
        ("Mon1", "2027-02-24", 600, 660),
        ("Mon1 again", "2027-02-25", 600, 660),
        ("undated", "2027-02-25", 1380, 1440),
    ]
    assert costs_alike(conference, tmp_path, 4, 40) == 40


def test_hours_that_do_not_fit_become_a_table_and_say_why(tmp_path: Path) -> None:
    crowded = (replace(tiny().periods[0], slots=40, end=630), *tiny().periods[1:])
    conference = replace(tiny(), periods=crowded)
    found, scenario = imported(conference, tmp_path)
    kinds = {rule.id: rule.rule for rule in scenario.rules}
    assert (found.unit, kinds["time-zones"], scenario.calendar.axis.slots[0].closes) == (1, "preferences", 640)
    text = (tmp_path / "scenario.yaml").read_text("utf-8")
    assert "hours: 10:00-10:40}  # in the workbook 10:00-10:30\n" in text
    assert "# Computed from the workbook: local_hours would cost otherwise here" in text
    assert costs_alike(conference, tmp_path, 5, 40) == 40


def test_hours_over_midnight_that_only_their_ends_make_good_become_a_table(tmp_path: Path) -> None:
    """20:00-21:30 at the meeting is 23:00-00:30 three hours east: to the workbook both ends are suitable."""
    base = tiny()
    talks = (replace(base.submissions[0], zone=240), *base.submissions[1:])
    conference = replace(base, submissions=talks, hours=Hours(60, (540, 1080), (0, 1439), 1, 10))
    assert conference.hours.penalty(base.periods[2], 240) == 0
    _, scenario = imported(conference, tmp_path)
    assert {rule.id: rule.rule for rule in scenario.rules}["time-zones"] == "preferences"
    assert costs_alike(conference, tmp_path, 7, 40) == 40


def test_offsets_beyond_the_iana_table_become_a_table(tmp_path: Path) -> None:
    talks = (replace(tiny().submissions[0], zone=-14 * 60), *tiny().submissions[1:])
    conference = replace(tiny(), submissions=talks)
    assert imported(conference, tmp_path)[1].meeting.time_zone == "Europe/Zurich"
    assert costs_alike(conference, tmp_path, 6, 40) == 40


def test_offsets_are_written_with_the_sign_of_the_iana_names(tmp_path: Path) -> None:
    _, scenario = imported(tiny(), tmp_path)
    zones = {session.id: session.time_zone for session in scenario.sessions.values() if session.time_zone}
    assert (scenario.meeting.time_zone, zones["h3"], zones["h1"]) == ("Etc/GMT-1", "Etc/GMT-8", "Etc/GMT")


HOSTILE = (
    "two\nlines",
    "=1+1",
    "'=1+1",
    "Tom; Jerry",
    'a "b"',
    "x" * 5000,
    "[bold]",
    "# no comment",
    "Heuristics",
    "heuristics!",
)


def test_hostile_names_come_through_as_they_are(tmp_path: Path) -> None:
    base = tiny()
    talks = tuple(
        replace(talk, name=name, presenters=frozenset({name, "Bob"}))
        for talk, name in zip(base.submissions, HOSTILE, strict=False)
    )
    tracks = tuple(CosplibTrack(name, frozenset({f"{name} Esq."})) for name in ("=T", "- T", "T: {x}"))
    conference = replace(base, submissions=talks, tracks=tracks, rooms=("=Hall", "& Attic"))
    found, scenario = written(conference, tmp_path)
    assert [scenario.sessions[name].title for name in found.sessions] == [talk.name for talk in talks]
    assert [body.label for body in scenario.bodies] == ["=T", "- T", "T: {x}"]
    assert [room.name for room in scenario.rooms] == ["=Hall", "& Attic"]
    people = [{" ".join(name.split()) for name in talk.presenters} for talk in talks]
    assert [set(scenario.sessions[name].presenters or ()) for name in found.sessions] == people
    assert costs_alike(conference, tmp_path, 7, 20) == 20


def test_equal_ids_are_numbered(tmp_path: Path) -> None:
    names = ("A B", "a-b", "A b!", "%%", "Ünï", "x", "b" * 80, "b" * 81)
    talks = tuple(replace(talk, name=name) for talk, name in zip(tiny().submissions, names, strict=True))
    found, _ = imported(replace(tiny(), submissions=talks), tmp_path)
    assert found.sessions == ["a-b", "a-b-2", "a-b-3", "x", "uni", "x-2", "b" * 60, "b" * 58 + "-2"]


def test_what_a_scenario_cannot_hold_is_refused() -> None:
    base = tiny()
    heavy = CosplibScenario(replace(base, weights=(2_000_000, *base.weights[1:])), "a.xlsx")
    with pytest.raises(InputError, match=r"^tiny: the weight 2,000,000 of 'tracks in sessions' is beyond"):
        heavy.yaml({key: key for key in heavy.tables()})
    dear = CosplibScenario(replace(base, session_room=((0, 0), (0, 3_000_000), (0, 0))), "a.xlsx")
    with pytest.raises(InputError, match=r"^tiny: a penalty of 3,000,000 is beyond what a scenario holds"):
        dear.tables()
    long = CosplibScenario(replace(base, periods=(replace(base.periods[0], slots=1441), *base.periods[1:])), "a.xlsx")
    with pytest.raises(InputError, match=r"^tiny: 1441 time slots in one session are more than a day has minutes"):
        long.yaml({key: key for key in long.tables()})


def test_the_command_writes_what_validates(schedule: Command, tmp_path: Path) -> None:
    workbook = save(replace(tiny(), hours=Hours(60, (540, 1080), (480, 1260), 1, 10)), tmp_path / "tiny.xlsx")
    run = schedule("import", workbook, "--format", "cosplib", "-o", tmp_path / "out")
    assert (run.status, run.err) == (0, "")
    assert run.out.splitlines()[0] == f"Wrote {tmp_path / 'out' / 'tiny.yaml'}."
    checked = schedule("validate", tmp_path / "out" / "tiny.yaml")
    assert (checked.status, checked.err) == (0, "")
    assert checked.out.endswith("tiny.yaml: valid: 3 bodies, 8 sessions, 2 days, 3 slots, 19 rules\n")


def test_a_table_that_a_person_edited_stays_and_the_scenario_names_the_new_one(
    schedule: Command, tmp_path: Path
) -> None:
    workbook = save(tiny(), tmp_path / "tiny.xlsx")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "tiny.submissions.csv").write_text("mine")
    schedule("import", workbook, "--format", "cosplib", "-o", tmp_path / "out")
    assert (tmp_path / "out" / "tiny.submissions.csv").read_text() == "mine"
    assert 'sessions: {from: "tiny.submissions (2).csv"}' in (tmp_path / "out" / "tiny.yaml").read_text("utf-8")
    assert schedule("validate", tmp_path / "out" / "tiny.yaml").status == 0


def test_a_wrong_workbook_is_one_message(schedule: Command, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"no workbook")
    run = schedule("import", tmp_path / "x.xlsx", "--format", "cosplib", "-o", tmp_path / "out")
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith(f"{tmp_path / 'x.xlsx'}: this is text and no workbook")
    assert not (tmp_path / "out").exists()
