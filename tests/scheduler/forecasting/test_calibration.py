"""Windows keep what they say: 8 of 10. The whole campaigns are in tests/benchmarks/forecast.py."""

from __future__ import annotations

from itertools import pairwise

import pytest
from support.forecast_campaigns import Weeks, calibration, weeks
from support.forecasts import csp11_with_ranges


def test_windows_of_random_programmes_hold_in_80_percent_and_with_atoms_in_more() -> None:
    found = calibration(range(90), draws=300)
    assert found.smooth.share == pytest.approx(0.805, abs=0.015)
    assert found.atoms.share > 0.85


@pytest.fixture(scope="module")
def followed() -> Weeks:
    return weeks(*csp11_with_ranges(), range(24))


def test_windows_narrow_from_report_to_report(followed: Weeks) -> None:
    assert all(later <= earlier + 0.5 for earlier, later in pairwise(followed.mean_widths))
    assert followed.mean_widths[-1] < followed.mean_widths[0] / 4


def test_no_window_lies_before_the_present_and_no_reported_fact_changes(followed: Weeks) -> None:
    assert (followed.before_present, followed.changed_facts) == (0, 0)


def test_coverage_stays_at_80_percent_through_the_week(followed: Weeks) -> None:
    """24 weeks are about 200 independent windows: a standard error of 3 %."""
    assert followed.smooth.share == pytest.approx(0.81, abs=0.08)
