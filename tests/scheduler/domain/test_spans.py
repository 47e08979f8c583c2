"""Stretches of a day, and bands that come back every day."""

from __future__ import annotations

import pytest

from scheduler.domain.spans import Span, covered, in_band, joined, parse_band, show_end, write_band


@pytest.mark.parametrize(
    ("spans", "together"),
    [
        ([], ()),
        ([(600, 690), (690, 780)], ((600, 780),)),
        ([(690, 780), (600, 690)], ((600, 780),)),
        ([(600, 700), (650, 780)], ((600, 780),)),
        ([(600, 780), (630, 660)], ((600, 780),)),
        ([(600, 690), (691, 780)], ((600, 690), (691, 780))),
    ],
)
def test_stretches_that_touch_or_overlap_are_one(spans: list[Span], together: tuple[Span, ...]) -> None:
    assert joined(spans) == together


def test_a_stretch_is_covered_by_several_only_where_no_minute_is_left_out() -> None:
    assert covered([(600, 690), (690, 780)], 600, 780)
    assert not covered([(600, 690), (691, 780)], 600, 780)
    assert not covered([(600, 780)], 599, 780)
    assert not covered([(600, 780)], 600, 781)
    assert not covered([], 600, 601)


@pytest.mark.parametrize(
    ("band", "start", "end", "inside"),
    [
        ((420, 1440), 1260, 1440, True),  # 21:00 to midnight, within 07:00-24:00
        ((420, 1440), 1260, 1441, False),
        ((420, 1440), 0, 60, False),
        ((1320, 1800), 1320, 1800, True),  # 22:00-06:00 is 22:00-06:00 of the next day
        ((1320, 1800), 0, 360, True),
        ((1320, 1800), 1380, 1500, True),
        ((1320, 1800), 0, 361, False),
        ((1320, 1800), 1319, 1400, False),
        ((0, 1440), 1380, 1500, True),  # the whole day has no end
        ((1, 1440), 1380, 1500, False),
        ((540, 1080), 540, 1080, True),
        ((540, 1080), 539, 600, False),
    ],
)
def test_a_band_holds_a_stretch_as_a_whole(band: Span, start: int, end: int, inside: bool) -> None:
    assert in_band(band, start, end) is inside


@pytest.mark.parametrize(
    ("text", "band", "written"),
    [
        ("09:00-18:00", (540, 1080), "09:00-18:00"),
        ("07:00-24:00", (420, 1440), "07:00-24:00"),
        ("07:00-00:00", (420, 1440), "07:00-24:00"),
        ("22:00-06:00", (1320, 1800), "22:00-06:00"),
        ("15:00 – 01:30", (900, 1530), "15:00-01:30"),  # noqa: RUF001  planners paste the en dash
    ],
)
def test_bands_may_run_over_midnight(text: str, band: Span, written: str) -> None:
    assert (parse_band(text), write_band(band)) == (band, written)
    assert parse_band(written) == band


@pytest.mark.parametrize("text", ["09:00-09:00", "9-17", "09:00", "24:00-24:00"])
def test_what_is_no_band_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"lasts no minute|not a pair of hours|not a time of day"):
        parse_band(text)


def test_the_end_at_midnight_is_24() -> None:
    assert [show_end(minutes) for minutes in (60, 1440, 1441, 1530)] == ["01:00", "24:00", "00:01", "01:30"]
