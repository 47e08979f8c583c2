"""What was read of a letter, so that nobody takes silence for praise."""

from __future__ import annotations

from scheduler.linting.facts import Facts
from scheduler.wording import counted, listed


def read_in_words(facts: Facts) -> str:
    """``Read: its date, 3 deadlines and the annex. Not found: a title with its days and daily hours.``"""
    dates, deadlines = len(facts.dates), sum(each.dated.deadline for each in facts.dates)
    parts = [
        ("its date", facts.dated is not None),
        ("a title with its days", facts.in_title is not None),
        (f"{counted(dates, 'date')} in the text" if dates else "dates in the text", dates > 0),
        ("the days in the invitation", facts.in_text is not None),
        ("the days in the title of the annex", facts.in_annex is not None),
        ("the grid of the annex", bool(facts.grids)),
        ("daily hours", bool(facts.hours)),
        (counted(deadlines, "deadline") if deadlines else "deadlines", deadlines > 0),
        ("an announcement", any(each.dated.purpose == "announcement" for each in facts.dates)),
        ("a vacant post", bool(facts.vacant)),
    ]
    found, missing = ([name for name, here in parts if here is wanted] for wanted in (True, False))
    return f"Read: {listed(found)}." + (f" Not found: {listed(missing)}." if missing else "")
