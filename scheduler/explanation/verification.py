"""Verifies a certificate without searching by the solver: the checker for what is there, the second engine for what is
not, and the model built anew from the scenario. What it cannot prove it repeats, and says so.

Every sentence is made from the scenario; nothing that the certificate words itself is shown as a fact.
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

from scheduler.altering import holding
from scheduler.arithmetic.shortage import Arithmetic
from scheduler.checking import check
from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_minutes
from scheduler.domain.timetable import Timetable
from scheduler.errors import InputError, OutOfTime
from scheduler.explanation.certificate_file import CertificateFile, CertifiedMember, as_file
from scheduler.explanation.members import Member, keeping, members_of
from scheduler.reading.diagnostics import ScenarioError, Severity, printable
from scheduler.reading.entry import validated
from scheduler.reading.plain import Plain, Within
from scheduler.scenario import Scenario, fingerprint
from scheduler.solving.exhaustive import Exhausted, search
from scheduler.stored_timetable import read_sessions
from scheduler.wording import as_sentence, counted, listed

OLD = "made by 0.1, cannot be rebuilt"
AT_ONCE = 0.5
"""Seconds in which most models are built; so long it may take even where no time is left."""
MOST_DIFFERENCES = 6
"""Differences between two scenarios that are named."""
CLAIMS = ("optimal", "feasible", "infeasible")


FEW = 6
"""Of larger sets needs are added up before everything is gone through, which takes too long where many are alike."""
MOST_ADDING = 5.0
"""Seconds for adding up, at most."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was verified: True, False, or None where it could not be decided here."""

    holds: bool | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a certificate claims, and of what; nothing of it is verified yet."""

    name: str
    sha256: str
    sentences: tuple[str, ...]
    """What it claims, in words."""
    repeated: tuple[str, ...]
    """What nobody can prove from it, and is only its word."""


def claim_of(document: dict[str, Any], name: str = "the certificate") -> Claim:
    """What a certificate claims, in words that are ours.

    Raises:
        InputError: it is no certificate, or claims nothing that can be verified.
    """
    file = as_file(document, name)
    _refuse_other_claims(file, name)
    if file.claim == "infeasible":
        said = f"no timetable keeps the set of {counted(len(file.set), 'member')}, so none keeps every rule"
        said += ", and each member is needed for that" if file.minimal else ""
    elif file.claim == "optimal":
        said = f"a timetable of least cost, {_points(file.cost)}" + (", and no other is as good" if file.unique else "")
    else:
        said = f"a timetable that costs {_points(file.cost)}, and none costs less than {_points(file.bound)}"
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
    return Claim(file.scenario.name, file.scenario.sha256, (as_sentence(said),), tuple(repeated))


def _points(number: int | None) -> str:
    return "an unknown number of points" if number is None else counted(number, "point")


def verify(
    document: dict[str, Any], name: str = "the certificate", seconds: float = 60.0, own: Scenario | None = None
) -> Iterator[Point]:
    """Verify point by point; a certificate holds when every point is True.

    ``own``: the scenario that it is to be about, as the planner has it.

    Raises:
        InputError: it is no certificate, or its scenario is not valid.
    """
    file = as_file(document, name)
    _refuse_other_claims(file, name)
    within = Within(Plain(name, document), ("scenario", "document"))
    try:
        scenario, _ = validated(within, as_it_was=file.made_before)
    except ScenarioError as error:
        if file.made_before:
            first = next(each.message for each in error.diagnostics if each.severity is Severity.ERROR)
            yield Point(False, printable(f"{OLD}: its scenario is not valid any more: {first}."))
            return
        raise InputError(error.message) from None
    yield _same_scenario(scenario, file)
    if own is not None:
        yield _planners(scenario, own)
    yield from _Verification(scenario, file, time.monotonic() + seconds).points()


def _refuse_other_claims(file: CertificateFile, name: str) -> None:
    if file.claim not in CLAIMS:
        raise InputError(printable(f"{name}: it claims '{file.claim[:40]}', which is nothing that can be verified"))


def _same_scenario(scenario: Scenario, file: CertificateFile) -> Point:
    digest = fingerprint(file.scenario.document)
    if digest != file.scenario.sha256:
        return Point(False, "The scenario has been changed: its sha256 is not the one certified.")
    if scenario.name != file.scenario.name:
        return Point(False, "The scenario bears another name than the certificate says.")
    return Point(True, f"The scenario is the one that was certified (sha256 {digest[:12]}...).")


def _planners(certified: Scenario, own: Scenario) -> Point:
    """Whether the scenario certified is the planner's own, with the differences."""
    found = list(_differences(own.document, certified.document))
    if not found:
        return Point(True, f"It is the scenario '{own.name}' of the file given.")
    more = f"; and {len(found) - MOST_DIFFERENCES} more" if len(found) > MOST_DIFFERENCES else ""
    return Point(False, f"It is not the scenario of the file given: {'; '.join(found[:MOST_DIFFERENCES])}{more}.")


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
    """Entries by id or date, where each has one of its own; else by number."""
    names = [str(entry.get("id") or entry.get("date")) if isinstance(entry, dict) else "None" for entry in entries]
    if "None" in names or len(set(names)) < len(names):
        names = [str(number) for number in range(len(entries))]
    return dict(zip(names, entries, strict=True))


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return printable(text if len(text) <= 60 else text[:59] + "…")


class _Verification:
    """One certificate against the scenario within it, until a moment on the monotonic clock."""

    def __init__(self, scenario: Scenario, file: CertificateFile, until: float) -> None:
        self.scenario, self.file, self.until = scenario, file, until
        self.members = Members(scenario, file.set)

    def points(self) -> Iterator[Point]:
        """Each point in turn; what the limit cuts short is left open."""
        if self.file.claim == "infeasible" and (why := self.members.refused()):
            yield Point(False, f"The set cannot be verified: {why}.")
            return
        yield self._same_model()
        try:
            yield from self._impossible() if self.file.claim == "infeasible" else self._timetable()
        except OutOfTime:
            yield Point(None, "The rest is not decided: the time limit was reached.")

    @property
    def left(self) -> float:
        """Seconds."""
        return max(0.0, self.until - time.monotonic())

    # --- the model -------------------------------------------------------------------------------------------

    def _same_model(self) -> Point:
        """Whether the model is that of the scenario: built anew, byte for byte."""
        try:
            data = base64.b64decode(self.file.model.data, validate=True)
        except (binascii.Error, ValueError):
            return Point(False, "The model in the certificate cannot be read.")
        if not data:
            return Point(False, "The certificate holds no model: it is empty.")
        digest = hashlib.sha256(data).hexdigest()
        if digest != self.file.model.sha256:
            return Point(False, "The model has been changed: its sha256 is not the one certified.")
        from scheduler.explanation.certificate import model_of_scenario, model_of_set
        from scheduler.solving.search import ORTOOLS

        until, members = max(self.until, time.monotonic() + AT_ONCE), self.members
        try:
            if self.file.claim == "infeasible":
                anew = model_of_set(self.scenario, members.known, members.kept, members.held, until)
            else:
                anew = model_of_scenario(self.scenario, until)
        except OutOfTime:
            return Point(None, "Whether the model is that of the scenario is not decided: building it takes too long.")
        if anew == data:
            return Point(True, f"The model is that of the scenario, built anew (sha256 {digest[:12]}...).")
        if self.file.made_before:
            told = "from its scenario another model is built today, as rules have changed their meaning since"
            return Point(False, f"{OLD}: {told}, or else the model was changed.")
        made_with = self.file.versions.get("ortools")
        if isinstance(made_with, str) and made_with != ORTOOLS:
            told = f"it was made with OR-tools {printable(made_with[:20])}, {ORTOOLS} is here"
            return Point(None, f"Whether the model is that of the scenario is not decided: {told}.")
        return Point(False, "The model is not that of the scenario: built anew, it is another one.")

    # --- a timetable -----------------------------------------------------------------------------------------

    def _timetable(self) -> Iterator[Point]:
        file = self.file
        if strange := self._of_another_body(file.sessions):
            yield Point(False, f"The timetable {strange}.")
        timetable, violations = read_sessions(self.scenario, file.sessions)
        report = check(self.scenario, timetable, violations)
        if report.broken:
            violation = report.broken[0]
            yield Point(False, f"The timetable breaks '{violation.id}': {violation.message}.")
        else:
            yield Point(True, "The timetable keeps every rule that must hold.")
        if report.cost != file.cost:
            yield Point(False, f"The timetable costs {report.cost}, not {file.cost} as certified.")
            return
        yield Point(True, f"It costs {report.cost}, as certified.")
        bound = file.bound if file.bound is not None else -1
        if bound > report.cost or (file.claim == "optimal" and bound != report.cost):
            yield Point(False, f"The bound of {bound} does not fit a cost of {report.cost}.")
            return
        yield self._none_below(bound)
        if file.unique and not report.broken:
            yield self._no_other(timetable, report.cost)

    def _none_below(self, bound: int) -> Point:
        if bound <= 0:
            return Point(True, "No timetable costs less than 0: penalties are never negative.")
        result = search(self.scenario, bound, seconds=self.left)
        if result.timetable is not None:
            cheaper = check(self.scenario, result.timetable).cost
            return Point(False, f"A timetable that costs {cheaper} exists, less than the bound of {bound}.")
        return _none(f"That none costs less than {bound}", f"No timetable costs less than {bound}", result)

    def _no_other(self, timetable: Timetable, cost: int) -> Point:
        result = search(self.scenario, cost + 1, other_than=timetable, seconds=self.left)
        if result.timetable is not None:
            return Point(False, "It is not the only one: another timetable is as good.")
        return _none("That no other is as good", "No other timetable is as good", result)

    # --- a set that cannot hold together ---------------------------------------------------------------------

    def _impossible(self) -> Iterator[Point]:
        members = self.members
        number = counted(len(self.file.set), "member")
        told = members.adding_up(self.left) if len(self.file.set) > FEW else ""
        result = Exhausted(None, complete=True, nodes=0) if told else members.search(self.left)
        if told:
            yield Point(True, f"The set of {number} is impossible, by adding up: {told}")
        elif result.timetable is not None:
            yield Point(False, f"The set of {number} is not impossible: a timetable keeps it.")
        else:
            yield _none("That the set is impossible", f"The set of {number} is impossible", result)
        if not self.file.minimal:
            return
        for index in range(len(self.file.set)):
            yield self._witness(index, members.sentence(index))

    def _of_another_body(self, sessions: Sequence[dict[str, Any]]) -> str:
        """Which session is given to a body that it is not of; empty where none is."""
        for entry in sessions:
            name, body = entry.get("id"), entry.get("body")
            if body is not None and name in self.scenario.sessions and body != self.scenario.body_of[name].id:
                told = printable(str(body)[:60])
                return f"gives {self.scenario.title(name)} to another body than its own: '{told}'"
        return ""

    def _witness(self, index: int, sentence: str) -> Point:
        """Whether a timetable keeps the set without one member, which so is needed."""
        witness = next((w for w in self.file.witnesses if w.without == index), None)
        if witness is None:
            return Point(False, f"No timetable shows that the set needs: {sentence}")
        if strange := self._of_another_body(witness.sessions):
            return Point(False, f'The timetable without "{sentence}" {strange}.')
        kept = self.members.without(index)
        shown = [entry for entry in witness.sessions if entry.get("id") in kept.sessions]
        timetable, violations = read_sessions(kept, shown)
        broken = check(kept, timetable, violations).broken
        if broken:
            return Point(False, f"The timetable without \"{sentence}\" breaks '{broken[0].id}': {broken[0].message}.")
        return Point(True, f"Without it the others hold together: {sentence}")


def _none(question: str, answer: str, result: Exhausted) -> Point:
    """What a search says that has found nothing."""
    if not result.complete:
        return Point(None, f"{question} is not decided: too large for the second engine ({result.reason}).")
    return Point(True, f"{answer}: searched exhaustively, {counted(result.nodes, 'step')}.")


class Members:
    """The members of a set, found in the scenario that it is about."""

    def __init__(self, scenario: Scenario, named: Sequence[CertifiedMember]) -> None:
        self.scenario, self.named = scenario, named
        self.known = members_of(scenario)
        self._by_id = {member.id: member for member in self.known}

    @property
    def kept(self) -> list[Member]:
        """What of the scenario is a member."""
        return self._kept(self.named)

    @property
    def held(self) -> list[SessionId]:
        """The sessions that are members."""
        return _held(self.named)

    def refused(self) -> str:
        """Why nothing can be proved of them; empty where something can."""
        if not self.named:
            return "it is empty"
        for number, member in enumerate(self.named, 1):
            if bool(member.rules) == (member.held is not None):
                return f"member {number} is neither a rule nor a session that is held"
        rules = [rule for member in self.named for rule in member.rules]
        for name in (*rules, *(str(member.held) for member in self.named if member.held is not None)):
            if name not in self._by_id and name not in self.scenario.sessions:
                return f"'{printable(name[:60])}' is no rule of the scenario"
        if any(rule not in self._by_id for rule in rules):
            return "it calls a session a rule"
        if any(session not in self.scenario.sessions for session in self.held):
            return "it calls a rule a session"
        if len(set(rules)) < len(rules) or len(set(self.held)) < len(self.held):
            return "something is named twice"
        if self.held and rules:
            return self._mixed(rules)
        return ""

    def _mixed(self, rules: list[str]) -> str:
        """Of some sessions alone only that can be proved which no further session can undo."""
        by_name = {f"rules/{rule.name}": rule for rule in self.scenario.rules}
        loose = [by_name[name] for name in rules if name in by_name and not by_name[name].monotone]
        if loose:
            kinds = listed([f"'{rule.name}' ({rule.rule})" for rule in loose])
            return (
                f"it speaks of some sessions alone, and further sessions can mend a violation of {kinds}: so it does "
                "not follow that no timetable exists"
            )
        return ""

    def search(self, seconds: float) -> Exhausted:
        """Look for a timetable that keeps them; of held sessions, for places that break what no further one mends."""
        return search(self._keeping(self.named), only=self.held or None, seconds=seconds)

    def adding_up(self, seconds: float) -> str:
        """What does not add up for them, in a sentence; empty where that shows nothing."""
        kept = self._keeping(self.named)
        if self.held:
            kept = holding(kept, self.held)
        until = time.monotonic() + min(MOST_ADDING, seconds)
        return next((shortage.sentence for shortage in Arithmetic(kept, until).shortages()), "")

    def without(self, index: int) -> Scenario:
        """The scenario in which all other members hold."""
        rest = [member for number, member in enumerate(self.named) if number != index]
        held = _held(rest)
        kept = self._keeping(rest)
        return holding(kept, held) if _held(self.named) else kept

    def sentence(self, index: int) -> str:
        """A member, in the words of the scenario."""
        member = self.named[index]
        if member.held is not None:
            session = SessionId(member.held)
            length = show_minutes(self.scenario.minutes(session))
            return f"{self.scenario.title(session)} is held and takes {length}."
        conditions = [condition for member in self._kept([member]) for condition in member.conditions]
        return Member(tuple(conditions), None, None).sentence

    def _kept(self, members: Sequence[CertifiedMember]) -> list[Member]:
        return [self._by_id[name] for member in members for name in member.rules]

    def _keeping(self, members: Sequence[CertifiedMember]) -> Scenario:
        return keeping(self.scenario, self.known, self._kept(members))


def _held(members: Sequence[CertifiedMember]) -> list[SessionId]:
    return [SessionId(member.held) for member in members if member.held is not None]
