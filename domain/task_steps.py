"""The rising steps for an overdue task (提醒 → 督办 → 约谈): which one is due by its days, and which one was taken.

The days are those by which a firm in 深圳 colours delay: up to 7 yellow, 7 to 15 orange, 15 and more red (domain.md 2.2,
S60); that each colour has a named action, 提示, 督办函, 约谈, is row 26 of the table in domain.md, and that one overdue measure
meets rising letters is 临颍's (S99, which names no days). The zone has published no rule of its own: 示例规则.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.tasks import OVERDUE, REMINDED, REOPENED, TALKED, URGED, TaskLife


@dataclass(frozen=True, slots=True)
class Step:
    """A step, its place among the rising ones, and from how many days overdue on it is due."""

    code: str
    name: str
    english: str
    from_days: int
    rank: int


STEPS = (
    Step(REMINDED, "提醒", "reminder", 1, 1),
    Step(URGED, "督办", "supervision letter", 8, 2),
    Step(TALKED, "约谈", "summons", 15, 3),
)
STEP = {step.code: step for step in STEPS}


def step_due(days_overdue: int) -> Step | None:
    """The step that is due after so many days; None in time."""
    return next((step for step in reversed(STEPS) if days_overdue >= step.from_days), None)


def step_taken(life: TaskLife) -> Step | None:
    """The highest step taken since the task is overdue by the date in force and was last opened again; None for none."""
    opened_again = max((event.sequence for event in life.events if event.kind == REOPENED), default=-1)
    taken = [
        STEP[event.kind]
        for event in life.events
        if event.kind in STEP and event.on_date > life.due_date and event.sequence > opened_again
    ]
    return max(taken, key=lambda step: step.rank, default=None)


def step_owed(life: TaskLife) -> Step | None:
    """The step that is due and was not taken, nor a higher one; None for a task that is not overdue."""
    due, taken = step_due(life.days_overdue) if life.state == OVERDUE else None, step_taken(life)
    return due if due and (taken is None or taken.rank < due.rank) else None
