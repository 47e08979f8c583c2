"""Each kind of slip, planted by hand, with its sentence; and its twin, in which all goes together."""

# ruff: noqa: E501  a sentence stands in one line

from __future__ import annotations

from textwrap import fill

import pytest

from scheduler.linting.checks import slips_in
from scheduler.linting.facts import facts_of
from scheduler.linting.plain import text_of_plain

LETTER = """\
The Secretariat
24 April 2026
Dear colleagues,
INVITATION TO THE CSP12 INFORMAL PREPARATORY MEETING: 26 - 28 MAY 2026
1. Following my announcement of 1 December 2025, I invite you to the CSP12 Informal Preparatory Meeting, which will take \
place on 26-28 May 2026.
2. Daily sessions of the meeting will take place from 10:00 to 13:00 and 15:00 to 18:00.
3. The Secretariat will circulate documents on Wednesday 29 April 2026.
4. Working papers are to be sent in by 13 May 2026. Please register by 22 May 2026.
5. The meeting of the Forum on Examples (FEX) on 27 May 2026 is open to States Parties.
6. One post remains vacant, that of Chair of the Group on Rules (GRU).
Yours faithfully,
Ada Example
SCHEDULE OF THE CSP12 INFORMAL PREPARATORY MEETING: 26 - 28 MAY 2026
\tTuesday\tWednesday\tThursday\t
10:00 - 13:00\tWGE\tFEX\tWGE\t10:00 - 13:00
15:00 - 18:00\tWGE\tWGE\tWGE\t15:00 - 18:00
"""


def said(*changes: tuple[str, str]) -> list[str]:
    text = LETTER
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return [f"{slip.line}: {slip.sentence}" for slip in slips_in(facts_of(text_of_plain(text)))]


def test_nothing_is_found_where_all_goes_together() -> None:
    assert said() == []


SLIPS = {
    "announcement after the letter": (
        ("1 December 2025", "1 December 2026"),
        "5: An announcement is dated '1 December 2026', after the letter itself, which is dated '24 April 2026' (line 2).",
    ),
    "deadline after day 1": (
        ("22 May", "27 May"),
        "8: The date for registration, '27 May 2026', is after the meeting has begun: '26 - 28 MAY 2026' (line 4).",
    ),
    "deadlines in the wrong order": (
        ("13 May", "25 May"),
        "8: The date for registration, '22 May 2026', is before the date for working papers, '25 May 2026' (line 8): "
        "working papers usually come first.",
    ),
    "a deadline before the letter": (
        ("22 May", "22 April"),
        "8: The date for registration, '22 April 2026', has passed when the letter is written: '24 April 2026' "
        "(line 2).",
    ),
    "weekday against date": (
        ("Wednesday 29", "Thursday 29"),
        "7: 'Thursday 29 April 2026': 29 April 2026 is a Wednesday, not a Thursday.",
    ),
    "a day that does not exist": (("22 May", "32 May"), "8: '32 May 2026': no calendar has such a day."),
    "a weekday of the grid": (
        ("\tThursday", "\tFriday"),
        "14: The annex has the column 'Friday', but there is no Friday in '26 - 28 MAY 2026' (line 13).",
    ),
    "columns out of order": (
        ("\tTuesday\tWednesday", "\tTuesday\tTuesday"),
        "14: The columns of the annex are not in the order of the days: 'Tuesday', 'Tuesday' and 'Thursday'.",
    ),
    "dates of the title": (
        (": 26 - 28", ": 25 - 27"),
        "4: The title says '25 - 27 MAY 2026', but the invitation in the text '26-28 May 2026' (line 5) and the title "
        "of the annex '26 - 28 MAY 2026' (line 13).",
    ),
    "dates of the text": (
        ("26-28 May", "26-29 May"),
        "5: The invitation in the text says '26-29 May 2026', but the title '26 - 28 MAY 2026' (line 4) and the title of "
        "the annex '26 - 28 MAY 2026' (line 13).",
    ),
    "hours of the text": (
        ("to 18:00.", "to 17:30."),
        "6: The text says that meetings are held 15:00 \u2013 17:30; the rows of the annex are 10:00 \u2013 13:00 "
        "(line 15) and 15:00 \u2013 18:00 (line 16).",
    ),
    "hours at the two ends of a row": (
        ("WGE\t15:00 - 18:00", "WGE\t15:00 - 18:30"),
        "16: This row of the annex says 15:00 \u2013 18:00 at one end, and 15:00 \u2013 18:30 at the other.",
    ),
    "a body in the text only": (
        ("FEX\t", "WGE\t"),
        "9: The text speaks of a meeting of 'FEX', and the annex (line 14) does not have it.",
    ),
    "a body on another day": (
        ("on 27 May", "on 26 May"),
        "9: The text has FEX on '26 May 2026', the annex on Wednesday 27 May 2026 (line 15).",
    ),
    "the wrong kind of meeting": (
        ("Please register", "Registration for the Working Group meetings is open. Please register"),
        "8: The text says 'Working Group meetings', but the title (line 4) invites to a preparatory meeting.",
    ),
    "a vacant post that holds a slot": (
        ("FEX\tWGE", "FEX\tGRU"),
        "15: The annex has 'GRU', but its post is vacant, says the text (line 10).",
    ),
    "the wrong year of a meeting of a body": (
        ("on 27 May 2026", "on 27 May 2025"),
        "9: '27 May 2025' is a day of the meeting but for its year: '26 - 28 MAY 2026' (line 4).",
    ),
    "the wrong year of the announcement": (
        ("December 2025", "December 2024"),
        "5: An announcement is dated '1 December 2024', more than a year before the letter, '24 April 2026' (line 2): is "
        "the year right?",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_is_told_in_one_sentence_with_both_places(kind: str) -> None:
    change, sentence = SLIPS[kind]
    assert sentence in said(change)


@pytest.mark.parametrize("width", [30, 40, 55, 72, 90])
def test_lines_that_are_broken_anywhere_say_the_same(width: int) -> None:
    text = "".join(line if "\t" in line else f"{fill(line, width)}\n" for line in LETTER.splitlines(keepends=True))
    assert slips_in(facts_of(text_of_plain(text))) == ()
    wrong = text.replace("2025", "2026", 1)
    assert [slip.kind for slip in slips_in(facts_of(text_of_plain(wrong)))] == ["announcement"]


def test_dates_of_the_annex() -> None:
    assert said(("MEETING: 26 - 28 MAY 2026\n\t", "MEETING: 26 - 27 MAY 2026\n\t")) == [
        "13: The title of the annex says '26 - 27 MAY 2026', but the title '26 - 28 MAY 2026' (line 4) and the invitation "
        "in the text '26-28 May 2026' (line 5)."
    ]


def test_a_body_that_only_the_list_has_and_one_that_only_the_grid_has() -> None:
    listed = (
        "6. One",
        "6. These bodies will meet:\n- Working Group on Examples (WGE)\n- Forum on Examples (FEX)\n"
        "- Management Committee (MCO)\n7. One",
    )
    assert said(listed, ("15:00 - 18:00\tWGE", "15:00 - 18:00\tOPR")) == [
        "13: The text lists 'MCO', and the annex (line 18) does not have it.",
        "20: The annex has 'OPR', and the list of bodies in the text (line 11) does not.",
    ]


def test_all_years_wrong_are_seen_from_the_letter() -> None:
    found = said(*[("MAY 2026", "MAY 2028"), ("26-28 May 2026", "26-28 May 2028"), ("MAY 2026\n\t", "MAY 2028\n\t")])
    assert "4: The title says '26 - 28 MAY 2028', more than a year after the letter, '24 April 2026' (line 2): is the " \
        "year right?" in found  # fmt: skip


RIGHT = (
    ("Please register", "A further announcement will follow on 1 June 2026. Please register"),
    ("Please register", "As announced, the Conference will take place on 24-28 August 2026. Please register"),
    ("Please register", "The report of the meeting will be issued by 1 July 2026. Please register"),
    ("Please register", "Documents for the Conference will be issued by 1 July 2026. Please register"),
    ("Please register", "Documents for the Working Group meetings held on 4 March 2026 are out. Please register"),
    ("Please register", "Documents will be available online until 31 December 2026. Please register"),
    ("Please register", "Revised documents will be issued by 5 June 2026. Please register"),
    ("Please register", "Working papers will be published by 30 June 2026. Please register"),
    ("Please register", "The registration desk closes on 28 May 2026. Please register"),
    ("Please register", "Registration stays open until 28 May 2026. Please register"),
    ("Please register", "Sponsored delegates claim their expenses by 15 June 2026. Please register"),
    ("Please register", "Side events held on 28 May 2026 will be streamed. Please register"),
    ("Please register", "A dinner will be jointly held on 28 May 2026. Please register"),
    ("Please register", "You will recall that on 3 March 2026 we agreed so. Please register"),
    ("Please register", "You are invited to consult my letter of 2 February 2026. Please register"),
    ("Please register", "Regional groups meet each day from 09:00 to 10:00. Please register"),
    ("One post remains vacant, that of Chair", "If a post is vacant, such as that of Chair"),
    ("Please register", "Comments may be sent until 30 June 2026. Please register"),
    ("Please register", "Annual reports are due by 31 May each year. Please register"),
    ("Please register", "The desk for registration is open from 08:00 to 09:30 each day. Please register"),
    ("Please register", "Side events are held from 13:15 to 14:45. Please register"),
    ("Please register", "Such data are collected during Working Group and Preparatory meetings. Please register"),
    ("Please register", "The Conference held on 19 - 23 August 2024 decided so. Please register"),
    ("One post remains vacant, that of Chair", "The posts that were vacant are filled, also that of Chair"),
    ("One post remains vacant, that of Chair", "One post remains vacant, that of Vice-Chair"),
    ("from 10:00 to 13:00 and 15:00 to 18:00", "from 10:00 to 18:00"),
    ("from 10:00 to 13:00 and 15:00 to 18:00", "from 10 a.m. to 1 p.m. and from 3 to 6 p.m."),
    ("which will take place on 26-28 May 2026", "which will take place from Tuesday, 26 to Thursday, 28 May 2026"),
)  # fmt: skip


@pytest.mark.parametrize("change", RIGHT, ids=lambda change: change[1][:40])
def test_what_is_right_is_not_remarked_upon(change: tuple[str, str]) -> None:
    assert said(change) == []


def test_the_twin_of_a_vacant_post_is_one_of_a_deputy() -> None:
    assert said(("FEX\tWGE", "FEX\tGRU"), ("Chair of", "Vice-Chair of")) == []
