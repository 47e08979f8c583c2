"""A body whose post is vacant has no place in the annex."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.linting.bodies import explained_in, is_abbreviation, stands_in
from scheduler.linting.facts import Facts
from scheduler.linting.slips import Slip
from scheduler.wording import quoted


def slips(facts: Facts) -> Iterator[Slip]:
    """Cells with a body that nobody leads, as the letter says."""
    for line, words in facts.vacant:
        for short, names in _bodies(facts, words).items():
            cell = next((c for grid in facts.grids for c in grid.cells if stands_in(short, names, c.text)), None)
            if cell:
                why = f"its post is vacant, says the text (line {line})"
                yield Slip(cell.line, "vacant", f"The annex has {quoted(short)}, but {why}.")
                break


def _bodies(facts: Facts, words: str) -> dict[str, tuple[str, ...]]:
    """The body that the words behind *Chair of* name first, with its names."""
    explained = dict(explained_in(words))
    if explained:
        short = next(iter(explained))
        return {short: facts.names.get(short, (explained[short],))}
    known = [short for short, names in facts.names.items() if stands_in(short, names, words)]
    plain = [word for word in (each.strip(".,;()") for each in words.split()[:3]) if is_abbreviation(word)]
    return {short: facts.names.get(short, ()) for short in (known or plain)[:1]}
