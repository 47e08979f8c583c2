"""The program and an enumeration that was written from the page place and judge side events alike."""

from __future__ import annotations

from collections import Counter

import pytest
from independent.side_events_agreement import differences

BATCHES, PER_BATCH = 6, 20


@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_places_are_the_first_of_the_cheapest_and_the_judge_agrees_on_any(batch: int) -> None:
    seen: Counter[str] = Counter()
    seeds = range(batch * PER_BATCH, (batch + 1) * PER_BATCH)
    assert [text for seed in seeds for text in differences(seed, seen)] == []
    assert 0 < seen["of them impossible"] < PER_BATCH
    assert 0 < seen["of them broken"] < seen["ways judged"]
