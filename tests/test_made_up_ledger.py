"""One declaration makes a ledger: recognised, read, accepted, viewed, withdrawn, rebuilt, handed out, summed up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from made_up_ledger import HEADINGS, LIGHTS, READ, ROWS, lights_workbook

from domain.findings import finding
from domain.ledgers import LEDGERS, find_declared, find_ledger
from domain.periods import Period
from domain.scope import OFFICE, Record, scope_of
from domain.submissions import Decision, Known, Submission
from loaders.reading import read_return
from reports.ledger_form import ledger_form, ledger_form_name
from storage.__main__ import read_again
from storage.accepting import accept_submission, withdraw_submission
from storage.engine import Database, open_database
from storage.integrity import check_integrity
from storage.queries import ledger_cells, ledger_rows
from storage.rebuilding import rebuild_database
from storage.receipts import Receipt

AUGUST = Period(2024, 8)
RECORD = Record(AUGUST)
NOW = datetime(2024, 9, 3, 9, 0)


@pytest.fixture(autouse=True)
def lights(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that makes the ledger."""
    monkeypatch.setitem(LEDGERS, "lights", LIGHTS)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    opened = open_database(tmp_path / "a.duckdb")
    yield opened
    opened.close()


def accept(db: Database, content: bytes, name: str = "路灯.xlsx") -> Receipt:
    return accept_submission(db, read_return(content, name), content, reason="已核实", accepted_at=NOW)


def codes(submission: Submission) -> list[tuple[str, str, str]]:
    """(code, cell, field) of the findings."""
    return [(each.code, each.cell, each.field) for each in submission.findings]


def test_a_workbook_is_read_by_its_headings() -> None:
    """Words as codes, money in its unit, shares as 0 to 1, dates; the sum at the end is no row."""
    submission = read_return(lights_workbook(), "路灯.xlsx")
    assert (submission.kind, submission.body, submission.period) == ("ledger_lights", "binhai", AUGUST)
    assert codes(submission) == []
    rows = [row.values for _, row in submission.rows]
    assert len(rows) == 3
    assert [{name: row.get(name) for name in said} for row, said in zip(rows, READ, strict=False)] == list(READ)
    assert [str(row["light_date"]) for row in rows] == ["2024-03-01", "2024-05-20", "None"]


WRONG = (
    ("a number in words", (1, "甲路", "北", "很多"), [("ledger_not_a_number", "D3", "light_count")]),
    ("a negative number", (1, "甲路", "北", -4), [("ledger_negative", "D3", "light_count")]),
    ("an unknown word", (1, "甲路", "东", 4), [("word_unknown", "C3", "light_side"), ("ledger_key_missing", "C3", "light_side"),
                                            ("ledger_no_rows", "", "")]),
    ("no road", (1, None, "北", 4, 0.1), [("ledger_key_missing", "B3", "light_road"), ("ledger_no_rows", "", "")]),
    ("a day that is none", (1, "甲路", "北", 4, None, None, None, "去年"), [("date_unreadable", "H3", "light_date")]),
)  # fmt: skip


@pytest.mark.parametrize(("row", "expected"), [each[1:] for each in WRONG], ids=[each[0] for each in WRONG])
def test_what_cannot_be_read_has_its_cell(row: tuple, expected: list[tuple[str, str, str]]) -> None:
    """Each with the code that other forms have for it."""
    assert codes(read_return(lights_workbook((row,)), "路灯.xlsx")) == expected


def test_the_later_of_two_alike_counts() -> None:
    """Both keys make a row: the same road on the other side is another one."""
    submission = read_return(lights_workbook((*ROWS, (4, "港城大道", "北", 5))), "路灯.xlsx")
    assert codes(submission) == [("ledger_repeated", "B6", "light_road")]
    assert [int(row.values["light_count"]) for _, row in submission.rows] == [118, 40, 5]


def test_a_word_that_a_person_taught_is_taken() -> None:
    """As in the monthly return, for its sender."""
    known = Known(decisions=[Decision("word", "binhai", "light_side:阴面", "north")])
    submission = read_return(lights_workbook(((1, "甲路", "阴面", 4),)), "路灯.xlsx", known)
    assert [row.values["light_side"] for _, row in submission.rows] == ["north"]


def test_headings_are_taken_exactly() -> None:
    """Another column is told and not read; without a heading that is required it is no such ledger."""
    more = read_return(lights_workbook(ROWS, headings=(*HEADINGS, "灯杆颜色")), "路灯.xlsx")
    assert codes(more) == [("heading_unknown", "J2", "")]
    less = read_return(lights_workbook(ROWS, headings=tuple("盏" if each == "路灯盏数" else each for each in HEADINGS)), "a.xlsx")
    assert less.kind != LIGHTS.kind


def test_money_states_its_unit() -> None:
    """Nothing is accepted before it does."""
    headings = tuple("造价" if each.startswith("造价") else each for each in HEADINGS)
    submission = read_return(lights_workbook(ROWS, headings=headings), "路灯.xlsx")
    assert codes(submission) == [("unit_unknown", "E2", "light_cost_wan")]
    assert not submission.is_acceptable


def test_accepted_rows_are_the_view(db: Database) -> None:
    """Typed columns as declared, with file, sheet and row; nothing is wrong with the database."""
    receipt = accept(db, lights_workbook())
    assert receipt.receipt_number == "2024-08-滨海-路灯-01"
    frame = ledger_rows(db, OFFICE, RECORD, LIGHTS)
    assert frame["light_cost_wan"].tolist()[:2] == [3500.0, 3000.0]
    assert frame["light_side"].tolist() == ["north", "south", "north"]
    assert frame["row_key"].tolist()[0] == "港城大道|north"
    assert (frame["sheet"] + frame["cell_row"].astype(str)).tolist() == ["路灯3", "路灯4", "路灯5"]
    assert frame["light_share_rate"].isna().tolist() == [False, True, False]
    assert check_integrity(db) == []


def test_a_value_opens_to_its_cell(db: Database) -> None:
    """The cell, and the text as typed."""
    accept(db, lights_workbook())
    cells = ledger_cells(db, OFFICE, RECORD, LIGHTS, "binhai", "2024-08", "港城大道|south").set_index("field")
    assert cells.loc["light_cost_wan", ["value", "text", "sheet", "cell"]].tolist() == ["3000.0000", "0.3", "路灯", "E4"]
    assert cells.loc["light_side", "text"] == "南"


def test_the_newest_list_counts_until_it_is_withdrawn(db: Database) -> None:
    """A list replaces the one of the month before; withdrawn, that counts again."""
    accept(db, lights_workbook())
    later = accept(db, lights_workbook(((1, "新路", "北", 9),), title="滨海片区2024年9月路灯台账"))
    september = Record(Period(2024, 9))
    assert ledger_rows(db, OFFICE, september, LIGHTS)["light_road"].tolist() == ["新路"]
    assert len(ledger_rows(db, OFFICE, RECORD, LIGHTS)) == 3
    withdraw_submission(db, later.submission_id, reason="报错", actor="office", withdrawn_at=NOW)
    assert len(ledger_rows(db, OFFICE, september, LIGHTS)) == 3
    assert ledger_rows(db, scope_of("reporter", "xiangshui", "王"), september, LIGHTS).empty


def test_a_monthly_ledger_keeps_each_month(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each month's rows are that month's."""
    monthly = replace(LIGHTS, is_monthly=True)
    monkeypatch.setitem(LEDGERS, "lights", monthly)
    accept(db, lights_workbook())
    accept(db, lights_workbook(ROWS[:1], title="滨海片区2024年9月路灯台账"))
    frame = ledger_rows(db, OFFICE, Record(Period(2024, 9)), monthly)
    assert frame.groupby("period").size().to_dict() == {"2024-08": 3, "2024-09": 1}


def test_the_form_brings_the_list_and_reads_back(db: Database) -> None:
    """What was said stands in it as it was said; nothing in it is doubtful."""
    accept(db, lights_workbook())
    due = Record(Period(2024, 9))
    content = ledger_form(db, OFFICE, due, LIGHTS, "binhai")
    submission = read_return(content, ledger_form_name(due, LIGHTS, "binhai"))
    assert codes(submission) == []
    assert (submission.body, submission.period) == ("binhai", Period(2024, 9))
    accept(db, content)
    before, now = (ledger_rows(db, OFFICE, each, LIGHTS) for each in (RECORD, due))
    names = [name for field in LIGHTS.fields for name, _ in field.columns if not name.endswith("_text")]
    assert now[names].equals(before[names])


def test_a_rebuild_puts_it_back(db: Database, tmp_path: Path) -> None:
    """From the original and the journal alone, value for value."""
    accept(db, lights_workbook())
    rebuilt = rebuild_database(db.path, tmp_path / "again" / "b.duckdb", read_again)
    assert rebuilt.faults == ()
    again = open_database(tmp_path / "again" / "b.duckdb")
    assert ledger_rows(again, OFFICE, RECORD, LIGHTS).equals(ledger_rows(db, OFFICE, RECORD, LIGHTS))
    again.close()


def test_names_are_found_by_the_declaration() -> None:
    """Screens and findings name its fields without a word of their own."""
    assert find_ledger("ledger_lights") is LIGHTS
    assert find_declared("light_side") is LIGHTS.field("light_side")
    found = finding("ledger_negative", cell="D3", field="light_count", value="-4", heading="路灯盏数")
    assert found.is_mendable
    assert "“lights”" in found.message("en")
