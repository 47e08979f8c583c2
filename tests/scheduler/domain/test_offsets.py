"""Time zones written as offsets: what to write instead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import TypeAdapter, ValidationError

from scheduler.domain.meeting import TimeZone
from scheduler.domain.offsets import PLACES, instead_of_offset

LIMA = "write the IANA name of the place, as in America/Lima; the fixed offset is Etc/GMT+5: the sign is turned round"


@pytest.mark.parametrize("month", [1, 7])
def test_every_place_keeps_its_offset_in_winter_and_summer(month: int) -> None:
    then = datetime(2027, month, 1, 12, tzinfo=UTC)
    assert {ZoneInfo(zone).utcoffset(then): zone for zone in PLACES.values()} == {
        timedelta(minutes=minutes): zone for minutes, zone in PLACES.items()
    }


@pytest.mark.parametrize("text", ["GMT-5", "UTC-5", "utc -05:00", "-05:00", "-0500", "GMT\u22125"])
def test_the_sign_of_a_fixed_offset_is_turned_round(text: str) -> None:
    assert instead_of_offset(text) == LIMA


@pytest.mark.parametrize("hours", range(-12, 15))
def test_the_fixed_offset_that_is_named_is_the_one_that_was_written(hours: int) -> None:
    remedy = instead_of_offset(f"UTC{hours:+}")
    named = next(word.strip(":,;") for word in remedy.split() if word.startswith("Etc/"))
    assert datetime(2027, 1, 1, tzinfo=ZoneInfo(named)).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("+05:30", "write the IANA name of the place, as in Asia/Kolkata"),
        ("UTC+0", "write the IANA name of the place, as in Africa/Abidjan, or Etc/GMT"),
        ("UTC-12", "write the IANA name of the place; the fixed offset is Etc/GMT+12: the sign is turned round"),
        ("UTC+2:10", ""),
        ("GMT+19", ""),
        ("Geneva", ""),
        ("", ""),
    ],
)
def test_offsets_without_a_fixed_name_go_by_a_place_or_not_at_all(text: str, remedy: str) -> None:
    assert instead_of_offset(text) == remedy


def test_a_scenario_with_an_offset_for_a_zone_is_told_so() -> None:
    with pytest.raises(ValidationError, match="'GMT-5' is no time zone: write the IANA name of the place, as in Am"):
        TypeAdapter(TimeZone).validate_python("GMT-5")
    with pytest.raises(ValidationError, match="'Geneva' is no time zone: write the IANA name, as in Europe/Zurich"):
        TypeAdapter(TimeZone).validate_python("Geneva")
