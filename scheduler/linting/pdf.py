"""The text of a PDF, line by line; its tables are words in places, and are not read as tables."""

from __future__ import annotations

import io
import logging

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from scheduler.linting.text import Line, NotReadError, Text, tidy

MOST_PAGES = 60


def text_of_pdf(data: bytes) -> Text:
    """The lines of all pages, numbered throughout.

    Raises:
        NotReadError: it has a password, no text, too many pages, or is damaged.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # of damage that it can read past
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise NotReadError("this PDF has a password: save it without one")
        if len(reader.pages) > MOST_PAGES:
            raise NotReadError(f"this PDF has more than {MOST_PAGES} pages: no letter needs that")
        pages = [page.extract_text() for page in reader.pages]
    except NotReadError:
        raise
    except PyPdfError as error:
        needs = "cryptography" in str(error)
        raise NotReadError(
            "this PDF is encrypted: save it without encryption" if needs else "this PDF is damaged: save it again"
        ) from None
    except MemoryError:
        raise NotReadError("this PDF unpacks to more than is read") from None
    except Exception:  # noqa: BLE001  pypdf raises whatever its parsers meet in a damaged file
        raise NotReadError("this PDF is damaged: save it again") from None
    texts = [tidy(line) for page in pages for line in page.split("\n")]
    if not any(texts):
        raise NotReadError("this PDF has no text, only pictures of it: save it from the program that wrote it")
    return Text(tuple(Line(number, text) for number, text in enumerate(texts, 1)), whole=False, tables=False)
