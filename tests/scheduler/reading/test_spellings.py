"""One person in two spellings: a warning, for nothing keeps the sessions of the two apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.table_scenarios import FROM_ONE, sheet, written

LONG = FROM_ONE.replace("10:00-13:00", "00:00-24:00").replace("name: Ann", "name: María Pérez")
LONG += "rules: [{rule: presenters_apart}]\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def warnings(folder: Path, *presenters: str, attendees: str = "") -> list[str]:
    rows = [f'a{number},10 min,ONE,"{who}",' for number, who in enumerate(presenters)]
    table = "\n".join(["id,duration,body,presenters,attendees", *rows, f'z,10 min,TWO,,"{attendees}"'])
    loaded = written(folder, LONG, table)
    return [f"{w.line}:{w.column}: {w.message} ({w.hint})" for w in loaded.warnings]


def test_a_further_spelling_is_warned_of_where_it_stands_first(folder: Path) -> None:
    assert warnings(folder, "Okafor, Jörg", "Bo Ex", "okafor, jorg", "okafor, jorg", "Jörg Okafor") == [
        "4:16: 'okafor, jorg' counts as somebody else than 'Okafor, Jörg' (line 2): is it one person? "
        "(then write 'Okafor, Jörg')",
        "6:16: 'Jörg Okafor' counts as somebody else than 'Okafor, Jörg' (line 2): is it one person? "
        "(then write 'Okafor, Jörg')",
    ]


def test_the_name_of_an_officer_is_the_first_spelling(folder: Path) -> None:
    assert warnings(folder, "María Pérez", "ann", attendees="Pérez, María") == [
        "4:16: 'Pérez, María' counts as somebody else than the officer 'María Pérez': is it one person? "
        "(then write 'María Pérez')"
    ]


@pytest.mark.parametrize(
    ("first", "second"), [("Søren Łuk", "Soren Luk"), ("GRÖSS Ida", "Ida Größ"), ("Ana-Maria Cruz", "Cruz, Ana Maria")]
)
def test_case_accents_letters_and_signs_do_not_tell_people_apart(folder: Path, first: str, second: str) -> None:
    assert len(warnings(folder, first, second)) == 1


@pytest.mark.parametrize(("first", "second"), [("Jo Smith", "Jo Smyth"), ("J. Smith", "Jo Smith"), ("张伟", "张秀")])
def test_other_letters_are_other_people(folder: Path, first: str, second: str) -> None:
    assert warnings(folder, first, second) == []


def test_in_a_workbook_the_cell_is_named(folder: Path) -> None:
    rows = [["id", "duration", "body", "presenters"], ["a", "1h", "ONE", "Ann B"], ["b", "1h", "TWO", "B, Ann"]]
    sheet(folder, rows)
    (warning,) = written(folder, LONG.replace("csv", "xlsx")).warnings
    assert (warning.path, warning.message) == (
        "cell D3, presenters",
        "'B, Ann' counts as somebody else than 'Ann B' (D2): is it one person?",
    )


def test_what_stands_in_another_file_is_named_with_it(folder: Path) -> None:
    text = LONG.replace("{id: ONE}", "{id: ONE, sessions: [{id: x, duration: 1h, presenters: [Ann B]}]}")
    (warning,) = written(folder, text, "id,duration,body,presenters\na,1h,TWO,ann b\n").warnings
    assert (warning.file, warning.message) == (
        "talks.csv",
        "'ann b' counts as somebody else than 'Ann B' (line 8 of scenario.yaml): is it one person?",
    )


def test_after_ten_the_rest_is_counted(folder: Path) -> None:
    names = [f"Ann B{number}" for number in range(12)]
    found = warnings(folder, *names, *(name.lower() for name in names))
    assert len(found) == 10
    assert found[-1].startswith(
        "23:17: 'ann b9' counts as somebody else than 'Ann B9' (line 11): is it one person? "
        "(2 more names are spelt in two ways)"
    )


def test_of_2500_sessions_of_two_spellings_each_ten_are_told(folder: Path) -> None:
    names = [f"Ann B{number // 2}" if number % 2 else f"B{number // 2}, ann" for number in range(2500)]
    assert len([each for each in warnings(folder, *names) if "counts as" in each]) == 10
