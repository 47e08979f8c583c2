"""Names of bodies and their abbreviations, as a letter explains them: ``Management Committee (MC)``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

_EXPLAINED = re.compile(r"((?:[\w&'/-]+ ){1,14})\(([A-Z][A-Z0-9&/-]{1,11})\)")
_SMALL = frozenset({"a", "an", "and", "for", "in", "of", "on", "the", "to", "&"})
_KIND = re.compile(
    r"\b(group|forum|committee|panel|commission|board|task force|council|subgroup|body|meeting|mechanism)\b",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"[A-Z][A-Z0-9&/-]{1,11}")
NO_BODIES = frozenset(
    {
        "AOB", "TBC", "TBD", "N/A", "NA", "SIDE", "EVENTS", "EVENT", "LUNCH", "BREAK", "CLOSED", "OPEN", "TIME", "AM",
        "PM", "DRAFT", "ANNEX", "PLENARY", "OPENING", "CLOSING", "REGISTRATION", "COFFEE", "VACANT", "CET", "CEST",
        "GMT", "UTC", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY", "NGO", "NGOS",
        "UN", "II", "III", "IV",
    }
)  # fmt: skip
"""Words in capitals that name no body."""
LONGEST_NAME = 120


def explained_in(text: str) -> Iterator[tuple[str, str]]:
    """Abbreviations with their names: initials that are its letters, or the name of a body with its first letter."""
    for match in _EXPLAINED.finditer(text):
        name = _fitting(match[1].split(), match[2])
        if name:
            yield match[2], name


def _fitting(words: list[str], short: str) -> str | None:
    """The shortest end of the words whose initials give the abbreviation; small words need not count."""
    for begin in range(len(words) - 1, -1, -1):
        held = words[begin:]
        counted = "".join(word[0] for word in held if word.lower() not in _SMALL).upper()
        if held[0].lower() not in _SMALL and short in (counted, "".join(word[0] for word in held).upper()):
            return " ".join(held)
    for begin in range(len(words) - 1, -1, -1):  # Forum on Examples (FEX)
        name = " ".join(words[begin:])
        if words[begin][0] == short[0] and is_body(name):
            return name
    return None


def is_body(name: str) -> bool:
    """Whether a name is that of something that meets."""
    return _KIND.search(name) is not None


def is_abbreviation(text: str) -> bool:
    """Whether a word in capitals may be the abbreviation of a body."""
    return _ABBREVIATION.fullmatch(text) is not None and text not in NO_BODIES and len(text) > 2


@lru_cache(maxsize=512)
def _word(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w&/-]){re.escape(text)}(?![\w&/-])")


@lru_cache(maxsize=512)
def _name(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE)


def stands_in(short: str, names: Iterable[str], text: str) -> bool:
    """Whether a text has the abbreviation, or one of its names."""
    shown = " ".join(text.split())
    return _word(short).search(shown) is not None or any(_name(name[:LONGEST_NAME]).search(shown) for name in names)
