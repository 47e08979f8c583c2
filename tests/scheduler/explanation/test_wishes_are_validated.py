"""What a scenario is refused for when it is read, it is refused for when a value is set or a wish is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.errors import InputError
from scheduler.explanation.applying import Changing
from scheduler.reading.loading import load
from scheduler.scenario import Scenario

TEXT = """\
name: councils
meeting: {series: Councils, annex_title: COUNCILS}
calendar: {grain: 30 min, slots: [10:00-13:00], days: [2027-04-12, 2027-04-14]}
rooms: [{id: hall}, {id: annex}]
officers: [{id: chair, post: Chair}]
people: [{id: lee, name: Ann Lee}]
bodies:
  - {id: COUNCIL, sessions: [{id: opening, duration: 1h}]}
  - {id: DRAFTING, parent: COUNCIL, sessions: [{id: drafting, duration: 1h}, {id: text, duration: 30 min}]}
  - {id: FINANCE, sessions: [{id: budget, duration: 1h}]}
rules:
  - {rule: order, of: [FINANCE, DRAFTING]}
promises:
  - {rule: finish_by, of: [budget], by: 2027-04-14 13:00}
"""


@pytest.fixture
def councils(tmp_path: Path) -> Scenario:
    path = tmp_path / "councils.yaml"
    path.write_text(TEXT)
    return load(path).scenario


def refused(scenario: Scenario, change: Changing) -> str:
    with pytest.raises(InputError) as caught:
        change.applied(scenario)
    return str(caught.value).splitlines()[0]


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        (
            "rules=[{rule: order, of: [COUNCIL, DRAFTING]}]",
            "'drafting' belongs to 'COUNCIL' and to 'DRAFTING', and nothing comes before itself",
        ),
        (
            "rules.order.of=[FINANCE, budget]",
            "'budget' belongs to 'FINANCE' and to 'budget', and nothing comes before itself",
        ),
        (
            "rules.order.gap=45 min",
            "45 min does not fit the grain of 30 min: write 30m or 1h, or a finer grain",
        ),
        (
            'rules=[{rule: pin, of: [text], at: "10:15"}]',
            "10:15 is 15 min after the slot opens at 10:00, which does not fit the grain of 30 min: "
            "write 10:00 or 10:30, or a finer grain",
        ),
        ("promises.0.by=2027-04-13 13:00", "13 April 2027 is not a day of this series"),
        (
            "calendar.days=[2027-04-12, {date: 2027-04-14, slots: []}]",
            "nobody meets on 2027-04-14: name a day with slots",
        ),
        ("bodies.FINANCE.sessions.budget.id=text", "the id 'text' is taken: choose another"),
        ("rooms=[{id: hall}, {id: hall}]", "the id 'hall' is taken: choose another"),
        ("people.lee.id=chair", "the id 'chair' is taken: choose another"),
    ],
)
def test_a_value_that_contradicts_another_place_is_refused(councils: Scenario, setting: str, message: str) -> None:
    assert message in refused(councils, Changing(values=(setting,)))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (Changing(require=("drafting before council",)), "'drafting' belongs to"),
        (Changing(forbid=("COUNCIL before text",)), "'text' belongs to"),
        (Changing(require=("budget at 10:10",)), "10:10 is 10 min after the slot opens at 10:00"),
    ],
)
def test_a_wish_that_no_file_may_say_is_refused(councils: Scenario, change: Changing, message: str) -> None:
    assert message in refused(councils, change)


def test_other_values_and_wishes_are_taken(councils: Scenario) -> None:
    change = Changing(
        values=("rules.order.of=[DRAFTING, FINANCE]",), require=("budget at 10:30", "text after drafting")
    )
    changed, wishes, *_ = change.applied(councils)
    assert (changed.rules[0].of, len(wishes)) == (("DRAFTING", "FINANCE"), 2)
