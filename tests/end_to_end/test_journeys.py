"""What people do with the dashboard, in a real browser, from the uploaded workbook to the cell that a figure is from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from browser import ConsoleErrors, OutsideRequests, Server, open_page, wait_until_idle
from playwright.sync_api import Browser, Locator, Page, expect
from sample_year import copy_database, sample_files

pytestmark = pytest.mark.browser


@pytest.fixture
def server(until_august: Path, tmp_path: Path) -> Iterator[Server]:
    with Server(copy_database(until_august, tmp_path / "served")) as running:
        yield running


@pytest.fixture(scope="module")
def unchanged(until_august: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """For the tests that accept and withdraw nothing; the drafts of one are not seen by the next."""
    with Server(copy_database(until_august, tmp_path_factory.mktemp("unchanged"))) as running:
        yield running


def card(page: Page, label: str) -> Locator:
    """The headline card with this label."""
    return page.locator(".hx-card", has=page.get_by_role("heading", name=label, exact=True))


def upload(page: Page, *paths: Path) -> None:
    """Choose files on the upload page and wait until they are read."""
    page.locator('input[type="file"]').set_input_files([str(path) for path in paths])
    for path in paths:
        expect(page.get_by_role("heading", name=path.name, exact=True)).to_be_visible(timeout=30_000)
    wait_until_idle(page)


def drafts(page: Page) -> Locator:
    """The panels of the files that were chosen."""
    return page.locator('[class*="st-key-panel_draft_"]')


def accept_all(page: Page, reason: str) -> list[str]:
    """Give the reason where one is asked and accept every file; returns the receipt numbers."""
    for index in range(drafts(page).count()):
        panel = drafts(page).nth(index)
        expect(panel.get_by_role("button", name="接收入库")).to_be_visible()
        if "需说明 0" not in panel.locator(".hx-steps").inner_text():
            panel.get_by_role("textbox").fill(reason)  # the field is drawn some time after the button
        panel.get_by_role("button", name="接收入库").click()
        expect(panel.get_by_text("已接收，这是回执")).to_be_visible(timeout=30_000)
        wait_until_idle(page)
    return re.findall(r"2024-09-\S+-01", " ".join(drafts(page).all_inner_texts()))


def test_from_two_returns_to_a_source_cell(page: Page, server: Server) -> None:
    """Upload both returns of September, accept, see the overview change, open a delayed project, read its cell."""
    outside, errors = OutsideRequests(page, server), ConsoleErrors(page)
    open_page(page, server)
    expect(page.get_by_text("数据截至 2024-08-31")).to_be_visible()
    expect(card(page, "新签约").locator(".hx-value")).to_have_text(re.compile(r"^50/ 80 个$"))

    page.get_by_role("link", name="报表上传").click()
    wait_until_idle(page)
    upload(page, *sample_files(9, first_month=9, yearly=False))
    binhai = drafts(page).filter(has_text="滨海片区 · 2024年9月")
    left_out = "“200MW/400MWh储能电站项目”上期在报、尚未竣工，本期没有"
    expect(binhai.locator("canvas td", has_text=left_out).first).to_be_attached()
    expect(binhai.locator(".hx-steps").get_by_text("漏报 1")).to_be_visible()
    assert sorted(accept_all(page, "已向企业核实")) == ["2024-09-响水-01", "2024-09-滨海-01"]

    page.get_by_role("link", name="总览").click()
    wait_until_idle(page)
    open_page(page, server)
    expect(page.get_by_text("数据截至 2024-09-30")).to_be_visible()
    expect(card(page, "新签约").locator(".hx-value")).not_to_have_text(re.compile(r"^50/ 80 个$"))

    delayed = page.locator(".hx-table a").first
    name = delayed.inner_text()
    delayed.click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible(timeout=20_000)
    wait_until_idle(page)
    total = page.locator("tr", has_text=re.compile("^总投资")).filter(has_text="!")
    expect(total).to_have_text(re.compile(r"[^!]+![A-Z]+\d+.*2024年9月.*2024-09-(滨海|响水)-01"))
    assert outside.urls == []
    assert errors.texts == []
    assert "Traceback" not in server.log()


def test_the_same_file_again_writes_nothing(page: Page, unchanged: Server) -> None:
    """A return that is in force already is answered with its first receipt."""
    open_page(page, unchanged, "/upload")
    upload(page, *(path for path in sample_files(8, first_month=8, yearly=False) if "响水" in path.name))
    panel = drafts(page).first
    panel.get_by_role("textbox").fill("再报一次")
    panel.get_by_role("button", name="接收入库").click()
    expect(panel.get_by_text("同一文件已接收过，未重复写入")).to_be_visible(timeout=15_000)
    expect(panel.get_by_text("2024-08-响水-01")).to_be_visible()
    expect(page.get_by_text("2024-08-响水-02")).to_have_count(0)


def test_a_draft_survives_reload_and_goes_to_a_colleague(page: Page, chromium: Browser, server: Server) -> None:
    """The address carries the draft: F5 keeps it, another browser goes on with it, and both see the receipt."""
    open_page(page, server, "/upload")
    september = [path for path in sample_files(9, first_month=9, yearly=False) if "响水" in path.name]
    upload(page, *september, *september)
    expect(drafts(page)).to_have_count(1)
    address = page.url
    assert "draft=" in address
    page.reload()
    wait_until_idle(page)
    expect(drafts(page).filter(has_text="响水片区 · 2024年9月")).to_be_visible()

    other = chromium.new_context(locale="zh-CN", viewport={"width": 1920, "height": 1080}).new_page()
    other.goto(address)
    wait_until_idle(other)
    assert accept_all(other, "已核实") == ["2024-09-响水-01"]
    other.context.close()
    page.reload()
    wait_until_idle(page)
    expect(drafts(page).get_by_text("2024-09-响水-01")).to_be_visible()
    page.get_by_role("button", name="从本页移除").click()
    wait_until_idle(page)
    expect(drafts(page)).to_have_count(0)
    assert "draft=" not in page.url


def test_without_a_reason_nothing_is_accepted(page: Page, unchanged: Server) -> None:
    """A finding that asks for a reason keeps the file out until one is typed."""
    open_page(page, unchanged, "/upload")
    upload(page, *(path for path in sample_files(9, first_month=9, yearly=False) if "滨海" in path.name))
    panel = drafts(page).first
    panel.get_by_role("button", name="接收入库").click()
    expect(panel.get_by_text("处需说明，请填写原因")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("2024-09-滨海-01")).to_have_count(0)


def test_withdrawing_takes_a_month_back(page: Page, server: Server) -> None:
    """Both returns of August withdrawn: the newest month is July again, and the receipts say why."""
    open_page(page, server, "/upload")
    for body in ("滨海", "响水"):
        page.get_by_text("撤回一份已接收的报表").click()
        page.wait_for_timeout(500)  # the list closes while the expander still moves
        page.get_by_role("combobox").click()
        page.get_by_role("option", name=f"2024-08-{body}-01").click()
        page.get_by_label("撤回原因").fill("报错月份")
        page.get_by_role("button", name="撤回", exact=True).click()
        row = page.locator("tr", has_text=f"2024-08-{body}-01")
        expect(row).to_contain_text("已撤回", timeout=15_000)
        expect(row).to_contain_text("报错月份")
        open_page(page, server, "/upload")
    open_page(page, server)
    expect(page.get_by_text("数据截至 2024-07-31")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("空文件.xlsx", b"", "空"),
        ("不是表格.xlsx", b"hello, this is text", "不是"),
        ("加密.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000, ""),
    ],
)
def test_what_is_no_workbook_gets_a_sentence(page: Page, unchanged: Server, tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    """A file that cannot be read is told in one sentence, and the page goes on working."""
    path = tmp_path / name
    path.write_bytes(content)
    open_page(page, unchanged, "/upload")
    upload(page, path)
    expect(drafts(page).first.get_by_text("不能读取")).to_be_visible()
    assert sentence in drafts(page).first.inner_text()
    upload(page, *(path for path in sample_files(9, first_month=9, yearly=False) if "响水" in path.name))
    expect(drafts(page).filter(has_text="响水片区 · 2024年9月")).to_be_visible()
    assert "Traceback" not in unchanged.log()


def test_a_link_opens_what_its_sender_saw(page: Page, unchanged: Server) -> None:
    """Period, body, filters and language stand in the address and come back from it."""
    open_page(page, unchanged, "/delayed?period=2024-05&body=xiangshui&kind=start&lang=en")
    expect(page.get_by_role("heading", name="Delayed projects")).to_be_visible()
    expect(page.get_by_text("As of 2024-05-31")).to_be_visible()
    count = page.get_by_text(re.compile(r"^\d+ projects, worst first")).inner_text()
    page.get_by_role("link", name="Projects", exact=True).click()
    wait_until_idle(page)
    assert "period=2024-05" in page.url and "body=xiangshui" in page.url and "lang=en" in page.url
    page.goto(f"{unchanged.url}/delayed?period=2024-05&body=xiangshui&kind=start&lang=en")
    wait_until_idle(page)
    assert page.get_by_text(re.compile(r"^\d+ projects, worst first")).inner_text() == count


def test_a_row_of_the_list_opens_its_project(page: Page, unchanged: Server) -> None:
    """Selecting the first row of the delayed list shows its card, whose name leads to the project."""
    open_page(page, unchanged, "/delayed?period=2024-08")
    grid = page.get_by_test_id("stDataFrame")
    expect(grid).to_be_visible()
    grid.click(position={"x": 18, "y": 38 + 19})
    card = page.locator(".st-key-panel_work")
    expect(card.get_by_role("heading", name="年产6千吨冷链预制菜项目")).to_be_visible(timeout=20_000)
    expect(card).to_contain_text("应开未开")
    card.get_by_role("link", name="年产6千吨冷链预制菜项目").click()
    wait_until_idle(page)
    expect(page.get_by_role("heading", name="年产6千吨冷链预制菜项目", exact=True)).to_be_visible()
    assert "/project?" in page.url


def test_the_list_downloads_as_a_workbook(page: Page, unchanged: Server, tmp_path: Path) -> None:
    """The download holds the rows that the figure is made of."""
    open_page(page, unchanged, "/projects?period=2024-08&figure=started_count")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载 Excel").click()
    assert waiting.value.suggested_filename == "项目库 2024年8月.xlsx"
    waiting.value.save_as(tmp_path / "list.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").active
    heading = next(row for row in sheet.iter_rows(values_only=True) if "项目名称" in row)
    names = [row[heading.index("项目名称")] for row in sheet.iter_rows(values_only=True) if row[0] in ("滨海片区", "响水片区")]
    assert len(names) == 25
    assert "中化学绿色甲醇项目" in names


def downloaded(page: Page, button: Locator, path: Path) -> Path:
    """What a download button hands out."""
    with page.expect_download() as waiting:
        button.click()
    waiting.value.save_as(path)
    return path


def test_the_findings_come_back_in_the_senders_workbook(page: Page, unchanged: Server, tmp_path: Path) -> None:
    """The annotated copy has the sender's sheets, a list of findings before them, and a comment in a finding's cell."""
    open_page(page, unchanged, "/upload")
    upload(page, *(path for path in sample_files(9, first_month=9, yearly=False) if "滨海" in path.name))
    button = page.get_by_role("button", name="下载批注本")
    book = openpyxl.load_workbook(downloaded(page, button, tmp_path / "annotated.xlsx"))
    assert {"签约未开工项目", "在建项目", "竣工项目", "基础设施", "校验问题"} == set(book.sheetnames)
    assert "写明 19 个" in book["在建项目"]["A16"].comment.text


def test_the_receipt_can_be_printed(page: Page, server: Server, tmp_path: Path) -> None:
    """The page to print names the receipt, the file and the reason given."""
    open_page(page, server, "/upload")
    upload(page, *(path for path in sample_files(9, first_month=9, yearly=False) if "响水" in path.name))
    accept_all(page, "已向企业核实")
    path = downloaded(page, page.get_by_role("button", name="下载回执"), tmp_path / "receipt.html")
    text = path.read_text(encoding="utf-8")
    assert all(part in text for part in ("2024-09-响水-01", "响水片区2024年9月项目推进月报表.xlsx", "已向企业核实"))


def test_the_next_months_form_is_handed_out(page: Page, unchanged: Server, tmp_path: Path) -> None:
    """The collection page gives each district its form of the next month, filled in with what it reported last."""
    open_page(page, unchanged, "/collection?period=2024-08")
    button = page.get_by_role("button", name="下载滨海片区模板")
    book = openpyxl.load_workbook(downloaded(page, button, tmp_path / "form.xlsx"))
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
    assert any("2024年9月" in text for text in cells)
    assert "金光高档纸产业基地项目" in cells
