"""Signing in, in a real browser before the real server: the first password, roles, the other district, nobody."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from browser import ROOT, ConsoleErrors, Server, free_port, listen, open_page, wait_until_idle
from playwright.sync_api import Browser, Page, expect
from provider import Provider, by_provider
from sample_year import SAMPLES, copy_database

from domain.accounts import Account
from storage.accounts import add_account, change_password
from storage.clock import office_time
from storage.engine import open_database

pytestmark = pytest.mark.browser

SECRET = "tK8v-2Qx9pLm4RzW7bYc1NdJf6GhSaEu"
FIRST, OWN = "first-password-1", "a-word-of-my-own"
PEOPLE = {
    "wang": Account("wang", "reporter", "binhai", "王丽"),
    "li": Account("li", "reporter", "xiangshui", "李明"),
    "zhao": Account("zhao", "checker", "", "赵敏"),
    "wu": Account("wu", "viewer", "", "吴刚"),
}
OTHER_RETURN = SAMPLES / "响水片区2024年8月项目推进月报表.xlsx"


@pytest.fixture
def server(until_august: Path, tmp_path: Path) -> Iterator[Server]:
    """Served with accounts; all but wang have chosen their passwords."""
    database = copy_database(until_august, tmp_path / "served")
    db = open_database(database)
    try:
        for name, account in PEOPLE.items():
            add_account(db, account, FIRST, actor="chief", recorded_at=office_time())
            if name != "wang":
                change_password(db, name, FIRST, OWN, recorded_at=office_time())
    finally:
        db.close()
    with Server(database) as running:
        yield running


def sign_in(page: Page, server: Server, name: str, password: str = OWN, path: str = "/") -> None:
    """Fill the form in as a person does, on the way to a page."""
    page.goto(server.url + path)
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def state_of(url: str, cookie: str = "") -> int:
    try:
        with urlopen(Request(url, headers={"Cookie": cookie, "Accept": "*/*"}), timeout=10) as answer:
            return answer.status
    except HTTPError as refusal:
        with refusal:
            return refusal.code


def test_the_first_sign_in_and_the_way_out(page: Page, server: Server) -> None:
    """Nobody sees the page; a wrong password is refused, the first one must be changed; out is out in every window."""
    errors = ConsoleErrors(page)
    sign_in(page, server, "wang", "not-the-password", "/projects?period=2024-08")
    expect(page.get_by_role("alert")).to_have_text("账号或密码不正确，或账号已停用。")
    page.get_by_label("密码").fill(FIRST)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_have_text("首次登录或密码已被重设，请设置新密码。")
    for label, text in (("当前密码", FIRST), ("新密码", OWN), ("再输一遍新密码", OWN)):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="登录").click()
    wait_until_idle(page)
    assert page.url.startswith(f"{server.url}/projects?period=2024-08")
    expect(page.get_by_test_id("stSidebar")).to_contain_text("王丽")
    expect(page.get_by_test_id("stSidebar")).to_contain_text("滨海片区 · 片区录入员")
    other = page.context.new_page()
    open_page(other, server, "/delayed?period=2024-08")
    page.get_by_role("link", name="退出登录").click()
    expect(page.get_by_label("账号")).to_be_visible()
    other.get_by_test_id("stSidebar").get_by_role("link", name="项目库").click()
    expect(other.get_by_text("尚未登录，或登录已超时")).to_be_visible()
    other.get_by_role("link", name="登录", exact=True).click()
    expect(other.get_by_label("账号")).to_be_visible()
    # The browser's own word for the refused password.
    assert [text for text in errors.texts if "403" not in text] == []


def test_a_district_neither_sees_nor_sends_the_other(page: Page, chromium: Browser, server: Server) -> None:
    """Its own figures without a choice of body; the other's return and draft are refused; what it sends bears its name."""
    sign_in(page, server, "li", path="/upload")
    wait_until_idle(page)
    page.get_by_test_id("stFileUploader").locator("input").set_input_files(OTHER_RETURN)
    wait_until_idle(page)
    draft = page.url
    assert "draft=" in draft
    expect(page.get_by_text("响水片区", exact=False).first).to_be_visible()

    visitor = chromium.new_context(locale="zh-CN", viewport={"width": 1920, "height": 1080})
    wang = visitor.new_page()
    sign_in(wang, server, "wang", FIRST)
    for label, text in (("当前密码", FIRST), ("新密码", OWN), ("再输一遍新密码", OWN)):
        wang.get_by_label(label, exact=True).fill(text)
    wang.get_by_role("button", name="登录").click()
    wait_until_idle(wang)
    wang.goto(draft)
    wait_until_idle(wang)
    assert "draft=" not in wang.url
    assert "响水片区2024年" not in wang.content()
    wang.get_by_test_id("stFileUploader").locator("input").set_input_files(OTHER_RETURN)
    wait_until_idle(wang)
    expect(wang.get_by_text("这是响水片区的报表，您只能报送本片区的报表。")).to_be_visible()
    expect(wang.get_by_role("button", name="接收")).to_have_count(0)
    open_page(wang, server, "/projects?period=2024-08&body=zone")
    expect(wang.locator(".st-key-filter_body")).to_have_count(0)
    visitor.close()


def test_the_menu_and_the_forms_follow_the_role(page: Page, server: Server) -> None:
    """Who only reads has no form, no file and no upload; the address does not help."""
    sign_in(page, server, "wu", path="/issues?period=2024-08")
    wait_until_idle(page)
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar.get_by_role("link", name="项目库")).to_be_visible()
    expect(sidebar.get_by_role("link", name="报表上传")).to_have_count(0)
    for button in ("下载会办清单", "新增问题"):
        expect(page.get_by_role("button", name=button)).to_have_count(0)
    open_page(page, server, "/upload")
    expect(page.get_by_text("您的角色是“查看人员”，没有“上传报表”的权限。")).to_be_visible()


def test_a_file_handed_out_is_nobody_elses(page: Page, server: Server) -> None:
    """Its address opens for who is signed in, not for nobody, and not after signing out."""
    sign_in(page, server, "zhao", path="/projects?period=2024-08")
    wait_until_idle(page)
    requests: list[str] = []
    listen(page, "request", lambda request: requests.append(request.url))
    with page.expect_download() as download:
        page.get_by_role("button", name="下载").first.click()
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"
    (media,) = [url for url in requests if "/media/" in url]
    token = next(each for each in page.context.cookies() if each["name"] == "monitor_session")
    assert (token["httpOnly"], token["sameSite"]) == (True, "Lax")
    cookie = f"monitor_session={token['value']}"
    assert state_of(media, cookie) in (200, 404)  # Streamlit forgets a file that nobody shows any more
    assert state_of(media) == 401
    assert state_of(f"{server.url}/_stcore/upload_file/a/b") == 401
    page.get_by_role("link", name="退出登录").click()
    expect(page.get_by_label("账号")).to_be_visible()
    assert state_of(media, cookie) == 401


def test_nobody_opens_a_connection(page: Page, server: Server) -> None:
    """The socket over which pages come refuses who has no sign-in."""
    page.goto(server.url + "/sign-in")
    address = server.url.replace("http", "ws") + "/_stcore/stream"
    opened = page.evaluate(
        """address => new Promise(done => {
            const socket = new WebSocket(address, ["streamlit"]);
            socket.onopen = () => done(true);
            socket.onclose = () => done(false);
        })""",
        address,
    )
    assert opened is False


def start(tmp_path: Path, *options: str, **settings: str) -> tuple[int, str]:
    """The end of a start that is refused: its code and all that it printed."""
    command = [sys.executable, "-m", "streamlit", "run", "server.py", "--server.port", str(free_port()), *options]
    environment = {"MONITOR_DATABASE": str(tmp_path / "x.duckdb"), **settings}
    ended = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, timeout=90, check=False)
    return ended.returncode, (ended.stdout + ended.stderr).decode("utf-8", "replace")


def test_the_server_does_not_start_for_strangers(tmp_path: Path) -> None:
    """On every address of the machine without accounts, secret and hosts: it ends at once and names all three."""
    code, said = start(tmp_path, "--server.address", "0.0.0.0")
    assert code != 0
    for word in ("没有账号", "server.cookieSecret", "server.allowedHosts"):
        assert word in said
    assert "Traceback" not in said
    code, said = start(tmp_path, "--server.address", "127.0.0.1", MONITOR_TRUSTED_HEADER="X-Remote-User")
    assert code != 0
    assert re.search("没有账号", said)


@pytest.fixture
def provided(server: Server, tmp_path: Path) -> Iterator[Server]:
    """The same, where an OIDC provider on this machine signs people in."""
    server.stop()
    db = open_database(server.database)
    try:
        add_account(db, Account("sun@example.cn", "viewer", "", "孙宁"), None, actor="chief", recorded_at=office_time())
    finally:
        db.close()
    with Provider(tmp_path / "provider") as provider:
        running = Server(server.database)
        running.settings |= provider.settings(running.url, SECRET)
        with running:
            yield running


def leave_provider(page: Page) -> None:
    """Out of ours and, where its own page asks, out of the provider's."""
    page.get_by_role("button", name="退出登录").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_text("请通过统一认证登录。")).to_be_visible()


def test_a_provider_signs_people_in(page: Page, provided: Server) -> None:
    """Who has an account here is in, under its role; who has none is told so; out is out, with a copied cookie too."""
    open_page(page, provided, "/projects?period=2024-08")
    expect(page.get_by_text("请通过统一认证登录。")).to_be_visible()
    assert "2024年" not in page.content()
    assert state_of(f"{provided.url}/media/0.xlsx") == 401
    by_provider(page, "stranger@example.cn")
    expect(page.get_by_text("您没有本系统的账号")).to_be_visible()
    leave_provider(page)
    by_provider(page, "sun@example.cn")
    expect(page.get_by_test_id("stSidebar")).to_contain_text("孙宁")
    expect(page.get_by_test_id("stSidebar")).to_contain_text("查看人员")
    kept = page.context.cookies()
    leave_provider(page)
    page.context.add_cookies(kept)
    open_page(page, provided, "/projects?period=2024-08")
    expect(page.get_by_text("登录已超时")).to_be_visible()
