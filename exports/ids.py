"""Readable, valid and unique ids for names from elsewhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable

MAX_ID_LENGTH = 60
"""Characters that an id may have in a scenario."""


def slug(name: str, *, lower: bool = True) -> str:
    """Letters, digits and single hyphens, at most 60; ``x`` where nothing is left.

    An accent that stands apart goes: ``Señor Øre (2)`` gives ``senor-øre-2``.
    """
    apart = unicodedata.normalize("NFKD", name[: 4 * MAX_ID_LENGTH])
    plain = unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))
    words = "".join(c if c.isalnum() else " " for c in (plain.lower() if lower else plain)).split()
    return "-".join(words)[:MAX_ID_LENGTH].strip("-") or "x"


def slugs(names: Iterable[str], taken: Collection[str] = (), *, lower: bool = True) -> list[str]:
    """An id for each name, in order; numbered where it is taken, whatever the case."""
    used = {name.casefold() for name in taken}
    found = []
    for name in names:
        base = candidate = slug(name, lower=lower)
        number = 1
        while candidate.casefold() in used:
            number += 1
            candidate = f"{base[: MAX_ID_LENGTH - len(str(number)) - 1].rstrip('-')}-{number}"
        used.add(candidate.casefold())
        found.append(candidate)
    return found


def apart(names: Iterable[str]) -> list[str]:
    """The names, with a number after each one that is there already."""
    used: set[str] = set()
    found = []
    for name in names:
        candidate, number = name, 1
        while candidate in used:
            number += 1
            candidate = f"{name} ({number})"
        used.add(candidate)
        found.append(candidate)
    return found
