"""The yearly forms: targets of the year, and the nodes planned for its projects beside what the returns said of them."""

from __future__ import annotations

import pandas as pd

from domain.bodies import ZONE
from domain.scope import Record, Scope
from domain.submissions import ANNUAL_NODE_PLAN, ANNUAL_TARGETS
from storage.counting import COUNTED, STANDING, Params, params_of
from storage.engine import Database

TARGETS = f"""
    SELECT indicator, target.body, value, unit, sheet, cell, text, submission_id, file_name
    FROM target JOIN ({COUNTED}) AS counted USING (submission_id) JOIN submission USING (submission_id)
    WHERE counted.kind = $kind AND counted.period[:4] = $year
    ORDER BY indicator, target.body
"""
# Every plan up to the year that was not withdrawn, replaced ones too: what was planned first stays on record.
PLANS = f"""
    SELECT submission_id, file_name, period, row_number() OVER (ORDER BY period, sequence) AS position
    FROM ({STANDING})
    WHERE kind = $kind AND period[:4] <= $year
"""
NODES = f"""
    WITH plan AS ({PLANS}),
    said AS (
        SELECT node.*, plan.file_name, plan.period, plan.position
        FROM node JOIN plan USING (submission_id)
        WHERE ($project_id IS NULL OR project_id = $project_id)
          AND ($is_whole OR district IN (SELECT unnest($bodies)))
        -- A project that stands twice in one plan is held to the earlier date.
        QUALIFY row_number() OVER (
            PARTITION BY submission_id, project_id, node ORDER BY planned_date NULLS LAST, sheet, length(cell), cell
        ) = 1
    ),
    course AS (
        SELECT *, lag(planned_date IGNORE NULLS) OVER (PARTITION BY project_id, node ORDER BY position) AS date_before
        FROM said
    ),
    baseline AS (
        SELECT project_id, node, arg_min(planned_date, position) AS first_planned_date,
            arg_min(planned_precision, position) FILTER (WHERE planned_date IS NOT NULL) AS first_planned_precision,
            arg_min(sheet, position) FILTER (WHERE planned_date IS NOT NULL) AS first_sheet,
            arg_min(cell, position) FILTER (WHERE planned_date IS NOT NULL) AS first_cell,
            arg_min(file_name, position) FILTER (WHERE planned_date IS NOT NULL) AS first_file_name,
            count(*) FILTER (WHERE date_trunc('month', planned_date) <> date_trunc('month', date_before)) AS changes
        FROM course
        GROUP BY project_id, node
    ),
    latest AS (
        SELECT * FROM said
        WHERE period[:4] = $year
        QUALIFY row_number() OVER (PARTITION BY project_id, node ORDER BY position DESC) = 1
    )
    SELECT project_id, project_name, district, node, planned_date, planned_text, planned_precision, is_done, sheet,
        cell, submission_id, file_name, position = (SELECT max(position) FROM plan) AS is_in_plan, first_planned_date,
        first_planned_precision, first_sheet, first_cell, first_file_name, changes
    FROM latest JOIN baseline USING (project_id, node)
    ORDER BY project_id, planned_date NULLS LAST, node
"""
NODE_REPORTS = f"""
    SELECT counted.period, project_id, stage, start_date, start_date_precision, completion_date,
        completion_date_precision, progress_text, permit_text
    FROM project_row JOIN ({COUNTED}) AS counted USING (submission_id)
    WHERE is_counted AND counted.period <= $period AND project_id IN (SELECT project_id FROM node)
    ORDER BY project_id, counted.period
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

    The plan is the zone's form; of it a district's scope reads the nodes of its own projects.

    Columns: project_id, project_name, district, node, planned_date, planned_text, planned_precision, is_done, sheet,
    cell, submission_id, file_name: as the year's newest plan that names the node has it; is_in_plan (that plan is the
    one in force: false where a later one left the node out). Then the date that was accepted first, in whatever year
    and not withdrawn since, and where it stood: first_planned_date, first_planned_precision, first_sheet, first_cell,
    first_file_name; and changes, how often the date moved to another month from plan to plan.
    """
    params = {
        **_of_year(scope, record, ANNUAL_NODE_PLAN),
        "project_id": project_id,
        "is_whole": scope.allows(ZONE.code),
    }
    with db.cursor() as cursor:
        return cursor.execute(NODES, params).df()


def node_reports(db: Database, scope: Scope, record: Record) -> pd.DataFrame:
    """What each return in force up to the record's period said itself of the projects that node plans name.

    One row a project and period, oldest first. Columns: period, project_id, stage, start_date, start_date_precision,
    completion_date, completion_date_precision, progress_text, permit_text. Nothing is carried over from earlier months.
    """
    with db.cursor() as cursor:
        return cursor.execute(NODE_REPORTS, {**params_of(scope, record), "period": str(record.period)}).df()


def _of_year(scope: Scope, record: Record, kind: str) -> Params:
    return {**params_of(scope, record), "kind": kind, "year": str(record.period.year)}
