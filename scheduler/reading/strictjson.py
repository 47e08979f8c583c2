"""JSON that says one thing: a key that is given twice is refused, where others keep the last in silence."""

from __future__ import annotations

import json
from typing import Any

from scheduler.reading.diagnostics import printable


class NotJson(ValueError):  # noqa: N818  a word of the trade
    """A text that is no JSON, or gives a key twice."""

    def __init__(self, reason: str, place: str = "", *, doubled: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.doubled = reason, doubled
        self.place = place
        """``:line:column``, where they are known."""


def parse(raw: bytes) -> Any:
    """The value of a JSON text in UTF-8.

    Raises:
        NotJson: it is none.
    """
    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise NotJson(f"{error.msg[:1].lower()}{error.msg[1:]}", f":{error.lineno}:{error.colno}") from None
    except UnicodeDecodeError:
        raise NotJson("it is not UTF-8 text") from None
    except RecursionError:
        raise NotJson("it is nested too deeply") from None
    except NotJson:
        raise
    except ValueError as error:
        raise NotJson(str(error)) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for number, key in enumerate(keys) if key in keys[:number])
        raise NotJson(f"the key '{printable(twice[:60])}' is given twice in one object: delete one", doubled=True)
    return found
