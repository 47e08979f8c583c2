"""People who are spelt in two ways: a programme takes them for two, and nothing keeps their sessions apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from scheduler.domain.persons import bare_name, is_nobody
from scheduler.domain.programme import Programme
from scheduler.reading.diagnostics import Diagnostic, Loc, Located, Severity
from scheduler.wording import quoted

MOST_DOUBTS = 10
"""Spellings that are warned of one by one."""
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "\u0131": "i", "þ": "th"})
"""Letters that do not come apart into a plain one and an accent."""


def spelt_twice(document: Located, programme: Programme) -> Iterator[Diagnostic]:
    """A warning where a name differs from an earlier one by case, blanks, accents, order or titles only."""
    found = list(_other_spellings(programme))
    for number, (name, loc, first, place) in enumerate(found[:MOST_DOUBTS], 1):
        left = len(found) - MOST_DOUBTS
        more = f" ({left:,} more name{'s are' if left > 1 else ' is'} spelt in two ways)"
        where = "the officer " if place is None else ""
        seen = "" if place is None else f" ({place_of(document, place, loc)})"
        message = f"{quoted(name)} counts as somebody else than {where}{quoted(first)}{seen}: is it one person?"
        message += more if number == MOST_DOUBTS and left > 0 else ""
        yield document.diagnose(loc, message, hint=f"then write {quoted(first)}", severity=Severity.WARNING)


def _other_spellings(programme: Programme) -> Iterator[tuple[str, Loc, str, Loc | None]]:
    """Each further spelling, where it stands first, the first spelling, and where that stands; None: an officer's."""
    known: dict[tuple[str, ...], tuple[str, Loc | None]] = {}
    settled = {*programme.officer, *(person.id for person in programme.people or () if person.id)}
    for name, loc in (*_entries(programme), *named_in_sessions(programme)):
        if name in settled or is_nobody(name):
            continue
        settled.add(name)
        place = None if loc[0] == "officers" else loc
        first, place = known.setdefault(name_key(name), (name, place))
        if first != name:
            yield name, loc, first, place


def _entries(programme: Programme) -> Iterator[tuple[str, Loc]]:
    """Officers, then people; those who are said to be somebody else are not asked about."""
    for index, officer in enumerate(programme.officers):
        if officer.name and not officer.vacant and officer.same_name is None:
            yield officer.name, ("officers", index, "name")
    for index, person in enumerate(programme.people or ()):
        if person.name and person.same_name is None:
            yield person.name, ("people", index, "name")


def named_in_sessions(programme: Programme) -> Iterator[tuple[str, Loc]]:
    """Presenters and attendees as sessions name them, with the places of the names."""
    for b, body in enumerate(programme.bodies):
        for s, session in enumerate(body.sessions):
            for key in ("presenters", "attendees"):
                for number, name in enumerate(getattr(session, key) or ()):
                    yield name, ("bodies", b, "sessions", s, key, number)


def name_key(name: str) -> tuple[str, ...]:
    """Its words in order of the alphabet, without case and accents; a name without letters stands for itself.

    Brackets and titles in front do not count, where two words are left without them.
    """
    bare = bare_name(name)
    plain = unicodedata.normalize("NFKD", (bare if " " in bare else name).casefold().translate(_LETTERS))
    bare = "".join(character for character in plain if not unicodedata.combining(character))
    return tuple(sorted(re.findall(r"\w+", bare))) or (name,)


def place_of(document: Located, place: Loc, here: Loc) -> str:
    """``E2``, ``line 12`` or, of another file than ``here``, ``line 12 of other.csv``."""
    there = document.diagnose(place, "")
    cell = re.match(r"cell ([A-Z]+[0-9]+)\b", there.path)
    shown = cell[1] if cell else f"line {there.line}"
    return shown if there.file == document.diagnose(here, "").file else f"{shown} of {there.file}"
