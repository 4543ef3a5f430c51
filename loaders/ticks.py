"""Stages given by a column each: 签约 | 开工 | 竣工 with a tick in the column of the stage that a project is in."""

from __future__ import annotations

from domain.stages import STAGES
from loaders.blocks import Block, Column, narrow
from loaders.values import is_empty, text_of
from loaders.vocabulary import read_word

TICKS = {"√", "✓", "✔", "是", "●", "■", "☑", "1", "v", "V", "○", "★", "Y", "y"}
NO_TICKS = {"否", "0", "×", "□", "☐", "N", "n"}
MIN_COLUMNS = 2  # one alone may be a permit or a yes-or-no of something else


def tick_columns(block: Block) -> dict[int, str]:
    """Column index -> stage of the columns that hold nothing but ticks under stage words; none unless there are two."""
    found = {column.index: code for column in block.columns if (code := _stage_of(block, column))}
    return found if len(found) >= MIN_COLUMNS and len(set(found.values())) == len(found) else {}


def _stage_of(block: Block, column: Column) -> str | None:
    code = read_word("stage", column.leaf)
    if code is None:
        return None
    cells = {narrow(cell) for cell in block.data_cells(column.index) if not is_empty(cell)}
    return code if cells and cells <= TICKS | NO_TICKS and cells & TICKS else None


def ticked_stage(block: Block, row: int, columns: dict[int, str]) -> tuple[str, tuple[str, str]] | None:
    """(stage, (cell, text)) of the furthest stage ticked in a row; a side state goes before the chain."""
    cells = block.sheet.rows[row]
    ticked = [index for index in columns if narrow(cells[index]) in TICKS]
    if not ticked:
        return None
    index = max(ticked, key=lambda each: (STAGES[columns[each]].rank < 0, STAGES[columns[each]].rank))
    return columns[index], (block.sheet.address(row, index), text_of(cells[index]) or "")
