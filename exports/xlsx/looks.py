"""Measures that the printed sheets share."""

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
