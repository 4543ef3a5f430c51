"""History, sources, findings and the yearly forms."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from builders import NOON, accept, annual_nodes, annual_targets, as_of, monthly, planned, project_id, row

from domain.findings import finding
from domain.scope import OFFICE, Scope
from domain.submissions import ColumnReading
from storage.accepting import withdraw_submission
from storage.engine import Database
from storage.queries import (
    accepted_periods,
    columns_of,
    counted_submissions,
    findings_of,
    nodes,
    project_history,
    project_states,
    receipts,
    reported_bodies,
    targets,
    value_source,
    value_sources,
)

XIANGSHUI = Scope("reporter", ("xiangshui",))
FOUND = finding("cumulative_fell", sheet="项目", cell="C5", field="investment_ytd_wan", value=3, project_id="p1",
                heading="本年累计", before=5, difference=2)  # fmt: skip


def test_history_holds_every_row_with_its_state(db: Database) -> None:
    """Replaced and withdrawn ones too, by period and order of acceptance, as known at any write."""
    accept(db, monthly("2024-08", row("甲", total_investment_wan=1)))
    accept(db, monthly("2024-07", row("甲", total_investment_wan=2)))
    accept(db, monthly("2024-08", row("甲", total_investment_wan=3)))
    last = accept(db, monthly("2024-08", row("甲", total_investment_wan=4)))
    withdraw_submission(db, last.submission_id, reason="x", actor="office", withdrawn_at=NOON)
    history = project_history(db, OFFICE, as_of("2024-08"), project_id("甲"))
    assert list(history.total_investment_wan) == [2, 1, 3, 4]
    assert list(history.state) == ["在用", "已替换", "在用", "已撤回"]
    earlier = project_history(db, OFFICE, as_of("2024-08", "4"), project_id("甲"))
    assert list(earlier.state) == ["在用", "已替换", "已替换", "在用"]
    assert list(project_history(db, OFFICE, as_of("2024-08", "1"), project_id("甲")).state) == ["在用"]


def test_history_keeps_what_was_typed(db: Database) -> None:
    """The row from column A, what came from elsewhere, and the fields that were rejected."""
    reading = row("甲", total_investment_wan=1)
    reading.elsewhere = {"stage": ("A3", "在建项目")}
    reading.rejected = {"land_mu", "equipment_investment_wan"}
    accept(db, monthly("2024-08", reading))
    only = project_history(db, OFFICE, as_of("2024-08"), project_id("甲")).iloc[0]
    assert (only.texts, only.elsewhere) == (("1", "甲", "1"), {"stage": ("A3", "在建项目")})
    assert (only.rejected, only.file_name) == (("equipment_investment_wan", "land_mu"), "2024-08.xlsx")


def test_history_of_another_district_or_an_unknown_project_is_empty(db: Database) -> None:
    """With all its columns."""
    accept(db, monthly("2024-08", row("甲")))
    for scope, name in ((XIANGSHUI, "甲"), (OFFICE, "无此项目")):
        history = project_history(db, scope, as_of("2024-08"), project_id(name))
        assert history.empty
        assert {"state", "texts", "elsewhere", "rejected", "note"} <= set(history.columns)


def test_a_value_is_traced_to_its_cell(db: Database) -> None:
    """File, sheet, cell, heading, unit and text, of the return that it was last given in."""
    accept(db, monthly("2024-07", row("甲", 8, total_investment_wan=120)))
    accept(db, monthly("2024-08", row("甲", 5)))
    source = value_source(db, OFFICE, as_of("2024-08"), project_id("甲"), "total_investment_wan")
    assert source is not None
    assert (source.receipt_number, source.file_name, source.period) == ("2024-07-滨海-01", "2024-07.xlsx", "2024-07")
    assert (source.sheet, source.cell, source.heading, source.unit) == ("项目", "C8", "总投资（万元）", "万元")
    assert (source.text, source.value) == ("120", 120)


def test_a_value_from_elsewhere_is_traced_to_its_own_cell(db: Database) -> None:
    """A stage may stand in a group row; a value without any cell says so."""
    reading = row("甲", stage="building", district="binhai")
    reading.elsewhere = {"stage": ("A3", "在建项目")}
    accept(db, monthly("2024-08", reading))
    stage = value_source(db, OFFICE, as_of("2024-08"), project_id("甲"), "stage")
    district = value_source(db, OFFICE, as_of("2024-08"), project_id("甲"), "district")
    assert stage is not None
    assert district is not None
    assert (stage.cell, stage.text, stage.heading) == ("A3", "在建项目", "")
    assert (district.cell, district.text, district.value) == ("", None, "binhai")
    assert value_source(db, OFFICE, as_of("2024-08"), project_id("甲"), "note") is None


def test_all_values_of_a_project_are_traced_at_once(db: Database) -> None:
    """Each to the return that it was last given in; the figures of a month and a year only while they last."""
    accept(db, monthly("2023-12", row("甲", 8, total_investment_wan=120, investment_ytd_wan=7, note="停")))
    accept(db, monthly("2024-01", row("甲", 5, investment_ytd_wan=1, planned_start_date_text="年内")))
    accept(db, monthly("2024-02", row("甲", 6, note="复工")))
    accept(db, monthly("2024-03", row("甲", 7, note="以后")))
    sources = value_sources(db, OFFICE, as_of("2024-02"), project_id("甲"))
    assert {name: (source.period, source.value) for name, source in sources.items()} == {
        "project_name": ("2024-02", "甲"),
        "total_investment_wan": ("2023-12", 120),
        "investment_ytd_wan": ("2024-01", 1),
        "planned_start_date": ("2024-01", None),
        "note": ("2024-02", "复工"),
    }
    assert value_sources(db, XIANGSHUI, as_of("2024-02"), project_id("甲")) == {}
    assert value_sources(db, OFFICE, as_of("2023-11"), project_id("甲")) == {}
    assert value_sources(db, OFFICE, as_of("2024-02"), project_id("甲"), []) == {}


def test_the_text_of_a_date_comes_from_the_row_of_the_date(db: Database) -> None:
    """Not from a later row that has no date."""
    accept(db, monthly("2024-01", row("甲", 5, **planned("2024-03-31"))))
    accept(db, monthly("2024-02", row("甲", 5, planned_start_date_text="尽快")))
    columns = ("planned_start_date", "planned_start_date_text", "planned_start_date_precision")
    sources = value_sources(db, OFFICE, as_of("2024-02"), project_id("甲"), columns)
    assert [sources[column].value for column in columns] == [date(2024, 3, 31), "2024-03-31", "day"]
    assert {source.period for source in sources.values()} == {"2024-01"}


ACCEPTANCES = {
    "0": ([], [], [], []),
    "1": (["2024-08-滨海-01"], [1], ["核减"], []),
    "2": (["2024-08-滨海-02"], [2], ["改"], []),
    "3": (["2024-08-滨海-02"], [2], ["改"], [9]),
    "4": (["2024-08-滨海-01"], [1], ["核减"], [9]),
    "5": (["2024-08-滨海-01"], [1], ["核减"], [10]),
    "newest": (["2024-08-滨海-03"], [2], ["又"], [10]),
}


@pytest.mark.parametrize(("acceptances", "expected"), ACCEPTANCES.items())
def test_every_query_answers_as_it_was_known_then(db: Database, acceptances: str, expected: tuple[list, ...]) -> None:
    """After each write: acceptance, replacement, yearly form, withdrawal, newer yearly form, acceptance anew."""
    newer = monthly("2024-08", row("甲", total_investment_wan=2), findings=(FOUND,))
    accept(db, monthly("2024-08", row("甲", total_investment_wan=1), findings=(FOUND,)), reason="核减")
    second = accept(db, newer, reason="改")
    accept(db, annual_targets(2024, ("industry", "zone", 9)))
    withdraw_submission(db, second.submission_id, reason="x", actor="office", withdrawn_at=NOON)
    accept(db, annual_targets(2024, ("industry", "zone", 10)))
    accept(db, newer, reason="又")
    record = as_of("2024-08", acceptances)
    numbers = {receipt.submission_id: receipt.receipt_number for receipt in receipts(db)}
    counted = [numbers[key] for key in counted_submissions(db, OFFICE, record) if "目标" not in numbers[key]]
    totals, reasons, aims = expected[1:]
    assert counted == expected[0]
    assert list(project_states(db, OFFICE, record).total_investment_wan) == totals
    assert [each.reason for each in findings_of(db, OFFICE, record)] == reasons
    assert list(targets(db, OFFICE, record).value) == aims
    sources = value_sources(db, OFFICE, record, project_id("甲"), ["total_investment_wan"])
    assert [(each.receipt_number, each.value) for each in sources.values()] == list(zip(counted, totals, strict=True))
    assert len(reported_bodies(db, OFFICE, record)) == len(counted)


def test_columns_are_those_of_each_table(db: Database) -> None:
    """Field to letter, heading and unit; of two columns for one field the first; beyond Z too."""
    made = monthly("2024-08", row("甲", note="备"), infrastructure=(row("道路"),))
    made[0].tables[0].columns += [
        ColumnReading("AB", "备注", "note", None, "exact"),
        ColumnReading("AC", "备注2", "note", None, "confirmed"),
    ]
    receipt = accept(db, made)
    columns = columns_of(db, receipt.submission_id)
    assert (sorted(columns), columns[2]["project_name"].sheet) == ([1, 2], "基础设施")
    assert (columns[1]["note"].column, columns[1]["note"].heading) == ("AB", "备注")
    assert columns[1]["total_investment_wan"].unit == "万元"
    source = value_source(db, OFFICE, as_of("2024-08"), project_id("甲"), "note")
    assert source is not None
    assert (source.cell, source.text) == ("AB5", None)


def test_findings_come_back_as_they_were(db: Database) -> None:
    """With receipt, period and reason; of those in force, of a project, or of any one submission."""
    old = accept(db, monthly("2024-08", row("甲"), findings=(FOUND,)), reason="核减")
    accept(
        db, monthly("2024-08", row("甲"), row("乙", 6), findings=(FOUND, finding("total_not_calculated"))), reason="改"
    )
    accept(db, monthly("2024-09", row("甲"), findings=(FOUND,)), reason="再")
    found = findings_of(db, OFFICE, as_of("2024-08"))
    assert [(each.finding, each.reason, each.level) for each in found] == [
        (FOUND, "改", "需说明"),
        (finding("total_not_calculated"), "", "提示"),
    ]
    assert (found[0].message_zh, found[0].period) == (FOUND.message(), "2024-08")
    assert [each.reason for each in findings_of(db, OFFICE, as_of("2024-09"), project_id="p1")] == ["改", "再"]
    of_old = findings_of(db, OFFICE, as_of("2024-08"), submission_id=old.submission_id)
    assert [each.receipt_number for each in of_old] == [old.receipt_number]
    assert findings_of(db, OFFICE, as_of("2024-08"), project_id="p2", submission_id=old.submission_id) == []
    assert findings_of(db, XIANGSHUI, as_of("2024-08"), submission_id=old.submission_id) == []


def test_targets_count_for_every_period_of_their_year(db: Database) -> None:
    """The newest form of the year, for every district to read."""
    accept(db, annual_targets(2024, ("industry", "zone", 9)))
    accept(db, annual_targets(2024, ("industry", "zone", 10), ("industry", "binhai", 6)))
    accept(db, annual_targets(2025, ("industry", "zone", 12)))
    for scope, period in ((OFFICE, "2024-12"), (XIANGSHUI, "2024-01")):
        frame = targets(db, scope, as_of(period))
        assert list(zip(frame.body, frame.value, frame.unit, strict=True)) == [
            ("binhai", 6, "亿元"),
            ("zone", 10, "亿元"),
        ]
    assert list(targets(db, OFFICE, as_of("2024-05", "1")).value) == [9]
    assert targets(db, OFFICE, as_of("2023-12")).empty
    assert accepted_periods(db, OFFICE) == []


def test_nodes_are_those_of_the_year_and_project(db: Database) -> None:
    """The undated last."""
    accept(db, annual_nodes(2024, "甲", "乙"))
    assert len(nodes(db, OFFICE, as_of("2024-08"))) == 4
    own = nodes(db, OFFICE, as_of("2024-08"), project_id("甲"))
    assert (list(own.node), list(own.cell)) == (["start", "completion"], ["D4", "D4"])
    assert (own.planned_date[0], pd.isna(own.planned_date[1])) == (pd.Timestamp("2024-06-30"), True)
    assert nodes(db, OFFICE, as_of("2025-08")).empty


def test_accepted_periods_are_ascending_and_within_the_scope(db: Database) -> None:
    """Of monthly returns."""
    for period in ("2024-08", "2023-12", "2024-01"):
        accept(db, monthly(period, row("甲")))
    assert accepted_periods(db, OFFICE) == ["2023-12", "2024-01", "2024-08"]
    assert accepted_periods(db, XIANGSHUI) == []
