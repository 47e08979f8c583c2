"""The comparison page: inert, well formed, readable for everybody; and the workbook and the revision."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import pytest
from openpyxl import load_workbook
from support.letters import SCENARIOS, document, entry, from_data, letter
from support.pages import Page
from support.small import scenario as small
from support.small import timetable

from exports.html.compare import html_bytes
from exports.html.pages import said
from exports.html.style import CONTRASTS, STYLE
from exports.revision import number_of, revise
from exports.xlsx.compare import comparison_workbook
from scheduler.comparison.compare import Comparison, compare
from scheduler.comparison.option import Option
from scheduler.outcome import Outcome, Settings, Status
from scheduler.reading.loading import load
from scheduler.replanning.published import places
from scheduler.replanning.replan import replan
from scheduler.solving.engine import solve

HOSTILE = "<script>alert(1)</script>"


def option(letter_: str, scenario) -> Option:  # type: ignore[no-untyped-def]
    outcome = solve(scenario, Settings(workers=1))
    reasons = ("27 h are asked for, 24 h exist.",) if outcome.timetable is None else ()
    return Option(letter_, scenario.option or "", scenario, outcome.timetable, outcome.status.value, reasons=reasons)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    paths = sorted((SCENARIOS / "options").glob("csp11*.yaml"))
    options = [option(name, load(path).scenario) for name, path in zip("ABCDE", paths, strict=True)]
    return compare(options)


@pytest.fixture(scope="module")
def source(comparison: Comparison) -> str:
    return html_bytes(comparison).decode()


@pytest.fixture(scope="module")
def page(source: str) -> Page:
    return Page(source)


def test_every_tag_is_closed_in_its_turn(page: Page) -> None:
    assert page.open == []


def test_the_page_is_self_contained_and_forbids_scripts(page: Page, source: str) -> None:
    assert {tag for tag, _ in page.tags} & {"script", "img", "link", "iframe", "object", "form", "base"} == set()
    assert [
        a for _, attributes in page.tags for a in attributes if a.startswith("on") or a in ("src", "srcset", "style")
    ] == []
    assert {str(a["href"])[0] for a in page.of("a")} == {"#"}
    policies = [a["content"] for a in page.of("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"]
    assert re.findall(r"url\(|@import|https?://", source) == []


@pytest.mark.parametrize(
    "hostile", [HOSTILE, "<img src=x onerror=alert(1)>", '"><b>', "</style><script>", "&lt;script&gt;"]
)
def test_whatever_a_scenario_says_stays_text(hostile: str) -> None:
    data = document("csp11")
    data["option"] = data["meeting"]["series"] = data["meeting"]["annex_title"] = hostile
    data["meeting"]["footnotes"] = [hostile]
    for session in entry(data, "bodies", "WGETI")["sessions"]:
        session["title"] = hostile
    entry(data, "bodies", "WGTR")["label"] = hostile
    data["side_events"] = [{"day": "2025-02-25", "title": hostile, "room": hostile}]
    clean, changed = document("csp11"), from_data(data)
    source = html_bytes(compare([option("A", from_data(clean)), option("B", changed)])).decode()
    page = Page(source)
    harmless = Page(html_bytes(compare([option("A", from_data(clean)), option("B", from_data(clean))])).decode())
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in harmless.tags} | {"sup"}
    assert page.text("main").count(hostile) >= 8
    assert hostile not in re.sub(r"&lt;|&gt;|&quot;|&amp;", "", source)


def test_characters_that_turn_the_direction_of_writing_are_left_out() -> None:
    assert said("a\u202eb\u2066c\x07d\ne") == "abcd e"


def test_language_headings_tables_and_links_serve_a_screen_reader(page: Page) -> None:
    assert page.of("html") == [{"lang": "en"}]
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(page.of("caption")) == len(page.of("table")) == 5
    assert {str(a.get("scope")) for a in page.of("th")} == {"row", "col"}
    ids = [str(attributes["id"]) for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {str(a["href"])[1:] for a in page.of("a")} <= set(ids)
    labelled = [str(a["aria-labelledby"]) for _, a in page.tags if "aria-labelledby" in a]
    assert set(labelled) <= set(ids)
    regions = [a for _, a in page.tags if a.get("role") == "region"]
    assert [a["tabindex"] for a in regions] == ["0"] * 5
    assert all("aria-label" in a or "aria-labelledby" in a for a in regions)


def test_a_change_is_marked_in_words_and_not_in_colour_alone(page: Page, comparison: Comparison) -> None:
    changed = [a for a in page.of("td") if "changed" in str(a.get("class"))]
    marks = [a for a in page.of("div") if a.get("class") == "mark"]
    proper = [move for changes in comparison.changes for move in changes or () if move.slot is None]
    assert len(changed) >= len(proper)
    assert len(marks) >= 2 * len(changed)  # in the table, and in the list for telephones
    assert page.text("td").count("was Thu 11:30") == 2  # where the session begins, and nowhere else
    assert page.text("td").count(" best") == sum(len(row.best) for row in comparison.rows)


def test_text_is_told_from_its_ground() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one: str, other: str) -> float:
        low, high = sorted((light(one), light(other)))
        return (high + 0.05) / (low + 0.05)

    assert [pair for pair in CONTRASTS if contrast(*pair) < 4.5] == []


def test_the_impossible_option_stands_on_the_page_with_its_reason(page: Page) -> None:
    assert "E: With DIEF, nothing else changed impossible" in page.text("h2")
    assert "27 h are asked for, 24 h exist." in page.text("section")


def test_equal_comparisons_give_equal_pages(comparison: Comparison, source: str) -> None:
    assert html_bytes(compare(comparison.options)).decode() == source


def test_the_workbook_has_a_summary_and_a_sheet_for_each_option(comparison: Comparison) -> None:
    workbook = load_workbook(io.BytesIO(comparison_workbook(comparison)), rich_text=True)
    titles = workbook.sheetnames
    assert titles[:3] == ["Criteria", "In short", "Moves"]
    assert [title[0] for title in titles[3:]] == ["A", "B", "C", "D", "E"]
    assert workbook["Criteria"]["C2"].value == "4 days (best)"
    words = [str(cell.value) for row in workbook[titles[4]].iter_rows() for cell in row if cell.value]
    assert sum("⇄ was" in text or "⇄ new" in text for text in words) == 3  # two only begin with a slot opened earlier


def test_the_revision_strikes_the_old_place_and_marks_the_new_one() -> None:
    before, after = letter("csp12"), load(SCENARIOS / "options" / "csp12-d-chair-away.yaml").scenario
    old = solve(before, Settings(workers=1)).timetable
    assert old is not None
    answer = replan(after, places(after, old), settings=Settings(workers=1))
    revision = revise(before, old, after, answer.outcome)
    sheet = load_workbook(io.BytesIO(dict(revision.files())["xlsx"]), rich_text=True)["Annex"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    struck = [
        str(cell.value) for cell in cells if not isinstance(cell.value, str) and any(b.font.strike for b in cell.value)
    ]
    marked = [cell for cell in cells if "⇄ was" in str(cell.value)]
    assert [("Voluntary Trust Fund" in text, "Overview" in text) for text in struck] == [(False, True), (True, False)]
    assert len(marked) == 2
    assert {cell.border.left.style for cell in marked} == {"thick"}
    assert str(sheet["A1"].value) == "DRAFT SCHEDULE OF CSP12 INFORMAL PREPARATORY MEETING: 27 - 28 MAY 2026 (Rev.1)*"
    assert "Annex Rev.1" in str(sheet.HeaderFooter.oddHeader.right.text)
    assert str(cells[-1].value).startswith("⇄ Rev.1: What is new or changed has ⇄ and says how it was, and its cell")
    assert number_of(revision.scenario.meeting) == 1
    again = revise(revision.scenario, old, after, answer.outcome)
    assert again.scenario.meeting.annex_title.endswith("(Rev.2)")
    notes = [note for note in again.scenario.meeting.footnotes if "Rev." in note]
    assert [note.split(":")[0] for note in notes] == ["⇄ Rev.2"]


def test_in_a_revision_a_session_that_only_takes_less_is_struck_where_it_sits_no_more() -> None:
    before, after = small({"A": "6h", "B": "3h"}), small({"A": "3h", "B": "3h"})
    old, new = (timetable(week, {"a": "Tue 10:00", "b": "Wed 10:00"}) for week in (before, after))
    grid = revise(before, old, after, Outcome(Status.OPTIMAL, new, 0, 0)).layout
    cells = [(cell.entry.body, cell.entry.struck, cell.entry.starts) for cell in grid.bands[0].cells if cell.entry]
    assert cells == [("A", False, 600), ("A", True, 900), ("B", False, 600)]
    assert grid.footnotes[-1].text.endswith("A takes 3 h instead of 6 h.")
    assert (grid.title.text, len(grid.footnotes)) == ("SMALL (Rev.1)", 1)


def test_every_landmark_has_a_name_of_its_own(page: Page) -> None:
    names = [a.get("aria-label") or a.get("aria-labelledby") for tag, a in page.tags if tag in ("section", "nav")]
    names += [a.get("aria-label") or a.get("aria-labelledby") for _, a in page.tags if a.get("role") == "region"]
    assert len(names) == len(set(names))


def test_a_narrow_screen_has_the_side_events_and_the_letter_of_each_figure() -> None:
    data = document("csp11")
    data["side_events"] = [{"day": "2025-02-25", "title": "Briefing on arms", "hours": "13:15-14:45"}]
    scenario = from_data(data)
    page = Page(html_bytes(compare([option("A", scenario), option("B", scenario)])).decode())
    assert page.text("ol").count("Briefing on arms") == 2
    letters = [text for tags, text in page.inside if tags[-2:] == ("td", "span") and text in ("A", "B")]
    rows = sum("rowspan" not in a and a.get("scope") == "row" for a in page.of("th"))
    assert letters == ["A", "B"] * (rows - 2)  # but for the row of side events of either grid


def test_what_only_begins_with_an_earlier_slot_is_told_in_one_line_and_not_marked(page: Page) -> None:
    assert "3 changes; 2 sessions only with the opening hour" in page.text("h2")
    assert (
        "WGETI Sub-working Group on exchange of national implementation practices and WGTR begin at 09:00 instead of "
        "10:00, with the slot."
    ) in page.text("ol")


def test_rows_below_a_criterion_stay_with_it_on_paper(source: str) -> None:
    groups = re.findall(r"<tbody>(.*?)</tbody>", source.split('class="options')[0], re.DOTALL)
    assert all(not group.startswith('<tr class="part"') for group in groups)
    assert sum("Americas" in group and "worst region" in group for group in groups) == 1


def test_nothing_on_paper_is_smaller_than_eight_points() -> None:
    paper = STYLE.split("@media print")[1]
    assert min(float(size) for size in re.findall(r"font-size:([\d.]+)pt", paper)) == 8
    assert re.search(r"html\{font-size:10pt\}", paper)  # so that .8rem, the smallest in rem, is 8 points
    assert min(float(size) for size in re.findall(r"font-size:([\d.]+)rem", paper) or ["1"]) >= 0.8


def test_the_title_of_a_page_of_several_series_says_once_what_it_is() -> None:
    one, other = document("csp11"), document("csp12")
    page = html_bytes(compare([option("A", from_data(one)), option("B", from_data(other))])).decode()
    assert "<title>Options side by side</title>" in page
    alone = html_bytes(compare([option("A", from_data(one)), option("B", from_data(one))])).decode()
    assert f"<title>{one['meeting']['series']}: options side by side</title>" in alone


def test_hours_break_after_the_dash_where_the_column_is_narrow() -> None:
    page = html_bytes(compare([option("A", from_data(document("csp11")))])).decode()
    assert ">10:00\u00a0\u2013 13:00</th>" in page


def test_programmes_of_many_rooms_are_shown_as_tables_of_days_in_the_page_and_in_the_workbook() -> None:
    rooms = [{"id": name, "name": f"Room {name.upper()}"} for name in "abcd"]
    made = small({name.upper(): {name: "3h"} for name in "klmn"}, days=["2025-02-25"], rooms=rooms)
    held = [
        timetable(made, {k: f"Tue {hour} {r}" for k, r in zip("klmn", "abcd", strict=True)})
        for hour in ("10:00", "15:00")
    ]
    found = compare([Option(letter, letter, made, table, "") for letter, table in zip("AB", held, strict=True)])
    page = html_bytes(found).decode()
    assert page.count('<table class="grid rooms"><caption>Tuesday 25 February</caption>') == 2
    assert 'class="options of1 full"' in page
    Page(page)
    sheet = load_workbook(io.BytesIO(comparison_workbook(found))).worksheets[-1]
    assert [cell.value for cell in sheet[4]] == ["Time", "Room A", "Room B", "Room C", "Room D"]
