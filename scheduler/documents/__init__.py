"""Timetable documents, the JSON files that every other command can go on from: written, and read back."""
