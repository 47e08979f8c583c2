"""Writers of timetables: one renderer-neutral grid, one writer a format."""
