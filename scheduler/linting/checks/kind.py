"""One letter invites to one kind of meeting, and of one conference."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scheduler.linting.dates import dates_in
from scheduler.linting.facts import Facts
from scheduler.linting.purposes import sentences_in
from scheduler.linting.slips import Slip
from scheduler.linting.text import Paragraph
from scheduler.wording import quoted

KINDS = {
    "a Working Group meeting": r"working groups?\b|\bWGs?\b",
    "a preparatory meeting": r"preparatory meetings?|prep ?coms?\b",
    "a review conference": r"review conference",
    "a meeting of experts": r"meetings? of (?:the )?(?:governmental )?experts|expert meetings?",
    "an intersessional meeting": r"intersessional meetings?",
    "an extraordinary meeting": r"extraordinary meetings?",
    "a workshop": r"\bworkshops?\b",
    "a seminar": r"\bseminars?\b",
}
_OF_TEXT = {**KINDS, "a Working Group meeting": r"working group (?:meetings?|sessions?)"}
_THIS = re.compile(
    r"\b(?i:registration|register|documents?|(?:draft )?schedule|programme|timetable|participate|participating"
    r"|take part|attend|invite you|invited|invitation|side events?|working papers)\b[^.;:,]{0,40}?"
    r"\b(?:for|in|of|to|at) (?:the |our |this )?"
    r"((?:[A-Z][\w-]*\d* |ATT |informal |first |second |third )*)$"
)
_WITH_DATE = (
    r",? (?:which |that )?(?:(?:was |were |will be |to be )?(?:held|take place|took place) )?"
    r"(?:of|on|in|from|over the period) (\d|[A-Z][a-z]+ \d)"
)
_CODE = re.compile(r"\b([A-Z]{2,6}) ?(\d{1,3})\b")


def slips(facts: Facts) -> Iterator[Slip]:
    """Sentences that speak of another kind of meeting as the one to which the letter invites; titles that differ."""
    title = facts.title
    if title is None:
        return
    kinds = _kinds(title.text, KINDS)
    known = kinds | _elsewhere(facts)
    for paragraph in facts.body if kinds else ():
        yield from _of_paragraph(paragraph, kinds, known, title)
    if facts.annex_title is None:
        return
    line = facts.annex_title.lines[0]
    others = _kinds(facts.annex_title.text, KINDS)
    if kinds and others and not kinds & others:
        said = f"The annex is that of {' and '.join(sorted(others))}, and the title (line {title.lines[0]}) invites to"
        yield Slip(line, "kind", f"{said} {' and '.join(sorted(kinds))}.")
    yield from _of_codes(facts.annex_title, title)


def _kinds(text: str, patterns: dict[str, str]) -> set[str]:
    return {kind for kind, pattern in patterns.items() if re.search(pattern, text, re.IGNORECASE)}


def _elsewhere(facts: Facts) -> set[str]:
    """Kinds of which the letter names another meeting, by its date: sentences may be about that one."""
    return {
        kind
        for paragraph in facts.body
        for kind, pattern in _OF_TEXT.items()
        for match in re.finditer(rf"(?:{pattern}){_WITH_DATE}", paragraph.text, re.IGNORECASE)
        if _is_other(facts, paragraph.text[match.start(1) :])
    }


def _is_other(facts: Facts, text: str) -> bool:
    """Whether the date at the beginning of a text is none of this meeting."""
    found = next(dates_in(text[:60]), None)
    own = [(said.dates.first, said.dates.last) for _, said in facts.places]
    return found is not None and found.start < 10 and (found.first, found.last) not in own


def _of_paragraph(paragraph: Paragraph, kinds: set[str], known: set[str], title: Paragraph) -> Iterator[Slip]:
    for start, sentence in sentences_in(paragraph.text):
        for kind, pattern in _OF_TEXT.items():
            for match in re.finditer(pattern, sentence, re.IGNORECASE) if kind not in known else ():
                if _THIS.search(sentence[: match.start()]):
                    where = f"the title (line {title.lines[0]}) invites to {' and '.join(sorted(kinds))}"
                    line = paragraph.line_at(start + match.start())
                    yield Slip(line, "kind", f"The text says {quoted(match[0])}, but {where}.")


def _of_codes(annex: Paragraph, title: Paragraph) -> Iterator[Slip]:
    """Numbers of conferences, as in CSP12, if either title has one alone."""
    one, other = set(_CODE.findall(annex.text)), set(_CODE.findall(title.text))
    if len(one) == 1 and len(other) == 1 and one != other:
        (name, number), (own, own_number) = *one, *other
        if name == own:
            says = f"the title (line {title.lines[0]}) {own}{own_number}"
            yield Slip(annex.lines[0], "kind", f"The title of the annex says {name}{number}, and {says}.")
