"""What is on record before a return is read."""

from __future__ import annotations

from typing import Any

import duckdb

from domain.fields import stored_names
from domain.periods import Period
from domain.scope import OFFICE, Record
from domain.submissions import Decision, Known, KnownProject
from storage.counting import COUNTED, params_of
from storage.engine import Database
from storage.queries.periods import ANY_PERIOD, periods_in_force
from storage.queries.states import Asked, asked_params, states_sql

COLUMNS = stored_names()
EVERY_PROJECT = f"""
    SELECT project_id, arg_max(counted.body, position), coalesce(arg_max(project_name, position), ''),
        arg_max(project_row.kind, position), max(counted.period)
    FROM project_row JOIN ({COUNTED}) AS counted ON counted.submission_id = project_row.submission_id
    WHERE is_counted
    GROUP BY project_id
    ORDER BY project_id
"""


def known_for(db: Database, period: Period | None) -> Known:
    """All projects on record in both districts, and all decisions, oldest first.

    Values are as last accepted before ``period``, by stored column (Decimal, date, text or None): the year's figures
    only within the period's calendar year, a month's texts only from the month before. A project first seen in or after
    ``period`` has no values ({}), and as last period its newest. Without a period the values are the newest.
    """
    # Of one state of the data: a return that is accepted meanwhile must not bring a project that was not listed.
    with db.snapshot() as cursor:
        projects = {row[0]: KnownProject(*row, values={}) for row in _every_project(cursor)}
        asked = Asked.before(period) if period else _newest(cursor)
        for project_id, last_period, name, values in _values_before(cursor, asked) if asked else ():
            project = projects[project_id]
            project.last_period, project.values = last_period, values
            project.name = name or project.name
        return Known(projects, _decisions(cursor))


def _newest(cursor: duckdb.DuckDBPyConnection) -> Asked | None:
    periods = periods_in_force(cursor, OFFICE)
    return Asked.as_of(periods[-1]) if periods else None


def _every_project(cursor: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return cursor.execute(EVERY_PROJECT, params_of(OFFICE, Record(ANY_PERIOD))).fetchall()


def _values_before(
    cursor: duckdb.DuckDBPyConnection, asked: Asked
) -> list[tuple[str, str, str | None, dict[str, Any]]]:
    params = {**params_of(OFFICE, Record(ANY_PERIOD)), **asked_params([asked])}
    fields = ", ".join(COLUMNS)
    rows = cursor.execute(f"SELECT project_id, last_period, {fields} FROM ({states_sql(COLUMNS)})", params).fetchall()
    found = []
    for project_id, last_period, *values in rows:
        by_column = dict(zip(COLUMNS, values, strict=True))
        found.append((project_id, last_period, by_column["project_name"], by_column))
    return found


def _decisions(cursor: duckdb.DuckDBPyConnection) -> list[Decision]:
    rows = cursor.execute("SELECT kind, body, subject, answer, form FROM decision ORDER BY sequence, number").fetchall()
    return [Decision(*row) for row in rows]
