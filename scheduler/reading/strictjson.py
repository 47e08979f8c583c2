"""Reads JSON strictly: refuses a key that stands twice, half of a character, and what is no number."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

from scheduler.errors import InputError
from scheduler.reading.diagnostics import printable
from scheduler.reading.files import TIMETABLE, Held, Kind, as_text, read_bytes, shown_name
from scheduler.wording import uncapital

MOST_DEPTH = 100
"""Levels of lists and objects in one another."""
MOST_DIGITS = 300
"""Digits of a whole number; no meeting needs more."""
_TOKEN = re.compile(
    r'(?P<text>"(?:[^"\\]|\\.)*")(?P<key>\s*:)?|[\[\]{}]|(?P<number>NaN|-?Infinity|-?\d[\d.eE+-]*)', re.DOTALL
)
_HALF = re.compile(
    r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)


class NotJson(ValueError):  # noqa: N818  a word of the trade
    """A text that is no JSON, or one that nobody can use."""

    def __init__(self, reason: str, place: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place
        """``:line:column``, where they are known."""


def read_object(path: str | Path | Held, kind: Kind) -> tuple[dict[str, Any], bytes]:
    """The JSON object in a file, ``-`` for standard input, and the bytes that it was read from.

    Raises:
        InputError: it cannot be read, is no JSON object, or gives a key twice.
    """
    raw, name = read_bytes(path, kind), shown_name(path)
    try:
        data = parse(raw, kind)
    except NotJson as error:
        raise InputError(printable(f"{name}{error.place}: {error.reason}")) from None
    if not isinstance(data, dict):
        raise InputError(printable(f"{name}: this is no {kind.noun}: {kind.remedy}"))
    return data, raw


def parse(raw: bytes, kind: Kind = TIMETABLE) -> Any:
    """The value of a JSON text in UTF-8.

    Raises:
        NotJson: it is none, or says something that nobody can use.
    """
    text = as_text(raw, kind)
    if not isinstance(text, str):
        raise NotJson(text.reason)
    if not text.strip():
        raise NotJson(f"this file is empty: {kind.remedy}")
    try:
        found = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        if not text[: error.pos].strip():
            raise NotJson(f"this is no JSON: {kind.remedy}") from None
        place = f":{error.lineno}:{error.colno}"
        raise NotJson(f"this is no JSON: {uncapital(error.msg)}", place) from None
    except (RecursionError, ValueError) as error:
        _refuse_oddities(text)
        raise error if isinstance(error, NotJson) else NotJson("this is no JSON that can be read") from None
    _refuse_oddities(text)
    return found


def _refuse_oddities(text: str) -> None:
    """What JSON allows, or Python in it, and what means nothing; each with its place."""
    open_keys: list[set[str]] = []
    for match in _TOKEN.finditer(text):
        if match["key"]:
            keys = open_keys[-1] if open_keys else set()
            if match["text"] in keys:
                raise _twice(match["text"][1:-1], _place(text, match.start()))
            keys.add(match["text"])
        if match["text"]:
            if half := _half_in(match["text"]):
                reason = f"half of a character stands here, {half[0]}: delete it"
                raise NotJson(reason, _place(text, match.start() + half.start()))
        elif match["number"]:
            if reason := _no_number(match["number"]):
                raise NotJson(reason, _place(text, match.start()))
        elif match[0] in "[{":
            open_keys.append(set())
            if len(open_keys) > MOST_DEPTH:
                raise NotJson(f"it is nested too deeply, more than {MOST_DEPTH} levels", _place(text, match.start()))
        elif open_keys:
            open_keys.pop()


def _half_in(written: str) -> re.Match[str] | None:
    return next((match for match in _HALF.finditer(written) if match["half"]), None) if "\\u" in written else None


def _no_number(written: str) -> str:
    """Why nobody can use a number; empty where one can."""
    if not written[-1].isdigit():
        return f"'{written[:20]}' is no number: write one"
    if written.lstrip("-").isdigit():
        few = len(written) <= MOST_DIGITS
        return "" if few else f"a number of {len(written)} digits is too large to be meant: correct it"
    try:
        return f"the number {written[:20]} is too large to be meant: correct it" if math.isinf(float(written)) else ""
    except ValueError:  # told by the reader of JSON
        return ""


def _place(text: str, index: int) -> str:
    return f":{text.count(chr(10), 0, index) + 1}:{index - text.rfind(chr(10), 0, index)}"


def _twice(key: str, place: str = "") -> NotJson:
    return NotJson(f"the key '{printable(key[:60])}' is given twice in one object: delete one", place)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The same for keys that are written in different ways and mean one."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _twice(next(key for number, key in enumerate(keys) if key in keys[:number]))
    return found
