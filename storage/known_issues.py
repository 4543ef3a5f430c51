"""Issues as a running transaction sees them, for the queries and for the checks of what is recorded next."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from domain.issues import Issue, IssueEvent
from storage.counting import NEWEST, Params

ISSUES = """
    SELECT issue_id, project_id, body, opened_on, text, reason, level, explanation, source, submission_id, sheet, cell
    FROM issue WHERE {condition} ORDER BY sequence, number
"""
EVENTS = """
    SELECT issue_id, kind, on_date, level, owner, due_date, reason, note,
        row_number() OVER (ORDER BY sequence, number) AS place
    FROM issue_event
    WHERE sequence <= $sequence AND issue_id IN (SELECT issue_id FROM issue WHERE {condition})
    ORDER BY place
"""
READABLE = "sequence <= $sequence AND body IN (SELECT unnest($bodies))"
OF_PROJECTS = "sequence <= $sequence AND project_id IN (SELECT unnest($projects::VARCHAR[]))"


def readable_issues(cursor: duckdb.DuckDBPyConnection, params: Params) -> list[Issue]:
    """The issues opened up to a write, of the bodies that may be read, in the order in which they were opened."""
    return [Issue(*row) for row in cursor.execute(ISSUES.format(condition=READABLE), params).fetchall()]


def readable_events(cursor: duckdb.DuckDBPyConnection, params: Params) -> list[IssueEvent]:
    """What happened to them, in the order in which it was recorded, numbered so."""
    return [IssueEvent(*row) for row in cursor.execute(EVENTS.format(condition=READABLE), params).fetchall()]


def issues_beside(
    cursor: duckdb.DuckDBPyConnection, project_ids: Iterable[str], issue_ids: Iterable[str]
) -> tuple[list[Issue], list[IssueEvent]]:
    """All issues of the projects named and of the projects of the issues named, with their events."""
    found = cursor.execute(
        "SELECT DISTINCT project_id FROM issue WHERE issue_id IN (SELECT unnest($1::VARCHAR[]))", [list(issue_ids)]
    ).fetchall()
    params = {"sequence": NEWEST, "projects": sorted({*project_ids, *(project_id for (project_id,) in found)})}
    issues = [Issue(*row) for row in cursor.execute(ISSUES.format(condition=OF_PROJECTS), params).fetchall()]
    events = [IssueEvent(*row) for row in cursor.execute(EVENTS.format(condition=OF_PROJECTS), params).fetchall()]
    return issues, events
