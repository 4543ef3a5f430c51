"""Lists as workbooks to hand out: headings from the registry of fields, real numbers and dates, and where they are from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter

WIDEST = 40
TITLE = {"bold": True, "font_size": 14}
HEAD = {"bold": True, "bg_color": "#EDF1F5", "border": 1, "text_wrap": True, "valign": "vcenter"}
DAY = "yyyy-mm-dd"
# Looks of cells by name: of a list to read, and of a form to fill in, whose empty cells have a border too.
LIST_STYLES: dict[str, dict[str, Any]] = {
    "bold": TITLE,
    "head": HEAD,
    "number": {"num_format": "#,##0.00"},
    "whole": {"num_format": "#,##0"},
    "date": {"num_format": DAY},
    "text": {"text_wrap": True, "valign": "top"},
}
FORM_STYLES: dict[str, dict[str, Any]] = {
    "bold": TITLE,
    "head": HEAD,
    "cell": {"border": 1, "text_wrap": True, "valign": "top"},
    "date": {"border": 1, "num_format": DAY, "valign": "top", "align": "left"},
}


def new_book(styles: Mapping[str, Mapping[str, Any]]) -> tuple[BytesIO, Any, dict[str, Any]]:
    """A workbook in memory and its formats by name; nothing that somebody wrote becomes a formula or a link in it."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    return buffer, book, {name: book.add_format(dict(style)) for name, style in styles.items()}


def lists_workbook(lists: Sequence[tuple[str, pd.DataFrame]], title: str, remarks: Sequence[str]) -> bytes:
    """An .xlsx with a sheet for each list, (name of the sheet, rows): title, remarks, headings, rows.

    The columns are named as people read them. Texts are written as texts, never as formulas; numbers and dates keep
    their kind; the headings stay in view.
    """
    buffer, book, formats = new_book(LIST_STYLES)
    for name, rows in lists:
        _write_list(book.add_worksheet(name), rows, title, remarks, formats)
    book.close()
    return buffer.getvalue()


def _write_list(sheet: Any, rows: pd.DataFrame, title: str, remarks: Sequence[str], formats: Mapping[str, Any]) -> None:
    sheet.write_string(0, 0, title, formats["bold"])
    for index, remark in enumerate(remarks):
        sheet.write_string(1 + index, 0, remark)
    top = 1 + len(remarks)
    for column, heading in enumerate(rows.columns):
        sheet.write_string(top, column, heading, formats["head"])
        values = list(rows[heading])
        for row, value in enumerate(values):
            _write(sheet, top + 1 + row, column, value, formats)
        longest = max((len(str(value)) for value in values if not _is_empty(value)), default=0)
        sheet.set_column(column, column, min(max(longest * 1.6, len(heading) * 2.2, 8), WIDEST))
    sheet.freeze_panes(top + 1, 1)
    if len(rows):
        sheet.autofilter(top, 0, top + len(rows), len(rows.columns) - 1)


def _write(sheet: Any, row: int, column: int, value: Any, formats: Mapping[str, Any]) -> None:
    if _is_empty(value):
        return
    if isinstance(value, (datetime, date, pd.Timestamp)):
        sheet.write_datetime(row, column, pd.Timestamp(value).to_pydatetime(), formats["date"])
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        sheet.write_number(row, column, value, formats["whole" if isinstance(value, int) else "number"])
    else:
        # As a typed string: what a sender wrote is never run as a formula.
        text = str(value)
        sheet.write_string(row, column, text, formats["text"] if len(text) * 1.6 > WIDEST else None)


def _is_empty(value: Any) -> bool:
    return value is None or bool(pd.isna(value))
