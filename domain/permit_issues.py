"""Late approval steps as issues: proposed to a person like those of the returns, and what became of them since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from domain.issue_mentions import Echo, Proposal
from domain.issue_texts import Mention, issue_key
from domain.issues import FROM_PERMITS, IssueLife, issue_id_of
from domain.periods import Period
from domain.permit_steps import PERMIT_STEP, PermitStep
from domain.permits import OVERDUE, SETTLED

# What the newest words say of the step of an issue.
STEP_SETTLED, STEP_LATE, STEP_OPEN, STEP_GONE = "step_settled", "step_late", "step_open", "step_gone"
HELD = ("证", "批复", "批文", "）")  # endings of what one holds in one's hands (取得); anything else is finished (办结)


def step_issue_id(project_id: str, step: PermitStep) -> str:
    """The id of the issue of a late step: one for each project and step, however many days late it was when confirmed."""
    return issue_id_of(project_id, f"手续：{step.name}")


def late_text(step: PermitStep, due: str, days: int) -> str:
    """施工许可证应于2024-09-30前取得，逾期62天."""
    return f"{step.name}应于{due}前{'取得' if step.name.endswith(HELD) else '办结'}，逾期{days}天"


def propose_late_steps(
    matrix: pd.DataFrame, known: Iterable[str], projects: Iterable[str], period: Period
) -> list[Proposal]:
    """The late steps that nobody has confirmed or dismissed as issues, the longest late first.

    ``known``: ids of all issues ever opened; ``projects``: ids of those on record, of which alone an issue can be
    recorded. Level and reason are those of the step (domain.md 2.3).
    """
    opened, on_record = set(known), set(projects)
    late = matrix[matrix["state"] == OVERDUE].sort_values("days_late", ascending=False, kind="stable")
    found = [_proposal(row, period) for row in late.to_dict("records") if row["project_id"] in on_record]
    return [proposal for proposal in found if proposal.issue_id not in opened]


def _proposal(row: Mapping[Any, Any], period: Period) -> Proposal:
    step, due = PERMIT_STEP[row["step"]], row["due_date"].date()
    text = late_text(step, due.isoformat(), int(row["days_late"]))
    place = (row["due_submission_id"], row["due_sheet"], row["due_cell"])
    mention = Mention(
        row["project_id"], row["body"], str(period), text, issue_key(text), step.reason, step.level, *place
    )
    return Proposal((mention,), source=FROM_PERMITS, issue_id=step_issue_id(row["project_id"], step), since=due)


def step_echoes(lives: Iterable[IssueLife], matrix: pd.DataFrame) -> dict[str, Echo]:
    """Issue id -> what became of the step of each issue that a late step brought in; nothing closes it by itself."""
    states = {
        step_issue_id(project_id, PERMIT_STEP[code]): state
        for project_id, code, state in zip(matrix["project_id"], matrix["step"], matrix["state"], strict=True)
    }
    ids = [life.issue.issue_id for life in lives if life.issue.source == FROM_PERMITS]
    return {issue_id: Echo(_echo(states.get(issue_id))) for issue_id in ids}


def _echo(state: str | None) -> str:
    if state is None:
        return STEP_GONE
    if state in SETTLED:
        return STEP_SETTLED
    return STEP_LATE if state == OVERDUE else STEP_OPEN
