"""The map in a real browser: a mark opens its project beside it, a place is set, and the project stands on the map."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from browser import ConsoleErrors, OutsideRequests, Server, open_page, wait_until_idle
from playwright.sync_api import Page, expect
from sample_year import copy_database

from loaders.__main__ import main
from storage.samples import SAMPLES

pytestmark = pytest.mark.browser

BOXES = "els => els.map(e => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; })"


@pytest.fixture(scope="module")
def served(sample_year, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on the sample year with the sample places."""
    database = copy_database(sample_year, tmp_path_factory.mktemp("map"))
    assert main(["places", str(SAMPLES / "places.csv"), "--database", str(database)]) == 0
    with Server(database) as server:
        yield server


def click_mark(page: Page, number: int) -> None:
    """Click into the middle of a late project's mark."""
    box = page.locator(".scatterlayer .trace").last.locator("path.point").nth(number).bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_mark_opens_its_project(page: Page, served: Server) -> None:
    """And another click on it closes the card; the page never scrolls and fetches nothing from outside."""
    outside, errors = OutsideRequests(page, served), ConsoleErrors(page)
    open_page(page, served, "/map?period=2024-12")
    side = page.locator(".st-key-panel_work")
    expect(side.get_by_role("heading", name="图上 50 个")).to_be_visible()
    expect(page.locator(".scatterlayer path.point").first).to_be_visible()
    click_mark(page, -1)
    expect(side.get_by_role("link", name="中化学绿色甲醇项目")).to_be_visible()
    expect(side.get_by_text("移动位置")).to_be_visible()
    assert "project=" in page.url
    wait_until_idle(page)
    main_part = page.get_by_test_id("stMain")
    assert main_part.evaluate("e => [e.scrollHeight - e.clientHeight, e.scrollWidth - e.clientWidth]") == [0, 0]
    side.get_by_role("link", name="返回汇总").click()
    expect(side.get_by_role("heading", name="图上 50 个")).to_be_visible()
    assert outside.urls == []
    assert errors.texts == []


def test_no_name_covers_another(page: Page, served: Server) -> None:
    """As the browser draws them on the screen that the map is made for."""
    open_page(page, served, "/map?period=2024-12")
    expect(page.locator(".infolayer .annotation-text").first).to_be_visible()
    boxes = page.locator(".infolayer .annotation-text").evaluate_all(BOXES)
    assert len(boxes) > 15
    covered = [
        (one, other)
        for one, other in combinations(boxes, 2)
        if min(one[2], other[2]) - max(one[0], other[0]) > 1 and min(one[3], other[3]) - max(one[1], other[1]) > 3
    ]
    assert covered == []


def test_a_project_gets_its_place(page: Page, served: Server) -> None:
    """From the list of those without one, by its name, longitude and latitude."""
    open_page(page, served, "/map?period=2024-12&show=unplaced")
    side = page.locator(".st-key-panel_work")
    side.get_by_role("link", name="储能电站(E地块)").click()
    wait_until_idle(page)
    side.get_by_label("经度").fill("120.2")
    side.get_by_label("纬度").fill("34.2")
    side.get_by_role("button", name="标出位置").click()
    expect(side.get_by_text("由办公室标出")).to_be_visible()
    open_page(page, served, "/map?period=2024-12")
    expect(side.get_by_role("heading", name="图上 51 个")).to_be_visible()
