"""A rectification ledger from a file: a workbook as it was handed out, or a table saved as text."""

from __future__ import annotations

from domain.list_lines import Lines, decoded, lines_of_text
from domain.rectification_lists import ReadLedger, headings_at, read_ledger
from domain.rectification_rows import text_of
from loaders.gate import OLE_MAGIC
from loaders.workbook import Sheet, read_workbook


def ledger_of_file(content: bytes, *, is_example: bool = False) -> ReadLedger:
    """What a file tells of; of an example all words are marked as made up.

    Of a workbook the first visible sheet with the headings counts. Raises UnreadableFile for one that cannot be read.
    """
    if not content.startswith((b"PK", OLE_MAGIC)):
        return read_ledger(lines_of_text(decoded(content)), is_example=is_example)
    sheets = [_lines(sheet) for sheet in read_workbook(content).sheets if sheet.is_visible]
    lines = next((lines for lines in sheets if headings_at(lines) is not None), [])
    return read_ledger(lines, is_example=is_example)


def _lines(sheet: Sheet) -> Lines:
    rows = [(number, [text_of(cell).strip() for cell in row]) for number, row in enumerate(sheet.rows, 1)]
    return [(number, cells) for number, cells in rows if any(cells)]
