"""Every scenario of the project gives a letter, whether it says anything of one or not."""

from __future__ import annotations

import io

import pytest
from docx import Document
from support.project import SCENARIOS

from exports.letter.covering import covering_text
from exports.letter.deadlines import deadlines
from exports.letter.english import content_of
from exports.letter.facts import facts_of_letter
from exports.word.letter import letter_bytes
from scheduler.reading.loading import load

FILES = sorted(path.relative_to(SCENARIOS).as_posix() for path in SCENARIOS.rglob("*.yaml"))


@pytest.mark.parametrize("name", FILES)
def test_it_gives_a_letter_without_gaps(name: str) -> None:
    facts = facts_of_letter(load(SCENARIOS / name).scenario, None)
    content = content_of(facts)
    texts = [paragraph.text for paragraph in Document(io.BytesIO(letter_bytes(facts, content, None))).paragraphs]
    said = "\n".join([*texts, covering_text(facts, content).decode()])
    assert [gap for gap in ("None", "()", "  ", " ,", " .", "..", "{", "}", "the the", "The the") if gap in said] == []
    assert all(texts)
    assert deadlines(facts)[-1].what in ("The meeting ends", "The meeting is held")
