"""How the database file is opened: with few threads, little memory, and SQL that reaches no file, setting or extension."""

from __future__ import annotations

from pathlib import Path

import duckdb

SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "1GB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
}


def connect(path: Path, *, is_read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection to a database file that is locked down before anything else is asked of it. Raises duckdb.Error."""
    connection = duckdb.connect(str(path), read_only=is_read_only, config=SETTINGS)
    try:
        _lock_down(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def backup_folder(path: Path) -> Path:
    """The one folder, beside the database, that SQL may write to."""
    return path.parent / "backups"


def _lock_down(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Take files, extensions and settings out of SQL's reach; a further connection in this process finds it done."""
    row = connection.execute("SELECT current_setting('lock_configuration')").fetchone()
    if row and row[0]:
        return
    # The folder must be named before access is turned off.
    connection.execute("SET allowed_directories = $folders", {"folders": [f"{backup_folder(path).resolve()}/"]})
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
