"""Beside the list: how the tasks of each lead stand; or the story of the one that is chosen."""

from __future__ import annotations

from datetime import date

from domain.task_lists import TaskCounts, count_tasks
from domain.task_steps import step_owed
from domain.tasks import CANCELLED, CHANGED, TaskEvent, TaskLife
from ui.formats import DASH, count, percent
from ui.html import heading, note
from ui.html_tables import Column, Row, plain_table
from ui.links import Link, linked
from ui.locale import t
from ui.task_table import about, due_text, stands
from ui.tasks import TaskBook, origin, task_book
from ui.view import View

MOST_LEADS = 8


def leads_panel(view: View, day: date) -> str:
    """Each lead's tasks: going on, overdue, done, and the rate; those with most overdue first."""
    book = view.remember(task_book, day)
    counted = count_tasks(book.lives, lambda life: life.lead)
    rows = [_lead_row(book, each) for each in counted[:MOST_LEADS]]
    columns = [
        Column("lead", t("tasks.lead"), "name"),
        Column("going_on", t("tasks.state_going_on"), "number"),
        Column("overdue", t("tasks.state_overdue"), "number"),
        Column("done", t("tasks.state_done"), "number"),
        Column("rate", t("issues.rate"), "number"),
    ]
    more = note(t("tasks.more_leads", count=count(len(counted) - MOST_LEADS))) if len(counted) > MOST_LEADS else ""
    return (
        heading(t("tasks.by_lead"), t("tasks.by_lead_remark"))
        + plain_table(columns, rows, is_compact=True, empty=t("tasks.none_yet"))
        + more
    )


def _lead_row(book: TaskBook, each: TaskCounts) -> Row:
    return {
        "lead": Link(each.name, book.view.href("tasks", lead=each.name, state="all")),
        "going_on": each.going_on,
        "overdue": each.overdue,
        "done": each.done,
        "rate": DASH if each.done_rate is None else percent(each.done_rate, 0),
    }


def task_card(view: View, day: date, task_id: str) -> str:
    """What a task is, about what, who leads, and how it stands."""
    book = view.remember(task_book, day)
    life = book.find(task_id)
    if life is None:
        return heading(t("tasks.unknown")) + note(t("tasks.unknown_text"))
    columns = [Column("name", "", "short"), Column("value", "")]
    return heading(life.task.text) + plain_table(columns, _facts(book, life), is_compact=True)


def _facts(book: TaskBook, life: TaskLife) -> list[Row]:
    first = f"{life.task.due_date}" if life.due_changes else ""
    facts: list[tuple[str, object]] = [
        (t("tasks.stands"), stands(life)),
        *([] if life.detail.problem_id else [(t("tasks.about"), about(book, life))]),
        *_said_by_ledger(book, life),
        (t("tasks.lead"), life.lead),
        (t("tasks.taking_part"), life.taking_part),
        (t("tasks.due"), due_text(life)),
        *([(t("tasks.first_due"), first)] if first else []),
        *_step_owed(life),
        (t("tasks.source"), origin(life)),
        *(_closing(life) if life.closed_on else []),
    ]
    return [{"name": name, "value": value} for name, value in facts]


def _said_by_ledger(book: TaskBook, life: TaskLife) -> list[tuple[str, object]]:
    """What a ledger says of it beside its words; nothing of what it leaves out."""
    detail = life.detail
    said = (
        ("tasks.problem", book.problems.get(detail.problem_id, "")),
        ("tasks.leader", detail.leader),
        ("tasks.measures", detail.measures),
        ("tasks.schedule", detail.schedule),
        ("tasks.detail_source", detail.source),
    )
    return [(t(key), words) for key, words in said if words]


def _step_owed(life: TaskLife) -> list[tuple[str, object]]:
    """The step that its days overdue ask for and nobody took."""
    step = step_owed(life)
    if step is None:
        return []
    words = t("tasks.step_owed_is", step=t(f"tasks.step_{step.code}"), count=count(life.days_overdue))
    return [(t("tasks.step_owed"), words)]


def _closing(life: TaskLife) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [(t("tasks.closed_on"), life.closed_on), (t("tasks.result"), life.result)]
    return facts if life.state == CANCELLED else [*facts, (t("tasks.evidence"), life.evidence)]


def task_steps(view: View, life: TaskLife) -> str:
    """How a task was given and each event, the newest first; and the way back to record another."""
    given = {"day": life.task.opened_on.isoformat(), "step": origin(life), "note": ""}
    rows: list[Row] = [*(_step(event) for event in reversed(life.events)), given]
    columns = [
        Column("day", t("issues.day"), "short", width="92px"),
        Column("step", t("issues.step")),
        Column("note", t("issues.note")),
    ]
    another = linked(Link(t("tasks.record_another"), view.href("tasks")), "hx-figure-link")
    steps = heading(t("issues.steps")) + plain_table(columns, rows, is_compact=True)
    return steps + f'<p class="hx-note">{another}</p>'


def _step(event: TaskEvent) -> Row:
    changed = [
        t("tasks.new_lead", name=event.lead) if event.lead else "",
        t("tasks.new_taking_part", name=event.taking_part) if event.taking_part else "",
        t("tasks.new_due", day=event.due_date) if event.due_date else "",
    ]
    words = t("word.comma").join(filter(None, changed))
    step = words if event.kind == CHANGED else t(f"tasks.step_{event.kind}") + (f"（{words}）" if words else "")
    evidence = t("tasks.evidence_is", text=event.evidence) if event.evidence else ""
    return {"day": event.on_date.isoformat(), "step": step, "note": event.note + evidence}
