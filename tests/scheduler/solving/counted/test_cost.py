"""The judge: sixteen terms counted by hand, every fault, and the speed it promises."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.cosplib_workbooks import tiny

from scheduler.solving.counted.conference import Conference, Hours, Period, Plan, Term
from scheduler.solving.counted.cost import cost_without, judge

H1, H2, H3, B1, B2, R1, R2, R3 = range(8)
HEURISTICS, BOUNDS, ROOMS = range(3)


def plan() -> Plan:
    """Of the tiny conference; every term but two costs something."""
    return Plan(
        {(0, 0): HEURISTICS, (0, 1): BOUNDS, (1, 0): ROOMS, (1, 1): HEURISTICS, (2, 0): ROOMS, (2, 1): BOUNDS},
        {
            (0, 0): (H1, H2),
            (0, 1): (B1, B1),
            (1, 0): (R1, R2),
            (1, 1): (H3, None),
            (2, 0): (R3, R3, None),
            (2, 1): (None, B2, None),
        },
    )


def swapped(cell: tuple[int, int], row: tuple[int | None, ...], track: int | None = None) -> Plan:
    """The plan with another row in one cell, and perhaps another track."""
    tracks = dict(plan().tracks)
    if track is not None:
        tracks[cell] = track
    return Plan(tracks, {**plan().slots, cell: row})


BY_HAND = {
    Term.TRACKS_SESSIONS: 1,
    Term.TRACKS_ROOMS: 5,
    Term.SESSIONS_ROOMS: 3,
    Term.SIMILAR: 4,
    Term.ROOMS_PER_TRACK: 1,
    Term.PARALLEL: 0,
    Term.CONSECUTIVE: 1,
    Term.TIME_ZONES: 4,
    Term.ORDER: 0,
    Term.SUBMISSIONS_SESSIONS: 3,
    Term.SUBMISSIONS_ROOMS: 8,
    Term.PRESENTERS: 2,
    Term.ATTENDEES: 1,
    Term.CHAIRS: 1,
    Term.PRESENTERS_SLOT: 2,
    Term.ATTENDEES_SLOT: 1,
}


@pytest.mark.parametrize("term", list(Term), ids=lambda term: term.name.lower())
def test_a_term_is_what_it_is_by_hand(term: Term) -> None:
    assert judge(tiny(), plan()).values[term] == BY_HAND[term]


def test_the_cost_is_the_weighted_sum() -> None:
    verdict = judge(tiny(), plan())
    assert (verdict.faults, verdict.cost) == ((), 804)


def test_a_term_of_weight_zero_is_not_evaluated() -> None:
    without = replace(tiny(), weights=(0,) * 16)
    assert judge(without, plan()).values == (0,) * 16


def test_submissions_out_of_order_count_once_each() -> None:
    assert judge(tiny(), swapped((0, 0), (H2, H1))).values[Term.ORDER] == 2


def test_ordered_submissions_of_a_track_at_the_same_time_cost_a_pair() -> None:
    tracks = {(0, 0): HEURISTICS, (0, 1): HEURISTICS, (1, 0): HEURISTICS}
    both = Plan(tracks, {(0, 0): (H1, None), (0, 1): (H2, None), (1, 0): (H3, None)})
    alone = replace(tiny(), submissions=tiny().submissions[:3])
    verdict = judge(alone, both)
    assert (verdict.values[Term.ORDER], verdict.values[Term.PARALLEL]) == (1, 1)


def test_two_lanes_of_a_similar_track_count_twice() -> None:
    tracks = {(2, 0): HEURISTICS, (2, 1): BOUNDS, (2, 2): BOUNDS}
    three = replace(
        tiny(), rooms=("Hall", "Attic", "Cave"), submissions=tuple(tiny().submissions[i] for i in (H1, B1, B2)),
        track_room=((0, 1, 0), (0, 0, 0), (2, 0, 0)), session_room=((0, 0, 0),) * 3,
    )  # fmt: skip
    three = replace(three, submissions=tuple(replace(talk, in_room=(0, 2, 0)) for talk in three.submissions))
    verdict = judge(three, Plan(tracks, {(2, 0): (0, None, None), (2, 1): (1, 1, None), (2, 2): (None, None, 2)}))
    assert (verdict.values[Term.SIMILAR], verdict.values[Term.CHAIRS]) == (8, 2)


@pytest.mark.parametrize(
    ("start", "end", "zone", "penalty"),
    [
        (600, 660, 0, 0),
        (600, 660, -120, 1),
        (600, 660, -180, 10),
        (600, 660, 480, 1),
        (600, 660, 600, 1),
        (600, 660, 780, 10),
        (600, 660, 840, 10),
        (1200, 1290, 240, 10),
    ],
)
def test_local_times_fall_into_bands(start: int, end: int, zone: int, penalty: int) -> None:
    hours = Hours(0, (570, 1080), (480, 1290), 1, 10)
    assert hours.penalty(Period("s", 1, None, start, end), zone) == penalty


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (swapped((0, 0), (H1, None)), "submission 'h2' is not in the timetable"),
        (swapped((0, 1), (B1, None)), "submission 'b1' lacks its 2 consecutive time slots in one cell"),
        (swapped((2, 0), (R3, None, R3)), "submission 'r3' lacks its 2 consecutive time slots in one cell"),
        (swapped((1, 1), (H3, H1)), "submission 'h1' lacks its 1 consecutive time slots in one cell"),
        (swapped((1, 1), (H3, None), BOUNDS), "Mon2 in Attic holds submission 'h3' of another track"),
        (swapped((1, 1), (None, None)), "Mon2 in Attic is given to track 'Heuristics' without any submission"),
        (swapped((0, 0), (H1, None, H2)), "Mon1 in Hall has 3 time slots instead of 2"),
        (swapped((7, 0), (), HEURISTICS), "there is no cell (7, 0)"),
    ],
)
def test_every_fault_is_found(broken: Plan, fault: str) -> None:
    verdict = judge(tiny(), broken)
    assert (verdict.valid, fault in verdict.faults) == (False, True)


def test_a_track_taken_out_takes_its_share_of_the_cost_with_it() -> None:
    only_rooms = replace(tiny(), weights=tuple(int(term is Term.TRACKS_ROOMS) for term in Term))
    assert [cost_without(only_rooms, plan(), {track}) for track in range(3)] == [4, 5, 1]


def test_2500_talks_are_judged() -> None:
    big, timetable = packed(2500)
    assert judge(big, timetable).faults == ()


def packed(talks: int) -> tuple[Conference, Plan]:
    """So many talks of three to a cell, in 30 rooms; every person has two of them."""
    source = tiny()
    cells = -(-talks // 3)
    sessions = -(-cells // 30)
    talk = source.submissions[R2]
    conference = replace(
        source,
        tracks=source.tracks[:1],
        periods=tuple(Period(f"s{s}", 3, None, 600, 690) for s in range(sessions)),
        rooms=tuple(f"r{r}" for r in range(30)),
        submissions=tuple(
            replace(
                talk,
                name=f"p{i}",
                track=0,
                presenters=frozenset({f"n{i // 2}"}),
                attendees=frozenset({f"n{(i + 9) // 2}"}),
                in_session=(1,) * sessions,
                in_room=(1,) * 30,
            )
            for i in range(talks)
        ),
        track_session=((1,) * sessions,),
        track_room=((1,) * 30,),
        session_room=((1,) * 30,) * sessions,
        similar=((0,),),
    )
    numbers = [i if i < talks else None for i in range(cells * 3)]
    slots = {divmod(cell, 30): tuple(numbers[3 * cell : 3 * cell + 3]) for cell in range(cells)}
    return conference, Plan(dict.fromkeys(slots, 0), slots)
