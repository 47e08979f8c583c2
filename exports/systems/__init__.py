"""The timetable for the programs of conferences and events, and their schedules as scenarios."""
