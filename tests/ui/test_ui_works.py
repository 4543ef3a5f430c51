"""The page of infrastructure on the sample year with the sample ledger of works: list, chain, card, cells, form."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hostile_texts import HOSTILE_TEXTS, TAGS, Reader
from sample_views import view_of
from streamlit.testing.v1 import AppTest

from domain.publications import RECTIFICATION_REPORT
from loaders.reading import read_return
from storage.accepting import accept_submission
from storage.engine import Database
from ui.work_accounts import works_panel
from ui.work_marks import MARKS, works_legend
from ui.works import AskedWorks, chosen_lines, work_book, works_sentence, works_table

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "pages" / "infrastructure.py"
SAMPLE = ROOT / "data" / "samples" / "ledgers" / "黄海新区2024年12月工程台账.xlsx"
NOW = datetime(2025, 1, 5, 9)
REPORT = RECTIFICATION_REPORT.title


def accept(db: Database, content: bytes) -> None:
    submission = read_return(content, SAMPLE.name)
    assert submission.findings == []
    accept_submission(db, submission, content, accepted_at=NOW)


@pytest.fixture
def told(year: Database) -> Database:
    """The sample year with the sample ledger of works."""
    accept(year, SAMPLE.read_bytes())
    return year


def with_cells(changes: dict[tuple[str, str, str], object]) -> bytes:
    """The sample ledger, the cells of some rows (work, source) overwritten by their headings."""
    book = openpyxl.load_workbook(BytesIO(SAMPLE.read_bytes()))
    sheet = book.active
    headings = {cell.value: cell.column for cell in sheet[4]}
    left = dict(changes)
    for row in range(5, sheet.max_row + 1):
        own = (sheet.cell(row, headings["工程名称"]).value, sheet.cell(row, headings["说法来源"]).value)
        for (work, source, heading), value in changes.items():
            if own == (work, source):
                sheet.cell(row, headings[heading]).value = value
                left.pop((work, source, heading), None)
    assert not left
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def said(html: str) -> str:
    reader = Reader(html)
    assert reader.tags <= TAGS | {"br"}
    return reader.text


@pytest.mark.usefixtures("told")
def test_the_sentence() -> None:
    """Works of ledger and returns, those that wait and those whose accounts differ, each a way to just them."""
    html = works_sentence(view_of())
    assert "基础设施 19 项，其中月报 17 项；9 项有待办事项，3 项说法不一。" in said(html)
    assert [href for href in Reader(html).hrefs if "show=differing" in href]
    assert "基础设施 3 项，其中月报 3 项；2 项有待办事项，0 项说法不一。" in said(works_sentence(view_of(body="xiangshui")))


def test_before_the_ledger_the_returns_speak_alone(year: Database) -> None:
    """The list has what they say, and that there is no ledger."""
    assert not year.faults
    assert "基础设施 17 项，其中月报 17 项" in said(works_sentence(view_of(8)))
    assert "没有工程台账" in said(works_panel(view_of(8), AskedWorks()))
    assert "各来源的说法一致" in said(works_panel(view_of(8), AskedWorks()))


def test_a_month_without_works_says_so(year: Database) -> None:
    """As an empty state, not as an empty table."""
    assert not year.faults
    assert "没有基础设施项目" in said(works_table(view_of(12, year=2023), AskedWorks()))


@pytest.mark.usefixtures("told")
def test_parts_stand_below_their_work() -> None:
    """滨响大道 with its two; the whole first."""
    lines = chosen_lines(view_of(), AskedWorks())
    own = lines[lines["work_name"] == "滨响大道"]
    assert list(own["work_part"]) == ["整体", "滨海段", "响水段"]
    assert len(lines) == 26
    assert sorted(chosen_lines(view_of(), AskedWorks("differing"))["work_name"]) == ["学府路", "港城安置区二期", "滨海港铁路支线"]
    waiting = chosen_lines(view_of(), AskedWorks("waiting"))
    assert waiting["work_name"].nunique() == 9 and "滨海段" in set(waiting["work_part"])


@pytest.mark.usefixtures("told")
def test_a_step_is_a_shape_and_a_word() -> None:
    """In every cell, with the step's name; that accounts differ is set off."""
    html = works_table(view_of(), AskedWorks(work="学府路"))
    titles = Reader(html).values
    assert "施工：说法不一" in titles
    assert "预验收：完成 · 说法不一" in titles and "专业验收：完成" in titles and "地方（竣工）验收：进行中 · 说法不一" in titles
    assert "移交：未说明" in titles
    assert "hx-chosen" in html
    assert len({mark.sign for mark in MARKS.values()}) == len(MARKS)
    assert "≠ 说法不一" in said(works_legend())


def test_shares_that_differ_stand_both(year: Database) -> None:
    """The motorway's in the ledger and in the return; neither is drawn as the share."""
    accept(year, with_cells({("滨淮高速盐城段", REPORT, "形象进度（%）"): 90}))
    text = said(works_table(view_of(), AskedWorks()))
    assert "≠ 90.0% / 97.0%" in text
    assert "滨淮高速盐城段" in said(works_panel(view_of(), AskedWorks()))


def test_a_share_of_the_ledger_alone_says_so(year: Database) -> None:
    """电网发展规划 is in no return."""
    accept(year, with_cells({("电网发展规划", REPORT, "形象进度（%）"): 40}))
    row = next(line for line in works_table(view_of(), AskedWorks()).split("<tr") if "电网发展规划" in line)
    assert "40%" in row and "台账" in row and "整改情况报告 2024-12-26" in row


@pytest.mark.usefixtures("told")
def test_differences_stand_side_by_side() -> None:
    """With source and day each; 学府路 by three accounts, one of them October's return: December's gives no stage."""
    text = said(works_panel(view_of(), AskedWorks()))
    for words in ("未开始整改情况报告二（二）32024-12-26", "进行中整改情况报告另一处2024-12-26", "未开始月报 示2024年10月",
                  "预验收 完成整改情况报告一处", "地方（竣工）验收 进行中整改情况报告另一处", REPORT):  # fmt: skip
        assert words in text, words
    assert "待办责任单位" in text and "盐城港集团" in text and "未说明" in text


@pytest.mark.usefixtures("told")
def test_the_card_of_a_work() -> None:
    """Its facts, what differs, all accounts; its name leads to its page where the returns have it."""
    html = works_panel(view_of(), AskedWorks(work="学府路"))
    text = said(html)
    for words in ("19.2 亩", "海兴港城公司", "前期手续变更", "说法不一", "各方说法（4 条）", "总投资 1.10 亿元"):
        assert words in text, words
    assert any("project?" in href for href in Reader(html).hrefs)
    assert "分段滨海段、响水段" in said(works_panel(view_of(), AskedWorks(work="滨响大道")))
    grid = works_panel(view_of(), AskedWorks(work="电网发展规划"))
    assert not any("project?" in href for href in Reader(grid).hrefs)


@pytest.mark.usefixtures("told")
def test_an_account_opens_to_its_cells() -> None:
    """Of the ledger and of the return, each value as typed with its cell, and the receipt."""
    ledger = said(works_panel(view_of(), AskedWorks(work="学府路", at="1")))
    assert "承建单位海兴港城公司工程台账!" in ledger and "2024-12-全区-工程-01" in ledger
    december = said(works_panel(view_of(), AskedWorks(work="学府路", at="4")))
    assert "形象进度（%）0.15基础设施!F10" in december and "2024-12-滨海-01" in december and "项目阶段" not in december
    october = said(works_panel(view_of(), AskedWorks(work="学府路", at="3")))
    assert "项目阶段前期工作基础设施!G10" in october and "2024-10-滨海-01" in october
    assert "工程台账!B" not in said(works_panel(view_of(), AskedWorks(work="学府路", at="9")))


def test_english_is_whole(told: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of steps, states and columns; what people typed stays as it is."""
    assert not told.faults
    monkeypatch.setattr("ui.locale.language", lambda: "en")
    for name in ("ui.work_marks", "ui.names", "ui.formats", "ui.ledgers"):
        monkeypatch.setattr(f"{name}.language", lambda: "en")
    book = work_book(view_of())
    assert len(book.lines) == 26
    text = said(works_panel(view_of(), AskedWorks(work="滨海港铁路支线")))
    assert "Pre-acceptance done" in text and "Accounts differ" in text


def test_hostile_words_are_words(year: Database) -> None:
    """In a work's name, its part, its source, what is said and what it waits for."""
    for text in HOSTILE_TEXTS:
        content = with_cells({("港城医院", REPORT, heading): text for heading in
                              ("所述情况", "等待事项", "等待对象", "承建单位", "分段（部位）", "说法来源", "工程名称")})  # fmt: skip
        submission = read_return(content, SAMPLE.name)
        accept_submission(year, submission, content, reason="已核实", accepted_at=NOW)
        view = view_of()
        names = set(work_book(view).accounts["work_name"])
        hostile = next(name for name in names if name not in {"港城医院"} and any(sign in name for sign in "<&'"))
        for html in (works_table(view, AskedWorks()), works_panel(view, AskedWorks()), works_panel(view, AskedWorks(work=hostile, at="20"))):
            reader = Reader(html)
            assert reader.tags <= TAGS
            assert not any(name.startswith("on") for name in reader.attributes)


@pytest.mark.usefixtures("told")
def test_the_page_in_use() -> None:
    """Drawn with a work open; the next form is offered."""
    page = AppTest.from_file(str(PAGE), default_timeout=60)
    page.query_params["work"] = "学府路"
    page.query_params["at"] = "1"
    page.run()
    assert not page.exception
    assert any("学府路" in each.body for each in page.get("html"))
    assert "下期台账表" in [each.proto.label for each in page.get("download_button")]
