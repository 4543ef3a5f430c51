"""Telling the sample returns from real ones."""

from __future__ import annotations

import hashlib

from builders import NOON, accept, as_of, monthly, row

from domain.periods import Period
from domain.scope import OFFICE
from domain.submissions import ANNUAL_TARGETS, Submission
from storage.accepting import withdraw_submission
from storage.engine import Database
from storage.queries import sample_receipts, targets_are_samples
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


def test_targets_that_are_samples_are_known_for_their_year(db: Database) -> None:
    """A sample form of targets for that year alone, until another form replaces it; its receipt is a sample's."""
    content = next(SAMPLES.rglob("*目标*")).read_bytes()
    sample = accept(db, targets(2024, content))
    assert targets_are_samples(db, OFFICE, as_of("2024-08"))
    assert not targets_are_samples(db, OFFICE, as_of("2025-08"))
    assert sample_receipts(db, OFFICE, as_of("2024-08")) == {sample.receipt_number}
    accept(db, targets(2024, b"the office's own"))
    assert not targets_are_samples(db, OFFICE, as_of("2024-08"))
    assert sample_receipts(db, OFFICE, as_of("2024-08")) == frozenset()


def targets(year: int, content: bytes) -> tuple[Submission, bytes]:
    return Submission("目标.xlsx", hashlib.sha256(content).hexdigest(), ANNUAL_TARGETS, "zone", Period(year, 1)), content
