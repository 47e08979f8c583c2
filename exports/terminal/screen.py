"""A console that shows every text harmless, with its looks, in lines of a given width."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from exports.annex.texts import Paragraph
from scheduler.reading.diagnostics import printable

MIN_TEXT_WIDTH = 20
"""Of a text beside a label, in characters."""

_PLAIN = str.maketrans({"\u2013": "-", "\u2022": "*", "\u00b7": "-", "\u2019": "'"})


class Screen:
    """A console. No text is read as markup or moves the cursor."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.encoding = console.encoding or "ascii"
        self.ascii = not self.encoding.lower().startswith("utf")
        """Whether the console shows ASCII only."""

    def text(self, words: str, style: str = "") -> Text:
        """Words in one style; a question mark for what the console cannot encode."""
        shown = printable(words)
        if self.ascii:
            shown = shown.translate(_PLAIN).encode(self.encoding, "replace").decode(self.encoding)
        return Text(shown, style, end="")

    def paragraph(self, paragraph: Paragraph, style: str = "") -> Text:
        """A paragraph with its looks, without superscript."""
        text = Text(end="")
        for run in paragraph.runs:
            looks = ("bold" if run.bold else "", "italic" if run.italic else "", style)
            text.append_text(self.text(run.text, " ".join(look for look in looks if look)))
        return text

    def broken(self, text: Text, width: int, *, centred: bool = False, hang: str = "") -> list[Text]:
        """Lines of exactly ``width`` characters. ``hang`` begins the first; the others are indented as far."""
        lines: list[Text] = []
        before = self.text(hang)
        for line in text.wrap(self.console, max(width - before.cell_len, 1), overflow="fold"):
            line.rstrip()
            whole = Text(" " * before.cell_len if lines else before.plain, end="").append_text(line)
            whole.align("center" if centred else "left", width)
            lines.append(whole)
        return lines

    def print(self, text: Text, indent: int = 0) -> None:
        """Print a text, wrapped to the width."""
        for line in self.broken(text, max(self.console.width - indent, 8)):
            self.print_line(Text(" " * indent, end="").append_text(line))

    def say(self, words: str, style: str = "", indent: int = 0) -> None:
        """Print words in one style, wrapped to the width."""
        self.print(self.text(words, style), indent)

    def hang(self, label: Text, text: Text) -> None:
        """Print a text beside its label; further lines are indented as far."""
        width = label.cell_len
        for line in self.broken(text, max(self.console.width - width, MIN_TEXT_WIDTH)):
            self.print_line(label.append_text(line))
            label = Text(" " * width, end="")

    def beside(self, cells: Sequence[Text], widths: Sequence[int], indent: int = 0, hang: str = "") -> None:
        """Print cells side by side, two blanks apart, each wrapped to its width; ``hang`` is that of the first cell."""
        columns = [
            self.broken(cell, width, hang="" if number else hang)
            for number, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        for number in range(max(map(len, columns))):
            line = Text(" " * indent, end="")
            for column, width in zip(columns, widths, strict=True):
                line.append_text(column[number] if number < len(column) else Text(" " * width)).append("  ")
            self.print_line(line)

    def print_line(self, line: Text) -> None:
        """Print a line as it is."""
        line.rstrip()
        line.end = "\n"
        self.console.print(line, no_wrap=True, overflow="ignore", crop=False, soft_wrap=False)
