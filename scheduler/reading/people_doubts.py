"""What is doubtful about the people of a scenario: one or two, several in one cell, and posts that are vacant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.domain.persons import Entry, Officer, bare_name, is_nobody
from scheduler.reading.diagnostics import Diagnostic, Loc, Located, Severity
from scheduler.reading.spellings import name_key, named_in_sessions, place_of
from scheduler.reading.yamltext import Document
from scheduler.scenario import Scenario
from scheduler.wording import listed, quoted

MOST_DOUBTS = 10
"""Cells that are warned of one by one."""
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


def _warn(document: Located, loc: Loc, message: str, hint: str = "") -> Diagnostic:
    return document.diagnose(loc, message, hint=hint, severity=Severity.WARNING)


def _where(document: Document, place: Loc, here: Loc) -> str:
    found = place_of(document, place, here)
    return f"on {found}" if found.startswith("line") else f"in {found}"


def _entries(scenario: Scenario) -> Iterator[tuple[Entry, Loc]]:
    for index, officer in enumerate(scenario.officers):
        if not officer.vacant:
            yield officer, ("officers", index)
    for index, person in enumerate(scenario.people or ()):
        yield person, ("people", index)


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
        yield _warn(document, (*loc, "name"), message, "if they are two, add same_name: different to one of them")


def _unclear_names(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Names in sessions that several people bear."""
    bearers: dict[str, set[str]] = {}
    for entry, _ in _entries(scenario):
        if entry.name:
            own = entry.id if isinstance(entry, Officer) else entry.key
            bearers.setdefault(entry.name, set()).add(scenario.person(own))
    told = set()
    for name, loc in named_in_sessions(scenario):
        if len(bearers.get(name, ())) > 1 and name not in told and name not in scenario.officer:
            told.add(name)
            meant = scenario.persons.title(scenario.person(name))
            ids = listed([quoted(own) for own in sorted(bearers[name])], "or")
            yield _warn(document, loc, f"several people are called {quoted(name)}: {meant} is meant", f"write {ids}")


@dataclass(frozen=True, slots=True)
class _Written:
    """A text that stands for one person, where it stands first, and the people who may be meant."""

    text: str
    loc: Loc
    parts: tuple[str, ...]


def _several_in_one(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Texts of which a part is somebody who is named elsewhere, alone or as part of another text."""
    written = list(_written(scenario))
    named: dict[tuple[str, ...], list[_Written]] = {}
    for each in written:
        for part in (each.text, *(part for part in each.parts if " " in part)):
            named.setdefault(name_key(part), []).append(each)
    found: list[tuple[_Written, str, _Written]] = []
    for each in written:
        whole = name_key(each.text)
        for part in each.parts:
            others = (
                [o for o in named.get(name_key(part), ()) if o.text != each.text] if name_key(part) != whole else []
            )
            if others:
                found.append((each, part, others[0]))
                break
    for number, (each, part, other) in enumerate(found[:MOST_DOUBTS], 1):
        left = len(found) - MOST_DOUBTS
        more = f" (and {left:,} more cells like this)" if number == MOST_DOUBTS and left > 0 else ""
        where = _where(document, other.loc, each.loc)
        text = quoted(" ".join(each.text.split()))
        message = f"{text} counts as one person, but {quoted(part)} stands {where} too: are they several?"
        hint = f"in a table part them by ';': {'; '.join(each.parts)}; in YAML make each an item of the list"
        if each.loc[-1] == "name":
            hint = "then write an entry for each of them"
        yield _warn(document, each.loc, message + more, hint)


def _written(scenario: Scenario) -> Iterator[_Written]:
    """Every text once."""
    seen = set()
    entries = ((entry.name, (*loc, "name")) for entry, loc in _entries(scenario) if entry.name)
    for text, loc in (*entries, *named_in_sessions(scenario)):
        if text not in seen and text not in scenario.officer and not is_nobody(text):
            seen.add(text)
            parts = tuple(bare_name(part) for part in _PARTS.split(re.sub(r"\([^()]*\)", " ", text)) if part.strip())
            yield _Written(text, loc, tuple(p for p in parts if not is_nobody(p)) if len(parts) > 1 else ())


def _held_all_the_same(document: Document, scenario: Scenario) -> Iterator[Diagnostic]:
    """Bodies that take slots although a post is vacant, where the file does not say that they do."""
    for index, body in enumerate(scenario.bodies):
        vacant = [scenario.officer[o] for o in body.officers if scenario.officer[o].vacant]
        node = document.root.children["bodies"].children[index]
        if vacant and scenario.work(body.id) and "when_vacant" not in node.children:
            name = scenario.name_of(body.id)
            message = f"the post is vacant ({vacant[0].post}), and {name} is held all the same"
            hint = "write when_vacant: dropped to leave it out meanwhile, or when_vacant: held if that is meant"
            yield _warn(document, ("bodies", index, "officers"), message, hint)
