"""The rules as the project states them, and as they are stated a second time from the documentation: no difference.

``post`` and ``check`` share the meaning of the calendar, of people and of standing rules, so that neither can see a
mistake in it. The second statement shares nothing. ``tests/campaigns/second_statement.py`` compares thousands.
"""

from __future__ import annotations

import pytest
from independent.agreement import run
from independent.drawing import KINDS, OF_REPEATS, OF_ROOMS, moving, repeated
from independent.rules import STATED

BATCHES, PER_BATCH = 8, 15


@pytest.mark.parametrize("batch", range(BATCHES))
def test_both_statements_agree_on_every_harm_every_model_and_every_optimum(batch: int) -> None:
    campaign = run(f"suite {batch}", PER_BATCH)
    assert campaign.differences == []
    assert campaign.scenarios == PER_BATCH
    assert sum(campaign.broken.values()) > campaign.timetables // 2


@pytest.mark.parametrize("batch", range(4))
def test_both_agree_where_sessions_are_repeated(batch: int) -> None:
    campaign = run(f"repeated {batch}", PER_BATCH, repeated)
    assert campaign.differences == []
    assert sum(campaign.broken[kind] for kind in OF_REPEATS) > campaign.timetables // 4


@pytest.mark.parametrize("batch", range(2))
def test_both_agree_where_rooms_may_change_overnight(batch: int) -> None:
    campaign = run(f"moving {batch}", PER_BATCH, moving)
    assert campaign.differences == []
    assert sum(campaign.broken[kind] for kind in OF_ROOMS) > campaign.timetables // 4


def test_every_kind_that_is_stated_is_drawn() -> None:
    assert set(KINDS) == set(STATED)
