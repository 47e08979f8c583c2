"""What all answers of ``--json`` have in common: their name and version."""

from __future__ import annotations

from typing import Any

FAMILY = "treaty-schedule/"
VERSION = 1
"""Of every answer; an answer gets a higher one when a key of it changes its meaning or is removed."""


def document(name: str, **members: Any) -> dict[str, Any]:
    """An answer of the family; ``schedule schema --of NAME`` describes its members."""
    return {"format": f"{FAMILY}{name}", "version": VERSION, **members}
