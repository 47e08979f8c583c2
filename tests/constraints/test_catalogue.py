"""The catalogue names every rule there is, and what each holds for."""

from __future__ import annotations

from pathlib import Path

import pytest

import constraints
from constraints import KINDS, STANDING


def test_every_file_is_a_rule_of_the_catalogue() -> None:
    files = {path.stem for path in Path(constraints.__file__).parent.glob("*.py")}
    assert files - {"__init__"} == set(KINDS)


@pytest.mark.parametrize("word", KINDS)
def test_each_word_is_the_name_that_its_class_answers_to(word: str) -> None:
    assert KINDS[word].model_fields["rule"].default == word


def test_the_standing_kinds_are_those_whose_class_says_so() -> None:
    assert set(STANDING) == {word for word, rule in KINDS.items() if rule.standing}


def test_a_kind_that_does_not_exist_is_not_there() -> None:
    assert "ordr" not in KINDS
    with pytest.raises(KeyError, match="ordr"):
        KINDS["ordr"]
