"""The meeting series: the texts and dates of its letter and its annex."""

from datetime import date
from typing import Annotated, Any, Literal, TypeAlias, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, WithJsonSchema, field_validator

from scheduler.domain.base import Frozen
from scheduler.domain.clock import Date, show_date
from scheduler.domain.offsets import instead_of_offset


class Milestones(Frozen):
    """Dates of the covering letters, in the order in which they fall; each on or before day 1."""

    announcement: Date | None = None
    invitation: Date | None = None
    documents: Date | None = None
    working_papers: Date | None = None
    registration: Date | None = None
    side_event_proposals: Date | None = None
    sponsorship: Date | None = None
    """By when delegations apply for it."""

    @field_validator("*")
    @classmethod
    def _before_day_one(cls, day: date | None, info: ValidationInfo) -> date | None:
        first_day = (info.context or {}).get("first_day")
        if day is None:
            return None
        if first_day and day > first_day:
            raise ValueError(
                f"{show_date(day, year=True)} is after the meeting has begun on {show_date(first_day, year=True)}: "
                "is the year right?"
            )
        invitation = info.data.get("invitation")
        announcement = info.data.get("announcement")
        for earlier, name in ((invitation, "invitation"), (announcement, "announcement")):
            if earlier is not None and day < earlier:
                raise ValueError(
                    f"{show_date(day, year=True)} is before the {name} of {show_date(earlier, year=True)}: "
                    "the order is announcement, invitation, then documents and deadlines"
                )
        return day


def _in_the_iana_table(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        remedy = instead_of_offset(name) or "write the IANA name, as in Europe/Zurich"
        raise ValueError(f"'{name[:60]}' is no time zone: {remedy}") from None
    return name


TimeZone = Annotated[str, AfterValidator(_in_the_iana_table)]
"""An IANA name."""


_WORDS = {"true": True, "false": False}
_MEANT = frozenset(("yes", "no", "all", "none", "on", "off", "everybody", "nobody", "both"))


def one_or_more(value: Any) -> Any:
    """A text alone as a list of one."""
    return (value,) if isinstance(value, str) else value


def _when(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    meant = _WORDS | {"when needed": False, "always": True}
    if value.lower() not in meant:
        raise ValueError(f"'{value[:60]}' does not say when hours are printed: write when needed or always")
    return meant[value.lower()]


WhenNeededOrAlways: TypeAlias = Annotated[
    bool,
    BeforeValidator(_when),
    WithJsonSchema({"anyOf": [{"type": "boolean"}, {"enum": ["when needed", "always"]}]}),
]
"""``always`` or true; ``when needed`` or false."""


def _roles(value: Any) -> Any:
    if isinstance(value, dict) or (isinstance(value, str) and (value.lower() in _MEANT or value.isdecimal())):
        said = "keys" if isinstance(value, dict) else f"'{value}'"
        raise ValueError(
            f"{said} cannot say whose names are printed: write true for officers and presenters, false for nobody, or "
            "a list such as [presenters, attendees]"
        )
    return _WORDS[value.lower()] if isinstance(value, str) and value.lower() in _WORDS else one_or_more(value)


Role: TypeAlias = Literal["officers", "presenters", "attendees"]
ROLES: tuple[Role, ...] = get_args(Role)
Named: TypeAlias = Annotated[
    tuple[Role, ...] | bool,
    Field(union_mode="left_to_right"),
    BeforeValidator(_roles),
]
"""Whose names are printed: one word or a list of them; true: officers and presenters, who must be there; false: none"""


def roles(named: tuple[Role, ...] | bool | None) -> tuple[Role, ...]:
    """Whose names are meant."""
    return ("officers", "presenters") if named is True else named or ()


LANGUAGES = {
    "ar": "Arabic", "zh": "Chinese", "en": "English", "fr": "French", "ru": "Russian", "es": "Spanish",
    "de": "German", "it": "Italian", "ja": "Japanese", "ko": "Korean", "pt": "Portuguese", "sw": "Swahili",
    "tr": "Turkish", "uk": "Ukrainian",
}  # fmt: skip
"""Languages by their codes (ISO 639-1): those of the United Nations first."""


def _code(value: Any) -> Any:
    if not isinstance(value, str) or value in LANGUAGES:
        return value
    codes = {name.lower(): code for code, name in LANGUAGES.items()}
    meant = codes.get(value.lower()) or (value.lower() if value.lower() in LANGUAGES else None)
    instead = f"write {meant}" if meant else f"known here: {', '.join(f'{c} {n}' for c, n in LANGUAGES.items())}"
    raise ValueError(f"'{value[:40]}' is no code of a language: {instead}")


Language = Annotated[str, BeforeValidator(_code), WithJsonSchema({"enum": list(LANGUAGES)})]
"""A code of ``LANGUAGES``."""


class Meeting(Frozen):
    """The meeting series and what its annex says about it."""

    series: str
    """The series that one letter invites to."""
    annex_title: str
    """The title of the annex. ``annex_title``, ``series`` and ``footnotes`` may have the placeholders ``{dates}``,
    ``{DATES}`` and ``{draft}``.
    """
    venue: str | None = None
    format: Literal["in_person", "online", "hybrid"] | None = None
    """How people take part; of an online meeting nobody travels. None: nothing is said, and people come."""
    livestream: bool | None = None
    """Whether those who do not come can follow the meeting; None: nothing is said."""
    interpretation: tuple[Language, ...] | None = None
    """From and into which languages it is interpreted, by their codes; None: nothing is said."""
    time_zone: TimeZone = "Europe/Zurich"
    status: Literal["draft", "final"] = "draft"
    annex_code: str = "Annex"
    footnotes: tuple[str, ...] = ()
    """Printed under the grid with asterisks; ``**words**`` are bold."""
    hours_in_every_cell: WhenNeededOrAlways = False
    """Whether the annex always prints the hours of a session, and not only where they do not follow from the row."""
    breaks_in_annex: bool | None = None
    """Whether breaks within slots stand in the annex as thin rows."""
    key_of_names: bool | None = None
    """Whether the full names of bodies stand below the grid where it has abbreviations alone."""
    names_in_programme: Named = False
    """Whose names a programme of many rooms prints."""
    names_in_list: Named | None = None
    """Whose names the list beside the annex has, in columns of their own."""
    milestones: Milestones = Milestones()
    source: str | None = None
