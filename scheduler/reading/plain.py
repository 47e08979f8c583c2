"""Plain data, JSON, and parts of documents as documents: messages name the path of a value, and its line if known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from scheduler.reading.cleaning import clean
from scheduler.reading.diagnostics import Diagnostic, Loc, Located, ScenarioError, Severity
from scheduler.reading.yamlsyntax import Span
from scheduler.reading.yamltext import Document, Node, parse_document

TOO_LARGE = 10**15
"""The smallest number that no scenario may hold."""


class _Seen:
    """A document whose places another one knows."""

    def _in(self) -> tuple[Located, Loc]:
        """The other document, and where it stands in that."""
        raise NotImplementedError

    def resolve(self, loc: Loc) -> Loc:
        """``loc`` reduced to the keys and indices that exist."""
        whole, at = self._in()
        return whole.resolve((*at, *loc))[len(at) :]

    def diagnose(
        self, loc: Loc, message: str, *, hint: str = "", key: bool = False, severity: Severity = Severity.ERROR
    ) -> Diagnostic:
        """A diagnostic in the other document."""
        whole, at = self._in()
        return whole.diagnose((*at, *loc), message, hint=hint, key=key, severity=severity)


@dataclass(frozen=True)
class Plain(_Seen):
    """Plain data, whose values have a path and no line; ``name`` is what messages call it, and may be empty."""

    name: str
    data: Any

    @cached_property
    def _tree(self) -> Document:
        return Document(self.name, ("",), _node(self.data))

    def _in(self) -> tuple[Located, Loc]:
        return self._tree, ()


def _node(value: Any) -> Node:
    """A tree of values without places."""
    nowhere = Span(0, 0, 0)
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    children = {step: _node(item) for step, item in items}
    return Node(nowhere, value, children, {step: nowhere for step in children if isinstance(step, str)})


@dataclass(frozen=True)
class JsonText(_Seen):
    """A JSON text that was read; the lines of its values are looked up only for a message."""

    name: str
    raw: bytes
    data: Any

    @cached_property
    def _located(self) -> Located:
        try:
            return parse_document(self.raw, self.name)  # JSON is YAML
        except ScenarioError:  # too long for the strict reader
            return Plain(self.name, self.data)

    def _in(self) -> tuple[Located, Loc]:
        return self._located, ()


@dataclass(frozen=True)
class Within(_Seen):
    """What stands at a place of a document, as a document of its own whose messages name the whole."""

    whole: Located
    at: Loc

    def _in(self) -> tuple[Located, Loc]:
        return self.whole, self.at

    @property
    def data(self) -> Any:
        """The values of the part."""
        found = self.whole.data
        for step in self.at:
            found = found[step]
        return found


def as_written(value: Any) -> Any:
    """A value as a document would hold it: keys, lists, texts without characters that a terminal would obey, numbers.

    A number stays one: it is minutes where a length of time is expected, and minutes after midnight where a clock is.
    """
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(key)): as_written(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_written(item) for item in value]
    return None if value is None else _text(value)


def _text(value: Any) -> Any:
    """What a planner would write for a value of Python."""
    match value:
        case bool():
            return str(value).lower()
        case int() if abs(value) >= TOO_LARGE:
            return "a number of more than 15 digits"
        case int() | float():
            return value
        case BaseModel():
            return as_written(_dumped(value))
        case Mapping():
            return as_written(dict(value))
        case datetime():
            return value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case timedelta():
            return f"{value // timedelta(minutes=1)} min"
    return clean(str(getattr(value, "text", value)))


def _dumped(value: BaseModel) -> Any:
    """The plain data of a part, even where something is in it that never passed a check."""
    try:
        return value.model_dump(mode="json", exclude_none=True, warnings=False)
    except Exception:  # noqa: BLE001  whatever a writer makes of a value that is not of its kind
        return {name: each for name, each in vars(value).items() if each is not None}
