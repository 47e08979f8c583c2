"""Rules on when a session sits: each refuses one timetable and allows its near twin."""

from __future__ import annotations

import pytest
from support.small import scenario


@pytest.mark.parametrize(("when", "grain"), [("Tuesday", 60), (None, 20)])
def test_an_anchor_refines_the_grain_by_the_slots_in_which_it_can_start(when: str | None, grain: int) -> None:
    late = {"date": "2025-02-26", "slots": ["10:20-13:20"]}
    anchor = {"rule": "anchor", "of": ["WGTU"], "at": "11:00", "when": when}
    assert scenario({"WGTU": "1h"}, anchor, days=["2025-02-25", late]).grain == grain
