"""Forms of JSON values: each states once which keys a document has, their types, and where each value comes from.

The same form gives the JSON Schema that is published, and writes the value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, TypeAlias

from scheduler.domain.clock import show_clock

FAMILY = "treaty-schedule/"
VERSION = 1
"""Of every answer; an answer gets a higher one when a key of it changes its meaning or is removed."""

Schema: TypeAlias = dict[str, Any]


class Form:
    """A kind of value: its schema, and how a value of the program is written."""

    def __init__(self, schema: Schema, write: Callable[[Any], Any] = lambda value: value) -> None:
        self.schema, self.write = schema, write


Keys: TypeAlias = Mapping[str, Form | tuple[str | Callable[[Any], Any], Form]]
"""A key takes the attribute of its own name, or that of another name (or path: ``a.b``), or what a function gives."""

TEXT = Form({"type": "string"})
WHOLE = Form({"type": "integer"})
TRUTH = Form({"type": "boolean"})
NUMBER = Form({"type": "number"})
TENTH = Form({"type": "number"}, lambda number: round(number, 1))
CHANCE = Form({"type": "number", "minimum": 0, "maximum": 1}, lambda chance: round(chance, 4))
DATE = Form({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}, lambda day: day.isoformat())
TIME = Form({"type": "string", "pattern": r"^\d\d:\d\d$"}, show_clock)
ANYTHING = Form({"type": "object"}, dict)
"""An object with any keys."""


def each(of: Form, number: int | None = None) -> Form:
    """A list, of ``number`` values where that is given."""
    length = {} if number is None else {"minItems": number, "maxItems": number}
    return Form({"type": "array", "items": of.schema, **length}, lambda values: [of.write(value) for value in values])


def by_name(of: Form) -> Form:
    """An object with a value for each of any names."""
    schema = {"type": "object", "additionalProperties": of.schema}
    return Form(schema, lambda values: {name: of.write(value) for name, value in values.items()})


def or_null(of: Form) -> Form:
    """A value or None."""
    return Form({"anyOf": [of.schema, {"type": "null"}]}, lambda value: None if value is None else of.write(value))


def one_of(*values: str) -> Form:
    """One of these texts."""
    return Form({"enum": list(values)}, str)


def always(value: Any) -> tuple[Callable[[Any], Any], Form]:
    """A key that has the same value whatever the object is of."""
    return lambda _: value, Form({"const": value})


class Members(Form):
    """An object with these keys and no others; those in ``may`` are left out where there is nothing."""

    def __init__(self, keys: Keys, may: Keys | None = None) -> None:
        self.may = may or {}
        self.keys = {name: key if isinstance(key, tuple) else (name, key) for name, key in {**keys, **self.may}.items()}
        properties = {name: form.schema for name, (_, form) in self.keys.items()}
        schema = {"type": "object", "properties": properties, "required": list(keys), "additionalProperties": False}
        super().__init__(schema, self.of)

    def of(self, value: Any, **given: Any) -> dict[str, Any]:
        """The object of a value; ``given`` has members that are written already."""
        found = {}
        for name, (source, form) in self.keys.items():
            if name in given:
                found[name] = given[name]
            elif name not in self.may:
                taken = attrgetter(source)(value) if isinstance(source, str) else source(value)
                found[name] = form.write(taken)
        return found


class Answer(Members):
    """A document of the family: its name and version, and its own members."""

    def __init__(self, name: str, keys: Keys, may: Keys | None = None) -> None:
        super().__init__({"format": always(f"{FAMILY}{name}"), "version": always(VERSION), **keys}, may)
