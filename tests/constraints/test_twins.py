"""Each kind of rule refuses timetables that break it, and allows their near twins."""

from __future__ import annotations

import pytest
from support.twins import TWINS, Twins

from constraints import KINDS

every_pair = pytest.mark.parametrize("twins", TWINS, ids=[f"{twins.kind}: {twins.case}" for twins in TWINS])


@every_pair
def test_the_rule_refuses(twins: Twins) -> None:
    assert twins.verdict(twins.refused) == (False, [twins.message])


@every_pair
def test_the_rule_allows_the_near_twin(twins: Twins) -> None:
    assert twins.verdict(twins.allowed) == (True, [])


def test_every_kind_has_twins_in_the_order_of_the_catalogue() -> None:
    assert list(dict.fromkeys(twins.kind for twins in TWINS)) == list(KINDS)


def test_no_case_is_told_twice() -> None:
    assert len({twins.case for twins in TWINS}) == len(TWINS)
