"""The time limit of a command, kept from its first line to its last."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from scheduler.errors import OutOfTime

if TYPE_CHECKING:
    from types import FrameType

    from scheduler.outcome import Settings

GRACE = 1.5
"""Seconds after the limit before the alarm: code that looks at the clock ends by itself until then."""

MOST_SECONDS = 1_000_000
"""The longest limit."""


class Limit(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.2 on
    """A number of seconds above 0, as a clock that starts when the option is read; ``nan`` is refused."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Clock:
        """Start the clock."""
        if isinstance(value, Clock):
            return value
        try:
            seconds = float(value)
        except ValueError:
            seconds = 0.0
        if not 0 < seconds <= MOST_SECONDS:
            self.fail(f"write a number of seconds above 0 and up to {MOST_SECONDS:,}, not {value!r}", param, ctx)
        return Clock(seconds)


class Clock:
    """How long a command may take, and until when."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.until = time.monotonic() + seconds
        """On the monotonic clock."""

    def __str__(self) -> str:
        return f"{self.seconds:g}"

    @property
    def left(self) -> float:
        """Seconds until the limit, 0 or more."""
        return max(0.0, self.until - time.monotonic())

    def settings(self, seed: int = 0, workers: int | None = None, share: float = 1.0) -> Settings:
        """Settings for a search that ends by the limit, or takes this ``share`` of what is left."""
        from scheduler.outcome import Settings

        return Settings(self.seconds, seed, workers, self.until).part(share)

    @contextmanager
    def alarm(self) -> Iterator[None]:
        """Stop the main thread within this block, a little after the limit.

        Code that looks at the clock ends before; the alarm stops the rest: reading a large file, checking, describing.
        On a system without alarms only the first ends in time.

        Raises:
            OutOfTime: within the block, once.
        """
        if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
            yield
            return

        def ring(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  the signal's signature
            raise OutOfTime

        previous = signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, max(0.001, self.until + GRACE - time.monotonic()))
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, previous)


time_limit_option = click.option(
    "--time-limit", "clock", default=60.0, show_default=True, metavar="S", type=Limit(),
    help="Seconds for everything, at most.",
)  # fmt: skip
"""60 s unless asked otherwise, as a ``Clock`` that runs."""
