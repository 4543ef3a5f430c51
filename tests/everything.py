"""A database in which everything that people can record has been recorded, on top of sample returns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sample_year import sample_files

from domain.accounts import Account
from domain.assessment import score
from domain.built_in_schemes import SAMPLE_SCHEME
from domain.collection import DueRule
from domain.evidence import Evidence
from domain.issues import HANDED_OVER, Issue, IssueEvent, issue_id_of
from domain.meeting import TARGETS
from domain.outlines import SAMPLE_OUTLINE
from domain.periods import Period
from domain.permit_words import LandEvent, PermitEvent
from domain.places import MOVED, REMOVED, SET, Place, PlaceEvent
from domain.reasons import TaughtWord
from domain.rectification import Problem, Rectification, RectificationBulletin
from domain.relapses import CONFIRMED, SET_ASIDE, RelapseRuling
from domain.rulings import GRANTED, SUSPENDED, Excuse, SuspensionEvent
from domain.scope import OFFICE, Record
from domain.submissions import MONTHLY_RETURN, Correction, Decision
from domain.tasks import (
    APPLYING,
    APPROVING,
    DECISION,
    PROGRESS,
    RECTIFICATION,
    REOPENED,
    Task,
    TaskDetail,
    TaskEvent,
    task_id_of,
)
from loaders.confirming import confirm_suggestions, open_return
from storage.accepting import accept_submission, remember_decisions, withdraw_submission
from storage.accounts import add_account, change_password, disable_account, enable_account, reset_password
from storage.assessments import choose_scheme, define_scheme, publish_assessment
from storage.collecting import grant_exception, lock_period, set_due_rule
from storage.engine import Database
from storage.evidence import record_evidence, withdraw_evidence
from storage.issues import record_issues, teach_word
from storage.meetings import seal_meeting, set_title
from storage.permits import record_permits
from storage.places import record_places, set_outline
from storage.queries import excuses, known_for, project_states
from storage.receipts import receipts
from storage.rectification import publish_bulletin, record_rectification
from storage.rulings import choose_rules, define_rules, record_excuse, record_suspension, revoke_excuse
from storage.tasks import record_tasks

AUGUST = Period(2024, 8)
DAY = date(2024, 9, 10)
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
SETTINGS = {"attention": {"value": -8.0, "is_included": True}, "behind": {"value": -20.0, "is_included": False}}
clock = datetime(2024, 9, 10, 8, 0, 0)


def now() -> datetime:
    """Another second at each call, so that a time that is lost or mixed up shows."""
    global clock
    clock += timedelta(seconds=1)
    return clock


def record_everything(db: Database) -> None:
    """At least one event of every kind that a journal can have. The database holds the sample returns until August."""
    projects = _started(db)
    _mend_and_withdraw(db)
    _collect(db)
    _rule(db, projects[0])
    _verify(db, projects[0])
    _permit(db, projects[1])
    issue = _raise_issue(db, projects[1])
    _meet(db, projects[1], issue)
    _place(db, projects[0])
    _let_in(db)


def _started(db: Database) -> list[dict[str, Any]]:
    states = project_states(db, OFFICE, Record(AUGUST))
    return states[(states["kind"] == "projects") & states["start_date"].notna()].to_dict("records")


def _mend_and_withdraw(db: Database) -> None:
    """A return sent again with a cell mended, and reasons of its own; then taken back; and once more as it was."""
    (file,) = [each for each in sample_files(8, first_month=8, yearly=False) if "滨海" in each.name]
    content = file.read_bytes()
    opened = open_return(content, file.name)
    submission, decisions = confirm_suggestions(opened, known_for(db, AUGUST))
    table, row = next((t, r) for t, r in submission.rows if r.values.get("total_investment_wan"))
    column = next(each for each in table.columns if each.field == "total_investment_wan")
    cell = f"{column.column}{row.cell_row}"
    before = row.texts[ord(column.column) - ord("A")]
    mended = Correction(table.sheet, cell, "total_investment_wan", before, "123456")
    again = opened.interpret(known_for(db, AUGUST).with_decisions(decisions), [mended])
    reasons = {found.key: f"说明{number}" for number, found in enumerate(again.to_explain[1:])}
    more = [*decisions, Decision("word", "binhai", "stage:快了", "started")]
    receipt = accept_submission(
        db, again, content, decisions=more, reason="重报", reasons=reasons, actor="王", accepted_at=now()
    )
    withdraw_submission(db, receipt.submission_id, reason=" 报错了 ", actor="李", withdrawn_at=now())
    remember_decisions(db, [Decision("heading", "binhai", "进展", "issue_text", "form")], decided_at=now())
    standing = [each for each in receipts(db) if not each.is_withdrawn]
    withdraw_submission(db, standing[-1].submission_id, reason="重来", actor="李", withdrawn_at=now())


def _collect(db: Database) -> None:
    set_due_rule(db, DueRule(MONTHLY_RETURN, AUGUST, 4), reason="试行", set_at=now())
    lock_period(db, Period(2024, 1), reason="例会已通报", actor="王", locked_at=now())
    grant_exception(db, "binhai", Period(2024, 1), valid_until=DAY, reason="漏报", granted_at=now())


def _rule(db: Database, project: dict[str, Any]) -> None:
    key = define_rules(db, SETTINGS, reason="例会议定", set_at=now())
    choose_rules(db, key, AUGUST, reason="例会议定", set_at=now())
    own = project["project_id"], project["body"]
    begun = SuspensionEvent(*own, SUSPENDED, date(2024, 7, 10), "finance", "资金未到位", date(2024, 12, 31))
    record_suspension(db, begun, recorded_at=now())
    record_excuse(db, Excuse("", *own, GRANTED, AUGUST, AUGUST, "8月例会", "管委会", "台风"), recorded_at=now())
    (granted,) = excuses(db, OFFICE, Record(AUGUST))
    revoke_excuse(db, granted, reason="已复工", recorded_at=now())
    _assess(db)


def _assess(db: Database) -> None:
    scheme_key = define_scheme(db, {"most": 110.0}, reason="例会议定", set_at=now())
    choose_scheme(db, scheme_key, AUGUST, reason="例会议定", set_at=now())
    states = project_states(db, OFFICE, Record(AUGUST))
    points = score(SAMPLE_SCHEME, {AUGUST: states}, {("started", "binhai"): 20.0})
    publish_assessment(
        db, AUGUST, SAMPLE_SCHEME, points, acceptances=db.version(), on_date=DAY, reason="例会通报", published_at=now()
    )


def _verify(db: Database, project: dict[str, Any]) -> None:
    started = project["start_date"].date()
    photo = Evidence(project["project_id"], project["body"], "start", "photo", DAY, started, "塔吊", "", "", "现场.png")
    evidence_id = record_evidence(db, photo, PICTURE, actor="王", recorded_at=now())
    withdraw_evidence(db, evidence_id, reason="照片不清", withdrawn_at=now())
    record_evidence(db, photo, PICTURE, recorded_at=now())


def _permit(db: Database, project: dict[str, Any]) -> None:
    own = project["project_id"], project["body"]
    granted = PermitEvent(
        *own, "filing", "granted", DAY, date(2024, 7, 1), None, date(2024, 8, 15), "审批局", "备8号", ""
    )
    record_permits(
        db, [granted], [LandEvent(*own, DAY, Decimal("100.5"), None, Decimal(0), "指标未到")], recorded_at=now()
    )


def _raise_issue(db: Database, project: dict[str, Any]) -> str:
    own = project["project_id"], project["body"]
    issue = Issue(issue_id_of(own[0], "供电未批复"), *own, date(2024, 7, 31), "供电未批复", "utilities", "new_area")
    handed = IssueEvent(issue.issue_id, HANDED_OVER, date(2024, 8, 5), "city", "供电公司", DAY, note="已报市里")
    record_issues(db, [issue], [handed], actor="王", recorded_at=now())
    teach_word(db, TaughtWord("变电站", "utilities"), set_at=now())
    return issue.issue_id


def _meet(db: Database, project: dict[str, Any], issue_id: str) -> None:
    set_title(db, AUGUST, TARGETS, "八月投资过半", set_at=now())
    seal_meeting(db, AUGUST, day=DAY, actor="王", sealed_at=now())
    due, own = date(2024, 10, 1), (project["body"], project["project_id"], issue_id)
    task_id = task_id_of(DECISION, "2024-08", *own[1:], "落实供电方案", DAY)
    task = Task(task_id, DECISION, "2024-08", "落实供电方案", "供电公司", due, DAY, "县发改委", *own)
    record_tasks(db, [task], [TaskEvent(task_id, PROGRESS, DAY, "已立项")], recorded_at=now())
    _rectify(db)


def _rectify(db: Database) -> None:
    """A ledger with a problem and a measure, closed by two, its figure ruled on twice, and what was published."""
    ledger = Rectification("r1", "整改台账", 31, 125, DAY, "公布的报告")
    record_rectification(db, [ledger], [Problem("p1", "r1", "1", "转化慢", "方案", is_example=True)], recorded_at=now())
    publish_bulletin(db, RectificationBulletin("r1", AUGUST, 23, 5, DAY, "八月通报"), actor="王", recorded_at=now())
    measure = Task("m1", RECTIFICATION, "", "逐个会办", "招商局", DAY, date(2024, 8, 1), "两片区")
    detail = TaskDetail("m1", "甲领导", "列清单", "每月一轮", "p1", "1-1", "start_overdue", "binhai", "方案", is_example=True)
    record_tasks(db, [measure], details=[detail], recorded_at=now())
    applied = TaskEvent("m1", APPLYING, date(2024, 8, 20), "已会办", "纪要")
    record_tasks(db, events=[applied], actor="王", recorded_at=now())
    approved = TaskEvent("m1", APPROVING, date(2024, 8, 30), "同意销号")
    record_tasks(db, events=[approved], actor="李", recorded_at=now())
    aside = RelapseRuling("m1", SET_ASIDE, "start_overdue", "binhai", AUGUST, 2.0, 1.0, DAY, "口径调整")
    record_tasks(db, rulings=[aside], actor="王", recorded_at=now())
    again = TaskEvent("m1", REOPENED, DAY, "又未开工", due_date=date(2024, 10, 1))
    record_tasks(db, events=[again], rulings=[replace(aside, kind=CONFIRMED, figure=3.0)], recorded_at=now())


def _place(db: Database, project: dict[str, Any]) -> None:
    own, here = (project["project_id"], project["body"]), Place(120.258333, 34.3)
    road = Place(120.0, 34.2, 120.1, 34.3)
    record_places(db, [PlaceEvent(*own, SET, here), PlaceEvent(*own, MOVED, road)], actor="王", recorded_at=now())
    record_places(db, [PlaceEvent(*own, REMOVED, None)], recorded_at=now())
    set_outline(db, SAMPLE_OUTLINE, recorded_at=now())


def _let_in(db: Database) -> None:
    """An account with all that can happen to it."""
    add_account(db, Account("wang", "reporter", "binhai", "王"), "first-password-1", actor="李", recorded_at=now())
    change_password(db, "wang", "first-password-1", "a-word-of-my-own", recorded_at=now())
    reset_password(db, "wang", "second-password-2", actor="李", recorded_at=now())
    disable_account(db, "wang", actor="李", recorded_at=now())
    enable_account(db, "wang", actor="李", recorded_at=now())
