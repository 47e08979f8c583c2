"""``explain`` knows ranges and promises."""

from __future__ import annotations

import json

from support.command import Command
from support.letters import SCENARIOS


def test_it_says_what_a_promise_costs_and_which_estimate_matters_most(schedule: Command) -> None:
    run = schedule("explain", SCENARIOS / "forecast" / "csp11-promise.yaml")
    lines = run.out.splitlines()
    assert run.status == 0
    assert "Every promise is kept, and they cost 10 points (proved: no timetable that keeps them costs less)." in lines
    ranked = lines[lines.index(next(line for line in lines if line.startswith("Which estimate matters most"))) + 1 :]
    assert ranked[0].strip().startswith("1. WGTR: ")


def test_the_document_has_the_promises_and_the_estimates_too(schedule: Command) -> None:
    run = schedule("explain", SCENARIOS / "forecast" / "csp11-promise.yaml", "--json")
    chances = json.loads(run.out)["chances"]
    assert (run.status, chances["price"]) == (0, 10)
    assert [(p["id"], p["kept"], p["promised"]) for p in chances["promises"]] == [("wgtr-closes", True, 0.95)]
    assert chances["estimates_that_matter"][0]["session"] == "wgtr"
    plain = json.loads(schedule("explain", SCENARIOS / "csp11.yaml", "--json").out)
    assert plain["chances"] is None


def test_a_scenario_without_ranges_is_explained_without_chances(schedule: Command) -> None:
    run = schedule("explain", SCENARIOS / "csp11.yaml")
    assert (run.status, "chance" in run.out.lower()) == (0, False)
