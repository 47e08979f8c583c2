"""English in one place: lists, numbers of things, capitals, sentences, and the word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from operator import ne

QUOTE_CHARACTERS = 60
"""Characters of a value that a message repeats."""

LISTED = 12
"""Permitted values that a message lists."""

NAMED = 4
"""Sessions or people that a sentence names; it only counts the others."""
_AFTER_THE_THING = ("afterwards", "at", "in", "inside", "later", "of", "out", "outside", "too", "with", "without")
"""Words that end the noun in a unit of violation: ``session | too late``."""


def listed(words: Sequence[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else "nothing"


def shortened(words: Sequence[str], most: int = NAMED, last: str = "and") -> str:
    """``a, b, c and 2 more``: the first ``most`` words, and how many more there are."""
    left = len(words) - most
    return listed([*words[:most], f"{left} more"] if left > 1 else words, last)


def likewise(parts: Sequence[str]) -> str:
    """The first of many similar sentences, and how many more there are."""
    left = len(parts) - NAMED
    return "; ".join([*parts[:NAMED], *([f"and {left} more likewise"] if left > 0 else [])])


def counted(number: int, noun: str, plural: str = "") -> str:
    """``one slot``, ``2 slots``, ``2 pairs out of order``; ``plural`` where more than the thing counted changes."""
    return f"one {noun}" if number == 1 else f"{number} {plural or _plural(noun)}"


def _plural(noun: str) -> str:
    """``slots later``, ``bodies with a gap``: the thing is put in the plural, and not what is said of it."""
    words = noun.split()
    thing = next((at for at, word in enumerate(words) if at and word in _AFTER_THE_THING), len(words)) - 1
    ends_in_y = words[thing].endswith("y") and words[thing][-2:-1] not in "aeou"
    words[thing] = f"{words[thing][:-1]}ies" if ends_in_y else f"{words[thing]}s"
    return " ".join(words)


def uncapital(text: str) -> str:
    """The text with a small letter at its beginning."""
    return text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def as_sentence(text: str) -> str:
    """The text with a capital at its beginning, and a full stop at its end where none is."""
    return f"{capital(text)}{'' if text.endswith(('.', '?', '!')) else '.'}"


def quoted(text: str) -> str:
    """``text`` in single quotes, cut after 60 characters."""
    return f"'{text}'" if len(text) <= QUOTE_CHARACTERS else f"'{text[: QUOTE_CHARACTERS - 1]}…'"


def suggest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that ``word`` was probably meant to be, whatever its case; None when nothing is near."""
    if len(word) > QUOTE_CHARACTERS:
        return None
    alike: dict[str, list[str]] = {}
    for candidate in candidates:
        alike.setdefault(candidate.lower(), []).append(candidate)
    near = get_close_matches(word.lower(), alike, n=1)
    return min(alike[near[0]], key=lambda candidate: sum(map(ne, candidate, word))) if near else None


def very_near(word: str, candidates: Iterable[str]) -> bool:
    """Whether a candidate differs from ``word`` by hardly more than an ending, a letter or the case."""
    return bool(get_close_matches(word.lower()[:QUOTE_CHARACTERS], [c.lower() for c in candidates], 1, 0.8))


def did_you_mean(word: str, candidates: Iterable[str], otherwise: str = "known here") -> str:
    """A hint: the nearest candidate or, when nothing is near, the first dozen after ``otherwise``; may be empty."""
    known = list(candidates)
    near = suggest(word, known)
    if near is not None:
        return f"did you mean {quoted(near)}?"
    return f"{otherwise}: {some_of(known)}" if known else ""


def some_of(words: Sequence[str]) -> str:
    """The first dozen, with commas."""
    return ", ".join(words[:LISTED]) + (", …" if len(words) > LISTED else "")
