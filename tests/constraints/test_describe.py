"""Each rule says itself in one sentence, as it would be read out in the room."""

from __future__ import annotations

from typing import Any

import pytest
from support.small import scenario

from constraints import KINDS
from scheduler.wording import counted, listed

BODIES = {
    "WGETI": {
        "nip": {"duration": "3h", "title": "Exchange of practices", "tags": ["law", "trade"]},
        "cei": {"duration": "3h", "title": "CEI"},
        "art9": {"duration": "3h", "title": "Article 9"},
    },
    "WGTU": "3h",
    "WGTR": "6h",
}
ROOMS = [{"id": "hall", "name": "Great Hall"}, {"id": "annexe"}]
OFFICERS = [{"id": "president", "post": "President of CSP11"}, {"id": "chair", "post": "Chair", "name": "Amb. Example"}]

SENTENCES: list[tuple[str, dict[str, Any], str]] = [
    (
        "adjacent",
        {"of": ["WGTU", "WGTR"]},
        "Of WGTU and WGTR, each session starts within 15 min after the one before it ends.",
    ),
    (
        "adjacent",
        {"of": ["WGETI"], "within": "0 min", "same_room": True},
        "Of WGETI, each session starts when the one before it ends, in the same room.",
    ),
    ("alone", {"of": ["WGTU"]}, "Nothing else is held while WGTU sits."),
    ("alone", {"of": ["WGTU", "WGTR"]}, "Nothing else is held while WGTU and WGTR sit."),
    ("anchor", {"of": ["WGTU"], "at": "15:00"}, "WGTU starts at 15:00."),
    ("anchor", {"of": ["WGTU"], "at": "15:00", "when": "Thursday"}, "WGTU starts at 15:00 on Thursday."),
    ("anchor", {"of": ["WGTU", "WGTR"], "at": "15:00"}, "WGTU and WGTR start at 15:00."),
    ("attendees_apart", {}, "Everybody who wants to attend several sessions can be at each."),
    (
        "attendees_apart",
        {"of": ["WGETI"], "level": "slot"},
        "Of WGETI, everybody who wants to attend several sessions can be at each without changing rooms within a slot.",
    ),
    ("chairs_apart", {}, "Bodies that share an officer do not sit in two rooms in the same slot."),
    (
        "chairs_apart",
        {"of": ["WGTU", "WGTR"]},
        "Of WGTU and WGTR, bodies that share an officer do not sit in two rooms in the same slot.",
    ),
    ("changeover", {"at_least": "15 min"}, "Between two sessions in one room there are at least 15 min."),
    (
        "changeover",
        {"at_least": "90 min", "same_body": False, "of": ["WGTU", "WGTR"]},
        "Of WGTU and WGTR, between sessions of two bodies in one room there are at least 1 h 30.",
    ),
    ("consecutive_slots", {}, "The sessions of each body sit in consecutive slots."),
    ("consecutive_slots", {"of": ["WGETI"]}, "Of WGETI, the sessions of each body sit in consecutive slots."),
    ("daily_limit", {"at_most": 1}, "Each body has at most one session a day."),
    ("daily_limit", {"at_most": 2, "of": ["WGETI"]}, "WGETI has at most 2 sessions a day."),
    ("daily_limit", {"at_most": 2, "of": ["WGETI", "WGTU"]}, "WGETI and WGTU each have at most 2 sessions a day."),
    ("days_apart", {"of": ["WGTU", "WGTR"], "at_least": 2}, "WGTU and WGTR are at least 2 days apart."),
    (
        "days_apart",
        {"of": ["WGTU", "WGTR"], "at_least": 1, "at_most": 1, "days": "working"},
        "WGTU and WGTR are exactly one working day apart.",
    ),
    (
        "days_apart",
        {"of": ["WGTU", "WGTR"], "at_least": 1, "at_most": 3},
        "WGTU and WGTR are at least 1 and at most 3 days apart.",
    ),
    ("days_apart", {"of": ["WGTU", "WGTR"], "at_most": 5}, "WGTU and WGTR are at most 5 days apart."),
    ("days_apart", {"of": ["WGTU", "WGTR"], "at_most": 0}, "WGTU and WGTR share a day."),
    ("days_apart", {"of": ["WGETI"], "at_least": 2}, "Any two sessions of WGETI are at least 2 days apart."),
    ("days_apart", {"of": ["WGETI"], "at_most": 1}, "Each session of WGETI is at most one day from the next."),
    (
        "days_apart",
        {"of": ["WGETI", "WGTU", "WGTR"], "at_least": 1, "at_most": 2},
        "Any two of WGETI, WGTU and WGTR are at least one day apart, and each of WGETI, WGTU and WGTR is at most "
        "2 days from the next.",
    ),
    ("early_finish", {}, "The programme ends within the fewest slots, counted from the first, that could hold it."),
    (
        "early_finish",
        {"of": ["WGTU"]},
        "WGTU ends within the fewest slots, counted from the first, that could hold it.",
    ),
    (
        "early_finish",
        {"of": ["WGTU", "WGTR"]},
        "WGTU and WGTR end within the fewest slots, counted from the first, that could hold them.",
    ),
    ("end_of_day", {}, "Every closed session stands at the end of a day."),
    ("end_of_day", {"of": ["WGTU"]}, "WGTU stands at the end of a day."),
    ("end_of_day", {"of": ["WGTU", "WGTR"]}, "WGTU and WGTR stand at the end of a day."),
    ("few_days", {"at_most": 3}, "All sessions together take at most 3 days."),
    ("few_days", {"of": ["WGETI"], "at_most": 1}, "WGETI takes at most one day."),
    ("few_days", {"of": ["WGETI", "WGTU"], "at_most": 2}, "WGETI and WGTU together take at most 2 days."),
    ("few_slots", {}, "The sessions of each body fill as few slots as their length needs."),
    ("few_rooms", {}, "The sessions of each body sit in one room."),
    ("few_rooms", {"of": ["WGETI"], "at_most": 2}, "Of WGETI, the sessions of each body sit in at most 2 rooms."),
    ("few_rooms", {"of": ["WGETI"], "per": "day"}, "Of WGETI, the sessions of each body sit in one room a day."),
    ("fixed_boundaries", {}, "Every session starts when a slot opens and keeps the rest of its last slot."),
    ("fixed_boundaries", {"of": ["WGTU"]}, "WGTU starts when a slot opens and keeps the rest of its last slot."),
    (
        "fixed_boundaries",
        {"of": ["WGTU", "WGTR"]},
        "WGTU and WGTR start when a slot opens and keep the rest of their last slots.",
    ),
    (
        "fixed_boundaries",
        {"of": ["WGTU"], "holds": "half-day"},
        "WGTU starts when a slot opens and keeps the rest of its last half-day.",
    ),
    (
        "interpretation_load",
        {},
        "One team of interpreters serves every session: at most one meeting at once and 2 a day.",
    ),
    (
        "interpretation_load",
        {"of": ["WGTU", "WGTR"], "teams": 2, "meetings_per_week": 7},
        "2 teams of interpreters serve WGTU and WGTR: at most 2 meetings at once, 4 a day and 14 a week.",
    ),
    ("last_in_week", {"of": ["WGTR"]}, "WGTR comes last."),
    ("last_in_week", {"of": ["WGTU", "WGTR"]}, "WGTU and WGTR come last."),
    ("earliest_hour", {"hour": "10:00"}, "No session sits before 10:00."),
    ("earliest_hour", {"of": ["WGTU"], "hour": "10:30"}, "WGTU does not sit before 10:30."),
    ("earliest_hour", {"of": ["WGTU", "WGTR"], "hour": "10:30"}, "WGTU and WGTR do not sit before 10:30."),
    ("latest_hour", {"hour": "18:00"}, "No session sits after 18:00."),
    ("latest_hour", {"of": ["WGTU"], "hour": "17:30"}, "WGTU does not sit after 17:30."),
    ("latest_hour", {"of": ["WGTU", "WGTR"], "hour": "17:30"}, "WGTU and WGTR do not sit after 17:30."),
    (
        "local_hours",
        {"suitable": "09:00-17:00", "less_suitable": "07:00-22:00"},
        "Every session lies between 09:00 and 17:00 at the clock of its presenters.",
    ),
    (
        "local_hours",
        {"of": ["WGTU"], "suitable": "09:00-17:00", "less_suitable": "07:00-22:00", "by": "slot", "weight": 1},
        "The slot of WGTU lies between 09:00 and 17:00, or else between 07:00 and 22:00, at the clock of its "
        "presenters.",
    ),
    (
        "local_hours",
        {"of": ["WGTU", "WGTR"], "suitable": "09:00-17:00", "less_suitable": "07:00-22:00", "small": 0},
        "WGTU and WGTR lie between 09:00 and 17:00, or else between 07:00 and 22:00, at the clock of their presenters.",
    ),
    ("nights_away", {}, "A delegate who follows every session spends no night away."),
    ("nights_away", {"of": ["WGTU"], "at_most": 1}, "A delegate who follows WGTU spends at most one night away."),
    (
        "nights_away",
        {"officers": ["president", "chair"], "at_most": 2},
        "President of CSP11 and Amb. Example, Chair each spend at most 2 nights away.",
    ),
    ("no_idle_slots", {}, "No slot stays empty between the first and the last that are used."),
    ("no_idle_slots", {"of": ["WGETI"]}, "Between its first and its last slot, WGETI leaves none out."),
    (
        "no_idle_slots",
        {"of": ["WGTU", "WGTR"]},
        "Between their first and their last slot, WGTU and WGTR together leave none out.",
    ),
    ("not_first_or_last_day", {}, "No session is held on the first or on the last day."),
    ("not_first_or_last_day", {"of": ["WGTU"]}, "WGTU is held neither on the first nor on the last day."),
    (
        "not_first_or_last_day",
        {"of": ["WGTU", "WGTR"]},
        "WGTU and WGTR are held neither on the first nor on the last day.",
    ),
    ("not_on", {"when": ["Thursday"]}, "No session is held on Thursday."),
    (
        "not_on",
        {"of": ["WGTU"], "when": ["2025-02-27 am", "am", "last day pm"]},
        "WGTU is not held on the morning of Thursday 27 February, in the morning or on the afternoon of the last day.",
    ),
    ("not_on", {"of": ["WGTU", "WGTR"], "when": ["first day"]}, "WGTU and WGTR are not held on the first day."),
    ("one_body_per_room", {}, "In a slot a room belongs to one body."),
    ("one_body_per_room", {"holds": "half-day"}, "In a half-day a room belongs to one body."),
    (
        "one_body_per_room",
        {"of": ["WGTU"], "holds": "half-day"},
        "In a half-day WGTU shares its room with no other body.",
    ),
    ("one_body_per_room", {"of": ["WGTU"]}, "In a slot WGTU shares its room with no other body."),
    ("one_body_per_room", {"of": ["WGTU", "WGTR"]}, "In a slot WGTU and WGTR share their rooms with no other body."),
    ("only_on", {"when": ["10:00-13:00"]}, "Every session is held only between 10:00 and 13:00."),
    (
        "only_on",
        {"of": ["WGTU"], "when": ["Thursday 10:00-12:00"]},
        "WGTU is held only on Thursday between 10:00 and 12:00.",
    ),
    (
        "only_on",
        {"of": ["WGTU", "WGTR"], "when": ["Wed pm", "2025-02-27"]},
        "WGTU and WGTR are held only on Wednesday afternoon or on Thursday 27 February.",
    ),
    ("not_parallel_with_itself", {}, "No body meets in two rooms in one slot."),
    ("not_parallel_with_itself", {"of": ["WGETI"]}, "Of WGETI, no body meets in two rooms in one slot."),
    ("officer_availability", {}, "Whenever a session sits, its officers are present."),
    ("officer_availability", {"of": ["WGTU", "WGTR"]}, "Whenever WGTU or WGTR sits, its officers are present."),
    ("officer_double_booking", {}, "No officer serves two sessions at the same time."),
    (
        "officer_double_booking",
        {"of": ["WGTU", "WGTR"]},
        "No officer serves two sessions of WGTU and WGTR at the same time.",
    ),
    ("one_at_a_time", {}, "No two sessions sit at the same time."),
    ("one_at_a_time", {"of": ["WGETI"]}, "Of WGETI, no two sessions sit at the same time."),
    ("order", {"of": ["WGETI", "WGTU"]}, "WGETI meets before WGTU."),
    ("order", {"of": ["WGETI", "WGTU", "WGTR"]}, "WGETI meets first, then WGTU, then WGTR."),
    (
        "order",
        {"of": ["WGETI", "WGTU"], "gap": "90 min", "night_between": True},
        "WGETI meets before WGTU, at least 1 h 30 of working time apart, with a night between them.",
    ),
    ("parallel_limit", {"at_most": 1}, "At most one session sits at once."),
    ("parallel_limit", {"of": ["WGETI", "WGTU"], "at_most": 2}, "Of WGETI and WGTU, at most 2 sessions sit at once."),
    ("pin", {"of": ["WGTU"], "start": "Thursday pm"}, "WGTU starts on Thursday afternoon."),
    (
        "pin",
        {"of": ["WGTU"], "start": "Thursday", "at": "15:00", "room": "hall"},
        "WGTU starts on Thursday at 15:00 and sits in Great Hall.",
    ),
    ("pin", {"of": ["WGTU", "WGTR"], "room": "annexe"}, "WGTU and WGTR sit in annexe."),
    ("presenters_apart", {}, "Everybody who presents in several sessions can be at each."),
    (
        "presenters_apart",
        {"of": ["WGETI"], "level": "slot"},
        "Of WGETI, everybody who presents in several sessions can be at each without changing rooms within a slot.",
    ),
    (
        "preferences",
        {"bodies_by_slot": {"WGTU": {"2025-02-25 10:00": 1}}},
        "WGTU keeps out of slots that have a penalty in the table.",
    ),
    (
        "preferences",
        {"of": ["nip", "WGTU"], "bodies_by_room": {"WGETI": {"hall": 1}, "WGTU": {"hall": 1}}},
        "Of WGETI Exchange of practices and WGTU, WGETI and WGTU keep out of rooms that have a penalty in the table.",
    ),
    (
        "preferences",
        {"slots_by_room": {"2025-02-25 10:00": {"hall": 1}}},
        "No session is held in a room and slot that have a penalty in the table.",
    ),
    (
        "preferences",
        {"of": ["WGTU"], "slots_by_room": {"2025-02-25 10:00": {"hall": 1}}},
        "No session of WGTU is held in a room and slot that have a penalty in the table.",
    ),
    (
        "preferences",
        {"sessions_by_slot": {"cei": {"2025-02-25 10:00": 1}}},
        "WGETI CEI keeps out of slots that have a penalty in the table.",
    ),
    (
        "preferences",
        {"sessions_by_room": {session: {"hall": 1} for session in ("nip", "cei", "art9", "wgtu", "wgtr")}},
        "5 sessions keep out of rooms that have a penalty in the table.",
    ),
    (
        "remote_burden",
        {},
        "In every region, no minute of the programme lies between 22:00 and 07:00, on average over the capitals.",
    ),
    (
        "remote_burden",
        {"of": ["WGTU"], "regions": ["Asia", "Oceania"], "at_most": "30 min"},
        "In Asia and Oceania, at most 30 min of WGTU lie between 22:00 and 07:00, on average over the capitals.",
    ),
    ("repeats_in_order", {}, "Each session is held before its repeats, and these in their order."),
    (
        "repeats_in_order",
        {"of": ["WGTU"]},
        "Of WGTU, each session is held before its repeats, and these in their order.",
    ),
    ("restricted_access", {}, "A closed session shares no slot with a session for another audience."),
    (
        "restricted_access",
        {"of": ["WGTU"], "clearing": "15 min"},
        "WGTU shares no slot with a session for another audience unless the room is cleared for 15 min in between.",
    ),
    (
        "restricted_access",
        {"of": ["WGTU", "WGTR"]},
        "WGTU and WGTR share no slot with a session for another audience.",
    ),
    ("rolling", {}, "Every session is held on a rolling basis."),
    ("rolling", {"of": ["WGETI"], "weight": 1}, "WGETI is held on a rolling basis, where feasible."),
    ("rolling", {"of": ["WGETI", "WGTU", "WGTR"]}, "WGETI, WGTU and WGTR are held on a rolling basis."),
    ("room_clash", {}, "No two sessions sit in one room at the same time."),
    ("room_clash", {"of": ["WGTU", "WGTR"]}, "Of WGTU and WGTR, no two sessions sit in one room at the same time."),
    ("room_fit", {}, "Every session sits in a room with seats and equipment enough."),
    ("room_fit", {"of": ["WGTU", "WGTR"]}, "WGTU and WGTR sit in rooms with seats and equipment enough."),
    ("running_order", {}, "Every session with a position stands in that place of its body's running order."),
    (
        "running_order",
        {"of": ["WGETI", "WGTU"]},
        "Of WGETI and WGTU, every session with a position stands in that place of its body's running order.",
    ),
    (
        "room_unavailable",
        {"room": "hall", "when": ["Thursday pm"]},
        "Great Hall is not available on Thursday afternoon.",
    ),
    (
        "room_unavailable",
        {"of": ["WGTU"], "rooms": ["hall", "annexe"], "when": ["am", "last day"]},
        "Great Hall and annexe are not available for WGTU in the morning and on the last day.",
    ),
    ("same_day", {"of": ["WGETI"]}, "All sessions of WGETI sit on the same day."),
    ("same_day", {"of": ["WGTU", "WGTR"]}, "WGTU and WGTR sit on the same day."),
    ("same_time", {"of": ["WGETI"]}, "The sessions of WGETI start at the same time."),
    ("same_time", {"of": ["WGTU", "WGTR"]}, "WGTU and WGTR start at the same time."),
    ("similar_bodies_apart", {}, "No two bodies meet in parallel."),
    (
        "similar_bodies_apart",
        {"of": ["WGTU", "WGTR"], "pairs": {"WGTU": {"WGTR": 1}}},
        "Of WGTU and WGTR, no two bodies that the table pairs meet in parallel.",
    ),
    ("smallest_room", {}, "Every session sits in the smallest room that has seats and equipment enough."),
    ("smallest_room", {"of": ["WGTU"]}, "WGTU sits in the smallest room that has seats and equipment enough."),
    (
        "smallest_room",
        {"of": ["WGTU", "WGTR"], "per": 100},
        "WGTU and WGTR each sit in the smallest room that has seats and equipment enough.",
    ),
    ("listed_order", {}, "The sessions of each body are held in the order in which they are listed."),
    ("listed_order", {"of": ["WGETI"]}, "The sessions of WGETI are held in the order in which they are listed."),
    (
        "listed_order",
        {"of": ["WGETI", "WGTU"]},
        "The sessions of WGETI and WGTU are each held in the order in which they are listed.",
    ),
    ("spread", {}, "The sessions of each body are spread evenly over the days on which it may meet."),
    ("spread", {"of": ["WGETI"]}, "The sessions of WGETI are spread evenly over the days on which it may meet."),
    (
        "spread",
        {"of": ["WGETI", "WGTU"]},
        "The sessions of WGETI and WGTU, each for itself, are spread evenly over the days on which it may meet.",
    ),
    ("tag_limit", {"at_most": 2}, "At most 2 sessions with one tag sit at once."),
    ("tag_limit", {"at_most": 1, "tags": ["law"]}, "At most one session with the tag 'law' sits at once."),
    (
        "tag_limit",
        {"of": ["WGETI"], "at_most": 2, "tags": ["law", "trade"]},
        "Of WGETI, at most 2 sessions with each of the tags 'law' and 'trade' sit at once.",
    ),
    ("uninterrupted", {}, "No other session comes between the sessions of one body."),
    (
        "uninterrupted",
        {"of": ["nip", "WGTR", "cei"]},
        "No other session comes between the sessions of WGTR or between WGETI Exchange of practices and WGETI CEI.",
    ),
    (
        "uninterrupted",
        {"of": ["WGETI", "WGTR"], "allow_closed": True},
        "No other session, unless it is closed, comes between the sessions of WGETI or between the sessions of WGTR.",
    ),
    (
        "waiting_outside",
        {},
        "Those who may not attend a closed session do not wait outside for a later session of the day.",
    ),
    (
        "waiting_outside",
        {"of": ["WGTU"]},
        "Those who may not attend WGTU do not wait outside for a later session of the day.",
    ),
    ("whole_slot", {}, "Every session has its slot and its room to itself."),
    ("whole_slot", {"of": ["WGETI"]}, "Each session of WGETI has its slot and its room to itself."),
    ("whole_slot", {"of": ["cei"]}, "WGETI CEI has its slot and its room to itself."),
    (
        "whole_slot",
        {"of": ["cei", "nip"]},
        "WGETI CEI and WGETI Exchange of practices have their slots and rooms to themselves.",
    ),
    ("within_day", {}, "Every body meets on one day."),
    ("within_day", {"of": ["WGTR"]}, "WGTR meets on one day."),
    ("within_day", {"of": ["WGTU", "WGTR"]}, "WGTU and WGTR each meet on one day."),
    ("within_half_day", {}, "Every body meets within one half-day."),
    ("within_half_day", {"of": ["WGTR"]}, "WGTR meets within one half-day."),
    ("within_half_day", {"of": ["WGTU", "WGTR"]}, "WGTU and WGTR each meet within one half-day."),
    ("within_slot", {}, "Every session is held within one slot."),
    ("within_slot", {"of": ["WGETI"]}, "Each session of WGETI is held within one slot."),
    ("within_slot", {"of": ["cei"]}, "WGETI CEI is held within one slot."),
    ("within_slot", {"of": ["nip", "cei"]}, "WGETI Exchange of practices and WGETI CEI are each held within one slot."),
]


@pytest.mark.parametrize(("kind", "options", "sentence"), SENTENCES, ids=[sentence for _, _, sentence in SENTENCES])
def test_the_rule_reads(kind: str, options: dict[str, Any], sentence: str) -> None:
    of = scenario(BODIES, {"rule": kind} | options, rooms=ROOMS, officers=OFFICERS)
    assert of.rules[0].describe(of) == sentence


def test_every_kind_of_rule_is_read_out_above() -> None:
    assert {kind for kind, _, _ in SENTENCES} == set(KINDS)


def test_lists_and_numbers_agree() -> None:
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "nothing",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert [counted(number, "slot") for number in (1, 2)] == ["one slot", "2 slots"]
