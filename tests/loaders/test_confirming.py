"""Answering what a reading asks: yes and no as decisions, and the same workbook read again with them."""

from __future__ import annotations

from typing import Any

from workbooks import Page, codes, monthly, project, read, record, write

from domain.submissions import Decision, Known, Submission
from loaders.confirming import confirm_suggestions, open_return, order_of_acceptance

LONG = "滨海港工业园区海上风电装备制造基地"
NEAR = "滨海港工业园海上风电装备制造基地"
WIND = {"序号": 1, "项目名称": NEAR, "总投资": 50_000}

NO_TOTAL = {"序号": 1, "项目名称": "海上风电", "备注": "x"}


def asked(**values: Any) -> tuple[bytes, Known]:
    """A return with a near name, and the record that it is near to."""
    return write(monthly(WIND | values)), record(project(LONG, stage="building"))


def test_a_workbook_is_opened_once_and_interpreted_often() -> None:
    """Without a record every name is new; with one the near name is asked about."""
    content, known = asked(备注="x")
    opened = open_return(content, "滨海片区2024年8月.xlsx")
    assert codes(opened.alone) == {}
    assert codes(opened.interpret(known)) == {"name_suggested": 1}
    assert opened.alone.sha256 == opened.sha256


def test_yes_and_no_to_a_name() -> None:
    """Either answer settles the question for this sender."""
    content, known = asked(备注="x")
    opened = open_return(content, "报表.xlsx")
    (suggestion,) = opened.interpret(known).suggestions
    yes, no = (suggestion.decide("binhai", is_same=answer) for answer in (True, False))
    assert yes == Decision("same_project", "binhai", NEAR, project(LONG).project_id)
    assert codes(opened.interpret(known.with_decisions([yes]))) == {}
    assert codes(opened.interpret(known.with_decisions([no]))) == {"project_missing": 1}


def test_a_heading_is_confirmed_under_its_key() -> None:
    """The decision holds whatever month or unit the heading has next time."""
    (column,) = (each for each in read(monthly(NO_TOTAL | {"总投资金额数（万元）": 9})).tables[0].columns if each.is_open)
    decision = column.decide("binhai", "annual_plan_wan")
    assert decision == Decision("heading", "binhai", "总投资金额数", "annual_plan_wan", column.form)
    submission = read(monthly(NO_TOTAL | {"总投资金额数": 9}), known=record(decisions=(decision,)))
    assert submission.rows[0][1].values["annual_plan_wan"] == 9
    assert not any(each.is_open for each in submission.tables[0].columns)


def test_yes_to_all_ends_when_nothing_is_asked() -> None:
    """Names and headings are confirmed together, and the submission is the one read with all answers."""
    content, known = asked(存在问题及主要困难="缺地")
    submission, decisions = confirm_suggestions(open_return(content, "报表.xlsx"), known)
    assert {decision.kind for decision in decisions} == {"same_project", "heading"}
    assert codes(submission) == {}
    assert submission.rows[0][1].values["project_name"] == LONG
    assert submission.rows[0][1].values["issue_text"] == "缺地"


def test_yes_to_all_when_nothing_is_asked() -> None:
    """A return without a question needs no decision."""
    content, _ = asked(备注="x")
    assert confirm_suggestions(open_return(content, "报表.xlsx"), Known())[1] == []


def test_two_headings_near_one_field() -> None:
    """Only the first is suggested; the second stays unknown: the questions end."""
    page = monthly(WIND | {"存在问题及主要困难": "缺地", "存在问题及其困难": "缺水"})
    submission, decisions = confirm_suggestions(open_return(write(page), "报表.xlsx"), Known())
    assert [decision.answer for decision in decisions] == ["issue_text"]
    assert codes(submission) == {"heading_unknown": 1}
    assert submission.rows[0][1].values["issue_text"] == "缺地"


def test_returns_are_accepted_by_period_and_forms_of_the_year_last() -> None:
    """A node plan names projects of the returns, so it comes after them; an unknown period last of its kind."""
    august = read(monthly(WIND | {"备注": "x"}))
    july = read(monthly(WIND | {"备注": "x"}, title="滨海片区2024年7月"))
    unknown = Submission("报表.xlsx", "0" * 64)
    targets = read(Page([["2024年目标"], ["序号", "指标名称", "单位", "全区"], [1, "新签约项目", "个", 9]]))
    assert sorted([targets, unknown, august, july], key=order_of_acceptance) == [july, august, unknown, targets]
