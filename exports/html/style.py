"""The style of every page and notebook: one stylesheet, and the colours that it names."""

from __future__ import annotations

from importlib.resources import files

from exports import colours

INK, NAVY, LINE, MARK = (f"#{each}" for each in (colours.INK, colours.NAVY, colours.LINE, colours.MARK))
PALE, GREY, PAPER = (f"#{each}" for each in (colours.PALE, colours.GREY, colours.WHITE))
SLATE, TICK, CHANGED = "#4A5870", "#0B6B2E", "#FFF3E6"
"""Of the page alone: darker than in the workbook, so that small letters are read on a screen."""
TONES = tuple(f"#{tone}" for tone in colours.TONES)
"""By tone of the grid, as in the annex."""

CONTRASTS = (
    *((INK, tone) for tone in (*TONES, PALE, GREY, PAPER, CHANGED)),
    (PAPER, NAVY),
    (SLATE, PAPER),
    (MARK, CHANGED),
    (TICK, PAPER),
    (NAVY, PAPER),
    (NAVY, PALE),
)
"""Every pair of text and background on the page."""

_NAMED = {
    "ink": INK, "navy": NAVY, "line": LINE, "mark": MARK, "pale": PALE, "grey": GREY, "paper": PAPER, "slate": SLATE,
    "tick": TICK, "changed": CHANGED, **{f"t{number}": tone for number, tone in enumerate(TONES)},
}  # fmt: skip
"""The names by which the stylesheet calls the colours."""

_SHEET = files("exports.html").joinpath("templates", "style.css").read_text("utf-8")
STYLE = f"body{{{';'.join(f'--{name}:{colour}' for name, colour in _NAMED.items())}}}\n{_SHEET}"


def within(name: str) -> str:
    """The same style for the parts of another page that have the class ``name``."""
    lines = []
    for line in STYLE.splitlines():
        selectors, opened, looks = line.partition("{")
        if line.startswith(("@page", "html{", "*{", "/*")):
            continue
        if not opened or line.startswith("@"):
            lines.append(line)
            continue
        own = [f".{name}" if each == "body" else f".{name} {each}" for each in selectors.split(",")]
        lines.append(f"{','.join(own)}{{{looks}")
    return "\n".join(lines)
