"""Returns that were uploaded and are not yet accepted: kept on disk, so that a reload or another computer goes on.

A draft is a folder beside the database: the bytes as received, and what people answered and accepted so far. Drafts are
work in progress, not facts: nothing of the record depends on them, and old ones are swept away.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from domain.submissions import Decision
from storage.engine import Database
from storage.originals import write_durably

DRAFT_ID = re.compile(r"[0-9a-f]{16}")
KEPT_FOR = timedelta(days=30)
CONTENT, NOTES = "content", "draft.json"


@dataclass(frozen=True, slots=True)
class Draft:
    """One uploaded file: its bytes, the answers given so far, and the receipt once it was accepted."""

    draft_id: str
    file_name: str
    content: bytes
    sha256: str
    made_at: datetime
    decisions: tuple[Decision, ...] = ()
    receipt_number: str = ""


def keep_draft(db: Database, file_name: str, content: bytes, *, made_at: datetime) -> Draft:
    """Keep an uploaded file under a new id that nobody can guess; the bytes are safe on disk when this returns."""
    draft = Draft(secrets.token_hex(8), file_name, content, hashlib.sha256(content).hexdigest(), made_at)
    folder = _folder(db, draft.draft_id)
    folder.mkdir(parents=True)
    write_durably(folder / CONTENT, content)
    _write_notes(db, draft)
    return draft


def find_draft(db: Database, draft_id: str) -> Draft | None:
    """The draft with this id; None for an id that is none, was dropped or swept away."""
    if not DRAFT_ID.fullmatch(draft_id):
        return None
    folder = _folder(db, draft_id)
    try:
        content = (folder / CONTENT).read_bytes()
        notes = json.loads((folder / NOTES).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    decisions = tuple(Decision(*each) for each in notes["decisions"])
    made_at = datetime.fromisoformat(notes["made_at"])
    return Draft(draft_id, notes["file_name"], content, notes["sha256"], made_at, decisions, notes["receipt_number"])


def note_decision(db: Database, draft_id: str, decision: Decision | None) -> None:
    """Keep a further answer; None takes all answers back. A draft that is gone stays gone."""
    draft = find_draft(db, draft_id)
    if draft is not None:
        decisions = (*draft.decisions, decision) if decision else ()
        _write_notes(db, draft, decisions=decisions)


def note_receipt(db: Database, draft_id: str, receipt_number: str) -> None:
    """Keep that the draft was accepted, so that a reload shows the receipt."""
    draft = find_draft(db, draft_id)
    if draft is not None:
        _write_notes(db, draft, receipt_number=receipt_number)


def drop_draft(db: Database, draft_id: str) -> None:
    """Forget a draft; what was accepted from it stays."""
    if DRAFT_ID.fullmatch(draft_id):
        shutil.rmtree(_folder(db, draft_id), ignore_errors=True)


def sweep_drafts(db: Database, *, now: datetime) -> int:
    """Drop the drafts that nobody came back to for a month; returns how many."""
    old = [folder.name for folder in drafts_folder(db).glob("*") if _is_old(db, folder.name, now)]
    for draft_id in old:
        drop_draft(db, draft_id)
    return len(old)


def drafts_folder(db: Database) -> Path:
    """The folder of drafts beside the database file."""
    return db.path.with_suffix(".drafts")


def _is_old(db: Database, draft_id: str, now: datetime) -> bool:
    draft = find_draft(db, draft_id)
    return draft is None or now - draft.made_at > KEPT_FOR


def _folder(db: Database, draft_id: str) -> Path:
    return drafts_folder(db) / draft_id


def _write_notes(db: Database, draft: Draft, **changed: Any) -> None:
    kept = {"decisions": draft.decisions, "receipt_number": draft.receipt_number, **changed}
    notes = {
        "file_name": draft.file_name,
        "sha256": draft.sha256,
        "made_at": draft.made_at.isoformat(),
        "decisions": [[each.kind, each.body, each.subject, each.answer] for each in kept["decisions"]],
        "receipt_number": kept["receipt_number"],
    }
    write_durably(_folder(db, draft.draft_id) / NOTES, json.dumps(notes, ensure_ascii=False).encode())
