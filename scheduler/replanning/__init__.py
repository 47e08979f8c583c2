"""The smallest change to a timetable that has gone out, and what each further move would buy."""
