"""All bytes that strangers hand in come through here: small enough, and with one sentence for whatever goes wrong."""

from __future__ import annotations

import errno
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from scheduler.errors import InputError
from scheduler.reading.diagnostics import printable

PATIENCE_SECONDS = 5.0
"""How long a named pipe may be silent before it is given up."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file should hold."""

    noun: str
    form: str
    """What it is written in, as in ``YAML text``."""
    remedy: str
    """What to do where something else is handed in."""
    most_bytes: int
    """The limit for this kind: a scenario is read by a slow parser, a certificate holds a whole model."""

    @property
    def too_large(self) -> str:
        """What is said of a file beyond the limit."""
        return f"larger than {self.most_bytes // 10**6} MB: no {self.noun} needs that"


SCENARIO = Kind("scenario", "YAML text", "name the .yaml, or begin with 'schedule init'", 1_000_000)
TABLE = Kind("table", "CSV text", "save the table as CSV UTF-8", 10_000_000)
WORKBOOK = Kind("workbook", "a file .xlsx", "save it as .xlsx", 20_000_000)
TIMETABLE = Kind("timetable", "JSON", "name the .json of 'schedule solve', as in out/csp11.json", 50_000_000)
CERTIFICATE = Kind("certificate", "JSON", "name the .json of 'schedule explain --certificate'", 50_000_000)
REPORTS = Kind("file of reports", "JSON", "remove it, or name another with --state", 50_000_000)


class UnreadableError(InputError):
    """A file that cannot be read, or that is not what it should be."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(printable(f"{name}: {reason}"))
        self.reason = reason
        """The sentence without the name of the file."""


class MissingError(UnreadableError):
    """A file that is not there."""


def shown_name(path: str | Path) -> str:
    """What messages call an input; ``-`` is standard input."""
    return "<stdin>" if path == "-" else str(path)


def read_bytes(path: str | Path, kind: Kind) -> bytes:
    """The bytes of a file, of a pipe as soon as something comes out of it, or for ``-`` of standard input.

    Raises:
        MissingError: there is no such file.
        UnreadableError: it cannot be read, or is larger than its kind may be; no more is read than that.
    """
    try:
        if path == "-":
            data = sys.stdin.buffer.read(kind.most_bytes + 1)
        else:
            with _opened(path) as stream:
                large = os.fstat(stream.fileno()).st_size > kind.most_bytes
                data = None if large else stream.read(kind.most_bytes + 1)
    except FileNotFoundError as error:
        raise MissingError(shown_name(path), _reason(error)) from None
    except (OSError, ValueError) as error:
        raise UnreadableError(shown_name(path), _reason(error)) from None
    if data is None or len(data) > kind.most_bytes:
        raise UnreadableError(shown_name(path), kind.too_large)
    return data


def _opened(path: str | Path) -> IO[bytes]:
    mode = os.stat(path).st_mode  # noqa: PTH116  what open takes
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "")
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
        raise OSError(errno.ENXIO, "")
    return _patiently(path) if stat.S_ISFIFO(mode) else Path(path).open("rb")


def _patiently(path: str | Path) -> IO[bytes]:
    """A pipe that somebody writes into; one that nobody writes into is answered, not waited for."""
    import select

    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        ready, _, _ = select.select([handle], [], [], PATIENCE_SECONDS)
        if not ready:
            raise TimeoutError(errno.ETIMEDOUT, "")
        os.set_blocking(handle, True)
    except BaseException:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


_REASONS = {
    errno.ENOENT: "there is no such file",
    errno.ENOTDIR: "there is no such file: part of this path is a file and no folder",
    errno.EISDIR: "this is a folder: a file is expected",
    errno.EACCES: "you may not read this file: ask its owner, or make a copy that you may read",
    errno.EPERM: "you may not read this file: ask its owner, or make a copy that you may read",
    errno.ENXIO: "this is a device, not a file: name a file, or write - for standard input",
    errno.ETIMEDOUT: "this is a pipe, and nothing is written into it: name a file",
    errno.ELOOP: "this link leads back to itself: name the file",
    errno.ENAMETOOLONG: "no file can have a name as long as this",
}


def _reason(error: Exception) -> str:
    if not isinstance(error, OSError):
        return "this name cannot be used here: name a file"
    told = _REASONS.get(error.errno or 0)
    return told or f"this file cannot be read: {error.strerror or error}"
