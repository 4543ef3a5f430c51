"""Accepting and withdrawing returns: the only way into the database."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb

from domain.bodies import BODIES
from domain.ledgers import find_ledger
from domain.scope import OFFICE, Scope
from domain.submissions import ANNUAL_NODE_PLAN, ANNUAL_TARGETS, PERMIT_LEDGER, Decision, Submission
from storage.appending import OutOfRange
from storage.chain import ChainBroken, check_chain
from storage.engine import Database, read_version
from storage.integrity import check_growth
from storage.journal import journal_path, write_journal
from storage.locks import lock_against
from storage.originals import keep_original
from storage.readings import is_read_alike
from storage.receipts import Receipt, receipt_in_force, receipt_of, receipt_of_bytes
from storage.recording import Acceptance, append_decisions, append_submission
from storage.refusals import JournalBehind, Overtaken
from storage.refusals import NotAcceptable as NotAcceptable
from storage.space import is_full

log = logging.getLogger(__name__)
ANNUAL_NAMES = {ANNUAL_TARGETS: "目标", ANNUAL_NODE_PLAN: "节点"}
LEDGER_NAMES = {PERMIT_LEDGER: "手续"}


class UnknownSubmission(LookupError):
    """No submission has this id."""


class _Repeat(Exception):
    """Leaves a write with nothing written: what was asked for is so already."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(receipt.receipt_number)
        self.receipt = receipt


@dataclass(frozen=True, slots=True)
class _Return:
    """What a submission is a return of."""

    kind: str
    body: str
    period: str


def accept_submission(
    db: Database,
    submission: Submission,
    content: bytes,
    *,
    decisions: list[Decision] | tuple[Decision, ...] = (),
    reason: str = "",
    reasons: Mapping[str, str] | None = None,
    seen: str | None = None,
    scope: Scope = OFFICE,
    actor: str = "office",
    accepted_at: datetime,
) -> Receipt:
    """Keep the original, then store the whole return and the decisions in one transaction, then write the journal.

    Bytes that were accepted for this return before and not withdrawn give their receipt again (``is_repeat``), write
    nothing and need no reason, even where a later return has replaced them: to go back, withdraw the later one. Read
    otherwise than then (a cell mended since, a heading confirmed) they are another submission.
    ``reasons`` (finding's key -> text) explain single findings, ``reason`` all others that ask for one.
    ``seen`` is the receipt in force that the sender has compared with, "" for none, None for a sender who does not compare.
    Raises Overtaken where another one is in force by now, and NotAcceptable for a blocked return, an undecided name, findings
    to explain without a reason, content that is not the file that was read, a period that is locked, a value that no column
    can hold, or a body that is not the scope's.
    """
    if submission.body in BODIES and not scope.allows(submission.body):
        raise NotAcceptable("只能报送本片区的报表。", "Returns of your own district only.")
    if (accepted := accepted_before(db, submission)) is not None:
        return _given_again(db, accepted)
    given = {key: text.strip() for key, text in (reasons or {}).items() if text.strip()}
    owed = _check_acceptable(submission, content, reason, given)
    keep_original(db, content)

    def store(cursor: duckdb.DuckDBPyConnection) -> Receipt:
        # Again, inside the write: another session may have accepted the same file meanwhile.
        if (same := _accepted_already(cursor, submission)) is not None:
            raise _Repeat(same)
        _check_open(cursor, owed, accepted_at)
        before = receipt_in_force(cursor, owed.kind, owed.body, owed.period)
        _check_seen(before, seen)
        number = _next_receipt_number(cursor, owed)
        acceptance = Acceptance(
            submission=submission,
            submission_id=_submission_id(number, submission.sha256),
            receipt_number=number,
            sequence=read_version(cursor),
            body=owed.body,
            period=owed.period,
            byte_count=len(content),
            accepted_at=accepted_at,
            accepted_by=actor,
            reason=reason.strip(),
            replaces=before.receipt_number if before else None,
            reasons=given,
        )
        append_submission(cursor, acceptance)
        append_decisions(cursor, decisions, decided_at=accepted_at, decided_by=actor)
        return _existing(cursor, acceptance.submission_id)

    try:
        return db.write(store, after=lambda _: finish_write(db))
    except _Repeat as repeat:
        return _given_again(db, repeat.receipt)
    except OutOfRange as error:
        raise NotAcceptable(f"数值超出可存储的范围：{error}。", f"A value is out of range: {error}.") from error


def withdraw_submission(
    db: Database, submission_id: str, *, reason: str, actor: str, withdrawn_at: datetime
) -> Receipt:
    """Mark a submission as withdrawn; the one before it of the same return, body and period counts again by itself.

    Withdrawing twice changes nothing (``is_repeat``). Raises UnknownSubmission, or NotAcceptable without a reason
    and for a period that is locked.
    """
    if not reason.strip():
        raise NotAcceptable("撤回报表须写明原因。", "Withdrawing a return needs a reason.")

    def store(cursor: duckdb.DuckDBPyConnection) -> Receipt:
        before = _existing(cursor, submission_id)
        if before.is_withdrawn:
            raise _Repeat(before)
        _check_open(cursor, _Return(before.kind, before.body, before.period), withdrawn_at)
        cursor.execute(
            "INSERT INTO withdrawal VALUES ($1, $2, $3, $4, $5)",
            [submission_id, read_version(cursor), withdrawn_at, actor, reason.strip()],
        )
        return _existing(cursor, submission_id)

    try:
        return db.write(store, after=lambda _: finish_write(db))
    except _Repeat as repeat:
        return _given_again(db, repeat.receipt)


def remember_decisions(db: Database, decisions: list[Decision], *, actor: str = "office", decided_at: datetime) -> None:
    """Store decisions about wordings that come without a return; a later one of the same subject counts."""
    if decisions:
        db.write(
            lambda cursor: append_decisions(cursor, decisions, decided_at=decided_at, decided_by=actor),
            after=lambda _: finish_write(db),
        )


def accepted_before(db: Database, submission: Submission) -> Receipt | None:
    """The receipt that this submission would be given again; None when accepting it would write something."""
    with db.cursor() as cursor:
        return _accepted_already(cursor, submission)


def _accepted_already(cursor: duckdb.DuckDBPyConnection, submission: Submission) -> Receipt | None:
    owed = submission.kind, submission.body or "", str(submission.period)
    receipt = receipt_of_bytes(cursor, *owed, submission.sha256)
    return receipt if receipt and is_read_alike(cursor, receipt.submission_id, submission) else None


def finish_write(db: Database) -> None:
    """After a write: the journal, and the checks of integrity; a fault is for the log, the write itself stands.

    Raises JournalBehind on a disk that has just run full.
    """
    _complete_journal(db)
    for fault in check_growth(db):
        log.error("integrity: %s", fault)


def _given_again(db: Database, receipt: Receipt) -> Receipt:
    """The receipt of what is so already; its line in the journal is written now if a full disk kept it out before."""
    with db.held_still():
        if not db.faults:
            _complete_journal(db)
    return replace(receipt, is_repeat=True)


def _complete_journal(db: Database) -> None:
    try:
        write_journal(db)
    except ChainBroken as error:
        log.error("integrity: %s", error)
        db.refuse_writes(check_chain(journal_path(db)))
    except OSError as error:
        if not is_full(error):
            raise
        raise JournalBehind from error


def _check_acceptable(submission: Submission, content: bytes, reason: str, reasons: Mapping[str, str]) -> _Return:
    if not submission.is_acceptable:
        titles = submission.blocking
        raise NotAcceptable(
            f"报表有必须先改正的错误：{'、'.join(dict.fromkeys(each.kind.title for each in titles))}。",
            f"The return has errors to correct first: {', '.join(dict.fromkeys(e.kind.title_en for e in titles))}.",
        )
    if submission.body not in BODIES or submission.period is None:
        raise NotAcceptable("看不出报送单位或报告期。", "The sender or the reporting period is unknown.")
    if submission.suggestions:
        raise NotAcceptable(
            f"还有 {len(submission.suggestions)} 个项目名称未确认是否同一项目。",
            f"{len(submission.suggestions)} project names are not yet confirmed.",
        )
    unexplained = [found for found in submission.to_explain if found.key not in reasons]
    if unexplained and not reason.strip():
        raise NotAcceptable(
            f"有 {len(unexplained)} 处需说明，请填写原因。", f"{len(unexplained)} findings need a reason."
        )
    if hashlib.sha256(content).hexdigest() != submission.sha256:
        raise NotAcceptable("文件内容与读取时不一致，请重新上传。", "The content is not the file that was read.")
    return _Return(submission.kind, submission.body, str(submission.period))


def _check_seen(before: Receipt | None, seen: str | None) -> None:
    """Of two who accept the same period at the same time, the second is told of the first."""
    number = before.receipt_number if before else ""
    if seen is not None and seen != number:
        raise Overtaken(number, f"{before.accepted_by}, {before.accepted_at:%Y-%m-%d %H:%M}" if before else "")


def _check_open(cursor: duckdb.DuckDBPyConnection, owed: _Return, at: datetime) -> None:
    """Raise NotAcceptable for a return of a period that was closed after its meeting, unless by an exception."""
    lock = lock_against(cursor, owed.kind, owed.body, owed.period, at.date())
    if lock:
        raise NotAcceptable(
            f"{owed.period} 已于 {lock.locked_at:%Y-%m-%d} 锁定，不再变动。如确需补报，请先在“报送情况”页面登记例外。",
            f"{owed.period} was locked on {lock.locked_at:%Y-%m-%d}. Record an exception on the page Collection first.",
        )


def _existing(cursor: duckdb.DuckDBPyConnection, submission_id: str) -> Receipt:
    receipt = receipt_of(cursor, submission_id)
    if receipt is None:
        raise UnknownSubmission(submission_id)
    return receipt


def _next_receipt_number(cursor: duckdb.DuckDBPyConnection, owed: _Return) -> str:
    """``2024-08-滨海-02``, ``2024-08-滨海-手续-01``, ``2024-08-滨海-规上-01``; of the yearly forms ``2024-目标-01``.

    Numbers of withdrawn receipts are not used again.
    """
    row = cursor.execute(
        "SELECT count(*) FROM submission WHERE kind = $1 AND body = $2 AND period = $3",
        [owed.kind, owed.body, owed.period],
    ).fetchone()
    running = (row[0] if row else 0) + 1
    if owed.kind in ANNUAL_NAMES:
        return f"{owed.period[:4]}-{ANNUAL_NAMES[owed.kind]}-{running:02d}"
    ledger = find_ledger(owed.kind)
    short = LEDGER_NAMES.get(owed.kind) or (ledger.short_name if ledger else "")
    names = [BODIES[owed.body].short_name, *([short] if short else [])]
    return f"{owed.period}-{'-'.join(names)}-{running:02d}"


def _submission_id(receipt_number: str, sha256: str) -> str:
    """The same on every rebuild from the originals and the journal."""
    return "s" + hashlib.sha256(f"{receipt_number}\n{sha256}".encode()).hexdigest()[:12]
