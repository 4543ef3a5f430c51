"""Each check of integrity finds the fault that it is for."""

from __future__ import annotations

import pytest
from builders import accept, monthly, row

from storage.engine import Database
from storage.integrity import check_growth, check_integrity, check_tables
from storage.integrity_checks import CHECKS, CHILDREN

FAULTS = {
    "stands twice": "INSERT INTO submission SELECT * FROM submission",
    "is withdrawn twice": "INSERT INTO withdrawal SELECT submission_id, unnest([8, 9]), accepted_at, '', '' FROM submission",
    "later than the newest write": "UPDATE submission SET sequence = 99",
    "write_lock holds 2 rows": "INSERT INTO write_lock VALUES (1, 7)",
    "counts a project twice": "INSERT INTO project_row SELECT * FROM project_row",
    "of which none counts": "UPDATE project_row SET is_counted = false",
    "reported by two bodies": "INSERT INTO project_row SELECT * REPLACE ('xiangshui' AS body) FROM project_row",
    "outside its table, period or body": "UPDATE project_row SET period = '2024-09'",
    "a period that is no month": "UPDATE submission SET period = '2024-13'",
    "does not agree with its rows": "UPDATE submission SET project_count = 7",
    "outside 0 to 1": "UPDATE project_row SET progress_rate = 1.5",
    "investment is negative": "UPDATE project_row SET total_investment_wan = -1",
    "database and journal disagree": "UPDATE submission SET reason = 'changed'",
}


@pytest.mark.parametrize(("sentence", "sql"), FAULTS.items())
def test_a_fault_is_found(db: Database, sentence: str, sql: str) -> None:
    """None of these can come from accepting; damage and hand-made changes can."""
    accept(db, monthly("2024-08", row("甲", total_investment_wan=1)))
    assert check_integrity(db) == []
    with db.cursor() as cursor:
        cursor.execute(sql)
    assert any(sentence in fault for fault in check_integrity(db))


@pytest.mark.parametrize("table", CHILDREN)
def test_an_orphan_is_found(db: Database, table: str) -> None:
    """In every table that hangs on a submission; also by the checks of what has grown, and again until it is mended."""
    assert check_growth(db) == []
    with db.cursor() as cursor:
        columns = cursor.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = $1 AND NOT is_nullable", [table]
        ).fetchall()
        samples = {
            "VARCHAR": "'x'",
            "DATE": "DATE '2024-01-01'",
            "TIMESTAMP": "TIMESTAMP '2024-01-01'",
            "BOOLEAN": "true",
        }
        names = ", ".join(name for name, _ in columns)
        cursor.execute(
            f"INSERT INTO {table} ({names}) VALUES ({', '.join(samples.get(kind, '1') for _, kind in columns)})"
        )
    sentence = f"{table}: rows of the unknown submission x"
    assert sentence in check_tables(db) and [sentence in check_growth(db) for _ in range(2)] == [True, True]


def test_what_has_not_grown_is_not_checked_again(db: Database) -> None:
    """A row changed by hand is found at the next start and by each backup, or once its table grows."""
    accept(db, monthly("2024-08", row("甲", total_investment_wan=1)))
    with db.cursor() as cursor:
        cursor.execute("UPDATE project_row SET total_investment_wan = -1")
    assert (check_growth(db), len(check_tables(db))) == ([], 1)
    accept(db, monthly("2024-09", row("甲", total_investment_wan=1)))
    assert any("investment is negative" in fault for fault in check_growth(db))


def test_every_check_says_what_it_found(db: Database) -> None:
    """Each sentence holds a place for the fault's text."""
    assert all(sentence.count("{}") == 1 for sentence, _ in CHECKS)
    assert check_tables(db) == []
