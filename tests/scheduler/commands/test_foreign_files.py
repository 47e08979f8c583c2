"""Whatever file is handed to whatever command: a sentence with its name and the remedy, and exit status 2."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from threading import Thread
from typing import NoReturn

import pytest
from openpyxl import Workbook
from support.command import Command, Run
from support.cosplib_workbooks import save, tiny
from support.foreign_files import DAMAGED, HIDDEN, NO_TEXT, OTHERS, READ_IN_TABLES, SHEET, changed, flipped, packed
from support.letters import SCENARIOS

from scheduler.documents.stored_timetable import place_sessions
from scheduler.documents.timetable_document import to_bytes, to_document
from scheduler.outcome import Outcome, Status
from scheduler.reading import files as reading
from scheduler.reading.files import SCENARIO, TABLE, TIMETABLE, WORKBOOK, UnreadableError, read_bytes
from scheduler.reading.loading import load

CSP11 = SCENARIOS / "csp11.yaml"
SMALL = """\
name: small
meeting: {series: S, annex_title: T}
calendar: {slots: [10:00-13:00], days: [2027-02-23]}
bodies: [{id: A, sessions: BELOW}]
"""
SEGMENT = {"date": "2027-02-23", "start": "10:00", "end": "11:00"}
KINDS = {".yaml": SCENARIO, ".csv": TABLE, ".xlsx": WORKBOOK, ".json": TIMETABLE}
AS_SCENARIO = [
    ("validate", "bad.yaml"),
    ("solve", "bad.yaml"),
    ("validate", "child.yaml"),
    ("check", "bad.yaml", "small.json"),
    ("explain", "bad.yaml"),
    ("what-if", "bad.yaml", "--drop", "A"),
    ("forecast", "bad.yaml"),
    ("compare", "bad.yaml", "small.json"),
    ("replan", "bad.yaml", "--from", "small.json"),
    ("verify", "small.json", "--scenario", "bad.yaml"),
]
AS_TABLE = [
    ("validate", "csv.yaml"),
    ("fit", "bad.csv"),
    ("import", "bad.csv", "--format", "sessionize"),
    ("compare", "small.yaml", "small.json", "--places", "bad.csv"),
]
AS_WORKBOOK = [
    ("validate", "xlsx.yaml"),
    ("fit", "bad.xlsx"),
    ("compare", "small.json", "small.json", "--places", "bad.xlsx"),
    ("compare", "small.json", "bad.xlsx"),
    ("check", "small.yaml", "bad.xlsx"),
    ("replan", "small.yaml", "--from", "bad.xlsx"),
    ("import", "bad.xlsx", "--format", "cosplib"),
    ("import", "bad.xlsx", "--format", "sessionize", "--sheet", "submissions"),
]
AS_JSON = [
    ("check", "small.yaml", "bad.json"),
    ("compare", "small.json", "bad.json"),
    ("replan", "small.yaml", "--from", "bad.json"),
    ("explain", "small.yaml", "bad.json", "one"),
    ("export", "bad.json", "--to", "csv"),
    ("forecast", "bad.json"),
    ("now", "bad.json", "--at", "2027-02-23 11:00"),
    ("now", "small.json", "--at", "2027-02-23 11:00", "--state", "bad.json"),
    ("verify", "bad.json"),
    ("import", "bad.json", "--format", "pretalx"),
]
EVERY = [*AS_SCENARIO, *AS_TABLE, *AS_WORKBOOK, *AS_JSON]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a scenario, a timetable of it, and scenarios that name files which are not there yet."""
    monkeypatch.chdir(tmp_path)
    for name, sessions in (
        ("small", "[{id: one, duration: 1h}]"),
        ("csv", "{from: bad.csv}"),
        ("xlsx", "{from: bad.xlsx}"),
    ):
        (tmp_path / f"{name}.yaml").write_text(SMALL.replace("BELOW", sessions), "utf-8")
    (tmp_path / "child.yaml").write_text("name: child\noption: X\nextends: bad.yaml\n", "utf-8")
    small = load(tmp_path / "small.yaml").scenario
    placed = place_sessions(small, [{"id": "one", "segments": [SEGMENT]}]).timetable
    outcome = Outcome(Status.FEASIBLE, placed, 0, 0)
    (tmp_path / "small.json").write_bytes(to_bytes(to_document(small, outcome)))
    return tmp_path


def bad(words: tuple[str, ...]) -> str:
    """The name of the bad file in a call, as a scenario of the call may name it."""
    named = {"csv.yaml": "bad.csv", "xlsx.yaml": "bad.xlsx", "child.yaml": "bad.yaml"}
    return next(named.get(word, word) for word in words if word.startswith("bad.") or word in named)


def refused(run: Run, name: str, said: str) -> None:
    """Status 2, the name of the file, and what is said of it."""
    assert run.status == 2, run
    assert name in run.err
    assert said in run.err
    assert "internal error" not in run.err


def ids(words: tuple[str, ...]) -> str:
    return " ".join(words)


@pytest.mark.parametrize("words", EVERY, ids=ids)
def test_files_of_other_programs_are_recognised(words: tuple[str, ...], folder: Path, schedule: Command) -> None:
    name = bad(words)
    for data, said in OTHERS.values():
        (folder / name).write_bytes(data)
        run = schedule(*words)
        refused(run, name, said)
        if name == "bad.xlsx":
            assert "xlsx" in run.err.partition(said)[2] or "name the file within" in run.err


@pytest.mark.parametrize("words", [*AS_SCENARIO, *AS_TABLE, *AS_JSON], ids=ids)
def test_text_in_another_encoding_is_told(words: tuple[str, ...], folder: Path, schedule: Command) -> None:
    for kind, (data, said) in NO_TEXT.items():
        if words in AS_TABLE and kind in READ_IN_TABLES:
            continue
        (folder / bad(words)).write_bytes(data)
        refused(schedule(*words), bad(words), said)


@pytest.mark.parametrize("words", AS_WORKBOOK, ids=ids)
def test_text_under_the_name_of_a_workbook_is_told(words: tuple[str, ...], folder: Path, schedule: Command) -> None:
    said = "this is text and no workbook: name it .csv, or save it as .xlsx"
    for data in (b"caf\xe9", "id,duration\n".encode("utf-16")):
        (folder / "bad.xlsx").write_bytes(data)
        refused(schedule(*words), "bad.xlsx", said)
    (folder / "bad.xlsx").write_bytes(b"id,duration\n")
    takes_tables = words[0] in ("check", "replan") or (words[0] == "compare" and "--places" not in words)
    refused(schedule(*words), "bad.xlsx", "this is neither a list nor a grid of meetings" if takes_tables else said)


@pytest.mark.parametrize("words", AS_WORKBOOK, ids=ids)
@pytest.mark.parametrize("kind", DAMAGED)
def test_damage_in_a_workbook_is_told_with_its_place(
    kind: str, words: tuple[str, ...], folder: Path, schedule: Command
) -> None:
    change, said = DAMAGED[kind]
    if words[0] == "import":
        (folder / "bad.xlsx").write_bytes(changed(save(tiny(), folder / "tiny.xlsx"), change))
        said = said.replace("'Sheet'", "'submissions'")
    else:
        (folder / "bad.xlsx").write_bytes(packed(change))
    run = schedule(*words)
    refused(run, "bad.xlsx", f"bad.xlsx{said}")
    assert "open the workbook in a spreadsheet program and save it there as .xlsx" in run.err


@pytest.mark.parametrize("words", AS_WORKBOOK, ids=ids)
def test_a_part_that_cannot_be_unpacked_is_named(words: tuple[str, ...], folder: Path, schedule: Command) -> None:
    for part, place in ((SHEET, ", sheet 'Sheet'"), ("xl/styles.xml", ""), ("xl/workbook.xml", "")):
        (folder / "bad.xlsx").write_bytes(flipped(packed(), part))
        refused(schedule(*words), "bad.xlsx", f"bad.xlsx{place}: its part {part} cannot be unpacked: open the workbook")


@pytest.mark.parametrize("words", AS_WORKBOOK, ids=ids)
def test_a_workbook_that_was_copied_in_part_is_told(words: tuple[str, ...], folder: Path, schedule: Command) -> None:
    data = packed()
    for part in (data[:100], data[: len(data) // 2], data[:-10]):
        (folder / "bad.xlsx").write_bytes(part)
        refused(schedule(*words), "bad.xlsx", "this workbook is damaged, or was copied in part: copy it anew")


@pytest.mark.parametrize("words", AS_WORKBOOK, ids=ids)
def test_what_hides_something_large_is_not_parsed(words: tuple[str, ...], folder: Path, schedule: Command) -> None:
    for change in HIDDEN.values():
        (folder / "bad.xlsx").write_bytes(packed(change))
        refused(schedule(*words), "bad.xlsx", "it is not read; save the workbook again as .xlsx")


@pytest.mark.parametrize("words", EVERY, ids=ids)
def test_what_is_no_plain_file_or_not_there_is_told(
    words: tuple[str, ...], folder: Path, schedule: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PATIENCE_SECONDS", 0.01)
    path, limit = folder / bad(words), KINDS[Path(bad(words)).suffix].most_bytes
    for make, said in (
        (lambda: None, "there is no such file"),
        (path.mkdir, "this is a folder: a file is expected"),
        (lambda: os.mkfifo(path), "this is a pipe, and nothing is written into it: name a file"),
        (lambda: path.symlink_to(path.name), "this link leads back to itself: name the file"),
        (lambda: path.symlink_to("nowhere"), "there is no such file"),
        (lambda: path.symlink_to("/dev/zero"), "this is a device, not a file: name a file"),
        (lambda: large(path, limit + 1), f"larger than {limit // 10**6} MB: no "),
        (path.touch, "empty"),
    ):
        make()
        if said == "there is no such file" and "--state" in words:
            path.unlink(missing_ok=True)
            continue  # a file of reports is begun
        refused(schedule(*words), path.name, said)
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)


def large(path: Path, size: int) -> None:
    """A file of zeros that takes no room on the disk."""
    with path.open("wb") as stream:
        stream.truncate(size)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOENT, "there is no such file"),
        (errno.EACCES, "you may not read this file: ask its owner, or make a copy that you may read"),
        (errno.EIO, "this file cannot be read: "),
    ],
)
def test_what_goes_wrong_after_the_first_look_is_told(
    number: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(self: Path, mode: str = "r") -> NoReturn:
        raise OSError(number, os.strerror(number), str(self), mode)

    path = tmp_path / "gone.yaml"
    path.touch()
    monkeypatch.setattr(Path, "open", fails)
    with pytest.raises(UnreadableError) as caught:
        read_bytes(path, SCENARIO)
    assert caught.value.message.startswith(f"{path}: {said}")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("x\0.yaml", "this name cannot be used here: name a file"),
        ("x" * 300, "no file can have a name as long as this"),
        (f"{__file__}/x", "there is no such file: part of this path is a file and no folder"),
    ],
)
def test_a_name_that_no_file_can_have_is_told(name: str, said: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_bytes(name, SCENARIO)
    assert caught.value.reason == said


def test_a_pipe_that_somebody_writes_into_is_read(tmp_path: Path, schedule: Command) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = Thread(target=path.write_bytes, args=(CSP11.read_bytes(),))
    writer.start()
    run = schedule("validate", path)
    writer.join()
    assert (run.status, run.err) == (0, "")


@pytest.mark.parametrize("text", ["id,duration\rone,1h\rtwo,2h\r", "id;duration\r\none;1h\r\ntwo;2h"])
def test_ends_of_lines_of_every_system_are_read(text: str, folder: Path, schedule: Command) -> None:
    (folder / "bad.csv").write_bytes(text.encode())
    run = schedule("validate", "csv.yaml")
    assert (run.status, run.err) == (0, "")
    assert "2 sessions" in run.out


@pytest.mark.parametrize("words", AS_TABLE, ids=ids)
def test_a_quote_without_end_is_shown(words: tuple[str, ...], folder: Path, schedule: Command) -> None:
    (folder / "bad.csv").write_text('a,"b\nc,d\n', "utf-8")
    refused(schedule(*words), "bad.csv:1:3", "the quote that opens here is never closed")


def test_past_sessions_are_read_from_a_workbook_too(folder: Path, schedule: Command) -> None:
    book = Workbook()
    for row in (("Series", "Body", "Session", "Actual"), ("S1", "A", "one", "1h"), ("S2", "A", "one", "2h")):
        book.worksheets[0].append(row)
    book.save(folder / "actuals.xlsx")
    run = schedule("fit", "actuals.xlsx")
    assert (run.status, run.err) == (0, "")
    assert run.out.startswith("one:  # A, 2 past sessions\n")
