"""A seeded fuzzer of the command line: scenarios, documents, certificates, tables, workbooks and arguments.

    PYTHONPATH=tests python tests/campaigns/fuzz.py 10000 --seed 1

It takes what works, changes one to four things in it that a tired or hostile hand could change, and calls ``schedule``
in this process. Whatever the input: no exception may escape, the exit status is one that is documented, and a command
ends within its time limit. What fails is kept in a folder with the command that shows it. The same seed draws the same
calls.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from independent import drawing
from support import random_programmes
from support.letter_drafts import draft_of_text
from support.project import ROOT

from constraints import KINDS
from exports.writing import FORMATS
from scheduler.cli import main

STATUSES = frozenset({0, 1, 2, 3, 4})
"""What a command may end with that nobody interrupts: the table of exit statuses in ``docs/work.md``."""
LIMIT = 1
"""Seconds that each search is given."""
GRACE = 2.0
"""Seconds that reading and writing may take besides."""
HANGS = 60
"""Seconds after which a call is given up."""
NASTY: tuple[Any, ...] = (
    "",
    " ",
    None,
    True,
    0,
    -1,
    1.5,
    10**18,
    "-1",
    "1e9",
    "99999999h",
    "1h90",
    "24:00",
    "25:00",
    "22:00-02:00",
    "00:00-24:00",
    "2027-02-30",
    "Friday",
    "last day",
    "first day pm",
    "0001-01-01",
    "2027-03-28",
    "[",
    "{dates}",
    "{{",
    "=1+1",
    "CON",
    "../up",
    "a" * 5000,
    "\u202etxt",
    "\x1b[31mred",
    "\x00",
    "line\nline",
    "\u0645\u0631\u062d\u0628\u0627",
    "Europe/Nowhere",
    "Antarctica/Troll",
    [],
    {},
    [[]],
    [None],
    {"rule": "rolling"},
    {"from": "table.csv"},
)


@dataclass
class Outcome:
    """What the calls gave."""

    calls: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


class Hung(BaseException):
    """A call was given up."""


# --- one call ---------------------------------------------------------------------------------------------------


def call(arguments: Sequence[str], folder: Path) -> tuple[int | None, str, float]:
    """Status (None: an exception escaped), what was printed, and seconds."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="surrogateescape", write_through=True)
    before, began, status = Path.cwd(), time.monotonic(), None
    argv, stdin = sys.argv, sys.stdin
    sys.argv, sys.stdin = ["schedule", *arguments], io.TextIOWrapper(io.BytesIO(b""), encoding="utf-8")
    os.chdir(folder)
    try:
        with _alarm(), redirect_stdout(out), redirect_stderr(out):
            main()
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    except BaseException:  # noqa: BLE001  whatever escapes is what is looked for
        out.write(traceback.format_exc())
    finally:
        os.chdir(before)
        sys.argv, sys.stdin = argv, stdin
    taken = time.monotonic() - began
    out.flush()
    return status, out.buffer.getvalue().decode("utf-8", "replace"), taken  # type: ignore[attr-defined]


@contextmanager
def _alarm() -> Iterator[None]:
    def give_up(*_: object) -> None:
        raise Hung

    previous = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(HANGS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)


# --- what is changed --------------------------------------------------------------------------------------------


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value below the root."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in items:
        yield (*path, key)
        yield from places(below, (*path, key))


def at(value: Any, path: Sequence[Any]) -> Any:
    """What stands there."""
    for step in path:
        value = value[step]
    return value


def change_tree(rng: Random, data: Any, others: Sequence[Any]) -> Any:
    """A copy in which one thing is otherwise."""
    data = json.loads(json.dumps(data))
    paths = list(places(data))
    if not paths:
        return rng.choice(NASTY)
    path = rng.choice(paths)
    holder, key = at(data, path[:-1]), path[-1]
    match rng.choice((0, 1, 2, 3, 4, 4, 4, 4, 5, 6, 7)):
        case 0:
            del holder[key]
        case 1:
            holder[key] = rng.choice(NASTY)
        case 2 if isinstance(holder, dict):
            holder[_misspelt(rng, str(key))] = holder.pop(key)
        case 3 if isinstance(holder, list):
            holder.insert(key, json.loads(json.dumps(holder[key])))
        case 4:
            other = rng.choice(others)
            alike = [p for p in places(other) if p[-1] == key or (isinstance(key, int) and p[-2:-1] == path[-2:-1])]
            found = alike or list(places(other))
            holder[key] = at(other, rng.choice(found)) if found else None
        case 5:
            target = rng.choice(paths)
            here, there = at(data, path), at(data, target)
            if not (path == target[: len(path)] or target == path[: len(target)]):
                holder[key], at(data, target[:-1])[target[-1]] = there, here
        case 6 if isinstance(holder[key], str) and holder[key]:
            holder[key] = _misspelt(rng, holder[key])
        case 7:
            holder[key] = [holder[key]]
        case _:
            holder[key] = rng.choice(NASTY)
    return data


def _misspelt(rng: Random, word: str) -> str:
    number = rng.randrange(len(word) + 1)
    return rng.choice(
        (
            word[:number] + rng.choice("xX9-: \u00e9\t") + word[number:],
            word[:number] + word[number + 1 :],
            word.upper(),
            word[::-1],
            f" {word} ",
        )
    )


def change_text(rng: Random, text: str) -> str:
    """A text in which a line is gone, doubled, moved, cut or spoilt."""
    lines = text.splitlines(keepends=True) or [""]
    number = rng.randrange(len(lines))
    match rng.randrange(9):
        case 0:
            del lines[number]
        case 1:
            lines.insert(number, lines[number])
        case 2:
            lines[number] = " " * rng.randint(1, 3) + lines[number]
        case 3:
            lines[number] = lines[number].replace(" ", "\t", 1)
        case 4:
            lines[number] = lines[number][: rng.randrange(len(lines[number]) + 1)] + "\n"
        case 5:
            lines[number] = f"&a {lines[number]}*a\n"
        case 6:
            return text[: rng.randrange(len(text) + 1)]
        case 7:
            position = rng.randrange(len(text) + 1)
            return text[:position] + rng.choice("\x00\x07\u202e:{}[]#'\"!&*%@`|>\n") + text[position:]
        case _:
            other = rng.randrange(len(lines))
            lines[number], lines[other] = lines[other], lines[number]
    return "".join(lines)


def change_bytes(rng: Random, data: bytes) -> bytes:
    """Bytes cut, or with some that are others."""
    spoilt = bytearray(data)
    if not spoilt or rng.random() < 0.3:
        return data[: rng.randrange(len(data) + 1)]
    for _ in range(rng.randint(1, 8)):
        spoilt[rng.randrange(len(spoilt))] = rng.randrange(256)
    return bytes(spoilt)


def change_workbook(rng: Random, data: bytes) -> bytes:
    """A workbook with a part gone or spoilt, or its bytes."""
    if rng.random() < 0.2:
        return change_bytes(rng, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice(sorted(parts))
    sheet = next((n for n in sorted(parts) if "sheet1" in n), name)
    match rng.randrange(4):
        case 0:
            del parts[name]
        case 1:
            parts[name] = change_bytes(rng, parts[name])
        case 2:
            words = parts[sheet].split(b"<t>")
            number = rng.randrange(len(words))
            words[number] = str(rng.choice(NASTY)).encode("utf-8", "replace") + words[number]
            parts[sheet] = b"<t>".join(words)
        case _:
            parts[name] = change_text(rng, parts[name].decode("utf-8", "replace")).encode("utf-8", "replace")
    spoilt = io.BytesIO()
    with zipfile.ZipFile(spoilt, "w") as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    return spoilt.getvalue()


# --- changes after which a scenario is still one ----------------------------------------------------------------


def tweak(rng: Random, data: dict[str, Any]) -> dict[str, Any]:
    """A copy in which a planner has thought again about one thing."""
    data = json.loads(json.dumps(data))
    rules, bodies, calendar = data.setdefault("rules", []), data["bodies"], data["calendar"]
    sessions = [session for body in bodies for session in body.get("sessions", ())]
    days = [str(day["date"] if isinstance(day, dict) else day.split()[-1]) for day in calendar["days"]]
    match rng.randrange(9):
        case 0 if rules:
            del rules[rng.randrange(len(rules))]
        case 1 if rules:
            rng.choice(rules)["weight"] = rng.randint(1, 9)
        case 2 if rules:
            rng.choice(rules).pop("weight", None)
        case 3 if sessions:
            rng.choice(sessions)["duration"] = rng.choice(("30 min", "1h", "1h30", "3h", "6h"))
        case 4 if data.get("officers"):
            rng.choice(data["officers"])["absent"] = [rng.choice(days)]
        case 5 if len(days) > 1:
            del calendar["days"][rng.randrange(len(days))]
        case 6 if sessions:
            rng.choice(sessions)["access"] = ["states-parties"]
        case 7:
            event = {"day": rng.choice(days), "title": "Lunch", "hours": "13:15-14:45", "organiser": "Peru"}
            data["side_events"] = [event] * rng.randint(1, 2)
            if rng.random() < 0.5:
                placed = [{"title": f"Talk {n}", "length": "1h", "organiser": "Peru"} for n in range(rng.randint(1, 3))]
                rooms = rng.choice(([], ["XXII"], ["XXII", "XXIII"]))
                data["side_events"] = {"windows": ["13:15-14:45"], "rooms": rooms, "events": [event, *placed]}
        case _:
            kind = rng.choice(("early_finish", "no_idle_slots", "within_day", "one_at_a_time", "rolling", "room_clash"))
            rules.append({"rule": kind, "weight": rng.randint(1, 9)})
    return dict(data)


# --- what works ---------------------------------------------------------------------------------------------------


@dataclass
class Work:
    """A scenario that is valid, and what the commands make of it."""

    scenario: dict[str, Any]
    documents: list[dict[str, Any]]
    certificates: list[dict[str, Any]]
    workbooks: list[bytes]

    @property
    def names(self) -> list[str]:
        """Every id in it."""
        return [str(at(self.scenario, path)) for path in places(self.scenario) if path[-1] == "id"] or ["x"]


@dataclass
class Corpus:
    """Inputs that work, to be changed."""

    texts: list[str]
    works: list[Work]
    scenarios: list[dict[str, Any]]
    documents: list[dict[str, Any]]
    certificates: list[dict[str, Any]]
    workbooks: list[bytes]

    @classmethod
    def made(cls, rng: Random, folder: Path, size: int) -> Corpus:
        """Scenarios of the project and as many drawn ones, ``size`` of each at most."""
        from scheduler.reading.yamltext import read_document

        files = sorted((ROOT / "scenarios").rglob("*.yaml"))
        whole = [
            path for path in files if "extends:" not in path.read_text("utf-8") and path.parent.name != "conference"
        ]
        whole = rng.sample(whole, min(size, len(whole)))
        scenarios = [read_document(path).data for path in whole] + [_drawn(rng) for _ in range(size)]
        works = [_worked(data, number, folder) for number, data in enumerate(scenarios)]
        works += [work for work in works for _ in range(2) if work.documents]  # what can be solved leads further
        corpus = cls([path.read_text("utf-8") for path in whole], works, scenarios, [], [], [])
        for work in works:
            corpus.documents += work.documents
            corpus.certificates += work.certificates
            corpus.workbooks += work.workbooks
        assert corpus.documents
        assert corpus.certificates
        assert corpus.workbooks
        return corpus


def _worked(data: dict[str, Any], number: int, folder: Path) -> Work:
    path, name = folder / f"work{number}.yaml", f"cert{number}.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    call(["solve", path.name, "--time-limit", "5", "-o", f"out{number}"], folder)
    if number % 2:
        call(["explain", path.name, "--certificate", name, "--time-limit", "5"], folder)
    documents = [json.loads(found.read_text("utf-8")) for found in sorted(folder.glob(f"out{number}/[!.]*.json"))]
    certificates = [json.loads(found.read_text("utf-8")) for found in folder.glob(name)]
    return Work(
        data, documents, certificates, [found.read_bytes() for found in sorted(folder.glob(f"out{number}/*.xlsx"))]
    )


def _drawn(rng: Random) -> dict[str, Any]:
    """A small scenario with rules of every kind."""
    if rng.random() < 0.5:
        return drawing.scenario(rng, 10_000)
    while True:
        data = random_programmes.programme(rng)
        kinds = rng.sample(sorted(KINDS), rng.randint(1, 6))
        data["rules"] = [random_programmes.rule(rng, kind, data) for kind in kinds]
        if scenario := random_programmes.admitted(data):
            return scenario.document


# --- calls ------------------------------------------------------------------------------------------------------


class Fuzzer:
    """Draws calls, and writes their files into a folder."""

    def __init__(self, rng: Random, corpus: Corpus, folder: Path) -> None:
        self.rng, self.corpus, self.folder = rng, corpus, folder
        self.work = corpus.works[0]

    def _write(self, name: str, content: str | bytes) -> str:
        data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        (self.folder / name).write_bytes(data)
        return name

    def _scenario(self) -> str:
        rng = self.rng
        if rng.random() < 0.15:
            text = rng.choice(self.corpus.texts)
            for _ in range(rng.randint(1, 3)):
                text = change_text(rng, text)
            return self._write("scenario.yaml", text)
        data: Any = self.work.scenario
        if rng.random() < 0.15:
            data = {**data, "sessions": {"from": self._table(data)}}
        for _ in range(rng.choice((0, 0, 1, 2))):
            data = tweak(rng, data)
        for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
            data = change_tree(rng, data, self.corpus.scenarios)
        return self._write("scenario.yaml", json.dumps(data, ensure_ascii=rng.random() < 0.5))

    def _table(self, data: Any) -> str:
        bodies = [str(body.get("id")) for body in data.get("bodies", ()) if isinstance(body, dict)] or ["A"]
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(["id", "duration", "body", "title", "presenters"])
        for number in range(self.rng.randint(0, 6)):
            presenter = self.rng.choice(("Ann Lee", "Ben Ode; Ann Lee", "TBC", "=1+1", ""))
            writer.writerow([f"t{number}", "30 min", self.rng.choice(bodies), f"Talk {number}", presenter])
        found = text.getvalue()
        for _ in range(self.rng.randint(0, 2)):
            found = change_text(self.rng, found)
        return self._write("table.csv", found)

    def _json(self, name: str, known: Sequence[Any]) -> str:
        data = self.rng.choice(known)
        for _ in range(self.rng.choice((0, 0, 0, 1, 1, 2))):
            data = change_tree(self.rng, data, known)
        text = json.dumps(data)
        return self._write(name, change_text(self.rng, text) if self.rng.random() < 0.1 else text)

    def _document(self) -> str:
        return self._json("timetable.json", self.work.documents or self.corpus.documents)

    def _timetable(self) -> str:
        if self.rng.random() < 0.3:
            data = self.rng.choice(self.work.workbooks or self.corpus.workbooks)
            return self._write("annex.xlsx", change_workbook(self.rng, data) if self.rng.random() < 0.8 else data)
        return self._half_days() if self.rng.random() < 0.3 else self._document()

    def _half_days(self) -> str:
        """Half-days as a planner might type them, in a list or a grid, and misspell them."""
        rng, names = self.rng, self.work.names
        parts = ("morning", "pm", "evening", "10:00-13:00", "15:00", "")
        days = ("Tuesday", "Wed", "Thursday 25 February", "2027-02-23", "3/2/2027", "0001-01-01", "last day")
        if rng.random() < 0.5:
            rows = [["day", "half-day", rng.choice(("body", "session", "what")), "start", "room"]]
            for _ in range(rng.randint(0, 6)):
                rows.append([rng.choice(days), rng.choice(parts), rng.choice(names), rng.choice(("", "11:00")), ""])
        else:
            rows = [["Time", *rng.sample(days, 3)]]
            for part in rng.sample(parts, 3):
                rows.append([part, *(rng.choice((rng.choice(names), "tbc", "")) for _ in range(3))])
        text = "\n".join(rng.choice((",", ";")).join(row) for row in rows)
        for _ in range(rng.choice((0, 0, 1, 2))):
            text = change_text(rng, text)
        return self._write("half-days.csv", text)

    def _word(self) -> str:
        """A name or a wish, as it might be typed."""
        rng = self.rng
        names = self.work.names
        name = rng.choice(names)
        when = rng.choice(
            ("on Wed pm", "at 15:00", "before " + rng.choice(names), "in hall", "on Fri 22:00", "", "on 2027")
        )
        word = rng.choice(
            (name, f"{name} {when}", str(rng.choice(NASTY)), f"{name}@{rng.choice(('11:20', '', '@', '25:00'))}")
        )
        return word if rng.random() < 0.8 or not word else _misspelt(rng, word)

    def _report(self) -> str:
        """A session with a time, as it should be written, or some word."""
        if self.rng.random() < 0.3:
            return self._word()
        sessions = [s["id"] for body in self.work.scenario["bodies"] for s in body.get("sessions", ())] or ["x"]
        return f"{self.rng.choice(sessions)}{self.rng.choice(('', '@11:20', '@10:00', '@15:00'))}"

    def _moment(self) -> str:
        days = [
            str(d["date"] if isinstance(d, dict) else d).split()[-1] for d in self.work.scenario["calendar"]["days"]
        ]
        known = f"{self.rng.choice(days)} {self.rng.choice(('10:00', '11:40', '15:30', '18:00', '24:00'))}"
        odd = ("Wednesday 11:40", "11:40", "Fri 24:00", "", "tomorrow", self._word())
        return known if self.rng.random() < 0.7 else self.rng.choice(odd)

    def draw(self) -> list[str]:
        """One call."""
        rng, limit = self.rng, ["--time-limit", str(LIMIT)]
        solved = [work for work in self.corpus.works if work.documents]
        self.work = rng.choice(solved if rng.random() < 0.7 else self.corpus.works)
        json_too = ["--json"] if rng.random() < 0.2 else []
        kinds: dict[str, Callable[[], list[str]]] = {
            "validate": lambda: [self._scenario(), *json_too],
            "solve": lambda: [self._scenario(), *limit, *json_too, *rng.choice(([], [], ["-k", "2"], ["--verbose"]))],
            "check": lambda: [self._scenario(), self._timetable(), *json_too],
            "explain": lambda: [
                self._scenario(),
                *limit,
                *json_too,
                *rng.choice(([], ["--prices"], ["--ties"], [self._timetable(), self._word()])),
            ],
            "what-if": lambda: [self._scenario(), *limit, *json_too, *self._wishes()],
            "verify": lambda: [
                self._json("certificate.json", self.work.certificates or self.corpus.certificates),
                *limit,
                *json_too,
            ],
            "compare": lambda: [
                self._scenario(),
                self._timetable(),
                *limit,
                *json_too,
                *rng.choice(([], ["--html", "page.html"], ["--xlsx", "page.xlsx"], ["--over", self._word()])),
            ],
            "replan": lambda: [
                self._scenario(),
                "--from",
                self._timetable(),
                *limit,
                *json_too,
                *rng.choice(([], ["--pareto"], ["--frozen-before", self._moment()], ["--keep", f"day:{self._word()}"])),
            ],
            "forecast": lambda: [rng.choice((self._scenario, self._document))(), *limit, *json_too],
            "now": lambda: [
                self._document(),
                *rng.choice(
                    (
                        ["--at", self._moment()],
                        ["--at", self._moment(), "--done", self._report()],
                        ["--at", self._moment(), "--running", self._report()],
                        ["--at", self._moment(), "--done", self._report(), "--running", self._report()],
                        ["--undo"],
                    )
                ),
                *json_too,
            ],
            "export": lambda: [
                self._document(),
                "--to",
                rng.choice((*FORMATS, "xlsx,csv,json", self._word())),
                *json_too,
            ],
            "letter": lambda: [
                self._scenario(),
                *rng.choice(([], [self._timetable()])),
                *rng.choice(([], ["-o", "letters/letter.docx"], ["--template", self._word()])),
                *json_too,
            ],
            "lint": lambda: [self._letter(), *rng.choice(([], [self._scenario()])), *json_too],
            "import": lambda: [
                self._write("foreign.xlsx", change_workbook(rng, rng.choice(self.corpus.workbooks))),
                "--format",
                "cosplib",
                "-o",
                "imported",
            ],
            "init": lambda: [
                rng.choice(("try", "csp13", f"t{rng.randrange(10**6)}", "CON", "../x", self._word())),
                "--days",
                rng.choice(("2027-02-23..2027-02-26", "2027-02-23..2027-03-05", "2027-02-23", self._moment())),
                *rng.choice(([], ["--conference"])),
                "-o",
                "started",
            ],
        }
        name = rng.choice(sorted(kinds))
        drawn = [word.replace("\x00", "") for word in kinds[name]()]
        if rng.random() < 0.03:
            drawn.insert(rng.randrange(len(drawn) + 1), str(rng.choice(NASTY)).replace("\x00", ""))
        return [name, *drawn]

    def _letter(self) -> str:
        """A real letter that is spoilt, as text or as Word file."""
        path = self.rng.choice(sorted((ROOT / "tests" / "golden" / "letters").glob("*.txt")))
        text = path.read_text("utf-8")
        if self.rng.random() < 0.3:
            return self._write("letter.docx", change_workbook(self.rng, draft_of_text(path.stem, text).as_word()))
        for _ in range(self.rng.randint(1, 4)):
            text = change_text(self.rng, text)
        return self._write("letter.txt", text)

    def _wishes(self) -> list[str]:
        rng = self.rng
        found = []
        for _ in range(rng.choice((1, 1, 2))):
            flag = rng.choice(("--require", "--forbid", "--drop", "--set"))
            path = rng.choice([p for p in places(self.work.scenario) if p])
            value = at(self.work.scenario, path)
            if rng.random() < 0.4 or isinstance(value, dict):
                value = rng.choice((*NASTY, "1h", "3h", "[]", "[2027-03-02]", "15:00", "2"))
            named = ".".join(map(str, path))
            found += [flag, f"{named}={value}" if flag == "--set" else self._wish(flag)]
        return found

    def _wish(self, flag: str) -> str:
        """A wish as it should be written, or some word."""
        rng = self.rng
        if rng.random() < 0.25:
            return self._word()
        if flag == "--drop":
            return str(rng.choice([r.get("id", r["rule"]) for r in self.work.scenario.get("rules", ())] or ["rolling"]))
        sessions = [s["id"] for body in self.work.scenario["bodies"] for s in body.get("sessions", ())] or ["x"]
        when = rng.choice(("on Tue", "on Wed pm", "at 10:00", "at 15:00", "on first day", "on last day am", "before"))
        return f"{rng.choice(sessions)} {when}" + (f" {rng.choice(sessions)}" if when == "before" else "")


def run(
    count: int, seed: int, folder: Path, keep: Path | None = None, *, size: int = 60, timed: bool = True
) -> Outcome:
    """Draw and make ``count`` calls; what fails is copied to ``keep``. Not ``timed``: however long they take.

    SCHEDULE_TRACEBACK must be set, or exceptions do not escape.
    """
    rng, outcome = Random(seed), Outcome()
    fuzzer = Fuzzer(rng, Corpus.made(rng, folder, size), folder)
    for number in range(count):
        arguments = fuzzer.draw()
        status, said, taken = call(arguments, folder)
        outcome.calls += 1
        outcome.statuses[f"{arguments[0]} {status}"] += 1
        fault = None
        if status is None:
            fault = said.strip().splitlines()[-1] if said.strip() else "an exception"
        elif status not in STATUSES or "internal error" in said:
            fault = f"status {status}"
        elif timed and "--time-limit" in arguments and taken > LIMIT + GRACE:
            fault = f"{taken:.1f} s, {LIMIT} s were given"
        if fault:
            outcome.failures.append(f"call {number}: {fault}: schedule {' '.join(map(repr, arguments))}")
            if keep is not None:
                _kept(folder, keep / str(number), arguments, said)
    return outcome


def _kept(folder: Path, target: Path, arguments: Sequence[str], said: str) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for name in arguments:
        if name and len(name) < 100 and (folder / name).is_file():
            (target / name).write_bytes((folder / name).read_bytes())
    for name in ("table.csv",):
        if (folder / name).is_file():
            (target / name).write_bytes((folder / name).read_bytes())
    (target / "call.txt").write_text(f"{list(arguments)!r}\n\n{said}", encoding="utf-8", errors="replace")


def _command_line() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-failures"))
    chosen = parser.parse_args()
    os.environ["SCHEDULE_TRACEBACK"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(chosen.count, chosen.seed, Path(folder), chosen.keep.resolve())
    for failure in outcome.failures:
        print(failure)
    print(f"{outcome.calls} calls, {len(outcome.failures)} failures")
    print(", ".join(f"{name}: {count}" for name, count in sorted(outcome.statuses.items())))
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(_command_line())
