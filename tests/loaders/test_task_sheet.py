"""The sheet on which a district answers for its tasks: read apart, and never taken for a list of projects."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from domain.submissions import Submission, TaskReading
from loaders.reading import read_return

NAME = "滨海片区2024年8月重大项目推进情况表.xlsx"
HEAD = ["序号", "事项", "涉及项目", "牵头", "配合", "时限", "落实情况"]


def read(*lines: list[object], sheet: str = "议定事项") -> Submission:
    """A return of one project with a sheet of these lines."""
    book = openpyxl.Workbook()
    for line in (["滨海片区2024年8月重大项目推进情况表"], ["单位：万元"], ["项目名称", "总投资", "项目阶段"], ["年产3万吨甲醇项目", 50_000, "签约"]):
        book.active.append(line)
    page = book.create_sheet(sheet)
    for line in lines:
        page.append(line)
    buffer = BytesIO()
    book.save(buffer)
    return read_return(buffer.getvalue(), NAME)


def line(number: int, text: str | None, said: object) -> list[object]:
    return [number, text, "年产3万吨甲醇项目", "县发改委", "滨海片区", "2024-09-30", said]


def test_answers_are_read_with_their_cells() -> None:
    """Filled answers with their tasks; the projects are read as if the sheet were not there."""
    submission = read(
        ["滨海片区2024年8月议定事项落实情况表"], ["填表说明：黄色格填写。"], HEAD,
        line(1, "供电方案批复", " 方案已报，完成投资 3000 万元 "), line(2, "用地报批", None), line(3, "路灯", 5), line(4, None, "多写的"),
    )  # fmt: skip
    assert submission.task_readings == [
        TaskReading("供电方案批复", "方案已报，完成投资 3000 万元", "议定事项", "G4"),
        TaskReading("路灯", "5", "议定事项", "G6"),
    ]
    assert [row.values["project_name"] for _, row in submission.rows] == ["年产3万吨甲醇项目"]
    assert submission.findings == []


@pytest.mark.parametrize("answers", [[], [line(1, "供电方案批复", "项目名称、总投资、项目阶段均已核实，合计 3 个")]])
def test_the_sheet_raises_no_question(answers: list) -> None:
    """Untouched or filled, and whatever words stand in it."""
    assert read(HEAD, *answers).findings == []


def test_columns_may_have_been_moved() -> None:
    """The headings say which is which."""
    submission = read(["落实情况", "事项"], ["已办结", "供电方案批复"])
    assert submission.task_readings == [TaskReading("供电方案批复", "已办结", "议定事项", "A2")]


def test_a_sheet_without_the_headings_is_told() -> None:
    """It is not read in silence: the sender learns that it was left out."""
    submission = read(["事项", "结果"], ["供电方案批复", "已办结"])
    assert submission.task_readings == []
    assert [(each.code, each.sheet) for each in submission.findings] == [("sheet_skipped", "议定事项")]


def test_a_sheet_of_another_name_is_none() -> None:
    """The same headings elsewhere are no answers."""
    assert read(HEAD, line(1, "供电方案批复", "已办结"), sheet="备忘").task_readings == []
