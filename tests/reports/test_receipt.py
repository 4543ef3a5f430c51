"""The receipt of a return as a page to print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sample_year import copy_database

from domain.findings import finding
from domain.periods import Period
from domain.scope import OFFICE, Record
from reports.receipt import WORDS, receipt_name, receipt_page
from storage.engine import Database, open_database
from storage.queries import Receipt, StoredFinding, find_receipt, findings_of
from storage.receipts import WITHDRAWN

NUMBER = "2024-12-滨海-01"
RECORD = Record(Period(2024, 12))


class Page(HTMLParser):
    """The tags of a page, its attributes, and the texts of its cells row by row."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.rows: list[list[str]] = []
        self.is_cell = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.is_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.is_cell = False

    def handle_data(self, data: str) -> None:
        if self.is_cell:
            self.rows[-1][-1] += data

    @property
    def facts(self) -> dict[str, str]:
        return {row[0]: row[1] for row in self.rows if len(row) == 2}


@pytest.fixture(scope="module")
def db(sample_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = open_database(copy_database(sample_year, tmp_path_factory.mktemp("receipts")))
    yield database
    database.close()


@pytest.fixture
def receipt(db: Database) -> Receipt:
    found = find_receipt(db, NUMBER)
    assert found is not None
    return replace(found, accepted_at=datetime(2024, 12, 28, 9, 12))


@pytest.fixture
def findings(db: Database, receipt: Receipt) -> list[StoredFinding]:
    return findings_of(db, OFFICE, RECORD, submission_id=receipt.submission_id)


def test_a_receipt_says_what_was_accepted(receipt: Receipt, findings: list[StoredFinding]) -> None:
    """Number, return, time, file, hash, counts and total of December's return, with every finding and its reason."""
    page = Page(receipt_page(receipt, findings))
    assert page.facts == {
        "回执号": NUMBER,
        "报表": "滨海片区 2024年12月 月报表",
        "接收时间": "2024-12-28 09:12",
        "接收人": "办公室",
        "文件": f"滨海片区2024年12月亿元以上项目推进情况表.xlsx ({receipt.byte_count:,} 字节)",
        "文件指纹（SHA-256）": receipt.sha256,
        "项目数": "产业项目 64 个，基础设施 14 项",
        "本年累计完成投资合计": f"{receipt.total_ytd_wan:,.4f}".rstrip("0").rstrip(".") + " 万元",
        "校验问题": f"错误：{receipt.error_count}，需说明：{receipt.explain_count}，提示：{receipt.hint_count}",
        "说明": "示例",
        "替换的回执": "—",
        "状态": "在用",
    }
    listed = [row for row in page.rows if len(row) == 4][1:]
    assert len(listed) == len(findings) >= 5
    assert ["需说明", "在建项目!K7", "开工以来累计完成投资 310,200 万元，比上次报送的 324,786 万元少 14,586 万元。请改正或说明原因。", "示例"] in listed
    assert [row[0] for row in listed] == sorted((row[0] for row in listed), key=["错误", "需说明", "提示"].index)


def test_a_receipt_in_english(receipt: Receipt, findings: list[StoredFinding]) -> None:
    """All words are English, the same facts in the same order."""
    text = receipt_page(receipt, findings, "en")
    page = Page(text)
    assert '<html lang="en">' in text
    assert page.facts["Return"] == "Binhai 2024-12 monthly return"
    assert page.facts["State"] == "in force"
    assert len(page.facts) == 12
    assert any(row[0] == "explain" and "is 14,586 less than 324,786" in row[2] for row in page.rows)


def test_the_page_stands_alone(receipt: Receipt, findings: list[StoredFinding]) -> None:
    """No script, picture, link or address of another place: only text and one style sheet, for A4."""
    text = receipt_page(receipt, findings)
    page = Page(text)
    assert page.tags <= {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "span", "table", "thead", "tbody", "tr", "th", "td"}
    assert page.attributes <= {"lang", "charset", "class", "scope"}
    assert "size: A4" in text
    assert not any(mark in text for mark in ("http", "url(", "@import", "<script"))


def test_every_text_is_escaped(receipt: Receipt) -> None:
    """A file's name, a reason, a sheet or a value is shown as typed and is never a tag."""
    evil = '<img src=x onerror="alert(1)">&\''
    odd = replace(receipt, file_name=evil, reason=evil, accepted_by=evil, replaces=evil, state=WITHDRAWN,
                  withdrawn_at=datetime(2024, 12, 30, 8, 0), withdrawn_by=evil, withdrawal_reason=evil)  # fmt: skip
    found = finding("not_a_number", sheet=evil, cell="B2", value=evil, heading=evil)
    stored = StoredFinding(found, NUMBER, "s", evil, "binhai", "2024-12", 1, "错误", evil, found.message())
    text = receipt_page(odd, [stored])
    assert "<img" not in text
    assert evil in unescape(text)
    page = Page(text)
    assert page.facts["撤回"] == f"2024-12-30 08:00，{evil}：{evil}"
    assert page.facts["状态"] == "已撤回"
    assert page.rows[-1] == ["错误", f"{evil}!B2", found.message(), evil]


def test_what_is_missing_is_a_dash(db: Database, receipt: Receipt) -> None:
    """No total, no reason, nothing replaced, no finding; a receipt given again says that nothing was written."""
    bare = replace(receipt, total_ytd_wan=None, reason="", is_repeat=True)
    text = receipt_page(bare, [])
    assert WORDS["zh"]["repeat"] in text
    assert WORDS["zh"]["none"] in text
    assert {Page(text).facts[name] for name in ("本年累计完成投资合计", "说明", "替换的回执")} == {"—"}


def test_the_receipt_of_a_yearly_form_names_the_year(db: Database) -> None:
    """The targets are of 2024, not of its January."""
    receipt = find_receipt(db, "2024-目标-01")
    assert Page(receipt_page(receipt, [])).facts["报表"] == "全区 2024年 年度目标任务分解表"


def test_a_finding_of_the_whole_file_has_no_place(receipt: Receipt) -> None:
    """Where there is neither sheet nor cell, or no reason, there is a dash."""
    found = finding("no_rows")
    stored = StoredFinding(found, NUMBER, "s", "f", "binhai", "2024-12", 1, "错误", "", found.message())
    assert Page(receipt_page(receipt, [stored])).rows[-1] == ["错误", "—", found.message(), "—"]


def test_both_languages_have_the_same_words() -> None:
    """No word of the page is left out in one language."""
    assert set(WORDS["zh"]) == set(WORDS["en"])


def test_the_receipts_file_name(receipt: Receipt) -> None:
    """The number names the file."""
    assert receipt_name(receipt) == "回执_2024-12-滨海-01.html"
