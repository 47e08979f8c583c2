"""A certificate as it stands in its file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from scheduler.errors import InputError
from scheduler.reading.diagnostics import printable, render
from scheduler.reading.files import CERTIFICATE
from scheduler.reading.plain import Plain
from scheduler.reading.strictjson import read_object

FORMAT = "treaty-schedule/certificate"
VERSION = 2
"""It grows whenever rules change their meaning: another model is then built from the same scenario."""
VERSION_OF_0_1 = 1
"""The version that 0.1 of the program wrote."""


def _called_by_a_text(entry: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(entry.get("id"), str):
        raise ValueError("a session has a text for its id")
    return entry


Placed = Annotated[dict[str, Any], AfterValidator(_called_by_a_text)]
"""A session with its segments, as a timetable document holds it."""


class _CertificatePart(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)


class CertifiedScenario(_CertificatePart):
    """The scenario within a certificate."""

    name: str
    sha256: str
    document: dict[str, Any]


class CertifiedModel(_CertificatePart):
    """The model within a certificate."""

    sha256: str
    data: str


class CertifiedMember(_CertificatePart):
    """A member of an impossible set: the ids of its single conditions, or a session that is held."""

    rules: list[str] = []
    held: str | None = None
    sentence: str = ""


class CertifiedWitness(_CertificatePart):
    """A timetable that keeps the set without one of its members, by its position."""

    without: int
    sessions: list[Placed]


class CertifiedEvents(_CertificatePart):
    """Where side events stand, what that costs, and what no places go below, in points."""

    places: list[dict[str, Any]]
    cost: int
    bound: int


class CertificateFile(_CertificatePart):
    """A certificate as written."""

    format: str
    version: int
    claim: str
    scenario: CertifiedScenario
    model: CertifiedModel
    versions: dict[str, Any] = {}
    solver: dict[str, Any] = {}
    cost: int | None = None
    bound: int | None = None
    unique: bool = False
    side_events: CertifiedEvents | None = None
    """None where none is to be placed, or it says nothing of them."""
    sessions: list[Placed] = []
    set: list[CertifiedMember] = []
    minimal: bool = False
    smallest: bool = False
    witnesses: list[CertifiedWitness] = []

    @property
    def made_before(self) -> bool:
        """Whether 0.1 wrote it: its rules had another meaning."""
        return self.version == VERSION_OF_0_1


def read_certificate(path: str | Path) -> dict[str, Any]:
    """The JSON of a certificate, ``-`` for standard input.

    Raises:
        InputError: it cannot be read, is no JSON object, or gives a key twice.
    """
    return read_object(path, CERTIFICATE)[0]


def as_file(document: dict[str, Any], name: str) -> CertificateFile:
    """The certificate that a JSON object is.

    Raises:
        InputError: it is none, its version is not known here, or it claims nothing that can be verified.
    """
    try:
        file = CertificateFile.model_validate(document)
    except ValidationError as error:
        from scheduler.reading.mistakes import from_pydantic

        raise InputError(render(from_pydantic(Plain(name, document), error, lambda _: ()))) from None
    if file.format != FORMAT or file.version not in (VERSION_OF_0_1, VERSION):
        raise InputError(printable(f"{name}: this is '{file.format} {file.version}', not '{FORMAT} {VERSION}'"))
    if file.claim not in ("optimal", "feasible", "infeasible"):
        raise InputError(printable(f"{name}: it claims '{file.claim[:40]}', which is nothing that can be verified"))
    return file
