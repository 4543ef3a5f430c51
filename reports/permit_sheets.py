"""How the ledger of permits and land is drawn: a group of columns under each step, drop-downs, and colours of what is granted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from reports.template_sheets import A3, GREY, SPARE_ROWS, YELLOW, date_rule

TITLE_ROW, LINE_ROW, NOTE_ROW, STEP_ROW, HEADING_ROW = range(5)
FIRST_ROW = HEADING_ROW + 1
SERIAL, NAME, FIRST_STEP = range(3)
NAME_WIDTH, STATE_WIDTH, DATE_WIDTH, LAND_WIDTH, NOTE_WIDTH = 30, 9, 11.5, 10, 24
STEPS_A_PAGE = 2  # beside serial number and name, which every printed page repeats
BAND = "#E3EFF2"  # every second step, to tell the groups apart
COLOURS = ("#CFE8EC", "#FFF1D6", "", "#EDEDED")  # of granted, applied, not applied, not needed
NOTE = (
    "填表说明：“办理情况”从下拉列表选；时间写到年月日，不清楚的写到年月。已填的是上次报送或登记的内容，有变化的直接改写；"
    "不了解的留空，留空不等于未办。新增项目接在表后填写；请勿改写表头或移动列。用地单位：亩。"
)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One project: its name, the cells of each step with a remark, and its land in 亩; None for an empty cell."""

    name: str
    steps: list[list[str | None]]
    remarks: list[str]
    land: list[float | None]


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """One list of the ledger: what stands over it, the headings, and the projects."""

    name: str
    title: str
    sender: str
    cut_off: str
    steps: list[str]
    aspects: list[str]
    land: list[str]
    note: str
    states: list[str]
    rows: list[LedgerRow]

    @property
    def first_land(self) -> int:
        return FIRST_STEP + len(self.steps) * len(self.aspects)

    @property
    def last_column(self) -> int:
        return self.first_land + len(self.land)

    @property
    def last_row(self) -> int:
        return FIRST_ROW + len(self.rows) + SPARE_ROWS - 1


def draw_ledger(book: Any, ledger: LedgerSheet) -> None:
    """Add one list to an xlsxwriter workbook."""
    sheet = book.add_worksheet(ledger.name)
    _draw_lines(book, sheet, ledger)
    _draw_headings(book, sheet, ledger)
    styles = _styles(book)
    for number in range(len(ledger.rows) + SPARE_ROWS):
        _draw_row(sheet, ledger, number, styles)
    _add_checks(book, sheet, ledger)
    width = STEPS_A_PAGE * len(ledger.aspects)
    sheet.freeze_panes(FIRST_ROW, FIRST_STEP)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.set_v_pagebreaks(range(FIRST_STEP + width, ledger.last_column, width))
    sheet.repeat_rows(STEP_ROW, HEADING_ROW)
    sheet.repeat_columns(SERIAL, NAME)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _draw_lines(book: Any, sheet: Any, ledger: LedgerSheet) -> None:
    """Title, sender and cut-off, and how to fill in; at the left, where they are seen before one scrolls."""
    last = FIRST_STEP + STEPS_A_PAGE * len(ledger.aspects) - 1
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, last, ledger.title, book.add_format(
        {"bold": True, "font_size": 18, "valign": "vcenter"}))  # fmt: skip
    sheet.write_string(LINE_ROW, 0, ledger.sender)
    sheet.write_string(LINE_ROW, FIRST_STEP + 1, ledger.cut_off)
    note = book.add_format({"font_color": "#5F6B7A", "text_wrap": True, "valign": "vcenter"})
    sheet.merge_range(NOTE_ROW, 0, NOTE_ROW, last, NOTE, note)
    for row, height in ((TITLE_ROW, 32), (NOTE_ROW, 34), (STEP_ROW, 24), (HEADING_ROW, 22)):
        sheet.set_row(row, height)


def _draw_headings(book: Any, sheet: Any, ledger: LedgerSheet) -> None:
    head = {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
    plain, band = (book.add_format({**head, "bg_color": colour}) for colour in (GREY, BAND))
    for column, text, width in ((SERIAL, "序号", 6), (NAME, "项目名称", NAME_WIDTH)):
        sheet.merge_range(STEP_ROW, column, HEADING_ROW, column, text, plain)
        sheet.set_column(column, column, width)
    for number, step in enumerate(ledger.steps):
        first = FIRST_STEP + number * len(ledger.aspects)
        style = band if number % 2 == 0 else plain
        sheet.merge_range(STEP_ROW, first, STEP_ROW, first + len(ledger.aspects) - 1, step, style)
        for index, aspect in enumerate(ledger.aspects):
            sheet.write_string(HEADING_ROW, first + index, aspect, style)
        sheet.set_column(first, first, STATE_WIDTH)
        sheet.set_column(first + 1, first + len(ledger.aspects) - 1, DATE_WIDTH)
    for index, text in enumerate(ledger.land):
        sheet.merge_range(STEP_ROW, ledger.first_land + index, HEADING_ROW, ledger.first_land + index, text, plain)
    sheet.set_column(ledger.first_land, ledger.last_column - 1, LAND_WIDTH)
    sheet.merge_range(STEP_ROW, ledger.last_column, HEADING_ROW, ledger.last_column, ledger.note, plain)
    sheet.set_column(ledger.last_column, ledger.last_column, NOTE_WIDTH)


def _draw_row(sheet: Any, ledger: LedgerSheet, number: int, styles: tuple[Any, Any, Any]) -> None:
    """One project, or an empty row of the same form under the list."""
    row = FIRST_ROW + number
    serial, text, area = styles
    if number >= len(ledger.rows):
        sheet.write_blank(row, SERIAL, None, serial)
        for column in range(NAME, ledger.last_column + 1):
            sheet.write_blank(row, column, None, area if ledger.first_land <= column < ledger.last_column else text)
        return
    project = ledger.rows[number]
    sheet.write_number(row, SERIAL, number + 1, serial)
    sheet.write_string(row, NAME, project.name, text)
    for place, (cells, remark) in enumerate(zip(project.steps, project.remarks, strict=True)):
        first = FIRST_STEP + place * len(ledger.aspects)
        for index, cell in enumerate(cells):
            _write(sheet, row, first + index, cell, text)
        if remark:
            sheet.write_comment(row, first, remark, {"author": "上次报送", "width": 240, "font_size": 9})
    for index, value in enumerate(project.land):
        _write(sheet, row, ledger.first_land + index, value, area)
    sheet.write_blank(row, ledger.last_column, None, text)


def _write(sheet: Any, row: int, column: int, value: str | float | None, style: Any) -> None:
    """As a typed string: what a sender wrote is never run as a formula."""
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)


def _styles(book: Any) -> tuple[Any, Any, Any]:
    """The formats of serial numbers, of texts (a month that is typed must not turn into a day), and of areas."""
    base = {"border": 1, "valign": "vcenter", "text_wrap": True}
    return (
        book.add_format({**base, "align": "center"}),
        book.add_format({**base, "num_format": "@"}),
        book.add_format({**base, "num_format": "#,##0.0", "bg_color": YELLOW}),
    )


def _add_checks(book: Any, sheet: Any, ledger: LedgerSheet) -> None:
    """What may be typed into the columns, and the colour of each state."""
    fills = [book.add_format({"bg_color": colour}) if colour else None for colour in COLOURS]
    for number in range(len(ledger.steps)):
        first = FIRST_STEP + number * len(ledger.aspects)
        words = "、".join(ledger.states)
        sheet.data_validation(FIRST_ROW, first, ledger.last_row, first, {
            "validate": "list", "source": ledger.states, "error_type": "warning", "error_title": ledger.steps[number],
            "error_message": f"请从下拉列表里选：{words}。"})  # fmt: skip
        for column in range(first + 1, first + len(ledger.aspects)):
            sheet.data_validation(FIRST_ROW, column, ledger.last_row, column, {
                "validate": "custom", "value": date_rule(xl_rowcol_to_cell(FIRST_ROW, column)),
                "error_title": ledger.steps[number],
                "error_message": "请写成 2024年8月 或 2024-08-31，年份在 2000 至 2100 之间。"})  # fmt: skip
        for state, fill in zip(ledger.states, fills, strict=True):
            if fill is not None:
                rule = {"type": "cell", "criteria": "equal to", "value": f'"{state}"', "format": fill}
                sheet.conditional_format(FIRST_ROW, first, ledger.last_row, first, rule)
    sheet.data_validation(FIRST_ROW, ledger.first_land, ledger.last_row, ledger.last_column - 1, {
        "validate": "decimal", "criteria": ">=", "value": 0, "error_title": "用地", "error_message": "请填不小于 0 的数字。"})  # fmt: skip
