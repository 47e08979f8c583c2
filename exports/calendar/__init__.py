"""The timetable for calendar programs."""
