"""A workbook's bytes in, its sheets out: the only way any code of ours reads an uploaded workbook.

First the gate judges the bytes, then a child process with limits reads the values (see worker.py), then both are put
together: a reader tells neither hidden rows and columns nor errors, the gate tells no values.
"""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from loaders.addresses import cell_address, column_letter
from loaders.gate import XLSX, probe
from loaders.refusals import REFUSALS, UnreadableFile
from loaders.scans import SheetProbe

__all__ = ["Cell", "Sheet", "UnreadableFile", "Workbook", "read_workbook", "sha256_of"]

Cell = str | float | bool | date | datetime | None

WORKER = Path(__file__).with_name("worker.py")
TIMEOUT_SECONDS = 20
# Two children at most: ten senders at once must not fill the memory.
CHILDREN = BoundedSemaphore(2)


@dataclass(slots=True)
class Sheet:
    """One worksheet from A1 on. Rows and columns are zero-based; ``rows`` is rectangular, None where a cell is empty.

    ``merged`` holds (top, left, bottom, right), inclusive and within the rows. An error cell stands in ``errors`` and
    as the same text in ``rows``; a formula without a saved result is None and stands in ``uncalculated``. For xls the
    hidden rows and columns, errors and uncalculated cells are not known and empty.

    A table may be laid out anew to be read (plan and actual in one row, a list turned upright): ``moved`` tells of a
    cell where it stood before, ``letters`` of a column what it is called there.
    """

    name: str
    rows: list[list[Cell]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    is_visible: bool = True
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    moved: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    letters: dict[int, str] = field(default_factory=dict)

    def address(self, row: int, column: int) -> str:
        """Where a cell stands on the sheet as it was sent: ``F23``."""
        return cell_address(*self.moved.get((row, column), (row, column)))

    def letter(self, column: int) -> str:
        """What a column is called on the sheet as it was sent: ``F``; of a list that lies on its side, its row."""
        return self.letters.get(column) or column_letter(column)

    @property
    def lies_on_its_side(self) -> bool:
        """Whether the projects are columns of the sheet as it was sent, and what we call columns are its rows."""
        return any(letter.isdigit() for letter in self.letters.values())


@dataclass(slots=True)
class Workbook:
    """``kind`` is xlsx or xls by content, whatever the file's name says; sheets in workbook order."""

    kind: str
    sheets: list[Sheet]


def sha256_of(content: bytes) -> str:
    """The name under which the original bytes are kept: 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def read_workbook(content: bytes) -> Workbook:
    """Read all worksheets of an xlsx or xls file. Raises UnreadableFile with the sentence for the sender."""
    seen = probe(content)
    answer = _ask_child(content)
    try:
        sheets = []
        for part in answer["sheets"]:
            # A sheet that only one of the two saw means that they read different files.
            probed = seen.sheets[part["name"]] if seen.kind == XLSX else SheetProbe(part["name"])
            sheets.append(_join_sheet(part, probed))
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableFile("damaged") from error
    if not sheets:
        raise UnreadableFile("no_sheets")
    return Workbook(seen.kind, sheets)


def _ask_child(content: bytes) -> dict[str, Any]:
    """The child's answer. Whatever goes wrong in there is a fault of the file: slow, too complex or damaged."""
    command = [sys.executable, "-I", str(WORKER)]
    with CHILDREN:
        try:
            child = subprocess.run(command, input=content, capture_output=True, timeout=TIMEOUT_SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise UnreadableFile("too_slow") from error
    if child.returncode != 0:
        raise UnreadableFile(_failure_code(child.returncode, child.stderr))
    return _parse_answer(child.stdout)


def _failure_code(returncode: int, stderr: bytes) -> str:
    """SIGXCPU is the processor limit; both Python and the reader name memory when an allocation fails."""
    if hasattr(signal, "SIGXCPU") and returncode == -signal.SIGXCPU:
        return "too_slow"
    return "too_complex" if b"MemoryError" in stderr or b"memory allocation" in stderr else "damaged"


def _parse_answer(text: bytes) -> dict[str, Any]:
    """Every number becomes a float; NaN and infinities, which no return means, stay text."""
    try:
        answer = json.loads(text, parse_int=float, parse_constant=str)
    except ValueError as error:
        raise UnreadableFile("damaged") from error
    if not isinstance(answer, dict):
        raise UnreadableFile("damaged")
    if "refused" in answer:
        code = answer["refused"]
        raise UnreadableFile(code if code in REFUSALS else "damaged", sheet=str(answer.get("sheet", ""))[:40])
    return answer


def _join_sheet(part: dict[str, Any], probed: SheetProbe) -> Sheet:
    rows: list[list[Cell]] = [[_decode(cell) for cell in row] for row in part["rows"]]
    _fill_in(rows, probed)
    return Sheet(
        name=part["name"],
        rows=rows,
        merged=_clip_merged(part["merged"], len(rows), len(rows[0]) if rows else 0),
        is_visible=bool(part["visible"]) and probed.is_visible,
        hidden_rows=probed.hidden_rows,
        hidden_columns=probed.hidden_columns,
        errors=probed.errors,
        uncalculated=probed.uncalculated,
    )


def _decode(cell: Any) -> Cell:
    if cell == "":
        return None
    if type(cell) is not list:
        return cell
    kind, text = cell
    if kind != "d":
        return text
    moment = datetime.fromisoformat(text)
    return moment.date() if moment.time() == time(0) else moment


def _fill_in(rows: list[list[Cell]], probed: SheetProbe) -> None:
    """Put the error texts in; the reader's area ends before cells without a value, so it may have to grow."""
    places = [*probed.errors, *probed.uncalculated]
    height = max([len(rows), *(row + 1 for row, _ in places)])
    width = max([*map(len, rows), *(column + 1 for _, column in places)], default=0)
    rows.extend([] for _ in range(height - len(rows)))
    for row in rows:
        row.extend([None] * (width - len(row)))
    for row, column in probed.uncalculated:
        rows[row][column] = None
    for (row, column), text in probed.errors.items():
        rows[row][column] = text


def _clip_merged(merged: list[list[float]], height: int, width: int) -> list[tuple[int, int, int, int]]:
    """The areas that begin within the rows, in whole numbers and cut at the sheet's edge."""
    clipped = []
    for top, left, bottom, right in (map(int, area) for area in merged):
        bottom, right = min(bottom, height - 1), min(right, width - 1)
        if 0 <= top <= bottom and 0 <= left <= right:
            clipped.append((top, left, bottom, right))
    return clipped
