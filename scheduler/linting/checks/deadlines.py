"""What comes before the meeting is due before the meeting begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scheduler.linting.facts import Facts
from scheduler.linting.slips import Slip, at
from scheduler.wording import quoted

_OPEN = re.compile(r"\bopen\W+(?:until|till)\W*$", re.IGNORECASE)
"""Registration may stay open until the last day."""


def slips(facts: Facts) -> Iterator[Slip]:
    """Deadlines after the first day, whichever of the days that the letter gives is taken for it."""
    places = [(said.dates.first, said) for _, said in facts.places if said.dates.first]
    if not places:
        return
    latest, said = max(places, key=lambda place: place[0])
    for each in facts.dates:
        stays = _OPEN.search(each.dated.before) and said.dates.last and each.day and each.day <= said.dates.last
        if each.dated.deadline and each.day and each.day > latest and not stays:
            what = f"The date for {each.dated.purpose}, {quoted(each.text)}, is after the meeting has begun"
            yield Slip(each.line, "deadline", f"{what}: {at(said)}.")
