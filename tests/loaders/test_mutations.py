"""Spoilt workbooks: each is accepted or refused with a sentence, in time, and nothing is ever half stored.

MUTATIONS says how many (`make soak`: 1,000); the suite runs fewer.
"""

from __future__ import annotations

import os
import time
from datetime import datetime
from pathlib import Path

import pytest
from mutations import mutate
from sample_year import sample_files

from loaders.confirming import confirm_suggestions, open_return
from loaders.refusals import REFUSALS
from loaders.workbook import UnreadableFile
from storage.accepting import NotAcceptable, accept_submission
from storage.engine import Database, open_database
from storage.integrity import check_integrity
from storage.queries import known_for

COUNT = int(os.environ.get("MUTATIONS", "60"))
SECONDS = 20
OUTCOMES = ("accepted", "not acceptable", "unreadable")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Database, dict[str, int], float]:
    """The database after all attempts, how each ended, and the longest of them in seconds."""
    db = open_database(tmp_path_factory.mktemp("mutations") / "monitor.duckdb")
    files = sample_files(12, yearly=True)
    ended, longest = dict.fromkeys(OUTCOMES, 0), 0.0
    for seed in range(COUNT):
        path = files[seed % len(files)]
        start = time.perf_counter()
        outcome = attempt(db, path, mutate(path.read_bytes(), seed))
        ended[outcome] = ended.get(outcome, 0) + 1
        longest = max(longest, time.perf_counter() - start)
    return db, ended, longest


def attempt(db: Database, path: Path, content: bytes) -> str:
    """How a file ends; any other exception is a fault of ours and fails the test."""
    try:
        opened = open_return(content, path.name)
    except UnreadableFile as refusal:
        return "unreadable" if refusal.code in REFUSALS and refusal.message() else "without a sentence"
    submission, decisions = confirm_suggestions(opened, known_for(db, opened.alone.period))
    assert all(finding.message("zh") and finding.message("en") for finding in submission.findings)
    try:
        accept_submission(db, submission, content, decisions=decisions, reason="试", accepted_at=datetime(2024, 12, 31))
    except NotAcceptable as refusal:
        return "not acceptable" if refusal.message_zh else "without a sentence"
    return "accepted"


def test_every_file_ends_in_one_of_three_ways(outcomes: tuple[Database, dict[str, int], float]) -> None:
    """All are accounted for, and each way occurs: the faults are neither all fatal nor all harmless."""
    _, ended, _ = outcomes
    assert set(ended) == set(OUTCOMES)
    assert sum(ended.values()) == COUNT and all(ended.values()), ended


def test_no_file_takes_long(outcomes: tuple[Database, dict[str, int], float]) -> None:
    """The slowest is far within the limit of the child process."""
    assert outcomes[2] < SECONDS


def test_nothing_is_half_stored(outcomes: tuple[Database, dict[str, int], float]) -> None:
    """Rows, receipts, originals and journal agree after all of them."""
    db = outcomes[0]
    assert check_integrity(db) == []
    db.close()
