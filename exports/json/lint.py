"""What ``schedule lint`` finds, as plain data for ``--json``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scheduler.documents.forms import TEXT, WHOLE, Answer, Members, each
from scheduler.reading.diagnostics import printable

if TYPE_CHECKING:
    from scheduler.linting.slips import Slip

_SLIPS = each(Members({"line": WHOLE, "kind": TEXT, "sentence": (lambda slip: printable(slip.sentence), TEXT)}))
LINT = Answer("lint", {"file": TEXT, "slips": (iter, _SLIPS), "read": TEXT})


def lint_document(file: str, slips: Sequence[Slip], read: str) -> dict[str, Any]:
    """The slips of a letter, and what was read of it."""
    return LINT.of(slips, file=printable(file), read=printable(read))
