"""What is wrong in a file, said to a planner: the place, the sentence, the line with a caret, the remedy."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, get_args

from pydantic_core import core_schema

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails, ValidationError

Loc = tuple[str | int, ...]

EXCERPT_COLUMNS = 112
"""Screen columns that are left for a source line beside its number: 120 in all."""

QUOTE_CHARACTERS = 60
"""How much of a value a message repeats, in characters."""

LISTED = 12
"""How many permitted values a message lists at most."""

_PYDANTIC_KINDS = frozenset(get_args(core_schema.ErrorType))


class Severity(StrEnum):
    """An error makes the text invalid; a warning only makes a timetable unlikely."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong, and where.

    ``line`` and ``column`` count from 1, in characters; line 0 means the file as a whole. ``length`` is in characters
    of that line. The texts are raw, control characters and all: only ``render`` and ``as_json`` make them safe to show.
    """

    file: str
    line: int
    column: int
    length: int
    path: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    source_line: str = ""


class Located(Protocol):
    """A document that can say where a value stands; ``scheduler.yamltext.Document`` is one."""

    def resolve(self, loc: Loc) -> Loc:
        """``loc`` reduced to the keys and indices that exist in the document."""

    def diagnose(
        self, loc: Loc, message: str, *, hint: str = "", key: bool = False, severity: Severity = Severity.ERROR
    ) -> Diagnostic:
        """A diagnostic that points at the value, or with ``key`` at the key, that stands at ``loc``."""


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """All diagnostics as text, by file, line and column, each once, and a last line that counts them.

    Nothing found gives the empty string. No line break ends the text. Control characters and characters that change
    the direction of writing are shown by their number, so no scenario can move the cursor or imitate a message.
    """
    found = _in_order(diagnostics)
    rows = [row for diagnostic in found for row in _rows(diagnostic)]
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in found)
    counts = [(errors, "error"), (len(found) - errors, "warning")]
    summary = ", ".join(f"{count} {word}{'s' * (count != 1)}" for count, word in counts if count)
    return "\n".join([*rows, summary] if found else [])


def as_json(diagnostics: Iterable[Diagnostic]) -> list[dict[str, object]]:
    """The same diagnostics in the same order for ``--json``, without the source lines."""
    members = [asdict(diagnostic) for diagnostic in _in_order(diagnostics)]
    for member in members:
        del member["source_line"]
        member |= {name: printable(member[name]) for name in ("file", "path", "message", "hint")}
        member["severity"] = str(member["severity"])
    return members


def printable(text: str) -> str:
    """``text`` with every character that a terminal would obey, or hide, written as ``\\x1b`` or ``\\u202e``."""
    return "".join(_shown(character)[0] for character in text)


def quoted(text: str) -> str:
    """``text`` in single quotes, cut after 60 characters."""
    return f"'{text}'" if len(text) <= QUOTE_CHARACTERS else f"'{text[: QUOTE_CHARACTERS - 1]}…'"


def suggest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that ``word`` was probably meant to be, whatever its case; None when nothing is near."""
    if len(word) > QUOTE_CHARACTERS:
        return None
    by_lower = {candidate.lower(): candidate for candidate in candidates}
    near = difflib.get_close_matches(word.lower(), by_lower, n=1)
    return by_lower[near[0]] if near else None


def did_you_mean(word: str, candidates: Iterable[str], otherwise: str = "known here") -> str:
    """A hint: the nearest candidate or, when nothing is near, the first dozen after ``otherwise``; may be empty."""
    known = list(candidates)
    near = suggest(word, known)
    if near is not None:
        return f"did you mean {quoted(near)}?"
    return f"{otherwise}: {_listed(known)}" if known else ""


def from_pydantic(
    document: Located, error: ValidationError, fields_at: Callable[[Loc], Sequence[str]]
) -> list[Diagnostic]:
    """Every error that pydantic found in ``document.data``, in a planner's words.

    ``fields_at`` names the keys that are known in the mapping at a ``loc``; it gets the ``loc`` as pydantic wrote it,
    tags of unions included, and may answer with nothing. The text of a ``ValueError`` is passed on as it is. A
    ``PydanticCustomError`` may carry its remedy as ``hint`` in its context.
    """
    details = error.errors(include_url=False)
    return [_translate(document, item, fields_at) for item in _without_idle_branches(document, details)]


def _in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    first: dict[tuple[object, ...], Diagnostic] = {}
    for item in diagnostics:
        first.setdefault((item.file, item.line, item.column, item.path, item.message, item.severity), item)
    return sorted(first.values(), key=lambda item: (item.file, item.line, item.column, item.severity))


def _rows(diagnostic: Diagnostic) -> Iterator[str]:
    place = f"{diagnostic.file}:{diagnostic.line}:{diagnostic.column}" if diagnostic.line else diagnostic.file
    mark = "warning: " if diagnostic.severity is Severity.WARNING else ""
    path = f"{diagnostic.path}: " if diagnostic.path else ""
    yield printable(f"{place}: {mark}{path}{diagnostic.message}")
    hint = printable(diagnostic.hint)
    if diagnostic.line and diagnostic.source_line.strip():
        excerpt, before, below = _excerpt(diagnostic)
        number = f"{diagnostic.line:>5}"
        caret = " " * before + "^" * below
        yield f"{number} | {excerpt}".rstrip()
        yield f"{' ' * len(number)} | {caret}{'  ' if hint else ''}{hint}"
    elif hint:
        yield f"      {hint}"


def _excerpt(diagnostic: Diagnostic) -> tuple[str, int, int]:
    """What fits of the source line, the screen columns before the caret, and those that the caret underlines."""
    line, room = diagnostic.source_line, EXCERPT_COLUMNS
    start = min(diagnostic.column - 1, len(line))
    low, high = max(0, start - room), min(len(line), start + room)
    cells = [_shown(character, tab="    ") for character in line[low:high]]
    first = start - low
    last = min(len(cells), max(first, diagnostic.column - 1 + max(1, diagnostic.length) - low))
    left, right, before = 0, len(cells), _columns(cells[:first])
    if low or high < len(line) or _columns(cells) > room:
        room -= 2
        lead = room if not low and _columns(cells[:last]) <= room else room // 3
        while before > lead:
            before -= cells[left][1]
            left += 1
        total = _columns(cells[left:])
        while total > room:
            right -= 1
            total -= cells[right][1]
    head = "…" if low + left else ""
    tail = "…" if low + right < len(line) else ""
    text = head + "".join(shown for shown, _ in cells[left:right]) + tail
    underlined = _columns(cells[first : min(last, right)])
    return text, len(head) + before, max(1, underlined)


def _columns(cells: Sequence[tuple[str, int]]) -> int:
    return sum(width for _, width in cells)


def _shown(character: str, tab: str = "\\t") -> tuple[str, int]:
    """How a character is shown, and the columns this takes on a screen."""
    if " " <= character <= "~":
        return character, 1
    if character == "\t":
        return tab, len(tab)
    category = unicodedata.category(character)
    if category in ("Mn", "Me") or character in "\u200c\u200d":
        return character, 0
    if category in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        escape = character.encode("unicode_escape").decode("ascii")
        return escape, len(escape)
    return character, 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _without_idle_branches(document: Located, details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Drop what only follows from another error.

    That is "a list is expected" from a union where another branch has more to say about the same value, and "too
    short" of a list whose items were refused.
    """
    resolved = [document.resolve(item["loc"]) for item in details]
    idle = [
        item["type"] == "too_short"
        or (item["type"].endswith("_type") and bool(item["loc"]) and place[-1:] != item["loc"][-1:])
        for item, place in zip(details, resolved, strict=True)
    ]
    telling = [place for place, is_idle in zip(resolved, idle, strict=True) if not is_idle]
    covered = {place[:length] for place in telling for length in range(len(place) + 1)}
    return [
        item for item, place, is_idle in zip(details, resolved, idle, strict=True) if not (is_idle and place in covered)
    ]


def _translate(document: Located, item: ErrorDetails, fields_at: Callable[[Loc], Sequence[str]]) -> Diagnostic:
    kind, loc, value = item["type"], item["loc"], item["input"]
    context: Mapping[str, Any] = item.get("ctx", {})
    about_key = loc[-1:] == ("[key]",)
    if about_key:
        loc, value = loc[:-1], loc[-2]
    match kind:
        case "missing":
            return document.diagnose(loc, f"{quoted(str(loc[-1]))} is missing here")
        case "extra_forbidden":
            key = str(loc[-1])
            spaced = re.match(r"[^\W\d][\w-]*:(?=.)", key)
            hint = f"a space is needed after {quoted(spaced[0])}" if spaced else did_you_mean(key, fields_at(loc[:-1]))
            return document.diagnose(loc, "unknown key", hint=hint, key=True)
        case "union_tag_invalid" | "union_tag_not_found":
            return _wrong_tag(document, loc, value, context)
        case "literal_error" | "enum" if isinstance(value, str):
            known = _permitted(context)
            message = f"{quoted(value)} is not one of: {_listed(known)}"
            near = suggest(value, known)
            return document.diagnose(loc, message, hint=f"did you mean {quoted(near)}?" if near else "", key=about_key)
        case "value_error" | "assertion_error":
            message = re.sub(r"\A(Value error|Assertion failed), ", "", item["msg"])
        case _ if kind not in _PYDANTIC_KINDS:
            message = item["msg"]
        case _ if value is None:
            message = _missing_value(document.resolve(loc))
        case _:
            message = _sentence(kind, value, context)
    hint = context.get("hint", "")
    return document.diagnose(loc, message, hint=hint if isinstance(hint, str) else "", key=about_key)


def _wrong_tag(document: Located, loc: Loc, value: object, context: Mapping[str, Any]) -> Diagnostic:
    """A member of a union whose kind is not given, or not known."""
    named = re.fullmatch(r"'(.+)'", context["discriminator"])
    if named is None:
        kinds = did_you_mean("", _permitted(context), "known kinds")
        return document.diagnose(loc, "this is not one of the known kinds", hint=kinds)
    name = named[1]
    if not isinstance(value, Mapping) or name not in value:
        return document.diagnose(loc, f"{quoted(name)} is missing here")
    tag = value[name]
    if not isinstance(tag, str):
        message = f"a value is missing after '{name}:'" if tag is None else f"a word is expected after '{name}:'"
        return document.diagnose((*loc, name), message)
    hint = did_you_mean(tag, _permitted(context), "known")
    return document.diagnose((*loc, name), f"no {name} is called {quoted(tag)}", hint=hint)


def _permitted(context: Mapping[str, Any]) -> list[str]:
    """The values that pydantic lists in a text such as ``'a', 'b' or 'c'``."""
    return re.findall(r"'((?:[^'\\]|\\.)*)'", str(context.get("expected_tags", context.get("expected", ""))))


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words[:LISTED]) + (", …" if len(words) > LISTED else "")


def _missing_value(place: Loc) -> str:
    if not place:
        return "a value is missing here"
    return f"a value is missing after {quoted(f'{place[-1]}:') if isinstance(place[-1], str) else quoted('-')}"


def _sentence(kind: str, value: object, context: Mapping[str, Any]) -> str:
    """One of pydantic's own errors about a value that is there."""
    if isinstance(value, (Mapping, list)):
        shown = "a list" if isinstance(value, list) else "a group of keys"
    else:
        shown = quoted(str(value))
    for beginning, expected, remedy in _EXPECTED:
        if kind.startswith(beginning):
            if isinstance(value, (Mapping, list)):
                return f"{expected} is expected here, not {shown}"
            return f"{shown} is not {expected}{remedy}"
    if kind in _LISTS:
        return "a list is expected here, written as '- ...' lines"
    if kind in _MAPPINGS:
        return "keys are expected here, written as 'key: value' lines"
    for name, relation in _BOUNDS.items():
        if name in context:
            return f"{shown} is out of range: it must be {relation} {context[name]}"
    if kind in ("too_short", "too_long"):
        few = kind == "too_short"
        needed = context["min_length"] if few else context["max_length"]
        given = context.get("actual_length")
        return f"at {'least' if few else 'most'} {needed} must stand here" + (f", not {given}" * (given is not None))
    if kind == "string_too_short":
        return f"{shown} is too short: at least {_characters(context['min_length'])}" if value else "the text is empty"
    if kind == "string_too_long":
        return f"{shown} is too long: at most {_characters(context['max_length'])}"
    if kind == "string_pattern_mismatch":
        return f"{shown} is not written in the expected form"
    return f"{shown} cannot be used here"


def _characters(count: int) -> str:
    return f"{count} character{'s' * (count != 1)}"


_EXPECTED = (
    ("int_", "a whole number", ""),
    ("float_", "a number", ""),
    ("decimal_", "a number", " that can be used here"),
    ("finite_number", "a number", ""),
    ("bool_", "a yes or no", ": write true or false"),
    ("datetime_", "a date with a time", ": write 2025-02-25T10:00"),
    ("date_", "a date", ": write 2025-02-25"),
    ("time_delta_", "a duration", ": write 3h, 1h30 or 90 min"),
    ("time_", "a time", ": write 10:00"),
    ("string_type", "a text", ""),
    ("string_unicode", "a text", ""),
    ("literal_error", "a single word", ""),
    ("enum", "a single word", ""),
)
"""How the kinds of pydantic errors begin, what a planner should have written, and how; the first that fits counts."""

_BOUNDS = {
    "gt": "more than",
    "ge": "at least",
    "lt": "less than",
    "le": "at most",
    "multiple_of": "a multiple of",
}

_LISTS = frozenset({"list_type", "tuple_type", "set_type", "frozen_set_type", "iterable_type", "deque_type"})

_MAPPINGS = frozenset({"model_type", "model_attributes_type", "dataclass_type", "dict_type", "mapping_type"})
