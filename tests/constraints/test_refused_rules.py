"""Rules that mean nothing are refused, with what to write instead."""

from __future__ import annotations

from typing import Any

import pytest
from support.small import scenario

from scheduler.reading.diagnostics import ScenarioError

BODIES = {"WGTU": {"a": {"duration": "1h", "tags": ["law"]}, "b": "1h"}, "WGTR": "1h"}
REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        {"rule": "adjacent"},
        "adjacent needs names: write of: [first, second], or of: [WGETI] for its own sessions",
    ),
    (
        {"rule": "days_apart", "of": ["WGTU", "WGTR"], "at_least": "1 week"},
        "'1 week' is no number of days: write 1 for another day, 2 for not on two days running, 7 for a week",
    ),
    ({"rule": "adjacent", "of": ["a", "b", "a"]}, "adjacent names nobody twice: take out one 'a'"),
    (
        {"rule": "adjacent", "of": ["a", "WGTU"]},
        "'a' belongs to 'a' and to 'WGTU', and nothing comes before itself",
    ),
    (
        {"rule": "adjacent", "of": ["WGTU"], "within": "25h"},
        "within 25 h is not directly after: write 24h at most, or the rule days_apart",
    ),
    (
        {"rule": "same_time"},
        "same_time needs names: write of: [first, second], or of: [WGETI] for its own sessions",
    ),
    ({"rule": "same_day", "of": []}, "same_day needs names: write of: [WGETI, REPORT]"),
    ({"rule": "alone"}, "alone needs names: write of: [opening], or the rule one_at_a_time for every session"),
    ({"rule": "smallest_room", "per": 0}, "'0' is out of range: it must be at least 1"),
    ({"rule": "tag_limit", "at_most": 1, "tags": ["lwa"]}, "there is no tag 'lwa' in this scenario"),
    ({"rule": "tag_limit", "tags": ["law"]}, "'at_most' is missing here"),
    (
        {"rule": "changeover", "at_least": "0 min"},
        "at_least is the time between two sessions in one room: write 15 min",
    ),
    (
        {"rule": "changeover", "at_least": "25h"},
        "at_least 25 h is more than a changeover: write 24h at most",
    ),
    ({"rule": "changeover"}, "'at_least' is missing here"),
    ({"rule": "daily_limit", "at_most": 0}, "'0' is out of range: it must be at least 1"),
]


@pytest.mark.parametrize(("rule", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_a_rule_that_means_nothing_is_refused(rule: dict[str, Any], message: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        scenario(BODIES, rule)
    assert [each.message for each in refused.value.diagnostics] == [message]
