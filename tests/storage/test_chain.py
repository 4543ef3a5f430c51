"""The journal as a chain with an anchor: whatever is done to it is found, and then nothing is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import accept, monthly, row

from storage.accepting import NotAcceptable
from storage.chain import ChainBroken, anchor_path, append_lines, check_chain, read_anchor
from storage.engine import Database, open_database
from storage.journal import journal_path, read_journal, write_journal
from storage.refusals import ReadOnly

LINES = 5


def entry(number: int) -> dict[str, object]:
    return {"event": "accepted", "sequence": number, "happened_at": "2024-09-01 12:00:00", "reason": "报错"}


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Five lines, of which the first two are from before the chain."""
    path = tmp_path / "a.journal.jsonl"
    old = [json.dumps(entry(number), ensure_ascii=False) for number in (1, 2)]
    path.write_text("\n".join(old) + "\n", encoding="utf-8")
    for number in range(3, LINES + 1):
        append_lines(path, [entry(number)])
    return path


def test_each_line_carries_the_hash_of_all_before_it(journal: Path) -> None:
    """As anybody can check with a program of a few lines; the anchor holds that of the whole."""
    content = journal.read_bytes()
    lines = content.splitlines(keepends=True)
    links = [json.loads(line).get("chain") for line in lines]
    sums = [hashlib.sha256(b"".join(lines[:number])).hexdigest() for number in range(LINES)]
    assert links == [None, None, *sums[2:]]
    assert read_anchor(journal) == {
        "bytes": len(content),
        "lines": LINES,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    assert check_chain(journal) == []


def swap(lines: list[bytes]) -> list[bytes]:
    return [lines[0], lines[1], lines[3], lines[2], lines[4]]


# What is done to the lines -> the code of the fault, and the line that it names.
DEEDS: dict[str, tuple[Callable[[list[bytes]], list[bytes]], set[tuple[str, str]]]] = {
    "a word of an old line changed": (
        lambda lines: [lines[0].replace("报错".encode(), "改过".encode()), *lines[1:]],
        {("chain_changed", "3"), ("chain_anchor", "5")},
    ),
    "a word of a linked line changed": (
        lambda lines: [*lines[:3], lines[3].replace(b"12:00", b"13:00"), lines[4]],
        {("chain_changed", "5"), ("chain_anchor", "5")},
    ),
    "a word of the last line changed": (
        lambda lines: [*lines[:4], lines[4].replace(b"12:00", b"13:00")],
        {("chain_anchor", "5")},
    ),
    "a line cut out": (lambda lines: [*lines[:2], *lines[3:]], {("chain_changed", "3"), ("chain_cut", "5")}),
    "two lines changed over": (swap, {("chain_changed", "3"), ("chain_anchor", "5")}),
    "the last line cut off": (lambda lines: lines[:4], {("chain_cut", "5")}),
    "half the last line cut off": (lambda lines: [*lines[:4], lines[4][:20]], {("chain_cut", "5")}),
    "all lines lost": (lambda lines: lines[:0], {("chain_cut", "5")}),
    "a line added by hand": (
        lambda lines: [*lines, json.dumps(entry(6)).encode() + b"\n"],
        {("chain_unlinked", "6")},
    ),
}


@pytest.mark.parametrize(("deed", "expected"), DEEDS.values(), ids=DEEDS)
def test_a_deed_is_found(journal: Path, deed: Callable[[list[bytes]], list[bytes]], expected: set) -> None:
    """With its place, also where it is one of many; nothing is added to the end of what does not reach its anchor."""
    journal.write_bytes(b"".join(deed(journal.read_bytes().splitlines(keepends=True))))
    found = check_chain(journal)
    assert {(fault.code, fault.place) for fault in found} == expected
    assert all(fault.sentence.startswith("journal: line") for fault in found)
    if {"chain_cut", "chain_anchor"} & {fault.code for fault in found}:
        with pytest.raises(ChainBroken):
            append_lines(journal, [entry(7)])


def test_any_byte_that_is_changed_is_found(journal: Path) -> None:
    """Each one by one."""
    content = journal.read_bytes()
    for place in range(len(content)):
        journal.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert check_chain(journal), place


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda path: path.unlink(), "anchor_lost"),
        (lambda path: path.write_bytes(b"{"), "anchor_unreadable"),
        (lambda path: path.write_bytes(b"[1]"), "anchor_unreadable"),
        (lambda path: path.write_bytes(b'{"lines": 5}'), "anchor_unreadable"),
    ],
)
def test_an_anchor_that_is_lost_is_found(journal: Path, spoil: Callable[[Path], object], code: str) -> None:
    """A chain that has begun always has one."""
    spoil(anchor_path(journal))
    assert [fault.code for fault in check_chain(journal)] == [code]
    with pytest.raises(ChainBroken):
        append_lines(journal, [entry(6)])


@pytest.mark.parametrize("torn", [b"", b'{"event": "acc', b'{"event": "accepted", "sequence": 6}'])
def test_what_a_crash_leaves_is_no_fault(journal: Path, torn: bytes) -> None:
    """A line torn, or whole and not yet in the anchor; the next line covers it."""
    anchor = anchor_path(journal).read_bytes()
    append_lines(journal, [entry(6)])
    anchor_path(journal).write_bytes(anchor)
    assert check_chain(journal) == []
    journal.write_bytes(journal.read_bytes() + torn)
    assert check_chain(journal) == []
    append_lines(journal, [entry(7)])
    assert check_chain(journal) == []
    assert read_anchor(journal)["lines"] == 7 + bool(torn)


def test_a_journal_from_before_the_chain_goes_on(tmp_path: Path) -> None:
    """Its lines stay readable, and the first linked line covers them all."""
    db = open_database(tmp_path / "a.duckdb")
    accept(db, monthly("2024-08", row("甲")))
    old = [
        {name: value for name, value in json.loads(line).items() if name != "chain"}
        for line in journal_path(db).read_text(encoding="utf-8").splitlines()
    ]
    journal_path(db).write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in old), encoding="utf-8")
    anchor_path(journal_path(db)).unlink()
    db.close()
    db = open_database(tmp_path / "a.duckdb")
    assert db.faults == ()
    accept(db, monthly("2024-09", row("甲")))
    assert [each["period"] for each in read_journal(db)] == ["2024-08", "2024-09"]
    assert check_chain(journal_path(db)) == []
    db.close()


def test_after_a_deed_nothing_is_written(tmp_path: Path) -> None:
    """The database opens, says why, and refuses in a sentence; once the journal is put right it writes again."""
    db = open_database(tmp_path / "a.duckdb")
    accept(db, monthly("2024-08", row("甲")))
    db.close()
    content = journal_path(db).read_bytes()
    journal_path(db).write_bytes(content.replace(b"12:00", b"13:00"))
    db = open_database(tmp_path / "a.duckdb")
    assert [fault.code for fault in db.faults] == ["chain_anchor"]
    second = open_database(tmp_path / "a.duckdb")
    for owner in (db, second):
        with pytest.raises(ReadOnly, match=r"只读.*read-only") as caught:
            accept(owner, monthly("2024-09", row("甲")))
        assert isinstance(caught.value, NotAcceptable)
    assert journal_path(db).read_bytes() == content.replace(b"12:00", b"13:00")
    second.close()
    db.close()
    journal_path(db).write_bytes(content)
    db = open_database(tmp_path / "a.duckdb")
    accept(db, monthly("2024-09", row("甲")))
    assert len(read_journal(db)) == 2
    db.close()


def test_a_deed_beside_the_running_system_is_found_with_the_next_write(db: Database) -> None:
    """The write stands, is not added to the broken journal, and is the last one."""
    accept(db, monthly("2024-08", row("甲")))
    journal_path(db).write_bytes(b"")
    accept(db, monthly("2024-09", row("甲")))
    assert (db.version(), journal_path(db).read_bytes(), [each.code for each in db.faults]) == (2, b"", ["chain_cut"])
    with pytest.raises(ReadOnly):
        accept(db, monthly("2024-10", row("甲")))
    with pytest.raises(ChainBroken):
        write_journal(db)
