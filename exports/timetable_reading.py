"""Reads a stored timetable: a document, a workbook of this program, or one in the layout of CoSPLib."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.errors import ScheduleError, TimetableError

if TYPE_CHECKING:
    from exports.annex.reading import FromWorkbook
    from scheduler.documents.timetable_document import Stored
    from scheduler.scenario import Scenario

MAX_DISAGREEMENTS = 8
"""Disagreements between the sheets of a workbook; further ones are only counted."""


def is_workbook(path: str) -> bool:
    """Whether a path names a workbook."""
    return Path(path).suffix.lower() == ".xlsx"


def read_timetable(
    path: str, scenario: Scenario | None = None, known: Sequence[Scenario] = (), *, widen: bool = False
) -> Stored:
    """Read a document or a workbook. ``scenario``, if given, replaces the scenario of the document.

    A workbook has no scenario in it: that of the document beside it is used, or one of ``known``. A workbook in the
    layout of CoSPLib needs ``scenario``. ``widen`` as in ``scheduler.documents.stored_timetable.read_stored``.

    Raises:
        InputError: the file is missing, or its bytes cannot be read.
        TimetableError: what was read is no timetable, or its scenario was not found.
    """
    from scheduler.documents.stored_timetable import place_sessions, read_stored
    from scheduler.documents.timetable_document import Stored

    if not is_workbook(path):
        return read_stored(path, scenario, widen=widen)
    from exports.annex.reading import NotOursError, read_annex, sessions_in
    from exports.annex.sheet import disagreements
    from exports.cosplib.timetable_sheet import SHEET

    try:
        read = read_annex(path)
    except NotOursError as error:
        if SHEET not in error.sheets:
            raise
        return _of_cosplib(path, scenario, widen=widen)
    own = scenario or _scenario_of(read, path, known)
    placed = place_sessions(own, sessions_in(read, own), widen=widen)
    told = list(disagreements(read.workbook, placed.scenario, placed.timetable, path))
    notes = [f"{path}: {sentence}; the sheet 'Sessions' counts." for sentence in told[:MAX_DISAGREEMENTS]]
    if len(told) > MAX_DISAGREEMENTS:
        notes.append(f"{path}: the sheets disagree in {len(told) - MAX_DISAGREEMENTS} more places.")
    return Stored(placed.scenario, placed.timetable, placed.violations, None, {}, placed.outside, tuple(notes))


def _of_cosplib(path: str, scenario: Scenario | None, *, widen: bool) -> Stored:
    from exports.cosplib.timetable_sheet import read_sessions
    from scheduler.documents.stored_timetable import place_sessions
    from scheduler.documents.timetable_document import Stored

    if scenario is None:
        raise TimetableError(
            f"{path}: a timetable in the layout of CoSPLib does not name its scenario: 'check' takes both"
        )
    sessions, contradictions = read_sessions(path, scenario)
    placed = place_sessions(scenario, sessions, widen=widen)
    violations = (*placed.violations, *contradictions)
    return Stored(placed.scenario, placed.timetable, violations, None, {}, placed.outside)


def _scenario_of(read: FromWorkbook, path: str, known: Sequence[Scenario]) -> Scenario:
    """The scenario with the SHA-256 or name of a workbook; for an annex, the one that knows most of its rows."""
    from exports.annex.reading import known_rows
    from scheduler.documents.stored_timetable import read_stored

    beside = Path(path).with_name(_stem(Path(path).name) + ".json")
    scenarios = list(known)
    if beside.is_file():
        try:
            scenarios.insert(0, read_stored(beside).scenario)
        except ScheduleError:
            scenarios = list(known)
    same = [scenario for scenario in scenarios if scenario.sha256 == read.sha256]
    if not same and read.name:  # by its name where the fingerprint was taken by another version of the program
        whole = len(read.rows)
        same = [each for each in scenarios if each.name == read.name and known_rows(read, each) == whole]
    found = max(same if read.name else scenarios, key=lambda each: known_rows(read, each), default=None)
    if found is not None and known_rows(read, found):
        return found
    named = f" '{read.name}'" if read.name else ""
    raise TimetableError(
        f"{path}: the scenario{named} of this workbook was not found: name its .yaml as well, "
        f"or keep {beside.name} beside it"
    )


def _stem(name: str) -> str:
    """``csp11`` for ``csp11.xlsx``, ``csp11.working.xlsx`` and ``csp11.clean.xlsx``."""
    return name[: -len(".xlsx")].removesuffix(".working").removesuffix(".clean")
