"""Finds the id that a cell means: by the label or name of a body, room or officer, or by the day of a slot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from scheduler.domain.calendar import Calendar, Slot
from scheduler.domain.clock import parse_clock, show_clock
from scheduler.domain.when import neither_half, parse_when
from scheduler.scenario import entries

MOST_SLOTS_LISTED = 6
"""Slots that a message lists where a cell fits several, or none."""
FAMILIES = {"body": "bodies", "room": "rooms"}
"""Families by what columns of preferences are called, where a plural is meant."""
_NAMED_BY = ("label", "name")
_DAY_AND_TIME = re.compile(r"(\S.*?),?\s+(?:at\s+)?(\d{1,2}:\d{2})(?::00)?")


class UnclearSlotError(ValueError):
    """Several slots are meant, or none; the text lists what could be written."""


class Naming:
    """What the ids of a scenario are called, from its raw data."""

    def __init__(self, data: Any) -> None:
        self._data = data
        self._called: dict[str, dict[str, str]] = {}

    def ids(self, family: str) -> dict[str, str]:
        """Ids of ``bodies``, ``rooms`` or ``officers`` by each label or name that only one bears and that is no id."""
        if family not in self._called:
            listed = (item for item in entries(self._data, family) if isinstance(item, dict))
            items = [item for item in listed if isinstance(item.get("id"), str)]
            taken = {item["id"] for item in items}
            bearers: dict[str, set[str]] = {}
            for item in items:
                for name in (item.get(key) for key in _NAMED_BY):
                    if isinstance(name, str):
                        bearers.setdefault(name, set()).add(item["id"])
            self._called[family] = {
                name: next(iter(ids)) for name, ids in bearers.items() if len(ids) == 1 and name not in taken
            }
        return self._called[family]

    def id(self, text: str, family: str) -> str:
        """The id that a text means: of the one that is called so, else the text itself.

        Raises:
            UnclearSlotError: a day, or a day and a time, at which not exactly one slot opens.
        """
        family = FAMILIES.get(family, family)
        return self._slot(text) if family in ("slot", "slots") else self.ids(family).get(text, text)

    @cached_property
    def _calendar(self) -> Calendar | None:
        """None where the calendar has mistakes of its own."""
        try:
            return Calendar.model_validate(self._data["calendar"])
        except (ValidationError, KeyError, TypeError):
            return None

    def _slot(self, text: str) -> str:
        calendar = self._calendar
        if calendar is None or text in calendar.slot_named:
            return text
        split = _DAY_AND_TIME.fullmatch(text)
        try:
            opens = parse_clock(split[2]) if split else None
            part = parse_when(split[1] if split else text)
        except ValueError:
            return text  # neither a slot nor a day: the check that knows all slots says so
        meant = part.slots(calendar)
        if astride := part.astride(calendar):
            of_its_day = [slot for slot in calendar.axis.slots if slot.day == astride.day]
            raise UnclearSlotError(f"{neither_half(astride)}: write one of {_candidates(of_its_day)}")
        on_the_day = [slot for slot in calendar.axis.slots if slot.index in meant]
        found = [slot for slot in on_the_day if opens is None or slot.opens == opens]
        if len(found) == 1:
            return _dated(found[0])
        if not on_the_day:
            return text
        shown = f"'{text[:60]}'"
        what = f"{shown} may be any of {len(found)} slots" if found else f"no slot opens at {shown}"
        raise UnclearSlotError(f"{what}: write one of {_candidates(found or on_the_day)}")


def _candidates(slots: Sequence[Slot]) -> str:
    more = ", ..." if len(slots) > MOST_SLOTS_LISTED else ""
    return ", ".join(map(_dated, slots[:MOST_SLOTS_LISTED])) + more


def _dated(slot: Slot) -> str:
    return f"{slot.day} {show_clock(slot.opens)}"
