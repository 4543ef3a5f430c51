"""What has grown since: the sizes of the tables, and what is spared by them."""

from __future__ import annotations

from builders import accept, monthly, row

from storage.engine import Database
from storage.growth import grown_since, table_sizes, view_words, words_of
from storage.integrity_checks import CHECKS
from storage.journal import DECISIONS, EVENTS, PARTS


def test_the_sizes_are_exact(db: Database) -> None:
    """DuckDB calls them estimated: of tables that only grow they are the number of rows, also after opening again."""
    for month in ("2024-07", "2024-08", "2024-09"):
        accept(db, monthly(month, row("甲"), row("乙", 6)))
    with db.cursor() as cursor:
        sizes = table_sizes(cursor)
        counted = {table: cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in sizes}
    assert sizes == counted and sizes["project_row"] == 6


def test_what_has_grown() -> None:
    """Tables that are larger or new, the views of them, and the views of these."""
    assert grown_since({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 1}) == {"b", "c"}
    tasks = grown_since({"task": 1, "issue": 1}, {"task": 2, "issue": 1})
    assert {"task", "task_write"} <= tasks and not {"issue", "issue_write"} & tasks


def test_each_query_names_a_table_or_a_view(db: Database) -> None:
    """And each view one: else it would never be asked again after the first time."""
    with db.cursor() as cursor:
        known = table_sizes(cursor).keys() | view_words().keys()
    queries = (*EVENTS.values(), DECISIONS, *PARTS.values(), *(sql for _, sql in CHECKS))
    assert [sql for sql in queries if not words_of(sql) & known] == []
    assert [view for view, words in view_words().items() if not words & known - {view}] == []
