"""Returns that were received and are not yet accepted: kept on disk, so that a reload or another computer goes on.

A draft is a folder beside the database: the bytes as received, and what people answered, mended, explained and accepted
so far. Drafts are work in progress, not facts: nothing of the record depends on them, and old ones are swept away. They
need the path of the database alone, not the open database, which another process may have.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from domain.scope import EVERY_BODY, Scope
from domain.submissions import Correction, Decision
from storage.durable import write_durably
from storage.space import said_when_full

DRAFT_ID = re.compile(r"[0-9a-f]{16}")
KEPT_FOR = timedelta(days=30)
CONTENT, NOTES = "content", "draft.json"
# Two people at one draft: each change is made to what the other has left.
_changing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Draft:
    """One received file: its bytes, what people said of it so far, and the receipt once it was accepted.

    ``reasons``: finding's key -> the reason typed for it. ``origin`` is the name of the watched folder in which the
    file was found, empty for one that was uploaded. ``bodies`` are those of whoever uploaded it, none for the office:
    only who reads them all may open it.
    """

    draft_id: str
    file_name: str
    content: bytes
    sha256: str
    made_at: datetime
    decisions: tuple[Decision, ...] = ()
    corrections: tuple[Correction, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    receipt_number: str = ""
    origin: str = ""
    bodies: tuple[str, ...] = ()

    def is_open_to(self, scope: Scope) -> bool:
        """Whether a person may open it: of the same district, or somebody who reads all of them."""
        return all(scope.allows(body) for body in self.bodies or EVERY_BODY)


def keep_draft(
    database: Path,
    file_name: str,
    content: bytes,
    *,
    made_at: datetime,
    origin: str = "",
    bodies: tuple[str, ...] = (),
) -> Draft:
    """Keep a received file under a new id that nobody can guess; the bytes are safe on disk when this returns.

    Raises NoSpace on a full disk.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    draft = Draft(secrets.token_hex(8), file_name, content, sha256, made_at, origin=origin, bodies=bodies)
    folder = _folder(database, draft.draft_id)
    with said_when_full(database):
        folder.mkdir(parents=True)
        write_durably(folder / CONTENT, content)
        _write_notes(database, draft)
    return draft


def find_draft(database: Path, draft_id: str) -> Draft | None:
    """The draft with this id; None for an id that is none, was dropped or swept away."""
    notes = _read_notes(database, draft_id)
    if notes is None:
        return None
    try:
        content = (_folder(database, draft_id) / CONTENT).read_bytes()
    except FileNotFoundError:
        return None
    said = {
        "decisions": tuple(Decision(*each) for each in notes.pop("decisions")),
        "corrections": tuple(Correction(*each) for each in notes.pop("corrections", [])),
        "made_at": datetime.fromisoformat(notes.pop("made_at")),
        "bodies": tuple(notes.pop("bodies", ())),
    }
    return Draft(draft_id, content=content, **notes, **said)


def waiting_drafts(database: Path) -> list[Draft]:
    """The drafts that came through a watched folder and are not yet accepted, the oldest first."""
    # By their notes alone: the page asks at every click, and most drafts are uploads of some megabytes.
    notes = {folder.name: _read_notes(database, folder.name) for folder in drafts_folder(database).glob("*")}
    waiting = [
        draft_id for draft_id, said in notes.items() if said and said.get("origin") and not said["receipt_number"]
    ]
    found = [draft for draft_id in waiting if (draft := find_draft(database, draft_id))]
    return sorted(found, key=lambda draft: (draft.made_at, draft.file_name))


def note_decision(database: Path, draft_id: str, decision: Decision | None) -> None:
    """Keep a further answer; None takes all answers back. A draft that is gone stays gone."""
    _change(
        database, draft_id, lambda draft: replace(draft, decisions=(*draft.decisions, decision) if decision else ())
    )


def note_correction(database: Path, draft_id: str, correction: Correction) -> None:
    """Keep a mended cell; one that is put back to what was typed in it is mended no more."""

    def change(draft: Draft) -> Draft:
        place = correction.sheet, correction.cell
        first = next((each for each in draft.corrections if (each.sheet, each.cell) == place), correction)
        others = tuple(each for each in draft.corrections if each is not first)
        mended = replace(correction, before=first.before)
        return replace(draft, corrections=others if mended.after == mended.before else (*others, mended))

    _change(database, draft_id, change)


def note_reason(database: Path, draft_id: str, key: str, reason: str) -> None:
    """Keep the reason typed for one finding; an empty one takes it back."""
    _change(
        database,
        draft_id,
        lambda draft: replace(draft, reasons={k: v for k, v in {**draft.reasons, key: reason.strip()}.items() if v}),
    )


def note_receipt(database: Path, draft_id: str, receipt_number: str) -> None:
    """Keep that the draft was accepted, so that a reload shows the receipt."""
    _change(database, draft_id, lambda draft: replace(draft, receipt_number=receipt_number))


def drop_draft(database: Path, draft_id: str) -> None:
    """Forget a draft; what was accepted from it stays."""
    if DRAFT_ID.fullmatch(draft_id):
        shutil.rmtree(_folder(database, draft_id), ignore_errors=True)


def sweep_drafts(database: Path, *, now: datetime) -> int:
    """Drop the drafts that nobody came back to for a month; returns how many."""
    old = [folder.name for folder in drafts_folder(database).glob("*") if _is_old(database, folder.name, now)]
    for draft_id in old:
        drop_draft(database, draft_id)
    return len(old)


def drafts_folder(database: Path) -> Path:
    """The folder of drafts beside the database file."""
    return database.with_suffix(".drafts")


def _read_notes(database: Path, draft_id: str) -> dict[str, Any] | None:
    """What is noted of a draft; None for an id that is none, and for notes that are gone or torn."""
    if not DRAFT_ID.fullmatch(draft_id):
        return None
    try:
        notes: dict[str, Any] = json.loads((_folder(database, draft_id) / NOTES).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return notes


def _is_old(database: Path, draft_id: str, now: datetime) -> bool:
    draft = find_draft(database, draft_id)
    return draft is None or now - draft.made_at > KEPT_FOR


def _folder(database: Path, draft_id: str) -> Path:
    return drafts_folder(database) / draft_id


def _change(database: Path, draft_id: str, change: Callable[[Draft], Draft]) -> None:
    with _changing:
        draft = find_draft(database, draft_id)
        if draft is not None:
            _write_notes(database, change(draft))


def _write_notes(database: Path, draft: Draft) -> None:
    notes = {
        "file_name": draft.file_name,
        "sha256": draft.sha256,
        "made_at": draft.made_at.isoformat(),
        "decisions": [list(asdict(each).values()) for each in draft.decisions],
        "corrections": [list(asdict(each).values()) for each in draft.corrections],
        "reasons": dict(draft.reasons),
        "receipt_number": draft.receipt_number,
        "origin": draft.origin,
        "bodies": list(draft.bodies),
    }
    write_durably(_folder(database, draft.draft_id) / NOTES, json.dumps(notes, ensure_ascii=False).encode())
