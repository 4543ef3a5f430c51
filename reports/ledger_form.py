"""The form of any ledger to hand out: its columns from the declaration, what was last said filled in.

Filled in, it is read by the loaders like any other workbook of the ledger. One function makes the form of all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Any

import pandas as pd

from domain.bodies import BODIES, DISTRICT_CODES, ZONE
from domain.ledgers import Ledger, LedgerField
from domain.periods import Period
from domain.scope import Record, Scope
from reports.template_sheets import FormCell, FormColumn, FormSheet, draw_sheet
from reports.workbooks import new_book
from reports.written import is_missing, written_value
from storage.engine import Database
from storage.queries import ledger_rows

ZONE_TITLE = "黄海新区"
MONTHLY_NOTE = (
    "填表说明：黄色格请填本月情况；其余各格是上次报送的内容，有变化的直接改写，改过的格自动变为橙色。"
    "不了解的留空，留空不等于零。新增的接在表后填写；请勿改写表头。"
)
LIST_NOTE = (
    "填表说明：表内是上次报送的内容，有变化的直接改写，改过的格自动变为橙色；不再需要的整行删去，新增的接在表后填写。"
    "不了解的留空；请勿改写表头。"
)


def senders_of(ledger: Ledger) -> tuple[str, ...]:
    """The bodies that owe a ledger: the zone's office, or each district."""
    return (ZONE.code,) if ledger.is_zone_wide else DISTRICT_CODES


def ledger_form(db: Database, scope: Scope, record: Record, ledger: Ledger, body: str) -> bytes:
    """The .xlsx that a body fills in for the record's month, with the rows of its newest list before.

    Of a monthly ledger what is asked anew each month is empty. Raises LookupError for a body that owes no such ledger or
    that the scope may not read.
    """
    if body not in senders_of(ledger) or not scope.allows(body):
        raise LookupError(body)
    last = replace(record, period=record.period.previous())
    rows = ledger_rows(db, scope, last, ledger)
    rows = rows[rows["body"] == body]
    newest = rows[rows["period"] == rows["period"].max()]
    return _workbook(_sheet(ledger, body, record.period, newest), record.period)


def ledger_form_name(record: Record, ledger: Ledger, body: str) -> str:
    """The file's name; it says sender and month once more, as the loaders look for them."""
    return f"{_title(ledger, body, record.period)}.xlsx"


def _title(ledger: Ledger, body: str, period: Period) -> str:
    return f"{_sender(body)}{period.year}年{period.month}月{ledger.name}"


def _sender(body: str) -> str:
    return ZONE_TITLE if body == ZONE.code else BODIES[body].name


def _sheet(ledger: Ledger, body: str, period: Period, rows: pd.DataFrame) -> FormSheet:
    columns = [_column(ledger, field) for field in ledger.fields]
    records = rows.astype(object).where(rows.notna(), None).to_dict("records")
    return FormSheet(
        name=ledger.name[:31],
        title=_title(ledger, body, period),
        sender=f"填报单位：{_sender(body)}",
        cut_off=f"截至{period.year}年{period.month}月{period.last_day.day}日",
        columns=columns,
        rows=[[_cell(column, row) for column in columns] for row in records],
        note=MONTHLY_NOTE if ledger.is_monthly else LIST_NOTE,
    )


def _column(ledger: Ledger, field: LedgerField) -> FormColumn:
    is_asked = ledger.is_monthly and not field.is_carried
    return FormColumn(field, is_asked, tuple(each.name for each in field.choices))


def _cell(column: FormColumn, row: Mapping[str, Any]) -> FormCell:
    field = column.field
    if column.is_to_fill or is_missing(row[field.name]):
        return FormCell(None)
    choices: dict[str, str] = {each.code: each.name for each in getattr(field, "choices", ())}
    return FormCell(choices[row[field.name]] if choices else written_value(field, row))


def _workbook(sheet: FormSheet, period: Period) -> bytes:
    buffer, book, _ = new_book({})
    # Not the moment of writing: the same record gives the same bytes.
    book.set_properties({"title": sheet.title, "created": datetime.combine(period.last_day, time(0))})
    draw_sheet(book, sheet)
    book.close()
    return buffer.getvalue()
