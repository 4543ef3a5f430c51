"""The yearly forms: exported, filled in, and read back without a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from sample_year import copy_database

from domain.bodies import DISTRICT_CODES, ZONE
from domain.fields import NODES
from domain.indicators import INDICATORS
from domain.periods import Period
from domain.scope import OFFICE, Record, scope_of
from domain.stages import FINISHED_STAGES
from domain.submissions import ANNUAL_NODE_PLAN, ANNUAL_TARGETS, PROJECTS, Known
from loaders.reading import read_return
from reports.template_sheets import FIRST_ROW
from reports.yearly_forms import (
    TARGET_LINES,
    node_plan_form,
    node_plan_form_name,
    targets_form,
    targets_form_name,
)
from storage.accepting import accept_submission
from storage.engine import Database, open_database
from storage.queries import known_for, nodes, project_states, targets

NOVEMBER = Record(Period(2026, 11))
YEAR_2024 = Record(Period(2024, 12))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    opened = open_database(tmp_path / "a.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def year(sample_year: Path, tmp_path: Path) -> Iterator[Database]:
    """The sample year."""
    opened = open_database(copy_database(sample_year, tmp_path))
    yield opened
    opened.close()


def fill_in(content: bytes, lines: list[list[object]], *, first_column: int = 2) -> bytes:
    """The form with lines typed from its first row on."""
    book = openpyxl.load_workbook(BytesIO(content))
    for row, line in enumerate(lines, FIRST_ROW + 1):
        for column, value in enumerate(line, first_column):
            book.active.cell(row, column).value = value
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_targets_are_read_back(db: Database) -> None:
    """Each line is a known indicator with its unit; accepted, the next form brings the targets back."""
    typed = [[10.0 * number, 6.0 * number, 4.0 * number] for number in range(1, len(TARGET_LINES) + 1)]
    content = fill_in(targets_form(db, OFFICE, NOVEMBER), typed, first_column=4)
    submission = read_return(content, targets_form_name(NOVEMBER))
    assert submission.findings == []
    assert (submission.kind, submission.body, submission.period) == (ANNUAL_TARGETS, ZONE.code, Period(2026, 1))
    said = {(each.indicator, each.body): (float(each.value), each.unit) for each in submission.targets}
    units = {each.target: {"count": "个", "yi": "亿元"}[each.unit] for each in INDICATORS.values() if each.target}
    wanted = {
        (code, body): (value, units[code])
        for code, values in zip(TARGET_LINES, typed, strict=True)
        for body, value in zip((ZONE.code, *DISTRICT_CODES), values, strict=True)
    }
    assert said == wanted
    accept_submission(db, submission, content, accepted_at=datetime(2026, 11, 26))
    again = read_return(targets_form(db, OFFICE, NOVEMBER), targets_form_name(NOVEMBER))
    assert again.findings == []
    assert [(each.indicator, each.body, each.value) for each in again.targets] == [
        (each.indicator, each.body, each.value) for each in submission.targets
    ]


def test_the_form_asks_for_every_target() -> None:
    """And for nothing that no figure is held against."""
    assert set(TARGET_LINES) == {each.target for each in INDICATORS.values() if each.target}


def test_a_node_plan_is_read_back(db: Database) -> None:
    """On an empty record the projects are typed with their districts; nodes as months, days and done ones."""
    dates = ["已完成", *(f"2027年{number}月" for number in range(1, len(NODES) - 1)), "2027-12-31"]
    lines = [["甲项目", "滨海片区", *dates], ["乙项目", "响水片区", *dates]]
    content = fill_in(node_plan_form(db, OFFICE, NOVEMBER), lines)
    submission = read_return(content, node_plan_form_name(NOVEMBER))
    assert submission.findings == []
    assert (submission.kind, submission.body, submission.period) == (ANNUAL_NODE_PLAN, ZONE.code, Period(2026, 1))
    assert [(each.project_name, each.district, each.node) for each in submission.nodes] == [
        (name, body, node.code) for name, body in (("甲项目", "binhai"), ("乙项目", "xiangshui")) for node in NODES
    ]
    own = submission.nodes[: len(NODES)]
    assert own[0].is_done and own[0].planned_date is None
    assert (own[1].planned_date, own[-1].planned_date) == (date(2027, 1, 31), date(2027, 12, 31))


def test_a_plan_on_record_comes_back(year: Database) -> None:
    """All that the year's plan says, and beside it the unfinished projects of both districts."""
    content = node_plan_form(year, OFFICE, YEAR_2024)
    submission = read_return(content, node_plan_form_name(YEAR_2024), known_for(year, Period(2024, 1)))
    assert submission.findings == []
    stored = nodes(year, OFFICE, YEAR_2024)
    assert {(each.project_id, each.node, each.planned_text) for each in submission.nodes} == {
        (row.project_id, row.node, row.planned_text) for row in stored.itertuples()
    }
    states = project_states(year, OFFICE, Record(Period(2024, 11)))
    unfinished = states[(states["kind"] == PROJECTS) & ~states["stage"].isin(FINISHED_STAGES)]
    listed = {row.values["project_name"] for table in submission.tables for row in table.rows}
    assert set(unfinished["project_name"]) <= listed


def test_targets_on_record_come_back(year: Database) -> None:
    """In the units in which they were sent."""
    submission = read_return(targets_form(year, OFFICE, YEAR_2024), targets_form_name(YEAR_2024), Known())
    stored = {(row.indicator, row.body, row.value, row.unit) for row in targets(year, OFFICE, YEAR_2024).itertuples()}
    assert {(each.indicator, each.body, float(each.value), each.unit) for each in submission.targets} == stored


def test_what_may_be_typed_of_a_node(db: Database) -> None:
    """A day, a month, or that it is done; the targets have no rows to spare, since no other line is read."""
    plan = openpyxl.load_workbook(BytesIO(node_plan_form(db, OFFICE, NOVEMBER))).active
    rules = [check.formula1 for check in plan.data_validations.dataValidation if check.type == "custom"]
    assert len(rules) == len(NODES) and all('="已完成"' in rule for rule in rules)
    lines = openpyxl.load_workbook(BytesIO(targets_form(db, OFFICE, NOVEMBER))).active
    assert lines.max_row == FIRST_ROW + len(TARGET_LINES)


@pytest.mark.parametrize("form", [targets_form, node_plan_form])
def test_only_for_who_reads_the_zone(db: Database, form: Callable[..., bytes]) -> None:
    """A district owes no yearly form."""
    with pytest.raises(LookupError):
        form(db, scope_of("reporter", "binhai", "王"), NOVEMBER)
