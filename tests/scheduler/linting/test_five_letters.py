"""The five real letters: two known slips and nothing else, as text, as Word file and against their scenarios."""

from __future__ import annotations

import pytest
from support.letter_drafts import draft_of_text
from support.letters import letter
from support.project import ROOT

from scheduler.linting.against_scenario import differences
from scheduler.linting.checks import slips_in
from scheduler.linting.facts import Facts, facts_of
from scheduler.linting.reading import read_letter
from scheduler.reading.files import Held

LETTERS = ROOT / "tests" / "golden" / "letters"
KNOWN = {
    "csp12": [
        (18, "An announcement is dated '01 December 2026', after the letter itself, which is dated '24 April 2026' "
         "(line 6)."),
        (32, "The text says 'Working Group meetings', but the title (line 16) invites to a preparatory meeting."),
    ]
}  # fmt: skip


def facts(name: str, *, word: bool = False) -> Facts:
    path = LETTERS / f"{name}.txt"
    if word:
        return facts_of(read_letter(Held(name, draft_of_text(name, path.read_text("utf-8")).as_word())))
    return facts_of(read_letter(path))


@pytest.mark.parametrize("name", ["csp3", "csp8", "csp10", "csp11", "csp12"])
def test_the_two_known_slips_are_found_and_nothing_else(name: str) -> None:
    found = [(slip.line, slip.sentence) for slip in slips_in(facts(name))]
    assert found == KNOWN.get(name, [])


@pytest.mark.parametrize("name", ["csp3", "csp8", "csp10", "csp11", "csp12"])
def test_the_same_letters_as_word_files_have_the_same_slips(name: str) -> None:
    found = [slip.kind for slip in slips_in(facts(name, word=True))]
    assert found == (["announcement", "kind"] if name == "csp12" else [])


@pytest.mark.parametrize("name", ["csp3", "csp8", "csp10", "csp11", "csp12"])
def test_they_say_what_their_scenarios_say(name: str) -> None:
    assert list(differences(facts(name), letter(name))) == []


def test_what_is_read_of_a_letter_is_what_it_says() -> None:
    found = facts("csp12")
    assert (found.letter_day, found.meeting) == (
        facts("csp12").letter_day,
        (found.places[0][1].dates.first, found.places[0][1].dates.last),
    )
    assert [str(found.letter_day), *map(str, found.meeting or ())] == ["2026-04-24", "2026-05-27", "2026-05-28"]
    due = {each.dated.purpose: str(each.day) for each in found.dates if each.dated.deadline}
    assert due == {"documents": "2026-04-29", "registration": "2026-05-22", "working papers": "2026-05-13"}
    assert [each.hours for each in found.hours] == [((600, 780), (900, 1080))]
    assert [column.text for grid in found.grids for column in grid.columns] == ["Wednesday", "Thursday"]


def test_the_empty_monday_of_a_grid_is_no_day_of_the_meeting() -> None:
    columns = facts("csp10").grids[0].columns
    assert [(column.text, column.held) for column in columns] == [
        ("Monday", False),
        ("Tuesday", True),
        ("Wednesday", True),
        ("Thursday", True),
        ("Friday", True),
    ]


def test_a_post_that_was_vacant_once_is_not_taken_for_one_that_is() -> None:
    assert facts("csp11").vacant == ((44, "Diversion Information Exchange Forum (DIEF)."),)
