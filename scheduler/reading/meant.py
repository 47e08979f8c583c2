"""Says what pydantic found wrong in a scenario, with hints that need the whole scenario."""

from __future__ import annotations

import re
from functools import partial
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from constraints import KINDS
from scheduler.domain.base import Later
from scheduler.reading.diagnostics import Diagnostic, Loc, Located
from scheduler.reading.mistakes import from_pydantic
from scheduler.reading.whole_scenario import ID_FAMILIES
from scheduler.rules.rule import Rule
from scheduler.scenario import Scenario, context_of, entries
from scheduler.wording import suggest

_NAMES = ("name", "label", "post", "title")
"""Keys that say what people call what an id names."""


def of_scenario(document: Located, error: ValidationError) -> list[Diagnostic]:
    """Every mistake, each with its place and, where one can be guessed, the remedy."""
    data = document.data
    meant = _as_meant(data, Scenario)
    written, ids = context_of(data)["ids"], context_of(meant)["ids"]
    settled = {name for family in ids for name in ids[family] or () if name not in (written.get(family) or ())}
    return from_pydantic(document, error, partial(fields_at, data), settled, _named(meant))


def fields_at(data: Any, loc: Loc) -> list[str]:
    """The keys that a mapping of ``data`` may have; ``loc`` as pydantic writes it, with the tags of unions in it."""
    models: list[type[BaseModel]] = [Scenario]
    for step in loc:
        deeper = [m for model in models if str(step) in model.model_fields for m in models_in(model, str(step))]
        tagged = [model for model in models if re.search(rf"\b{model.__name__}\b", str(step))]
        models = deeper or tagged or models
        data = _below(data, step)
        kind = data.get("rule") if isinstance(data, dict) else None
        if Rule in models and isinstance(kind, str) and kind in KINDS:
            models = [KINDS[kind]]
    names = [alias for model in models for alias in model.model_fields]
    besides = {"opens": "hours", "bodies": "sessions"}  # texts and tables that stand for what the model holds
    return list(dict.fromkeys([*names, *(other for name, other in besides.items() if name in names)]))


def _below(data: Any, step: str | int) -> Any:
    """What stands at a key or an index; the data itself where the step is a tag and leads nowhere."""
    if isinstance(data, dict) and step in data:
        return data[step]
    return data[step] if isinstance(data, list) and isinstance(step, int) and step < len(data) else data


def models_in(model: type[BaseModel], field: str) -> list[type[BaseModel]]:
    """The models that a field of a model may hold, at any depth of tuples and unions."""
    told = model.model_fields[field]
    found, queue = [], [told.annotation, *(later.model() for later in told.metadata if isinstance(later, Later))]
    while queue:
        annotation = queue.pop(0)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            found.append(annotation)
        else:
            queue.extend(get_args(annotation))
    return found


def _as_meant(data: Any, model: type[BaseModel]) -> Any:
    """The data with misspelt keys put right as the hints say, down to where ids stand."""
    if isinstance(data, list):
        return [_as_meant(item, model) for item in data]
    if not isinstance(data, dict):
        return data
    names, meant = list(model.model_fields), {}
    for key, value in data.items():
        right = key if key in names else suggest(key, names) or key
        right = key if right in data else right
        deeper = models_in(model, right) if right in names and right in (*ID_FAMILIES[:5], "sessions") else []
        meant[right] = _as_meant(value, deeper[0]) if deeper else value
    return meant


def _named(data: Any) -> dict[str, str]:
    """Ids by the names that people use, rooms first."""
    bodies = entries(data, "bodies")
    lists = [entries(data, family) for family in ("rooms", "officers", "audiences")]
    lists += [bodies, *(entries(body, "sessions") for body in bodies)]
    found: dict[str, str] = {}
    for item in (item for items in lists for item in items if isinstance(item, dict)):
        for name in (item.get(key) for key in _NAMES):
            if isinstance(name, str) and isinstance(item.get("id"), str):
                found.setdefault(name, item["id"])
    return found
