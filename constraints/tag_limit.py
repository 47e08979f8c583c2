"""No more than a given number of sessions with one tag sit at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from scheduler.domain.base import SessionId, TagRef
from scheduler.domain.programme import Programme
from scheduler.rules.at_once import AtOnce
from scheduler.rules.rule import says_nothing
from scheduler.wording import counted, listed, quoted, suggest

if TYPE_CHECKING:
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting


class TagLimit(AtOnce):
    """The sessions of each tag, of those named, are a group: a session with two tags belongs to two.

    Amount: for each tag, one per session that is too many at some minute.
    """

    default_cost_to_waive = 20
    example = {"tags": ["finance"], "at_most": 1}
    not_adjustable = {"tags": "it says what is counted"}
    names_tags = True
    tags: tuple[TagRef, ...] = ()
    """The tags it is about; empty: all that sessions have."""

    def groups(self, programme: Programme) -> Iterator[tuple[str, Sequence[SessionId]]]:
        """By tag, in the order in which tags are first named."""
        tagged: dict[str, list[SessionId]] = {tag: [] for tag in self.tags}
        for session in self.sessions(programme):
            for tag in programme.tags_of(session):
                if not self.tags or tag in tagged:
                    tagged.setdefault(tag, []).append(session)
        yield from ((f"sessions with the tag {quoted(tag)}", sessions) for tag, sessions in tagged.items())

    def silent(self, programme: Programme) -> Iterator[str]:
        """Names without a tag; tags of no more sessions than may sit at once, if stated; tags that look misspelt."""
        yield from says_nothing(self.names_without(programme, programme.tags_of), "has no tag", "have no tag")
        tagged = dict.fromkeys(self.tags, 0)
        for session in self.sessions(programme):
            for tag in programme.tags_of(session):
                tagged[tag] = tagged.get(tag, 0) + 1
        if not tagged and not self.of:
            yield "no session has a tag: the rule says nothing"
        few = [quoted(tag) for tag in dict.fromkeys(self.tags) if tagged[tag] <= self.at_most]
        number = counted(self.at_most, "session")
        yield from says_nothing(few, f"is the tag of no more than {number}", f"are tags of no more than {number} each")
        for tag in sorted(tag for tag, sessions in tagged.items() if sessions == 1 and tag not in self.tags):
            if near := suggest(tag, [other for other, sessions in tagged.items() if sessions > 1]):
                yield f"only one session has the tag {quoted(tag)}: did you mean {quoted(near)}?"

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """Up to three sessions more."""
        tag = f"the tag {self._tags('or')}" if self.tags else "one tag"
        yield adjusting.more(self, "at_most", f"allow {{}} sessions with {tag} at once instead of {self.at_most}")

    def _tags(self, last: str) -> str:
        return listed([quoted(tag) for tag in dict.fromkeys(self.tags)], last)

    def describe(self, programme: Programme) -> str:
        tag = f"the tag {self._tags('and')}" if self.tags else "one tag"
        if len(set(self.tags)) > 1:
            tag = f"each of the tags {self._tags('and')}"
        few = f"most {counted(self.at_most, 'session')} with {tag} {'sits' if self.at_most == 1 else 'sit'} at once"
        return f"Of {self.names(programme)}, at {few}." if self.of else f"At {few}."
