"""The one entry: whatever the door, a scenario passes every check here, or is refused with every mistake at once.

Files, variants, stored documents, certificates, changes and plain data of Python all come this way. Each is read as if
it stood in a file: a value is the text that a planner would write.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from scheduler.domain.duration import in_half_days_or_slots
from scheduler.reading.cleaning import OBEYED, texts_in
from scheduler.reading.diagnostics import Diagnostic, Located, ScenarioError, Severity
from scheduler.reading.plain import Plain, as_written
from scheduler.reading.whole_scenario import equal_ids, mistaken, unclear
from scheduler.scenario import Scenario, context_of, entries

LONGEST_TEXT = 10_000
"""Characters of one text."""


def from_data(data: object) -> Scenario:
    """The scenario of plain data, with the keys of a file; parts may be values of another scenario.

    Raises:
        ScenarioError: with a diagnostic for every mistake, each with its path.
    """
    try:
        return validated(Plain("", as_written(data)))[0]
    except RecursionError:
        raise ScenarioError(Diagnostic("", 0, 0, 0, "", "nested too deeply: no scenario goes so deep")) from None


def validated(
    document: Located, told: Sequence[Diagnostic] = (), *, as_it_was: bool = False
) -> tuple[Scenario, list[Diagnostic]]:
    """The scenario of a document, and warnings.

    ``told`` is what has been found before, and is told with the rest. With ``as_it_was`` the document may have been
    stored by an earlier version, which left open what is refused today (``unclear``): that is then a warning.

    Raises:
        ScenarioError: with a diagnostic for every mistake, and the warnings.
    """
    found = [*told, *_equal_ids(document), *_of_texts(document)]
    problems = [each for each in found if each.severity is Severity.ERROR]
    warnings = [each for each in found if each.severity is Severity.WARNING]
    scenario: Scenario | None = None
    try:
        data = as_written(document.data)
        if _counts_slots(data):
            from scheduler.reading.lengths import written_out

            problems += (document.diagnose(loc, message, hint=hint) for loc, message, hint in written_out(data))
        scenario = Scenario.model_validate(data, context=context_of(data))
    except ValidationError as error:
        from scheduler.reading.meant import of_scenario

        problems += of_scenario(document, error)
    if scenario is not None and not problems:
        problems += (document.diagnose(loc, message, hint=hint) for loc, message, hint in mistaken(scenario))
        severity = Severity.WARNING if as_it_was else Severity.ERROR
        for loc, text, hint in unclear(scenario):
            (warnings if as_it_was else problems).append(document.diagnose(loc, text, hint=hint, severity=severity))
    if problems or scenario is None:
        raise ScenarioError(*problems, *warnings)
    return scenario, warnings


def _counts_slots(data: Any) -> bool:
    """Whether some session says its length in half-days or slots."""
    sessions = (session for body in entries(data, "bodies") for session in entries(body, "sessions"))
    durations = (session.get("duration") for session in sessions if isinstance(session, dict))
    return any(
        in_half_days_or_slots(value)
        for each in durations
        for value in (each.values() if isinstance(each, dict) else [each])
    )


def _equal_ids(document: Located) -> Iterator[Diagnostic]:
    """Ids that are given twice."""
    for name, loc, first in equal_ids(document.data):
        here, there = (document.diagnose(place, "") for place in (loc, first))
        where = f" at {there.path}" if there.path else ""
        if there.line and (here.line, here.column) != (there.line, there.column):
            where = f" on line {there.line}" + (f" of {there.file}" if there.file != here.file else "")
        yield document.diagnose(loc, f"the id '{name}' is taken{where}: choose another")


def _of_texts(document: Located) -> Iterator[Diagnostic]:
    """Errors for texts that no cell holds, which would be cut in silence; warnings for what a terminal would obey."""
    for loc, text in texts_in(document.data):
        if len(text) > LONGEST_TEXT:
            yield document.diagnose(loc, f"this text has {len(text):,} characters, {LONGEST_TEXT:,} are the most")
        if number := len(OBEYED.findall(text)):
            characters = "a character that is" if number == 1 else f"{number} characters that are"
            message = f"{characters} no text, but a command to the screen: left out"
            yield document.diagnose(loc, message, severity=Severity.WARNING)
