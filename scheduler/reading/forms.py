"""Hints for values in a wrong form: how to write what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

_DAY_AND_TIME = re.compile(r"(\S.*?)(?:,|\s+at)?\s+(\d{1,2}:\d{2})")
_LISTS_OF_TEXTS = frozenset({"days", "slots", "breaks", "windows"})
"""Keys of lists whose items may be a text, or keys of their own."""
_NEEDS_QUOTES = re.compile(r"[,\[\]{}#&*!|>'\"%@`]|: ")


def right_form(key: str, value: object, siblings: Sequence[str]) -> str:
    """How the value of a key is to be written, as a hint; empty where nothing is known to be meant.

    ``siblings`` are the keys that may stand beside it.
    """
    if isinstance(value, dict) and value and not any(value.values()):
        return f'a text in braces goes in quotes: write {key}: "{{{", ".join(map(str, value))}}}"'
    if isinstance(value, list):
        return f"write {key}: {value[0]}" if len(value) == 1 and isinstance(value[0], str) else ""
    if not isinstance(value, str):
        return ""
    there = {"at", "when", "start"} & set(siblings)
    split = _DAY_AND_TIME.fullmatch(value)
    if split and key in there:
        day = "when" if "when" in there else "start"
        if {"at", day} <= there:
            return f"write {day}: {split[1]}, at: '{split[2]}'"
        if key == "when":
            return f"hours have an end: write {split[1]} {split[2]}-18:00, or the time at which they end"
    return ""


def listed_as_text(key: str, value: object) -> bool:
    """Whether a text is an item that the list of a key may have: hours or days."""
    return key in _LISTS_OF_TEXTS and isinstance(value, str) and any(character.isdigit() for character in value)


def as_keys(key: str, value: object) -> str:
    """How a text is to be written where keys are expected, as a hint; empty where nothing is known to be meant."""
    if key != "holidays" or not isinstance(value, str) or _NEEDS_QUOTES.search(value):
        return ""
    return f"write {{date: {value}, name: ...}}"


def as_rule(entry: object, kinds: Collection[str]) -> str:
    """How ``- within_day: [WG]`` is to be written, as a hint; empty where its key is no kind of rule."""
    kind = next(iter(entry)) if isinstance(entry, Mapping) and len(entry) == 1 else None
    if kind not in kinds:
        return ""
    of = entry[kind] if isinstance(entry, Mapping) else None
    names = [of] if isinstance(of, str) else of
    plain = isinstance(names, list) and all(isinstance(n, str) and not _NEEDS_QUOTES.search(n) for n in names)
    return f"write {{rule: {kind}, of: [{', '.join(names)}]}}" if plain and names else f"write rule: {kind}"


def as_list(key: str, value: object) -> str:
    """How a single word is to be written where a list is expected, as a hint; empty where it is none."""
    if not isinstance(value, str) or _NEEDS_QUOTES.search(value):
        return ""
    if key == "access":
        word = value.strip().lower()
        if word in ("open", "public", "all", "everybody", "everyone"):
            return "leave access out: without it a meeting is open to all"
        if word in ("closed", "private", "restricted", "confidential"):
            return "name those who may attend, as in access: [states-parties]"
    return f"write {key}: [{value}]"
