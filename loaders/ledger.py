"""A ledger of permits and land (手续办理台账, 用地报批情况表): where each step of each project stands, and its land in 亩."""

from __future__ import annotations

from domain.fields import LAND_FIELDS, LEDGER_FIELDS, STEPS_AS_FIELDS
from domain.findings import Finding, finding
from domain.submissions import PERMIT_LEDGER, PERMITS, Known, Submission, TableReading
from loaders.blocks import Block
from loaders.checks.history import check_district, suggest_names
from loaders.checks.permits import check_land, check_permits, last_land
from loaders.checks.places import RowPlace
from loaders.checks.tables import check_counts, check_totals
from loaders.columns import match_columns
from loaders.completing import keep_places
from loaders.identifying import identify
from loaders.permit_rows import PermitRow, land_of_row, permits_of_row, unknown_states
from loaders.reader import Reader
from loaders.rows import read_rows
from loaders.senders import set_rows_aside

# What is found in the columns of a ledger that are not its own (总投资 without a unit) is for the list of the month to tell.
OWN_FIELDS = {*LEDGER_FIELDS, "project_name", "district", ""}


def read_ledger(submission: Submission, blocks: list[Block], known: Known) -> None:
    """The ledger of a district for a month: permits, land, findings."""
    submission.kind = PERMIT_LEDGER
    readers = read_permit_tables(submission, blocks, known)
    if not any(table.rows for table in submission.tables) and not any(
        reader.block.is_name_suggested for reader in readers
    ):
        submission.findings.append(finding("no_rows", sheet=blocks[0].sheet.name))
    if submission.body and submission.period:
        submission.findings += [*suggest_names(submission, known), *check_district(submission, known)]
    _forget_ids(submission)


def read_ledgers_beside(submission: Submission, blocks: list[Block], known: Known) -> None:
    """The tables of permits and land on further sheets of the return of the month."""
    if blocks:
        read_permit_tables(submission, blocks, known)
        _forget_ids(submission)


def read_permits_of_lists(submission: Submission, readers: list[Reader]) -> None:
    """The steps that the lists of the month carry in columns of their own (手续办理情况 over 立项, 环评 ..., domain.md 3.1 T9)."""
    pairs = zip(submission.tables, readers, strict=True)
    with_steps = [(table, reader) for table, reader in pairs if any(each.field in STEPS_AS_FIELDS for each in table.columns)]
    told = {id(reader): len(reader.findings) for _, reader in with_steps}
    _take_rows(submission, [PermitRow(RowPlace(table, row), reader) for table, reader in with_steps for row in table.rows])
    for _, reader in with_steps:
        submission.findings += reader.findings[told[id(reader)] :]
    submission.words += unknown_states(reader for _, reader in with_steps)


def read_permit_tables(submission: Submission, blocks: list[Block], known: Known) -> list[Reader]:
    """Read tables of permits and land into the submission; the readers are kept for what is still to be asked of them."""
    readers = [_read_table(submission, block, known) for block in blocks]
    tables = submission.tables[-len(blocks) :]
    rows = [PermitRow(RowPlace(table, row), reader) for table, reader in zip(tables, readers, strict=True) for row in table.rows]
    _take_rows(submission, rows)
    submission.findings += check_land(row.place for row in rows)
    for reader in readers:
        submission.findings += reader.findings
    submission.words += unknown_states(readers)
    return readers


def _take_rows(submission: Submission, rows: list[PermitRow]) -> None:
    """What rows say of steps and land, joined to what others of the workbook said."""
    permits = [*submission.permits, *(each for row in rows for each in permits_of_row(row))]
    land = [*submission.land, *(each for row in rows for each in land_of_row(row))]
    if submission.period:
        permits, found = check_permits(permits, submission.period)
        submission.findings += found
    submission.permits, (submission.land, found) = permits, last_land(land)
    submission.findings += found


def _read_table(submission: Submission, block: Block, known: Known) -> Reader:
    body = submission.body or ""
    columns, found = match_columns(block, PERMITS, body, known, submission.period)
    submission.findings += [*block.findings, *found]
    reader = Reader(block, PERMITS, columns, body, submission.period.year if submission.period else 0, known)
    rows = read_rows(reader)
    reader.findings = [each for each in reader.findings if _is_own(reader, each)]
    for row in rows:
        identify(row, body, known)
    table = TableReading(block.sheet.name, PERMITS, block.title, None, columns, rows)
    submission.tables.append(table)
    if not reader.is_tall:
        submission.findings += check_counts(reader)
    submission.findings += [*check_totals(reader, rows, LAND_FIELDS), *set_rows_aside(reader, table)]
    keep_places(reader, rows)
    return reader


def _is_own(reader: Reader, found: Finding) -> bool:
    """An area merged over the rows of one project's steps is that project's, and nothing to ask."""
    return found.field in OWN_FIELDS and not (reader.is_tall and found.code == "amount_merged")


def _forget_ids(submission: Submission) -> None:
    """The lines of a ledger are no project rows: only the rows of monthly returns tell a project's state."""
    for table, row in submission.rows:
        if table.kind == PERMITS:
            row.project_id = ""
