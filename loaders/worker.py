"""The child process that reads a workbook: bytes on stdin, JSON on stdout. It imports nothing of the project.

Run by loaders.workbook as a script in isolated mode, so that a reader that aborts, hangs or fills the memory takes
only this process with it. The answer is ``{"sheets": [{"name", "visible", "merged", "rows"}]}`` with dates as
``["d", ISO text]`` and times of day as ``["s", text]``, or ``{"refused": code, "sheet": name}``.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 60_000, 200, 1_500_000
MAX_SHEETS, MAX_MERGES, MAX_TEXT = 30, 5_000, 32_767
MAX_OUTPUT = 96 * 1024 * 1024
MEMORY = 1024 * 1024 * 1024


class Refused(Exception):
    """A limit is passed: a code of the gate's table and the sheet's name."""


def limit_process() -> None:
    """Cap memory, processor time, written files and open files.

    Windows has no ``resource``: there the gate, the parent's timeout and the process boundary remain.
    """
    try:
        import resource
    except ImportError:
        return
    limits = {"RLIMIT_AS": MEMORY, "RLIMIT_CPU": 15, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0, "RLIMIT_NOFILE": 32}
    for name, value in limits.items():
        hard = resource.getrlimit(getattr(resource, name))[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(getattr(resource, name), (value, value))
        except (ValueError, OSError):  # a platform that knows the name but not the limit
            continue


def read_sheets(content: bytes) -> dict[str, Any]:
    """All worksheets of a workbook in JSON's types, or the refusal. Raises what the reader raises."""
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return {"sheets": _read_all(book, calamine)}
    except calamine.PasswordError:
        return {"refused": "encrypted", "sheet": ""}
    except Refused as refusal:
        code, sheet = refusal.args
        return {"refused": code, "sheet": sheet}


def _read_all(book: Any, calamine: Any) -> list[dict[str, Any]]:
    metadata = book.sheets_metadata
    if len(metadata) > MAX_SHEETS:
        raise Refused("too_many_sheets", "")
    sheets: list[dict[str, Any]] = []
    room = MAX_CELLS
    for index, entry in enumerate(metadata):
        if entry.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = _read_sheet(book.get_sheet_by_index(index), entry.name)
        room -= sum(len(row) - row.count("") for row in sheet["rows"])
        if room < 0:
            raise Refused("too_many_cells", "")
        sheets.append({**sheet, "visible": entry.visible == calamine.SheetVisibleEnum.Visible})
    return sheets


def _read_sheet(sheet: Any, name: str) -> dict[str, Any]:
    """Rows from A1 on without the empty tail. The limits are judged before the rows become Python objects."""
    last_row, last_column = sheet.end or (-1, -1)
    if last_row >= MAX_ROWS:
        raise Refused("too_many_rows", name)
    if last_column >= MAX_COLUMNS:
        raise Refused("too_many_columns", name)
    merged = sheet.merged_cell_ranges or []
    if len(merged) > MAX_MERGES:
        raise Refused("too_many_merges", name)
    rows = sheet.to_python(skip_empty_area=False)
    while rows and rows[-1].count("") == len(rows[-1]):
        rows.pop()
    return {"name": name, "merged": [(*first, *last) for first, last in merged], "rows": rows}


def encode_cell(value: object) -> list[str]:
    """The cells that JSON has no type for. Times and durations have no place in a return: they keep their text."""
    if isinstance(value, (datetime, date)):
        return ["d", value.isoformat()]
    if isinstance(value, (time, timedelta)):
        return ["s", str(value)]
    raise TypeError(type(value).__name__)


def encode(answer: dict[str, Any]) -> bytes:
    """The answer as UTF-8 JSON, or a refusal in its place when it is too large to hand over."""
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"), default=encode_cell).encode()
    if len(text) > MAX_OUTPUT:
        return encode({"refused": "text_too_long", "sheet": ""})
    return text


if __name__ == "__main__":
    limit_process()
    sys.stdout.buffer.write(encode(read_sheets(sys.stdin.buffer.read())))
