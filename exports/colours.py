"""The colours of all media: red, green and blue as six hexadecimal digits, without a sign before them."""

from __future__ import annotations

NAVY, INK, SLATE, FAINT = "1F3864", "1B2538", "5B6B86", "5B6377"
"""Of headings, of texts, and of what matters less."""
LINE, EDGE = "A9B7CF", "D5DBE6"
WHITE, GREY, PALE = "FFFFFF", "F3F4F6", "E8ECF4"
MARK = "9A3B00"
"""Of the words that mark what is new in a revision, and of the line at the left of their cells."""
BROKEN, LIMIT = "A61E35", "B3403A"
"""Of a rule that is broken; of the end of the last slot."""

TONES = (
    *("F9E8EC", "E9F0FB", "E8F4E9", "FDF2E0", "F0EAF8", "E3F3F5", "F5F3DF"),
    *("CFE0F7", "CBE7CF", "FADDB0", "DCCDF0", "BFE4E8", "E6E0AC"),
    *("EADFD6", "FBE0D0", "DDF0C0", "D5DBE6", "C9EEDD", "D0D3F4"),
)
"""By tone of the grid: rose for closed bodies, then blue, green, amber, violet, teal and olive; the same, stronger; and
sand, peach, lime, slate, mint and lavender."""

BARS = ("4A6FAE", "4F9169", "BF8226", "8A64AD", "3D8F97", "A8515F", "7B7F38")
"""Of the bodies in a forecast, in turn."""
PALE_BARS = ("C9D6EC", "C8E0D1", "EDD9BA", "DDD0E9", "C6E3E6")
"""The first of them, pale."""
