"""The journal as a chain: each line carries the SHA-256 of everything before it, and an anchor beside it says how far it went.

A line that is changed, cut out or moved no longer agrees with the next; a tail that is cut off no longer reaches the anchor.
Lines from before the chain, and lines torn by a crash, are covered by the line that follows them.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.durable import write_durably

LINK = "chain"
Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check found: a code, which has its Chinese words on the screen, its place, and an English sentence."""

    code: str
    place: str
    sentence: str


class ChainBroken(Exception):
    """The journal does not reach its anchor any more; nothing is added to it."""


@dataclass(slots=True)
class Tail:
    """Where a chain ends: the sum of all its bytes, how many they are and in how many lines, and whether the last is torn."""

    total: hashlib._Hash
    size: int
    lines: int
    is_torn: bool


def anchor_path(path: Path) -> Path:
    """The anchor beside a chain: that of the journal has the database's name alone."""
    return path.with_name(f"{path.name.removesuffix('.journal.jsonl').removesuffix('.jsonl')}.anchor.json")


def parse_line(line: bytes) -> Entry | None:
    """The entry of a line, its link included; None for a line torn by a crash."""
    try:
        entry = json.loads(line.decode(errors="replace"))
    except json.JSONDecodeError:
        return None
    return entry if isinstance(entry, dict) and {"event", "sequence", "happened_at"} <= entry.keys() else None


def append_lines(path: Path, entries: Sequence[Entry]) -> None:
    """Append entries, each linked to what stands before it, with fsync; then move the anchor.

    Raises ChainBroken where the journal no longer holds what its anchor says.
    """
    extend(path, read_tail(path), entries)


def read_tail(path: Path) -> Tail:
    """Where a chain ends, its anchor set if it has none yet. Raises ChainBroken where it is not what its anchor says."""
    content = path.read_bytes() if path.exists() else b""
    if _anchor_faults(path, content):
        raise ChainBroken(path.name)
    is_torn = bool(content) and not content.endswith(b"\n")
    tail = Tail(hashlib.sha256(content), len(content), content.count(b"\n"), is_torn)
    if not anchor_path(path).exists():
        # Before the first link is written: a chain without an anchor has lost it.
        _write_anchor(path, tail)
    return tail


def extend(path: Path, tail: Tail, entries: Sequence[Entry]) -> None:
    """``append_lines`` to a chain whose end is known; the end moves with it. Raises OSError with the end where it was."""
    added = b"\n" if tail.is_torn else b""
    total = tail.total.copy()
    total.update(added)
    for entry in entries:
        line = json.dumps({**entry, LINK: total.hexdigest()}, ensure_ascii=False).encode() + b"\n"
        total.update(line)
        added += line
    with path.open("ab") as file:
        file.write(added)
        file.flush()
        os.fsync(file.fileno())
    tail.total, tail.is_torn = total, False
    tail.size, tail.lines = tail.size + len(added), tail.lines + added.count(b"\n")
    _write_anchor(path, tail)


def check_chain(path: Path) -> list[Fault]:
    """The first line that does not agree with what stands before it, and whether the journal reaches its anchor."""
    content = path.read_bytes() if path.exists() else b""
    return [*_link_faults(content), *_anchor_faults(path, content)]


def read_anchor(path: Path) -> Entry | None:
    """How far the journal went when it was last written: ``bytes``, ``lines`` and the ``sha256`` of these bytes.

    None without an anchor. Raises ValueError for one that cannot be read.
    """
    try:
        anchor = json.loads(anchor_path(path).read_bytes())
        return {"bytes": int(anchor["bytes"]), "lines": int(anchor["lines"]), "sha256": str(anchor["sha256"])}
    except FileNotFoundError:
        return None
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{anchor_path(path).name} cannot be read") from error


def _link_faults(content: bytes) -> list[Fault]:
    before, is_linked = hashlib.sha256(), False
    for number, line in enumerate(content.splitlines(keepends=True), 1):
        entry = parse_line(line)
        link = entry.get(LINK) if entry else None
        if link is not None and link != before.hexdigest():
            return [_fault("chain_changed", number, "does not agree with what stands before it: changed, cut or moved")]
        if entry and link is None and is_linked:
            return [_fault("chain_unlinked", number, "is not linked to the one before it: added by another program")]
        is_linked = is_linked or link is not None
        before.update(line)
    return []


def _anchor_faults(path: Path, content: bytes) -> list[Fault]:
    try:
        anchor = read_anchor(path)
    except ValueError as error:
        return [Fault("anchor_unreadable", "", str(error))]
    if anchor is None:
        linked = f'"{LINK}": "'.encode() in content
        return [Fault("anchor_lost", "", "the journal's anchor is lost")] if linked else []
    kept = content[: anchor["bytes"]]
    if len(kept) < anchor["bytes"]:
        return [_fault("chain_cut", anchor["lines"], "is lost: the journal is shorter than its anchor says")]
    if hashlib.sha256(kept).hexdigest() != anchor["sha256"]:
        return [_fault("chain_anchor", anchor["lines"], "or one before it is not as its anchor says")]
    return []


def _fault(code: str, number: int, words: str) -> Fault:
    return Fault(code, str(number), f"journal: line {number} {words}")


def _write_anchor(path: Path, tail: Tail) -> None:
    anchor = {"bytes": tail.size, "lines": tail.lines, "sha256": tail.total.hexdigest()}
    write_durably(anchor_path(path), json.dumps(anchor).encode())
