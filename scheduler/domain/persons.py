"""Who is who: holders of posts and other people, by id or by name, and when they are there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

from pydantic import model_validator

from scheduler.domain.base import Frozen, Identifier
from scheduler.domain.when import Hours, Period, Presence, together_hold


def as_subject(title: str) -> str:
    """``Amb. Example, Chair of WGTR,``: closed before a verb where a post stands behind the name."""
    return f"{title}," if ", " in title else title


class Officer(Frozen):
    """An office holder: chair, co-chair, facilitator, president; the post can still be vacant."""

    id: Identifier
    post: str
    name: str | None = None
    """Two officers of one name are one person, who cannot be at two places at once."""
    same_name: Literal["different"] | None = None
    """``different``: not the same person as others of this name."""
    vacant: bool = False
    """Whether nobody holds the post yet. What a body does meanwhile, its ``when_vacant`` says."""
    present: tuple[Presence, ...] = ()
    """Here only then; empty: the whole time."""
    absent: tuple[Presence, ...] = ()
    source: str | None = None

    @property
    def title(self) -> str:
        """``Amb. Example, Chair of WGTR``, or the post alone."""
        return f"{self.name}, {self.post}" if self.name else self.post

    def is_present(self, hours: Hours) -> bool:
        """Whether they can serve for the whole of a segment; in its breaks nobody is needed."""
        return _is_present(self.present, self.absent, hours)


class Person(Frozen):
    """Somebody who holds no post, and is not always there: presenters and attendees name them by id or by name."""

    id: Identifier | None = None
    name: str | None = None
    """Somebody of the name of an officer is that officer."""
    same_name: Literal["different"] | None = None
    """``different``: not the same person as others of this name."""
    present: tuple[Presence, ...] = ()
    """Here only then; empty: the whole time."""
    absent: tuple[Presence, ...] = ()
    source: str | None = None

    @model_validator(mode="after")
    def _called_something(self) -> Person:
        if not self.id and not self.name:
            raise ValueError("a person is named by 'name', or by 'id', or by both: write one of them")
        return self

    @property
    def key(self) -> str:
        """The id, or else the name."""
        return self.id or self.name or ""

    @property
    def title(self) -> str:
        """What people call them."""
        return self.name or self.key

    def is_present(self, hours: Hours) -> bool:
        """Whether they are there for the whole of a segment; in its breaks nobody is needed."""
        return _is_present(self.present, self.absent, hours)


Entry: TypeAlias = Officer | Person
"""An entry of a scenario on a person; a person may have several."""


def who(officer: Entry) -> str:
    """``the Chair of WGTR``, ``Amb. Example, Chair of WGTR``, or of somebody who holds no post the name."""
    if not isinstance(officer, Officer):
        return officer.title
    return officer.title if officer.name or officer.title.lower().startswith("the ") else f"the {officer.title}"


def key_of(entry: Entry) -> str:
    """What names an entry in its list: the id, or else the name."""
    return entry.id if isinstance(entry, Officer) else entry.key


def family_of(entry: Entry) -> str:
    """The list of the scenario in which it stands."""
    return "officers" if isinstance(entry, Officer) else "people"


def _is_present(present: Sequence[Period], absent: Sequence[Period], hours: Hours) -> bool:
    if any(period.meets(hours) for period in absent):
        return False
    return not present or together_hold(present, hours)


class Persons:
    """The people of a programme. Each is spelt in one way: by the id of the first entry, or by a name without any."""

    def __init__(self, officers: Sequence[Officer], people: Sequence[Person]) -> None:
        self.entries: dict[str, list[Entry]] = {}
        """The entries of each person, by their spelling; without vacant posts."""
        self._spelt: dict[str, str] = {}
        self._nobody = {officer.id for officer in officers if officer.vacant}
        named: dict[str, str] = {}
        entries: list[Entry] = [officer for officer in officers if not officer.vacant]
        for entry in (*entries, *people):
            own = key_of(entry)
            spelt = own
            if entry.name and entry.same_name is None and not is_nobody(entry.name):
                spelt = named.setdefault(entry.name, own)
            self._spelt[own] = spelt
            self.entries.setdefault(spelt, []).append(entry)
        self._spelt = {**named, **self._spelt}

    def person(self, text: str) -> str:
        """One spelling for a person who is named by id or by name; an unknown name stands for itself."""
        return self._spelt.get(text, text)

    def is_somebody(self, text: str) -> bool:
        """Whether a text names a person: not a vacant post, nor ``TBC``."""
        return text not in self._nobody and (text in self._spelt or not is_nobody(text))

    def title(self, person: str) -> str:
        """A person in words: with the post, where they hold one alone."""
        found = self.entries.get(person, [])
        posts = [entry for entry in found if isinstance(entry, Officer)]
        if len(posts) == 1:
            return posts[0].title
        return found[0].name or found[0].title if found else person

    def name(self, person: str) -> str:
        """What a person is called, without the post; of an officer without a name the post."""
        found = self.entries.get(person, [])
        names = [entry.name for entry in found if entry.name]
        return names[0] if names else found[0].title if found else person

    def away(self, person: str, hours: Hours) -> Entry | None:
        """The first entry by which a person is not there for the whole of a segment; None: they are there."""
        found = (e for e in self.entries.get(person, ()) if not e.is_present(hours))
        return next(found, None)

    def may_be_away(self, person: str) -> bool:
        """Whether any entry limits when a person is there."""
        return any(entry.absent or entry.present for entry in self.entries.get(person, ()))


_NOBODY = frozenset(
    {
        "tbc", "tba", "tbd", "nn", "n n", "vacant", "to be confirmed", "to be announced", "to be decided",
        "to be determined", "to be appointed", "to be elected", "to be named", "to be nominated",
    }
)  # fmt: skip
_ROLES = frozenset(
    {
        "the", "a", "name", "speaker", "presenter", "chair", "cochair", "moderator", "panellist", "panelist",
        "facilitator", "rapporteur", "delegate", "officer", "person", "post", "is", "still",
    }
)  # fmt: skip
_TITLES = frozenset(
    {
        "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "amb", "ambassador", "he", "hon", "excellency",
        "his", "her", "h", "e", "min", "minister", "sir", "dame", "madam", "mme", "m", "sr", "sra", "col", "gen", "lt",
    }
)  # fmt: skip
"""Words before a name that are no part of it."""


def is_nobody(text: str) -> bool:
    """Whether a text in place of a name says that nobody is named yet: ``TBC``, ``n.n.``, ``Speaker (tba)``.

    So does one of several such parts: ``TBC, n.n.``.
    """
    parts = [re.findall(r"\w+", part.casefold().replace(".", "")) for part in re.split("[,;/&+|]", text)]
    said = [" ".join(word for word in words if word not in _ROLES) for words in parts if words]
    not_any = re.fullmatch(r"\s*n\s*[./]\s*a\.?\s*", text, re.IGNORECASE)
    return bool(not_any) or (any(said) and all(part in _NOBODY or not part for part in said))


def bare_name(text: str) -> str:
    """A name without titles in front of it and brackets: ``Amb. Ann Lee (Chair)`` is ``Ann Lee``."""
    words = re.sub(r"\([^()]*\)|\[[^][]*\]", " ", text).split()
    while len(words) > 1 and re.sub(r"\W", "", words[0]).casefold() in _TITLES:
        words.pop(0)
    return " ".join(words)
