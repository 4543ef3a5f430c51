"""Read one workbook into a Submission: tables, columns, rows, findings. Stores nothing."""

from __future__ import annotations

from decimal import Decimal

from domain.bodies import DISTRICT_CODES, ZONE, find_district
from domain.fields import MONEY_FIELDS, NODES
from domain.findings import Finding, finding
from domain.identity import display_name, project_id_of
from domain.periods import Period
from domain.submissions import (
    ANNUAL_NODE_PLAN,
    ANNUAL_TARGETS,
    LISTS,
    NODE_PLAN,
    PROJECTS,
    TARGETS,
    ColumnReading,
    Known,
    NodeReading,
    RowReading,
    Submission,
    TableReading,
    TargetReading,
)
from loaders.checks.history import check_against_last, check_district, check_missing, check_unit_slip, suggest_names
from loaders.checks.places import RowPlace
from loaders.checks.rows import check_row
from loaders.checks.tables import check_counts, check_parts, check_totals, check_unit, keep_last
from loaders.checks.trends import check_jumps, check_tables_against_last, check_year_sum
from loaders.columns import kind_of_table, match_columns, required_findings
from loaders.frame import read_body, read_period, read_year
from loaders.recognition import explain_no_table
from loaders.rows import Reader, read_rows
from loaders.tables import Block, cell_address, column_letter, find_blocks
from loaders.values import is_empty, parse_number
from loaders.vocabulary import MONEY_UNITS
from loaders.word_questions import word_questions
from loaders.workbook import Sheet, Workbook, read_workbook, sha256_of

DONE_WORDS = ("已完成", "完成", "已办", "已办理", "√")
YEARLY = {TARGETS: ANNUAL_TARGETS, NODE_PLAN: ANNUAL_NODE_PLAN}


def read_return(content: bytes, file_name: str, known: Known | None = None) -> Submission:
    """Read a workbook against what is on record.

    Raises UnreadableFile when the bytes are no workbook that can be read within bounds; everything else that is wrong
    or doubtful is a finding of the submission.
    """
    return interpret(read_workbook(content), file_name, sha256_of(content), known or Known())


def interpret(workbook: Workbook, file_name: str, sha256: str, known: Known) -> Submission:
    """Find meaning in the cells of a workbook that has been read."""
    submission = Submission(file_name, sha256)
    blocks = [(block, kind_of_table(block)) for sheet in workbook.sheets for block in find_blocks(sheet)]
    kinds = {kind for _, kind in blocks}
    wanted = next((kinds & group for group in ({*LISTS}, {TARGETS}, {NODE_PLAN}) if kinds & group), set())
    blocks = [(block, kind) for block, kind in blocks if kind in wanted]
    submission.findings += _sheet_findings(workbook, [block for block, _ in blocks])
    if not blocks:
        submission.findings.append(explain_no_table(workbook))
    elif wanted & {*LISTS}:
        _read_monthly(submission, blocks, known)
    else:
        _read_yearly(submission, blocks, known, wanted.pop())
    return submission


def _read_monthly(submission: Submission, blocks: list[tuple[Block, str]], known: Known) -> None:
    submission.period, found = read_period(submission.file_name, [block for block, _ in blocks])
    submission.body, more = read_body(submission.file_name, [block for block, _ in blocks])
    submission.findings += found + more
    year = submission.period.year if submission.period else 0
    readers = [_read_table(submission, block, kind, known, year) for block, kind in blocks]
    if not submission.rows and not any(block.is_name_suggested for block, _ in blocks):
        submission.findings.append(finding("no_rows", sheet=blocks[0][0].sheet.name))
    for reader, table in zip(readers, submission.tables, strict=True):
        submission.findings += [*check_counts(reader), *check_totals(reader, table.rows), *check_unit(reader, table.rows)]
        submission.findings += check_parts(reader)
    submission.words = word_questions(readers)
    if submission.body and submission.period:
        _check_rows(submission, submission.period, known)


def _read_table(submission: Submission, block: Block, kind: str, known: Known, year: int) -> Reader:
    """Read one list of projects into the submission; the reader is kept for the checks of the whole table."""
    body = submission.body or ""
    columns, found = match_columns(block, kind, body, known, submission.period)
    submission.findings += found + required_findings(block, kind, columns)
    reader = Reader(block, kind, columns, body, year, known)
    rows = read_rows(reader)
    for row in rows:
        _identify(row, body, known)
    submission.findings += reader.findings
    submission.tables.append(TableReading(block.sheet.name, kind, block.title, _unit(columns), columns, rows))
    return reader


def _identify(row: RowReading, body: str, known: Known) -> None:
    """Give a row its project. A confirmed other spelling goes on under the name on record."""
    name = row.values["project_name"] or ""
    project_id = known.find(body, name, row.values.get("project_code"))
    row.project_id = project_id or project_id_of(body, name)
    if project_id in known.projects:
        row.values["project_name"] = known.projects[project_id].name


def _check_rows(submission: Submission, period: Period, known: Known) -> None:
    found: list[Finding] = [*keep_last(submission.tables), *suggest_names(submission, known)]
    for table, row in submission.rows:
        place = RowPlace(table, row)
        project = known.projects.get(row.project_id)
        if table.kind == PROJECTS:
            found += check_unit_slip(place, project)
        found += check_row(place, period)
        if project:
            found += check_against_last(place, project, period)
            found += [*check_year_sum(place, project, period), *check_jumps(place, project, period)]
    found += check_tables_against_last(submission, known, period)
    submission.findings += [*found, *check_missing(submission, known), *check_district(submission, known)]


def _unit(columns: list[ColumnReading]) -> str | None:
    """The unit of most of a table's money."""
    units = [column.unit for column in columns if column.field in MONEY_FIELDS and column.unit in MONEY_UNITS]
    return max(units, key=units.count) if units else None


def _read_yearly(submission: Submission, blocks: list[tuple[Block, str]], known: Known, kind: str) -> None:
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
            found.append(TargetReading(indicator, body, Decimal(value), unit, place.table.sheet, place.cell(name), place.text(name)))
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


def _sheet_findings(workbook: Workbook, blocks: list[Block]) -> list[Finding]:
    """Sheets without a table, and hidden parts that were read like the others."""
    found = []
    read = {block.sheet.name for block in blocks}
    for sheet in workbook.sheets:
        has_cells = any(not is_empty(cell) for row in sheet.rows for cell in row)
        if blocks and has_cells and sheet.name not in read:
            found.append(finding("sheet_skipped", sheet=sheet.name, value=sheet.name))
        if sheet.name in read:
            found += _hidden_findings(sheet)
    return found


def _hidden_findings(sheet: Sheet) -> list[Finding]:
    found = []
    if not sheet.is_visible:
        found.append(finding("hidden_read", sheet=sheet.name, what="工作表", places=sheet.name))
    width = max((len(row) for row in sheet.rows), default=0)
    columns = sorted(column for column in sheet.hidden_columns if column < width)
    rows = sorted(row for row in sheet.hidden_rows if row < len(sheet.rows))
    if columns:
        letters = "、".join(column_letter(column) for column in columns[:10])
        cell = cell_address(0, columns[0])
        found.append(finding("hidden_read", sheet=sheet.name, cell=cell, what="列", places=letters))
    if rows:
        listed = "、".join(str(row + 1) for row in rows[:10])
        found.append(finding("hidden_read", sheet=sheet.name, cell=f"A{rows[0] + 1}", what="行", places=listed))
    return found
