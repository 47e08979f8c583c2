"""Columns ``absent`` and ``present`` of a table of sessions: when the presenters of a row are away, or there.

What a row says, it says of each of its presenters, wherever else they present. Rows that name the same person say the
same or leave the cell empty; a scenario that says it in ``officers`` or ``people`` is held to it as well.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from scheduler.domain.persons import is_nobody
from scheduler.reading.composite import items_below
from scheduler.reading.tables.files import Cell, Table
from scheduler.reading.yamltext import Document, Node
from scheduler.wording import quoted

TIMES = ("absent", "present")
"""The columns, which are keys of officers and people."""
_FAMILIES = ("officers", "people")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a cell says of one person: a list of times."""

    table: Table
    cell: Cell
    times: Node
    person: str

    @property
    def words(self) -> frozenset[str]:
        """The times, however they are ordered."""
        return _words(self.times)


class Absences:
    """Collects what the rows of tables say, and writes it into the tree: to officers and people, or as new people."""

    def __init__(self, document: Document, root: Node, origins: dict[int, Document]) -> None:
        self._document, self._root, self._origins = document, root, origins
        self._said: dict[tuple[str, str], _Said] = {}

    def note(self, table: Table, cell: Cell, key: str, times: Node, presenters: Collection[str]) -> None:
        """One cell; a contradiction to another row is told at the cell."""
        people = [name for name in presenters if not is_nobody(name)]
        if not people:
            table.wrong(cell, f"nobody presents in this row: name under presenters who is {key} then")
        for name in people:
            known = self._said.setdefault((self._spelt(name), key), _Said(table, cell, times, name))
            if known.words != _words(times):
                where = _place(known, table)
                table.wrong(cell, f"{quoted(name)} is {key} at other times in {where}", "write the same, or nothing")

    def write(self) -> None:
        """Give everybody their times; what the scenario says otherwise is told at the cell."""
        for (spelt, key), said in self._said.items():
            node = self._entry(spelt) or self._new(said)
            if key not in node.children:
                node.children[key], node.keys[key] = said.times, said.cell.span
                self._origins[id(said.times)] = said.table.file
            elif _words(node.children[key]) != said.words:
                line = node.keys[key].line
                message = f"the scenario says otherwise when {quoted(said.person)} is {key}, on line {line}"
                said.table.wrong(said.cell, message, "write the same, or nothing")

    def _spelt(self, name: str) -> str:
        """The place of the entry that a presenter means, or else the name."""
        for family in _FAMILIES:
            for index, node in items_below(self._root, family).items():
                if name in (_text(node, "id"), _text(node, "name")):
                    return f"{family} {index}"
        return f"new {name}"

    def _entry(self, spelt: str) -> Node | None:
        family, _, index = spelt.partition(" ")
        return items_below(self._root, family)[int(index)] if family in _FAMILIES else None

    def _new(self, said: _Said) -> Node:
        """An entry of ``people`` for a name that stands in no list yet."""
        known = items_below(self._root, "people")
        found = next((node for node in known.values() if _text(node, "name") == said.person), None)
        if found is not None:
            return found
        listed = self._root.children.get("people")
        if listed is None or not isinstance(listed.data, list):
            listed = self._root.children["people"] = Node(said.cell.span, [])
            self._root.keys.setdefault("people", said.cell.span)
            self._origins[id(listed)] = said.table.file
        node = Node(said.cell.span, {})
        node.children["name"] = Node(said.cell.span, said.person)
        node.keys["name"] = said.cell.span
        self._origins[id(node)] = said.table.file
        listed.children[len(listed.children)] = node
        return node


def _place(said: _Said, table: Table) -> str:
    """``line 3``, or of another table ``line 3 of talks.csv``."""
    cell = re.match(r"cell [A-Z]+[0-9]+\b", said.table.file.titles.get(said.cell.span, ""))
    place = cell[0] if cell else f"line {said.cell.span.line}"
    return place if said.table is table else f"{place} of {said.table.file.name}"


def _words(times: Node) -> frozenset[str]:
    return frozenset(" ".join(str(each.data).split()) for each in times.children.values())


def _text(node: Node, key: str) -> str | None:
    found = node.children.get(key)
    return found.data if found is not None and isinstance(found.data, str) else None
