"""Each sentence of a letter stands for a fact, and is gone without it; the message and the deadlines likewise."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from support.small import scenario as small
from support.small import timetable as placed

from exports.letter.content import Content
from exports.letter.covering import covering_text
from exports.letter.deadlines import deadlines_csv
from exports.letter.english import content_of
from exports.letter.facts import LetterFacts, facts_of_letter

PRESIDENT = {"id": "president", "post": "President of the Conference", "name": "Amb. Example"}
SECRETARIAT = {"name": "the Secretariat", "email": "info@example.org", "website": "https://example.org"}


def facts(
    *, annex: bool = False, officers: Any = (), bodies: Any = None, slots: Any = None, **letter: Any
) -> LetterFacts:
    meeting = {"series": "Spring Talks", "annex_title": "TALKS", **letter.pop("meeting", {})}
    more = {"slots": slots} if slots else {}
    programme = small(bodies or {"GE": "3h"}, meeting=meeting, officers=list(officers), letter=letter or None, **more)
    return facts_of_letter(programme, placed(programme, {"ge": "Tue 10:00"}) if annex else None)


def said(found: LetterFacts) -> list[str]:
    """Headings and paragraphs, points behind theirs."""
    lines = []
    for part in content_of(found).parts:
        lines += [f"# {part.heading}"] if part.heading else []
        for passage in part.passages:
            lines += [passage.text, *(f"- {point}" for point in passage.points)]
    return lines


def test_a_scenario_without_a_letter_gives_what_its_programme_says_and_no_more() -> None:
    found = facts()
    assert said(found) == [
        "You are invited to the Spring Talks on 25-28 February 2025.",
        "The body that meets is the GE.",
        "# Taking part",
        "Daily meetings are held from 10:00 to 13:00 and from 15:00 to 18:00 (Zurich local time).",
    ]
    content = content_of(found)
    assert content == Content(
        letterhead=(),
        date="",
        addressed="To:",
        addressees=tuple(
            f"Representatives of {name}"
            for name in (
                "States Parties", "signatory States", "observer States", "international and regional organisations",
                "civil society", "industry",
            )
        ),
        salutation="Distinguished Representatives,",
        title="INVITATION TO THE SPRING TALKS: 25-28 FEBRUARY 2025",
        parts=content.parts,
        closing=(),
        name="",
        post="",
    )  # fmt: skip


def test_a_signatory_writes_in_the_first_person_and_signs() -> None:
    found = facts(officers=[PRESIDENT], signatory="president")
    assert said(found)[0].startswith("I have the pleasure to invite you to the Spring Talks")
    content = content_of(found)
    assert (content.name, content.post, len(content.closing)) == ("Amb. Example", "President of the Conference", 2)


def test_a_post_without_a_name_signs_as_the_post() -> None:
    content = content_of(facts(officers=[{"id": "president", "post": "President"}], signatory="president"))
    assert (content.name, content.post) == ("President", "")


@pytest.mark.parametrize(
    ("meeting", "sentence"),
    [
        ({"format": "in_person"}, "The meeting will be held in person."),
        (
            {"format": "online", "livestream": True},
            "The meeting will be held online. It can be followed by livestream.",
        ),
        (
            {"format": "in_person", "livestream": True},
            "The meeting will be held in person. Those who cannot attend in person can follow it by livestream.",
        ),
        ({"livestream": False}, "There is no livestream."),
        ({"interpretation": ["ar", "es"]}, "Interpretation from and into Arabic and Spanish will be provided."),
    ],
)
def test_how_people_take_part(meeting: dict[str, Any], sentence: str) -> None:
    assert sentence in said(facts(meeting=meeting))


def test_hours_that_differ_stand_in_the_annex_or_day_by_day() -> None:
    days = [{"date": "2025-02-25", "slots": ["10:00-13:00"]}, {"date": "2025-02-26", "slots": ["09:00-12:00"]}]
    programme = small({"GE": "3h"}, days=days)
    assert said(facts_of_letter(programme, None))[-3:] == [
        "The hours of each day are (Zurich local time):",
        "- Tuesday 25 February 2025: from 10:00 to 13:00",
        "- Wednesday 26 February 2025: from 09:00 to 12:00",
    ]
    with_annex = said(facts_of_letter(programme, placed(programme, {"ge": "Tue 10:00"})))
    assert "The hours of each day are shown in the Annex (Zurich local time)." in with_annex


def test_the_schedule_is_spoken_of_only_where_there_is_one() -> None:
    draft = "The draft schedule in the attached Annex shows the order and the duration of the meetings."
    assert f"{draft} It is subject to change." in said(facts(annex=True))
    assert "The schedule in the attached Annex shows the order and the duration of the meetings." in said(
        facts(annex=True, meeting={"status": "final"})
    )
    assert "# Schedule" not in said(facts())


def test_without_an_annex_footnotes_and_side_events_stand_in_the_letter() -> None:
    meeting = {"series": "Talks", "annex_title": "T", "footnotes": ["* Items move **on**."]}
    events = [{"day": "2025-02-25", "title": "Briefing", "hours": "13:15-14:45"}]
    programme = small({"GE": "3h"}, meeting=meeting, side_events=events)
    lines = said(facts_of_letter(programme, None))
    assert lines[lines.index("# Schedule") + 1] == "Items move **on**."
    assert lines[-1] == "- Briefing, Tuesday 25 February 2025, from 13:15 to 14:45"
    assert "Items move **on**." not in said(facts_of_letter(programme, placed(programme, {"ge": "Tue 10:00"})))


def test_agenda_items_are_named_where_no_annex_lists_them() -> None:
    items = {"style": "agenda", "sessions": {"one": {"title": "First item", "duration": "1h"}}}
    assert said(facts(bodies={"PREP": items}))[1:3] == ["These subjects will be taken up:", "- First item"]


def test_closed_bodies_say_who_is_admitted_and_when() -> None:
    programme = small({"GE": {"name": "Group", "access": ["states-parties"], "sessions": {"ge": "3h"}}})
    line = "- Group (GE), Tuesday 25 February 2025 from 10:00 to 13:00: States Parties only"
    assert line in said(facts_of_letter(programme, placed(programme, {"ge": "Tue 10:00"})))
    lines = said(facts_of_letter(programme, None))
    assert lines[lines.index("# Closed meetings") + 1 :] == [
        "This meeting does not admit everybody:",
        "- Group (GE): States Parties only",
    ]
    assert content_of(facts_of_letter(programme, None)).addressees == ("Representatives of States Parties",)


INVITED = {"invitation": "2025-01-20"}


@pytest.mark.parametrize(
    ("milestones", "documents", "lines"),
    [
        ({"documents": "2025-01-24"}, None, ["Documents for the meeting are to be issued on 24 January 2025."]),
        (
            {"documents": "2025-01-20"}, {"by": "the Chairs", "through": "the Secretariat"},
            ["Documents for the meeting are issued by the Chairs through the Secretariat together with this letter."],
        ),
        ({}, {"by": "the Chairs"}, ["Documents for the meeting are to be issued by the Chairs."]),
        (
            {}, {"enclosed": ["the agenda", "a note"]},
            ["The agenda and a note are circulated together with this letter."],
        ),
    ],
)  # fmt: skip
def test_documents(milestones: dict[str, str], documents: Any, lines: list[str]) -> None:
    found = said(facts(meeting={"milestones": INVITED | milestones}, documents=documents))
    assert found[found.index("# Documents") + 1 :] == lines


@pytest.mark.parametrize(
    ("closes", "registration", "line"),
    [
        ("2025-02-20", None, "Delegates are requested to **register by 20 February 2025**."),
        (
            "2025-02-20", {"link": "https://example.org/r"},
            "Registration is required for the meeting. Delegates are requested to **register by 20 February 2025** at "
            "https://example.org/r.",
        ),
        (
            None, {"link": "https://example.org/r"},
            "Registration is required for the meeting. Delegates register at https://example.org/r.",
        ),
        (None, {"required": "false"}, "Registration is not required for the meeting."),
        (
            "2025-02-20", {"required": "false", "separately": ["GE"]},
            "Registration is not required for the meeting. However, those who wish to take part in the GE need to "
            "register by 20 February 2025.",
        ),
        (
            None, {"separately": ["GE"]},
            "Registration is required for the meeting. In addition, those who wish to take part in the GE need to "
            "register separately.",
        ),
    ],
)  # fmt: skip
def test_registration(closes: str | None, registration: Any, line: str) -> None:
    meeting = {"milestones": {"registration": closes}} if closes else {}
    found = said(facts(meeting=meeting, registration=registration))
    assert found[found.index("# Registration") + 1 :] == [line]


@pytest.mark.parametrize(
    ("key", "heading", "what"),
    [
        ("working_papers", "Working papers", "Working papers"),
        ("side_event_proposals", "Side events", "Proposals for side events"),
        ("sponsorship", "Sponsorship", "Applications for sponsorship"),
    ],
)
def test_what_is_to_be_sent_by_when_and_to_whom(key: str, heading: str, what: str) -> None:
    meeting = {"milestones": {key: "2025-02-10"}}
    found = said(facts(meeting=meeting, secretariat=SECRETARIAT))
    line = f"{what} are to be sent to the Secretariat (info@example.org) by **10 February 2025**."
    assert found[found.index(f"# {heading}") + 1] == line
    assert f"{what} are to be submitted by **10 February 2025**." in said(facts(meeting=meeting))


def test_vacant_posts_what_follows_and_the_appeal() -> None:
    vacant = {"id": "chair", "post": "Chair of the Forum", "vacant": True}
    bodies = {"GE": "3h", "FORUM": {"officers": ["chair"], "when_vacant": "dropped", "sessions": {"forum": "1h"}}}
    plain = said(facts(officers=[vacant], bodies=bodies, secretariat=SECRETARIAT))
    sentence = "One post is vacant: Chair of the Forum. The FORUM is therefore not in the schedule."
    assert sentence in plain
    asked = said(facts(officers=[vacant], bodies=bodies, secretariat=SECRETARIAT, nominations={"who": "all States"}))
    appeal = " **Nominations by all States are welcome and should be sent to the Secretariat.**"
    assert sentence + appeal in asked


def test_free_paragraphs_stand_at_the_end_of_their_section_under_their_own_heading_or_in_the_last() -> None:
    paragraphs = [
        {"text": "what led here, on {dates}", "under": "background"},
        "before the website {{so}}",
        {"text": "How to test.", "heading": "Testing", "points": ["first", "second"]},
        "Below it too.",
        {"text": "The link follows.", "under": "participation"},
    ]
    meeting = {"milestones": {"announcement": "2024-12-06"}}
    assert said(facts(meeting=meeting, paragraphs=paragraphs, secretariat=SECRETARIAT)) == [
        "What led here, on 25-28 February 2025",
        "You are invited to the Spring Talks on 25-28 February 2025.",
        "The body that meets is the GE.",
        "# Taking part",
        "Daily meetings are held from 10:00 to 13:00 and from 15:00 to 18:00 (Zurich local time).",
        "The link follows.",
        "# Testing",
        "How to test.",
        "- first",
        "- second",
        "Below it too.",
        "# Information",
        "Before the website {so}",
        "Further information on the meeting is available at https://example.org.",
    ]


MILESTONES = {
    "announcement": "2024-12-06", "invitation": "2025-01-20", "documents": "2025-01-24", "working_papers": "2025-02-11",
    "registration": "2025-02-20",
}  # fmt: skip


def test_deadlines_in_order_with_who_acts_and_how_many_days_are_left() -> None:
    found = facts(
        meeting={"milestones": MILESTONES}, officers=[PRESIDENT], signatory="president", documents={"by": "=the Chairs"}
    )
    rows = list(csv.reader(io.StringIO(deadlines_csv(found).decode("utf-8-sig"))))
    assert rows == [
        ["date", "weekday", "days_before", "what", "who"],
        ["2024-12-06", "Friday", "81", "Announcement", ""],
        ["2025-01-20", "Monday", "36", "Invitation", "President of the Conference"],
        ["2025-01-24", "Friday", "32", "Documents issued", "'=the Chairs"],
        ["2025-02-11", "Tuesday", "14", "Working papers due", "delegations"],
        ["2025-02-20", "Thursday", "5", "Registration closes", "delegates"],
        ["2025-02-25", "Tuesday", "0", "The meeting begins", ""],
        ["2025-02-28", "Friday", "", "The meeting ends", ""],
    ]


def test_the_covering_message() -> None:
    found = facts(
        annex=True, meeting={"milestones": MILESTONES, "venue": "Palais des Nations"}, officers=[PRESIDENT],
        signatory="president", secretariat=SECRETARIAT, place="Geneva",
    )  # fmt: skip
    assert covering_text(found, content_of(found)).decode().splitlines() == [
        "Subject: Invitation to the Spring Talks, 25-28 February 2025",
        "",
        "Distinguished Representatives,",
        "",
        "Please find attached the invitation to the Spring Talks, with the draft schedule in its Annex.",
        "",
        "When: 25-28 February 2025, from 10:00 to 13:00 and from 15:00 to 18:00 (Geneva local time)",
        "Where: Palais des Nations, Geneva",
        "",
        "Please note these dates:",
        "- Tuesday 11 February 2025: working papers due",
        "- Thursday 20 February 2025: registration closes",
        "",
        "Questions: the Secretariat, info@example.org, https://example.org",
        "",
        "Amb. Example",
        "President of the Conference",
    ]
