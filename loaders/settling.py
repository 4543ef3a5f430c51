"""Settling what the columns of a table mean, when each has its candidates: by values, by partners, by months, or asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from domain import fields
from domain.fields import find_field
from domain.periods import Period
from domain.submissions import NODE_PLAN, PERMITS, TARGETS
from loaders.blocks import NO_HEADING, Block, Column
from loaders.months import is_plan_of, other_months
from loaders.permit_columns import ROW_ASPECTS, belongs_to_ledger
from loaders.values import fits, is_empty, parse_number, text_of
from loaders.vocabulary import fields_of, nearest_heading, normalise_word, read_heading
from loaders.wordings import barred_fields, is_of_a_month
from loaders.workbook import Cell

# Headings that mean two things: the one that another column of the table already says leaves the other.
PARTNERS = {
    "start_date": "planned_start_date",
    "planned_start_date": "start_date",
    "completion_date": "planned_completion_date",
    "planned_completion_date": "completion_date",
    "investment_ytd_wan": "investment_cum_wan",
    "investment_cum_wan": "investment_ytd_wan",
}
TOLD_IN_WORDS = ("next_step_text", "annual_goal_text", "progress_text")
MOSTLY = 0.8
MIN_UNFIT = 3  # so many cells, none of them a word of the field, are a column of something else


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


def settle_matches(block: Block, kind: str, matches: list[Match], period: Period | None,
                   is_confirmed: Callable[[str, str], bool]) -> None:  # fmt: skip
    """Give each column its field, where the headings and values say it; the others are asked, told or left.

    ``is_confirmed`` tells of a field and a normalised word whether a person said what the sender means by it.
    """
    for match in matches:
        _settle(match, is_confirmed)
    _set_months_aside(matches, period)
    _settle_partners(matches)
    _refuse_doubles(block, matches)
    _suggest(matches, kind)


def _settle(match: Match, is_confirmed: Callable[[str, str], bool]) -> None:
    """One candidate is taken; of several, the only one whose values the column can hold.

    A text can hold anything: where all values are words of another candidate it is that one. A column of words none of
    which the field knows is another column, whatever its heading says (属地 with the names of towns).
    """
    if match.field is not None or match.how in ("suggested", "tick"):
        return
    if len(match.candidates) == 1 and _is_of_amounts(match):
        match.candidates = ()
    elif len(match.candidates) == 1:
        match.field, match.how = match.candidates[0], "exact"
    elif match.candidates:
        _choose(match)
    if match.field and _is_of_other_words(match, is_confirmed):
        match.candidates, match.field, match.how = (match.field,), None, "unfit"


def _is_of_amounts(match: Match) -> bool:
    """8月计划 over figures is a plan of money or of work done, and no text of what comes next: which one is not said."""
    if match.candidates[0] not in TOLD_IN_WORDS:
        return False
    filled = [cell for cell in match.cells if not is_empty(cell)]
    numbers = sum(parse_number(cell) is not None for cell in filled)
    return bool(filled) and numbers >= MOSTLY * len(filled)


def _choose(match: Match) -> None:
    """Of several fields that a heading may mean, the one whose values the column can hold."""
    fitting = [name for name in match.candidates if fits(declared(name), match.cells)]
    words = [name for name in fitting if declared(name).kind == fields.WORD]
    if match.is_blank:
        match.field, match.how = match.candidates[0], "exact"  # an empty column: nothing can be misread
    elif len(fitting) == 1 or len(words) == 1:
        match.field, match.how = (words or fitting)[0], "exact"
    else:
        match.candidates = tuple(fitting) or match.candidates
        match.how = "ambiguous"


def _is_of_other_words(match: Match, is_confirmed: Callable[[str, str], bool]) -> bool:
    field = declared(match.field or "")
    filled = [cell for cell in match.cells if not is_empty(cell)]
    if field.kind != fields.WORD or len(filled) < MIN_UNFIT:
        return False
    return not any(
        fits(field, [cell]) or is_confirmed(field.name, normalise_word(text_of(cell) or "")) for cell in filled
    )


def _set_months_aside(matches: list[Match], period: Period | None) -> None:
    """Columns of other months and years than the return's (7月完成投资 beside 8月完成投资) are not this month's."""
    if period is None:
        return
    asked = [(match.column, match.field or match.candidates[0]) for match in matches
             if match.how != "tick" and (match.field or match.candidates)]  # fmt: skip
    others = other_months(asked, period)
    for match in matches:
        if match.field == "next_step_text" and match.how == "exact" and is_plan_of(match.column, period):
            match.candidates, match.field, match.how = (), None, "unknown"
        if match.column in others and match.how != "remembered":
            match.candidates, match.field, match.how = (match.field or match.candidates[0],), None, "other_month"


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


def _suggest(matches: list[Match], kind: str) -> None:
    """A field whose known headings come near an unknown one, where no other column has it."""
    taken = {match.field for match in matches} | {name for match in matches for name in match.candidates}
    for match in matches:
        if match.how != "unknown" or match.column.leaf == NO_HEADING or match.is_blank or is_of_a_month(match.column.path):
            continue
        near = nearest_heading(match.column.leaf, partial(_may_suggest, kind)) or _first_named(match)
        if near is None or near[0] in taken | barred_fields(match.column.path) or not belongs(near[0], kind):
            continue
        if near[0] in fields.IGNORED_FIELDS:
            continue
        if fits(declared(near[0]), match.cells):
            match.candidates, match.how, match.score = (near[0],), "suggested", near[1]
            taken.add(near[0])


def _may_suggest(kind: str, name: str) -> bool:
    """A ledger's headings are near to those of no other form: 环评批复时间 in a list of the month is not suggested as a step."""
    if kind == PERMITS:
        return belongs(name, kind) and name not in ROW_ASPECTS  # said of which step, a heading by itself does not tell
    return name not in fields.LEDGER_FIELDS


def _first_named(match: Match) -> tuple[str, float] | None:
    """The text that a heading of several names first (目前形象进度及下步打算), and how much of the heading that is."""
    key = read_heading(match.column.leaf).key
    first = re.split(r"[、/及和与]", key)[0]
    texts = [name for name in fields_of(first) if declared(name).kind == fields.TEXT]
    return (texts[0], 100 * len(first) / len(key)) if first != key and len(texts) == 1 else None


def _filled(match: Match) -> int:
    return sum(not is_empty(cell) for cell in match.cells)


def belongs(name: str, kind: str) -> bool:
    """Whether a table of this kind may have the field."""
    if name in fields.IGNORED_FIELDS:
        return True
    if kind == TARGETS:
        return name in fields.FORM_FIELDS
    if kind == NODE_PLAN:
        return name in fields.NODES_AS_FIELDS or name in ("project_name", "project_code", "district", "responsible_body")
    if kind == PERMITS:
        return belongs_to_ledger(name)
    return name in fields.PROJECT_FIELD


def declared(name: str) -> fields.Field:
    """The declaration of a field that the vocabulary names; KeyError for none."""
    field = find_field(name)
    if field is None:
        raise KeyError(f"the vocabulary names a field that is not declared: {name}")
    return field
