"""Whose names a meeting has printed: a word, a list of words, true or false; anything else is told."""

from __future__ import annotations

from typing import Any

import pytest
from support.small import scenario as small

from scheduler.domain.meeting import roles
from scheduler.reading.diagnostics import ScenarioError
from scheduler.scenario import Scenario


def named(value: Any) -> Scenario:
    return small({"A": "3h"}, meeting={"series": "Small", "annex_title": "SMALL", "names_in_list": value})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("true", ("officers", "presenters")),
        ("false", ()),
        (None, ()),
        ("attendees", ("attendees",)),
        (["presenters", "officers"], ("presenters", "officers")),
        ([], ()),
    ],
)
def test_whose_names_are_meant(value: Any, expected: tuple[str, ...]) -> None:
    assert roles(named(value).meeting.names_in_list) == expected


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("yes", "'yes' cannot say whose names are printed: write true for officers and presenters, false for nobody"),
        ({"officers": "all"}, "keys cannot say whose names are printed"),
        ("presentrs", "did you mean 'presenters'?"),
        (["officers", "chairs"], "'chairs' is not one of: officers, presenters, attendees"),
    ],
)
def test_what_cannot_say_whose_names_is_refused(value: Any, words: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        named(value)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("value", "always"),
    [("always", True), ("true", True), ("when needed", False), ("When needed", False), (False, False)],
)
def test_hours_are_printed_when_needed_or_always(value: Any, always: bool) -> None:
    made = small({"A": "3h"}, meeting={"series": "Small", "annex_title": "SMALL", "hours_in_every_cell": value})
    assert made.meeting.hours_in_every_cell is always


def test_hours_are_not_printed_sometimes() -> None:
    with pytest.raises(ScenarioError, match="'sometimes' does not say when hours are printed: write when needed or"):
        small({"A": "3h"}, meeting={"series": "Small", "annex_title": "SMALL", "hours_in_every_cell": "sometimes"})
