"""Drafts on disk: kept whole, found by their id alone, and swept away when nobody comes back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOON

from domain.scope import OFFICE, Scope, scope_of
from domain.submissions import Correction, Decision
from storage.drafts import (
    KEPT_FOR,
    Draft,
    drafts_folder,
    drop_draft,
    find_draft,
    keep_draft,
    note_correction,
    note_decision,
    note_reason,
    note_receipt,
    sweep_drafts,
    waiting_drafts,
)
from storage.engine import Database

SAME = Decision("same_project", "binhai", "甲项目", "p1")
OTHER = Decision("heading", "binhai", "累计", "investment_cum_wan")


def test_a_draft_comes_back_as_it_was_kept(db: Database) -> None:
    """Name, bytes and their hash are found again by the id."""
    kept = keep_draft(db.path, "9月报表.xlsx", b"bytes", made_at=NOON)
    assert find_draft(db.path, kept.draft_id) == kept
    assert (kept.file_name, kept.content, kept.decisions, kept.receipt_number) == ("9月报表.xlsx", b"bytes", (), "")


def test_answers_add_up_and_can_be_taken_back(db: Database) -> None:
    """Each answer is kept beside the earlier ones; None forgets them all."""
    kept = keep_draft(db.path, "a.xlsx", b"bytes", made_at=NOON)
    note_decision(db.path, kept.draft_id, SAME)
    note_decision(db.path, kept.draft_id, OTHER)
    found = find_draft(db.path, kept.draft_id)
    assert found is not None and found.decisions == (SAME, OTHER)
    note_decision(db.path, kept.draft_id, None)
    found = find_draft(db.path, kept.draft_id)
    assert found is not None and found.decisions == ()


def test_a_receipt_is_kept_beside_the_answers(db: Database) -> None:
    """An accepted draft knows its receipt and keeps what was answered."""
    kept = keep_draft(db.path, "a.xlsx", b"bytes", made_at=NOON)
    note_decision(db.path, kept.draft_id, SAME)
    note_receipt(db.path, kept.draft_id, "2024-09-滨海-01")
    found = find_draft(db.path, kept.draft_id)
    assert found is not None and (found.receipt_number, found.decisions) == ("2024-09-滨海-01", (SAME,))


@pytest.mark.parametrize("draft_id", ["", "0" * 16, "../../etc/passwd", "ABCDEF0123456789", "0123456789abcdef/.."])
def test_an_id_that_is_none_finds_nothing(db: Database, draft_id: str) -> None:
    """Whatever stands in an address leads to a draft or to nothing, and dropping it touches nothing else."""
    kept = keep_draft(db.path, "a.xlsx", b"bytes", made_at=NOON)
    assert find_draft(db.path, draft_id) is None
    note_decision(db.path, draft_id, SAME)
    note_receipt(db.path, draft_id, "x")
    drop_draft(db.path, draft_id)
    assert find_draft(db.path, kept.draft_id) == kept


def test_a_torn_draft_is_none(db: Database) -> None:
    """Notes that were cut off by a crash of the disk are no draft."""
    kept = keep_draft(db.path, "a.xlsx", b"bytes", made_at=NOON)
    (drafts_folder(db.path) / kept.draft_id / "draft.json").write_text("{", encoding="utf-8")
    assert find_draft(db.path, kept.draft_id) is None


def test_old_drafts_are_swept_away(db: Database) -> None:
    """Drafts older than a month go, torn ones too; younger ones stay."""
    old, young, torn = (keep_draft(db.path, f"{n}.xlsx", b"bytes", made_at=NOON) for n in range(3))
    late = keep_draft(db.path, "late.xlsx", b"bytes", made_at=NOON + KEPT_FOR)
    (drafts_folder(db.path) / torn.draft_id / "content").unlink()
    drop_draft(db.path, young.draft_id)
    assert sweep_drafts(db.path, now=NOON + KEPT_FOR + timedelta(days=1)) == 2
    assert find_draft(db.path, old.draft_id) is None
    assert find_draft(db.path, late.draft_id) == late
    assert [folder.name for folder in drafts_folder(db.path).iterdir()] == [late.draft_id]


def found(db: Database, draft: Draft) -> Draft:
    again = find_draft(db.path, draft.draft_id)
    assert again is not None
    return again


def test_a_mended_cell_remembers_what_was_first_typed(db: Database) -> None:
    """Mended twice it is one correction from the sender's text to the last; put back it is none."""
    kept = keep_draft(db.path, "a.xlsx", b"bytes", made_at=NOON)
    first = Correction("项目", "C5", "note", "甲", "乙")
    other = Correction("项目", "D5", "note", None, "1")
    for correction in (first, other, Correction("项目", "C5", "note", "乙", "丙")):
        note_correction(db.path, kept.draft_id, correction)
    assert found(db, kept).corrections == (other, Correction("项目", "C5", "note", "甲", "丙"))
    note_correction(db.path, kept.draft_id, Correction("项目", "C5", "note", "丙", "甲"))
    assert found(db, kept).corrections == (other,)


def test_a_reason_is_kept_for_its_finding(db: Database) -> None:
    """A later one replaces it, an empty one takes it back."""
    kept = keep_draft(db.path, "a.xlsx", b"bytes", made_at=NOON)
    for key, reason in (("f1", "缺地"), ("f2", "缺水"), ("f1", " 征迁未完 "), ("f2", " ")):
        note_reason(db.path, kept.draft_id, key, reason)
    assert found(db, kept).reasons == {"f1": "征迁未完"}


def test_changes_of_a_draft_that_is_gone(db: Database) -> None:
    """It stays gone."""
    kept = keep_draft(db.path, "a.xlsx", b"bytes", made_at=NOON)
    drop_draft(db.path, kept.draft_id)
    note_reason(db.path, kept.draft_id, "f1", "缺地")
    note_correction(db.path, kept.draft_id, Correction("项目", "C5", "note", "甲", "乙"))
    assert find_draft(db.path, kept.draft_id) is None


def test_what_waits_came_through_a_folder(db: Database) -> None:
    """Uploads are in somebody's address and do not wait; what was accepted waits no more; the oldest is first."""
    assert waiting_drafts(db.path) == []
    keep_draft(db.path, "上传.xlsx", b"1", made_at=NOON)
    late = keep_draft(db.path, "晚.xlsx", b"2", made_at=NOON + timedelta(hours=1), origin="来件")
    early = keep_draft(db.path, "早.xlsx", b"3", made_at=NOON, origin="来件")
    done = keep_draft(db.path, "已收.xlsx", b"4", made_at=NOON, origin="来件")
    note_receipt(db.path, done.draft_id, "2024-08-滨海-01")
    assert waiting_drafts(db.path) == [early, late]


def test_a_draft_of_an_older_version_is_read(db: Database) -> None:
    """One that was kept before cells could be mended has none mended."""
    kept = keep_draft(db.path, "a.xlsx", b"bytes", made_at=NOON)
    notes = {"file_name": "a.xlsx", "sha256": kept.sha256, "made_at": NOON.isoformat(), "receipt_number": "",
             "decisions": [["heading", "binhai", "累计", "investment_cum_wan"]]}  # fmt: skip
    (drafts_folder(db.path) / kept.draft_id / "draft.json").write_text(json.dumps(notes), encoding="utf-8")
    assert found(db, kept) == replace(kept, decisions=(OTHER,))


@pytest.mark.parametrize(
    ("bodies", "scope", "expected"),
    [
        (("binhai",), scope_of("reporter", "binhai", "wang"), True),
        (("binhai",), scope_of("reporter", "xiangshui", "li"), False),
        (("binhai",), scope_of("checker", "", "zhao"), True),
        (("binhai",), OFFICE, True),
        ((), scope_of("reporter", "binhai", "wang"), False),
        ((), scope_of("checker", "", "zhao"), True),
    ],
)
def test_a_draft_opens_to_those_who_read_its_bodies(db: Database, bodies: tuple[str, ...], scope: Scope, expected: bool) -> None:
    """A colleague of the district, and whoever reads all; one of the office or the watched folder to the latter alone."""
    kept = keep_draft(db.path, "a.xlsx", b"bytes", made_at=NOON, bodies=bodies)
    assert find_draft(db.path, kept.draft_id).is_open_to(scope) is expected
