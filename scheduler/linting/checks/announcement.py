"""The announcement comes before the letter that refers to it."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.linting.facts import Facts
from scheduler.linting.slips import Slip, at
from scheduler.wording import quoted


def slips(facts: Facts) -> Iterator[Slip]:
    """Announcements that are dated after the letter or, if that has no date, after the meeting has begun."""
    letter, meeting = facts.letter_day, facts.meeting
    for each in facts.dates:
        if each.dated.purpose != "announcement":
            continue
        days = [item.date for item in each.dated.dates.items if item.date]
        begins = f"An announcement is dated {quoted(each.text)}, after the"
        if letter and facts.dated and any(day > letter for day in days):
            yield Slip(each.line, "announcement", f"{begins} letter itself, which is dated {at(facts.dated)}.")
        elif letter is None and meeting and any(day > meeting[0] for day in days):
            yield Slip(each.line, "announcement", f"{begins} meeting has begun.")
