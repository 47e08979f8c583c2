"""Places in a table of one's own: read, or refused with each mistake at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.domain.places import HomePlace
from scheduler.errors import InputError
from scheduler.reading.tables.places import read_places

HEAD = "state,region,capital,zone\n"


def places(folder: Path, text: str) -> tuple[HomePlace, ...]:
    (folder / "places.csv").write_text(text, "utf-8")
    return read_places("places.csv")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_places_are_read_and_notes_are_not(folder: Path, end: str) -> None:
    text = "# as of 2025\nZone;STATE;region;capital;people\n# more\nAsia/Tokyo;Japan;Asia;Tokyo;9\n".replace("\n", end)
    (folder / "places.csv").write_bytes(text.encode())
    assert read_places("places.csv") == (HomePlace("Japan", "Asia", "Tokyo", "Asia/Tokyo"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("state,region,capital\nX,Y,Z\n", "places.csv:1:1: the column 'zone' is missing: this line names the columns"),
        (HEAD + "X,Y,Z,Mars/Base\n", "places.csv:2:7: zone: 'Mars/Base' is no time zone: write the IANA name, as in"),
        (HEAD + "X,,Z,Asia/Tokyo\n", "places.csv:2:3: region: each line needs state, region, capital and zone"),
        (HEAD + "X,Y,Z,Asia/Tokyo\nX,Y,Z,Asia/Tokyo\n", "places.csv:3:1: state: 'X' stands twice"),
        (HEAD, "places.csv: no place stands in this table: the columns are state, region, capital, zone"),
        ("# nothing\n", "places.csv: the table is empty: its first line names the columns"),
    ],
)
def test_a_table_of_places_that_cannot_be_used_says_why_and_where(folder: Path, text: str, expected: str) -> None:
    with pytest.raises(InputError) as caught:
        places(folder, text)
    assert caught.value.message.startswith(expected)


def test_every_mistake_is_told_at_once(folder: Path) -> None:
    with pytest.raises(InputError) as caught:
        places(folder, HEAD + "X,Y,Z,Mars/Base\n,Y,Z,Asia/Tokyo\n")
    assert "2 errors" in caught.value.message
