"""What can be wrong in the letter of a scenario: each mistake with its place and its remedy, in a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.command import Command

from scheduler.reading.entry import from_data
from scheduler.reading.loading import load
from scheduler.reading.schema import scenario_schema

HEAD = """\
name: t
meeting: {series: Talks, annex_title: TALKS, milestones: {registration: 2027-02-01}}
calendar: {slots: [10:00-13:00], days: [2027-03-02]}
officers: [{id: chair, post: Chair, vacant: true}, {id: president, post: President}]
bodies: [{id: A, sessions: [{id: a, duration: 3h}]}, {id: B, officers: [chair], when_vacant: dropped}]
letter:
"""

WRONG = [
    ("  letterhed: [x]", "letter.letterhed: unknown key", "did you mean 'letterhead'?"),
    ("  signatory: presidnt", "letter.signatory: there is no officer 'presidnt'", "did you mean 'president'?"),
    ("  signatory: chair", "letter.signatory: nobody signs: the post of 'chair' is vacant", "name another officer"),
    ("  secretariat: {email: a@b.org}", "letter.secretariat: 'name' is missing here", ""),
    ("  secretariat: {name: x, email: a b}", "'a b' is no e-mail address", ""),
    ("  secretariat: {name: x, website: javascript:alert(1)}", "'javascript:alert(1)' is no link", ""),
    ("  registration: {link: 'http://'}", "'http://' is no link", ""),
    ("  registration: {required: perhaps}", "'perhaps' is not a yes or no", ""),
    ("  registration: {separately: [C]}", "there is no body or session 'C'", "known here: A, B, a"),
    ("  registration: {required: false}", "and yet meeting.milestones.registration says by when", ""),
    ("  nominations: yes", "letter.nominations: ", ""),
    ("  letterhead: ''", "an empty text", ""),
    ("  paragraphs: [{txt: x}]", "letter.paragraphs[0].txt: unknown key", "did you mean 'text'?"),
    ("  paragraphs: [{text: x, under: documnts}]", "'documnts' is not one of:", "did you mean 'documents'?"),
    ("  paragraphs: [{text: x, under: documents, heading: y}]", "stands under a section or a heading of its own", ""),
    ("  paragraphs: ['{registraton}']", "'{registraton}' is no placeholder", "did you mean '{registration}'?"),
    ("  paragraphs: ['{documents}']", "what '{documents}' stands for", "write meeting.milestones.documents"),
    ("  paragraphs: ['{email}']", "does not say what '{email}' stands for", "write letter.secretariat.email"),
    ("  paragraphs: [{text: x, points: ['{ alone']}]", "letter.paragraphs[0].points[0]: a brace that stands alone", ""),
    ("  title: '{datess}'", "letter.title: '{datess}' is no placeholder of letters", "did you mean '{dates}'?"),
    ("  paragraphs: 5", "letter.paragraphs: ", ""),
    ("  - x", "letter: ", ""),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "message", "hint"), WRONG)
def test_each_mistake_has_its_place_and_its_remedy(
    lines: str, message: str, hint: str, schedule: Command, tmp_path: Path
) -> None:
    (tmp_path / "t.yaml").write_text(f"{HEAD}{lines}\n")
    run = schedule("validate", tmp_path / "t.yaml")
    assert run.status == 2
    assert message in run.out + run.err
    assert hint in run.out + run.err
    assert f"t.yaml:{7}:" in run.out + run.err


def test_a_registration_for_what_is_not_held_is_a_warning(schedule: Command, tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(f"{HEAD}  registration: {{separately: [B]}}\n")
    run = schedule("validate", tmp_path / "t.yaml")
    assert run.status == 0
    assert "'B' is not held, so nobody registers for it" in run.err + run.out


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("[Arabic]", "'Arabic' is no code of a language: write ar"),
        ("[EN]", "'EN' is no code of a language: write en"),
        ("[xx]", "'xx' is no code of a language: known here: ar Arabic"),
    ],
)
def test_languages_are_codes(said: str, message: str, schedule: Command, tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(HEAD.replace("letter:\n", "").replace("TALKS,", f"TALKS, interpretation: {said},"))
    run = schedule("validate", tmp_path / "t.yaml")
    assert (run.status, message in run.err + run.out) == (2, True)


def test_a_weekday_that_does_not_match_its_date_is_a_warning(schedule: Command, tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(f"{HEAD}  paragraphs: [On Friday 25 February 2027 we test.]\n")
    run = schedule("validate", tmp_path / "t.yaml")
    assert run.status == 0
    assert "25 February 2027 is a Thursday, and the text says 'Friday 25 February 2027'" in run.err + run.out


def test_sponsorship_is_due_before_the_meeting(schedule: Command, tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(
        HEAD.replace("letter:\n", "").replace("registration:", "sponsorship: 2028-01-01, registration:")
    )
    run = schedule("validate", tmp_path / "t.yaml")
    assert (run.status, "1 January 2028 is after the meeting has begun" in run.err + run.out) == (2, True)


def test_a_letter_passes_through_a_document_unchanged(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(HEAD + "  letterhead: One line\n  paragraphs: [Only text]\n")
    scenario = load(tmp_path / "t.yaml").scenario
    assert scenario.document["letter"] == {
        "letterhead": ["One line"],
        "paragraphs": [{"text": "Only text", "points": []}],
    }
    assert from_data(scenario.document).letter == scenario.letter


def test_a_scenario_without_a_letter_has_none_in_its_document() -> None:
    (data := {"name": "t", "meeting": {"series": "T", "annex_title": "T"}}).update(
        calendar={"slots": ["10:00-13:00"], "days": ["2027-03-02"]},  # type: ignore[dict-item]
        bodies=[{"id": "A", "sessions": [{"id": "a", "duration": "3h"}]}],  # type: ignore[dict-item]
    )
    document = from_data(data).document
    assert "letter" not in document
    assert set(document["meeting"]) == {
        "series", "annex_title", "time_zone", "status", "annex_code", "footnotes", "hours_in_every_cell",
        "names_in_programme", "milestones",
    }  # fmt: skip


def test_the_schema_knows_the_keys_of_a_letter() -> None:
    definition = scenario_schema()["properties"]["letter"]
    assert {"letterhead", "signatory", "registration", "paragraphs"} <= set(definition["properties"])
    assert definition["additionalProperties"] is False
