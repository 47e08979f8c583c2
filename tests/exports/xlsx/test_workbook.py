import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from support.cells import text_of
from support.project import ROOT

from exports.annex.text_metrics import Run
from exports.xlsx.workbook import (
    MAX_CELL_TEXT,
    STAMP,
    add_sheet,
    frame,
    merge,
    new_workbook,
    put,
    put_rich,
    safe_text,
    save_bytes,
    set_up_page,
    sheet_title,
)

THIN, THICK = Side(style="thin"), Side(style="medium")
BLUE = PatternFill("solid", fgColor="E8EFFB")


@pytest.fixture
def sheet():
    return add_sheet(new_workbook(), "Annex")


def loaded(sheet, **options):
    return load_workbook(io.BytesIO(save_bytes(sheet.parent)), **options)[sheet.title]


def part(sheet, name):
    with zipfile.ZipFile(io.BytesIO(save_bytes(sheet.parent))) as archive:
        return archive.read(name).decode()


def edges(cell):
    """Left, right, top, bottom: small for a thin line, capital for a thick one, a full stop for none."""
    border = cell.border
    sides = {"l": border.left, "r": border.right, "t": border.top, "b": border.bottom}
    return "".join(
        {None: ".", "thin": letter, "medium": letter.upper()}[side and side.style] for letter, side in sides.items()
    )


# -- text -------------------------------------------------------------------------------------------------------------

HARMLESS = [
    "[/b]",
    "#N/A",
    "#REF!",
    "'quoted",
    "10:00",
    "1e5",
    "TRUE",
    "الفريق العامل",
    "有效执行条约工作组",
    '1st & <b>2nd</b> "CSP8"',
    " spaces around ",
    "two\nlines\n",
    "emoji 😀",
    "x" * 5_000,
    "x" * MAX_CELL_TEXT,
]
TAKEN_FOR_FORMULAS = [
    '=HYPERLINK("http://evil.example","click")',
    "=1+1",
    "=",
    "+41 22 000",
    "-1+1|cmd",
    "@SUM(A1)",
    "\t=1",
]


@pytest.mark.parametrize("text", HARMLESS + TAKEN_FOR_FORMULAS)
def test_a_text_comes_back_as_the_text_it_was(sheet, text):
    put(sheet["A1"], text)
    cell = loaded(sheet)["A1"]
    assert (cell.data_type, cell.value, text_of(cell)) == ("s", text, text)


@pytest.mark.parametrize("text", HARMLESS + TAKEN_FOR_FORMULAS)
def test_a_rich_text_comes_back_as_the_text_it_was(sheet, text):
    put_rich(sheet["A1"], [Run(text, bold=True)])
    cell = loaded(sheet, rich_text=True)["A1"]
    assert (cell.data_type, type(cell.value), text_of(cell)) == ("s", CellRichText, text)


@pytest.mark.parametrize(("texts", "quoted"), [(HARMLESS, False), ([*TAKEN_FOR_FORMULAS, "\r=1"], True)])
def test_what_could_be_taken_for_a_formula_is_marked_as_text(sheet, texts, quoted):
    for row, text in enumerate(texts, 1):
        put(sheet.cell(row, 1), text)
        put_rich(sheet.cell(row, 2), [Run(text)])
    marks = {bool(cell.quotePrefix) for row in loaded(sheet).iter_rows() for cell in row}
    assert marks == {quoted}


def test_a_cell_written_again_keeps_no_mark_of_the_text_before(sheet):
    put(sheet["A1"], "=1+1")
    put(sheet["A1"], "WGTU")
    assert (sheet["A1"].value, bool(sheet["A1"].quotePrefix)) == ("WGTU", False)


def test_no_text_empties_the_cell(sheet):
    put(sheet["A1"], "WGTU")
    put(sheet["A1"], "\x00")
    put_rich(sheet["A2"], [Run(""), Run("\x07")])
    assert (sheet["A1"].value, sheet["A2"].value, text_of(sheet["A1"])) == (None, None, "")


def test_what_xml_cannot_carry_is_taken_out():
    assert safe_text("a\x00b\x07c\x1bd\x7fe\ufffef\uffffg") == "abcd\x7fefg"
    assert safe_text("one\r\ntwo\rthree\tfour") == "one\ntwo\nthree\tfour"


def test_half_a_surrogate_pair_is_replaced_and_two_halves_are_joined():
    assert safe_text("a\ud800b\udfffc") == "a\ufffdb\ufffdc"
    assert safe_text("\ud83d\ude00") == "😀"


def test_a_text_longer_than_excel_keeps_ends_in_an_ellipsis(sheet):
    put(sheet["A1"], "x" * 40_000)
    put_rich(sheet["A2"], [Run("x" * 30_000), Run("y" * 10_000, italic=True), Run("z")])
    assert text_of(loaded(sheet)["A1"]) == "x" * (MAX_CELL_TEXT - 1) + "…"
    assert text_of(loaded(sheet)["A2"]) == "x" * 30_000 + "y" * (MAX_CELL_TEXT - 30_001) + "…"


def test_excel_counts_an_emoji_as_two_and_none_is_cut_in_half(sheet):
    put(sheet["A1"], "😀" * 20_000)
    assert text_of(loaded(sheet)["A1"]) == "😀" * 16_383 + "…"


def test_a_text_that_looks_like_an_escape_is_escaped_and_read_back(sheet):
    # Excel would show _x0041_ as A; stored as _x005F_x0041_ it shows what was meant.
    put(sheet["A1"], "_x0041_ _x41_")
    cell = loaded(sheet)["A1"]
    assert (cell.value, text_of(cell)) == ("_x005F_x0041_ _x41_", "_x0041_ _x41_")
    put(sheet["A1"], "_x0041_" * 10_000)
    assert len(loaded(sheet)["A1"].value) <= MAX_CELL_TEXT


def test_looks_of_runs_are_kept(sheet):
    runs = [Run("1", bold=True), Run("st", superscript=True), Run(" CSP8", italic=True, points=8, colour="1F3864")]
    put_rich(sheet["A1"], runs, font=Font(name="Arial", size=12, color="FF0000"))
    blocks = loaded(sheet, rich_text=True)["A1"].value
    looks = [
        (
            block.text,
            block.font.rFont,
            block.font.sz,
            block.font.b,
            block.font.i,
            block.font.vertAlign,
            block.font.color.rgb,
        )
        for block in blocks
    ]
    assert looks == [
        ("1", "Arial", 12, True, False, None, "00FF0000"),
        ("st", "Arial", 12, False, False, "superscript", "00FF0000"),
        (" CSP8", "Arial", 8, False, True, None, "001F3864"),
    ]


def test_blank_runs_are_not_lost(sheet):
    put_rich(sheet["A1"], [Run("\n"), Run("WGTU", bold=True), Run(" "), Run("WGTR", italic=True), Run("\n")])
    put_rich(sheet["A2"], [Run(" "), Run("")])
    blocks = loaded(sheet, rich_text=True)["A1"].value
    assert [block.text for block in blocks] == ["\nWGTU ", "WGTR\n"]


def test_looks_given_with_a_text_are_set_and_others_stay(sheet):
    sheet["A1"].fill = BLUE
    put(
        sheet["A1"],
        "=x",
        font=Font(name="Arial", bold=True),
        alignment=Alignment(wrap_text=True),
        border=Border(top=THIN),
    )
    cell = loaded(sheet)["A1"]
    assert (cell.font.b, cell.alignment.wrap_text, cell.border.top.style, cell.fill.fgColor.rgb, cell.quotePrefix) == (
        True,
        True,
        "thin",
        "00E8EFFB",
        True,
    )


def test_a_cell_inside_a_merge_takes_no_text(sheet):
    merge(sheet, "A1:B2")
    with pytest.raises(TypeError) as error:
        put(sheet["B2"], "WGTU")
    assert str(error.value) == "B2 lies inside merged cells: write to their top left cell"


# -- merges and frames ------------------------------------------------------------------------------------------------


def test_every_cell_of_a_merge_has_its_fill_and_its_edges(sheet):
    put(merge(sheet, "B2:D4"), "WGTR")
    frame(sheet, "B2:D4", fill=BLUE, outline=THIN, bottom=THICK)
    # Read-only: otherwise openpyxl makes up the merged cells when it loads, whatever the file says of them.
    after = list(loaded(sheet, read_only=True).iter_rows(2, 4, 2, 4))
    assert [[edges(cell) for cell in row] for row in after] == [
        ["l.t.", "..t.", ".rt."],
        ["l...", "....", ".r.."],
        ["l..B", "...B", ".r.B"],
    ]
    assert {cell.fill.fgColor.rgb for row in after for cell in row} == {"00E8EFFB"}


def test_the_frame_of_a_table_leaves_inner_edges_alone(sheet):
    frame(sheet, "A1", outline=THIN)
    frame(sheet, "B1", outline=THIN)
    frame(sheet, "A1:B1", outline=THICK)
    assert [edges(cell) for cell in sheet[1]] == ["LrTB", "lRTB"]


def test_merges_that_overlap_are_refused(sheet):
    merge(sheet, "A1:B2")
    with pytest.raises(ValueError, match=r"^B2:C3 overlaps the merged cells A1:B2$"):
        merge(sheet, "B2:C3")
    merge(sheet, "C1:C2")
    assert sorted(area.coord for area in sheet.merged_cells.ranges) == ["A1:B2", "C1:C2"]


def test_one_cell_is_not_merged(sheet):
    assert (merge(sheet, "B2"), list(sheet.merged_cells.ranges)) == (sheet["B2"], [])


def test_an_area_without_rows_is_refused(sheet):
    with pytest.raises(ValueError, match=r"^A:B names no cells: write it like B2:C4$"):
        frame(sheet, "A:B", fill=BLUE)


# -- sheets and pages -------------------------------------------------------------------------------------------------


def test_the_normal_style_is_arial_10(sheet):
    font = loaded(sheet)["Z99"].font
    assert (font.name, font.size, font.scheme) == ("Arial", 10, None)
    assert 'defaultRowHeight="12.75"' in part(sheet, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Annex", "Annex"),
        ("a/b: [c]*?\\d", "a b c d"),
        ("'quoted'", "quoted"),
        ("", "Sheet"),
        ("\x00:", "Sheet"),
        ("History", "History (2)"),
        ("x" * 40, "x" * 30 + "…"),
        ("taken", "taken (2)"),
        ("y" * 31, "y" * 26 + "… (3)"),
    ],
)
def test_any_text_makes_a_legal_sheet_title(text, title):
    assert sheet_title(text, ["TAKEN", "y" * 31, "Y" * 26 + "… (2)"]) == title


def test_the_page_is_a4_landscape_on_one_page(sheet):
    put(sheet["A1"], "WGTU")
    set_up_page(sheet, header="Annex", footer="CSP11", print_area="A1:G9", title_rows="1:2")
    after = loaded(sheet)
    setup = after.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "landscape", 1, 1)
    assert (after.sheet_properties.pageSetUpPr.fitToPage, after.print_options.horizontalCentered) == (True, True)
    assert (after.print_area, after.print_title_rows) == ("'Annex'!$A$1:$G$9", "$1:$2")
    set_up_page(sheet, pages_high=None)
    assert loaded(sheet).page_setup.fitToHeight == 0


def test_headers_and_footers_say_what_they_were_told(sheet):
    set_up_page(sheet, header="Annex A & B", footer="CSP11 · R&D,\n&P &[Page] \x07")
    assert str(sheet.HeaderFooter.oddHeader) == '&R&"Arial,Bold"&9 Annex A && B'
    assert str(sheet.HeaderFooter.oddFooter) == (
        '&L&"Arial,Regular"&8 CSP11 · R&&D, &&P &&P&R&"Arial,Regular"&8 Page &P of &N'
    )


@pytest.mark.parametrize("text", ["x" * 5_000, "&" * 5_000, "x" * 200 + "&" * 100, "😀" * 300])
def test_headers_and_footers_end_before_the_limit_of_excel(sheet, text):
    set_up_page(sheet, header=text, footer=text)
    header, footer = str(sheet.HeaderFooter.oddHeader), str(sheet.HeaderFooter.oddFooter)
    lengths = [len(each.encode("utf-16-le")) // 2 for each in (header, footer)]
    assert [length <= 255 and length >= 250 for length in lengths] == [True, True]
    assert (header[-1], footer.endswith('…&R&"Arial,Regular"&8 Page &P of &N')) == ("…", True)
    assert header.removeprefix('&R&"Arial,Bold"&9 ').count("&") % 2 == 0


# -- bytes ------------------------------------------------------------------------------------------------------------


def full_workbook():
    workbook = new_workbook("CSP11 \x07")
    sheet = add_sheet(workbook, "Annex")
    put(merge(sheet, "A1:C1"), "Time", fill=BLUE)
    put_rich(sheet["A2"], [Run("WGETI", bold=True), Run("\nArticles 6&7", italic=True)])
    frame(sheet, "A1:C3", outline=THICK)
    set_up_page(sheet, header="Annex", footer="CSP11", print_area="A1:C3")
    sheet["C2"].comment = Comment("mind the gap", "chair")
    put(sheet["C3"], "link")
    sheet["C3"].hyperlink = "https://example.org/"
    board = add_sheet(workbook, "Board")
    for column, text in enumerate(("Session", "Room"), 1):
        put(board.cell(1, column), text)
        put(board.cell(2, column), text.lower())
    board.add_table(Table(displayName="sess_table", ref="A1:B2"))
    choice = DataValidation(type="list", formula1='"a,b"')
    choice.add("A2")
    board.add_data_validation(choice)
    return workbook


def test_the_same_workbook_gives_the_same_bytes_twice():
    workbook = full_workbook()
    assert save_bytes(workbook) == save_bytes(workbook)


def test_the_bytes_depend_on_neither_the_process_nor_its_clock():
    code = "import hashlib, test_workbook as t; print(hashlib.sha256(t.save_bytes(t.full_workbook())).hexdigest())"
    digests = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        path = os.pathsep.join([str(Path(__file__).parent), str(ROOT), str(ROOT / "tests")])
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": path}
        run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        digests.add(run.stdout)
    assert len(digests) == 1


def test_the_stamps_are_the_same_at_any_time():
    properties = load_workbook(io.BytesIO(save_bytes(full_workbook()))).properties
    assert (properties.created, properties.modified, properties.title) == (STAMP, STAMP, "CSP11")


def test_the_archive_begins_with_the_content_types_and_carries_one_date():
    with zipfile.ZipFile(io.BytesIO(save_bytes(full_workbook()))) as archive:
        assert archive.namelist()[:2] == ["[Content_Types].xml", "_rels/.rels"]
        assert archive.namelist()[2:] == sorted(archive.namelist()[2:])
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None
