"""Who presents in two sessions that no rule keeps apart is warned of once, and only where they can sit at once."""

from __future__ import annotations

import pytest

from scheduler.reading.loading import from_document
from scheduler.reading.yamltext import parse_document

FRAME = """\
name: unguarded
meeting: {series: M, annex_title: M}
calendar: {slots: [10:00-12:00, 14:00-16:00], days: [2027-06-01, 2027-06-02]}
rooms: [{id: hall}, {id: annex}]
officers: [{id: chair, post: Chair of A, name: Ann Lee}, {id: host, post: Host}]
"""
TWO = """\
bodies:
  - {id: A, officers: [chair], sessions: [{id: a, duration: 2h}, {id: a2, duration: 2h, officers: [host]}]}
  - {id: B, sessions: [{id: b, duration: 2h, presenters: [%s]}, {id: c, duration: 2h, presenters: [%s]}]}
"""
APART = "add {rule: presenters_apart}, with a weight where it is a wish"
AS_OFFICER = "name them under officers of the session that they present in, too: officers serve one session at a time"


def said(text: str, frame: str = FRAME) -> list[tuple[int, str, str]]:
    found = from_document(parse_document((frame + text).encode(), "unguarded.yaml")).warnings
    return [(d.line, d.message, d.hint) for d in found if "keeps" in d.message]


@pytest.mark.parametrize(
    ("b", "c", "message", "hint"),
    [
        ("Bo Ode", "Bo Ode", "Bo Ode is wanted in B b and B c", APART),
        ("Bo Ode", "Ann Lee", "Ann Lee is wanted in A a and B c", APART),
        ("chair", "Bo Ode", "Ann Lee is wanted in A a and B b", APART),
        ("Bo Ode", "host", "the Host is wanted in A a2 and B c", AS_OFFICER),
    ],
)
def test_one_person_is_named_with_both_sessions(b: str, c: str, message: str, hint: str) -> None:
    ((line, told, remedy),) = said(TWO % (b, c))
    assert (line, remedy) == (8, hint)
    assert told == f"{message}, and no rule keeps these apart: they may sit at the same time"


@pytest.mark.parametrize(
    "rules",
    [
        "{rule: presenters_apart}",
        "{rule: presenters_apart, level: slot, weight: 3}",
        "{rule: presenters_apart, of: [b, c]}",
        "{rule: one_at_a_time}",
        "{rule: order, of: [b, c]}",
        "{rule: not_parallel_with_itself}",
        "{rule: parallel_limit, at_most: 1}",
        "{rule: within_day, of: [B]}, {rule: pin, of: [b], start: 2027-06-01 am}, {rule: pin, of: [c], at: '14:00'}",
    ],
)
def test_nothing_is_said_where_a_rule_keeps_them_apart(rules: str) -> None:
    assert said(TWO % ("Bo Ode", "Bo Ode") + f"rules: [{rules}]\n") == []


@pytest.mark.parametrize(
    "rules",
    [
        "{rule: presenters_apart, of: [b]}",
        "{rule: one_at_a_time, weight: 9}",
        "{rule: order, of: [b, c], weight: 9}",
        "{rule: pin, of: [b, c], start: 2027-06-02 pm}",
        "{rule: attendees_apart}",
    ],
)
def test_a_wish_and_a_rule_about_something_else_keep_nobody_apart(rules: str) -> None:
    assert len(said(TWO % ("Bo Ode", "Bo Ode") + f"rules: [{rules}]\n")) == 1


def test_nothing_is_said_in_one_room_and_of_officers_alone() -> None:
    assert said(TWO % ("Bo Ode", "Bo Ode"), FRAME.replace(", {id: annex}", "")) == []
    assert said(TWO % ("TBC", "TBC")) == []
    assert said(TWO % ("Bo Ode", "Cy Poe") + "rules: [{rule: officer_double_booking, weight: 0}]\n") == []


def test_somebody_who_is_away_when_both_could_sit_at_once_meets_nobody() -> None:
    away = "people: [{name: Bo Ode, absent: [Tue, Wed pm]}]\nrules: [{rule: latest_hour, of: [b], hour: '09:00'}]\n"
    assert said(TWO % ("Bo Ode", "Bo Ode") + away) == []
    assert len(said(TWO % ("Bo Ode", "Bo Ode") + away.split("\n")[0] + "\n")) == 1


def test_of_many_the_first_are_named_and_the_others_counted() -> None:
    sessions = ", ".join(f"{{id: s{n}, duration: 1h, presenters: [P{n // 2}]}}" for n in range(12))
    ((_, message, _),) = said(f"bodies: [{{id: A, sessions: [{sessions}]}}]\n")
    assert message == (
        "P0 is wanted in A s0 and A s1, P1 in A s2 and A s3, P2 in A s4 and A s5, 3 further people in two sessions, "
        "and no rule keeps any of these pairs apart: they may sit at the same time"
    )
    many = ", ".join(f"{{id: s{n}, duration: 1h, presenters: [P{n // 2}]}}" for n in range(400))
    ((_, message, _),) = said(f"bodies: [{{id: A, sessions: [{many}]}}]\n")
    assert ", at least " in message
