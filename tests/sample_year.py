"""The sample returns of 2024, accepted into a database as an office would, month by month."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import time
from pathlib import Path

from loaders.__main__ import main

SAMPLES = Path(__file__).parent.parent / "data" / "samples" / "2024"
MONTH = re.compile(r"2024年(\d{1,2})月")
LONGEST_WAIT_SECONDS = 300
YEARLY = "2024年度目标", "推进计划表"


def sample_files(last_month: int = 12, *, first_month: int = 1, yearly: bool = True) -> list[Path]:
    """The workbooks of these months, and the yearly forms."""
    return [path for path in sorted(SAMPLES.iterdir()) if _is_wanted(path.name, first_month, last_month, yearly)]


def _is_wanted(name: str, first: int, last: int, yearly: bool) -> bool:
    month = MONTH.search(name)
    return first <= int(month[1]) <= last if month else yearly


def accept_samples(database: Path, files: list[Path]) -> str:
    """Accept workbooks through the command line, confirming what it suggests; returns what it printed."""
    printed = io.StringIO()
    arguments = ["accept", *map(str, files), "--database", str(database), "--confirm-suggestions", "--reason", "示例"]
    with contextlib.redirect_stdout(printed):
        code = main(arguments)
    assert code == 0, printed.getvalue()
    return printed.getvalue()


def built_once(folder: Path, files: list[Path]) -> Path:
    """A database of these workbooks in the folder; the first worker to come makes it, the others wait until it is whole.

    Raises TimeoutError when the one that makes it does not come to its end.
    """
    database, whole = folder / "monitor.duckdb", folder.with_suffix(".whole")
    try:
        folder.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + LONGEST_WAIT_SECONDS
        while not whole.exists():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{folder.name} is not whole after {LONGEST_WAIT_SECONDS} s") from None
            time.sleep(0.1)
    else:
        accept_samples(database, files)
        whole.touch()
    return database


def copy_database(source: Path, folder: Path) -> Path:
    """A copy of a database with its originals and journal, for a test that opens or changes it."""
    shutil.copytree(source.parent, folder, dirs_exist_ok=True)
    return folder / source.name
