"""The text of a file with its places, and what makes it no YAML: ruamel's messages in a planner's words."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from typing import NamedTuple

from ruamel.yaml.error import MarkedYAMLError

from scheduler.reading.diagnostics import Diagnostic, Severity
from scheduler.wording import quoted


class Span(NamedTuple):
    """Part of a line: ``line`` and ``column`` count from 1, ``length`` in characters is at least 1."""

    line: int
    column: int
    length: int


class Source:
    """The text of a file and the places in it; ``index`` is always a position in the text, from 0."""

    def __init__(self, name: str, text: str) -> None:
        self.name = "<stdin>" if name == "-" else name
        self.text = text
        breaks = [match.span() for match in re.finditer(r"\r\n|\r|\n", text)]
        self.starts = [0, *(end for _, end in breaks)]
        self.ends = [*(start for start, _ in breaks), len(text)]
        self.lines = tuple(text[start:end] for start, end in zip(self.starts, self.ends, strict=True))

    def line_at(self, index: int) -> int:
        """The line, from 1, in which the character at ``index`` stands."""
        return bisect_right(self.starts, index)

    def span(self, start: int, end: int) -> Span:
        """The characters from ``start`` to ``end`` as far as they stand on one line, at least one."""
        line = self.line_at(start)
        text = self.text[start : min(end, self.ends[line - 1])]
        return Span(line, start - self.starts[line - 1] + 1, max(1, len(text.rstrip() or text)))

    def point(self, start: int, end: int, message: str, hint: str = "", path: str = "") -> Diagnostic:
        """An error at the characters from ``start`` to ``end``."""
        return self.at(self.span(start, end), message, hint, path)

    def at(self, span: Span, message: str, hint: str = "", path: str = "") -> Diagnostic:
        """An error at ``span``."""
        return Diagnostic(self.name, *span, path, message, hint, Severity.ERROR, self.lines[span.line - 1])

    def whole(self, message: str, hint: str = "") -> Diagnostic:
        """An error of the file as a whole."""
        return Diagnostic(self.name, 0, 0, 0, "", message, hint)


def explain(source: Source, last: int, error: Exception) -> tuple[int, str]:
    """Where a syntax error is, and one sentence for what ruamel says of it; ``last`` is where all was still well."""
    if not isinstance(error, MarkedYAMLError):
        wrong = next((m for m in _LONG_ESCAPE.finditer(source.text, last) if int(m[1], 16) > sys.maxunicode), None)
        return (wrong.start(), f"there is no character {wrong[0]}") if wrong else (last, _UNCLEAR)
    here = error.problem_mark or error.context_mark
    opened = error.context_mark or here
    directive = _LATE_DIRECTIVE.search(source.text, last)
    said = f"{error.context or ''}|{error.problem or ''}"
    if directive and ("directive" in said or "document start" in said):
        return directive.start(), DIRECTIVE
    before = source.text[source.starts[source.line_at(here.index) - 1] : here.index]
    if "found '<scalar>'" in said and before.strip(" -"):
        return here.index, "text after a value that is already complete: put the whole of it in quotes"
    for pattern, at_opening, sentence in _SYNTAX:
        match = re.search(pattern, said)
        if match:
            message = match.expand(sentence).replace("LINE", str(source.line_at(opened.index)))
            return (opened if at_opening else here).index, message
    return here.index, _UNCLEAR


def second_thought(source: Source, index: int) -> str:
    """A hint at what often lies behind a syntax error, from its line and the line above."""
    number = source.line_at(index)
    for at, line in list(enumerate(source.lines, 1))[max(0, number - 2) : number][::-1]:
        glued = _GLUED.match(line)
        if glued:
            return f"a space is missing after {quoted(glued[1])} on line {at}"
        if _TYPOGRAPHIC & set(line):
            return f"the quotes on line {at} are typographic: YAML knows only \" and '"
    return ""


DIRECTIVE = "this is a directive, which is not used here: delete the line (every file is read as YAML 1.2)"
"""What is said of ``%YAML 1.1`` and the like, wherever they are found."""

_UNCLEAR = "this cannot be read: check the quotes, the brackets and the indentation"
_LONG_ESCAPE = re.compile(r"\\U([0-9A-Fa-f]{8})")
_LATE_DIRECTIVE = re.compile(r"(?<![^\r\n])%")
_GLUED = re.compile(r"[ -]*([\"']?[^\W\d][\w-]*[\"']?:)[^ :/]")
_TYPOGRAPHIC = set("\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb")

_SYNTAX = (
    (r"found character '\\t'", False, "a tab where only spaces may stand: write spaces"),
    (r"found character (\S+) that cannot start", False, r"a text cannot begin with \1: put it in quotes"),
    ("values are not allowed", False, "no ': ' is expected here: put the text in quotes, or check the indentation"),
    ("could not find expected ':'", True, "no ':' after this key: write 'key: value'"),
    ("entries are not allowed", False, "no list can begin here: begin it on the next line, or put the text in quotes"),
    ("keys are not allowed", False, "a text cannot begin with '? ': put it in quotes"),
    (r"an (?:alias|anchor)\|", True, "a text cannot begin with & or *: put it in quotes"),
    (r"\btag\b", True, "a ! before a value is a tag, which is not used here: leave it out, or put the text in quotes"),
    (r"a quoted scalar\|", True, "the quote that opens here is never closed"),
    ("unknown escape character", False, r"in double quotes \\ has a meaning: write \\\\, or use single quotes"),
    ("expected escape sequence", False, r"hexadecimal digits must follow \\x, \\u or \\U: write \\\\ for a single \\"),
    (r"a block scalar\|", False, "the text after | or > begins on the next line: put a text that begins so in quotes"),
    ("more indented", False, "the lines of this text are not indented alike"),
    ("expected ',' or '(.)', but got '<stream end>'", True, r"this bracket is never closed: '\1' is missing"),
    ("expected ',' or '(.)'", False, r"',' or '\1' is missing before this; the bracket opens on line LINE"),
    (r"<block end>, but found '([],}])'", False, r"'\1' is not expected here: put the text in quotes"),
    (r"node content, but found '([],}])'", False, r"a value is missing before '\1'"),
    ("<block end>, but found", False, "this line fits nothing above it: check its indentation and the dashes"),
    (
        "document (?:start|end)",
        False,
        "this does not belong to what stands above: check the indentation and the quotes",
    ),
)
"""What ruamel says (context|problem), whether to point at the opening (else at the trouble), and our words for it."""
