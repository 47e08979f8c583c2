"""Errors that concern several places of a scenario: a file that is read and a value that is set meet the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scheduler.domain.clock import show_clock, show_minutes, write_minutes
from scheduler.domain.promise import FinishBy
from scheduler.reading.diagnostics import Loc
from scheduler.scenario import Scenario

ID_FAMILIES = ("audiences", "rooms", "officers", "bodies", "people", "rules", "promises")


def mistaken(scenario: Scenario) -> Iterator[tuple[Loc, str, str]]:
    """Where, what and perhaps the remedy; of a scenario whose values are valid each for itself."""
    yield from _off_the_grain(scenario)
    yield from _orders_within(scenario)
    yield from _promises_of_no_day(scenario)


def _off_the_grain(scenario: Scenario) -> Iterator[tuple[Loc, str, str]]:
    """Lengths within rules that a declared grain does not divide, each at the value that it comes from."""
    grain = scenario.calendar.grain
    for index, rule in enumerate(scenario.rules):
        odd = next((step for step in rule.steps(scenario) if grain and step % grain), None)
        if odd is None or grain is None:
            continue
        at = None if rule.fixed_time is None else rule.fixed_time.at
        key = next((k for k in type(rule).model_fields if getattr(rule, k) == odd), "rule" if at is None else "at")
        what = show_minutes(odd)
        lower = odd // grain * grain
        near = [write_minutes(m) for m in (lower, lower + grain) if m]
        if key == "at" and at is not None:
            what = f"{show_clock(at)} is {what} after the slot opens at {show_clock(at - odd)}, which"
            near = [show_clock(at - odd + m) for m in (lower, lower + grain)]
        message = f"{what} does not fit the grain of {show_minutes(grain)}: write {' or '.join(near)}, or a finer grain"
        yield ("rules", index, key), message, ""


def _orders_within(scenario: Scenario) -> Iterator[tuple[Loc, str, str]]:
    """Orders of a body and of what belongs to it: nothing comes before itself."""
    for index, rule in enumerate(scenario.rules):
        for number, name in enumerate(rule.of if rule.chained else ()):
            for earlier in rule.of[:number]:
                both = set(scenario.work(earlier)) & set(scenario.work(name))
                if both:
                    shared = f"'{next(s for s in scenario.sessions if s in both)}'"
                    message = f"{shared} belongs to '{earlier}' and to '{name}', and nothing comes before itself"
                    yield ("rules", index, "of", number), message, "name sessions of the body, or another body"


def _promises_of_no_day(scenario: Scenario) -> Iterator[tuple[Loc, str, str]]:
    """Promises to have ended by a day on which nobody meets."""
    for index, promise in enumerate(scenario.promises or ()):
        if isinstance(promise, FinishBy) and promise.by.position(scenario.calendar) is None:
            yield ("promises", index, "by"), f"nobody meets on {promise.by.day}: name a day with slots", ""


def equal_ids(data: Any) -> Iterator[tuple[str, Loc, Loc]]:
    """Ids that are given twice in plain data, with both places: within a list, and between bodies and sessions, which
    rules name alike, or officers and people, whom sessions name alike.
    """
    seen: dict[str, dict[str, Loc]] = {family: {} for family in ID_FAMILIES}
    for family in ID_FAMILIES:
        for index, item in enumerate(entries(data, family)):
            alike = "officers" if family == "people" else family
            yield from _taken(seen[alike], item, (family, index, "id"))
            if family == "bodies":
                for number, session in enumerate(entries(item, "sessions")):
                    yield from _taken(seen["bodies"], session, (family, index, "sessions", number, "id"))


def _taken(seen: dict[str, Loc], item: Any, loc: Loc) -> Iterator[tuple[str, Loc, Loc]]:
    name = item.get("id") if isinstance(item, dict) else None
    if not isinstance(name, str):
        return
    if name in seen:
        yield name, loc, seen[name]
    else:
        seen[name] = loc


def entries(data: Any, key: str) -> list[Any]:
    """What a list of plain data holds; nothing where there is none."""
    listed = data.get(key) if isinstance(data, dict) else None
    return list(listed) if isinstance(listed, list | tuple) else []
