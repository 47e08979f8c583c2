"""A strict reader of YAML 1.2: every scalar stays the text that was written, and every value knows its place.

Anchors, aliases, tags, directives, merge keys and equal keys are refused: each makes a file mean something other than
what a person reads in it. A scalar gets its type later, from the model that it is read into: ``10:00``, ``no`` and
``010`` are the texts "10:00", "no" and "010" here. Only a plain ``null``, ``~`` or nothing at all is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from scheduler.reading.diagnostics import Diagnostic, Loc, ScenarioError, Severity
from scheduler.reading.files import SCENARIO, Kind, UnreadableError, as_text, read_bytes
from scheduler.reading.yamlsyntax import DIRECTIVE, Source, Span, explain, second_thought
from scheduler.wording import quoted

LIMIT_DEPTH = 40
"""How many lists and mappings may lie in one another."""

LIMIT_PROBLEMS = 100
"""Diagnostics after which the reader stops."""

Data: TypeAlias = "dict[str, Data] | list[Data] | str | None"


@dataclass(slots=True)
class Node:
    """A value with its place; ``children`` by key or index, ``keys`` the places of the keys of a mapping."""

    span: Span
    data: Data
    children: dict[str | int, Node] = field(default_factory=dict)
    keys: dict[str, Span] = field(default_factory=dict)
    written: str | int | None = None
    """Its index in the file, where a range of days has been written out; None: the one that it has here."""


@dataclass(frozen=True)
class Document:
    """A file that was read: its name for messages, its lines without line breaks, and its tree of values."""

    name: str
    lines: tuple[str, ...]
    root: Node = field(repr=False)

    @property
    def data(self) -> dict[str, Data]:
        """The values as plain dicts, lists, strings and None; the top is always a dict."""
        assert isinstance(self.root.data, dict)
        return self.root.data

    def resolve(self, loc: Loc) -> Loc:
        """``loc`` reduced to the keys and indices that exist here.

        Pydantic writes the tags of unions into a ``loc`` ('order', 'function-after[...]'); these are left out, and so
        is the end of a ``loc`` that names a key that is missing.
        """
        return _follow(self.root, loc, fresh=True)[1]

    def path(self, loc: Loc) -> str:
        """``bodies[2].sessions[0].duration`` for a pydantic ``loc``; indices count from 0, the top is empty."""
        node, steps = self.root, list[str | int]()
        for step in self.resolve(loc):
            node = node.children[step]
            steps.append(step if node.written is None else node.written)
        return path_text(steps)

    def locate(self, loc: Loc, *, key: bool = False) -> Span:
        """The place of the value at ``loc``, or with ``key`` of its key; where it is missing, of what holds it.

        A mapping or list in block style is represented by its first key or its first dash.
        """
        node, span = self.root, self.root.span
        for step in self.resolve(loc):
            parent, node = node, node.children[step]
            span = parent.keys[step] if key and isinstance(step, str) else node.span
        return span

    def diagnose(
        self, loc: Loc, message: str, *, hint: str = "", key: bool = False, severity: Severity = Severity.ERROR
    ) -> Diagnostic:
        """A diagnostic that points at the value, or with ``key`` at the key, that stands at ``loc``."""
        line, column, length = self.locate(loc, key=key)
        source = self.lines[line - 1]
        return Diagnostic(self.name, line, column, length, self.path(loc), message, hint, severity, source)


def read_document(path: str | Path) -> Document:
    """Read a file by its path; ``-`` is standard input, which messages call ``<stdin>``.

    Raises ``ScenarioError`` for everything that can be wrong with it, a file that is not there included.
    """
    name = str(path)
    try:
        data = read_bytes("-" if name == "-" else path, SCENARIO)
    except UnreadableError as error:
        raise ScenarioError(Source(name, "").whole(error.reason)) from None
    return parse_document(data, name)


def parse_document(source: bytes, name: str) -> Document:
    """Read a document from bytes in UTF-8, with or without a byte order mark; raises ``ScenarioError``."""
    if len(source) > SCENARIO.most_bytes:
        raise ScenarioError(Source(name, "").whole(SCENARIO.too_large))
    reader = _YamlReader(decode(source, name))
    root = reader.read()
    if reader.problems or root is None:
        raise ScenarioError(*sorted(reader.problems, key=lambda problem: (problem.line, problem.column)))
    return Document(reader.source.name, reader.source.lines, root)


def path_text(steps: Iterable[str | int]) -> str:
    """Keys and indices as ``bodies[2].title``; a key that is no plain word is quoted: ``people['Amb. Example']``."""
    plain = re.compile(r"[^\W\d][\w-]{0,59}")
    parts = (f".{s}" if plain.fullmatch(str(s)) else f"[{quoted(s) if isinstance(s, str) else s}]" for s in steps)
    return "".join(parts).removeprefix(".")


_KINDS = ("rule", "kind", "type")
"""Keys by which unions are told apart: their value is the tag that pydantic writes into a ``loc``."""


def _follow(node: Node, loc: Loc, *, fresh: bool) -> tuple[int, Loc]:
    """How many elements of ``loc`` fit nothing, and the others; of several readings the one that leaves fewest.

    ``fresh`` is whether the tag of this node, of which there is at most one, may still come.
    """
    if not loc:
        return 0, ()
    head, rest = loc[0], loc[1:]
    found: list[tuple[int, Loc]] = []
    if fresh and any(kind in node.children and node.children[kind].data == head for kind in _KINDS):
        found.append(_follow(node, rest, fresh=False))
    if head in node.children:
        unused, steps = _follow(node.children[head], rest, fresh=True)
        found.append((unused, (head, *steps)))
    if not found:
        unused, steps = _follow(node, rest, fresh=fresh)
        found.append((unused + 1, steps))
    return min(found, key=lambda reading: reading[0])


def decode(data: bytes, name: str, kind: Kind = SCENARIO) -> Source:
    """The text of a file in UTF-8, without a byte order mark.

    Raises ``ScenarioError`` for another encoding and for what is no text.
    """
    text = as_text(data, kind)
    if isinstance(text, str):
        return Source(name, text)
    source = Source(name, text.text)
    if text.index is None:
        raise ScenarioError(source.whole(text.reason, text.hint))
    raise ScenarioError(source.point(text.index, text.index + 1, text.reason, text.hint))


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read; ``step`` is the key or index of the value that comes or came last."""

    node: Node
    start: int
    flow: bool
    is_key: bool = False
    step: str | int | None = None
    key_ready: bool = False
    key_end: int = 0

    @property
    def awaits_key(self) -> bool:
        return isinstance(self.node.data, dict) and not self.key_ready


class _YamlReader:
    """From a text to a tree, in one pass over ruamel's events, which need no recursion."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Diagnostic] = []
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.stopped = False

    def read(self) -> Node | None:
        text, trusted = self._prepare()
        documents = last = 0
        try:
            for event in YAML(typ="safe", pure=True).parse(text):
                last = event.start_mark.index
                if last >= trusted or self.stopped:
                    break
                if isinstance(event, DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        self._complain(last, last + 3, "a second document begins here: keep one in a file")
                        self.stopped = True
                elif isinstance(event, NodeEvent):
                    self._node(event)
                elif isinstance(event, CollectionEndEvent):
                    self._close(event.end_mark.index)
        except (YAMLError, ValueError, OverflowError, RecursionError) as error:
            index, message = explain(self.source, last, error)
            if index < trusted and self.source.line_at(index) not in {problem.line for problem in self.problems}:
                self._complain(index, index + 1, message, second_thought(self.source, index))
        if not self.problems:
            self._check_top()
        return self.root

    def _prepare(self) -> tuple[str, int]:
        """The text with what is refused at sight blanked out, and the index up to which its structure counts."""
        text = self.source.text
        for start, line in zip(self.source.starts, self.source.lines, strict=True):
            if line.startswith("%"):
                self._complain(start, start + len(line), DIRECTIVE)
                text = text[:start] + "#" + text[start + 1 :]
            elif line.strip() and not line.startswith("#"):
                break
            if self.stopped:
                break
        for match in UNREADABLE.finditer(text):
            self._complain(*match.span(), f"the character U+{ord(match[0]):04X} does not belong here: delete it")
        text = _BLANK.sub(lambda match: " " * len(match[0]), UNREADABLE.sub("_", text))
        trusted = len(text) + 1
        for match in _ODD_INDENT.finditer(text):
            trusted = min(trusted, match.start())
            what = "a tab" if "\t" in match[1] else "a no-break or other special space"
            self._complain(*match.span(1), f"{what} in the indentation: indent with plain spaces")
        return _ODD_INDENT.sub(lambda match: " " * len(match[0]), text), trusted

    def _check_top(self) -> None:
        if self.root is None or self.root.data is None:
            self._complain(0, 1, "the file is empty: write 'key: value' lines, or begin with 'schedule init'")
        elif not isinstance(self.root.data, dict):
            what = "a list" if isinstance(self.root.data, list) else "a text alone"
            self.problems.append(self.source.at(self.root.span, f"{what} at the top: write 'key: value' lines here"))

    def _complain(self, start: int, end: int, message: str, hint: str = "", *, path: bool = False) -> None:
        if self.stopped:
            return
        if len(self.problems) == LIMIT_PROBLEMS:
            self.problems.append(self.source.point(start, end, "too many errors: the rest was not read"))
            self.stopped = True
            return
        steps = [frame.step for frame in self.open if frame.step is not None] if path else []
        self.problems.append(self.source.point(start, end, message, hint, path_text(steps)))

    def _node(self, event: NodeEvent) -> None:
        """A scalar, an alias, or the start of a list or mapping: as a key, or as a value that finds its place."""
        frame = self.open[-1] if self.open else None
        start, end = event.start_mark.index, event.end_mark.index
        as_key = frame is not None and frame.awaits_key
        if frame is not None and not frame.key_ready:
            frame.step = len(frame.node.data) if isinstance(frame.node.data, list) else None
        if event.anchor is not None or getattr(event, "tag", None) is not None:
            self._refuse_properties(start)
        if isinstance(event, CollectionStartEvent):
            if len(self.open) == LIMIT_DEPTH:
                self._complain(start, start + 1, f"more than {LIMIT_DEPTH} levels deep: check the brackets and dashes")
                self.stopped = True
                return
            node = Node(self.source.span(start, start + 1), {} if isinstance(event, MappingStartEvent) else [])
            if as_key:
                self._complain(start, start + 1, _COMPLEX_KEY, path=True)
            else:
                self._attach(node)
            self.open.append(_Open(node, start, bool(event.flow_style), is_key=as_key))
            return
        value = event.value if isinstance(event, ScalarEvent) else None
        plain = isinstance(event, ScalarEvent) and not event.style
        if value is not None and _HALF_CHARACTER.search(value):
            self._complain(start, end, "half of a character (\\uD800 to \\uDFFF): write it with \\U", path=True)
        if as_key and frame is not None:
            self._key(frame, value, plain, start, end)
            return
        if plain and value == "" and frame is not None and isinstance(frame.step, str):
            colon = _COLON.match(self.source.text, frame.key_end)
            start = colon.end() if colon else frame.key_end
        self._attach(Node(self.source.span(start, end), None if plain and value in ("", "~", "null") else value))

    def _refuse_properties(self, start: int) -> None:
        """An anchor, an alias or a tag, or an anchor and a tag: ``start`` is where the first of them stands."""
        while match := _PROPERTY.match(self.source.text, start):
            what = {"&": "an anchor", "*": "an alias", "!": "a tag"}[match[2]]
            message = f"{quoted(match[1])} is {what}, which is not used here: {_PROPERTY_REMEDY.format(match[2])}"
            self._complain(*match.span(1), message, path=True)
            start = match.end()

    def _key(self, frame: _Open, name: str | None, plain: bool, start: int, end: int) -> None:
        frame.key_ready, frame.key_end = True, end
        span = self.source.span(start, end)
        if not frame.flow and not frame.node.keys:
            frame.node.span = span
        if name is None:
            return
        if _QUESTION.search(self.source.text[max(0, start - 40) : start]):
            self._complain(start, end, _COMPLEX_KEY, path=True)
        elif plain and name == "":
            self._complain(start, end, "a key is missing before ':'", path=True)
        elif plain and name == "<<":
            self._complain(start, end, "'<<' merges another mapping: write its keys out instead", path=True)
        else:
            frame.step = name
            if name in frame.node.keys:
                first = frame.node.keys[name].line
                self._complain(start, end, f"this key is given twice: the first is on line {first}", path=True)
            frame.node.keys.setdefault(name, span)

    def _attach(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        frame = self.open[-1]
        parent = frame.node
        if isinstance(parent.data, list):
            parent.children[len(parent.data)] = node
            parent.data.append(node.data)
        elif isinstance(parent.data, dict):
            frame.key_ready = False
            if isinstance(frame.step, str) and frame.step not in parent.data:
                parent.children[frame.step] = node
                parent.data[frame.step] = node.data

    def _close(self, end: int) -> None:
        frame = self.open.pop()
        if frame.flow:
            frame.node.span = self.source.span(frame.start, end)
        if frame.is_key:
            self.open[-1].key_ready, self.open[-1].key_end = True, end


_COMPLEX_KEY = "a key must be a plain word: write 'key: value', and put a text that begins with ? in quotes"
_PROPERTY_REMEDY = "write the value itself, or put a text that begins with {} in quotes"
_PROPERTY = re.compile(r"(([&*!])[^\s,\[\]{}]*) *")
UNREADABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""A character that is not written into texts: a control character, or none at all."""
_ODD_INDENT = re.compile(r"(?<![^\r\n]) *([^\S\r\n ][^\S\r\n]*)(?=\S)")
_BLANK = re.compile(r"(?<![^\r\n])[^\S\r\n]+(?![^\r\n])")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_COLON = re.compile(r"[ \t]*:")
_QUESTION = re.compile(r"(?<![^\s\[{,])\? +\Z")
