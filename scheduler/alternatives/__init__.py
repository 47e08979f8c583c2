"""More than one answer: timetables that really differ, and the trade-offs between criteria, each with its proof."""
