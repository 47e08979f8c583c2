"""Reads a timetable from any hand: the bytes decide whether it is a document, a workbook or a table in CSV.

A document carries its scenario. Workbooks and tables carry none: it is given, or that of the document beside them, or
one of those that are known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from scheduler.errors import ScheduleError, TimetableError
from scheduler.reading.diagnostics import printable
from scheduler.reading.files import TIMETABLE, Held, as_text, read_bytes
from scheduler.wording import shortened

if TYPE_CHECKING:
    from exports.brought.reading import Brought, BroughtTable
    from exports.brought.workbooks import BroughtWorkbook
    from scheduler.documents.timetable_document import Stored
    from scheduler.domain.timetable import Timetable
    from scheduler.scenario import Scenario

MAX_DISAGREEMENTS = 8
"""Disagreements between the sheets of a workbook; further ones are only counted."""
SUFFIXES = (".json", ".xlsx", ".csv", ".tsv")
"""Endings of timetables; a file with another may be one as well."""
PRINTED = ("Annex", "Programme")
"""The sheets of a workbook of this program that people look at."""
_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*[{\[]\s*[\"{}\]]")
"""How JSON begins, and nothing else does."""
_SCENARIO_KEY = re.compile(r"(?m)^(?:name|meeting|calendar|bodies|extends)[ \t]*:")


def form_of(file: Held) -> Literal["document", "workbook", "table"]:
    """What the bytes of a timetable are; of bytes that are nothing of it, what the name says."""
    suffix = Path(file.path).suffix.lower()
    if file.data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "workbook"
    if suffix == ".json" or _OBJECT.match(file.data):
        return "document"
    if suffix == ".xlsx" and not (file.data.strip() and isinstance(as_text(file.data, TIMETABLE), str)):
        return "workbook"
    return "table"


def is_timetable(path: str) -> bool:
    """Whether a path names a timetable and no scenario: by its ending, and for others by what is in the file."""
    suffix = Path(path).suffix.lower()
    if suffix in (*SUFFIXES, ".yaml", ".yml") or not Path(path).is_file():
        return suffix in SUFFIXES
    file = Held(path, read_bytes(path, TIMETABLE))
    return form_of(file) != "table" or not _is_scenario(file.data)


def is_document(path: str) -> bool:
    """Whether a path names a timetable document, which carries its scenario."""
    return Path(path).suffix.lower() == ".json"


def _is_scenario(data: bytes) -> bool:
    text = as_text(data, TIMETABLE)
    return isinstance(text, str) and _SCENARIO_KEY.search(text) is not None


def read_timetable(
    path: str, scenario: Scenario | None = None, known: Sequence[Scenario] = (), *, widen: bool = False
) -> Stored:
    """Read a timetable. ``scenario``, if given, replaces the scenario of a document.

    Without it, one that carries none is of the scenario of the document beside it, or of one of ``known``. A workbook
    in the layout of CoSPLib needs ``scenario``. ``widen`` as in ``scheduler.documents.stored_timetable.read_stored``.

    Raises:
        InputError: the file is missing, or its bytes cannot be read.
        TimetableError: what was read is no timetable, or its scenario was not found.
    """
    file = Held(path, read_bytes(path, TIMETABLE))
    form = form_of(file)
    if form == "document":
        from scheduler.documents.stored_timetable import read_stored

        return read_stored(file, scenario, known, widen=widen)
    if form == "workbook":
        return _of_workbook(file, scenario, known, widen=widen)
    return _of_csv(file, scenario, known, widen=widen)


def _of_csv(file: Held, scenario: Scenario | None, known: Sequence[Scenario], *, widen: bool) -> Stored:
    from exports.brought.reading import BroughtTable
    from scheduler.reading.tables.files import bare_csv

    if _is_scenario(file.data):
        raise TimetableError(printable(f"{file}: this is a scenario: name a timetable of it"))
    table = BroughtTable(bare_csv(file))
    own, brought = _fitting(table, _scenarios(file, scenario, known), file)
    return _stored(own, brought.used(), file, widen=widen)


def _of_workbook(file: Held, scenario: Scenario | None, known: Sequence[Scenario], *, widen: bool) -> Stored:
    from exports.annex.sheet import disagreements
    from exports.brought.workbooks import SESSIONS, read_workbook
    from exports.cosplib.timetable_sheet import SHEET

    read = read_workbook(file)
    if read.named(SESSIONS) is None and read.named(SHEET) is not None:
        return _of_cosplib(file, scenario, widen=widen)
    scenarios = _scenarios(file, scenario, known, read.facts.get("Scenario"))
    table, notes = _sheet_of(read, file, scenario)
    if scenario is None and read.facts:
        scenarios = _of_its_facts(read, table, scenarios, file)
    own, brought = _fitting(table, scenarios, file)
    stored = _stored(own, brought.used(), file, widen=widen)
    told: list[str] = []
    if read.named(SESSIONS) is not None and not brought.of_another_year:
        told = list(disagreements(read.book, stored.scenario, stored.timetable, str(file)))
    said = [f"{file}: {sentence}; the sheet '{SESSIONS}' counts." for sentence in told[:MAX_DISAGREEMENTS]]
    if len(told) > MAX_DISAGREEMENTS:
        said.append(f"{file}: the sheets disagree in {len(told) - MAX_DISAGREEMENTS} more places.")
    return replace(stored, notes=(*stored.notes, *notes, *said), disagreements=tuple(said))


def _sheet_of(read: BroughtWorkbook, file: Held, scenario: Scenario | None) -> tuple[BroughtTable, list[str]]:
    """The sheet that says who meets when, and what is to be said of it.

    Raises:
        TimetableError: no sheet does, or several do.
    """
    from exports.brought.workbooks import SESSIONS, SIDE_EVENTS

    if (own := read.named(SESSIONS)) is not None:
        printed = read.named(*PRINTED)
        hidden = [f"{file}: the sheet '{SESSIONS}' is hidden, and counts all the same."] if own.hidden else []
        return replace(own.table, printed=None if printed is None else printed.table), hidden
    seen = [sheet for sheet in read.sheets if not sheet.hidden]
    found = [sheet for sheet in seen if sheet.name != SIDE_EVENTS and sheet.table.is_read(scenario)]
    found = [sheet for sheet in found if sheet.name in PRINTED] or found
    if any(sheet.name == PRINTED[1] and not sheet.table.days(()) for sheet in found):
        told = f"the sheet '{SESSIONS}' is missing, from which a programme of many rooms is read"
        raise TimetableError(printable(f"{file}: {told}: put it back"))
    if len(found) == 1:
        beside = read.named(SIDE_EVENTS)
        return replace(found[0].table, events=None if beside is None else beside.table), []
    names = ", ".join(f"'{sheet.name}'" for sheet in (found or seen or read.sheets)[:12])
    if found:
        raise TimetableError(printable(f"{file}: the sheets {names} all say who meets when: leave one, or hide others"))
    told = f"there are {names}" if names else "all are empty"
    aside = " (hidden ones are not read)" if len(seen) < len(read.sheets) else ""
    raise TimetableError(
        printable(
            f"{file}: no sheet{aside} is a list or a grid of meetings, {told}: name columns, as in day, half-day, "
            "session, or days with a half-day before each row"
        )
    )


def _of_cosplib(file: Held, scenario: Scenario | None, *, widen: bool) -> Stored:
    from exports.cosplib.timetable_sheet import read_sessions
    from scheduler.documents.stored_timetable import place_sessions
    from scheduler.documents.timetable_document import Stored

    if scenario is None:
        raise TimetableError(
            f"{file}: a timetable in the layout of CoSPLib does not name its scenario: 'check' takes both"
        )
    sessions, contradictions = read_sessions(file, scenario)
    placed = place_sessions(scenario, sessions, widen=widen)
    violations = (*placed.violations, *contradictions)
    return Stored(placed.scenario, placed.timetable, violations, None, {}, placed.outside)


def _stored(scenario: Scenario, brought: Brought, file: Held, *, widen: bool) -> Stored:
    """A timetable that was brought, on its scenario, with a document as it would have been stored with."""
    from scheduler.documents.stored_timetable import place_sessions
    from scheduler.documents.timetable_document import Stored, unclaimed_document

    placed = place_sessions(scenario, brought.sessions, brought.side_events, widen=widen)
    document = unclaimed_document(scenario, placed.timetable)
    notes = [*brought.notes, *_not_told_apart(placed.scenario, placed.timetable, brought, file)]
    return Stored(
        placed.scenario,
        placed.timetable,
        placed.violations,
        None,
        document,
        placed.outside,
        tuple(notes),
        name=str(file),
    )


def _not_told_apart(scenario: Scenario, timetable: Timetable, brought: Brought, file: Held) -> list[str]:
    """That rows of our own list leave open which session is which, where that list would have numbered them."""
    if not brought.by_order:
        return []
    from exports.annex.titles import words_of_titles

    words = words_of_titles(scenario, timetable)
    unclear = [session for session in scenario.sessions if session in brought.by_order]
    unclear = [session for session in unclear if any(word[1:-1].isdecimal() for word in words.get(session, ()))]
    if not unclear:
        return []
    names = shortened([scenario.title(session) for session in unclear])
    return [printable(f"{file}: nothing tells {names} apart: taken in the order in which they are listed.")]


# --- its scenario --------------------------------------------------------------------------------------------------


def _scenarios(
    file: Held, scenario: Scenario | None, known: Sequence[Scenario], named: str | None = None
) -> list[Scenario]:
    """The scenario given, or those that it may be for: of the document beside it, and the known ones.

    Raises:
        TimetableError: there is none.
    """
    from scheduler.documents.stored_timetable import read_stored

    if scenario is not None:
        return [scenario]
    found = list(known)
    beside = Path(file.path).with_name(f"{_stem(Path(file.path).name)}.json")
    if file.path != "-" and beside.is_file():
        try:
            found.insert(0, read_stored(beside).scenario)
        except ScheduleError:
            found = list(known)
    if not found:
        raise TimetableError(_unknown(file, named))
    return found


def _of_its_facts(
    read: BroughtWorkbook, table: BroughtTable, scenarios: Sequence[Scenario], file: Held
) -> list[Scenario]:
    """Of the scenarios those with the SHA-256 of a working workbook, or else with its name and all its sessions.

    Raises:
        TimetableError: none has.
    """
    name, sha256 = read.facts.get("Scenario", ""), read.facts.get("SHA-256 of the scenario", "")
    same = [scenario for scenario in scenarios if scenario.sha256 == sha256]
    if not same and name:  # by its name where the fingerprint was taken by another version of the program
        same = [each for each in scenarios if each.name == name and table.against(each).is_of(each)]
    if not same and name:
        raise TimetableError(_unknown(file, name))
    return same or list(scenarios)


def _unknown(file: Held, name: str | None) -> str:
    beside = f"{_stem(Path(file.path).name)}.json"
    remedy = "name its .yaml as well" + ("" if file.path == "-" else f", or keep {beside} beside it")
    called = f" '{name}'" if name else ""
    return printable(f"{file}: the scenario{called} of this timetable was not found: {remedy}")


def _fitting(table: BroughtTable, scenarios: Sequence[Scenario], file: Held) -> tuple[Scenario, Brought]:
    """The scenario against which the fewest mistakes are found, the first of equals."""
    read = [(scenario, table.against(scenario)) for scenario in scenarios]
    found, brought = min(read, key=lambda each: len(each[1].errors))
    if len(scenarios) > 1 and not brought.sessions:
        raise TimetableError(_unknown(file, None))
    return found, brought


def _stem(name: str) -> str:
    """``csp11`` for ``csp11.csv``, ``csp11.xlsx``, ``csp11.working.xlsx`` and ``csp11.clean.xlsx``."""
    return re.sub(r"\.(xlsx|csv|tsv)$", "", name, flags=re.IGNORECASE).removesuffix(".working").removesuffix(".clean")
