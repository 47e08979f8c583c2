"""JSON that says one thing: a key that is given twice is refused, where others keep the last in silence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from scheduler.errors import InputError
from scheduler.reading.diagnostics import printable
from scheduler.reading.encoding import as_text
from scheduler.reading.files import TIMETABLE, Kind, read_bytes, shown_name


class NotJson(ValueError):  # noqa: N818  a word of the trade
    """A text that is no JSON, or gives a key twice."""

    def __init__(self, reason: str, place: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place
        """``:line:column``, where they are known."""


def read_object(path: str | Path, kind: Kind) -> tuple[dict[str, Any], bytes]:
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
        NotJson: it is none.
    """
    text = as_text(raw, kind)
    if not isinstance(text, str):
        raise NotJson(text.reason)
    if not text.strip():
        raise NotJson(f"this file is empty: {kind.remedy}")
    try:
        return json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        if not text[: error.pos].strip():
            raise NotJson(f"this is no JSON: {kind.remedy}") from None
        place = f":{error.lineno}:{error.colno}"
        raise NotJson(f"this is no JSON: {error.msg[:1].lower()}{error.msg[1:]}", place) from None
    except RecursionError:
        raise NotJson("this is no JSON that can be read: it is nested too deeply") from None
    except NotJson:
        raise
    except ValueError as error:
        raise NotJson(f"this is no JSON: {error}") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for number, key in enumerate(keys) if key in keys[:number])
        raise NotJson(f"the key '{printable(twice[:60])}' is given twice in one object: delete one")
    return found
