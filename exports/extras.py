"""What a format needs beyond the base installation, and the one line that installs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from scheduler.errors import OutputError


class MissingExtraError(OutputError):
    """A package is not installed that a format needs; the message has the line that installs it."""


_OURS = ("scheduler", "constraints", "exports")


@contextmanager
def extra(name: str, what: str) -> Iterator[None]:
    """Import within it what an extra brings; ``what`` needs it, as in ``A Word file``.

    Raises:
        MissingExtraError: a package of the extra is not installed.
    """
    try:
        yield
    except ImportError as error:
        if (error.name or "").partition(".")[0] in _OURS:
            raise
        raise MissingExtraError(
            f'{what} needs packages that are not installed: pip install "treaty-schedule[{name}]"'
        ) from None
