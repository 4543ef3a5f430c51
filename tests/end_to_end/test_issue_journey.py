"""The page of issues in use: confirm what returns name, hand an issue over, resolve it, take the lists to the meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from browser import ConsoleErrors, Server, open_page, wait_until_idle
from playwright.sync_api import Locator, Page, expect
from sample_year import copy_database

pytestmark = pytest.mark.browser
TEXT = "能评指标需省级平衡"


@pytest.fixture
def server(until_march: Path, tmp_path: Path) -> Iterator[Server]:
    with Server(copy_database(until_march, tmp_path / "served")) as running:
        yield running


def confirm_all(page: Page, server: Server) -> int:
    """Confirm everything that March's returns name, and how many issues that makes."""
    open_page(page, server, "/issues?show=proposed")
    button = page.get_by_role("button", name=re.compile(r"全部确认"))
    count = int(re.search(r"\d+", button.inner_text())[0])
    button.click()
    # The page may be idle a moment longer before the click takes effect; lists and downloads are those of before until then.
    expect(page.get_by_text("本期报表提到的问题都已确认。")).to_be_visible()
    wait_until_idle(page)
    return count


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a drop-down list of the chosen issue's panel."""
    page.locator(".st-key-panel_issue").get_by_label(label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()
    wait_until_idle(page)


def save(page: Page, note: str, **typed: str) -> None:
    """Fill in the form of the chosen issue and send it off."""
    panel = page.locator(".st-key-panel_issue")
    for label, text in typed.items():
        panel.get_by_label(label, exact=True).fill(text)
    panel.locator("textarea").fill(note)
    panel.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    wait_until_idle(page)


def row_of(page: Page, text: str) -> Locator:
    return page.locator(".st-key-panel_issues tbody tr", has_text=text).first


def test_confirm_hand_over_and_resolve(page: Page, server: Server) -> None:
    """From the words of a return to 办结: the sentence, the list, the relay and the meeting's lists follow each step."""
    errors = ConsoleErrors(page)
    open_page(page, server, "/issues")
    page.get_by_role("link", name=re.compile(r"确认 \d+ 条")).click()
    wait_until_idle(page)
    count = confirm_all(page, server)
    expect(page.get_by_text(f"截至 2024-03-31，未解决 {count} 个")).to_be_visible()
    expect(page.get_by_text("本期报表提到的问题都已确认。")).to_be_visible()

    open_page(page, server, "/issues")
    expect(page.locator(".st-key-panel_issues tbody tr")).to_have_count(count)
    row_of(page, TEXT).get_by_role("link", name=TEXT).click()
    wait_until_idle(page)
    address = page.url
    assert "issue=" in address
    choose(page, "移交给", "新区")
    save(page, "省级已回函，转新区落实", 责任单位="新区发改局")
    steps = page.locator(".st-key-panel_issue")
    expect(steps.get_by_text("移交新区")).to_be_visible()
    expect(steps.get_by_text("省级已回函，转新区落实")).to_be_visible()
    expect(row_of(page, "新区发改局")).to_contain_text("新区")

    open_page(page, server, "/issues?show=meeting")
    expect(page.locator(".st-key-panel_list_session")).to_contain_text(
        "责任单位 新区发改局，时限 未明确；移交：省→新区。"
    )
    expect(page.locator(".st-key-panel_list_joint")).not_to_contain_text("新区发改局")

    page.goto(address)
    wait_until_idle(page)
    choose(page, "登记", "办结")
    save(page, "")
    expect(page.get_by_text("请填写办理情况、结果或理由。")).to_be_visible()
    save(page, "指标已批")
    expect(page.get_by_text("3月办结 1 个")).to_be_visible()
    open_page(page, server, "/issues?state=resolved")
    expect(page.locator(".st-key-panel_issues tbody tr")).to_have_count(1)
    assert errors.texts == []
    assert "Traceback" not in server.log()


def test_an_issue_is_confirmed_by_its_button(page: Page, server: Server) -> None:
    """One click on a row of the table; the others wait on."""
    open_page(page, server, "/issues?show=proposed")
    before = int(re.search(r"\d+", page.get_by_role("button", name=re.compile("全部确认")).inner_text())[0])
    grid = page.locator(".st-key-panel_proposed [data-testid='stDataFrame']")
    grid.click(position={"x": 38, "y": 56})
    wait_until_idle(page)
    expect(page.get_by_text("未解决 1 个")).to_be_visible()
    expect(page.get_by_role("button", name=f"全部确认（{before - 1} 条）")).to_be_visible()


def test_the_lists_as_a_workbook_and_on_the_project(page: Page, server: Server) -> None:
    """A sheet a list with all open issues, and each project's own on its page."""
    count = confirm_all(page, server)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载会办清单").click()
    book = openpyxl.load_workbook(BytesIO(waiting.value.path().read_bytes()))
    assert book.sheetnames == ["联合会办清单", "专题会办清单", "企业自办清单"]
    assert [book.worksheets[0].cell(row, 1).value for row in (2, 3)] == ["天数计至 2024-03-31", "示例数据，不代表实际情况"]
    assert sum(sheet.max_row - 4 for sheet in book) == count
    open_page(page, server, "/issues")
    row_of(page, TEXT).locator("a").first.click()
    wait_until_idle(page)
    panel = page.locator(".st-key-panel_issues_of_project")
    expect(panel.get_by_text("存在问题及协调过程")).to_be_visible()
    expect(panel.locator("tbody tr", has_text=TEXT)).to_contain_text("省")
