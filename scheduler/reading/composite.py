"""Documents made of several files: a message shows each value in the file that it comes from."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from scheduler.domain.clock import text_of_range
from scheduler.reading.diagnostics import Diagnostic, Loc, Severity
from scheduler.reading.yamlsyntax import Span
from scheduler.reading.yamltext import Data, Document, Node


@dataclass(frozen=True)
class TableFile(Document):
    """A table as the file of values: they are named by their columns, not by the path that they get in the whole."""

    titles: Mapping[Span, str] = field(default_factory=dict, repr=False)
    """What messages call the values, by their places."""


@dataclass(frozen=True)
class Composite(Document):
    """A tree whose nodes were written in several files."""

    origins: Mapping[int, Document] = field(default_factory=dict, repr=False)
    """The files of nodes by identity of the node; one that is not here was written where its parent was."""
    problems: tuple[Diagnostic, ...] = ()
    """What was found wrong while it was put together: in its tables, and paths that lead nowhere."""

    def origin(self, loc: Loc) -> Document:
        """The file in which the value at ``loc`` was written."""
        node, source = self.root, self.origins.get(id(self.root), self)
        for step in self.resolve(loc):
            node = node.children[step]
            source = self.origins.get(id(node), source)
        return source

    def diagnose(
        self, loc: Loc, message: str, *, hint: str = "", key: bool = False, severity: Severity = Severity.ERROR
    ) -> Diagnostic:
        """A diagnostic in the file that the value comes from."""
        span, source = self.locate(loc, key=key), self.origin(loc)
        line = source.lines[span.line - 1]
        path = source.titles.get(span, "") if isinstance(source, TableFile) else self.path(loc)
        return Diagnostic(source.name, *span, path, message, hint, severity, line)


def refresh(node: Node) -> Data:
    """Make the values of a tree agree with its nodes."""
    if isinstance(node.data, dict):
        node.data = {str(key): refresh(child) for key, child in node.children.items()}
    elif isinstance(node.data, list):
        node.data = [refresh(child) for child in node.children.values()]
    return node.data


def beside(name: str, written: object, suffixes: Collection[str]) -> str | None:
    """The file that a relative path means in the file ``name``; None when it is none, or ends otherwise.

    In a text from standard input a path is relative to the working directory.
    """
    path = PurePosixPath(written if isinstance(written, str) else "")
    if path.is_absolute() or path.suffix.lower() not in suffixes or any(mark in str(path) for mark in "\\:\0"):
        return None
    folder = "" if name in ("-", "<stdin>") else os.path.dirname(name)  # noqa: PTH120  keeps a/../b short below
    return os.path.normpath(os.path.join(folder, *path.parts))  # noqa: PTH118


def tables_in(root: Node) -> Iterator[Loc]:
    """Where tables stand in a tree; those of single bodies first."""
    for index, body in items_below(root, "bodies").items():
        sessions = body.children.get("sessions")
        if sessions is not None and isinstance(sessions.data, dict):
            yield ("bodies", index, "sessions")
    if "sessions" in root.children:
        yield ("sessions",)
    for index, rule in items_below(root, "rules").items():
        for key, child in rule.children.items():
            source = child.children.get("from")
            if source is not None and not isinstance(source.data, dict):
                yield ("rules", index, key)


def ranges_in(root: Node) -> bool:
    """Whether the calendar has ranges of days."""
    calendar = root.children.get("calendar")
    lists = () if calendar is None else (items_below(calendar, key) for key in ("days", "holidays"))
    return any(text_of_range(child.data) is not None for items in lists for child in items.values())


def items_below(node: Node, key: str) -> dict[str | int, Node]:
    """The items of a list; nothing where it is none."""
    found = node.children.get(key)
    return found.children if found is not None and isinstance(found.data, list) else {}
