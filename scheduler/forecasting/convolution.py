"""The exact forecast of one track: discrete convolution on a grid of one minute, without seed or sampling error.

The end of each session is the start plus an independent duration, so distributions are convolved in the minutes of its
own slots; waiting for a fixed time moves the mass before it onto it (an atom), stopping at a slot's end the mass after
it. A body's common factor is a mixture over its nodes, kept apart from its first session in the room to its last. Work
that is carried over makes the end and the rest dependent: then cases are kept apart in which they are not.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from scheduler.domain.base import SessionId
from scheduler.forecasting.laws import Array, nodes
from scheduler.forecasting.line import Line, convolved
from scheduler.forecasting.tracks import Step, Track

MOST_CASES = 400
"""Combinations of common factors and of carried work that are followed up; beyond, the forecast is simulated."""

Factors = tuple[tuple[str, int], ...]
"""The node of each body whose sessions are not yet all over, by body."""


class NotExactError(Exception):
    """The structure of a track is beyond convolution."""


@dataclass
class TrackForecast:
    """Distributions over the positions of a line, for one room."""

    starts: dict[SessionId, Array] = field(default_factory=dict)
    ends: dict[SessionId, Array] = field(default_factory=dict)
    curtailed: dict[SessionId, float] = field(default_factory=dict)
    """The chance that a session stops, or is cut, although work is left."""
    carried: dict[SessionId, float] = field(default_factory=dict)
    """Expected minutes that are taken up at the end."""
    waited: dict[SessionId, float] = field(default_factory=dict)
    """Expected minutes of the room that pass empty before a session: they absorb delay."""
    final: Array = field(default_factory=lambda: np.zeros(0))
    """Where the room's work, carried work included, ends."""


@dataclass
class _Case:
    """Unnormalised: where the last session ended, and independently of it the work that is carried over."""

    end: Array
    rest: Array | None = None


def exact(track: Track, line: Line) -> TrackForecast:
    """The forecast of a track.

    Raises:
        NotExactError: too many cases, or an anchor and what it interrupts share a common factor.
    """
    return _Convolution(track, line).run()


class _Convolution:
    def __init__(self, track: Track, line: Line) -> None:
        self.track, self.line = track, line
        self.step_of = {step.session: step for step in track.steps}
        uncertain = Counter(s.body for s in track.steps if s.law.correlation and not s.law.certain)
        self.left = {body: number for body, number in uncertain.items() if number > 1}
        self.found = TrackForecast()
        self.cases: dict[Factors, list[_Case]] = {(): [_Case(line.at(0))]}

    def run(self) -> TrackForecast:
        """Every step in turn."""
        for step in self.track.steps:
            self._check(step)
            shared = step.body in self.left and not step.law.certain
            if shared and not any(step.body == body for body, _ in next(iter(self.cases))):
                self._split(step)
            length = self.line.length + 1
            self.start, self.end, self.before = np.zeros(length), np.zeros(length), np.zeros(length)
            self.cut = self.rest = 0.0
            cases = {factors: self._advance_all(step, factors, known) for factors, known in self.cases.items()}
            self.cases = {factors: known for factors, known in cases.items() if known}
            self._record(step)
            if shared:
                self.left[step.body] -= 1
                if not self.left[step.body]:
                    self._merge(step.body)
            if sum(len(known) for known in self.cases.values()) > MOST_CASES:
                raise NotExactError
        self.found.final = self._final()
        return self.found

    def _check(self, step: Step) -> None:
        anchor = self.step_of.get(step.interrupted_by) if step.interrupted_by else None
        if anchor is not None and anchor.body == step.body and anchor.body in self.left:
            raise NotExactError

    # --- common factors --------------------------------------------------------------------------------------

    def _split(self, step: Step) -> None:
        """Keep the nodes of the body's common factor apart from here on."""
        points = nodes(step.law.correlation)
        if len(points) * len(self.cases) > MOST_CASES:
            raise NotExactError
        self.cases = {
            tuple(sorted((*factors, (step.body, number)))): [_Case(case.end * weight, case.rest) for case in known]
            for factors, known in self.cases.items()
            for number, (_, weight) in enumerate(points)
        }

    def _merge(self, body: str) -> None:
        merged: dict[Factors, list[_Case]] = {}
        for factors, known in self.cases.items():
            merged.setdefault(tuple(item for item in factors if item[0] != body), []).extend(known)
        self.cases = {factors: _summed(known) for factors, known in merged.items()}

    def _common(self, step: Step, factors: Factors) -> float | None:
        for body, number in factors:
            if body == step.body:
                return nodes(step.law.correlation)[number][0]
        return None

    # --- one step --------------------------------------------------------------------------------------------

    def _advance_all(self, step: Step, factors: Factors, known: list[_Case]) -> list[_Case]:
        common = self._common(step, factors)
        chances, weight = self._duration(step, common)
        advanced = [new for case in known for new in self._advance(step, case, chances, weight)]
        return _summed(advanced)

    def _duration(self, step: Step, common: float | None) -> tuple[Array, float]:
        """The law of what a session takes, given what is known of it, and how well the factor explains that."""
        passed = self.line.own(step.own)[0]
        if step.started is None:
            return step.law.pmf(common), 1.0
        if step.ended is not None:
            taken = int(passed[step.ended] - passed[step.started])
            return self.line.at(0)[:1], 1.0 if common is None else step.law.likelihood(taken, common)
        chances = step.law.pmf(common)
        taken = max(0, int(passed[max(step.now or 0, step.started)] - passed[step.started]) - step.paused)
        least = taken if step.law.certain else taken + 1
        left = np.where(np.arange(len(chances)) >= least, chances, 0.0)
        if left.sum() <= 0:
            left = np.zeros(taken + 2)
            left[taken + 1] = 1.0
        if step.pace < 1:
            minutes = np.arange(len(left))
            shorter = np.where(minutes > taken, taken + np.rint((minutes - taken) * step.pace), minutes)
            left = np.bincount(shorter.astype(np.int64), weights=left)
        left = np.concatenate([np.zeros(step.paused), left])
        return left / left.sum(), 1.0 if common is None else step.law.exceeding(taken + 0.5, common)

    def _advance(self, step: Step, case: _Case, chances: Array, weight: float) -> list[_Case]:
        end = case.end * weight
        self.before += end
        if step.ended is not None and step.started is not None:
            start, new = (
                self.line.at(step.started) * end.sum(),
                [_Case(self.line.at(step.ended) * end.sum(), case.rest)],
            )
        else:
            start = self._starts(step, end)
            new = self._ends(step, start, chances, case.rest)
        self.start += start
        self.end += sum((known.end for known in new), start=np.zeros_like(end))
        return [known for known in new if known.end.sum() > 0]

    def _starts(self, step: Step, end: Array) -> Array:
        line = self.line
        if step.started is not None:
            known: Array = line.at(step.started) * end.sum()
            return known
        passed, starts, _ = line.own(step.own)
        where = line.everywhere if step.clearing == 0 else line.cleared(step.clearing)
        where = np.maximum(where, max(step.waits_for or 0, step.now or 0))
        where = starts[passed[np.minimum(where, line.length)]]
        if step.no_start_after is not None:
            where = starts[passed[line.not_after(step.no_start_after, step.own)[where]]]
        return line.moved(end, where)

    def _ends(self, step: Step, start: Array, chances: Array, rest: Array | None) -> list[_Case]:
        limits = [limit for limit in (step.stops_at, step.cut_at) if limit is not None and limit > (step.now or -1)]
        if not limits:
            return [_Case(self._after(step, start, chances), rest)]
        limit = min(limits)
        in_time, too_late = start.copy(), start.copy()
        in_time[limit + 1 :] = 0.0
        too_late[: limit + 1] = 0.0
        end = self._after(step, in_time, chances)
        over = np.concatenate([[0.0], self._left(step, in_time, chances, limit)])
        end[limit + 1 :] = 0.0
        self.cut += float(over.sum() + too_late.sum())
        at_limit = self.line.at(limit)
        if not step.carried or limit != step.stops_at:
            return [_Case(end + at_limit * over.sum() + too_late, rest)]
        minutes = np.arange(max(len(over), len(chances)))
        self.rest += float(over @ minutes[: len(over)] + too_late.sum() * (chances @ minutes[: len(chances)]))
        cases = [_Case(end, rest)]
        for where, work in ((at_limit * over.sum(), over), (too_late, chances)):
            if where.sum() > 0:
                share = work / work.sum()
                cases.append(_Case(where, share if rest is None else convolved(rest, share)))
        return cases

    def _after(self, step: Step, start: Array, chances: Array) -> Array:
        """Where the session ends: its duration added in the minutes of its own slots."""
        passed, _, ends = self.line.own(step.own)
        counted = convolved(np.bincount(passed, weights=start, minlength=passed[-1] + 1), chances)
        counted[passed[-1]] += counted[passed[-1] + 1 :].sum()
        found = np.zeros(self.line.length + 1)
        found[ends] = counted[: passed[-1] + 1]
        return found

    def _left(self, step: Step, start: Array, chances: Array, limit: int) -> Array:
        """Chances of 1, 2, 3 ... minutes of work left at a limit."""
        passed, _, _ = self.line.own(step.own)
        counted = convolved(np.bincount(passed, weights=start, minlength=passed[-1] + 1), chances)
        left: Array = counted[passed[limit] + 1 :]
        return left

    # --- what is reported ------------------------------------------------------------------------------------

    def _record(self, step: Step) -> None:
        """Normalise, and put what an anchor interrupts behind it."""
        total = self.end.sum()
        start, end, before = self.start / total, self.end / total, self.before / total
        self.found.waited[step.session] = max(0.0, self.line.mean(start) - self.line.mean(before))
        self.found.curtailed[step.session] = float(self.cut / total)
        self.found.carried[step.session] = float(self.rest / total)
        anchor = self.step_of.get(step.interrupted_by) if step.interrupted_by else None
        if anchor is not None and anchor.started is None:
            start = self._behind(step, anchor, start, from_=anchor.planned.start)
            end = self._behind(step, anchor, end, from_=anchor.planned.start + 1)
        if step.keeps_time and step.started is None:
            start = self.line.at(max(step.planned.start, step.now or 0))
            end = self._after(step, start, step.law.pmf())
        self.found.starts[step.session], self.found.ends[step.session] = start, end

    def _behind(self, step: Step, anchor: Step, chances: Array, from_: int) -> Array:
        if step.started is not None and (step.ended is not None or from_ == anchor.planned.start):
            return chances
        later = chances.copy()
        later[:from_] = 0.0
        return chances - later + self._after(step, later, anchor.law.pmf())

    def _final(self) -> Array:
        passed, _, ends = self.line.own(self.line.common)
        found, total = np.zeros(self.line.length + 1), 0.0
        for known in self.cases.values():
            for case in known:
                total += case.end.sum()
                if case.rest is None:
                    found += case.end
                    continue
                counted = convolved(np.bincount(passed, weights=case.end, minlength=passed[-1] + 1), case.rest)
                counted[passed[-1]] += counted[passed[-1] + 1 :].sum()
                found[ends] += counted[: passed[-1] + 1]
        return found / total


def _summed(cases: list[_Case]) -> list[_Case]:
    """Cases that may be added up: those that carry nothing over, and those that have ended at one same position."""
    nothing = [case.end for case in cases if case.rest is None]
    kept = [_Case(np.sum(nothing, axis=0))] if nothing else []
    with_rest = [case for case in cases if case.rest is not None]
    for case in with_rest:
        if np.count_nonzero(case.end) != 1:
            kept.append(case)
    certain = sorted(
        ((int(np.flatnonzero(case.end)[0]), case) for case in with_rest if np.count_nonzero(case.end) == 1),
        key=lambda item: item[0],
    )
    for _, group in groupby(certain, key=lambda item: item[0]):
        known = [case for _, case in group]
        length = max(len(case.rest) for case in known if case.rest is not None)
        rest = np.zeros(length)
        for case in known:
            assert case.rest is not None
            rest[: len(case.rest)] += case.end.sum() * case.rest
        total = sum(case.end.sum() for case in known)
        kept.append(_Case(known[0].end / known[0].end.sum() * total, rest / total))
    return kept
