"""Tables on a sheet: where they begin, their columns under merged headings, and what each row is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import blocks_of, sheet

from loaders.tables import BLANK, CONTINUED, DATA, GROUP, NAMELESS, TOTAL, cell_address, column_letter, find_blocks

HEADINGS = ["序号", "项目名称", "总投资", "形象进度", "备注"]
TITLE = ["滨海片区2024年8月项目表"]


def rows_of(*rows: list[object]) -> list[tuple[str, str]]:
    """(kind, text) of the rows under the usual headings; notes and blank rows are no rows."""
    (block,) = blocks_of([TITLE, HEADINGS, *rows])
    return [(row.kind, row.text) for row in block.rows]


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (199, "GR"), (702, "AAA")])
def test_column_letters(index: int, letters: str) -> None:
    """A zero-based column becomes the letters that Excel shows."""
    assert column_letter(index) == letters
    assert cell_address(22, index) == f"{letters}23"


class TestFindingTables:
    def test_a_table_starts_where_the_headings_are(self) -> None:
        """Title and unit line stand over it; nothing depends on the row's number."""
        (block,) = blocks_of([[], TITLE, ["单位：万元", None, None, "8月"], HEADINGS, [1, "风电", 5]])
        assert (block.heading_top, block.heading_bottom, block.name_column) == (3, 3, 1)
        assert block.title == TITLE[0]
        assert block.above == [TITLE[0], "单位：万元    8月"]
        assert [column.leaf for column in block.columns] == HEADINGS

    def test_a_table_may_begin_at_once(self) -> None:
        """Without a line over the headings there is no title."""
        (block,) = blocks_of([HEADINGS, [1, "风电", 5]])
        assert (block.title, block.above) == ("", [])

    @pytest.mark.parametrize(
        "rows",
        [
            [],
            [[None]],
            [["项目名称", "备忘"], ["风电", "x"]],
            [["总投资", "形象进度", "备注"], [5, "x", "y"]],
            [["项目名称", "总投资"], ["风电", 5]],
            [[5, 6, 7]],
        ],
        ids=["empty", "blank", "unknown headings", "no name", "two known headings", "numbers"],
    )
    def test_no_table(self, rows: list[list[object]]) -> None:
        """A table needs a heading for names and two further known ones."""
        assert blocks_of(rows) == []

    def test_two_tables_on_a_sheet(self) -> None:
        """The second begins at its own headings; the lines between belong to it."""
        first, second = blocks_of(
            [
                TITLE,
                HEADINGS,
                [1, "风电", 5],
                ["合计", None, 5],
                [],
                ["二、基础设施项目"],
                HEADINGS,
                [1, "道路", 6],
                [2, "管网", 7],
            ]
        )
        assert [(row.kind, row.text) for row in first.rows] == [(DATA, "风电"), (TOTAL, "合计")]
        assert [row.text for row in second.rows] == ["道路", "管网"]
        assert (second.title, second.heading_top) == ("二、基础设施项目", 6)

    def test_the_last_rows_of_a_table_are_no_headings_of_the_next(self) -> None:
        """A total row with figures directly over the next headings stays a total row."""
        first, second = blocks_of([HEADINGS, [1, "风电", 5], ["合计", None, 5], HEADINGS, [1, "道路", 6]])
        assert [row.kind for row in first.rows] == [DATA, TOTAL]
        assert second.heading_top == 3
        assert second.columns[0].path == ("序号",)

    def test_only_the_nearest_lines_belong_to_a_second_table(self) -> None:
        """Three short lines over a second table are its own, a row of four cells is not."""
        rows = [HEADINGS, [1, "风电", 5, "x"], ["甲"], ["乙"], ["丙"], ["丁"], HEADINGS, [1, "道路", 6]]
        assert blocks_of(rows)[1].above == ["乙", "丙", "丁"]
        assert blocks_of([HEADINGS, [1, "风电", 5, "x"], HEADINGS, [1, "道路", 6]])[1].above == []


class TestHeadings:
    def test_two_rows_of_merged_headings(self) -> None:
        """A heading over several columns goes before each of theirs; one merged down stands once."""
        rows = [
            TITLE,
            ["序号", "项目名称", "完成投资（万元）", None, "工期", None],
            [None, None, "本月", "累计", "开工时间", "竣工时间"],
            [1, "风电", 5, 6, "8月", "12月"],
        ]
        (block,) = blocks_of(rows, "A2:A3", "B2:B3", "C2:D2", "E2:F2")
        assert (block.heading_top, block.heading_bottom) == (1, 2)
        assert [column.heading for column in block.columns] == [
            "序号", "项目名称", "完成投资（万元）/本月", "完成投资（万元）/累计", "工期/开工时间", "工期/竣工时间",
        ]  # fmt: skip
        assert [row.text for row in block.rows] == ["风电"]

    def test_a_second_row_without_merges(self) -> None:
        """A further row of known headings under the first is a heading row even where nothing is merged."""
        rows = [
            ["序号", "项目名称", "总投资", "时间"],
            [None, None, "甲地", "开工时间"],
            [None, None, "设备投资", "竣工时间"],
            [1, "风电", 5, "8月"],
        ]
        (block,) = blocks_of(rows)
        assert block.heading_bottom == 0
        rows[1] = [None, None, "设备投资", "开工时间"]
        (block,) = blocks_of(rows)
        assert block.heading_bottom == 2
        assert block.columns[2].heading == "总投资/设备投资"

    def test_a_row_with_numbers_is_no_heading(self) -> None:
        """A nameless row of words and figures under the headings is not one of them."""
        (block,) = blocks_of([["项目名称", "总投资", "备注"], [None, 5, "备注"], ["风电", 5, "x"]])
        assert block.heading_bottom == 0

    def test_group_headings_above_the_name(self) -> None:
        """The name may stand in the lower row, under a row that groups the columns."""
        rows = [
            TITLE,
            [None, None, "投资情况", None, "进度"],
            ["序号", "项目名称", "总投资", "设备投资", "形象进度"],
            [1, "风电", 5, 2, "x"],
        ]
        (block,) = blocks_of(rows, "C2:D2")
        assert (block.heading_top, block.heading_bottom) == (1, 2)
        assert block.columns[3].heading == "投资情况/设备投资"

    def test_unit_and_date_lines_are_no_headings(self) -> None:
        """A line with unit and date over the headings holds two texts, and is a line all the same."""
        (block,) = blocks_of([TITLE, ["单位：万元", None, None, "填报日期：9月2日"], HEADINGS, [1, "风电", 5]])
        assert block.heading_top == 2

    def test_line_breaks_go_from_a_heading(self) -> None:
        """The heading as shown has no spaces inside."""
        (block,) = blocks_of([["序 号", "项目\n名称", "总投资"], [1, "风电", 5]])
        assert [column.heading for column in block.columns] == ["序号", "项目名称", "总投资"]

    def test_a_very_tall_merge_is_no_heading(self) -> None:
        """A merge over many rows is a table's own, not a heading over all of them."""
        rows = [["序号", "项目名称", "总投资", "形象进度"], *[[n, f"项目{n}", 5, "x"] for n in range(1, 12)]]
        (block,) = blocks_of(rows, "D1:D12")
        assert block.heading_bottom == 0
        assert len(block.rows) == 11

    def test_a_merge_outside_the_cells_is_left_alone(self) -> None:
        """Areas that begin beside the cells do not disturb."""
        assert len(blocks_of([HEADINGS, [1, "风电", 5]], "H1:J2", "A9:B9")) == 1


class TestRows:
    @pytest.mark.parametrize(
        ("row", "kind", "text"),
        [
            ([1, "风电", 5, "主体封顶"], DATA, "风电"),
            ([None, "风电", None, "主体封顶"], DATA, "风电"),
            (["一、新开工项目（3个）"], GROUP, "一、新开工项目(3个)"),
            (["（一）滨海片区"], GROUP, "(一)滨海片区"),
            (["1、续建项目2个"], GROUP, "1、续建项目2个"),
            (["其中：亿元以上项目"], GROUP, "其中:亿元以上项目"),
            (["一", "新开工项目", 5], GROUP, "新开工项目"),
            (["一", "新开工项目3个", 5, "x", "y"], GROUP, "新开工项目3个"),
            (["合计", None, 5], TOTAL, "合计"),
            ([None, "总计（3个）", 5], TOTAL, "总计(3个)"),
            (["滨海片区小计", None, 5], TOTAL, "滨海片区小计"),
            ([3, None, 5, "x"], NAMELESS, "3"),
            ([3, None, 5], NAMELESS, "3"),
            ([None, None, "未定", 5, "x"], NAMELESS, "未定"),
        ],
    )
    def test_kind_of_a_row(self, row: list[object], kind: str, text: str) -> None:
        """Projects, groups, totals and rows whose name is missing are told apart by words and filled cells."""
        assert rows_of(row, [9, "末行", 5])[0] == (kind, text)

    @pytest.mark.parametrize(
        "row",
        [
            [],
            [None, "  ", "—"],
            [1, 2, 3, 4, 5],
            [7],
            ["注：本表为快报数"],
            ["注1"],
            ["*含设备投资"],
            ["填报人：", "张某", "审核："],
            [None, "备注：以上为快报数"],
        ],
        ids=[
            "empty",
            "dashes",
            "column numbers",
            "prepared serial",
            "note",
            "note 1",
            "star note",
            "signature",
            "note in the name column",
        ],
    )
    def test_rows_that_are_none(self, row: list[object]) -> None:
        """Blank rows, column numbers, serials without a project, notes and signatures are no rows."""
        assert rows_of(row, [9, "末行", 5]) == [(DATA, "末行")]

    def test_projects_whose_names_look_like_notes(self) -> None:
        """注塑 is a product and ★ or * a mark, also in a list without serial numbers."""
        (block,) = blocks_of([["项目名称", "总投资", "备注"], ["注塑件生产线", 5], ["*风电", 6], ["★光伏", 7]])
        assert [(row.kind, row.text) for row in block.rows] == [
            (DATA, "注塑件生产线"),
            (DATA, "*风电"),
            (DATA, "★光伏"),
        ]

    def test_notes_are_kept_as_lines_below(self) -> None:
        """A foot note may state the unit: it is kept as typed."""
        (block,) = blocks_of([HEADINGS, [1, "风电", 5], ["注：金额单位：亿元"], ["制表：张某"]])
        assert block.below == ["注：金额单位：亿元", "制表：张某"]

    def test_a_line_between_projects_is_a_group(self) -> None:
        """A line without a number in front groups what follows; the same line at the end is a note."""
        assert rows_of([1, "风电", 5], ["续建项目"], [2, "光伏", 6], ["以上数据由各单位提供"]) == [
            (DATA, "风电"), (GROUP, "续建项目"), (DATA, "光伏"),
        ]  # fmt: skip
        assert rows_of([1, "风电", 5], ["注：下列为续建项目"], [2, "光伏", 6]) == [(DATA, "风电"), (DATA, "光伏")]

    @pytest.mark.parametrize("shift", [0, 1])
    def test_chinese_serials_beside_arabic_ones_are_groups(self, shift: int) -> None:
        """一 with amounts of its own is the group of 1 and 2, wherever the table begins."""
        rows = [
            HEADINGS,
            ["一", "风电类", 9, "x", "y"],
            [1, "风电", 5],
            [2, "光伏", 4],
            ["（二）", "其他类", 9, "x", "y"],
        ]
        (block,) = blocks_of([[None] * shift + row for row in rows])
        assert [(row.kind, row.text, row.depth) for row in block.rows] == [
            (GROUP, "风电类", 0), (DATA, "风电", 0), (DATA, "光伏", 0), (GROUP, "其他类", 1),
        ]  # fmt: skip

    def test_chinese_serials_alone_number_projects(self) -> None:
        """A list that counts its projects 一, 二 has no groups."""
        assert rows_of(["一", "风电", 5, "x", "y"], ["二", "光伏", 6, "x", "y"]) == [(DATA, "风电"), (DATA, "光伏")]

    def test_a_name_merged_over_two_rows_continues(self) -> None:
        """The second line of a project is not a project without a name."""
        (block,) = blocks_of([HEADINGS, [1, "风电", 5, "一标"], [None, None, 3, "二标"], [2, "光伏", 4]], "B2:B3")
        assert [row.kind for row in block.rows] == [DATA, CONTINUED, DATA]

    @pytest.mark.parametrize(
        ("text", "count", "depth"),
        [
            ("一、新开工项目（3个）", 3, 0), ("（一）共12项", 12, 1), ("1、续建项目2个", 2, 2), ("二、工期3个月以内", None, 0),
            ("三、其他", None, 0),
        ],
    )  # fmt: skip
    def test_stated_counts_and_depth(self, text: str, count: int | None, depth: int) -> None:
        """A group states its number of projects; months are no projects."""
        (block,) = blocks_of([HEADINGS, [text], [1, "风电", 5]])
        assert (block.rows[0].stated_count, block.rows[0].depth) == (count, depth)

    def test_cells_of_a_column_come_from_projects_only(self) -> None:
        """Totals and groups are left out."""
        (block,) = blocks_of([HEADINGS, ["一、新开工"], [1, "风电", 5], [2, "光伏", 6], ["合计", None, 11]])
        assert block.data_cells(2) == [5.0, 6.0]


WORDS = [
    *HEADINGS,
    "项目",
    "指标名称",
    "一",
    "（一）",
    "一、新开工（2个）",
    "合计",
    "注：",
    "单位：万元",
    "1",
    "风电",
    "-",
    "",
]
CELL = st.one_of(st.none(), st.sampled_from(WORDS), st.integers(-9, 99), st.text(max_size=5), st.dates(), st.floats())


@st.composite
def grids(draw: st.DrawFn) -> tuple[list[list[object]], list[str]]:
    """Small sheets of words that mean something, with merges anywhere."""
    width, height = draw(st.integers(1, 6)), draw(st.integers(0, 9))
    rows = draw(st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=height, max_size=height))
    corners = st.tuples(st.integers(0, 6), st.integers(0, 9), st.integers(0, 3), st.integers(0, 9))
    merges = [f"{cell_address(row, column)}:{cell_address(row + down, column + right)}"
              for column, row, right, down in draw(st.lists(corners, max_size=3))]  # fmt: skip
    return rows, merges


@given(grids())
def test_any_grid_has_tables_in_order(grid: tuple[list[list[object]], list[str]]) -> None:
    """Nothing raises on any grid; tables stand below or beside one another, and each row belongs to at most one."""
    rows, merges = grid
    blocks = find_blocks(sheet(rows, merges=tuple(merges)))
    lines = [(block.columns[0].index, row.index) for block in blocks for row in block.rows]
    assert len(lines) == len(set(lines))
    assert all(row.kind != BLANK for block in blocks for row in block.rows)
    for one, other in pairwise(blocks):
        assert one.heading_bottom < other.heading_top or one.columns[-1].index < other.columns[0].index
    for block in blocks:
        assert [row.index for row in block.rows] == sorted(row.index for row in block.rows)
        assert block.heading_top <= block.heading_bottom < len(rows)
        assert len(block.columns) >= 2
