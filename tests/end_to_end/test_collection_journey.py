"""The collection page in use: change the due date, lock the month, let one return in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import ConsoleErrors, Server, open_page, wait_until_idle
from playwright.sync_api import Page, expect
from sample_year import accept_samples, copy_database, sample_files

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def first_months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the returns of January and February."""
    database = tmp_path_factory.mktemp("first_months") / "monitor.duckdb"
    accept_samples(database, sample_files(2))
    return database


@pytest.fixture
def server(first_months: Path, tmp_path: Path) -> Iterator[Server]:
    with Server(copy_database(first_months, tmp_path / "served")) as running:
        yield running


def deciding(page: Page, button: str, **typed: str) -> None:
    """Open a form, fill it in by label, and send it off by its one primary button."""
    page.get_by_role("button", name=button).click()
    form = page.get_by_test_id("stPopoverBody").get_by_test_id("stForm")
    expect(form).to_be_visible()
    for label, text in typed.items():
        form.get_by_label(label).fill(text)
    form.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    wait_until_idle(page)


def test_due_date_lock_and_exception(page: Page, server: Server) -> None:
    """Each decision shows at once, a rule from its first month on, an exception for its district."""
    errors = ConsoleErrors(page)
    open_page(page, server, "/collection?period=2024-02")
    expect(page.get_by_text("报送期限 2024-03-07（次月第 5 个工作日） · 未锁定")).to_be_visible()
    deciding(page, "修改期限", 次月第几个工作日="8", 原因="节后顺延")
    expect(page.get_by_text("报送期限 2024-03-12（次月第 8 个工作日）")).to_be_visible()
    open_page(page, server, "/collection?period=2024-01")
    expect(page.get_by_text("（次月第 5 个工作日）").first).to_be_visible()

    open_page(page, server, "/collection?period=2024-02")
    deciding(page, "锁定2024年2月")
    expect(page.get_by_text("锁定须写明原因。")).to_be_visible()
    open_page(page, server, "/collection?period=2024-02")
    deciding(page, "锁定2024年2月", 原因="3月例会已通报")
    expect(page.get_by_text(re.compile(r"已于 \d{4}-\d\d-\d\d 锁定$"))).to_be_visible()
    expect(page.get_by_text("原因：3月例会已通报")).to_be_visible()
    expect(page.get_by_role("button", name="锁定2024年2月")).to_have_count(0)

    deciding(page, "登记例外", 原因="漏报一个项目")
    expect(page.locator("tr", has_text="漏报一个项目")).to_contain_text("可报送")
    open_page(page, server, "/collection?period=2024-02&body=xiangshui")
    expect(page.get_by_text("没有例外。")).to_be_visible()
    assert errors.texts == []
    assert "Traceback" not in server.log()


def test_a_month_without_returns_can_be_asked_for(page: Page, server: Server) -> None:
    """The sentence leads there, and the text to send is ready."""
    open_page(page, server, "/collection")
    page.locator(".hx-sentence a", has_text="2024年3月").click()
    wait_until_idle(page)
    expect(page.get_by_text("2024年3月应报 2 家，已收 0 家")).to_be_visible()
    expect(page.get_by_text("2024年3月项目推进月报表的报送期限为2024年4月8日").first).to_be_visible()
