"""Every format in which a timetable is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from exports.annex.facts import Facts, facts_of, facts_of_stored
from exports.extras import extra
from scheduler.checking import Report
from scheduler.documents.timetable_document import Stored, to_bytes, to_document
from scheduler.domain.timetable import Timetable
from scheduler.outcome import Outcome
from scheduler.scenario import Scenario

if TYPE_CHECKING:
    from exports.revision import Revision


FONTS: ContextVar[Path | None] = ContextVar("fonts", default=None)
"""The folder whose fonts set a PDF; None: those of the system."""


def solved_files(scenario: Scenario, outcome: Outcome, alternative: str | None = None) -> Iterator[tuple[str, bytes]]:
    """The files of a new timetable, each with its ending: annex, working workbook, document."""
    assert outcome.timetable is not None
    facts = replace(facts_of(outcome), alternative=alternative)
    yield FORMATS["xlsx"].ending, _xlsx(scenario, outcome.timetable, facts)
    yield FORMATS["working"].ending, _working(scenario, outcome.timetable, facts)
    yield "json", to_bytes(to_document(scenario, outcome))


def _xlsx(scenario: Scenario, timetable: Timetable, _: Facts) -> bytes:
    from exports.xlsx.annex import annex_bytes

    return annex_bytes(scenario, timetable)


def _working(scenario: Scenario, timetable: Timetable, facts: Facts) -> bytes:
    from exports.xlsx.working import working_bytes

    return working_bytes(scenario, timetable, facts)


def _pdf(scenario: Scenario, timetable: Timetable, _: Facts) -> bytes:
    with extra("pdf", "A PDF"):
        from exports.pdf.annex import annex_bytes

    return annex_bytes(scenario, timetable, fonts=FONTS.get())


def _pdf_revised(revision: Revision, _: Facts) -> Iterator[tuple[str, bytes]]:
    """The annex with its marks, and a clean copy."""
    with extra("pdf", "A PDF"):
        from exports.pdf.annex import annex_bytes

    assert revision.outcome.timetable is not None
    yield "pdf", annex_bytes(revision.scenario, revision.outcome.timetable, revision.layout, FONTS.get())
    yield "clean.pdf", annex_bytes(revision.clean, revision.outcome.timetable, fonts=FONTS.get())


def _services(scenario: Scenario, timetable: Timetable, _: Facts) -> bytes:
    from exports.services.workbook import services_bytes

    return services_bytes(scenario, timetable)


def _html(scenario: Scenario, timetable: Timetable, _: Facts) -> bytes:
    from exports.html.annex import html_bytes

    return html_bytes(scenario, timetable)


def _html_revised(revision: Revision, _: Facts) -> Iterator[tuple[str, bytes]]:
    """The page with its marks, and a clean copy."""
    from exports.html.annex import html_bytes
    from exports.html.layout import drawn

    assert revision.outcome.timetable is not None
    yield "html", html_bytes(revision.scenario, revision.outcome.timetable, drawn(revision.layout))
    yield "clean.html", html_bytes(revision.clean, revision.outcome.timetable)


def _ics(scenario: Scenario, timetable: Timetable) -> Iterator[tuple[str, bytes]]:
    with extra("calendar", "A calendar"):
        from exports.calendar.ics import calendars
    from exports.calendar.events import events_of

    yield from calendars(scenario, events_of(scenario, timetable))


def _ics_revised(revision: Revision, _: Facts) -> Iterator[tuple[str, bytes]]:
    """With what has changed since, and what is gone."""
    with extra("calendar", "A calendar"):
        from exports.calendar.ics import calendars
    from exports.calendar.events import events_of

    assert revision.outcome.timetable is not None
    events, before = events_of(revision.after, revision.outcome.timetable), events_of(revision.before, revision.old)
    gone = {name: event for name, event in before.items() if name not in events}
    yield from calendars(revision.after, events, revision.sequence, gone)


def _frab(scenario: Scenario, timetable: Timetable, _: Facts) -> bytes:
    from exports.systems.frab import frab_bytes

    return frab_bytes(scenario, timetable)


def _frab_revised(revision: Revision, _: Facts) -> Iterator[tuple[str, bytes]]:
    from exports.systems.frab import frab_bytes

    assert revision.outcome.timetable is not None
    yield "frab.xml", frab_bytes(revision.after, revision.outcome.timetable, f"Rev.{revision.number}")


def _pretalx(scenario: Scenario, timetable: Timetable, _: Facts) -> bytes:
    from exports.systems.pretalx import pretalx_bytes

    return pretalx_bytes(scenario, timetable)


def _pretalx_revised(revision: Revision, _: Facts) -> Iterator[tuple[str, bytes]]:
    from exports.systems.pretalx import pretalx_bytes

    assert revision.outcome.timetable is not None
    yield "pretalx.json", pretalx_bytes(revision.after, revision.outcome.timetable, f"Rev.{revision.number}")


def _indico(scenario: Scenario, timetable: Timetable, _: Facts) -> bytes:
    from exports.systems.lists import indico_bytes

    return indico_bytes(scenario, timetable)


def _odoo(scenario: Scenario, timetable: Timetable, _: Facts) -> bytes:
    from exports.systems.lists import odoo_bytes

    return odoo_bytes(scenario, timetable)


def _csv(scenario: Scenario, timetable: Timetable, _: Facts) -> bytes:
    from exports.csv_text import csv_bytes

    return csv_bytes(scenario, timetable)


def _cosplib(scenario: Scenario, timetable: Timetable, _: Facts) -> bytes:
    from exports.cosplib.timetable_sheet import timetable_bytes

    return timetable_bytes(scenario, timetable)


def _docx(scenario: Scenario, timetable: Timetable, _: Facts) -> bytes:
    with extra("word", "A Word file"):
        from exports.word.annex import annex_bytes

    return annex_bytes(scenario, timetable)


def _docx_revised(revision: Revision, _: Facts) -> Iterator[tuple[str, bytes]]:
    """The annex with its marks, and a clean copy."""
    with extra("word", "A Word file"):
        from exports.word.annex import annex_bytes

    assert revision.outcome.timetable is not None
    yield "docx", annex_bytes(revision.scenario, revision.outcome.timetable, revision.layout)
    yield "clean.docx", annex_bytes(revision.clean, revision.outcome.timetable)


@dataclass(frozen=True, slots=True)
class Format:
    """How a timetable is written."""

    ending: str
    """Of its file."""
    write: Callable[[Scenario, Timetable, Facts], bytes | Iterable[tuple[str, bytes]]] | None
    """Its one file, or several, each with its ending. None: it is the timetable document itself."""
    revise: Callable[[Revision, Facts], Iterable[tuple[str, bytes]]] | None = None
    """The files of a revision, each with its ending; None: it is written as any timetable."""


FORMATS: Mapping[str, Format] = {
    "xlsx": Format("xlsx", _xlsx, lambda revision, _: revision.annexes()),
    "services": Format("services.xlsx", _services),
    "working": Format("working.xlsx", _working, lambda revision, facts: [("working.xlsx", revision.working(facts))]),
    "docx": Format("docx", _docx, _docx_revised),
    "pdf": Format("pdf", _pdf, _pdf_revised),
    "html": Format("html", _html, _html_revised),
    "ics": Format("ics", lambda scenario, timetable, _: _ics(scenario, timetable), _ics_revised),
    "csv": Format("csv", _csv, lambda revision, _: [("csv", revision.csv())]),
    "frab": Format("frab.xml", _frab, _frab_revised),
    "pretalx": Format("pretalx.json", _pretalx, _pretalx_revised),
    "indico": Format("indico.csv", _indico),
    "odoo": Format("odoo.csv", _odoo),
    "cosplib": Format("cosplib.xlsx", _cosplib),
    "json": Format("json", None),
}
"""By name."""


def render(name: str, stored: Stored, report: Report, revision: Revision | None) -> Iterator[tuple[str, bytes]]:
    """A stored timetable in one of ``FORMATS``: each file with its ending.

    The ``revision`` in it gives two annexes, with marks and without, and a table with its changes.
    """
    from exports.revision import without_claims

    how, facts = FORMATS[name], facts_of_stored(stored, report)
    if how.write is None:
        yield how.ending, to_bytes(stored.document)
    elif revision is not None and how.revise is not None:
        yield from how.revise(revision, facts)
    else:
        written = how.write(without_claims(stored.scenario), stored.timetable, facts)
        yield from [(how.ending, written)] if isinstance(written, bytes) else written


def stem(stored: Stored) -> str:
    """The name of the files of a timetable, without ending: the scenario and the number of the revision."""
    told = stored.document.get("revision")
    number = told.get("number") if isinstance(told, dict) else None
    return f"{stored.scenario.name}.rev{number}" if isinstance(number, int) else stored.scenario.name
