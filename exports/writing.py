"""Every format in which a timetable is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from exports.annex.facts import Facts, facts_of, facts_of_stored
from scheduler.checking import Report
from scheduler.documents.timetable_document import Stored, to_bytes, to_document
from scheduler.domain.timetable import Timetable
from scheduler.outcome import Outcome
from scheduler.scenario import Scenario

if TYPE_CHECKING:
    from exports.revision import Revision


def solved_files(scenario: Scenario, outcome: Outcome, alternative: str | None = None) -> Iterator[tuple[str, bytes]]:
    """The files of a new timetable, each with its ending: annex, working workbook, document."""
    assert outcome.timetable is not None
    facts = replace(facts_of(outcome), alternative=alternative)
    for name in ("xlsx", "working"):
        yield ENDINGS.get(name, name), WRITERS[name](scenario, outcome.timetable, facts)
    yield "json", to_bytes(to_document(scenario, outcome))


def _xlsx(scenario: Scenario, timetable: Timetable, _: Facts) -> bytes:
    from exports.xlsx.annex import annex_bytes

    return annex_bytes(scenario, timetable)


def _working(scenario: Scenario, timetable: Timetable, facts: Facts) -> bytes:
    from exports.xlsx.working import working_bytes

    return working_bytes(scenario, timetable, facts)


def _csv(scenario: Scenario, timetable: Timetable, _: Facts) -> bytes:
    from exports.csv_text import csv_bytes

    return csv_bytes(scenario, timetable)


def _cosplib(scenario: Scenario, timetable: Timetable, _: Facts) -> bytes:
    from exports.cosplib.timetable_sheet import timetable_bytes

    return timetable_bytes(scenario, timetable)


WRITERS: Mapping[str, Callable[[Scenario, Timetable, Facts], bytes]] = {
    "xlsx": _xlsx,
    "working": _working,
    "csv": _csv,
    "cosplib": _cosplib,
}
"""Writers by format. The name of a format is the ending of its file, unless ``ENDINGS`` has another."""

ENDINGS: Mapping[str, str] = {"working": "working.xlsx", "cosplib": "cosplib.xlsx"}

FORMATS = (*WRITERS, "json")


def render(name: str, stored: Stored, report: Report, revision: Revision | None) -> Iterator[tuple[str, bytes]]:
    """A stored timetable in one of ``FORMATS``: each file with its ending.

    The ``revision`` in it gives two annexes, with marks and without, and a table with its changes.
    """
    from exports.revision import without_claims

    ending = ENDINGS.get(name, name)
    if name == "json":
        yield ending, to_bytes(stored.document)
    elif revision is None or name not in ("xlsx", "working", "csv"):
        yield ending, WRITERS[name](without_claims(stored.scenario), stored.timetable, facts_of_stored(stored, report))
    elif name == "xlsx":
        yield from revision.annexes()
    elif name == "csv":
        yield ending, revision.csv()
    else:
        yield ending, revision.working(facts_of_stored(stored, report))


def stem(stored: Stored) -> str:
    """The name of the files of a timetable, without ending: the scenario and the number of the revision."""
    told = stored.document.get("revision")
    number = told.get("number") if isinstance(told, dict) else None
    return f"{stored.scenario.name}.rev{number}" if isinstance(number, int) else stored.scenario.name
