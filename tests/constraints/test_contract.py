"""What every kind of rule says of itself, in its own file."""

from __future__ import annotations

from random import Random

import jsonschema
import pytest
from support.random_programmes import admitted, programme, rule

from constraints import KINDS
from scheduler.domain.base import altered
from scheduler.reading.entry import from_data
from scheduler.reading.schema import scenario_schema
from scheduler.rules.adjusting import Adjusting
from scheduler.rules.rule import Rule

OF_EVERY_RULE = {*Rule.model_fields}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_says_what_giving_it_up_costs(kind: str) -> None:
    own = [each for each in KINDS[kind].__mro__ if "default_cost_to_waive" in vars(each)]
    assert own[:1] == [KINDS[kind]], "write default_cost_to_waive into its class"
    assert KINDS[kind].default_cost_to_waive >= 1


def moved(kind: str, number: int) -> set[str]:
    """The keys of a random rule that some setting moves."""
    rng = Random(f"{kind} {number}")
    data = programme(rng)
    of = admitted(data | {"rules": [rule(rng, kind, data) | {"weight": None}]})
    if of is None:
        return set()
    adjusting = Adjusting(of, of.rules, 30, 30, KINDS)
    found = {s.option for each in of.rules[0].adjustable(adjusting) for s in each.settings if s.option}
    return {path.partition("=")[0].rpartition(".")[2] for path in found}


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_a_kind_is_moved_by_some_way_out_or_says_why_not(kind: str) -> None:
    own = {*KINDS[kind].model_fields} - OF_EVERY_RULE
    keys = {key for number in range(40) for key in moved(kind, number)} - {kind}
    assert keys | {*KINDS[kind].not_adjustable} >= own
    assert not keys & {*KINDS[kind].not_adjustable}
    assert all(reason and not reason.endswith(".") for reason in KINDS[kind].not_adjustable.values())


@pytest.mark.parametrize("kind", KINDS)
def test_a_setting_is_a_rule_that_is_valid_and_says_something_else(kind: str) -> None:
    for number in range(20):
        rng = Random(f"{kind} {number}")
        data = programme(rng)
        of = admitted(data | {"rules": [rule(rng, kind, data) | {"weight": None}]})
        if of is None:
            continue
        for each in of.rules[0].adjustable(Adjusting(of, of.rules, 30, 30, KINDS)):
            for setting in each.settings:
                changed = altered(of, **setting.fields())
                assert changed.rules != of.rules
                assert from_data(changed.document).rules == changed.rules


SCHEMA = scenario_schema()
SCHEMAS = {each["properties"]["rule"]["const"]: each for each in SCHEMA["properties"]["rules"]["items"]["oneOf"]}


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_a_kind_fits_its_schema_and_is_shown_there(kind: str) -> None:
    (shown,) = SCHEMAS[kind]["examples"]
    assert shown == {"rule": kind, **KINDS[kind].example}
    jsonschema.Draft202012Validator(SCHEMAS[kind] | {"$defs": SCHEMA["$defs"]}).validate(shown)
