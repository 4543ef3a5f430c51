"""Workbooks with tables of several months: which month is the return's, and what is said of the others."""

from __future__ import annotations

import pytest
from workbooks import Page, codes, read, the

from loaders.said_months import bare_month_of, month_of

NAMES = ("海上风电", "屋顶光伏", "储能电站")
YEAR_TITLE = "滨海片区2024年项目表"


def sheet(
    name: str, month: int, *, title: str = YEAR_TITLE, names: tuple[str, ...] = NAMES, heading: str = "本月完成投资"
) -> Page:
    """A list of projects whose figures say the month that they are of."""
    rows = [[number, each, 50_000, 100 * month + number] for number, each in enumerate(names, 1)]
    return Page([[title], ["单位：万元"], ["序号", "项目名称", "总投资", heading], *rows], name)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("8月", 8), ("8月份", 8), ("八月", 8), ("十二月份", 12), ("1-8月", 8), ("元月", 1), ("产业8月", 8), ("三季度", 9),
        ("滨海片区8月重大项目推进情况表", 8), ("截至8月31日", 8),
        ("下月计划（9月）", None), ("9月拟开工项目", None), ("8月底前开工", None), ("7、8月", 8), ("7月8月", None), ("签约", None),
        ("填报日期：9月3日", None), ("2024年8月", None), ("计划9月开工", None), ("后4个月", None),
    ],
)  # fmt: skip
def test_a_month_without_its_year(text: str, month: int | None) -> None:
    """A bare month is read from names and titles, and not from what is planned or when a form was filled in."""
    assert bare_month_of(text) == month


@pytest.mark.parametrize(
    ("text", "period"), [("滨海24年8月", "2024-08"), ("2024年元月", "2024-01"), ("建设24年", None)]
)
def test_a_short_year_and_the_first_month(text: str, period: str | None) -> None:
    """24年8月 is August 2024; 元月 is January."""
    found = month_of(text)
    assert (found and str(found)) == period


@pytest.mark.parametrize(
    ("pages", "file_name", "period", "read_sheets"),
    [
        ([sheet("7月", 7), sheet("8月", 8), sheet("9月", 9)], "2024年8月.xlsx", "2024-08", ["8月"]),
        ([sheet("七月", 7), sheet("八月份", 8)], "滨海8月报表.xlsx", "2024-08", ["八月份"]),
        ([sheet("202407", 7), sheet("2024.8", 8)], "2024年8月.xlsx", "2024-08", ["2024.8"]),
        ([sheet("2023年12月", 12), sheet("2024年1月", 1)], "2024年1月.xlsx", "2024-01", ["2024年1月"]),
        ([sheet("表7", 7, heading="7月完成投资"), sheet("表8", 8, heading="8月完成投资")], "2024年8月.xlsx", "2024-08", ["表8"]),
        ([sheet("甲", 7, title="滨海片区2024年7月"), sheet("乙", 8, title="滨海片区2024年8月")], "2024年7月.xlsx", "2024-07", ["甲"]),
        ([sheet("7月", 7), sheet("8月", 8), sheet("基础设施", 8, names=("示例大道",))], "2024年8月.xlsx", "2024-08", ["8月", "基础设施"]),
        ([sheet("产业7月", 7), sheet("产业8月", 8), sheet("基础设施7月", 7, names=("甲桥",)), sheet("基础设施8月", 8, names=("甲桥",))],
         "2024年8月.xlsx", "2024-08", ["产业8月", "基础设施8月"]),
    ],
    ids=["file", "chinese", "compact", "over the year", "headings", "titles", "one without", "two kinds"],
)  # fmt: skip
def test_the_month_of_the_file_name_is_read(
    pages: list[Page], file_name: str, period: str, read_sheets: list[str]
) -> None:
    """The tables of the return's month are read, and the others told once as a hint."""
    submission = read(*pages, file_name=file_name)
    assert (str(submission.period), [table.sheet for table in submission.tables]) == (period, read_sheets)
    assert codes(submission)["tables_of_other_months"] == 1 and submission.is_acceptable


def test_the_last_month_with_figures_is_proposed() -> None:
    """Where nothing says the month, it is the last with figures, and a person is asked."""
    empty = Page(
        [[YEAR_TITLE], ["单位：万元"], ["序号", "项目名称", "总投资", "本月完成投资"], [1, NAMES[0], 50_000, None]],
        "9月",
    )
    submission = read(sheet("7月", 7), sheet("8月", 8), empty)
    assert (str(submission.period), the("month_proposed", submission).sheet) == ("2024-08", "8月")


@pytest.mark.parametrize(
    ("pages", "file_name", "code"),
    [
        ([sheet("7月", 7), sheet("8月", 7)], "报表.xlsx", "period_conflict"),
        ([sheet("7月", 7), sheet("8月", 8)], "2024年9月.xlsx", "period_conflict"),
        ([sheet(f"{m}月", m, title="滨海片区2024年1月项目表") for m in (1, 7, 8)], "报表.xlsx", "period_conflict"),
        ([sheet(f"{m}月", m, title="滨海片区2024年1月项目表") for m in (1, 7, 8)], "2024年8月.xlsx", "period_conflict"),
        ([sheet(f"{m}月", m, heading="1-9月完成投资") for m in (7, 8)], "报表.xlsx", "period_conflict"),
        ([sheet("7月", 7), sheet("8月", 8, names=("甲园", "乙园"))], "2024年8月.xlsx", "tables_of_months_differ"),
        ([sheet("7月", 7, title="滨海片区项目"), sheet("8月", 8, title="滨海片区项目")], "报表.xlsx", "period_unknown"),
        ([sheet("7月", 7)], "2024年项目8月.xlsx", "period_unknown"),
    ],
    ids=["copied", "not there", "titles left over", "title and name", "headings", "other projects", "no year", "sheet and file"],
)  # fmt: skip
def test_months_that_leave_a_doubt_are_refused(pages: list[Page], file_name: str, code: str) -> None:
    """No month is chosen in silence: the return has none and cannot be accepted."""
    submission = read(*pages, file_name=file_name)
    assert submission.period is None and code in codes(submission) and not submission.is_acceptable


@pytest.mark.parametrize(
    "pages",
    [
        [sheet(f"{m}月签约", m, names=(f"甲园{m}期", f"乙园{m}期")) for m in (6, 7, 8)],
        [sheet("7月签约", 7), sheet("8月开工", 8)],
    ],
    ids=["other projects", "other stages"],
)
def test_lists_of_what_happened_in_each_month_are_all_read(pages: list[Page]) -> None:
    """Projects signed in June, July and August are one list in three parts."""
    submission = read(*pages, file_name="2024年8月.xlsx")
    assert [table.sheet for table in submission.tables] == [page.name for page in pages]
    assert "tables_of_other_months" not in codes(submission)


@pytest.mark.parametrize(
    ("page", "file_name", "code"),
    [
        (sheet("8月", 8), "报表.xlsx", "month_proposed"),
        (sheet("表一", 8, title="滨海片区8月项目表"), "2024年报表.xlsx", "month_proposed"),
        (sheet("表一", 8), "滨海8月.xlsx", "month_proposed"),
        (sheet("7月", 8), "2024年8月.xlsx", "sheet_month_differs"),
    ],
)
def test_one_table_whose_month_is_said_in_parts(page: Page, file_name: str, code: str) -> None:
    """Year and month from two places are put together, and a sheet's name that differs is told; both are asked."""
    submission = read(page, file_name=file_name)
    assert str(submission.period) == "2024-08" and codes(submission) == {code: 1}


def test_a_sheet_named_for_what_happened_is_no_other_month() -> None:
    """7月新签约 in a return of August says when they signed."""
    assert codes(read(sheet("7月新签约", 8), file_name="2024年8月.xlsx")) == {}


def test_many_tables_of_other_months_are_counted() -> None:
    """A finding lists fifteen tables and says how many there are."""
    pages = [sheet(f"2023年{m}月", m) for m in range(1, 13)] + [sheet(f"2024年{m}月", m) for m in range(1, 9)]
    found = the("tables_of_other_months", read(*pages, file_name="2024年8月.xlsx"))
    assert found.message().count("“") == 15 and "等 19 张" in found.message()
