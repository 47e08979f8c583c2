"""Scenarios that extend another: a file says only what differs, and every mistake is shown where it was written.

``extends: csp11.yaml`` names the scenario to start from, relative to the file itself. Then, in this order, ``remove``
takes out what its paths name, ``set`` puts values where its paths lead, and ``add`` appends items to lists. A path
names items by their id, days by their date: ``officers.dief-chair.vacant``, ``bodies.WGETI.sessions.cei.duration``,
``calendar.days.2025-02-26.slots``; a session is also found below ``sessions``, whichever body it belongs to.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from scheduler.reading.composite import Composite, beside, ranges_in, refresh
from scheduler.reading.diagnostics import Diagnostic, Loc, ScenarioError
from scheduler.reading.files import SCENARIO, UnreadableError, read_bytes
from scheduler.reading.tables.expanding import expanded
from scheduler.reading.yamlsyntax import Span
from scheduler.reading.yamltext import Document, Node, parse_document
from scheduler.wording import did_you_mean, quoted

KEYS = ("extends", "name", "option", "set", "add", "remove")
LONGEST_CHAIN = 10
"""How many scenarios may extend one another."""


def resolve(document: Document) -> Document:
    """The document itself, or where it extends another the whole that the two make.

    Raises:
        ScenarioError: the other cannot be read, the chain closes or is too long, or a path leads nowhere.
    """
    return _resolve(document, (_identity(document.name),)) if "extends" in document.root.children else document


def merged(document: Document, base: Document) -> Document:
    """The whole that a document makes of a scenario at hand, as if it extended the file of that scenario.

    Paths that lead nowhere are among its ``problems``, to be told with whatever else is wrong.

    Raises:
        ScenarioError: a key is not known here.
    """
    _refuse_other_keys(document)
    return _Merger(document, base).merged()


def _identity(name: str) -> str:
    return name if name in ("-", "<stdin>") else os.path.realpath(name)


def _resolve(document: Document, chain: tuple[str, ...]) -> Document:
    if "extends" not in document.root.children:
        return document
    _refuse_other_keys(document)
    name = _base_name(document)
    if _identity(name) in chain or len(chain) >= LONGEST_CHAIN:
        circle = _identity(name) in chain
        closes = "the chain of scenarios closes here: one would extend itself"
        said = closes if circle else f"more than {LONGEST_CHAIN} scenarios extend one another: make it shorter"
        raise ScenarioError(document.diagnose(("extends",), said))
    try:
        data = read_bytes(name, SCENARIO)
    except UnreadableError as error:
        raise ScenarioError(document.diagnose(("extends",), error.message)) from None
    base = expanded(with_every_day(_resolve(parse_document(data, name), (*chain, _identity(name)))))
    return _Merger(document, base).merged()


def with_every_day(document: Document) -> Document:
    """The document with ranges of days written out, so that paths can name each day."""
    if not ranges_in(document.root):
        return document
    from scheduler.reading.day_ranges import in_full

    return in_full(document)


def _refuse_other_keys(document: Document) -> None:
    if problems := list(_shape(document)):
        raise ScenarioError(*problems)


def _base_name(document: Document) -> str:
    name = beside(document.name, document.data["extends"], (".yaml", ".yml"))
    if name is None:
        written = quoted(str(document.data["extends"]))
        message = f"{written} is no relative path to a scenario: write one, as in ../csp11.yaml"
        raise ScenarioError(document.diagnose(("extends",), message))
    return name


def _shape(document: Document) -> Iterator[Diagnostic]:
    """What a file that extends another may hold: the six keys, each of its kind."""
    for key in document.root.children:
        if key not in KEYS:
            hint = did_you_mean(str(key), KEYS)
            if hint.startswith("known"):
                hint = f"write set: {{{key}: ...}}"
            yield document.diagnose((key,), "unknown key in a scenario that extends another", hint=hint, key=True)
    if not isinstance(document.data.get("name"), str):
        yield document.diagnose(("name",), "'name' is missing here: a variant has a name of its own")
    for key, kind, form in (("set", dict, "path: value"), ("add", dict, "list: [items]"), ("remove", list, "- path")):
        value = document.data.get(key)
        if value is not None and not isinstance(value, kind):
            yield document.diagnose((key,), f"'{key}' is written as '{form}' lines")
    added = document.data.get("add")
    for key, value in added.items() if isinstance(added, dict) else ():
        if not isinstance(value, list):
            message = "a list is expected here: write the items that are added as '- ...' lines"
            yield document.diagnose(("add", key), message)
    removed = document.data.get("remove")
    for index, value in enumerate(removed if isinstance(removed, list) else ()):
        if not isinstance(value, str):
            yield document.diagnose(("remove", index), "a path is expected here, as in rules.dief-last")


class _Merger:
    """Applies one file to the tree of the scenario that it extends."""

    def __init__(self, document: Document, base: Document) -> None:
        self.document, self.base = document, base
        self.origins: dict[int, Document] = {}
        self.problems: list[Diagnostic] = []

    def merged(self) -> Composite:
        """The whole; with a problem for every path that leads nowhere."""
        root = self._copy(self.base.root, self.base, self.base)
        mine = self.document.root
        for index in mine.children.get("remove", _nothing()).children:
            self._remove(root, ("remove", index))
        for path, node in mine.children.get("set", _nothing()).children.items():
            self._set(root, str(path), node)
        for path, node in mine.children.get("add", _nothing()).children.items():
            self._add(root, str(path), node)
        for key in ("name", "option"):
            if key in mine.children:
                self._put(root, key, mine.children[key], mine.keys[key])
        if "option" not in mine.children:
            root.children.pop("option", None)
        refresh(root)
        found = self.base.problems if isinstance(self.base, Composite) else ()
        return Composite(self.document.name, self.document.lines, root, self.origins, (*found, *self.problems))

    def _copy(self, node: Node, source: Document, file: Document) -> Node:
        """A copy that may be changed; it was written in ``file``, unless ``source`` knows better."""
        if isinstance(source, Composite) and id(node) in source.origins:
            file = source.origins[id(node)]
        twin = Node(node.span, node.data, {}, dict(node.keys))
        self.origins[id(twin)] = file
        twin.children = {step: self._copy(child, source, file) for step, child in node.children.items()}
        return twin

    def _put(self, parent: Node, step: str | int, node: Node, key: Span) -> None:
        parent.children[step] = self._copy(node, self.document, self.document)
        if isinstance(step, str):
            parent.keys[step] = key

    def _set(self, root: Node, path: str, node: Node) -> None:
        found = self._walk(root, path, ("set", path), new=True)
        if found is not None:
            parent, step = found
            self._put(parent, step, node, self.document.root.children["set"].keys[path])

    def _add(self, root: Node, path: str, node: Node) -> None:
        found = self._walk(root, path, ("add", path), new=True)
        if found is None:
            return
        parent, step = found
        if step not in parent.children:
            self._put(parent, step, Node(node.span, []), self.document.root.children["add"].keys[path])
        target = parent.children[step]
        if not isinstance(target.data, list):
            self._complain(("add", path), f"{quoted(path)} is no list: put a value there with set")
            return
        for child in node.children.values():
            self._put(target, len(target.children), child, child.span)

    def _remove(self, root: Node, loc: Loc) -> None:
        found = self._walk(root, str(self.document.data["remove"][loc[1]]), loc, new=False)  # type: ignore[index]
        if found is None:
            return
        parent, step = found
        del parent.children[step]
        if isinstance(parent.data, list):
            parent.children = dict(enumerate(parent.children.values()))

    def _walk(self, root: Node, path: str, loc: Loc, *, new: bool) -> tuple[Node, str | int] | None:
        """What holds the end of a path, and the step to it; with ``new`` the last key of a mapping need not exist."""
        parent, rest = root, path
        if path.startswith("sessions."):
            parent, rest = self._sessions(root, path)
        while True:
            step, left = _step(parent, rest)
            if step is None:
                if new and left == "" and isinstance(parent.data, dict):
                    return parent, rest
                missing = rest.split(".")[0]
                hint = did_you_mean(missing, sorted(_names(parent)))
                self._complain(loc, f"the path leads nowhere: there is no {quoted(missing)}", hint)
                return None
            if not left:
                return parent, step
            child = parent.children[step]
            if child.data is None or isinstance(child.data, str):
                self._complain(loc, f"the path leads nowhere: {quoted(path[: -len(left) - 1])} has nothing below it")
                return None
            parent, rest = child, left

    def _sessions(self, root: Node, path: str) -> tuple[Node, str]:
        """The sessions of the body in which the session is found that a path names; the bodies when there is none."""
        bodies = root.children.get("bodies", _nothing())
        rest = path.removeprefix("sessions.")
        for body in bodies.children.values():
            sessions = body.children.get("sessions", _nothing())
            if _step(sessions, rest)[0] is not None:
                return sessions, rest
        every = Node(bodies.span, [])
        for body in bodies.children.values():
            for session in body.children.get("sessions", _nothing()).children.values():
                every.children[len(every.children)] = session
        return every, rest

    def _complain(self, loc: Loc, message: str, hint: str = "") -> None:
        self.problems.append(self.document.diagnose(loc, message, hint=hint, key=loc[0] != "remove"))


def _nothing() -> Node:
    return Node(Span(1, 1, 1), {})


def _step(node: Node, path: str) -> tuple[str | int | None, str]:
    """The child that a path leads to first, and the rest of the path; an id may hold dots itself."""
    names = _names(node)
    words = path.split(".")
    for count in range(len(words), 0, -1):
        word = ".".join(words[:count])
        if word in names:
            return names[word], ".".join(words[count:])
    return None, ".".join(words[1:])


def _rule_names(rules: Node) -> dict[str, str | int]:
    """Rules without an id by the name that a scenario gives them: their kind, numbered where that is taken."""
    taken = {node.data["id"] for node in rules.children.values() if isinstance(node.data, dict) and "id" in node.data}
    named: dict[str, str | int] = {}
    for index, node in rules.children.items():
        kind = node.data.get("rule") if isinstance(node.data, dict) and "id" not in node.data else None
        if isinstance(kind, str):
            name, number = kind, 1
            while name in taken:
                number += 1
                name = f"{kind}-{number}"
            taken.add(name)
            named[name] = index
    return named


def _names(node: Node) -> dict[str, str | int]:
    """What the children of a node are called in a path: keys, ids, dates, or names where there is no id."""
    if isinstance(node.data, dict):
        return {str(key): key for key in node.children}
    named: dict[str, str | int] = {}
    for index, child in node.children.items():
        name = child.data
        if isinstance(name, dict):
            held = child.children.get("id") or child.children.get("date")
            called = child.children.get("name")  # of people who have no id
            if held is None and called is not None and isinstance(called.data, str):
                named.setdefault(called.data, index)
            name = held.data if held else None
        if isinstance(name, str) and name.split():
            named.setdefault(name.split()[-1], index)
    return _rule_names(node) | named
