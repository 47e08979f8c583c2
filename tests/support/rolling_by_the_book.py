"""What "on a rolling basis" means, stated a second time: from the words of ``docs/rules.md``, cell by cell.

Nothing of the project is used to judge a timetable. A *cell* is one step of half an hour of a slot; sessions are sets
of cells in a room, and every timetable of a small programme is gone through.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

STEP = 30
"""Minutes of a cell."""
DAYS = ("2027-02-23", "2027-02-24")
Places = dict[str, tuple[str, tuple[int, ...]]]
"""For each session its room and its cells."""


@dataclass
class Work:
    """A session of so many cells."""

    cells: int
    access: tuple[str, ...] = ()
    """The audiences admitted; all when empty."""
    rooms: tuple[str, ...] = ("hall",)
    at: int | None = None
    """The cell, counted from the opening of any slot, at which an anchor holds it."""
    anchor_weight: int | None = None
    rolling: bool = True
    suspends: tuple[str, ...] = ()
    """Fixtures for which it stops and after which it goes on."""


@dataclass
class Slot:
    """A slot of so many cells, perhaps reserved for some sessions."""

    day: str
    opens: int
    """Minutes after midnight."""
    cells: int
    reserved: frozenset[str] = frozenset()
    pause: int | None = None
    """The number of cells before a break as long as a cell, in which nobody sits and which is none."""

    def clock(self, cell: int) -> int:
        """When one of its cells begins."""
        return self.opens + (cell + (self.pause is not None and cell >= self.pause)) * STEP

    @property
    def closes(self) -> int:
        """When the last of its cells ends."""
        return self.clock(self.cells - 1) + STEP


@dataclass
class Book:
    """A small programme."""

    slots: list[Slot]
    work: dict[str, Work]
    clearing: int | None
    """Cells."""
    orders: list[tuple[str, str, int | None]] = field(default_factory=list)
    """Who comes before whom, and the weight of a wish."""
    weight: int | None = None
    """Of the rolling rule."""
    avoid: list[tuple[str, int, int]] = field(default_factory=list)
    """A session, a slot that it had better not touch, and what it costs."""

    def __post_init__(self) -> None:
        self.slot_of = [number for number, slot in enumerate(self.slots) for _ in range(slot.cells)]
        self.opening = [self.slot_of.index(number) for number in range(len(self.slots))]

    # --- the programme in the project's words ----------------------------------------------------------------

    def data(self) -> dict[str, Any]:
        """As a scenario."""
        days = [{"date": day, "slots": [self._hours(s) for s in self.slots if s.day == day]} for day in DAYS]
        rules: list[dict[str, Any]] = [{"rule": "rolling", "of": [n for n, w in self.work.items() if w.rolling]}]
        if self.weight:
            rules[0]["weight"] = self.weight
        if self.clearing is not None:
            rules.append({"rule": "restricted_access", "clearing": self.clearing * STEP})
        for name, work in self.work.items():
            if work.at is not None:
                rules.append({"rule": "anchor", "of": [name], "at": self._clock(name), "weight": work.anchor_weight})
        for first, then, weight in self.orders:
            rules.append({"rule": "order", "of": [first, then], "weight": weight})
        for name, slot, weight in self.avoid:
            rules.append({"rule": "not_on", "of": [name], "when": [self._part(slot)], "weight": weight})
        sessions = [self._session(name, work) for name, work in self.work.items()]
        return {
            "name": "by-the-book",
            "meeting": {"series": "Book", "annex_title": "BOOK"},
            "calendar": {"days": [day for day in days if day["slots"]], "grain": STEP, "breaks": self._breaks()},
            "audiences": [{"id": name, "name": name} for name in ("states", "observers", "public")],
            "rooms": [{"id": room} for room in ("hall", "annexe")],
            "bodies": [{"id": "WG", "sessions": sessions}],
            "rules": rules,
        }

    def _hours(self, slot: Slot) -> dict[str, Any]:
        hours = {"opens": slot.opens, "closes": slot.closes}
        return hours | ({"reserved_for": sorted(slot.reserved)} if slot.reserved else {})

    def _breaks(self) -> list[dict[str, Any]]:
        found = [(slot, slot.clock(slot.pause) - STEP) for slot in self.slots if slot.pause is not None]
        return [{"hours": _hours_in_words(first, first + STEP), "days": [slot.day]} for slot, first in found]

    def _session(self, name: str, work: Work) -> dict[str, Any]:
        written: dict[str, Any] = {"id": name, "duration": work.cells * STEP, "rooms": list(work.rooms)}
        written |= {"access": list(work.access)} if work.access else {}
        return written | ({"suspends_for": list(work.suspends)} if work.suspends else {})

    def _clock(self, name: str) -> int:
        return self.slots[0].opens + (self.work[name].at or 0) * STEP

    def _part(self, number: int) -> str:
        slot = self.slots[number]
        return f"{slot.day} {_hours_in_words(slot.opens, slot.closes)}"

    # --- the words -------------------------------------------------------------------------------------------

    def own(self, name: str) -> list[int]:
        """Cells that a session may use."""
        return [c for c, s in enumerate(self.slot_of) if not self.slots[s].reserved or name in self.slots[s].reserved]

    def sitting(self, name: str, start: int, closed: frozenset[int] = frozenset()) -> tuple[int, ...] | None:
        """The cells of a session that starts at one: it goes on in its own slots, past those closed, until it ends."""
        cells = tuple(c for c in self.own(name) if c >= start and c not in closed)[: self.work[name].cells]
        return cells if cells and cells[0] == start and len(cells) == self.work[name].cells else None

    def fixture(self, name: str) -> bool:
        """Whether it stays where it is: anchored, or closed and in no sequence."""
        return self.anchored(name) or bool(self.work[name].access and not self.work[name].rolling)

    def gives_way(self, name: str, other: str, cells: tuple[int, ...]) -> bool:
        """Whether it is suspended for the other, which sits there: at its time, where it is anchored."""
        if self.fixture(name) or other not in self.work[name].suspends or not self.fixture(other):
            return False
        return not self.anchored(other) or self.on_time(other, cells)

    def closed_to(self, name: str, room: str, places: Places) -> frozenset[int]:
        """The cells in which it is suspended in a room: those that keep it from sitting beside the fixtures there."""
        return frozenset(
            c
            for other, (where, cells) in places.items()
            if where == room and self.gives_way(name, other, cells)
            for c in range(len(self.slot_of))
            if c in cells or (self.strangers(name, other) and any(self._too_near(c, d) for d in cells))
        )

    def _too_near(self, one: int, other: int) -> bool:
        """Whether two cells share a slot without the time to clear the room between."""
        same = self.slot_of[one] == self.slot_of[other]
        return same and (self.clearing is None or abs(one - other) - 1 < self.clearing)

    def strangers(self, one: str, other: str) -> bool:
        """Whether the two admit different audiences."""
        return set(self.work[one].access) != set(self.work[other].access)

    def anchored(self, name: str) -> bool:
        """Whether it must start at a fixed time."""
        return self.work[name].at is not None and self.work[name].anchor_weight is None

    def on_time(self, name: str, cells: tuple[int, ...]) -> bool:
        """Whether it starts when its anchor says."""
        slot = self.slot_of[cells[0]]
        return self.slots[slot].clock(cells[0] - self.opening[slot]) == self._clock(name)

    def fits_beside(self, one: str, cells: tuple[int, ...], other: str, others: tuple[int, ...]) -> bool:
        """Whether the two may sit so in one room: no cell twice; strangers in two slots, or cleared."""
        if set(cells) & set(others):
            return False
        if self._amid(one, cells, other, others) or self._amid(other, others, one, cells):
            return False
        if not self.strangers(one, other):
            return True
        for a in cells:
            for b in others:
                if self._too_near(a, b):
                    return False
        return True

    def _amid(self, outer: str, cells: tuple[int, ...], inner: str, others: tuple[int, ...]) -> bool:
        """Whether somebody sits between the first and the last cell of a session that does not give way to them."""
        own = set(self.own(outer))
        return not self.gives_way(outer, inner, others) and any(cells[0] < c < cells[-1] and c in own for c in others)

    def rolls(self, places: Places) -> bool:
        """Whether nobody waits who could already sit in the room."""
        members = [n for n in places if self.work[n].rolling and not self.anchored(n)]
        fixtures = [n for n in places if self.fixture(n)]
        for name in members:
            room, cells = places[name]
            start, own = cells[0], set(self.own(name))
            slot = self.slot_of[start]
            if name in self.slots[slot].reserved and start == self.opening[slot]:
                continue
            before = [
                other
                for other in members
                if places[other][0] == room and places[other][1][0] < start and own & self._slots_of(places[other][1])
            ]
            turn = max((places[other][1][-1] + 1 for other in before), default=self.opening[slot])
            if start < turn:
                return False
            told = [first for first, then, weight in self.orders if then == name and weight is None]
            turn = max([turn, *(places[other][1][-1] + 1 for other in told)])
            around = before + [other for other in fixtures if places[other][0] == room]
            for minute in range(turn, start):
                instead = self.sitting(name, minute, self.closed_to(name, room, places))
                if instead and all(self.fits_beside(name, instead, other, places[other][1]) for other in around):
                    return False
        return True

    def _slots_of(self, cells: tuple[int, ...]) -> set[int]:
        """Every cell of the slots that are touched."""
        touched = {self.slot_of[c] for c in cells}
        return {c for c, slot in enumerate(self.slot_of) if slot in touched}

    def idle(self, places: Places) -> int:
        """Cells of the common slots in which a room that somebody of the sequence uses is empty."""
        count = 0
        for room in ("hall", "annexe"):
            mine = [cells for n, (where, cells) in places.items() if where == room and self.work[n].rolling]
            if not mine:
                continue
            others = [
                cells
                for n, (where, cells) in places.items()
                if where == room and (self.work[n].access or self.anchored(n))
            ]
            taken = {c for cells in (*mine, *others) for c in cells}
            first = self.opening[self.slot_of[min(c[0] for c in mine)]]
            last = max(c[-1] for c in mine)
            common = [c for c in range(first, last + 1) if not self.slots[self.slot_of[c]].reserved]
            count += sum(c not in taken for c in common)
        return count

    def cost(self, places: Places) -> int:
        """Points."""
        wishes = sum(w * self._stretches(places[n][1], slot) for n, slot, w in self.avoid)
        for name, work in self.work.items():
            if work.at is not None and work.anchor_weight and not self.on_time(name, places[name][1]):
                wishes += work.anchor_weight
        for first, then, weight in self.orders:
            if weight and places[first][1][-1] >= places[then][1][0]:
                wishes += weight
        return wishes + (self.weight or 0) * STEP * self.idle(places)

    def _stretches(self, cells: tuple[int, ...], slot: int) -> int:
        """In how many stretches somebody sits in a slot."""
        here = {c for c in cells if self.slot_of[c] == slot}
        return sum(c - 1 not in here for c in here)

    def keeps(self, places: Places) -> bool:
        """Whether every hard rule is kept."""
        names = list(places)
        pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :] if places[a][0] == places[b][0]]
        return (
            all(self._alone(name, places[name][1]) for name in names)
            and all(self.fits_beside(a, places[a][1], b, places[b][1]) for a, b in pairs)
            and all(w or places[a][1][-1] < places[b][1][0] for a, b, w in self.orders)
            and (bool(self.weight) or self.rolls(places))
        )

    def _alone(self, name: str, cells: tuple[int, ...]) -> bool:
        """An anchor keeps its time; what is in no sequence starts when a slot opens."""
        if self.anchored(name):
            return self.on_time(name, cells)
        return self.work[name].rolling or cells[0] in self.opening

    def anywhere(self, name: str, places: Places | None = None) -> list[tuple[str, tuple[int, ...]]]:
        """Every place of a session, while fixtures are placed so."""
        return [
            (room, cells)
            for room in self.work[name].rooms
            for start in range(len(self.slot_of))
            if (cells := self.sitting(name, start, self.closed_to(name, room, places or {})))
        ]

    @property
    def fixtures_first(self) -> list[str]:
        """Everybody."""
        return sorted(self.work, key=lambda name: not self.fixture(name))

    def timetables(self) -> Iterator[Places]:
        """All that keep the hard rules."""
        names = self.fixtures_first

        def further(places: Places) -> Iterator[Places]:
            if len(places) == len(names):
                if self.keeps(places):
                    yield {name: places[name] for name in self.work}
                return
            name = names[len(places)]
            for room, cells in self.anywhere(name, places):
                if self._alone(name, cells) and all(
                    room != where or self.fits_beside(name, cells, other, sat) for other, (where, sat) in places.items()
                ):
                    yield from further({**places, name: (room, cells)})

        yield from further({})


def draw(rng: Random) -> Book:
    """A programme of two to four members and none to two fixtures, in one or two rooms."""
    slots = []
    for day in DAYS[: rng.choice((1, 2, 2))]:
        clock = 600
        for _ in range(rng.choice((1, 2, 2, 3))):
            length = rng.choice((2, 3, 4, 4))
            slots.append(Slot(day, clock, length))
            clock += length * STEP + rng.choice((0, 60))
    members = [f"m{n}" for n in range(rng.choice((2, 2, 3, 3, 4)))]
    others = [f"f{n}" for n in range(rng.choice((0, 1, 1, 2, 2)))]
    rooms = rng.choice((("hall",), ("hall",), ("hall", "annexe")))
    work: dict[str, Work] = {}
    total = sum(slot.cells for slot in slots)
    longest = max(1, min(5, total * len(rooms) // (len(members) + len(others))))
    for name in members:
        work[name] = Work(rng.randint(1, longest), _access(rng, 0.3), _rooms(rng, rooms))
    for name in others:
        kind = rng.choice(("anchor", "anchor", "closed", "closed", "both", "wish", "member"))
        access = _access(rng, 1.0) if kind in ("closed", "both") else ()
        at = None if kind == "closed" else rng.randrange(3)
        weight = rng.choice((1, 3)) if kind == "wish" else None
        rolling = kind in ("wish", "member")
        work[name] = Work(rng.randint(1, 2), access, _rooms(rng, rooms), at, weight, rolling)
    if len(slots) > 2 and rng.random() < 0.35:
        slots[rng.randrange(1, len(slots))].reserved = frozenset(rng.sample(list(work), rng.choice((1, 1, 2))))
    orders = []
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        first, then = rng.sample(list(work), 2)
        if (then, first) not in [pair[:2] for pair in orders] and (first, then) not in [pair[:2] for pair in orders]:
            orders.append((first, then, rng.choice((None, None, None, 2))))
    avoid = [
        (rng.choice(list(work)), rng.randrange(len(slots)), rng.randint(1, 4)) for _ in range(rng.choice((1, 2, 3)))
    ]
    clearing = rng.choice((None, None, 0, 1, 1, 2))
    return Book(
        slots,
        work,
        clearing,
        orders,
        rng.choice((None, None, None, 1)),
        list(dict.fromkeys(avoid)),
    )


def draw_suspended(rng: Random) -> Book:
    """The same with fixtures, longer sessions, and members that are suspended for them."""
    book = draw(rng)
    fixtures = [name for name in book.work if book.fixture(name)]
    for name, work in book.work.items():
        if work.rolling and not book.anchored(name):
            work.cells += rng.choice((0, 0, 1, 2))
            work.suspends = tuple(f for f in fixtures if rng.random() < 0.8)
    return book


def add_breaks(rng: Random, book: Book) -> None:
    """Breaks in some slots, which therefore close later; none at a time at which somebody is anchored."""
    fixed = {book.slots[0].opens + work.at * STEP for work in book.work.values() if work.at is not None}
    later = dict.fromkeys(DAYS, 0)
    for slot in book.slots:
        slot.opens += later[slot.day]
        before = rng.choice((None, *range(1, slot.cells)))
        if before is not None and slot.opens + before * STEP not in fixed:
            slot.pause = before
            later[slot.day] += STEP


def _hours_in_words(first: int, last: int) -> str:
    return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in (first, last))


def _access(rng: Random, likely: float) -> tuple[str, ...]:
    return rng.choice((("states",), ("states",), ("states", "observers"))) if rng.random() < likely else ()


def _rooms(rng: Random, rooms: tuple[str, ...]) -> tuple[str, ...]:
    return rooms if rng.random() < 0.7 else (rng.choice(rooms),)
