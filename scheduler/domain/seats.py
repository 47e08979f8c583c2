"""Who must be there: somebody named, one of several, or somebody for whom a deputy may stand in at a price."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic import Discriminator, Field, Tag, field_validator, model_validator

from scheduler.domain.base import Frozen, OfficerRef, altered
from scheduler.wording import listed

if TYPE_CHECKING:
    from scheduler.domain.persons import Persons

HIGHEST_PRICE = 1_000_000


class OneOf(Frozen):
    """Several people of whom one must be there, whichever: two co-chairs."""

    one_of: tuple[str, ...] = Field(min_length=2)
    """The first is taken where it makes no difference."""

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody named."""
        return self.one_of

    @field_validator("one_of", mode="before")
    @classmethod
    def _several(cls, value: Any) -> Any:
        if isinstance(value, str):
            raise ValueError(f"'{value[:60]}' is no list of names: write one_of: [{value[:60]}]")
        if isinstance(value, list) and len(value) == 1:
            raise ValueError("one of several takes two names or more: add one, or write the name alone, without one_of")
        return value

    @model_validator(mode="after")
    def _each_once(self) -> OneOf:
        _refuse_twice(self.names)
        return self


class Deputised(Frozen):
    """Somebody who must be there, or else one of their deputies."""

    who: str
    deputies: tuple[str, ...] = Field(min_length=1)
    """The first is taken where it makes no difference."""
    price: int = Field(ge=0, le=HIGHEST_PRICE)
    """Points for each session at which a deputy stands in."""

    @model_validator(mode="before")
    @classmethod
    def _named_by_who(cls, value: Any) -> Any:
        wrong = next((key for key in ("id", "name") if isinstance(value, dict) and key in value), None)
        if wrong and "who" not in value:
            raise ValueError(f"whom the deputies stand in for is named by 'who', not by '{wrong}'")
        return value

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody named."""
        return self.who, *self.deputies

    @model_validator(mode="after")
    def _each_once(self) -> Deputised:
        _refuse_twice(self.names)
        return self


class OneOfOfficers(OneOf):
    """The same of officers, by id."""

    one_of: tuple[OfficerRef, ...] = Field(min_length=2)


class DeputisedOfficer(Deputised):
    """The same of an officer, by id."""

    who: OfficerRef
    deputies: tuple[OfficerRef, ...] = Field(min_length=1)


def _refuse_twice(names: Sequence[str]) -> None:
    twice = next((name for number, name in enumerate(names) if name in names[:number]), None)
    if twice is not None:
        raise ValueError(f"'{twice[:60]}' stands here twice: name somebody else, or write the name alone")


_ONE_OF = frozenset({"oneof", "anyof", "either"})


def _form(value: Any) -> str:
    """Which of the forms is meant, also where a key is misspelt."""
    if isinstance(value, OneOf):
        return "one of"
    if isinstance(value, Deputised):
        return "deputised"
    if not isinstance(value, dict):
        return "one"
    keys = {str(key).replace("_", "").replace("-", "").replace(" ", "").lower() for key in value}
    return "one of" if keys & _ONE_OF else "deputised"


OfficerEntry: TypeAlias = Annotated[
    Annotated[OfficerRef, Tag("one")]
    | Annotated[OneOfOfficers, Tag("one of")]
    | Annotated[DeputisedOfficer, Tag("deputised")],
    Discriminator(_form),
]
"""An officer by id, ``{one_of: [a, b]}`` or ``{who: chair, deputies: [vice], price: 50}``."""
PresenterEntry: TypeAlias = Annotated[
    Annotated[str, Tag("one")] | Annotated[OneOf, Tag("one of")] | Annotated[Deputised, Tag("deputised")],
    Discriminator(_form),
]
"""The same of people, by id or by name."""
SeatEntry: TypeAlias = str | OneOf | Deputised


class Role(StrEnum):
    """Why somebody must be there."""

    CHAIR = "chair"
    """As an officer of the body."""
    OFFICER = "officer"
    """As an officer of the session."""
    PRESENTER = "presenter"


SERVING = (Role.CHAIR, Role.OFFICER)


@dataclass(frozen=True, slots=True)
class Seat:
    """What one person fills at a session, the same for the whole of it: those who may, as people are spelt."""

    role: Role
    entry: SeatEntry
    names: tuple[str, ...]
    """As the scenario names them."""
    people: tuple[str, ...]
    prices: tuple[int, ...]
    """Points, in the same order; 0 for the first."""

    @property
    def is_open(self) -> bool:
        """Whether several people may fill it."""
        return len(self.people) > 1

    @property
    def deputised(self) -> bool:
        """Whether those after the first are deputies, which has a price."""
        return any(self.prices)


def names_in(entry: SeatEntry) -> tuple[str, ...]:
    """Everybody whom an entry names."""
    return (entry,) if isinstance(entry, str) else entry.names


def seats_of(
    of_body: Sequence[SeatEntry], of_session: Sequence[SeatEntry], presenting: Sequence[SeatEntry], persons: Persons
) -> tuple[Seat, ...]:
    """The seats of a session. What the session says of somebody takes the place of what the body says of them."""
    listed = [*officers_in(of_body, of_session), *((entry, Role.PRESENTER) for entry in presenting)]
    return tuple(seat for entry, role in listed if (seat := _seat(entry, role, persons)).people)


def officers_in(of_body: Iterable[SeatEntry], of_session: Iterable[SeatEntry]) -> tuple[tuple[SeatEntry, Role], ...]:
    """What body and session say of their officers, each once."""
    entries = {_head(entry): (entry, Role.CHAIR) for entry in of_body}
    for entry in of_session:
        _, role = entries.get(_head(entry), (entry, Role.OFFICER))
        entries[_head(entry)] = entry, role
    return tuple(entries.values())


def renamed(entry: SeatEntry, names: Mapping[str, str]) -> SeatEntry:
    """An entry with other names in the place of some."""
    if isinstance(entry, str):
        return names.get(entry, entry)
    if isinstance(entry, OneOf):
        return altered(entry, one_of=tuple(names.get(name, name) for name in entry.one_of))
    deputies = tuple(names.get(name, name) for name in entry.deputies)
    return altered(entry, who=names.get(entry.who, entry.who), deputies=deputies)


def _head(entry: SeatEntry) -> tuple[str, ...]:
    return entry.one_of if isinstance(entry, OneOf) else (entry if isinstance(entry, str) else entry.who,)


def named_in_two_ways(entries: Sequence[SeatEntry]) -> Iterator[tuple[int, str]]:
    """Entries of one list that name whom an earlier one names, and that are not both plain: place and name."""
    for number, entry in enumerate(entries):
        same = [other for other in entries[:number] if _head(other) == _head(entry)]
        if same and not (isinstance(entry, str) and isinstance(same[0], str)):
            yield number, listed(_head(entry), "or")


def is_vacant(entry: SeatEntry, persons: Persons) -> bool:
    """Whether nobody is named yet: of one of several none, of somebody with deputies the one who is not a deputy."""
    needed = entry.one_of if isinstance(entry, OneOf) else _head(entry)
    return not any(map(persons.is_somebody, needed))


def _seat(entry: SeatEntry, role: Role, persons: Persons) -> Seat:
    """Without those who are nobody, and without people named twice; empty where the entry is vacant."""
    found: dict[str, tuple[str, int]] = {}
    for number, name in enumerate(() if is_vacant(entry, persons) else names_in(entry)):
        price = entry.price if number and isinstance(entry, Deputised) else 0
        if persons.is_somebody(name):
            found.setdefault(persons.person(name), (name, price))
    named = tuple(found.values())
    return Seat(role, entry, tuple(name for name, _ in named), tuple(found), tuple(price for _, price in named))
