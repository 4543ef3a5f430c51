"""Issues and what happened to them, the issues that the returns in force name, and the words taught to their classing."""

from __future__ import annotations

import pandas as pd

from domain.issues import Issue, IssueEvent
from domain.reasons import TaughtWord
from domain.scope import Record, Scope
from storage.counting import COUNTED, params_of
from storage.engine import Database
from storage.known_issues import readable_events, readable_issues
from storage.queries.history import read_elsewhere

MENTIONS = f"""
    WITH counted AS ({COUNTED}),
    place AS (
        SELECT submission_id, table_number, column_letter
        FROM submission_column
        WHERE field = 'issue_text'
        QUALIFY row_number() OVER (
            PARTITION BY submission_id, table_number ORDER BY length(column_letter), column_letter
        ) = 1
    )
    SELECT project_row.project_id, project_row.body, project_row.period, issue_text, escalation_level,
        project_row.submission_id, sheet, coalesce(column_letter || cell_row, '') AS cell, elsewhere
    FROM project_row
    JOIN counted ON counted.submission_id = project_row.submission_id
    LEFT JOIN place
      ON place.submission_id = project_row.submission_id AND place.table_number = project_row.table_number
    WHERE is_counted AND issue_text IS NOT NULL AND project_row.period <= $period
    ORDER BY counted.position, project_row.table_number, cell_row
"""
WORDS = """
    SELECT word, reason FROM reason_word WHERE sequence <= $sequence ORDER BY sequence
"""


def opened_issues(db: Database, scope: Scope, record: Record) -> list[Issue]:
    """The issues opened, in the order in which they were, whatever became of them."""
    with db.cursor() as cursor:
        return readable_issues(cursor, params_of(scope, record))


def issue_events(db: Database, scope: Scope, record: Record) -> list[IssueEvent]:
    """All that happened to those issues, in the order in which it was recorded."""
    with db.cursor() as cursor:
        return readable_events(cursor, params_of(scope, record))


def issue_rows(db: Database, scope: Scope, record: Record) -> pd.DataFrame:
    """The rows of the returns in force up to the record's period that say anything about issues, 无 included.

    Columns: project_id, body, period, issue_text, escalation_level, submission_id, sheet, cell (of the text), oldest
    period first.
    """
    params = {**params_of(scope, record), "period": str(record.period)}
    with db.cursor() as cursor:
        rows = cursor.execute(MENTIONS, params).df()
    moved = [read_elsewhere(text).get("issue_text") for text in rows.pop("elsewhere")]
    places = [(place[0] if place else cell).rpartition("!") for place, cell in zip(moved, rows["cell"], strict=True)]
    # What another sheet of the file says of the project stands there.
    rows["sheet"] = [sheet or own for (sheet, _, _), own in zip(places, rows["sheet"], strict=True)]
    rows["cell"] = [cell for _, _, cell in places]
    return rows


def taught_words(db: Database, scope: Scope, record: Record) -> list[TaughtWord]:
    """The words taught and taken out, in the order in which they were."""
    sequence = params_of(scope, record)["sequence"]
    with db.cursor() as cursor:
        rows = cursor.execute(WORDS, {"sequence": sequence}).fetchall()
    return [TaughtWord(word, reason or None) for word, reason in rows]
