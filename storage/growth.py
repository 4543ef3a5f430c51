"""Which tables have grown: rows are only ever added, and by this process alone, so what holds of the others still holds."""

from __future__ import annotations

import re
from functools import cache

import duckdb

from storage.shaping import VIEWS

# Exact where rows are only added; counting them would take as long as what is spared.
SIZES = "SELECT table_name, estimated_size FROM duckdb_tables()"
Sizes = dict[str, int]


def table_sizes(cursor: duckdb.DuckDBPyConnection) -> Sizes:
    """Table -> its rows. Ask before what is to be done for them: of what is written meanwhile they then know nothing."""
    return dict(cursor.execute(SIZES).fetchall())


def grown_since(before: Sizes, sizes: Sizes) -> frozenset[str]:
    """The tables that have other sizes than before, and the views of them and of each other."""
    grown = {table for table, size in sizes.items() if before.get(table) != size}
    views = view_words()
    while more := {view for view, words in views.items() if view not in grown and words & grown}:
        grown |= more
    return frozenset(grown)


@cache
def view_words() -> dict[str, frozenset[str]]:
    """View -> the words of the query that it stands for."""
    return {file.stem: words_of(file.read_text(encoding="utf-8")) for file in VIEWS.glob("*.sql")}


@cache
def words_of(sql: str) -> frozenset[str]:
    """The words of a query, among them the names of its tables and views."""
    return frozenset(re.findall(r"\w+", sql))
