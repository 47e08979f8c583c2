"""Items: what a planner can give way on, one sentence each.

A rule of the scenario is an item, and so is what the planner wrote about people and audiences: "the Chair of WGTR is
away on Friday", "DIEF is closed". The calendar, the rooms and that a body is held are no items: they are background.

To give way on an item never tightens anything else. A rule is not deleted (without its rolling rule a body would get
fixed boundaries, which is stricter) but becomes a wish: the same rule with a weight, on whose anchors and order others
go on building. So a set of items that cannot
hold together stays impossible whatever is added to it, and ``keeping`` is the plain scenario of any set.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from constraints import KINDS
from constraints.officer_double_booking import OfficerDoubleBooking
from scheduler.altering import altered
from scheduler.domain.base import SessionId
from scheduler.domain.persons import Entry, Officer, as_subject
from scheduler.domain.when import Period, together_hold
from scheduler.reading.diagnostics import Loc
from scheduler.reading.yamltext import Document
from scheduler.rules.people_apart import who
from scheduler.rules.rule import GivenUp, Rule
from scheduler.scenario import Scenario
from scheduler.standing import part_of
from scheduler.wording import capital, counted, listed

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel

AND = ", and "
"""Between things to be done together: their sentences have an ``and`` of their own."""
WISH_WEIGHT = 100
"""Points per unit of violation of a rule that was given up: it is still kept where that is free."""

COSTS = {
    "pin": 5,
    "end_of_day": 10,
    "not_first_or_last_day": 12,
    "few_days": 15,
    "no_idle_slots": 15,
    "early_finish": 15,
    "uninterrupted": 15,
    "only_on": 20,
    "not_on": 20,
    "within_slot": 20,
    "within_day": 20,
    "order": 25,
    "last_in_week": 25,
    "rolling": 30,
    "fixed_boundaries": 30,
    "parallel_limit": 40,
    "anchor": 40,
    "latest_hour": 50,
    "earliest_hour": 50,
    "room_fit": 60,
    "officer_availability": 60,
    "officer_double_booking": 70,
    "interpretation_load": 80,
    "restricted_access": 90,
    "one_at_a_time": 100,
    "room_clash": 200,
}
"""What giving way costs, in points, where the planner has not said it with ``cost_to_waive``."""
OTHER_COST = 30
TOLD_BY_PERSON = "officer_availability"
"""This kind is told by absences also where it is stated: to give way on one frees the sessions of every such rule."""
SPLIT = frozenset(
    {"officer_availability", "officer_double_booking", "restricted_access", "fixed_boundaries", "room_fit"}
)
"""Standing rules that are told apart by what the planner wrote: by officer, by body, by session."""


@dataclass(frozen=True, slots=True)
class Atom:
    """The smallest thing to give way on; several that stand on one line of the file make one item."""

    id: str
    """Names it within its scenario, with or without a file: ``rules/plenary``, ``officers/chair/absent/0``."""
    name: str
    """What the planner calls it."""
    kind: str
    sentence: str
    source: str | None
    loc: Loc
    cost: int
    """Points for giving way."""
    post: Callable[[ScheduleModel, Enforcement], None]
    give_way: Callable[[Scenario], Scenario]
    waived: str
    """Giving way, as a planner would say it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One rule to the planner: what stands on one line of the file."""

    atoms: tuple[Atom, ...]
    file: str | None
    line: int | None

    @property
    def id(self) -> str:
        """The ids of its atoms."""
        return "+".join(atom.id for atom in self.atoms)

    @property
    def name(self) -> str:
        """What the planner calls it."""
        return ", ".join(dict.fromkeys(atom.name for atom in self.atoms))

    @property
    def sentence(self) -> str:
        """As it would be read out in the room."""
        return " ".join(dict.fromkeys(atom.sentence for atom in self.atoms))

    @property
    def waived(self) -> str:
        """Giving way, in words."""
        return AND.join(dict.fromkeys(atom.waived for atom in self.atoms))

    @property
    def source(self) -> str | None:
        """Whose rule it is."""
        return next((atom.source for atom in self.atoms if atom.source), None)

    @property
    def cost(self) -> int:
        """Points for giving way."""
        return max(atom.cost for atom in self.atoms)

    @property
    def place(self) -> str:
        """``csp11.yaml:31``; empty for a scenario that comes from no file."""
        return f"{self.file}:{self.line}" if self.line else ""

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Put it into a model; with an enforcement literal, void where that is false."""
        for atom in self.atoms:
            atom.post(model, enforcement)

    def give_way(self, scenario: Scenario) -> Scenario:
        """The scenario in which it need not hold."""
        for atom in self.atoms:
            scenario = atom.give_way(scenario)
        return scenario


def items_of(scenario: Scenario, document: Document | None = None) -> tuple[Item, ...]:
    """Everything hard that a planner can give way on, in the order of the file; atoms of one line together."""
    placed: dict[tuple[str | None, int | str], list[Atom]] = {}
    for atom in atoms_of(scenario):
        file, line = None, None
        if document is not None and _stands(document, atom.loc):
            where = document.diagnose(atom.loc, "")
            file, line = where.file.rpartition("/")[2], where.line
        placed.setdefault((file, atom.id if line is None else line), []).append(atom)
    return tuple(
        Item(tuple(atoms), file, line if isinstance(line, int) else None) for (file, line), atoms in placed.items()
    )


def _stands(document: Document, loc: Loc) -> bool:
    return document.resolve(loc)[:2] == loc[:2]


def background(scenario: Scenario) -> tuple[Rule, ...]:
    """Hard rules that are no items: those of rooms, which hold of themselves.

    So do the rests of slots that a stated ``fixed_boundaries`` leaves guarded against sessions that it does not name.
    """
    found = [rule for rule in scenario.standing if rule.rule not in SPLIT]
    for rule in scenario.standing:
        named = [s for s in rule.sessions(scenario) if rule.yields.names(s)]
        if rule.rule == "fixed_boundaries" and named:
            found.append(part_of(rule, named))
    return tuple(found)


def keeping(scenario: Scenario, items: Sequence[Item], kept: Collection[Item]) -> Scenario:
    """The plain scenario in which only the ``kept`` of its items must hold."""
    for item in items:
        if item not in kept:
            scenario = item.give_way(scenario)
    return scenario


def atoms_of(scenario: Scenario) -> Iterator[Atom]:
    """Rules of the scenario, then what it says about officers, audiences, boundaries and seats."""
    for index, rule in enumerate(scenario.rules):
        if rule.weight is None and rule.rule != TOLD_BY_PERSON:
            yield _written(scenario, rule, index)
    by_kind = {rule.rule: rule for rule in scenario.standing}
    bodies = {body.id: index for index, body in enumerate(scenario.bodies)}
    wanted = [rule for rule in scenario.all_rules if rule.rule == TOLD_BY_PERSON and rule.weight is None]
    if wanted:
        present = [s for s in scenario.sessions if any(s in rule.sessions(scenario) for rule in wanted)]
        families: dict[str, Sequence[Entry]] = {"officers": scenario.officers, "people": scenario.people or ()}
        for family, entries in families.items():
            for index, entry in enumerate(entries):
                person = scenario.person(own_name(entry))
                sessions = [s for s in present if person in scenario.needed(s)]
                if sessions and not (isinstance(entry, Officer) and entry.vacant):
                    yield from _presence(entry, (family, index), sessions)
    rule_ = by_kind.get("officer_double_booking")
    shared = len(scenario.rooms) > 1 or any(rule.rule == "room_clash" for rule in scenario.rules)
    if isinstance(rule_, OfficerDoubleBooking) and shared:
        pairs = rule_.pairs(scenario)
        for index, officer in enumerate(scenario.officers):
            if officer.id in pairs:
                yield _double(scenario, rule_, officer, ("officers", index), pairs[officer.id])
    if (rule_ := by_kind.get("restricted_access")) is not None:
        yield from _closed(scenario, rule_, bodies)
    if (rule_ := by_kind.get("fixed_boundaries")) is not None:
        yield from _boundaries(scenario, rule_, bodies)
    if (rule_ := by_kind.get("room_fit")) is not None:
        yield from _seats(scenario, rule_, bodies)


def _cost(kind: str, declared: int | None = None) -> int:
    return declared if declared is not None else COSTS.get(kind, OTHER_COST)


def _written(scenario: Scenario, rule: Rule, index: int) -> Atom:
    def give_way(changed: Scenario) -> Scenario:
        soft = rule.giving_up(GivenUp.STATED, WISH_WEIGHT)
        return changed.revised(rules=tuple(soft if other.name == rule.name else other for other in changed.rules))

    waived = f"give up '{rule.name}' ({rule.describe(scenario).rstrip('.')})"
    return Atom(
        f"rules/{rule.name}", rule.name, rule.rule, rule.describe(scenario), rule.source, ("rules", index),
        _cost(rule.rule, rule.cost_to_waive), rule.post, give_way, waived,
    )  # fmt: skip


def own_name(entry: Entry) -> str:
    """What names an entry: its id, or else its name."""
    return entry.id if isinstance(entry, Officer) else entry.key


def _presence(officer: Entry, loc: Loc, sessions: list[SessionId]) -> Iterator[Atom]:
    """Each absence of somebody; and what is left when they are here only at certain times."""
    family, own = str(loc[0]), own_name(officer)

    def changed_officer(**changes: Callable[[Entry], object]) -> Callable[[Scenario], Scenario]:
        def changed_entry(entry: Entry) -> Entry:
            new = {name: change(entry) for name, change in changes.items()}
            return altered(entry, **new) if own_name(entry) == own else entry

        def give_way(changed: Scenario) -> Scenario:
            return changed.revised(**{family: tuple(map(changed_entry, getattr(changed, family)))})

        return give_way

    for period in dict.fromkeys(officer.absent):
        number = officer.absent.index(period)

        def away(model: ScheduleModel, enforcement: Enforcement, period: Period = period) -> None:
            for session in sessions:
                here = model.where(
                    session, lambda segments: not any(period.meets(s.day, s.start, s.end) for s in segments)
                )
                model.clause(here, unless=() if enforcement is None else (~enforcement,))

        yield Atom(
            f"{family}/{own}/absent/{number}", own, "officer_availability",
            f"{as_subject(capital(who(officer)))} is away {period.spoken}.", officer.source, (*loc, "absent", number),
            _cost("officer_availability"), away,
            changed_officer(absent=_without(period)),
            f"hold it without {who(officer)}, who is away {period.spoken}",
        )  # fmt: skip
    if officer.present:

        def here_only(model: ScheduleModel, enforcement: Enforcement) -> None:
            for session in sessions:
                here = model.where(
                    session,
                    lambda segments: all(together_hold(officer.present, s.day, s.start, s.end) for s in segments),
                )
                model.clause(here, unless=() if enforcement is None else (~enforcement,))

        times = listed([period.spoken for period in officer.present])
        yield Atom(
            f"{family}/{own}/present", own, "officer_availability",
            f"{as_subject(capital(who(officer)))} is here only {times}.", officer.source, (*loc, "present"),
            _cost("officer_availability"), here_only, changed_officer(present=lambda _: ()),
            f"hold it without {who(officer)}, who is here only {times}",
        )  # fmt: skip


def _without(period: Period) -> Callable[[Entry], tuple[Period, ...]]:
    return lambda officer: tuple(p for p in officer.absent if p != period)


def _softened(rule: Rule, name: str, of: Sequence[SessionId]) -> Callable[[Scenario], Scenario]:
    """The standing rule, written as a wish for the work named, so that it is no longer standing for it."""

    def give_way(scenario: Scenario) -> Scenario:
        wish = KINDS[rule.rule](rule=rule.rule, id=name, of=tuple(of), source="given up")
        return scenario.revised(rules=(*scenario.rules, wish.giving_up(GivenUp.STANDING, WISH_WEIGHT)))

    return give_way


def _posted(rule: Rule, of: Sequence[SessionId]) -> Callable[[ScheduleModel, Enforcement], None]:
    return part_of(rule, of).post


def _double(
    scenario: Scenario, rule: Rule, officer: Officer, loc: Loc, pairs: Sequence[tuple[SessionId, SessionId]]
) -> Atom:
    """An officer serves one session at a time; giving way: a deputy, away at the same times, for each further one."""
    served = [session for session in scenario.sessions if any(session in pair for pair in pairs)]

    def post(model: ScheduleModel, enforcement: Enforcement) -> None:
        for one, other in pairs:
            model.clause(model.apart(one, other), unless=() if enforcement is None else (~enforcement,))

    person = officer.id
    posts = {o.id for o in scenario.officers if scenario.person(o.id) == person}

    def give_way(changed: Scenario) -> Scenario:
        """Deputies for all that is said of the person, so that they are away at the same times."""
        further: list[Officer] = []
        standing_in: dict[SessionId, list[str]] = {}
        for number, session in enumerate(served[1:], 1):
            for entry in changed.persons.entries[person]:
                name = f"{own_name(entry)}-deputy-{number}"
                post = f"Deputy of {entry.post if isinstance(entry, Officer) else entry.title}"
                further.append(Officer.model_construct(id=name, post=post, present=entry.present, absent=entry.absent))
                standing_in.setdefault(session, []).append(name)
        bodies = []
        for body in changed.bodies:
            sessions = []
            for each in body.sessions:
                mine = [o for o in (*body.officers, *each.officers) if o in posts]
                instead = standing_in.get(SessionId(each.id), mine) if mine else []
                others = [o for o in each.officers if o not in posts]
                sessions.append(altered(each, officers=tuple(dict.fromkeys((*others, *instead)))))
            left = tuple(o for o in body.officers if o not in posts)
            bodies.append(altered(body, officers=left, sessions=tuple(sessions)))
        return changed.revised(bodies=tuple(bodies), officers=(*changed.officers, *further))

    titles = listed([scenario.title(session) for session in served])
    called = who(officer) if len(posts) == 1 else scenario.persons.title(person)
    return Atom(
        f"officers/{officer.id}/at-once", officer.id, rule.rule,
        f"{as_subject(capital(called))} serves {titles}, one at a time.", officer.source, (*loc, "id"),
        _cost(rule.rule), post, give_way, f"appoint a deputy for {called}",
    )  # fmt: skip


def _closed(scenario: Scenario, rule: Rule, bodies: dict[str, int]) -> Iterator[Atom]:
    """Each restriction of access, where it was written: on a body, or on a session."""
    owned: dict[tuple[str, Loc, str | None], list[SessionId]] = {}
    for session in rule.sessions(scenario):
        if not scenario.restricted(session) or rule.yields.names(session):
            continue
        body = scenario.body_of[session]
        if scenario.sessions[session].access is not None:
            number = [s.id for s in body.sessions].index(session)
            loc: Loc = ("bodies", bodies[body.id], "sessions", number, "access")
            owned.setdefault((session, loc, scenario.sessions[session].source), []).append(session)
            continue
        while body.access is None and body.parent:
            body = scenario.body[body.parent]
        owned.setdefault((body.id, ("bodies", bodies[body.id], "access"), body.source), []).append(session)
    for (work, loc, source), sessions in owned.items():
        name = scenario.name_of(work)
        yield Atom(
            f"access/{work}", f"{work} closed", rule.rule,
            f"{name} is closed: it shares no slot with a session for another audience.", source, loc,
            _cost(rule.rule), _posted(rule, sessions), _softened(rule, f"shared-{work}", sessions),
            f"let {name} share a slot with sessions for another audience",
        )  # fmt: skip


def _boundaries(scenario: Scenario, rule: Rule, bodies: dict[str, int]) -> Iterator[Atom]:
    """Bodies that no rolling rule names."""
    named = {s for s in rule.sessions(scenario) if not rule.yields.names(s)}
    for body in scenario.bodies:
        sessions = [SessionId(s.id) for s in body.sessions if s.id in named and s.id not in scenario.anchored]
        if sessions:
            name = scenario.name_of(body.id)
            yield Atom(
                f"boundaries/{body.id}", f"{body.id} fixed slots", rule.rule,
                f"{name}, held on no rolling basis, starts when a slot opens and keeps the rest of its last slot.",
                "standing rule", ("bodies", bodies[body.id]), _cost(rule.rule), _posted(rule, sessions),
                _softened(rule, f"free-{body.id}", sessions), f"let {name} start at any time within a slot",
            )  # fmt: skip


def _seats(scenario: Scenario, rule: Rule, bodies: dict[str, int]) -> Iterator[Atom]:
    """Sessions that do not fit every room they may sit in."""
    for session in rule.sessions(scenario):
        needs = scenario.sessions[session]
        short = [
            room for room in map(scenario.room.__getitem__, scenario.rooms_of(session))
            if (needs.attendance or 0) > (room.capacity or 10**9) or set(needs.equipment) - set(room.equipment)
        ]  # fmt: skip
        if not short:
            continue
        body = scenario.body_of[session]
        number = [s.id for s in body.sessions].index(session)
        key = "attendance" if needs.attendance else "equipment"
        wants = [counted(needs.attendance, "seat")] if needs.attendance else []
        yield Atom(
            f"seats/{session}", f"{session} room", rule.rule,
            f"{scenario.title(session)} needs {listed([*wants, *needs.equipment])}.", needs.source,
            ("bodies", bodies[body.id], "sessions", number, key), _cost(rule.rule), _posted(rule, [session]),
            _softened(rule, f"any-room-{session}", [session]), f"let {scenario.title(session)} sit in any room",
        )  # fmt: skip


def cheapest_first(items: Iterable[Item]) -> list[Item]:
    """By what giving way costs, then by place in the file."""
    return sorted(items, key=lambda item: (item.cost, item.line or 0, item.id))
