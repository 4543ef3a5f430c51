"""Made-up rows and values are marked in every list of the ledgers and of the works, and on the cards above them."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from hostile_texts import TAGS, Reader
from sample_views import view_of

from domain.ledgers import LEDGERS
from domain.ledgers.made_up import MADE_UP
from loaders.reading import read_return
from storage.accepting import accept_submission
from storage.engine import Database
from ui.html_tables import Bar, Column, MadeUp, plain_table
from ui.ledger_digests import digest_list
from ui.ledger_rows import export_rows, found_rows, listed_rows, row_card, rows_config, shown_rows
from ui.ledger_words import ledger_words
from ui.ledgers import AskedLedger, ledger_cards
from ui.samples import made_up_legend
from ui.work_accounts import works_panel
from ui.works import AskedWorks, works_table

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples" / "ledgers"


@pytest.fixture
def told(year: Database) -> Database:
    """The sample year with the office's sample ledgers."""
    for file in sorted(SAMPLES.glob("黄海新区*")):
        content = file.read_bytes()
        accept_submission(year, read_return(content, file.name), content, reason="示例数据", accepted_at=datetime(2025, 1, 5, 9))
    return year


def parts_of(html: str, tag: str) -> list[str]:
    """The text of each element of a kind that holds none of its own."""
    return [Reader(part).text for part in re.findall(f"<{tag}[ >].*?</{tag}>", html)]


def line_with(html: str, word: str) -> str:
    """The row of a table that holds a word."""
    return next(text for text in parts_of(html, "tr") if word in text)


@pytest.mark.usefixtures("told")
def test_a_list_marks_rows_and_values() -> None:
    """A whole event once, of the published ones what is made up of them; what has no value has no mark."""
    html = digest_list(view_of(), "events", "yields")
    assert line_with(html, "无锡招商活动（2024-11-12）").startswith("示例行")
    published = line_with(html, "海洋经济招商活动")
    assert published.startswith("2024-05-16 示") and "盐城 示" in published and "示例行" not in published
    december = line_with(html, "上海招商活动（2024-12-05）")
    assert december.startswith("2024-12-05上海") and "88 示" in december and "未满期示" not in december
    assert "整行为示例（虚构）" in Reader(html).text
    assert Reader(html).tags <= TAGS


@pytest.mark.usefixtures("told")
def test_a_list_of_published_rows_has_neither_marks_nor_legend() -> None:
    """What the report says of projects is not made up."""
    text = Reader(digest_list(view_of(), "published", "published")).text
    assert "示例行" not in text and "为示例" not in text


@pytest.mark.usefixtures("told")
def test_months_that_are_made_up_are_marked() -> None:
    """September's row as a whole; December's state stands, since when it has it does not."""
    months = digest_list(view_of(), "tenants", "months")
    assert line_with(months, "2024-09").startswith("示例行") and not line_with(months, "2024-12").startswith("示")
    assert "2024-09 示" in line_with(digest_list(view_of(), "tenants", "standing"), "瓦斯特纳")


@pytest.mark.usefixtures("told")
def test_the_cards_say_what_is_counted_from_made_up_rows() -> None:
    """The number of events is published; that of the projects named is not. A dash is marked by nothing."""
    cards = parts_of(ledger_cards(view_of(), "events"), "section")
    marked = [each.partition("示")[0] for each in cards if "示" in each]
    assert marked == ["登记签约数", "列明项目", "已开工", "6个月开工率"]
    assert "示" not in Reader(ledger_cards(view_of(), "tenants")).text


@pytest.mark.usefixtures("told")
def test_the_rows_and_their_workbook_say_it_in_a_column() -> None:
    """The whole row, or the headings; a ledger without anything made up has no such column."""
    ledger, rows = LEDGERS["events"], found_rows(view_of(), AskedLedger("events"))
    shown = shown_rows(ledger, rows)
    own = dict(zip(shown["event_name"], shown[MADE_UP], strict=True))
    assert own["无锡招商活动（2024-11-12）"] == "整行"
    assert own["上海招商活动（2024-12-05）"] == "签约项目、签约归属、片区"
    listed = listed_rows(ledger, rows)
    assert export_rows(ledger, rows).columns[0] == "示例（虚构）" and MADE_UP in set(listed) & set(rows_config(ledger, listed))
    works = found_rows(view_of(), AskedLedger("works"))
    assert MADE_UP not in shown_rows(LEDGERS["works"], works)


@pytest.mark.usefixtures("told")
def test_an_opened_row_marks_each_value() -> None:
    """By its field, beside the cell that it came from."""
    view = view_of()
    row = next(each for each in found_rows(view, AskedLedger("events")).itertuples() if each.event_name == "海洋经济招商活动")
    html = row_card(view, "events", row.body, row.period, row.row_key)
    assert "示" in line_with(html, "活动城市") and "示" not in line_with(html, "公布签约数").replace("示例", "")


@pytest.mark.usefixtures("told")
def test_the_firms_of_a_sample_workbook_are_all_made_up(told: Database) -> None:
    """Their ledger has no source: the workbook tells."""
    file = SAMPLES / "滨海片区2024年12月规上企业运行情况表.xlsx"
    content = file.read_bytes()
    accept_submission(told, read_return(content, file.name), content, reason="示例数据", accepted_at=datetime(2025, 1, 5, 9))
    shown = shown_rows(LEDGERS["firms"], found_rows(view_of(), AskedLedger("firms")))
    assert set(shown[MADE_UP]) == {"整行"}


@pytest.mark.usefixtures("told")
def test_works_mark_what_sample_returns_alone_say() -> None:
    """A share, a step, what is waited for; the motorway's 97 % is the report's, whatever the return repeats."""
    html = works_table(view_of(), AskedWorks())
    road, avenue = line_with(html, "滨淮高速盐城段"), line_with(html, "滨响大道")
    assert "97%台账" in road and "示" not in road
    assert "72%月报示" in avenue and "示土地解押未完成（市）" in avenue
    assert "□示" in line_with(html, "风电泊位")
    assert "只有示例（虚构）月报这样说" in Reader(html).text
    card = Reader(works_panel(view_of(), AskedWorks(work="滨响大道"))).text
    assert "土地解押未完成（市）（示例月报）" in card and "月报示" in card


@pytest.mark.usefixtures("told")
def test_the_land_says_how_far_it_is() -> None:
    """47 mu are wanted, 19.2 granted; of the resettlement housing the report and the return differ."""
    view = view_of()
    said = {work: Reader(works_panel(view, AskedWorks(work=work))).text for work in ("海临南路", "学府路", "港城安置区二期", "滨响大道")}
    assert "47 亩（用地落实：未开始）" in said["海临南路"] and "19.2 亩（用地落实：完成）" in said["学府路"]
    assert "137 亩（用地落实：说法不一）" in said["港城安置区二期"] and "203 亩待办" in said["滨响大道"]


@pytest.mark.usefixtures("told")
def test_what_is_published_of_the_matter_stands_beside_the_chains() -> None:
    """With what the report leaves open and its name; other ledgers have no such list."""
    text = Reader(ledger_words(view_of(), "chains")).text
    assert "市重点产业链23 条未列名单" in text and "“5+2”" in text
    assert "见滨海港工业园区管理办公室党委整改情况报告（2024年12月26日公开）。" in text
    assert "全市 23 条，未列名单" in Reader(ledger_cards(view_of(), "chains")).text
    assert "12月5日上海招商活动签约 8 个项目" in Reader(ledger_words(view_of(), "events")).text
    assert "公开口径" not in Reader(ledger_words(view_of(), "works")).text


def test_a_made_up_cell_of_any_kind() -> None:
    """A text, a bar, nothing; a legend of the marks that are drawn alone."""
    table = plain_table([Column("a", "甲"), Column("b", "乙", "bar")], [{"a": MadeUp("x", is_row=True), "b": MadeUp(Bar(0.5, "1 / 2"))}])
    assert Reader(table).text.endswith("示例行 x1 / 2 示") and "hx-marked" in table
    assert made_up_legend(rows=False, values=False) == ""
    assert "整行" not in made_up_legend(rows=False, values=True) and "整行" in made_up_legend(rows=True, values=False)
