"""The sheet of a district's form that answers for its tasks (议定事项): what it says of each, and where.

It is no list of projects: the tasks and their answers are read, and the rest of the return is read as if it were not there.
"""

from __future__ import annotations

from dataclasses import replace

from domain.submissions import TaskReading
from domain.tasks import TASK_ANSWER, TASK_HEADING, TASK_SHEET
from loaders.blocks import narrow
from loaders.values import text_of
from loaders.workbook import Cell, Sheet, Workbook

Place = tuple[int, int, int]  # row of the headings, column of the tasks, column of the answers


def take_task_sheet(workbook: Workbook) -> tuple[Workbook, list[TaskReading]]:
    """The workbook without that sheet, and what the sheet says; a sheet of the name without the headings stays."""
    found = {id(sheet): place for sheet in workbook.sheets if (place := _place_of_headings(sheet))}
    rest = [sheet for sheet in workbook.sheets if id(sheet) not in found]
    readings = [
        reading
        for sheet in workbook.sheets
        if id(sheet) in found
        for reading in _read_answers(sheet, *found[id(sheet)])
    ]
    return replace(workbook, sheets=rest), readings


def _place_of_headings(sheet: Sheet) -> Place | None:
    """Where the headings stand; None for another sheet."""
    if narrow(sheet.name) != TASK_SHEET:
        return None
    for number, row in enumerate(sheet.rows):
        words = [narrow(text_of(cell) or "") for cell in row]
        if TASK_HEADING in words and TASK_ANSWER in words:
            return number, words.index(TASK_HEADING), words.index(TASK_ANSWER)
    return None


def _read_answers(sheet: Sheet, heading_row: int, text_column: int, answer_column: int) -> list[TaskReading]:
    """The rows that say something of a task."""
    readings = []
    for number, row in enumerate(sheet.rows[heading_row + 1 :], heading_row + 1):
        text, said = _words(row[text_column]), _words(row[answer_column])
        if text and said:
            readings.append(TaskReading(text, said, sheet.name, sheet.address(number, answer_column)))
    return readings


def _words(cell: Cell) -> str:
    return (text_of(cell) or "").strip()
