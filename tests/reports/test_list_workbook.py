"""Lists handed out as workbooks."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pandas as pd

from reports.workbooks import lists_workbook


def test_a_list_keeps_its_kinds() -> None:
    """Numbers are numbers, dates are dates, empty stays empty, and what looks like a formula stays a text."""
    rows = pd.DataFrame({
        "项目名称": ["甲", "=1+1"],
        "总投资（万元）": [12000.5, None],
        "签约时间": [pd.Timestamp(2024, 3, 1), pd.NaT],
    })  # fmt: skip
    sheet = openpyxl.load_workbook(BytesIO(lists_workbook([("项目", rows)], "项目库", ["共 2 项"]))).active
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[0][0] == "项目库"
    assert values[1][0] == "共 2 项"
    assert values[2] == ["项目名称", "总投资（万元）", "签约时间"]
    assert values[3] == ["甲", 12000.5, pd.Timestamp(2024, 3, 1).to_pydatetime()]
    assert values[4] == ["=1+1", None, None]
    assert sheet["A5"].data_type == "s"
    assert sheet.freeze_panes == "B4"


def test_an_empty_list_is_a_workbook_with_headings() -> None:
    """No rows is no error."""
    sheet = openpyxl.load_workbook(BytesIO(lists_workbook([("项目", pd.DataFrame({"项目名称": []}))], "空", []))).active
    assert [cell.value for cell in sheet[2]] == ["项目名称"]


def test_several_lists_are_sheets_of_one_workbook() -> None:
    """Each with its title, remarks and headings; whole numbers without decimals, no formula in any."""
    lists = [("联合会办清单", pd.DataFrame({"问题": ["=1+1"], "在手天数": [92]})), ("企业自办清单", pd.DataFrame({"问题": []}))]
    book = openpyxl.load_workbook(BytesIO(lists_workbook(lists, "会办清单", ["天数计至 2024-12-31"])))
    assert book.sheetnames == ["联合会办清单", "企业自办清单"]
    first, second = book.worksheets
    assert [cell.value for cell in first["A"]] == ["会办清单", "天数计至 2024-12-31", "问题", "=1+1"]
    assert (first["A4"].data_type, first["B4"].value, first["B4"].number_format) == ("s", 92, "#,##0")
    assert [cell.value for cell in second["A"]] == ["会办清单", "天数计至 2024-12-31", "问题"]
