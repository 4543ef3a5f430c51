"""The form of every ledger: exported, filled in, and read back without a finding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from domain.fields import AREA, DATE, MONEY, NUMBER, RATE
from domain.ledgers import LEDGERS, Ledger, LedgerField
from domain.periods import Period
from domain.scope import OFFICE, Record, scope_of
from loaders.reading import read_return
from loaders.vocabulary import heading_fields, read_heading
from reports.ledger_form import ledger_form, ledger_form_name, senders_of
from reports.template_sheets import FIRST_ROW, HEADING_ROW
from storage.accepting import accept_submission
from storage.engine import Database, open_database
from storage.queries import ledger_rows

CASES = [(ledger, body) for ledger in LEDGERS.values() for body in senders_of(ledger)]
IDS = [f"{ledger.code}-{body}" for ledger, body in CASES]
AUGUST = Record(Period(2024, 8))
FILLED: dict[str, Any] = {MONEY: 1234.5, NUMBER: 12, AREA: 3.5, RATE: 0.25, DATE: "2024-08-15"}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    opened = open_database(tmp_path / "a.duckdb")
    yield opened
    opened.close()


def typed(field: LedgerField, number: int) -> Any:
    """What a person types into a cell of the form."""
    if field.choices:
        return field.choices[number % len(field.choices)].name
    if field.name == "district":
        return "滨海片区"
    return FILLED.get(field.kind, f"{field.heading}第{number}")


def fill_in(content: bytes, ledger: Ledger) -> bytes:
    """Three rows in each column of the form."""
    book = openpyxl.load_workbook(BytesIO(content))
    for number in range(3):
        for column, field in enumerate(ledger.fields, 2):
            book.active.cell(FIRST_ROW + 1 + number, column).value = typed(field, number)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(("ledger", "body"), CASES, ids=IDS)
def test_exported_filled_in_and_read_back(db: Database, ledger: Ledger, body: str) -> None:
    """No finding; every field in its column; accepted, the next form brings back what is carried on."""
    content = fill_in(ledger_form(db, OFFICE, AUGUST, ledger, body), ledger)
    submission = read_return(content, ledger_form_name(AUGUST, ledger, body))
    assert submission.findings == []
    assert (submission.kind, submission.body, submission.period) == (ledger.kind, body, AUGUST.period)
    assert [column.field for column in submission.tables[0].columns[1:]] == [field.name for field in ledger.fields]
    accept_submission(db, submission, content, accepted_at=datetime(2024, 9, 2))
    stored = ledger_rows(db, OFFICE, AUGUST, ledger)
    assert len(stored) == 3
    assert stored[[field.name for field in ledger.fields]].notna().all(axis=None)
    due = Record(Period(2024, 9))
    again = read_return(ledger_form(db, OFFICE, due, ledger, body), ledger_form_name(due, ledger, body))
    assert again.findings == []
    for (_, before), (_, now) in zip(submission.rows, again.rows, strict=True):
        carried = [field.name for field in ledger.fields if field.is_carried or not ledger.is_monthly]
        assert {name: now.values[name] for name in carried} == {name: before.values[name] for name in carried}
        assert all(now.values[field.name] is None for field in ledger.fields if field.name not in carried)


@pytest.mark.parametrize(("ledger", "body"), CASES, ids=IDS)
def test_the_form_says_units_and_offers_words(db: Database, ledger: Ledger, body: str) -> None:
    """Money says 万元 in its heading; words are chosen from a list, numbers are checked."""
    sheet = openpyxl.load_workbook(BytesIO(ledger_form(db, OFFICE, AUGUST, ledger, body))).active
    headings = [cell.value for cell in sheet[HEADING_ROW + 1]][1:]
    for field, heading in zip(ledger.fields, headings, strict=True):
        assert heading == (f"{field.heading}（万元）" if field.kind == MONEY else field.heading)
    checked = {str(check.sqref).split(":")[0] for check in sheet.data_validations.dataValidation}
    wanted = {sheet.cell(FIRST_ROW + 1, column).coordinate for column, field in enumerate(ledger.fields, 2)
              if field.choices or field.is_number or field.kind == DATE}  # fmt: skip
    assert wanted <= checked


@pytest.mark.parametrize("ledger", LEDGERS.values(), ids=list(LEDGERS))
def test_it_is_known_by_headings_that_no_list_of_projects_has(ledger: Ledger) -> None:
    """Else a list of projects would be taken for it."""
    own = [field for field in ledger.required if not any(read_heading(text).key in heading_fields() for text in field.headings)]
    assert own


@pytest.mark.parametrize(("ledger", "body"), CASES, ids=IDS)
def test_only_for_its_senders(db: Database, ledger: Ledger, body: str) -> None:
    """Nobody gets the form of another body."""
    with pytest.raises(LookupError):
        ledger_form(db, OFFICE, AUGUST, ledger, "binhai" if ledger.is_zone_wide else "zone")
    other = scope_of("reporter", "xiangshui" if body != "xiangshui" else "binhai", "王")
    with pytest.raises(LookupError):
        ledger_form(db, other, AUGUST, ledger, body)
