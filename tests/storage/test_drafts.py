"""Drafts on disk: kept whole, found by their id alone, and swept away when nobody comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from builders import NOON

from domain.submissions import Decision
from storage.drafts import (
    KEPT_FOR,
    drafts_folder,
    drop_draft,
    find_draft,
    keep_draft,
    note_decision,
    note_receipt,
    sweep_drafts,
)
from storage.engine import Database

SAME = Decision("same_project", "binhai", "甲项目", "p1")
OTHER = Decision("heading", "binhai", "累计", "investment_cum_wan")


def test_a_draft_comes_back_as_it_was_kept(db: Database) -> None:
    """Name, bytes and their hash are found again by the id."""
    kept = keep_draft(db, "9月报表.xlsx", b"bytes", made_at=NOON)
    assert find_draft(db, kept.draft_id) == kept
    assert (kept.file_name, kept.content, kept.decisions, kept.receipt_number) == ("9月报表.xlsx", b"bytes", (), "")


def test_answers_add_up_and_can_be_taken_back(db: Database) -> None:
    """Each answer is kept beside the earlier ones; None forgets them all."""
    kept = keep_draft(db, "a.xlsx", b"bytes", made_at=NOON)
    note_decision(db, kept.draft_id, SAME)
    note_decision(db, kept.draft_id, OTHER)
    found = find_draft(db, kept.draft_id)
    assert found is not None and found.decisions == (SAME, OTHER)
    note_decision(db, kept.draft_id, None)
    found = find_draft(db, kept.draft_id)
    assert found is not None and found.decisions == ()


def test_a_receipt_is_kept_beside_the_answers(db: Database) -> None:
    """An accepted draft knows its receipt and keeps what was answered."""
    kept = keep_draft(db, "a.xlsx", b"bytes", made_at=NOON)
    note_decision(db, kept.draft_id, SAME)
    note_receipt(db, kept.draft_id, "2024-09-滨海-01")
    found = find_draft(db, kept.draft_id)
    assert found is not None and (found.receipt_number, found.decisions) == ("2024-09-滨海-01", (SAME,))


@pytest.mark.parametrize("draft_id", ["", "0" * 16, "../../etc/passwd", "ABCDEF0123456789", "0123456789abcdef/.."])
def test_an_id_that_is_none_finds_nothing(db: Database, draft_id: str) -> None:
    """Whatever stands in an address leads to a draft or to nothing, and dropping it touches nothing else."""
    kept = keep_draft(db, "a.xlsx", b"bytes", made_at=NOON)
    assert find_draft(db, draft_id) is None
    note_decision(db, draft_id, SAME)
    note_receipt(db, draft_id, "x")
    drop_draft(db, draft_id)
    assert find_draft(db, kept.draft_id) == kept


def test_a_torn_draft_is_none(db: Database) -> None:
    """Notes that were cut off by a crash of the disk are no draft."""
    kept = keep_draft(db, "a.xlsx", b"bytes", made_at=NOON)
    (drafts_folder(db) / kept.draft_id / "draft.json").write_text("{", encoding="utf-8")
    assert find_draft(db, kept.draft_id) is None


def test_old_drafts_are_swept_away(db: Database) -> None:
    """Drafts older than a month go, torn ones too; younger ones stay."""
    old, young, torn = (keep_draft(db, f"{n}.xlsx", b"bytes", made_at=NOON) for n in range(3))
    late = keep_draft(db, "late.xlsx", b"bytes", made_at=NOON + KEPT_FOR)
    (drafts_folder(db) / torn.draft_id / "content").unlink()
    drop_draft(db, young.draft_id)
    assert sweep_drafts(db, now=NOON + KEPT_FOR + timedelta(days=1)) == 2
    assert find_draft(db, old.draft_id) is None
    assert find_draft(db, late.draft_id) == late
    assert [folder.name for folder in drafts_folder(db).iterdir()] == [late.draft_id]
