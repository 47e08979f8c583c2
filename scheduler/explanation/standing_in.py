"""Ways out in which somebody stands in for an officer at one session: somebody of the scenario, or somebody new."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from scheduler.domain.base import SessionId, altered, trusted
from scheduler.domain.persons import Officer, as_subject, who
from scheduler.domain.programme import Body
from scheduler.domain.seats import SERVING, Deputised, DeputisedOfficer, SeatEntry, names_in, officers_in
from scheduler.rules.adjusting import AdjustableNumber, NumberSetting
from scheduler.scenario import Scenario

SOMEBODY_NEW, SOMEBODY_KNOWN = 45, 40
"""Points for a deputy who is to be appointed, and for one who holds a post already and has no price yet."""
_VICE = re.compile(r"(vice|deputy|alternate)[\s-]+", re.IGNORECASE)
"""How the post of somebody begins who is there to stand in."""


def deputies(scenario: Scenario, session: SessionId) -> Iterator[AdjustableNumber]:
    """Somebody else serves at one session for an officer who is away at times, or who serves at several."""
    body, own = scenario.body_of[session], scenario.sessions[session]
    for entry, _ in officers_in(body.officers, own.officers):
        officer = scenario.officer[names_in(entry)[0]]
        if officer.vacant or not _may_be_missed(scenario, officer):
            continue
        if isinstance(entry, str) and not own.repeats and session not in scenario.held_again:
            yield from _known(scenario, session, officer)
        if own.repeats and {*own.officers} == {entry}:
            continue  # a repeat that names nobody has the officers of what it repeats
        changed = _without(scenario, body, entry, session)
        bodies = tuple(changed if b.id == changed.id else b for b in scenario.bodies)
        sentence = f"let a deputy serve at {scenario.title(session)} for {who(officer)}"
        option = _left(changed, entry, session, body, alone=session not in scenario.held_again)
        setting = NumberSetting(sentence, SOMEBODY_NEW, partial(dict, {"bodies": bodies}), option)
        yield AdjustableNumber(f"deputy {session}", (setting,))


def _may_be_missed(scenario: Scenario, officer: Officer) -> bool:
    """Whether somebody is away at times, or serves at several sessions."""
    person = scenario.person(officer.id)
    serves = [session for session in scenario.sessions if person in scenario.perhaps_there(session, *SERVING)]
    return scenario.persons.may_be_away(person) or len(serves) > 1


def _known(scenario: Scenario, session: SessionId, officer: Officer) -> Iterator[AdjustableNumber]:
    """Each officer who could stand in, at the price that is declared elsewhere."""
    body, own = scenario.body_of[session], scenario.sessions[session]
    for deputy, price in _who_could(scenario, session, officer).items():
        instead = trusted(DeputisedOfficer, who=officer.id, deputies=(deputy,), price=price)
        officers = (*(each for each in own.officers if each != officer.id), instead)
        sessions = tuple(altered(each, officers=officers) if each.id == session else each for each in body.sessions)
        bodies = tuple(altered(b, sessions=sessions) if b is body else b for b in scenario.bodies)
        title = scenario.title(session)
        stands, for_whom = (as_subject(who(each)) for each in (scenario.officer[deputy], officer))
        sentence = f"let {stands} stand in for {for_whom} at {title}"
        option = f"bodies.{body.id}.sessions.{session}.officers={_written(officers)}"
        setting = NumberSetting(sentence, max(1, price), partial(dict, {"bodies": bodies}), option)
        yield AdjustableNumber(f"deputy {session}", (setting,))


def _who_could(scenario: Scenario, session: SessionId, officer: Officer) -> dict[str, int]:
    """Officers with their prices: who is a deputy of this one elsewhere, then whose post says that they stand in."""
    found: dict[str, int] = {}
    entries = [entry for b in scenario.bodies for entry in (*b.officers, *(e for s in b.sessions for e in s.officers))]
    for entry in entries:
        if isinstance(entry, Deputised) and entry.who == officer.id:
            found |= {name: entry.price for name in entry.deputies if name not in found}
    found |= {o.id: SOMEBODY_KNOWN for o in scenario.officers if o.id not in found and _is_vice(o, officer)}
    serving = {scenario.person(officer.id), *scenario.serving(session)}
    return {
        name: price
        for name, price in found.items()
        if not scenario.officer[name].vacant and scenario.person(name) not in serving
    }


def _is_vice(vice: Officer, officer: Officer) -> bool:
    """Whether a post says that its holder stands in for the other: Vice-Chair, or Vice-Chair of A, for Chair of A."""
    prefix = _VICE.match(vice.post)
    rest = vice.post[prefix.end() :].casefold() if prefix else ""
    return bool(rest) and f"{officer.post.casefold()} ".startswith(f"{rest} ")


def _without(scenario: Scenario, body: Body, entry: SeatEntry, session: SessionId) -> Body:
    """The body where an entry no longer counts for one of its sessions."""
    sessions = []
    for each in body.sessions:
        served = scenario.sessions[SessionId(each.id)].officers
        officers = tuple(other for other in served if other != entry)
        keeps = each.id != session and entry in (*body.officers, *served)
        sessions.append(altered(each, officers=(*officers, entry) if keeps else officers))
    return altered(body, officers=tuple(o for o in body.officers if o != entry), sessions=tuple(sessions))


def _left(changed: Body, entry: SeatEntry, session: SessionId, body: Body, *, alone: bool) -> str:
    """The officers left, as ``--set`` takes them: of the session, of a body with one session, or the body anew.

    ``alone``: no repeat has its officers from the session.
    """
    if entry not in body.officers and alone:
        own = next(each for each in changed.sessions if each.id == session)
        return f"bodies.{body.id}.sessions.{session}.officers={_written(own.officers)}"
    if len(body.sessions) == 1 and entry not in body.sessions[0].officers:
        return f"bodies.{body.id}.officers={_written(changed.officers)}"
    return f"bodies.{body.id}={json.dumps(_plain(changed), ensure_ascii=False)}"


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json", exclude_defaults=True)


def _written(officers: tuple[SeatEntry, ...]) -> str:
    """A list of officers as a planner writes it."""
    return f"[{', '.join(map(_entry, officers))}]"


def _entry(entry: SeatEntry) -> str:
    if isinstance(entry, str):
        return entry
    names = f"[{', '.join(entry.deputies if isinstance(entry, Deputised) else entry.names)}]"
    if isinstance(entry, Deputised):
        return f"{{who: {entry.who}, deputies: {names}, price: {entry.price}}}"
    return f"{{one_of: {names}}}"
