"""The database built again from the originals and the journal: the way back when no backup opens.

The originals say what was sent, the journal what people decided; the workbooks are read once more. What comes out equals
the lost database in every table, passwords and the days of the migrations aside, as long as workbooks are read as they
were then; where they are not, the writes that differ are named.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from domain.submissions import Correction, Decision, Submission
from storage import journal
from storage.access import access_path, copy_of_access
from storage.appending import append_rows
from storage.chain import anchor_path, check_chain
from storage.engine import Database, open_database, read_version
from storage.integrity import check_integrity
from storage.journal import DECIDED_OF, Entry, journal_path, parse_journal, write_journal
from storage.originals import read_original
from storage.recording import Acceptance, append_decisions, append_submission
from storage.shaping import existing_columns

# Reads a workbook as it was read when it was accepted: against what the database holds, with decisions and mended cells.
ReadAgain = Callable[[Database, bytes, str, Sequence[Decision], Sequence[Correction]], Submission]
# Event -> its table, and the columns that keep when it happened and who did it.
TABLES = {
    journal.WITHDRAWN: ("withdrawal", "withdrawn_at", "withdrawn_by"),
    journal.RULE_SET: ("due_rule", "set_at", "set_by"),
    journal.LOCKED: ("period_lock", "locked_at", "locked_by"),
    journal.EXCEPTED: ("lock_exception", "granted_at", "granted_by"),
    journal.WORD_TAUGHT: ("reason_word", "set_at", "set_by"),
    journal.RULES_DEFINED: ("rule_set", "set_at", "set_by"),
    journal.RULES_CHOSEN: ("rule_choice", "set_at", "set_by"),
    journal.SCHEME_DEFINED: ("assessment_scheme", "set_at", "set_by"),
    journal.SCHEME_CHOSEN: ("assessment_choice", "set_at", "set_by"),
    journal.ASSESSMENT_PUBLISHED: ("assessment_publication", "published_at", "published_by"),
    journal.SUSPENSION_RECORDED: ("suspension_event", "recorded_at", "recorded_by"),
    journal.EXCUSE_RECORDED: ("excuse", "recorded_at", "recorded_by"),
    journal.EVIDENCE_RECORDED: ("evidence", "recorded_at", "recorded_by"),
    journal.EVIDENCE_WITHDRAWN: ("evidence_withdrawal", "withdrawn_at", "withdrawn_by"),
    journal.TITLE_SET: ("meeting_title", "set_at", "set_by"),
    journal.SEALED: ("meeting_seal", "sealed_at", "sealed_by"),
    journal.BULLETIN_PUBLISHED: ("rectification_bulletin", "recorded_at", "recorded_by"),
    journal.OUTLINE_SET: ("outline", "recorded_at", "recorded_by"),
    journal.ACCOUNT_CHANGED: ("account_event", "recorded_at", "recorded_by"),
}
# Part of a line -> its table. The events of PARTED have nothing but parts.
PARTS = {
    "issues": "issue",
    "issue_events": "issue_event",
    "permit_events": "permit_event",
    "land_events": "land_event",
    "tasks": "task",
    "task_events": "task_event",
    "task_details": "task_detail",
    "relapse_rulings": "relapse_ruling",
    "rectifications": "rectification",
    "problems": "rectification_problem",
    "titles": "seal_title",
    "place_events": "place_event",
    "lines": "outline_line",
}
PARTED = (
    journal.ISSUES_RECORDED, journal.PERMITS_RECORDED, journal.TASKS_RECORDED, journal.PLACES_RECORDED, journal.DECIDED,
    journal.RECTIFICATION_RECORDED,
)  # fmt: skip


class NotRebuilt(Exception):
    """The database cannot be built again; ``message_zh`` and ``message_en`` say why."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(f"{message_zh} {message_en}")
        self.message_zh, self.message_en = message_zh, message_en


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many events were put back, and what is not as it was: a sentence for each."""

    events: int
    faults: tuple[str, ...]


def rebuild_database(source: Path, target: Path, read_again: ReadAgain) -> Rebuilt:
    """Build the database file ``target`` from the originals and the journal beside the database file ``source``.

    ``source`` itself is not read and need not be there. Originals, journal and record of use are copied. Raises
    NotRebuilt when the target is there already, and for an event that cannot be put back; nothing is left then.
    """
    made = [target, target.with_suffix(".originals"), target.with_suffix(".journal.jsonl")]
    made += [anchor_path(made[-1]), access_path(target), anchor_path(access_path(target))]
    if any(path.exists() for path in made):
        raise NotRebuilt(
            f"{target.name} 已经存在，请另取文件名。", f"{target.name} is there already; give another name."
        )
    if not source.with_suffix(".journal.jsonl").is_file():
        raise NotRebuilt("找不到操作日志。", "There is no journal.")
    try:
        return _rebuild(source, target, read_again)
    except BaseException:
        for path in (*made, target.with_name(f"{target.name}.wal")):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        raise


def _rebuild(source: Path, target: Path, read_again: ReadAgain) -> Rebuilt:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.with_suffix(".originals").is_dir():
        shutil.copytree(source.with_suffix(".originals"), target.with_suffix(".originals"))
    for name, content in copy_of_access(source).items():
        (target.parent / name.replace(source.stem, target.stem, 1)).write_bytes(content)
    db = open_database(target)
    try:
        # Not beside the target before the end: opening compares the two.
        entries = rebuilt_events(source.with_suffix(".journal.jsonl"))
        for entry in entries:
            _put_back(db, entry, read_again)
        kept, made = source.with_suffix(".journal.jsonl"), journal_path(db)
        broken = check_chain(kept)
        if not broken:
            shutil.copyfile(kept, made)
        if not broken and anchor_path(kept).exists():
            shutil.copyfile(anchor_path(kept), anchor_path(made))
        # A journal that was tampered with stays where it is; beside the new database a new chain begins.
        write_journal(db)
        return Rebuilt(len(entries), (*(fault.sentence for fault in broken), *check_integrity(db)))
    finally:
        db.close()


def rebuilt_events(path: Path) -> list[Entry]:
    """The journal's events in their order; of two lines about one write the later counts."""
    newest = {entry["sequence"]: entry for entry in parse_journal(path)}
    return [newest[sequence] for sequence in sorted(newest)]


def _put_back(db: Database, entry: Entry, read_again: ReadAgain) -> None:
    """Write what one event wrote, under its number."""
    decisions = [Decision(**{name: each.get(name, "") for name in DECIDED_OF}) for each in entry.get("decisions", [])]
    happened_at = datetime.fromisoformat(entry["happened_at"])
    acceptance = None
    if entry["event"] == journal.ACCEPTED:
        acceptance = _acceptance(db, entry, decisions, happened_at, read_again)
    elif entry["event"] not in {*TABLES, *PARTED}:
        raise NotRebuilt(f"不认识的操作：{entry['event']}。", f"Unknown event: {entry['event']}.")

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.execute("UPDATE write_lock SET version = $1 WHERE id = 1", [entry["sequence"]])
        if acceptance is not None:
            append_submission(cursor, acceptance)
        elif entry["event"] in TABLES:
            _append_event(cursor, entry)
        _append_parts(cursor, entry, happened_at)
        append_decisions(cursor, decisions, decided_at=happened_at, decided_by=entry["actor"])

    db.write(store)


def _acceptance(
    db: Database, entry: Entry, decisions: Sequence[Decision], happened_at: datetime, read_again: ReadAgain
) -> Acceptance:
    corrections = [Correction(**each) for each in entry.get("corrections", [])]
    try:
        content = read_original(db, entry["sha256"])
        submission = read_again(db, content, entry["file_name"], decisions, corrections)
    except Exception as error:
        number = entry["receipt_number"]
        raise NotRebuilt(
            f"回执 {number} 的原始文件缺失、已变动或读不出。",
            f"The workbook of {number} is lost, changed or unreadable.",
        ) from error
    return Acceptance(
        submission=submission,
        accepted_at=happened_at,
        accepted_by=entry["actor"],
        reasons={_finding_key(each): each["reason"] for each in entry.get("reasons", [])},
        **{
            name: entry[name]
            for name in (
                "submission_id", "receipt_number", "sequence", "body", "period", "byte_count", "reason", "replaces",
            )
        },
    )  # fmt: skip


def _finding_key(part: Entry) -> str:
    """As ``Finding.key``."""
    return "\n".join(part[name] for name in ("code", "sheet", "cell", "field", "project_id"))


def _append_event(cursor: duckdb.DuckDBPyConnection, entry: Entry) -> None:
    table, at, by = TABLES[entry["event"]]
    values = {**entry, at: entry["happened_at"], by: entry["actor"]}
    kept = {name: values[name] for name in existing_columns(cursor, table)}
    places = ", ".join(f"${name}" for name in kept)
    cursor.execute(f"INSERT INTO {table} ({', '.join(kept)}) VALUES ({places})", kept)


def _append_parts(cursor: duckdb.DuckDBPyConnection, entry: Entry, happened_at: datetime) -> None:
    """The rows of one write, numbered in the order of the line, each under the stamp of the write."""
    stamp = {
        "sequence": read_version(cursor),
        "seal_id": entry.get("seal_id"),
        "recorded_at": happened_at,
        "recorded_by": entry["actor"],
    }
    for part, table in PARTS.items():
        columns = existing_columns(cursor, table)
        rows = [{**stamp, **row, "number": number} for number, row in enumerate(entry.get(part, []), 1)]
        append_rows(cursor, table, [_typed({name: row[name] for name in columns}) for row in rows])


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    """Days as dates, by the names of their columns."""
    return {
        name: datetime.fromisoformat(value).date() if value and name.endswith(("_date", "_on")) else value
        for name, value in row.items()
    }
