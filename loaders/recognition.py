"""What a workbook is when it is no list of projects: a card, a summary, or nothing known."""

from __future__ import annotations

from domain.findings import Finding, finding
from loaders.tables import narrow
from loaders.values import is_empty, parse_number
from loaders.vocabulary import fields_of
from loaders.workbook import Sheet, Workbook

CARD_LABELS = 4
SUMMARY_WORDS = ("地区", "片区", "区域", "县区", "单位", "行业", "类别", "产业类别", "项目类别", "属地", "所属地区", "责任单位")
COUNT_WORDS = ("项目数", "个数", "项目个数", "数量", "项目数量", "重点项目个数", "项目数(个)", "个数(个)")


def explain_no_table(workbook: Workbook) -> Finding:
    """The one sentence for a workbook without a list of projects."""
    for sheet in workbook.sheets:
        if _is_card(sheet):
            return finding("project_card", sheet=sheet.name)
    for sheet in workbook.sheets:
        place = _summary_place(sheet)
        if place:
            return finding("summary_only", sheet=sheet.name, cell=place)
    return finding("no_table", sheet=workbook.sheets[0].name if workbook.sheets else "")


def _is_card(sheet: Sheet) -> bool:
    """Labels down the sheet with their values beside them, the project's name among them."""
    labels: dict[str, int] = {}
    for number, row in enumerate(sheet.rows):
        for column, cell in enumerate(row[:-1]):
            names = fields_of(cell) if isinstance(cell, str) else ()
            beside = next((other for other in row[column + 1 :] if not is_empty(other)), None)
            if names and beside is not None and not (isinstance(beside, str) and fields_of(beside)):
                labels.setdefault(names[0], number)
    return "project_name" in labels and len(labels) >= CARD_LABELS and len(set(labels.values())) >= CARD_LABELS - 1


def _summary_place(sheet: Sheet) -> str | None:
    """The cell of a heading row that lists areas or kinds with counts or money, and no names of projects.

    The measures may stand in the row below (签约 over 个数 and 总投资).
    """
    for number, row in enumerate(sheet.rows[:-1]):
        below = sheet.rows[number + 1]
        is_heading = not any(parse_number(cell) is not None for cell in below)
        has_group = any(narrow(cell) in SUMMARY_WORDS for cell in row if isinstance(cell, str))
        texts = [narrow(cell) for cell in (*row, *(below if is_heading else [])) if isinstance(cell, str)]
        has_measure = any(text in COUNT_WORDS or "个数" in text or "投资" in text for text in texts)
        has_numbers = any(parse_number(cell) is not None for below in sheet.rows[number + 1 : number + 4] for cell in below)
        if has_group and has_measure and has_numbers:
            return sheet.address(number, 0)
    return None
