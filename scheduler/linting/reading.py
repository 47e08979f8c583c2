"""Reads a letter from a Word file, a PDF or a text, told apart by what is in them."""

from __future__ import annotations

from pathlib import Path

from scheduler.linting.plain import text_of_plain
from scheduler.linting.text import NotReadError, Text
from scheduler.reading.files import Held, Kind, NoText, UnreadableError, as_text, read_bytes, shown_name

LETTER = Kind("letter", "a Word file, a PDF or text", "save the letter as .docx", 20_000_000)
MOST_CHARACTERS, MOST_LINES = 400_000, 20_000
_OLD = b"\xd0\xcf\x11\xe0"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"


def read_letter(path: str | Path | Held) -> Text:
    """The text of a letter; ``-`` is standard input.

    Raises:
        UnreadableError: it cannot be read, or is no letter that can be.
        ImportError: it is a PDF, and pypdf is not installed.
    """
    data = read_bytes(path, LETTER)
    name = shown_name(path)
    try:
        if data.startswith(b"%PDF"):
            from scheduler.linting.pdf import text_of_pdf

            found = text_of_pdf(data)
        elif data.startswith(b"PK"):
            if _OPEN_DOCUMENT in data[:200]:
                raise NotReadError("this is an OpenDocument file: save the letter as .docx")
            from scheduler.linting.word import text_of_word

            found = text_of_word(data)
        else:
            found = _plain(data)
    except NotReadError as error:
        raise UnreadableError(name, str(error)) from None
    if sum(len(line.text) for line in found.lines) > MOST_CHARACTERS:
        raise UnreadableError(name, f"this text has more than {MOST_CHARACTERS:,} characters: no letter needs that")
    if len(found.lines) > MOST_LINES:
        raise UnreadableError(name, f"this text has more than {MOST_LINES:,} lines: no letter needs that")
    if not any(line.text for line in found.lines):
        raise UnreadableError(name, "there is no text in it")
    return found


def _plain(data: bytes) -> Text:
    if data.startswith(_OLD):
        raise NotReadError(
            "this is a file in the old format .doc, or one with a password: save it as .docx without one"
        )
    if data.startswith(b"{\\rtf"):
        raise NotReadError("this is a text in RTF: save the letter as .docx")
    text = as_text(data, LETTER)
    if isinstance(text, NoText):
        raise NotReadError(text.reason)
    return text_of_plain(text)
