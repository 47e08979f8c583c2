"""Title, text and title of the annex say the same days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from scheduler.linting.facts import Facts, Said
from scheduler.linting.slips import Slip, at
from scheduler.wording import capital, listed, quoted


def slips(facts: Facts) -> Iterator[Slip]:
    """Each place whose days are not those of most of the others, or of the first."""
    places = facts.places
    alike = len({len(said.dates.items) for _, said in places}) == 1  # else one lists what another spans
    counts = Counter(_span(said, alike) for _, said in places)
    if len(counts) < 2:
        return
    usual = max(counts, key=lambda span: (counts[span], span == _span(places[0][1], alike)))
    others = listed([f"{name} {at(said)}" for name, said in places if _span(said, alike) == usual])
    for name, said in places:
        if _span(said, alike) != usual:
            yield Slip(said.line, "days", f"{capital(name)} says {quoted(said.text)}, but {others}.")


def _span(said: Said, whole: bool) -> tuple[date | None, ...]:
    """All its days, or only the first and the last."""
    return tuple(item.date for item in said.dates.items) if whole else (said.dates.first, said.dates.last)
