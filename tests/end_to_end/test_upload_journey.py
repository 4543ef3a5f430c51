"""Returns on their way in, in a real browser: a form not seen before, the same file from two desks, and being cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from browser import ConsoleErrors, Server, open_page, wait_until_idle
from playwright.sync_api import Browser, Locator, Page, expect
from sample_year import copy_database, sample_files

pytestmark = pytest.mark.browser

ROW_PIXELS, HEAD_PIXELS = 66, 38
WIDTHS = (70, 160, 215, 125, 120, 120, 420, 130, 216)  # of the grid's columns, as ui/upload_findings.py sets them
MENDED, REASON = 7, 8
HEADINGS = (
    ["序号", "项目名称", "总投资", "投资完成情况", None, "建设阶段", "存在问题及主要困难", "开竣工计划", None],
    [None, None, None, "{month}月", "1-{month}月", None, None, "开工", "竣工"],
)
MERGES = ("A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "G3:G4", "H3:I3")
PROJECTS: tuple[list[Any], ...] = (
    [1, "海上风电运维母港", 5.2, 0.3, 1.1, "热火朝天", "用地指标不足", "2024年3月", "2025年6月"],
    [2, "绿色甲醇燃料基地", 12, 0.4, 2, "在建", "无", "2024年2月", "2025年12月"],
    [3, "高端不锈钢制品", 3.1, "约两千万", 0.9, "签约", "无", "2024年11月", "2026年6月"],
)


@pytest.fixture
def server(until_august: Path, tmp_path: Path) -> Iterator[Server]:
    with Server(copy_database(until_august, tmp_path / "served")) as running:
        yield running


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path / "monitor.duckdb") as running:
        yield running


def unseen_form(folder: Path, month: int) -> Path:
    """A return in a form of nobody's: two heading lines, months across, its own words, amounts in 亿元 by the title."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "调度"
    sheet.append([f"滨海片区重点产业项目调度台账（2024年{month}月）"])
    sheet.append(["单位：亿元"])
    for line in HEADINGS:
        sheet.append([text.format(month=month) if text else None for text in line])
    for project in PROJECTS:
        sheet.append(project)
    for area in MERGES:
        sheet.merge_cells(area)
    path = folder / f"调度台账{month}月.xlsx"
    book.save(path)
    return path


def upload(page: Page, path: Path) -> Locator:
    """Choose a file on the upload page; returns its panel once it is read."""
    page.locator('input[type="file"]').set_input_files(str(path))
    panel = page.locator('[class*="st-key-panel_draft_"]', has_text=path.name)
    expect(panel.locator(".hx-steps")).to_be_visible(timeout=30_000)
    wait_until_idle(page)
    return panel


def accept(panel: Locator, reason: str = "已核实") -> None:
    """Give the common reason where one is asked, and press the button."""
    button = panel.get_by_role("button", name="接收入库")
    expect(button).to_be_visible()
    if "需说明 0" not in panel.locator(".hx-steps").inner_text():
        panel.locator("textarea").fill(reason)  # the field is drawn some time after the button
    button.click()


def type_into(page: Page, panel: Locator, column: int, row: int, text: str) -> None:
    """Double-click a cell of the grid of findings and type into the field that opens over it."""
    canvas, editor = panel.locator("canvas").first, page.locator("#portal textarea, #portal input").first
    x, y = sum(WIDTHS[:column]) + WIDTHS[column] / 2, HEAD_PIXELS + ROW_PIXELS * (row + 0.5)
    for _ in range(5):
        canvas.scroll_into_view_if_needed()
        page.wait_for_timeout(400)  # what stands above the grid may just have become shorter
        box = canvas.bounding_box()
        assert box is not None
        page.mouse.dblclick(box["x"] + x, box["y"] + y)
        page.wait_for_timeout(400)
        if editor.is_visible():
            break
    expect(editor).to_be_visible()
    editor.fill(text)
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    wait_until_idle(page)


def row_of(panel: Locator, text: str) -> int:
    """The row of the grid in which a text stands, from 0."""
    found = panel.locator("canvas td", has_text=text).first
    expect(found).to_be_attached(timeout=10_000)
    return int(found.locator("xpath=..").get_attribute("aria-rowindex") or 0) - 2


def test_a_form_not_seen_before(page: Page, empty_server: Server, tmp_path: Path) -> None:
    """Asked: three headings and a word; mended: an amount in words. Accepted with its receipt; next month nothing is asked."""
    errors = ConsoleErrors(page)
    open_page(page, empty_server, "/upload")
    panel = upload(page, unseen_form(tmp_path, 8))
    expect(panel.locator(".hx-steps")).to_contain_text("4 项待确认")
    for field in ("存在问题", "计划开工时间", "计划竣工时间"):
        panel.get_by_role("button", name=field, exact=True).click()
        wait_until_idle(page)
    panel.get_by_role("combobox", name=re.compile("热火朝天")).click()
    page.get_by_role("option", name="开工", exact=True).click()
    wait_until_idle(page)
    expect(panel.locator(".hx-steps")).to_contain_text("全部识别")

    type_into(page, panel, MENDED, row_of(panel, "约两千万"), "0.2")
    expect(panel.get_by_text("原填“约两千万”，更正为“0.2”")).to_be_visible()
    expect(panel.locator(".hx-steps")).to_contain_text("错误 0")
    page.reload()
    wait_until_idle(page)
    expect(panel.get_by_text("原填“约两千万”，更正为“0.2”")).to_be_visible()
    accept(panel)
    expect(panel.get_by_text("已接收，这是回执")).to_be_visible(timeout=30_000)

    panel.get_by_role("link", name="2024-08-滨海-01").click()
    expect(page.get_by_role("heading", name="回执", exact=True)).to_be_visible(timeout=20_000)
    wait_until_idle(page)
    expect(page.get_by_text("约两千万").first).to_be_visible()
    assert "receipt=2024-08" in page.url

    open_page(page, empty_server, "/upload")
    september = upload(page, unseen_form(tmp_path, 9))
    expect(september.locator(".hx-steps")).to_contain_text("全部识别")
    assert errors.texts == []
    assert "Traceback" not in empty_server.log()


def test_a_reason_for_each_finding(page: Page, server: Server) -> None:
    """A reason typed in the grid is kept for its finding, stands on the receipt, and leaves the others to the common one."""
    (september,) = (path for path in sample_files(9, first_month=9, yearly=False) if "响水" in path.name)
    open_page(page, server, "/upload")
    panel = upload(page, september)
    owed = int(re.findall(r"需说明 (\d+)", panel.locator(".hx-steps").inner_text())[0])
    type_into(page, panel, REASON, 0, "企业调整了计划")
    expect(panel.get_by_text(f"有 {owed - 1} 处需说明，请写明原因")).to_be_visible()
    accept(panel, "其余已核实")
    expect(panel.get_by_text("已接收，这是回执")).to_be_visible(timeout=30_000)
    open_page(page, server, "/receipt?receipt=2024-09-响水-01")
    expect(page.get_by_text("企业调整了计划")).to_have_count(1)
    expect(page.get_by_text("其余已核实").first).to_be_visible()


def test_the_same_file_ten_times_from_two_desks(page: Page, chromium: Browser, server: Server) -> None:
    """One receipt, whoever presses first and however often it is sent."""
    (september,) = (path for path in sample_files(9, first_month=9, yearly=False) if "响水" in path.name)
    other = chromium.new_context(locale="zh-CN", viewport={"width": 1920, "height": 1080}).new_page()
    for _ in range(5):
        panels = []
        for desk in (page, other):
            open_page(desk, server, "/upload")
            panels.append(upload(desk, september))
        for panel in panels:
            accept(panel)
        for panel in panels:
            expect(panel.get_by_text(re.compile("已接收，这是回执|同一文件已接收过"))).to_be_visible(timeout=30_000)
            expect(panel.get_by_text("2024-09-响水-01")).to_be_visible()
    other.context.close()
    open_page(page, server, "/upload")
    expect(page.get_by_role("cell", name=re.compile(r"^2024-09-响水-\d\d$"))).to_have_count(1)
    assert "Traceback" not in server.log()


def test_cut_off_in_the_middle(page: Page, chromium: Browser, server: Server) -> None:
    """Reloading or closing while the file is read or accepted leaves the draft, no open write, and nothing half stored."""
    (september,) = (path for path in sample_files(9, first_month=9, yearly=False) if "滨海" in path.name)
    open_page(page, server, "/upload")
    page.locator('input[type="file"]').set_input_files(str(september))
    page.wait_for_url(re.compile("draft="), timeout=20_000)
    page.reload()
    wait_until_idle(page)
    panel = page.locator('[class*="st-key-panel_draft_"]', has_text=september.name)
    expect(panel.locator(".hx-steps")).to_be_visible(timeout=30_000)
    address = page.url
    accept(panel)
    page.context.clear_cookies()
    page.goto("about:blank")

    other = chromium.new_context(locale="zh-CN", viewport={"width": 1920, "height": 1080}).new_page()
    other.goto(address)
    wait_until_idle(other)
    again = other.locator('[class*="st-key-panel_draft_"]', has_text=september.name)
    expect(again).to_be_visible(timeout=30_000)
    if again.get_by_role("button", name="接收入库").count():
        accept(again)
    expect(again.get_by_text("2024-09-滨海-01")).to_be_visible(timeout=30_000)
    (xiangshui,) = (path for path in sample_files(9, first_month=9, yearly=False) if "响水" in path.name)
    beside = upload(other, xiangshui)
    accept(beside)
    expect(beside.get_by_text("2024-09-响水-01")).to_be_visible(timeout=30_000)
    other.context.close()
    assert "Traceback" not in server.log()
