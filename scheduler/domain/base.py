"""The frozen base of every value, and the names of ids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from typing import Annotated, Any, NewType, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from scheduler.wording import did_you_mean

BodyId = NewType("BodyId", str)
SessionId = NewType("SessionId", str)
RoomId = NewType("RoomId", str)
OfficerId = NewType("OfficerId", str)
AudienceId = NewType("AudienceId", str)


MOST_IDS_COMPARED = 100_000
"""The most ids compared with wrong references of one scenario for "did you mean": they take about a second."""


class Frozen(BaseModel):
    """A value: immutable, no unknown keys, and valid however it was made."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, protected_namespaces=())

    @classmethod
    def model_construct(cls, _fields_set: set[str] | None = None, **values: Any) -> Self:  # type: ignore[override]  # noqa: ARG003
        """Refused, because it would check nothing.

        Raises:
            TypeError: always.
        """
        raise TypeError(f"{cls.__name__}.model_construct checks nothing: write {cls.__name__}(...)")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy; with ``update`` the new values are checked as those of a new one are.

        Raises:
            pydantic.ValidationError: a value does not fit.
        """
        if not update:
            return super().model_copy(deep=deep)
        return type(self).model_validate({**_fields(self), **update})

    def copy(self, **changes: Any) -> Self:
        """The same as ``model_copy``, under its old name."""
        return self.model_copy(**changes)


Value = TypeVar("Value", bound=Frozen)


def trusted(kind: type[Value], **values: Any) -> Value:
    """A value that our own code makes from valid parts: nothing is checked; fields left out have their defaults."""
    made: Value = BaseModel.model_construct.__func__(kind, **values)  # type: ignore[attr-defined]  # a class method
    return made


def altered(value: Value, **changes: Any) -> Value:
    """The value with some fields replaced by our own code; nothing is checked.

    Unlike a copy it keeps no cached value that was derived from the old fields.
    """
    return trusted(type(value), **(_fields(value) | changes))


def _fields(value: BaseModel) -> dict[str, Any]:
    return {name: getattr(value, name) for name in type(value).model_fields}


class Later:
    """Marks a field whose value is a model, or None; the model is imported only where a scenario has the key."""

    def __init__(self, module: str, name: str) -> None:
        self._place = module, name

    def model(self) -> type[Frozen]:
        """The model itself."""
        found: type[Frozen] = getattr(import_module(self._place[0]), self._place[1])
        return found

    def _read(self, value: Any, info: ValidationInfo) -> Frozen | None:
        return None if value is None else self.model().model_validate(value, context=info.context)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        model = self.model()
        model.model_rebuild()
        return handler(model.__pydantic_core_schema__)


def known(kind: str, *families: str) -> Any:
    """A validator for a reference: refuses an id that the scenario does not declare.

    The declared ids come as validation context, ``{"ids": {"bodies": [...], ...}}``; without context every id passes,
    and so does one of a family that is None: what is declared there cannot be read. ``families`` names the lists the
    id may be found in.
    """

    def check(value: str, info: ValidationInfo) -> str:
        ids = (info.context or {}).get("ids")
        lists = [] if ids is None else [ids.get(family, ()) for family in families]
        if ids is None or any(names is None or value in names for names in lists):
            return value
        if kind == "slot":  # a name that people chose; tables lose the blanks around it
            alike: list[str] = [name for names in lists for name in names or () if name.strip() == value.strip()]
            if len(alike) == 1:
                return alike[0]
        candidates = [name for names in lists for name in names]
        hint = _hint(value, candidates, info.context) or f"no {kind} is declared"
        raise PydanticCustomError(
            "unknown_reference",
            "there is no {kind} '{value}' in this scenario",
            {"kind": kind, "value": value[:60], "hint": hint},
        )

    return AfterValidator(check)


def _hint(value: str, candidates: list[str], context: Any) -> str:
    """What was probably meant; nothing after ``MOST_IDS_COMPARED``, as when a whole table is wrong."""
    context["compared"] = context.get("compared", 0) + len(candidates)
    return did_you_mean(value if context["compared"] <= MOST_IDS_COMPARED else "", candidates)


def identifier(value: str) -> str:
    """An id: letters, digits, ``-``, ``_`` and ``.``; at most 60 characters; begins with a letter or digit."""
    if len(value) > 60:
        raise ValueError(f"'{value[:20]}...' is too long for an id: it has {len(value)} characters, 60 are the most")
    if not value or not value[0].isalnum():
        raise ValueError(f"'{value[:60]}' cannot be an id: use letters, digits, '-' or '_', beginning with a letter")
    if not all(c.isalnum() or c in "-_." for c in value):
        raise ValueError(f"'{value}' cannot be an id: only letters, digits, '-', '_' and '.' may stand in it")
    return value


_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(\.|\Z)", re.IGNORECASE)


def no_file_name(name: str) -> str:
    """Why some operating system refuses the text as a file name; empty if none does."""
    if _DEVICES.match(name):
        return f"Windows keeps '{name.split('.')[0].strip()[:20]}' for a device"
    return "Windows drops a point or a blank at its end" if name.endswith((".", " ")) else ""


def file_stem(value: str) -> str:
    """An id that files can be called by."""
    if why := no_file_name(identifier(value)):
        raise ValueError(f"'{value}' cannot be a name, because files are called by it, and {why}: choose another")
    return value


Identifier = Annotated[str, AfterValidator(identifier)]
FileStem = Annotated[str, AfterValidator(file_stem)]
BodyRef = Annotated[str, known("body", "bodies")]
SessionRef = Annotated[str, known("session", "sessions")]
WorkRef = Annotated[str, known("body or session", "bodies", "sessions")]
RoomRef = Annotated[str, known("room", "rooms")]
OfficerRef = Annotated[str, known("officer", "officers")]
AudienceRef = Annotated[str, known("audience", "audiences")]
TagRef = Annotated[str, known("tag", "tags")]
SlotRef = Annotated[str, known("slot", "slots")]
"""A slot by its name, or by its date and opening hour."""
