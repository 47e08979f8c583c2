"""The language of ``--require`` and ``--forbid``, with the words of the YAML.

``dief on Wed pm``, ``wgtr at 15:00 on Thursday``, ``wgtu before wgtr``, ``a9 in room-2``.
"""

from __future__ import annotations

import re
from typing import Any

from constraints.not_on import NotOn
from constraints.only_on import OnlyOn
from constraints.order import Order
from constraints.pin import Pin
from scheduler.domain.clock import parse_clock
from scheduler.domain.when import parse_when
from scheduler.explanation.set_values import CommandOption
from scheduler.rules.rule import Rule
from scheduler.scenario import Scenario
from scheduler.wording import did_you_mean

_WORDS = re.compile(r"\S+")
_FORMS = "write 'dief on Wed pm', 'wgtr at 15:00', 'wgtu before wgtr' or 'a9 in room-2'"


def parse_wish(scenario: Scenario, text: str, *, forbid: bool = False, number: int = 1) -> Rule:
    """Read a wish as the rule that says it.

    Raises:
        InputError: it is not of the language; with a caret.
    """
    option = CommandOption("--forbid" if forbid else "--require", text)
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


def _work(scenario: Scenario, option: CommandOption, word: tuple[str, int, int]) -> str:
    """The session or body that is named; capitals do not matter, and a session goes before a body."""
    text, start, end = word
    known = [*scenario.sessions, *scenario.body]
    for name in (*(n for n in known if n == text), *(n for n in known if n.lower() == text.lower())):
        if not scenario.work(name):
            raise option.wrong(f"'{text}' has no session that is held", start, end)
        return str(name)
    hint = did_you_mean(text, [*(str(name) for name in known), *scenario.to_place])
    raise option.wrong(f"there is no body or session '{text}'", start, end, hint)


def _checked_when(scenario: Scenario, option: CommandOption, text: str, start: int) -> Any:
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


def _clock(option: CommandOption, text: str, start: int) -> int:
    try:
        return parse_clock(text.strip())
    except ValueError as error:
        raise option.wrong(str(error), start, start + len(text)) from None
