"""Whose return it is where a workbook speaks of both districts: one sender's tables and rows are read, the others told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePath

from domain.bodies import body_name
from domain.findings import Finding, finding
from domain.submissions import Known, RowReading, TableReading
from loaders.blocks import DATA, Block
from loaders.districts import stated_districts
from loaders.frame import bodies_of_table, body_of_text, read_body
from loaders.reader import Reader

LISTED = 12
Listed = tuple[Block, str]  # a table and what it lists


@dataclass(slots=True)
class SenderChoice:
    """The sender, the tables that are its own, and what is to be said of it."""

    body: str | None
    blocks: list[Listed]
    findings: list[Finding] = field(default_factory=list)


def choose_sender(file_name: str, blocks: list[Listed]) -> SenderChoice:
    """The sender of a return, as its places say; where none does, as all of its rows do."""
    own = [bodies_of_table(block) for block, _ in blocks]
    if all(len(codes) <= 1 for codes in own) and len(set().union(*own)) > 1:
        return _of_two(file_name, blocks, [next(iter(codes), None) for codes in own])
    body, findings = read_body(file_name, [block for block, _ in blocks])
    rows = Counter(code for block, _ in blocks for code in stated_districts(block).values())
    if body and rows and body not in rows and rows.total() == _projects(blocks):
        return SenderChoice(
            None, blocks, [blocks[0][0].finding("body_conflict", places=f"表题等处 {body_name(body)}、{_counts(rows)}")]
        )
    if body or any(each.code != "body_unknown" for each in findings):
        return SenderChoice(body, blocks, findings)
    if len(rows) > 1:
        return SenderChoice(None, blocks, [blocks[0][0].finding("both_districts", counts=_counts(rows))])
    if rows and rows.total() == _projects(blocks):
        (code,) = rows
        return SenderChoice(code, blocks, [blocks[0][0].finding("body_of_rows", body=body_name(code))])
    return SenderChoice(None, blocks, findings)


def _of_two(file_name: str, blocks: list[Listed], own: list[str | None]) -> SenderChoice:
    """Tables of both districts: those of the one that the file's name names, if it has tables of each kind."""
    counts = Counter({code: 0 for code in own if code})
    for code, listed in zip(own, blocks, strict=True):
        counts[code or ""] += _projects([listed])
    sender = body_of_text(PurePath(file_name).stem)
    if sender is None:
        return SenderChoice(None, blocks, [blocks[0][0].finding("both_districts", counts=_counts(counts))])
    chosen = [listed for code, listed in zip(own, blocks, strict=True) if code in (None, sender)]
    others = [listed for code, listed in zip(own, blocks, strict=True) if code not in (None, sender)]
    kinds = {kind for _, kind in chosen}
    if any(kind not in kinds for _, kind in others):
        return SenderChoice(None, blocks, read_body(file_name, [block for block, _ in blocks])[1])
    tables = "、".join(block.place for block, _ in others[:LISTED])
    told = others[0][0].finding("tables_of_other_district", body=body_name(sender), count=_projects(others), tables=tables)
    return SenderChoice(sender, chosen, [told])


def set_rows_aside(reader: Reader, table: TableReading) -> list[Finding]:
    """Take the rows of another district out of a sender's table, with what was found in them; those on record stay."""
    stated = stated_districts(reader.block, reader.columns)
    others = [row for row in table.rows if stated.get(row.cell_row - 1, reader.body) != reader.body
              and not _is_on_record(reader.known, row, reader.body)]  # fmt: skip
    if not others or not reader.body:
        return []
    places = reader.drop_rows(table, others)
    listed = "、".join(places[:LISTED]) + (" 等" if len(places) > LISTED else "")
    other = body_name(stated[others[0].cell_row - 1])
    return [finding("rows_of_other_district", sheet=table.sheet, cell=places[0], value=others[0].values["project_name"],
                    body=body_name(reader.body), other=other, count=len(others), rows=listed)]  # fmt: skip


def _is_on_record(known: Known, row: RowReading, body: str) -> bool:
    project = known.projects.get(row.project_id)
    return project is not None and project.body == body


def _projects(blocks: list[Listed]) -> int:
    return sum(row.kind == DATA for block, _ in blocks for row in block.rows)


def _counts(counts: Counter[str]) -> str:
    return "、".join(f"{body_name(code)} {count} 个" for code, count in counts.items() if code)
