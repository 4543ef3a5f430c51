"""From a reported start to a verified one and back: record a number and a photo, see the overview count, withdraw."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import ConsoleErrors, Server, open_page, wait_until_idle
from playwright.sync_api import Locator, Page, expect
from sample_year import copy_database

pytestmark = pytest.mark.browser
NAME = "中化学绿色甲醇项目"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def server(until_august: Path, tmp_path: Path) -> Iterator[Server]:
    with Server(copy_database(until_august, tmp_path / "served")) as running:
        yield running


def numbers(page: Page, server: Server) -> list[str]:
    """What the overview says of the starts: target, verified, not verified."""
    open_page(page, server)
    card = page.locator(".hx-card", has=page.get_by_role("heading", name="新开工", exact=True))
    return [card.locator(".hx-big").inner_text(), *card.locator(".hx-checks > i").all_inner_texts()]


def open_project(page: Page, server: Server) -> Locator:
    """The panel of the project's evidence, reached by the number of those that are not verified."""
    open_page(page, server)
    page.locator(".hx-checks").first.get_by_role("link", name=re.compile("未核")).click()
    wait_until_idle(page)
    assert "verification=unverified" in page.url and "figure=started_count" in page.url
    page.get_by_placeholder("项目名称或代码").fill(NAME)
    page.keyboard.press("Enter")
    wait_until_idle(page)
    expect(page.get_by_text("共 1 项")).to_be_visible()
    page.locator("[data-testid='stDataFrame']").click(position={"x": 16, "y": 56})
    wait_until_idle(page)
    return page.locator(".st-key-panel_evidence")


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_test_id("stPopoverBody").get_by_label(label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()
    wait_until_idle(page)


def submit(page: Page, name: str) -> None:
    page.get_by_test_id("stPopoverBody").get_by_role("button", name=name, exact=True).click()
    wait_until_idle(page)


def open_form(page: Page, panel: Locator, name: str) -> Locator:
    """A form of the panel, open whatever was open before."""
    page.keyboard.press("Escape")
    body = page.get_by_test_id("stPopoverBody")
    expect(body).to_have_count(0)
    panel.get_by_role("button", name=name).click()
    expect(body).to_be_visible()
    return body


def test_a_start_is_verified_and_no_longer(page: Page, server: Server, tmp_path: Path) -> None:
    """One more is verified with the number, none with it withdrawn; the photo comes back as it was sent."""
    errors = ConsoleErrors(page)
    reported, verified, unverified = numbers(page, server)
    assert (verified, unverified) == ("已核 0", f"未核 {reported}")

    panel = open_project(page, server)
    expect(panel.locator("tbody tr").first).to_contain_text("○ 未核")
    form = open_form(page, panel, "登记认定依据")
    submit(page, "登记")
    expect(form.get_by_text("请填写号码、编码或现场所见。")).to_be_visible()
    form.get_by_label("施工许可证号", exact=True).last.fill("320922202405060101")
    submit(page, "登记")
    expect(panel.locator("tbody tr").first).to_contain_text("● 已核")
    expect(panel.locator("tbody tr").first).to_contain_text("320922202405060101")
    address = page.url
    assert numbers(page, server) == [reported, "已核 1", f"未核 {int(reported) - 1}"]

    page.goto(address)
    wait_until_idle(page)
    picture = tmp_path / "现场.png"
    picture.write_bytes(PICTURE)
    form = open_form(page, panel, "登记认定依据")
    choose(page, "依据类别", "照片")
    form.locator("input[type='file']").set_input_files(str(picture))
    wait_until_idle(page)
    form.get_by_label("说明（可不填）").fill(HOSTILE)
    submit(page, "登记")
    expect(panel.locator("tbody tr", has_text="照片")).to_contain_text(HOSTILE)
    page.keyboard.press("Escape")
    with page.expect_download() as waiting:
        panel.get_by_role("button", name="下载 现场.png").click()
    assert waiting.value.suggested_filename == "现场.png"
    assert waiting.value.path().read_bytes() == PICTURE

    for kind in ("照片", "施工许可证号"):
        form = open_form(page, panel, "撤回依据")
        form.get_by_label("撤回理由").fill(f"{kind}有误")
        submit(page, "撤回")
        expect(panel.get_by_text(f"（撤回理由：{kind}有误）")).to_be_visible()
    expect(panel.locator("tbody tr").first).to_contain_text("○ 未核")
    assert numbers(page, server) == [reported, "已核 0", f"未核 {reported}"]
    assert errors.texts == []
    assert "Traceback" not in server.log()


def test_a_file_that_is_none_of_ours_is_refused(page: Page, server: Server, tmp_path: Path) -> None:
    """A web page under the name of a photo: told by its bytes, and nothing is recorded."""
    panel = open_project(page, server)
    page_of_script = tmp_path / "现场.png"
    page_of_script.write_bytes(b"<html><script>alert(1)</script></html>")
    form = open_form(page, panel, "登记认定依据")
    choose(page, "依据类别", "照片")
    form.locator("input[type='file']").set_input_files(str(page_of_script))
    wait_until_idle(page)
    submit(page, "登记")
    expect(form.get_by_text("只收 JPG、PNG 图片和 PDF")).to_be_visible()
    expect(panel.locator("tbody tr").first).to_contain_text("○ 未核")
