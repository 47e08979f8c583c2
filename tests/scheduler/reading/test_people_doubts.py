"""What ``validate`` asks about people: one or two, several in one place, and posts that are vacant."""

from __future__ import annotations

import pytest

from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.loading import from_document
from scheduler.reading.yamltext import parse_document

FRAME = """\
name: people
meeting: {series: M, annex_title: M}
calendar: {slots: [10:00-13:00], days: [2027-02-23, 2027-02-24]}
"""
BODIES = """\
bodies:
  - {id: A, style: agenda, sessions: [{id: a, duration: 1h, presenters: %s}]}
  - {id: B, style: agenda, sessions: [{id: b, duration: 1h, presenters: %s}]}
"""


def said(text: str) -> list[tuple[int, str, str]]:
    """Line, message and hint of everything that is found."""
    try:
        found = from_document(parse_document((FRAME + text).encode(), "people.yaml")).warnings
    except ScenarioError as error:
        found = error.diagnostics
    return [(d.line, d.message, d.hint) for d in found]


PLAIN = BODIES % ("[Cy Poe]", "[Di Ray]")


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        (
            "officers:\n  - {id: x, post: Chair of A, name: Bo Ray}\n  - {id: y, post: Chair of B, name: Bo Ray}\n",
            "'Bo Ray' stands here and on line 5: that is one person: Chair of A and Chair of B",
        ),
        (
            "officers:\n  - {id: x, post: P, name: Bo Ray}\npeople:\n  - {name: Bo Ray, absent: [2027-02-23]}\n",
            "'Bo Ray' stands here and on line 5: that is one person",
        ),
    ],
)
def test_two_of_one_name_are_told_to_be_one(entries: str, message: str) -> None:
    ((line, found, hint),) = said(entries + PLAIN)
    assert line == 3 + entries.count("\n")
    assert (found, hint) == (message, "if they are two, add same_name: different to one of them")


@pytest.mark.parametrize(
    "entries",
    [
        "officers:\n  - {id: x, post: P, name: Bo Ray}\n  - {id: y, post: Q, name: Bo Ray, same_name: different}\n",
        "officers:\n  - {id: x, post: P, name: Bo Ray}\n  - {id: y, post: Q, name: Bo Ray, vacant: true}\n",
        "officers:\n  - {id: x, post: P, name: TBC}\n  - {id: y, post: Q, name: TBC}\n",
        "officers:\n  - {id: x, post: P}\n  - {id: y, post: P}\n",
    ],
)
def test_two_that_are_not_one_are_not_told(entries: str) -> None:
    assert said(entries + PLAIN) == []


@pytest.mark.parametrize("other", ["Bo ray", "Bo  Ray", "Ray, Bo", "Bó Ray", "Amb. Bo Ray", "Bo Ray (Chair)"])
def test_a_name_that_is_spelt_a_little_otherwise_is_asked_about(other: str) -> None:
    entries = f'officers:\n  - {{id: x, post: P, name: Bo Ray}}\n  - {{id: y, post: Q, name: "{other}"}}\n'
    ((line, message, _),) = said(entries + PLAIN)
    assert (line, message) == (6, f"'{other}' counts as somebody else than the officer 'Bo Ray': is it one person?")


def test_a_name_that_two_people_bear_is_asked_about_in_a_session() -> None:
    entries = (
        "officers:\n  - {id: x, post: P, name: Bo Ray}\n  - {id: y, post: Q, name: Bo Ray, same_name: different}\n"
    )
    ((line, message, hint),) = said(entries + BODIES % ("[Bo Ray]", "[y]"))
    assert (line, message) == (8, "several people are called 'Bo Ray': Bo Ray, P is meant")
    assert hint == "write 'x' or 'y'"


@pytest.mark.parametrize(
    ("cell", "part"),
    [
        ("Ann Lee, Ben Ode", "Ben Ode"),
        ("Ann Lee and Ben Ode", "Ben Ode"),
        ("Ann Lee & Ben Ode", "Ben Ode"),
        ("Ann Lee; Ben Ode", "Ben Ode"),
        ("Ann Lee / Ben Ode", "Ben Ode"),
        ("Dr Ann Lee (Geneva), Ms Ben Ode (TBC)", "Ben Ode"),
        ("Ben Ode, TBC", "Ben Ode"),
        ("Ann Lee with Ben Ode", "Ben Ode"),
        ("Ann Lee | Ben Ode", "Ben Ode"),
        ("Ann Lee · Ben Ode", "Ben Ode"),
        ("Ann Lee, Cy Poe, and Ben Ode", "Ben Ode"),
    ],
)
def test_several_people_in_one_place_are_asked_about(cell: str, part: str) -> None:
    ((line, message, _),) = said(BODIES % (f'["{cell}"]', "[Ben Ode]"))
    assert line == 5
    assert message == f"'{cell}' counts as one person, but '{part}' stands on line 6 too: are they several?"


@pytest.mark.parametrize(
    ("cell", "other"),
    [
        ("Ann Lee, Ben Ode", "Cy Poe"),
        ("Ministry of Trade and Industry", "Ben Ode"),
        ("TBC", "TBC"),
        ("n.n.", "TBC, n.n."),
        ("Ann Lee, Geneva", "Ben Ode, Geneva"),
    ],
)
def test_a_text_whose_parts_are_nobody_named_elsewhere_is_not_asked_about(cell: str, other: str) -> None:
    assert said(BODIES % (f'["{cell}"]', f'["{other}"]')) == []


def test_two_texts_that_share_a_part_are_asked_about() -> None:
    found = said(BODIES % ('["Ann Lee, Ben Ode"]', '["Ben Ode and Cy Poe"]'))
    assert [line for line, _, _ in found] == [5, 6]


def test_lines_of_one_text_are_people_too() -> None:
    ((_, message, hint),) = said(BODIES % ('["Ann Lee\\nBen Ode"]', "[Ben Ode]"))
    assert message.startswith("'Ann Lee Ben Ode' counts as one person, but 'Ben Ode' stands on line 6 too")
    assert hint == "in a table part them by ';': Ann Lee; Ben Ode; in YAML make each an item of the list"


def test_an_officer_who_is_two_people_is_asked_about() -> None:
    entries = "officers:\n  - {id: x, post: Co-Chairs, name: Ann Lee and Ben Ode}\n"
    ((line, message, hint),) = said(entries + BODIES % ("[Ben Ode]", "[Cy Poe]"))
    assert (line, hint) == (5, "then write an entry for each of them")
    assert (
        message == "'Ann Lee and Ben Ode' counts as one person, but 'Ben Ode' stands on line 7 too: are they several?"
    )


VACANT = """\
officers: [{id: x, post: Chair of A, vacant: true}]
bodies:
  - {id: A, officers: [x]%s, sessions: [{id: a, duration: 1h}]}
"""


@pytest.mark.parametrize(("more", "told"), [("", 1), (", when_vacant: held", 0), (", when_vacant: dropped", 0)])
def test_a_body_that_is_held_although_a_post_is_vacant_is_told(more: str, told: int) -> None:
    found = [message for _, message, _ in said(VACANT % more)]
    held = "the post is vacant (Chair of A), and A is held all the same"
    assert (held in found, len([m for m in found if m == held])) == (bool(told), told)


@pytest.mark.parametrize(
    ("people", "message"),
    [
        ("  - {absent: [2027-02-23]}", "a person is named by 'name', or by 'id', or by both: write one of them"),
        ("  - {id: x, name: Bo}", "the id 'x' is taken on line 4: choose another"),
        ("  - {name: Bo, post: Chair}", "somebody in people has no 'post'"),
        ("  - {name: Bo, absent: [2026-02-23]}", "nobody meets on Monday 23 February, 2026: is the date right?"),
    ],
)
def test_mistakes_in_people_are_told_at_their_place(people: str, message: str) -> None:
    text = "officers: [{id: x, post: P}]\npeople:\n" + people + "\n"
    ((line, found, _),) = said(text + PLAIN)
    assert (line, found) == (6, message)


def test_the_same_day_in_present_and_absent_is_told() -> None:
    """The second leaves a part of a longer stay out, which is in order."""
    people = "people:\n  - {name: Cy Poe, absent: [2027-02-24], present: [2027-02-24, 2027-02-23]}\n"
    people += "  - {name: Di Ray, absent: [2027-02-24], present: [2027-02-23..2027-02-24]}\n"
    message = "on Wednesday 24 February stands in absent too: they are not there then"
    assert said(people + PLAIN) == [(5, message, "leave one of the two out")]


OVERLAPS = {
    "absent: [Tuesday am], present: [Tuesday am]": "on Tuesday 23 February, in the morning stands in absent too: "
    "they are not there then",
    "present: [2027-02-23 10:00-12:00], absent: [Tuesday am]": "on Tuesday 23 February, 10:00 to 12:00 stands in "
    "absent too: they are not there then",
    "present: [2027-02-24], absent: [2027-02-24 10:00-11:00, 2027-02-24 11:00-13:00]": "on Wednesday 24 February "
    "stands in absent too: they are not there then",
    "present: [Tuesday], absent: [Wednesday am]": "present says already that they are not there on Wednesday "
    "24 February, in the morning: this says nothing",
    "present: [2027-02-23 10:00-12:00], absent: [2027-02-23 11:00-12:30]": "only a part of this lies within present "
    "(Tuesday 23 February, 11:00 \u2013 12:00); for the rest they are not there anyway",
    "absent: [Tuesday, 2027-02-23 10:00-11:00]": "what lies on Tuesday 23 February, 10:00 to 11:00 is named "
    "on Tuesday 23 February too",
    "present: [Tuesday am, 2027-02-23..2027-02-24]": "what lies on Tuesday 23 February, in the morning is named "
    "from Tuesday 23 February to Wednesday 24 February too",
}


@pytest.mark.parametrize("times", OVERLAPS)
def test_overlaps_and_contradictions_are_told(times: str) -> None:
    people = f"people:\n  - {{name: Cy Poe, {times}}}\n"
    assert [message for _, message, _ in said(people + PLAIN)] == [OVERLAPS[times]]


@pytest.mark.parametrize(
    "times",
    [
        "present: [2027-02-23..2027-02-24], absent: [2027-02-23 11:00-12:00]",
        "present: [Tuesday am, Wednesday], absent: [2027-02-24 10:00-11:00]",
        "absent: [Tuesday am, 2027-02-24 10:00-11:00]",
    ],
)
def test_a_hole_in_a_longer_stay_is_in_order(times: str) -> None:
    assert said(f"people:\n  - {{name: Cy Poe, {times}}}\n" + PLAIN) == []


def test_what_two_entries_of_one_person_say_is_held_together() -> None:
    people = "officers: [{id: chair, post: Chair, name: Cy Poe, absent: [Wednesday]}]\n"
    people += "people:\n  - {name: Cy Poe, present: [Wednesday]}\n"
    told = [message for _, message, _ in said(people + PLAIN)]
    assert "on Wednesday 24 February stands in absent too: they are not there then" in told


EVENTS = """\
people: [{id: ms-diaz, name: Ana Diaz}, {name: Zoë Kay}]
bodies: [{id: A, sessions: [{id: a, duration: 1h, presenters: [Bo Ray]}]}]
side_events: [{title: One, day: 2027-02-23, %s}, {title: Two, day: 2027-02-24, %s}]
"""


@pytest.mark.parametrize(
    ("one", "other", "message", "hint"),
    [
        (
            "speakers: [ms-dias]",
            "organiser: [TBC, Peru]",
            "'ms-dias' counts as somebody else than 'ms-diaz': is it one person?",
            "then write 'ms-diaz'",
        ),
        (
            "organiser: Kenya",
            "organiser: [Norway, kenya]",
            "'kenya' is also written 'Kenya' (line 6): is it one person?",
            "then write 'Kenya'",
        ),
        (
            "speakers: [Ray Bo]",
            "organiser: Peru",
            "'Ray Bo' counts as somebody else than 'Bo Ray' (line 5): is it one person?",
            "then write 'Bo Ray'",
        ),
        (
            "speakers: [Zoe Kay]",
            "organiser: Peru",
            "'Zoe Kay' counts as somebody else than 'Zoë Kay' (line 4): is it one person?",
            "then write 'Zoë Kay'",
        ),
        (
            'organiser: "Kenya, Japan"',
            "organiser: Japan",
            "'Kenya, Japan' counts as one person, but 'Japan' stands on line 6 too: are they several?",
            "in a table part them by ';': Kenya; Japan; in YAML make each an item of the list",
        ),
    ],
)
def test_names_in_side_events_are_compared_too(one: str, other: str, message: str, hint: str) -> None:
    assert said(EVENTS % (one, other)) == [(6, message, hint)]


def test_names_in_side_events_that_differ_are_not_asked_about() -> None:
    assert said(EVENTS % ("organiser: [ms-diaz, Mali]", "speakers: [Ana Diaz, Malawi, n.n.]")) == []
