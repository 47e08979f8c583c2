"""Says in a planner's words what pydantic found wrong, without what only follows from another mistake."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

from pydantic_core import core_schema

from constraints import KINDS, MEANT
from scheduler.reading.diagnostics import Diagnostic, Loc, Located
from scheduler.reading.forms import as_keys, as_list, as_rule, listed_as_text, right_form
from scheduler.wording import did_you_mean, quoted, some_of, suggest, very_near

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails, ValidationError

MOST_NAMES_COMPARED = 50_000
"""Comparisons of names with mistakes in one document; they take about a second."""
MOST_WORDS_OFFERED = 4
"""Words that a hint writes out where one of them is expected."""
_INSTEAD = {"duration": "repeats"}
"""Keys that are needed unless another stands there."""
_PYDANTIC_KINDS = frozenset(get_args(core_schema.ErrorType))


def from_pydantic(
    document: Located,
    error: ValidationError,
    fields_at: Callable[[Loc], Sequence[str]],
    settled: Collection[str] = (),
    named: Mapping[str, str] = MappingProxyType({}),
) -> list[Diagnostic]:
    """Every error that pydantic found in ``document.data``, in a planner's words.

    ``fields_at`` names the keys that are known in the mapping at a ``loc``; it gets the ``loc`` as pydantic wrote it,
    tags of unions included, and may answer with nothing. The text of a ``ValueError`` is passed on as it is. A
    ``PydanticCustomError`` may carry its remedy as ``hint`` in its context, and as ``at`` the rest of the way to its
    place. ``settled`` are ids that a misspelt key hides, so that naming them is no mistake; ``named`` has the ids by
    what people call them.
    """
    details = error.errors(include_url=False)
    telling = _without_consequences(document, _without_idle_branches(document, details), fields_at, settled)
    compared = MOST_NAMES_COMPARED // max(1, len(named))  # not for ever where a whole list is wrong
    return [
        _translate(document, item, fields_at, named if number < compared else MappingProxyType({}))
        for number, item in enumerate(telling)
    ]


def _without_idle_branches(document: Located, details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Drop what only follows from another error.

    That is "a list is expected" from a union where another branch has more to say about the same value, and "too
    short" of a list whose items were refused.
    """
    resolved = [document.resolve(item["loc"]) for item in details]
    idle = [
        item["type"] == "too_short"
        or (_of_another_shape(item) and bool(item["loc"]) and place[-1:] != item["loc"][-1:])
        for item, place in zip(details, resolved, strict=True)
    ]
    telling = [place for place, is_idle in zip(resolved, idle, strict=True) if not is_idle]
    covered = {place[:length] for place in telling for length in range(len(place) + 1)}
    lists = {place for item, place in zip(details, resolved, strict=True) if item["type"] in _LISTS}
    return [
        item
        for item, place, is_idle in zip(details, resolved, idle, strict=True)
        if not (is_idle and (place in covered or (item["type"] == "literal_error" and place in lists)))
    ]


def _of_another_shape(item: ErrorDetails) -> bool:
    """Whether a text, a list or keys stand where one of the others is expected."""
    return item["type"].endswith("_type") or (
        item["type"] == "literal_error" and isinstance(item["input"], (list, Mapping))
    )


def _without_consequences(
    document: Located,
    details: list[ErrorDetails],
    fields_at: Callable[[Loc], Sequence[str]],
    settled: Collection[str],
) -> list[ErrorDetails]:
    """Drop what only follows from another mistake.

    Of a misspelt key that the right one is missing, and what it would have declared; of a comma the number before it.
    """
    meant = {
        (document.resolve(item["loc"][:-1]), suggest(str(item["loc"][-1]), fields_at(item["loc"][:-1])))
        for item in details
        if item["type"] == "extra_forbidden"
    }
    cut = {document.resolve(item["loc"][:-1]) for item in details if _after_a_comma(item)}
    return [
        item
        for item in details
        if not (
            (
                item["type"] == "value_error"
                and str(item["input"]).isdecimal()
                and document.resolve(item["loc"])[:-1] in cut
            )
            or (
                item["type"] == "missing"
                and any((document.resolve(item["loc"][:-1]), key) in meant for key in _enough(item))
            )
            or (item["type"] == "unknown_reference" and item["ctx"]["value"] in settled)
        )
    ]


def _after_a_comma(item: ErrorDetails) -> bool:
    """Whether a key is the rest of a length that was written with a comma, ``{duration: 1,5 half-days}``."""
    if item["type"] != "extra_forbidden" or item["input"] is not None:
        return False
    return re.fullmatch(r"\d{1,2}\s*(h|hrs?|hours?|half-days?|slots?)", str(item["loc"][-1])) is not None


def _enough(item: ErrorDetails) -> Sequence[str]:
    """The keys of which one is needed where one is missing."""
    key = str(item["loc"][-1])
    return (key, _INSTEAD[key]) if key in _INSTEAD else (key,)


def _translate(
    document: Located, item: ErrorDetails, fields_at: Callable[[Loc], Sequence[str]], named: Mapping[str, str]
) -> Diagnostic:
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
            known = fields_at(loc[:-1])
            elsewhere = None if spaced or very_near(key, known) else _belonging(key, known)
            message, hint = elsewhere or ("unknown key", did_you_mean(key, known))
            hint = f"a space is needed after {quoted(spaced[0])}" if spaced else hint
            if _after_a_comma(item):
                message, hint = "a comma ends a value here", f"write a point, as in 1.{key.strip()}"
            return document.diagnose(loc, message, hint=hint, key=True)
        case "union_tag_invalid" | "union_tag_not_found":
            return _wrong_tag(document, loc, value, context)
        case "literal_error" | "enum" if isinstance(value, str):
            known = _permitted(context)
            message = f"{quoted(value)} is not one of: {some_of(known)}"
            near = suggest(value, known)
            return document.diagnose(loc, message, hint=f"did you mean {quoted(near)}?" if near else "", key=about_key)
        case "value_error" | "assertion_error":
            message = re.sub(r"\A(Value error|Assertion failed), ", "", item["msg"])
            single = isinstance(value, (list, Mapping)) and message.startswith(f"'{str(value)[:20]}")
            message = f"one value is expected here, not {_shape(value)}" if single else message
        case _ if kind not in _PYDANTIC_KINDS:
            message = item["msg"]
            loc = (*loc, *context.get("at", ()))
        case _ if value is None:
            message = _missing_value(document.resolve(loc))
        case _:
            message = _sentence(kind, value, context)
    hint = context.get("hint", "")
    if kind == "unknown_reference" and not hint.startswith("did you mean"):
        hint = _by_name(str(context["value"]), named) or hint
    if not hint:
        key = next((str(step) for step in reversed(document.resolve(loc)) if isinstance(step, str)), "")
        beside = fields_at(loc[:-1])
        if isinstance(value, list) and not _wants_one(kind, value, message, context):
            known = _permitted(context)
            hint = f"write {key}: {' or '.join(known)}" if 0 < len(known) <= MOST_WORDS_OFFERED else ""
        elif kind in _MAPPINGS:
            hint = as_keys(key, value) or right_form(key, value, beside)
        elif kind not in _LISTS:
            hint = right_form(key, value, beside)
        elif fields_at(loc) == beside or listed_as_text(key, value):  # of words: nothing with keys stands below
            hint = as_list(key, value)
        elif isinstance(value, Mapping):
            hint = f"put brackets around it: write {key}: [{{...}}]"
    return document.diagnose(loc, message, hint=hint if isinstance(hint, str) else "", key=about_key)


def _wants_one(kind: str, value: list[Any], message: str, context: Mapping[str, Any]) -> bool:
    """Whether the one item of a list, or what a list stands for, might be right without the brackets."""
    if kind in ("literal_error", "enum"):
        return value[:1] != [] and value[0] in _permitted(context)
    return kind in _PYDANTIC_KINDS and (
        kind not in ("value_error", "assertion_error") or message.startswith("one value")
    )


def _belonging(key: str, known: Sequence[str]) -> tuple[str, str] | None:
    from scheduler.reading.levels import belonging  # every part of a scenario: only for a key that is wrong

    return belonging(key, known)


def _by_name(word: str, named: Mapping[str, str]) -> str:
    """A hint at the id of what is called so, or nearly so, or has the word in its name; may be empty."""
    near = suggest(word, named) or next((n for n in named if word.lower() in n.lower().split()), None)
    return f"did you mean {quoted(named[near])}, {quoted(near)}?" if near is not None else ""


def _wrong_tag(document: Located, loc: Loc, value: object, context: Mapping[str, Any]) -> Diagnostic:
    """A member of a union whose kind is not given, or not known."""
    named = re.fullmatch(r"'(.+)'", context["discriminator"])
    if named is None:
        kinds = did_you_mean("", _permitted(context), "known kinds")
        return document.diagnose(loc, "this is not one of the known kinds", hint=kinds)
    name = named[1]
    if not isinstance(value, Mapping) or name not in value:
        hint = as_rule(value, [*KINDS]) if name == "rule" else ""
        return document.diagnose(loc, f"{quoted(name)} is missing here", hint=hint)
    tag = value[name]
    if not isinstance(tag, str):
        message = f"a value is missing after '{name}:'" if tag is None else f"a word is expected after '{name}:'"
        return document.diagnose((*loc, name), message)
    hint = _rule_meant(tag, _permitted(context)) if name == "rule" else did_you_mean(tag, _permitted(context), "known")
    return document.diagnose((*loc, name), f"no {name} is called {quoted(tag)}", hint=hint)


def _rule_meant(word: str, known: Sequence[str]) -> str:
    """The kind of rule that a word stands for, or nearly is; else all of them, for none can be guessed."""
    meant = MEANT.get(re.sub(r"[\s-]+", "_", word.strip().lower()))
    near = meant if meant in known else suggest(word, known)
    return f"did you mean {quoted(near)}?" if near is not None else f"known: {', '.join(known)}"


def _permitted(context: Mapping[str, Any]) -> list[str]:
    """The values that pydantic lists in a text such as ``'a', 'b' or 'c'``."""
    return re.findall(r"'((?:[^'\\]|\\.)*)'", str(context.get("expected_tags", context.get("expected", ""))))


def _missing_value(place: Loc) -> str:
    if not place:
        return "a value is missing here"
    return f"a value is missing after {quoted(f'{place[-1]}:') if isinstance(place[-1], str) else quoted('-')}"


def _sentence(kind: str, value: object, context: Mapping[str, Any]) -> str:
    """One of pydantic's own errors about a value that is there."""
    shown = _shape(value) if isinstance(value, (Mapping, list)) else quoted(str(value))
    for beginning, expected, remedy in _EXPECTED:
        if kind.startswith(beginning):
            if isinstance(value, (Mapping, list)):
                return f"{expected} is expected here, not {shown}"
            if kind.endswith("_type") and isinstance(value, str):
                return f"{shown} is a text here, not {expected}: write it without quotes"
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


def _shape(value: object) -> str:
    return "a list" if isinstance(value, list) else "a group of keys"


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
