"""Why side events cannot all be placed, and what would be enough; and why one is not in another window."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.domain.clock import show_minutes, write_minutes
from scheduler.domain.side_events import HeldEvent, SideEvents
from scheduler.domain.timetable import Timetable
from scheduler.errors import InputError
from scheduler.outcome import Settings, Status
from scheduler.reading.diagnostics import printable
from scheduler.scenario import Scenario
from scheduler.side_events.judging import judge
from scheduler.side_events.places import Occasion, Places, name_of
from scheduler.wording import counted, listed

MOST_WAYS = 4
"""Ways to place all side events that are told."""
MOST_MORE = 8
"""By how many a limit of a window, or the number of rooms, is raised at most."""


@dataclass(frozen=True, slots=True)
class EventsWay:
    """A change with which all side events have a place: the sentence, and how ``schedule what-if`` tries it."""

    sentence: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventsExplained:
    """Why the side events cannot all be placed, and what would be enough; both empty where they can."""

    status: Status = Status.FEASIBLE
    """``INFEASIBLE``: proved; ``UNKNOWN``: the limit came first."""
    reasons: tuple[str, ...] = ()
    ways: tuple[EventsWay, ...] = ()


def explain_events(
    scenario: Scenario, settings: Settings, rerun: Callable[[Sequence[str]], Scenario]
) -> EventsExplained:
    """Place the side events; where that is impossible, say why and what would be enough.

    ``rerun``: the scenario that ``schedule what-if`` makes with these options.
    """
    if not scenario.to_place:
        return EventsExplained()
    from scheduler.solving.side_events.placing import place

    budget = settings.part()
    placed = place(scenario, budget.part(0.5))
    if placed.status is not Status.INFEASIBLE:
        known = placed.held is not None
        return EventsExplained(Status.FEASIBLE if known else Status.UNKNOWN)
    found: list[EventsWay] = []
    for fewer in _changes(scenario):
        for tries in fewer if not found else ():
            for way in tries:
                if len(found) == MOST_WAYS or budget.left <= 0:
                    break
                try:
                    changed = rerun(way.options)
                except InputError:
                    break
                if place(changed, budget.part(0.2)).held is not None:
                    found.append(way)
                    break
    return EventsExplained(placed.status, placed.reasons, tuple(found))


def _changes(scenario: Scenario) -> Iterator[list[list[EventsWay]]]:
    """Lists of changes, each list from the smallest to the largest: one of it is enough. First what changes least.

    Events that are longer than every window are shortened in each of them, since nothing is enough without that.
    """
    said = scenario.side_events
    assert isinstance(said, SideEvents)
    at_most, rooms = _higher_limits(said), _more_rooms(said)
    shorter, freed = _shorter(scenario), _freed(scenario, said)
    if shorter:
        yield [[_together(shorter)]]
    both = [
        _together([higher, more])
        for total in range(MOST_MORE - 1)
        for higher, more in zip(at_most[: total + 1], reversed(rooms[: total + 1]), strict=bool(at_most and rooms))
    ]
    for fewer in ([at_most, rooms, *([way] for way in freed)], [both, [_together(freed)] if len(freed) > 1 else []]):
        yield [[_together([*shorter, way]) for way in tries] for tries in fewer]


def _together(ways: Sequence[EventsWay]) -> EventsWay:
    return EventsWay(listed([way.sentence for way in ways]), tuple(option for way in ways for option in way.options))


def _higher_limits(said: SideEvents) -> list[EventsWay]:
    if said.at_most is None:
        return []
    return [
        EventsWay(f"at most {n} side events in a window", ("--set", f"side_events.at_most={n}"))
        for n in range(said.at_most + 1, said.at_most + 1 + MOST_MORE)
    ]


def _more_rooms(said: SideEvents) -> list[EventsWay]:
    names = [*map(_quoted, said.rooms)]
    return [
        EventsWay(
            counted(n, "more room"),
            ("--set", f"side_events.rooms=[{', '.join([*names, *(f'more {i}' for i in range(1, n + 1))])}]"),
        )
        for n in range(1, MOST_MORE + 1 if names else 1)
    ]


def _shorter(scenario: Scenario) -> list[EventsWay]:
    """Each event that is longer than every window, as long as the longest."""
    longest = max((o.closes - o.opens for o in Places(scenario).occasions), default=0)
    return [
        EventsWay(
            f"{name_of(scenario, name)} takes {show_minutes(longest)}, as long as the longest window",
            ("--set", f"side_events.events.{number}.length={write_minutes(longest)}"),
        )
        for number, (name, event) in enumerate(scenario.event.items())
        if event.length is not None and event.length > longest > 0
    ]


def _freed(scenario: Scenario, said: SideEvents) -> list[EventsWay]:
    """Each event that asks for some windows, in any."""
    titles = ", ".join(map(_quoted, dict.fromkeys(window.title for window in said.windows)))
    return [
        EventsWay(
            f"{name_of(scenario, name)} may stand in any window",
            ("--set", f"side_events.events.{number}.windows=[{titles}]"),
        )
        for number, (name, event) in enumerate(scenario.event.items())
        if event.windows is not None and not event.given
    ]


def _quoted(text: str) -> str:
    """A text as YAML has it in a list, in quotes only where it needs them."""
    if text[:1].isalnum() and all(c.isalnum() or c in " .-:" for c in text) and ": " not in f"{text} ":
        return text
    return "'" + text.replace("'", "''") + "'"


# --- why in this window ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OtherWindow:
    """A window in which an event does not stand."""

    day: date
    opens: int
    closes: int
    possible: bool | None
    """Whether it can stand there; None: not found within the limit."""
    why: str = ""
    """Why it cannot; empty where it can."""
    further: int | None = None
    """Points that this would cost more, at least 0 where its places are the cheapest."""
    moved: int | None = None
    """The number of other side events that would move, at that cost."""


@dataclass(frozen=True, slots=True)
class WhyWindow:
    """Where a side event stands, and what every other window would cost, or why it is none for it."""

    event: str
    here: HeldEvent
    others: tuple[OtherWindow, ...]


def why_window(scenario: Scenario, timetable: Timetable, name: str, settings: Settings | None = None) -> WhyWindow:
    """Ask for every other window, each answer proved where it is not None.

    Raises:
        InputError: the event is given, or does not stand in this timetable.
    """
    held = {each.event: each for each in timetable.side_events or ()}
    if name not in scenario.to_place:
        raise InputError(
            printable(f"the place of {name_of(scenario, name)} is given in the scenario, so it is not sought")
        )
    if name not in held:
        raise InputError(printable(f"{name_of(scenario, name)} is not placed in this timetable"))
    places, budget, here = Places(scenario), (settings or Settings()).part(), held[name]
    cost = sum(violation.penalty for violation in judge(scenario, timetable.side_events or ()))
    others = [o for o in places.occasions if (o.day, o.opens) != (here.day, here.start)]
    found = []
    for number, occasion in enumerate(others):
        place_of = (occasion.day, occasion.opens, occasion.closes)
        if why := places.why_not(name, occasion):
            found.append(OtherWindow(*place_of, possible=False, why=why))
            continue
        found.append(_asked(scenario, held, (name, occasion), cost, budget.part(1 / (len(others) - number)), place_of))
    return WhyWindow(name, here, tuple(found))


def _asked(
    scenario: Scenario, held: Mapping[str, HeldEvent], where: tuple[str, Occasion], cost: int, settings: Settings,
    place_of: tuple[date, int, int],
) -> OtherWindow:  # fmt: skip
    from scheduler.solving.side_events.model import Kept
    from scheduler.solving.side_events.placing import place

    name, occasion = where
    placed = place(scenario, settings, Kept(held, windows={name: occasion.number}, cheapest=True))
    if placed.status is Status.INFEASIBLE:
        return OtherWindow(*place_of, possible=False, why="then the others cannot all be placed")
    if placed.status is not Status.OPTIMAL or placed.cost is None or placed.held is None:
        return OtherWindow(*place_of, possible=None)
    moved = sum(each.event != name and each != held.get(each.event) for each in placed.held)
    return OtherWindow(*place_of, possible=True, further=placed.cost - cost, moved=moved)
