"""The JSON Schema of each answer that ``--json`` prints, and of the documents that are stored."""

from __future__ import annotations

from importlib import import_module

from pydantic import TypeAdapter

from scheduler.documents.forms import Answer, Schema
from scheduler.reading.schema import DIALECT, scenario_schema

SCHEMAS = {
    "timetable": ("The timetable document, as 'solve' stores and prints it.", "scheduler.documents.timetable_document"),
    "alternatives": ("Several timetables that differ, as 'solve -k' prints them.", "exports.json.answers"),
    "check": ("What a timetable breaks, and what it costs.", "exports.json.answers"),
    "validation": ("What is wrong in scenarios, and where.", "exports.json.answers"),
    "explanation": ("Why no timetable fits, and the ways out.", "exports.json.explained"),
    "places": ("Why a session is where it is: what every other slot would cost.", "exports.json.explained"),
    "windows": ("Why a side event is where it is: what every other window would cost.", "exports.json.explained"),
    "prices": ("What each rule costs, and where equally good timetables differ.", "exports.json.explained"),
    "what-if": ("What one change would cost, and what would move.", "exports.json.explained"),
    "verification": ("What holds of a certificate.", "exports.json.answers"),
    "comparison": ("Options side by side.", "exports.json.compare"),
    "replan": ("A timetable that was changed as little as possible.", "exports.json.replan"),
    "forecast": ("When sessions will really start and end.", "exports.json.forecast"),
    "outlook": ("The forecast from what has happened so far, as 'now' prints it.", "exports.json.now"),
    "fit": ("Duration ranges from what past sessions took.", "exports.json.answers"),
    "lint": ("What does not go together in a letter.", "exports.json.lint"),
    "written": ("The files that 'init', 'import' and 'export' wrote.", "exports.json.answers"),
}
"""By name: what an answer says, and the module in which its form stands, under the same name in capitals."""

FILES = {
    "certificate": (
        "What 'verify' proves an answer from.",
        "scheduler.explanation.certificate_file",
        "CertificateFile",
    ),
    "now": ("The reports that 'now' keeps.", "scheduler.forecasting.reports", "ReportsFile"),
}
"""Documents that are stored only: what each says, its module, and the model by which it is read."""

NAMES = ("scenario", *SCHEMAS, *FILES)


def schema_of(name: str) -> Schema:
    """The JSON Schema (draft 2020-12) of the scenario or of an answer, by its name in ``NAMES``."""
    if name == "scenario":
        return scenario_schema()
    if name in FILES:
        title, module, model = FILES[name]
        return {**TypeAdapter(getattr(import_module(module), model)).json_schema(), "$schema": DIALECT, "title": title}
    title, module = SCHEMAS[name]
    form: Answer = getattr(import_module(module), name.upper().replace("-", "_"))
    return {"$schema": DIALECT, "title": title, **form.schema}
