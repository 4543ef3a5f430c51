"""The yearly forms: targets of the year, and the nodes planned for its projects."""

from __future__ import annotations

import pandas as pd

from domain.scope import Record, Scope
from domain.submissions import ANNUAL_NODE_PLAN, ANNUAL_TARGETS
from storage.counting import COUNTED, Params, params_of
from storage.engine import Database

TARGETS = f"""
    SELECT indicator, target.body, value, unit, sheet, cell, text, submission_id, file_name
    FROM target JOIN ({COUNTED}) AS counted USING (submission_id) JOIN submission USING (submission_id)
    WHERE counted.kind = $kind AND counted.period[:4] = $year
    ORDER BY indicator, target.body
"""
NODES = f"""
    SELECT project_id, project_name, district, node, planned_date, planned_text, planned_precision, is_done, sheet,
        cell, submission_id, file_name
    FROM node JOIN ({COUNTED}) AS counted USING (submission_id) JOIN submission USING (submission_id)
    WHERE counted.kind = $kind AND counted.period[:4] = $year
      AND ($project_id IS NULL OR project_id = $project_id)
    ORDER BY project_id, planned_date NULLS LAST, node
"""


def targets(db: Database, scope: Scope, record: Record) -> pd.DataFrame:
    """The targets of the record's year, one row an indicator and body, each in its own unit (``unit``: 个, 亿元).

    Columns: indicator, body, value, unit, sheet, cell, text, submission_id, file_name. The zone's form is for all to
    read, its districts' targets included.
    """
    with db.cursor() as cursor:
        return cursor.execute(TARGETS, _of_year(scope, record, ANNUAL_TARGETS)).df()


def nodes(db: Database, scope: Scope, record: Record, project_id: str | None = None) -> pd.DataFrame:
    """The nodes planned for the record's year, one row a project and node, of one project or all.

    Columns: project_id, project_name, district, node, planned_date, planned_text, planned_precision, is_done, sheet,
    cell, submission_id, file_name.
    """
    params = {**_of_year(scope, record, ANNUAL_NODE_PLAN), "project_id": project_id}
    with db.cursor() as cursor:
        return cursor.execute(NODES, params).df()


def _of_year(scope: Scope, record: Record, kind: str) -> Params:
    return {**params_of(scope, record), "kind": kind, "year": str(record.period.year)}
