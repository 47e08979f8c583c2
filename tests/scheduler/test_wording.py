"""English that all messages share, worked out by hand."""

from __future__ import annotations

import pytest

from scheduler.wording import as_sentence, capital, counted, did_you_mean, listed, suggest, uncapital


def test_lists_and_numbers() -> None:
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "nothing",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert listed(["a", "b"], "or") == "a or b"
    assert counted(1, "slot") == "one slot"
    assert counted(2, "body with a gap") == "2 bodies with a gap"
    assert counted(2, "day") == "2 days"
    assert counted(0, "breach", "breaches") == "0 breaches"


def test_capitals_and_full_stops() -> None:
    assert (capital("the Chair"), uncapital("The Chair"), capital("")) == ("The Chair", "the Chair", "")
    assert [as_sentence(text) for text in ("it holds", "why?", "it holds.")] == ["It holds.", "Why?", "It holds."]


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("WGTRR", ["WGTR", "wgtr"], "WGTR"),
        ("wgtrr", ["WGTR", "wgtr"], "wgtr"),
        ("Plenry", ["plenary", "small"], "plenary"),
        ("nothing-like-it", ["plenary"], None),
        ("p" * 61, ["p" * 61], None),
    ],
)
def test_the_name_that_was_meant(word: str, known: list[str], meant: str | None) -> None:
    assert suggest(word, known) == meant


def test_the_first_dozen_where_nothing_is_near() -> None:
    known = [f"name-{number}" for number in range(13)]
    assert did_you_mean("zzz", known) == f"known here: {', '.join(known[:12])}, …"
    assert did_you_mean("zzz", []) == ""
