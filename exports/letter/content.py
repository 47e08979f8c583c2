"""An invitation in words, before any medium writes it."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.letter import Section


@dataclass(frozen=True, slots=True)
class Passage:
    """A numbered paragraph; ``**words**`` are bold."""

    text: str
    points: tuple[str, ...] = ()
    """Bullets below it."""


@dataclass(frozen=True, slots=True)
class Part:
    """Paragraphs under one heading."""

    section: Section | None
    """None: a heading of the planner's own."""
    heading: str | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """The whole letter. An empty text is not printed."""

    letterhead: tuple[str, ...]
    date: str
    addressed: str
    """``To:``"""
    addressees: tuple[str, ...]
    salutation: str
    title: str
    parts: tuple[Part, ...]
    closing: tuple[str, ...]
    name: str
    """Of the signatory."""
    post: str
