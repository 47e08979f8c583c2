"""The letter as a Word file: the template, filled, and the annex on a landscape page behind it."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Twips
from docx.text.run import Run
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError
from lxml.etree import XMLSyntaxError, fromstring

from exports.letter.content import Content
from exports.letter.english import dates_of, hours_in_words
from exports.letter.facts import LetterFacts
from exports.paper.annex import layout_of
from exports.word.annex import add_annex
from exports.word.base import LANDSCAPE, save_bytes
from exports.word.parts import element, safe_text
from exports.word.placeholders import Placeholders, TemplateTagError
from exports.word.safety import trouble_in
from exports.word.template import template_bytes
from scheduler.domain.clock import MONTHS, show_date
from scheduler.domain.letter_placeholders import MILESTONES
from scheduler.domain.timetable import Timetable
from scheduler.errors import InputError
from scheduler.scenario import Scenario

_BOLD, _PLAIN = "\ue000", "\ue001"
"""Stand around bold words while the template is filled; no text has them."""
_MARKS = re.compile("[\ue000\ue001]")
_STARS = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_PIECE = re.compile(r"(\ue000|\ue001|https?://[^\s<>\"']+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")
_DATE = re.compile(rf"\d[\d-]* (?:{'|'.join(MONTHS)})(?: \d{{4}})?\b", re.IGNORECASE)
_ENDS = ".,;:)!?"
"""Signs after a link that do not belong to it."""


def letter_bytes(
    facts: LetterFacts, content: Content, annex: tuple[Scenario, Timetable] | None, template: bytes | None = None
) -> bytes:
    """The letter as a .docx file; equal arguments give equal bytes. None: the template of the program.

    Raises:
        InputError: the template holds what it may not hold, or a placeholder that does not exist.
    """
    if template is None:
        return _letter(template_bytes(), facts, content, annex)
    if trouble := trouble_in(template):
        raise InputError(f"this template is not used, for {trouble}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return _letter(template, facts, content, annex)
    except InputError:
        raise
    except Exception:  # noqa: BLE001  the libraries stumble over damaged files in any way
        raise InputError("the template is damaged: open it in Word, and save it anew as .docx") from None


def _letter(template: bytes, facts: LetterFacts, content: Content, annex: tuple[Scenario, Timetable] | None) -> bytes:
    document = _filled(template, context_of(facts, content))
    _dress(document)
    if annex is not None:
        _add_page(document)
        add_annex(document, *annex, layout_of(*annex))
    document.core_properties.title = safe_text(content.title)[:255]
    return save_bytes(document)


def context_of(facts: LetterFacts, content: Content) -> dict[str, Any]:
    """Every placeholder of a template with what it stands for; empty where the scenario does not say it."""
    secretariat, registration = facts.letter.secretariat, facts.letter.registration
    parts = [
        {
            "heading": _plain(part.heading or ""),
            "paragraphs": [
                {"text": _marked(passage.text), "points": [_marked(point) for point in passage.points]}
                for passage in part.passages
            ],
        }
        for part in content.parts
    ]
    texts = {
        "date": content.date,
        "addressed": content.addressed,
        "salutation": content.salutation,
        "title": _DATE.sub(_unbroken, content.title),
        "name": content.name,
        "post": content.post,
        "series": facts.series,
        "dates": dates_of(facts),
        "venue": facts.venue,
        "place": facts.place,
        "hours": hours_in_words(facts.same_hours) if facts.same_hours else "",
        "annex": facts.annex,
        "secretariat": secretariat.name if secretariat else "",
        "email": secretariat.email if secretariat else "",
        "website": secretariat.website if secretariat else "",
        "registration_link": registration.link if registration else "",
        **{name: _date(getattr(facts.milestones, name)) for name in MILESTONES},
    }
    lists = {"letterhead": content.letterhead, "addressees": content.addressees, "closing": content.closing}
    return {
        **{name: _plain(text or "") for name, text in texts.items()},
        **{name: [_plain(line) for line in lines] for name, lines in lists.items()},
        "parts": parts,
    }


def _unbroken(found: re.Match[str]) -> str:
    """A date whose parts stay on one line."""
    return found[0].replace(" ", "\u00a0").replace("-", "\u2011")


def _date(day: date | None) -> str:
    return show_date(day, year=True) if day else ""


def _plain(text: str) -> str:
    return _MARKS.sub("", safe_text(text).replace("\n", " ").replace("\t", " "))


def _marked(text: str) -> str:
    return _STARS.sub(rf"{_BOLD}\1{_PLAIN}", _plain(text))


class _Template(DocxTemplate):  # type: ignore[misc]  # it has no types
    """A template that is refused where what it gives is no sound text, instead of being mended somehow."""

    def fix_tables(self, xml: str) -> Any:
        fromstring(xml.encode())
        return super().fix_tables(xml)


def _filled(template: bytes, context: dict[str, Any]) -> WordDocument:
    """The template with everything in its place."""
    made, written = _Template(io.BytesIO(template)), io.BytesIO()
    try:
        made.render(context, Placeholders())
        made.save(written)
        return Document(written)
    except TemplateTagError as error:
        raise InputError(f"the template: {error.message}; docs/letter.md lists what it may have") from None
    except TemplateSyntaxError as error:
        said = (error.message or "").rstrip(".")
        raise InputError(f"the template: {said}: see docs/letter.md for how placeholders are written") from None
    except (TemplateError, XMLSyntaxError):
        remedy = "each '{%p ... %}' needs a paragraph of its own, and each 'for' and 'if' its end"
        raise InputError(f"the template: its placeholders do not fit together: {remedy}") from None


# --- bold words and links ------------------------------------------------------------------------------------------


def _dress(document: WordDocument) -> None:
    """Cut the runs of the letter where words are bold or a link; the looks of the template stay."""
    links = any(style.name == "Hyperlink" for style in document.styles)
    for run in list(document.element.body.iter(qn("w:r"))):
        texts = [each for each in run if each.tag == qn("w:t")]
        if len(texts) == 1 and run.getparent().tag == qn("w:p") and _PIECE.search(texts[0].text or ""):
            for piece in _pieces(document, run, texts[0], links=links):
                run.addprevious(piece)
            run.getparent().remove(run)


def _pieces(document: WordDocument, run: Any, text: Any, *, links: bool) -> Iterator[Any]:
    bold = False
    for words in _PIECE.split(text.text):
        if words in (_BOLD, _PLAIN):
            bold = words == _BOLD
        elif _PIECE.fullmatch(words):
            link = words.rstrip(_ENDS)
            target = link if "://" in link else f"mailto:{link}"
            relation = document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            linked = element("w:hyperlink", [_run(run, link, bold=bold, linked=links)])
            linked.set(qn("r:id"), relation)
            yield linked
            if words != link:
                yield _run(run, words[len(link) :], bold=bold)
        elif words:
            yield _run(run, words, bold=bold)


def _run(like: Any, words: str, *, bold: bool, linked: bool = False) -> Any:
    """A run with the looks of another."""
    made = deepcopy(like)
    for each in [each for each in made if each.tag == qn("w:t")]:
        each.text = words
        each.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    looks = Run(made, None)  # type: ignore[arg-type]  # it needs its paragraph for pictures only
    if bold:
        looks.bold = True
    if linked:
        made.get_or_add_rPr().insert(0, element("w:rStyle", val="Hyperlink"))
    return made


def _add_page(document: WordDocument) -> None:
    """A landscape page at the end, whose header and footer are those of the letter."""
    page = document.add_section(WD_SECTION.NEW_PAGE)
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Twips(LANDSCAPE.width), Twips(LANDSCAPE.height)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Twips(LANDSCAPE.margin)
