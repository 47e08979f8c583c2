"""The rules a scenario can state, one a file; this is their catalogue.

A new rule is one new file. The word after ``rule:`` is the name of the file, and its class has the same name in
capitals (``not_on``: ``NotOn`` in ``constraints/not_on.py``). A rule is imported when a scenario first states it: a
letter states a third of the rules, and importing the others would take half of the time of loading.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, TypeAlias

from pydantic import GetJsonSchemaHandler, PlainValidator, SerializeAsAny, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticKnownError

from scheduler.rules.rule import Rule

_WORDS = tuple(sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py")))
"""The words that may stand after ``rule:``."""

MEANT = {
    "absent": "officer_availability",
    "after": "order",
    "at": "pin",
    "at_most": "parallel_limit",
    "avoid": "not_on",
    "away": "officer_availability",
    "back_to_back": "adjacent",
    "balanced": "spread",
    "before": "order",
    "block": "uninterrupted",
    "buffer": "changeover",
    "capacity": "room_fit",
    "change_over": "changeover",
    "closed": "restricted_access",
    "consecutive": "consecutive_slots",
    "contiguous": "uninterrupted",
    "days_between": "days_apart",
    "directly_after": "adjacent",
    "early": "early_finish",
    "evenly": "spread",
    "except": "not_on",
    "exclusive": "one_at_a_time",
    "first": "order",
    "fixed": "pin",
    "follows": "order",
    "forbid": "not_on",
    "half_day": "within_half_day",
    "interpreters": "interpretation_load",
    "keynote": "alone",
    "last": "last_in_week",
    "late": "latest_hour",
    "max_per_day": "daily_limit",
    "next_day": "days_apart",
    "next_to": "adjacent",
    "no_gaps": "no_idle_slots",
    "no_overlap": "one_at_a_time",
    "not_at": "not_on",
    "not_parallel": "not_parallel_with_itself",
    "nothing_else": "alone",
    "on": "only_on",
    "only_at": "only_on",
    "overlap": "one_at_a_time",
    "own_slot": "whole_slot",
    "parallel": "parallel_limit",
    "per_day": "daily_limit",
    "plenary": "one_at_a_time",
    "precedence": "order",
    "presenters": "presenters_apart",
    "repeat": "repeats_in_order",
    "repeated": "repeats_in_order",
    "repeats": "repeats_in_order",
    "rooms": "few_rooms",
    "same_half_day": "within_half_day",
    "same_slot": "within_slot",
    "same_start": "same_time",
    "sequence": "order",
    "sessions_per_day": "daily_limit",
    "set_up": "changeover",
    "simultaneous": "same_time",
    "slot_to_itself": "whole_slot",
    "smallest": "smallest_room",
    "tags": "tag_limit",
    "tightest_room": "smallest_room",
    "together": "uninterrupted",
    "topic": "tag_limit",
    "topics": "tag_limit",
    "turnaround": "changeover",
    "turnover": "changeover",
    "unavailable": "room_unavailable",
    "within": "within_day",
}
"""Other words that people may write after ``rule:``, each with the kind they mean."""

STANDING = (
    "fixed_boundaries",
    "officer_availability",
    "officer_double_booking",
    "repeats_in_order",
    "restricted_access",
    "room_clash",
    "room_fit",
)
"""The kinds whose class says ``standing``; listed, so that none of the others is imported to ask it."""

OF_REPEATS = ("repeats_in_order",)
"""Those that say nothing where no session is repeated, and are not imported then."""


class _Catalogue(Mapping[str, type[Rule]]):
    """Rule classes by the word after ``rule:``, each imported when it is first asked for."""

    def __getitem__(self, word: str) -> type[Rule]:
        if word not in _WORDS:
            raise KeyError(word)
        name = "".join(part.capitalize() for part in word.split("_"))
        found: type[Rule] = getattr(import_module(f"constraints.{word}"), name)
        return found

    def __contains__(self, word: object) -> bool:
        return word in _WORDS

    def __iter__(self) -> Iterator[str]:
        return iter(_WORDS)

    def __len__(self) -> int:
        return len(_WORDS)


KINDS: Mapping[str, type[Rule]] = _Catalogue()
"""Every kind of rule."""


def _read(value: Any, info: ValidationInfo) -> Rule:
    """The rule that a document states; mistakes are reported as pydantic reports those of a union."""
    if isinstance(value, Rule):
        return value
    if not isinstance(value, dict):
        raise PydanticKnownError("dict_type")
    if "rule" not in value:
        raise PydanticKnownError("union_tag_not_found", {"discriminator": "'rule'"})
    word = value["rule"]
    if not isinstance(word, str) or word not in _WORDS:
        expected = ", ".join(f"'{known}'" for known in _WORDS)
        tag = {"discriminator": "'rule'", "tag": str(word), "expected_tags": expected}
        raise PydanticKnownError("union_tag_invalid", tag)
    return KINDS[word].model_validate(value, context=info.context)


class _EveryKind:
    """In a JSON Schema a rule is one of all kinds."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The union of all, told apart by ``rule``, each with its example."""
        shown = []
        for word, rule in KINDS.items():
            shown.append(handler(rule.__pydantic_core_schema__))
            handler.resolve_ref_schema(shown[-1])["examples"] = [{"rule": word, **rule.example}]
        return {"oneOf": shown}


AnyRule: TypeAlias = Annotated[SerializeAsAny[Rule], PlainValidator(_read), _EveryKind()]
"""A rule of any kind, as a scenario holds it."""
