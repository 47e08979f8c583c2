"""The language of ``--set``: a path into the scenario and a value, ``bodies.WGTU.sessions.wgtu.duration=6h``."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.errors import InputError
from scheduler.reading.diagnostics import Diagnostic, Loc, ScenarioError, Severity, render
from scheduler.reading.entry import validated
from scheduler.reading.yamltext import parse_document
from scheduler.scenario import Scenario
from scheduler.wording import did_you_mean


@dataclass(frozen=True, slots=True)
class CommandOption:
    """An option of the command line with its text; an error points with a caret into the text."""

    name: str
    text: str

    def diagnostic(
        self, message: str, start: int, end: int | None, hint: str, severity: Severity = Severity.ERROR
    ) -> Diagnostic:
        """About the characters from ``start`` to ``end``, None: to the last."""
        length = max(1, (len(self.text) if end is None else end) - start)
        return Diagnostic(self.name, 1, start + 1, length, "", message, hint, severity, self.text)

    def wrong(self, message: str, start: int = 0, end: int | None = None, hint: str = "") -> InputError:
        """An error about the characters from ``start`` to ``end``, None: to the last."""
        return InputError(render([self.diagnostic(message, start, end, hint)]))


class _Pointing:
    """Takes the place of the document: an error about it points at the value on the command line."""

    def __init__(self, option: CommandOption, start: int, data: Any) -> None:
        self.option, self.start, self.data = option, start, data

    def resolve(self, loc: Loc) -> Loc:
        """As it is."""
        return loc

    def diagnose(
        self, loc: Loc, message: str, *, hint: str = "", key: bool = False, severity: Severity = Severity.ERROR  # noqa: ARG002  the protocol
    ) -> Diagnostic:  # fmt: skip
        """At the value, or with ``key`` at the last step of the path."""
        if not key:
            return self.option.diagnostic(message, self.start, None, hint, severity)
        start = self.option.text.rfind(".", 0, self.start - 1) + 1
        return self.option.diagnostic(message, start, self.start - 1, hint, severity)


def with_settings(scenario: Scenario, settings: Sequence[str]) -> Scenario:
    """The scenario with values set: ``bodies.WGTU.sessions.wgtu.duration=6h``.

    An entry of a list is named by its id, date, name or number. ``sessions`` lists the sessions of all bodies.

    Raises:
        InputError: a path leads nowhere, or a value does not fit; with a caret.
    """
    for text in settings:
        option = CommandOption("--set", text)
        if "=" not in text:
            raise option.wrong(f"'{text}' sets nothing: write path=value, as in bodies.WGTU.sessions.wgtu.duration=6h")
        path, _, value = text.partition("=")
        data = copy.deepcopy(scenario.document)
        _assign(option, data, path, _value(option, value, len(path) + 1))
        try:
            scenario, _ = validated(_Pointing(option, len(path) + 1, data))
        except ScenarioError as error:
            wrong = (each for each in error.diagnostics if each.severity is Severity.ERROR)
            raise InputError(render(wrong)) from None
    return scenario


def _value(option: CommandOption, text: str, start: int) -> Any:
    try:
        return parse_document(f"value: {text}".encode(), option.name).data["value"]
    except (ScenarioError, KeyError):
        raise option.wrong(f"'{text}' cannot be read as a value", start, None, "write it as in the scenario") from None


def _assign(option: CommandOption, data: Any, path: str, value: Any) -> None:
    """Set the value at the end of the path. Ids may contain dots: the longest id that fits is taken."""
    steps, here, start = path.split("."), data, 0
    if steps[0] == "sessions" and isinstance(data, dict):
        data = {**data, "sessions": [session for body in data["bodies"] for session in body["sessions"]]}
        here = data
    while steps:
        found, used = _member(here, steps)
        if found is None and isinstance(here, dict) and len(steps) == 1:
            found, used = steps[0], 1
        if found is None:
            name = steps[0]
            raise option.wrong(f"'{name}' leads nowhere", start, start + len(name), did_you_mean(name, _names(here)))
        if used == len(steps):
            if path.partition(".")[0] == "sessions" and (here is data or here is data["sessions"]):
                remedy = "name one, as in sessions.wgtu.duration=6h"
                if here is not data:
                    name = f"sessions.{here[found]['id']}"
                    remedy = f"to leave it out, write a file that extends the scenario, with remove: [{name}]"
                raise option.wrong("only what stands in a session can be set, not the whole", 0, len(path), remedy)
            here[found] = value
            return
        here = here[found]
        start += len(".".join(steps[:used])) + 1
        steps = steps[used:]


def _member(here: Any, steps: Sequence[str]) -> tuple[Any, int]:
    for used in range(len(steps), 0, -1):
        name = ".".join(steps[:used])
        if isinstance(here, dict) and name in here:
            return name, used
        if isinstance(here, list):
            for index, entry in enumerate(here):
                if isinstance(entry, dict) and name == name_of_entry(entry):
                    return index, used
            if name.isdigit() and int(name) < len(here):
                return int(name), used
    return None, 0


def name_of_entry(entry: dict[str, Any]) -> str | None:
    """The id of an entry, or else its date, or else its name."""
    found = entry.get("id") or entry.get("date") or entry.get("name")
    return None if found is None else str(found)


def _names(here: Any) -> list[str]:
    if isinstance(here, dict):
        return list(here)
    if isinstance(here, list):
        names = [name_of_entry(entry) for entry in here if isinstance(entry, dict)]
        return [name for name in names if name is not None] or [str(number) for number in range(len(here))]
    return []
