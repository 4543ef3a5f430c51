"""The assessment in a browser: a scheme is put into force, the month is published, and opens again as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Server, open_page, wait_until_idle
from playwright.sync_api import Page, expect
from sample_year import copy_database

pytestmark = pytest.mark.browser


@pytest.fixture
def served(sample_year: Path, tmp_path: Path) -> Iterator[Server]:
    """A server on a copy of the sample year."""
    with Server(copy_database(sample_year, tmp_path / "year")) as server:
        yield server


def test_a_scheme_is_put_into_force_and_a_month_published(page: Page, served: Server) -> None:
    """From the empty state to the published score; each step says on what ground."""
    open_page(page, served, "/assessment?period=2024-12")
    expect(page.get_by_text("本月没有启用考核方案")).to_be_visible()
    page.get_by_role("button", name="启用方案").click()
    page.get_by_placeholder("例如：12月例会议定").fill("试算")
    page.get_by_role("button", name="确认启用").click()
    expect(page.get_by_role("heading", name="各项得分")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("示例方案，不是正式考核办法")).to_be_visible()
    page.get_by_role("button", name="公布得分").click()
    page.get_by_placeholder("例如：12月例会通报").fill("12月例会通报")
    page.get_by_role("button", name="确认公布").click()
    wait_until_idle(page)
    open_page(page, served, "/assessment?period=2024-12&shown=published")
    page.get_by_role("link", name="2024-12-考核-01").click()
    expect(page.get_by_text("以下为公布时的得分")).to_be_visible(timeout=60_000)
    wait_until_idle(page)
    is_scrolled = "document.querySelector('[data-testid=\"stMain\"]').scrollHeight > window.innerHeight"
    page.set_viewport_size({"width": 1920, "height": 1080})
    assert not page.evaluate(is_scrolled)
