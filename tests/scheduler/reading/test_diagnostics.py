"""What an error looks like, and how pydantic's errors become a planner's."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from scheduler.reading.diagnostics import Diagnostic, Severity, as_json, render
from scheduler.reading.mistakes import from_pydantic
from scheduler.reading.yamltext import parse_document
from scheduler.wording import did_you_mean, suggest


def problem(line: int = 1, column: int = 1, length: int = 1, message: str = "wrong", **more: Any) -> Diagnostic:
    return Diagnostic(more.pop("file", "x.yaml"), line, column, length, more.pop("path", ""), message, **more)


def under(text: str) -> str:
    """What the caret of a rendered diagnostic underlines, judged by screen columns."""
    _, source, caret, *_ = text.split("\n")
    start, columns = caret.index("^"), caret.count("^")
    cells = "".join(
        c + "\0" * (unicodedata.east_asian_width(c) in "WF") for c in source if not unicodedata.combining(c)
    )
    return cells[start : start + columns].replace("\0", "")


# --- rendering ---------------------------------------------------------------------------------------------------


def test_two_errors_read_as_the_interfaces_say() -> None:
    diagnostics = [
        problem(
            22,
            5,
            5,
            "unknown key",
            file="scenarios/csp11.yaml",
            path="bodies[2].chiar",
            hint="did you mean 'chair'?",
            source_line="    chiar: Amb. Example",
        ),
        problem(
            21,
            15,
            15,
            "'4 hrs and a bit' is not a duration: write 3h, 1h30 or 90 min",
            file="scenarios/csp11.yaml",
            path="bodies[2].sessions[0].duration",
            source_line="    duration: 4 hrs and a bit",
        ),
    ]
    expected = """\
scenarios/csp11.yaml:21:15: bodies[2].sessions[0].duration: '4 hrs and a bit' is not a duration: write 3h, 1h30 or 90 min
   21 |     duration: 4 hrs and a bit
      |               ^^^^^^^^^^^^^^^
scenarios/csp11.yaml:22:5: bodies[2].chiar: unknown key
   22 |     chiar: Amb. Example
      |     ^^^^^  did you mean 'chair'?
2 errors"""  # noqa: E501 (one line of output)
    assert render(diagnostics) == expected


def test_nothing_wrong_is_nothing_said() -> None:
    assert render([]) == ""
    assert as_json([]) == []


def test_warnings_are_marked_and_counted_apart() -> None:
    text = render([problem(2, severity=Severity.WARNING), problem(1)])
    assert text.split("\n") == ["x.yaml:1:1: wrong", "x.yaml:2:1: warning: wrong", "1 error, 1 warning"]
    assert render([problem(n, severity=Severity.WARNING) for n in (1, 2)]).endswith("\n2 warnings")


def test_diagnostics_are_sorted_by_place_and_said_once() -> None:
    places = [("b", 1, 1), ("a", 10, 1), ("a", 2, 9), ("a", 2, 1), ("a", 2, 9)]
    text = render([problem(line, column, file=file) for file, line, column in places])
    assert text.split("\n") == ["a:2:1: wrong", "a:2:9: wrong", "a:10:1: wrong", "b:1:1: wrong", "4 errors"]


def test_an_error_of_a_whole_file_has_no_line_and_keeps_its_hint() -> None:
    assert render([problem(0, 0, 0, hint="save it again")]) == "x.yaml: wrong\n      save it again\n1 error"


@pytest.mark.parametrize("line", ["漢字: 値 x", "e\u0301te\u0301: x", "\tname:\tx", "ｆｕｌｌ: x", "👍: x"])  # noqa: RUF001
def test_the_caret_stands_under_wide_combining_and_tabbed_text(line: str) -> None:
    text = render([problem(1, line.index("x") + 1, source_line=line)])
    assert under(text) == "x"


def test_a_wide_word_gets_a_wide_caret() -> None:
    text = render([problem(1, 4, 2, source_line="a: 漢字")])
    assert text.split("\n")[2].count("^") == 4
    assert under(text) == "漢字"


@pytest.mark.parametrize(
    "hostile", ["\x1b[2J", "\r", "\x07", "\u202e", "\u2066", "\x9b", "\u2028", "\ud800", "\n", "\x7f"]
)
def test_control_characters_are_shown_and_never_obeyed(hostile: str) -> None:
    line = f"title: {hostile}x"
    diagnostic = problem(
        1, line.index("x") + 1, message=f"{hostile} is wrong", source_line=line, hint=hostile, path=hostile
    )
    text = render([diagnostic])
    assert len(text.split("\n")) == 4
    assert not any(
        unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in text.replace("\n", "")
    )
    assert hostile[0].encode("unicode_escape").decode() in text
    assert under(text) == "x"
    assert hostile[0] not in json.dumps(as_json([diagnostic]), ensure_ascii=False)


@pytest.mark.parametrize("column", [1, 60, 111, 500, 9_999])
def test_a_long_line_is_cut_around_the_caret(column: int) -> None:
    line = "".join(chr(ord("a") + n % 26) for n in range(10_000))
    text = render([problem(1, column, 5, source_line=line)])
    assert under(text) == line[column - 1 : column + 4]
    assert all(len(row) <= 120 for row in text.split("\n"))
    assert ("…" in text.split("\n")[1][9:]) or column == 9_999


def test_a_long_value_in_a_long_line_fits_too() -> None:
    text = render([problem(1, 8, 5_000, source_line="title: " + "漢" * 5_000)])
    assert under(text).startswith("漢漢漢")
    assert len(text.split("\n")[1]) <= 120


def test_a_caret_beyond_the_end_of_its_line_is_shown() -> None:
    assert render([problem(1, 7, source_line="title:")]).split("\n")[1:3] == ["    1 | title:", "      |       ^"]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.integers(1, 310), st.integers(0, 400))
def test_any_line_can_be_shown_with_any_caret(line: str, column: int, length: int) -> None:
    rows = render([problem(1, column, length, source_line=line)]).split("\n")
    assert len(rows) == (4 if line.strip() else 2)


def test_json_has_the_same_order_and_no_source_lines() -> None:
    second = problem(2, 5, 5, "unknown key", path="a.b", hint="did you mean 'c'?", source_line="  b: 1")
    first = problem(1, severity=Severity.WARNING)
    members = as_json([second, first, second])
    assert [member["line"] for member in members] == [1, 2]
    assert json.loads(json.dumps(members))[1] == {
        "file": "x.yaml",
        "line": 2,
        "column": 5,
        "length": 5,
        "path": "a.b",
        "message": "unknown key",
        "hint": "did you mean 'c'?",
        "severity": "error",
    }


# --- suggestions -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "nearest"), [("chiar", "chair"), ("CHAIR", "chair"), ("wgtr", "WGTR"), ("xyz", None), ("chair" * 20, None)]
)
def test_the_nearest_candidate_is_suggested_whatever_its_case(word: str, nearest: str | None) -> None:
    assert suggest(word, ["title", "chair", "WGTR", "sessions"]) == nearest


def test_where_nothing_is_near_a_hint_lists_what_is_known() -> None:
    assert did_you_mean("xyz", ["a", "b"]) == "known here: a, b"
    assert did_you_mean("xyz", [f"k{n}" for n in range(20)]).endswith("k11, …")
    assert did_you_mean("xyz", []) == ""


# --- from pydantic -----------------------------------------------------------------------------------------------


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def as_duration(text: str) -> str:
    if not text.endswith("h"):
        raise PydanticCustomError("duration", "'{text}' is not a duration", {"text": text, "hint": "write 3h or 1h30"})
    return text


def as_room(text: str) -> str:
    if text == "cellar":
        raise ValueError("the cellar has no interpretation: choose another room, and say so in the letter" * 3)
    if text == "attic":
        raise AssertionError("the attic is closed")
    return text


class Order(Strict):
    rule: Literal["order"]
    bodies: list[str]
    order: list[int] = []


class SameDay(Strict):
    rule: Literal["same_day"]
    weight: Annotated[int, Field(ge=0)] = 1


class Session(Strict):
    id: str
    duration: Annotated[str, AfterValidator(as_duration)] = "3h"
    room: Annotated[str, AfterValidator(as_room)] = "plenary"
    kind: Literal["open", "closed"] = "open"


class Scenario(Strict):
    title: Annotated[str, Field(min_length=2, max_length=70)] = "CSP"
    day: date | None = None
    count: int = 1
    share: Decimal = Decimal(1)
    public: bool = True
    sessions: Annotated[list[Session], Field(max_length=2)] = []
    rules: list[Annotated[Order | SameDay, Field(discriminator="rule")]] = []
    minutes: int | list[int] | Session = 1
    weights: dict[Annotated[str, Field(pattern="^[a-z]+$")], int] = {}


FIELDS: dict[tuple[str | int, ...], list[str]] = {
    (): list(Scenario.model_fields),
    ("sessions", 0): list(Session.model_fields),
    ("rules", 0, "order"): list(Order.model_fields),
}


def said(text: str, model: type[BaseModel] = Scenario) -> list[tuple[int, int, str, str, str]]:
    document = parse_document(text.encode(), "x.yaml")
    with pytest.raises(ValidationError) as caught:
        model.model_validate(document.data)
    diagnostics = from_pydantic(document, caught.value, lambda loc: FIELDS.get(loc, []))
    assert "pydantic" not in render(diagnostics)
    return [(d.line, d.column, d.path, d.message, d.hint) for d in diagnostics]


@pytest.mark.parametrize(
    ("text", "line", "column", "path", "message", "hint"),
    [
        ("titel: x", 1, 1, "titel", "unknown key", "did you mean 'title'?"),
        (
            "sessions:\n- {id: a, zzz: b}",
            2,
            11,
            "sessions[0].zzz",
            "unknown key",
            "known here: id, duration, room, kind",
        ),
        (
            "rules:\n- {rule: order, bodies: [], bodis: []}",
            2,
            29,
            "rules[0].bodis",
            "unknown key",
            "did you mean 'bodies'?",
        ),
        ("{count:1: 2}", 1, 2, "['count:1']", "unknown key", "a space is needed after 'count:'"),
        ("sessions:\n- duration: 3h\n  room: x", 2, 3, "sessions[0]", "'id' is missing here", ""),
        ("rules:\n- rule: order", 2, 3, "rules[0]", "'bodies' is missing here", ""),
        ("rules:\n- rule: ordr", 2, 9, "rules[0].rule", "no rule is called 'ordr'", "did you mean 'order'?"),
        ("rules:\n- rule: zzz", 2, 9, "rules[0].rule", "no rule is called 'zzz'", "known: order, same_day"),
        ("rules:\n- bodies: []", 2, 3, "rules[0]", "'rule' is missing here", ""),
        ("rules:\n- rule:", 2, 8, "rules[0].rule", "a value is missing after 'rule:'", ""),
        ("rules:\n- rule: [a]", 2, 9, "rules[0].rule", "a word is expected after 'rule:'", ""),
        ("rules:\n- foo", 2, 3, "rules[0]", "keys are expected here, written as 'key: value' lines", ""),
        (
            "rules:\n- {rule: order, bodies: [], order: [x]}",
            2,
            37,
            "rules[0].order[0]",
            "'x' is not a whole number",
            "",
        ),
        (
            "rules:\n- {rule: same_day, weight: -1}",
            2,
            28,
            "rules[0].weight",
            "'-1' is out of range: it must be at least 0",
            "",
        ),
        ("count: abc", 1, 8, "count", "'abc' is not a whole number", ""),
        ("count: 1.5", 1, 8, "count", "'1.5' is not a whole number", ""),
        ("count: [1]", 1, 8, "count", "a whole number is expected here, not a list", "write count: 1"),
        ("share: abc", 1, 8, "share", "'abc' is not a number that can be used here", ""),
        ("share: NaN", 1, 8, "share", "'NaN' is not a number", ""),
        ("public: maybe", 1, 9, "public", "'maybe' is not a yes or no: write true or false", ""),
        ("day: 2025-02-30", 1, 6, "day", "'2025-02-30' is not a date: write 2025-02-25", ""),
        ("title:", 1, 7, "title", "a value is missing after 'title:'", ""),
        ("title: {a: b}", 1, 8, "title", "a text is expected here, not a group of keys", ""),
        ("title: x", 1, 8, "title", "'x' is too short: at least 2 characters", ""),
        ("title: ''", 1, 8, "title", "the text is empty", ""),
        ("sessions: none", 1, 11, "sessions", "a list is expected here, written as '- ...' lines", ""),
        ("sessions:\n-", 2, 2, "sessions[0]", "a value is missing after '-'", ""),
        ("sessions: [{id: a}, {id: b}, {id: c}]", 1, 11, "sessions", "at most 2 must stand here, not 3", ""),
        (
            "sessions: [{id: a, kind: opn}]",
            1,
            26,
            "sessions[0].kind",
            "'opn' is not one of: open, closed",
            "did you mean 'open'?",
        ),
        (
            "sessions: [{id: a, kind: [b]}]",
            1,
            26,
            "sessions[0].kind",
            "a single word is expected here, not a list",
            "write kind: open or closed",
        ),
        (
            "sessions: [{id: a, duration: 4 hrs}]",
            1,
            30,
            "sessions[0].duration",
            "'4 hrs' is not a duration",
            "write 3h or 1h30",
        ),
        ("sessions: [{id: a, room: attic}]", 1, 26, "sessions[0].room", "the attic is closed", ""),
        ("weights: {A: 1}", 1, 11, "weights.A", "'A' is not written in the expected form", ""),
    ],
)
def test_an_error_of_pydantic_is_said_in_a_planners_words(
    text: str, line: int, column: int, path: str, message: str, hint: str
) -> None:
    assert said(text) == [(line, column, path, message, hint)]


def test_our_own_sentence_is_passed_on_whole() -> None:
    ((_, _, _, message, _),) = said("sessions: [{id: a, room: cellar}]")
    assert message == "the cellar has no interpretation: choose another room, and say so in the letter" * 3


def test_a_long_value_is_repeated_in_sixty_characters() -> None:
    ((_, _, _, message, _),) = said("title: " + "x" * 1_000)
    assert message == f"'{'x' * 59}…' is too long: at most 70 characters"


def test_of_a_union_only_the_branch_that_was_meant_is_heard() -> None:
    assert [message for *_, message, _ in said("minutes: abc")] == ["'abc' is not a whole number"]
    assert said("minutes: {room: x}") == [(1, 10, "minutes", "'id' is missing here", "")]


def test_all_errors_come_at_once() -> None:
    assert [line for line, *_ in said("title: x\ncount: y\nday: z\nfoo: 1\n")] == [1, 3, 2, 4]
