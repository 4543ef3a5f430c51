"""What a return says about itself outside its tables: the month, the sender, the unit of its money.

Each is looked for in every place that may say it (title, cut-off line, sender line, headings, file name); places that
disagree are a finding, never a choice made in silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from domain.bodies import body_name, find_district
from domain.dates import YEARS
from domain.findings import Finding, finding
from domain.periods import Period
from loaders.blocks import Block, narrow
from loaders.said_months import YEAR_ONLY, heading_month, month_of, number_of, written
from loaders.values import text_of
from loaders.vocabulary import fields_of

SENDER = re.compile(r"(?:填报|报送|上报|填表|编报)?单位(?:\([^)]*\))?[::]\s*(?P<sender>[^\s::]*(?:片区|县|指挥部|区)[^\s::]*)")
UNIT_LINE = re.compile(r"(?:单位|金额)(?:\([^)]*\))?[::]\S*?(亿元|百万元|万元|千元|(?<![亿万千美欧日港])元)")
UNIT_ALONE = re.compile(r"亿元|万元")
MONEY_UNIT = re.compile(r"(?:亿元|百?万元|千元)(?!及?以[上下])|[亿万]?[美欧日港]元")
UNIT_IN_BRACKETS = re.compile(r"[(\[【][^)\]】]*?(?<!\d)(亿元|万元)(?!及?以[上下])[^)\]】]*[)\]】]")


@dataclass(frozen=True, slots=True)
class Saying:
    """One place that says something: what kind of place, its text, and where."""

    place: str
    text: str
    sheet: str = ""
    cell: str = ""


def read_period(file_name: str, blocks: list[Block]) -> tuple[Period | None, list[Finding]]:
    """The reporting period of a monthly return, and the findings when the places disagree or none says it."""
    said = [(saying, month_of(saying.text)) for saying in _sayings(file_name, blocks)]
    months = [(saying, period) for saying, period in said if period is not None]
    periods = {period for _, period in months}
    if not periods:
        period = _period_of_columns(blocks) or _period_of_headings(file_name, blocks)
        return period, [] if period else [finding("period_unknown")]
    if len(periods) > 1:
        return None, [_conflict("period_conflict", months)]
    (period,) = periods
    return period, _heading_conflicts(period, blocks)


def read_year(file_name: str, blocks: list[Block]) -> int | None:
    """The year of a yearly form (targets, node plan), from its title or file name."""
    for saying in _sayings(file_name, blocks):
        found = YEAR_ONLY.search(narrow(saying.text))
        if found and number_of(found["year"]) in YEARS:
            return number_of(found["year"])
    return None


def read_body(file_name: str, blocks: list[Block]) -> tuple[str | None, list[Finding]]:
    """The district that sends the return, and the findings when the places disagree or none says it."""
    said = []
    for saying in _sayings(file_name, blocks):
        code = body_of_text(saying.text)
        if code:
            said.append((saying, code))
    codes = {code for _, code in said}
    if not codes:
        return None, [finding("body_unknown")]
    if len(codes) > 1:
        return None, [_conflict("body_conflict", [(saying, body_name(code)) for saying, code in said])]
    return codes.pop(), []


def body_of_text(text: str) -> str | None:
    """The code of the one district that a line names; of a line of the sender's, the one after the colon."""
    sender = SENDER.search(narrow(text))
    body = find_district(sender["sender"] if sender else narrow(text))
    return body.code if body else None


def bodies_of_table(block: Block) -> set[str]:
    """The codes of the districts that the lines around a table and its sheet's name say."""
    return {code for saying in _table_sayings(block) if (code := body_of_text(saying.text))}


def unit_of_lines(block: Block) -> str | None:
    """The money unit that a table's lines state; none where they state two."""
    units = units_of_lines(block)
    return units[0] if len(units) == 1 else None


def units_of_lines(block: Block) -> list[str]:
    """The money units that the lines around a table state, in unit lines or in brackets of its title.

    Its own lines go before those at the top of the sheet and the sheet's name. A line that states two units states none.
    """
    for lines in ((*block.above, *block.below), block.sheet_lines, [block.sheet.name]):
        cells = [cell for line in lines for cell in line.split("    ") if UNIT_ALONE.fullmatch(narrow(cell))]
        stated = [narrow(cells[0])] if len(cells) == 1 else []
        for line in map(narrow, lines):
            found = UNIT_LINE.search(line) or UNIT_IN_BRACKETS.search(line)
            if found and len(set(MONEY_UNIT.findall(line))) <= 1:
                stated.append(found[1])
            elif found:
                return []
        if stated:
            return list(dict.fromkeys(stated))
    return []


def _sayings(file_name: str, blocks: list[Block]) -> list[Saying]:
    """Lines over the tables, their foot lines, the sheets' names and the file's name."""
    said = [saying for block in blocks for saying in _table_sayings(block)]
    return [*said, Saying("文件名", PurePath(file_name).stem)]


def _table_sayings(block: Block) -> list[Saying]:
    said = [saying for row in block.above_rows for saying in _row_sayings(block, row)]
    said += [Saying("表下", line, block.sheet.name) for line in block.below if SENDER.search(narrow(line))]
    return [*said, Saying("工作表名", block.sheet.name, block.sheet.name)]


def _row_sayings(block: Block, row: int) -> list[Saying]:
    place = "表题" if row == 0 else "表头上方"
    texts = [(column, _cell_text(cell)) for column, cell in enumerate(block.sheet.rows[row])]
    return [Saying(place, text, block.sheet.name, block.sheet.address(row, column)) for column, text in texts if text]


def _heading_conflicts(period: Period, blocks: list[Block]) -> list[Finding]:
    """Headings name the month too (1-8月累计完成投资): the latest one must be the period's."""
    found = []
    for block in blocks:
        months = [(column, heading_month(column.heading, period.year)) for column in block.columns]
        named = [(column, month) for column, month in months if month is not None]
        if named and all(month != period.month for _, month in named):
            column, month = named[0]
            places = f"表题等处 {written(period)}、表头“{column.heading}” {month}月"
            found.append(finding("period_conflict", sheet=block.sheet.name, value=column.heading, places=places))
    return found


def _period_of_columns(blocks: list[Block]) -> Period | None:
    """The one month that columns of year and month say in every row, as exports of other systems have them."""
    said: set[str] = set()
    for block in blocks:
        columns = [column.index for column in block.columns if "report_period" in fields_of(column.leaf)]
        cells = [block.data_cells(index) for index in columns]
        said |= {"".join(map(period_part, row)) for row in zip(*cells, strict=True)}
    return month_of(said.pop()) if len(said) == 1 else None


def period_part(cell: object) -> str:
    """2024 as 2024年 and 8 as 8月; anything else as it is typed."""
    text = narrow(text_of(cell) or "")
    if re.fullmatch(r"(?:19|20)\d\d", text):
        return f"{text}年"
    return f"{text}月" if re.fullmatch(r"0?[1-9]|1[0-2]", text) else text


def _period_of_headings(file_name: str, blocks: list[Block]) -> Period | None:
    """The latest month that headings of money or progress done name, where nothing else names one.

    The year stands in the heading (2024年1-8月完成投资) or alone in a title (2024年重大项目表).
    """
    headings = [column.heading for block in blocks for column in block.columns]
    years = {number_of(found["year"]) for text in headings for found in YEAR_ONLY.finditer(narrow(text))
             if re.search(rf"{found['year']}年(?:0?1月?[-—–~至到])?\d{{1,2}}月", narrow(text))}  # fmt: skip
    year = max(years, default=read_year(file_name, blocks))
    months = [month for text in headings if year and (month := heading_month(text, year))]
    return Period(year, max(months)) if year in YEARS and months else None


def _conflict(code: str, said: list[tuple[Saying, object]]) -> Finding:
    """One finding that lists each differing place once, at the first place that stands in a cell."""
    listed: dict[tuple[str, str], None] = {}
    for saying, what in said:
        shown = written(what) if isinstance(what, Period) else str(what)
        place = f"{saying.place}（{saying.sheet} {saying.cell}）" if saying.cell else saying.place
        listed.setdefault((place, shown))
    at = next((saying for saying, _ in said if saying.cell), said[0][0])
    places = "、".join(f"{place} {shown}" for place, shown in listed)
    return finding(code, sheet=at.sheet, cell=at.cell, value=at.text, places=places)


def _cell_text(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else ""
