"""Placeholders in the texts of a letter: what each stands for, where the scenario says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from scheduler.domain.clock import show_date
from scheduler.domain.letter import Letter
from scheduler.domain.meeting import Milestones
from scheduler.domain.programme import Programme
from scheduler.domain.titles import BRACES, filled, with_values
from scheduler.domain.titles import PLACEHOLDERS as OF_TITLES

MILESTONES = tuple(Milestones.model_fields)
OTHERS = ("series", "venue", "secretariat", "email", "website", "registration_link")
PLACEHOLDERS = (*OF_TITLES, *MILESTONES, *OTHERS)
"""All of them: those of titles, each milestone, and what else a letter repeats."""
KEYS: Mapping[str, str] = {
    **{name: f"meeting.milestones.{name}" for name in MILESTONES},
    "venue": "meeting.venue",
    "secretariat": "letter.secretariat.name",
    "email": "letter.secretariat.email",
    "website": "letter.secretariat.website",
    "registration_link": "letter.registration.link",
}
"""The keys that hold what a placeholder stands for, where it can be missing."""


def value_of(programme: Programme, name: str) -> str | date | None:
    """What a placeholder other than those of titles stands for; None: the scenario does not say it."""
    letter = programme.letter or Letter()
    if name in MILESTONES:
        found: date | None = getattr(programme.meeting.milestones, name)
        return found
    secretariat = letter.secretariat
    return {
        "series": programme.printed.series,
        "venue": programme.meeting.venue,
        "secretariat": secretariat.name if secretariat else None,
        "email": secretariat.email if secretariat else None,
        "website": secretariat.website if secretariat else None,
        "registration_link": letter.registration.link if letter.registration else None,
    }[name]


def filled_in(
    text: str, programme: Programme, show: Callable[[date], str] = lambda day: show_date(day, year=True)
) -> str:
    """The text with its placeholders replaced; dates as ``show`` says them. Doubled braces become single ones."""
    values = {f"{{{name}}}": value_of(programme, name) for name in (*MILESTONES, *OTHERS)}
    known = {name: show(value) if isinstance(value, date) else value for name, value in values.items() if value}
    titles = {f"{{{name}}}": filled(f"{{{name}}}", programme.calendar, draft=_draft(programme)) for name in OF_TITLES}
    return with_values(text, {**known, **titles, **BRACES})


def _draft(programme: Programme) -> bool:
    return programme.meeting.status == "draft"
