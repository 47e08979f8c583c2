"""The same forecast by simulation: for tracks that convolution cannot express, and as a check of the convolution.

It is written apart from ``convolution`` on purpose: continuous minutes, one number a sample, no grid. The seed is
fixed, so that the same question always gets the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Axis
from scheduler.forecasting.laws import Array
from scheduler.forecasting.tracks import RoomTrack, Sitting

SEED = 0
HALF_A_MINUTE = 0.5
SAMPLES = 40_000
"""With this number the 10th and 90th percentile err by a minute or two over a week."""


@dataclass
class Sample:
    """Positions and minutes, one of each a sample."""

    starts: dict[SessionId, Array] = field(default_factory=dict)
    ends: dict[SessionId, Array] = field(default_factory=dict)
    lost: dict[SessionId, Array] = field(default_factory=dict)
    """Minutes of work that were left when a session stopped or was cut, carried over or not."""
    carried: dict[SessionId, Array] = field(default_factory=dict)
    waited: dict[SessionId, Array] = field(default_factory=dict)
    durations: dict[SessionId, Array] = field(default_factory=dict)
    final: Array = field(default_factory=lambda: np.zeros(0))

    def note(self, sitting: Sitting, start: Array, end: Array, lost: Array) -> None:
        """When a session sits, and the work that is left when it stops."""
        self.starts[sitting.session], self.ends[sitting.session] = start, end
        self.lost[sitting.session] = lost
        carried = sitting.carried and sitting.limit == sitting.stops_at
        self.carried[sitting.session] = lost if carried else np.zeros_like(lost)


class Clockwork:
    """The minutes of a session's own slots at continuous positions, and back; beyond the axis all minutes count."""

    def __init__(self, axis: Axis, own: frozenset[int]) -> None:
        self.slots = [slot for slot in axis.slots if slot.index in own]
        self.total = axis.total
        self.passed_at_opening = np.concatenate([[0.0], np.cumsum([float(s.minutes) for s in self.slots])])

    def passed(self, position: Array) -> Array:
        """Own minutes before each position."""
        inside = [np.clip(position - slot.begins, 0, slot.minutes) for slot in self.slots]
        found: Array = np.sum([np.maximum(position - self.total, 0), *inside], axis=0)
        return found

    def reached(self, passed: Array) -> Array:
        """The position, as an end, at which a number of own minutes has passed."""
        if not self.slots:
            return np.asarray(self.total + passed, dtype=np.float64)
        which = np.searchsorted(self.passed_at_opening[1:], passed, side="left")
        inside = np.minimum(which, len(self.slots) - 1)
        begins = np.array([float(slot.begins) for slot in self.slots])[inside]
        position = begins + passed - self.passed_at_opening[inside]
        beyond = passed > self.passed_at_opening[-1]
        found: Array = np.where(beyond, self.total + passed - self.passed_at_opening[-1], position)
        return found

    def resumed(self, position: Array) -> Array:
        """The first position at or after each that lies in an own slot."""
        found = position.copy()
        for at, slot in enumerate(self.slots):
            closed = self.slots[at - 1].begins + self.slots[at - 1].minutes if at else 0
            found = np.where((position >= closed) & (position < slot.begins), slot.begins, found)
        last = self.slots[-1].ends if self.slots else 0
        return np.where((position >= last) & (position < self.total), self.total, found)


def simulate(
    track: RoomTrack, axis: Axis, samples: int = SAMPLES, generator: np.random.Generator | None = None
) -> Sample:
    """Draw a track ``samples`` times, given what has been observed.

    Common factors of bodies with observed sessions are resampled by how well they explain what was observed.
    """
    random = generator or np.random.default_rng(SEED)
    common = _factors(track, axis, samples, random)
    if track.suspends:
        return _Suspending(track, axis, samples, common, random).run()
    drawn = Sample()
    at = np.zeros(samples)
    rest = np.zeros(samples)
    anchors = {sitting.session: sitting for sitting in track.sittings}
    clock = Clockwork(axis, axis.common)
    for sitting in track.sittings:
        own = Clockwork(axis, sitting.own)
        start = _start(sitting, at, axis, own)
        length = _length(sitting, own, common[sitting.body], random)
        end, lost = _end(sitting, start, length, own)
        drawn.durations[sitting.session] = length
        drawn.note(sitting, start, end, lost)
        drawn.waited[sitting.session] = clock.passed(start) - clock.passed(at)
        rest += drawn.carried[sitting.session]
        at = end
    _put_behind(track, anchors, drawn, axis)
    drawn.final = clock.reached(clock.passed(at) + rest)
    return drawn


def _factors(track: RoomTrack, axis: Axis, samples: int, random: np.random.Generator) -> dict[str, Array]:
    found: dict[str, Array] = {}
    for body in dict.fromkeys(sitting.body for sitting in track.sittings):
        drawn = random.standard_normal(samples)
        weight = np.ones(samples)
        for sitting in track.sittings:
            if (
                sitting.body == body
                and sitting.started is not None
                and sitting.law.correlation
                and not sitting.law.certain
            ):
                weight *= _weights(sitting, Clockwork(axis, sitting.own), drawn)
        if weight.min() != weight.max():
            drawn = random.choice(drawn, samples, p=weight / weight.sum())
        found[body] = drawn
    return found


def _weights(sitting: Sitting, own: Clockwork, common: Array) -> Array:
    judge = sitting.law.likelihood if sitting.ended is not None else sitting.law.exceeding
    taken = _taken(sitting, own)
    return np.array([judge(taken, float(c)) for c in common])


def _taken(sitting: Sitting, own: Clockwork) -> float:
    """Minutes that a session which has started has worked, until now or until its end."""
    started = sitting.started or 0
    until = max(sitting.now or 0, started) if sitting.ended is None else sitting.ended
    begun, reached = own.passed(np.array([float(started), float(until)]))
    return max(0.0, float(reached - begun) - sitting.paused)


def _start(sitting: Sitting, at: Array, axis: Axis, own: Clockwork) -> Array:
    if sitting.started is not None:
        return np.full_like(at, float(sitting.started))
    start = at
    if sitting.clearing != 0:
        start = _cleared(axis, at, sitting.clearing)
    start = np.maximum(start, float(max(sitting.waits_for or 0, sitting.now or 0)))
    start = own.resumed(start)
    if sitting.no_start_after is not None:
        for slot in axis.slots:
            if sitting.no_start_after >= slot.closes:
                continue
            latest = max(slot.begins, slot.position(sitting.no_start_after + 1) - 0.5)
            late = (start >= latest) & (start < slot.ends)
            later = [s.begins for s in own.slots if s.day > slot.day]
            start = np.where(late, later[0] if later else axis.total, start)
    return start


def _cleared(axis: Axis, over: Array, clearing: int | None, late: float = 0.0) -> Array:
    """When the room is cleared; what ends up to ``late`` minutes after the end of a slot ends with it."""
    closes = np.array([float(s.ends) for s in axis.slots])
    until = np.maximum(closes[np.minimum(np.searchsorted(closes, over - late, side="left"), len(closes) - 1)], over)
    if clearing is None:
        return np.where(over < axis.total, until, over)
    return np.where(over < axis.total, np.minimum(over + clearing, until), over + clearing)


def _length(sitting: Sitting, own: Clockwork, common: Array, random: np.random.Generator) -> Array:
    law = sitting.law
    own_part = random.standard_normal(len(common))
    if sitting.started is None:
        return law.at(np.sqrt(law.correlation) * common + np.sqrt(1 - law.correlation) * own_part)
    taken = _taken(sitting, own)
    if sitting.ended is not None:
        return np.full_like(common, taken)
    if law.certain:
        return np.full_like(common, max(law.median, taken) + sitting.paused)
    least = float(np.clip(law.deviates(np.array([taken]))[0], -9.0, 9.0))
    length = np.maximum(law.at(_above(least, law.correlation, common, random)), taken)
    return taken + (length - taken) * sitting.pace + sitting.paused


def _above(least: float, share: float, factor: Array, random: np.random.Generator) -> Array:
    """Deviates given the common factor and that they exceed ``least``, by inversion of the tail."""
    from statistics import NormalDist

    normal = NormalDist()
    spread = np.sqrt(1 - share)
    lower = (least - np.sqrt(share) * factor) / spread
    tail = np.array([normal.cdf(-float(value)) for value in lower])
    uniform = np.maximum(tail * random.uniform(1e-12, 1.0, len(factor)), 1e-300)
    own_part = np.array([-normal.inv_cdf(float(value)) if value < 1 else -9.0 for value in uniform])
    found: Array = np.sqrt(share) * factor + spread * own_part
    return found


def _end(sitting: Sitting, start: Array, length: Array, own: Clockwork) -> tuple[Array, Array]:
    """Where each session ends, and the minutes of work that are left then."""
    if sitting.ended is not None:
        return np.full_like(start, float(sitting.ended)), np.zeros_like(start)
    begun = own.passed(start)
    end = own.reached(begun + length)
    if sitting.limit is None:
        return end, np.zeros_like(end)
    stopped = np.maximum(start, np.minimum(end, float(sitting.limit)))
    return stopped, np.where(stopped < end, begun + length - own.passed(stopped), 0.0)


def _put_behind(track: RoomTrack, anchors: dict[SessionId, Sitting], drawn: Sample, axis: Axis) -> None:
    """An anchor starts on time; a session that it interrupts, or that had not begun, goes on after it."""
    pairs = [(s, anchors[name]) for s in track.sittings for name in s.interrupted_by if name in anchors]
    for sitting, anchor in pairs:
        if anchor.started is not None or sitting.ended is not None:
            continue
        own, length = Clockwork(axis, sitting.own), drawn.durations[anchor.session]
        for times, latest in ((drawn.starts, anchor.planned.start - 0.5), (drawn.ends, anchor.planned.start + 0.5)):
            if times is drawn.starts and sitting.started is not None:
                continue
            shown = times[sitting.session]
            times[sitting.session] = np.where(shown > latest, own.reached(own.passed(shown) + length), shown)
    for sitting in track.sittings:
        if sitting.keeps_time and sitting.started is None:
            own, shape = Clockwork(axis, sitting.own), drawn.starts[sitting.session]
            start = np.full_like(shape, float(max(sitting.planned.start, sitting.now or 0)))
            drawn.starts[sitting.session] = start
            drawn.ends[sitting.session] = own.reached(own.passed(start) + drawn.durations[sitting.session])


class _Suspending:
    """Draws a track in which sessions are suspended for fixtures, as the day goes: each waits, stops and goes on."""

    def __init__(
        self, track: RoomTrack, axis: Axis, samples: int, common: dict[str, Array], random: np.random.Generator
    ) -> None:
        self.track, self.axis, self.samples, self.common, self.random = track, axis, samples, common, random
        self.drawn = Sample()
        self.begins: dict[SessionId, Array] = {}
        """Where fixtures start."""
        self.sitting_of = {sitting.session: sitting for sitting in track.sittings}
        for sitting in track.sittings:
            if sitting.closes:
                length = _length(sitting, Clockwork(axis, sitting.own), common[sitting.body], random)
                self.drawn.durations[sitting.session] = length
                at = float(
                    sitting.started if sitting.started is not None else max(sitting.planned.start, sitting.now or 0)
                )
                self.begins[sitting.session] = np.full(samples, at)
        self._one_after_another()

    def run(self) -> Sample:
        """Every sitting in turn, in the order of the track."""
        drawn, clock = self.drawn, Clockwork(self.axis, self.axis.common)
        at, rest = np.zeros(self.samples), np.zeros(self.samples)
        for sitting in self.track.sittings:
            if sitting.closes:
                start, end, lost = self.begins[sitting.session], self._over(sitting), np.zeros(self.samples)
            else:
                start, end, lost = self._held(sitting, at)
            drawn.note(sitting, start, end, lost)
            drawn.waited[sitting.session] = np.maximum(clock.passed(start) - clock.passed(at), 0.0)
            rest += drawn.carried[sitting.session]
            at = np.maximum(at, end) if sitting.closes and sitting.ended is None else end
        drawn.final = clock.reached(clock.passed(at) + rest)
        return drawn

    def _one_after_another(self) -> None:
        """A fixture does not start before the one before it has ended."""
        fixtures = sorted((self.sitting_of[name] for name in self.begins), key=lambda sitting: sitting.planned.start)
        for number, sitting in enumerate(fixtures[1:], 1):
            if sitting.started is None:
                before = self._over(fixtures[number - 1])
                self.begins[sitting.session] = np.maximum(self.begins[sitting.session], before)

    def _over(self, fixture: Sitting) -> Array:
        if fixture.ended is not None:
            return np.full(self.samples, float(fixture.ended))
        own = Clockwork(self.axis, fixture.own)
        return own.reached(own.passed(self.begins[fixture.session]) + self.drawn.durations[fixture.session])

    def _waits(self, sitting: Sitting) -> list[tuple[Array, Array]]:
        """From where to where a session has to wait for each of its fixtures, those left out that are over."""
        found = []
        for fixture in (self.sitting_of[name] for name in sitting.interrupted_by if name in self.sitting_of):
            if fixture.ended is None:
                closing, begins = fixture.closes[sitting.session], self.begins[fixture.session]
                if fixture.started is not None:
                    since = np.full(self.samples, float(max(fixture.started, fixture.now or 0)))
                else:
                    planned = float(max(closing.since, fixture.now or 0))
                    since = np.where(begins > fixture.planned.start, np.maximum(planned, begins), planned)
                found.append((since, _cleared(self.axis, self._over(fixture), closing.clearing, HALF_A_MINUTE)))
        return found

    def _held(self, sitting: Sitting, at: Array) -> tuple[Array, Array, Array]:
        """Start and end of a session, and the minutes of work that are left where it stops for good."""
        own = Clockwork(self.axis, sitting.own)
        start, waits = _start(sitting, at, self.axis, own), self._waits(sitting)
        later = self.track.sittings[self.track.sittings.index(sitting) + 1 :]
        delayed = [f for f in later if f.closes and f.started is None and f.session not in sitting.interrupted_by]
        for since, until in (*waits, *((self.begins[f.session], self._over(f)) for f in delayed)):
            if sitting.started is None:
                start = np.where((start > since - 0.5) & (start < until), own.resumed(until), start)
        length = _length(sitting, own, self.common[sitting.body], self.random)
        self.drawn.durations[sitting.session] = length
        if sitting.ended is not None:
            return start, np.full_like(start, float(sitting.ended)), np.zeros_like(start)
        end, reached = own.reached(own.passed(start) + length), np.zeros(self.samples)
        paused = []
        for since, until in waits:
            begun = np.maximum(since, reached)  # of two that meet, what both close counts once
            taken = np.maximum(own.passed(until) - own.passed(begun), 0.0)
            least = since if sitting.started is not None else since + 0.5  # a session under way is not over
            stops = (start < since + 0.5) & (end > least)
            end = np.where(stops, own.reached(own.passed(end) + taken), end)
            paused.append(np.where(stops, taken, 0.0))
            reached = np.where(stops, np.maximum(until, reached), reached)
        for fixture in delayed:
            begins = self.begins[fixture.session]
            runs = (start < begins - 0.5) & (end > begins + 0.5)
            self.begins[fixture.session] = np.where(runs, end, begins)
            self._one_after_another()
        limit = sitting.limit
        if limit is None:
            return start, end, np.zeros_like(end)
        stopped = np.maximum(start, np.minimum(end, float(limit)))
        left = np.where(stopped < end, own.passed(end) - own.passed(stopped), 0.0)
        for (since, _), taken in zip(waits, paused, strict=True):
            left = np.where(since >= stopped, left - taken, left)
        return start, stopped, np.maximum(left, 0.0)
