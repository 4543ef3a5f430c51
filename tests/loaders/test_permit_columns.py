"""The columns of a ledger: step and aspect, and what is a ledger at all."""

from __future__ import annotations

from typing import Any

import pytest
from workbooks import Page, blocks_of, read

from domain.permit_steps import PERMIT_STEPS
from domain.submissions import INFRASTRUCTURE, NODE_PLAN, PERMITS, PROJECTS
from loaders.columns import kind_of_table
from loaders.permit_columns import ledger_field, step_of
from loaders.vocabulary import fields_of


@pytest.mark.parametrize("step", PERMIT_STEPS, ids=lambda step: step.code)
def test_every_step_is_known_by_its_own_name(step) -> None:
    """The name in the list of steps is a heading of that step alone among the steps."""
    assert step_of(step.name) == f"step_{step.code}"
    assert [name for name in fields_of(step.name) if name.startswith("step_")] == [f"step_{step.code}"]


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (("环评",), "step_environment"),
        (("1.立项",), "step_filing"),
        (("手续办理情况", "环评"), "step_environment"),
        (("环评", "申请时间"), "step_environment_applied"),
        (("手续办理情况", "环评批复", "责任单位"), "step_environment_office"),
        (("环评", "时间"), "step_environment"),
        (("环评", "责任人"), None),
        (("环评", "天气"), None),
        (("施工许可证（含消防设计审查）",), "step_construction_permit"),
        (("施工许可证办理时限",), "step_construction_permit_due"),
        (("环评批复时间",), "step_environment"),
        (("土地出让合同或划拨决定书或土地证号",), "step_land_contract"),
        (("用地情况（亩）", "已申请"), "land_applied_mu"),
        (("用地情况", "需求"), "land_wanted_mu"),
        (("土地指标", "已取得"), "land_granted_mu"),
        (("已供地（亩）",), "land_supplied_mu"),
        (("缺口（亩）",), "land_gap_mu"),
        (("缺口",), None),
        (("责任单位",), None),
        (("规划一书二证",), None),
    ],
)
def test_a_heading_of_a_ledger(path: tuple[str, ...], field: str | None) -> None:
    """A step alone, a step and an aspect of it in one heading or in two, an area of land; anything else is none of these."""
    assert ledger_field(path) == field


STEPS = ["立项备案", "环评", "能评", "土地批文"]


def block(title: str, *headings: str):
    names = ["序号", "项目名称", *headings]
    (found,) = blocks_of([[title], names, [1, "示例项目", *["x"] * len(headings)]], name="表")
    return found


@pytest.mark.parametrize(
    ("title", "headings", "kind"),
    [
        ("8月手续办理情况表", STEPS[:2], PERMITS),
        ("8月前期手续推进情况表", [*STEPS[:2], "项目阶段"], PERMITS),
        ("8月项目表", STEPS, PERMITS),
        ("8月项目表", STEPS[:3], PROJECTS),
        ("8月项目表", ["手续名称", "申报时间"], PERMITS),
        ("8月用地报批情况表", ["用地需求", "已取得土地指标"], PERMITS),
        ("8月项目表", [*STEPS, "形象进度"], PROJECTS),
        ("8月手续办理情况表", [*STEPS, "1-8月完成投资"], PROJECTS),
        ("8月重大项目推进情况表", [*STEPS, "形象进度"], PROJECTS),
        ("8月重大项目推进情况及手续办理情况表", [*STEPS, "形象进度"], PROJECTS),
        ("8月基础设施推进情况表", ["总投资", "形象进度", "手续办理情况"], INFRASTRUCTURE),
        ("2024年重大项目推进计划", ["立项备案", "供地", "环评", "施工许可证"], NODE_PLAN),
        ("2024年项目计划", ["立项备案", "供地", "环评", "施工许可证", "开工", "竣工"], NODE_PLAN),
    ],
)
def test_what_is_a_ledger(title: str, headings: list[str], kind: str) -> None:
    """A title of permits with two steps, else four steps and nothing of the month or of building; never the plan of nodes."""
    assert kind_of_table(block(title, *headings)) == kind


def ledger(*rows: list[Any], headings: list[str], title: str = "滨海片区2024年8月手续办理台账", **more: Any):
    return read(Page([[title], ["序号", "项目名称", *headings], *rows], "台账", **more))


def test_a_table_beside_a_ledger_is_one_without_saying_so() -> None:
    """The second sheet has no title and three steps only."""
    first = Page(
        [["滨海片区2024年8月手续办理台账"], ["序号", "项目名称", *STEPS], [1, "示例风电", "√", "√", "√", "√"]], "产业"
    )
    second = Page(
        [["序号", "项目名称", "工可批复", "用海审批", "环评"], [1, "示例疏港公路", "√", "未办", "√"]], "基础设施"
    )
    submission = read(first, second)
    assert [table.kind for table in submission.tables] == [PERMITS, PERMITS]
    assert len(submission.permits) == 7 and submission.findings == []


def test_loose_aspects_are_of_no_step() -> None:
    """完成时限 over a whole row says nothing of any step and is told as not read."""
    submission = ledger([1, "示例风电", "√", "√", "12月"], headings=["立项", "环评", "完成时限"])
    assert [(each.code, each.cell) for each in submission.findings] == [("heading_unknown", "E2")]
    assert [each.step for each in submission.permits] == ["filing", "environment"]


def test_land_in_other_units() -> None:
    """公顷 over a group of areas is 15 亩 each."""
    page = Page([["滨海片区2024年8月用地情况表"], ["序号", "项目名称", "用地（公顷）", None], [None, None, "需求", "已取得"], [1, "示例风电", 10, 4]],
                "用地", merges=("A2:A3", "B2:B3", "C2:D2"))  # fmt: skip
    (land,) = read(page).land
    assert (land.wanted_mu, land.applied_mu, land.granted_mu) == (150, None, 60)
