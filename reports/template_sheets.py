"""How the month's form is drawn: title lines, headings, drop-downs, input checks, and what marks a changed cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from domain.fields import AREA, DATE, IGNORED_FIELDS, MONEY, NUMBER, RATE, Field
from reports.written import MONEY_UNIT, WORDS, heading_of

TITLE_ROW, LINE_ROW, NOTE_ROW, HEADING_ROW = range(4)
FIRST_ROW = HEADING_ROW + 1
SPARE_ROWS = 30  # under the list, for projects that are new
FROZEN_COLUMNS = 2  # serial number and name
A3 = 8
NOTE = (
    "填表说明：黄色格请填本月情况，批注里是上月所填；其余各格是上次报送的内容，有变化的直接改写，改过的格自动变为橙色。"
    "新增的接在表后填写；请勿排序，改写表头或移动列。"
)
# A format compares with a text of at most 255 signs; a longer one, or one of several lines, by its length.
LONGEST_COMPARED = 200
WIDTHS = {MONEY: 12, AREA: 10, NUMBER: 10, RATE: 9, DATE: 13}
WIDE_COLUMNS = {"project_name": 30, "indicator": 30, "progress_text": 28, "issue_text": 28, "permit_text": 24, "owner_name": 16,
                "construction_text": 30, "next_step_text": 24, "note": 16}  # fmt: skip
OTHER_WIDTH, SERIAL_WIDTH = 11, 6
NUMBER_FORMATS = {MONEY: "#,##0.00", RATE: "0.0%", AREA: "General", NUMBER: "General"}
YELLOW, ORANGE, GREY = "#FFF9DB", "#F8C471", "#EDF1F5"


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column: its field, whether it is asked anew this month, and of a ledger the words to choose from.

    ``instead`` is the one word that may stand in place of a date, empty for none.
    """

    field: Field
    is_to_fill: bool
    words: tuple[str, ...] = ()
    instead: str = ""


@dataclass(frozen=True, slots=True)
class FormCell:
    """What stands in a cell beforehand, and its comment; empty for none."""

    value: str | float | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One list of the form; ``unit`` is that of its money, empty where it has none or says units in its rows."""

    name: str
    title: str
    sender: str
    cut_off: str
    columns: list[FormColumn]
    rows: list[list[FormCell]]
    note: str = NOTE
    unit: str = MONEY_UNIT
    spare_rows: int = SPARE_ROWS


def draw_sheet(book: Any, form: FormSheet) -> None:
    """Add one list to an xlsxwriter workbook."""
    sheet = book.add_worksheet(form.name)
    _draw_head(book, sheet, form)
    _draw_rows(book, sheet, form)
    last_row = FIRST_ROW + len(form.rows) + form.spare_rows - 1
    for index, column in enumerate(form.columns, 1):
        _add_check(sheet, index, column, last_row)
        if not column.is_to_fill:
            _mark_changes(book, sheet, index, [row[index - 1].value for row in form.rows])
    sheet.freeze_panes(FIRST_ROW, FROZEN_COLUMNS)
    _set_print(sheet)


def _draw_head(book: Any, sheet: Any, form: FormSheet) -> None:
    """Title, the line of sender, cut-off and unit, how to fill in, and the headings."""
    last = len(form.columns)
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, last, form.title, book.add_format(
        {"bold": True, "font_size": 18, "align": "center", "valign": "vcenter"}))  # fmt: skip
    sheet.write_string(LINE_ROW, 0, form.sender)
    sheet.write_string(LINE_ROW, last // 2, form.cut_off)
    if form.unit:
        sheet.write_string(LINE_ROW, last, f"单位：{form.unit}", book.add_format({"align": "right"}))
    note = book.add_format({"font_color": "#5F6B7A", "text_wrap": True, "valign": "vcenter"})
    sheet.merge_range(NOTE_ROW, 0, NOTE_ROW, last, form.note, note)
    head = {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
    plain, asked = (book.add_format({**head, "bg_color": colour}) for colour in (GREY, YELLOW))
    sheet.write_string(HEADING_ROW, 0, IGNORED_FIELDS["serial_number"].heading, plain)
    sheet.set_column(0, 0, SERIAL_WIDTH)
    for index, column in enumerate(form.columns, 1):
        sheet.write_string(HEADING_ROW, index, heading_of(column.field), asked if column.is_to_fill else plain)
        width = WIDE_COLUMNS.get(column.field.name, WIDTHS.get(column.field.kind, OTHER_WIDTH))
        sheet.set_column(index, index, width)
    for row, height in ((TITLE_ROW, 32), (NOTE_ROW, 32), (HEADING_ROW, 40)):
        sheet.set_row(row, height)


def _draw_rows(book: Any, sheet: Any, form: FormSheet) -> None:
    """The projects, and empty rows of the same form under them."""
    serial = book.add_format({"border": 1, "align": "center", "valign": "vcenter"})
    formats = [_format(book, column) for column in form.columns]
    empty = [FormCell(None)] * len(form.columns)
    for number, cells in enumerate([*form.rows, *[empty] * form.spare_rows]):
        row = FIRST_ROW + number
        if number < len(form.rows):
            sheet.write_number(row, 0, number + 1, serial)
        else:
            sheet.write_blank(row, 0, None, serial)
        for index, (cell, style) in enumerate(zip(cells, formats, strict=True), 1):
            _write(sheet, row, index, cell, style)


def _format(book: Any, column: FormColumn) -> Any:
    """Numbers as numbers, all else as text: a month that is typed (2024年8月) must not turn into a day."""
    style = {"border": 1, "valign": "vcenter", "text_wrap": True}
    style["num_format"] = NUMBER_FORMATS.get(column.field.kind, "@")
    return book.add_format({**style, "bg_color": YELLOW} if column.is_to_fill else style)


def _write(sheet: Any, row: int, column: int, cell: FormCell, style: Any) -> None:
    if cell.value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(cell.value, str):
        # As a typed string: what a sender wrote is never run as a formula.
        sheet.write_string(row, column, cell.value, style)
    else:
        sheet.write_number(row, column, cell.value, style)
    if cell.remark:
        lines = sum(1 + len(line) // 18 for line in cell.remark.splitlines())
        size = {"width": 240, "height": min(24 + 16 * lines, 320), "font_size": 9}
        sheet.write_comment(row, column, cell.remark, {"author": "上次报送", **size})


def _add_check(sheet: Any, index: int, column: FormColumn, last_row: int) -> None:
    """What may be typed into a column."""
    check = _check(column, xl_rowcol_to_cell(FIRST_ROW, index))
    if check:
        sheet.data_validation(FIRST_ROW, index, last_row, index, {**check, "error_title": column.field.heading})


def _check(column: FormColumn, first_cell: str) -> dict[str, Any]:
    field, words = column.field, list(column.words or WORDS.get(column.field.name, {}).values())
    if words:
        return {"validate": "list", "source": words, "error_message": f"请从下拉列表里选：{'、'.join(words)}。"}
    if field.kind == RATE:
        return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1,
                "error_message": "请填 0% 到 100% 之间的百分数。"}  # fmt: skip
    if field.kind in (MONEY, AREA, NUMBER):
        return {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": "请填不小于 0 的数字。"}
    if field.kind == DATE:
        said = f"；或写“{column.instead}”" if column.instead else ""
        return {"validate": "custom", "value": date_rule(first_cell, column.instead),
                "error_message": f"请写成 2024年8月 或 2024-08-31，年份在 2000 至 2100 之间{said}。"}  # fmt: skip
    return {}


def date_rule(cell: str, instead: str = "") -> str:
    """A day, or a text that begins with its year: months and quarters are no days; or the word instead of a date."""
    year = f"VALUE(LEFT({cell},4))"
    day = f"AND({cell}>=DATE(2000,1,1),{cell}<=DATE(2100,12,31))"
    other = f'{cell}="{instead}"' if instead else "FALSE"
    return f"=IF(ISNUMBER({cell}),{day},IFERROR(AND({year}>=2000,{year}<=2100),{other}))"


def _mark_changes(book: Any, sheet: Any, column: int, values: list[str | float | None]) -> None:
    """Colour the cells that no longer hold what was reported last.

    The values to compare with stand in the formats themselves, one for each value of the column: a copy of the list
    would have to be hidden, and what is hidden in a return is read and asked about.
    """
    changed = book.add_format({"bg_color": ORANGE})
    places: dict[str | float | None, list[int]] = {}
    for number, value in enumerate(values):
        places.setdefault(value, []).append(FIRST_ROW + number)
    for value, rows in places.items():
        first = xl_rowcol_to_cell(rows[0], column)
        cells = " ".join(xl_rowcol_to_cell(row, column) for row in rows)
        rule = {**_difference(value, first), "format": changed, "multi_range": cells}
        sheet.conditional_format(rows[0], column, rows[0], column, rule)


def _difference(value: str | float | None, first_cell: str) -> dict[str, Any]:
    if value is None:
        return {"type": "no_blanks"}
    if isinstance(value, float):
        # In the digits in which xlsxwriter writes the cell itself.
        return {"type": "cell", "criteria": "not equal to", "value": f"{value:.16G}"}
    if len(value) > LONGEST_COMPARED or "\n" in value:
        return {"type": "formula", "criteria": f"=LEN({first_cell})<>{len(value)}"}
    quoted = value.replace('"', '""')
    return {"type": "cell", "criteria": "not equal to", "value": f'"{quoted}"'}


def _set_print(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROW)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")
