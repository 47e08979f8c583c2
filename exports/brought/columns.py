"""Recognises the columns of a list of meetings, by the words that people write above them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from scheduler.reading.tables.files import Cell
from scheduler.wording import suggest

WORDS: Mapping[str, tuple[str, ...]] = {
    "day": ("day", "date", "days", "dates"),
    "weekday": ("weekday", "day of the week"),
    "half-day": (
        "half-day", "half", "half days", "slot", "part", "part of day", "part of the day", "period", "am/pm", "when",
        "time of day", "morning/afternoon",
    ),
    "hours": ("hours", "time", "times", "hour"),
    "start": ("start", "starts", "from", "begin", "begins", "beginning", "start time", "opens"),
    "end": ("end", "ends", "to", "until", "till", "finish", "finishes", "end time", "closes"),
    "session": ("session", "id", "session id", "code", "ref"),
    "body": ("body", "group", "working group", "committee", "organ", "abbreviation", "body id", "wg", "who"),
    "title": ("title", "item", "agenda item", "subject", "topic", "sub-group", "sub-body"),
    "what": ("what", "meeting", "meetings", "event", "entry", "activity", "name"),
    "room": ("room", "venue", "hall", "place", "location", "conference room"),
    "tags": ("tags", "tag"),
    "change": ("change",),
}  # fmt: skip
"""What a column may be called, by what it holds; the first word is the one that messages use."""
UNREAD = ("access", "officers", "organisers", "minutes", "presenters", "source", "was", "no.", "")
"""Further columns of this program's own tables, which say nothing of when anybody meets."""
DAYS = ("day", "half-day")
WHO = ("session", "body", "title", "what")


def roles_of(cells: Sequence[Cell]) -> dict[int, str]:
    """What the columns hold, by number from 0; columns that nobody would call so are left out."""
    known = {_plain(word): role for role, words in WORDS.items() for word in words}
    found: dict[int, str] = {}
    dated = any(_plain(cell.text) in ("date", "dates") for cell in cells)
    for number, cell in enumerate(cells):
        role = known.get(_plain(cell.text))
        if dated and _plain(cell.text) in ("day", "days"):
            role = "weekday"
        if role == "what" and "body" in found.values():
            role = "title"
        if role is not None and role not in found.values():
            found[number] = role
    return found


def meant(text: str, absent: Sequence[str]) -> str | None:
    """The word for a column that is not there and was probably meant."""
    if len(text) < 3:
        return None
    words = [word for role in absent for word in WORDS[role]]
    near = suggest(text, [word for word in words if word[0] == text[0].lower()])
    return None if near is None else next(WORDS[role][0] for role in absent if near in WORDS[role])


def is_unread(text: str) -> bool:
    """Whether it is the head of a column that needs no reader."""
    return _plain(text) in map(_plain, UNREAD)


def _plain(text: str) -> str:
    return re.sub(r"[\s_-]+", "", text).casefold()
