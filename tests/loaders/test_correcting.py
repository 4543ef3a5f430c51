"""Cells mended on the screen: what is typed counts in the cell's place, and the workbook as received stays as it was."""

from __future__ import annotations

from typing import Any

import pytest
from workbooks import as_read, codes, monthly, the, write

from domain.findings import Finding, finding
from domain.submissions import Correction, Known
from loaders.confirming import open_return
from loaders.correcting import NotMendable, corrected, correction_of

WIND = {"序号": 1, "项目名称": "海上风电", "总投资": 50_000, "年度计划投资": "约五千", "备注": "x"}


def place(cell: str, field: str = "annual_plan_wan", sheet: str = "项目") -> Finding:
    """A finding at a cell."""
    return finding("not_a_number", sheet=sheet, cell=cell, field=field, value="约五千", heading="年度计划投资")


def test_a_mended_cell_is_read_as_typed() -> None:
    """The finding is gone, the value counts, and the submission says what was typed before and after."""
    opened = open_return(write(monthly(WIND)), "报表.xlsx")
    found = the("not_a_number", opened.alone)
    correction = correction_of(opened.workbook, found, " 5,000 ")
    assert correction == Correction("项目", "D4", "annual_plan_wan", "约五千", "5,000")
    submission = opened.interpret(Known(), [correction])
    assert codes(submission) == {}
    assert submission.rows[0][1].values["annual_plan_wan"] == 5_000
    assert submission.corrections == (correction,)
    assert opened.interpret(Known()).findings == [found]


@pytest.mark.parametrize(
    ("typed", "cell"),
    [("5000", 5_000.0), ("5,000.5", 5_000.5), ("2024年8月", "2024年8月"), ("", None), ("  ", None), ("61%", "61%")],
)
def test_what_is_typed_is_what_excel_would_make_of_it(typed: str, cell: Any) -> None:
    """A number is a number, an empty text an empty cell, anything else a text."""
    workbook = as_read(monthly(WIND))
    assert corrected(workbook, [correction_of(workbook, place("D4"), typed)]).sheets[0].rows[3][3] == cell
    assert workbook.sheets[0].rows[3][3] == "约五千"


def test_the_later_of_two_counts() -> None:
    """A cell mended twice holds what was typed last."""
    first, last = (Correction("项目", "D4", "annual_plan_wan", "约五千", text) for text in ("4000", "5000"))
    assert corrected(as_read(monthly(WIND)), [first, last]).sheets[0].rows[3][3] == 5_000


@pytest.mark.parametrize("value", ["#N/A", "=A1"])
def test_an_error_or_a_formula_is_mended_like_a_value(value: str) -> None:
    """What Excel could not calculate no longer counts as such."""
    opened = open_return(write(monthly(WIND | {"年度计划投资": value})), "报表.xlsx")
    found = opened.alone.findings[0]
    submission = opened.interpret(Known(), [correction_of(opened.workbook, found, "5000")])
    assert codes(submission) == {}
    assert submission.rows[0][1].values["annual_plan_wan"] == 5_000


def test_the_sheets_without_a_correction_are_the_same() -> None:
    """Nothing is copied that did not change."""
    workbook = as_read(monthly(WIND), monthly(WIND, name="续表"))
    mended = corrected(workbook, [Correction("续表", "D4", "annual_plan_wan", "约五千", "5000")])
    assert mended.sheets[0] is workbook.sheets[0]
    assert mended.sheets[1].rows[3][3] == 5_000
    assert mended.sheets[1].rows[2] is workbook.sheets[1].rows[2]


@pytest.mark.parametrize(
    "found",
    [
        place("B4", "project_name"), place("B4", "project_code"), place("B4", "district"), place("D4", "made_up"),
        finding("heading_suggested", sheet="项目", cell="D3", field="annual_plan_wan"),
        place("", "annual_plan_wan"), place("D99"), place("ZZ4"), place("D4", sheet="别表"), place("D四"), place("D0"),
    ],
)  # fmt: skip
def test_what_is_not_to_be_mended(found: Finding) -> None:
    """A name or code, a place that is no cell, a cell that the workbook does not have."""
    with pytest.raises(NotMendable):
        correction_of(as_read(monthly(WIND)), found, "5000")


def test_a_correction_of_another_file() -> None:
    """A correction whose cell this workbook does not have is refused, not left out in silence."""
    with pytest.raises(NotMendable):
        corrected(as_read(monthly(WIND)), [Correction("项目", "D99", "annual_plan_wan", None, "5")])
