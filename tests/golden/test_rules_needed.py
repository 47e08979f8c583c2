"""No rule of a letter stands there without need or source."""

from __future__ import annotations

from support.letters import ALL, SERIES, letter
from support.rules_needed import report


def test_how_many_optima_remain_without_each_rule() -> None:
    assert report(ALL) == {
        "csp3": {"plenary": "1", "rolling-basis": "0", "letter-order": "24", "agenda-last": "5"},
        "csp8": {"plenary": "1", "working-groups": "20", "sub-groups": "6", "prep-last": "6"},
        "csp10": {
            "plenary": "1",
            "rolling-basis": "1",
            "working-groups": "4",
            "sub-groups": "6",
            "wgeti-block": "2",
            "dief-middle": "2",
            "dief-last": "2",
        },
        "csp11": {
            "plenary": "1",
            "rolling-basis": "0",
            "working-groups": "6",
            "sub-groups": "2",
            "wgeti-block": "1",
            "dief-middle": "1",
            "dief-last": "1",
        },
        "csp12": {
            "plenary": "1",
            "rolling-basis": "0",
            "reporting-order": "50+",
            "arrangements-order": "50+",
            "reports-first": "50+",
        },
    }


def test_every_rule_names_its_source() -> None:
    assert [rule.name for name in (*ALL, *SERIES) for rule in letter(name).rules if not rule.source] == []
