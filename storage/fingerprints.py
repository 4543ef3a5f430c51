"""Every table read in full: damage to a block shows when it is read, not when the file is opened."""

from __future__ import annotations

import duckdb

TABLES = "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database() ORDER BY table_name"
# A sum, not an exclusive or, under which a row that stands twice is not there.
FINGERPRINT = (
    "SELECT count(*), CAST(coalesce(sum(CAST(hash(rows_of) AS HUGEINT)), 0) AS VARCHAR) FROM {table} AS rows_of"
)
Fingerprints = dict[str, list[object]]


def read_fingerprints(cursor: duckdb.DuckDBPyConnection) -> Fingerprints:
    """Table -> number of rows and a fingerprint of them that no order changes. Raises duckdb.Error for damage."""
    return {name: list(_only_row(cursor, FINGERPRINT.format(table=name))) for name in table_names(cursor)}


def unreadable_tables(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables that cannot be read to the end."""
    return [name for name in table_names(cursor) if not _is_readable(cursor, name)]


def table_names(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables of the database, by name."""
    return [name for (name,) in cursor.execute(TABLES).fetchall()]


def _is_readable(cursor: duckdb.DuckDBPyConnection, table: str) -> bool:
    try:
        _only_row(cursor, FINGERPRINT.format(table=table))
    except duckdb.Error:
        return False
    return True


def _only_row(cursor: duckdb.DuckDBPyConnection, sql: str) -> tuple[object, ...]:
    (row,) = cursor.execute(sql).fetchall()
    return row
