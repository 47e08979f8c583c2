"""Looks through a Word file from outside before anything reads it: it may hold texts, looks and pictures, no more.

Macros, embedded objects, fields that fetch or calculate, and relations to anything outside are refused by name.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

MOST_PARTS, MOST_BYTES, MOST_BYTES_OF_TEXT = 200, 20_000_000, 1_000_000
MOST_TAGS = 300
"""Placeholders and loops of one part: those who read them try some patterns from each of them."""

FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES"})
"""Fields that count pages. All others are refused."""
_RELATIONS = frozenset(
    {
        "comments", "commentsExtended", "commentsExtensible", "commentsIds", "core-properties", "custom-properties",
        "customXml", "customXmlProps", "endnotes", "extended-properties", "font", "fontTable", "footer", "footnotes",
        "header", "hyperlink", "image", "numbering", "officeDocument", "people", "settings", "styles",
        "stylesWithEffects", "theme", "thumbnail", "webSettings",
    }
)  # fmt: skip
"""Last words of the types of relations that a text with pictures needs."""
_ELEMENTS = frozenset(
    {
        "altChunk", "attachedTemplate", "control", "externalData", "mailMerge", "movie", "object", "OLEObject",
        "script", "subDoc",
    }
)  # fmt: skip
_ENDINGS = frozenset({"xml", "rels", "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf", "odttf"})
"""Of parts: text, pictures and fonts."""
_MAIN = "wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml"
_LINK = re.compile(r"(https?://|mailto:)\S+")


def trouble_in(data: bytes) -> str:
    """Why a Word file is not taken as a template; empty if it is."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return next(_troubles(archive), "")
    except ParseError:
        return "a part of it is damaged"
    except DefusedXmlException:
        return "it defines entities, which no Word file does"
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, LookupError, zlib.error):
        return "it is no Word file (.docx), or a damaged one"


def _troubles(archive: ZipFile) -> Iterator[str]:
    entries = archive.infolist()
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_BYTES:
        yield f"it is too large: more than {MOST_PARTS} parts, or than {MOST_BYTES // 10**6} MB unpacked"
        return
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names):
        yield "it has a part twice"
        return
    if "[Content_Types].xml" not in names:
        yield "it is no Word file (.docx)"
        return
    yield from _of_types(archive.read("[Content_Types].xml"))
    for name in names:
        if name.endswith((".rels", ".xml")) and name != "[Content_Types].xml":
            part = archive.read(name)
            if len(part) > MOST_BYTES_OF_TEXT and not name.endswith(("styles.xml", "stylesWithEffects.xml")):
                yield f"{name} is larger than {MOST_BYTES_OF_TEXT // 10**6} MB"
                return
            root = fromstring(part)
            yield from _of_relations(root) if name.endswith(".rels") else _of_part(root, part, name)
        elif not name.endswith("/") and name.rpartition(".")[2].lower() not in _ENDINGS:
            yield f"it holds {name[:60]}, which is no text and no picture"


def _of_types(part: bytes) -> Iterator[str]:
    root = fromstring(part)
    types = [each.get("ContentType", "") for each in root]
    texts = [each for each in root if each.get("ContentType", "").endswith("xml")]
    names = [each.get("PartName") or f".{each.get('Extension', '')}" for each in texts]
    if not all(name.endswith((".xml", ".rels")) for name in names):
        yield "it holds text that is called something else"
    if any("macro" in each.lower() or "vba" in each.lower() for each in types):
        yield "it holds macros: save it as .docx"
    elif not any(each.endswith(_MAIN) for each in types):
        yield "it is no Word file (.docx)"


def _of_relations(root: Element) -> Iterator[str]:
    for relation in root:
        kind = relation.get("Type", "").rpartition("/")[2]
        target = relation.get("Target", "")
        if kind not in _RELATIONS:
            yield f"it refers to something other than text and pictures ({kind[:40] or 'a relation without a type'})"
        elif relation.get("TargetMode", "Internal") != "Internal" and not (kind == "hyperlink" and _LINK.match(target)):
            yield f"it refers to something outside ({kind[:40]} {target[:60]}): only links to https:// may stand in it"


def _of_part(root: Element, part: bytes, name: str) -> Iterator[str]:
    if part.count(b"{{") + part.count(b"{%") + part.count(b"{#") > MOST_TAGS or part.count(b"{") > 4 * MOST_TAGS:
        yield f"{name} has more than {MOST_TAGS} placeholders"
    for element in root.iter():
        kind = _local(element)
        if kind in _ELEMENTS:
            yield f"it holds something other than text and pictures ({kind})"
        elif kind == "fldSimple":
            yield from _of_field(_attribute(element, "instr"))
    yield from _of_long_fields(root)


def _of_long_fields(root: Element) -> Iterator[str]:
    """Fields that are written as a beginning, an instruction in any number of pieces, and an end."""
    said: list[str] = []
    for element in root.iter():
        kind = _local(element)
        if kind == "fldChar":
            if _attribute(element, "fldCharType") == "begin" and said:
                yield "it has a field within a field"
            if said:
                yield from _of_field("".join(said))
            said = []
        elif kind in ("instrText", "delInstrText"):
            said.append(element.text or " ")
    if said:
        yield from _of_field("".join(said))


def _of_field(instruction: str) -> Iterator[str]:
    word = (instruction.split() or ["without a name"])[0]
    if word.upper() not in FIELDS:
        yield f"it has the field {word[:40]}: only numbers of pages may be fields"


def _local(element: Element) -> str:
    tag: Any = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
