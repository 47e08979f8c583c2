"""Doubts about what a repeat says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scheduler.reading.diagnostics import Loc
from scheduler.scenario import Scenario, entries
from scheduler.wording import quoted

_LISTS = ("officers", "rooms", "equipment")
"""Keys of which an empty list is the same as saying nothing."""


def doubts(data: Any, scenario: Scenario) -> Iterator[tuple[Loc, str, str]]:
    """Empty lists in the plain data: what stands in the session that is repeated counts all the same."""
    for b, body in enumerate(entries(data, "bodies")):
        for s, session in enumerate(entries(body, "sessions")):
            first = session.get("repeats")
            for key in _LISTS if first in scenario.sessions else ():
                if session.get(key) == [] and (held := getattr(scenario.sessions[first], key)):
                    message = (
                        f"an empty list says nothing here: {key} are as in {quoted(str(first))}, {', '.join(held)}"
                    )
                    yield (
                        ("bodies", b, "sessions", s, key),
                        message,
                        "name others, or write a session that repeats none",
                    )
