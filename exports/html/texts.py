"""Texts of a scenario as HTML."""

from __future__ import annotations

import html

from exports.annex.texts import Paragraph, one_line
from scheduler.reading.cleaning import clean


def escaped(text: str) -> str:
    """A text without markup, and without characters that change the direction of writing."""
    return html.escape(clean(one_line(text)), quote=True)


def paragraph_html(paragraph: Paragraph) -> str:
    """A paragraph with its looks."""
    parts = []
    for run in paragraph.runs:
        text = _kept(run.text)
        for tag, on in (("sup", run.superscript), ("em", run.italic), ("strong", run.bold)):
            text = f"<{tag}>{text}</{tag}>" if on else text
        parts.append(text)
    return "".join(parts)


def _kept(text: str) -> str:
    """The text escaped, with its blanks at both ends."""
    inner = escaped(text)
    return f"{' ' * (text[:1] == ' ')}{inner}{' ' * (text[-1:] == ' ' and bool(inner))}"
