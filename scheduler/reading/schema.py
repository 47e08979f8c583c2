"""The JSON Schema of a scenario, as editors read it."""

from __future__ import annotations

from typing import Any

from scheduler.domain.programme import Room
from scheduler.reading.variants import KEYS
from scheduler.scenario import Scenario

DIALECT = "https://json-schema.org/draft/2020-12/schema"

VARIANT: dict[str, Any] = {
    "extends": {"type": "string", "pattern": r"\.ya?ml$", "description": "The scenario that this one starts from."},
    "set": {"type": "object", "description": "Values by path, as in officers.dief-chair.vacant: false."},
    "add": {"type": "object", "additionalProperties": {"type": "array"}, "description": "Items by list."},
    "remove": {"type": "array", "items": {"type": "string"}, "description": "Paths, as in rules.dief-last."},
}
"""Keys of a scenario that extends another, besides its name and option."""

TABLE: dict[str, Any] = {
    "type": "object",
    "description": "A table in a file, relative to this one: CSV, or a sheet of a workbook.",
    "properties": {
        "from": {"type": "string", "pattern": r"\.(csv|tsv|xlsx)$"},
        "sheet": {"type": "string", "description": "Of a workbook that has several."},
        "header": {
            "type": ["integer", "string"],
            "pattern": "^[1-9][0-9]*$",
            "minimum": 1,
            "description": "The row that names the columns; what stands above is passed over.",
        },
    },
    "required": ["from"],
    "additionalProperties": False,
}
"""Stands for any table within a rule."""

SESSIONS: dict[str, Any] = TABLE | {
    "properties": TABLE["properties"]
    | {
        "durations": {
            "enum": ["minutes", "half-days", "slots"],
            "description": "The unit of lengths without one; times are lengths then.",
        }
    }
}
"""Stands for a list of sessions."""


def scenario_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a scenario file.

    Numbers and truth values also pass as the plain YAML text they are.
    """
    Room.model_rebuild()  # up to 2.12 pydantic cannot write a default that is of a deferred class
    schema = Scenario.model_json_schema(mode="validation")
    needed = schema.pop("required")
    items, definitions = schema["properties"]["rules"]["items"], schema["$defs"]
    items["oneOf"] = [  # older versions of pydantic refer to the kinds of rules, later ones have them in place
        definitions.pop(kind["$ref"].rpartition("/")[2]) if "$ref" in kind else kind for kind in items["oneOf"]
    ]
    _accept_tables(items)
    schema["properties"] |= VARIANT
    schema["properties"]["sessions"] = SESSIONS
    sessions = schema["$defs"]["Body"]["properties"]["sessions"]
    schema["$defs"]["Body"]["properties"]["sessions"] = {"anyOf": [sessions, SESSIONS]}
    schema["if"] = {"required": ["extends"]}
    schema["then"] = {"required": ["name"], "propertyNames": {"enum": list(KEYS)}}
    schema["else"] = {"required": needed, "properties": dict.fromkeys(VARIANT, False)}
    return {"$schema": DIALECT, **schema, "title": "Scenario of a meeting series"}


def _accept_tables(schema: Any) -> None:
    """Wherever rows and columns are expected, a table in a file will do."""
    forms = schema.get("anyOf") if isinstance(schema, dict) else None
    if isinstance(forms, list) and any("additionalProperties" in form for form in forms if isinstance(form, dict)):
        forms.append(TABLE)
        return
    for below in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        _accept_tables(below)
