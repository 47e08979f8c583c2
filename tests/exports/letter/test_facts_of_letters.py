"""The letters of the real series carry every fact of the real ones: read off the letters, one by one.

Dates, hours, places, bodies, posts, deadlines, languages, restrictions and numbers; the wording is our own.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from ruamel.yaml import YAML
from support.letters import WITH_GRID, letter

from exports.letter.english import content_of
from exports.letter.facts import facts_of_letter
from exports.word.letter import letter_bytes
from scheduler.solving.engine import solve

FACTS = YAML(typ="safe").load((Path(__file__).parent / "facts.yaml").read_text("utf-8"))
SIGNS = str.maketrans("\u2011\u2013\u00a0", "-- ")


@cache
def text_of(name: str, *, annex: bool = True) -> str:
    """All texts of the letter, a paragraph a line; a cell of the annex is one line."""
    scenario = letter(name)
    timetable = solve(scenario).timetable if annex else None
    facts = facts_of_letter(scenario, timetable)
    document = Document(
        io.BytesIO(letter_bytes(facts, content_of(facts), (scenario, timetable) if timetable is not None else None))
    )
    lines = []
    for block in document.element.body:
        blocks = block.iter(qn("w:tc")) if block.tag == qn("w:tbl") else [block]
        for each in blocks:
            paragraphs = each.iter(qn("w:p")) if each.tag == qn("w:tc") else [each]
            words = ("".join(text.text or "" for text in paragraph.iter(qn("w:t"))) for paragraph in paragraphs)
            lines.append(" ".join(word for word in words if word))
    return "\n".join(lines).translate(SIGNS)


@pytest.mark.parametrize("name", WITH_GRID)
def test_the_letter_carries_every_fact_of_the_real_one(name: str) -> None:
    text = text_of(name)
    assert [fact for fact in (*FACTS["all"], *FACTS[name]) if fact not in text] == []


def test_the_letter_of_csp3_has_date_place_and_subjects_and_no_annex() -> None:
    text = text_of("csp3", annex=False)
    assert [fact for fact in FACTS["csp3"] if fact not in text] == []
    assert "Annex" not in text


@pytest.mark.parametrize(
    ("name", "years"), [("csp8", "2021 2022"), ("csp10", "2023 2024"), ("csp11", "2024 2025"), ("csp12", "2025 2026")]
)
def test_no_year_stands_in_a_letter_that_its_scenario_does_not_have(name: str, years: str) -> None:
    """The slip of the real letter of CSP12, December 2026, is not repeated."""
    words = text_of(name).replace("*", "").replace(".", " ").replace(",", " ").replace(")", " ").split()
    assert {word for word in words if word.isdecimal() and len(word) == 4} == set(years.split())


def test_the_vacant_post_of_csp11_keeps_its_forum_out_of_the_schedule() -> None:
    text = text_of("csp11")
    assert "The Diversion Information Exchange Forum (DIEF) is therefore not in the schedule." in text
    assert "\nDIEF" not in text
