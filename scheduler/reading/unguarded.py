"""Warns of people who are wanted in two sessions that no rule keeps apart; sessions of one presenter need such a rule.

Nothing is said of a pair unless two places are found at which both sit at once and no rule that must hold is broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from scheduler.altering import holding
from scheduler.domain.base import SessionId
from scheduler.domain.people import Pair, wanted_twice
from scheduler.domain.persons import who
from scheduler.domain.seats import names_in
from scheduler.domain.timetable import Placement, Timetable
from scheduler.reading.diagnostics import Diagnostic, Loc, Located, warned
from scheduler.scenario import Scenario
from scheduler.wording import counted, listed

MOST_PEOPLE_NAMED = 3
"""People whom one warning names."""
MOST_PLACES_TRIED = 300
"""Placements, single or in pairs, that are checked against the rules of one scenario."""
_APART = "add {rule: presenters_apart}, with a weight where it is a wish"
_AS_OFFICER = "name them under officers of the session that they present in, too: officers serve one session at a time"


def unguarded(document: Located, scenario: Scenario) -> Iterator[Diagnostic]:
    """One warning for those whom ``presenters_apart`` would keep apart, and one for officers whom it would not."""
    judge = _Judge(scenario)
    for remedy, people in _unguarded_pairs(scenario).items():
        found = [(person, pair) for person, pair in people.items() if judge.meet(*pair)]
        if found:
            message = f"{_wanted(scenario, found, all_known=judge.left >= 0)}: they may sit at the same time"
            yield warned(document, _place(scenario, *found[0]), message, remedy)


def _wanted(scenario: Scenario, found: Sequence[tuple[str, Pair]], *, all_known: bool) -> str:
    """Who is wanted where, the first by name; of others how many there are, as far as that is known."""
    parts = [
        f"{_called(scenario, person)} {'in' if number else 'is wanted in'} {_both(scenario, pair)}"
        for number, (person, pair) in enumerate(found[:MOST_PEOPLE_NAMED])
    ]
    left = len(found) - MOST_PEOPLE_NAMED
    if left > 0:
        least = "" if all_known else "at least "
        parts.append(f"{least}{counted(left, 'further person', 'further people')} in two sessions")
    return f"{', '.join(parts)}, and no rule keeps {'these' if len(found) == 1 else 'any of these pairs'} apart"


def _called(scenario: Scenario, person: str) -> str:
    entries = scenario.persons.entries.get(person, [])
    return who(entries[0]) if entries and not any(entry.name for entry in entries) else scenario.persons.name(person)


def _unguarded_pairs(scenario: Scenario) -> dict[str, dict[str, Pair]]:
    """By remedy and person, the first two sessions that want them and of which no rule on people says anything."""
    wanted: dict[str, list[SessionId]] = {}
    for session in scenario.sessions:
        for person in scenario.needed(session):
            wanted.setdefault(person, []).append(session)
    kept = [(rule.weight is None, rule.people_apart(scenario)) for rule in scenario.all_rules]
    said = {(person, frozenset(pair)) for _, pairs in kept for pair, people in pairs.items() for person in people}
    guarded = {frozenset(pair) for must_hold, pairs in kept for pair in pairs if must_hold}
    found: dict[str, dict[str, Pair]] = {_APART: {}, _AS_OFFICER: {}}
    for person, sessions in wanted.items():
        serves = {session for session in sessions if person in scenario.serving(session)}
        for pair in combinations(sessions, 2):
            if not ({*pair} <= serves or frozenset(pair) in guarded or (person, frozenset(pair)) in said):
                would = wanted_twice(scenario, pair, interests=False).get(pair, ())
                found[_APART if person in would else _AS_OFFICER][person] = pair
                break
    return found


class _Judge:
    """Whether two sessions can sit at the same minute, as far as the rules that must hold look at them alone."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self.left = MOST_PLACES_TRIED

    def meet(self, one: SessionId, other: SessionId) -> bool:
        """Whether places are found at which they do; False also where not all could be looked at."""
        if self.left < 0:
            return False
        alone = holding(self._scenario, (one, other))  # the others say nothing, and cost no time
        rules = [rule for rule in alone.all_rules if rule.weight is None and rule.monotone]
        fine: dict[Placement, bool] = {}

        def keep(*places: Placement) -> bool:
            self.left -= 1
            sit = Timetable(places)
            return self.left >= 0 and not any(True for rule in rules for _ in rule.check(alone, sit))

        def keeps(place: Placement) -> bool:
            if place not in fine:
                fine[place] = keep(place)
            return fine[place]

        for mine in filter(keeps, _places(alone, one)):
            beside = (place for place in _places(alone, other) if mine.overlaps(place) and keeps(place))
            if any(keep(mine, place) for place in beside):
                return True
        return False


def _places(scenario: Scenario, session: SessionId) -> Iterator[Placement]:
    """Where it fits in, from the openings of slots and from hours fixed in rules, in each of its rooms."""
    slots = scenario.calendar.axis.slots
    fixed = {rule.fixed_time.at for rule in scenario.rules if rule.fixed_time is not None}
    clocks = [(slot, slot.minute_of(clock)) for slot in slots for clock in (slot.opens, *fixed)]
    starts = sorted({slot.position(clock) for slot, clock in clocks if clock is not None})
    for start, room in product(starts, scenario.rooms_of(session)):
        if (place := scenario.place(session, start, room)) is not None:
            yield place


def _both(scenario: Scenario, pair: Pair) -> str:
    return listed([scenario.title(session) for session in pair])


def _place(scenario: Scenario, person: str, pair: Pair) -> Loc:
    """Where the person is named as a presenter."""
    for loc, session in scenario.stated():
        for number, entry in enumerate(session.presenters or () if session.id in pair else ()):
            if person in map(scenario.person, names_in(entry)):
                return (*loc, "presenters", number)
    return ("bodies",)
