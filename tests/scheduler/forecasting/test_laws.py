"""The law of a duration."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from scheduler.domain.duration import Duration
from scheduler.forecasting.laws import Law, law_of, nodes

DURATION: TypeAdapter[Duration] = TypeAdapter(Duration)


def law(value: object, correlation: float | None = None) -> Law:
    return law_of(DURATION.validate_python(value), correlation)


def share_up_to(found: Law, minutes: int) -> float:
    return float(found.pmf()[: minutes + 1].sum())


def test_low_likely_and_high_are_the_10th_50th_and_90th_percentile() -> None:
    found = law({"low": "3h", "likely": "4h30", "high": "6h"})
    assert [share_up_to(found, minutes) for minutes in (180, 270, 360)] == pytest.approx([0.1, 0.5, 0.9], abs=0.004)


def test_chances_add_up_to_one_and_none_is_negative() -> None:
    for value in ("3h", {"low": "1h", "likely": "1h", "high": "5h"}, {"speakers": "0..10", "minutes_each": "3..5"}):
        chances = law(value).pmf()
        assert float(chances.sum()) == pytest.approx(1, abs=1e-12)
        assert bool((chances >= 0).all())


def test_a_single_number_is_certain() -> None:
    found = law("1h30")
    assert found.certain
    assert int(found.pmf().argmax()) == 90
    assert float(found.pmf()[90]) == 1.0


def test_a_range_that_begins_at_the_likely_value_has_half_its_mass_there() -> None:
    assert float(law({"low": "2h", "likely": "2h", "high": "3h"}).pmf()[120]) == pytest.approx(0.5, abs=0.01)


def test_a_speakers_list_spreads_like_the_product_of_two_independent_ranges() -> None:
    """Drawn by hand: speakers and minutes each as independent lognormals, opening and replies fixed."""
    found = law({"opening": "20m", "speakers": "35..50", "minutes_each": "3..5", "replies": "15m"})
    random = np.random.default_rng(1)
    z, y = random.standard_normal((2, 200_000))
    speakers = 42.5 * np.exp(np.where(z < 0, np.log(42.5 / 35), np.log(50 / 42.5)) / 1.2815515655446004 * z)
    each = 4 * np.exp(np.where(y < 0, np.log(4 / 3), np.log(5 / 4)) / 1.2815515655446004 * y)
    drawn = np.quantile(35 + speakers * each, (0.1, 0.5, 0.9))
    assert [found.percentile(deviate * 1.2815515655446004) for deviate in (-1, 0, 1)] == pytest.approx(drawn, rel=0.03)
    assert found.median == 20 + 42.5 * 4 + 15


@pytest.mark.parametrize("correlation", [0.1, 0.5, 0.9])
def test_the_mixture_over_a_common_factor_gives_the_law_itself(correlation: float) -> None:
    found = law({"low": "3h", "likely": "4h30", "high": "6h"}, correlation)
    mixed = sum(weight * found.pmf(common) for common, weight in nodes(correlation))
    assert float(np.abs(np.cumsum(mixed) - np.cumsum(found.pmf())).max()) < 1e-4


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"low": "5h", "likely": "4h", "high": "6h"}, "must not run downwards"),
        ({"low": "3h", "likely": "7h", "high": "6h"}, "must not run downwards"),
        ({"low": "-1h", "likely": "4h", "high": "6h"}, "is negative"),
        ({"low": "0m", "likely": "4h", "high": "6h"}, "low must be above 0"),
        ({"speakers": "50..35", "minutes_each": "3"}, "runs downwards"),
        ({"speakers": "35..50", "minutes_each": "-3"}, "is not a number or a range"),
    ],
)
def test_an_impossible_range_is_refused(value: dict[str, str], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        law(value)
