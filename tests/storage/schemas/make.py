"""Make a small database of every shape that there has been, from its SQL: schema.sql and the migrations up to a number.

``python tests/storage/schemas/make.py`` writes those that are missing; one that is there is never made again, since it stands
for what an installation of that time holds. Each has one accepted return, with the row that its journal line needs.
"""

from __future__ import annotations

import gzip
import hashlib
import tempfile
from pathlib import Path

import duckdb

FOLDER = Path(__file__).parent
STORAGE = FOLDER.parents[2] / "storage"
MIGRATIONS = sorted((STORAGE / "migrations").glob("*.sql"))
CONTENT = b"a workbook of that time"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
# What every installation had from the start: one return, one withdrawn, decisions and a target.
ROWS = (
    "INSERT INTO write_lock VALUES (1, 3)",
    """INSERT INTO submission VALUES ('s1', '2024-08-滨海-01', 1, 'monthly_return', 'binhai', '2024-08', '八月.xlsx',
        '{sha256}', {size}, TIMESTAMP '2024-09-01 12:00:00', 'office', '已核实', NULL, 1, 0, 0, 0, 0, NULL)""",
    """INSERT INTO submission VALUES ('s2', '2024-09-滨海-01', 2, 'monthly_return', 'binhai', '2024-09', '九月.xlsx',
        '{sha256}', {size}, TIMESTAMP '2024-10-01 12:00:00', 'office', '', NULL, 0, 0, 0, 0, 0, NULL)""",
    "INSERT INTO withdrawal VALUES ('s2', 3, TIMESTAMP '2024-10-02 12:00:00', 'office', '报错')",
    "INSERT INTO submission_table VALUES ('s1', 1, '项目', 'projects', '月报表', '万元')",
    "INSERT INTO submission_column VALUES ('s1', 1, 'B', '项目名称', 'project_name', NULL, 'exact')",
    """INSERT INTO project_row (submission_id, table_number, kind, body, period, sheet, cell_row, project_id, is_counted,
        rejected, texts, elsewhere) VALUES ('s1', 1, 'projects', 'binhai', '2024-08', '项目', 5, 'p1', true, '', '[]', '{{}}')""",
    "INSERT INTO decision (sequence, number, decided_at, decided_by, kind, body, subject, answer)"
    " VALUES (1, 1, TIMESTAMP '2024-09-01 12:00:00', 'office', 'same_project', 'binhai', '甲', 'p1')",
    "INSERT INTO target VALUES ('s1', 'signed', 'zone', 80, '个', '目标', 'C4', '80')",
)


def make(number: int, target: Path) -> None:
    """A database of the shape after the migration of that number; 0 is schema.sql alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.duckdb"
        with duckdb.connect(str(path)) as connection:
            connection.execute((STORAGE / "schema.sql").read_text(encoding="utf-8"))
            for sql in ROWS:
                connection.execute(sql.format(sha256=SHA256, size=len(CONTENT)))
            for file in (each for each in MIGRATIONS if int(each.name[:4]) <= number):
                connection.execute(file.read_text(encoding="utf-8"))
                connection.execute(f"INSERT INTO schema_version VALUES ({int(file.name[:4])}, TIMESTAMP '2024-08-01')")
        target.write_bytes(gzip.compress(path.read_bytes(), mtime=0))


if __name__ == "__main__":
    for number in (0, *(int(file.name[:4]) for file in MIGRATIONS)):
        target = FOLDER / f"{number:04}.duckdb.gz"
        if not target.exists():
            make(number, target)
            print(target.name, target.stat().st_size)
