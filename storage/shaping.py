"""The shape of the database: tables, migrations, the columns of the declared fields, views."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from domain.fields import stored_columns
from storage.clock import office_time

FOLDER = Path(__file__).parent
SCHEMA = FOLDER / "schema.sql"
MIGRATIONS = FOLDER / "migrations"
VIEWS = FOLDER / "views"


def shape_database(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring a new or older database to today's shape. Each step is a transaction of its own; done steps are skipped."""
    with _transaction(connection):
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        _add_lock_row(connection)
    changes = [_apply_migrations(connection), _add_declared_columns(connection)]
    _rebuild_views(connection)
    if any(changes):
        connection.execute("CHECKPOINT")


def is_in_shape(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Whether no migration is missing; a database made by a later version of the system is not in shape either."""
    return _applied(cursor) == {_number(file) for file in MIGRATIONS.glob("*.sql")}


def needs_migration(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a database that holds writes is about to be changed by a migration."""
    names = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not {"schema_version", "write_lock"} <= names:
        return False
    row = connection.execute("SELECT max(version) FROM write_lock").fetchone()
    waiting = {_number(file) for file in MIGRATIONS.glob("*.sql")} - _applied(connection)
    return bool(row and row[0] and waiting)


def _applied(cursor: duckdb.DuckDBPyConnection) -> set[int]:
    return {version for (version,) in cursor.execute("SELECT version FROM schema_version").fetchall()}


def existing_columns(cursor: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """Names of the columns of a table, in order."""
    rows = cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = $table ORDER BY ordinal_position",
        {"table": table},
    ).fetchall()
    return [name for (name,) in rows]


@contextmanager
def _transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.begin()
    try:
        yield
        connection.commit()
    except BaseException:
        with suppress(duckdb.Error):
            connection.rollback()
        raise


def _add_lock_row(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("INSERT INTO write_lock SELECT 1, 0 WHERE NOT EXISTS (SELECT id FROM write_lock)")


def _apply_migrations(connection: duckdb.DuckDBPyConnection) -> bool:
    """Apply the numbered files that schema_version does not name yet; True when there was one."""
    applied = _applied(connection)
    waiting = [file for file in sorted(MIGRATIONS.glob("*.sql")) if _number(file) not in applied]
    for file in waiting:
        with _transaction(connection):
            _drop_views(connection)
            connection.execute(file.read_text(encoding="utf-8"))
            connection.execute("INSERT INTO schema_version VALUES ($1, $2)", [_number(file), office_time()])
        connection.execute("CHECKPOINT")
    return bool(waiting)


def _number(file: Path) -> int:
    return int(file.name.split("_")[0])


def _add_declared_columns(connection: duckdb.DuckDBPyConnection) -> bool:
    """Give every declared field its column; True when one was added."""
    existing = set(existing_columns(connection, "project_row"))
    missing = [(name, sql_type) for name, sql_type in stored_columns() if name not in existing]
    if missing:
        with _transaction(connection):
            _drop_views(connection)
            for name, sql_type in missing:
                connection.execute(f"ALTER TABLE project_row ADD COLUMN {name} {sql_type} DEFAULT NULL")
    return bool(missing)


def _drop_views(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
    for (name,) in rows:
        connection.execute(f'DROP VIEW IF EXISTS "{name}"')


def _rebuild_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Views are code: dropped and made anew at every opening. A file's name orders nothing but the alphabet."""
    with _transaction(connection):
        _drop_views(connection)
        for file in sorted(VIEWS.glob("*.sql")):
            connection.execute(f"CREATE VIEW {file.stem} AS {file.read_text(encoding='utf-8')}")
