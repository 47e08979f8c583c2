"""Every figure of the comparison, recomputed by hand for the option with the forum; dominance and the Pareto set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from support.letters import SCENARIOS
from support.small import scenario as small
from support.small import timetable

from scheduler.comparison.compare import Comparison, compare
from scheduler.comparison.option import Option
from scheduler.domain.places import regions, states_parties
from scheduler.outcome import Settings
from scheduler.reading.loading import load
from scheduler.solving.engine import solve

CSP11 = sorted((SCENARIOS / "options").glob("csp11*.yaml"))


def options(paths: Sequence[object]) -> list[Option]:
    found = []
    for letter, path in zip("ABCDEFGH", paths, strict=False):
        scenario = load(str(path)).scenario
        outcome = solve(scenario, Settings(workers=1))
        found.append(Option(letter, scenario.option or "", scenario, outcome.timetable, outcome.status.value))
    return found


@pytest.fixture(scope="module")
def page() -> Comparison:
    return compare(options(CSP11), ("days", "nights", "remote"))


def by_minute(segments: Sequence[tuple[str, str, str]], region: str) -> float:
    """Percentage of minutes between 07:00 and 22:00 at the capitals of a region, minute by minute."""
    inside = total = 0
    for place in regions(states_parties())[region]:
        for day, start, end in segments:
            first = datetime.fromisoformat(f"{day}T{start}").replace(tzinfo=ZoneInfo("Europe/Zurich")).astimezone(UTC)
            last = datetime.fromisoformat(f"{day}T{end}").replace(tzinfo=ZoneInfo("Europe/Zurich")).astimezone(UTC)
            while first < last:
                total += 1
                inside += 7 <= first.astimezone(ZoneInfo(place.zone)).hour < 22
                first += timedelta(minutes=1)
    return 100 * inside / total


WITH_FORUM = [
    ("2025-02-25", "09:00", "13:00"),  # WGETI: national practices, 6 h from Tuesday 09:00 to 17:00
    ("2025-02-25", "15:00", "18:00"),  # WGETI: current issues from 17:00
    ("2025-02-26", "09:00", "13:00"),
    ("2025-02-26", "15:00", "18:00"),  # WGETI to 17:30, then WGTU
    ("2025-02-27", "09:00", "13:00"),  # WGTU
    ("2025-02-27", "15:00", "18:00"),  # DIEF
    ("2025-02-28", "09:00", "13:00"),  # WGTR, 6 h from 09:00 to 17:00
    ("2025-02-28", "15:00", "17:00"),
]
"""Option B as its grid shows it."""


def test_every_figure_of_one_option_is_as_reckoned_by_hand(page: Comparison) -> None:
    figures = {row.criterion.id: row.numbers[1] for row in page.rows}
    shares = {region: by_minute(WITH_FORUM, region) for region in regions(states_parties())}
    assert {name: round(number, 6) for name, number in figures.items() if number is not None} == {
        "days": 4,  # Tuesday to Friday
        "hours": (6 + 7.5 + 4.5 + 6 + 3) * 60,
        "unused": 0,  # eight half-days, all used
        "interpreted": 8,  # eight slots of the one room
        "teams": 4,  # two meetings a day, one team each day
        "nights": 3,
        "journeys": 1,
        "officer-nights": 0,  # the chair of the forum comes for Thursday afternoon
        "officer-nights.Chair of the Diversion Information Exchange Forum": 0,
        "body-nights": 2,
        "body-nights.WGETI": 1,  # Tuesday and Wednesday
        "body-nights.WGTU": 1,  # Wednesday and Thursday
        "body-nights.WGTR": 0,
        "body-nights.DIEF": 0,
        "closed": 180,
        "waiting": 0,  # nothing follows on the Thursday
        "split": 2,  # WGETI and WGTU
        "missed": 0,  # one plenary
        "remote": round(min(shares.values()), 6),
        "remote-spread": round(max(shares.values()) - min(shares.values()), 6),
        "broken": 0,
        "cost": 0,
        "changes": 5,  # four begin elsewhere, the forum is new
    } | {f"remote.{region}": round(share, 6) for region, share in shares.items()}


def test_two_series_are_two_journeys_and_not_three_months_away(page: Comparison) -> None:
    figures = {row.criterion.id: row.numbers[3] for row in page.rows}
    assert (figures["nights"], figures["journeys"]) == (2, 2)


def test_the_impossible_option_has_no_figures(page: Comparison) -> None:
    assert page.options[4].status == "infeasible"
    assert {row.numbers[4] for row in page.rows} == {None}


def test_who_is_worse_only_in_a_detail_and_the_pareto_set_are_said_in_words(page: Comparison) -> None:
    assert page.dominances == ()
    sentence = "Against C, B is worse only in remote day hours (Americas), and better in days of meeting, "
    assert [trade.sentence.startswith(sentence) for trade in page.trades if trade.details] == [True]
    assert page.sentences()[-1].endswith("What is left out (D) does not count here.")
    assert [page.options[index].letter for index in page.pareto] == ["D"]


def test_a_tick_stands_only_where_options_differ(page: Comparison) -> None:
    best = {row.criterion.id: sorted(row.best) for row in page.rows}
    assert best["days"] == [0, 1, 3]
    assert best["hours"] == best["missed"] == best["changes"] == []
    assert best["remote"] == [3]


def test_changes_count_against_a_published_timetable_only() -> None:
    found = options(CSP11[:2])
    better = [compare(found, published=published).rows[-1].criterion.better for published in (False, True)]
    assert better == [None, "less"]


def test_cost_is_compared_only_between_options_of_the_same_rules() -> None:
    fairest, published = (SCENARIOS / "options" / f"csp8-{name}.yaml" for name in ("d-fairest", "a-published"))
    better = [
        next(row.criterion.better for row in compare(options(paths)).rows if row.criterion.id == "cost")
        for paths in ((fairest, fairest), (fairest, published))
    ]
    assert better == ["less", None]


def test_waiting_and_missed_hours_are_seen() -> None:
    from support.letters import document, entry, from_data

    data = document("csp10")
    data["rooms"] = [{"id": "plenary"}, {"id": "second"}]
    data["rules"] = [
        {"rule": "pin", "of": ["dief"], "start": "Tuesday am", "room": "second"},
        {"rule": "pin", "of": ["a67"], "start": "Tuesday am", "room": "plenary"},
        {"rule": "pin", "of": ["cei"], "start": "Tuesday pm", "room": "plenary"},
    ]
    entry(data, "bodies", "WGTR")["sessions"] = []
    entry(data, "bodies", "WGTU")["sessions"] = []
    entry(data, "bodies", "WGETI")["sessions"] = [
        session for session in entry(data, "bodies", "WGETI")["sessions"] if session["id"] != "nip"
    ]
    scenario = from_data(data)
    outcome = solve(scenario, Settings(workers=1))
    rows = compare([Option("A", "", scenario, outcome.timetable, "optimal")]).rows
    figures = {row.criterion.id: row.numbers[0] for row in rows}
    assert (figures["waiting"], figures["missed"], figures["interpreted"], figures["teams"]) == (180, 180, 3, 2)


def test_a_session_of_another_duration_is_a_change() -> None:
    first, second = small({"A": "3h", "B": "3h"}), small({"A": "2h", "B": "1h30"})
    a = Option("A", "a", first, timetable(first, {"a": "Tue 10:00", "b": "Wed 10:00"}), "optimal")
    b = Option("B", "b", second, timetable(second, {"a": "Tue 10:00", "b": "Thu 10:00"}), "optimal")
    found = compare([a, b])
    assert [move.sentence for move in found.changes[1] or ()] == [
        "A takes 2 h instead of 3 h.",
        "B moves from Wednesday 26 February at 10:00 to Thursday 27 February at 10:00 and takes 1 h 30 instead of 3 h.",
    ]
    assert found.differ
    assert {row.criterion.id: row.numbers for row in found.rows}["changes"] == (0, 2)
