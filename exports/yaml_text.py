"""Texts of others in the YAML of a scenario that a person reads."""

from __future__ import annotations

import json
import re

from scheduler.reading.diagnostics import printable
from scheduler.reading.yamltext import UNREADABLE

MAX_COMMENT = 200
"""Characters of a text that a comment repeats."""


def quote(text: str) -> str:
    """A text as YAML, in double quotes unless it is a plain word."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_.-]*", text) and text not in ("null", "true", "false"):
        return text
    return UNREADABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def comment(text: str) -> str:
    """A text for a comment, in one line."""
    return printable(text[:MAX_COMMENT])
