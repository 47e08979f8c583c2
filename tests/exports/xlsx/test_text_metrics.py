import pytest
from support.cells import column_pixels

from exports.annex.text_metrics import (
    _AFTER_MARKS,
    CELL_PADDING_PIXELS,
    Run,
    _filled,
    _paragraphs,
    column_width,
    line_height,
    text_height,
    text_pixels,
)


def texts(runs, width_pixels, points=10.0):
    room = max(width_pixels - CELL_PADDING_PIXELS, 1)
    return [
        "".join(glyph.character for glyph in glyphs[start:end]).rstrip(" " if end < len(glyphs) else "")
        for glyphs in _paragraphs(runs, points)
        for start, end in _filled(glyphs, room, _AFTER_MARKS)
    ]


def height_in_lines(runs, width_pixels):
    return text_height(runs, 10, width_pixels) / 12.75


def test_letters_have_the_widths_of_arial():
    # 1000 points are 4000/3 pixels an em; Arial: A 0.667, a 0.556 (rounded up 0.557), em dash 1, bold A 0.722 (0.723)
    em = 1000 * 96 / 72
    assert text_pixels("A", 1000) == pytest.approx(0.667 * em)
    assert text_pixels("a", 1000) == pytest.approx(0.557 * em)
    assert text_pixels("\u2014", 1000) == pytest.approx(em)
    assert text_pixels("A", 1000, bold=True) == pytest.approx(0.723 * em)


@pytest.mark.parametrize(
    "text", ["ÀÉîõüßŒœŁłŠšŽž", "Ελλάδα", "Рабочая группа", "\u2013\u2014\u2018\u2019“”•…€№™", "Ơơảệ"]
)
@pytest.mark.parametrize("bold", [False, True])
def test_european_scripts_and_punctuation_are_in_the_tables(text, bold):
    fallback = 0.8 * 1000 * 96 / 72
    assert [letter for letter in text if text_pixels(letter, 1000, bold=bold) == pytest.approx(fallback)] == []


def test_what_arial_lacks_gets_a_generous_width_and_marks_get_none():
    em = 1000 * 96 / 72
    assert text_pixels("条", 1000) == pytest.approx(em)
    assert text_pixels("ع", 1000) == pytest.approx(0.8 * em)
    assert text_pixels("\u0301\u00ad\u200b\x07", 1000) == 0
    assert text_pixels("😀", 1000) == pytest.approx(1.4 * em)


def test_a_column_width_is_counted_in_digits_of_seven_pixels():
    assert column_pixels(20) == 140
    assert [pixels for pixels in range(1, 1000) if column_pixels(column_width(pixels)) != pixels] == []


def test_a_line_of_arial_10_is_12_75_points_high():
    assert [line_height(points) for points in (8, 9, 10, 14, 16, 20)] == [11.25, 12.0, 12.75, 18.0, 20.25, 25.5]


def test_lines_break_at_blanks_and_the_blanks_hang_over_the_end():
    session = [Run("WGETI\n", bold=True), Run("Sub-working Group on exchange of national implementation practices")]
    assert texts(session, 150) == [
        "WGETI",
        "Sub-working Group on",
        "exchange of national",
        "implementation",
        "practices",
    ]
    assert texts([Run("ab    ab")], 5 + 15) == ["ab", "ab"]


def test_bold_needs_more_lines_than_regular():
    words = "implementation " * 6
    assert height_in_lines([Run(words)], 190) == 3
    assert height_in_lines([Run(words, bold=True)], 190) == 6


def test_superscript_is_two_thirds_as_wide():
    assert texts([Run("1"), Run("st", superscript=True), Run(" CSP8")], 5 + 55) == ["1st CSP8"]
    assert texts([Run("1"), Run("st"), Run(" CSP8")], 5 + 55) == ["1st", "CSP8"]


def test_a_word_longer_than_the_line_starts_on_its_own_line_and_is_cut_where_the_line_is_full():
    # Five pixels of padding; ten digits of 7.43 pixels each are 74.3.
    assert texts([Run("ab " + "1" * 25)], 5 + 75) == ["ab", "1" * 10, "1" * 10, "1" * 5]


def test_every_newline_counts_and_no_text_is_one_line():
    assert height_in_lines([], 100) == 1
    assert height_in_lines([Run("")], 100) == 1
    assert height_in_lines([Run("a\r\nb\rc\n")], 100) == 4


def test_chinese_breaks_between_characters_but_not_before_a_full_stop():
    assert texts([Run("条约条约条。")], 5 + 5 * 13.4) == ["条约条约", "条。"]


def test_the_height_allows_for_readers_that_break_at_blanks_only():
    runs = [Run("aaaa bbbb-cccc dddd")]
    assert texts(runs, 5 + 68) == ["aaaa bbbb-", "cccc dddd"]
    assert height_in_lines(runs, 5 + 68) == 3
    assert text_height(runs, 10, 5 + 68) == 3 * 12.75


def test_a_line_is_as_high_as_its_largest_letters():
    header = [Run("Tuesday\n", bold=True, points=14), Run("15 February", points=8)]
    assert text_height(header, 10, 200) == 18.0 + 11.25


def test_a_line_of_another_script_is_higher():
    assert text_height([Run("WGETI")], 10, 200) == 12.75
    assert text_height([Run("条约")], 10, 200) == 17.25


def test_a_text_may_be_higher_than_a_row():
    lines = [Run("line\n" * 99)]
    assert text_height(lines, 10, 100) == 100 * 12.75


def test_a_column_narrower_than_a_letter_still_ends():
    assert texts([Run("abc")], 0) == ["a", "b", "c"]


def test_a_long_hostile_text_takes_no_long_time():
    assert height_in_lines([Run("x" * 40_000)], 150) == 1905
    assert height_in_lines([Run(" " * 40_000)], 150) == 1
    assert height_in_lines([Run("\ud800" * 5)], 150) == 1
