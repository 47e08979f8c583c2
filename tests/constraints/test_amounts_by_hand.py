"""Harms worked out by hand where post and check share a helper, and could be wrong together.

Four days from Tuesday 25 February 2025, three hours before noon and three after it, unless a case says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from support.agreement import posted
from support.small import amounts, scenario, timetable

OWN_HOUR = {"slots": ["10:00-13:00", {"hours": "14:00-15:00", "reserved_for": ["DIEF"]}, "15:00-18:00"]}
"""The hour after noon belongs to DIEF."""
CLOSED = {"access": ["states-parties"]}
HALLS = {"rooms": [{"id": "hall"}, {"id": "annexe"}, {"id": "attic"}]}
WEEK = {"days": [f"2025-03-{day:02}" for day in (3, 4, 5, 6, 7)]}
"""Monday to Friday."""


@dataclass(frozen=True)
class Case:
    """One rule, one timetable, and its amount in all."""

    rule: Mapping[str, Any]
    bodies: Mapping[str, Any]
    places: Mapping[str, str]
    amount: int
    more: Mapping[str, Any] = field(default_factory=dict)


CASES = {
    "segments before the earliest hour, and one that goes on the next morning": Case(
        {"rule": "earliest_hour", "of": ["A"], "hour": "11:00"},
        {"A": {"a1": "1h", "a2": "6h", "a3": "1h"}, "B": "1h"},
        {"a1": "Thu 11:00", "a2": "Tue 15:00", "a3": "Fri 10:00", "b": "Tue 10:00"},
        2,
    ),
    "rooms of a body on each day for itself, also where a session goes on": Case(
        {"rule": "few_rooms", "per": "day"},
        {"A": {"a1": "1h", "a2": "6h", "a3": "1h", "a4": "1h"}, "B": "1h"},
        {
            "a1": "Tue 10:00 hall",
            "a2": "Tue 15:00 annexe",
            "a3": "Wed 15:00 hall",
            "a4": "Wed 17:00 attic",
            "b": "Tue 10:00 attic",
        },
        3,  # one further on Tuesday, two on Wednesday
        HALLS,
    ),
    "a session at another time than its anchor": Case(
        {"rule": "anchor", "of": ["A"], "at": "11:00"},
        {"A": {"a1": "1h", "a2": "1h", "a3": "1h"}},
        {"a1": "Tue 11:00", "a2": "Tue 12:00", "a3": "Wed 11:00"},
        1,
    ),
    "a session on another day than its anchor": Case(
        {"rule": "anchor", "of": ["A"], "at": "11:00", "when": "Tuesday"},
        {"A": {"a1": "1h", "a2": "1h", "a3": "1h"}},
        {"a1": "Tue 11:00", "a2": "Tue 12:00", "a3": "Wed 11:00"},
        2,
    ),
    "a reserved slot is not idle": Case(
        {"rule": "no_idle_slots"},
        {"WGTU": "3h", "WGTR": "3h", "DIEF": "1h"},
        {"wgtu": "Tue 10:00", "wgtr": "Tue 15:00", "dief": "Wed 14:00"},
        1,  # Wednesday 10:00; not Tuesday 14:00
        OWN_HOUR,
    ),
    "between two reserved slots that are used, those that are not used are idle": Case(
        {"rule": "no_idle_slots"},
        {"DIEF": {"a": "1h", "b": "1h"}},
        {"a": "Tue 14:00", "b": "Wed 14:00"},
        2,  # Tuesday 15:00 and Wednesday 10:00
        OWN_HOUR,
    ),
    "nobody waits outside while a reserved slot lasts": Case(
        {"rule": "waiting_outside"},
        {"DIEF": CLOSED | {"sessions": {"dief": "2h"}}, "WGTU": "1h"},
        {"dief": "Tue 14:00", "wgtu": "Tue 17:00"},
        60,  # 15:00-16:00; not 14:00-15:00
        OWN_HOUR,
    ),
    "nobody waits outside for a session that they may not attend": Case(
        {"rule": "waiting_outside"},
        {
            "DIEF": {"access": ["states-parties", "signatory-states"], "sessions": {"dief": "3h"}},
            "WGTR": CLOSED | {"sessions": {"wgtr": "2h"}},
        },
        {"dief": "Tue 10:00", "wgtr": "Tue 15:00"},
        0,
    ),
    "those whom the stricter session keeps out wait for the wider one": Case(
        {"rule": "waiting_outside"},
        {
            "DIEF": {"access": ["states-parties", "signatory-states"], "sessions": {"dief": "3h"}},
            "WGTR": CLOSED | {"sessions": {"wgtr": "2h"}},
        },
        {"dief": "Tue 15:00", "wgtr": "Tue 10:00"},
        120,  # signatory States, for WGTR
    ),
    "a session for fewer may follow a closed one": Case(
        {"rule": "end_of_day"},
        {
            "DIEF": {"access": ["states-parties", "signatory-states"], "sessions": {"dief": "1h"}},
            "WGTR": CLOSED | {"sessions": {"wgtr": "1h"}},
        },
        {"dief": "Tue 10:00", "wgtr": "Tue 15:00"},
        0,
    ),
    "a session for more may not": Case(
        {"rule": "end_of_day"},
        {
            "DIEF": {"access": ["states-parties", "signatory-states"], "sessions": {"dief": "1h"}},
            "WGTR": CLOSED | {"sessions": {"wgtr": "1h"}},
        },
        {"dief": "Tue 15:00", "wgtr": "Tue 10:00"},
        1,
    ),
    "an open session that is named keeps nobody out": Case(
        {"rule": "end_of_day", "of": ["WGTU"]},
        {"WGTU": "1h", "DIEF": CLOSED | {"sessions": {"dief": "1h"}}, "WGTR": "1h"},
        {"wgtu": "Tue 10:00", "dief": "Tue 15:00", "wgtr": "Tue 17:00"},
        0,
    ),
    "a body below another meets on one day, of itself": Case(
        {"rule": "within_day"},
        {"WGETI": "1h", "CEI": {"parent": "WGETI", "sessions": {"cei": "1h", "nip": "1h"}}},
        {"wgeti": "Tue 10:00", "cei": "Tue 15:00", "nip": "Wed 10:00"},
        2,  # WGETI with CEI on two days, and CEI on two days
    ),
    "a body that is whole on a day, below one that is not": Case(
        {"rule": "within_day"},
        {"WGETI": "1h", "CEI": {"parent": "WGETI", "sessions": {"cei": "1h", "nip": "1h"}}},
        {"wgeti": "Tue 10:00", "cei": "Wed 15:00", "nip": "Wed 10:00"},
        1,
    ),
    "three bodies in one half-day, and two in another": Case(
        {"rule": "one_body_per_room", "holds": "half-day"},
        {"WGTU": "3h", "WGTR": "1h30", "DIEF": "45m", "VTF": "45m"},
        {"wgtu": "Tue 15:00", "wgtr": "Tue 15:00", "dief": "Wed 11:30", "vtf": "Wed 12:15"},
        1 + 2,  # WGTU and WGTR on Tuesday; WGTU goes on on Wednesday at 10:00, and DIEF and VTF sit from 11:30
        {"slots": ["10:00-11:30", "11:30-13:00", "15:00-16:30"]},
    ),
    "half-days of a body with those below it, and of one of these, each beyond the first": Case(
        {"rule": "within_half_day"},
        {"WGETI": "1h", "CEI": {"parent": "WGETI", "sessions": {"cei": "6h", "nip": "1h"}}},
        {"wgeti": "Tue 10:00", "cei": "Tue 15:00", "nip": "Wed 15:00"},
        3 + 2,  # CEI on Tuesday afternoon, Wednesday morning and afternoon; WGETI on Tuesday morning too
    ),
    "two slots with no break between them are one half-day": Case(
        {"rule": "within_half_day"},
        {"WGTR": "3h", "WGTU": "3h"},
        {"wgtr": "Tue 13:00", "wgtu": "Wed 14:30"},
        1,  # of WGTU, on Wednesday and Thursday
        {"slots": ["13:00-14:30", "14:30-16:00"]},
    ),
    "neighbours apart: over lunch, in another room, too early; not with coffee between them": Case(
        {"rule": "adjacent", "of": ["e", "A", "d"], "within": "30 min", "same_room": True},
        {"A": {"a": "1h", "b": "1h", "c": "1h"}, "B": {"d": "1h", "e": "30 min"}},
        {
            "e": "Tue 10:30 hall",
            "a": "Tue 11:30 hall",  # 30 minutes later
            "b": "Tue 15:00 hall",
            "c": "Tue 16:00 annexe",
            "d": "Tue 16:00 annexe",
        },
        3,
        {"slots": ["10:00-11:00", "11:30-12:30", "15:00-18:00"]} | HALLS,
    ),
    "neighbours on both sides of midnight, and a day apart at the same hour": Case(
        {"rule": "adjacent", "of": ["a", "b", "c"], "within": "15 min"},
        {"A": {"a": "1h", "b": "1h", "c": "1h"}},
        {"a": "Tue 22:00", "b": "Tue 23:00", "c": "Thu 00:00"},
        1,
        {"slots": ["00:00-01:00", "22:00-24:00"]},
    ),
    "two of three that start at another time than the first": Case(
        {"rule": "same_time", "of": ["b", "A", "d"]},
        {"A": {"a": "1h", "b": "2h", "c": "1h"}, "B": {"d": "1h"}},
        {"a": "Tue 10:00", "b": "Tue 10:00", "c": "Wed 10:00", "d": "Tue 11:00"},
        2,
    ),
    "three days of two bodies together": Case(
        {"rule": "same_day", "of": ["A", "d"]},
        {"A": {"a": "6h", "b": "1h"}, "B": {"d": "1h", "e": "1h"}},
        {"a": "Tue 15:00", "b": "Tue 10:00", "d": "Fri 10:00", "e": "Thu 10:00"},
        2,  # Tuesday, Wednesday and Friday
    ),
    "sessions beyond two a day, one of which goes on from the day before": Case(
        {"rule": "daily_limit", "at_most": 2},
        {"A": {"a": "6h", "b": "1h", "c": "1h", "d": "1h"}, "B": {"e": "1h"}},
        {"a": "Tue 15:00", "b": "Wed 15:00", "c": "Wed 16:00", "d": "Wed 17:00", "e": "Wed 13:00"},
        2,
        {"slots": ["10:00-14:00", "15:00-18:00"]},
    ),
    "a limit for a body with the one below it, and one for two sessions each alone": Case(
        {"rule": "daily_limit", "at_most": 1, "of": ["A", "c", "d"]},
        {"A": {"a": "1h", "b": "1h"}, "B": {"parent": "A", "sessions": {"c": "1h", "d": "1h"}}},
        {"a": "Tue 10:00", "b": "Tue 11:00", "c": "Tue 12:00", "d": "Tue 15:00"},
        3,
    ),
    "two of four sessions that start before the one listed before them has ended": Case(
        {"rule": "listed_order", "of": ["A", "e"]},
        {"A": {"a": "1h", "b": "2h"}, "B": {"parent": "A", "sessions": {"c": "1h", "d": "1h"}}, "C": {"e": "1h"}},
        {"a": "Wed 10:00", "b": "Tue 10:00", "c": "Tue 11:00", "d": "Tue 12:00", "e": "Tue 15:00"},
        2,  # b before a has ended, c before b has; d follows c
        HALLS,
    ),
    "four sessions on a day and none on another that is not reserved for others": Case(
        {"rule": "spread"},
        {"A": {"a": "1h", "b": "1h", "c": "1h", "d": "1h", "e": "1h"}, "B": {"f": "1h"}},
        {"a": "Tue 10:00", "b": "Tue 11:00", "c": "Tue 12:00", "d": "Tue 15:00", "e": "Wed 10:00", "f": "Fri 10:00"},
        2,  # Tuesday four, Wednesday one; of B one on Friday and none elsewhere
        {
            "days": [
                "2025-02-25",
                "2025-02-26",
                {"date": "2025-02-28", "slots": [{"hours": "10:00-13:00", "reserved_for": ["B"]}]},
            ]
        },
    ),
    "others in the slots and room of two sessions that are named, which share one": Case(
        {"rule": "whole_slot", "of": ["a", "b"]},
        {"A": {"a": "4h", "b": "1h"}, "B": {"c": "1h", "d": "1h", "e": "1h", "f": "1h"}},
        {
            "a": "Tue 10:00 hall",
            "b": "Tue 17:00 hall",
            "c": "Tue 16:00 hall",  # beside both
            "d": "Tue 10:00 hall",  # in two slots that a touches: in its first
            "e": "Tue 12:00 annexe",
            "f": "Wed 10:00 hall",
        },
        4,  # a and b, a and c, b and c, a and d
        HALLS,
    ),
    "sessions beside two keynotes, one of them beside the other": Case(
        {"rule": "alone", "of": ["K"]},
        {"K": {"a": "2h", "b": "1h"}, "B": {"c": "3h", "d": "1h", "e": "1h"}},
        {
            "a": "Tue 10:00 hall",
            "b": "Tue 11:00 annexe",
            "c": "Tue 10:00 attic",
            "d": "Tue 12:00 hall",
            "e": "Wed 10:00",
        },
        3,  # a and b, a and c, b and c; d follows, though beside c
        HALLS,
    ),
    "seats beyond the smallest room that would do, for each hundred begun": Case(
        {"rule": "smallest_room", "per": 100},
        {
            "A": {
                "a": {"duration": "1h", "attendance": 40},
                "b": {"duration": "1h", "attendance": 60},
                "c": "1h",
                "d": {"duration": "1h", "attendance": 500},
                "e": {"duration": "1h", "attendance": 10},
            }
        },
        {
            "a": "Tue 10:00 hall",
            "b": "Tue 10:00 annexe",
            "c": "Tue 11:00 hall",
            "d": "Tue 12:00 hall",
            "e": "Wed 10:00 tent",
        },
        4,  # of a 400 - 50; b sits where it should; c says nothing, d fits nowhere, and nobody has counted the tent
        {
            "rooms": [
                {"id": "hall", "capacity": 400},
                {"id": "annexe", "capacity": 80},
                {"id": "attic", "capacity": 50},
                {"id": "tent"},
            ]
        },
    ),
    "sessions too many with two tags, counted under each": Case(
        {"rule": "tag_limit", "at_most": 1},
        {
            "A": {
                "a": {"duration": "2h", "tags": ["law", "trade"]},
                "b": {"duration": "1h", "tags": ["law", "trade"]},
                "c": {"duration": "1h", "tags": ["trade"]},
                "d": {"duration": "1h", "tags": ["law"]},
                "e": "1h",
            }
        },
        {
            "a": "Tue 10:00 hall",
            "b": "Tue 11:00 annexe",
            "c": "Tue 11:00 attic",
            "d": "Tue 12:00 hall",
            "e": "Tue 10:00 attic",
        },
        3,  # b under law; b and c under trade
        HALLS,
    ),
    "pairs in one room that are closer than half an hour, over midnight and over a slot of others": Case(
        {"rule": "changeover", "at_least": "30 min"},
        {"A": {"a": "2h", "b": "1h", "c": "1h"}, "B": {"d": "1h", "e": "1h", "f": "1h"}},
        {
            "a": "Tue 14:00 hall",  # 14:00-15:00 and, after the slot of B, 16:00-17:00
            "d": "Tue 15:00 hall",  # between its two parts
            "b": "Tue 17:30 hall",  # half an hour after it
            "c": "Tue 23:00 hall",
            "e": "Wed 00:15 hall",  # a quarter of an hour later
            "f": "Tue 17:30 annexe",
        },
        2,  # a and d, c and e
        {
            "calendar": {
                "days": ["2025-02-25", "2025-02-26"],
                "slots": [
                    "00:15-01:15",
                    "14:00-15:00",
                    {"hours": "15:00-16:00", "reserved_for": ["B"]},
                    "16:00-17:00",
                    "17:30-18:30",
                    "23:00-24:00",
                ],
                "grain": "15 min",
            }
        }
        | HALLS,
    ),
    "days too few between any two of three, and too many between one and the next": Case(
        {"rule": "days_apart", "of": ["WGTU", "WGTR", "DIEF"], "at_least": 2, "at_most": 3},
        {"WGTU": "6h", "WGTR": "1h", "DIEF": "1h"},
        {"wgtu": "Mon 15:00", "wgtr": "Wed 15:00", "dief": "Wed 16:00"},
        1 + 2 + 1,  # WGTU Mon-Tue: 1 day to Wednesday, 1 too few, twice; WGTR and DIEF on one day, 2 too few
        WEEK,
    ),
    "days too many between sessions of one body, each and the next": Case(
        {"rule": "days_apart", "of": ["WGTU"], "at_most": 1},
        {"WGTU": {"a": "1h", "b": "1h", "c": "1h"}},
        {"a": "Mon 10:00", "b": "Fri 10:00", "c": "Mon 11:00"},
        3 + 3,  # from a to b and from b to c 4 days each
        WEEK,
    ),
    "a hybrid meeting costs its travellers the nights between": Case(
        {"rule": "nights_away"},
        {"WGTU": "1h", "WGTR": "1h"},
        {"wgtu": "Mon 10:00", "wgtr": "Thu 10:00"},
        3,
        WEEK | {"meeting": {"series": "Small", "annex_title": "SMALL", "format": "hybrid"}},
    ),
    "an online meeting costs nobody a night": Case(
        {"rule": "nights_away"},
        {"WGTU": "1h", "WGTR": "1h"},
        {"wgtu": "Mon 10:00", "wgtr": "Thu 10:00"},
        0,
        WEEK | {"meeting": {"series": "Small", "annex_title": "SMALL", "format": "online"}},
    ),
    "working days over a weekend and a holiday": Case(
        {"rule": "days_apart", "of": ["WGTU", "WGTR"], "at_least": 4, "days": "working"},
        {"WGTU": "1h", "WGTR": "1h"},
        {"wgtu": "Thu 10:00", "wgtr": "Wed 10:00"},
        1,  # Friday, Monday and Wednesday are 3; Saturday, Sunday and the holiday on Tuesday do not count
        {
            "calendar": {
                "slots": ["10:00-13:00"],
                "days": ["2025-02-27", "2025-03-05"],
                "holidays": [{"date": "2025-03-04", "name": "Carnival"}],
            }
        },
    ),
    "two teams do twice as much in a week": Case(
        {"rule": "interpretation_load", "teams": 2, "meetings_per_day": 2, "meetings_per_week": 3},
        {"WGTU": {f"s{n}": "3h" for n in range(1, 8)}},
        {
            "s1": "Tue 10:00",
            "s2": "Tue 15:00",
            "s3": "Wed 10:00",
            "s4": "Wed 15:00",
            "s5": "Thu 10:00",
            "s6": "Thu 15:00",
            "s7": "Fri 10:00",
        },
        1,  # seven meetings, six that two teams of three do
    ),
    "one team does so many in a day, and one at once": Case(
        {"rule": "interpretation_load", "meetings_per_day": 1},
        {"WGTU": "3h", "WGTR": "3h"},
        {"wgtu": "Tue 10:00 hall", "wgtr": "Tue 10:00 annexe"},
        2,  # one too many at once, and one too many on the day
        HALLS,
    ),
    "a week ends on Sunday": Case(
        {"rule": "interpretation_load", "meetings_per_week": 1},
        {"WGTU": {"s1": "3h", "s2": "3h", "s3": "3h"}},
        {"s1": "Tue 10:00", "s2": "Fri 10:00", "s3": "Mon 10:00"},
        1,  # Tuesday and Friday are of one week, the Monday is of the next
        {"days": ["2025-03-04", "2025-03-07", "2025-03-10"]},
    ),
    "four nights are stayed for": Case(
        {"rule": "nights_away"}, {"A": "1h", "B": "1h"}, {"a": "Mon 10:00", "b": "Fri 10:00"}, 4, WEEK
    ),
    "over five nights one goes home": Case(
        {"rule": "nights_away"},
        {"A": "1h", "B": "1h"},
        {"a": "Mon 10:00", "b": "Sat 10:00"},
        0,
        {"days": ["2025-03-03", "2025-03-08"]},
    ),
    "over a weekend of three nights one stays": Case(
        {"rule": "nights_away"},
        {"A": "1h", "B": "1h"},
        {"a": "Fri 10:00", "b": "Mon 10:00"},
        3,
        {"days": ["2025-03-07", "2025-03-10"]},
    ),
    "a shared half hour of a session that sits half in an hour of its own": Case(
        {"rule": "presenters_apart", "per": "30 min"},
        {
            "WGTU": {"wgtu": {"duration": "6h", "presenters": ["Ada"]}},
            "DIEF": {"dief": {"duration": "1h", "presenters": ["Ada"]}},
        },
        {"wgtu": "Tue 10:00 hall", "dief": "Tue 14:30 annexe"},
        1,  # 15:00-15:30
        {"calendar": {**OWN_HOUR, "days": ["2025-02-25"], "grain": "30 min"}} | HALLS,
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_the_harm_is_what_it_is_by_hand(case: Case) -> None:
    of = scenario(case.bodies, {**case.rule, "weight": 1}, **case.more)
    assert sum(amounts(of, case.places)) == case.amount
    assert posted(of, of.rules[0], timetable(of, case.places)) == case.amount
    hard = scenario(case.bodies, case.rule, **case.more)
    assert posted(hard, hard.rules[0], timetable(hard, case.places)) == (None if case.amount else 0)
