"""Reading returns of 200 and 50,000 rows, time and peak memory, against the bare reader of the same file.

Each is measured as a process of its own; the memory is that process's peak (Linux). The child that ours starts to read the
cells has a limit of its own and is not counted.
"""

from __future__ import annotations

import io
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

from benchmarks.measuring import Compared, compare, milliseconds, print_line

# Rows -> the ratio of time aimed at, rounds. The 200 rows are held to a second in all.
SIZES = {200: (None, 7), 50_000: (2.0, 2)}
AIM_SECONDS = 1.0
SEED = 20240901
ROOT = Path(__file__).parent.parent
HEADINGS = (
    "序号", "项目名称", "项目代码", "产业类型", "总投资（万元）", "年度计划投资（万元）", "本月完成投资（万元）",
    "本年累计完成投资（万元）", "开工以来累计完成投资（万元）", "项目阶段", "签约时间", "计划开工时间", "实际开工时间",
    "计划竣工时间", "形象进度", "存在问题", "需协调层级", "责任单位",
)  # fmt: skip
PEAK = """
status = Path("/proc/self/status").read_text()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""
OURS = f"""
import sys
from pathlib import Path
from loaders.confirming import open_return
read = open_return(Path(sys.argv[1]).read_bytes(), "报表.xlsx")
assert len(read.alone.rows) == int(sys.argv[2])
{PEAK}"""
BARE = f"""
import io, sys
from pathlib import Path
from python_calamine import CalamineWorkbook
book = CalamineWorkbook.from_filelike(io.BytesIO(Path(sys.argv[1]).read_bytes()))
assert len(book.get_sheet_by_index(0).to_python(skip_empty_area=False)) == int(sys.argv[2]) + 3
{PEAK}"""


def main() -> None:
    """Print time and peak memory for each size."""
    with tempfile.TemporaryDirectory() as folder:
        for rows, (aim, rounds) in SIZES.items():
            path = Path(folder) / f"{rows}.xlsx"
            path.write_bytes(large_return(rows))
            found = compare(lambda: run(OURS, path, rows), lambda: run(BARE, path, rows), rounds)  # noqa: B023
            print_time(rows, found, aim)
            ours, bare = run(OURS, path, rows), run(BARE, path, rows)
            figures = f"{ours / 1024:,.0f} / {bare / 1024:,.0f} MB = {ours / bare:.2f} times"
            print_line(f"peak memory, {rows:,} rows", figures, "1 GB", is_met=ours < 1024 * 1024)


def print_time(rows: int, found: Compared, aim: float | None) -> None:
    """One line of time: by the ratio where one is aimed at, else by the whole time of the process."""
    figures = f"{milliseconds(found.ours)} / {milliseconds(found.bare)} = {found.ratio:.2f} times"
    is_met = found.ours < AIM_SECONDS if aim is None else found.ratio <= aim
    print_line(f"read with findings, {rows:,} rows", figures, f"<= {aim:g}" if aim else "< 1 s", is_met=is_met)


def run(script: str, path: Path, rows: int) -> int:
    """Run one reading as a process; returns its peak memory in kB."""
    command = [sys.executable, "-c", script, str(path), str(rows)]
    return int(subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout)


def large_return(rows: int) -> bytes:
    """A made-up return of one list with so many projects."""
    chance = random.Random(SEED)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("项目")
    for line in (["滨海片区2024年8月亿元以上项目推进情况表"], ["单位：万元"], list(HEADINGS)):
        sheet.append(line)
    for number in range(1, rows + 1):
        total = chance.randint(10_000, 90_000)
        year = total // 3
        sheet.append([
            number, f"示例材料{chance.choice('生产加工研发')}项目{number}号", f"2408-{number:06d}", chance.choice(["新兴产业", "传统产业"]),
            total, total // 2, year // 8, year, year + 100, "在建", "2023年5月", "2024年3月", "2024-03-15", "2025年6月",
            f"主体施工至{chance.randint(1, 20)}层", chance.choice(["无", "用地指标不足", "供电接入未批复"]),
            chance.choice(["县级", "新区", None]), "示例园区",
        ])  # fmt: skip
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
