"""``local_hours`` against a second statement: each minute of a session, told by the clock of its presenters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from support.small import amounts, scenario

ZONES = (
    "Europe/Zurich",
    "America/New_York",
    "America/St_Johns",
    "Asia/Tokyo",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Pacific/Honolulu",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
)
DAYS = ("2027-02-23", "2027-03-14", "2027-03-28", "2027-04-04", "2027-10-03", "2027-10-31", "2027-11-07")
"""One ordinary day, and days on which the clock changes somewhere."""
CLOCKS = tuple(range(0, 24 * 60 + 1, 30))


def show(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def within(band: tuple[int, int], moment: datetime, zone: str) -> bool:
    """Whether a minute lies in hours that may run over midnight."""
    there = moment.astimezone(ZoneInfo(zone))
    clock = there.hour * 60 + there.minute
    first, last = band
    return first <= clock < last if first < last else clock >= first or clock < last


def by_the_minute(
    day: str, hours: tuple[int, int], seat: str, zone: str, bands: tuple[tuple[int, int], tuple[int, int]]
) -> int:
    midnight = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(seat))
    moment, end = ((midnight + timedelta(minutes=clock)).astimezone(UTC) for clock in hours)
    worst = 0
    while moment < end:
        suitable, less = (within(band, moment, zone) for band in bands)
        worst = max(worst, 0 if suitable else 3 if less else 7)
        moment += timedelta(minutes=1)
    return worst


def drawn(draw: Random) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Suitable hours and those around them, perhaps over midnight; None where the one does not hold the other."""
    opens, length, before, after = draw.choice(CLOCKS[:-1]), *(30 * draw.randint(*r) for r in ((4, 30), (0, 6), (0, 6)))
    if length + before + after >= 24 * 60:
        return None
    ends = [(opens, opens + length), (opens - before, opens + length + after)]
    (a, b), (c, d) = ((first % 1440, (last - 1) % 1440 + 1) for first, last in ends)
    return (a, b), (c, d)


def test_the_whole_of_a_session_counts_minute_by_minute() -> None:
    draw, seen = Random(10), set()
    for _ in range(250):
        seat, zone, day, bands = draw.choice(ZONES), draw.choice(ZONES), draw.choice(DAYS), drawn(draw)
        start, end = sorted(draw.sample(CLOCKS, 2))
        if bands is None or end - start > 600:
            continue
        suitable, less = (f"{show(first)}-{show(last)}" for first, last in bands)
        options = {
            "rule": "local_hours",
            "suitable": suitable,
            "less_suitable": less,
            "small": 3,
            "big": 7,
            "weight": 1,
        }
        of = scenario(
            {"WG": {"a": {"duration": f"{end - start}m", "time_zone": zone}}},
            options,
            meeting={"series": "S", "annex_title": "S", "time_zone": seat},
            calendar={"days": [day], "slots": [f"{show(start)}-{show(end)}"]},
            as_it_was=True,
        )
        weekday = datetime.fromisoformat(day).strftime("%a")
        amount = by_the_minute(day, (start, end), seat, zone, bands)
        seen.add(amount)
        told = f"{day} {show(start)}-{show(end)} {seat}, {zone}: {suitable}, {less}"
        assert amounts(of, {"a": f"{weekday} {show(start)}"}) == ([amount] if amount else []), told
    assert seen == {0, 3, 7}
