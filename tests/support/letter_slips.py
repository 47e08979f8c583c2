"""Plants one slip in a letter that has none: twelve kinds, each with the words that a true sentence must repeat.

A slip is planted with the words of the letter alone: nothing here uses the reader that is tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from support.letter_drafts import Draft

from scheduler.domain.clock import MONTHS, WEEKDAYS, parse_clock, show_clock

_MONTH = "|".join(MONTHS)
_DATE = re.compile(rf"(?<![\d-])(?:({'|'.join(WEEKDAYS)}),? )?(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH}),? (\d{{4}})", re.I)
_AMERICAN = re.compile(rf"({_MONTH}) (\d{{1,2}}), (\d{{4}})", re.IGNORECASE)
_RANGE = re.compile(
    rf"(\d{{1,2}})(?: ({_MONTH}))?(?: (\d{{4}}))?( ?[-\u2010\u2011\u2013] ?| to | and )"
    rf"(\d{{1,2}}) ({_MONTH}),? (\d{{4}})",
    re.IGNORECASE,
)
_HOURS = re.compile(r"(\d\d):(\d\d)")


@dataclass(frozen=True)
class Planted:
    """A letter with one slip."""

    draft: Draft
    words: str
    """What the sentence of the slip must repeat, in small letters."""


@dataclass(frozen=True)
class Place:
    """A date in a paragraph."""

    at: int
    text: str
    day: date
    before: str


def places(draft: Draft, about: str) -> Iterator[Place]:
    """Single dates behind words, within their sentence, that no other date stands between."""
    for at, text in draft.texts:
        for match in [*_DATE.finditer(text), *_AMERICAN.finditer(text)]:
            if _RANGE.search(text[max(0, match.start() - 12) : match.end()]):
                continue
            before = re.split(r"(?<=[a-z0-9)])\. ", text[: match.start()])[-1]
            before = re.split(r"\d{4}", before)[-1]
            if re.search(about, before, re.IGNORECASE):
                yield Place(at, match[0], _day(match), before)


def _day(match: re.Match[str]) -> date:
    number, month, year = match.groups()[-3:]
    if month.isdigit():
        number, month = month, number
    return date(int(year), [name.lower() for name in MONTHS].index(month.lower()) + 1, int(number))


def rewritten(text: str, day: date) -> str:
    """Another day in the form in which a date is written; its weekday is set right."""
    if _AMERICAN.fullmatch(text):
        return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
    two = re.match(r"(?:\w+,? )?0?\d", text) is not None and re.search(r"(?<!\d)0\d", text) is not None
    new = f"{day.day:02}" if two else str(day.day)
    new = f"{new} {MONTHS[day.month - 1]} {day.year}"
    weekday = _DATE.fullmatch(text)
    return f"{WEEKDAYS[day.weekday()]} {new}" if weekday and weekday[1] else new


def with_date(draft: Draft, place: Place, new: str) -> Planted:
    found = draft.copy()
    text = found.blocks[place.at]
    assert isinstance(text, str)
    found.blocks[place.at] = text.replace(place.text, new, 1)
    return Planted(found, new.lower())


# --- what the letter says, for the planters ------------------------------------------------------------------------

_DUE = r"\b(by|until|before|than|on|due|close[sd]?)\W*$"
DEADLINES = {
    "documents": r"documents?\b(?!.*(?:regist|working papers))",
    "working papers": r"working papers(?!.*regist)",
    "registration": r"regist\w+",
}


def letter_day(draft: Draft) -> Place | None:
    for at, text in draft.texts:
        match = _DATE.fullmatch(text.strip()) or _AMERICAN.fullmatch(text.strip())
        if match:
            return Place(at, match[0], _day(match), "")
    return None


def ranges(draft: Draft) -> Iterator[tuple[int, str, re.Match[str]]]:
    return ((at, text, match) for at, text in draft.texts for match in _RANGE.finditer(text))


def title(draft: Draft) -> tuple[int, re.Match[str]] | None:
    return next(((at, m) for at, text, m in ranges(draft) if re.match(r"\W*invitation", text, re.I)), None)


def _is_annex_title(text: str) -> bool:
    return re.match(r"\W*(draft |provisional )?(schedule|programme|timetable)", text, re.IGNORECASE) is not None


def annex_title(draft: Draft) -> tuple[int, re.Match[str]] | None:
    found = (
        (at, m)
        for at, text, m in ranges(draft)
        if re.match(r"\W*(draft |provisional )?(schedule|programme|timetable)", text, re.I)
    )
    return next(found, None)


def invitation(draft: Draft) -> tuple[int, re.Match[str]] | None:
    found = [
        (at, m)
        for at, text, m in ranges(draft)
        if re.search(r"invit", text) and not re.match(r"\W*invitation", text, re.I)
    ]
    return found[-1] if found else None


def first_day(draft: Draft) -> date | None:
    found = title(draft) or annex_title(draft)
    return _first(found[1]) if found else None


def _first(match: re.Match[str]) -> date:
    month = match[2] or match[6]
    return date(int(match[3] or match[7]), [m.lower() for m in MONTHS].index(month.lower()) + 1, int(match[1]))


def deadlines(draft: Draft) -> dict[str, Place]:
    found = {}
    for name, about in DEADLINES.items():
        for place in places(draft, about):
            if re.search(_DUE, place.before, re.I) and "held" not in place.before and "DIEF" not in place.before:
                found.setdefault(name, place)
    return found


# --- the twelve kinds ----------------------------------------------------------------------------------------------


def announcement_after_the_letter(draft: Draft, rng: Random) -> Planted | None:
    letter, found = letter_day(draft), [*places(draft, r"announc"), *_announced_first(draft)]
    found = [place for place in found if letter and place.day <= letter.day]
    if not letter or not found:
        return None
    place = rng.choice(found)
    day = rng.choice([letter.day + timedelta(days=rng.randrange(1, 90)), _later(place.day, letter.day)])
    return with_date(draft, place, rewritten(place.text, day))


def _later(day: date, than: date) -> date:
    year = than.year + (date(than.year, day.month, min(day.day, 28)) <= than)
    return date(year, day.month, min(day.day, 28))


def _announced_first(draft: Draft) -> Iterator[Place]:
    """*On 6 December 2024, the President issued an announcement*"""
    for at, text in draft.texts:
        for match in _DATE.finditer(text):
            if re.search(r"(?:^|[.] |\d\. )On $", text[: match.start()]) and re.match(
                r",? [^.]{0,60}announc", text[match.end() :]
            ):
                yield Place(at, match[0], _day(match), "On ")


def deadline_after_day_one(draft: Draft, rng: Random) -> Planted | None:
    first, found = first_day(draft), deadlines(draft)
    if not first or not found:
        return None
    place = found[rng.choice(sorted(found))]
    return with_date(draft, place, rewritten(place.text, first + timedelta(days=rng.randrange(1, 40))))


def deadlines_in_the_wrong_order(draft: Draft, rng: Random) -> Planted | None:
    """Two deadlines change places; or one lies before the letter."""
    found, letter = deadlines(draft), letter_day(draft)
    names = [name for name in DEADLINES if name in found]
    pairs = [(a, b) for n, a in enumerate(names) for b in names[n + 1 :] if found[a].day < found[b].day]
    if pairs and (rng.random() < 0.7 or letter is None):
        one, other = (found[name] for name in rng.choice(pairs))
        half = with_date(draft, one, rewritten(one.text, other.day)).draft
        if one.at == other.at:
            return None
        return Planted(
            with_date(half, other, rewritten(other.text, one.day)).draft, rewritten(other.text, one.day).lower()
        )
    if not letter or not found:
        return None
    place = found[rng.choice(names)]
    return with_date(draft, place, rewritten(place.text, letter.day - timedelta(days=rng.randrange(1, 30))))


def weekday_against_date(draft: Draft, rng: Random) -> Planted | None:
    choices: list[Planted] = []
    for at, text in draft.texts:
        for match in _DATE.finditer(text):
            if match[1]:
                other = WEEKDAYS[(_day(match).weekday() + rng.randrange(1, 7)) % 7]
                other = other.upper() if match[1].isupper() else other
                choices.append(
                    with_date(draft, Place(at, match[0], _day(match), ""), match[0].replace(match[1], other))
                )
    for number, block in enumerate(draft.blocks):
        if isinstance(block, list):
            held = [
                at
                for at in range(len(block[0]))
                if any(at < len(r) and r[at] not in ("", "*tbc*", "tbc", "<i>tbc</i>") for r in block[1:])
            ]
            for at in held:
                name = next((day for day in WEEKDAYS if block[0][at].startswith(day)), None)
                if name:
                    others = [day for day in WEEKDAYS if not any(day in cell for cell in block[0])]
                    other = rng.choice(others)
                    found = draft.copy()
                    table = found.blocks[number]
                    assert isinstance(table, list)
                    table[0][at] = table[0][at].replace(name, other)
                    choices.append(Planted(found, other.lower()))
    return rng.choice(choices) if choices else None


def _apart(draft: Draft, rng: Random, found: tuple[int, re.Match[str]] | None) -> Planted | None:
    """First or last day of a range moved by some days, or its month by one."""
    others = [each for each in (title(draft), invitation(draft), annex_title(draft)) if each]
    if not found or len(others) < 2:
        return None
    at, match = found
    first, last = int(match[1]), int(match[5])
    moves = [
        (first - 1, last),
        (first, last + 1),
        (first + 1, last + 1),
        (first - 7, last - 7),
        (first, last - 1),
        (first + 1, last),
    ]
    fits = [(a, b) for a, b in moves if 1 <= a < b <= 28 or (match[2] and 1 <= a <= 28 and 1 <= b <= 28)]
    if not fits:
        return None
    one, other = rng.choice(fits)
    begins = " ".join(str(part) for part in (one, match[2], match[3]) if part)
    new = f"{begins}{match[4]}{other} {match[6]} {match[7]}"
    copied = draft.copy()
    text = copied.blocks[at]
    assert isinstance(text, str)
    copied.blocks[at] = text[: match.start()] + new + text[match.end() :]
    return Planted(copied, re.sub("[\u2010-\u2015]", "-", new).lower())


def dates_of_title(draft: Draft, rng: Random) -> Planted | None:
    return _apart(draft, rng, title(draft))


def dates_of_text(draft: Draft, rng: Random) -> Planted | None:
    return _apart(draft, rng, invitation(draft))


def dates_of_annex(draft: Draft, rng: Random) -> Planted | None:
    return _apart(draft, rng, annex_title(draft))


def hours_against_grid(draft: Draft, rng: Random) -> Planted | None:
    """A time in the sentence on daily hours, or in a row of the grid at both ends, moved by half an hour or more."""
    moved = rng.choice([-60, -30, -15, 15, 30, 60])
    sentences = [
        (at, t)
        for at, t in draft.texts
        if re.search(r"\b(daily|held|each day|hours)\b", t, re.I)
        and re.search(r"\d\d:\d\d (to|-|and) \d\d:\d\d|\d\d:\d\d ?[-\u2013] ?\d\d:\d\d", t)
    ]
    sentences = [
        (at, t) for at, t in sentences if not re.search("testing|side events", t, re.I) and not _DATE.search(t)
    ]
    rows = [
        (n, r)
        for n, block in enumerate(draft.blocks)
        if isinstance(block, list)
        for r, row in enumerate(block)
        if _HOURS.search(row[0])
    ]
    if not rows or not sentences:
        return None
    found = draft.copy()
    if rng.random() < 0.5:
        at, text = rng.choice(sentences)
        match = rng.choice(list(_HOURS.finditer(text)))
        new = _moved(match, moved)
        found.blocks[at] = text[: match.start()] + new + text[match.end() :]
        return Planted(found, new)
    number, row = rng.choice(rows)
    table = found.blocks[number]
    assert isinstance(table, list)
    match = rng.choice(list(_HOURS.finditer(table[row][0])))
    old, new = match[0], _moved(match, moved)
    same = [line for line in table if line[0] == table[row][0]]
    for line in same:
        line[0] = line[0].replace(old, new)
        line[-1] = line[-1].replace(old, new)
    return Planted(found, new)


def _moved(match: re.Match[str], minutes: int) -> str:
    return show_clock(parse_clock(match[0]) + minutes)


def body_in_one_only(draft: Draft, rng: Random) -> Planted | None:
    """A body that the text lists or speaks of leaves the grid; or one that only the text, or the grid, has comes in."""
    listed = [
        m[1]
        for _, t in draft.texts
        if (m := re.search(r"(?:Group|Forum|Committee|Panel)\b.*\(([A-Z]{3,})\)\W*$", t)) and len(t) < 120
    ]
    spoken = [
        m[1]
        for _, t in draft.texts
        if "vacant" not in t
        for m in [re.search(r"meetings? of the [\w ]+\(([A-Z]{3,})\)", t)]
        if m
    ]
    there = [
        s for s in dict.fromkeys([*listed, *spoken]) if any(_word(s, c) for b in draft.tables for r in b for c in r)
    ]
    choices: list[Planted] = []
    for short in there:
        found = draft.copy()
        for table in found.tables:
            for row in table:
                row[:] = ["" if _word(short, cell) else cell for cell in row]
        if not any(_word(other, cell) for other in there for table in found.tables for row in table for cell in row):
            continue  # nothing is left of which the reader could know that it is a grid of bodies
        choices.append(Planted(found, short.lower()))
    if draft.tables and any("Yours faithfully" in t for _, t in draft.texts):
        found = draft.copy()
        at = next(at for at, t in draft.texts if "Yours faithfully" in t)
        found.blocks.insert(
            at - 1, "The meeting of the Expert Panel on Verification (EPV) will take place in the same room."
        )
        choices.append(Planted(found, "epv"))
    if len(listed) > 1:
        found = draft.copy()
        cells = [
            (row, at)
            for table in found.tables
            for row in table[1:]
            for at, cell in enumerate(row[1:-1], 1)
            if cell and "tbc" not in cell
        ]
        if cells:
            row, at = rng.choice(cells)
            row[at] = "EPVX"
            choices.append(Planted(found, "epvx"))
    return rng.choice(choices) if choices else None


def _word(short: str, text: str) -> bool:
    return re.search(rf"\b{short}\b", text) is not None


_KINDS = {
    "Working Group Meetings": "Informal Preparatory Meeting",
    "Informal Preparatory Meeting": "Working Group Meetings",
}


def wrong_kind_of_meeting(draft: Draft, rng: Random) -> Planted | None:
    """The other kind in the title, the title of the annex, or a sentence on this meeting."""
    own = next(
        (
            kind
            for _, t in draft.texts
            if re.match(r"\W*invitation", t, re.I)
            for kind in _KINDS
            if kind.lower() in t.lower()
        ),
        None,
    )
    if own is None or any(
        re.match(r"\W*invitation", t, re.I) and "working group" in t.lower() and "preparatory" in t.lower()
        for _, t in draft.texts
    ):
        return None
    other = _KINDS[own]
    choices = []
    for at, text in draft.texts:
        if _is_annex_title(text) and own.lower() in text.lower():
            found = draft.copy()
            found.blocks[at] = text.replace(own.upper(), other.upper()).replace(own, other)
            choices.append(Planted(found, "annex is that of"))
        match = re.search(
            r"(registration for|documents for|invite you to|register for) the (?:ATT |CSP\d+ )*(meetings?|"
            + own
            + r"|Working Group meetings)\b",
            text,
            re.I,
        )
        if match:
            found = draft.copy()
            kind = "Working Group meetings" if other.startswith("Working") else "preparatory meeting"
            found.blocks[at] = text[: match.start()] + f"{match[1]} the {kind}" + text[match.end() :]
            choices.append(Planted(found, kind.lower()))
    return rng.choice(choices) if choices else None


def vacant_post_that_holds_a_slot(draft: Draft, rng: Random) -> Planted | None:
    """A body whose chair is missing stands in the grid; or the chair of one that stands there goes missing."""
    vacant = [m[1] for _, t in draft.texts if "vacant" in t for m in [re.search(r"\(([A-Z]{3,})\)", t)] if m]
    cells = [
        (n, r, c)
        for n, b in enumerate(draft.blocks)
        if isinstance(b, list)
        for r, row in enumerate(b)
        if r
        for c, cell in enumerate(row[1:-1], 1)
        if cell and "tbc" not in cell and row[0].strip()[:1].isdigit()
    ]
    if not cells:
        return None
    found = draft.copy()
    if vacant:
        number, row, column = rng.choice(cells)
        table = found.blocks[number]
        assert isinstance(table, list)
        table[row][column] = vacant[0]
        return Planted(found, vacant[0].lower())
    shorts = sorted({m[1] for n, r, c in cells for m in [re.match(r"([A-Z]{4,})\b", draft.blocks[n][r][c])] if m})
    if not shorts:
        return None
    short = rng.choice(shorts)
    said = rng.choice(
        [
            f"The post of Chair of {short} is vacant.",
            f"One post remains vacant, namely that of Chair of the {short}.",
            f"One post is vacant: Chair of {short}.",
        ]
    )
    at = next((at for at, t in draft.texts if "Yours faithfully" in t), None)
    if at is None:
        return None
    found.blocks.insert(at - 1, said)
    return Planted(found, short.lower())


def wrong_year(draft: Draft, rng: Random) -> Planted | None:
    """A date of this meeting, of the letter or of the announcement with the year before or after."""
    choices: list[Planted] = []
    letter = letter_day(draft)
    known = [*places(draft, "announc"), *deadlines(draft).values(), *([letter] if letter and title(draft) else [])]
    for place in known:
        if letter is None and place not in deadlines(draft).values():
            continue
        for year in (place.day.year - 1, place.day.year + 1):
            if letter is None and year < place.day.year:
                continue
            choices.append(with_date(draft, place, place.text.replace(str(place.day.year), str(year))))
    for found in (title(draft), invitation(draft), annex_title(draft)):
        if found and sum(each is not None for each in (title(draft), invitation(draft), annex_title(draft))) > 1:
            at, match = found
            copied = draft.copy()
            text = copied.blocks[at]
            assert isinstance(text, str)
            new = match[0][:-4] + str(int(match[7]) + rng.choice([-1, 1]))
            copied.blocks[at] = text[: match.start()] + new + text[match.end() :]
            choices.append(Planted(copied, re.sub("[\u2010-\u2015]", "-", new).lower()))
    return rng.choice(choices) if choices else None


KINDS: dict[str, Callable[[Draft, Random], Planted | None]] = {
    "announcement after the letter": announcement_after_the_letter,
    "deadline after day 1": deadline_after_day_one,
    "deadlines in the wrong order": deadlines_in_the_wrong_order,
    "weekday against date": weekday_against_date,
    "dates of the title": dates_of_title,
    "dates of the text": dates_of_text,
    "dates of the annex": dates_of_annex,
    "hours of text against grid": hours_against_grid,
    "a body in one only": body_in_one_only,
    "the wrong kind of meeting": wrong_kind_of_meeting,
    "a vacant post that holds a slot": vacant_post_that_holds_a_slot,
    "the wrong year": wrong_year,
}
