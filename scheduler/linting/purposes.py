"""What a date in a sentence is for: the announcement, a deadline, the meeting, something past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.linting.dates import Dates, dates_in

_WORDS = {
    "announcement": r"announc\w+",
    "registration": r"(?:pre-?)?regist(?:er|ers|ering|ration|rations)\b",
    "working papers": r"(?:working|position|discussion) papers?",
    "documents": r"documents?\b|documentation",
    "proposals for side events": r"side[- ]?events?",
    "applications for sponsorship": r"sponsor\w*",
    "nominations": r"nominat\w+|candida\w+",
    "meeting": r"takes? place|taking place|(?:will|to|shall) (?:be held|convene|meet)|invit(?:e|ed|ation)\b"
    r"|scheduled for",
    "past": r"\bheld\b|establish\w*|adopted|decided|decision|pursuant|report(?:s|ed)?\b|was|were",
    "attending": r"participat\w*|take part|attend\w*|wishing to",
    "other": r"comment\w*|survey|questionnaire|visa|hotel|badge|payment|contribution\w*|test(?:ing)?\b|link\b|opens?\b",
}
_PATTERN = re.compile(
    "|".join(f"(?P<{name.replace(' ', '_')}>{words})" for name, words in _WORDS.items()), re.IGNORECASE
)
FORWARD = (
    "documents", "working papers", "proposals for side events", "applications for sponsorship", "registration",
)  # fmt: skip
"""Deadlines that come between the letter and the meeting."""
_BY = re.compile(
    r"(?:\bby|\buntil|\btill|\bbefore|\bthan|\bdeadline\b[^.;]{0,60}|\bclos(?:e|es|ing)(?: on)?|\bdue(?: on)?"
    r"|\blatest(?: on)?|:)(?: the)?[\s\"'*(]*$",
    re.IGNORECASE,
)
_ISSUE = re.compile(r"\b(?:issu|circulat|publish|post|available|distribut|sent)\w*", re.IGNORECASE)
_RESULT = re.compile(r"\b(?:final|revised|updated|report|outcome|summary|results?|after the meeting)\b", re.IGNORECASE)
_NOT_DUE = re.compile(
    r"\b(?:desk|counter|badges?|on-?site|refunds?|fees?|publish\w*|compil\w*|post(?:ed)?)\b", re.IGNORECASE
)
"""Of registration and papers: what goes on during the meeting, or comes after it."""
_ASKED = re.compile(r"\b(?:propos|request|appl|submi|organi|notif)\w*", re.IGNORECASE)
"""Of side events and sponsorship: what is due by then."""
_UNTIL = re.compile(r"\b(?:until|till)\W*$", re.IGNORECASE)
_ON_MEETING = re.compile(r"\b(?:meetings?|sessions?|conference) (?:on|of)(?: the)?\s*$", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|had|have been|has been|closed|since|last|previous)\b[^,;]{0,60}$", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:will|shall|is to|are to|aims? to|requested|invited|encouraged|must|should)\b", re.IGNORECASE
)
_TO_COME = re.compile(r"\b(?:will|shall|to be|is to|are to|would|further|new)\b[^.;]{0,40}$", re.IGNORECASE)
_COMING = re.compile(r"\b(?:will|shall|to be)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<![A-Z][a-z]\.)(?<=[.!?])[\"')*]*\s+(?=[A-Z\d\"'(*])|;\s")
_NEAR_BEGINNING = 30
MOST_BEFORE = 400
LONGEST_SENTENCE = 2_000
"""Characters; a reader looks at the whole sentence for each of its dates."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with what its sentence says of it."""

    dates: Dates
    at: int
    """Where it begins in its paragraph."""
    sentence: str
    purpose: str
    """One of the words above; empty: nothing is said."""
    deadline: bool
    """Whether something is to be done by then, or the documents are to come on it."""
    future: bool
    """Whether the sentence speaks of what is to come."""
    before: str
    """What stands before it in its sentence."""
    after: str


def sentences_in(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a paragraph, each with its place; what is too long for one comes in pieces."""
    start = 0
    for match in [*_SENTENCE.finditer(text), None]:
        end = match.start() if match else len(text)
        for begin in range(start, max(end, start + 1), LONGEST_SENTENCE):
            yield begin, text[begin : min(end, begin + LONGEST_SENTENCE)]
        start = match.end() if match else end


def dated_in(text: str, intro: str = "") -> Iterator[Dated]:
    """Every date of a paragraph with its purpose; ``intro`` is the sentence above a list to which it belongs."""
    for start, sentence in sentences_in(text):
        for found in dates_in(sentence):
            before, after = sentence[: found.start][-MOST_BEFORE:], sentence[found.end :][:MOST_BEFORE]
            purpose = _purpose(before, after, intro)
            tense = before if before.strip(" -*\u2022") else intro
            future = _FUTURE.search(tense) is not None
            yield Dated(
                found, start + found.start, sentence, purpose, _is_deadline(found, purpose, before, sentence, intro),
                future and not _PAST.search(before), before, after,
            )  # fmt: skip


def _purpose(before: str, after: str, intro: str) -> str:
    """The nearest word before the date; of a date that begins its sentence the first behind it, or that of the list."""
    last: re.Match[str] | None = None
    for match in _PATTERN.finditer(before):
        last = match
    if last is not None:
        name = _named(last, before)
        return "other" if name == "announcement" and _COMING.search(before[last.end() :]) else name
    if len(before) <= _NEAR_BEGINNING:
        first = _PATTERN.search(after[:200])
        if first is not None and first.start() < 160:
            return _named(first, after)
    for match in _PATTERN.finditer(intro):
        last = match
    return _named(last, intro) if last is not None else ""


def _named(match: re.Match[str], text: str) -> str:
    name = (match.lastgroup or "").replace("_", " ")
    if name == "announcement" and _TO_COME.search(text[: match.start()]):
        return "other"  # it is still to come
    if (
        name == "past"
        and match[0].lower() == "held"
        and re.search(r"\b(?:be|is|are)\s+(?:\w+\s+)?$", text[: match.start()])
    ):
        return "meeting"
    return name


def _is_deadline(found: Dates, purpose: str, before: str, sentence: str, intro: str) -> bool:
    if found.ranged or len(found.items) > 1 or purpose not in FORWARD or _PAST.search(before):
        return False
    if purpose == "documents":
        on = re.search(r"\b(?:on|by)\s*\W*$", before) is not None or _BY.search(before) is not None
        said = on and not _UNTIL.search(before) and bool(_ISSUE.search(before)) and bool(_FUTURE.search(before))
        return said and _RESULT.search(sentence) is None and _ON_MEETING.search(before) is None
    if _RESULT.search(before) or _NOT_DUE.search(before):
        return False
    if purpose in FORWARD[2:4] and not _ASKED.search(f"{intro} {before}"):
        return False
    listed = "deadline" in intro.lower() and len(before) <= _NEAR_BEGINNING
    return listed or _BY.search(before) is not None
