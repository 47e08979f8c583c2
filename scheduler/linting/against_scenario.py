"""Holds a letter against the scenario that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.domain.clock import show_date, show_hours
from scheduler.linting.bodies import stands_in
from scheduler.linting.facts import Facts
from scheduler.linting.slips import Slip, at, long_date
from scheduler.scenario import Scenario
from scheduler.wording import capital, listed, quoted

MILESTONES = {
    "documents": "documents",
    "working papers": "working_papers",
    "registration": "registration",
    "proposals for side events": "side_event_proposals",
    "applications for sponsorship": "sponsorship",
}
"""The milestone of a scenario for each purpose of a date."""


def differences(facts: Facts, scenario: Scenario) -> Iterator[Slip]:
    """Dates and hours of the letter that are not those of the scenario; bodies in its annex that are not held."""
    yield from _days(facts, scenario)
    yield from _milestones(facts, scenario)
    yield from _hours(facts, scenario)
    yield from _dropped(facts, scenario)


def as_planned(facts: Facts, scenario: Scenario) -> bool:
    """Whether all deadlines of the letter are those of the scenario: then their order is meant."""
    due = [each for each in facts.dates if each.dated.deadline]
    return all(each.day == getattr(scenario.meeting.milestones, MILESTONES[each.dated.purpose]) for each in due)


def _days(facts: Facts, scenario: Scenario) -> Iterator[Slip]:
    days = scenario.calendar.axis.days
    if not days:
        return
    first, last = days[0], days[-1]
    for name, said in facts.places:
        if (said.dates.first, said.dates.last) != (first, last):
            until = f" to {long_date(last)}" if last > first else ""
            says = f"the scenario has {long_date(first)}{until}"
            yield Slip(said.line, "scenario", f"{capital(name)} says {quoted(said.text)}, and {says}.")


def _milestones(facts: Facts, scenario: Scenario) -> Iterator[Slip]:
    milestones = scenario.meeting.milestones
    if facts.dated and milestones.invitation and facts.letter_day != milestones.invitation:
        says = f"the scenario has {_shown(milestones.invitation)} (meeting.milestones.invitation)"
        yield Slip(facts.dated.line, "scenario", f"The letter is dated {at(facts.dated)}, and {says}.")
    for purpose, key in MILESTONES.items():
        wanted: date | None = getattr(milestones, key)
        found = [each for each in facts.dates if each.dated.deadline and each.dated.purpose == purpose and each.day]
        if wanted is None or not found or any(each.day == wanted for each in found):
            continue
        says = f"the scenario has {_shown(wanted)} (meeting.milestones.{key})"
        yield Slip(found[0].line, "scenario", f"The date for {purpose} is {quoted(found[0].text)}, and {says}.")


def _hours(facts: Facts, scenario: Scenario) -> Iterator[Slip]:
    """Times at which no slot of the scenario opens or closes."""
    slots = {(slot.opens, slot.closes) for slot in scenario.calendar.axis.slots}
    known = {clock for slot in slots for clock in slot}
    for text in facts.hours:
        strange = [show_hours(*hours) for hours in text.hours if not known.issuperset(hours)]
        if strange:
            shown = listed([show_hours(*slot) for slot in sorted(slots)])
            said = f"The text says that meetings are held {listed(strange)}; the scenario has {shown}."
            yield Slip(text.line, "scenario", said)


def _dropped(facts: Facts, scenario: Scenario) -> Iterator[Slip]:
    """Bodies that the scenario drops because a post is vacant."""
    for body, officer in scenario.dropped.items():
        names = [name for name in (scenario.body[body].name,) if name]
        cell = next((c for grid in facts.grids for c in grid.cells if stands_in(body, names, c.text)), None)
        if cell:
            why = f"the scenario drops it, for '{officer.id}' is vacant"
            yield Slip(cell.line, "scenario", f"The annex has {quoted(body)}, and {why}.")


def _shown(day: date) -> str:
    return show_date(day, year=True)
