"""Read one workbook into a Submission: tables, columns, rows, findings. Stores nothing."""

from __future__ import annotations

from domain.fields import MONEY_FIELDS
from domain.findings import Finding, finding
from domain.periods import Period
from domain.submissions import (
    LISTS,
    NODE_PLAN,
    PERMITS,
    PROJECTS,
    TARGETS,
    ColumnReading,
    Known,
    Submission,
    TableReading,
)
from loaders.checks.history import (
    check_against_last,
    check_district,
    check_missing,
    check_months_between,
    check_unit_slip,
    suggest_names,
)
from loaders.checks.places import RowPlace
from loaders.checks.repeats import join_repeats, needed_elsewhere
from loaders.checks.rows import check_row
from loaders.checks.tables import check_counts, check_parts, check_totals, check_unit
from loaders.checks.trends import check_jumps, check_tables_against_last, check_year_sum
from loaders.columns import kind_of_table, match_columns, required_findings
from loaders.completing import keep_places
from loaders.identifying import identify
from loaders.ledger import read_ledger, read_ledgers_beside, read_permits_of_lists
from loaders.ledger_return import read_ledger_return
from loaders.ledger_tables import LedgerTable, find_ledger_tables
from loaders.month_rows import set_other_months_aside
from loaders.month_tables import choose_month
from loaders.permit_columns import is_ledger
from loaders.reader import Reader
from loaders.recognition import explain_no_table
from loaders.rows import read_rows
from loaders.senders import choose_sender, set_rows_aside
from loaders.sheets_told import tell_sheets
from loaders.tables import Block, find_blocks
from loaders.task_sheet import take_task_sheet
from loaders.turned import turned_lists
from loaders.vocabulary import MONEY_UNITS
from loaders.word_questions import word_questions
from loaders.workbook import Workbook, read_workbook, sha256_of
from loaders.yearly import read_yearly


def read_return(content: bytes, file_name: str, known: Known | None = None) -> Submission:
    """Read a workbook against what is on record.

    Raises UnreadableFile when the bytes are no workbook that can be read within bounds; everything else that is wrong
    or doubtful is a finding of the submission.
    """
    return interpret(read_workbook(content), file_name, sha256_of(content), known or Known())


def interpret(workbook: Workbook, file_name: str, sha256: str, known: Known) -> Submission:
    """Find meaning in the cells of a workbook that has been read."""
    submission = Submission(file_name, sha256)
    workbook, submission.task_readings = take_task_sheet(workbook)
    tables = find_ledger_tables(workbook)
    if tables and not _has_list(workbook, tables):
        read = read_ledger_return(submission, tables, known)
        submission.findings += tell_sheets(workbook, read, read)
        return submission
    blocks = [(block, kind_of_table(block)) for sheet in workbook.sheets for block in find_blocks(sheet)]
    blocks = _with_ledgers(blocks)
    kinds = {kind for _, kind in blocks}
    if kinds.isdisjoint((*LISTS, PERMITS)):
        blocks += [(block, kind_of_table(block)) for block in turned_lists(workbook)]
        kinds |= {kind for _, kind in blocks}
    wanted = next((kinds & group for group in ({*LISTS}, {TARGETS}, {NODE_PLAN}, {PERMITS}) if kinds & group), set())
    wanted |= kinds & {PERMITS} if wanted & {*LISTS} else set()  # a sheet of permits in the return of the month
    blocks = [(block, kind) for block, kind in blocks if kind in wanted]
    all_blocks = [block for block, _ in blocks]
    if not blocks:
        submission.findings.append(explain_no_table(workbook))
    elif wanted & {*LISTS, PERMITS}:
        choice = choose_month(file_name, all_blocks)
        submission.period = choice.period
        submission.findings += choice.findings
        chosen = {id(block) for block in choice.blocks}
        sender = choose_sender(file_name, [(block, kind) for block, kind in blocks if id(block) in chosen])
        submission.body, blocks = sender.body, sender.blocks
        submission.findings += sender.findings
        lists = [(block, kind) for block, kind in blocks if kind in LISTS]
        ledgers = [block for block, kind in blocks if kind == PERMITS]
        if wanted == {PERMITS}:
            read_ledger(submission, ledgers, known)
        else:
            _read_monthly(submission, lists, known)
            read_ledgers_beside(submission, ledgers, known)
    else:
        read_yearly(submission, blocks, known, wanted.pop())
    submission.findings += tell_sheets(workbook, all_blocks, [block for block, _ in blocks])
    return submission


def _has_list(workbook: Workbook, tables: list[LedgerTable]) -> bool:
    """Whether another sheet than the ledger's is a list of projects: the workbook is then the return of the month."""
    own = {table.block.sheet.name for table in tables}
    blocks = [block for sheet in workbook.sheets if sheet.name not in own for block in find_blocks(sheet)]
    return any(kind_of_table(block) in LISTS for block in blocks)


def _with_ledgers(blocks: list[tuple[Block, str]]) -> list[tuple[Block, str]]:
    """Beside a ledger of permits a further table of steps or land is one too, without a title that says so."""
    if all(kind != PERMITS for _, kind in blocks):
        return blocks
    return [(block, PERMITS if kind in LISTS and is_ledger(block, is_beside_one=True) else kind) for block, kind in blocks]


def _read_monthly(submission: Submission, blocks: list[tuple[Block, str]], known: Known) -> None:
    year = submission.period.year if submission.period else 0
    readers = [_read_table(submission, block, kind, known, year) for block, kind in blocks]
    if not submission.rows and not any(block.is_name_suggested for block, _ in blocks):
        submission.findings.append(finding("no_rows", sheet=blocks[0][0].sheet.name))
    for reader, table in zip(readers, submission.tables, strict=True):
        submission.findings += [*check_counts(reader), *check_totals(reader, table.rows), *check_unit(reader, table.rows)]
        submission.findings += [*check_parts(reader), *set_rows_aside(reader, table)]
        if submission.period:
            submission.findings += set_other_months_aside(reader, table, submission.period)
        submission.findings += reader.findings
        keep_places(reader, table.rows)
    submission.findings = needed_elsewhere(submission.findings, submission.tables)
    submission.words = word_questions(readers)
    read_permits_of_lists(submission, readers)
    if submission.body and submission.period:
        _check_rows(submission, submission.period, known)


def _read_table(submission: Submission, block: Block, kind: str, known: Known, year: int) -> Reader:
    """Read one list of projects into the submission; the reader is kept for the checks of the whole table."""
    body = submission.body or ""
    columns, found = match_columns(block, kind, body, known, submission.period)
    submission.findings += [*block.findings, *found, *required_findings(block, kind, columns)]
    reader = Reader(block, kind, columns, body, year, known)
    rows = read_rows(reader)
    for row in rows:
        identify(row, body, known)
    submission.tables.append(TableReading(block.sheet.name, kind, block.title, _unit(columns), columns, rows))
    return reader


def _check_rows(submission: Submission, period: Period, known: Known) -> None:
    found: list[Finding] = [*join_repeats(submission.tables), *suggest_names(submission, known)]
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
    found += [*check_missing(submission, known), *check_months_between(submission, known)]
    submission.findings += [*found, *check_district(submission, known)]


def _unit(columns: list[ColumnReading]) -> str | None:
    """The unit of most of a table's money."""
    units = [column.unit for column in columns if column.field in MONEY_FIELDS and column.unit in MONEY_UNITS]
    return max(units, key=units.count) if units else None
