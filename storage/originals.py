"""The workbooks, and the photos and scans of evidence, as received: their bytes, kept for ever under their SHA-256, never changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from storage.durable import write_durably
from storage.engine import Database
from storage.space import said_when_full


class OriginalDamaged(Exception):
    """The kept bytes are not those that were received."""


def originals_folder(db: Database) -> Path:
    """The folder of original files beside the database file."""
    return db.path.with_suffix(".originals")


def original_path(db: Database, sha256: str) -> Path:
    """Where the bytes with this SHA-256 are kept, whether they are there or not; ValueError for anything else."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError(f"not a SHA-256: {sha256!r}")
    return originals_folder(db) / sha256[:2] / sha256


def sha256_of(content: bytes) -> str:
    """Under which the bytes are kept."""
    return hashlib.sha256(content).hexdigest()


def keep_original(db: Database, content: bytes) -> str:
    """Keep the bytes and return their SHA-256. Bytes that are kept already are left alone. Raises NoSpace on a full disk."""
    sha256 = sha256_of(content)
    path = original_path(db, sha256)
    if not path.exists():
        with said_when_full(db.path):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_durably(path, content, is_final=True)
    return sha256


def read_original(db: Database, sha256: str) -> bytes:
    """The bytes received under this SHA-256. Raises FileNotFoundError, or OriginalDamaged when they have changed."""
    content = original_path(db, sha256).read_bytes()
    if sha256_of(content) != sha256:
        raise OriginalDamaged(sha256)
    return content
