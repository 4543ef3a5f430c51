"""Reading one return, against the bare reader of the same file in a child process of its own."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

from benchmarks.measuring import compare, milliseconds, print_line
from loaders.confirming import open_return

SAMPLES = Path(__file__).parent.parent / "data" / "samples" / "2024"
FILES = (
    "滨海片区2024年12月亿元以上项目推进情况表.xlsx",
    "响水片区2024年12月项目推进月报表.xlsx",
    "响水片区2024年3月项目推进月报表.xls",
)
AIM = 3.0
ROUNDS = 9
# The least that any reader in a child process must do: start Python, open the workbook, hand over every cell.
BARE = """
import io, sys, json
from python_calamine import CalamineWorkbook
book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
sys.stdout.write(json.dumps(sheets, default=str))
"""


def main() -> None:
    """Print the ratio for one file of each sender and kind."""
    for name in FILES:
        content = (SAMPLES / name).read_bytes()
        found = compare(partial(read_whole, content, name), partial(read_bare, content), ROUNDS)
        figures = f"{milliseconds(found.ours)} / {milliseconds(found.bare)} = {found.ratio:.2f} times"
        print_line(f"read with findings: {name[:16]}", figures, f"<= {AIM:g}", is_met=found.ratio <= AIM)


def read_whole(content: bytes, name: str) -> None:
    """Read a return with all its findings."""
    open_return(content, name)


def read_bare(content: bytes) -> None:
    """Read all cells in a child process and do nothing with them."""
    subprocess.run([sys.executable, "-I", "-c", BARE], input=content, capture_output=True, check=True)
