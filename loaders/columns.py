"""Which field each column of a table means: exact by the vocabulary, remembered, or asked. Never guessed in silence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain import fields
from domain.fields import find_field
from domain.findings import Finding, finding
from domain.submissions import INFRASTRUCTURE, NODE_PLAN, PROJECTS, TARGETS, ColumnReading, Known
from loaders.frame import unit_of_lines
from loaders.tables import Block, Column, cell_address, column_letter
from loaders.values import fits, is_empty, text_of
from loaders.vocabulary import MONEY_UNITS, fields_of, nearest_heading, read_heading

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
# A column that says so holds phone numbers, also where the vocabulary does not know its heading.
PHONE_WORDS = re.compile(r"电话|手机|联系方式")


@dataclass(slots=True)
class Match:
    """What is known of one column while its field is looked for."""

    column: Column
    candidates: tuple[str, ...]
    field: str | None = None
    how: str = "unknown"
    score: float = 0.0


def kind_of_table(block: Block) -> str:
    """What a table lists: projects, infrastructure works, targets of the year, or the year's node plan."""
    meanings = [set(fields_of(column.leaf)) for column in block.columns]
    if any("indicator" in meaning for meaning in meanings):
        return TARGETS
    nodes = sum(1 for meaning in meanings if any(name.startswith("node_") for name in meaning))
    if nodes >= 4 and not any(meaning & MONTHLY_FIELDS for meaning in meanings):
        return NODE_PLAN
    if any(word in block.title or word in block.sheet.name for word in INFRASTRUCTURE_WORDS):
        return INFRASTRUCTURE
    return PROJECTS


def match_columns(block: Block, kind: str, body: str, known: Known) -> tuple[list[ColumnReading], list[Finding]]:
    """Read the headings of a table: one ColumnReading a column, and the findings where a person must decide."""
    matches = [_candidates(column, kind, body, known) for column in block.columns]
    for match in matches:
        _settle(block, match, kind)
    _settle_partners(matches)
    _refuse_doubles(block, matches)
    unit = unit_of_lines(block)
    readings = [_reading(block, match, unit) for match in matches]
    return readings, [found for match in matches for found in _findings(block, match)]


def required_findings(block: Block, kind: str, columns: list[ColumnReading]) -> list[Finding]:
    """Money must state its unit, and a list of projects must carry total investment."""
    found = [
        finding("unit_unknown", sheet=block.sheet.name, field=column.field or "", value=column.heading,
                cell=f"{column.column}{block.heading_bottom + 1}", heading=column.heading)
        for column in columns
        if column.field in fields.MONEY_FIELDS and column.unit not in MONEY_UNITS
    ]  # fmt: skip
    present = {column.field for column in columns}
    if kind in (PROJECTS, INFRASTRUCTURE) and "total_investment_wan" not in present:
        place = cell_address(block.heading_top, block.name_column)
        found.append(finding("required_missing", sheet=block.sheet.name, cell=place, field="total_investment_wan",
                             heading=fields.PROJECT_FIELD["total_investment_wan"].heading))  # fmt: skip
    return found


def _candidates(column: Column, kind: str, body: str, known: Known) -> Match:
    """The fields that a heading may mean in a table of this kind.

    Its two lowest lines as one first, in either order (计划 over 开工时间, 完成投资 over 8月), then the lowest alone.
    """
    remembered = known.field_of_heading(body, key_of_heading(column.heading))
    if remembered is not None and _belongs(remembered, kind):
        return Match(column, (remembered,), remembered, "remembered")
    pair = column.path[-2:]
    joined = ("".join(pair), "".join(reversed(pair))) if len(pair) > 1 else ()
    for text in (*joined, column.leaf):
        names = tuple(name for name in fields_of(text) if _belongs(name, kind))
        if names:
            return Match(column, names)
    return Match(column, ("phone",) if PHONE_WORDS.search(read_heading(column.leaf).key) else ())


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


def _settle(block: Block, match: Match, kind: str) -> None:
    """One candidate is taken; of several, the only one whose values the column can hold.

    A text can hold anything: where all values are words of another candidate it is that one.
    """
    if match.field is not None:
        return
    cells = block.data_cells(match.column.index)
    if len(match.candidates) == 1:
        match.field, match.how = match.candidates[0], "exact"
    elif match.candidates:
        fitting = [name for name in match.candidates if fits(_field(name), cells)]
        words = [name for name in fitting if _field(name).kind == fields.WORD]
        if all(is_empty(cell) for cell in cells):
            match.field, match.how = match.candidates[0], "exact"  # an empty column: nothing can be misread
        elif len(fitting) == 1 or len(words) == 1:
            match.field, match.how = (words or fitting)[0], "exact"
        else:
            match.candidates = tuple(fitting) or match.candidates
            match.how = "ambiguous"
    else:
        near = nearest_heading(match.column.leaf)
        if near and near[0] not in fields.IGNORED_FIELDS and _belongs(near[0], kind) and fits(_field(near[0]), cells):
            match.candidates, match.how, match.score = (near[0],), "suggested", near[1]


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
    """A field that two columns claim is read from the first; the other is reported unless it is empty or the same merge."""
    seen: dict[str, Match] = {}
    for match in matches:
        if match.field is None or match.field in fields.IGNORED_FIELDS:
            continue
        first = seen.setdefault(match.field, match)
        if first is not match:
            same_heading = first.column.path == match.column.path
            is_blank = all(is_empty(cell) for cell in block.data_cells(match.column.index))
            match.candidates = (match.field,)
            match.field, match.how = None, "spare" if same_heading or is_blank else "double"


def _reading(block: Block, match: Match, unit_of_table: str | None) -> ColumnReading:
    unit = None
    if match.field in fields.MONEY_FIELDS:
        named = [read_heading(text).unit for text in reversed(match.column.path)]
        unit = next((name for name in named if name in MONEY_UNITS), unit_of_table)
    elif match.field:
        unit = read_heading(match.column.leaf).unit
    filled = [cell for cell in block.data_cells(match.column.index) if not is_empty(cell)]
    samples = tuple((text_of(cell) or "") for cell in filled[:SAMPLE_COUNT])
    is_private = match.field in ("phone", "person")
    return ColumnReading(column_letter(match.column.index), match.column.heading, match.field, unit, match.how,
                         () if is_private else samples, match.candidates, match.score,
                         key_of_heading(match.column.heading))  # fmt: skip


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
    if match.how == "unknown" and any(not is_empty(cell) for cell in block.data_cells(match.column.index)):
        return [finding("heading_unknown", **place, value=heading, heading=heading)]
    return []


def _field(name: str) -> fields.Field:
    field = find_field(name)
    if field is None:
        raise KeyError(f"the vocabulary names a field that is not declared: {name}")
    return field
