"""The letter as a Word file: template, looks, annex, equal bytes; and what a template or a text may not do."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from support.letters import letter
from support.project import ROOT
from support.small import scenario as small

from exports.letter.english import content_of
from exports.letter.facts import facts_of_letter
from exports.timetable_reading import read_timetable
from exports.word.letter import letter_bytes
from exports.word.placeholders import SHAPES
from exports.word.template import template_bytes
from exports.zipped import zipped
from scheduler.domain.letter import SECTIONS
from scheduler.domain.letter_placeholders import MILESTONES, PLACEHOLDERS
from scheduler.errors import InputError

CSP11 = ROOT / "tests" / "golden" / "csp11-timetable.json"


def written(template: bytes | None = None, *, annex: bool = False, **letter_keys: Any) -> bytes:
    if annex:
        scenario = letter("csp11")
        timetable = read_timetable(CSP11, scenario).timetable
        facts = facts_of_letter(scenario, timetable)
        return letter_bytes(facts, content_of(facts), (scenario, timetable), template)
    facts = facts_of_letter(small({"GE": "3h"}, letter=letter_keys or None), None)
    return letter_bytes(facts, content_of(facts), None, template)


def texts(data: bytes) -> list[str]:
    """The paragraphs before the annex, with the words of links."""
    body = Document(io.BytesIO(data)).element.body
    paragraphs = body.iterchildren(qn("w:p"))
    return ["".join(text.text or "" for text in paragraph.iter(qn("w:t"))) for paragraph in paragraphs]


def parts_of(data: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def template_of(*lines: str) -> bytes:
    """A template with these paragraphs."""
    document = Document(io.BytesIO(template_bytes()))
    body = document.element.body
    for paragraph in document.paragraphs:
        body.remove(paragraph._p)
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


# --- what it looks like --------------------------------------------------------------------------------------------


def test_the_letter_ends_with_the_annex_on_a_landscape_page() -> None:
    document = Document(io.BytesIO(written(annex=True)))
    portrait, landscape = document.sections
    assert (portrait.page_width < portrait.page_height, landscape.page_width > landscape.page_height) == (True, True)
    assert [len(document.tables), document.tables[0].cell(0, 1).text] == [1, "Tuesday\n25 February"]


def test_no_placeholder_and_no_tag_is_left() -> None:
    assert [text for text in texts(written(annex=True)) if "{" in text or "}" in text] == []


def test_paragraphs_are_numbered_by_their_style_and_headings_are_headings() -> None:
    styles = [paragraph.style.name for paragraph in Document(io.BytesIO(written(annex=True))).paragraphs]
    assert (styles.count("Title"), styles.count("Heading 1"), styles.count("Letter Paragraph")) == (1, 6, 14)


def test_bold_words_and_links_keep_the_looks_of_the_template() -> None:
    paragraph = {"text": "Please **write** to info@example.org, or see https://example.org/a?b=1&c=2."}
    document = Document(io.BytesIO(written(paragraphs=[paragraph])))
    last = document.paragraphs[-1]
    assert [(run.text, run.bold) for run in last.runs] == [
        ("Please ", None), ("write", True), (" to ", None), (", or see ", None), (".", None),
    ]  # fmt: skip
    assert [(link.text, link.url) for link in last.hyperlinks] == [
        ("info@example.org", "mailto:info@example.org"),
        ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&c=2"),
    ]


def test_equal_facts_give_equal_bytes_and_the_file_names_no_program() -> None:
    data = written(annex=True)
    assert written(annex=True) == data
    everything = b"".join(parts_of(data).values()).lower()
    assert [word for word in (b"python", b"treaty-schedule", b"sha256", b"dief-chair") if word in everything] == []
    assert Document(io.BytesIO(data)).core_properties.title.startswith("INVITATION TO THE ATT CSP11")


def test_the_template_of_the_program_given_as_a_file_gives_the_same_letter() -> None:
    assert template_bytes() == template_bytes()
    assert written(template_bytes(), annex=True) == written(annex=True)


# --- templates of one's own ----------------------------------------------------------------------------------------


def test_every_single_placeholder_can_stand_in_a_template() -> None:
    names = [name for name, shape in SHAPES.items() if shape == ""]
    given = written(template_of(*(f"{name}: {{{{ {name} }}}}" for name in names)), place="Geneva")
    assert "place: Geneva" in texts(given)
    assert len(texts(given)) == len(names)


def test_conditions_and_loops_and_looks_of_a_template() -> None:
    document = Document(
        io.BytesIO(
            template_of(
                "{%p if not date and letterhead %}", "no date", "{%p else %}", "a date", "{%p endif %}",
                "{%p for line in letterhead %}", "x", "{%p endfor %}",
            )
        )
    )  # fmt: skip
    run = next(p for p in document.paragraphs if p.text == "x").runs[0]
    run.text, run.italic = "> {{ line }}", True
    given = written(saved(document), letterhead=["One", "Two **not bold**"])
    assert texts(given) == ["no date", "> One", "> Two **not bold**"]
    assert [p.runs[0].italic for p in Document(io.BytesIO(given)).paragraphs[1:]] == [True, True]


def test_the_page_of_the_letter_lists_every_placeholder() -> None:
    page = (ROOT / "docs" / "letter.md").read_text("utf-8")
    assert [name for name in SHAPES if name not in MILESTONES and f"{{{{ {name} }}}}" not in page] == []
    assert [name for name in PLACEHOLDERS if f"`{{{name}}}`" not in page] == []
    assert [section for section in SECTIONS if f"`{section}`" not in page] == []


WRONG = {
    "{{ veneu }}": "there is no placeholder 'veneu': did you mean 'venue'?",
    "{{ parts.heading }}": "there is no placeholder 'parts.heading'",
    "{{ title.__class__ }}": "there is no placeholder 'title.__class__'",
    "{{ ''.__class__.__mro__ }}": "'const' is not possible in a template",
    "{{ 7 * 7 }}": "'mul' is not possible in a template",
    "{{ range(10) }}": "'call' is not possible in a template",
    "{{ title|upper }}": "'filter' is not possible in a template",
    "{{ title['x'] }}": "'getitem' is not possible in a template",
    "{{ parts }}": "'parts' is no single text",
    "{% set x = 1 %}": "'assign' is not possible in a template",
    "{% include 'x' %}": "'include' is not possible in a template",
    "{% import 'os' as os %}": "'import' is not possible in a template",
    "{% macro m() %}{% endmacro %}": "'macro' is not possible in a template",
    "{% for i in range(9) %}{% endfor %}": "'call' is not possible in a template",
    "{% for x in title %}{% endfor %}": "'title' is no list",
    "{% for p in parts %}{% for q in parts %}{% endfor %}{% endfor %}": "'parts' cannot be gone through within another",
    "{% for p in parts if p %}{% endfor %}": "a loop is written as",
    "{% for a, b in parts %}{% endfor %}": "a loop is written as",
    "{% for p in parts recursive %}{% endfor %}": "a loop is written as",
    "{% if title == 1 %}{% endif %}": "'compare' is not possible in a template",
    "{% if title is string %}{% endif %}": "is not possible in a template",
    "{% for p in parts %}": "the template: ",
    "{{ title": "the template: ",
    "{% endfor %}": "the template: ",
    "{% for x in letterhead %}{% endfor %}" * 61: "more than 60 loops",
}


@pytest.mark.parametrize("line", WRONG)
def test_nothing_else_may_stand_in_braces(line: str) -> None:
    with pytest.raises(InputError) as refused:
        written(template_of(line))
    assert WRONG[line] in refused.value.message


def test_braces_in_properties_and_footers_are_looked_at_too() -> None:
    document = Document(io.BytesIO(template_bytes()))
    document.core_properties.subject = "{{ ''.__class__ }}"
    with pytest.raises(InputError, match="'const' is not possible"):
        written(saved(document))
    document = Document(io.BytesIO(template_bytes()))
    document.sections[0].footer.paragraphs[0].text = "{{ nothing }}"
    with pytest.raises(InputError, match="no placeholder 'nothing'"):
        written(saved(document))


RELATION = (
    b'<Relationship Id="rId99" Type="http://x/relationships/%s" Target="%s" TargetMode="External"/></Relationships>'
)


def _related(kind: bytes, target: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        name = "word/_rels/document.xml.rels"
        parts[name] = parts[name].replace(b"</Relationships>", RELATION % (kind, target))

    return change


def _in_body(xml: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:sectPr", xml + b"<w:sectPr", 1)

    return change


def _with(name: str, data: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({name: data})


def _typed(old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    name = "[Content_Types].xml"
    return lambda parts: parts.update({name: parts[name].replace(old, new)})


def _field(*pieces: bytes) -> bytes:
    kinds = b'<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
    said = b"".join(b"<w:r><w:instrText>%s</w:instrText></w:r>" % piece for piece in pieces)
    return b"<w:p>" + kinds % b"begin" + said + kinds % b"end" + b"</w:p>"


HOSTILE: Mapping[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "a macro": (_with("word/vbaProject.bin", b"x"), "word/vbaProject.bin"),
    "a file with macros": (
        _typed(b"wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled.main+xml"), "holds macros",
    ),
    "a template from elsewhere": (_related(b"attachedTemplate", b"http://evil.example/t.dotm"), "attachedTemplate"),
    "a picture from elsewhere": (_related(b"image", b"http://evil.example/p.png"), "outside (image"),
    "a link that is none": (_related(b"hyperlink", b"file:///etc/passwd"), "outside (hyperlink"),
    "an embedded object": (_related(b"oleObject", b"x.bin"), "oleObject"),
    "another document": (_in_body(b'<w:altChunk xmlns:r="r" r:id="rId1"/>'), "altChunk"),
    "a field that fetches": (_in_body(b'<w:p><w:fldSimple w:instr="INCLUDETEXT x"/></w:p>'), "the field INCLUDETEXT"),
    "a field that starts a program": (_in_body(_field(b"DDEAUTO c:\\x")), "the field DDEAUTO"),
    "a field in pieces": (_in_body(_field(b" INCLUDE", b"PICTURE x")), "the field INCLUDEPICTURE"),
    "a field with a placeholder": (_in_body(_field(b"{{ title }}")), "the field {{"),
    "text that is called a picture": (
        _typed(b'Extension="xml" ContentType="application/xml"', b'Extension="png" ContentType="application/xml"'),
        "called something else",
    ),
    "entities": (
        _with("word/settings.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "defines entities",
    ),
    "an encoding that does not exist": (_with("word/settings.xml", b"<?xml version='1.0' encoding='NTF-8'?><x/>"), ""),
    "a damaged part": (_with("word/settings.xml", b"<x>"), "damaged"),
    "too many placeholders": (_in_body(b"<w:p><w:r><w:t>" + b"{{ title }}" * 301 + b"</w:t></w:r></w:p>"), "300"),
    "braces without end": (_in_body(b"<w:p><w:r><w:t>" + b"{" * 1300 + b"</w:t></w:r></w:p>"), "300"),
    "a huge text": (_in_body(b"<w:p>" + b" " * 1_000_001 + b"</w:p>"), "larger than 1 MB"),
    "a huge file": (_with("word/media/a.png", bytes(20_000_001)), "too large"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_template_is_refused_before_anything_is_read(kind: str) -> None:
    change, reason = HOSTILE[kind]
    parts = parts_of(template_bytes())
    change(parts)
    with pytest.raises(InputError) as refused:
        written(zipped(parts))
    assert refused.value.message.startswith("this template is not used, for ")
    assert reason in refused.value.message


@pytest.mark.parametrize("data", [b"", b"no archive", template_bytes()[:2000], zipped({"a.xml": b"<a/>"})])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="no Word file"):
        written(data)


@pytest.mark.parametrize("name", sorted(parts_of(template_bytes())))
def test_a_template_without_one_of_its_parts_is_an_error_or_a_letter(name: str) -> None:
    parts = parts_of(template_bytes())
    del parts[name]
    lines = ["Distinguished Representatives,"]
    with suppress(InputError):  # a sentence for the planner; anything else fails the test
        lines = texts(written(zipped(parts)))
    assert "Distinguished Representatives," in lines


def test_what_the_libraries_stumble_over_is_a_damaged_template() -> None:
    parts = parts_of(template_bytes())
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b'<w:name w:val="Closing"/>', b"<w:name/>")
    with pytest.raises(InputError, match="the template is damaged: open it in Word, and save it anew"):
        written(zipped(parts))


NASTY = "<w:t>&amp; {{ 7*7 }} {% for %} \x07\ufffe\ue000 ]]> =1+1 \u202e"


def test_hostile_texts_stand_in_the_letter_as_texts() -> None:
    text = NASTY.replace("{", "{{").replace("}", "}}")
    data = written(letterhead=[NASTY], place=NASTY, paragraphs=[{"text": text, "heading": text, "points": [text]}])
    expected = "<w:t>&amp; {{ 7*7 }} {% for %}  ]]> =1+1"
    found = [line for line in texts(data) if expected in line]
    assert len(found) == 5
    assert "49" not in "".join(texts(data))
    fields = Document(io.BytesIO(data)).element.body.iter(qn("w:instrText"), qn("w:fldSimple"))
    assert list(fields) == []


def test_a_text_becomes_no_link_but_to_the_web_or_to_an_address() -> None:
    text = "file:///etc/passwd javascript:alert(1) \\\\server\\share data:text/html,x ftp://a.b"
    data = written(paragraphs=[text])
    rels = parts_of(data)["word/_rels/document.xml.rels"]
    assert b"External" not in rels
