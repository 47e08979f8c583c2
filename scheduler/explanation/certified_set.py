"""The set of members that a certificate calls impossible, held against its scenario."""

from __future__ import annotations

import time
from collections.abc import Sequence

from scheduler.altering import holding
from scheduler.arithmetic.shortage import Arithmetic
from scheduler.domain.base import SessionId
from scheduler.explanation.certificate_file import CertifiedMember
from scheduler.explanation.members import HeldSession, Member, keeping, members_of
from scheduler.reading.diagnostics import printable
from scheduler.scenario import Scenario
from scheduler.solving.exhaustive import Exhausted, search
from scheduler.wording import listed

MAX_CONCERNED = 12
"""Of a set of rules on so few sessions, these alone are searched first."""
ADDING_SECONDS = 5.0
"""Seconds for adding up, at most."""


class CertifiedSet:
    """The members that a certificate lists, found in its scenario."""

    def __init__(self, scenario: Scenario, named: Sequence[CertifiedMember]) -> None:
        self.scenario, self.named = scenario, named
        self.known = members_of(scenario)
        self._by_id = {member.id: member for member in self.known}
        self.kept = self._rules(self.named)
        """The rules among them."""
        self.held = _held(self.named)
        """The sessions among them."""

    def refused(self) -> str:
        """Why nothing can be proved about the set; empty where something can."""
        if not self.named:
            return "it is empty"
        for number, member in enumerate(self.named, 1):
            if bool(member.rules) == (member.held is not None):
                return f"member {number} is neither a rule nor a session that is held"
        rules = [rule for member in self.named for rule in member.rules]
        for name in (*rules, *(str(member.held) for member in self.named if member.held is not None)):
            if name not in self._by_id and name not in self.scenario.sessions:
                return f"'{printable(name[:60])}' is no rule of the scenario"
        if any(rule not in self._by_id for rule in rules):
            return "it calls a session a rule"
        if any(session not in self.scenario.sessions for session in self.held):
            return "it calls a rule a session"
        if len(set(rules)) < len(rules) or len(set(self.held)) < len(self.held):
            return "something is named twice"
        return self._mixed(rules) if self.held else ""

    def _mixed(self, rules: list[str]) -> str:
        """A proof about some sessions alone holds for all only if no further session can mend a violation."""
        loose = [r for r in self.scenario.rules if f"rules/{r.name}" in rules and not r.monotone]
        if not loose:
            return ""
        kinds = listed([f"'{rule.name}' ({rule.rule})" for rule in loose])
        return (
            f"it speaks of some sessions alone, and further sessions can mend a violation of {kinds}: so it does "
            "not follow that no timetable exists"
        )

    def search(self, seconds: float) -> Exhausted:
        """Search exhaustively for a timetable that keeps them; of the held sessions alone, where there are any."""
        scenario, begun = self._scenario(self.named), time.monotonic()
        few = [] if self.held else self._concerned()
        if 0 < len(few) <= MAX_CONCERNED < len(scenario.sessions):
            alone = search(scenario, only=few, seconds=seconds / 2)
            if alone.impossible:
                return alone
        return search(scenario, only=self.held or None, seconds=max(0.0, seconds - (time.monotonic() - begun)))

    def _concerned(self) -> list[SessionId]:
        """The sessions that the rules of the set speak of: these alone may be impossible already."""
        found: set[SessionId] = set()
        for condition in (condition for member in self.kept for condition in member.conditions):
            family, name, *_ = (*condition.id.split("/"), "")
            for rule in self.scenario.rules if family == "rules" else ():
                found |= set(rule.sessions(self.scenario)) if rule.name == condition.name else set()
            if family != "rules":
                found |= {s for s in self.scenario.sessions if name in (s, self.scenario.body_of[s].id)}
                found |= {s for s in self.scenario.sessions if name in self.scenario.serving(s)}
        return [session for session in self.scenario.sessions if session in found]

    def adding_up(self, seconds: float) -> str:
        """What does not add up for them, in a sentence; empty where that shows nothing."""
        until = time.monotonic() + min(ADDING_SECONDS, seconds)
        return next((shortage.sentence for shortage in Arithmetic(self._held_alone(self.named), until).shortages()), "")

    def without(self, index: int) -> Scenario:
        """The scenario in which all other members hold."""
        return self._held_alone([member for number, member in enumerate(self.named) if number != index])

    def sentence(self, index: int) -> str:
        """A member, in the words of the scenario."""
        member = self.named[index]
        if member.held is not None:
            return HeldSession.of(self.scenario, SessionId(member.held)).sentence
        conditions = [condition for member in self._rules([member]) for condition in member.conditions]
        return Member(tuple(conditions), None, None).sentence

    def _rules(self, members: Sequence[CertifiedMember]) -> list[Member]:
        return [self._by_id[name] for member in members for name in member.rules if name in self._by_id]

    def _scenario(self, members: Sequence[CertifiedMember]) -> Scenario:
        return keeping(self.scenario, self.known, self._rules(members))

    def _held_alone(self, members: Sequence[CertifiedMember]) -> Scenario:
        """The scenario in which these members hold, with no other sessions where the set holds any."""
        kept = self._scenario(members)
        return holding(kept, _held(members)) if self.held else kept


def _held(members: Sequence[CertifiedMember]) -> list[SessionId]:
    return [SessionId(member.held) for member in members if member.held is not None]
