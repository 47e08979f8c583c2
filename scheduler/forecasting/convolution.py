"""The exact forecast of one track: discrete convolution on a grid of one minute, without seed or sampling error.

The end of a session is its start plus an independent duration: both are convolved in the minutes of its own slots.
Where a session waits for a fixed time, all chances before that time move onto it; where it stops at a slot's end, all
chances after it. A body's common factor is a mixture over its nodes, which are kept apart from the body's first session
in the room to its last. The end of a session and the work that is carried over depend on each other: they are kept in
cases within which they do not.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from scheduler.domain.base import SessionId
from scheduler.forecasting.laws import Array, nodes
from scheduler.forecasting.line import Line, convolved
from scheduler.forecasting.tracks import RoomTrack, Sitting

MAX_CASES = 400
"""Combinations of common factors and carried work. A track with more is simulated."""

Factors = tuple[tuple[str, int], ...]
"""The node of each body whose sessions are not yet all over, by body."""


class NotExactError(Exception):
    """A track that convolution cannot express."""


@dataclass
class TrackForecast:
    """Distributions over the positions of a line, for one room."""

    starts: dict[SessionId, Array] = field(default_factory=dict)
    ends: dict[SessionId, Array] = field(default_factory=dict)
    curtailed: dict[SessionId, float] = field(default_factory=dict)
    """The chance that a session stops, or is cut, although work is left."""
    carried: dict[SessionId, float] = field(default_factory=dict)
    """Expected minutes that go on at the end of the room's work."""
    waited: dict[SessionId, float] = field(default_factory=dict)
    """Expected minutes for which the room is empty before a session: they absorb delay."""
    final: Array = field(default_factory=lambda: np.zeros(0))
    """Where the room's work, carried work included, ends."""


@dataclass
class _Case:
    """Where the last session ended and, independent of it, the work that is carried over; not normalised."""

    end: Array
    rest: Array | None = None


def exact(track: RoomTrack, line: Line) -> TrackForecast:
    """The forecast of a track.

    Raises:
        NotExactError: too many cases, or an anchor and what it interrupts share a common factor.
    """
    return _Convolution(track, line).run()


class _Convolution:
    def __init__(self, track: RoomTrack, line: Line) -> None:
        self.track, self.line = track, line
        self.sitting_of = {sitting.session: sitting for sitting in track.sittings}
        uncertain = Counter(s.body for s in track.sittings if s.law.correlation and not s.law.certain)
        self.left = {body: number for body, number in uncertain.items() if number > 1}
        self.found = TrackForecast()
        self.cases: dict[Factors, list[_Case]] = {(): [_Case(line.at(0))]}

    def run(self) -> TrackForecast:
        """Every sitting in turn."""
        for sitting in self.track.sittings:
            self._check(sitting)
            shared = sitting.body in self.left and not sitting.law.certain
            if shared and not any(sitting.body == body for body, _ in next(iter(self.cases))):
                self._split(sitting)
            length = self.line.length + 1
            self.start, self.end, self.before = np.zeros(length), np.zeros(length), np.zeros(length)
            self.cut = self.rest = 0.0
            cases = {factors: self._advance_all(sitting, factors, known) for factors, known in self.cases.items()}
            self.cases = {factors: known for factors, known in cases.items() if known}
            self._record(sitting)
            if shared:
                self.left[sitting.body] -= 1
                if not self.left[sitting.body]:
                    self._merge(sitting.body)
            if sum(len(known) for known in self.cases.values()) > MAX_CASES:
                raise NotExactError
        self.found.final = self._final()
        return self.found

    def _check(self, sitting: Sitting) -> None:
        anchors = [self.sitting_of[name] for name in sitting.interrupted_by if name in self.sitting_of]
        if any(anchor.body == sitting.body and anchor.body in self.left for anchor in anchors):
            raise NotExactError
        if self.track.suspends:
            self._check_fixtures(sitting)

    def _check_fixtures(self, sitting: Sitting) -> None:
        """Fixtures must not share a factor, run into one another, or be delayed; nor may limits apply as well."""
        fixtures = self._fixtures(sitting)
        if fixtures and (
            sitting.stops_at is not None or sitting.cut_at is not None or sitting.no_start_after is not None
        ):
            raise NotExactError
        shared = Counter(fixture.body for fixture in fixtures if fixture.body in self.left)
        if any(number > 1 for number in shared.values()):
            raise NotExactError
        for earlier, later in pairwise(fixtures):
            if np.flatnonzero(self._reopened(sitting, earlier))[-1] > self._since(sitting, later):
                raise NotExactError
        if sitting.closes and sitting.started is None:
            for session, end in self.found.ends.items():
                others = self.sitting_of[session].closes or sitting.session in self.sitting_of[session].interrupted_by
                if not others and np.flatnonzero(end)[-1] > sitting.planned.start:
                    raise NotExactError

    # --- fixtures for which a session is suspended -------------------------------------------------------------

    def _fixtures(self, sitting: Sitting) -> list[Sitting]:
        """Those that are still to come, or on, in their order."""
        found = [
            self.sitting_of[name] for name in sitting.interrupted_by if self.track.suspends and name in self.sitting_of
        ]
        return [fixture for fixture in found if fixture.ended is None]

    def _since(self, sitting: Sitting, fixture: Sitting) -> int:
        """From where the session waits for the fixture: nothing that is not yet known happens before now."""
        if fixture.started is not None:
            return max(fixture.started, fixture.now or 0)
        return max(fixture.closes[sitting.session].since, fixture.now or 0)

    def _over(self, fixture: Sitting) -> Array:
        """Where the fixture ends."""
        start = fixture.started if fixture.started is not None else max(fixture.planned.start, fixture.now or 0)
        return self._after(fixture.own, self.line.at(start), self._duration(fixture, None)[0])

    def _reopened(self, sitting: Sitting, fixture: Sitting) -> Array:
        """Where the room is the session's again."""
        clearing = fixture.closes[sitting.session].clearing
        over = self._over(fixture)
        return over if clearing == 0 else self.line.moved(over, self.line.cleared(clearing))

    def _not_during(self, sitting: Sitting, start: Array) -> Array:
        """Starts at the minute from which the session waits go behind the fixture."""
        passed, starts, _ = self.line.own(sitting.own)
        for fixture in self._fixtures(sitting):
            since = self._since(sitting, fixture)
            behind = self.line.moved(self._reopened(sitting, fixture), starts[passed])
            waiting, start = start[since], start.copy()
            start[since] = 0.0
            start = start + waiting * behind
        return start

    def _around(self, sitting: Sitting, start: Array, chances: Array) -> Array:
        """Where the session ends that stops for each fixture before which it has begun and work is left."""
        passed, _, _ = self.line.own(sitting.own)
        fixtures = self._fixtures(sitting)
        edges = [-1, *(self._since(sitting, fixture) for fixture in fixtures), self.line.length + 1]
        total = np.zeros_like(start)
        for number, (above, until) in enumerate(pairwise(edges)):
            begun = np.zeros_like(start)
            begun[above + 1 : until + 1] = start[above + 1 : until + 1]
            if not begun.any():
                continue
            end = self._after(sitting.own, begun, chances)
            for fixture in fixtures[number:]:
                since = self._since(sitting, fixture)
                stopped = end.copy()
                stopped[: since + 1] = 0.0
                (reopened,) = np.nonzero(around := self._reopened(sitting, fixture))
                pause = np.bincount(passed[reopened] - passed[since], weights=around[reopened])
                end = end - stopped + self._after(sitting.own, stopped, pause)
            total += end
        return total

    def _pass(self, fixture: Sitting, case: _Case) -> _Case:
        """What ends before a fixture is on waits for its end; the rest has gone on after it already."""
        since = fixture.started if fixture.started is not None else fixture.planned.start
        since = max(since, fixture.now or 0)
        before, end = case.end[: since + 1].sum(), case.end.copy()
        end[: since + 1] = 0.0
        return _Case(end + before * self._over(fixture), case.rest)

    # --- common factors --------------------------------------------------------------------------------------

    def _split(self, sitting: Sitting) -> None:
        """Keep the nodes of the body's common factor apart from here on."""
        points = nodes(sitting.law.correlation)
        if len(points) * len(self.cases) > MAX_CASES:
            raise NotExactError
        self.cases = {
            tuple(sorted((*factors, (sitting.body, number)))): [_Case(case.end * weight, case.rest) for case in known]
            for factors, known in self.cases.items()
            for number, (_, weight) in enumerate(points)
        }

    def _merge(self, body: str) -> None:
        merged: dict[Factors, list[_Case]] = {}
        for factors, known in self.cases.items():
            merged.setdefault(tuple(item for item in factors if item[0] != body), []).extend(known)
        self.cases = {factors: _summed(known) for factors, known in merged.items()}

    def _common(self, sitting: Sitting, factors: Factors) -> float | None:
        for body, number in factors:
            if body == sitting.body:
                return nodes(sitting.law.correlation)[number][0]
        return None

    # --- one session ----------------------------------------------------------------------------------------

    def _advance_all(self, sitting: Sitting, factors: Factors, known: list[_Case]) -> list[_Case]:
        common = self._common(sitting, factors)
        chances, weight = self._duration(sitting, common)
        advanced = [new for case in known for new in self._advance(sitting, case, chances, weight)]
        return _summed(advanced)

    def _duration(self, sitting: Sitting, common: float | None) -> tuple[Array, float]:
        """Chances of the minutes that a session takes, given what is known of it, and the likelihood of the factor."""
        passed = self.line.own(sitting.own)[0]
        if sitting.started is None:
            return sitting.law.pmf(common), 1.0
        if sitting.ended is not None:
            taken = int(passed[sitting.ended] - passed[sitting.started])
            return self.line.at(0)[:1], 1.0 if common is None else sitting.law.likelihood(taken, common)
        chances = sitting.law.pmf(common)
        taken = max(0, int(passed[max(sitting.now or 0, sitting.started)] - passed[sitting.started]) - sitting.paused)
        least = taken if sitting.law.certain else taken + 1
        left = np.where(np.arange(len(chances)) >= least, chances, 0.0)
        if left.sum() <= 0:
            left = np.zeros(taken + 2)
            left[taken + 1] = 1.0
        if sitting.pace < 1:
            minutes = np.arange(len(left))
            shorter = np.where(minutes > taken, taken + np.rint((minutes - taken) * sitting.pace), minutes)
            left = np.bincount(shorter.astype(np.int64), weights=left)
        left = np.concatenate([np.zeros(sitting.paused), left])
        return left / left.sum(), 1.0 if common is None else sitting.law.exceeding(taken + 0.5, common)

    def _advance(self, sitting: Sitting, case: _Case, chances: Array, weight: float) -> list[_Case]:
        before = case.end * weight
        if self.track.suspends and sitting.closes and sitting.ended is None:
            self.before += before
            begins = sitting.started if sitting.started is not None else max(sitting.planned.start, sitting.now or 0)
            self.start += self.line.at(begins) * before.sum()
            self.end += self._over(sitting) * before.sum()
            return [self._pass(sitting, _Case(before, case.rest))]
        start = self._starts(sitting, before)
        if sitting.ended is None:
            new = self._ends(sitting, start, chances, case.rest)
        else:
            new = [_Case(self.line.at(sitting.ended) * before.sum(), case.rest)]
        self.before += before
        self.start += start
        self.end += sum((known.end for known in new), start=np.zeros_like(before))
        return [known for known in new if known.end.sum() > 0]

    def _starts(self, sitting: Sitting, before: Array) -> Array:
        line = self.line
        if sitting.started is not None:
            known: Array = line.at(sitting.started) * before.sum()
            return known
        passed, starts, _ = line.own(sitting.own)
        where = line.everywhere if sitting.clearing == 0 else line.cleared(sitting.clearing)
        where = np.maximum(where, max(sitting.waits_for or 0, sitting.now or 0))
        where = starts[passed[np.minimum(where, line.length)]]
        if sitting.no_start_after is not None:
            where = starts[passed[line.not_after(sitting.no_start_after, sitting.own)[where]]]
        moved = line.moved(before, where)
        return self._not_during(sitting, moved) if self.track.suspends else moved

    def _ends(self, sitting: Sitting, start: Array, chances: Array, rest: Array | None) -> list[_Case]:
        limit = sitting.limit
        if limit is None:
            around = self._around(sitting, start, chances) if self.track.suspends else None
            return [_Case(self._after(sitting.own, start, chances) if around is None else around, rest)]
        in_time, too_late = start.copy(), start.copy()
        in_time[limit + 1 :] = 0.0
        too_late[: limit + 1] = 0.0
        end = self._after(sitting.own, in_time, chances)
        end[limit + 1 :] = 0.0
        left = self._worked(sitting.own, in_time, chances)[self.line.own(sitting.own)[0][limit] + 1 :]
        over = np.concatenate([[0.0], left])
        self.cut += float(over.sum() + too_late.sum())
        at_limit = self.line.at(limit)
        if not sitting.carried or limit != sitting.stops_at:
            return [_Case(end + at_limit * over.sum() + too_late, rest)]
        cases = [_Case(end, rest)]
        for where, work in ((at_limit * over.sum(), over), (too_late, chances)):
            if where.sum() > 0:
                share = work / work.sum()
                self.rest += float(where.sum() * (share @ np.arange(len(share))))
                cases.append(_Case(where, share if rest is None else convolved(rest, share)))
        return cases

    def _worked(self, own: frozenset[int], start: Array, chances: Array) -> Array:
        """Chances of 0, 1, 2 ... own minutes passed when the work is done, those beyond the axis included."""
        passed = self.line.own(own)[0]
        return convolved(np.bincount(passed, weights=start, minlength=passed[-1] + 1), chances)

    def _after(self, own: frozenset[int], start: Array, chances: Array) -> Array:
        """Where work ends: its chances of minutes added to ``start``, in the minutes of its own slots."""
        passed, _, ends = self.line.own(own)
        worked = self._worked(own, start, chances)
        worked[passed[-1]] += worked[passed[-1] + 1 :].sum()
        found = np.zeros(self.line.length + 1)
        found[ends] = worked[: passed[-1] + 1]
        return found

    # --- what is reported ------------------------------------------------------------------------------------

    def _record(self, sitting: Sitting) -> None:
        """Normalise, and put a session that an anchor interrupts behind the anchor."""
        total = self.end.sum()
        start, end, before = self.start / total, self.end / total, self.before / total
        self.found.waited[sitting.session] = max(0.0, self.line.mean(start) - self.line.mean(before))
        self.found.curtailed[sitting.session] = float(self.cut / total)
        self.found.carried[sitting.session] = float(self.rest / total)
        for anchor in (self.sitting_of[name] for name in sitting.interrupted_by if name in self.sitting_of):
            if anchor.started is None and not self.track.suspends:
                start = self._behind(sitting, anchor, start, from_=anchor.planned.start)
                end = self._behind(sitting, anchor, end, from_=anchor.planned.start + 1)
        if sitting.keeps_time and sitting.started is None:
            start = self.line.at(max(sitting.planned.start, sitting.now or 0))
            end = self._after(sitting.own, start, sitting.law.pmf())
        self.found.starts[sitting.session], self.found.ends[sitting.session] = start, end

    def _behind(self, sitting: Sitting, anchor: Sitting, chances: Array, from_: int) -> Array:
        if sitting.started is not None and (sitting.ended is not None or from_ == anchor.planned.start):
            return chances
        later = chances.copy()
        later[:from_] = 0.0
        return chances - later + self._after(sitting.own, later, anchor.law.pmf())

    def _final(self) -> Array:
        cases = [case for known in self.cases.values() for case in known]
        ends = [c.end if c.rest is None else self._after(self.line.common, c.end, c.rest) for c in cases]
        found: Array = np.sum(ends, axis=0) / sum(case.end.sum() for case in cases)
        return found


def _summed(cases: list[_Case]) -> list[_Case]:
    """Add up cases that carry nothing over, and cases that have all ended at the same position."""
    nothing = [case.end for case in cases if case.rest is None]
    summed = [_Case(np.sum(nothing, axis=0))] if nothing else []
    certain: dict[int, list[tuple[float, Array]]] = {}
    for case in cases:
        if case.rest is not None:
            positions = np.flatnonzero(case.end)
            if len(positions) == 1:
                certain.setdefault(int(positions[0]), []).append((case.end.sum(), case.rest))
            else:
                summed.append(case)
    for position, known in sorted(certain.items()):
        rest = np.zeros(max(len(minutes) for _, minutes in known))
        for chance, minutes in known:
            rest[: len(minutes)] += chance * minutes
        total = sum(chance for chance, _ in known)
        end = np.zeros_like(cases[0].end)
        end[position] = total
        summed.append(_Case(end, rest / total))
    return summed
