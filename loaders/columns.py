"""Which field each column of a table means: exact by the vocabulary, remembered, or asked. Never guessed in silence."""

from __future__ import annotations

import hashlib
import re

from domain import fields
from domain.findings import Finding, finding
from domain.periods import Period
from domain.submissions import INFRASTRUCTURE, NODE_PLAN, PERMITS, PROJECTS, TARGETS, ColumnReading, Known
from loaders.blocks import Block, Column
from loaders.frame import unit_of_lines, units_of_lines
from loaders.months import is_last_year_end
from loaders.parts import part_of, split_columns
from loaders.permit_columns import is_ledger, is_under_steps, ledger_field, set_loose_aspects_aside
from loaders.settling import Match, belongs, declared, settle_matches
from loaders.ticks import tick_columns
from loaders.values import is_empty, parse_money, text_of
from loaders.vocabulary import MONEY_UNITS, fields_of, nearest_heading, read_heading
from loaders.wordings import meanings, meanings_of
from loaders.workbook import Cell

INFRASTRUCTURE_WORDS = ("基础设施", "基础配套", "重点工程", "市政工程", "配套工程")
MONTHLY_FIELDS = {"investment_month_wan", "investment_ytd_wan", "stage", "progress_text", "progress_rate"}
SAMPLE_COUNT = 3
# A column that says so holds phone numbers, also where the vocabulary does not know its heading.
PHONE_WORDS = re.compile(r"电话|手机|联系方式")


def kind_of_table(block: Block) -> str:
    """What a table lists: projects, infrastructure works, targets of the year, the year's node plan, or permits."""
    meanings = [set(meanings_of(column.path)) for column in block.columns]
    has_projects = block.is_name_suggested or any("project_name" in meaning for meaning in meanings)
    if not has_projects and any("indicator" in meaning for meaning in meanings):
        return TARGETS
    if is_ledger(block):
        return PERMITS
    nodes = sum(1 for meaning in meanings if any(name.startswith("node_") for name in meaning))
    if nodes >= 4 and not any(meaning & MONTHLY_FIELDS for meaning in meanings):
        return NODE_PLAN
    if any(word in text for word in INFRASTRUCTURE_WORDS for text in (block.title, block.nearest_line, block.sheet.name)):
        return INFRASTRUCTURE
    return PROJECTS


def match_columns(block: Block, kind: str, body: str, known: Known,
                  period: Period | None = None) -> tuple[list[ColumnReading], list[Finding]]:  # fmt: skip
    """Read the headings of a table: one ColumnReading a column, and the findings where a person must decide.

    A column of two facts in each cell becomes two columns of the table.
    """
    block.columns = split_columns(block)
    form = form_of(block, kind)
    ticks = tick_columns(block) if kind in (PROJECTS, INFRASTRUCTURE) else {}
    matches = [
        Match(column, ("stage",), _cells(block, column), None, "tick") if column.index in ticks else
        _candidates(block, column, kind, known.field_of_heading(body, form, key_of_heading(column.heading)), period)
        for column in block.columns
    ]  # fmt: skip
    if kind == PERMITS:
        set_loose_aspects_aside(matches)
    settle_matches(block, kind, matches, period, lambda name, word: known.code_of_word(body, name, word) is not None)
    _recall(matches, kind, body, known)
    unit = unit_of_lines(block)
    readings = [_reading(block, match, unit, form) for match in matches]
    found = [each for match in matches for each in _findings(block, match)]
    return readings, [*found, *_month_findings(block, matches)]


def required_findings(block: Block, kind: str, columns: list[ColumnReading]) -> list[Finding]:
    """Money must state its unit, and a list of projects must carry total investment."""
    units = units_of_lines(block)
    found = [
        finding("units_disagree" if len(units) > 1 and reading.unit is None else "unit_unknown", sheet=block.sheet.name,
                field=reading.field or "",
                value=reading.heading, cell=block.sheet.address(block.heading_bottom, column.index),
                heading=reading.heading, units="、".join(units))
        for column, reading in zip(block.columns, columns, strict=True)
        if reading.field in fields.MONEY_FIELDS and reading.unit not in MONEY_UNITS and _needs_unit(block, column)
    ]  # fmt: skip
    present = {column.field for column in columns}
    required = [field.name for field in fields.PROJECT_FIELDS if field.is_required] + ["total_investment_wan"]
    for name in required if kind in (PROJECTS, INFRASTRUCTURE) else ():
        if name not in present:
            found.append(finding("required_missing", sheet=block.sheet.name, field=name,
                                 cell=block.cell, heading=fields.PROJECT_FIELD[name].heading))  # fmt: skip
    return found


def _needs_unit(block: Block, column: Column) -> bool:
    """Whether a cell of a money column leaves its unit to the heading; 5亿元 says its own."""
    cells = [cell for cell in block.data_cells(column.index) if not is_empty(cell)]
    return any(parse_money(cell, None) is None and re.search(r"\d", text_of(cell) or "") for cell in cells)


def _candidates(block: Block, column: Column, kind: str, remembered: str | None, period: Period | None) -> Match:
    """The fields that a heading may mean in a table of this kind, by its most telling wording that is known."""
    cells = _cells(block, column)
    if remembered is not None and belongs(remembered, kind):
        return Match(column, (remembered,), cells, remembered, "remembered")
    if block.is_name_suggested and column.index == block.name_column:
        near = nearest_heading(column.leaf)
        score = near[1] if near else 100.0
        return Match(column, ("project_name",), cells, None, "suggested", score)
    if kind == PERMITS and (name := ledger_field(column.path)):
        return Match(column, (name,), cells)
    if period and is_last_year_end(column, period) and belongs("investment_previous_wan", kind):
        return Match(column, ("investment_previous_wan",), cells)
    for known in meanings(column.path):
        names = tuple(name for name in known if belongs(name, kind))
        if names:
            return Match(column, names, cells)
    if kind != NODE_PLAN and is_under_steps(column) and (name := ledger_field(column.path)):
        return Match(column, (name,), cells)  # 手续办理情况 over 立项, 环评 ... in a list of the month
    return Match(column, _private_field(column), cells)


def _recall(matches: list[Match], kind: str, body: str, known: Known) -> None:
    """What was confirmed for a heading in another form of the sender's is suggested in this one, and never taken."""
    taken = {match.field for match in matches}
    for match in matches:
        if match.how not in ("ambiguous", "suggested", "unknown") or match.is_blank:
            continue
        name = known.field_in_other_form(body, key_of_heading(match.column.heading))
        if name is not None and name not in taken and belongs(name, kind):
            others = match.candidates if match.how == "ambiguous" else ()
            match.candidates = (name, *(each for each in others if each != name))
            match.how, match.score = "suggested", 0.0


def _private_field(column: Column) -> tuple[str, ...]:
    """Phone numbers or persons where a heading that is not known names them, alone or among others (责任单位/责任人)."""
    key = read_heading(column.leaf).key
    if PHONE_WORDS.search(key):
        return ("phone",)
    parts = re.split(r"[/、,及和与或]", key)
    return ("person",) if len(parts) > 1 and any("person" in fields_of(part) for part in parts) else ()


def _cells(block: Block, column: Column) -> list[Cell]:
    """What stands in a column, in the rows of projects; of a column of two facts the one that is meant."""
    cells = block.data_cells(column.index)
    if column.part is None:
        return cells
    found: list[Cell] = []
    for cell in cells:
        try:
            found.append(part_of(cell, column.part))
        except ValueError:
            continue
    return found


def key_of_heading(heading: str) -> str:
    """The key under which a person's decision about a heading, its lines joined by /, is remembered."""
    return "/".join(read_heading(text).key for text in heading.split("/"))


def form_of(block: Block, kind: str) -> str:
    """What makes two tables the same form, to remember answers by: what they list and their headings, in any order.

    Years and months in headings do not count, so that next month's table is the same form.
    """
    keys = sorted({key_of_heading(column.heading) for column in block.columns})
    return hashlib.sha256("\n".join([kind, *keys]).encode()).hexdigest()[:12]


def _reading(block: Block, match: Match, unit_of_table: str | None, form: str) -> ColumnReading:
    unit = None
    if match.field in fields.MONEY_FIELDS:
        named = [read_heading(text).unit for text in reversed(match.column.path)]
        # Foreign money is named and is none of ours: the unit of the table does not stand in for it.
        unit = next((name for name in named if name and (name in MONEY_UNITS or name.endswith(("元", "币")))), unit_of_table)
    elif match.field in fields.LAND_FIELDS:  # 用地情况（公顷） over 已申请
        unit = next((named for text in reversed(match.column.path) if (named := read_heading(text).unit)), None)
    elif match.field:
        unit = read_heading(match.column.leaf).unit
    filled = [cell for cell in match.cells if not is_empty(cell)]
    samples = tuple((text_of(cell) or "") for cell in filled[:SAMPLE_COUNT])
    is_private = match.field in ("phone", "person")
    return ColumnReading(block.sheet.letter(match.column.index), match.column.heading, match.field, unit, match.how,
                         () if is_private else samples, match.candidates, match.score,
                         key_of_heading(match.column.heading), form)  # fmt: skip


def _month_findings(block: Block, matches: list[Match]) -> list[Finding]:
    """The columns of other months, said once for the table."""
    aside = [match.column for match in matches if match.how == "other_month"]
    if not aside:
        return []
    listed = "、".join(f"{block.sheet.address(block.heading_bottom, column.index)} {column.heading}" for column in aside[:6])
    more = f" 等 {len(aside)} 栏" if len(aside) > 6 else ""
    return [finding("heading_other_month", sheet=block.sheet.name, cell=block.sheet.address(block.heading_bottom, aside[0].index),
                    value=aside[0].heading, columns=listed + more)]  # fmt: skip


def _findings(block: Block, match: Match) -> list[Finding]:
    place = {"sheet": block.sheet.name, "cell": block.sheet.address(block.heading_bottom, match.column.index)}
    heading = match.column.heading
    names = [declared(name).heading for name in match.candidates]
    if match.how == "ambiguous":
        return [finding("heading_ambiguous", **place, value=heading, heading=heading, fields="或".join(names))]
    if match.how == "double":
        return [finding("heading_double", **place, value=heading, heading=heading, field_name=names[0])]
    if match.how == "suggested" and not match.score:
        return [finding("heading_in_other_form", **place, field=match.candidates[0], value=heading, heading=heading,
                        field_name=names[0])]  # fmt: skip
    if match.how == "suggested":
        return [finding("heading_suggested", **place, field=match.candidates[0], value=heading, heading=heading,
                        field_name=names[0], score=f"{match.score:.0f}%")]  # fmt: skip
    if match.how == "unfit":
        words = "、".join(dict.fromkeys((text_of(cell) or "") for cell in match.cells if not is_empty(cell)).keys())
        return [finding("column_unfit", **place, value=heading, heading=heading, field_name=names[0], words=words[:40])]
    if match.how == "unknown" and not match.is_blank:
        return [finding("heading_unknown", **place, value=heading, heading=heading)]
    return []
