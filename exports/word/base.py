"""The empty Word file that every other begins from: its styles, its numbered paragraphs and its page.

It is written here rather than taken from the library, whose own has half a megabyte of styles and a picture.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument

from exports.colours import INK, NAVY
from exports.zipped import STAMP, zipped

FONT = "Arial"
LANGUAGE = "en-GB"
TWIPS = 20
"""In a point."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of A4; lengths in twips, a twentieth of a point."""

    width: int
    height: int
    margin: int
    """At all four sides."""

    @property
    def room(self) -> int:
        """The width between the margins."""
        return self.width - 2 * self.margin


PORTRAIT = Sheet(11906, 16838, 1304)
LANDSCAPE = Sheet(16838, 11906, 851)

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PARTS = ("styles", "settings", "numbering")

_TYPES = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}document.main+xml"/>'
    + "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_OFFICE}{name}+xml"/>' for name in _PARTS)
    + "</Types>"
)
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_ROOT = (
    f'{_HEAD}{_RELATIONS}<Relationship Id="rId1" Type="{_RELATION}officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_OF_DOCUMENT = (
    f"{_HEAD}{_RELATIONS}"
    + "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATION}{name}" Target="{name}.xml"/>'
        for number, name in enumerate(_PARTS, 1)
    )
    + "</Relationships>"
)
_SETTINGS = (
    f'{_HEAD}<w:settings {_W}><w:defaultTabStop w:val="567"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    f'<w:themeFontLang w:val="{LANGUAGE}"/></w:settings>'
)


def _style(name: str, title: str, paragraph: str = "", run: str = "", *, based: str = "Normal", after: str = "") -> str:
    follows = f'<w:next w:val="{after}"/>' if after else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{title}"/><w:basedOn w:val="{based}"/>{follows}'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


_STYLES = (
    f"{_HEAD}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>"
    f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/><w:sz w:val="21"/>'
    f'<w:szCs w:val="21"/><w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/>'
    '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    f'<w:rPr><w:lang w:val="{LANGUAGE}"/></w:rPr></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
    + _style("Letterhead", "Letterhead", run=f'<w:color w:val="{NAVY}"/>')
    + _style("LetterDate", "Letter Date", '<w:spacing w:before="280" w:after="280"/>')
    + _style("Addressed", "Addressed", "<w:keepNext/>")
    + _style("Addressee", "Addressee", '<w:ind w:left="567"/>')
    + _style("Salutation", "Salutation", '<w:spacing w:before="280"/>')
    + _style("Closing", "Closing", '<w:keepNext/><w:keepLines/><w:spacing w:before="240"/>')
    + _style("Signature", "Signature", '<w:keepNext/><w:spacing w:before="960"/>', "<w:b/>")
    + _style(
        "Title",
        "Title",
        '<w:keepNext/><w:spacing w:before="240" w:after="240"/>',
        f'<w:b/><w:color w:val="{NAVY}"/><w:sz w:val="24"/>',
        after="LetterParagraph",
    )
    + _style(
        "Heading1",
        "heading 1",
        '<w:keepNext/><w:spacing w:before="200" w:after="100"/><w:outlineLvl w:val="0"/>',
        f'<w:b/><w:color w:val="{NAVY}"/>',
        after="LetterParagraph",
    )
    + _style(
        "LetterParagraph",
        "Letter Paragraph",
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:spacing w:before="60" w:after="80" w:line="264" '
        'w:lineRule="auto"/>',
    )
    + _style(
        "ListBullet",
        "List Bullet",
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr><w:spacing w:after="60"/>',
    )
    + _style(
        "AnnexTitle",
        "Annex Title",
        '<w:keepNext/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>',
        f'<w:b/><w:color w:val="{NAVY}"/>',
    )
    + _style(
        "CellBullet",
        "Cell Bullet",
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>',
    )
    + _style("Footer", "footer", run=f'<w:color w:val="{INK}"/><w:sz w:val="16"/>')
    + f'<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="{NAVY}"/>'
    '<w:u w:val="single"/></w:rPr></w:style></w:styles>'
)


def _list(number: int, form: str, text: str, left: int, hanging: int) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl></w:abstractNum>'
    )


_NUMBERING = (
    f"{_HEAD}<w:numbering {_W}>"
    + _list(1, "decimal", "%1.", 0, 0).replace(
        '<w:ind w:left="0" w:hanging="0"/>',
        '<w:tabs><w:tab w:val="num" w:pos="567"/></w:tabs><w:ind w:left="0" w:firstLine="0"/>',
    )
    + _list(2, "bullet", "\u2022", 1134, 283)
    + _list(3, "bullet", "\u2022", 198, 142)
    + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2, 3))
    + "</w:numbering>"
)


def new_document(sheet: Sheet, title: str) -> WordDocument:
    """An empty document with one page, and the title in its properties."""
    page = (
        f'<w:pgSz w:w="{sheet.width}" w:h="{sheet.height}"'
        + (' w:orient="landscape"' if sheet.width > sheet.height else "")
        + "/>"
        + f'<w:pgMar w:top="{sheet.margin}" w:right="{sheet.margin}" w:bottom="{sheet.margin}" w:left="{sheet.margin}" '
        'w:header="454" w:footer="454" w:gutter="0"/>'
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT,
        "word/_rels/document.xml.rels": _OF_DOCUMENT,
        "word/document.xml": f"{_HEAD}<w:document {_W}><w:body><w:sectPr>{page}</w:sectPr></w:body></w:document>",
        "word/styles.xml": _STYLES,
        "word/settings.xml": _SETTINGS,
        "word/numbering.xml": _NUMBERING,
    }
    document = Document(io.BytesIO(zipped({name: text.encode() for name, text in parts.items()})))
    properties = document.core_properties
    properties.title, properties.language = title[:255], LANGUAGE
    return document


def save_bytes(document: WordDocument) -> bytes:
    """The document as a .docx file: the same document gives the same bytes.

    Its properties name no person and no program, and ``STAMP`` as its date.
    """
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = STAMP
    properties.revision = 1
    written = io.BytesIO()
    document.save(written)
    with ZipFile(written) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})
