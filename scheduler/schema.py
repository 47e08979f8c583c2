"""The JSON Schema of a scenario, as editors read it."""

from __future__ import annotations

from typing import Any

from scheduler.scenario import Scenario

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def scenario_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a scenario file.

    Numbers and truth values also pass as the plain YAML text they are.
    """
    schema = Scenario.model_json_schema(mode="validation")
    return {"$schema": DIALECT, **schema, "title": "Scenario of a meeting series"}
