"""Which fonts a PDF is set in: those of the system or of a folder, and none that lacks a letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]  # it has no types

from scheduler.errors import OutputError
from scheduler.wording import listed

FAMILIES = (
    "Liberation Sans", "Arial", "Arimo", "Noto Sans", "DejaVu Sans", "Noto Sans Arabic", "Noto Naskh Arabic",
    "Noto Sans CJK SC", "Noto Sans SC",
)  # fmt: skip
"""In this order; the first that is there and has a letter sets it."""
PACKAGES = {
    "CJK": "fonts-noto-cjk",
    "HIRAGANA": "fonts-noto-cjk",
    "KATAKANA": "fonts-noto-cjk",
    "HANGUL": "fonts-noto-cjk",
}
"""Packages of Debian by script, as Unicode names letters; every other script is in ``fonts-noto-core``."""
FURTHER = "fonts-noto-core"
MOST_NAMED = 5


def families(text: Iterable[str], folder: Path | None = None) -> list[str]:
    """The families that set a text.

    Raises:
        OutputError: no font has one of its letters; with the package that brings one.
    """
    letters = {letter for words in text for letter in words if unicodedata.category(letter)[0] not in "CZ"}
    there, needed = _there(folder), []
    for family in FAMILIES:
        if family in there and letters & there[family]:
            needed.append(family)
            letters -= there[family]
    if letters:
        raise OutputError(_missing(sorted(letters), folder))
    return needed


def _missing(letters: list[str], folder: Path | None) -> str:
    scripts = [unicodedata.name(letter, "?").split(" ")[0].split("-")[0] for letter in letters]
    packages = list(dict.fromkeys(PACKAGES.get(script, FURTHER) for script in scripts))
    named = listed([f"U+{ord(letter):04X}" for letter in letters[:MOST_NAMED]])
    more = f" and {len(letters) - MOST_NAMED} more" if len(letters) > MOST_NAMED else ""
    where = f"no font in {folder}" if folder else "no font of this system"
    remedy = "put one there" if folder else f"install {' and '.join(packages)} (Debian and Ubuntu), or name --fonts"
    told = listed(sorted({script if script == "CJK" else script.title() for script in scripts}))
    return f"a PDF cannot be written: {where} has the letters {named}{more} ({told}): {remedy}"


@cache
def _there(folder: Path | None) -> dict[str, frozenset[str]]:
    """By family, of those that are wanted, the letters that it has."""
    found: dict[str, set[str]] = {}
    fonts = (
        typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
        if folder
        else typst.Fonts()
    )
    for font in fonts.fonts():
        if font.family in FAMILIES and font.path:
            found.setdefault(font.family, set()).update(_letters(Path(font.path), font.index))
    return {family: frozenset(letters) for family, letters in found.items()}


def fonts_in(folder: Path | None) -> typst.Fonts:
    """Those of a folder alone; None: those of the system."""
    if folder is None:
        return typst.Fonts(include_embedded_fonts=False)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


@cache
def _letters(path: Path, index: int) -> frozenset[str]:
    try:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            return frozenset(map(chr, font.getBestCmap() or {}))
    except (TTLibError, OSError):
        return frozenset()
