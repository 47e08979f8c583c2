"""Office files, which are archives: the same parts give the same bytes, on every machine and at any time."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from zipfile import ZIP_STORED, ZipFile, ZipInfo

STAMP = datetime(2000, 1, 1)  # noqa: DTZ001 - OOXML stamps are naive UTC
"""The time stamp of every file, so that equal timetables give equal bytes."""

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """An archive of parts by name; they are stored, since the bytes of deflate depend on the zlib at hand."""
    final = io.BytesIO()
    with ZipFile(final, "w", ZIP_STORED) as target:
        for name in sorted(parts, key=_order):
            entry = ZipInfo(name, _ZIP_DATE)
            entry.create_system = 0
            target.writestr(entry, parts[name])
    return final.getvalue()


def _order(name: str) -> tuple[bool, bool, str]:
    """Content types first and the root relations next, as readers that stream expect."""
    return name != "[Content_Types].xml", name != "_rels/.rels", name
