"""Measures and colours that the printed sheets share."""

PAGE_PIXELS = 1026
"""What A4 landscape leaves between the margins, at 96 dpi."""

TIME_PIXELS = 102
"""The column of the hours."""

TITLE_POINTS = 14.0

LOWEST_SLOT_POINTS = 48.0
HIGHEST_ROW_POINTS = 400.0
"""A row of a sheet ends at 409."""

INDENT_PIXELS = 9
"""What one step of indentation takes from a cell's width."""

NAVY, INK, SLATE, LINE = "1F3864", "1B2538", "5B6B86", "A9B7CF"
TONES = (
    *("F9E8EC", "E9F0FB", "E8F4E9", "FDF2E0", "F0EAF8", "E3F3F5", "F5F3DF"),
    *("CFE0F7", "CBE7CF", "FADDB0", "DCCDF0", "BFE4E8", "E6E0AC"),
    *("EADFD6", "FBE0D0", "DDF0C0", "D5DBE6", "C9EEDD", "D0D3F4"),
)
"""By tone of the grid: rose for closed bodies, then blue, green, amber, violet, teal and olive; the same, stronger; and
sand, peach, lime, slate, mint and lavender."""

GREY, PALE = "F3F4F6", "E8ECF4"
