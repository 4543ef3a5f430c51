"""Workbooks that speak of both districts: whose return it is, and which rows are read."""

from __future__ import annotations

from typing import Any

import pytest
from workbooks import Page, codes, project, read, record, the

from loaders.districts import lone_district

ZONE_TITLE = "黄海新区2024年8月项目表"
HEADINGS = ["序号", "项目名称", "总投资"]


def listing(
    *rows: list[Any], title: str = ZONE_TITLE, headings: list[str] | None = None, name: str = "项目", **more: Any
) -> Page:
    return Page([[title], ["单位：万元"], headings or HEADINGS, *rows], name, **more)


def by_column(*districts: str | None, title: str = ZONE_TITLE, merges: tuple[str, ...] = ()) -> Page:
    rows = [[number, f"风电{number}期", 50_000, district] for number, district in enumerate(districts, 1)]
    return listing(*rows, title=title, headings=[*HEADINGS, "所属片区"], merges=merges)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("滨海片区", "binhai"), ("一、滨海片区（12个）", "binhai"), ("（二）响水片区重点项目", "xiangshui"), ("响水县", "xiangshui"),
        ("滨海片区小计", "binhai"), ("响水片区合计：8个", "xiangshui"), ("2.滨海港片区", "binhai"),
        ("滨海大道工程", None), ("滨海港工业园区", None), ("滨海热电项目", None), ("滨海、响水片区", None), ("新兴产业", None),
    ],
)  # fmt: skip
def test_a_line_that_names_a_district_and_nothing_else(text: str, code: str | None) -> None:
    """A works' name that begins with a district's is no line of the district."""
    assert lone_district(text) == code


@pytest.mark.parametrize(
    ("page", "read_rows"),
    [
        (by_column("滨海片区", "响水片区", "滨海"), [4, 6]),
        (by_column("滨海片区", None, "响水片区", None, merges=("D4:D5", "D6:D7")), [4, 5]),
        (by_column("滨海片区", None, "响水片区", None), [4, 5]),
        (by_column(None, "响水片区", "滨海片区"), [4, 6]),
        (listing(["一、滨海片区"], [1, "甲园", 50_000], [2, "乙园", 60_000], ["二、响水片区"], [1, "丙园", 70_000]), [5, 6]),
        (listing(["一、滨海片区"], ["（一）续建"], [1, "甲园", 50_000], ["二、响水片区"], [1, "丙园", 70_000]), [6]),
        (listing(["响水片区合计", None, 50_000], [1, "甲园", 50_000], ["滨海片区合计", None, 60_000], [1, "乙园", 60_000]), [7]),
        (listing([1, "甲园", 50_000], ["响水片区小计", None, 50_000], [1, "乙园", 60_000], ["滨海片区小计", None, 60_000]), [6]),
        (listing([1, "甲园", 50_000], ["小计", None, 50_000], [1, "乙园", 60_000], ["响水片区小计", None, 60_000]), [4]),
        (listing(["响水片区", 1, "甲园", 50_000], [None, 2, "乙园", 60_000], ["滨海片区", 1, "丙园", 70_000], [None, 2, "丁园", 80_000],
                 headings=[None, *HEADINGS], merges=("A4:A5", "A6:A7")), [6, 7]),  # type: ignore[list-item]
        (listing(["一、响水片区"], [1, "甲园", 50_000], ["二、园区外"], [1, "乙园", 60_000]), [7]),
    ],
    ids=["column", "merged", "filled down", "blank first", "groups", "groups in groups", "totals over", "totals under",
         "one total under", "at the left", "group ends"],
)  # fmt: skip
def test_the_senders_rows_are_read(page: Page, read_rows: list[int]) -> None:
    """Of a list of the whole zone the sender's rows are read; the others are told and asked about, totals hold for all."""
    submission = read(page, file_name="滨海片区.xlsx")
    assert [row.cell_row for _, row in submission.rows] == read_rows
    assert codes(submission) == {"rows_of_other_district": 1} and submission.is_acceptable


def test_a_project_on_record_for_the_sender_stays() -> None:
    """Whose project it is was settled before: a slip in the column does not lose it."""
    submission = read(by_column("滨海片区", "响水片区"), file_name="滨海片区.xlsx", known=record(project("风电2期")))
    assert [row.cell_row for _, row in submission.rows] == [4, 5]


def test_what_is_wrong_in_rows_of_the_other_district_is_not_asked() -> None:
    """Their sender is asked about their faults."""
    page = listing([1, "甲园", 50_000, "滨海片区"], [2, "乙园", "五亿", "响水片区"], headings=[*HEADINGS, "所属片区"])
    assert codes(read(page, file_name="滨海片区.xlsx")) == {"rows_of_other_district": 1}


@pytest.mark.parametrize(
    ("pages", "file_name", "code", "body"),
    [
        ([by_column("滨海片区", "响水片区")], "报表.xlsx", "both_districts", None),
        ([by_column("滨海片区", "滨海")], "报表.xlsx", "body_of_rows", "binhai"),
        ([by_column("滨海片区", None)], "报表.xlsx", "body_unknown", None),
        ([by_column("响水片区", "响水片区", title="滨海片区2024年8月")], "报表.xlsx", "body_conflict", None),
        ([listing([1, "甲园", 50_000], name="滨海"), listing([1, "乙园", 50_000], name="响水")], "报表.xlsx", "both_districts", None),
        ([listing([1, "甲园", 50_000], name="滨海"), listing([1, "乙园", 50_000], name="响水")], "响水8月.xlsx",
         "tables_of_other_district", "xiangshui"),
        ([listing([1, "甲园", 50_000], title="滨海片区2024年8月"), listing([1, "乙桥", 50_000], title="响水片区2024年8月基础设施")],
         "滨海.xlsx", "body_conflict", None),
        ([listing([1, "甲园", 50_000], title="滨海片区2024年8月", below=[["填报单位：响水片区管委会"]])], "报表.xlsx", "body_conflict", None),
    ],
    ids=["two in a column", "one in a column", "one in part", "all of the other", "two sheets", "two sheets and a sender",
         "another kind of list", "title and foot"],
)  # fmt: skip
def test_whose_return_it_is(pages: list[Page], file_name: str, code: str, body: str | None) -> None:
    """A sender that is not said in full is asked; one that is contradicted is refused."""
    submission = read(*pages, file_name=file_name)
    assert (submission.body, codes(submission)) == (body, {code: 1})


def test_both_districts_are_counted_in_the_sentence() -> None:
    """The refusal says how many projects of which district stand in the file."""
    assert (
        "滨海片区 2 个、响水片区 1 个"
        in the("both_districts", read(by_column("滨海片区", "响水片区", "滨海片区"))).message()
    )
