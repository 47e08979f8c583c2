"""Timetable documents, the JSON files that every other command can go on from; and the forms of all JSON documents."""
