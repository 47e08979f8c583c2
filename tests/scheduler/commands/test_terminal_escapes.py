"""No text of a file or of the command line is obeyed by a terminal, or reaches paper or a file, as a command."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scheduler.reading.cleaning import OBEYED, clean, cleaned, in_one_line

SCHEDULE = "import sys; sys.argv[0] = 'schedule'; from scheduler.cli import run; run()"
EVIL = "\x1b[31mRED\x1b]0;pwned\x07\x9b2J\x7f\u202e\u2066"
SCENARIO = f"""\
name: evil
meeting: {{series: "Series {EVIL}", annex_title: "TITLE {EVIL}", venue: "Hall {EVIL}"}}
calendar:
  slots: [10:00-13:00]
  days: [{{date: 2027-03-02, note: "Note {EVIL}"}}, 2027-03-03]
officers: [{{id: c, post: "Chair {EVIL}", vacant: true}}, {{id: d, name: "Dora {EVIL}", post: Chair}}]
rooms: [{{id: one, name: "Room {EVIL}"}}]
bodies:
  - {{id: A, name: "A {EVIL}", officers: [c], when_vacant: dropped, sessions: [{{id: a, duration: 3h}}]}}
  - {{id: B, name: "B {EVIL}", sessions: [{{id: b, title: "Talk {EVIL}", duration: 3h}}]}}
rules:
  - {{id: late, rule: not_on, of: [b], when: [2027-03-02, 2027-03-03], weight: 2, source: "Letter {EVIL}"}}
"""
RAW = re.compile("\x1b\\][^m]|\x1b\\[31mRED|[\x07\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]")
"""What is obeyed, apart from the looks and the moves of the cursor that are our own."""


def written(tmp_path: Path) -> Path:
    path = tmp_path / "evil.yaml"
    escaped = "".join(c if (c >= " " and not OBEYED.match(c)) or c == "\n" else f"\\u{ord(c):04x}" for c in SCENARIO)
    path.write_text(escaped, "utf-8")
    return path


def on_a_terminal(*words: str | Path) -> tuple[int, str]:
    """The status, and every character that a terminal is sent."""
    leader, follower = pty.openpty()
    arguments = [sys.executable, "-c", SCHEDULE, *map(str, words)]
    process = subprocess.Popen(arguments, stdin=follower, stdout=follower, stderr=follower)
    os.close(follower)
    sent = b""
    while True:
        try:
            data = os.read(leader, 65536)
        except OSError:  # the other end is closed
            break
        if not data:
            break
        sent += data
    os.close(leader)
    return process.wait(60), sent.decode("utf-8", "replace")


def test_nothing_in_a_scenario_is_obeyed_by_a_terminal(tmp_path: Path) -> None:
    path, out = written(tmp_path), tmp_path / "out"
    for words in (
        ("validate", path),
        ("solve", path, "-o", out, "--verbose"),
        ("solve", path, "-o", out, "-k", "2", "--apart", "1"),
        ("check", path, out / "evil.json"),
        ("explain", path, out / "evil.json", "b"),
        ("explain", path, "--prices"),
        ("what-if", path, "--require", "b on Wed"),
        ("forecast", path),
        ("compare", path, out / "evil.json"),
        ("export", out / "evil.json", "--to", "csv,xlsx", "-o", out),
    ):
        status, sent = on_a_terminal(*words)
        assert status in (0, 1), (words, sent)
        assert RAW.search(sent) is None, words
        assert "\x1b[31m" not in sent, words


def test_nothing_on_the_command_line_is_obeyed_by_a_terminal(tmp_path: Path) -> None:
    path = written(tmp_path)
    named = tmp_path / f"{EVIL.replace(chr(0), '')}.yaml"
    named.write_text("name: [", "utf-8")
    for words in (
        ("validate", named),
        ("solve", f"{tmp_path}/{EVIL}"),
        ("solve", path, f"--{EVIL}"),
        ("solve", path, EVIL),
        ("what-if", path, "--require", EVIL),
        ("what-if", path, "--drop", EVIL),
        ("explain", path, path, EVIL),
        ("export", path, "--to", EVIL),
        ("verify", named),
        (EVIL,),
    ):
        status, sent = on_a_terminal(*words)
        assert status == 2, (words, sent)
        assert RAW.search(sent) is None, words


def test_nothing_of_it_stands_in_a_file(tmp_path: Path) -> None:
    path, out = written(tmp_path), tmp_path / "out"
    run = [sys.executable, "-c", SCHEDULE]
    subprocess.run([*run, "solve", str(path), "-o", str(out)], check=True, capture_output=True)
    formats = [*run, "export", str(out / "evil.json"), "--to", "csv,json,xlsx", "-o", str(out)]
    subprocess.run(formats, check=True, capture_output=True)
    page = out / "options.html"
    subprocess.run([*run, "compare", str(path), "--html", str(page)], check=True, capture_output=True)
    for file in sorted(out.iterdir()):
        if file.suffix != ".xlsx":
            assert OBEYED.search(file.read_text("utf-8-sig")) is None, file
            continue
        for sheet in load_workbook(file):
            assert OBEYED.search(sheet.title) is None
            values = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
            assert not any(OBEYED.search(value) for value in values), (file, sheet.title)
        with zipfile.ZipFile(file) as packed:
            assert not any(OBEYED.search(packed.read(part).decode("utf-8")) for part in packed.namelist())
    found = json.loads((out / "evil.json").read_bytes())
    assert cleaned(found) == found


def test_a_warning_says_that_something_was_left_out(tmp_path: Path) -> None:
    run = [sys.executable, "-c", SCHEDULE, "validate", str(written(tmp_path))]
    done = subprocess.run(run, check=True, capture_output=True, text=True)
    assert "rooms.one.name" in done.stderr or "rooms[0].name" in done.stderr
    assert "7 characters that are no text, but a command to the screen: left out" in done.stderr


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("שלום عربى", "שלום عربى"),
        ("a\u200fb\u200e", "a\u200fb\u200e"),
        ("e\u0301 \u0928\u093f", "e\u0301 \u0928\u093f"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("no\u00a0break ", "no\u00a0break "),
        ("a\x00b\x1bc\x85d\u202ee\u2028f", "abcdef"),
        ("one\ntwo\tthree", "one\ntwo\tthree"),
    ],
)
def test_text_stays_and_commands_go(text: str, left: str) -> None:
    assert clean(text) == left


def test_a_text_of_several_lines_becomes_one_and_blanks_at_its_ends_stay() -> None:
    assert in_one_line("A title\n  of two lines\n") == "A title   of two lines"
    assert in_one_line(" ABC ") == " ABC "
