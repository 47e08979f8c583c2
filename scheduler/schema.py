"""The JSON Schema of a scenario, as editors read it."""

from __future__ import annotations

from typing import Any

from scheduler.scenario import Scenario
from scheduler.variants import KEYS

DIALECT = "https://json-schema.org/draft/2020-12/schema"

VARIANT: dict[str, Any] = {
    "extends": {"type": "string", "pattern": r"\.ya?ml$", "description": "The scenario that this one starts from."},
    "set": {"type": "object", "description": "Values by path, as in officers.dief-chair.vacant: false."},
    "add": {"type": "object", "additionalProperties": {"type": "array"}, "description": "Items by list."},
    "remove": {"type": "array", "items": {"type": "string"}, "description": "Paths, as in rules.dief-last."},
}
"""Keys of a scenario that extends another, besides its name and option."""


def scenario_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a scenario file.

    Numbers and truth values also pass as the plain YAML text they are.
    """
    schema = Scenario.model_json_schema(mode="validation")
    needed = schema.pop("required")
    schema["properties"] |= VARIANT
    schema["if"] = {"required": ["extends"]}
    schema["then"] = {"required": ["name"], "propertyNames": {"enum": list(KEYS)}}
    schema["else"] = {"required": needed, "properties": dict.fromkeys(VARIANT, False)}
    return {"$schema": DIALECT, **schema, "title": "Scenario of a meeting series"}
