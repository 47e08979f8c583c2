"""What a comparison says of two options, held against every row that it shows."""

from __future__ import annotations

from itertools import permutations
from random import Random

import pytest
from support.small import scenario as small
from support.small import timetable
from support.small_scenarios import any_timetable, small_scenarios

from exports.html.compare import html_bytes
from exports.json.compare import comparison_document
from exports.xlsx.compare import comparison_workbook
from scheduler.comparison.compare import Comparison, compare
from scheduler.comparison.option import Option
from scheduler.domain.base import altered
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario


def option(letter: str, scenario: Scenario, places: dict[str, str]) -> Option:
    return Option(letter, letter * 2, scenario, timetable(scenario, places), "optimal")


def none(letter: str, scenario: Scenario) -> Option:
    return Option(letter, letter * 2, scenario, None, "infeasible", reasons=("No room.",))


WEEK = small({"A": "3h", "B": "3h"})
CLOSE = {"a": "Tue 10:00", "b": "Tue 15:00"}
APART = {"a": "Tue 10:00", "b": "Thu 10:00"}


def verdicts(*options: Option) -> list[str]:
    return [words for words in compare(options).sentences() if "breaks" not in words]


def test_an_option_that_leaves_a_body_out_is_never_nowhere_worse_and_says_what_it_leaves_out() -> None:
    less = option("B", small({"A": "3h"}), {"a": "Tue 10:00"})
    found = compare([option("A", WEEK, APART), less])
    assert [(d.better.letter, d.worse.letter) for d in found.dominances] == []
    assert "B leaves out B (3 h): where it is better, it also does less." in found.sentences()
    document = comparison_document(found)
    assert [each["leaves_out"] for each in document["options"]] == [[], [{"body": "B", "minutes": 180, "whole": True}]]
    assert "leaves out B (3 h)" in html_bytes(found).decode()


def test_less_time_for_a_session_is_less_work_too() -> None:
    shorter = option("B", small({"A": "3h", "B": "1h30"}), CLOSE)
    assert verdicts(option("A", WEEK, CLOSE), shorter)[0] == (
        "B leaves out 1 h 30 of B: where it is better, it also does less."
    )


def test_what_a_hand_gives_a_session_beyond_its_plan_is_left_out_by_nobody() -> None:
    as_planned = option("A", small({"A": "1h"}), {"a": "Tue 10:00"})
    twice = timetable(small({"A": "2h"}), {"a": "Tue 10:00"})
    by_hand = Option("B", "BB", small({"A": "1h"}), twice, "feasible")
    assert not [words for words in compare([as_planned, by_hand]).sentences() if "leaves out" in words]


def test_options_that_leave_out_the_same_share_one_sentence() -> None:
    least = small({"A": "3h"})
    others = [option("B", least, {"a": "Tue 10:00"}), option("C", least, {"a": "Wed 10:00"})]
    said = verdicts(option("A", WEEK, CLOSE), *others)
    assert said[0] == "B and C leave out B (3 h): where they are better, they also do less."


def test_equal_options_are_alike() -> None:
    one, other = option("A", WEEK, CLOSE), option("B", WEEK, CLOSE)
    assert verdicts(one, other) == ["A and B are alike: the same timetable, and the same figures."]
    found = comparison_document(compare([one, other]))
    assert (found["alike"], found["dominance"]) == ([{"options": ["A", "B"], "same_timetable": True}], [])


def test_options_with_equal_figures_and_other_timetables_are_alike_in_figures() -> None:
    turned = option("B", WEEK, {"a": "Tue 15:00", "b": "Tue 10:00"})
    assert verdicts(option("A", WEEK, CLOSE), turned) == [
        "A and B are alike: every figure is the same, though the timetables differ."
    ]


def test_rows_that_neither_less_nor_more_betters_are_named_where_the_two_differ() -> None:
    soft = {"rule": "within_day", "of": ["A"], "weight": 5}
    ruled = small({"A": "3h", "B": "3h"}, soft | {"rule": "not_on", "when": ["Tue"]})
    one, other = option("A", ruled, CLOSE), option("B", WEEK, {"a": "Tue 10:00", "b": "Thu 15:00"})
    better = next(d for d in compare([one, other]).dominances)
    assert (better.better.letter, better.worse.letter) == ("A", "B")
    assert better.not_weighed == ("cost of the rules",)
    assert better.sentence.endswith(" Not weighed: cost of the rules.")


@pytest.mark.parametrize("batch", range(4))
def test_nowhere_worse_holds_for_every_row_that_is_shown(batch: int) -> None:
    rng = Random(f"verdicts {batch}")
    seen = 0
    for scenario in small_scenarios(f"verdicts {batch}", 12, soft=1):
        options = [Option(x, x, scenario, any_timetable(rng, scenario), "checked") for x in "ABCD"]
        found = compare(options)
        claimed = {(d.better.letter, d.worse.letter) for d in found.dominances}
        for i, j in permutations(range(4), 2):
            worse = [row for row in found.rows if is_worse(row_numbers(found, row.criterion.id), i, j, row)]
            better = [row for row in found.rows if is_worse(row_numbers(found, row.criterion.id), j, i, row)]
            assert (("ABCD"[i], "ABCD"[j]) in claimed) == (not worse and bool(better))
            seen += not worse and bool(better)
    assert seen


def row_numbers(found: Comparison, name: str) -> list[str]:
    row = next(row for row in found.rows if row.criterion.id == name)
    return [row.criterion.show(number) for number in row.numbers]


def is_worse(shown: list[str], i: int, j: int, row) -> bool:  # type: ignore[no-untyped-def]
    """By the table as it is printed: another text, and a number on the wrong side."""
    one, other = row.numbers[i], row.numbers[j]
    if row.criterion.better is None or shown[i] == shown[j] or one is None or other is None:
        return False
    return bool((one > other) == (row.criterion.better == "less"))


SETS = {
    "one": [option("A", WEEK, CLOSE)],
    "one impossible": [none("A", WEEK)],
    "all impossible": [none("A", WEEK), none("B", WEEK)],
    "the first impossible": [none("A", WEEK), option("B", WEEK, CLOSE)],
    "without sessions": [
        Option("A", "AA", small({"A": {"sessions": {}}}), Timetable(()), "optimal"),
        option("B", WEEK, CLOSE),
    ],
    "nothing but without sessions": [Option("A", "AA", small({"A": {"sessions": {}}}), Timetable(()), "optimal")],
    "half placed": [option("A", WEEK, {"a": "Tue 10:00"}), option("B", WEEK, CLOSE), none("C", WEEK)],
}


@pytest.mark.parametrize("name", SETS)
def test_every_set_of_options_gets_its_page(name: str) -> None:
    found = compare(SETS[name])
    page = html_bytes(found).decode()
    assert comparison_workbook(found).startswith(b"PK")
    assert comparison_document(found)["options"][0]["letter"] == "A"
    assert ("No option has a timetable, so there are no figures." in page) == (
        "impossible" in name and "first" not in name
    )
    assert found.dominances == ()


def test_no_option_at_all_has_a_page_too() -> None:
    found = compare([])
    assert found.sentences() == ["There is no option."]
    assert "There is no option." in html_bytes(found).decode()
    assert comparison_workbook(found).startswith(b"PK")
    assert (comparison_document(found)["options"], found.differ) == ([], False)


def test_breaches_are_named() -> None:
    ruled = small({"A": "3h", "B": "3h"}, {"rule": "order", "of": ["B", "A"]})
    (said,) = (words for words in compare([option("A", ruled, CLOSE)]).sentences() if "breaks" in words)
    violation = ruled.rules[0].check(ruled, timetable(ruled, CLOSE))
    assert said == f"A breaks what must hold: {next(iter(violation)).message.rstrip('.')}."


# --- criteria that mean something ------------------------------------------------------------------------------------

TALKS = small(
    {
        "T": {"sessions": {"t": {"duration": "3h", "presenters": ["Ada"], "attendees": ["Bo"]}}},
        "U": {"sessions": {"u": {"duration": "3h", "presenters": ["Ada"], "attendees": ["Bo", "Cy"]}}},
    },
    rooms=[{"id": "one"}, {"id": "two"}],
)
"""Ada presents in both, Bo wants to hear both."""


def figures(found: Comparison) -> dict[str, object]:
    return {row.criterion.id: row.numbers[0] for row in found.rows}


def test_a_conference_has_no_rows_of_interpreters_closed_hours_and_states_far_away() -> None:
    found = figures(compare([option("A", TALKS, {"t": "Tue 10:00 one", "u": "Wed 10:00 one"})]))
    assert {"interpreted", "teams", "closed", "waiting", "missed", "remote", "remote-spread"} & set(found) == set()
    assert found["clashes"] == 0


def test_people_who_are_wanted_in_two_sessions_at_once_are_counted() -> None:
    found = figures(compare([option("A", TALKS, {"t": "Tue 10:00 one", "u": "Tue 10:00 two"})]))
    expected = {"clashes": 2, "clashes.must be at both": 1, "clashes.want to be at both": 1}
    assert {name: number for name, number in found.items() if name.startswith("clashes")} == expected


def test_officers_and_bodies_that_are_called_alike_have_a_row_each() -> None:
    chairs = [{"id": "x", "post": "Chair"}, {"id": "y", "post": "Chair"}]
    bodies = {
        name: {"label": "Group", "officers": [own], "sessions": {f"{name.lower()}1": "9h"}}
        for name, own in (("A", "x"), ("B", "y"))
    }
    scenario = small(bodies, officers=chairs, rooms=[{"id": "one"}, {"id": "two"}])
    found = figures(compare([option("A", scenario, {"a1": "Tue 10:00 one", "b1": "Tue 10:00 two"})]))
    assert (found["officer-nights"], found["body-nights"]) == (2, 2)
    assert {name for name in found if name.startswith(("officer-nights.", "body-nights."))} == {
        "officer-nights.Chair (x)",
        "officer-nights.Chair (y)",
        "body-nights.Group (A)",
        "body-nights.Group (B)",
    }


def test_one_person_in_two_posts_is_one_clash() -> None:
    chairs = [{"id": "x", "post": "Chair of A", "name": "Ada"}, {"id": "y", "post": "Chair of B", "name": "Ada"}]
    bodies = {
        name: {"officers": [own], "sessions": {f"{name.lower()}1": "3h"}} for name, own in (("A", "x"), ("B", "y"))
    }
    scenario = small(bodies, officers=chairs, rooms=[{"id": "one"}, {"id": "two"}])
    found = figures(compare([option("A", scenario, {"a1": "Tue 10:00 one", "b1": "Tue 10:00 two"})]))
    assert found["clashes.must be at both"] == 1


def test_interpreters_are_shown_where_equipment_says_so() -> None:
    rooms = [{"id": "one", "equipment": ["Interpretation booths"]}, {"id": "two"}]
    talks = altered(TALKS, rooms=small({"A": "3h"}, rooms=rooms).rooms)
    assert figures(compare([option("A", talks, {"t": "Tue 10:00 one", "u": "Wed 10:00 one"})]))["interpreted"] == 2
