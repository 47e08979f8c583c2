"""The invitation in English. Every sentence states facts of the scenario; without the fact there is no sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from exports.letter.content import Content, Part, Passage
from exports.letter.facts import ClosedMeeting, FreeText, LetterFacts, OwnRegistration, SideMeeting
from scheduler.domain.clock import show_clock, show_date, weekday
from scheduler.domain.letter import SECTIONS, Section
from scheduler.domain.meeting import LANGUAGES
from scheduler.domain.spans import Span
from scheduler.domain.titles import spans_in_words
from scheduler.wording import as_sentence, capital, listed, uncapital

HEADINGS: Mapping[Section, str] = MappingProxyType(
    {
        "participation": "Taking part",
        "schedule": "Schedule",
        "closed_meetings": "Closed meetings",
        "documents": "Documents",
        "registration": "Registration",
        "working_papers": "Working papers",
        "side_events": "Side events",
        "sponsorship": "Sponsorship",
        "office_holders": "Office holders",
        "information": "Information",
    }
)
"""The first two sections, what led here and the invitation itself, have none."""
SALUTATION = "Distinguished Representatives,"
CLOSING = ("Please accept the assurance of my highest consideration.", "Yours faithfully,")
_FORMATS = {"in_person": "in person", "online": "online", "hybrid": "in person and online"}


def content_of(facts: LetterFacts) -> Content:
    """The letter, section by section; what the planner has written stands at the end of its section."""
    name, post = facts.signatory or (None, "")
    title = facts.title or f"INVITATION TO {the(facts.series).upper()}: {dates_of(facts).upper()}"
    return Content(
        letterhead=facts.letterhead,
        date=_long(facts.milestones.invitation) if facts.milestones.invitation else "",
        addressed="To:",
        addressees=addressees(facts),
        salutation=SALUTATION,
        title=title,
        parts=tuple(_parts(facts)),
        closing=CLOSING if facts.signatory else (),
        name=name or post,
        post=post if name else "",
    )


def addressees(facts: LetterFacts) -> tuple[str, ...]:
    """A line for each audience that may attend something, if the scenario has no lines of its own."""
    if facts.addressees is not None:
        return facts.addressees
    return tuple(f"Representatives of {name}" for name in facts.audiences)


def the(name: str) -> str:
    """``the CSP11 Working Group Meetings``."""
    return uncapital(name) if name.lower().startswith("the ") else f"the {name}"


def place_of(facts: LetterFacts) -> str:
    """``Centre International de Conférences Genève (CICG), Geneva, Switzerland``; may be empty."""
    return ", ".join(part for part in (facts.venue, facts.place) if part)


def dates_of(facts: LetterFacts) -> str:
    """``25-28 February 2025``."""
    return spans_in_words(facts.runs)


def hours_in_words(hours: Iterable[Span]) -> str:
    """``from 10:00 to 13:00 and from 15:00 to 18:00``."""
    return listed([f"from {show_clock(opens)} to {show_clock(closes)}" for opens, closes in hours])


def _long(day: date) -> str:
    return show_date(day, year=True)


def _full(day: date) -> str:
    return f"{weekday(day)} {_long(day)}"


# --- sections ------------------------------------------------------------------------------------------------------


def _parts(facts: LetterFacts) -> Iterator[Part]:
    """The sections that have something to say; headings of the planner's own before the last."""
    for section in SECTIONS:
        if section == "information":
            yield from _own_parts(facts.free)
        written = [Passage(free.text, free.points) for free in _under(facts.free, section)]
        said = [*_SECTIONS[section](facts, bool(written))]
        passages = (*said, *written)
        if section in ("background", "information"):  # the story before the fact, the address after the free texts
            passages = (*written, *said)
        if passages:
            yield Part(section, HEADINGS.get(section), passages)


def _under(free: Iterable[FreeText], section: Section) -> list[FreeText]:
    """What stands under a section; the last takes what comes before any heading and names no section."""
    found, below_heading = [], False
    for each in free:
        below_heading = below_heading or each.heading is not None
        if each.under == section or (section == "information" and each.under is None and not below_heading):
            found.append(each)
    return found


def _own_parts(free: Iterable[FreeText]) -> Iterator[Part]:
    heading: str | None = None
    passages: list[Passage] = []
    for each in (each for each in free if each.under is None):
        if each.heading is not None:
            if heading is not None:
                yield Part(None, heading, tuple(passages))
            heading, passages = each.heading, []
        if heading is not None:
            passages.append(Passage(each.text, each.points))
    if heading is not None:
        yield Part(None, heading, tuple(passages))


def _background(facts: LetterFacts, told: bool) -> Iterator[Passage]:
    if facts.milestones.announcement and not told:
        yield Passage(f"The meeting was announced on {_long(facts.milestones.announcement)}.")


def _meeting(facts: LetterFacts, _: bool) -> Iterator[Passage]:
    begins = "I have the pleasure to invite you" if facts.signatory else "You are invited"
    venue = f" Venue: {place_of(facts)}." if place_of(facts) else ""
    yield Passage(f"{begins} to {the(facts.series)} on {dates_of(facts)}.{venue}")
    if len(facts.bodies) == 1:
        yield Passage(f"The body that meets is {the(facts.bodies[0])}.")
    elif facts.bodies:
        yield Passage("These bodies will meet:", facts.bodies)
    if facts.subjects:
        yield Passage("These subjects will be taken up:", facts.subjects)


def _participation(facts: LetterFacts, _: bool) -> Iterator[Passage]:
    said = [f"The meeting will be held {_FORMATS[facts.format]}."] if facts.format else []
    if facts.livestream:
        said.append(
            "Those who cannot attend in person can follow it by livestream."
            if facts.format == "in_person"
            else "It can be followed by livestream."
        )
    elif facts.livestream is False:
        said.append("There is no livestream.")
    if facts.languages:
        languages = listed([LANGUAGES[code] for code in facts.languages])
        said.append(f"Interpretation from and into {languages} will be provided.")
    if said:
        yield Passage(" ".join(said))
    yield from _hours(facts)


def _hours(facts: LetterFacts) -> Iterator[Passage]:
    """The hours of every day, where they are the same; else in the annex or, without one, day by day."""
    if facts.same_hours:
        daily = "Daily meetings are" if len(facts.hours) > 1 else "The meeting is"
        yield Passage(f"{daily} held {hours_in_words(facts.same_hours)} ({facts.local_time}).")
    elif facts.hours and facts.annex:
        yield Passage(f"The hours of each day are shown in the {facts.annex} ({facts.local_time}).")
    elif facts.hours:
        days = tuple(f"{_full(day)}: {hours_in_words(hours)}" for day, hours in facts.hours.items())
        yield Passage(f"The hours of each day are ({facts.local_time}):", days)


def _schedule(facts: LetterFacts, _: bool) -> Iterator[Passage]:
    if facts.annex:
        what, end = ("draft schedule", " It is subject to change.") if facts.draft else ("schedule", "")
        yield Passage(
            f"The {what} in the attached {facts.annex} shows the order and the duration of the meetings.{end}"
        )
    if facts.footnotes:
        yield Passage(" ".join(map(as_sentence, facts.footnotes)))


def _closed_meetings(facts: LetterFacts, _: bool) -> Iterator[Passage]:
    if facts.closed:
        begins = "This meeting does" if len(facts.closed) == 1 else "These meetings do"
        yield Passage(f"{begins} not admit everybody:", tuple(map(_closed, facts.closed)))


def _closed(closed: ClosedMeeting) -> str:
    when = listed([f"{_full(sitting.day)} {hours_in_words([sitting.hours])}" for sitting in closed.sittings])
    admitted = f"{listed(closed.admitted)} only" if closed.admitted else "closed"
    return f"{closed.title}{f', {when}' if closed.sittings else ''}: {admitted}"


def _documents(facts: LetterFacts, _: bool) -> Iterator[Passage]:
    issued, invited, documents = facts.milestones.documents, facts.milestones.invitation, facts.letter.documents
    by = f" by {documents.by}" if documents and documents.by else ""
    by += f" through {documents.through}" if documents and documents.through else ""
    if issued and invited and issued <= invited:
        yield Passage(f"Documents for the meeting are issued{by} together with this letter.")
    elif issued:
        yield Passage(f"Documents for the meeting are to be issued{by} on {_long(issued)}.")
    elif by:
        yield Passage(f"Documents for the meeting are to be issued{by}.")
    if documents and documents.enclosed:
        verb = "is" if len(documents.enclosed) == 1 else "are"
        yield Passage(f"{capital(listed(documents.enclosed))} {verb} circulated together with this letter.")


def _registration(facts: LetterFacts, _: bool) -> Iterator[Passage]:
    registration, closes = facts.letter.registration, facts.milestones.registration
    at = f" at {registration.link}" if registration and registration.link else ""
    said = []
    if registration:
        said.append(f"Registration is {'' if registration.required else 'not '}required for the meeting.")
    general = registration is None or registration.required
    if closes and general:
        said.append(f"Delegates are requested to **register by {_long(closes)}**{at}.")
    elif at:
        said.append(f"Delegates register{at}.")
    said += [_apart(own, general, "" if general or not closes else _long(closes)) for own in facts.own_registrations]
    if said:
        yield Passage(" ".join(said))


def _apart(own: OwnRegistration, general: bool, by: str) -> str:
    who = f"representatives of {listed(own.admitted)}" if own.admitted else "those"
    days = f" on {listed([_full(day) for day in own.days])}" if own.days else ""
    begins, how = ("In addition", " separately") if general else ("However", "")
    by = f" by {by}" if by else ""
    return f"{begins}, {who} who wish to take part in {the(own.title)}{days} need to register{how}{by}."


def _deadline(what: str, name: str) -> Callable[[LetterFacts, bool], Iterator[Passage]]:
    def passage(facts: LetterFacts, _: bool) -> Iterator[Passage]:
        day: date | None = getattr(facts.milestones, name)
        if day:
            yield Passage(f"{what} {addressed_to(facts)} by **{_long(day)}**.")

    return passage


_PROPOSALS = _deadline("Proposals for side events", "side_event_proposals")


def _side_events(facts: LetterFacts, told: bool) -> Iterator[Passage]:
    yield from _PROPOSALS(facts, told)
    if facts.side_events:
        yield Passage("These side events are planned:", tuple(map(_side_event, facts.side_events)))


def _side_event(event: SideMeeting) -> str:
    return f"{event.title}, {_full(event.day)}{f', {hours_in_words([event.hours])}' if event.hours else ''}"


def addressed_to(facts: LetterFacts) -> str:
    """``are to be sent to the ATT Secretariat (info@example.org)``, or where nobody is named *are to be submitted*."""
    secretariat = facts.letter.secretariat
    if secretariat is None:
        return "are to be submitted"
    return f"are to be sent to {secretariat.name}" + (f" ({secretariat.email})" if secretariat.email else "")


def _office_holders(facts: LetterFacts, _: bool) -> Iterator[Passage]:
    if not facts.vacancies:
        return
    posts = listed([each.post for each in facts.vacancies])
    said = [f"One post is vacant: {posts}." if len(facts.vacancies) == 1 else f"These posts are vacant: {posts}."]
    if gone := [the(body) for each in facts.vacancies for body in each.not_held]:
        verb = "is" if len(gone) == 1 else "are"
        said.append(f"{capital(listed(gone))} {verb} therefore not in the schedule.")
    if nominations := facts.letter.nominations:
        by = f" by {nominations.who}" if nominations.who else ""
        secretariat = facts.letter.secretariat
        to = nominations.to or (secretariat.name if secretariat else None)
        said.append(f"**Nominations{by} are welcome{f' and should be sent to {to}' if to else ''}.**")
    yield Passage(" ".join(said))


def _information(facts: LetterFacts, _: bool) -> Iterator[Passage]:
    secretariat = facts.letter.secretariat
    if secretariat and secretariat.website:
        yield Passage(f"Further information on the meeting is available at {secretariat.website}.")


_SECTIONS: Mapping[Section, Callable[[LetterFacts, bool], Iterator[Passage]]] = MappingProxyType(
    {
        "background": _background,
        "meeting": _meeting,
        "participation": _participation,
        "schedule": _schedule,
        "closed_meetings": _closed_meetings,
        "documents": _documents,
        "registration": _registration,
        "working_papers": _deadline("Working papers", "working_papers"),
        "side_events": _side_events,
        "sponsorship": _deadline("Applications for sponsorship", "sponsorship"),
        "office_holders": _office_holders,
        "information": _information,
    }
)
