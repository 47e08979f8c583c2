"""Verifies a certificate without the solver's search.

The checker confirms what exists, the second engine what does not exist, and the model is built anew from the scenario.
What cannot be proved is repeated as the word of the certificate. Every other sentence is made from the scenario.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.checking import check
from scheduler.documents.stored_timetable import read_sessions
from scheduler.domain.timetable import Timetable
from scheduler.errors import InputError, OutOfTime
from scheduler.explanation.certificate_file import CertificateFile, as_file
from scheduler.explanation.certified_events import events_points
from scheduler.explanation.certified_set import CertifiedSet
from scheduler.explanation.set_values import name_of_entry
from scheduler.reading.diagnostics import ScenarioError, Severity, printable
from scheduler.reading.entry import validated
from scheduler.reading.plain import Plain, Within
from scheduler.scenario import Scenario, entries, fingerprint
from scheduler.solving.exhaustive import Exhausted, search
from scheduler.wording import as_sentence, counted

MADE_BY_0_1 = "made by 0.1, cannot be rebuilt"
BUILD_SECONDS = 0.5
"""Seconds that building the model may take even where no time is left; most models take less."""
MAX_DIFFERENCES_NAMED = 6
"""Of two scenarios that differ in more places, this many are named."""
MAX_SEARCHED_AT_ONCE = 6
"""For a set of more members needs are added up before the second engine searches: it is slow where many are alike."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One point of a certificate: whether it holds, None where that could not be decided, and what it says."""

    holds: bool | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a certificate claims about which scenario, before anything is verified."""

    name: str
    sha256: str
    sentences: tuple[str, ...]
    repeated: tuple[str, ...]
    """What cannot be proved from the certificate, and is only its word."""


def claim_of(document: dict[str, Any], name: str = "the certificate") -> Claim:
    """What a certificate claims, in sentences of this program.

    Raises:
        InputError: it is no certificate, or claims nothing that can be verified.
    """
    file = as_file(document, name)
    if file.claim == "infeasible":
        said = f"no timetable keeps the set of {counted(len(file.set), 'member')}, so none keeps every rule"
        said += ", and each member is needed for that" if file.minimal else ""
    elif file.claim == "optimal":
        said = f"a timetable of least cost, {_points(file.cost)}" + (", and no other is as good" if file.unique else "")
    else:
        said = f"a timetable that costs {_points(file.cost)}, and none costs less than {_points(file.bound)}"
    events = entries(file.scenario.document.get("side_events"), "events")
    sentences = [as_sentence(said)]
    if file.side_events is not None:
        of_events = f"its side events stand in places that cost {_points(file.side_events.cost)}, and none cost less"
        below = "" if file.side_events.bound == file.side_events.cost else f" than {_points(file.side_events.bound)}"
        sentences.append(as_sentence(of_events + below))
    elif any(isinstance(event, dict) and "length" in event for event in events):
        sentences.append("Of side events it says nothing.")
    repeated = []
    made = ", ".join(f"{key} {value}" for key, value in file.versions.items() if isinstance(value, str))[:200]
    if made:
        repeated.append(f"It was made by {printable(made)}.")
    if file.solver:
        repeated.append("The solver was run as it describes.")
    if any(member.sentence for member in file.set):
        repeated.append("The members are worded and placed as it writes them.")
    if file.claim == "infeasible" and file.smallest:
        repeated.append("No other set has fewer members.")
    return Claim(file.scenario.name, file.scenario.sha256, tuple(sentences), tuple(repeated))


def _points(number: int | None) -> str:
    return "an unknown number of points" if number is None else counted(number, "point")


def verify(
    document: dict[str, Any], name: str = "the certificate", seconds: float = 60.0, own: Scenario | None = None
) -> Iterator[Checked]:
    """Verify point by point; a certificate holds when every point holds.

    ``own`` is the planner's scenario, which the certificate must be about. ``seconds`` limits the whole verification.

    Raises:
        InputError: it is no certificate, or its scenario is not valid.
    """
    file = as_file(document, name)
    within = Within(Plain(name, document), ("scenario", "document"))
    try:
        scenario, _ = validated(within, as_it_was=file.made_before)
    except ScenarioError as error:
        if file.made_before:
            first = next(each.message for each in error.diagnostics if each.severity is Severity.ERROR)
            yield Checked(False, printable(f"{MADE_BY_0_1}: its scenario is not valid any more: {first}."))
            return
        raise InputError(error.message) from None
    yield _same_scenario(scenario, file)
    if own is not None:
        yield _planners(scenario, own)
    yield from _Verification(scenario, file, time.monotonic() + seconds).points()


def _same_scenario(scenario: Scenario, file: CertificateFile) -> Checked:
    digest = fingerprint(file.scenario.document)
    if digest != file.scenario.sha256:
        return Checked(False, "The scenario has been changed: its sha256 is not the one certified.")
    if scenario.name != file.scenario.name:
        return Checked(False, "The scenario bears another name than the certificate says.")
    return Checked(True, f"The scenario is the one that was certified (sha256 {digest[:12]}...).")


def _planners(certified: Scenario, own: Scenario) -> Checked:
    """Whether the scenario certified is the planner's own, with the differences."""
    found = list(_differences(own.document, certified.document))
    if not found:
        return Checked(True, f"It is the scenario '{own.name}' of the file given.")
    more = f"; and {len(found) - MAX_DIFFERENCES_NAMED} more" if len(found) > MAX_DIFFERENCES_NAMED else ""
    return Checked(
        False, f"It is not the scenario of the file given: {'; '.join(found[:MAX_DIFFERENCES_NAMED])}{more}."
    )


def _differences(own: Any, certified: Any, path: str = "") -> Iterator[str]:
    """``bodies.WGTU.sessions.wgtu.duration is 3h in the file, 2h in the certificate``."""
    if isinstance(own, dict) and isinstance(certified, dict):
        for key in dict.fromkeys((*own, *certified)):
            where = f"{path}.{key}" if path else str(key)
            if key not in certified:
                yield f"{where} stands in the file only"
            elif key not in own:
                yield f"{where} stands in the certificate only"
            else:
                yield from _differences(own[key], certified[key], where)
    elif isinstance(own, list) and isinstance(certified, list):
        mine, theirs = _named(own), _named(certified)
        if list(mine) == list(theirs) or set(mine) != set(theirs):
            yield from _differences(mine, theirs, path)
        else:
            yield f"{path} stand in another order"
    elif own != certified or type(own) is not type(certified):
        yield f"{path} is {_short(own)} in the file, {_short(certified)} in the certificate"


def _named(entries: list[Any]) -> dict[str, Any]:
    """Entries by id, date or name, where each has one of its own; else by number."""
    names = [name_of_entry(entry) if isinstance(entry, dict) else None for entry in entries]
    named = {name: entry for name, entry in zip(names, entries, strict=True) if name is not None}
    return named if len(named) == len(entries) else {str(number): entry for number, entry in enumerate(entries)}


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return printable(text if len(text) <= 60 else text[:59] + "…")


class _Verification:
    """One certificate against the scenario within it, until a moment on the monotonic clock."""

    def __init__(self, scenario: Scenario, file: CertificateFile, until: float) -> None:
        self.scenario, self.file, self.until = scenario, file, until
        self.members = CertifiedSet(scenario, file.set)

    def points(self) -> Iterator[Checked]:
        """Each point in turn; the time limit leaves the rest open."""
        if self.file.claim == "infeasible" and (why := self.members.refused()):
            yield Checked(False, f"The set cannot be verified: {why}.")
            return
        yield self._same_model()
        try:
            yield from self._impossible() if self.file.claim == "infeasible" else self._timetable()
        except OutOfTime:
            yield Checked(None, "The rest is not decided: the time limit was reached.")

    @property
    def left(self) -> float:
        """Seconds until the limit."""
        return max(0.0, self.until - time.monotonic())

    # --- the model -------------------------------------------------------------------------------------------

    def _same_model(self) -> Checked:
        """Whether building the scenario's model anew gives the same bytes."""
        try:
            data = base64.b64decode(self.file.model.data, validate=True)
        except (binascii.Error, ValueError):
            return Checked(False, "The model in the certificate cannot be read.")
        if not data:
            return Checked(False, "The certificate holds no model: it is empty.")
        digest = hashlib.sha256(data).hexdigest()
        if digest != self.file.model.sha256:
            return Checked(False, "The model has been changed: its sha256 is not the one certified.")
        from scheduler.explanation.certificate import model_of_scenario, model_of_set
        from scheduler.solving.search import ORTOOLS

        until, members = max(self.until, time.monotonic() + BUILD_SECONDS), self.members
        try:
            if self.file.claim == "infeasible":
                anew = model_of_set(self.scenario, members.known, members.kept, members.held, until)
            else:
                anew = model_of_scenario(self.scenario, until)
        except OutOfTime:
            return Checked(
                None, "Whether the model is that of the scenario is not decided: building it takes too long."
            )
        if anew == data:
            return Checked(True, f"The model is that of the scenario, built anew (sha256 {digest[:12]}...).")
        if self.file.made_before:
            why = "from its scenario another model is built today, as rules have changed their meaning since"
            return Checked(False, f"{MADE_BY_0_1}: {why}, or else the model was changed.")
        made_with = self.file.versions.get("ortools")
        if isinstance(made_with, str) and made_with != ORTOOLS:
            why = f"it was made with OR-tools {printable(made_with[:20])}, {ORTOOLS} is here"
            return Checked(None, f"Whether the model is that of the scenario is not decided: {why}.")
        return Checked(False, "The model is not that of the scenario: built anew, it is another one.")

    # --- a timetable -----------------------------------------------------------------------------------------

    def _timetable(self) -> Iterator[Checked]:
        file = self.file
        if strange := self._of_another_body(file.sessions):
            yield Checked(False, f"The timetable {strange}.")
        timetable, violations = read_sessions(self.scenario, file.sessions)
        report = check(self.scenario, timetable, violations)
        for violation in report.broken[:1]:
            yield Checked(False, f"The timetable breaks '{violation.id}': {violation.message}.")
        if report.keeps_all:
            yield Checked(True, "The timetable keeps every rule that must hold.")
        if report.cost != file.cost:
            yield Checked(False, f"The timetable costs {report.cost}, not {file.cost} as certified.")
            return
        yield Checked(True, f"It costs {report.cost}, as certified.")
        bound = file.bound if file.bound is not None else -1
        if bound > report.cost or (file.claim == "optimal" and bound != report.cost):
            yield Checked(False, f"The bound of {bound} does not fit a cost of {report.cost}.")
            return
        yield self._none_below(bound)
        if file.unique and not report.broken:
            yield self._no_other(timetable, report.cost)
        if file.side_events is not None:
            found = events_points(self.scenario, file.side_events, self.until)
            yield from (Checked(holds, sentence) for holds, sentence in found)

    def _none_below(self, bound: int) -> Checked:
        if bound <= 0:
            return Checked(True, "No timetable costs less than 0: penalties are never negative.")
        result = search(self.scenario, bound, seconds=self.left)
        if result.timetable is not None:
            cheaper = check(self.scenario, result.timetable).cost
            return Checked(False, f"A timetable that costs {cheaper} exists, less than the bound of {bound}.")
        return _none(f"That none costs less than {bound}", f"No timetable costs less than {bound}", result)

    def _no_other(self, timetable: Timetable, cost: int) -> Checked:
        result = search(self.scenario, cost + 1, other_than=timetable, seconds=self.left)
        if result.timetable is not None:
            return Checked(False, "It is not the only one: another timetable is as good.")
        return _none("That no other is as good", "No other timetable is as good", result)

    # --- a set that cannot hold together ---------------------------------------------------------------------

    def _impossible(self) -> Iterator[Checked]:
        members = self.members
        number = counted(len(self.file.set), "member")
        shortage = members.adding_up(self.left) if len(self.file.set) > MAX_SEARCHED_AT_ONCE else ""
        if shortage:
            yield Checked(True, f"The set of {number} is impossible, by adding up: {shortage}")
        elif (result := members.search(self.left)).timetable is not None:
            yield Checked(False, f"The set of {number} is not impossible: a timetable keeps it.")
        else:
            yield _none("That the set is impossible", f"The set of {number} is impossible", result)
        if not self.file.minimal:
            return
        for index in range(len(self.file.set)):
            yield self._witness(index, members.sentence(index))

    def _of_another_body(self, sessions: Sequence[dict[str, Any]]) -> str:
        """The first session with a body that is not its own, in words; empty where there is none."""
        for entry in sessions:
            name, body = entry.get("id"), entry.get("body")
            if body is not None and name in self.scenario.sessions and body != self.scenario.body_of[name].id:
                title, other = self.scenario.title(name), printable(str(body)[:60])
                return f"gives {title} to another body than its own: '{other}'"
        return ""

    def _witness(self, index: int, sentence: str) -> Checked:
        """Whether the certificate's timetable keeps all other members: then the set needs this one."""
        witness = next((w for w in self.file.witnesses if w.without == index), None)
        if witness is None:
            return Checked(False, f"No timetable shows that the set needs: {sentence}")
        if strange := self._of_another_body(witness.sessions):
            return Checked(False, f'The timetable without "{sentence}" {strange}.')
        kept = self.members.without(index)
        shown = [entry for entry in witness.sessions if entry.get("id") in kept.sessions]
        timetable, violations = read_sessions(kept, shown)
        broken = check(kept, timetable, violations).broken
        if broken:
            return Checked(False, f"The timetable without \"{sentence}\" breaks '{broken[0].id}': {broken[0].message}.")
        return Checked(True, f"Without it the others hold together: {sentence}")


def _none(question: str, answer: str, result: Exhausted) -> Checked:
    """The result of a search that has found no timetable."""
    if not result.complete:
        return Checked(None, f"{question} is not decided: too large for the second engine ({result.reason}).")
    return Checked(True, f"{answer}: searched exhaustively, {counted(result.nodes, 'step')}.")
