"""Sessions and preferences that a scenario takes from tables: the tables are written out into its tree.

``sessions: {from: submissions.csv}`` at the top of a scenario, whose column ``body`` says whose a session is, or within
a body, without that column; ``{from: talks.xlsx, sheet: talks}`` for a workbook. In a rule any table, such as
``bodies_by_slot: {from: bodies.csv}``: the first column names its rows, the header its columns, an empty cell is 0.
``header: 2`` passes over what stands above row 2, ``durations: minutes`` says what lengths without a unit are.
Paths are relative to the file that says them. Every value keeps its place: mistakes are shown in the table.
"""

from __future__ import annotations

from scheduler.errors import InputError
from scheduler.reading.composite import Composite, beside, items_below, refresh, tables_in
from scheduler.reading.diagnostics import Diagnostic, Loc, ScenarioError
from scheduler.reading.tables.absences import TIMES, Absences
from scheduler.reading.tables.columns import (
    BODY,
    LISTS,
    PRICED,
    UNITS,
    doubt_commas,
    doubt_dates,
    refuse_dates,
    settle_durations,
    settle_header,
)
from scheduler.reading.tables.files import MOST_ROWS, SUFFIXES, Cell, Table, read_table, values_of
from scheduler.reading.tables.naming import Naming, UnclearSlotError
from scheduler.reading.tables.seats import COLUMNS as SEATS
from scheduler.reading.tables.seats import people_in, seat_of
from scheduler.reading.yamlsyntax import Span
from scheduler.reading.yamltext import Document, Node
from scheduler.wording import did_you_mean, quoted, suggest

KEYS = ("from", "sheet", "header")
"""What may be said of a table in a file."""
DURATIONS = "durations"
"""The key that gives lengths without a unit in a table of sessions their unit."""
NAMED = ("rooms", "officers")
"""Columns of sessions whose values may be names in place of ids."""
MOST_BODIES_COMPARED = 20
"""Unknown bodies that are compared with the known ones, for a hint."""


def expanded(document: Document) -> Document:
    """The document with every table written out; what is wrong with single cells is in ``problems``.

    Raises:
        ScenarioError: a table cannot be read, or has not the columns that it needs; with every such reason.
    """
    references = list(tables_in(document.root))
    if not references:
        return document
    return _Expander(document).expand(references)


def _text_of(cell: Cell, column: str) -> str:
    """What a cell says: a title in quotes with the blanks around it, everything else without."""
    return cell.quoted if column == "title" and cell.quoted and cell.text else cell.text


class _Expander:
    """Writes the tables of one document out, into its own tree."""

    def __init__(self, document: Document) -> None:
        self.document, self.root = document, document.root
        known = document if isinstance(document, Composite) else Composite(document.name, document.lines, document.root)
        self.origins, self.problems = dict(known.origins), list(known.problems)
        self.fatal: list[Diagnostic] = []
        self.hints: dict[str, str] = {}
        self.naming = Naming(document.data)
        self.absences = Absences(document, self.root, self.origins)
        self.read: list[Table] = []

    def expand(self, references: list[Loc]) -> Composite:
        """The whole.

        Raises:
            ScenarioError: a table cannot be used at all.
        """
        for loc in references:
            table = self._read(loc)
            if table is None:
                continue
            if loc[0] == "rules":
                self._preferences(loc, table)
            else:
                self._sessions(loc, table)
            self.read.append(table)
        self.absences.write()
        self.problems += [problem for table in self.read for problem in table.problems]
        if self.fatal:
            raise ScenarioError(*self.fatal, *self.problems)
        self.root.children.pop("sessions", None)
        refresh(self.root)
        return Composite(self.document.name, self.document.lines, self.root, self.origins, tuple(self.problems))

    # --- the file --------------------------------------------------------------------------------------------

    def _read(self, loc: Loc) -> Table | None:
        node = self._at(loc)
        if not isinstance(node.data, dict):
            self._refuse(loc, "sessions stand below their bodies, or in a table: write 'from: submissions.csv' here")
            return None
        keys = KEYS if loc[0] == "rules" else (*KEYS, DURATIONS)
        strange = [key for key in node.children if key not in keys]
        for key in strange:
            known = did_you_mean(str(key), keys)
            self.fatal.append(self.document.diagnose((*loc, key), "unknown key", hint=known, key=True))
        if "from" not in node.children and not strange:
            self._refuse(loc, "'from' is missing here: write the path of a table, as in from: submissions.csv")
        if strange or "from" not in node.children:
            return None
        path = self._path(node, (*loc, "from"))
        return None if path is None else self._opened(loc, path)

    def _path(self, node: Node, place: Loc) -> str | None:
        written = node.children["from"].data
        source = self.document.origin(place) if isinstance(self.document, Composite) else self.document
        path = beside(source.name, written, SUFFIXES)
        if path is None:
            shown = quoted(written) if isinstance(written, str) else "this"
            remedy = "write one, as in talks.csv"
            self._refuse(place, f"{shown} is no relative path to a .csv, .tsv or .xlsx file: {remedy}")
        return path

    def _opened(self, loc: Loc, path: str) -> Table | None:
        place, keys = (*loc, "from"), self._at(loc).children
        sheet = keys["sheet"].data if "sheet" in keys else None
        if "sheet" in keys and not path.lower().endswith(".xlsx"):
            self._refuse((*loc, "sheet"), "only workbooks have sheets")
            return None
        if "sheet" in keys and not isinstance(sheet, str):
            self._refuse((*loc, "sheet"), "a sheet is named by its title")
            return None
        row = keys["header"].data if "header" in keys else "1"
        if not (isinstance(row, str) and row.isdecimal() and len(row) < 6 and 1 <= int(row) <= MOST_ROWS):
            self._refuse((*loc, "header"), "the number of the row is expected here that names the columns, as in 2")
            return None
        if DURATIONS in keys and keys[DURATIONS].data not in [*UNITS]:
            self._refuse(
                (*loc, DURATIONS),
                "numbers in the column duration are minutes, half-days or slots: write one of these words",
            )
            return None
        try:
            return read_table(path, sheet if isinstance(sheet, str) else None, int(row))
        except ScenarioError as error:
            self.fatal += error.diagnostics
        except InputError as error:
            self._refuse(place, error.message)
        return None

    def _at(self, loc: Loc) -> Node:
        node = self.root
        for step in loc:
            node = node.children[step]
        return node

    def _refuse(self, loc: Loc, message: str) -> None:
        self.fatal.append(self.document.diagnose(loc, message))

    # --- sessions --------------------------------------------------------------------------------------------

    def _sessions(self, loc: Loc, table: Table) -> None:
        """Each row as a session of its body."""
        shared = loc == ("sessions",)
        if not settle_header(table, shared=shared):
            self.fatal += table.problems
            table.problems = []
            return
        unit = self._at(loc).children.get(DURATIONS)
        settle_durations(table, unit.data if unit and isinstance(unit.data, str) else None)
        refuse_dates(table)
        doubt_dates(table)
        doubt_commas(table)
        if not shared:
            found = self._empty_list(self._at(loc[:-1]))
            for row in table.rows:
                self._append(found, table, row)
            return
        owners: dict[str, Node] = {}
        for body in items_below(self.root, "bodies").values():
            known_as = body.children["id"].data if "id" in body.children else None
            if isinstance(known_as, str):
                owners.setdefault(known_as, body)
        column = [cell.text for cell in table.header].index(BODY)
        first = next(iter(owners.values()), None)
        for row in table.rows:
            name = self.naming.id(row[column].text, "bodies")
            owner = owners.get(name, first)
            if name not in owners and first is not None:
                self._nobody(table, row[column], list(owners))
            if owner is None:
                continue
            sessions = owner.children.get("sessions")
            if sessions is None or sessions.data is None:
                sessions = self._empty_list(owner)
            if isinstance(sessions.data, list):
                self._append(sessions, table, row)

    def _nobody(self, table: Table, cell: Cell, known: list[str]) -> None:
        """A row whose body is not there; it is read with the first one, for what else is wrong with it."""
        if not cell.text:
            table.wrong(cell, "nothing stands here: write the id of the body whose session this is")
            return
        if cell.text not in self.hints:
            hint = did_you_mean(cell.text, known) if len(self.hints) < MOST_BODIES_COMPARED else ""
            called = self.naming.ids("bodies")
            if hint and suggest(cell.text, known) is None and (near := suggest(cell.text, called)) is not None:
                hint = f"did you mean {quoted(called[near])}, {quoted(near)}?"
            self.hints[cell.text] = hint
        table.wrong(cell, f"there is no body {quoted(cell.text)} in this scenario", self.hints[cell.text])

    def _empty_list(self, body: Node) -> Node:
        """A list of sessions in place of what the body has under that key."""
        old = body.children.get("sessions")
        node = Node(old.span if old else body.span, [])
        body.children["sessions"] = node
        body.keys.setdefault("sessions", node.span)
        if old is not None and id(old) in self.origins:
            self.origins[id(node)] = self.origins[id(old)]
        return node

    def _append(self, sessions: Node, table: Table, row: list[Cell]) -> None:
        node, times = Node(table.row_span(row), {}), dict[str, Cell]()
        for head, cell in zip(table.header, row, strict=True):
            if cell.text and head.text in TIMES:
                times[head.text] = cell
            elif cell.text and head.text not in ("", BODY):
                if head.text in LISTS:
                    value = self._several(table, cell, head.text)
                elif head.text in PRICED and cell.text.isdecimal():
                    value = Node(cell.span, {}, {"price": Node(cell.span, cell.text)}, {"price": cell.span})
                else:
                    value = Node(cell.span, _text_of(cell, head.text))
                node.children[head.text], node.keys[head.text] = value, cell.span
        people = list(people_in(node.children.get("presenters")))
        for key, cell in times.items():
            self.absences.note(table, cell, key, self._several(table, cell, key), people)
        self.origins[id(node)] = table.file
        sessions.children[len(sessions.children)] = node

    def _several(self, table: Table, cell: Cell, column: str) -> Node:
        """The values of a cell, parted by ``;``; one that contains the sign stands in quotes, as in CSV."""
        node = Node(cell.span, [])
        line = table.file.lines[cell.span.line - 1]
        position = cell.span.column - 1
        try:
            values = values_of(cell.text)
        except ScenarioError as error:
            table.wrong(cell, error.diagnostics[0].message)
            return node
        for value in values:
            span = cell.span
            found = line.find(value, position, cell.span.column - 1 + cell.span.length)
            if found >= 0:  # not where quotes are doubled, or the cell goes on below: there the cell is shown
                span, position = Span(cell.span.line, found + 1, len(value)), found + len(value)
                table.titles[span] = table.titles[cell.span]
            try:
                node.children[len(node.children)] = self._value(value, span, column)
            except ValueError as error:
                table.wrong(cell, str(error))
        return node

    def _value(self, value: str, span: Span, column: str) -> Node:
        def called(name: str) -> str:
            return self.naming.id(name, column) if column in NAMED else name

        return seat_of(value, span, called) if column in SEATS else Node(span, called(value))

    # --- preferences -----------------------------------------------------------------------------------------

    def _preferences(self, loc: Loc, table: Table) -> None:
        """Points by row and column; what is empty or 0 is left out."""
        old = self._at(loc)
        node = Node(old.span, {})
        if id(old) in self.origins:
            self.origins[id(node)] = self.origins[id(old)]
        self._at(loc[:-1]).children[loc[-1]] = node
        down, _, across = str(loc[-1]).rpartition("_by_")
        if not down:  # one table that is not named so, of bodies by bodies
            down = across = "bodies"
        columns = self._columns(table, across)
        for row in table.rows:
            if not row[0].text:
                table.wrong(row[0], "this row has no name: the first column names every row")
                continue
            name = self._named(table, row[0], down)
            if name is None:
                continue
            if name in node.children:
                message = f"the row {quoted(name)} stands on line {node.keys[name].line} already"
                table.wrong(row[0], message)
                continue
            line = Node(row[0].span, {})
            for head, column, cell in zip(table.header[1:], columns, row[1:], strict=True):
                if cell.text not in ("", "0") and column is not None:
                    line.children[column] = Node(cell.span, cell.text)
                    line.keys[column] = head.span
            self.origins[id(line)] = table.file
            node.children[name] = line
            node.keys[name] = row[0].span

    def _columns(self, table: Table, family: str) -> list[str | None]:
        """Ids, and slots, by column; None: of a column that is refused."""
        found: list[str | None] = []
        for head in table.header[1:]:
            name = self._named(table, head, family)
            if name in found and name is not None:
                table.wrong(head, f"another column stands for {quoted(name)} already")
                name = None
            found.append(name)
        return found

    def _named(self, table: Table, cell: Cell, family: str) -> str | None:
        try:
            return self.naming.id(cell.text, family)
        except UnclearSlotError as error:
            table.wrong(cell, str(error))
            return None
