"""A rectification ledger written as it is read: the lines about the ledger, the headings, a row a measure.

What is on record goes out in the very form that ``rectification_lists`` takes in, so that an office fills in what is new
and hands the same file back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.bodies import body_name
from domain.indicators import INDICATORS
from domain.rectification import LedgerCounts, Problem
from domain.rectification_changes import BY_LEDGER
from domain.rectification_lists import ABOUT, HEADINGS, KINDS
from domain.tasks import APPLYING, APPROVING, CANCELLED, SUPERVISION, TaskEvent, TaskLife

Row = list[object]
KIND_NAMES = {code: name for name, code in KINDS.items() if name}


def ledger_about(counts: LedgerCounts | None) -> list[Row]:
    """The lines before the headings: their names, and what is on record of the ledger; empty where nothing is."""
    said: dict[str, object] = {}
    if counts:
        plan, bulletin = counts.rectification, counts.bulletin
        said = {
            "name": plan.name, "problems": plan.problem_count, "measures": plan.measure_count,
            "on": plan.on_date, "source": plan.source,
        }  # fmt: skip
        if bulletin:
            said |= {
                "month": str(bulletin.period), "done": bulletin.done, "going_on": bulletin.going_on,
                "published_on": bulletin.on_date,
            }  # fmt: skip
    return [[name, said.get(code)] for code, name in ABOUT.items()]


def ledger_headings() -> Row:
    """The heading of each column, as the reader's first word for it."""
    return [names[0] for names in HEADINGS.values()]


def ledger_row(life: TaskLife, problem: Problem | None) -> Row:
    """A measure or a supervision task in the columns of the form."""
    task, detail = life.task, life.detail
    approval = next((event for event in reversed(life.events) if event.kind == APPROVING), None)
    applied = _application(life)
    said: dict[str, object] = {
        "kind": KIND_NAMES[task.source],
        "problem_serial": problem.serial if problem else None,
        "problem": problem.text if problem else None,
        "serial": detail.serial,
        "text": task.text,
        "leader": detail.leader,
        "lead": life.lead,
        "taking_part": life.taking_part,
        "measures": detail.measures,
        "schedule": detail.schedule,
        "progress": life.newest_progress.note if life.newest_progress and life.is_open else None,
        "opened": task.opened_on,
        "due": life.due_date,
        "indicator": INDICATORS[detail.indicator].name if detail.indicator else None,
        "indicator_body": body_name(detail.indicator_body) if detail.indicator else None,
        "applied": applied.on_date if applied else None,
        "applicant": _who(applied),
        "result": applied.note if applied else None,
        "evidence": applied.evidence if applied else None,
        "approved": approval.on_date if applied and approval and not life.is_open else None,
        "approver": _who(approval) if applied and not life.is_open else None,
    }
    return [said[code] or None for code in HEADINGS]


def written_lives(lives: Sequence[TaskLife], problem_ids: Sequence[str], *, is_first: bool) -> list[TaskLife]:
    """The measures of a ledger's problems in their order, behind those of the first ledger the supervision tasks.

    What was cancelled is left out: the form has no place to say so.
    """
    place = {problem_id: at for at, problem_id in enumerate(problem_ids)}
    standing = [life for life in lives if life.state != CANCELLED]
    measures = [life for life in standing if life.detail.problem_id in place]
    measures.sort(key=lambda life: place[life.detail.problem_id])
    return [*measures, *(life for life in standing if is_first and life.task.source == SUPERVISION)]


def _application(life: TaskLife) -> TaskEvent | None:
    """The application that waits, or by which it was closed; none of one that was returned or of a task opened again."""
    if life.applied or life.is_open:
        return life.applied
    return next((event for event in reversed(life.events) if event.kind == APPLYING), None)


def _who(event: TaskEvent | None) -> str | None:
    return event.recorded_by.removesuffix(BY_LEDGER) if event else None


def text_of(value: object) -> str:
    """A cell of the form as text: a day as 2024-12-26, a whole number without a fraction, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()[:10]
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
