"""Why a session is where it is: each other slot with its price or the rule that it breaks first."""

from __future__ import annotations

from support.letters import letter
from support.small_scenarios import small_scenarios, valid

from exports.terminal.answers import slots_in_words
from scheduler.checking import check
from scheduler.domain.base import SessionId
from scheduler.domain.timetable import Timetable
from scheduler.explanation.members import keeping, members_of
from scheduler.explanation.why_here import OtherSlot, WhyHere, why_here
from scheduler.outcome import Settings, Status
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

ONE = Settings(workers=1)
DIEF = SessionId("dief")


def asked(scenario: Scenario, session: str) -> WhyHere:
    timetable = solve(scenario, ONE).timetable
    assert timetable is not None
    return why_here(scenario, timetable, SessionId(session), settings=ONE)


def slots(scenario: Scenario, why: WhyHere) -> dict[str, OtherSlot]:
    return {str(scenario.calendar.axis.slots[place.slot]): place for place in why.others}


def test_dief_of_csp10_can_stand_on_thursday_afternoon_only_and_every_other_slot_names_its_rule() -> None:
    scenario = letter("csp10")
    why = asked(scenario, "dief")
    assert why.here.segments[0].starts_on == "Thursday 22 February at 15:00"
    assert {slot: place.breaks[0].name for slot, place in slots(scenario, why).items()} == {
        "Tuesday 10:00": "dief-middle",
        "Tuesday 15:00": "dief-middle",
        "Wednesday 10:00": "working-groups",
        "Wednesday 15:00": "wgeti-block",
        "Thursday 10:00": "dief-last",
        "Friday 10:00": "dief-middle",
        "Friday 15:00": "dief-middle",
    }


def test_giving_up_what_is_named_makes_the_slot_possible() -> None:
    scenario = letter("csp10")
    for place in asked(scenario, "dief").others:
        changed = scenario
        for member in place.breaks:
            changed = member.give_way(changed)
        slot = scenario.calendar.axis.slots[place.slot]
        pinned = {"rule": "pin", "id": "there", "of": ["dief"], "start": f"{slot.day.isoformat()} {slot.half}"}
        document = {**changed.document, "rules": [*changed.document["rules"], pinned]}
        assert solve(from_data(document), ONE).status is Status.OPTIMAL


def small(**rules: object) -> Scenario:
    return from_data(
        {
            "name": "small",
            "meeting": {"series": "s", "annex_title": "t"},
            "calendar": {"slots": ["10:00-13:00", "15:00-18:00"], "days": ["2025-02-25", "2025-02-26"]},
            "bodies": [
                {"id": "A", "sessions": [{"id": "a", "duration": "3h"}]},
                {"id": "B", "sessions": [{"id": "b", "duration": "3h"}]},
            ],
            "rules": [
                {"id": "early", "rule": "early_finish", "weight": 5},
                {"id": "a-first", "rule": "order", "of": ["A", "B"]},
            ],
            **rules,
        }
    )


def test_a_slot_that_is_possible_has_its_price_and_what_must_move() -> None:
    scenario = small()
    found = slots(scenario, asked(scenario, "a"))
    assert {slot: (p.possible, p.further, p.moved, p.dearer) for slot, p in found.items()} == {
        "Tuesday 15:00": (True, 5, 1, ("early",)),
        "Wednesday 10:00": (True, 10, 1, ("early",)),
        "Wednesday 15:00": (False, None, 0, ()),
    }
    assert [member.name for member in found["Wednesday 15:00"].breaks] == ["a-first"]


def test_the_timetable_of_a_possible_slot_is_confirmed_by_the_checker() -> None:
    scenario = small()
    why = asked(scenario, "b")
    possible = [place for place in why.others if place.possible]
    assert len(possible) == 2
    for place in possible:
        assert place.timetable is not None
        report = check(scenario, place.timetable)
        assert (report.broken, report.cost) == ((), why.cost + (place.further or 0))


def cheapest_there(scenario: Scenario, session: SessionId, slot: int, here: Timetable) -> tuple[int, int] | None:
    """Least cost, and of the cheapest the fewest others that stand elsewhere, by going through all timetables."""
    found = [
        (cost, sum((p.start, p.room) != (here[p.session].start, here[p.session].room) for p in table) - 1)
        for cost, table in valid(scenario)
        if table[session].segments[0].slot == slot
    ]
    return min(found, default=None)


def test_costs_moves_and_what_must_be_given_up_are_those_of_brute_force() -> None:
    possible = given_up = 0
    for number, scenario in enumerate(small_scenarios("why there", 1_000, soft=0.6)):
        if number >= 40 and possible > 10 and given_up > 5:
            break
        tables = valid(scenario)
        if not tables:
            continue
        cost, here = min(tables, key=lambda each: each[0])
        session = list(scenario.sessions)[-1]
        for place in why_here(scenario, here, session, settings=ONE).others:
            expected = cheapest_there(scenario, session, place.slot, here)
            assert place.possible is (expected is not None)
            if expected is not None:
                possible += 1
                assert (cost + (place.further or 0), place.moved) == expected
                assert (place.least, place.fewest) == (True, True)
                continue
            assert place.breaks or place.reason
            if place.breaks:
                given_up += 1
                members = members_of(scenario)
                for kept_too in (None, *place.breaks):
                    known = {member.id for member in place.breaks if member is not kept_too}
                    looser = keeping(scenario, members, [member for member in members if member.id not in known])
                    there = [t for _, t in valid(looser) if t[session].segments[0].slot == place.slot]
                    assert bool(there) is (kept_too is None)
    assert possible > 10
    assert given_up > 5


def test_what_is_not_settled_is_not_claimed() -> None:
    scenario = small()
    timetable = solve(scenario, ONE).timetable
    assert timetable is not None
    why = why_here(scenario, timetable, SessionId("a"), settings=Settings(time_limit=1e-9, workers=1))
    assert {(place.possible, place.reason) for place in why.others} == {(None, "not found out within the limit")}


def test_days_and_hours_are_put_together_so_that_they_can_be_read() -> None:
    """Slots 0 to 7 are Tuesday to Friday at 10:00 and 15:00; of Monday there is none."""
    scenario = letter("csp10")
    assert slots_in_words(scenario, [0, 1]) == "Tuesday"
    assert slots_in_words(scenario, [0, 2, 4]) == "Tuesday, Wednesday and Thursday at 10:00"
    assert slots_in_words(scenario, [0, 1, 3, 5]) == "Tuesday; Wednesday and Thursday at 15:00"
