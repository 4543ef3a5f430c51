"""The page of tasks in use: a decision on a project, next month's list, the district's form and its answer, 办结."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from browser import ConsoleErrors, Server, open_page, wait_until_idle
from playwright.sync_api import Locator, Page, expect
from sample_year import copy_database

pytestmark = pytest.mark.browser
SAMPLE = Path(__file__).resolve().parents[2] / "data" / "samples" / "rectification.csv"
TASK = "协调供热管网接入并形成会议纪要"


@pytest.fixture
def server(until_march: Path, tmp_path: Path) -> Iterator[Server]:
    with Server(copy_database(until_march, tmp_path / "served")) as running:
        yield running


def side(page: Page) -> Locator:
    return page.locator(".st-key-panel_task")


def send(page: Page, **typed: str) -> None:
    """Fill in the panel's form and send it off; a field of several lines by its label too."""
    for label, text in typed.items():
        side(page).get_by_label(label, exact=True).fill(text)
    side(page).get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    wait_until_idle(page)


def row_of(page: Page, text: str = TASK) -> Locator:
    return page.locator(".st-key-panel_tasks tbody tr", has_text=text)


def test_a_decision_is_followed_to_its_end(page: Page, server: Server) -> None:
    """Recorded on a project in February, it stands in the list of March on its due date, and is finished there."""
    errors = ConsoleErrors(page)
    open_page(page, server, "/?period=2024-02")
    page.locator(".st-key-panel_delays tbody a").first.click()
    wait_until_idle(page)
    project = page.locator("h1").first.inner_text()
    page.locator(".st-key-panel_tasks_of_project").get_by_role("link", name="登记督办事项").click()
    wait_until_idle(page)
    expect(page.get_by_text("还没有登记督办事项").first).to_be_visible()
    expect(side(page).get_by_test_id("stSelectbox").last.locator("input")).to_have_value(project)

    send(page, 事项=TASK)
    expect(side(page).get_by_text("请填写牵头单位。")).to_be_visible()
    send(page, 牵头单位="县发改委", **{"配合单位（可不填）": "滨海片区"})
    expect(page.get_by_text("截至 2024-02-29，督办事项 1 项，办结 0 项，推进中 1 项，逾期 0 项；")).to_be_visible()
    expect(row_of(page)).to_contain_text("2024年2月例会")
    expect(row_of(page)).to_contain_text("还有 31 天")

    open_page(page, server, "/tasks?period=2024-03")
    expect(row_of(page)).to_contain_text("今日到期")
    row_of(page).get_by_role("link", name=TASK).click()
    wait_until_idle(page)
    send(page, 落实情况="方案已评审")
    expect(row_of(page)).to_contain_text("2024-03-31 方案已评审")
    side(page).get_by_label("登记", exact=True).click()
    page.get_by_role("option", name="办结", exact=True).click()
    wait_until_idle(page)
    send(page, 办结结果="已接入", **{"佐证材料（文号、照片名等，可不填）": "纪要3号"})
    expect(page.get_by_text("上次例会（计至 2024-02-29）以来办结 1 项。")).to_be_visible()
    expect(side(page)).to_contain_text("纪要3号")

    open_page(page, server, "/tasks?period=2024-02")
    expect(row_of(page)).to_contain_text("还有 31 天")  # February knows nothing of March
    row_of(page).locator("a").nth(1).click()
    wait_until_idle(page)
    expect(page.get_by_role("heading", name=project, exact=True)).to_be_visible()
    expect(page.locator(".st-key-panel_tasks_of_project tbody tr")).to_contain_text("县发改委")
    assert errors.texts == []
    assert "Traceback" not in server.log()


def test_the_form_of_a_district_lists_the_task(page: Page, server: Server) -> None:
    """A task that names the district stands in its next form; the list is there as a workbook too."""
    open_page(page, server, "/tasks")
    send(page, 事项=TASK, 牵头单位="滨海片区")
    expect(row_of(page)).to_be_visible()  # the list to take along is that of the page as it is drawn
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载事项清单").click()
    listed = openpyxl.load_workbook(BytesIO(waiting.value.path().read_bytes()))["督办事项"]
    assert (listed.cell(3, 1).value, listed.cell(5, 1).value) == ("示例数据，不代表实际情况", TASK)
    open_page(page, server, "/collection?period=2024-03")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载滨海片区模板").click()
    sheet = openpyxl.load_workbook(BytesIO(waiting.value.path().read_bytes()))["议定事项"]
    assert [cell.value for cell in sheet[4]] == [1, TASK, None, "滨海片区", None, "2024-04-30", None]


def test_a_rectification_ledger_goes_in_and_out(page: Page, server: Server) -> None:
    """Read from a file, told before it is recorded, shown beside what was published; handed out, it comes back unchanged."""
    errors = ConsoleErrors(page)
    open_page(page, server, "/tasks?period=2024-03")
    side(page).get_by_text("导入整改台账").click()
    side(page).locator('input[type="file"]').set_input_files(SAMPLE)
    expect(side(page).get_by_text("新增问题 6 个、事项 14 项，经过 8 条；原已登记 0 项，未采用 0 行")).to_be_visible()
    expect(side(page).get_by_text("台账所载批准销号 7 项不随导入生效")).to_be_visible()
    side(page).get_by_role("button", name="登记台账内容").click()
    # Its measures were given in June: the page of a month before knows the plan, and none of them.
    ledger = page.locator(".st-key-panel_rectification")
    expect(ledger.get_by_role("heading", name="整改台账")).to_be_visible()
    expect(ledger.locator("tbody tr", has_text="问题（个）")).to_contain_text("31")
    open_page(page, server, "/tasks?period=2024-03")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载整改台账").click()
    handed_out = waiting.value.path()
    assert openpyxl.load_workbook(BytesIO(handed_out.read_bytes())).sheetnames == ["整改台账"]
    side(page).get_by_text("导入整改台账").click()
    side(page).locator('input[type="file"]').set_input_files(
        {"name": "整改台账.xlsx", "mimeType": "application/octet-stream", "buffer": handed_out.read_bytes()}
    )
    expect(side(page).get_by_text("新增问题 0 个、事项 0 项，经过 0 条")).to_be_visible()
    side(page).locator('input[type="file"]').set_input_files({"name": "坏.xlsx", "mimeType": "application/octet-stream", "buffer": b"PK"})
    expect(side(page).get_by_text("文件不完整或已损坏").first).to_be_visible()
    assert errors.texts == []
    assert "Traceback" not in server.log()
