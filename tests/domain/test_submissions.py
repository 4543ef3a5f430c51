"""Submissions, and what is on record before a return is read."""

from __future__ import annotations

from typing import Any

import pytest

from domain.findings import finding
from domain.identity import normalise_name
from domain.submissions import (
    INFRASTRUCTURE,
    PROJECTS,
    ColumnReading,
    Decision,
    Known,
    KnownProject,
    NameSuggestion,
    RowReading,
    Submission,
    TableReading,
    WordQuestion,
)


def project(project_id: str, name: str, body: str = "binhai", **values: Any) -> KnownProject:
    return KnownProject(project_id, body, name, PROJECTS, "2024-07", values)


def known(*projects: KnownProject, decisions: tuple[Decision, ...] = ()) -> Known:
    return Known({each.project_id: each for each in projects}, list(decisions))


class TestKnown:
    def test_a_project_is_found_by_name_within_its_body(self) -> None:
        """Exact after normalisation, and never across districts."""
        record = known(project("p1", "海上风电（一期）"))
        assert record.find("binhai", "海上风电1期") == "p1"
        assert record.find("xiangshui", "海上风电1期") is None

    def test_the_code_goes_before_the_name(self) -> None:
        """A project renamed is still the one with its code; a code nobody knows does not hinder."""
        record = known(project("p1", "风电", project_code="2401"), project("p2", "光伏"))
        assert record.find("binhai", "光伏", "2401") == "p1"
        assert record.find("binhai", "光伏", "9999") == "p2"

    def test_a_confirmed_spelling_is_remembered(self) -> None:
        """A person's yes makes a name known for this sender; a no is kept apart."""
        yes, no = (
            Decision("same_project", "binhai", "风电场", "p1"),
            Decision("other_project", "binhai", "风电厂", "p1"),
        )
        record = known(project("p1", "风电")).with_decisions([yes]).with_decisions([no])
        assert record.decisions == [yes, no]
        assert record.find("binhai", "风电场") == "p1"
        assert record.find("xiangshui", "风电场") is None
        assert record.is_other("binhai", "风电厂", "p1")
        assert not record.is_other("binhai", "风电厂", "p2")

    def test_a_confirmed_heading_is_remembered(self) -> None:
        """A heading means what this sender said that it means in this form; in another form it is only suggested."""
        record = known(decisions=(Decision("heading", "binhai", "投资数", "total_investment_wan", "f1"),))
        assert record.field_of_heading("binhai", "f1", "投资数") == "total_investment_wan"
        assert record.field_of_heading("binhai", "f2", "投资数") is None
        assert record.field_of_heading("xiangshui", "f1", "投资数") is None
        assert record.field_in_other_form("binhai", "投资数") == "total_investment_wan"
        assert record.field_in_other_form("xiangshui", "投资数") is None

    def test_a_confirmed_word_is_remembered(self) -> None:
        """A word means what this sender said that it means in that field, whatever the form."""
        question = WordQuestion("stage", "热火朝天", "热火朝天", ("项目!D4",), 1, ("started", "building"))
        record = known(decisions=(question.decide("binhai", "building"),))
        assert record.code_of_word("binhai", "stage", "热火朝天") == "building"
        assert record.code_of_word("binhai", "category", "热火朝天") is None
        assert record.code_of_word("xiangshui", "stage", "热火朝天") is None

    def test_the_index_holds_the_names_of_one_body(self) -> None:
        """Near names are looked for among the sender's own projects, and the index is made once."""
        record = known(project("p1", "滨海港工业园区风电装备基地"), project("p2", "响水化工园污水处理厂", "xiangshui"))
        assert record.name_index("binhai").nearest("滨海港工业园风电装备基地").name == "滨海港工业园区风电装备基地"
        assert record.name_index("xiangshui").nearest("滨海港工业园风电装备基地") is None
        assert record.name_index("binhai") is record.name_index("binhai")
        assert [each.project_id for each in record.of_body("xiangshui")] == ["p2"]


class TestQuestions:
    @pytest.mark.parametrize(
        ("match", "is_open"),
        [("exact", False), ("remembered", False), ("suggested", True), ("ambiguous", True), ("double", False), ("unknown", False)],
    )
    def test_a_heading_is_asked_about_while_it_is_unclear(self, match: str, is_open: bool) -> None:
        """Suggested and ambiguous headings are for a person to decide; the answer goes under the heading's key."""
        column = ColumnReading("D", "投资数（万元）", None, "万元", match, key="投资数")
        assert column.is_open == is_open
        assert column.decide("binhai", "annual_plan_wan") == Decision("heading", "binhai", "投资数", "annual_plan_wan")

    @pytest.mark.parametrize(("is_same", "kind"), [(True, "same_project"), (False, "other_project")])
    def test_an_answer_about_a_name(self, is_same: bool, kind: str) -> None:
        """Yes and no both name the project on record, under the name as normalised."""
        asked = NameSuggestion("项目", "B4", "海上风电（一期）", "海上风电场一期", "p1", "p9", 91.0)
        assert asked.decide("binhai", is_same=is_same) == Decision(kind, "binhai", normalise_name("海上风电(一期)"), "p1")


class TestSubmission:
    def test_findings_by_what_they_ask(self) -> None:
        """A blocking finding keeps the file out, an explanation is asked for, a hint neither."""
        found = [finding("period_unknown"), finding("below_threshold"), finding("hidden_read"), finding("not_a_number")]
        submission = Submission("报表.xlsx", "0" * 64, findings=found)
        assert [each.code for each in submission.blocking] == ["period_unknown"]
        assert [each.code for each in submission.to_explain] == ["below_threshold"]
        assert not submission.is_acceptable
        assert Submission("报表.xlsx", "0" * 64, findings=found[1:]).is_acceptable

    def test_rows_of_all_tables(self) -> None:
        """Rows come with their table; they are counted by kind."""
        row = RowReading(5, {}, ())
        tables = [
            TableReading("一", PROJECTS, "", None, [], [row, row]),
            TableReading("二", INFRASTRUCTURE, "", None, [], [row]),
        ]
        submission = Submission("报表.xlsx", "0" * 64, tables=tables)
        assert [table.sheet for table, _ in submission.rows] == ["一", "一", "二"]
        assert (submission.count(PROJECTS), submission.count(INFRASTRUCTURE)) == (2, 1)

    def test_a_rejected_value_is_gone_and_known_as_rejected(self) -> None:
        """The value is taken back, so that the last accepted one stays in force."""
        row = RowReading(5, {"total_investment_wan": 5}, ())
        row.reject("total_investment_wan")
        assert row.values == {"total_investment_wan": None}
        assert row.rejected == {"total_investment_wan"}
