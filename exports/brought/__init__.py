"""Timetables as planners bring them: tables and workbooks of this program, half-day entries, grids like the annex."""
