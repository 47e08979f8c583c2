"""What all answers of ``--json`` have in common: they say what they are, and in which version."""

from __future__ import annotations

from typing import Any

FAMILY = "treaty-schedule/"
VERSION = 1
"""Of every answer; raised for one of them when a key of it changes its meaning or goes."""


def document(name: str, **members: Any) -> dict[str, Any]:
    """An answer of the family; ``schedule schema --of NAME`` describes its members."""
    return {"format": f"{FAMILY}{name}", "version": VERSION, **members}
