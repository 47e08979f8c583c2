"""No more than a given number of sessions sit at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from scheduler.domain.base import SessionId
from scheduler.domain.programme import Programme
from scheduler.rules.at_once import AtOnce
from scheduler.wording import counted

if TYPE_CHECKING:
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting


class ParallelLimit(AtOnce):
    """All sessions named are one group. Amount: one per session that is too many at some minute."""

    default_cost_to_waive = 40
    example = {"at_most": 2}

    def groups(self, programme: Programme) -> Iterator[tuple[str, Sequence[SessionId]]]:
        """All together."""
        yield "sessions", self.sessions(programme)

    def silent(self, programme: Programme) -> Iterator[str]:
        """No more sessions than may sit at once."""
        sessions = len(self.sessions(programme))
        if 0 < sessions <= self.at_most:
            yield f"only {counted(sessions, 'session')} {'is' if sessions == 1 else 'are'} named: the rule says nothing"

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """Up to three sessions more."""
        yield adjusting.more(self, "at_most", f"allow {{}} sessions at once instead of {self.at_most}")

    def describe(self, programme: Programme) -> str:
        few = f"most {counted(self.at_most, 'session')} {'sits' if self.at_most == 1 else 'sit'} at once"
        return f"Of {self.names(programme)}, at {few}." if self.of else f"At {few}."
