"""A letter as paragraphs and tables that can be changed, from text or Word and back into either."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

Row = list[str]


@dataclass
class Draft:
    """Paragraphs as texts, tables as lists of rows, in their order."""

    name: str
    blocks: list[str | list[Row]]

    def copy(self) -> Draft:
        return Draft(self.name, copy.deepcopy(self.blocks))

    @property
    def texts(self) -> Iterator[tuple[int, str]]:
        return ((at, block) for at, block in enumerate(self.blocks) if isinstance(block, str))

    @property
    def tables(self) -> list[list[Row]]:
        return [block for block in self.blocks if isinstance(block, list)]

    def replaced(self, old: str, new: str, *, where: Callable[[str], bool] = lambda _: True) -> Draft | None:
        """A copy in which the first paragraph that has ``old`` has ``new`` instead; None: none has it."""
        found = self.copy()
        for at, text in self.texts:
            if old in text and where(text):
                found.blocks[at] = text.replace(old, new, 1)
                return found
        return None

    def as_text(self) -> bytes:
        """Plain text; cells have tabs between them."""
        lines = []
        for block in self.blocks:
            if isinstance(block, str):
                lines += [block, ""]
            else:
                lines += ["\t".join(cell.replace("\n", " ") for cell in row) for row in block] + [""]
        return "\n".join(lines).encode()

    def as_word(self) -> bytes:
        document = Document()
        for block in self.blocks:
            if isinstance(block, str):
                document.add_paragraph(block)
                continue
            table = document.add_table(len(block), max(map(len, block)))
            for row, cells in zip(table.rows, block, strict=True):
                for cell, text in zip(row.cells, cells, strict=False):
                    cell.text = text
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()


def draft_of_text(name: str, text: str) -> Draft:
    """A letter in plain text, a line a paragraph; lines with tabs are rows."""
    blocks: list[str | list[Row]] = []
    for line in text.splitlines():
        if "\t" in line:
            row = line.split("\t")
            if blocks and isinstance(blocks[-1], list):
                blocks[-1].append(row)
            else:
                blocks.append([row])
        elif line.strip():
            blocks.append(line.strip())
    return Draft(name, blocks)


def draft_of_word(name: str, data: bytes) -> Draft:
    """A Word file as this program writes it."""
    document = Document(io.BytesIO(data))
    blocks: list[str | list[Row]] = []
    for child in document.element.body.iterchildren():
        if child.tag == qn("w:p"):
            text = Paragraph(child, document).text.replace("\xa0", " ")
            if text.strip():
                blocks.append(text)
        elif child.tag == qn("w:tbl"):
            blocks.append([[cell.text for cell in row.cells] for row in Table(child, document).rows])
    return Draft(name, blocks)
