"""Bodies that meet according to the text stand in the annex, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scheduler.linting.bodies import is_abbreviation, is_body, stands_in
from scheduler.linting.facts import Facts
from scheduler.linting.purposes import sentences_in
from scheduler.linting.slips import Slip
from scheduler.wording import quoted

_SHORT = r"(?:the )?(?:[\w&'/-]+ ){0,12}\(?([A-Z][A-Z0-9&/-]{2,11})\)?"
_MEETS = re.compile(
    rf"\b(?:meetings?|sessions?) of {_SHORT}|\b(?:participate|take part) in {_SHORT}"
    r"|([A-Z][A-Z0-9&/-]{2,11})\)?,? (?:which )?(?:will (?:meet|be held|take place)|meets\b)"
)
_ELSEWHERE = re.compile(
    r"\b(?:was|were|held (?:on|in|from)|last|previous|past|next|earlier|not|no|adopted|decided|vacant|report of)\b",
    re.IGNORECASE,
)


def slips(facts: Facts) -> Iterator[Slip]:
    """Bodies in one of the two only; silent of those whose post is said to be vacant."""
    if not facts.grids:
        return
    said = "\n".join(grid.said for grid in facts.grids)
    line = facts.grids[0].line
    for place, short, what in _expected(facts):
        if not stands_in(short, facts.names.get(short, ()), said) and not is_vacant(facts, short):
            yield Slip(place, "bodies", f"{what} {quoted(short)}, and the annex (line {line}) does not have it.")
    yield from _not_listed(facts)


def is_vacant(facts: Facts, short: str) -> bool:
    """Whether a post of the body is said to be vacant."""
    return any(stands_in(short, facts.names.get(short, ()), words) for _, words in facts.vacant)


def _expected(facts: Facts) -> Iterator[tuple[int, str, str]]:
    """Bodies that meet according to the text: line, abbreviation, and what the text says."""
    listed = {each.short for each in facts.listed}
    shown = any(stands_in(s, facts.names.get(s, ()), grid.said) for s in listed for grid in facts.grids)
    for each in facts.listed if shown else ():  # else the grid names what meets in some other way
        yield each.line, each.short, "The text lists"
    meeting = facts.meeting
    for paragraph in (*facts.body, *facts.behind):
        for start, sentence in sentences_in(paragraph.text):
            for match in _MEETS.finditer(sentence):
                short = next(group for group in match.groups() if group)
                names = facts.names.get(short, ())
                if short in listed or not is_abbreviation(short) or not any(map(is_body, names)):
                    continue
                dates = [d for d in facts.dates if d.dated.sentence == sentence and d.day]
                away = meeting is None or any(d.day and not meeting[0] <= d.day <= meeting[1] for d in dates)
                if not (away and dates) and not _ELSEWHERE.search(sentence):
                    yield paragraph.line_at(start + match.start()), short, "The text speaks of a meeting of"


def _not_listed(facts: Facts) -> Iterator[Slip]:
    """Cells that begin with the abbreviation of a body that the list in the text, and all the text, leaves out."""
    if not facts.listed:
        return
    text = "\n".join(paragraph.text for paragraph in (*facts.body, *facts.behind)).upper()
    first = facts.listed[0].line
    told: set[str] = set()
    for grid in facts.grids:
        for cell in grid.cells:
            words = cell.text.split()
            short = words[0].strip("*:,;") if words else ""
            alone = grid.sure or len(words) == 1
            if short in told or not alone or not is_abbreviation(short) or words[0].endswith(":"):
                continue
            if not stands_in(short, facts.names.get(short, ()), text):  # BRIEFINGS may be listed by its name
                told.add(short)
                why = f"the list of bodies in the text (line {first}) does not"
                yield Slip(cell.line, "bodies", f"The annex has {quoted(short)}, and {why}.")
