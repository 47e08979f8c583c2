"""Doubts about people: two names of one person, several people in one name, and posts that are vacant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from scheduler.domain.persons import Entry, Officer, bare_name, is_nobody
from scheduler.domain.seats import SeatEntry, names_in
from scheduler.domain.side_events import TO_BE_NAMED, SideEvent, SideEvents, alike
from scheduler.reading.diagnostics import Diagnostic, Loc, Located, first_few, warned
from scheduler.reading.yamltext import Document
from scheduler.scenario import Scenario
from scheduler.wording import listed, quoted, suggest, very_near

MOST_WARNINGS = 10
"""Warnings of one kind that are shown; the last says how many more there are."""
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "\u0131": "i", "þ": "th"})
"""Letters that do not come apart into a plain one and an accent."""
_PARTS = re.compile(
    r"\s*[,;/&+|·•\n]+\s*(?:(?:and|with|und|mit|et|avec|y|con)\s+)?|\s+(?:and|with|und|mit|et|avec|y|con)\s+", re.I
)
"""What stands between several people who are written as one."""


def doubts(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Every warning."""
    yield from _one_person(document, scenario)
    yield from _unclear_names(document, scenario)
    yield from _several_in_one(document, scenario)
    yield from _held_all_the_same(document, scenario)
    yield from _spelt_twice(document, scenario)
    yield from _almost_ids(document, scenario)
    yield from _one_person_twice(document, scenario)


def _where(document: Document, place: Loc, here: Loc) -> str:
    found = _place_of(document, place, here)
    return f"on {found}" if found.startswith("line") else f"in {found}"


def _entries(scenario: Scenario) -> Iterator[tuple[Entry, Loc]]:
    return ((e, loc) for loc, e in scenario.entries() if not (isinstance(e, Officer) and e.vacant))


def _one_person(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Several entries of one name, which are taken for one person."""
    first: dict[str, tuple[Entry, Loc]] = {}
    for entry, loc in _entries(scenario):
        if not entry.name or entry.same_name or is_nobody(entry.name):
            continue
        known, place = first.setdefault(entry.name, (entry, loc))
        if known is entry:
            continue
        posts = [e.post for e in (known, entry) if isinstance(e, Officer)]
        what = f": {listed(posts)}" if len(posts) == 2 and posts[0] != posts[1] else ""
        where = _where(document, (*place, "name"), (*loc, "name"))
        message = f"{quoted(entry.name)} stands here and {where}: that is one person{what}"
        yield warned(document, (*loc, "name"), message, "if they are two, add same_name: different to one of them")


def _unclear_names(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Names in sessions and side events that several people bear."""
    bearers: dict[str, set[str]] = {}
    for entry, _ in _entries(scenario):
        if entry.name:
            own = entry.id if isinstance(entry, Officer) else entry.key
            bearers.setdefault(entry.name, set()).add(scenario.person(own))
    told = set()
    for name, loc in _named(scenario):
        if len(bearers.get(name, ())) > 1 and name not in told and name not in scenario.officer:
            told.add(name)
            meant = scenario.persons.title(scenario.person(name))
            ids = listed([quoted(own) for own in sorted(bearers[name])], "or")
            yield warned(document, loc, f"several people are called {quoted(name)}: {meant} is meant", f"write {ids}")


@dataclass(frozen=True, slots=True)
class _NameInText:
    """A text that stands for one person, where it stands first, and the people who may be meant."""

    text: str
    loc: Loc
    parts: tuple[str, ...]


def _several_in_one(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Texts of which a part is somebody who is named elsewhere, alone or as part of another text."""
    written = list(_names_in_texts(scenario))
    named: dict[tuple[str, ...], list[_NameInText]] = {}
    for each in written:
        for part in (each.text, *(part for part in each.parts if " " in part)):
            named.setdefault(_name_key(part), []).append(each)
    found: list[tuple[_NameInText, str, _NameInText]] = []
    for each in written:
        parts = ((part, _name_key(part)) for part in each.parts)
        others = (
            (part, other)
            for part, key in parts
            if key != _name_key(each.text)
            for other in named.get(key, ())
            if other.text != each.text
        )
        found += ((each, part, other) for part, other in islice(others, 1))
    for (each, part, other), left in first_few(found, MOST_WARNINGS):
        more = f" (and {left:,} more cells like this)" if left else ""
        where = _where(document, other.loc, each.loc)
        text = quoted(" ".join(each.text.split()))
        message = f"{text} counts as one person, but {quoted(part)} stands {where} too: are they several?"
        hint = f"in a table part them by ';': {'; '.join(each.parts)}; in YAML make each an item of the list"
        if each.loc[-1] == "name":
            hint = "then write an entry for each of them"
        yield warned(document, each.loc, message + more, hint)


def _names_in_texts(scenario: Scenario) -> Iterator[_NameInText]:
    """Every text once."""
    seen = set()
    entries = ((entry.name, (*loc, "name")) for entry, loc in _entries(scenario) if entry.name)
    for text, loc in (*entries, *_named(scenario)):
        if text not in seen and text not in scenario.officer and not is_nobody(text):
            seen.add(text)
            parts = tuple(bare_name(part) for part in _PARTS.split(re.sub(r"\([^()]*\)", " ", text)) if part.strip())
            yield _NameInText(text, loc, tuple(p for p in parts if not is_nobody(p)) if len(parts) > 1 else ())


def _held_all_the_same(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Bodies that take slots although a post is vacant, where the file does not say that they do."""
    for index, body in enumerate(scenario.bodies):
        vacant = scenario.vacant_posts(body)
        node = document.root.children["bodies"].children[index]
        if vacant and scenario.work(body.id) and "when_vacant" not in node.children:
            name = scenario.name_of(body.id)
            message = f"the post is vacant ({vacant[0].post}), and {name} is held all the same"
            hint = "write when_vacant: dropped to leave it out meanwhile, or when_vacant: held if that is meant"
            yield warned(document, ("bodies", index, "officers"), message, hint)


def _one_person_twice(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Several of whom one will do, or deputies, of whom two are one person."""
    places: dict[SeatEntry, Loc] = {}
    for b, body in enumerate(scenario.bodies):
        places |= {entry: ("bodies", b, "officers", n) for n, entry in enumerate(body.officers)}
        for s, session in enumerate(body.sessions):
            for key in ("officers", "presenters"):
                each = enumerate(getattr(session, key) or ())
                places |= {entry: ("bodies", b, "sessions", s, key, n) for n, entry in each}
    persons = scenario.persons
    for entry, loc in places.items():
        people = [persons.person(name) for name in names_in(entry) if persons.is_somebody(name)]
        for twice in dict.fromkeys(person for person in people if people.count(person) > 1):
            yield warned(document, loc, f"{quoted(persons.name(twice))} stands here twice, under two names")


def _spelt_twice(document: Located, scenario: Scenario) -> Iterator[Diagnostic]:
    """A warning where a name differs from an earlier one by case, blanks, accents, order or titles only."""
    found = list(_other_spellings(scenario))
    for (name, loc, first, place), left in first_few(found, MOST_WARNINGS):
        more = f" ({left:,} more name{'s are' if left > 1 else ' is'} spelt in two ways)" if left else ""
        where = "the officer " if place is None else ""
        seen = "" if place is None else f" ({_place_of(document, place, loc)})"
        if "side_events" in (loc[0], place and place[0]) and alike(name) == alike(first):
            message = f"{quoted(name)} is also written {where}{quoted(first)}{seen}: is it one person?{more}"
        else:
            message = (
                f"{quoted(name)} counts as somebody else than {where}{quoted(first)}{seen}: is it one person?{more}"
            )
        yield warned(document, loc, message, f"then write {quoted(first)}")


def _almost_ids(document: Located, scenario: Scenario) -> Iterator[Diagnostic]:
    """A warning where a name is written as an id is, and none is written so, but one almost."""
    ids = [*scenario.officer, *(person.id for person in scenario.people or () if person.id)]
    known = {*ids, *(entry.name for entry, _ in _entries(scenario))}
    found = {
        name: loc
        for name, loc in reversed(list(_named(scenario)))
        if name not in known and name == name.lower() and not any(c.isspace() for c in name) and very_near(name, ids)
    }
    for (name, loc), left in first_few(list(found.items())[::-1], MOST_WARNINGS):
        near = suggest(name, ids)
        more = f" ({left:,} more like this)" if left else ""
        message = f"{quoted(name)} counts as somebody else than {quoted(str(near))}: is it one person?{more}"
        yield warned(document, loc, message, f"then write {quoted(str(near))}")


def _other_spellings(scenario: Scenario) -> Iterator[tuple[str, Loc, str, Loc | None]]:
    """Each further spelling, where it stands first, the first spelling, and where that stands; None: an officer's."""
    known: dict[tuple[str, ...], tuple[str, Loc | None]] = {}
    settled = {*scenario.officer, *(person.id for person in scenario.people or () if person.id)}
    listed = ((e.name, (*loc, "name")) for e, loc in _entries(scenario) if e.name and e.same_name is None)
    for name, loc in (*listed, *_named(scenario)):
        if name in settled or is_nobody(name):
            continue
        settled.add(name)
        place = None if loc[0] == "officers" else loc
        first, place = known.setdefault(_name_key(name), (name, place))
        if first != name:
            yield name, loc, first, place


def _named(scenario: Scenario) -> Iterator[tuple[str, Loc]]:
    """Presenters and attendees of sessions, organisers and speakers of side events, with the places of the names."""
    for loc, session in scenario.stated():
        for key in ("presenters", "attendees"):
            for number, entry in enumerate(getattr(session, key) or ()):
                for name in names_in(entry):
                    yield name, (*loc, key, number)
    for loc, event in _events(scenario):
        for key, names in (("organiser", event.organiser), ("speakers", event.speakers or ())):
            for number, name in enumerate(names):
                if alike(name) not in TO_BE_NAMED:
                    yield name, (*loc, key, number)


def _events(scenario: Scenario) -> Iterator[tuple[Loc, SideEvent]]:
    base: Loc = ("side_events", "events") if isinstance(scenario.side_events, SideEvents) else ("side_events",)
    return (((*base, number), event) for number, event in enumerate(scenario.listed_events))


def _name_key(name: str) -> tuple[str, ...]:
    """Its words in order of the alphabet, without case and accents; a name without letters stands for itself.

    Brackets and titles in front do not count, where two words are left without them.
    """
    bare = bare_name(name)
    plain = unicodedata.normalize("NFKD", (bare if " " in bare else name).casefold().translate(_LETTERS))
    bare = "".join(character for character in plain if not unicodedata.combining(character))
    return tuple(sorted(re.findall(r"\w+", bare))) or (name,)


def _place_of(document: Located, place: Loc, here: Loc) -> str:
    """``E2``, ``line 12`` or, of another file than ``here``, ``line 12 of other.csv``."""
    there = document.diagnose(place, "")
    cell = re.match(r"cell ([A-Z]+[0-9]+)\b", there.path)
    shown = cell[1] if cell else f"line {there.line}"
    return shown if there.file == document.diagnose(here, "").file else f"{shown} of {there.file}"
