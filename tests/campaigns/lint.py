"""Letters without a slip, and the same with one planted slip of each of twelve kinds, against ``schedule lint``.

    PYTHONPATH=tests python tests/campaigns/lint.py 200

Three families: the five real letters (that of CSP12 with its two slips mended), letters of varied wording, and Word
files that ``schedule letter`` makes of random scenarios; the first two as text and as Word file. In a letter without a
slip nothing may be found. Of planted slips those count as found whose sentence repeats the words that were planted.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from support.letter_drafts import Draft, draft_of_text, draft_of_word
from support.letter_scenarios import word_letter
from support.letter_slips import KINDS
from support.letter_styles import invitation
from support.project import ROOT

from scheduler.linting.checks import slips_in
from scheduler.linting.facts import facts_of
from scheduler.linting.reading import read_letter
from scheduler.linting.slips import Slip
from scheduler.reading.files import Held

LETTERS = ROOT / "tests" / "golden" / "letters"
REAL = ("csp3", "csp8", "csp10", "csp11", "csp12")
MENDED = (("01 December 2026", "01 December 2025"), ("for the Working Group meetings", "for the preparatory meeting"))
"""The two slips of the letter of CSP12."""


@dataclass
class Tally:
    """What a campaign has found."""

    letters: int = 0
    wrong: list[str] = field(default_factory=list)
    """Sentences about letters without a slip."""
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    def share(self) -> float:
        return sum(self.found.values()) / max(1, sum(self.planted.values()))

    def lines(self) -> Iterator[str]:
        yield f"{self.letters} letters without a slip: {len(self.wrong)} sentences"
        yield from self.wrong[:20]
        for kind in KINDS:
            yield f"{kind:34} {self.found[kind]:5} of {self.planted[kind]:5}"
        yield f"{'all':34} {sum(self.found.values()):5} of {sum(self.planted.values()):5}, {100 * self.share():.1f} %"


def slips_of(data: bytes) -> tuple[Slip, ...]:
    """What the reader finds in the bytes of a file."""
    return slips_in(facts_of(read_letter(Held("letter", data))))


def real(name: str) -> Draft:
    """A real letter, mended."""
    draft = draft_of_text(name, (LETTERS / f"{name}.txt").read_text("utf-8"))
    for old, new in MENDED if name == "csp12" else ():
        draft = draft.replaced(old, new) or draft
    return draft


def try_draft(tally: Tally, draft: Draft, *, word: bool, tries: int = 1) -> None:
    """A letter as it is, then with one slip of each kind."""
    write = Draft.as_word if word else Draft.as_text
    name = f"{draft.name} {'word' if word else 'text'}"
    tally.letters += 1
    quiet = {slip.sentence for slip in slips_of(write(draft))}
    tally.wrong += [f"{name}: {sentence}" for sentence in sorted(quiet)]
    for kind, plant in KINDS.items():
        for number in range(tries):
            planted = plant(draft, Random(f"{name} {kind} {number}"))
            if planted is None:
                continue
            tally.planted[kind] += 1
            said = [slip.sentence for slip in slips_of(write(planted.draft)) if slip.sentence not in quiet]
            if any(planted.words in sentence.lower() for sentence in said):
                tally.found[kind] += 1
            else:
                tally.missed.append(f"{name}: {kind}: {planted.words!r}: {said}")


def run(number: int, *, first: int = 0) -> dict[str, Tally]:
    """The campaign over the real letters and ``number`` letters of each other family."""
    tallies = {"real letters": Tally(), "varied wording": Tally(), "schedule letter": Tally()}
    for name in REAL:
        for word in (False, True):
            try_draft(tallies["real letters"], real(name), word=word, tries=3)
    for seed in range(first, first + number):
        try_draft(tallies["varied wording"], invitation(seed), word=seed % 2 == 1)
        _, data = word_letter(seed)
        tally = tallies["schedule letter"]
        tally.wrong += [f"letter {seed}: {slip.sentence}" for slip in slips_of(data)]
        try_draft(tally, draft_of_word(f"letter {seed}", data), word=True)
    return tallies


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("number", type=int, nargs="?", default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--missed", action="store_true", help="Print what was missed.")
    given = parser.parse_args()
    for family, found in run(given.number, first=given.first).items():
        print(f"\n{family}")
        print("\n".join(found.lines()))
        if given.missed:
            print("\n".join(found.missed))
