"""Refuses workbooks that unpack to far more than their size, before anything parses them."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from scheduler.errors import InputError
from scheduler.reading.diagnostics import printable
from scheduler.reading.files import UnreadableError
from scheduler.reading.recognising import ZIP_ERRORS, no_workbook

MOST_BYTES_UNPACKED = 64_000_000
"""Bytes of all parts unpacked; a file of zeros unpacks to a thousand times its size."""
MOST_PARTS = 5_000
SMALL_BYTES = 1_000_000
"""A part that unpacks to at most this is harmless."""
MOST_RATIO = 150
"""How many times its packed size a part may have that is not small; a real sheet has ten or thirty times."""
LONGEST_COMMENT = 10_000
"""Bytes of a comment or an instruction within a part; no spreadsheet program writes any."""


_LONG_TAG = re.compile(rb"<[^<>]{200000}")


def refuse_bombs(data: bytes, shown: str) -> None:
    """Refuse a workbook that would take long to read; ``shown`` is its name in messages.

    Raises:
        UnreadableError: it is none.
        InputError: it unpacks to too much, or hides something large.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            total = sum(part.file_size for part in parts)
            if total > MOST_BYTES_UNPACKED or len(parts) > MOST_PARTS:
                large = max(parts, key=lambda part: part.file_size)
                raise InputError(
                    f"{shown} unpacks to {total // 10**6} MB, most of it in "
                    f"{printable(large.filename[:80])}: more than {MOST_BYTES_UNPACKED // 10**6} MB are not read"
                )
            for part in parts:
                if part.file_size <= SMALL_BYTES:
                    continue
                name = printable(part.filename[:80])
                if part.file_size > MOST_RATIO * max(1, part.compress_size):
                    times = part.file_size // max(1, part.compress_size)
                    raise InputError(
                        f"{shown}: {name} unpacks to {times} times its size, more than {MOST_RATIO} times: it is not "
                        "read; save the workbook again as .xlsx"
                    )
                if part.filename.lower().endswith((".xml", ".rels")) and _hides_something(archive.read(part)):
                    raise InputError(
                        f"{shown}: {name} holds a comment or a tag of great length: it is not read; save the workbook "
                        "again as .xlsx"
                    )
    except ZIP_ERRORS as error:
        raise UnreadableError(shown, no_workbook(data)) from error


def _hides_something(text: bytes) -> bool:
    """Whether a comment, an instruction or a tag is so long that parsers, which look for its end, go astray."""
    for begins, ends in ((b"<!", b">"), (b"<!--", b"-->"), (b"<?", b"?>")):
        at = text.find(begins)
        while at >= 0:
            end = text.find(ends, at, at + LONGEST_COMMENT)
            if end < 0:
                return True
            at = text.find(begins, end)
    return _LONG_TAG.search(text) is not None
