"""What every sheet of every workbook shares: safe text, borders round merged cells, the printed page, repeatable bytes.

All text from a scenario goes through `put` or `put_rich`, so it cannot become a formula, an error value or broken XML.
`save_bytes` fixes what openpyxl writes differently from run to run, such as time stamps.
"""

import re
from collections.abc import Callable, Collection, Sequence
from copy import copy
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Side
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from exports.annex.text_metrics import DEFAULT_POINTS, Run, line_height
from exports.colours import INK
from exports.zipped import STAMP, zipped
from scheduler.reading.cleaning import clean, is_taken

FONT_NAME = "Arial"

CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
INDENTED = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)

MAX_CELL_TEXT = 32_767
"""The longest text that Excel keeps in a cell, in UTF-16 units, as Excel counts."""

MAX_HEADER = 255
"""The longest header or footer that Excel opens without a repair, formatting codes included."""

MAX_SHEET_TITLE = 31

_ILLEGAL_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPE_LOOKALIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LOOKS: WeakKeyDictionary[Workbook, dict[tuple[object, ...], tuple[Any, object]]] = WeakKeyDictionary()
_APPLICATION = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Microsoft Excel</Application></Properties>"
)
"""The program named in the file, instead of a library with its version."""


def safe_text(text: str, limit: int = MAX_CELL_TEXT) -> str:
    """The text without what XML cannot carry, and with an ellipsis if it is longer than `limit` UTF-16 units.

    Control characters go, a line ends in a plain newline, and half a surrogate pair becomes U+FFFD.
    """
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    lines = whole.replace("\r\n", "\n").replace("\r", "\n")
    return _shortened(_ILLEGAL_IN_XML.sub("", lines), limit)


@cache
def font(points: float = DEFAULT_POINTS, colour: str = INK, *, bold: bool = False, italic: bool = False) -> Font:
    """Arial in one look; equal looks are one object."""
    return Font(name=FONT_NAME, size=points, bold=bold, italic=italic, color=colour)


@cache
def fill(colour: str) -> PatternFill:
    """A ground of one colour; equal ones are one object."""
    return PatternFill("solid", fgColor=colour)


def new_workbook(title: str = "", creator: str = "") -> Workbook:
    """A workbook without sheets whose Normal style is Arial 10, the font in which column widths are counted.

    Its only properties are a title and, if given, a creator.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    normal = Font(name=FONT_NAME, size=DEFAULT_POINTS, family=2)
    workbook._fonts = IndexedList([normal])  # type: ignore[attr-defined]  # openpyxl has no public way to the Normal font
    workbook._named_styles["Normal"].font = normal  # type: ignore[attr-defined]  # as above
    workbook.properties.creator = creator
    workbook.properties.title = safe_text(clean(title), MAX_HEADER).strip() or None
    return workbook


def add_sheet(workbook: Workbook, title: str) -> Worksheet:
    """Appends a sheet whose title is `title` made legal and unique, with rows as high as a line of Arial 10."""
    sheet: Worksheet = workbook.create_sheet(sheet_title(title, workbook.sheetnames))
    sheet.sheet_format.defaultRowHeight = line_height(DEFAULT_POINTS)
    return sheet


def sheet_title(text: str, taken: Collection[str] = ()) -> str:
    """A legal sheet title close to `text`: 31 UTF-16 units, none of `[]:*?/\\`, not in `taken` whatever the case."""
    lowered = {each.casefold() for each in taken} | {"history"}  # Excel keeps that name for itself
    words = re.sub(r"[\[\]:*?/\\\s]+", " ", safe_text(clean(text))).strip(" '") or "Sheet"
    title, number = _shortened(words, MAX_SHEET_TITLE), 1
    while title.casefold() in lowered:
        number += 1
        suffix = f" ({number})"
        title = _shortened(words, MAX_SHEET_TITLE - len(suffix)) + suffix
    return title


def put(
    cell: Cell | MergedCell,
    text: str,
    *,
    font: Font | None = None,
    fill: PatternFill | None = None,
    alignment: Alignment | None = None,
    border: Border | None = None,
) -> None:
    """Writes `text` into the cell as text whatever it looks like; an empty text empties the cell.

    Raises TypeError for a cell that a merge has swallowed: only its top left cell can hold a text.
    """
    _write(_writable(cell), _encoded(text) or None, text)
    dress(cell, font, fill, alignment, border)


def put_rich(
    cell: Cell | MergedCell,
    runs: Sequence[Run],
    *,
    font: Font | None = None,
    alignment: Alignment | None = None,
) -> None:
    """Writes runs of differing looks into one cell, as safely as `put`; size and colour default to those of `font`.

    Load such a workbook with `rich_text=True`, or openpyxl flattens the runs. Raises TypeError as `put` does.
    """
    base = font or Font(name=FONT_NAME, size=DEFAULT_POINTS)
    blocks = [TextBlock(_inline_font(run, base), run.text) for run in _safe_runs(runs)]
    _write(_writable(cell), CellRichText(blocks) if blocks else None, "".join(run.text for run in runs))
    dress(cell, base, None, alignment, None)


def merge(sheet: Worksheet, area: str) -> Cell:
    """Merges an area such as "B2:C4" (one cell is left as it is) and returns its top left cell.

    Raises ValueError if it overlaps an earlier merge, which Excel would take for a damaged file.
    """
    left, top, right, bottom = _bounds(area)
    if (left, top) != (right, bottom):
        for other in sheet.merged_cells.ranges:
            if left <= other.max_col and other.min_col <= right and top <= other.max_row and other.min_row <= bottom:
                raise ValueError(f"{area} overlaps the merged cells {other.coord}")
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    return _writable(sheet.cell(top, left))


def frame(
    sheet: Worksheet,
    area: str,
    *,
    fill: PatternFill | None = None,
    outline: Side | None = None,
    left: Side | None = None,
    right: Side | None = None,
    top: Side | None = None,
    bottom: Side | None = None,
) -> None:
    """Fills every cell of an area, merged or not, and draws its outer edges; a named edge overrides `outline`.

    Edges left out, and all inner ones, stay as they are: frame the cells first and the table last.
    """
    first_column, first_row, last_column, last_row = _bounds(area)
    for row in range(first_row, last_row + 1):
        for column in range(first_column, last_column + 1):
            edges = (
                (left or outline) if column == first_column else None,
                (right or outline) if column == last_column else None,
                (top or outline) if row == first_row else None,
                (bottom or outline) if row == last_row else None,
            )
            _edge(sheet.cell(row, column), edges, fill)


def _edge(cell: Cell | MergedCell, edges: tuple[Side | None, ...], fill: PatternFill | None) -> None:
    """Draw the edges of a cell (left, right, top, bottom) that are given, and fill it; copied as `dress` does."""

    def made() -> dict[str, object]:
        old = cell.border
        left, right, top, bottom = edges
        border = Border(
            left=left or old.left, right=right or old.right, top=top or old.top, bottom=bottom or old.bottom
        )
        return {"border": border} | ({} if fill is None else {"fill": fill})

    _look(cell, (*edges, fill), made)


def set_up_page(
    sheet: Worksheet,
    *,
    header: str = "",
    footer: str = "",
    print_area: str | None = None,
    title_rows: str | None = None,
    pages_high: int | None = 1,
) -> None:
    """Prints the sheet on A4 landscape, centred, one page wide and `pages_high` pages high (None: as many as it takes).

    `header` (the code of the annex) stands at the top right, `footer` at the bottom left and the page number at the
    bottom right. `title_rows`, such as "1:3", are repeated on every page.
    """
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = pages_high or 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.8, bottom=0.7, header=0.4, footer=0.35)  # inches
    if print_area:
        sheet.print_area = print_area
    if title_rows:
        sheet.print_title_rows = title_rows

    above, below = HeaderFooterItem(), HeaderFooterItem()
    above.right.font, above.right.size = f"{FONT_NAME},Bold", 9
    above.right.text = ""
    above.right.text = _header_text(header, MAX_HEADER - len(str(above)))
    for part in (below.left, below.right):
        part.font, part.size = f"{FONT_NAME},Regular", 8
    below.left.text, below.right.text = "", "Page &P of &N"
    below.left.text = _header_text(footer, MAX_HEADER - len(str(below)))
    sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter = above, below
    sheet.HeaderFooter.scaleWithDoc = False  # a shrunken sheet keeps a legible footer


def save_bytes(workbook: Workbook) -> bytes:
    """The workbook as an .xlsx file: the same workbook gives the same bytes, on every machine and at any time.

    `STAMP` stands as date of creation and of change.
    """
    workbook.properties.created = workbook.properties.modified = STAMP
    parts = _Parts()
    ExcelWriter(workbook, parts).save()  # type: ignore[arg-type]  # Workbook.save would stamp the present time
    return zipped(parts | {"docProps/app.xml": _APPLICATION})


class _Parts(dict[str, bytes]):
    """Collects the parts that openpyxl writes into an archive, by name, to archive them in order."""

    def writestr(self, name: str, data: str | bytes) -> None:
        """A part as text or bytes."""
        self[name] = data.encode() if isinstance(data, str) else data

    def write(self, path: str, name: str) -> None:
        """A part that lies in a file."""
        self[name] = Path(path).read_bytes()

    def namelist(self) -> list[str]:
        """What has been written."""
        return list(self)

    def close(self) -> None:
        """Nothing is held open."""


def _units(text: str) -> int:
    """Length in UTF-16 units, as Excel counts."""
    return len(text.encode("utf-16-le")) // 2


def _shortened(text: str, limit: int) -> str:
    if _units(text) <= limit:
        return text
    return text.encode("utf-16-le")[: 2 * max(limit - 1, 0)].decode("utf-16-le", "ignore") + "…"


def _encoded(text: str) -> str:
    """The safe text in its stored form: Excel would read `_x0041_` as A, so the first underscore is escaped."""
    safe = safe_text(clean(text))
    stored = _ESCAPE_LOOKALIKE.sub("_x005F_", safe)
    while _units(stored) > MAX_CELL_TEXT:
        safe = _shortened(safe, _units(safe) - (_units(stored) - MAX_CELL_TEXT))
        stored = _ESCAPE_LOOKALIKE.sub("_x005F_", safe)
    return stored


def _safe_runs(runs: Sequence[Run]) -> list[Run]:
    """The runs in stored form, none empty and, if possible, none blank, because Excel would drop a blank run."""
    safe: list[Run] = []
    room, waiting = MAX_CELL_TEXT, ""
    for run in runs:
        text = waiting + _shortened(_encoded(run.text), room)
        waiting = ""
        room -= _units(text)
        if text.strip() or not text:
            if text:
                safe.append(replace(run, text=text))
        elif safe:
            safe[-1] = replace(safe[-1], text=safe[-1].text + text)
        else:
            waiting = text
            room += _units(text)
        if room <= 0:
            break
    if waiting:
        safe.append(Run(waiting))
    return safe


def _inline_font(run: Run, base: Font) -> InlineFont:
    """All that Excel needs: a run font inherits nothing from its cell."""
    return InlineFont(
        rFont=base.name or FONT_NAME,
        family=2,
        sz=run.points or base.size or DEFAULT_POINTS,
        b=run.bold or None,
        i=run.italic or None,
        strike=run.strike or None,
        color=Color(run.colour) if run.colour else base.color,
        vertAlign="superscript" if run.superscript else None,
    )


def _writable(cell: Cell | MergedCell) -> Cell:
    if isinstance(cell, MergedCell):
        raise TypeError(f"{cell.coordinate} lies inside merged cells: write to their top left cell")
    return cell


def _write(cell: Cell, value: str | CellRichText | None, raw: str) -> None:
    cell.value = value
    if value is not None:
        cell.data_type = "s"
    cell.quotePrefix = int(value is not None and is_taken(raw))


def dress(
    cell: Cell | MergedCell,
    font: Font | None = None,
    fill: PatternFill | None = None,
    alignment: Alignment | None = None,
    border: Border | None = None,
) -> None:
    """Give a cell its looks; what is None stays as it is.

    openpyxl hashes every look anew for every cell, which takes longer than all else that writing a table does. So a
    combination that the workbook has seen is copied from the cell that had it first.
    """
    looks = {"font": font, "fill": fill, "alignment": alignment, "border": border}
    _look(cell, tuple(looks.values()), lambda: {name: look for name, look in looks.items() if look is not None})


def _look(cell: Cell | MergedCell, given: tuple[object, ...], made: Callable[[], dict[str, object]]) -> None:
    """Give a cell the looks that ``made`` makes of what is ``given``, or copy them from a cell that was like it."""
    dressed: Any = cell  # the copying of ``_style`` is openpyxl's documented way, and untyped
    looks = _LOOKS.setdefault(dressed.parent.parent, {})
    key = (tuple(dressed._style or ()), *map(id, given))
    if key not in looks:
        for name, look in made().items():
            setattr(cell, name, look)
        looks[key] = (copy(dressed._style), given)  # kept, so that no other object gets their id
    else:
        dressed._style = copy(looks[key][0])


def _bounds(area: str) -> tuple[int, int, int, int]:
    """First column, first row, last column, last row of an area such as "B2:C4"."""
    left, top, right, bottom = range_boundaries(area)
    if left is None or top is None or right is None or bottom is None:
        raise ValueError(f"{area} names no cells: write it like B2:C4")
    return left, top, right, bottom


def _header_text(text: str, room: int) -> str:
    """One line in which `&` stands for itself, in at most `room` UTF-16 units."""
    line = " ".join(safe_text(clean(text)).split())
    limit = min(_units(line), room)
    while _units(doubled := _shortened(line, limit).replace("&", "&&")) > room:
        limit -= 1
    return doubled
