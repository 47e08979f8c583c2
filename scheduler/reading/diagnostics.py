"""What is wrong in a file, said to a planner: the place, the sentence, the line with a caret, the remedy."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from scheduler.errors import InputError

Loc = tuple[str | int, ...]
T = TypeVar("T")

EXCERPT_COLUMNS = 112
"""Screen columns that are left for a source line beside its number: 120 in all, fewer on a narrow terminal."""

NUMBER_COLUMNS = 8
"""Screen columns of the number of a line, and of what divides it from the line."""

MOST_RENDERED = 100
"""How many diagnostics are printed one by one; nobody reads more, and the first often explain the others."""


class Severity(StrEnum):
    """An error makes the text invalid; a warning only makes a timetable unlikely."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong, and where.

    ``line`` and ``column`` count from 1, in characters; line 0 means the file as a whole. ``length`` is in characters
    of that line. The texts are raw, control characters and all: only ``render`` and ``as_json`` make them safe to show.
    """

    file: str
    line: int
    column: int
    length: int
    path: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    source_line: str = ""


class ScenarioError(InputError):
    """A scenario with errors; ``diagnostics`` holds every one of them, warnings included."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(render(diagnostics))
        self.diagnostics = diagnostics


class Located(Protocol):
    """A document that can say where a value stands; ``scheduler.reading.yamltext.Document`` is one."""

    @property
    def data(self) -> Any:
        """The values as plain dicts, lists, texts and numbers."""

    def resolve(self, loc: Loc) -> Loc:
        """``loc`` reduced to the keys and indices that exist in the document."""

    def diagnose(
        self, loc: Loc, message: str, *, hint: str = "", key: bool = False, severity: Severity = Severity.ERROR
    ) -> Diagnostic:
        """A diagnostic that points at the value, or with ``key`` at the key, that stands at ``loc``."""


def warned(document: Located, loc: Loc, message: str, hint: str = "", *, key: bool = False) -> Diagnostic:
    """A warning that points at the value, or with ``key`` at the key, that stands at ``loc``."""
    return document.diagnose(loc, message, hint=hint, key=key, severity=Severity.WARNING)


def first_few(found: Sequence[T], most: int) -> Iterator[tuple[T, int]]:
    """The first ``most``; the last of them comes with how many are left, the others with 0."""
    left = max(0, len(found) - most)
    return ((item, left if number == most else 0) for number, item in enumerate(found[:most], 1))


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """All diagnostics as text, by file, line and column, each once, and a last line that counts them.

    Nothing found gives the empty string. No line break ends the text. Control characters and characters that change
    the direction of writing are shown by their number, so no scenario can move the cursor or imitate a message.
    """
    found = _in_order(diagnostics)
    shown = found
    if len(found) > MOST_RENDERED:  # errors before warnings, and in order
        chosen = sorted(range(len(found)), key=lambda n: (found[n].severity is not Severity.ERROR, n))[:MOST_RENDERED]
        shown = [found[number] for number in sorted(chosen)]
    rows = [row for diagnostic in shown for row in _rows(diagnostic)]
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in found)
    counts = [(errors, "error"), (len(found) - errors, "warning")]
    summary = ", ".join(f"{count} {word}{'s' * (count != 1)}" for count, word in counts if count)
    if len(shown) < len(found):
        summary = f"{summary}; the first {len(shown)} are shown"
    return "\n".join([*rows, summary] if found else [])


def as_json(diagnostics: Iterable[Diagnostic]) -> list[dict[str, object]]:
    """The same diagnostics in the same order for ``--json``, without the source lines."""
    members = [asdict(diagnostic) for diagnostic in _in_order(diagnostics)]
    for member in members:
        del member["source_line"]
        member |= {name: printable(member[name]) for name in ("file", "path", "message", "hint")}
        member["severity"] = str(member["severity"])
    return members


def printable(text: str) -> str:
    """``text`` with every character that a terminal would obey, or hide, written as ``\\x1b`` or ``\\u202e``."""
    if text.isascii() and text.isprintable():
        return text  # most texts: a letter need not be looked at one by one
    return "".join(_shown(character)[0] for character in text)


def printable_lines(text: str) -> str:
    """The same of several lines, which stay apart."""
    return "\n".join(printable(line) for line in text.split("\n"))


def _in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    first: dict[tuple[object, ...], Diagnostic] = {}
    for item in diagnostics:
        first.setdefault((item.file, item.line, item.column, item.path, item.message, item.severity), item)
    return sorted(first.values(), key=lambda item: (item.file, item.line, item.column, item.severity))


def _rows(diagnostic: Diagnostic) -> Iterator[str]:
    line = f":{diagnostic.line}:{diagnostic.column}" if diagnostic.line else ""
    place = f"{diagnostic.file}{line}: " if diagnostic.file else ""
    mark = "warning: " if diagnostic.severity is Severity.WARNING else ""
    path = f"{diagnostic.path}: " if diagnostic.path else ""
    yield printable(f"{place}{mark}{path}{diagnostic.message}")
    hint = printable(diagnostic.hint)
    if diagnostic.line and diagnostic.source_line.strip():
        room = min(EXCERPT_COLUMNS, max(20, _screen_columns() - NUMBER_COLUMNS))
        excerpt, before, below = _excerpt(diagnostic, room)
        number = f"{diagnostic.line:>5}"
        caret = " " * before + "^" * below
        beside = hint and before + below + 2 + len(hint) <= room
        yield f"{number} | {excerpt}".rstrip()
        yield f"{' ' * len(number)} | {caret}{f'  {hint}' if beside else ''}"
        if hint and not beside:
            yield f"{' ' * len(number)} | {hint}"
    elif hint:
        yield f"      {hint}"


def _screen_columns() -> int:
    """How wide the terminal is to which diagnostics go; without one as wide as the excerpt may be."""
    try:
        if sys.stderr.isatty():
            return os.get_terminal_size(sys.stderr.fileno()).columns or EXCERPT_COLUMNS + NUMBER_COLUMNS
    except (OSError, ValueError, AttributeError):  # no terminal after all, or closed
        pass
    return EXCERPT_COLUMNS + NUMBER_COLUMNS


def _excerpt(diagnostic: Diagnostic, room: int) -> tuple[str, int, int]:
    """What fits of the source line, the screen columns before the caret, and those that the caret underlines."""
    line = diagnostic.source_line
    start = min(diagnostic.column - 1, len(line))
    low, high = max(0, start - room), min(len(line), start + room)
    cells = [_shown(character, tab="    ") for character in line[low:high]]
    first = start - low
    last = min(len(cells), max(first, diagnostic.column - 1 + max(1, diagnostic.length) - low))
    left, right, before = 0, len(cells), _columns(cells[:first])
    if low or high < len(line) or _columns(cells) > room:
        room -= 2
        lead = room if not low and _columns(cells[:last]) <= room else room // 3
        while before > lead:
            before -= cells[left][1]
            left += 1
        total = _columns(cells[left:])
        while total > room:
            right -= 1
            total -= cells[right][1]
    head = "…" if low + left else ""
    tail = "…" if low + right < len(line) else ""
    text = head + "".join(shown for shown, _ in cells[left:right]) + tail
    underlined = _columns(cells[first : min(last, right)])
    return text, len(head) + before, max(1, underlined)


def _columns(cells: Sequence[tuple[str, int]]) -> int:
    return sum(width for _, width in cells)


_MARKS = "\u200c\u200d\u200e\u200f\u061c"
"""Joiners, and marks of the direction of a single letter, which right-to-left texts need; they override nothing."""


def _shown(character: str, tab: str = "\\t") -> tuple[str, int]:
    """How a character is shown, and the columns this takes on a screen."""
    if " " <= character <= "~":
        return character, 1
    if character == "\t":
        return tab, len(tab)
    category = unicodedata.category(character)
    if category in ("Mn", "Me") or character in _MARKS:
        return character, 0
    if category in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        escape = character.encode("unicode_escape").decode("ascii")
        return escape, len(escape)
    return character, 2 if unicodedata.east_asian_width(character) in "WF" else 1
