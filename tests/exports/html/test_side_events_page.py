"""Many side events stand in a table of their own on the page, whatever their texts say."""

from __future__ import annotations

from typing import Any

import pytest
from support.small import scenario as small

from exports.html.notebook import timetable_html
from scheduler.solving.completing import solve_all


def page(count: int) -> str:
    events: list[dict[str, Any]] = [{"title": f"<b>{n}</b>", "length": "1h"} for n in range(count)]
    said = {"windows": ["13:15-14:45"], "rooms": [f"R{n} & Co" for n in range(5)], "events": events}
    scenario = small({"A": "1h"}, days=["2025-02-25"], side_events=said)
    timetable = solve_all(scenario).timetable
    assert timetable is not None
    return timetable_html(scenario, timetable)


@pytest.mark.parametrize(("count", "tables"), [(4, 0), (5, 1)])
def test_more_than_four_on_a_day_have_a_table(count: int, tables: int) -> None:
    assert page(count).count('<table class="grid rooms"') == tables


def test_rooms_are_rows_days_are_columns_and_texts_are_escaped() -> None:
    lines = page(5).partition('<table class="grid rooms">')[2]
    assert lines.count('<tr class="side">') == 5
    assert '<th scope="col">Tuesday 25 February</th>' in lines
    assert '<th scope="rowgroup" rowspan="5">13:15 \u2013 14:45</th>' in lines
    assert "R0 &amp; Co</th><td><em>&lt;b&gt;0&lt;/b&gt;</em> (until 14:15)</td>" in lines
    assert "<b>" not in lines
