"""The builder of returns: what it hands over as read is what reading the written file gives."""

from __future__ import annotations

from datetime import date

from workbooks import Page, as_read, monthly, write

from loaders.workbook import read_workbook


def test_handed_over_as_read_is_what_a_file_gives() -> None:
    """The shortcut around file and process leaves nothing out: values, merges, hidden parts, errors, formulas."""
    pages = (
        monthly({"项目名称": "风电", "总投资": 5, "比例": 0.5, "开工": date(2024, 8, 31), "合计": "=SUM(B4:B4)", "率": "#DIV/0!"},
                merges=("A1:F1", "A2:B2"), hidden_rows=(2,), hidden_columns=("C",)),
        Page([["底稿"], [True, "", "x"]], name="二", is_hidden=True),
    )  # fmt: skip
    read, expected = read_workbook(write(*pages)), as_read(*pages)
    for sheet in read.sheets:
        sheet.merged.sort()
    assert read == expected
