"""Which field each column of a table means: exact by the vocabulary, remembered, or asked. Never guessed in silence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain import fields
from domain.fields import find_field
from domain.findings import Finding, finding
from domain.periods import Period
from domain.submissions import INFRASTRUCTURE, NODE_PLAN, PROJECTS, TARGETS, ColumnReading, Known
from loaders.blocks import NO_HEADING, Block, Column, cell_address, column_letter
from loaders.frame import unit_of_lines
from loaders.months import is_last_year_end, other_months
from loaders.parts import part_of, split_columns
from loaders.ticks import tick_columns
from loaders.values import fits, is_empty, parse_money, text_of
from loaders.vocabulary import MONEY_UNITS, fields_of, nearest_heading, read_heading
from loaders.wordings import meanings_of, wordings
from loaders.workbook import Cell

INFRASTRUCTURE_WORDS = ("基础设施", "基础配套", "重点工程", "市政工程", "配套工程")
MONTHLY_FIELDS = {"investment_month_wan", "investment_ytd_wan", "stage", "progress_text", "progress_rate"}
# Headings that mean two things: the one that another column of the table already says leaves the other.
PARTNERS = {
    "start_date": "planned_start_date",
    "planned_start_date": "start_date",
    "completion_date": "planned_completion_date",
    "planned_completion_date": "completion_date",
    "investment_ytd_wan": "investment_cum_wan",
    "investment_cum_wan": "investment_ytd_wan",
}
SAMPLE_COUNT = 3
MIN_UNFIT = 3  # so many cells, none of them a word of the field, are a column of something else
# A column that says so holds phone numbers, also where the vocabulary does not know its heading.
PHONE_WORDS = re.compile(r"电话|手机|联系方式")


@dataclass(slots=True)
class Match:
    """What is known of one column while its field is looked for."""

    column: Column
    candidates: tuple[str, ...]
    cells: list[Cell]
    field: str | None = None
    how: str = "unknown"
    score: float = 0.0

    @property
    def is_blank(self) -> bool:
        return all(is_empty(cell) for cell in self.cells)


def kind_of_table(block: Block) -> str:
    """What a table lists: projects, infrastructure works, targets of the year, or the year's node plan."""
    meanings = [set(meanings_of(column.path)) for column in block.columns]
    has_projects = block.is_name_suggested or any("project_name" in meaning for meaning in meanings)
    if not has_projects and any("indicator" in meaning for meaning in meanings):
        return TARGETS
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
    ticks = tick_columns(block) if kind in (PROJECTS, INFRASTRUCTURE) else {}
    matches = [
        Match(column, ("stage",), _cells(block, column), None, "tick") if column.index in ticks else
        _candidates(block, column, kind, body, known, period)
        for column in block.columns
    ]  # fmt: skip
    for match in matches:
        _settle(match)
    _set_months_aside(matches, period)
    _settle_partners(matches)
    _refuse_doubles(block, matches)
    _suggest(matches, kind)
    unit = unit_of_lines(block)
    readings = [_reading(match, unit) for match in matches]
    found = [each for match in matches for each in _findings(block, match)]
    return readings, [*found, *_month_findings(block, matches)]


def required_findings(block: Block, kind: str, columns: list[ColumnReading]) -> list[Finding]:
    """Money must state its unit, and a list of projects must carry total investment."""
    found = [
        finding("unit_unknown", sheet=block.sheet.name, field=reading.field or "", value=reading.heading,
                cell=f"{reading.column}{block.heading_bottom + 1}", heading=reading.heading)
        for column, reading in zip(block.columns, columns, strict=True)
        if reading.field in fields.MONEY_FIELDS and reading.unit not in MONEY_UNITS and _needs_unit(block, column)
    ]  # fmt: skip
    present = {column.field for column in columns}
    required = [field.name for field in fields.PROJECT_FIELDS if field.is_required] + ["total_investment_wan"]
    for name in required if kind in (PROJECTS, INFRASTRUCTURE) else ():
        if name not in present:
            found.append(finding("required_missing", sheet=block.sheet.name, field=name,
                                 cell=cell_address(block.heading_top, block.name_column),
                                 heading=fields.PROJECT_FIELD[name].heading))  # fmt: skip
    return found


def _needs_unit(block: Block, column: Column) -> bool:
    """Whether a cell of a money column leaves its unit to the heading; 5亿元 says its own."""
    cells = [cell for cell in block.data_cells(column.index) if not is_empty(cell)]
    return any(parse_money(cell, None) is None and re.search(r"\d", text_of(cell) or "") for cell in cells)


def _candidates(block: Block, column: Column, kind: str, body: str, known: Known, period: Period | None) -> Match:
    """The fields that a heading may mean in a table of this kind, by its most telling wording that is known."""
    cells = _cells(block, column)
    remembered = known.field_of_heading(body, key_of_heading(column.heading))
    if remembered is not None and _belongs(remembered, kind):
        return Match(column, (remembered,), cells, remembered, "remembered")
    if block.is_name_suggested and column.index == block.name_column:
        near = nearest_heading(column.leaf)
        score = near[1] if near else 100.0
        return Match(column, ("project_name",), cells, None, "suggested", score)
    if period and is_last_year_end(column, period) and _belongs("investment_previous_wan", kind):
        return Match(column, ("investment_previous_wan",), cells)
    for text in wordings(column.path):
        names = tuple(name for name in fields_of(text) if _belongs(name, kind))
        if names:
            return Match(column, names, cells)
    return Match(column, _private_field(column), cells)


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


def _belongs(name: str, kind: str) -> bool:
    if name in fields.IGNORED_FIELDS:
        return True
    if kind == TARGETS:
        return name in fields.FORM_FIELDS
    if kind == NODE_PLAN:
        return name in fields.NODES_AS_FIELDS or name in ("project_name", "project_code", "district", "responsible_body")
    return name in fields.PROJECT_FIELD


def _settle(match: Match) -> None:
    """One candidate is taken; of several, the only one whose values the column can hold.

    A text can hold anything: where all values are words of another candidate it is that one. A column of words none of
    which the field knows is another column, whatever its heading says (属地 with the names of towns).
    """
    if match.field is not None or match.how in ("suggested", "tick"):
        return
    if len(match.candidates) == 1:
        match.field, match.how = match.candidates[0], "exact"
    elif match.candidates:
        _choose(match)
    if match.field and _is_of_other_words(match):
        match.candidates, match.field, match.how = (match.field,), None, "unfit"


def _choose(match: Match) -> None:
    """Of several fields that a heading may mean, the one whose values the column can hold."""
    fitting = [name for name in match.candidates if fits(_field(name), match.cells)]
    words = [name for name in fitting if _field(name).kind == fields.WORD]
    if match.is_blank:
        match.field, match.how = match.candidates[0], "exact"  # an empty column: nothing can be misread
    elif len(fitting) == 1 or len(words) == 1:
        match.field, match.how = (words or fitting)[0], "exact"
    else:
        match.candidates = tuple(fitting) or match.candidates
        match.how = "ambiguous"


def _is_of_other_words(match: Match) -> bool:
    field = _field(match.field or "")
    filled = [cell for cell in match.cells if not is_empty(cell)]
    return field.kind == fields.WORD and len(filled) >= MIN_UNFIT and not any(fits(field, [cell]) for cell in filled)


def _set_months_aside(matches: list[Match], period: Period | None) -> None:
    """Columns of other months and years than the return's (7月完成投资 beside 8月完成投资) are not this month's."""
    if period is None:
        return
    asked = [(match.column, match.field or match.candidates[0]) for match in matches
             if match.how != "tick" and (match.field or match.candidates)]  # fmt: skip
    others = other_months(asked, period)
    for match in matches:
        if match.column in others and match.how != "remembered":
            match.candidates, match.field, match.how = (match.field or match.candidates[0],), None, "other_month"


def _suggest(matches: list[Match], kind: str) -> None:
    """A field whose known headings come near an unknown one, where no other column has it."""
    taken = {match.field for match in matches} | {name for match in matches for name in match.candidates}
    for match in matches:
        if match.how != "unknown" or match.column.leaf == NO_HEADING or match.is_blank:
            continue
        near = nearest_heading(match.column.leaf) or _first_named(match)
        if near is None or near[0] in fields.IGNORED_FIELDS or near[0] in taken or not _belongs(near[0], kind):
            continue
        if fits(_field(near[0]), match.cells):
            match.candidates, match.how, match.score = (near[0],), "suggested", near[1]
            taken.add(near[0])


def _first_named(match: Match) -> tuple[str, float] | None:
    """The text that a heading of several names first (目前形象进度及下步打算), and how much of the heading that is."""
    key = read_heading(match.column.leaf).key
    first = re.split(r"[、/及和与]", key)[0]
    texts = [name for name in fields_of(first) if _field(name).kind == fields.TEXT]
    return (texts[0], 100 * len(first) / len(key)) if first != key and len(texts) == 1 else None


def _settle_partners(matches: list[Match]) -> None:
    """开工时间 beside 计划开工 is the actual start; alone it may be either, and only the sender knows."""
    taken = {match.field for match in matches if match.field}
    for match in matches:
        if match.how != "ambiguous":
            continue
        left = [name for name in match.candidates if name not in taken]
        partner_taken = [name for name in left if PARTNERS.get(name) in taken]
        if len(left) == 1 or len(partner_taken) == 1:
            match.field, match.how = (partner_taken or left)[0], "exact"
            taken.add(match.field)


def _refuse_doubles(block: Block, matches: list[Match]) -> None:
    """A field that two columns claim is read from the first; the other is reported unless it is empty or the same merge.

    Of columns under one merged heading the one with most values is read; the name's is the table's. A column of its own
    goes before one half of a column of two facts (拟开工时间 before 建设年限).
    """
    seen: dict[str, Match] = {}
    for match in sorted(matches, key=lambda each: (each.column.part is not None, each.column.index != block.name_column)):
        if match.field is None or match.field in fields.IGNORED_FIELDS:
            continue
        first = seen.setdefault(match.field, match)
        if first is match:
            continue
        same_heading = first.column.path == match.column.path
        if same_heading and _filled(match) > _filled(first) and match.field != "project_name":
            seen[match.field], first, match = match, match, first
        match.candidates = (match.field or "",)
        match.field, match.how = None, "spare" if same_heading or match.is_blank else "double"


def _filled(match: Match) -> int:
    return sum(not is_empty(cell) for cell in match.cells)


def _reading(match: Match, unit_of_table: str | None) -> ColumnReading:
    unit = None
    if match.field in fields.MONEY_FIELDS:
        named = [read_heading(text).unit for text in reversed(match.column.path)]
        # Foreign money is named and is none of ours: the unit of the table does not stand in for it.
        unit = next((name for name in named if name and (name in MONEY_UNITS or name.endswith(("元", "币")))), unit_of_table)
    elif match.field:
        unit = read_heading(match.column.leaf).unit
    filled = [cell for cell in match.cells if not is_empty(cell)]
    samples = tuple((text_of(cell) or "") for cell in filled[:SAMPLE_COUNT])
    is_private = match.field in ("phone", "person")
    return ColumnReading(column_letter(match.column.index), match.column.heading, match.field, unit, match.how,
                         () if is_private else samples, match.candidates, match.score,
                         key_of_heading(match.column.heading))  # fmt: skip


def _month_findings(block: Block, matches: list[Match]) -> list[Finding]:
    """The columns of other months, said once for the table."""
    aside = [match.column for match in matches if match.how == "other_month"]
    if not aside:
        return []
    listed = "、".join(f"{column_letter(column.index)}{block.heading_bottom + 1} {column.heading}" for column in aside[:6])
    more = f" 等 {len(aside)} 栏" if len(aside) > 6 else ""
    return [finding("heading_other_month", sheet=block.sheet.name, cell=cell_address(block.heading_bottom, aside[0].index),
                    value=aside[0].heading, columns=listed + more)]  # fmt: skip


def _findings(block: Block, match: Match) -> list[Finding]:
    place = {"sheet": block.sheet.name, "cell": cell_address(block.heading_bottom, match.column.index)}
    heading = match.column.heading
    names = [_field(name).heading for name in match.candidates]
    if match.how == "ambiguous":
        return [finding("heading_ambiguous", **place, value=heading, heading=heading, fields="或".join(names))]
    if match.how == "double":
        return [finding("heading_double", **place, value=heading, heading=heading, field_name=names[0])]
    if match.how == "suggested":
        return [finding("heading_suggested", **place, field=match.candidates[0], value=heading, heading=heading,
                        field_name=names[0], score=f"{match.score:.0f}%")]  # fmt: skip
    if match.how == "unfit":
        words = "、".join(dict.fromkeys((text_of(cell) or "") for cell in match.cells if not is_empty(cell)).keys())
        return [finding("column_unfit", **place, value=heading, heading=heading, field_name=names[0], words=words[:40])]
    if match.how == "unknown" and not match.is_blank:
        return [finding("heading_unknown", **place, value=heading, heading=heading)]
    return []


def _field(name: str) -> fields.Field:
    field = find_field(name)
    if field is None:
        raise KeyError(f"the vocabulary names a field that is not declared: {name}")
    return field
