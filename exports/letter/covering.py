"""The covering message of a letter: a subject and a text to paste into an e-mail."""

from __future__ import annotations

from collections.abc import Iterator

from exports.letter.content import Content
from exports.letter.deadlines import deadlines
from exports.letter.english import dates_of, hours_in_words, place_of, the
from exports.letter.facts import LetterFacts
from scheduler.domain.clock import show_date, weekday
from scheduler.reading.cleaning import in_one_line


def covering_text(facts: LetterFacts, content: Content) -> bytes:
    """The message in UTF-8: first the subject, then the text."""
    return "".join(f"{in_one_line(line)}\n" for line in _lines(facts, content)).encode("utf-8", "replace")


def _lines(facts: LetterFacts, content: Content) -> Iterator[str]:
    yield f"Subject: Invitation to {the(facts.series)}, {dates_of(facts)}"
    yield from ("", content.salutation, "")
    draft = "draft schedule" if facts.draft else "schedule"
    annex = f", with the {draft} in its {facts.annex}" if facts.annex else ""
    yield f"Please find attached the invitation to {the(facts.series)}{annex}."
    yield ""
    hours = f", {hours_in_words(facts.same_hours)} ({facts.local_time})" if facts.same_hours else ""
    yield f"When: {dates_of(facts)}{hours}"
    if place := place_of(facts):
        yield f"Where: {place}"
    registration, secretariat = facts.letter.registration, facts.letter.secretariat
    if registration and registration.link:
        yield f"Registration: {registration.link}"
    asked = [each for each in deadlines(facts) if each.asked]
    if asked:
        yield from ("", "Please note these dates:")
    for each in asked:
        yield f"- {weekday(each.day)} {show_date(each.day, year=True)}: {each.what[:1].lower()}{each.what[1:]}"
    if secretariat and (told := [part for part in (secretariat.email, secretariat.website) if part]):
        yield from ("", f"Questions: {secretariat.name}, {', '.join(told)}")
    if content.name:
        yield ""
        yield from (line for line in (content.name, content.post) if line)
