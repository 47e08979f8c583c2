"""The impossible scenarios with what is known of each, and random ones, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from support.project import SCENARIOS

from scheduler.explanation.impossible import Explanation, explain
from scheduler.reading.entry import from_data
from scheduler.reading.loading import load
from scheduler.scenario import Scenario

FOLDER = SCENARIOS / "impossible"


@dataclass(frozen=True)
class Known:
    """The smallest set, by name; what the cheapest way out costs; and how it begins."""

    members: tuple[str, ...]
    cost: int
    way: str


KNOWN = {
    "all-on-thursday": Known(
        ("vtf-thursday", "mc-thursday", "gender-thursday"), 4, "let GENDER sit on Wednesday afternoon too"
    ),
    "csp10-forum-early": Known(("dief-middle", "dief-tuesday"), 10, "let DIEF sit on Wednesday afternoon too"),
    "csp10-forum-morning": Known(("dief-last", "dief-morning"), 10, "give up 'dief-last'"),
    "csp11-forum": Known(("nip", "cei", "wgtu", "wgtr", "dief"), 60, "open every day at 09:00"),
    "csp11-friday": Known(("working-groups", "wgtr-chair"), 25, "give up 'working-groups'"),
    "csp8-prep-first": Known(("prep-last", "prep-early"), 10, "give up 'prep-early'"),
    "fixed-slots-waste": Known(("WGTU fixed slots",), 22, "open Tuesday at 08:30"),
    "four-hours-in-one-slot": Known(("no-lunch-between",), 15, "open Tuesday at 09:00"),
    "holiday-in-the-middle": Known(("wgtu-thursday", "dief-middle"), 10, "let WGTU sit on Friday morning too"),
    "night-before-adoption": Known(("a-night", "author"), 12, "leave no night between"),
    "nothing-after-five": Known(("home-by-five",), 15, "open Wednesday at 09:00"),
    "one-chair-two-bodies": Known(("wgtu-opens", "wgtr-opens", "chair"), 10, "let WGTU sit on Tuesday afternoon too"),
    "one-interpreted-slot": Known(("interpreters",), 40, "hire 2 teams of interpreters instead of 1"),
    "order-in-a-circle": Known(("after-wgeti", "after-wgtu", "after-wgtr"), 10, "give up 'after-wgtr'"),
    "panel-in-a-closed-session": Known(("panel-time", "dief-thursday"), 10, "let DIEF sit on Tuesday morning too"),
    "president-leaves": Known(("closing-last", "president"), 25, "give up 'closing-last'"),
    "room-too-small": Known(
        ("opening-first", "wgtr-tuesday", "opening room"), 10, "let OPENING sit on Wednesday morning too"
    ),
    "three-days-at-most": Known(("fewer-days",), 22, "allow 4 days instead of 3"),
}


@cache
def explained(name: str) -> Explanation:
    """The explanation of one of them, made once."""
    loaded = load(FOLDER / f"{name}.yaml")
    return explain(loaded.scenario, loaded.document)


def random_scenario(number: int) -> Scenario:
    """Three or four sessions on two days, one or two rooms, and four to seven rules; the same for the same number."""
    rng = Random(number)
    names = ["a", "b", "c", "d"][: rng.choice((3, 4))]
    hours = {name: rng.choice(("1h", "2h", "3h", "4h")) for name in names}
    bodies: list[dict[str, Any]] = [
        {"id": name.upper(), "sessions": [{"id": name, "duration": hours[name]}]} for name in names
    ]
    bodies[0]["officers"] = ["chair"]
    if rng.random() < 0.4:
        bodies[1]["access"] = ["states-parties"]
    parts = ("am", "pm", "first day", "last day", "first day am", "last day pm")
    rules = []
    for index in range(rng.randint(4, 7)):
        one, other = rng.sample(names, 2)
        drawn: dict[str, Any] = rng.choice(
            [
                {"rule": "order", "of": [one, other]},
                {"rule": "only_on", "of": [one], "when": [rng.choice(parts)]},
                {"rule": "not_on", "of": [one], "when": [rng.choice(parts)]},
                {"rule": "last_in_week", "of": [one]},
                {"rule": "within_slot", "of": [one]},
                {"rule": "within_day", "of": [one]},
                {"rule": "rolling", "of": [one, other]},
                {"rule": "few_days", "at_most": 1},
                {"rule": "no_idle_slots"},
            ]
        )
        rules.append({"id": f"rule-{index}", "cost_to_waive": rng.randint(1, 9), **drawn})
    return from_data(
        {
            "name": f"random-{number}",
            "meeting": {"series": "s", "annex_title": "t"},
            "calendar": {"slots": ["10:00-12:00", "15:00-17:00"], "days": ["2025-02-25", "2025-02-26"]},
            "rooms": [{"id": "one"}, {"id": "two"}][: rng.choice((1, 2))],
            "officers": [{"id": "chair", "post": "Chair", "absent": ["2025-02-26"]}],
            "bodies": bodies,
            "rules": rules,
        }
    )
