"""The key of names below an annex: full names of bodies that stand in it by their abbreviations alone."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook
from support.letters import letter
from support.small import scenario as small
from support.small import timetable

from exports.annex.board import board_of
from exports.annex.grid import annex_grid
from exports.html.notebook import timetable_html, timetable_text
from exports.xlsx.annex import annex_bytes
from scheduler.domain.base import altered
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario

BODIES = {
    "WGTR": {"name": "Working Group on Transparency and Reporting", "sessions": {"r": "3h"}},
    "VTF": {"name": "Voluntary Trust Fund", "sessions": {"v": {"duration": "3h", "title": "Report of the fund"}}},
    "OPEN": {"label": "Opening", "name": "Opening of the meeting", "sessions": {"o": "3h"}},
    "MC": {"sessions": {"m": "3h"}},
}
PLACES = {"r": "Tue 10:00", "v": "Tue 15:00", "o": "Wed 10:00", "m": "Wed 15:00"}


def week(**meeting: object) -> Scenario:
    made = small(BODIES)
    return altered(made, meeting=altered(made.meeting, **meeting))


def test_abbreviations_are_told_in_the_order_of_the_scenario_where_the_key_is_asked_for() -> None:
    # neither a label that its name contains nor a body without a name is told
    asked = week(key_of_names=True)
    (key,) = annex_grid(asked, timetable(asked, PLACES)).footnotes
    assert key.text == "WGTR: Working Group on Transparency and Reporting; VTF: Voluntary Trust Fund"
    assert [run.text for run in key.runs if run.bold] == ["WGTR:", "VTF:"]
    assert annex_grid(week(), timetable(week(), PLACES)).footnotes == ()
    never = week(key_of_names=False)
    assert annex_grid(never, timetable(never, PLACES)).footnotes == ()


def test_who_does_not_meet_or_is_named_elsewhere_needs_no_key() -> None:
    asked = week(key_of_names=True, footnotes=("The WORKING GROUP on Transparency and Reporting meets first.",))
    held = timetable(asked, {name: at for name, at in PLACES.items() if name != "v"})
    assert [note.text[:5] for note in annex_grid(asked, held).footnotes] == ["* The"]


def test_the_key_stands_below_the_grid_of_every_medium() -> None:
    asked = week(key_of_names=True, footnotes=("On a rolling basis.",))
    held = timetable(asked, PLACES)
    sheet = load_workbook(BytesIO(annex_bytes(asked, held)))["Annex"]
    column = [cell for (cell, *_) in sheet.iter_rows(values_only=True) if cell]
    assert column[-2].startswith("WGTR: Working Group on Transparency")
    assert column[-1] == "* On a rolling basis."
    assert "VTF: Voluntary Trust Fund" in timetable_text(asked, held)
    assert "<strong>VTF:</strong> Voluntary Trust Fund" in timetable_html(asked, held)


def test_a_programme_of_many_rooms_has_its_key_too() -> None:
    asked = week(key_of_names=True)
    assert [note.text[:5] for note in board_of(asked, timetable(asked, PLACES)).footnotes] == ["WGTR:"]


def test_letters_have_no_key_and_could_have_one() -> None:
    published = letter("csp11")
    held = Timetable(p for session in published.sessions if (p := published.place(session, 0)) is not None)
    assert all(not note.text.startswith("WG") for note in annex_grid(published, held).footnotes)
    asked = altered(published, meeting=altered(published.meeting, key_of_names=True))
    assert annex_grid(asked, held).footnotes[0].text.startswith("WGETI: Working Group on Effective Treaty")
