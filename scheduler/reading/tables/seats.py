"""What a cell says of somebody for whom somebody else may come: ``a or b``, ``chair or else vice for 50``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from scheduler.reading.yamlsyntax import Span
from scheduler.reading.yamltext import Node

COLUMNS = ("officers", "presenters")
_OR_ELSE = re.compile(r"(.+?),?\s+or else\s+(.+)", re.IGNORECASE)
_PRICE = re.compile(r"(.+?)\s+for\s+(\S+)(?:\s+points?)?", re.IGNORECASE)
_OR = re.compile(r",?\s+or\s+", re.IGNORECASE)
NO_PRICE = "a deputy has a price in points: write it as in 'chair or else vice for 50'"


def seat_of(text: str, span: Span, called: Callable[[str], str]) -> Node:
    """What stands in YAML for a value of a cell; ``called`` gives the id of whom a name means.

    Raises:
        ValueError: the price of a deputy is missing.
    """
    if (instead := _OR_ELSE.fullmatch(text)) is not None:
        priced = _PRICE.fullmatch(instead[2])
        if priced is None:
            raise ValueError(NO_PRICE)
        deputies = [called(name) for name in _OR.split(priced[1])]
        who, price = Node(span, called(instead[1])), Node(span, priced[2])
        return _keys(span, {"who": who, "deputies": _list(span, deputies), "price": price})
    names = _OR.split(text)
    if len(names) == 1:
        return Node(span, called(text))
    return _keys(span, {"one_of": _list(span, [called(name) for name in names])})


def people_in(seats: Node | None) -> Iterator[str]:
    """Everybody whom the values of a cell name."""
    for seat in seats.children.values() if seats is not None else ():
        named = [seat.children[key] for key in ("who", "deputies", "one_of") if key in seat.children] or [seat]
        for each in named:
            yield from (str(name.data) for name in (each.children.values() or [each]))


def _keys(span: Span, values: Mapping[str, Node]) -> Node:
    node = Node(span, {}, keys=dict.fromkeys(values, span))
    node.children.update(values)
    return node


def _list(span: Span, names: Sequence[str]) -> Node:
    return Node(span, [], {number: Node(span, name) for number, name in enumerate(names)})
