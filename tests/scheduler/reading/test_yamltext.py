"""The strict YAML reader: what it reads, what it refuses, and where it points."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.reading.diagnostics import Diagnostic, ScenarioError
from scheduler.reading.files import SCENARIO
from scheduler.reading.yamltext import Document, parse_document, read_document

CSP11 = """\
title: CSP11 Working Groups   # a comment
bodies:
  - id: wgeti
    sessions: [{id: cei, duration: 6h}, {id: rev, duration: 3h}]
  - id: wgtr
    chair:
    note: |
      in two
      lines
rules:
  - rule: order
    bodies: [wgeti, wgtr]
    order: strict
"""


def read(text: str | bytes) -> Document:
    return parse_document(text if isinstance(text, bytes) else text.encode(), "x.yaml")


def refused(text: str | bytes) -> list[Diagnostic]:
    with pytest.raises(ScenarioError) as caught:
        read(text)
    return list(caught.value.diagnostics)


def only(text: str | bytes) -> tuple[int, int, str]:
    (problem,) = refused(text)
    return problem.line, problem.column, problem.message


def marked(document: Document, loc: tuple[str | int, ...], *, key: bool = False) -> str:
    line, column, length = document.locate(loc, key=key)
    return document.lines[line - 1][column - 1 : column - 1 + length]


def test_a_scenario_becomes_dicts_lists_and_strings() -> None:
    assert read(CSP11).data == {
        "title": "CSP11 Working Groups",
        "bodies": [
            {"id": "wgeti", "sessions": [{"id": "cei", "duration": "6h"}, {"id": "rev", "duration": "3h"}]},
            {"id": "wgtr", "chair": None, "note": "in two\nlines\n"},
        ],
        "rules": [{"rule": "order", "bodies": ["wgeti", "wgtr"], "order": "strict"}],
    }


@pytest.mark.parametrize(
    "scalar", ["10:00", "no", "010", "1e3", "NaN", ".inf", "true", "2025-02-25", "0x1F", "1_000", "Null", "=", "-1"]
)
def test_a_scalar_stays_the_text_that_was_written(scalar: str) -> None:
    assert read(f"a: {scalar}\nb: [{scalar}]\nc: '{scalar}'\n").data == {"a": scalar, "b": [scalar], "c": scalar}


@pytest.mark.parametrize("nothing", ["", "~", "null", "  # only a comment"])
def test_nothing_a_tilde_and_a_plain_null_are_none(nothing: str) -> None:
    assert read(f"a: {nothing}\nb: 1\n").data == {"a": None, "b": "1"}


@pytest.mark.parametrize("scalar", ['""', "''", "'~'", '"null"'])
def test_what_stands_in_quotes_is_never_none(scalar: str) -> None:
    assert read(f"a: {scalar}\n").data == {"a": scalar[1:-1]}


def test_keys_stay_texts_too() -> None:
    assert read("null: a\nno: b\n1: c\n").data == {"null": "a", "no": "b", "1": "c"}


def test_a_byte_order_mark_is_passed_over_and_shifts_no_column() -> None:
    document = read(b"\xef\xbb\xbftitle: x\n")
    assert document.data == {"title": "x"}
    assert document.locate(("title",)) == (1, 8, 1)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_give_the_same_data_and_places(ending: str) -> None:
    document = read(CSP11.replace("\n", ending))
    assert document.data == read(CSP11).data
    assert document.locate(("rules", 0, "order", "bodies", 1)) == (12, 21, 4)
    assert document.lines == tuple(CSP11.split("\n"))


def test_one_document_may_be_framed_by_its_markers() -> None:
    assert read("---\na: 1\n...\n").data == {"a": "1"}


def test_a_path_a_dash_and_bytes_read_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "csp11.yaml"
    path.write_text(CSP11, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CSP11.encode())))
    documents = [
        read_document(path),
        read_document(str(path)),
        read_document("-"),
        parse_document(b"a: 1", "b"),
    ]
    assert [document.name for document in documents] == [str(path), str(path), "<stdin>", "b"]
    assert documents[0].data == documents[1].data == documents[2].data


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("a: &x 1\n", 1, 4, "'&x' is an anchor"),
        ("&x a: 1\n", 1, 1, "'&x' is an anchor"),
        ("a: 1\nb: *x\n", 2, 4, "'*x' is an alias"),
        ("a: *very important*\n", 1, 4, "put a text that begins with * in quotes"),
        ("a: !foo b\n", 1, 4, "'!foo' is a tag"),
        ("a: !!python/object/apply:os.system [x]\n", 1, 4, "'!!python/object/apply:os.system' is a tag"),
        ("!x\na: 1\n", 1, 1, "'!x' is a tag"),
        ("a: ! b\n", 1, 4, "'!' is a tag"),
        ("a: !!str &x b\n", 1, 10, "'&x' is an anchor"),
        ("%YAML 1.1\n---\na: 1\n", 1, 1, "directive"),
        ("# c\n\n%TAG ! x:\n---\na: 1\n", 3, 1, "directive"),
        ("a: 1\n%YAML 1.1\n", 2, 1, "directive"),
        ("a: 1\n---\nb: 2\n", 2, 1, "a second document begins here"),
        ("a: 1\n...\nb: 2\n", 3, 1, "a second document begins here"),
        ("a: 1\nb: 2\na: 3\n", 3, 1, "this key is given twice: the first is on line 1"),
        ("<<: {a: 1}\n", 1, 1, "'<<' merges another mapping"),
        ("a: {<<: b}\n", 1, 5, "'<<' merges another mapping"),
        ("? a\n: b\n", 1, 3, "a key must be a plain word"),
        ("? [a, b]\n: c\n", 1, 3, "a key must be a plain word"),
        ("{[a]: b}\n", 1, 2, "a key must be a plain word"),
        ("a: {{b: c}: d}\n", 1, 5, "a key must be a plain word"),
        (": b\n", 1, 1, "a key is missing before ':'"),
        ("", 1, 1, "the file is empty"),
        ("# only a comment\n", 1, 1, "the file is empty"),
        ("---\n", 1, 1, "the file is empty"),
        ("null\n", 1, 1, "the file is empty"),
        ("- a\n- b\n", 1, 1, "a list at the top"),
        ("\nCSP11\n", 2, 1, "a text alone at the top"),
    ],
)
def test_what_yaml_allows_and_we_do_not_is_refused_at_its_place(text: str, line: int, column: int, said: str) -> None:
    at_line, at_column, message = only(text)
    assert (at_line, at_column) == (line, column)
    assert said in message


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("a:\n\tb: 1\n", 2, 1, "a tab in the indentation: indent with plain spaces"),
        ("a:\n  - b\n\t- c\n", 3, 1, "a tab in the indentation"),
        ("a:\tb\n", 1, 3, "a tab where only spaces may stand"),
        ("a:\n\u00a0 b: 1\n", 2, 1, "a no-break or other special space in the indentation"),
        ("a: b: c\n", 1, 5, "put the text in quotes"),
        ("a: @x\n", 1, 4, "a text cannot begin with '@': put it in quotes"),
        ("a: * b\n", 1, 4, "a text cannot begin with & or *"),
        ("a: !x!y b\n", 1, 4, "a ! before a value is a tag"),
        ('a: 1\nb: "x\nc: d\n', 2, 4, "the quote that opens here is never closed"),
        ("a: [1, 2\n", 1, 4, "this bracket is never closed: ']' is missing"),
        ("a: {b: 1\nc: 2\n", 2, 2, "',' or '}' is missing before this; the bracket opens on line 1"),
        ("a: [1,,2]\n", 1, 7, "a value is missing before ','"),
        ('a: "C:\\q"\n', 1, 8, "write \\\\, or use single quotes"),
        ('a: "\\xzz"\n', 1, 7, "hexadecimal digits must follow"),
        ('a: "\\UFFFFFFFF"\n', 1, 5, "there is no character \\UFFFFFFFF"),
        ('a: "\\uD83D\\uDE00"\n', 1, 4, "half of a character"),
        ('a: "b" c\n', 1, 8, "text after a value that is already complete"),
        ('a: "b", c\n', 1, 7, "',' is not expected here"),
        ("a: - b\n", 1, 4, "no list can begin here"),
        ("a: >b\n", 1, 5, "put a text that begins so in quotes"),
        ("a:\n  b: 1\n c: 2\n", 3, 2, "this line fits nothing above it: check its indentation"),
        ("a: 1\n- b\n", 2, 1, "this line fits nothing above it"),
        ("days: 3\ntitle:CSP\n", 2, 1, "no ':' after this key"),
        ("a: x\x1b[31m\n", 1, 5, "the character U+001B does not belong here"),
        ("a: x\u2028y\n", 1, 5, "the character U+2028 does not belong here"),
    ],
)
def test_a_syntax_error_is_one_plain_sentence_with_its_place(text: str, line: int, column: int, said: str) -> None:
    at_line, at_column, message = only(text)
    assert (at_line, at_column) == (line, column)
    assert said in message


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("title:CSP\ndays: 3\n", "a space is missing after 'title:' on line 1"),
        ('"title":CSP\n', "a space is missing after '\"title\":' on line 1"),
        ("title: \u201cCSP: x\u201d\n", "the quotes on line 1 are typographic: YAML knows only \" and '"),
    ],
)
def test_a_syntax_error_hints_at_what_often_lies_behind_it(text: str, hint: str) -> None:
    assert [problem.hint for problem in refused(text)] == [hint]


def test_independent_errors_are_found_in_one_reading() -> None:
    text = "%YAML 1.1\n---\na: &x 1\nb: {c: 1, c: *x}\na: !t 2\nd: [<<: e]\nf: @\n"
    assert [(problem.line, problem.column, problem.path) for problem in refused(text)] == [
        (1, 1, ""),
        (3, 4, "a"),
        (4, 11, "b.c"),
        (4, 14, "b.c"),
        (5, 1, "a"),
        (5, 4, "a"),
        (6, 5, "d[0]"),
        (7, 4, ""),
    ]


def test_every_tabbed_line_is_named_and_nothing_is_concluded_from_what_follows() -> None:
    text = "a: 1\na: 2\nb:\n\tc: 1\n\t\td: 2\n\t\ne: 1\ne: 2\n"
    assert [(problem.line, problem.length) for problem in refused(text)] == [(2, 1), (4, 1), (5, 2)]


def test_a_line_of_blanks_and_tabs_is_an_empty_line() -> None:
    assert read("a:\n \t\n  b: 1\n\t \n\u00a0\nc: 2\n\t").data == {"a": {"b": "1"}, "c": "2"}


def test_a_third_equal_key_names_the_first() -> None:
    assert [problem.message for problem in refused("a: 1\na: 2\na: 3\n")] == [
        "this key is given twice: the first is on line 1"
    ] * 2


def test_equal_keys_in_different_mappings_are_fine() -> None:
    assert read("a: {x: 1}\nb: {x: 1}\n").data == {"a": {"x": "1"}, "b": {"x": "1"}}


def test_a_file_that_is_not_utf8_is_refused_with_byte_and_line() -> None:
    (problem,) = refused(b"\xef\xbb\xbfa: 1\nb: caf\xe9\n")
    assert (problem.line, problem.column) == (2, 7)
    assert problem.message == "byte 15 of the file (0xE9) is not UTF-8: save the file as UTF-8"
    assert problem.hint == "in Windows-1252 it would be 'é'"


def test_a_binary_file_is_refused_at_its_first_nul() -> None:
    assert only(b"\x7fELF\n\0\0") == (
        2,
        1,
        "byte 6 of the file is NUL, so this is no text file: a scenario is YAML text",
    )


@pytest.mark.parametrize("text", [b"\xff\xfea\0:\0", b"\xfe\xff\0a\0:"])
def test_utf16_is_refused(text: bytes) -> None:
    assert only(text)[2] == "this text is in UTF-16: save it as UTF-8"


def test_a_file_of_ten_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(10_000_000)
    with pytest.raises(ScenarioError, match="larger than 1 MB: no scenario needs that"):
        read_document(path)


def test_standard_input_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"#" * size

    endless = Endless()
    monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": endless}))
    with pytest.raises(ScenarioError, match="<stdin>: larger than"):
        read_document("-")
    assert endless.given == SCENARIO.most_bytes + 1


@pytest.mark.parametrize(("name", "said"), [("nowhere.yaml", "there is no such file"), (".", "this is a folder")])
def test_a_file_that_cannot_be_opened_is_a_diagnostic_too(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=said) as caught:
        read_document(tmp_path / name)
    assert [(problem.file, problem.line) for problem in caught.value.diagnostics] == [(str(tmp_path / name), 0)]


def test_forty_levels_are_read_and_forty_one_are_not() -> None:
    assert read("a: " + "[" * 39 + "]" * 39).data
    assert only("a: " + "[" * 40 + "]" * 40) == (1, 43, "more than 40 levels deep: check the brackets and dashes")


def test_two_hundred_levels_of_blocks_are_refused() -> None:
    text = "".join(f"{'  ' * level}a:\n" for level in range(200))
    assert only(text)[:2] == (41, 81)


@pytest.mark.parametrize("text", ["[" * 100_000, "a: " + "{a: " * 100_000, "- " * 100_000, "? " * 100_000])
def test_a_hundred_thousand_levels_are_refused(text: str) -> None:
    assert "levels deep" in refused(text)[-1].message


def test_a_bomb_of_aliases_is_refused_without_being_unfolded() -> None:
    text = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 10))
    problems = refused(text)
    assert len(problems) == 10 + 9 * 9
    assert {problem.message.split(",")[0].split(" is ")[1] for problem in problems} == {"an anchor", "an alias"}


def test_after_a_hundred_errors_the_reader_stops() -> None:
    problems = refused("a: [" + "&x y, " * 500 + "]")
    assert len(problems) == 101
    assert problems[-1].message == "too many errors: the rest was not read"


@pytest.mark.parametrize(
    ("loc", "text", "path"),
    [
        (("title",), "CSP11 Working Groups", "title"),
        (("bodies", 0, "sessions", 1, "duration"), "3h", "bodies[0].sessions[1].duration"),
        (("bodies", 0, "sessions", 1), "{id: rev, duration: 3h}", "bodies[0].sessions[1]"),
        (("bodies", 1), "id", "bodies[1]"),
        (("bodies",), "-", "bodies"),
        (("bodies", 1, "note"), "|", "bodies[1].note"),
        ((), "title", ""),
    ],
)
def test_a_loc_leads_to_the_value(loc: tuple[str | int, ...], text: str, path: str) -> None:
    document = read(CSP11)
    assert (marked(document, loc), document.path(loc)) == (text, path)


def test_a_loc_leads_to_the_key_when_the_key_is_wrong() -> None:
    document = read(CSP11)
    assert document.locate(("bodies", 1, "chair"), key=True) == (6, 5, 5)
    assert marked(document, ("bodies", 0, "sessions", 0, "duration"), key=True) == "duration"


def test_an_empty_value_stands_right_after_its_colon() -> None:
    assert read(CSP11).locate(("bodies", 1, "chair")) == (6, 11, 1)
    assert read("a:\n\n\nb : \n").locate(("a",)) == (1, 3, 1)
    assert read("a:\n\n\nb : \n").locate(("b",)) == (4, 4, 1)
    assert read("a:\n  -\n  - b\n").locate(("a", 0)) == (2, 4, 1)


def test_tags_of_unions_in_a_loc_are_passed_over() -> None:
    document = read(CSP11)
    assert document.path(("rules", 0, "order", "bodies", 1)) == "rules[0].bodies[1]"
    assert document.path(("bodies", 0, "function-after[check(), Body]", "id", "str")) == "bodies[0].id"


def test_a_tag_that_is_also_a_key_is_told_from_it() -> None:
    document = read(CSP11)
    assert document.path(("rules", 0, "order")) == "rules[0]"
    assert document.path(("rules", 0, "order", "order")) == "rules[0].order"
    assert document.path(("rules", 0, "order", "missing")) == "rules[0]"
    assert read("room: {id: x}\nkind: room\n").path(("room", "id")) == "room.id"


def test_a_missing_key_leads_to_the_first_key_of_what_should_hold_it() -> None:
    document = read(CSP11)
    assert (marked(document, ("bodies", 1, "sessions")), document.path(("bodies", 1, "sessions"))) == (
        "id",
        "bodies[1]",
    )
    assert document.locate(("bodies", 0, "sessions", 1, "title")) == (4, 41, 23)
    assert document.locate(("nowhere", 7)) == (1, 1, 5)


def test_a_value_over_several_lines_is_marked_on_its_first() -> None:
    assert read("a: one\n  two\n").locate(("a",)) == (1, 4, 3)
    assert read("a: [one,\n  two]\n").locate(("a",)) == (1, 4, 5)


def test_a_key_that_is_no_plain_word_is_quoted_in_a_path() -> None:
    assert read("people: {Amb. Example: {a: 1}}\n").path(("people", "Amb. Example", "a")) == "people['Amb. Example'].a"
    assert read(f"{'k' * 500}: 1\n").path(("k" * 500,)) == f"['{'k' * 59}…']"


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.text("ab:-?[]{},&*!|>'\"%@#\\~<= \n\t\r\u00a0\u6f22", max_size=60)))
def test_any_bytes_give_a_document_or_diagnostics_that_point_into_the_file(source: bytes | str) -> None:
    problems: Sequence[Diagnostic] = ()
    try:
        assert isinstance(read(source).data, dict)
    except ScenarioError as error:
        problems = error.diagnostics
    assert all(1 <= problem.column <= len(problem.source_line) + 1 for problem in problems if problem.line)
