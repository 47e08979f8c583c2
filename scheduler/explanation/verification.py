"""Verifies a certificate without the solver: the checker for what is there, exhaustive search for what is not."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from scheduler.checking import check
from scheduler.diagnostics import printable
from scheduler.document import read_sessions
from scheduler.domain.timetable import Timetable
from scheduler.errors import InputError
from scheduler.exhaustive import search
from scheduler.explanation.altering import holding
from scheduler.explanation.items import Item, items_of, keeping
from scheduler.reading import open_for_reading
from scheduler.rule import counted
from scheduler.scenario import Scenario, from_data

FORMAT = "treaty-schedule/certificate"
VERSION = 1
MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was verified: True, False, or None where it is too large for the second engine."""

    holds: bool | None
    sentence: str


class _Scenario(BaseModel):
    model_config = ConfigDict(extra="ignore")
    name: str
    sha256: str
    document: dict[str, Any]


class _Model(BaseModel):
    model_config = ConfigDict(extra="ignore")
    sha256: str
    data: str


class _Member(BaseModel):
    model_config = ConfigDict(extra="ignore")
    rules: list[str] = []
    held: str | None = None
    sentence: str


class _Witness(BaseModel):
    model_config = ConfigDict(extra="ignore")
    without: int
    sessions: list[dict[str, Any]]


class _File(BaseModel):
    """A certificate as written."""

    model_config = ConfigDict(extra="ignore")
    format: str
    version: int
    claim: str
    scenario: _Scenario
    model: _Model
    cost: int | None = None
    bound: int | None = None
    unique: bool = False
    sessions: list[dict[str, Any]] = []
    set: list[_Member] = []
    minimal: bool = False
    witnesses: list[_Witness] = []


def read_certificate(path: str | Path) -> dict[str, Any]:
    """The JSON of a certificate, ``-`` for standard input.

    Raises:
        InputError: it cannot be read, or is no JSON object.
    """
    name = "<stdin>" if str(path) == "-" else str(path)
    try:
        if str(path) == "-":
            import sys

            raw = sys.stdin.buffer.read(MOST_BYTES)
        else:
            with open_for_reading(path) as stream:
                raw = stream.read(MOST_BYTES)
    except FileNotFoundError:
        raise InputError(f"{name}: there is no such file") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{name}: this file cannot be read: {getattr(error, 'strerror', None) or error}") from None
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise InputError(
            f"{name}: this is no JSON: a certificate is written by 'schedule explain --certificate'"
        ) from None
    if not isinstance(data, dict):
        raise InputError(f"{name}: a certificate is a JSON object")
    return data


def verify(document: dict[str, Any], name: str = "the certificate", seconds: float = 60.0) -> Iterator[Point]:
    """Verify point by point; a certificate holds when every point is True.

    Raises:
        InputError: it is no certificate, or its scenario is not valid.
    """
    try:
        file = _File.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise InputError(printable(f"{name}: {where}: {first['msg']}: this is no certificate of ours")) from None
    if (file.format, file.version) != (FORMAT, VERSION):
        raise InputError(printable(f"{name}: this is '{file.format} {file.version}', not '{FORMAT} {VERSION}'"))
    try:
        scenario = from_data(file.scenario.document)
    except (ValidationError, RecursionError) as error:
        text = error.errors()[0]["msg"] if isinstance(error, ValidationError) else "nested too deeply"
        raise InputError(printable(f"{name}: its scenario is not valid: {text}")) from None
    yield _same_scenario(scenario, file)
    yield _same_model(file)
    if file.claim in ("optimal", "feasible"):
        yield from _timetable(scenario, file, seconds)
    elif file.claim == "infeasible":
        yield from _conflict(scenario, file, seconds)
    else:
        raise InputError(printable(f"{name}: it claims '{file.claim[:40]}', which is nothing that can be verified"))


def _same_scenario(scenario: Scenario, file: _File) -> Point:
    if scenario.sha256 == file.scenario.sha256:
        return Point(True, f"The scenario is the one that was certified (sha256 {scenario.sha256[:12]}...).")
    return Point(False, "The scenario has been changed: its sha256 is not the one certified.")


def _same_model(file: _File) -> Point:
    try:
        data = base64.b64decode(file.model.data, validate=True)
    except binascii.Error:
        return Point(False, "The model in the certificate cannot be read.")
    if hashlib.sha256(data).hexdigest() != file.model.sha256:
        return Point(False, "The model has been changed: its sha256 is not the one certified.")
    return Point(True, f"The model is the one that was certified (sha256 {file.model.sha256[:12]}...).")


def _timetable(scenario: Scenario, file: _File, seconds: float) -> Iterator[Point]:
    timetable, findings = read_sessions(scenario, file.sessions)
    report = check(scenario, timetable, findings)
    if report.broken:
        finding = report.broken[0]
        yield Point(False, f"The timetable breaks '{finding.id}': {finding.message}.")
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
    yield _none_below(scenario, bound, seconds)
    if file.unique and not report.broken:
        yield _no_other(scenario, timetable, report.cost, seconds)


def _none_below(scenario: Scenario, bound: int, seconds: float) -> Point:
    if bound <= 0:
        return Point(True, "No timetable costs less than 0: penalties are never negative.")
    result = search(scenario, bound, seconds=seconds)
    if result.timetable is not None:
        cheaper = check(scenario, result.timetable).cost
        return Point(False, f"A timetable that costs {cheaper} exists, less than the bound of {bound}.")
    if not result.complete:
        text = f"That none costs less than {bound} is not decided: too large for the second engine ({result.reason})."
        return Point(None, text)
    return Point(True, f"No timetable costs less than {bound}: searched exhaustively, {counted(result.nodes, 'step')}.")


def _no_other(scenario: Scenario, timetable: Timetable, cost: int, seconds: float) -> Point:
    result = search(scenario, cost + 1, other_than=timetable, seconds=seconds)
    if result.timetable is not None:
        return Point(False, "It is not the only one: another timetable is as good.")
    if not result.complete:
        text = f"That no other is as good is not decided: too large for the second engine ({result.reason})."
        return Point(None, text)
    return Point(True, f"No other timetable is as good: searched exhaustively, {counted(result.nodes, 'step')}.")


def _conflict(scenario: Scenario, file: _File, seconds: float) -> Iterator[Point]:
    items = items_of(scenario)
    by_id = {item.id: item for item in items}
    unknown = [atom for member in file.set for atom in member.rules if atom not in by_id]
    unknown += [member.held for member in file.set if member.held and member.held not in scenario.sessions]
    if unknown or not file.set:
        what = f"'{printable(unknown[0][:60])}' is no rule of the scenario" if unknown else "it is empty"
        yield Point(False, f"The set cannot be verified: {what}.")
        return
    result = search(_keeping(scenario, items, by_id, file.set), seconds=seconds)
    number = counted(len(file.set), "member")
    if result.impossible is None:
        yield Point(
            None, f"That the set is impossible is not decided: too large for the second engine ({result.reason})."
        )
    elif result.impossible:
        yield Point(True, f"The set of {number} is impossible: searched exhaustively, {counted(result.nodes, 'step')}.")
    else:
        yield Point(False, f"The set of {number} is not impossible: a timetable keeps it.")
    if not file.minimal:
        return
    for index, member in enumerate(file.set):
        witness = next((w for w in file.witnesses if w.without == index), None)
        sentence = printable(member.sentence[:100])
        if witness is None:
            yield Point(False, f"No timetable shows that the set needs: {sentence}")
            continue
        rest = [other for other in file.set if other is not member]
        kept = _keeping(scenario, items, by_id, rest)
        shown = [entry for entry in witness.sessions if entry.get("id") in kept.sessions]
        timetable, findings = read_sessions(kept, shown)
        broken = check(kept, timetable, findings).broken
        if broken:
            yield Point(False, f"The timetable without \"{sentence}\" breaks '{broken[0].id}': {broken[0].message}.")
        else:
            yield Point(True, f"Without it the others hold together: {sentence}")


def _keeping(scenario: Scenario, items: tuple[Item, ...], by_id: dict[str, Item], members: list[_Member]) -> Scenario:
    """The plain scenario of some members of the set; with held sessions, of these on calendar and rooms alone."""
    kept = [by_id[atom] for member in members for atom in member.rules]
    changed = keeping(scenario, items, kept)
    held = [member.held for member in members if member.held]
    return holding(changed, held) if held else changed  # type: ignore[arg-type]  # ids of this scenario
