"""From bytes to text: UTF-8, with or without a byte order mark, and one sentence for everything else."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.reading.files import Kind

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


def _mistaken(data: bytes, kind: Kind) -> str:
    from scheduler.reading.recognising import mistaken  # only for what is wrong

    return mistaken(data, kind)


def _unmarked(body: bytes) -> str:
    """``UTF-16`` where every second byte of the beginning is NUL, and no other: Western text in it looks so."""
    head = body[: min(len(body), 200) // 2 * 2]
    for nul, other in ((head[1::2], head[::2]), (head[::2], head[1::2])):
        if len(nul) > 1 and not any(nul) and all(other):
            return "UTF-16"
    return ""
