"""A limit that several searches share, what is on record of one, and Ctrl-C."""

from __future__ import annotations

import signal
import time

import pytest
from support.small import DAYS, scenario

from scheduler.outcome import Progress, Settings, Status
from scheduler.solving.canonical import equally_good, first_in_order, is_only_one
from scheduler.solving.engine import solve
from scheduler.solving.posting import on_the_axis
from scheduler.solving.search import ORTOOLS, Search, facts_of, on_interrupt


def test_a_part_of_the_time_that_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "monotonic", lambda: 1000.0)  # the clock stands still: nothing depends on the machine
    begun = Settings(time_limit=100).part()
    assert (begun.until, begun.time_limit) == (1100, 100)
    assert begun.part(0.5).until == 1050
    assert Settings(until=999).part(0.5).left < 0


def test_the_facts_of_a_search() -> None:
    found = facts_of(Settings(time_limit=7, seed=3), model_sha256="x")
    assert found == {"ortools": ORTOOLS, "seed": 3, "workers": 1, "time_limit": 7, "model_sha256": "x"}


def test_an_interrupt_is_handed_on_and_ends_nothing() -> None:
    before, called = signal.getsignal(signal.SIGINT), list[bool]()
    with on_interrupt(lambda: called.append(True)):
        signal.raise_signal(signal.SIGINT)
    assert called == [True]
    assert signal.getsignal(signal.SIGINT) is before


def test_who_watches_is_told_costs_and_not_what_orders_equally_good_timetables() -> None:
    """Of two days each is the first or the last."""
    wish = {"rule": "not_first_or_last_day", "of": ["A"], "weight": 7}
    told: list[Progress] = []
    found = solve(scenario({"A": {"a": "3h"}, "B": {"b": "3h"}}, wish, days=DAYS[:2]), report=told.append)
    assert (found.status, found.cost) == (Status.OPTIMAL, 7)
    assert {each.cost for each in told} - {None} == {7}


def test_the_first_of_equally_good_timetables() -> None:
    """Two sessions of 3 h in the four slots of two days, in one room: twelve ways, all alike."""
    model = on_the_axis(scenario({"A": {"a": "3h"}, "B": {"b": "3h"}}, days=DAYS[:2]))
    answer = (search := Search(Settings())).run(model.cp)
    assert answer.status is Status.OPTIMAL
    found = model.read(answer.solver)
    first, proved = first_in_order(model, found, search, *model.within(0))
    assert proved
    assert [placement.slots[0] for placement in first] == [0, 1]
    assert not is_only_one(model, first, search)
    timetables, exact = equally_good(model, first, 0, search)
    assert (len(timetables), exact) == (12, True)
    assert len({tuple(p.start for p in timetable) for timetable in timetables}) == 12
