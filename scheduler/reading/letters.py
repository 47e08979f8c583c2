"""Mistakes and doubts in the letter of a scenario."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.letter import Letter
from scheduler.domain.letter_placeholders import KEYS, PLACEHOLDERS, value_of
from scheduler.domain.titles import pieces
from scheduler.reading.diagnostics import Loc
from scheduler.scenario import Scenario
from scheduler.wording import quoted, some_of, suggest


def mistaken(scenario: Scenario) -> Iterator[tuple[Loc, str, str]]:
    """Placeholders that stand for nothing, and contradictions; each with its place and the remedy."""
    letter = scenario.letter
    if letter is None:
        return
    for loc, text in texts_of(letter):
        for piece in pieces(text):
            yield from _of_piece(scenario, ("letter", *loc), piece)
    signatory = scenario.officer.get(letter.signatory or "")
    if signatory is not None and signatory.vacant:
        yield ("letter", "signatory"), f"nobody signs: the post of '{signatory.id}' is vacant", "name another officer"
    registration = letter.registration
    if registration and not registration.required and not registration.separately:
        for told, where in (
            (registration.link, "letter.registration.link says where"),
            (scenario.meeting.milestones.registration, "meeting.milestones.registration says by when"),
        ):
            if told is not None:
                message = f"nobody need register, and yet {where}"
                yield ("letter", "registration", "required"), message, "leave one of the two out"


def texts_of(letter: Letter) -> Iterator[tuple[Loc, str]]:
    """The texts of a letter that may have placeholders, each with its place in the letter."""
    if letter.title:
        yield ("title",), letter.title
    for number, paragraph in enumerate(letter.paragraphs):
        yield ("paragraphs", number, "text"), paragraph.text
        if paragraph.heading:
            yield ("paragraphs", number, "heading"), paragraph.heading
        for point, text in enumerate(paragraph.points):
            yield ("paragraphs", number, "points", point), text


def _of_piece(scenario: Scenario, loc: Loc, piece: str) -> Iterator[tuple[Loc, str, str]]:
    """What is wrong with one piece in braces."""
    name = piece.strip("{}")
    if len(piece) == 1:
        yield loc, "a brace that stands alone", "write {{ or }} for a brace"
    elif name not in PLACEHOLDERS:
        near = suggest(name, PLACEHOLDERS)
        hint = f"did you mean '{{{near}}}'?" if near else f"known here: {some_of(PLACEHOLDERS)}"
        yield loc, f"{quoted(piece)} is no placeholder of letters", f"{hint}; {{{{ and }}}} stand for braces"
    elif name in KEYS and value_of(scenario, name) is None:
        yield loc, f"the scenario does not say what {quoted(piece)} stands for", f"write {KEYS[name]}"


def doubts(scenario: Scenario) -> Iterator[tuple[Loc, str]]:
    """Keys of a letter for which there is nothing to print."""
    registration = scenario.letter.registration if scenario.letter else None
    for number, name in enumerate(registration.separately if registration else ()):
        if not scenario.work(name):
            yield ("letter", "registration", "separately", number), f"'{name}' is not held, so nobody registers for it"
