"""The small language of ``--require``, ``--forbid`` and ``--set``: the words are those of the YAML.

``dief on Wed pm``, ``wgtr at 15:00 on Thursday``, ``wgtu before wgtr``, ``a9 in room-2``. An error points with a caret
into what was written.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from constraints.not_on import NotOn
from constraints.only_on import OnlyOn
from constraints.order import Order
from constraints.pin import Pin
from scheduler.domain.clock import parse_clock
from scheduler.domain.when import parse_when
from scheduler.errors import InputError
from scheduler.reading.diagnostics import Diagnostic, Loc, ScenarioError, Severity, render
from scheduler.reading.entry import validated
from scheduler.reading.whole_scenario import mistaken, unclear
from scheduler.reading.yamltext import parse_document
from scheduler.rules.rule import Rule
from scheduler.scenario import Scenario
from scheduler.wording import did_you_mean

_WORDS = re.compile(r"\S+")
_FORMS = "write 'dief on Wed pm', 'wgtr at 15:00', 'wgtu before wgtr' or 'a9 in room-2'"


@dataclass(frozen=True, slots=True)
class Option:
    """An option of the command line with its text; errors point into it."""

    name: str
    text: str

    def wrong(self, message: str, start: int = 0, end: int | None = None, hint: str = "") -> InputError:
        """An error about the characters from ``start`` to ``end``."""
        length = max(1, (len(self.text) if end is None else end) - start)
        found = Diagnostic(self.name, 1, start + 1, length, "", message, hint, Severity.ERROR, self.text)
        return InputError(render([found]))


def parse_wish(scenario: Scenario, text: str, *, forbid: bool = False, number: int = 1) -> Rule:
    """Read a wish as the rule that says it.

    Raises:
        InputError: it is not of the language; with a caret.
    """
    option = Option("--forbid" if forbid else "--require", text)
    words = [(match[0], *match.span()) for match in _WORDS.finditer(text)]
    if len(words) < 3:
        raise option.wrong(f"'{text}' is no wish: {_FORMS}")
    work = _work(scenario, option, words[0])
    verb = words[1][0].lower()
    rest = words[2][1]
    name = f"{'forbidden' if forbid else 'required'}-{number}"
    head: dict[str, Any] = {"id": name, "source": f"{option.name} '{text}'"}
    match verb:
        case "on":
            cut = re.search(r"\s+at\s+(?=\d)", text[rest:])
            when = text[rest : rest + cut.start()] if cut else text[rest:]
            part = _checked_when(scenario, option, when, rest)
            if cut and not forbid:
                at = _clock(option, text[rest + cut.end() :], rest + cut.end())
                return Pin(of=(work,), start=part, at=at, **head)
            if cut:
                where = rest + cut.start()
                raise option.wrong("only a part of the calendar can be forbidden", where, None, "leave the hour out")
            return (NotOn if forbid else OnlyOn)(of=(work,), when=(part,), **head)
        case "before" | "after":
            other = _work(scenario, option, words[2])
            if other == work:
                raise option.wrong("nothing comes before itself", *words[2][1:])
            chain = (work, other) if (verb == "before") is not forbid else (other, work)
            return Order(of=chain, **head)
        case "at" | "in" if forbid:
            hint = "forbid a part of the calendar: 'dief on Wed pm'"
            raise option.wrong(f"'{verb}' cannot be forbidden", *words[1][1:], hint)
        case "at":
            cut = re.search(r"\s+on\s+", text[rest:])
            clock = _clock(option, text[rest : rest + cut.start()] if cut else text[rest:], rest)
            start = None
            if cut:
                start = _checked_when(scenario, option, text[rest + cut.end() :], rest + cut.end())
            return Pin(of=(work,), start=start, at=clock, **head)
        case "in":
            called = text[rest:].strip()
            rooms = {name.lower(): room.id for room in scenario.rooms for name in (room.title, room.id)}
            if called.lower() not in rooms:
                ids = [str(room.id) for room in scenario.rooms]
                names = [room.title for room in scenario.rooms if room.title.lower() not in ids]
                hint = did_you_mean(called, [*ids, *names])
                raise option.wrong(f"there is no room '{called[:60]}'", rest, rest + len(called), hint)
            return Pin(of=(work,), room=rooms[called.lower()], **head)
    raise option.wrong(f"'{words[1][0]}' is not understood here", *words[1][1:], "write on, at, before, after or in")


def _work(scenario: Scenario, option: Option, word: tuple[str, int, int]) -> str:
    """The session or body that is named; capitals do not matter, and a session goes before a body."""
    text, start, end = word
    known = [*scenario.sessions, *scenario.body]
    for name in (*(n for n in known if n == text), *(n for n in known if n.lower() == text.lower())):
        if not scenario.work(name):
            raise option.wrong(f"'{text}' has no session that is held", start, end)
        return str(name)
    raise option.wrong(f"there is no body or session '{text}'", start, end, did_you_mean(text, [str(n) for n in known]))


def _checked_when(scenario: Scenario, option: Option, text: str, start: int) -> Any:
    shown = text.strip()
    try:
        part = parse_when(shown.lower() if re.search(r"\d{4}-", shown) else shown)
    except ValueError as error:
        raise option.wrong(str(error), start, start + len(text)) from None
    if found := part.unclear(scenario.calendar, one=True):
        raise option.wrong(found, start, start + len(text))
    if not part.slots(scenario.calendar):
        raise option.wrong(f"nobody can meet on '{shown}' in this series", start, start + len(text))
    return part


def _clock(option: Option, text: str, start: int) -> int:
    try:
        return parse_clock(text.strip())
    except ValueError as error:
        raise option.wrong(str(error), start, start + len(text)) from None


# --- --set --------------------------------------------------------------------------------------------------


class _Pointing:
    """Stands for the document when a value from the command line does not fit: every error points at the value."""

    def __init__(self, option: Option, start: int, data: Any) -> None:
        self.option, self.start, self.data = option, start, data

    def resolve(self, loc: Loc) -> Loc:
        """As it is."""
        return loc

    def diagnose(
        self, loc: Loc, message: str, *, hint: str = "", key: bool = False, severity: Severity = Severity.ERROR  # noqa: ARG002  the protocol
    ) -> Diagnostic:  # fmt: skip
        """At the value, or with ``key`` at the last step of the path."""
        text = self.option.text
        start = text.rfind(".", 0, self.start - 1) + 1 if key else self.start
        length = max(1, (self.start - 1 if key else len(text)) - start)
        return Diagnostic(self.option.name, 1, start + 1, length, "", message, hint, severity, text)


def with_settings(scenario: Scenario, settings: Sequence[str]) -> Scenario:
    """The scenario with values set: ``bodies.WGTU.sessions.wgtu.duration=6h``; members of lists by id, date or number.

    A session is also found below ``sessions``, whichever body it belongs to.

    Raises:
        InputError: a path leads nowhere, or a value does not fit; with a caret.
    """
    for text in settings:
        option = Option("--set", text)
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


def further_mistake(scenario: Scenario, changed: Scenario) -> tuple[str, str] | None:
    """What is wrong in several places of a changed scenario and was not before, with the remedy; None: nothing."""
    known = {message for _, message, _ in _mistakes(scenario)}
    return next(((message, hint) for _, message, hint in _mistakes(changed) if message not in known), None)


def _mistakes(scenario: Scenario) -> Iterator[tuple[Loc, str, str]]:
    yield from mistaken(scenario)
    yield from unclear(scenario)


def _value(option: Option, text: str, start: int) -> Any:
    try:
        return parse_document(f"value: {text}".encode(), option.name).data["value"]
    except (ScenarioError, KeyError):
        raise option.wrong(f"'{text}' cannot be read as a value", start, None, "write it as in the scenario") from None


def _assign(option: Option, data: Any, path: str, value: Any) -> None:
    """Follow the path; ids may hold dots, so the longest id that fits goes first."""
    steps, here, start = path.split("."), data, 0
    if steps[0] == "sessions" and isinstance(data, dict):
        data = {**data, "sessions": [session for body in data["bodies"] for session in body["sessions"]]}
        here = data
    while steps:
        found, used = _member(here, steps)
        last = used == len(steps)
        if found is None and isinstance(here, dict) and len(steps) == 1:
            found, used, last = steps[0], 1, True
        if found is None:
            known = _names(here)
            name = steps[0]
            raise option.wrong(f"'{name}' leads nowhere", start, start + len(name), did_you_mean(name, known))
        if last:
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
            for index, item in enumerate(here):
                if isinstance(item, dict) and name == _called(item):
                    return index, used
            if name.isdigit() and int(name) < len(here):
                return int(name), used
    return None, 0


def _called(item: dict[str, Any]) -> str | None:
    """The id of an item, or its date, or of somebody without an id the name."""
    found = item.get("id") or item.get("date") or item.get("name")
    return None if found is None else str(found)


def _names(here: Any) -> list[str]:
    if isinstance(here, dict):
        return list(here)
    if isinstance(here, list):
        names = [_called(item) for item in here if isinstance(item, dict)]
        return [name for name in names if name is not None] or [str(number) for number in range(len(here))]
    return []
