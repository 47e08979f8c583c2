"""What the rules say, stated a second time from ``docs/rules.md``, over the cells of ``independent.world``.

``judged`` gives the penalty of a timetable, or None where a rule that must hold is broken. Each function below counts
the amount of one kind of rule in one timetable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from csv import DictReader
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import combinations, pairwise, permutations, product
from pathlib import Path
from zoneinfo import ZoneInfo

from independent.world import Data, Sitting, Slot, World, hours_of, length_of, minutes_of, monday_of

Table = dict[str, Sitting]
STATED: dict[str, Callable[[World, Data, Table], int]] = {}
"""The amount of a stated rule, by kind."""


def states(kind: str) -> Callable[[Callable[[World, Data, Table], int]], Callable[[World, Data, Table], int]]:
    """Registers the statement of a kind."""

    def register(function: Callable[[World, Data, Table], int]) -> Callable[[World, Data, Table], int]:
        STATED[kind] = function
        return function

    return register


def judged(world: World, table: Table) -> int | None:
    """Points of all rules together, or None where one without a weight is broken; the seats filled at least cost."""
    costs = [cost for _ in world.fillings() if (cost := _points(world, table)) is not None]
    return min(costs, default=None)


def _points(world: World, table: Table) -> int | None:
    points = 0
    for _, weight, amount in amounts(world, table):
        if weight is None and amount:
            return None
        points += (weight or 0) * amount
    return points


def amounts(world: World, table: Table) -> Iterator[tuple[str, int | None, int]]:
    """Kind, weight and amount of every rule, the standing ones last."""
    for rule in world.data.get("rules", ()):
        yield rule["rule"], rule.get("weight"), STATED[rule["rule"]](world, rule, table)
    for kind, statement in STANDING.items():
        yield kind, None, statement(world, table)
    yield "deputies", 1, sum(map(world.prices, world.sessions))
    yield "room_changes", 1, sum(map(world.moved, table.values()))


# --- helpers ----------------------------------------------------------------------------------------------------


def named(world: World, rule: Data) -> list[str]:
    """The sessions that a rule is about."""
    return world.work(*rule.get("of", ()))


def overlap(one: Sitting, other: Sitting) -> bool:
    """Whether both sit at some same minute."""
    return bool(set(one.cells) & set(other.cells))


def clash(one: Sitting, other: Sitting) -> bool:
    """Whether both sit in one room at some same minute."""
    return bool(one.places & other.places)


def share_slot(one: Sitting, other: Sitting) -> set[int]:
    """Slots in which both sit."""
    return {slot for slot, _ in one.cells} & {slot for slot, _ in other.cells}


def share_a_room(one: Sitting, other: Sitting) -> set[int]:
    """Slots in which both sit in one room."""
    return {slot for slot in share_slot(one, other) if one.room_in(slot) == other.room_in(slot)}


def days_of(world: World, sittings: list[Sitting]) -> set[object]:
    """The days on which any of them sits."""
    return {world.slots[slot].day for sitting in sittings for slot, _ in sitting.cells}


def by_body(world: World, sessions: list[str]) -> dict[str, list[str]]:
    """Sessions by the body under which they stand."""
    found: dict[str, list[str]] = {}
    for session in sessions:
        found.setdefault(world.body_of[session], []).append(session)
    return found


def cells_of_part(sitting: Sitting, part: tuple[int, int, int]) -> set[tuple[int, int]]:
    """The cells of what falls into one slot."""
    return {cell for cell in sitting.cells if cell[0] == part[0]}


# --- days, hours, slots -----------------------------------------------------------------------------------------


@states("not_on")
def not_on(world: World, rule: Data, table: Table) -> int:
    """One for each segment that shares a minute with the parts."""
    forbidden = set().union(*(world.meant(part) for part in rule["when"]))
    return sum(bool(cells_of_part(table[s], part) & forbidden) for s in named(world, rule) for part in table[s].parts)


@states("only_on")
def only_on(world: World, rule: Data, table: Table) -> int:
    """One for each segment that is not wholly inside the parts, taken together."""
    allowed = set().union(*(world.meant(part) for part in rule["when"]))
    return sum(not cells_of_part(table[s], part) <= allowed for s in named(world, rule) for part in table[s].parts)


@states("latest_hour")
def latest_hour(world: World, rule: Data, table: Table) -> int:
    """One for each segment that ends later; an hour before the first opening is that of the night, if one is there."""
    latest = minutes_of(rule["hour"])
    if min(slot.opens for slot in world.slots) >= latest and max(slot.closes for slot in world.slots) > 24 * 60:
        latest += 24 * 60
    return sum(end > latest for s in named(world, rule) for _, _, end in table[s].parts)


@states("earliest_hour")
def earliest_hour(world: World, rule: Data, table: Table) -> int:
    """One for each segment that starts earlier."""
    earliest = minutes_of(rule["hour"])
    return sum(start < earliest for s in named(world, rule) for _, start, _ in table[s].parts)


@states("within_slot")
def within_slot(world: World, rule: Data, table: Table) -> int:
    """One for each further slot."""
    return sum(len(table[s].parts) - 1 for s in named(world, rule))


@states("within_day")
def within_day(world: World, rule: Data, table: Table) -> int:
    """Each name for itself; one for each further day. Without names: each body."""
    names = rule.get("of") or list(world.bodies)
    days = [len(days_of(world, [table[s] for s in world.work(name)])) for name in names]
    return sum(max(0, number - 1) for number in days)


def half_days(world: World, sessions: list[str]) -> list[set[int]]:
    """The slots that are open to one of the sessions, by number, parted where an hour passes without one."""
    found: list[set[int]] = []
    before: Slot | None = None
    for slot in world.slots:
        if any(slot in world.own(session) for session in sessions):
            goes_on = before is not None and before.day == slot.day and slot.opens < before.closes + 60
            found = [*found[:-1], found[-1] | {slot.number}] if goes_on else [*found, {slot.number}]
            before = slot
    return found


@states("within_half_day")
def within_half_day(world: World, rule: Data, table: Table) -> int:
    """Each name for itself; one for each further half-day. Without names: each body."""
    amount = 0
    for name in rule.get("of") or list(world.bodies):
        work = world.work(name)
        taken = {cell[0] for session in work for cell in table[session].cells}
        amount += max(0, sum(bool(half & taken) for half in half_days(world, work)) - 1)
    return amount


@states("same_day")
def same_day(world: World, rule: Data, table: Table) -> int:
    """All together; one for each further day."""
    return max(0, len(days_of(world, [table[s] for s in named(world, rule)])) - 1)


def groups(world: World, rule: Data) -> list[list[str]]:
    """Each name for itself with all that belongs to it; without names each body with what stands under it alone."""
    if "of" in rule:
        return [world.work(name) for name in rule["of"]]
    return list(by_body(world, world.work()).values())


@states("daily_limit")
def daily_limit(world: World, rule: Data, table: Table) -> int:
    """One for each session of a day beyond the limit."""
    return sum(
        max(0, sum(day in days_of(world, [table[s]]) for s in sessions) - rule["at_most"])
        for sessions in groups(world, rule)
        for day in world.days
    )


@states("listed_order")
def listed_order(world: World, rule: Data, table: Table) -> int:
    """One for each session that starts before its neighbour in the list has ended."""
    pairs = [pair for sessions in groups(world, rule) for pair in pairwise(sessions)]
    return sum(table[then].first <= table[one].last for one, then in pairs)


@states("spread")
def spread(world: World, rule: Data, table: Table) -> int:
    """The most sessions of a day less the fewest, beyond one, over the days that rules which must hold leave open."""
    amount = 0
    for sessions in groups(world, rule):
        numbers = [
            sum(day in days_of(world, [table[s]]) for s in sessions)
            for day in world.days
            if any(
                _may_sit(world, s, room, cell)
                for s in sessions
                for room in world.rooms
                for slot in world.slots
                if slot.day == day
                for cell in world.cells([slot])
            )
        ]
        amount += max(0, max(numbers, default=0) - min(numbers, default=0) - 1)
    return amount


def in_line(world: World, rule: Data) -> list[str]:
    """The sessions in the order of the names, each once."""
    return list(dict.fromkeys(session for name in rule["of"] for session in world.work(name)))


@states("same_time")
def same_time(world: World, rule: Data, table: Table) -> int:
    """One for each session that does not start with the first."""
    first, *others = in_line(world, rule)
    return sum(table[s].first != table[first].first for s in others)


@states("adjacent")
def adjacent(world: World, rule: Data, table: Table) -> int:
    """One for each two neighbours that do not follow one another in time, or as asked in one room."""
    amount = 0
    for one, then in pairwise(in_line(world, rule)):
        ended = _since_first_day(world, table[one].last) + world.grain
        pause = _since_first_day(world, table[then].first) - ended
        apart = rule.get("same_room") == "true" and table[one].rooms[-1] != table[then].room
        amount += apart or not 0 <= pause <= length_of(rule["within"])
    return amount


@states("changeover")
def changeover(world: World, rule: Data, table: Table) -> int:
    """One for each pair in one room without so many minutes of the clock between any two of their cells."""
    amount = 0
    for one, other in combinations(named(world, rule), 2):
        if rule.get("same_body") == "false" and world.body_of[one] == world.body_of[other]:
            continue
        near = length_of(rule["at_least"]) + world.grain
        minutes = [[(room, _since_first_day(world, cell)) for room, cell in table[s].places] for s in (one, other)]
        amount += any(here == there and abs(a - b) < near for (here, a), (there, b) in product(*minutes))
    return amount


def _since_first_day(world: World, cell: tuple[int, int]) -> int:
    """Minutes of the clock from the first midnight to a cell."""
    return (world.slots[cell[0]].day - world.days[0]).days * 24 * 60 + cell[1]


@states("few_days")
def few_days(world: World, rule: Data, table: Table) -> int:
    """All together; one for each further day."""
    return max(0, len(days_of(world, [table[s] for s in named(world, rule)])) - rule["at_most"])


@states("not_first_or_last_day")
def not_first_or_last_day(world: World, rule: Data, table: Table) -> int:
    """One for each segment there."""
    edges = (world.days[0], world.days[-1])
    return sum(world.slots[slot].day in edges for s in named(world, rule) for slot, _, _ in table[s].parts)


@states("no_idle_slots")
def no_idle_slots(world: World, rule: Data, table: Table) -> int:
    """One for each slot that stays empty between the first and the last used; reserved ones do not count."""
    used = {slot for s in named(world, rule) for slot, _ in table[s].cells}
    return (
        sum(
            min(used) < slot.number < max(used) and slot.number not in used for slot in world.slots if not slot.reserved
        )
        if used
        else 0
    )


@states("early_finish")
def early_finish(world: World, rule: Data, table: Table) -> int:
    """One for each slot up to the last that is used beyond the fewest that could hold the work, reserved ones apart."""
    mine = named(world, rule)
    ends = max(table[s].last[0] for s in mine)
    return max(0, _not_reserved(world, ends) - _fewest_slots(world, mine))


def _not_reserved(world: World, last: int) -> int:
    return sum(not slot.reserved for slot in world.slots[: last + 1])


def _fewest_slots(world: World, sessions: list[str]) -> int:
    """The slots from the first that could hold the sessions, each whole and in a room that fits, if there is one."""
    everywhere = [world.sittings(s) for s in sessions]
    places = [[sitting for sitting in each if not unfit(world, sitting)] or each for each in everywhere]
    ends = [
        _not_reserved(world, max(sitting.last[0] for sitting in chosen))
        for chosen in product(*places)
        if not any(clash(a, b) for a, b in combinations(chosen, 2))
    ]
    return min(ends, default=len(world.slots))


@states("consecutive_slots")
def consecutive_slots(world: World, rule: Data, table: Table) -> int:
    """One for each body with a gap in the slots that its sessions may use."""
    amount = 0
    for sessions in by_body(world, named(world, rule)).values():
        usable = {slot.number for s in sessions for slot in world.own(s)}
        used = {slot for s in sessions for slot, _ in table[s].cells}
        amount += any(min(used) < slot < max(used) for slot in usable - used)
    return amount


@states("local_hours")
def local_hours(world: World, rule: Data, table: Table) -> int:
    """For each session that of its worst part; with ``per``, that of each part for each so much of it begun."""
    amount = 0
    for session in named(world, rule):
        zone = ZoneInfo(world.sessions[session].get("time_zone", "Europe/Zurich"))
        found = []
        for number, start, end in table[session].parts:
            slot = world.slots[number]
            hours = range(slot.opens, slot.closes, 15) if rule.get("by") == "slot" else range(start, end, 15)
            minutes = [minute for minute in hours if slot.works(minute)]
            bad = 0 if _inside(slot.day, minutes, zone, rule["suitable"]) else rule.get("small", 1)
            if bad and not _inside(slot.day, minutes, zone, rule["less_suitable"]):
                bad = rule.get("big", 10)
            lasts = _minutes_in(world, table[session], number)
            found.append(bad * -(-lasts // length_of(rule["per"])) if "per" in rule else bad)
        amount += sum(found) if "per" in rule else max(found)
    return amount


def _minutes_in(world: World, sitting: Sitting, slot: int) -> int:
    """The minutes for which it sits in a slot."""
    return world.grain * sum(number == slot for number, _ in sitting.cells)


def _inside(day: date, minutes: list[int], zone: ZoneInfo, band: str) -> bool:
    """Whether every quarter of an hour lies in the band at the clock of the zone; the band comes back every day."""
    opens, closes = hours_of(band)
    midnight = datetime.combine(day, time(), ZoneInfo("Europe/Zurich"))
    for minute in minutes:
        there = (midnight + timedelta(minutes=minute)).astimezone(zone)
        clock = there.hour * 60 + there.minute
        if not any(opens <= each < closes for each in (clock, clock + 24 * 60)):
            return False
    return True


@states("anchor")
def anchor(world: World, rule: Data, table: Table) -> int:
    """One for each session that starts at another time."""
    at, cells = minutes_of(rule["at"]), world.meant(rule["when"]) if "when" in rule else None
    return sum(
        (table[s].first[1] - at) % (24 * 60) != 0 or (cells is not None and table[s].first not in cells)
        for s in named(world, rule)
    )


@states("pin")
def pin(world: World, rule: Data, table: Table) -> int:
    """One for each session that starts or sits elsewhere."""
    amount = 0
    for sitting in (table[s] for s in named(world, rule)):
        elsewhere = "start" in rule and sitting.first not in world.meant(rule["start"])
        elsewhere |= "at" in rule and (sitting.first[1] - minutes_of(rule["at"])) % (24 * 60) != 0
        elsewhere |= "room" in rule and set(sitting.rooms) != {rule["room"]}
        amount += elsewhere
    return amount


# --- order and sequence -----------------------------------------------------------------------------------------


@states("order")
def order(world: World, rule: Data, table: Table) -> int:
    """One for each neighbouring pair of names of which some sessions are out of order."""
    gap = length_of(rule.get("gap", "0 min")) // world.grain
    amount = 0
    for first, then in pairwise(name for name in rule["of"] if world.work(name)):
        amount += any(
            not _in_order(world, table[a], table[b], gap, night=rule.get("night_between") == "true")
            for a in world.work(first)
            for b in world.work(then)
        )
    return amount


@states("days_apart")
def days_apart(world: World, rule: Data, table: Table) -> int:
    """One for each day too few between any two, and for each day too many between one and the next."""
    parts = [world.work(name) for name in rule["of"] if world.work(name)]
    if len(rule["of"]) == 1:
        parts = [[session] for session in parts[0]] if parts else []
    least, most = int(rule.get("at_least", 0)), rule.get("at_most")
    amount = 0
    for n, m in combinations(range(len(parts)), 2):
        both = {*parts[n]} & {*parts[m]}
        apart = [
            _days_from(world, min(d, e), max(d, e), working=rule.get("days") == "working")
            for d in _days_of(world, table, {*parts[n]} - both)
            for e in _days_of(world, table, {*parts[m]} - both)
        ]
        if not apart:
            continue
        found = min(apart)
        amount += max(0, least - found)
        if most is not None and m == n + 1:
            amount += max(0, found - int(most))
    return amount


def _days_of(world: World, table: Table, sessions: set[str]) -> set[date]:
    return {world.slots[slot].day for session in sessions for slot, _ in table[session].cells}


def _days_from(world: World, first: date, last: date, *, working: bool) -> int:
    """Days after the first, up to the last: all of them, or those from Monday to Friday and those of the series."""
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    return sum(not working or day.weekday() < 5 or day in world.days for day in days)


def _in_order(world: World, one: Sitting, other: Sitting, gap: int, *, night: bool) -> bool:
    """Whether the other starts after the one has ended, with so many of its own cells between them."""
    if one.last >= other.first:
        return False
    between = [cell for cell in world.cells(world.own(other.session)) if one.last < cell < other.first]
    apart = world.slots[other.first[0]].day > world.slots[one.last[0]].day
    return len(between) >= gap and (apart or not night)


@states("uninterrupted")
def uninterrupted(world: World, rule: Data, table: Table) -> int:
    """One for each block and other session that starts between the first and the last start of the block in a room."""
    names = rule.get("of") or list(world.bodies)
    blocks = [[name] for name in names if name in world.bodies]
    blocks.append([name for name in names if name not in world.bodies])
    amount = 0
    for block in (block for names in blocks if names and len(block := world.work(*names)) > 1):
        usable = {slot.number for s in block for slot in world.own(s)}
        days = [day for s in block for day in world.by_day(table[s])]
        for other in (table[s] for s in world.sessions if s not in block):
            spared = rule.get("allow_closed") == "true" and world.closed(other.session)
            if spared or not usable & {slot for slot, _ in other.cells}:
                continue
            beside = [([d.first for d in days if d.room == day.room], day.first) for day in world.by_day(other)]
            amount += any(starts and min(starts) < first < max(starts) for starts, first in beside)
    return amount


@states("few_slots")
def few_slots(world: World, rule: Data, table: Table) -> int:
    """One for each slot and room of a body beyond the fewest that its length needs, the longest taken first."""
    amount = 0
    for sessions in by_body(world, named(world, rule)).values():
        used = {(slot, room) for s in sessions for room, (slot, _) in table[s].places}
        lengths = [
            sum(any(_may_sit(world, s, room, cell) for s in sessions) for cell in world.cells([slot]))
            for slot in world.slots
            for room in world.rooms
        ]
        needed = sum(world.length(s) for s in sessions)
        if sum(lengths) < needed:  # it fits nowhere: slots and rooms count, without the rules
            lengths = [
                len(world.cells([slot]))
                for slot in world.slots
                for room in world.rooms
                if any(slot in world.own(s) and room in world.rooms_of(s) for s in sessions)
            ]
        left, fewest = needed, 0
        for length in sorted(lengths, reverse=True):
            fewest += left > 0 and length > 0
            left -= length
        amount += max(0, len(used) - fewest)
    return amount


CLOSING = ("earliest_hour", "latest_hour", "not_first_or_last_day", "not_on", "only_on", "room_unavailable")
"""The kinds that close minutes of a room to a session."""


def _may_sit(world: World, session: str, room: str, cell: tuple[int, int]) -> bool:
    """Whether no rule that must hold closes this minute of a room to a session."""
    slot = world.slots[cell[0]]
    if slot not in world.own(session) or room not in world.rooms_of(session):
        return False
    alone = Sitting(session, (room,), (cell,), world.grain)
    table = {session: alone}
    for rule in world.data["rules"]:
        must = rule["rule"] in CLOSING and "weight" not in rule and session in named(world, rule)
        if must and STATED[rule["rule"]](world, {**rule, "of": [session]}, table):
            return False
    if not _is_wish(world, "room_fit", session) and unfit(world, alone):
        return False
    return _is_wish(world, "officer_availability", session) or not segments_without(world, alone)


def _is_wish(world: World, kind: str, session: str) -> bool:
    """Whether a standing rule need not hold for a session: it is stated for it, and never as what must hold."""
    about = [rule for rule, mine in stated(world, kind) if session in mine]
    return bool(about) and all("weight" in rule for rule in about)


@states("last_in_week")
def last_in_week(world: World, rule: Data, table: Table) -> int:
    """One for each session of other work that has not ended when the work starts."""
    mine = named(world, rule)
    begins = min(table[s].first for s in mine)
    return sum(table[s].last >= begins for s in world.sessions if s not in mine)


@states("one_at_a_time")
def one_at_a_time(world: World, rule: Data, table: Table) -> int:
    """One for each pair of sessions that share a minute."""
    return sum(overlap(table[a], table[b]) for a, b in combinations(named(world, rule), 2))


@states("parallel_limit")
def parallel_limit(world: World, rule: Data, table: Table) -> int:
    """One for each session that, at some minute, is behind so many that started earlier or are named first."""
    return len(_too_many(named(world, rule), rule["at_most"], table))


@states("tag_limit")
def tag_limit(world: World, rule: Data, table: Table) -> int:
    """The same for the sessions of each tag."""
    tags = {s: world.sessions[s].get("tags", ()) for s in named(world, rule)}
    amount = 0
    for tag in rule.get("tags") or {tag for mine in tags.values() for tag in mine}:
        amount += len(_too_many([s for s in tags if tag in tags[s]], rule["at_most"], table))
    return amount


def _too_many(mine: list[str], most: int, table: Table) -> set[str]:
    found = set()
    for cell in {cell for s in mine for cell in table[s].cells}:
        sitting = sorted((s for s in mine if cell in table[s].cells), key=lambda s: (table[s].first, mine.index(s)))
        found |= set(sitting[most:])
    return found


# --- rooms ------------------------------------------------------------------------------------------------------


@states("room_clash")
def room_clash(world: World, rule: Data, table: Table) -> int:
    """One for each pair in one room at once."""
    return sum(clash(table[a], table[b]) for a, b in combinations(named(world, rule), 2))


def unfit(world: World, sitting: Sitting) -> bool:
    """Whether some room of it has too few seats, or not the equipment."""
    session, rooms = world.sessions[sitting.session], [world.room[name] for name in sitting.rooms]
    seats, wanted = session.get("attendance", 0), set(session.get("equipment", ()))
    small = any(room.get("capacity") is not None and seats > room["capacity"] for room in rooms)
    return small or not all(wanted <= set(room.get("equipment", ())) for room in rooms)


@states("smallest_room")
def smallest_room(world: World, rule: Data, table: Table) -> int:
    """The seats beyond those of the smallest room that it may use and that fits; not of rooms that say no number."""
    amount = 0
    for session in named(world, rule):
        seats = max((n for room in table[session].rooms if (n := world.room[room].get("capacity"))), default=None)
        fits = [s.room for s in world.sittings(session) if len(set(s.rooms)) == 1 and not unfit(world, s)]
        enough = [world.room[room]["capacity"] for room in fits if "capacity" in world.room[room]]
        if "attendance" in world.sessions[session] and seats is not None and enough:
            amount += -(-max(0, seats - min(enough)) // rule.get("per", 1))
    return amount


def others(world: World, rule: Data, together: Callable[[Sitting, Sitting], object], table: Table) -> int:
    """Pairs of sessions, one or both of them named, that are together."""
    mine = named(world, rule)
    pairs = [pair for pair in combinations(world.sessions, 2) if pair[0] in mine or pair[1] in mine]
    return sum(bool(together(table[one], table[other])) for one, other in pairs)


@states("whole_slot")
def whole_slot(world: World, rule: Data, table: Table) -> int:
    """One for each other session in a slot and room of a session named."""
    return others(world, rule, share_a_room, table)


@states("alone")
def alone(world: World, rule: Data, table: Table) -> int:
    """One for each other session that overlaps a session named."""
    return others(world, rule, overlap, table)


@states("room_fit")
def room_fit(world: World, rule: Data, table: Table) -> int:
    """One for each session in a room that does not fit."""
    return sum(unfit(world, table[s]) for s in named(world, rule))


@states("room_unavailable")
def room_unavailable(world: World, rule: Data, table: Table) -> int:
    """One for each segment in the room at a time that it cannot be had."""
    shut = set().union(*(world.meant(part) for part in rule["when"]))
    return sum(
        bool(cells_of_part(table[s], part) & shut)
        for s in named(world, rule)
        for part in table[s].parts
        if table[s].room_in(part[0]) == rule["room"]
    )


@states("few_rooms")
def few_rooms(world: World, rule: Data, table: Table) -> int:
    """One for each further room of a body, in all or on each day."""
    amount = 0
    for sessions in by_body(world, named(world, rule)).values():
        used: dict[object, set[str]] = {}
        for s in sessions:
            for room, (slot, _) in table[s].places:
                day = world.slots[slot].day if rule.get("per") == "day" else None
                used.setdefault(day, set()).add(room)
        amount += sum(max(0, len(rooms) - rule.get("at_most", 1)) for rooms in used.values())
    return amount


@states("one_body_per_room")
def one_body_per_room(world: World, rule: Data, table: Table) -> int:
    """One for each further body in a slot, or half-day, and room in which some of the work that has it sits."""
    holders: dict[frozenset[int], set[str]] = {}
    for session in named(world, rule):
        for kept in held(world, rule, session):
            holders.setdefault(frozenset(kept), set()).add(session)
    amount = 0
    for kept, mine in holders.items():
        for room in world.rooms:
            here = {s for s in world.sessions if any(r == room and c[0] in kept for r, c in table[s].places)}
            if mine & here:
                amount += len({world.body_of[s] for s in here}) - 1
    return amount


def held(world: World, rule: Data, session: str) -> list[set[int]]:
    """What a session can hold by a rule: each of its slots, or each of its half-days, as numbers of slots."""
    if rule.get("holds") == "half-day":
        return half_days(world, [session])
    return [{slot.number} for slot in world.own(session)]


@states("not_parallel_with_itself")
def not_parallel_with_itself(world: World, rule: Data, table: Table) -> int:
    """One for each further room of a body in a slot."""
    amount = 0
    for sessions in by_body(world, named(world, rule)).values():
        for slot in world.slots:
            rooms = {table[s].room_in(slot.number) for s in sessions} - {None}
            amount += max(0, len(rooms) - 1)
    return amount


@states("interpretation_load")
def interpretation_load(world: World, rule: Data, table: Table) -> int:
    """One for each room in a slot beyond what the teams can do at once, in a day and in a week."""
    held = {(slot, room) for s in named(world, rule) for room, (slot, _) in table[s].places}
    teams = rule.get("teams", 1)
    day = [world.slots[slot].day for slot, _ in held]
    week = [monday_of(each) for each in day]
    slots = [slot for slot, _ in held]
    limits = [(slots, teams), (day, teams * rule.get("meetings_per_day", 2))]
    if "meetings_per_week" in rule:
        limits.append((week, teams * rule["meetings_per_week"]))  # type: ignore[arg-type]
    return sum(max(0, periods.count(period) - most) for periods, most in limits for period in set(periods))


# --- people -----------------------------------------------------------------------------------------------------


@states("chairs_apart")
def chairs_apart(world: World, rule: Data, table: Table) -> int:
    """One for each slot and pair of rooms in which two bodies with a common officer sit."""
    bodies, amount = by_body(world, named(world, rule)), 0
    for one, other in combinations(bodies, 2):
        for slot in world.slots:
            mine, theirs = (
                [s for s in bodies[b] if slot.number in {c[0] for c in table[s].cells}] for b in (one, other)
            )
            pairs = {
                (table[a].room_in(slot.number), table[b].room_in(slot.number))
                for a in mine
                for b in theirs
                if world.chairing(a) & world.chairing(b)
            }
            amount += sum(here != there for here, there in pairs)
    return amount


@states("presenters_apart")
def presenters_apart(world: World, rule: Data, table: Table) -> int:
    """People who present in one and are wanted in another, which may be one that they chair for another body."""
    return _people_apart(world, rule, table, interests=False)


@states("attendees_apart")
def attendees_apart(world: World, rule: Data, table: Table) -> int:
    """People who want to be in one and in another, or present or chair there."""
    return _people_apart(world, rule, table, interests=True)


def _people_apart(world: World, rule: Data, table: Table, *, interests: bool) -> int:
    free, choices = _choices(world, named(world, rule)) if interests else (set(), {})
    amount = 0
    for one, other in combinations(named(world, rule), 2):
        bound = _wanted(world, one, other, interests, free) | _wanted(world, other, one, interests, free)
        if bound:
            times = len(bound) if rule.get("by") == "person" else 1
            amount += times * _missed(world, rule, table[one], table[other])
    return amount + sum(_missed_at_best(world, rule, table, person, items) for person, items in choices.items())


def _missed(world: World, rule: Data, a: Sitting, b: Sitting) -> int:
    """What one person misses who is wanted in both."""
    if rule["level"] == "slot":
        return len(share_slot(a, b) - share_a_room(a, b))
    shared = len(set(a.cells) & set(b.cells)) * world.grain
    return min(shared, 1) if "per" not in rule else -(-shared // length_of(rule["per"]))


def _choices(world: World, sessions: list[str]) -> tuple[set[tuple[str, str]], dict[str, list[list[str]]]]:
    """Who is free not to attend which session, because it is held again; and what each person chooses one of."""
    free: set[tuple[str, str]] = set()
    choices: dict[str, list[list[str]]] = {}
    for times in world.times(sessions):
        for person in set().union(*map(world.attending, times)):
            wanted = [time for time in times if person in world.attending(time)]
            needed = [time for time in times if person in world.serving(time) | world.presenting(time)]
            if needed:
                free |= {(person, time) for time in wanted if time not in needed}
            elif len(wanted) > 1:
                free |= {(person, time) for time in wanted}
                choices.setdefault(person, []).append(wanted)
    return free, choices


def _missed_at_best(world: World, rule: Data, table: Table, person: str, items: list[list[str]]) -> int:
    """What somebody misses because of what they attend at a time of their choice, by the best choice."""
    mine, sums = named(world, rule), []
    chosen_from = {time for times in items for time in times}
    unbound = {(person, time) for time in _dropped(world, mine, person)}
    for chosen in product(*items):
        there = [s for s in mine if s not in chosen_from or s in chosen]
        pairs = [pair for pair in combinations(there, 2) if set(pair) & set(chosen)]
        both = [
            (a, b)
            for a, b in pairs
            if person in _wanted(world, a, b, True, unbound) | _wanted(world, b, a, True, unbound)
        ]
        sums.append(sum(_missed(world, rule, table[a], table[b]) for a, b in both))
    return min(sums)


def _dropped(world: World, sessions: list[str], person: str) -> set[str]:
    """The times that somebody need not attend who must be at another time of the same."""
    return {
        time
        for times in world.times(sessions)
        for time in times
        if any(person in world.serving(t) | world.presenting(t) for t in times)
        and person not in world.serving(time) | world.presenting(time)
    }


def _wanted(world: World, one: str, other: str, interests: bool, free: set[tuple[str, str]]) -> set[str]:
    """The people who follow the one and are wanted in the other; ``free``: who need not attend what."""

    def follow(session: str) -> set[str]:
        people = world.attending(session) if interests else world.presenting(session)
        return {person for person in people if (person, session) not in free}

    there = follow(other) | (world.presenting(other) if interests else set())
    if world.body_of[one] != world.body_of[other]:
        there |= world.chairing(other)
    return follow(one) & there


def segments_without(world: World, sitting: Sitting) -> int:
    """The segments for which each person who must be there is away, counted for each of them."""
    needed = world.serving(sitting.session) | world.presenting(sitting.session)
    return sum(
        world.away(person, world.slots[slot].day, [minute for number, minute in sitting.cells if number == slot])
        for person in needed
        for slot, _, _ in sitting.parts
    )


@states("officer_availability")
def officer_availability(world: World, rule: Data, table: Table) -> int:
    """One for each segment and person who is away."""
    return sum(segments_without(world, table[s]) for s in named(world, rule))


def twice_at_once(world: World, table: Table, one: str, other: str) -> int:
    """The people who serve both, where these share a minute."""
    return len(world.serving(one) & world.serving(other)) if overlap(table[one], table[other]) else 0


@states("officer_double_booking")
def officer_double_booking(world: World, rule: Data, table: Table) -> int:
    """One for each person and pair of sessions that they serve at once."""
    return sum(twice_at_once(world, table, a, b) for a, b in combinations(named(world, rule), 2))


# --- what is repeated, and those who follow from afar ----------------------------------------------------------------


def too_early(table: Table, one: str, then: str) -> bool:
    """Whether the one has not ended before the other starts."""
    return table[then].first <= table[one].last


@states("repeats_in_order")
def repeats_in_order(world: World, rule: Data, table: Table) -> int:
    """One for each time that starts before the time before it has ended."""
    return sum(too_early(table, a, b) for times in world.times(named(world, rule)) for a, b in pairwise(times))


def repeats_that_must_follow(world: World) -> list[tuple[str, str]]:
    """Each time with the next: as the rule stands, and as rules without a weight state it."""
    standing = set(standing_pairs(world, "repeats_in_order"))
    found = [pair for times in world.times(world.sessions) for pair in pairwise(times) if pair in standing]
    for rule, _ in stated(world, "repeats_in_order"):
        if "weight" not in rule:
            found += [pair for times in world.times(named(world, rule)) for pair in pairwise(times)]
    return found


@states("nights_away")
def nights_away(world: World, rule: Data, table: Table) -> int:
    """Nights of each officer, or of a delegate who attends everything once, beyond those that cost nothing."""
    if world.data["meeting"]["format"] == "online":
        return 0
    mine = named(world, rule)
    people = {world.person(officer) for officer in rule["officers"]}
    followed = [[[s] for s in mine if person in world.serving(s)] for person in people]
    if not rule["officers"]:
        followed = [world.times(mine)]
    best = [min(_nights(world, [table[s] for s in chosen]) for chosen in product(*each)) for each in followed]
    return sum(max(0, nights - rule["at_most"]) for nights in best)


def _nights(world: World, sittings: list[Sitting]) -> int:
    days = sorted({world.slots[slot].day for sitting in sittings for slot, _ in sitting.cells})
    return sum((b - a).days for a, b in pairwise(days) if (b - a).days <= 4)


@states("remote_burden")
def remote_burden(world: World, rule: Data, table: Table) -> int:
    """Minutes at night of the region with most, on average over its States, each at the times that suit it best."""
    opens, closes = hours_of(rule.get("hours", "07:00-22:00"))
    day = frozenset(minute % 1440 for minute in range(opens, closes if closes > opens else closes + 1440))
    times, most = world.times(named(world, rule)), 0
    for region in rule["regions"]:
        zones = [place["zone"] for place in places() if place["region"] == region]
        nights = [sum(min(_at_night(world, table[s], zone, day) for s in each) for each in times) for zone in zones]
        most = max(most, -(-sum(nights) // len(nights)))
    return max(0, most - length_of(rule["at_most"]))


@cache
def places() -> list[dict[str, str]]:
    """The States Parties that come with the program."""
    lines = Path("scheduler/data/places.csv").read_text("utf-8").splitlines()
    return list(DictReader(line for line in lines if not line.startswith("#")))


def _at_night(world: World, sitting: Sitting, zone: str, day: frozenset[int]) -> int:
    return sum(_night_of_cell(world.slots[slot].day, minute, world.grain, zone, day) for slot, minute in sitting.cells)


@cache
def _night_of_cell(date_there: date, minute: int, length: int, zone: str, day: frozenset[int]) -> int:
    midnight, found = datetime.combine(date_there, time(), ZoneInfo("Europe/Zurich")), 0
    for each in range(minute, minute + length):
        here = (midnight + timedelta(minutes=each)).astimezone(ZoneInfo(zone))
        found += here.hour * 60 + here.minute not in day
    return found


# --- boundaries and rolling ----------------------------------------------------------------------------------------


def anchored(world: World) -> set[str]:
    """Sessions that an anchor holds, and must."""
    return {s for rule, sessions in stated(world, "anchor") if "weight" not in rule for s in sessions}


def clearings(world: World, session: str) -> list[int | None]:
    """What each rule that must hold says of the room around a closed session: minutes that clear it, or None."""
    return [
        length_of(rule["clearing"]) if "clearing" in rule else None
        for rule, sessions in stated(world, "restricted_access")
        if "weight" not in rule and session in sessions and world.closed(session)
    ]


def strictest(said: list[int | None]) -> int | None:
    """The longest time; None, by which no slot is shared, where one says so or nothing is said."""
    return None if None in said else max((minutes for minutes in said if minutes is not None), default=None)


def clearing(world: World, session: str) -> int | None:
    """Minutes that clear the room around a closed session."""
    return strictest(clearings(world, session))


def off_the_opening(world: World, sitting: Sitting) -> bool:
    """Whether a session without a fixed time does not start when its slot opens."""
    slot, minute = sitting.first
    return sitting.session not in anchored(world) and minute != world.slots[slot].opens


def starts_in_the_rest(world: World, rule: Data, table: Table, one: str, other: str) -> bool:
    """Whether another body starts in what a session leaves of its last slot, or half-day, in its room."""
    if world.body_of[one] == world.body_of[other] or {one, other} & anchored(world):
        return False
    if clearing(world, one) is not None or clearing(world, other) is not None:
        return False
    if table[one].rooms[-1] != table[other].room:
        return False
    kept = next(kept for kept in held(world, rule, one) if table[one].last[0] in kept)
    return table[other].first[0] in kept and table[other].first > table[one].last


@states("fixed_boundaries")
def fixed_boundaries(world: World, rule: Data, table: Table) -> int:
    """One for each session off the opening, and for each one that starts in the rest that another one keeps."""
    mine = named(world, rule)
    amount = sum(off_the_opening(world, table[s]) for s in mine)
    return amount + sum(starts_in_the_rest(world, rule, table, s, o) for s in mine for o in world.sessions if o != s)


@states("rolling")
def rolling(world: World, rule: Data, table: Table) -> int:
    """Must hold: one for each session that could have started earlier. With a weight: idle minutes of each room."""
    amount = 0
    for room in world.rooms:
        here = [day for s in named(world, rule) for day in world.by_day(table[s]) if day.room == room]
        if "weight" in rule:
            amount += _idle(world, here, [d for s in table.values() for d in world.by_day(s) if d.room == room])
        else:
            members = [sitting for sitting in here if sitting.session not in anchored(world)]
            starting = [m for m in members if m.first == table[m.session].first]
            amount += sum(_waits(world, k, members, table) for k in starting)
    return amount


def fixtures(world: World, table: Table, room: str) -> list[Sitting]:
    """What keeps its time in a room: hard anchors, and closed sessions that no rolling rule names."""
    rolls = {s for _, sessions in stated(world, "rolling") for s in sessions}
    held = [s for s in world.sessions if s in anchored(world) or (world.closed(s) and s not in rolls)]
    return [day for s in held for day in world.by_day(table[s]) if day.room == room]


def _waits(world: World, k: Sitting, members: list[Sitting], table: Table) -> bool:
    """Whether a member starts before its turn, or passes by a minute of its own at which it could stand."""
    slot, minute = k.first
    own = world.own(k.session)
    if world.slots[slot].reserved and minute == world.slots[slot].opens:
        return False
    usable = {each.number for each in own}
    earlier = [m for m in members if m.first < k.first and usable & {cell[0] for cell in m.cells}]
    ordered = [table[s].last for s in _ordered_before(world, k.session) if table[s].last < k.first]
    before = [*(m.last for m in earlier), *ordered]
    since = max([(slot, world.slots[slot].opens - 1), *before] if not earlier else before)
    fixed = [f for f in fixtures(world, table, k.room) if f.session != k.session]
    cells, length = world.cells(own), len(table[k.session].cells)
    for start in range(len(cells) - length + 1):
        stands = Sitting(k.session, (k.room,) * length, tuple(cells[start : start + length]), world.grain)
        if stands.first > since and _can_stand(world, stands, earlier, fixed):
            return stands.first < k.first or k.first <= since
    return k.first <= since


def _can_stand(world: World, k: Sitting, earlier: list[Sitting], fixed: list[Sitting]) -> bool:
    """Whether nothing that keeps its time is in the way, and audiences that differ do not meet."""
    if any(overlap(k, f) for f in fixed):
        return False
    return not any(_mix(world, {k.session: k, m.session: m}, k.session, m.session) for m in (*earlier, *fixed))


def _mix(world: World, table: Table, one: str, other: str) -> bool:
    """Whether two sessions of different audiences share a slot without the time to clear the room between them."""
    pause = strictest([*clearings(world, one), *clearings(world, other)])
    return shares_a_slot(world, table, one, other, pause)


def _ordered_before(world: World, session: str) -> list[str]:
    """Sessions that an order which must hold puts before it."""
    found: list[str] = []
    for rule, _ in stated(world, "order"):
        names = [name for name in rule["of"] if world.work(name)]
        for number, name in enumerate(names):
            if "weight" not in rule and session in world.work(name):
                found += [s for earlier in names[:number] for s in world.work(earlier)]
    for rule, _ in stated(world, "listed_order"):
        for sessions in groups(world, rule):
            if "weight" not in rule and session in sessions:
                found += sessions[: sessions.index(session)]
    return found + [first for first, then in repeats_that_must_follow(world) if then == session]


def _idle(world: World, here: list[Sitting], everybody: list[Sitting]) -> int:
    """Minutes from the opening of the slot in which the sequence begins to its end in which nobody of it sits."""
    if not here:
        return 0
    begins, ends = min(s.first[0] for s in here), max(s.last for s in here)
    rolls = {s.session for s in here}
    held = anchored(world)
    used = {c for s in everybody if s.session in rolls | held or world.closed(s.session) for c in s.cells}
    cells = world.cells([slot for slot in world.slots if not slot.reserved and slot.number >= begins])
    return world.grain * sum(cell <= ends and cell not in used for cell in cells)


# --- closed sessions --------------------------------------------------------------------------------------------


def closed_work(world: World, rule: Data) -> list[str]:
    """The sessions named; of no names: every closed one."""
    return named(world, rule) if rule.get("of") else [s for s in world.sessions if world.closed(s)]


def kept_out(world: World, closed: str, other: str) -> bool:
    """Whether somebody may attend the other whom the closed session keeps out."""
    return bool(world.admitted(other) - world.admitted(closed))


def shares_a_slot(world: World, table: Table, one: str, other: str, pause: int | None) -> bool:
    """Whether sessions of which one is closed to somebody of the other share a slot of a room; ``pause`` clears it."""
    a, b = table[one], table[other]
    if world.admitted(one) == world.admitted(other) or not share_a_room(a, b):
        return False
    between = [c for c in world.cells(world.slots) if a.last < c < b.first or b.last < c < a.first]
    return pause is None or overlap(a, b) or len(between) * world.grain < pause


@states("restricted_access")
def restricted_access(world: World, rule: Data, table: Table) -> int:
    """One for each pair of a closed session that is named and one for another audience that shares its slot."""
    closed = {s for s in named(world, rule) if world.closed(s)}
    pause = length_of(rule["clearing"]) if "clearing" in rule else None
    pairs = [pair for pair in combinations(world.sessions, 2) if closed & set(pair)]
    return sum(shares_a_slot(world, table, a, b, pause) for a, b in pairs)


@states("end_of_day")
def end_of_day(world: World, rule: Data, table: Table) -> int:
    """One for each session that has a part on the day after the closed one has ended there."""
    amount = 0
    for closed in closed_work(world, rule):
        slot, minute = table[closed].last
        for other in world.sessions:
            if other != closed and kept_out(world, closed, other):
                amount += any(
                    world.slots[number].day == world.slots[slot].day and start > minute
                    for number, start, _ in table[other].parts
                )
    return amount


@states("waiting_outside")
def waiting_outside(world: World, rule: Data, table: Table) -> int:
    """Minutes of closed sessions before a later part of the day that somebody whom they keep out may attend."""
    amount = 0
    for closed in (s for s in closed_work(world, rule) if world.closed(s)):
        others = [table[s] for s in world.sessions if s != closed and kept_out(world, closed, s)]
        for slot, _, end in table[closed].parts:
            day = world.slots[slot].day
            later = any(world.slots[n].day == day and begins >= end for o in others for n, begins, _ in o.parts)
            if later and not world.slots[slot].reserved:
                amount += _minutes_in(world, table[closed], slot)
    return amount


# --- the rules that stand unless the scenario states their kind -------------------------------------------------


def stated(world: World, kind: str) -> list[tuple[Data, set[str]]]:
    """The stated rules of a kind, each with its sessions."""
    return [(rule, set(named(world, rule))) for rule in world.data.get("rules", ()) if rule["rule"] == kind]


def standing_pairs(world: World, kind: str) -> Iterator[tuple[str, str]]:
    """Pairs that lie wholly inside no stated rule of the kind."""
    covered = [sessions for _, sessions in stated(world, kind)]
    for one, other in combinations(world.sessions, 2):
        if not any({one, other} <= sessions for sessions in covered):
            yield one, other


def standing_sessions(world: World, kind: str) -> list[str]:
    """Sessions that no stated rule of the kind names."""
    covered = set().union(*(sessions for _, sessions in stated(world, kind)))
    return [session for session in world.sessions if session not in covered]


def _standing_room_clash(world: World, table: Table) -> int:
    return sum(clash(table[a], table[b]) for a, b in standing_pairs(world, "room_clash"))


def _standing_room_fit(world: World, table: Table) -> int:
    return sum(unfit(world, table[s]) for s in standing_sessions(world, "room_fit"))


def _standing_availability(world: World, table: Table) -> int:
    return sum(segments_without(world, table[s]) for s in standing_sessions(world, "officer_availability"))


def _standing_repeats(world: World, table: Table) -> int:
    pairs = set(standing_pairs(world, "repeats_in_order"))
    return sum(
        too_early(table, *pair) for times in world.times(world.sessions) for pair in pairwise(times) if pair in pairs
    )


def _standing_double_booking(world: World, table: Table) -> int:
    return sum(twice_at_once(world, table, a, b) for a, b in standing_pairs(world, "officer_double_booking"))


def _standing_access(world: World, table: Table) -> int:
    """A stated rule also takes over each pair with a closed session that it names."""
    theirs = {s for _, sessions in stated(world, "restricted_access") for s in sessions if world.closed(s)}
    pairs = [pair for pair in standing_pairs(world, "restricted_access") if not theirs & set(pair)]
    return sum(shares_a_slot(world, table, a, b, None) for a, b in pairs)


def _standing_boundaries(world: World, table: Table) -> int:
    """What ``rolling`` and a hard ``one_body_per_room`` name, and what ``starts`` says is free, may start within a slot
    and leave the rest to others.
    """
    instead = stated(world, "rolling")
    instead += [(rule, mine) for rule, mine in stated(world, "one_body_per_room") if "weight" not in rule]
    free = {s for s in world.sessions if world.said(s, "starts") == "anywhere"}
    free = free.union(*(mine for _, mine in instead))
    own = stated(world, "fixed_boundaries")
    covered = free.union(*(mine for _, mine in own))
    amount = sum(off_the_opening(world, table[s]) for s in world.sessions if s not in covered)
    for one, other in permutations(world.sessions, 2):
        if one not in free and not any({one, other} <= mine for _, mine in own):
            amount += starts_in_the_rest(world, {}, table, one, other)
    return amount


STANDING: dict[str, Callable[[World, Table], int]] = {
    "fixed_boundaries": _standing_boundaries,
    "officer_availability": _standing_availability,
    "officer_double_booking": _standing_double_booking,
    "repeats_in_order": _standing_repeats,
    "restricted_access": _standing_access,
    "room_clash": _standing_room_clash,
    "room_fit": _standing_room_fit,
}
