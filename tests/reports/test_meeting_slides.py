"""The slides, opened again: a page each, every figure the meeting's, native charts and tables, text that is only text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from meeting_facts import facts
from opened_papers import (
    HOSTILE_TEXTS,
    chart_sheet,
    charts_of,
    deck,
    hostile_meeting,
    numbers_of,
    outside_links,
    shown,
    slide_texts,
)
from pptx.util import Inches

from domain.grades import BEHIND, UNKNOWN
from domain.meeting import (
    Bullet,
    BulletGroup,
    Figure,
    Line,
    LineTable,
    Meeting,
    MeetingPage,
    MonthCourse,
    Segment,
    SegmentBar,
)
from domain.number_texts import number
from domain.palette import DARK, GRADES
from reports.meeting.carried import foot_line
from reports.meeting.gathering import meeting_of
from reports.meeting.grade_words import grade_words
from reports.meeting.slide_blocks import block_heights, bullet_texts
from reports.meeting.slide_charts import text_on
from reports.meeting.slide_parts import Box, gap_words
from reports.meeting.slide_tables import SIZES, cell_texts, shape_of
from reports.meeting.slides import BODY, HIGH, WIDE, meeting_slides
from reports.meeting.words import LANGUAGES
from tests.domain.frames import states
from tests.meetings import BULLETS, COURSES, FIGURES, ISSUES, LEVELS, LONG_TEXT, MEETING, bullet, delayed

SLIDES = list(deck(meeting_slides(MEETING)).slides)
PAGES = [pytest.param(page, slide, id=page.code) for page, slide in zip(MEETING.pages, SLIDES, strict=True)]


def only(*blocks: object) -> Meeting:
    return replace(MEETING, pages=(MeetingPage("delayed", "标题", "标题", blocks),))  # type: ignore[arg-type]


@pytest.mark.parametrize(("page", "slide"), PAGES)
def test_a_page_is_a_slide(page: MeetingPage, slide: object) -> None:
    """Its title in the title's place, its number, what it stands on; the sources in the notes."""
    assert slide.shapes.title.text == shown(page.title)
    texts = slide_texts(slide)
    assert f"{MEETING.pages.index(page) + 1} / {len(MEETING.pages)}" in texts
    assert foot_line(MEETING, "zh") in texts
    notes = slide.notes_slide.notes_text_frame.text
    assert "数据来源" in notes and foot_line(MEETING, "zh") in notes
    assert (f"按数据生成的标题：{page.generated}" in notes) == bool(page.generated and page.generated != page.title)


@pytest.mark.parametrize(("page", "slide"), PAGES)
def test_figures_are_the_meetings(page: MeetingPage, slide: object) -> None:
    """Each figure, line and bar of the page stands on its slide, as text or in a native chart."""
    texts, charts = slide_texts(slide), charts_of(slide)
    points = [series.values for chart in charts for plot in chart.plots for series in plot.series]
    for part in numbers_of(page):
        if isinstance(part, Figure):
            assert part.text in texts and part.label in texts
        elif isinstance(part, Line):
            assert all(entry.text in texts for entry in part.entries)
        elif isinstance(part, Bullet):
            assert all(text in texts for text in bullet_texts(part, "zh"))
        elif isinstance(part, MonthCourse):
            assert tuple(dict(part.points).get(month) for month in range(1, 13)) in points
        elif part.value:
            assert (part.value,) in points


@pytest.mark.parametrize(("page", "slide"), PAGES)
def test_nothing_lies_outside_the_slide(page: MeetingPage, slide: object) -> None:
    """Or beneath another block: tables end above the foot."""
    for shape in slide.shapes:
        assert shape.left >= 0 and shape.left + shape.width <= Inches(WIDE)
        assert shape.top >= 0 and shape.top + shape.height <= Inches(HIGH)
        if shape.has_table:
            height = sum(row.height for row in shape.table.rows)
            assert shape.top + height <= Inches(BODY.bottom) + 1000
            assert sum(column.width for column in shape.table.columns) == pytest.approx(Inches(BODY.width), abs=100)


def test_the_bars_of_a_target() -> None:
    """Share done, share due and target in percent, in chart and workbook alike; without a target nothing is drawn."""
    [chart] = charts_of(SLIDES[1])[:1]
    [grounds, front] = [[series.values for series in plot.series] for plot in chart.plots]
    assert front == [(62.5, 50.0, 75.0, None, None)]
    assert grounds[0] == (100.0, 100.0, 100.0, 100.0, None)
    assert grounds[1] == pytest.approx((66.6667,) * 4 + (None,), abs=1e-3)
    rows = [[cell.value for cell in row] for row in chart_sheet(chart).iter_rows()]
    assert [row[0] for row in rows[1:]] == [each.label for each in BULLETS]
    assert [row[3] for row in rows[1:]] == [62.5, 50, 75, None, None]
    colours = [chart.plots[1].series[0].points[at].format.fill.fore_color.rgb for at in range(3)]
    assert [f"#{colour}" for colour in colours] == [GRADES[each.grade].colour for each in BULLETS[:3]]


def test_a_group_without_targets_has_no_chart() -> None:
    """Its figures stand alone."""
    [slide] = deck(meeting_slides(only((BulletGroup("全区", (bullet("产业投资", 5, None, UNKNOWN),)),)))).slides
    assert charts_of(slide) == [] and "无目标" in slide_texts(slide)


def test_a_course_with_a_gap_and_without_a_target() -> None:
    """A month without a return stays empty in the workbook; no target, no line to it."""
    first, _, empty, _ = charts_of(SLIDES[1])[1:]
    assert chart_sheet(first)["B5"].value is None and chart_sheet(first)["B4"].value == 13
    assert [series.name for series in first.plots[0].series] == ["完成", "序时"]
    assert [series.name for series in empty.plots[0].series] == ["完成"]
    assert COURSES[0].points[3] == (4, None)


def test_parts_of_a_whole() -> None:
    """Parts that are there, in their colours; a whole without parts is said."""
    [chart] = charts_of(SLIDES[5])
    assert [series.name for series in chart.plots[0].series] == [part.label for part in LEVELS.segments if part.value]
    [slide] = deck(meeting_slides(only(SegmentBar("堵点", (Segment("县", 0, "level_county"),))))).slides
    assert charts_of(slide) == [] and "无。" in slide_texts(slide)


def test_an_empty_table_says_so() -> None:
    """In its own words."""
    assert "没有滞后项目。" in slide_texts(SLIDES[0])


def test_what_is_cut_stands_in_the_notes() -> None:
    """A text that no type makes fit is cut on the slide and whole beside it; so is what the annex holds."""
    long = LONG_TEXT * 9
    lines = tuple(replace(line, entries=(*line.entries[:1], replace(line.entries[1], text=long), *line.entries[2:])) for line in ISSUES.lines)
    [slide] = deck(meeting_slides(only(FIGURES, LEVELS, replace(ISSUES, lines=lines)))).slides
    notes = slide.notes_slide.notes_text_frame.text
    assert "…" in slide_texts(slide) and long not in slide_texts(slide)
    assert long in notes and "另有 3 项见附件" in notes


def test_type_is_as_large_as_all_lines_allow() -> None:
    """Few lines are set large, many small; rows never need more than there is."""
    few, many = (cell_texts(delayed(count), "zh") for count in (2, 7))
    large, small = (shape_of(delayed(1).headings, texts, 12.0, 2.6) for texts in (few, many))
    assert large.size == SIZES[0] > small.size
    assert sum(small.heights) <= 2.6 + 1e-6 and sum(large.widths) == pytest.approx(12.0)


def test_columns_without_a_name_share_the_width() -> None:
    """All of them grow."""
    table = LineTable(delayed(1).headings[2:5], tuple(replace(line, entries=line.entries[2:5]) for line in delayed(1).lines))
    shape = shape_of(table.headings, cell_texts(table, "zh"), 12.0, 2.0)
    assert sum(shape.widths) == pytest.approx(12.0)


# name, blocks, heights that are fixed, how many share the rest
HEIGHTS = [
    ("figures, a bar, a table", (FIGURES, LEVELS, ISSUES), 1),
    ("targets and courses", ((BulletGroup("", BULLETS),), COURSES), 1),
    ("groups alone", ((BulletGroup("甲", BULLETS), BulletGroup("乙", BULLETS)),), 0),
    ("figures alone", (FIGURES,), 0),
]


@pytest.mark.parametrize(("blocks", "growing"), [case[1:] for case in HEIGHTS], ids=[case[0] for case in HEIGHTS])
def test_blocks_share_a_page(blocks: tuple, growing: int) -> None:
    """Together they are as high as the page, or lower where nothing grows."""
    heights = block_heights(blocks, BODY.height)
    together = sum(heights) + 0.18 * (len(blocks) - 1)
    assert together <= BODY.height + 1e-9
    assert (together == pytest.approx(BODY.height)) == bool(growing or isinstance(blocks[0][0], BulletGroup))


def test_a_block_of_nothing_is_left_out() -> None:
    """A page without figures has its other blocks."""
    [slide] = deck(meeting_slides(only((), delayed(1)))).slides
    assert "竣工 +1,066 天" in slide_texts(slide)


def test_a_dark_deck() -> None:
    """On the ground of the screen, in its colours of the grades."""
    made = deck(meeting_slides(MEETING, ground="dark"))
    assert f"#{made.slide_master.background.fill.fore_color.rgb}" == DARK.ground
    colours = {
        f"#{run.font.color.rgb}"
        for slide in made.slides for shape in slide.shapes if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs for run in paragraph.runs
    }  # fmt: skip
    assert GRADES[BEHIND].dark in colours and GRADES[BEHIND].text_colour not in colours


@pytest.mark.parametrize(("colour", "text"), [("#14263D", "#FFFFFF"), ("#C9D5DF", "#14263D"), ("#A61B1B", "#FFFFFF")])
def test_a_number_stands_out_of_its_bar(colour: str, text: str) -> None:
    """White on dark parts, dark on light ones."""
    assert text_on(colour) == text


# name, bullet, words
GAPS = [
    ("behind", BULLETS[1], "▲ -16.7 个百分点"),
    ("on track", BULLETS[2], "● +8.3 个百分点"),
    ("not reported", BULLETS[3], "○ 未报"),
    ("without a target", BULLETS[4], "—"),
]


@pytest.mark.parametrize(("given", "words"), [case[1:] for case in GAPS], ids=[case[0] for case in GAPS])
def test_a_gap_is_told_by_shape_and_words(given: Bullet, words: str) -> None:
    """Never by colour alone."""
    assert gap_words(given, "zh") == words
    assert grade_words(BEHIND, "zh") == "▲ 滞后" and grade_words(None, "zh") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_meeting_without_a_return(language: str) -> None:
    """Nothing is on record: seven slides that say so, in either language."""
    meeting = meeting_of(facts(states(project_name=[])), language=language)
    made = deck(meeting_slides(meeting, language))
    assert [slide.shapes.title.text for slide in made.slides] == [page.title for page in meeting.pages]


def test_progress_is_told() -> None:
    """Before each slide and at the end, never backwards."""
    told: list[tuple[float, str]] = []
    meeting_slides(MEETING, progress=lambda share, what: told.append((share, what)))
    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert told[-1][0] == 1.0 and [what for _, what in told[:-1]] == [page.title for page in MEETING.pages]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_what_people_type_stays_text(text: str) -> None:
    """On slides, in notes, in the workbooks of charts: as typed, no formula, no way out of the file."""
    content = meeting_slides(hostile_meeting(text))
    assert outside_links(content) == []
    for slide in deck(content).slides:
        assert slide.shapes.title.text == shown(f"{text}页")
        for chart in charts_of(slide):
            cells = [cell for row in chart_sheet(chart).iter_rows() for cell in row if cell.value is not None]
            assert {cell.data_type for cell in cells} <= {"s", "n"}
            names = [cell.value for cell in cells if cell.data_type == "s" and cell.column == 1]
            assert names == [shown(text)] * len(names) or names == [str(month) for month in range(1, 13)]


def test_the_file_names_nobody() -> None:
    """Title and time of the seal alone; one layout, 16:9, the office's face."""
    made = deck(meeting_slides(MEETING))
    core = made.core_properties
    assert (core.title, core.author, core.last_modified_by) == ("2024年8月例会", "", "")
    assert core.created.isoformat()[:16] == "2024-09-10T09:30"
    assert len(made.slide_layouts) == 1 and made.slide_width / made.slide_height == pytest.approx(16 / 9, abs=1e-3)
    assert deck(meeting_slides(replace(MEETING, seal=None))).core_properties.created.date() == MEETING.day


def test_boxes() -> None:
    """Beside each other with a gap; above and below."""
    box = Box(1, 1, 10, 4)
    assert [each.left for each in box.split(2, 1)] == [1, 6.5]
    assert (box.first(1).height, box.below(1).top, box.below(1).bottom) == (1, 2, box.bottom)
    assert number(None) == "—"
