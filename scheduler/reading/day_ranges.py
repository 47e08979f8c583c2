"""Writes ranges of days out in the tree of a document, so that every day has its place and can be named in a path."""

from __future__ import annotations

from datetime import date

from scheduler.domain.day_ranges import closed_days, overlap, written_out
from scheduler.reading.composite import Composite, refresh
from scheduler.reading.yamltext import Document, Node


def in_full(document: Document) -> Composite:
    """The document with each range of days in ``calendar`` written out, every day at the place of its range.

    Days that overlap stay as they are: the calendar refuses them.
    """
    calendar = document.root.children["calendar"]
    holidays = calendar.children.get("holidays")
    listed = holidays.data if holidays is not None and isinstance(holidays.data, list) else []
    closed = closed_days(listed)
    origins = dict(document.origins) if isinstance(document, Composite) else {}
    for key, left_out in (("days", closed), ("holidays", None)):
        node = calendar.children.get(key)
        if node is None or not isinstance(node.data, list) or (key == "days" and overlap(node.data, closed)):
            continue
        children = []
        for number, child in node.children.items():
            days = _each_day(child, left_out, origins)
            for day in days:
                day.written = number
            children += days
        node.children = dict(enumerate(children))
    refresh(document.root)
    problems = document.problems if isinstance(document, Composite) else ()
    return Composite(document.name, document.lines, document.root, origins, problems)


def _each_day(node: Node, closed: set[date] | None, origins: dict[int, Document]) -> list[Node]:
    """The node itself, or where its range can be read one for each day."""
    found = []
    for data, day in written_out([node.data], closed):
        made = node
        if day is not None:
            made = Node(node.span, data, {}, node.keys)
            for step, child in node.children.items():
                made.children[step] = Node(child.span, day.isoformat()) if step == "date" else child
                if id(child) in origins:
                    origins[id(made.children[step])] = origins[id(child)]
            if id(node) in origins:
                origins[id(made)] = origins[id(node)]
        found.append(made)
    return found
