"""The samples that come with the system: their figures and places are illustrations, and every screen says so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from storage.receipts import Receipt

SAMPLES = Path(__file__).parent.parent / "data" / "samples"


def has_samples(receipts: Iterable[Receipt]) -> bool:
    """True when any of the receipts that are not withdrawn is for one of the sample workbooks, whatever its name."""
    return any(is_sample_hash(receipt.sha256) for receipt in receipts if not receipt.is_withdrawn)


def is_sample(content: bytes) -> bool:
    """True for the bytes of one of the sample files."""
    return is_sample_hash(hashlib.sha256(content).hexdigest())


def is_sample_hash(sha256: str) -> bool:
    """True for the hash of one of the sample files."""
    return sha256 in _sample_hashes()


@cache
def _sample_hashes() -> frozenset[str]:
    files = (path for path in SAMPLES.rglob("*") if path.is_file())
    return frozenset(hashlib.sha256(path.read_bytes()).hexdigest() for path in files)
