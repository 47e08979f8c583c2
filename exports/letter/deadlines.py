"""The dates of a letter: what is due when, who acts, and how many days before the first day of the meeting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from exports.csv_text import as_csv
from exports.letter.facts import LetterFacts
from scheduler.domain.clock import weekday

COLUMNS = ("date", "weekday", "days_before", "what", "who")
MILESTONES = {
    "announcement": ("Announcement", ""),
    "invitation": ("Invitation", ""),
    "documents": ("Documents issued", ""),
    "working_papers": ("Working papers due", "delegations"),
    "registration": ("Registration closes", "delegates"),
    "side_event_proposals": ("Proposals for side events due", "organisers"),
    "sponsorship": ("Applications for sponsorship due", "delegations"),
}
"""By the key of each milestone: what it is, and who acts by then; empty where only the scenario may say it."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date of the letter, or a day on which the meeting begins or ends."""

    day: date
    what: str
    who: str
    """May be empty."""
    days_before: int
    """Days from it to the first day of the meeting; negative for its later days."""
    asked: bool
    """Whether the addressees must act by then."""


def deadlines(facts: LetterFacts) -> tuple[Deadline, ...]:
    """In order of time; on one day as the scenario lists them."""
    return tuple(sorted(_found(facts), key=lambda each: each.day))


def _found(facts: LetterFacts) -> Iterator[Deadline]:
    first, last = facts.days[0], facts.days[-1]
    documents, signatory = facts.letter.documents, facts.signatory
    known = {"documents": documents.by or "" if documents else "", "invitation": signatory[1] if signatory else ""}
    for name, (what, who) in MILESTONES.items():
        day: date | None = getattr(facts.milestones, name)
        if day:
            yield Deadline(day, what, who or known.get(name, ""), (first - day).days, bool(who))
    yield Deadline(first, "The meeting begins" if last > first else "The meeting is held", "", 0, False)
    if last > first:
        yield Deadline(last, "The meeting ends", "", (first - last).days, False)


def deadlines_csv(facts: LetterFacts) -> bytes:
    """The list as CSV, header first."""
    rows = (
        (
            each.day.isoformat(),
            weekday(each.day),
            str(each.days_before) if each.days_before >= 0 else "",
            each.what,
            each.who,
        )
        for each in deadlines(facts)
    )
    return as_csv([COLUMNS, *rows])
