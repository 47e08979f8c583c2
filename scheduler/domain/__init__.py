"""Values only: clock, calendar, programme, timetable and findings. Imports nothing else of the project."""
