"""What a letter says, each fact with its place: its date, title, days, deadlines, hours, bodies, posts and grid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from scheduler.domain.spans import Span
from scheduler.linting.bodies import explained_in, is_abbreviation, is_body
from scheduler.linting.dates import Dates, dates_in, with_year
from scheduler.linting.grids import Column, Grid, grids_in
from scheduler.linting.hours import hours_in
from scheduler.linting.purposes import Dated, dated_in, sentences_in
from scheduler.linting.text import Paragraph, Text, in_capitals, paragraphs_of

_INVITATION = re.compile(r"\W*(?:letter of )?(?:invitation|convocation)\b", re.IGNORECASE)
_SALUTATION = re.compile(r"\W*(?:dear\b|distinguished\b|excellenc|madam\b|sir\b|to whom\b)", re.IGNORECASE)
_SCHEDULE = re.compile(r"\b(?:schedule|programme|program|timetable|agenda|calendar of)\b", re.IGNORECASE)
_ANNEX = re.compile(r"\W*(?:annex|appendix|attachment|enclosure)\b.{0,12}", re.IGNORECASE)
_DATED = re.compile(r"(?:(?:date|dated)\s*:?\s*|[\w' -]{2,30}, (?:the )?)?", re.IGNORECASE)
_INVITE = re.compile(r"\binvit(?:e|ed|ing)\b.{0,30}\b(?:you|to)\b|\byou are (?:cordially )?invited\b", re.IGNORECASE)
_THE_MEETING = re.compile(r"\s*(?:meetings?|sessions?)\b", re.IGNORECASE)
_COMES = re.compile(r"\b(?:participat|attend|take part|regist|wishing)\w*", re.IGNORECASE)
_DAILY = re.compile(
    r"\b(?:daily|each day|every day|sessions? (?:of|will|are)|meetings? (?:is|are|will be) held"
    r"|(?:working|meeting) hours)\b",
    re.IGNORECASE,
)
_NOT_DAILY = re.compile(
    r"\b(?:lunch|coffee|break|reception|side[- ]?events?|desk|test|badge|regional|consultation|bureau|coordination"
    r"|briefing|shuttle|doors?|exhibition|interpreters?|secretariat is|office|video|except)",
    re.IGNORECASE,
)
_VACANT = re.compile(
    r"\b(?:(?:remains?|is|are|still) (?:still |currently |also )?vacant|vacant (?:post|position)s?"
    r"|yet to be filled|remains? unfilled)\b",
    re.IGNORECASE,
)
_WAS_VACANT = re.compile(r"\b(?:were|was|had been|have been filled|been able to|if|in case)\b", re.IGNORECASE)
_STANDS_IN = re.compile(
    r"\b(?:acting|ad interim|pro tem|temporarily|in the meantime|will (?:chair|preside))\b", re.IGNORECASE
)
_LEADS = re.compile(
    r"(?<!Co-)(?<!Vice-)(?<!Vice )(?<!Deputy )"
    r"\b(?:Chair(?:person|man|woman)?|President|Facilitator|Moderator|Convener)\b(?: of|,) (?:the )?(.{3,160})",
)
_LISTS = re.compile(r"\b(?:these|following)\b.{0,60}\b(?:meet|be held|take place)\b.{0,20}:$", re.IGNORECASE)
_CONFERENCE = re.compile(r"\b(?:conference|congress|assembly|summit)\b", re.IGNORECASE)
_FOR_CONFERENCE = re.compile(r"\b(?:for|to) the (?:[\w'-]+ ){0,4}(?:Conference|Congress|Assembly|Summit)\b")
_AT_MOST = 6
"""Lines between the title of an annex and its grid."""
_HALF_A_YEAR = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Said:
    """A date with its line."""

    line: int
    dates: Dates

    @property
    def text(self) -> str:
        """As it is written."""
        return self.dates.text


@dataclass(frozen=True, slots=True)
class InText:
    """A date of a paragraph, with its purpose."""

    line: int
    dated: Dated

    @property
    def day(self) -> date | None:
        """Its first day, if it is known."""
        return self.dated.dates.first

    @property
    def text(self) -> str:
        """As it is written."""
        return self.dated.dates.text


@dataclass(frozen=True, slots=True)
class TextHours:
    """Hours of every day, as a sentence states them."""

    line: int
    hours: tuple[Span, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """A body that the text names."""

    line: int
    short: str
    """Its abbreviation."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was read. What the reader is not sure of is None or empty."""

    dated: Said | None
    """The date of the letter."""
    title: Paragraph | None
    annex_title: Paragraph | None
    body: tuple[Paragraph, ...]
    """The paragraphs between the title and the annex."""
    behind: tuple[Paragraph, ...]
    """Those of the annex."""
    in_title: Said | None
    """The days of the meeting in the title."""
    in_text: Said | None
    """In the sentence that invites."""
    mentions: tuple[Said, ...]
    """In *the 27-28 May meeting* and the like."""
    in_annex: Said | None
    """In the title of the annex."""
    dates: tuple[InText, ...]
    """All dates of the body."""
    hours: tuple[TextHours, ...]
    grids: tuple[Grid, ...]
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Names of bodies by their abbreviations."""
    listed: tuple[Named, ...] = ()
    """Bodies in a list of those that meet."""
    vacant: tuple[tuple[int, str], ...] = ()
    """Lines in which a post is said to be vacant, and of what."""

    @property
    def places(self) -> tuple[tuple[str, Said], ...]:
        """Every place that says on which days the meeting is held, with its name; all these days are known."""
        found = (
            ("the title", self.in_title),
            ("the invitation in the text", self.in_text),
            *(("the text", said) for said in self.mentions),
            ("the title of the annex", self.in_annex),
        )
        return tuple((name, said) for name, said in found if said is not None)

    @property
    def meeting(self) -> tuple[date, date] | None:
        """First and last day, where one place at least says them, and all that do agree."""
        spans = {(said.dates.first, said.dates.last) for _, said in self.places}
        first, last = next(iter(spans)) if len(spans) == 1 else (None, None)
        return (first, last) if first and last else None

    @property
    def letter_day(self) -> date | None:
        """The date of the letter."""
        return self.dated.dates.first if self.dated else None


def facts_of(text: Text) -> Facts:
    """The facts of a letter."""
    paragraphs = list(paragraphs_of(text))
    grids = grids_in(text)
    at_title = _title(paragraphs)
    annex, at_annex = _annex(paragraphs, grids, at_title)
    title = paragraphs[at_title] if at_title is not None else None
    begin = 0 if at_title is None else at_title + 1
    body, behind = tuple(paragraphs[begin:at_annex]), tuple(paragraphs[at_annex:])
    head = paragraphs[: at_title if at_title is not None else _salutation(paragraphs)]
    below = paragraphs[begin] if title is not None and begin < len(paragraphs) else None
    dated, in_title, in_annex = _date_of_letter(head), _days(title) or _days(below, alone=True), _days(annex)
    conference = title is not None and _CONFERENCE.search(title.text) is not None
    dates = [_of_this_meeting(each, conference) for each in _dates(body, _years(dated, in_title, in_annex))]
    in_text, mentions = _in_text(dates, dated)
    shorts = _shorts(text)
    return Facts(
        dated, title, annex, body, behind, in_title, in_text, mentions, in_annex, tuple(dates),
        tuple(_hours(body)), grids, shorts, tuple(_listed(body)), tuple(_vacant(body)),
    )  # fmt: skip


def _title(paragraphs: Sequence[Paragraph]) -> int | None:
    """The paragraph that begins with *Invitation*, or the first in capitals with one date."""
    for at, each in enumerate(paragraphs):
        if _INVITATION.match(each.text) and not each.text.rstrip().endswith(".") and len(each.text) < 400:
            return at
    for at, each in enumerate(paragraphs[:30]):
        if in_capitals(each.text) and len(list(dates_in(each.text))) == 1 and len(each.text.split()) > 4:
            return None if _SCHEDULE.search(each.text) else at
    return None


def _salutation(paragraphs: Sequence[Paragraph]) -> int:
    """The number of the salutation, or without one that of the first paragraph with a full stop."""
    found = (at for at, each in enumerate(paragraphs) if _SALUTATION.match(each.text))
    return next(found, next((at for at, each in enumerate(paragraphs) if each.text.endswith(".")), 0))


def _annex(
    paragraphs: Sequence[Paragraph], grids: Sequence[Grid], at_title: int | None
) -> tuple[Paragraph | None, int]:
    """The title of the annex, and the number of the first paragraph that belongs to the annex."""
    first = 0 if at_title is None else at_title + 1
    end = len(paragraphs)
    if grids:
        end = next((at for at, each in enumerate(paragraphs) if each.lines[0] >= grids[0].line), end)
        for at in range(end - 1, max(first, end - _AT_MOST) - 1, -1):
            each = paragraphs[at]
            if _ANNEX.fullmatch(each.text):
                return None, at
            if _is_annex_title(each):
                return each, at
        return None, end
    for at in range(first, end):
        if _is_annex_title(paragraphs[at]) and in_capitals(paragraphs[at].text):
            return paragraphs[at], at
        if _ANNEX.fullmatch(paragraphs[at].text) and at > first:
            return None, at
    return None, end


def _is_annex_title(paragraph: Paragraph) -> bool:
    text = paragraph.text.rstrip("* ")
    if text.endswith((".", ":")) or len(text) > 300:
        return False
    dated = any(True for _ in dates_in(text))
    return (_SCHEDULE.search(text) is not None and (dated or in_capitals(text))) or (dated and in_capitals(text))


def _days(paragraph: Paragraph | None, *, alone: bool = False) -> Said | None:
    """The one date, range or list in a title, or in the line below if it stands ``alone``; it has its year."""
    found = [] if paragraph is None else list(dates_in(paragraph.text))
    if paragraph is None or len(found) != 1 or found[0].first is None or found[0].last is None:
        return None
    if alone and paragraph.text.replace(found[0].text, "").strip(" :*.,()"):
        return None
    return Said(paragraph.line_at(found[0].start), found[0])


def _date_of_letter(head: Iterable[Paragraph]) -> Said | None:
    """The one date that stands alone before the title."""
    found = []
    for paragraph in head:
        dates = list(dates_in(paragraph.text))
        if len(dates) == 1 and dates[0].first and len(dates[0].items) == 1:
            before, after = paragraph.text[: dates[0].start], paragraph.text[dates[0].end :]
            if _DATED.fullmatch(before.lstrip()) and not after.strip(" .,*"):
                found.append(Said(paragraph.line_at(dates[0].start), dates[0]))
    return found[0] if len(found) == 1 else None


def _years(*said: Said | None) -> tuple[list[int], date | None, date | None]:
    """Years that may be left out, and the days between which such a date lies."""
    days = [day for each in said if each for day in (each.dates.first, each.dates.last) if day]
    if not days:
        return [], None, None
    known = said[0] is not None
    early = min(days) if known else min(days) - _HALF_A_YEAR
    return sorted({early.year, max(days).year}), early, max(days)


def _dates(body: Sequence[Paragraph], years: tuple[list[int], date | None, date | None]) -> list[InText]:
    found, intro = [], ""
    for paragraph in body:
        for dated in dated_in(paragraph.text, intro):
            completed = with_year(dated.dates, *years)
            whole = dated if completed is dated.dates else replace(dated, dates=completed)
            found.append(InText(paragraph.line_at(dated.at), whole))
        if paragraph.text.endswith(":"):
            intro = list(sentences_in(paragraph.text))[-1][1]
        elif paragraph.text.endswith(".") or paragraph.heading:
            intro = ""
    return found


def _of_this_meeting(each: InText, conference: bool) -> InText:
    """The date; if it is one for a conference, and the letter does not invite to one, it is no deadline of its own."""
    if conference or not each.dated.deadline or not _FOR_CONFERENCE.search(each.dated.before):
        return each
    return replace(each, dated=replace(each.dated, deadline=False))


def _in_text(dates: Sequence[InText], dated: Said | None) -> tuple[Said | None, tuple[Said, ...]]:
    """The days in the sentence that invites, if it has one date of the meeting; and other mentions of the days."""
    invited: list[InText] = []
    mentions: list[Said] = []
    letter = dated.dates.first if dated else None
    for each in dates:
        first = each.day
        if first is None or each.dated.dates.last is None:
            continue
        if _INVITE.search(each.dated.sentence) and each.dated.purpose == "meeting":
            invited.append(each)
        elif (
            _THE_MEETING.match(each.dated.after)
            and each.dated.purpose not in ("past", "announcement")
            and (_COMES.search(each.dated.sentence) or (letter and first > letter))
        ):
            mentions.append(Said(each.line, each.dated.dates))
    same = {each.dated.sentence for each in invited}
    if len(same) > 1:
        first_sentence = invited[0].dated.sentence
        invited = [each for each in invited if each.dated.sentence == first_sentence]
    said = Said(invited[0].line, invited[0].dated.dates) if len(invited) == 1 else None
    return said, tuple(mentions)


def _hours(body: Iterable[Paragraph]) -> Iterator[TextHours]:
    for paragraph in body:
        for start, sentence in sentences_in(paragraph.text):
            found = tuple(hours_in(sentence)) if _DAILY.search(sentence) and not _NOT_DAILY.search(sentence) else ()
            if found and not any(True for _ in dates_in(sentence)):
                yield TextHours(paragraph.line_at(start), found, sentence)


def _shorts(text: Text) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for line in text.lines:
        for short, name in (pair for part in (line.cells or (line.text,)) for pair in explained_in(part)):
            if name not in found.setdefault(short, []):
                found[short].append(name)
    return {short: tuple(names) for short, names in found.items()}


def _listed(body: Sequence[Paragraph]) -> Iterator[Named]:
    """The items below *These bodies will meet:* that end with an abbreviation, or are one."""
    within = False
    for paragraph in body:
        if _LISTS.search(paragraph.text):
            within = True
            continue
        item = paragraph.text.lstrip("-*\u2022\u25cf\u25aa\uf0b7o ").rstrip(" ;,.*")
        ends = paragraph.text.endswith(".") or len(paragraph.text) > 160 or re.match(r"\d+\.", paragraph.text)
        within = within and not ends and not paragraph.heading
        if not within:
            continue
        short = re.search(r"\(([^()]{2,12})\)$", item)
        if short and is_abbreviation(short[1]) and is_body(item):
            yield Named(paragraph.lines[0], short[1])
        elif is_abbreviation(item):
            yield Named(paragraph.lines[0], item)


def _vacant(body: Iterable[Paragraph]) -> Iterator[tuple[int, str]]:
    """What nobody leads: the words behind *Chair of* in sentences that say that a post is vacant."""
    for paragraph in body:
        for start, sentence in sentences_in(paragraph.text):
            if _VACANT.search(sentence) and not _WAS_VACANT.search(sentence) and not _STANDS_IN.search(paragraph.text):
                for match in _LEADS.finditer(sentence):
                    yield paragraph.line_at(start + match.start(1)), match[1]


def header_days(facts: Facts, grid: Grid) -> dict[int, date]:
    """The dates of the columns of a grid, as far as they are sure."""
    found = {}
    for number, column in enumerate(grid.columns):
        if day := column_day(column, facts.meeting):
            found[number] = day
    return found


def column_day(column: Column, meeting: tuple[date, date] | None) -> date | None:
    """The date of a column: as written, with the year of the meeting; or the one day of the meeting of that weekday."""
    if column.dates is not None:
        if column.dates.first is not None or meeting is None:
            return column.dates.first
        margin = timedelta(days=7)
        years = [meeting[0].year, meeting[1].year]
        return with_year(column.dates, years, meeting[0] - margin, meeting[1] + margin).first
    if meeting is None or (meeting[1] - meeting[0]).days > 6:
        return None
    days = (meeting[0] + timedelta(days=n) for n in range((meeting[1] - meeting[0]).days + 1))
    return next((day for day in days if day.weekday() == column.weekday), None)
