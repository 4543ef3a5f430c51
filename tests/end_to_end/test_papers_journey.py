"""The papers of a meeting in a real browser: made under a bar, handed over, made anew once a title changes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import ConsoleErrors, Server, open_page, wait_until_idle
from docx import Document
from playwright.sync_api import Page, expect
from pptx import Presentation
from sample_year import copy_database

pytestmark = pytest.mark.browser
CODES = ("slides", "bulletin", "minutes", "annexes", "carried", "all")


@pytest.fixture(scope="module")
def served(until_august: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(copy_database(until_august, tmp_path_factory.mktemp("meeting_papers"))) as server:
        yield server


def make(page: Page, code: str) -> None:
    page.locator(f".st-key-make_{code} button").click()
    expect(page.locator(f".st-key-download_{code} button")).to_be_visible(timeout=60_000)
    wait_until_idle(page)


def handed_over(page: Page, code: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.locator(f".st-key-download_{code} button").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_papers_are_made_and_handed_over(page: Page, served: Server, tmp_path: Path) -> None:
    """Under their names; the slides say what the page says; all of them in one file; nothing scrolls."""
    errors = ConsoleErrors(page)
    open_page(page, served, "/meeting?period=2024-08")
    expect(page.locator(".st-key-panel_papers button")).to_have_count(len(CODES))
    make(page, "slides")
    slides = handed_over(page, "slides", tmp_path)
    assert slides.name == "黄海新区2024年8月例会.pptx"
    typed = [page.locator(".st-key-panel_titles input").nth(at).input_value() for at in range(7)]
    assert [slide.shapes.title.text for slide in Presentation(str(slides)).slides] == typed
    make(page, "all")
    with zipfile.ZipFile(handed_over(page, "all", tmp_path)) as archive:
        assert len(archive.namelist()) == len(CODES) - 1
    main = page.locator('[data-testid="stMain"]')
    assert main.evaluate("each => each.scrollHeight <= each.clientHeight")
    assert errors.texts == []


def test_what_is_newer_is_made_anew(page: Page, served: Server, tmp_path: Path) -> None:
    """A title that is written takes the made paper back; made again, it has the title."""
    open_page(page, served, "/meeting?period=2024-07")
    make(page, "slides")
    page.locator(".st-key-panel_titles input").last.fill("港口先行")
    page.get_by_role("button", name="保存标题").click()
    expect(page.locator(".st-key-make_slides button")).to_be_visible()
    wait_until_idle(page)
    make(page, "slides")
    made = Presentation(str(handed_over(page, "slides", tmp_path)))
    assert made.slides[6].shapes.title.text == "港口先行"


def test_a_broken_template_is_said(page: Page, served: Server) -> None:
    """In a sentence, where the paper was asked for; the other papers are made."""
    folder = served.database.parent / "templates"
    folder.mkdir()
    own = Document()
    own.add_paragraph("{{ chairman }}")
    own.save(str(folder / "bulletin.docx"))
    open_page(page, served, "/meeting?period=2024-06")
    page.locator(".st-key-make_bulletin button").click()
    expect(page.locator(".st-key-panel_papers")).to_contain_text("模板 bulletin.docx 里的占位符“chairman”没有对应内容")
    expect(page.locator(".st-key-make_bulletin button")).to_be_visible()
    make(page, "minutes")
