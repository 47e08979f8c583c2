"""The years are those of one letter and one meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.linting.checks.sittings import SITS_ON
from scheduler.linting.facts import Facts, InText
from scheduler.linting.slips import Slip, at
from scheduler.wording import capital, quoted

_WAS = re.compile(
    r"^[^.;]{0,80}\b(?:established|decided|adopted|agreed|was|were|took|endorsed|requested)\b", re.IGNORECASE
)
_WILL = re.compile(
    r"\b(?:will|shall)\b(?! (?:recall|remember|know|note|be aware|have))[^.;]{0,160}"
    r"(?<!dated )(?<!sent )(?<!issued )(?<!published )(?<!letter )(?<!message )"
    r"\b(?:on|by|from|(?:evening|morning|afternoon) of)\W*$",
    re.IGNORECASE,
)
"""Something happens on the date that follows."""
_FAR = "more than a year"
MOST_DAYS = 365
"""Between an announcement and the letter, or the letter and the meeting: beyond, the same day of another year fits."""


def slips(facts: Facts) -> Iterator[Slip]:
    """Meetings before their letter; dates more than a year away; what is to come on a day that has passed."""
    letter, dated = facts.letter_day, facts.dated
    for each in facts.dates:
        yield from _of_attending(each, facts)
    if letter is None or dated is None:
        return
    if facts.meeting:
        name, said = facts.places[0]
        says = f"{capital(name)} says {quoted(said.text)}"
        if facts.meeting[0] < letter:
            yield Slip(said.line, "years", f"{says}, which is before the date of the letter: {at(dated)}.")
        elif (facts.meeting[0] - letter).days > MOST_DAYS:
            yield Slip(said.line, "years", f"{says}, {_FAR} after the letter, {at(dated)}: is the year right?")
    for each in facts.dates:
        why = _why(each, letter, facts)
        if why:
            yield Slip(each.line, "years", why.format(shown=quoted(each.text), letter=at(dated)))


def _why(each: InText, letter: date, facts: Facts) -> str:
    """What is wrong with the year of a date, with places for the date and that of the letter; empty if nothing is."""
    day, dated = each.dated.dates.last, each.dated
    if day is None or (facts.in_text and facts.in_text.dates == dated.dates):
        return ""
    if dated.purpose == "announcement" and (letter - day).days > MOST_DAYS:
        return f"An announcement is dated {{shown}}, {_FAR} before the letter, {{letter}}: is the year right?"
    held = dated.before.rstrip().lower().endswith(("held on", "held from"))
    if dated.purpose == "past" and day > letter and held and _WAS.search(dated.after):
        return "The text speaks of {shown} as of the past, and the letter is dated {letter}."
    comes = dated.future and (_WILL.search(dated.before) or not dated.before.strip(" -*\u2022"))
    if comes and day < letter and not dated.deadline and dated.purpose not in ("past", "announcement"):
        return "The text speaks of {shown} as of what is to come, and the letter is dated {letter}."
    return ""


def _of_attending(each: InText, facts: Facts) -> Iterator[Slip]:
    """A day on which people take part that is one of the meeting but for its year."""
    day, meeting = each.day, facts.meeting
    if day is None or meeting is None or meeting[0] <= day <= meeting[1]:
        return
    here = each.dated.purpose == "attending" or SITS_ON.search(each.dated.before)
    length = min((meeting[1] - meeting[0]).days, 31)
    held = [meeting[0] + timedelta(days=n) for n in range(length + 1)]
    if here and any((day.month, day.day) == (each.month, each.day) for each in held):
        place = at(facts.places[0][1])
        yield Slip(each.line, "years", f"{quoted(each.text)} is a day of the meeting but for its year: {place}.")
