"""The letter that invites to a meeting: what it says beyond the programme itself."""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from scheduler.domain.base import Frozen, OfficerRef, WorkRef
from scheduler.domain.meeting import one_or_more

Section: TypeAlias = Literal[
    "background", "meeting", "participation", "schedule", "closed_meetings", "documents", "registration",
    "working_papers", "side_events", "sponsorship", "office_holders", "information",
]  # fmt: skip
SECTIONS: tuple[Section, ...] = get_args(Section)
"""The sections of a letter, in their order."""

_LINK = re.compile(r"https?://[^\s<>\"'{}|\\^`]{1,400}")
_EMAIL = re.compile(r"[^\s<>\"'{}|\\^`,;:@]{1,64}@[\w-]{1,63}(\.[\w-]{1,63}){1,8}")


def _link(value: str) -> str:
    if not _LINK.fullmatch(value):
        raise ValueError(f"'{value[:60]}' is no link: write it whole, as in https://www.example.org/register")
    return value


def _email(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise ValueError(f"'{value[:60]}' is no e-mail address: write one alone, as in info@example.org")
    return value


def _some(value: str) -> str:
    if not value.strip():
        raise ValueError("an empty text: write it, or leave the key out")
    return value


Text = Annotated[str, AfterValidator(_some)]
Link = Annotated[str, AfterValidator(_link)]
"""An address on the web, whole, with ``https://``."""
Email = Annotated[str, AfterValidator(_email)]
Texts = Annotated[
    tuple[Text, ...],
    BeforeValidator(one_or_more),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""One text, or a list of texts."""


class Secretariat(Frozen):
    """Whom to write to."""

    name: Text
    """As it stands within a sentence: ``the ATT Secretariat``."""
    email: Email | None = None
    website: Link | None = None


class IssuedDocuments(Frozen):
    """Who issues the documents of a meeting; when, ``meeting.milestones.documents`` says."""

    by: Text | None = None
    """``the Chairs of the Working Groups``."""
    through: Text | None = None
    """``the ATT Secretariat``."""
    enclosed: tuple[Text, ...] = ()
    """What goes out with the letter, as within a sentence: ``the draft annotated agenda``."""


class Registration(Frozen):
    """Whether people must register; by when, ``meeting.milestones.registration`` says."""

    required: bool = True
    link: Link | None = None
    separately: tuple[WorkRef, ...] = ()
    """Bodies or sessions for which people register apart."""


class Nominations(Frozen):
    """Who is asked to fill the vacant posts, and whom they write to."""

    who: Text | None = None
    """``all eligible States Parties``."""
    to: Text | None = None
    """``the office of the President``; None: the secretariat."""


class FreeParagraph(Frozen):
    """What no other key holds. Its texts may have the placeholders of letters, and ``**bold**`` words."""

    text: Text
    under: Section | None = None
    """The section at whose end it stands; None: under its own heading, or at the end of the last section."""
    heading: Text | None = None
    """A heading of its own: what follows without ``under`` and without a heading stands below it too."""
    points: tuple[Text, ...] = ()
    """Bullets below the text."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return {"text": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_place(self) -> FreeParagraph:
        if self.under is not None and self.heading is not None:
            told = {"at": ("heading",), "hint": "leave one of the two out"}
            raise PydanticCustomError("two_places", "a paragraph stands under a section or a heading of its own", told)
        return self


class Letter(Frozen):
    """What the invitation says beyond the programme. All that is left out is not printed."""

    letterhead: Texts = ()
    """The sender, a line each."""
    addressees: Texts | None = None
    """A line each; None: from the audiences."""
    title: Text | None = None
    """None: ``INVITATION TO THE`` with the series and its dates."""
    place: Text | None = None
    """City and country, where the name of the venue does not say them."""
    signatory: OfficerRef | None = None
    """The officer in whose name it is written."""
    secretariat: Secretariat | None = None
    documents: IssuedDocuments | None = None
    registration: Registration | None = None
    nominations: Nominations | None = None
    paragraphs: Annotated[tuple[FreeParagraph, ...], Field(max_length=200)] = ()
    source: str | None = None
