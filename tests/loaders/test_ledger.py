"""A ledger of permits and land against the record: projects, names, districts, words that a person explained."""

from __future__ import annotations

from typing import Any

import pytest
from workbooks import Page, codes, monthly, project, read, record, the

from domain.changes import compare_submission
from domain.identity import project_id_of
from domain.submissions import MONTHLY_RETURN, PERMIT_LEDGER, Decision, Known, Submission
from loaders.printing import submission_as_json, submission_as_text

HEADINGS = ["序号", "项目名称", "立项备案", "环评批复", "施工许可证"]
LONG = "滨海港工业园区海上风电装备制造基地"


def ledger(
    *rows: list[Any], headings: list[str] = HEADINGS, known: Known | None = None, merges: tuple[str, ...] = ()
) -> Submission:
    page = Page([["滨海片区2024年8月手续办理台账"], headings, *rows], "台账", merges=merges)
    return read(page, known=known)


def test_a_line_is_of_the_project_on_record() -> None:
    """Found by its name; the line of the ledger itself is no row of a project, and makes no difference to it."""
    known = record(project("海上风电", stage="building"))
    submission = ledger([1, "★海上风电", "√"], known=known)
    assert [(each.project_id, each.project_name) for each in submission.permits] == [
        (project_id_of("binhai", "海上风电"), "海上风电")
    ]
    assert submission.kind == PERMIT_LEDGER
    assert [row.project_id for _, row in submission.rows] == [""]
    assert compare_submission(submission, known) == []


def test_a_near_name_is_asked_about_once_and_then_is_the_project() -> None:
    """In a ledger with a row for each step too; confirmed, the steps are those of the project on record."""
    headings = ["序号", "项目名称", "手续名称", "办理情况"]
    rows = [[1, LONG.replace("园区", "园"), "立项", "已办"], [None, None, "环评", "办理中"]]
    known = record(project(LONG))
    submission = ledger(*rows, headings=headings, known=known, merges=("B3:B4",))
    (asked,) = submission.suggestions
    assert the("name_suggested", submission).cell == "B3"
    again = ledger(
        *rows, headings=headings, merges=("B3:B4",), known=known.with_decisions([asked.decide("binhai", is_same=True)])
    )
    assert {(each.project_id, each.project_name) for each in again.permits} == {(project_id_of("binhai", LONG), LONG)}
    assert len(again.permits) == 2 and again.suggestions == []


def test_a_project_of_another_district_is_the_wrong_file() -> None:
    """As for the list of the month."""
    known = record(project("海上风电", "xiangshui"), project("屋顶光伏", "xiangshui"))
    assert codes(ledger([1, "海上风电", "√"], [2, "屋顶光伏", "√"], known=known)) == {"other_district": 1}


def test_an_unknown_word_is_asked_and_remembered() -> None:
    """The answer holds for this sender; a sentence is to be written anew and is not asked as a word."""
    rows = [[1, "海上风电", "绿灯", "绿灯", "一期已办二期还在等土地批文下来"]]
    submission = ledger(*rows)
    assert codes(submission) == {"permit_unclear": 3} and submission.permits == []
    (question,) = submission.words
    assert (question.field, question.word, question.count, question.cells) == (
        "permit_state",
        "绿灯",
        2,
        ("台账!C3", "台账!D3"),
    )
    assert question.candidates == ("granted", "applied", "not_applied", "not_needed")
    again = ledger(*rows, known=record(decisions=(question.decide("binhai", "granted"),)))
    assert [(each.step, each.state) for each in again.permits] == [("filing", "granted"), ("environment", "granted")]
    assert again.words == []


def test_a_heading_that_was_confirmed_is_read() -> None:
    """A misspelt step is suggested, and remembered once a person has said so."""
    headings = ["序号", "项目名称", "立项备案", "环评批复", "施工许可政"]
    submission = ledger([1, "海上风电", "√", "√", "未办"], headings=headings)
    column = next(each for each in submission.tables[0].columns if each.is_open)
    assert column.candidates == ("step_construction_permit",)
    known = record(decisions=(column.decide("binhai", column.candidates[0]),))
    again = ledger([1, "海上风电", "√", "√", "未办"], headings=headings, known=known)
    assert [each.step for each in again.permits] == ["filing", "environment", "construction_permit"]
    assert again.findings == []


@pytest.mark.parametrize(("cell", "code"), [("#REF!", "formula_error"), ("=A1", "formula_not_calculated")])
def test_a_formula_without_a_value_says_nothing(cell: str, code: str) -> None:
    """It is told once, and no state is made of it."""
    submission = ledger([1, "海上风电", "√", cell])
    assert codes(submission) == {code: 1}
    assert [each.step for each in submission.permits] == ["filing"]


def test_the_office_of_a_row_a_step_may_stand_under_the_responsible_body() -> None:
    """责任单位 beside a step's name is who grants it; land merged over the rows of one project is that project's."""
    headings = ["序号", "项目名称", "手续名称", "办理情况", "责任单位", "用地需求（亩）"]
    rows = [[1, "海上风电", "立项", "已办", "行政审批局", 50], [None, None, "环评", "已办", "生态环境局", None]]
    submission = ledger(*rows, headings=headings, merges=("B3:B4", "F3:F4"))
    assert [each.office for each in submission.permits] == ["行政审批局", "生态环境局"]
    assert [each.wanted_mu for each in submission.land] == [50]
    assert submission.findings == []


def test_land_said_twice() -> None:
    """Alike it counts once; in two ways the last counts, and it is asked about."""
    headings = ["序号", "项目名称", "立项备案", "环评", "用地需求（亩）", "已取得土地指标（亩）"]
    alike = ledger([1, "海上风电", "√", "√", 50, 20], [2, "海上风电", "√", "√", 50, 20], headings=headings)
    assert len(alike.land) == 1 and alike.findings == []
    other = ledger([1, "海上风电", "√", "√", 50, 20], [2, "海上风电", "√", "√", 60, 20], headings=headings)
    assert [each.wanted_mu for each in other.land] == [60]
    assert codes(other) == {"project_repeated": 1}


def test_a_project_area_alone_is_no_land_of_a_ledger() -> None:
    """用地面积 tells what a project is; beside what was granted it is what the project wants."""
    alone = ledger([1, "海上风电", "√", "√", 50], headings=["序号", "项目名称", "立项", "环评", "用地面积（亩）"])
    assert alone.land == [] and alone.findings == []
    beside = ledger(
        [1, "海上风电", "√", "√", 50, 20],
        headings=["序号", "项目名称", "立项", "环评", "用地面积（亩）", "已取得土地指标（亩）"],
    )
    assert [(each.wanted_mu, each.granted_mu) for each in beside.land] == [(50, 20)]


def test_a_ledger_without_rows_or_without_a_month() -> None:
    """Both keep the file out, as for the list of the month."""
    assert codes(ledger()) == {"no_rows": 1}
    undated = read(Page([["滨海片区手续办理台账"], HEADINGS, [1, "海上风电", "√", "2024-05-10"]], "台账"))
    assert codes(undated) == {"period_unknown": 1}
    assert len(undated.permits) == 2


def test_the_list_of_the_month_stays_what_it_is() -> None:
    """Steps in a group of columns come with it, marks that are not understood are asked about; the row keeps its project."""
    headings = ["序号", "项目名称", "总投资（万元）", "1-8月完成投资（万元）", "手续办理情况", None, None]
    page = Page([["滨海片区2024年8月重大项目推进情况表"], headings, [None, None, None, None, "立项", "环评", "能评"],
                 [1, "海上风电", 50_000, 900, "√", "办理中", "绿灯"]],
                "项目", merges=("A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:G2"))  # fmt: skip
    submission = read(page)
    assert submission.kind == MONTHLY_RETURN
    assert [(each.step, each.state) for each in submission.permits] == [
        ("filing", "granted"),
        ("environment", "applied"),
    ]
    assert codes(submission) == {"permit_unclear": 1}
    assert [each.word for each in submission.words] == ["绿灯"]
    assert submission.rows[0][1].project_id == project_id_of("binhai", "海上风电")


def test_steps_under_no_group_are_not_read_in_the_list_of_the_month() -> None:
    """环评 by itself may be a plan or a remark."""
    submission = read(monthly({"序号": 1, "项目名称": "海上风电", "总投资": 50_000, "形象进度": "打桩", "环评": "√"}))
    assert submission.permits == [] and codes(submission) == {"heading_unknown": 1}


def test_what_is_told_at_the_command_line() -> None:
    """Steps by state and the number of areas, and each of them as plain values."""
    headings = [*HEADINGS, "用地需求（亩）"]
    submission = ledger([1, "海上风电", "√", "2024-05-10", "计划12月底", 50.5], headings=headings)
    assert "  手续：3 项，已取得 2，未申报 1\n  用地：1 个项目" in submission_as_text(submission)
    told = submission_as_json(submission)
    assert [(each["step"], each["state"], each["granted_date"], each["district"]) for each in told["permits"]][1] == (
        "environment", "granted", "2024-05-10", "滨海片区")  # fmt: skip
    assert told["land"][0]["wanted_mu"] == 50.5
    assert "手续" not in submission_as_text(
        read(monthly({"序号": 1, "项目名称": "海上风电", "总投资": 50_000, "备注": "x"}))
    )


def test_a_person_may_say_that_a_name_is_another_project() -> None:
    """Then it is asked no more."""
    known = record(
        project(LONG),
        decisions=(Decision("other_project", "binhai", LONG.replace("园区", "园"), project_id_of("binhai", LONG)),),
    )
    assert ledger([1, LONG.replace("园区", "园"), "√"], known=known).suggestions == []


@pytest.mark.parametrize(
    ("applied", "granted", "found"),
    [
        ("2024-05-20", "2024-05-10", {"permit_order": 1}),
        ("2024-05-20", "2024年5月", {}),
        ("2024-05-20", "2024年4月", {"permit_order": 1}),
        ("2024-08-31", "2024-08-31", {}),
        ("2024-09-01", None, {"date_in_future": 1}),
        (None, "2024年9月", {"date_in_future": 1}),
    ],
)
def test_the_order_of_dates(applied: str | None, granted: str | None, found: dict[str, int]) -> None:
    """Granted on the day of application or in its month is no contradiction; what lies after the month's end is asked about."""
    headings = ["序号", "项目名称", "手续名称", "申报时间", "批复时间"]
    submission = ledger(
        [1, "海上风电", "环评", applied, granted], [2, "屋顶光伏", None, "2024-01-01", None], headings=headings
    )
    assert codes(submission) == found
    assert [each.step for each in submission.permits] == ["environment"]


@pytest.mark.parametrize(("due", "is_overdue"), [("2024-08-30", True), ("2024年8月", False), ("2024年9月", False)])
def test_a_step_is_overdue_from_the_day_after_it_was_due(due: str, is_overdue: bool) -> None:
    """As of the last day of August; what is granted or not needed is overdue no more."""
    headings = ["序号", "项目名称", "手续名称", "办理情况", "完成时限"]
    rows = [
        [1, "海上风电", "环评", "办理中", due],
        [None, None, "立项", "已办", due],
        [None, None, "能评", "无需", due],
    ]
    assert codes(ledger(*rows, headings=headings)) == ({"permits_overdue": 1} if is_overdue else {})
