"""Tables of penalties in rules: ``{row: {column: penalty}}``; a penalty that is left out is 0."""

from __future__ import annotations

from typing import Annotated, TypeAlias, TypeVar

from pydantic import Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema


class _OrFromAFile:
    """In an editor a table may also be ``{from: wishes.csv}``; it is written out before a rule sees it."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The table, or the file that it stands in."""
        text = {"type": "string"}
        properties = {"from": text, "sheet": text, "header": {"type": ["integer", "string"]}}
        file = {"type": "object", "properties": properties, "required": ["from"], "additionalProperties": False}
        return {"anyOf": [handler(core), file]}


Row = TypeVar("Row", bound=str)
Column = TypeVar("Column", bound=str)

Penalty: TypeAlias = Annotated[int, Field(ge=0, le=1_000_000)]
"""Units of violation."""
PenaltyTable: TypeAlias = Annotated[dict[Row, dict[Column, Penalty]], _OrFromAFile()]
"""Penalties by row and column, which are references to bodies, sessions, rooms or slots."""
