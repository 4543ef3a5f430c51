"""The journal: one line for each acceptance, withdrawal and decision, also of the collection, outside the database.

With the originals it is enough to build the database again: the originals say what was sent, the journal what people
decided, when, and why. Its lines are derived from the database, so that a line lost to a crash is written the next time.
"""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from storage.chain import LINK, Entry, append_lines, parse_line
from storage.growth import Sizes, grown_since, table_sizes, words_of
from storage.owner import WORK_SECONDS, Journalled

if TYPE_CHECKING:
    import duckdb

    from storage.engine import Database

ACCEPTED, WITHDRAWN, DECIDED = "accepted", "withdrawn", "decided"
RULE_SET, LOCKED, EXCEPTED = "due_rule_set", "period_locked", "exception_granted"
ISSUES_RECORDED, WORD_TAUGHT, PERMITS_RECORDED = "issues_recorded", "reason_word_taught", "permits_recorded"
RULES_DEFINED, RULES_CHOSEN = "grade_rules_defined", "grade_rules_chosen"
SCHEME_DEFINED, SCHEME_CHOSEN, ASSESSMENT_PUBLISHED = (
    "assessment_scheme_defined", "assessment_scheme_chosen", "assessment_published",
)  # fmt: skip
SUSPENSION_RECORDED, EXCUSE_RECORDED = "suspension_recorded", "excuse_recorded"
EVIDENCE_RECORDED, EVIDENCE_WITHDRAWN = "evidence_recorded", "evidence_withdrawn"
TASKS_RECORDED, TITLE_SET, SEALED = "tasks_recorded", "meeting_title_set", "meeting_sealed"
PLACES_RECORDED, OUTLINE_SET = "places_recorded", "outline_set"
RECTIFICATION_RECORDED, BULLETIN_PUBLISHED = "rectification_recorded", "rectification_bulletin_published"
# Two owners of one file may come here at once, and a link is to what stands before it.
_writing = threading.Lock()
ACCOUNT_CHANGED = "account_changed"
ACCEPTANCES = """
    SELECT sequence, submission_id, receipt_number, kind, body, period, file_name, sha256, byte_count,
        accepted_at AS happened_at, accepted_by AS actor, reason, replaces, project_count, infrastructure_count,
        error_count, explain_count, hint_count, CAST(total_ytd_wan AS VARCHAR) AS total_ytd_wan
    FROM submission
"""
# What lines written before lack: the receipt's figures, by which a rebuild tells that a workbook was read as it was then.
ADDED_LATER = (
    "project_count", "infrastructure_count", "error_count", "explain_count", "hint_count", "total_ytd_wan",
)  # fmt: skip
WITHDRAWALS = """
    SELECT withdrawal.sequence, submission_id, receipt_number, sha256, withdrawn_at AS happened_at,
        withdrawn_by AS actor, withdrawal.reason
    FROM withdrawal JOIN submission USING (submission_id)
"""
DECISIONS = """
    SELECT sequence, decided_at AS happened_at, decided_by AS actor, kind, body, subject, answer, form
    FROM decision ORDER BY sequence, number
"""
DECIDED_OF = ("kind", "body", "subject", "answer", "form")
CORRECTIONS = """
    SELECT submission.sequence, sheet, cell, field, before, after
    FROM correction JOIN submission USING (submission_id) ORDER BY submission.sequence, number
"""
REASONS = """
    SELECT submission.sequence, code, sheet, cell, field, project_id, finding.reason
    FROM finding JOIN submission USING (submission_id)
    WHERE finding.reason <> '' AND finding.reason <> submission.reason
    ORDER BY submission.sequence, number
"""
ISSUES = """
    SELECT sequence, issue_id, project_id, body, CAST(opened_on AS VARCHAR) AS opened_on, text, reason, level,
        explanation, source, submission_id, sheet, cell
    FROM issue ORDER BY sequence, number
"""
ISSUE_EVENTS = """
    SELECT sequence, issue_id, kind, CAST(on_date AS VARCHAR) AS on_date, level, owner,
        CAST(due_date AS VARCHAR) AS due_date, reason, note
    FROM issue_event ORDER BY sequence, number
"""
PERMIT_EVENTS = """
    SELECT sequence, project_id, body, step, state, CAST(on_date AS VARCHAR) AS on_date,
        CAST(applied_date AS VARCHAR) AS applied_date, CAST(due_date AS VARCHAR) AS due_date,
        CAST(granted_date AS VARCHAR) AS granted_date, office, document_number, note
    FROM permit_event ORDER BY sequence, number
"""
LAND_EVENTS = """
    SELECT sequence, project_id, body, CAST(on_date AS VARCHAR) AS on_date, CAST(wanted_mu AS VARCHAR) AS wanted_mu,
        CAST(applied_mu AS VARCHAR) AS applied_mu, CAST(granted_mu AS VARCHAR) AS granted_mu, note
    FROM land_event ORDER BY sequence, number
"""
TASKS = """
    SELECT sequence, task_id, source, period, text, lead, CAST(due_date AS VARCHAR) AS due_date,
        CAST(opened_on AS VARCHAR) AS opened_on, taking_part, body, project_id, issue_id
    FROM task ORDER BY sequence, number
"""
TASK_EVENTS = """
    SELECT sequence, task_id, kind, CAST(on_date AS VARCHAR) AS on_date, note, evidence, lead, taking_part,
        CAST(due_date AS VARCHAR) AS due_date
    FROM task_event ORDER BY sequence, number
"""
TASK_DETAILS = """
    SELECT sequence, task_id, leader, measures, schedule, problem_id, serial, indicator, indicator_body, source, is_example
    FROM task_detail ORDER BY sequence, number
"""
RELAPSE_RULINGS = """
    SELECT sequence, task_id, kind, indicator, body, period, figure, baseline, CAST(on_date AS VARCHAR) AS on_date, note
    FROM relapse_ruling ORDER BY sequence, number
"""
RECTIFICATIONS = """
    SELECT sequence, rectification_id, name, problem_count, measure_count, CAST(on_date AS VARCHAR) AS on_date, source
    FROM rectification ORDER BY sequence, number
"""
PROBLEMS = """
    SELECT sequence, problem_id, rectification_id, serial, text, source, is_example
    FROM rectification_problem ORDER BY sequence, number
"""
PLACE_EVENTS = """
    SELECT sequence, project_id, body, kind, longitude, latitude, end_longitude, end_latitude, source
    FROM place_event ORDER BY sequence, number
"""
OUTLINE_LINES = "SELECT sequence, kind, name, english, points FROM outline_line ORDER BY sequence, number"
SEAL_TITLES = "SELECT sequence, page, title FROM seal_title ORDER BY sequence, page"
# What an acceptance says beside its one line: the cells that were mended, the reasons given for single findings;
# the issues, tasks, ledgers, steps, areas, places and events that one write recorded; the titles of a sealed meeting; the lines
# of an outline.
PARTS = {
    "corrections": CORRECTIONS,
    "reasons": REASONS,
    "issues": ISSUES,
    "issue_events": ISSUE_EVENTS,
    "permit_events": PERMIT_EVENTS,
    "land_events": LAND_EVENTS,
    "tasks": TASKS,
    "task_events": TASK_EVENTS,
    "task_details": TASK_DETAILS,
    "relapse_rulings": RELAPSE_RULINGS,
    "rectifications": RECTIFICATIONS,
    "problems": PROBLEMS,
    "titles": SEAL_TITLES,
    "place_events": PLACE_EVENTS,
    "lines": OUTLINE_LINES,
}
RULES = """
    SELECT sequence, set_at AS happened_at, set_by AS actor, kind, from_period, working_day, reason FROM due_rule
"""
LOCKS = """
    SELECT sequence, locked_at AS happened_at, locked_by AS actor, period, reason FROM period_lock
"""
EXCEPTIONS = """
    SELECT sequence, granted_at AS happened_at, granted_by AS actor, body, period,
        CAST(valid_until AS VARCHAR) AS valid_until, reason
    FROM lock_exception
"""
ISSUE_WRITES = "SELECT sequence, recorded_at AS happened_at, recorded_by AS actor FROM issue_write"
PERMIT_WRITES = "SELECT sequence, recorded_at AS happened_at, recorded_by AS actor FROM permit_write"
WORDS = "SELECT sequence, set_at AS happened_at, set_by AS actor, word, reason FROM reason_word"
RULE_VERSIONS = """
    SELECT sequence, set_at AS happened_at, set_by AS actor, code, version, settings, reason FROM rule_set
"""
RULE_CHOICES = """
    SELECT sequence, set_at AS happened_at, set_by AS actor, from_period, code, version, reason FROM rule_choice
"""
SCHEME_VERSIONS = """
    SELECT sequence, set_at AS happened_at, set_by AS actor, code, version, settings, reason FROM assessment_scheme
"""
SCHEME_CHOICES = """
    SELECT sequence, set_at AS happened_at, set_by AS actor, from_period, code, version, reason FROM assessment_choice
"""
PUBLICATIONS = """
    SELECT sequence, published_at AS happened_at, published_by AS actor, publication_id, period, code, version,
        acceptances, points, seal, CAST(on_date AS VARCHAR) AS on_date, reason
    FROM assessment_publication
"""
SUSPENSIONS = """
    SELECT sequence, recorded_at AS happened_at, recorded_by AS actor, project_id, body, kind,
        CAST(on_date AS VARCHAR) AS on_date, reason, note, CAST(expected_resumption AS VARCHAR) AS expected_resumption
    FROM suspension_event
"""
EXCUSES = """
    SELECT sequence, recorded_at AS happened_at, recorded_by AS actor, excuse_id, project_id, body, kind, from_period,
        to_period, meeting, decided_by, reason
    FROM excuse
"""
EVIDENCE = """
    SELECT sequence, recorded_at AS happened_at, recorded_by AS actor, evidence_id, project_id, body, milestone, kind,
        CAST(on_date AS VARCHAR) AS on_date, CAST(verified_date AS VARCHAR) AS verified_date, value, note,
        file_sha256, file_name, byte_count
    FROM evidence
"""
EVIDENCE_WITHDRAWALS = """
    SELECT sequence, withdrawn_at AS happened_at, withdrawn_by AS actor, evidence_id, reason FROM evidence_withdrawal
"""
TASK_WRITES = "SELECT sequence, recorded_at AS happened_at, recorded_by AS actor FROM task_write"
PLACE_WRITES = "SELECT sequence, recorded_at AS happened_at, recorded_by AS actor FROM place_write"
OUTLINES = "SELECT sequence, recorded_at AS happened_at, recorded_by AS actor FROM outline"
RECTIFICATION_WRITES = "SELECT sequence, recorded_at AS happened_at, recorded_by AS actor FROM rectification_write"
BULLETINS = """
    SELECT sequence, recorded_at AS happened_at, recorded_by AS actor, rectification_id, period, done, going_on,
        CAST(on_date AS VARCHAR) AS on_date, source
    FROM rectification_bulletin
"""
TITLES = "SELECT sequence, set_at AS happened_at, set_by AS actor, period, page, title FROM meeting_title"
SEALS = """
    SELECT sequence, sealed_at AS happened_at, sealed_by AS actor, seal_id, period, acceptances, rule_set,
        CAST(day AS VARCHAR) AS day
    FROM meeting_seal
"""
# Without passwords: after a rebuild each account is given a new one.
ACCOUNT_EVENTS = """
    SELECT sequence, recorded_at AS happened_at, recorded_by AS actor, account, kind, role, body, person
    FROM account_event
"""
# Every event has a write of its own; decisions alone may come with an acceptance.
EVENTS = {
    ACCEPTED: ACCEPTANCES,
    WITHDRAWN: WITHDRAWALS,
    RULE_SET: RULES,
    LOCKED: LOCKS,
    EXCEPTED: EXCEPTIONS,
    ISSUES_RECORDED: ISSUE_WRITES,
    WORD_TAUGHT: WORDS,
    RULES_DEFINED: RULE_VERSIONS,
    RULES_CHOSEN: RULE_CHOICES,
    SCHEME_DEFINED: SCHEME_VERSIONS,
    SCHEME_CHOSEN: SCHEME_CHOICES,
    ASSESSMENT_PUBLISHED: PUBLICATIONS,
    SUSPENSION_RECORDED: SUSPENSIONS,
    EXCUSE_RECORDED: EXCUSES,
    EVIDENCE_RECORDED: EVIDENCE,
    EVIDENCE_WITHDRAWN: EVIDENCE_WITHDRAWALS,
    PERMITS_RECORDED: PERMIT_WRITES,
    TASKS_RECORDED: TASK_WRITES,
    RECTIFICATION_RECORDED: RECTIFICATION_WRITES,
    BULLETIN_PUBLISHED: BULLETINS,
    TITLE_SET: TITLES,
    SEALED: SEALS,
    PLACES_RECORDED: PLACE_WRITES,
    OUTLINE_SET: OUTLINES,
    ACCOUNT_CHANGED: ACCOUNT_EVENTS,
}


def journal_path(db: Database) -> Path:
    """The journal beside the database file."""
    return db.path.with_suffix(".journal.jsonl")


def write_journal(db: Database) -> int:
    """Append the lines that the journal lacks, with fsync, and return how many. Called after each write and at start.

    Where it ends as this process left it, only tables that have grown since are read, else all, and the journal with them.
    A torn last line, the mark of a crash, stays as it is; its event is written again on a line of its own. Raises
    ChainBroken, with nothing written, where the journal no longer holds what its anchor says.
    """
    path = journal_path(db)
    with _writing:
        known, db.journalled = db.journalled, None
        with db.cursor(WORK_SECONDS) as cursor:
            sizes = table_sizes(cursor)
        if known is not None and known.byte_count == _size_of(path):
            missing, sequence = _happened_since(db, known, sizes)
        else:
            missing, sequence = _not_written(db)
        if missing:
            append_lines(path, missing)
        db.journalled = Journalled(sequence, sizes, _size_of(path))
        return len(missing)


def _happened_since(db: Database, known: Journalled, sizes: Sizes) -> tuple[list[Entry], int]:
    """What the journal lacks since it was last whole, by the tables that have grown, and the number of the last write."""
    missing = recorded_events(db, known.sequence, grown_since(known.sizes, sizes))
    return missing, max([known.sequence, *(entry["sequence"] for entry in missing)])


def _not_written(db: Database) -> tuple[list[Entry], int]:
    """The same, by comparing all that happened with all that is written."""
    written, recorded = {_key(entry) for entry in read_journal(db)}, recorded_events(db)
    missing = [entry for entry in recorded if _key(entry) not in written]
    return missing, max([0, *(entry["sequence"] for entry in recorded)])


def _size_of(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def read_journal(db: Database) -> list[Entry]:
    """The journal's entries, oldest first; lines torn by a crash are left out."""
    return parse_journal(journal_path(db))


def parse_journal(path: Path) -> list[Entry]:
    """``read_journal`` of a file; none where there is no file."""
    if not path.exists():
        return []
    entries = [entry for line in path.read_bytes().splitlines() if (entry := parse_line(line)) is not None]
    return [{name: value for name, value in entry.items() if name != LINK} for entry in entries]


def is_same_event(recorded: Entry, written: Entry) -> bool:
    """Whether a line says what the database says; an older line may lack what is written down only since."""
    lacking = {name: recorded[name] for name in ADDED_LATER if name in recorded and name not in written}
    return {**written, **lacking} == recorded


def recorded_events(db: Database, after: int = 0, grown: frozenset[str] | None = None) -> list[Entry]:
    """What happened after a write according to the database, as journal entries, oldest first.

    ``grown`` are the tables that have grown since that write; without it all are read.
    """

    def rows(sql: str) -> list[Entry]:
        if grown is not None and not words_of(sql) & grown:
            return []
        return [row for row in _rows(cursor, sql) if row["sequence"] > after]

    with db.snapshot(WORK_SECONDS) as cursor:
        events = [{"event": event, **row} for event, sql in EVENTS.items() for row in rows(sql)]
        decisions = rows(DECISIONS)
        parts = [(name, row) for name, sql in PARTS.items() for row in rows(sql)]
    by_sequence: dict[int, Entry] = {event["sequence"]: event for event in events}
    for row in decisions:
        stamp = {name: row[name] for name in ("sequence", "happened_at", "actor")}
        event = by_sequence.setdefault(row["sequence"], {"event": DECIDED, **stamp})
        event.setdefault("decisions", []).append({name: row[name] for name in DECIDED_OF})
    for name, row in parts:
        by_sequence[row.pop("sequence")].setdefault(name, []).append(row)
    return [by_sequence[sequence] for sequence in sorted(by_sequence)]


def _rows(cursor: duckdb.DuckDBPyConnection, sql: str) -> list[Entry]:
    result = cursor.execute(sql)
    names = [column[0] for column in result.description]
    return [{name: _plain(value) for name, value in zip(names, row, strict=True)} for row in result.fetchall()]


def _plain(value: object) -> object:
    return value.isoformat(sep=" ") if isinstance(value, datetime) else value


def _key(entry: Entry) -> tuple[object, ...]:
    """What makes two entries the same event; a restored older database may use a number a second time."""
    return entry["event"], entry["sequence"], entry.get("submission_id"), entry["happened_at"]
