"""The forms of the whole zone for a year: its targets, and the plan of nodes."""

from __future__ import annotations

from decimal import Decimal

from domain.bodies import DISTRICT_CODES, ZONE, find_district
from domain.fields import NODES
from domain.findings import finding
from domain.identity import display_name, project_id_of
from domain.periods import Period
from domain.submissions import (
    ANNUAL_NODE_PLAN,
    ANNUAL_TARGETS,
    NODE_PLAN,
    TARGETS,
    Known,
    NodeReading,
    Submission,
    TableReading,
    TargetReading,
)
from loaders.blocks import Block
from loaders.checks.places import RowPlace
from loaders.columns import match_columns
from loaders.frame import read_year
from loaders.reader import Reader
from loaders.rows import read_rows
from loaders.values import parse_number

DONE_WORDS = ("已完成", "完成", "已办", "已办理", "√")
YEARLY = {TARGETS: ANNUAL_TARGETS, NODE_PLAN: ANNUAL_NODE_PLAN}


def read_yearly(submission: Submission, blocks: list[tuple[Block, str]], known: Known, kind: str) -> None:
    """Targets of the year, or its node plan: forms of the whole zone."""
    submission.kind, submission.body = YEARLY[kind], ZONE.code
    year = read_year(submission.file_name, [block for block, _ in blocks])
    submission.period = Period(year, 1) if year else None
    if year is None:
        submission.findings.append(finding("period_unknown"))
    for block, _ in blocks:
        columns, found = match_columns(block, kind, ZONE.code, known)
        reader = Reader(block, kind, columns, ZONE.code, year or 0)
        rows = read_rows(reader)
        submission.tables.append(TableReading(block.sheet.name, kind, block.title, None, columns, rows))
        submission.findings += found + [each for each in reader.findings if each.code != "date_unreadable"]
        for row in rows:
            place = RowPlace(submission.tables[-1], row)
            if kind == TARGETS:
                submission.targets += _targets(place)
            else:
                submission.nodes += _nodes(place, known)
    if not (submission.targets or submission.nodes):
        submission.findings.append(finding("no_rows", sheet=blocks[0][0].sheet.name))


def _targets(place: RowPlace) -> list[TargetReading]:
    """The targets of one line: the zone's and each district's."""
    indicator = place.row.values.get("indicator")
    found = []
    for body in (ZONE.code, *DISTRICT_CODES):
        name = f"{body}_target"
        value = parse_number(place.text(name))
        if indicator and value is not None:
            unit = str(place.row.values.get("unit_text") or "")
            found.append(
                TargetReading(
                    indicator, body, Decimal(value), unit, place.table.sheet, place.cell(name), place.text(name)
                )
            )
    return found


def _nodes(place: RowPlace, known: Known) -> list[NodeReading]:
    """The planned nodes of one project; a node done already has no date but is kept as done."""
    values = place.row.values
    name = display_name(values.get("project_name") or "")
    district = values.get("district") or _district_of(name, known)
    project_id = known.find(district, name) or project_id_of(district, name)
    found = []
    for node in NODES:
        text = place.text(f"node_{node.code}")
        planned = values.get(f"node_{node.code}")
        is_done = text.strip() in DONE_WORDS
        if planned is not None or is_done:
            found.append(NodeReading(project_id, name, district, node.code, planned, text,
                                     values.get(f"node_{node.code}_precision"), is_done, place.table.sheet,
                                     place.cell(f"node_{node.code}")))  # fmt: skip
    return found


def _district_of(name: str, known: Known) -> str:
    found = [body for body in DISTRICT_CODES if known.find(body, name)]
    named = find_district(name)
    return found[0] if len(found) == 1 else named.code if named else ZONE.code
