"""What a rule says of one thing, and of two, is English: each number is tried in each of its keys."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pydantic import ValidationError
from support.small import scenario

from constraints import KINDS
from scheduler.domain.clock import agreeing, show_minutes

BODIES: dict[str, Any] = {"WG": {"a": "3h", "b": "3h"}, "REPORT": "3h", "FORUM": {"f": "3h"}}
OF = scenario(BODIES, officers=[{"id": "chair", "post": "Chair"}])
SEVERAL = "are|lie|were|have|sit|take|stand|meet|exist"
THINGS = "slot|session|room|night|team|meeting|point|half-day"
WRONG = [
    rf"(?:^|(?<!between ))\b(?:1 h|1 min|one (?:{THINGS}|day|body))(?: of [\w ]+)? (?:{SEVERAL})\b",
    r"\bthere are (?:at least |at most |only )?(?:one\b|1 h\b(?! \d)|1 min)",
    rf"\b(?:1|one) (?:(?:{THINGS})s|days|bodies)\b",
    rf"\b\d*[02-9] (?:{THINGS}|day|body)\b",
    r"\b[2-9] (?:h|min|[a-z]+s) (?:is|lies|has|sits|was|exists)\b",
]
"""Ways in which number and verb, or number and thing, do not agree."""
KEYS_OF_ALL = {"id", "rule", "of", "weight", "source", "cost_to_waive", "room"}


def settings(kind: str) -> list[dict[str, Any]]:
    """The example of a rule, with one and with two in each key that takes it."""
    of_rule = KINDS[kind]
    keys = [key for key in of_rule.model_fields if key not in KEYS_OF_ALL]
    values = [1, 2, "1 min", "2 min", "1h", "2h"]
    return [{**of_rule.example}, *({**of_rule.example, key: value} for key in keys for value in values)]


def sentences(kind: str) -> list[str]:
    said = []
    for setting in settings(kind):
        for names in (["WG"], ["WG", "REPORT"]):
            try:
                rule = KINDS[kind].model_validate({"rule": kind, **setting, "of": names})
            except ValidationError:
                continue
            said.append(rule.describe(OF))
    return said


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_numbers_agree_with_what_is_said_of_them(kind: str) -> None:
    said = sentences(kind)
    assert said
    assert [(text, wrong) for text in said for wrong in WRONG if re.search(wrong, text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "In Africa, at most 1 h of WG and REPORT lie between 18:00 and 09:00.",
        "In Africa, 1 h lie outside 09:00-18:00 on average",
        "Between two sessions there are at least 1 h.",
        "one session are held",
        "WG keeps to one rooms.",
        "WG keeps to 2 room.",
        "2 h is left",
    ],
)
def test_what_is_no_english_is_found(text: str) -> None:
    assert any(re.search(wrong, text) for wrong in WRONG)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(1, "1 min lies"), (2, "2 min lie"), (60, "1 h lies"), (61, "1 h 01 lie"), (90, "1 h 30 lie"), (120, "2 h lie")],
)
def test_the_verb_of_a_length_of_time(minutes: int, said: str) -> None:
    assert f"{show_minutes(minutes)} {agreeing(minutes, 'lies', 'lie')}" == said
