"""Numbers that a planner could change, one step at a time: hours, days, lengths, and the numbers within rules.

A dial turns away from the scenario as written; each step changes more and costs more. Whether a step suffices is for
``repairs`` to ask.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from constraints.few_days import FewDays
from scheduler.altering import altered, hours_of, with_days, with_duration, with_hours, with_rule
from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Calendar, Day, SlotHours
from scheduler.domain.clock import show_clock, show_date, show_day, show_minutes, weekday, write_minutes
from scheduler.domain.persons import Entry, Officer
from scheduler.domain.programme import Body, Room
from scheduler.domain.when import PartOfCalendar, Period, parse_when, together_hold
from scheduler.explanation.items import Item
from scheduler.rules.people_apart import who
from scheduler.rules.rule import Rule
from scheduler.scenario import Scenario

STEP = 30
"""Minutes by which hours and lengths are changed, or the grain where that is finer."""
EARLIEST, LATEST = 8 * 60, 21 * 60
"""Clock times beyond which no slot is proposed."""
MOST_HOURS = 4
"""Steps of ``STEP`` by which hours are moved, at most: two hours."""
PER_MINUTE_SHORTER = 3
"""A session that is shortened by a little costs one point for so many minutes; cut down to nothing, twice as much."""
PER_MINUTE_LONGER = 4
"""A slot that is made longer costs one point for so many minutes, on each day."""
BREAK = 30
"""Minutes between the last slot of a day and an evening slot."""
EVENING = 18 * 60
"""No evening slot opens before."""
EVENING_COST = 40
"""Points for an evening slot, besides those for its length."""
FURTHER_ROOM = 120
"""Points for one room more."""
DEPUTY = 45
"""Points for somebody else at one session."""
FURTHER_DAY = 150
"""Points for one more day of meeting."""


@dataclass(frozen=True, slots=True)
class Step:
    """One position of a dial."""

    sentence: str
    """What to do, as a planner would say it."""
    cost: int
    scenario: Callable[[], Scenario]
    setting: str | None = None
    """The same as ``--set`` of ``schedule what-if`` takes it."""
    by_hand: str = ""
    """What to write into the scenario, where no option says it."""
    cut: int = 0
    """Minutes by which a session is shortened."""
    less: int = 0
    """The greatest cut below this one that a dial offers, in minutes."""


@dataclass(frozen=True, slots=True)
class Dial:
    """Steps by increasing cost; where ``ordered``, a later step suffices whenever an earlier one does."""

    family: str
    """Dials of one family change the same thing in different ways: only the cheapest is worth proposing."""
    steps: tuple[Step, ...]
    ordered: bool = True


def dials(scenario: Scenario, conflict: Sequence[Item], first: Sequence[SessionId] = ()) -> Iterator[Dial]:
    """Every number that may help: within the rules in conflict, then lengths (``first`` first), hours and days."""
    for item in conflict:
        for atom in item.atoms:
            rule = next((r for r in scenario.rules if atom.id == f"rules/{r.name}"), None)
            if rule is not None:
                yield from _of_rule(scenario, rule, item.cost)
        yield from _of_officer(scenario, item)
    sessions = [*first, *(s for s in scenario.sessions if s not in first)]
    for session in sessions:
        yield from _shorter(scenario, session)
    yield from _hours(scenario)
    yield from _evenings(scenario)
    yield from _days(scenario)
    yield from _rooms(scenario)
    for session in sessions:
        yield from _deputies(scenario, session)


# --- lengths ------------------------------------------------------------------------------------------------


def unit(scenario: Scenario) -> int:
    """Minutes of one step of lengths and hours: half an hour, or the grain where that is finer or declared."""
    declared = scenario.calendar.grain
    if declared:
        return declared if STEP % declared or declared > STEP else STEP
    return min(STEP, scenario.grain) if STEP % scenario.grain == 0 or scenario.grain < STEP else STEP


def _shorter(scenario: Scenario, session: SessionId) -> Iterator[Dial]:
    planned, step = scenario.minutes(session), unit(scenario)
    title, body = scenario.title(session), scenario.body_of[session].id
    steps = []
    for cut in range(step, planned - step + 1, step):
        left = planned - cut
        steps.append(
            Step(
                f"shorten {title} by {show_minutes(cut)}, to {show_minutes(left)}",
                max(1, round(cut / PER_MINUTE_SHORTER * (1 + cut / planned))),
                lambda left=left: with_duration(scenario, session, left),  # type: ignore[misc]  # bound now
                f"bodies.{body}.sessions.{session}.duration={write_minutes(left)}",
                cut=cut,
                less=cut - step,
            )
        )
    if steps:
        yield Dial(session, tuple(steps))


# --- hours and days -----------------------------------------------------------------------------------------


def _hours(scenario: Scenario) -> Iterator[Dial]:
    days = [day for day in scenario.calendar.axis.days if hours_of(scenario, day)]
    choices = [[day] for day in days] + ([days] if len(days) > 1 else [])
    step = unit(scenario)
    for chosen in choices:
        whom = scenario.calendar.day_name(chosen[0]) if len(chosen) == 1 else "every day"
        first = {hours_of(scenario, day)[0].opens for day in chosen}
        last = {hours_of(scenario, day)[-1].closes for day in chosen}
        for early in (True, False):
            edge = min(first) if early else max(last)
            if len(first if early else last) > 1:
                continue
            steps = []
            for count in range(1, MOST_HOURS * STEP // step + 1):
                minutes = count * step
                clock = edge - minutes if early else edge + minutes
                if not EARLIEST <= clock <= LATEST:
                    break
                verb = "open" if early else "close"
                moved = (minutes, 0) if early else (0, minutes)
                if _overlap(with_hours(scenario, chosen, *moved).calendar):
                    break
                steps.append(
                    Step(
                        f"{verb} {whom} at {show_clock(clock)}",
                        max(1, round(minutes * len(chosen) / PER_MINUTE_LONGER)),
                        lambda c=tuple(chosen), m=moved: with_hours(scenario, c, *m),  # type: ignore[misc]  # bound now
                        _hours_setting(scenario, chosen, *moved),
                    )
                )
            if steps:
                yield Dial("hours", tuple(steps))


def _overlap(calendar: Calendar) -> bool:
    """Whether two slots of one day share a minute: the hours reach into a slot that is reserved, or over midnight."""
    for day in calendar.days:
        slots = sorted(calendar.slots if day.slots is None else day.slots, key=lambda slot: slot.opens)
        if any(then.opens < slot.closes for slot, then in pairwise(slots)):
            return True
    return False


def _evenings(scenario: Scenario) -> Iterator[Dial]:
    """A further slot in the evening of a day: for what no slot of the day can hold besides."""
    for day in scenario.calendar.axis.days:
        entry = next(d for d in scenario.calendar.days if d.date == day)
        slots = scenario.calendar.slots if entry.slots is None else entry.slots
        last = max(slot.closes for slot in slots)
        opens = max(EVENING, last + BREAK)
        steps = []
        for minutes in (60, 90, 120, 150, 180):
            if opens + minutes > LATEST:
                break
            slot = SlotHours.model_construct(opens=opens, closes=opens + minutes, reserved_for=(), name=None)

            def more(day: date = day, slot: SlotHours = slot, slots: Sequence[SlotHours] = slots) -> Scenario:
                days = [altered(d, slots=(*slots, slot)) if d.date == day else d for d in scenario.calendar.days]
                return with_days(scenario, days)

            hours = f"{show_clock(opens)} to {show_clock(opens + minutes)}"
            sentence = f"meet on the evening of {weekday(day)} {show_date(day)}, from {hours}"
            cost = max(1, EVENING_COST + round(minutes / PER_MINUTE_LONGER))
            steps.append(Step(sentence, cost, more, _days_setting(more().calendar)))
        if steps:
            yield Dial(f"evening {day}", tuple(steps))


def _rooms(scenario: Scenario) -> Iterator[Dial]:
    """One room more, as large as the largest and with all that the others have."""
    taken = {room.id for room in scenario.rooms}
    name = next(f"room-{number}" for number in range(2, len(taken) + 3) if f"room-{number}" not in taken)
    capacities = [room.capacity for room in scenario.rooms]
    capacity = None if None in capacities else max(c for c in capacities if c is not None)
    equipment = tuple(dict.fromkeys(each for room in scenario.rooms for each in room.equipment))
    room = Room.model_construct(id=name, name="Second room" if len(taken) == 1 else None, capacity=capacity,
                                equipment=equipment)  # fmt: skip
    rooms = (*scenario.rooms, room)
    written = [json.dumps(each.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False) for each in rooms]
    sentence = f"meet in a {'second' if len(taken) == 1 else 'further'} room as well"
    setting = f"rooms=[{', '.join(written)}]"
    yield Dial("rooms", (Step(sentence, FURTHER_ROOM, lambda: scenario.revised(rooms=rooms), setting),))


def _deputies(scenario: Scenario, session: SessionId) -> Iterator[Dial]:
    """Somebody else serves at one session; for an officer who is away at times, or who serves at several."""
    body = scenario.body_of[session]
    for one in scenario.officers_of(session):
        officer = scenario.officer[one]
        serves = [other for other in scenario.sessions if one in scenario.officers_of(other)]
        if not (officer.absent or officer.present or len(serves) > 1):
            continue
        others = tuple(o for o in body.officers if o != one)
        sessions = []
        for each in body.sessions:
            own = tuple(o for o in each.officers if o != one)
            keeps = each.id != session and one in (*body.officers, *each.officers)
            sessions.append(altered(each, officers=(*own, one) if keeps else own))
        changed = altered(body, officers=others, sessions=tuple(sessions))

        def without(changed: Body = changed) -> Scenario:
            return scenario.revised(bodies=tuple(changed if b.id == changed.id else b for b in scenario.bodies))

        sentence = f"let a deputy serve at {scenario.title(session)} for {who(officer)}"
        yield Dial(
            f"deputy {session}", (Step(sentence, DEPUTY, without, _deputy_setting(changed, one, session, body)),)
        )


def _deputy_setting(changed: Body, officer: str, session: SessionId, body: Body) -> str:
    """The officers who are left, of the body where it has one session, or of the session that names its own."""
    if officer not in body.officers:
        own = next(each for each in changed.sessions if each.id == session)
        return f"bodies.{body.id}.sessions.{session}.officers=[{', '.join(own.officers)}]"
    if len(body.sessions) == 1 and officer not in body.sessions[0].officers:
        return f"bodies.{body.id}.officers=[{', '.join(changed.officers)}]"
    written = changed.model_dump(mode="json", exclude_defaults=True)
    return f"bodies.{body.id}={json.dumps(written, ensure_ascii=False)}"


def _hours_setting(scenario: Scenario, chosen: Sequence[date], opens: int, closes: int) -> str:
    """The hours of one day, or of all days where none has its own, as ``--set`` takes them; else all days."""
    calendar = with_hours(scenario, chosen, opens, closes).calendar
    slots = next(day.slots for day in calendar.days if day.date in chosen) or ()
    if any(slot.reserved_for for slot in slots):
        return _days_setting(calendar)
    shown = _written([f"{show_clock(slot.opens)}-{show_clock(slot.closes)}" for slot in slots])
    if len(chosen) == 1:
        return f"calendar.days.{chosen[0].isoformat()}.slots={shown}"
    common = all(day.slots is None for day in scenario.calendar.days if day.date in chosen)
    return f"calendar.slots={shown}" if common else _days_setting(calendar)


def _days_setting(calendar: Calendar) -> str:
    """All days as ``--set`` takes them: dates, and keys where a day has slots of its own or a note."""
    return f"calendar.days=[{', '.join(_day_written(day) for day in calendar.days)}]"


def _day_written(day: Day) -> str:
    if day.slots is None and day.note is None:
        return day.date.isoformat()
    keys = [f"date: {day.date.isoformat()}"]
    if day.slots is not None:
        keys.append(f"slots: [{', '.join(map(_slot_written, day.slots))}]")
    if day.note is not None:
        keys.append(f"note: {json.dumps(day.note, ensure_ascii=False)}")
    return f"{{{', '.join(keys)}}}"


def _slot_written(slot: SlotHours) -> str:
    hours = f"{show_clock(slot.opens)}-{show_clock(slot.closes)}"
    keys = [f"reserved_for: [{', '.join(slot.reserved_for)}]"] if slot.reserved_for else []
    keys += [f"name: {json.dumps(slot.name, ensure_ascii=False)}"] if slot.name else []
    return f"{{{', '.join([f'hours: {hours}', *keys])}}}" if keys else hours


def _days(scenario: Scenario) -> Iterator[Dial]:
    """One more working day, after the last or before the first; or one that is shown and stays empty."""
    if not scenario.calendar.slots:
        return
    used, shown = set(scenario.calendar.axis.days), [day.date for day in scenario.calendar.days]
    candidates = [day for day in shown if day not in used and day not in scenario.calendar.closed]
    for days, way in (((max(used or shown),), 1), ((min(used or shown),), -1)):
        following = days[0] + timedelta(days=way)
        while following.weekday() >= 5 or following in scenario.calendar.closed:
            following += timedelta(days=way)
        candidates.append(following)
    for day in dict.fromkeys(d for d in candidates if d not in used):

        def more(day: date = day) -> Scenario:
            kept = [d for d in scenario.calendar.days if d.date != day]
            new = Day.model_construct(date=day, weekday=None, slots=None, note=None)
            return with_days(scenario, sorted([*kept, new], key=lambda d: d.date))

        sentence = f"meet on {weekday(day)} {show_date(day)} as well"
        yield Dial(f"day {day}", (Step(sentence, FURTHER_DAY, more, _days_setting(more().calendar)),))


# --- numbers within rules -----------------------------------------------------------------------------------


def _of_rule(scenario: Scenario, rule: Rule, cost: int) -> Iterator[Dial]:
    """The numbers of one rule; a change costs half of giving the rule up, and more the further it goes."""

    def step(number: int, sentence: str, **changes: object) -> Step:
        changed = rule.model_copy(update=changes)
        written = changed.model_dump(mode="json")
        setting = next((f"rules.{rule.name}.{key}={_written(written[key])}" for key in changes), None)
        return Step(sentence, max(1, cost // 2 + number - 1), lambda: with_rule(scenario, rule.name, changed), setting)

    names, of_rule = rule.names(scenario), unit(scenario)
    match rule.rule:
        case "within_day":
            yield from _more_days(scenario, rule, cost)
        case "only_on":
            yield from _more_parts(scenario, rule, names, step)
        case "not_on":
            yield from _fewer_parts(scenario, rule, names, step)
        case "anchor" | "pin" if getattr(rule, "at", None) is not None:
            at = rule.at  # type: ignore[attr-defined]  # both kinds have one
            for way in (1, -1):
                clocks = [at + way * n * of_rule for n in range(1, 4 * 60 // of_rule + 1)]
                inside = [c for c in clocks if any(s.opens <= c < s.closes for s in scenario.calendar.axis.slots)]
                steps = [step(n, f"let {names} start at {show_clock(c)}", at=c) for n, c in enumerate(inside, 1)]
                yield Dial(rule.name, tuple(steps), ordered=False)
        case "latest_hour":
            hour = rule.hour  # type: ignore[attr-defined]  # of this kind
            later = [hour + n * of_rule for n in range(1, 7) if hour + n * of_rule <= 24 * 60]
            yield Dial(
                rule.name,
                tuple(step(n, f"let {names} run until {show_clock(h)}", hour=h) for n, h in enumerate(later, 1)),
            )
        case "earliest_hour":
            hour = rule.hour  # type: ignore[attr-defined]  # of this kind
            earlier = [hour - n * of_rule for n in range(1, 7) if hour - n * of_rule >= 0]
            yield Dial(
                rule.name,
                tuple(step(n, f"let {names} run from {show_clock(h)}", hour=h) for n, h in enumerate(earlier, 1)),
            )
        case "few_days" | "parallel_limit":
            most, what = rule.at_most, "days" if rule.rule == "few_days" else "sessions at once"  # type: ignore[attr-defined]
            yield Dial(
                rule.name,
                tuple(step(n, f"allow {most + n} {what} instead of {most}", at_most=most + n) for n in (1, 2, 3)),
            )
        case "interpretation_load":
            teams, daily, weekly = rule.teams, rule.meetings_per_day, rule.meetings_per_week  # type: ignore[attr-defined]
            yield Dial(
                rule.name, (step(1, f"hire {teams + 1} teams of interpreters instead of {teams}", teams=teams + 1),)
            )
            more = [(n, f"let a team do {daily + n} meetings a day instead of {daily}") for n in (1, 2)]
            yield Dial(rule.name, tuple(step(n, text, meetings_per_day=daily + n) for n, text in more))
            if weekly is not None:
                text = "let a team do {} meetings a week instead of " + str(weekly)
                yield Dial(
                    rule.name,
                    tuple(step(n, text.format(weekly + n), meetings_per_week=weekly + n) for n in range(1, 8)),
                )
        case "order" if rule.gap:  # type: ignore[attr-defined]
            gap = rule.gap  # type: ignore[attr-defined]
            left = [gap - n * of_rule for n in range(1, gap // of_rule + 1)]
            text = "leave {} between " + names
            yield Dial(
                rule.name,
                tuple(step(n, text.format(show_minutes(g) if g else "nothing"), gap=g) for n, g in enumerate(left, 1)),
            )
        case "order" if rule.night_between:  # type: ignore[attr-defined]
            yield Dial(rule.name, (step(1, f"leave no night between {names}", night_between=False),))
        case "restricted_access" if getattr(rule, "clearing", None):
            clearing = rule.clearing  # type: ignore[attr-defined]
            left = [clearing - n * of_rule for n in range(1, clearing // of_rule + 1)]
            text = "clear the room in {}"
            yield Dial(
                rule.name, tuple(step(n, text.format(show_minutes(g)), clearing=g) for n, g in enumerate(left, 1))
            )


def _written(value: object) -> str:
    """A value as ``--set`` takes it."""
    if isinstance(value, list):
        return f"[{', '.join(str(part) for part in value)}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _more_days(scenario: Scenario, rule: Rule, cost: int) -> Iterator[Dial]:
    """A body may spread over two days instead of one."""
    named = rule.of or tuple(body.id for body in scenario.bodies)
    for number, name in enumerate(named):
        rest = tuple(other for other in named if other != name)
        looser = FewDays(id=f"{rule.name}-{number}", of=(name,), at_most=2, source=rule.source)
        instead = (rule.model_copy(update={"of": rest}), looser) if rest else (looser,)
        yield Dial(
            rule.name,
            (
                Step(
                    f"let {scenario.name_of(name)} spread over two days",
                    max(1, cost // 2),
                    lambda instead=instead: with_rule(scenario, rule.name, *instead),  # type: ignore[misc]  # bound now
                    None
                    if rest
                    else f"rules.{rule.name}={json.dumps(looser.model_dump(mode='json', exclude_none=True))}",
                    f"take {name} out of '{rule.name}' and add the rule few_days of [{name}] with at_most: 2",
                ),
            ),
        )


def _more_parts(scenario: Scenario, rule: Rule, names: str, step: Callable[..., Step]) -> Iterator[Dial]:
    """Another half-day, then another day, on which the work may sit."""
    when: tuple[PartOfCalendar, ...] = rule.when  # type: ignore[attr-defined]  # of this kind
    allowed = frozenset().union(*(part.slots(scenario.calendar) for part in when))
    for number, cover in ((1, "half"), (2, "day")):
        for day in scenario.calendar.axis.days:
            slots = [slot for slot in scenario.calendar.axis.slots if slot.day == day]
            whole = all(s.half for s in slots)
            halves = dict.fromkeys(s.half if whole else s.hours for s in slots)
            for part in [f"{day.isoformat()} {half}" for half in halves] if cover == "half" else [day.isoformat()]:
                more = parse_when(part)
                if not more.slots(scenario.calendar) <= allowed:
                    words = scenario.calendar.day_name(day)
                    if cover == "half":
                        part_of_day = part.split()[1]
                        words += {"am": " morning", "pm": " afternoon"}.get(part_of_day, f" {part_of_day}")
                    yield Dial(
                        rule.name, (step(number, f"let {names} sit on {words} too", when=(*when, more)),), ordered=False
                    )


def _fewer_parts(scenario: Scenario, rule: Rule, names: str, step: Callable[..., Step]) -> Iterator[Dial]:
    """One half-day less on which the work may not sit."""
    when: tuple[PartOfCalendar, ...] = rule.when  # type: ignore[attr-defined]  # of this kind
    slots = frozenset().union(*(part.slots(scenario.calendar) for part in when))
    if len(slots) < 2:
        return
    for index in sorted(slots):
        slot = scenario.calendar.axis.slots[index]
        left = [s for s in scenario.calendar.axis.slots if s.index in slots - {index}]
        parts = [parse_when(f"{s.day.isoformat()} {show_clock(s.opens)}-{show_clock(s.closes)}") for s in left]
        yield Dial(rule.name, (step(1, f"let {names} sit on {slot} after all", when=tuple(parts)),), ordered=False)


# --- presence -----------------------------------------------------------------------------------------------


def _of_officer(scenario: Scenario, item: Item) -> Iterator[Dial]:
    """An absence that is shorter, a presence that is longer; of officers and of other people."""
    families: dict[str, Sequence[Entry]] = {"officers": scenario.officers, "people": scenario.people or ()}
    for atom in item.atoms:
        family, own, *what = atom.id.split("/")
        entry = next((e for e in families.get(family, ()) if _key(e) == own), None)
        if entry is None or what == ["at-once"]:
            continue
        if what[0] == "absent":
            period = entry.absent[int(what[1])]
            for shorter, words in _shortened(scenario, period):
                absent = tuple(part for p in entry.absent for part in (shorter if p == period else (p,)))
                sentence = f"ask {who(entry)} to {words}"
                yield Dial(own, (_presence(scenario, entry, sentence, item.cost, absent=absent),))
        else:
            for longer, words in _lengthened(scenario, entry.present):
                sentence = f"ask {who(entry)} to {words}"
                yield Dial(own, (_presence(scenario, entry, sentence, item.cost, present=longer),))


def _key(entry: Entry) -> str:
    return entry.id if isinstance(entry, Officer) else entry.key


def _presence(scenario: Scenario, entry: Entry, sentence: str, cost: int, **changes: object) -> Step:
    family, own = "officers" if isinstance(entry, Officer) else "people", _key(entry)
    other = altered(entry, **changes)

    def changed() -> Scenario:
        entries: Sequence[Entry] = getattr(scenario, family)
        return scenario.revised(**{family: tuple(other if _key(e) == own else e for e in entries)})

    written = other.model_dump(mode="json")
    setting = next((f"{family}.{own}.{key}={_written(written[key])}" for key in changes), None)
    return Step(sentence, max(1, cost // 2), changed, setting)


def _shortened(scenario: Scenario, period: Period) -> Iterator[tuple[tuple[Period, ...], str]]:
    """A day less of an absence of several days; of a whole day, the morning or the afternoon less."""
    if period.weekday is not None or (period.first < period.last and (period.hours or period.half)):
        days = [day for day in scenario.calendar.axis.days if period.on(day)]
        for day in days if len(days) > 1 else ():
            left = tuple(part for other in days if other != day and (part := period.alone(other)))
            yield left, f"be there on {scenario.calendar.day_name(day)} after all"
        if len(days) == 1 and (only := period.alone(days[0])):
            yield from _shortened(scenario, only)
        return
    if period.first < period.last:
        later, sooner = period.first + timedelta(days=1), period.last - timedelta(days=1)
        yield (
            (replace(period, first=later, text=f"{later}..{period.last}"),),
            f"stay for {scenario.calendar.day_name(period.first)}",
        )
        yield (
            (replace(period, last=sooner, text=f"{period.first}..{sooner}"),),
            f"be back on {scenario.calendar.day_name(period.last)}",
        )
        return
    day, (start, end) = period.first, period.on(period.first) or (0, 24 * 60)
    inside = (
        [s for s in hours_of(scenario, day) if s.opens < end and start < s.closes] if day in _dates(scenario) else []
    )
    for slot in inside if len(inside) > 1 else ():
        opens, closes = max(start, slot.opens), min(end, slot.closes)
        words = f"be there on {scenario.calendar.day_name(day)} from {show_clock(opens)} to {show_clock(closes)}"
        if slot is inside[0]:
            yield (Period(f"{day} {show_clock(closes)}-{show_clock(end)}", day, day, (closes, end)),), words
        elif slot is inside[-1]:
            yield (Period(f"{day} {show_clock(start)}-{show_clock(opens)}", day, day, (start, opens)),), words


def _day(scenario: Scenario, day: date) -> str:
    """Its name; with its date where that is needed, or where it lies outside the series."""
    return show_day(day, dated=scenario.calendar.dated or day not in scenario.calendar.dates)


def _lengthened(scenario: Scenario, present: tuple[Period, ...]) -> Iterator[tuple[tuple[Period, ...], str]]:
    """One more slot, or one more day, of presence."""
    for slot in scenario.calendar.axis.slots:
        if not together_hold(present, slot.day, slot.opens, slot.closes):
            hours = f"{show_clock(slot.opens)}-{show_clock(slot.closes)}"
            more = Period(f"{slot.day} {hours}", slot.day, slot.day, (slot.opens, slot.closes))
            until = f"{show_clock(slot.opens)} to {show_clock(slot.closes)}"
            yield (*present, more), f"be there on {scenario.calendar.day_name(slot.day)} from {until}"
    for day in scenario.calendar.axis.days:
        if not any(p.on(day) == (0, 24 * 60) for p in present):
            yield (*present, Period(day.isoformat(), day, day)), f"be there on {scenario.calendar.day_name(day)}"


def _dates(scenario: Scenario) -> set[date]:
    return set(scenario.calendar.axis.days)
