"""Names for which a rule has nothing to say are warned of; their near twins are not."""

from __future__ import annotations

import pytest

from constraints import KINDS
from scheduler.reading.loading import from_document
from scheduler.reading.yamltext import parse_document
from scheduler.rules.rule import Rule

FRAME = """\
name: silent
meeting: {series: Silent, annex_title: SILENT}
calendar: {slots: [10:00-13:00, 15:00-18:00], days: [2027-02-23, 2027-02-24]}
rooms: [{id: plenary, capacity: 400}, {id: annexe}]
officers: [{id: chair, post: Chair}, {id: clerk, post: Clerk}]
bodies:
  - id: WG
    officers: [chair]
    sessions:
      - {id: a, duration: 1h, tags: [trade], position: 1, attendance: 20, presenters: [Ada], attendees: [Bo]}
      - {id: b, duration: 1h, tags: [trade], rooms: [plenary], presenters: [Ada], attendees: [Bo]}
  - {id: TR, sessions: [{id: tr, duration: 1h}]}
  - {id: RP, sessions: [{id: rp, duration: 1h}, {id: rp-again, repeats: rp}]}
  - {id: DIEF, officers: [chair], access: [states-parties], sessions: [{id: dief, duration: 1h, tags: [Trade]}]}
rules:
"""


def warned(rule: str) -> list[tuple[str, str]]:
    """The marked text and the message of each warning, with one rule in the frame."""
    loaded = from_document(parse_document(f"{FRAME}  - {{{rule}}}\n".encode(), "silent.yaml"))
    return [(d.source_line[d.column - 1 :][: d.length], d.message) for d in loaded.warnings]


NOTHING = {
    "rule: uninterrupted, of: [WG, TR]": "'TR' is one session, and nothing comes between: "
    "the rule says nothing about it",
    "rule: latest_hour, hour: '09:00'": "no slot has opened by 09:00, the first opens at 10:00: choose another hour",
    "rule: earliest_hour, of: [TR], hour: '18:00'": "every slot for TR has closed by 18:00, the last closes at 18:00: "
    "choose another hour",
    "rule: uninterrupted, of: [a]": "'a' is one session, and nothing comes between: the rule says nothing about it; "
    "name all sessions of the block, or their body",
    "rule: end_of_day, of: [DIEF, TR, WG]": "'TR' and 'WG' are open to everybody: the rule says nothing about them",
    "rule: waiting_outside, of: [a], weight: 1": "'a' is open to everybody: the rule says nothing about it",
    "rule: restricted_access, of: [TR]": "'TR' is open to everybody: the rule says nothing about it",
    "rule: repeats_in_order, of: [WG, RP]": "'WG' is not named with another time that it is held: "
    "the rule says nothing about it",
    "rule: running_order, of: [b, tr]": "'b' and 'tr' have no position: the rule says nothing about them",
    "rule: room_fit, of: [TR]": "'TR' asks for no seats and no equipment: the rule says nothing about it",
    "rule: room_unavailable, of: [b], room: annexe, when: [am]": "'b' never sits in this room: "
    "the rule says nothing about it",
    "rule: officer_availability, of: [tr]": "'tr' has neither officers nor presenters: the rule says nothing about it",
    "rule: one_at_a_time, of: [tr]": "one session alone is named, and it takes two: the rule says nothing",
    "rule: room_clash, of: [TR]": "one session alone is named, and it takes two: the rule says nothing",
    "rule: officer_double_booking, of: [a]": "one session alone is named, and it takes two: the rule says nothing",
    "rule: parallel_limit, of: [WG], at_most: 2": "only 2 sessions are named: the rule says nothing",
    "rule: days_apart, of: [TR], at_least: 1": "one session alone is named, and it takes two: the rule says nothing",
    "rule: days_apart, of: [WG, a], at_least: 1": "'WG' and 'a' both hold 'a', and nothing is apart from itself: "
    "it is left out between the two",
    "rule: days_apart, of: [WG, TR], at_least: 2": "at_least 2 is never kept: the first and the last day are one day "
    "apart",
    "rule: days_apart, of: [WG, TR], at_most: 2, weight: 1": "at_most 2 is always kept: the first and the last day are "
    "one day apart",
    "rule: only_on, of: [TR], when: [13:10-14:50]": "no slot is open between 13:10 and 14:50: nothing can be held then",
    "rule: not_on, of: [TR], when: [Tuesday 18:00-19:00, 17:00-18:00]": "no slot is open on Tuesday between 18:00 and "
    "19:00: nothing is held then anyway",
    "rule: adjacent, of: [TR]": "one session alone is named, and it takes two: the rule says nothing",
    "rule: same_time, of: [a]": "one session alone is named, and it takes two: the rule says nothing",
    "rule: daily_limit, of: [WG, TR], at_most: 1": "'TR' is one session: the rule says nothing about it",
    "rule: daily_limit, of: [WG, RP], at_most: 2": "'WG' and 'RP' have no more than 2 sessions each: "
    "the rule says nothing about them",
    "rule: smallest_room, of: [b]": "'b' has no attendance: the rule says nothing about it",
    "rule: smallest_room, of: [a]": "'annexe' has no capacity: the rule says nothing about it",
    "rule: tag_limit, at_most: 1, of: [WG, tr]": "'tr' has no tag: the rule says nothing about it",
    "rule: tag_limit, at_most: 2, of: [WG], tags: [trade]": "'trade' is the tag of no more than 2 sessions: "
    "the rule says nothing about it",
    "rule: tag_limit, at_most: 1": "only one session has the tag 'Trade': did you mean 'trade'?",
    "rule: tag_limit, at_most: 1, of: [TR]": "'TR' has no tag: the rule says nothing about it",
    "rule: changeover, at_least: 5 min, of: [a]": "one session alone is named, and it takes two: the rule says nothing",
    "rule: changeover, at_least: 5 min, of: [WG], same_body: false": "all these sessions are of one body, "
    "and same_body is false: the rule says nothing",
    "rule: listed_order, of: [WG, tr]": "'tr' has one session: the rule says nothing about it",
    "rule: spread, of: [a, tr]": "'a' and 'tr' are one session each: the rule says nothing about them",
    "rule: last_in_week, of: [WG, TR, RP, DIEF]": "no other work is left that could come before: the rule says nothing",
    "rule: chairs_apart, of: [WG, TR]": "no two of these bodies share an officer: the rule says nothing",
    "rule: similar_bodies_apart, of: [WG]": "these are no two bodies that are to be apart: the rule says nothing",
    "rule: few_rooms, of: [WG, TR]": "'TR' is one session, which sits in one room anyway: "
    "the rule says nothing about it",
    "rule: not_parallel_with_itself, of: [a]": "'a' is one session, which sits in one room anyway: "
    "the rule says nothing about it",
    "rule: consecutive_slots, of: [tr]": "'tr' is one session, which is never broken off: "
    "the rule says nothing about it",
    "rule: nights_away, officers: [chair, clerk], weight: 1": "'clerk' serves nothing of this work: "
    "the rule says nothing about it",
    "rule: presenters_apart, of: [TR, a]": "nobody presents in two of these sessions: the rule says nothing",
    "rule: attendees_apart, of: [TR]": "nobody wants to attend two of these sessions: the rule says nothing",
}
SOMETHING = (
    "rule: latest_hour, hour: '10:30'",
    "rule: earliest_hour, of: [TR], hour: '17:30'",
    "rule: uninterrupted, of: [a, tr]",
    "rule: uninterrupted",
    "rule: end_of_day, of: [DIEF]",
    "rule: end_of_day",
    "rule: waiting_outside, of: [dief], weight: 1",
    "rule: restricted_access, of: [DIEF]",
    "rule: repeats_in_order, of: [rp, rp-again]",
    "rule: repeats_in_order",
    "rule: running_order, of: [WG]",
    "rule: room_fit, of: [WG]",
    "rule: room_unavailable, of: [a], room: annexe, when: [am]",
    "rule: officer_availability, of: [a]",
    "rule: one_at_a_time, of: [tr, a]",
    "rule: parallel_limit, of: [WG], at_most: 1",
    "rule: days_apart, of: [WG], at_least: 1",
    "rule: only_on, of: [TR], when: [12:30-15:00]",
    "rule: not_on, of: [TR], when: [17:30-19:00]",
    "rule: days_apart, of: [WG, TR], at_most: 1, days: working",
    "rule: adjacent, of: [WG]",
    "rule: same_time, of: [a, tr]",
    "rule: same_day, of: [a]",
    "rule: daily_limit, of: [WG], at_most: 1",
    "rule: daily_limit, at_most: 9",
    "rule: spread, of: [WG]",
    "rule: changeover, at_least: 5 min, of: [WG]",
    "rule: changeover, at_least: 5 min, same_body: false",
    "rule: tag_limit, at_most: 1, of: [WG], tags: [trade]",
    "rule: whole_slot",
    "rule: alone, of: [a]",
    "rule: last_in_week, of: [WG]",
    "rule: chairs_apart, of: [WG, DIEF]",
    "rule: similar_bodies_apart, of: [WG, TR]",
    "rule: few_rooms, of: [WG]",
    "rule: not_parallel_with_itself, of: [a, b]",
    "rule: consecutive_slots, of: [WG]",
    "rule: nights_away, officers: [chair], weight: 1",
    "rule: presenters_apart, of: [WG]",
    "rule: attendees_apart",
)


@pytest.mark.parametrize("rule", NOTHING)
def test_a_name_about_which_a_rule_says_nothing_is_warned_of(rule: str) -> None:
    ((_, message),) = warned(rule)
    assert message == NOTHING[rule]


@pytest.mark.parametrize("rule", SOMETHING)
def test_a_rule_that_says_something_is_not_warned_of(rule: str) -> None:
    assert warned(rule) == []


def test_without_names_people_are_missed_only_where_nobody_is_named_at_all() -> None:
    frame = FRAME.replace(", presenters: [Ada], attendees: [Bo]", "")
    for kind, who in (("presenters_apart", "presents in it"), ("attendees_apart", "wants to attend it")):
        text = f"{frame}  - {{rule: {kind}}}\n"
        (warning,) = from_document(parse_document(text.encode(), "silent.yaml")).warnings
        assert warning.message == f"no session says who {who}: the rule says nothing"
        assert warned(f"rule: {kind}") == []


def test_every_kind_that_can_say_nothing_of_a_name_is_among_the_cases() -> None:
    told = {rule.split(",")[0].removeprefix("rule: ") for rule in NOTHING}
    assert told == {kind for kind in KINDS if KINDS[kind].silent is not Rule.silent}
