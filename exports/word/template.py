"""The template of the letter that comes with the program: a Word file with placeholders, for secretariats to change."""

from __future__ import annotations

from typing import Any

from exports.colours import SLATE
from exports.paper.values import Look
from exports.word.base import PORTRAIT, new_document, save_bytes
from exports.word.parts import element, page_number

_FOOT = Look(8, SLATE)
_BODY = (
    ("{%p for line in letterhead %}", ""),
    ("{{ line }}", "Letterhead"),
    ("{%p endfor %}", ""),
    ("{%p if date %}", ""),
    ("{{ date }}", "LetterDate"),
    ("{%p endif %}", ""),
    ("{%p if addressees %}", ""),
    ("{{ addressed }}", "Addressed"),
    ("{%p endif %}", ""),
    ("{%p for line in addressees %}", ""),
    ("{{ line }}", "Addressee"),
    ("{%p endfor %}", ""),
    ("{{ salutation }}", "Salutation"),
    ("{{ title }}", "Title"),
    ("{%p for part in parts %}", ""),
    ("{%p if part.heading %}", ""),
    ("{{ part.heading }}", "Heading1"),
    ("{%p endif %}", ""),
    ("{%p for paragraph in part.paragraphs %}", ""),
    ("{{ paragraph.text }}", "LetterParagraph"),
    ("{%p for point in paragraph.points %}", ""),
    ("{{ point }}", "ListBullet"),
    ("{%p endfor %}", ""),
    ("{%p endfor %}", ""),
    ("{%p endfor %}", ""),
    ("{%p for line in closing %}", ""),
    ("{{ line }}", "Closing"),
    ("{%p endfor %}", ""),
    ("{%p if name %}", ""),
    ("{{ name }}", "Signature"),
    ("{%p endif %}", ""),
    ("{%p if post %}", ""),
    ("{{ post }}", ""),
    ("{%p endif %}", ""),
)
"""Each paragraph with its style; lines with ``{%p ... %}`` leave nothing behind."""


def template_bytes() -> bytes:
    """The template as a .docx file, always the same bytes."""
    document = new_document(PORTRAIT, "{{ title }}")
    body = document.element.body
    for text, style in _BODY:
        body.insert(len(body) - 1, _paragraph(text, style))
    footer = document.sections[0].footer.paragraphs[0]._p
    properties = element("w:pPr", [element("w:pStyle", val="Footer"), element("w:jc", val="right")])
    footer.getparent().replace(footer, element("w:p", [properties, *page_number(_FOOT)]))
    return save_bytes(document)


def _paragraph(text: str, style: str) -> Any:
    words = element("w:t")
    words.text = text
    properties = [element("w:pPr", [element("w:pStyle", val=style)])] if style else []
    return element("w:p", [*properties, element("w:r", [words])])
