"""What a return says about itself outside its tables: the month, the sender, the unit of its money.

Each is looked for in every place that may say it (title, cut-off line, sender line, headings, file name); places that
disagree are a finding, never a choice made in silence.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath

from domain.bodies import find_district
from domain.dates import CHINESE_DIGITS, YEARS
from domain.findings import Finding, finding
from domain.periods import Period
from loaders.blocks import Block, cell_address
from loaders.values import text_of
from loaders.vocabulary import fields_of

YEAR = r"(?P<year>(?:19|20)\d\d|[〇零○一二三四五六七八九]{4})"
MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
# The first month of a range (1-8月, 1月1日至8月31日, 2023年12月—2024年8月); a range means its last month.
SINCE = r"(?:(?:1[0-2]|0?[1-9])月?(?:\d{1,2}日)?[-—–~至到](?:(?P<last_year>(?:19|20)\d\d)年)?)?"
YEAR_MONTH = re.compile(rf"{YEAR}年度?{SINCE}{MONTH}月")
DOTTED_YEAR_MONTH = re.compile(rf"(?<!\d){YEAR}[-./](?:0?1[-—–~至到](?=\d{{1,2}}月))?{MONTH}(?!\d)")
COMPACT_YEAR_MONTH = re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?!\d)")
YEAR_QUARTER = re.compile(rf"{YEAR}\s*年?度?第?(?P<quarter>[一二三四1-4])季度")
YEAR_HALF = re.compile(rf"{YEAR}\s*年?度?(?P<half>上|下)半年")
YEAR_ONLY = re.compile(rf"{YEAR}\s*年")
MONTH_IN_HEADING = re.compile(r"(?<![\d下前后])(?:0?1月?\s*[-—–~至到]\s*)?(?P<month>1[0-2]|0?[1-9])月(?!底前|末前|计划|目标)")
# The day a form was filled in is often in the month after the one it speaks of.
FILLED_IN = re.compile(r"(填报|填表|制表|报送|上报)(日期|时间|期限)")
SENDER = re.compile(r"(?:填报|报送|上报|填表|编报)?单位(?:\([^)]*\))?[::]\s*(?P<sender>[^\s::]*(?:片区|县|指挥部|区)[^\s::]*)")
UNIT_LINE = re.compile(r"(?:单位|金额)(?:\([^)]*\))?[::]\S*?(亿元|百万元|万元|千元|(?<![亿万千美欧日港])元)")
UNIT_ALONE = re.compile(r"亿元|万元")
MONEY_UNIT = re.compile(r"(?:亿元|百?万元|千元)(?!及?以[上下])|[亿万]?[美欧日港]元")
UNIT_IN_BRACKETS = re.compile(r"[(\[【][^)\]】]*?(亿元|万元)(?!及?以[上下])[^)\]】]*[)\]】]")


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
        found = YEAR_ONLY.search(_narrow(saying.text))
        if found and _number(found["year"]) in YEARS:
            return _number(found["year"])
    return None


def read_body(file_name: str, blocks: list[Block]) -> tuple[str | None, list[Finding]]:
    """The district that sends the return, and the findings when the places disagree or none says it."""
    said = []
    for saying in _sayings(file_name, blocks):
        sender = SENDER.search(_narrow(saying.text))
        body = find_district(sender["sender"] if sender else _narrow(saying.text))
        if body:
            said.append((saying, body))
    codes = {body.code for _, body in said}
    if not codes:
        return None, [finding("body_unknown")]
    if len(codes) > 1:
        return None, [_conflict("body_conflict", [(saying, body.name) for saying, body in said])]
    return codes.pop(), []


def unit_of_lines(block: Block) -> str | None:
    """The money unit that a table's lines state: a unit line first, else brackets in its title.

    Its own lines go before those at the top of the sheet and the sheet's name. A line that states two units states none.
    """
    for lines in ((*block.above, *block.below), block.sheet_lines, [block.sheet.name]):
        cells = [cell for line in lines for cell in line.split("    ") if UNIT_ALONE.fullmatch(_narrow(cell))]
        if len(cells) == 1:
            return _narrow(cells[0])
        for pattern in (UNIT_LINE, UNIT_IN_BRACKETS):
            for line in map(_narrow, lines):
                found = pattern.search(line)
                if found:
                    return found[1] if len(set(MONEY_UNIT.findall(line))) <= 1 else None
    return None


def month_of(text: str) -> Period | None:
    """The month that a line names, the last of a range; None when it names none or only a day of filling in."""
    text = _narrow(text)
    text = re.split(FILLED_IN, text)[0]
    for pattern in (YEAR_MONTH, DOTTED_YEAR_MONTH, COMPACT_YEAR_MONTH):
        found = pattern.search(text)
        if found:
            return _period(found.groupdict().get("last_year") or found["year"], _number(found["month"]))
    found = YEAR_QUARTER.search(text)
    if found:
        return _period(found["year"], _number(found["quarter"]) * 3)
    found = YEAR_HALF.search(text)
    return _period(found["year"], 6 if found["half"] == "上" else 12) if found else None


def _period(year: str, month: int) -> Period | None:
    """The period, or None for a year that no return can mean."""
    return Period(_number(year), month) if _number(year) in YEARS else None


def _sayings(file_name: str, blocks: list[Block]) -> list[Saying]:
    """Lines over the tables, their foot lines, the sheets' names and the file's name."""
    said = []
    for block in blocks:
        for row in block.above_rows:
            said += _row_sayings(block, row)
        said += [Saying("表下", line, block.sheet.name) for line in block.below if SENDER.search(_narrow(line))]
        said.append(Saying("工作表名", block.sheet.name, block.sheet.name))
    said.append(Saying("文件名", PurePath(file_name).stem))
    return said


def _row_sayings(block: Block, row: int) -> list[Saying]:
    place = "表题" if row == 0 else "表头上方"
    texts = [(column, _cell_text(cell)) for column, cell in enumerate(block.sheet.rows[row])]
    return [Saying(place, text, block.sheet.name, cell_address(row, column)) for column, text in texts if text]


def _heading_conflicts(period: Period, blocks: list[Block]) -> list[Finding]:
    """Headings name the month too (1-8月累计完成投资): the latest one must be the period's."""
    found = []
    for block in blocks:
        months = [(column, _heading_month(column.heading, period.year)) for column in block.columns]
        named = [(column, month) for column, month in months if month is not None]
        if named and all(month != period.month for _, month in named):
            column, month = named[0]
            places = f"表题等处 {period.year}年{period.month}月、表头“{column.heading}” {month}月"
            found.append(finding("period_conflict", sheet=block.sheet.name, value=column.heading, places=places))
    return found


def _period_of_columns(blocks: list[Block]) -> Period | None:
    """The one month that columns of year and month say in every row, as exports of other systems have them."""
    said: set[str] = set()
    for block in blocks:
        columns = [column.index for column in block.columns if "report_period" in fields_of(column.leaf)]
        cells = [block.data_cells(index) for index in columns]
        said |= {"".join(map(_period_part, row)) for row in zip(*cells, strict=True)}
    return month_of(said.pop()) if len(said) == 1 else None


def _period_part(cell: object) -> str:
    """2024 as 2024年 and 8 as 8月; anything else as it is typed."""
    text = _narrow(text_of(cell) or "")
    if re.fullmatch(r"(?:19|20)\d\d", text):
        return f"{text}年"
    return f"{text}月" if re.fullmatch(r"0?[1-9]|1[0-2]", text) else text


def _period_of_headings(file_name: str, blocks: list[Block]) -> Period | None:
    """The latest month that headings of money or progress done name, where nothing else names one.

    The year stands in the heading (2024年1-8月完成投资) or alone in a title (2024年重大项目表).
    """
    headings = [column.heading for block in blocks for column in block.columns]
    years = {_number(found["year"]) for text in headings for found in YEAR_ONLY.finditer(_narrow(text))
             if re.search(rf"{found['year']}年(?:0?1月?[-—–~至到])?\d{{1,2}}月", _narrow(text))}  # fmt: skip
    year = max(years, default=read_year(file_name, blocks))
    months = [month for text in headings if year and (month := _heading_month(text, year))]
    return Period(year, max(months)) if year in YEARS and months else None


def _heading_month(heading: str, year: int) -> int | None:
    """The month of a heading of money or progress done; a plan or another year says nothing of the period."""
    text = _narrow(heading)
    if not re.search(r"完成|累计|进度|进展", text) or re.search(r"计划|目标|下月|下步|上年|去年|上一年", text):
        return None
    if any(_number(found["year"]) != year for found in YEAR_ONLY.finditer(text)):
        return None
    found = MONTH_IN_HEADING.search(text)
    return int(found["month"]) if found else None


def _conflict(code: str, said: list[tuple[Saying, object]]) -> Finding:
    """One finding that lists each differing place once, at the first place that stands in a cell."""
    listed: dict[tuple[str, str], None] = {}
    for saying, what in said:
        shown = f"{what.year}年{what.month}月" if isinstance(what, Period) else str(what)
        place = f"{saying.place}（{saying.sheet} {saying.cell}）" if saying.cell else saying.place
        listed.setdefault((place, shown))
    at = next((saying for saying, _ in said if saying.cell), said[0][0])
    places = "、".join(f"{place} {shown}" for place, shown in listed)
    return finding(code, sheet=at.sheet, cell=at.cell, value=at.text, places=places)


def _number(text: str) -> int:
    if text.isascii():
        return int(text)
    if text.startswith("十"):
        return 10 + (int(CHINESE_DIGITS[text[1]]) if len(text) == 2 else 0)
    return int("".join(CHINESE_DIGITS[char] for char in text))


def _cell_text(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def _narrow(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
