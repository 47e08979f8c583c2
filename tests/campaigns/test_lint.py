"""A small run of the campaign on letters: nothing where nothing is wrong, and the planted slips."""

from __future__ import annotations

from campaigns.lint import run
from support.letter_slips import KINDS


def test_letters_without_a_slip_are_left_alone_and_planted_slips_are_found() -> None:
    tallies = run(8)
    assert [sentence for tally in tallies.values() for sentence in tally.wrong] == []
    assert {name: tally.letters for name, tally in tallies.items()} == {
        "real letters": 10, "varied wording": 8, "schedule letter": 8,
    }  # fmt: skip
    planted = {kind: sum(tally.planted[kind] for tally in tallies.values()) for kind in KINDS}
    found = {kind: sum(tally.found[kind] for tally in tallies.values()) for kind in KINDS}
    assert min(planted.values()) >= 20
    assert {kind: found[kind] / planted[kind] for kind in KINDS if found[kind] < 0.95 * planted[kind]} == {}
