"""Reads the timetable that a command is given: a document, or a workbook that this program wrote."""

from exports.timetable_reading import is_workbook, read_timetable

__all__ = ["is_workbook", "read_timetable"]
