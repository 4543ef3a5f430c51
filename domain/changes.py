"""What is different from the month before: in the registry, and between a return and what is on record."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from domain.fields import AREA, PROJECT_FIELDS, Field
from domain.indicators import MILESTONES
from domain.stages import FINISHED_STAGES, has_moved_back
from domain.submissions import LISTS, MONTHLY_RETURN, Known, KnownProject, RowReading, Submission

NEW, CHANGED, UNCHANGED, VANISHED, MOVED_BACK = "new", "changed", "unchanged", "vanished", "moved_back"
KINDS = (NEW, CHANGED, UNCHANGED, VANISHED, MOVED_BACK)
# The name and the district identify a project; the month's own amount is another one every month.
LEFT_ALONE = ("project_name", "district", "investment_month_wan")
# Half the last digit that is kept of an amount: a return says more digits than its record.
ROUNDING = {AREA: Decimal("0.005")}
MONEY_ROUNDING = Decimal("0.00005")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that differs: as last accepted, and as the return says."""

    field: Field
    before: Any
    now: Any
    cell_row: int


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """One project of a return against the record: what kind of difference, and which fields."""

    project_id: str
    name: str
    kind: str
    fields: tuple[FieldChange, ...] = ()


def compare_submission(submission: Submission, known: Known) -> list[ProjectChange]:
    """Every project of a return, and every project on record that it leaves out, in the order of the kinds.

    A completed or cancelled project that is left out has left the list rightly and is not vanished.
    """
    if submission.kind != MONTHLY_RETURN:  # the other forms tell no state of a project, and leave none out
        return []
    found = [_compare_row(row, known.projects.get(row.project_id)) for table, row in submission.rows
             if table.kind in LISTS]  # fmt: skip
    seen = {change.project_id for change in found}
    found += [
        ProjectChange(project.project_id, project.name, VANISHED)
        for project in known.of_body(submission.body or "")
        if project.project_id not in seen and project.values and project.values.get("stage") not in FINISHED_STAGES
    ]
    return sorted(found, key=lambda change: KINDS.index(change.kind))


def _compare_row(row: RowReading, project: KnownProject | None) -> ProjectChange:
    name = str(row.values.get("project_name") or "")
    if project is None or not project.values:
        return ProjectChange(row.project_id, name, NEW)
    fields = tuple(_field_changes(row, project.values))
    moved_back = has_moved_back(project.values.get("stage"), row.values.get("stage"))
    kind = MOVED_BACK if moved_back else CHANGED if fields else UNCHANGED
    return ProjectChange(row.project_id, name, kind, fields)


def _field_changes(row: RowReading, before: dict[str, Any]) -> list[FieldChange]:
    """The values that differ; an empty or rejected cell leaves the accepted value in force and is no change."""
    found = []
    for field in PROJECT_FIELDS:
        now = row.values.get(field.name)
        if field.name in LEFT_ALONE or now is None:
            continue
        if not _is_same(field, before.get(field.name), now):
            found.append(FieldChange(field, before.get(field.name), now, row.cell_row))
    return found


def _is_same(field: Field, before: Any, now: Any) -> bool:
    if isinstance(now, Decimal) and before is not None:
        return abs(Decimal(str(before)) - now) <= ROUNDING.get(field.kind, MONEY_ROUNDING)
    return bool(before == now)


def moved_promises(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Projects whose planned start or completion moved to a later month since the period before.

    Columns: project_id, project_name, milestone, date_before, date_now. Both frames are states of one period each.
    """
    parts = []
    joined = now.merge(before, on="project_id", suffixes=("", "_before"))
    for milestone in MILESTONES:
        column = f"planned_{milestone}_date"
        later = joined[column].dt.to_period("M") > joined[f"{column}_before"].dt.to_period("M")
        moved = joined.loc[later, ["project_id", "project_name", column, f"{column}_before"]]
        moved = moved.rename(columns={column: "date_now", f"{column}_before": "date_before"})
        parts.append(moved.assign(milestone=milestone))
    return pd.concat(parts, ignore_index=True)


def moved_back(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Projects whose stage ran backwards since the period before; the rows of ``now`` with stage_before."""
    joined = now.merge(before[["project_id", "stage"]], on="project_id", suffixes=("", "_before"))
    mask = [has_moved_back(was, is_) for was, is_ in zip(joined["stage_before"], joined["stage"], strict=True)]
    return joined[pd.Series(mask, joined.index, dtype=bool)]
