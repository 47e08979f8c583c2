"""Reads all files that are handed in, as bytes or as text: one limit of size, and one sentence for each trouble."""

from __future__ import annotations

import errno
import os
import re
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
PRETALX = Kind("schedule", "JSON", "export the schedule of pretalx as JSON", 50_000_000)
FRAB = Kind("schedule", "XML", "export the schedule as frab XML", 50_000_000)
TEMPLATE = Kind("template", "a Word file", "begin with 'schedule letter --write-template'", 5_000_000)
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


@dataclass(frozen=True, slots=True)
class Held:
    """A file whose bytes are at hand: what comes through a pipe can be read once only."""

    path: str
    data: bytes

    def __str__(self) -> str:
        return shown_name(self.path)


def shown_name(path: str | Path | Held) -> str:
    """What messages call an input; ``-`` is standard input."""
    return "<stdin>" if path == "-" else str(path)


def read_bytes(path: str | Path | Held, kind: Kind) -> bytes:
    """The bytes of a file, of a pipe as soon as something comes out of it, or for ``-`` of standard input.

    Raises:
        MissingError: there is no such file.
        UnreadableError: it cannot be read, or is larger than its kind may be; no more is read than that.
    """
    try:
        if isinstance(path, Held):
            data: bytes | None = path.data
        elif path == "-":
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


# --- from bytes to text: UTF-8, with or without a byte order mark ---------------------------------------------------

_MARK = b"\xef\xbb\xbf"
_OTHER_MARKS = {b"\xff\xfe\0\0": "UTF-32", b"\0\0\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_STRANGE = (b"<", b"PK\x03\x04", b"%PDF", b"{\\rtf")
"""How files of other programs begin that may be text of a sort."""


@dataclass(frozen=True, slots=True)
class NoText:
    """Why bytes are no text, and where."""

    reason: str
    hint: str = ""
    text: str = ""
    """The bytes as far as they are text, to show the place in."""
    index: int | None = None
    """The position in ``text``; None: the file as a whole."""


def as_text(data: bytes, kind: Kind) -> str | NoText:
    """The text of a file that should be of a ``kind``."""
    body = data.removeprefix(_MARK)
    other = next((name for mark, name in _OTHER_MARKS.items() if body.startswith(mark)), _unmarked(body))
    if other:
        return NoText(f"this text is in {other}: save it as UTF-8")
    if body.lstrip().startswith(_STRANGE) and (told := _mistaken(data, kind)):
        return NoText(told)
    try:
        text = body.decode("utf-8")
        at, hint = body.find(b"\0"), ""
        problem = f"is NUL, so this is no text file: a {kind.noun} is {kind.form}"
    except UnicodeDecodeError as error:
        at, text = error.start, body.decode("utf-8", "replace")
        hint = f"in Windows-1252 it would be '{body[at : at + 1].decode('cp1252', 'replace')}'"
        problem = f"(0x{body[at]:02X}) is not UTF-8: save the file as UTF-8"
    if at < 0:
        return text
    if told := _mistaken(data, kind):
        return NoText(told)
    offset = at + len(data) - len(body)
    return NoText(f"byte {offset + 1:,} of the file {problem}", hint, text, len(body[:at].decode("utf-8")))


def as_utf8(data: bytes) -> tuple[bytes, str]:
    """The bytes of a table in UTF-8, and in which other encoding they are written.

    Spreadsheets write UTF-16, and in Western Europe Windows-1252. What may be neither is given back as it is, with "".
    """
    for encoding, name in ((_utf16(data), "UTF-16"), (_windows(data), "Windows-1252")):
        try:
            if encoding:
                return data.decode(encoding).encode(), name
        except UnicodeError:
            continue
    return data, ""


def _utf16(data: bytes) -> str:
    marked = next((name for mark, name in _OTHER_MARKS.items() if data.startswith(mark)), "")
    if marked or not _unmarked(data):
        return marked if marked == "UTF-16" else ""
    return "utf-16-le" if data[1] == 0 else "utf-16-be"


def _windows(data: bytes) -> str:
    """``cp1252`` for text that is not in UTF-8 and that reads like Western text in it."""
    try:
        data.decode()
    except UnicodeDecodeError:
        pass
    else:
        return ""
    strange = (
        b"\0" in data
        or data.startswith(tuple(_OTHER_MARKS))
        or any(re.search(pattern, data) for pattern in _NOT_WINDOWS)
    )
    return "" if strange or _mistaken(data, TABLE) else "cp1252"


_NOT_WINDOWS = (
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}",  # partly UTF-8
    rb"[\x8a\x8c\x8e\x9a\x9c\x9e\x9f\xc0-\xff]{4}",  # Cyrillic or Greek: whole words beyond ASCII
    rb"[A-Za-z][\x82\x84\x85\x87\x88\x8a-\x8c\x8e\x94\x9f][a-z]",  # accents of MS-DOS and of the old Macintosh
)
"""What Western text in Windows-1252 does not hold."""


def _mistaken(data: bytes, kind: Kind) -> str:
    """What stands here instead of ``kind``, with a remedy; empty where that cannot be told."""
    from scheduler.reading.recognising import recognised  # only for what is wrong

    found = recognised(data)
    if found is None:
        return ""
    what, remedy = found
    if kind is WORKBOOK:
        return f"this is {what}: {remedy}"
    return f"this is {what}, and a {kind.noun} is {kind.form}: {kind.remedy}"


def _unmarked(body: bytes) -> str:
    """``UTF-16`` where every second byte of the beginning is NUL, and no other: Western text in it looks so."""
    head = body[: min(len(body), 200) // 2 * 2]
    for nul, other in ((head[1::2], head[::2]), (head[::2], head[1::2])):
        if len(nul) > 1 and not any(nul) and all(other):
            return "UTF-16"
    return ""
