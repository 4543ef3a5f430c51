"""A whole meeting in a real browser: prepared, shown by keys, two decisions, sealed, a late return, opened again, its papers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import ConsoleErrors, Server, open_page, wait_until_idle
from docx import Document
from playwright.sync_api import Page, expect
from pptx import Presentation
from sample_year import accept_samples, sample_files

pytestmark = pytest.mark.browser
SECONDS = 60
DECISIONS = (("8月底前打通供热管网", "新区建设局"), ("协调落实用地指标", "响水县"))
TITLE = "本月看三件事"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A database up to August, of which 滨海 has not sent the last return yet."""
    folder = tmp_path_factory.mktemp("meeting")
    accept_samples(folder / "monitor.duckdb", [path for path in sample_files(8) if path != return_of(8, "滨海")])
    with Server(folder / "monitor.duckdb") as running:
        yield running


def return_of(month: int, district: str) -> Path:
    return next(path for path in sample_files(month, first_month=month, yearly=False) if district in path.name)


def screen(page: Page, server: Server, query: str) -> None:
    page.goto(f"{server.url}/screen?{query}")
    page.locator(".hs-page").wait_for(timeout=SECONDS * 1000)
    wait_until_idle(page)


def pages_of(page: Page, server: Server, query: str) -> list[str]:
    """All that the seven pages say, turned by the keys of their numbers."""
    screen(page, server, f"{query}&page=7")
    found = []
    for number in range(1, 8):
        page.keyboard.press(str(number))
        expect(page.locator(".hs-foot")).to_contain_text(f"{number} / 7", timeout=SECONDS * 1000)
        wait_until_idle(page)
        found.append(page.locator(".hs-page").inner_text())
    return found


def decide(page: Page, server: Server, line: int, text: str, lead: str) -> str:
    """Open a line of the page of delayed projects and record a decision beside its card; the project's name."""
    screen(page, server, "period=2024-08&page=4")
    page.locator(".hs-table tbody tr").nth(line).click()
    page.locator(".hs-card").wait_for(timeout=SECONDS * 1000)
    wait_until_idle(page)
    form = page.locator(".st-key-stage_form")
    form.locator("textarea").fill(text)
    form.get_by_label("牵头单位").fill(lead)
    form.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    wait_until_idle(page)
    expect(page.locator(".hs-card")).to_contain_text(text, timeout=SECONDS * 1000)
    return page.locator(".hs-page h1").inner_text()


def handed_over(page: Page, code: str, folder: Path) -> Path:
    """Make a paper on the meeting's page and take it."""
    page.locator(f".st-key-make_{code} button").click()
    button = page.locator(f".st-key-download_{code} button")
    expect(button).to_be_visible(timeout=SECONDS * 1000)
    with page.expect_download() as download:
        button.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_a_whole_meeting(page: Page, server: Server, tmp_path: Path) -> None:
    """From its preparation to the first page of the next one; what came late changes nothing in it."""
    page.set_default_timeout(SECONDS * 1000)
    errors = ConsoleErrors(page)
    open_page(page, server, "/meeting?period=2024-08")
    page.locator(".st-key-panel_titles input").nth(3).fill(TITLE)
    page.get_by_role("button", name="保存标题").click()
    wait_until_idle(page)

    screen(page, server, "period=2024-08")
    for _ in range(3):
        page.keyboard.press("PageDown")
        wait_until_idle(page)
    expect(page.locator(".hs-foot")).to_contain_text("4 / 7")
    expect(page.locator("h1").first).to_have_text(TITLE)
    names = [decide(page, server, line, *decision) for line, decision in enumerate(DECISIONS)]
    assert len(set(names)) == 2

    open_page(page, server, "/meeting?period=2024-08")
    page.get_by_role("button", name="封存本月会议").click()
    page.get_by_role("button", name="确认封存").click()
    expect(page.locator(".st-key-panel_past")).to_contain_text("2024-08-例会-01", timeout=SECONDS * 1000)
    seal = "period=2024-08&seal=2024-08-例会-01"
    before = pages_of(page, server, seal)
    assert TITLE in before[3] and "会议版" in before[3]

    send(page, server, return_of(8, "滨海"))

    after = pages_of(page, server, seal)
    assert [without_ribbon(text) for text in after] == [without_ribbon(text) for text in before]
    assert "有新数据（未用于本次会议）" in after[0]
    assert "有新数据（未用于本次会议）" not in before[0]
    assert pages_of(page, server, "period=2024-08")[3] != before[3]

    open_page(page, server, f"/meeting?{seal}")
    slides = Presentation(str(handed_over(page, "slides", tmp_path)))
    assert slides.slides[3].shapes.title.text == TITLE
    minutes = Document(str(handed_over(page, "minutes", tmp_path)))
    said = "\n".join(cell.text for table in minutes.tables for row in table.rows for cell in row.cells)
    assert all(text in said and lead in said for text, lead in DECISIONS)
    for code in ("bulletin", "annexes", "carried", "all"):
        assert handed_over(page, code, tmp_path).stat().st_size > 5_000

    send(page, server, return_of(9, "响水"))
    screen(page, server, "period=2024-09&page=1")
    for text, lead in DECISIONS:
        expect(page.locator(".hs-page")).to_contain_text(text)
        expect(page.locator(".hs-page")).to_contain_text(lead)
    assert errors.texts == []


def without_ribbon(text: str) -> str:
    return text.replace("有新数据（未用于本次会议）", "").replace("\n", "").replace(" ", "")


def send(page: Page, server: Server, path: Path) -> None:
    """Upload a return and accept it, with a reason where one is asked."""
    open_page(page, server, "/upload")
    page.locator('input[type="file"]').set_input_files(str(path))
    panel = page.locator('[class*="st-key-panel_draft_"]').filter(has_text=path.name)
    expect(panel.get_by_role("button", name="接收入库")).to_be_visible(timeout=SECONDS * 1000)
    wait_until_idle(page)
    if "需说明 0" not in panel.locator(".hx-steps").inner_text():
        panel.get_by_role("textbox").last.fill("已核实")
    panel.get_by_role("button", name="接收入库").click()
    expect(panel.get_by_text("已接收，这是回执")).to_be_visible(timeout=SECONDS * 1000)
    wait_until_idle(page)
