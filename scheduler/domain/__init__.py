"""Values only: clock, calendar, programme, timetable and violations. Imports nothing else of the project."""
