"""Why here, what if, prices and ties, for people at a terminal."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Console

from exports.terminal.screen import Screen
from exports.terminal.small_grid import print_small_grid, suits_a_grid
from scheduler.domain.calendar import Slot
from scheduler.domain.carry import moved_by
from scheduler.domain.clock import show_clock, show_day
from scheduler.domain.programme import Programme
from scheduler.outcome import Status
from scheduler.side_events.places import name_of, shown
from scheduler.wording import capital, counted, listed, shortened

if TYPE_CHECKING:
    from scheduler.explanation.prices import Margin, PriceList, RulePrice
    from scheduler.explanation.side_events import WhyWindow
    from scheduler.explanation.ties import Tied
    from scheduler.explanation.whatif import Change, WhatIf
    from scheduler.explanation.why_here import OtherSlot, WhyHere
    from scheduler.replanning.replan import Replan
    from scheduler.scenario import Scenario


# --- why here -----------------------------------------------------------------------------------------------


def print_why_here(scenario: Scenario, why: WhyHere, console: Console) -> None:
    """Print where a session is, and what every other slot would cost or which rules it would break."""
    screen = Screen(console)
    screen.say(why_here_verdict(scenario, why), "bold")
    _print_rows(why_here_rows(scenario, why), screen)
    console.print()


def print_why_window(scenario: Scenario, why: WhyWindow, console: Console) -> None:
    """Print where a side event stands, and what every other window would cost, or why it is none for it."""
    screen = Screen(console)
    here = f"{capital(name_of(scenario, why.event))} stands {shown(why.here)}."
    screen.say(f"{here} {'Elsewhere:' if why.others else 'There is no other window.'}", "bold")
    groups: dict[tuple[str, str], list[str]] = {}
    for other in sorted(why.others, key=lambda each: (not each.possible, each.further or 0, each.moved or 0)):
        when = f"{show_day(other.day, short=True)} {show_clock(other.opens)}"
        if other.possible:
            price = f"{counted(abs(other.further or 0), 'point')} {'more' if (other.further or 0) >= 0 else 'less'}"
            moves = counted(other.moved, "other side event moves", "other side events move") if other.moved else ""
            said = (price if other.further else "the same price", moves or "nothing else moves")
        else:
            said = ("impossible", other.why) if other.possible is False else ("not known", "the limit was reached")
        groups.setdefault(said, []).append(when)
    _print_rows([(shortened(when, 5), *said) for said, when in groups.items()], screen)
    console.print()


def why_here_verdict(scenario: Scenario, why: WhyHere) -> str:
    """Where the session is, and whether it could be elsewhere."""
    starts = f"{scenario.title(why.session)} starts on {why.here.segments[0].starts_on}."
    return " ".join((starts, *why.standing_in, *why.rooms, _verdict(why)))


def why_here_rows(scenario: Scenario, why: WhyHere) -> list[tuple[str, str, str]]:
    """Slots; their cost, or the rules that they break; and what moves, or what these rules say."""
    possible = [place for place in why.others if place.possible]
    refused = [place for place in why.others if not place.possible]
    return [*_possible_rows(scenario, possible), *_impossible_rows(scenario, refused)]


def _verdict(why: WhyHere) -> str:
    if not why.others:
        return "There is no other slot."
    if any(place.possible for place in why.others):
        said = "Elsewhere:"
    elif any(place.possible is None for place in why.others):
        said = "Elsewhere no timetable was found; not every slot is settled:"
    elif all(place.breaks for place in why.others):
        said = "Every other slot breaks a rule:"
    else:
        said = "It can start in no other slot:"
    if why.broken:
        said = f"(This timetable itself breaks rules that must hold, in {counted(why.broken, 'place')}.) {said}"
    return said


def _possible_rows(scenario: Scenario, places: Sequence[OtherSlot]) -> Iterable[tuple[str, str, str]]:
    groups: dict[tuple[str, str], list[int]] = {}
    for place in places:
        groups.setdefault((_costs(place), _moves(place)), []).append(place.slot)
    for (cost, moves), slots in groups.items():
        yield slots_in_words(scenario, slots), cost, moves


def _costs(place: OtherSlot) -> str:
    further = place.further or 0
    if place.least and not further:
        return "costs the same"
    if not place.least and further <= 0:
        return "costs no more" if not further else f"costs at least {-further} less"
    words = f"{abs(further)} {'more' if further > 0 else 'less'}"
    return f"costs {words}" if place.least else f"costs at most {words}"


def _moves(place: OtherSlot) -> str:
    why = f"{', '.join(place.dearer)}; " if place.dearer else ""
    if not place.moved:
        return f"{why}nothing else moves"
    return f"{why}{'' if place.fewest else 'at most '}{counted(place.moved, 'other session')} must move"


def _impossible_rows(scenario: Scenario, places: Sequence[OtherSlot]) -> Iterable[tuple[str, str, str]]:
    groups: dict[tuple[str, str], list[int]] = {}
    for place in places:
        names = ", ".join(item.name for item in place.breaks if item.name != item.sentence)
        together = " To be given up together." if len(place.breaks) > 1 else ""
        text = " ".join(item.sentence for item in place.breaks) + together if place.breaks else place.reason
        groups.setdefault((names, text), []).append(place.slot)
    for (names, text), slots in sorted(groups.items(), key=lambda group: min(group[1])):
        yield slots_in_words(scenario, slots), names, text


def slots_in_words(programme: Programme, slots: Sequence[int]) -> str:
    """``Monday; Wednesday and Thursday at 15:00``: whole days, then single slots by their hours."""
    axis = programme.calendar.axis
    chosen: list[Slot] = [axis.slots[index] for index in sorted(slots)]
    days = list(dict.fromkeys(slot.day for slot in axis.slots))
    name = {day: programme.calendar.day_name(day) for day in days}
    whole = [name[day] for day in days if set(axis.by_day[day]) <= set(slots)]
    by_hour: dict[str, list[str]] = {}
    for slot in chosen:
        if name[slot.day] not in whole:
            by_hour.setdefault(show_clock(slot.opens), []).append(name[slot.day])
    words = [listed(whole)] if whole else []
    hours: dict[str, list[str]] = {}
    for hour, names in by_hour.items():
        hours.setdefault(listed(names), []).append(hour)
    words += [f"{names} at {listed(clocks)}" for names, clocks in hours.items()]
    return words[0] if len(words) == 1 else "; ".join(words)


def _print_rows(rows: Iterable[tuple[str, str, str]], screen: Screen) -> None:
    """Print three columns; the last is as wide as the rest of the screen."""
    table = list(rows)
    width = screen.console.width
    first = min(max((len(row[0]) for row in table), default=0), max(width // 3, 12))
    second = min(max((len(row[1]) for row in table), default=0), max(width // 4, 10))
    for name, *others in table:
        cells = [screen.text(name, "bold"), *map(screen.text, others)]
        screen.beside(cells, (first, second, max(width - first - second - 6, 16)), indent=2)


# --- what if ------------------------------------------------------------------------------------------------


def print_what_if(answer: WhatIf, few: Replan | None, path: str, console: Console) -> None:
    """Print the cost before and after, what moves, which rules change, and the new grid with changes marked.

    ``few``: an answer with the fewest moves, if it was searched for separately. ``path``: of the scenario.
    """
    screen = Screen(console)
    for wish in answer.wishes:
        screen.say(f"{wish.source}: {wish.describe(answer.changed)}")
    screen.say(_what_if_verdict(answer), "bold")
    timetable = answer.after.timetable
    if timetable is None:
        return
    if answer.before.timetable is not None and not answer.proved:
        screen.say("Not proved the least: more time (--time-limit) may find less.", "dim")
    if few is None:
        _print_rows(map(_change_row, answer.changes), screen)
    for move in answer.events:
        screen.say(move.sentence, indent=2)
    _print_rows([(price.name, f"{price.before} -> {price.after}", price.sentence) for price in answer.prices], screen)
    if answer.not_kept:
        screen.say(f"Not kept, as allowed: {', '.join(answer.not_kept)}.")
    if few is not None:
        _print_fewest(answer, few, path, screen)
    elif suits_a_grid(timetable):
        marked = {change.session for change in answer.changes}
        print_small_grid(answer.changed, timetable, screen, marked, indent=2)


def _what_if_verdict(answer: WhatIf) -> str:
    before, after, cost = answer.before, answer.after, answer.cost
    if after.timetable is None and after.reasons:
        return f"With this change side events cannot all be placed. {' '.join(after.reasons)}"
    if after.timetable is None:
        return "With this change no timetable keeps all rules." if answer.explanation else f"{after.sentence}."
    if before.timetable is None and before.status is not Status.INFEASIBLE:
        return f"Without the change nothing was found within the limit; with it a timetable costs {cost}."
    if before.timetable is None:
        return f"Impossible before; with this change it works, at a cost of {cost}."
    parts = [counted(len(answer.changes), "session")] if answer.changes else []
    parts += [counted(len(answer.events), "side event")] if answer.events else []
    changed = f"{listed(parts)} changed" if parts else ""
    if answer.days:
        moves = f"{moved_by(answer.days)}, {f'{changed} besides' if changed else 'otherwise unchanged'}"
    elif not changed and not answer.prices and before.cost == cost:
        return f"Nothing changes: the timetable stays, at a cost of {cost}."
    else:
        moves = changed or "nothing moves"
    price = "It costs the same" if before.cost == cost else f"It costs {cost} instead of {before.cost}"
    return f"{price}; {moves}."


def _change_row(change: Change) -> tuple[str, str, str]:
    before, after = change.before or "not held", change.after or "not held"
    if change.rooms is None:
        return change.title, before, f"now {after}"
    if before == after:
        return change.title, before, f"{change.rooms[0]} -> {change.rooms[1]}"
    return change.title, f"{before}, {change.rooms[0]}", f"now {after}, {change.rooms[1]}"


def _print_fewest(answer: WhatIf, few: Replan, path: str, screen: Screen) -> None:
    """Print the answer with the fewest moves, instead of the one that was solved from scratch."""
    from scheduler.explanation.whatif import changes_between

    screen.say("The new timetable was made from scratch: fewer moves may do.")
    timetable = few.outcome.timetable
    if timetable is None:
        command = f"schedule replan {shlex.quote(path)} --from out/{answer.scenario.name}.json"
        screen.say(
            "The fewest moves were not found in the time allowed. For them, write the change into "
            f"the scenario, then: {command} --time-limit 600"
        )
        return
    changes = changes_between(answer.scenario, answer.changed, answer.before.timetable, timetable)
    proof = "" if few.proved else " (not proved the fewest)"
    moved = f"{counted(len(changes), 'session')} changed"
    screen.say(f"With the fewest moves{proof} it costs {few.outcome.cost}; {moved}.", "bold")
    _print_rows(map(_change_row, changes), screen)


# --- prices -------------------------------------------------------------------------------------------------


def print_prices(prices: PriceList, console: Console) -> None:
    """Print what each rule and wish costs, which rules are implied, and how far each number may move."""
    screen = Screen(console)
    screen.say(prices_verdict(prices), "bold")
    _print_rows(price_rows(prices), screen)
    for line in free_lines(prices):
        screen.say(line)
    console.print()
    screen.say("How far the numbers may move:", "bold")
    for line in margin_lines(prices):
        screen.say(line, indent=2)
    if estimate := estimate_line(prices):
        screen.say(estimate, "bold")


def prices_verdict(prices: PriceList) -> str:
    """The cost of the best timetable, in points."""
    proved = prices.outcome.status is Status.OPTIMAL
    best = "The best timetable" if proved else "The best timetable that was found"
    return f"{best} costs {prices.outcome.cost}."


def price_rows(prices: PriceList) -> list[tuple[str, str, str]]:
    """The rules and wishes with a cost: name, points and sentence."""
    wishes = [(wish.name, f"costs {wish.cost}", f"{wish.sentence} (a wish)") for wish in prices.wishes if wish.cost]
    return [*(_dear(rule, cost) for rule in prices.rules if (cost := prices.costs(rule))), *wishes]


def _dear(rule: RulePrice, cost: int) -> tuple[str, str, str]:
    saves = f" Without it: {listed(rule.saves)} less." if rule.saves else ""
    return rule.member.name, f"costs {cost}", rule.member.sentence + saves


def free_lines(prices: PriceList) -> Iterator[str]:
    """The names of the rules and wishes without a cost, by reason."""
    free = [rule for rule in prices.rules if prices.costs(rule) == 0]
    lists = {
        "Cost nothing": [rule.member.name for rule in free if not rule.implied],
        "Follow from the other rules": [rule.member.name for rule in free if rule.implied],
        "Wishes that cost nothing": [wish.name for wish in prices.wishes if not wish.cost],
        "Not found out in the time allowed": [rule.member.name for rule in prices.rules if prices.costs(rule) is None],
    }
    yield from (f"{heading}: {', '.join(names)}." for heading, names in lists.items() if names)


def margin_lines(prices: PriceList) -> Iterator[str]:
    """How far each number may move; numbers with the same margin share a line."""
    groups: dict[str, list[Margin]] = {}
    for margin in sorted(prices.margins, key=lambda m: (m.nothing or 10**6, m.change or 10**6)):
        groups.setdefault(margin.sentence, []).append(margin)
    for sentence, margins in groups.items():
        same = [m for m in prices.margins if m.way == margins[0].way]
        words = [m.what for m in margins]
        if len(margins) == len(same) and len(same) > 1:
            whose = "length of any session" if margins[0].way == "longer" else "end of any day"
            words = [f"the {whose}{'' if all('presence' not in m.what for m in margins) else ' or presence'}"]
        each = ", each alone" if len(words) > 1 else ""
        yield f"{listed(words)}{each}: {sentence}."


def estimate_line(prices: PriceList) -> str:
    """The duration that matters most; empty where several matter equally."""
    estimate = prices.estimate
    lengths = [m for m in prices.margins if m.way == "longer"]
    if estimate is None or sum(m.sentence == estimate.sentence for m in lengths) != 1:
        return ""
    text = f"{estimate.what} is the estimate that matters most: {estimate.sentence}."
    return capital(text)


# --- ties ---------------------------------------------------------------------------------------------------


def print_ties(tied: Tied, console: Console) -> None:
    """Print how many timetables are equally good, where they differ, and which wish would decide."""
    screen = Screen(console)
    number = len(tied.timetables)
    screen.say(f"{ties_verdict(tied)}{' They differ in:' if number > 1 else ''}", "bold")
    for spread in tied.spreads:
        places = ", ".join(f"{where} ({count} of {number})" for where, count in spread.places)
        screen.say(f"{spread.title}: {places}", indent=2)
    if tied.preference is not None and tied.preference.ties.exact and tied.preference.ties.count < number:
        left = tied.preference.ties
        what = "settles it" if left.count == 1 else f"leaves {left.count}"
        screen.say(f"One more preference {what}: {tied.preference.sentence}")
        screen.say(f"- {tied.preference.yaml}", "dim", indent=2)


def ties_verdict(tied: Tied) -> str:
    """The number of equally good timetables."""
    number = len(tied.timetables)
    apart = ", side events aside" if tied.outcome.events_only is not None else ""
    if number > 1:
        return f"{'' if tied.exact else 'At least '}{number} timetables are equally good{apart}."
    rest = "and no other is as good" if tied.exact else "and whether another is as good was not found out in time"
    return f"One timetable is best, {rest}{apart}."
