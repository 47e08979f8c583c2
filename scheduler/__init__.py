"""Timetables for treaty meetings: solve, check, explain, compare, forecast."""

__version__ = "0.1.0"
