"""The box of the sidebar in a real browser: the key that leads to it, what it finds, where an answer leads; the open export."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from browser import ConsoleErrors, Server, open_page, wait_until_idle
from playwright.sync_api import Page, expect
from sample_year import copy_database

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(sample_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(copy_database(sample_year, tmp_path_factory.mktemp("find"))) as server:
        yield server


def test_the_box_finds_from_any_page(page: Page, served: Server) -> None:
    """The key / leads to the box, Enter to the answers with the query in the address, an answer to its page."""
    errors = ConsoleErrors(page)
    open_page(page, served, "/tasks?period=2024-11")
    page.keyboard.press("/")
    box = page.get_by_test_id("stSidebar").get_by_label("查找（按 / 键）")
    expect(box).to_be_focused()
    page.keyboard.type("bxdd")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find?**")
    wait_until_idle(page)
    assert "q=bxdd" in page.url and "period=2024-11" in page.url
    expect(box).to_have_value("bxdd")
    first = page.locator(".st-key-panel_answers a").first
    expect(first).to_have_text("滨响大道")
    expect(first.locator("mark")).to_have_text("滨响大道")
    first.click()
    wait_until_idle(page)
    expect(page.get_by_role("heading", name="滨响大道", exact=True)).to_be_visible()
    expect(box).to_have_value("")
    assert errors.texts == []


def test_the_box_asks_again_on_the_page_of_answers(page: Page, served: Server) -> None:
    """The next query goes over the last; a kind of one's choice; what finds nothing is said; a slash can be typed."""
    open_page(page, served, "/find?q=bxdd")
    box = page.get_by_test_id("stSidebar").get_by_label("查找（按 / 键）")
    box.fill("项目")
    box.press("Enter")
    expect(page).to_have_url(re.compile(quote("项目")))
    wait_until_idle(page)
    page.locator(".st-key-panel_kinds").get_by_role("link", name="产业项目").click()
    wait_until_idle(page)
    assert "kind=project" in page.url
    expect(page.locator(".st-key-panel_answers tbody tr").first).to_be_visible()
    box.click()
    box.fill("没有")
    box.press("/")
    expect(box).to_have_value("没有/")
    box.press("Enter")
    expect(page.get_by_text("没有找到“没有/”")).to_be_visible()


def test_markup_in_a_query_stays_text(page: Page, served: Server) -> None:
    """What is asked in the address is shown as typed and runs nothing."""
    open_page(page, served, "/find?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3Eqq")
    expect(page.get_by_text("没有找到“<img src=x onerror=alert(1)>qq”")).to_be_visible()
    assert page.locator(".st-key-panel_answers img").count() == 0


def test_the_open_export_is_taken_along(page: Page, served: Server, tmp_path: Path) -> None:
    """The button of the list of projects gives the package of the month."""
    open_page(page, served, "/projects?period=2024-11")
    with page.expect_download() as download:
        page.get_by_role("button", name="导出开放数据").click()
    assert download.value.suggested_filename == "黄海新区项目开放数据2024-11.zip"
    path = tmp_path / "open.zip"
    download.value.save_as(path)
    with zipfile.ZipFile(path) as package:
        assert json.loads(package.read("oc4ids.json"))["version"] == "0.9"
        assert package.read("projects.csv").startswith(b"\xef\xbb\xbfproject_id,")
