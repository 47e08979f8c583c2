"""Numbers on the command line that are none, or out of range, are refused in words that say what to write."""

from __future__ import annotations

import pytest
from support.command import Command
from support.letters import SCENARIOS


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("-k", "0", "write a whole number from 1 to 26, not '0'"),
        ("-k", "three", "write a whole number from 1 to 26, not 'three'"),
        ("--within", "-1", "write a whole number from 0 to 1,000,000,000, not '-1'"),
        ("--time-limit", "x", "write a number of seconds above 0 and up to 1,000,000, not 'x'"),
        ("--time-limit", "0", "write a number of seconds above 0 and up to 1,000,000, not '0'"),
        ("--time-limit", "nan", "write a number of seconds above 0 and up to 1,000,000, not 'nan'"),
    ],
)
def test_what_is_no_number_is_refused_in_words(option: str, value: str, said: str, schedule: Command) -> None:
    run = schedule("solve", SCENARIOS / "csp3.yaml", option, value)
    assert (run.status, said in run.err) == (2, True), run.err


def test_the_ends_of_a_range_are_numbers(schedule: Command) -> None:
    assert schedule("explain", SCENARIOS / "csp3.yaml", "--ways", "1").status == 0
    assert schedule("explain", SCENARIOS / "csp3.yaml", "--ways", "20").status == 0
