"""Telling the sample returns from real ones."""

from __future__ import annotations

from builders import NOON, accept, monthly, row

from storage.accepting import withdraw_submission
from storage.engine import Database
from storage.receipts import receipts
from storage.samples import SAMPLES, has_samples


def test_a_sample_is_known_by_its_bytes(db: Database) -> None:
    """Whatever it is called, as long as it is not withdrawn."""
    accept(db, monthly("2024-07", row("甲")))
    assert not has_samples(receipts(db))
    content = next(path for path in sorted(SAMPLES.rglob("*")) if path.is_file()).read_bytes()
    sample = accept(db, monthly("2024-08", row("甲"), content=content))
    assert has_samples(receipts(db))
    withdraw_submission(db, sample.submission_id, reason="x", actor="office", withdrawn_at=NOON)
    assert not has_samples(receipts(db))
