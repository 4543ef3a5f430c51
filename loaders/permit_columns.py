"""The columns of a ledger of permits: which step and what of it a column means, and how such a ledger is told.

Three layouts (domain.md 3.1 T8 and T9): a column a step, columns under a heading for each step, and a row a step with its name in a
column. Nothing here is guessed: a heading is a step's and an aspect's, each by the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from domain.fields import LAND_FIELDS, LEDGER_FIELDS, PERMIT_ASPECTS, STEP_ASPECTS_AS_FIELDS, STEPS_AS_FIELDS
from loaders.blocks import Block, Column
from loaders.vocabulary import fields_of, heading_fields, read_heading
from loaders.wordings import meanings_of

if TYPE_CHECKING:
    from loaders.settling import Match

ASPECT_OF_FIELD = {field.name: aspect for aspect, field in PERMIT_ASPECTS.items()} | {"responsible_body": "office"}
ROW_ASPECTS = {"permit_state", *(field.name for field in PERMIT_ASPECTS.values())}
STATE = ""  # the aspect of a column that says by itself where a step stands
# Words that say an aspect under the heading of a step and nothing by themselves.
BARE_ASPECTS = {
    "时间": STATE, "日期": STATE, "进度": STATE, "现状": STATE, "状态": STATE, "完成情况": STATE, "情况": STATE, "进展": STATE,
    "申报": "applied", "申请": "applied", "计划": "due", "计划完成": "due", "时限": "due", "完成日期": "granted", "完成": STATE,
    "编号": "number", "单位": "office", "部门": "office", "批复": STATE, "取得": STATE, "办结": STATE, "办理": STATE, "实际": "granted",
}  # fmt: skip
LAND_GROUP = re.compile(r"用地|土地|供地")
AREA_UNITS = ("亩", "公顷", "平方米", "m2")
LEDGER_TITLE = re.compile(r"手续|要素保障|前期工作|用地(?:报批|审批|保障|需求|情况|指标|台账)|报批|审批|土地指标|许可")
PLAN_TITLE = re.compile(r"推进计划|节点计划")
# Said of a project and not of its permits (手续推进情况), these are of the list of the month.
MONTH_TITLE = re.compile(r"月报|(?<!手续)(?<!办理)(?<!工作)(?<!报批)(?:推进|进展|建设)情况")
BUILDING_NODES = {"node_main_structure", "node_equipment", "node_completion", "node_production"}
MONTH_MONEY = {"investment_month_wan", "investment_ytd_wan", "investment_cum_wan"}
MONTH_WORDS = {"stage", "progress_text", "progress_rate"}
STEPS_OF_A_TITLED, STEPS_OF_ANY, LAND_OF_ANY = 2, 4, 2
GROUP_OF_STEPS = re.compile(r"手续|报批|审批|前期|要素")
# What stands in a list of projects to tell what the project is: recognised in a ledger, and not asked about.
CONTEXT_FIELDS = ("project_name", "project_code", "district", "responsible_body", "owner_name", "industry", "nature",
                  "construction_text", "total_investment_wan", "land_mu", "issue_text", "note")  # fmt: skip


def belongs_to_ledger(name: str) -> bool:
    """Whether a ledger may have the field."""
    return name in LEDGER_FIELDS or name in CONTEXT_FIELDS


@lru_cache(maxsize=5_000)
def ledger_field(path: tuple[str, ...]) -> str | None:
    """The field of a ledger that headings mean, outermost first: a step, an aspect of a step, an area of land; None for others."""
    leaf = path[-1]
    above = next((step for text in reversed(path[:-1]) if (step := step_of(text))), None)
    own = step_of(leaf) or _joined(leaf)
    if own:
        return own
    if above is None:
        return _land_of(path)
    aspect = _aspect_of(leaf)
    return None if aspect is None else f"{above}_{aspect}" if aspect else above


def step_of(text: str) -> str | None:
    """The field of the one step that a heading or a cell names (环评批复: step_environment)."""
    return next((name for name in fields_of(text) if name in STEPS_AS_FIELDS), None)


def _aspect_of(text: str) -> str | None:
    """What a heading under a step's says of it; None where the vocabulary knows no aspect by it."""
    names = fields_of(text)
    if "permit_state" in names:
        return STATE
    known = next((ASPECT_OF_FIELD[name] for name in names if name in ASPECT_OF_FIELD), None)
    return BARE_ASPECTS.get(read_heading(text).key) if known is None else known


def _joined(text: str) -> str | None:
    """环评批复时间, 施工许可证完成时限: a step and an aspect of it in one heading."""
    key = read_heading(text).key
    for place in range(len(key) - 1, 1, -1):
        step, aspect = step_of(key[:place]), _aspect_of(key[place:])
        if step and aspect is not None:
            return f"{step}_{aspect}" if aspect else step
    return None


def _land_of(path: tuple[str, ...]) -> str | None:
    """An area of land: by its own heading, or by its unit or the heading over it (已申请（亩）, 用地情况 over 已申请)."""
    leaf, unit = read_heading(path[-1]).key, read_heading(path[-1]).unit
    texts = [leaf]
    if unit in AREA_UNITS or any(LAND_GROUP.search(text) for text in path[:-1]):
        texts += [leaf + "用地", "用地" + leaf, leaf + "地"]
    return next((name for text in texts for name in fields_of(text) if name in LAND_FIELDS), None)


def is_ledger(block: Block, *, is_beside_one: bool = False) -> bool:
    """Whether a table is a ledger of permits or of land, and neither a node plan nor a list of the month.

    ``is_beside_one``: another table of the workbook is one, so that this one need not say so itself.
    The node plan names steps too, beside nodes of building; the list of the month may carry steps beside what was invested.
    """
    meanings = [set(meanings_of(column.path)) for column in block.columns]
    own = {name for column in block.columns if (name := ledger_field(column.path))}
    said = set().union(*meanings)
    steps, land = len({_bare_step(name) for name in own} - {None}), len(own & {*LAND_FIELDS})
    if said & MONTH_MONEY or _is_titled(block, PLAN_TITLE):
        return False
    if "permit_step" in said:
        return True
    is_named = _is_titled(block, LEDGER_TITLE) or (is_beside_one and not said & MONTH_WORDS)
    if _is_titled(block, MONTH_TITLE) and (not is_named or said & MONTH_WORDS):
        return False
    if is_named:
        return steps >= STEPS_OF_A_TITLED or land >= LAND_OF_ANY
    is_of_others = bool(said & (BUILDING_NODES | MONTH_WORDS))
    return not is_of_others and (steps >= STEPS_OF_ANY or land >= LAND_OF_ANY)


def _is_titled(block: Block, words: re.Pattern[str]) -> bool:
    return any(words.search(title) for title in (block.title, block.nearest_line, block.sheet.name))


def _bare_step(name: str) -> str | None:
    """The step's own field of any of its aspects."""
    if name in STEP_ASPECTS_AS_FIELDS:
        return name.rpartition("_")[0]
    return name if name in STEPS_AS_FIELDS else None


def set_loose_aspects_aside(matches: Iterable[Match]) -> None:
    """完成时限 or 办理情况 over a whole row, and of no step: not read where no column names the row's step."""
    listed = list(matches)
    if any("permit_step" in match.candidates for match in listed):
        return
    for match in listed:
        if match.how != "remembered" and not ROW_ASPECTS.isdisjoint(match.candidates):
            match.candidates = ()


def tall_column(block: Block) -> int | None:
    """The column of the steps' names where a ledger has a row for each step; None for any other table."""
    column = next((each for each in block.columns if "permit_step" in meanings_of(each.path)), None)
    return column.index if column and is_ledger(block) else None


def is_under_steps(column: Column) -> bool:
    """Whether a column of a list of the month stands in its group of steps (手续办理情况 over 立项, 环评 ...)."""
    return any(GROUP_OF_STEPS.search(text) for text in column.path[:-1])


def step_headings() -> list[str]:
    """Every known wording of a step, the longest first."""
    known = [key for key, names in heading_fields().items() if any(name in STEPS_AS_FIELDS for name in names)]
    return sorted(known, key=len, reverse=True)
