"""What people record of issues: opened, handed over, given an owner, resolved; and the words taught to their classing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from functools import partial
from typing import Any

import duckdb

from domain.issue_checks import fault_of_event, fault_of_issue
from domain.issues import Issue, IssueEvent, IssueLife, life_of
from domain.reasons import TaughtWord, find_reason
from storage.accepting import NotAcceptable, finish_write
from storage.appending import append_rows
from storage.engine import Database, read_version
from storage.known_issues import issues_beside
from storage.refusals import refuse

LONGEST_WORD = 20
FAULTS = {
    "no_text": ("请写明问题。", "Say what the issue is."),
    "no_explanation": ("原因选“其他”的，必须填写说明。", "The reason “other” needs an explanation."),
    "unknown_code": ("原因、层级或事项不在代码表内。", "The reason, level or event is not in the code list."),
    "unknown_project": ("没有这个项目，或项目不属于该片区。", "There is no such project of this district."),
    "known_already": ("该项目已登记过同一问题。", "This very issue of the project is recorded already."),
    "in_future": ("日期不能晚于今天。", "The date must not be after today."),
    "too_early": (
        "日期早于问题首次上报或上一次登记的日期。",
        "The date is before the issue was first reported or before its last event.",
    ),
    "not_open": ("问题已经办结或撤销，请先重新打开。", "The issue is closed; reopen it first."),
    "not_closed": ("问题尚未办结，不需要重新打开。", "The issue is open."),
    "no_note": ("请填写办理情况、结果或理由。", "Say what was done, the result or why."),
    "same_hand": ("问题已经在这一层级。", "The issue is with this level already."),
    "nobody": ("请填写责任单位或办理时限。", "Give an owner or a due date."),
    "due_before": ("办理时限早于登记日期。", "The due date is before the date of the event."),
    "unknown_issue": ("没有这个问题。", "There is no such issue."),
}
_refuse = partial(refuse, FAULTS)


def record_issues(
    db: Database,
    issues: Sequence[Issue] = (),
    events: Sequence[IssueEvent] = (),
    *,
    actor: str = "office",
    recorded_at: datetime,
) -> None:
    """Append issues, then events of these or others, in one write; all or nothing.

    Raises NotAcceptable, with the sentence for the screen, for the first that cannot be.
    """
    if not issues and not events:
        return

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        _check_projects(cursor, issues)
        earlier, happened = issues_beside(
            cursor, [each.project_id for each in issues], [each.issue_id for each in events]
        )
        _check_all(issues, events, earlier, happened, recorded_at.date())
        stamp = {"sequence": read_version(cursor), "recorded_at": recorded_at, "recorded_by": actor}
        append_rows(cursor, "issue", _stamped(issues, stamp))
        append_rows(cursor, "issue_event", _stamped(events, stamp))

    db.write(store, after=lambda _: finish_write(db))


def teach_word(db: Database, taught: TaughtWord, *, actor: str = "office", set_at: datetime) -> None:
    """Teach the classing a word, or take one out. Raises NotAcceptable for an empty or long word and no such reason."""
    word = taught.word.strip()
    if not 0 < len(word) <= LONGEST_WORD:
        raise NotAcceptable(f"请填写 1 至 {LONGEST_WORD} 个字的词。", f"Give a word of 1 to {LONGEST_WORD} characters.")
    if taught.reason is not None and find_reason(taught.reason) is None:
        raise NotAcceptable(*FAULTS["unknown_code"])

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        values = [read_version(cursor), word, taught.reason or "", set_at, actor]
        cursor.execute("INSERT INTO reason_word VALUES ($1, $2, $3, $4, $5)", values)

    db.write(store, after=lambda _: finish_write(db))


def _check_projects(cursor: duckdb.DuckDBPyConnection, issues: Sequence[Issue]) -> None:
    known = cursor.execute(
        "SELECT DISTINCT project_id, body FROM project_row WHERE project_id IN (SELECT unnest($1::VARCHAR[]))",
        [[issue.project_id for issue in issues]],
    ).fetchall()
    if any((issue.project_id, issue.body) not in known for issue in issues):
        raise NotAcceptable(*FAULTS["unknown_project"])


def _check_all(
    issues: Sequence[Issue],
    events: Sequence[IssueEvent],
    earlier: Sequence[Issue],
    happened: Sequence[IssueEvent],
    today: date,
) -> None:
    """Each issue against those before it, each event against what happened before it. Raises NotAcceptable."""
    known, past = {issue.issue_id: issue for issue in earlier}, list(happened)

    def lives(project_id: str) -> list[IssueLife]:
        found = [issue for issue in known.values() if issue.project_id == project_id]
        return [life_of(issue, [each for each in past if each.issue_id == issue.issue_id], date.max) for issue in found]

    for issue in issues:
        _refuse(fault_of_issue(issue, lives(issue.project_id), today))
        known[issue.issue_id] = issue
    for number, event in enumerate(events, len(past) + 1):
        issue = known.get(event.issue_id)
        _refuse("unknown_issue" if issue is None else None)
        beside = {life.issue.issue_id: life for life in lives(issue.project_id)}
        _refuse(fault_of_event(beside.pop(issue.issue_id), event, today, beside.values()))
        past.append(replace(event, sequence=number))


def _stamped(recorded: Sequence[Issue] | Sequence[IssueEvent], stamp: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of one write, numbered, texts without spaces at their ends; an event's own sequence gives way to the write's."""
    rows = [{**asdict(each), **stamp, "number": number} for number, each in enumerate(recorded, 1)]
    return [{name: value.strip() if isinstance(value, str) else value for name, value in row.items()} for row in rows]
