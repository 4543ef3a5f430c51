"""server.py: the shell, the headers and the closed paths, and the words of Streamlit that zh.js translates."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import streamlit
from browser import ROOT, ConsoleErrors, OutsideRequests, Server, open_page, wait_until_idle
from playwright.sync_api import Page, expect
from streamlit.runtime.pages_manager import PagesManager

import server as served

SCRIPT = """
import streamlit as st

def first():
    st.title("首页")
    st.file_uploader("报表", type=["xlsx", "xls"])
    st.selectbox("片区", ["响水", "滨海"], index=None)
    st.html("<p id='ours'>Open</p>")
    st.download_button("下载", "<html><body>附件</body></html>", "a.html", "text/html", on_click="ignore")
    if st.button("出错"):
        raise ValueError("secret")

st.navigation([st.Page(first, title="首页", default=True)]).run()
"""
FRONTEND = Path(streamlit.__file__).parent / "static" / "static" / "js"
ZH_SCRIPT = ROOT / "static" / "zh.js"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """server.py around a page of our own, so that these tests need no database and no page of the dashboard."""
    root = tmp_path_factory.mktemp("served")
    shutil.copy(ROOT / "server.py", root)
    for folder in (".streamlit", "static", "storage", "domain"):
        shutil.copytree(ROOT / folder, root / folder)
    (root / "app.py").write_text(SCRIPT, encoding="utf-8")
    with Server(root / "none.duckdb", root=root) as running:
        yield running


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[int, Message, str]:
    """The state, headers and text of an answer, whatever its state."""
    request = Request(server.url + path, method=method, headers=headers)
    try:
        with urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.headers, refusal.read().decode()


def test_shell_is_ours() -> None:
    """Chinese, with our title and script, and nothing for the security policy to refuse."""
    shell = served.build_shell().decode()
    assert '<html lang="zh-CN">' in shell
    assert f"<title>{served.TITLE}</title>" in shell
    assert '<script src="./app/static/zh.js" defer>' in shell
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", shell) == []
    assert "_stcore/agent" not in shell


def test_an_edit_without_a_place_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Streamlit with another shell must not be served half translated."""
    monkeypatch.setattr(served, "SHELL_EDITS", (*served.SHELL_EDITS, ("<nowhere>", "")))
    with pytest.raises(RuntimeError, match="has no <nowhere>"):
        served.build_shell()


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/", 200),
        ("/healthz", 200),
        ("/projects?lang=en", 200),
        ("/app/static/zh.js", 200),
        ("/manifest.json", 200),
        ("/_stcore/health", 200),
        ("/_stcore/metrics", 404),
        ("/media/nothing.html", 404),
        ("//elsewhere", 400),
    ],
)
def test_every_answer_has_the_security_headers(server: Server, path: str, state: int) -> None:
    """Pages, files and refusals alike."""
    got, headers, _ = ask(server, path)
    assert got == state
    assert {name: headers[name] for name in served.SECURITY_HEADERS} == served.SECURITY_HEADERS


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/", "/index.html", "/projects", "/projects/one"])
def test_pages_are_the_shell(server: Server, path: str, method: str) -> None:
    """Whatever the address and whatever the browser keeps of an older answer."""
    state, headers, text = ask(server, path, method, **{"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"})
    shell = served.build_shell()
    assert state == 200
    assert headers["Content-Length"] == str(len(shell))
    assert text == ("" if method == "HEAD" else shell.decode())


def test_the_start_complains_of_nothing(server: Server) -> None:
    """Every setting is known to the Streamlit that is pinned, and none is on its way out."""
    assert not re.search("warning|not a valid config option|deprecated", server.log(), re.IGNORECASE)


def test_healthz(server: Server) -> None:
    """What monitoring asks."""
    _, headers, text = ask(server, "/healthz")
    assert headers["Content-Type"] == "application/json"
    assert json.loads(text) == {"status": "ok"}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
        "/_stcore/agent/openapi.json",
        "/projects/_stcore/agent/mcp",
    ],
)
def test_closed_paths(server: Server, path: str, method: str) -> None:
    """Interfaces of Streamlit that nothing of ours uses do not answer."""
    assert ask(server, path, method)[0] == 404


def test_static_script(server: Server) -> None:
    """The browser takes it for a script, and it is the file of the project."""
    _, headers, text = ask(server, "/app/static/zh.js")
    assert "javascript" in headers["Content-Type"]
    assert text == ZH_SCRIPT.read_text(encoding="utf-8")


@pytest.mark.browser
def test_page_works_under_the_policy(server: Server, page: Page) -> None:
    """Nothing refused, nothing fetched from elsewhere, and Streamlit's words in Chinese while ours stay."""
    outside = OutsideRequests(page, server)
    errors = ConsoleErrors(page)
    open_page(page, server)
    expect(page.get_by_test_id("stFileUploader")).to_contain_text("单个文件不超过 10MB")
    expect(page.get_by_test_id("stFileUploader").get_by_role("button", name="上传")).to_be_visible()
    expect(page.get_by_placeholder("请选择")).to_be_visible()
    expect(page.locator("#ours")).to_have_text("Open")
    assert outside.urls == []
    assert errors.texts == []


@pytest.mark.browser
def test_english_page_stays_english(server: Server, page: Page) -> None:
    """The switch leaves Streamlit's words alone and tells assistive software the language."""
    open_page(page, server, "/?lang=en")
    expect(page.get_by_placeholder("Choose an option")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.browser
def test_a_fault_tells_the_reader_nothing_of_the_program(server: Server, page: Page) -> None:
    """One Chinese sentence; what went wrong stands in the log."""
    open_page(page, server)
    page.get_by_role("button", name="出错").click()
    expect(page.get_by_test_id("stException")).to_contain_text("请刷新重试")
    wait_until_idle(page)
    assert "secret" not in page.content()
    assert "secret" in server.log()


@pytest.mark.browser
def test_html_that_is_handed_out_is_not_replaced(server: Server, page: Page) -> None:
    """A downloaded page is the reader's file, not the shell."""
    open_page(page, server)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载").click()
    assert Path(download.value.path()).read_text(encoding="utf-8") == "<html><body>附件</body></html>"


def test_translated_words_are_streamlits() -> None:
    """A word that its frontend no longer holds shows that an update changed the screens."""
    frontend = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FRONTEND.glob("*.js")))
    words = re.findall(r'^    "(.+?)":', ZH_SCRIPT.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(words) > 100
    composed = re.compile(r"Press (Ctrl|⌘)?\+?Enter to |Running the app's main page")
    assert [word for word in words if f"`{word}" not in frontend and not composed.search(word)] == []


def test_connections_answer_at_once() -> None:
    """A socket bound without its protocol named, as Streamlit binds it, hands its connections on without Nagle."""
    with socket.socket(socket.AF_INET) as listening:
        listening.bind(("127.0.0.1", 0))
        served.answer_at_once()
        listening.listen()
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_the_server_keeps_backups_while_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a thread of its own, of the installation's database, until it is stopped."""
    begun: list[tuple[Path, threading.Event, str]] = []
    monkeypatch.setenv("MONITOR_DATABASE", "/srv/a.duckdb")
    monkeypatch.setattr(PagesManager, "uses_pages_directory", PagesManager.uses_pages_directory)
    monkeypatch.setattr(served.gc, "freeze", lambda: None)
    monkeypatch.setattr(served, "answer_at_once", lambda: None)
    monkeypatch.setattr(served, "keep_backups", lambda path, ended: begun.append((path, ended, threading.current_thread().name)))

    async def run() -> None:
        async with served.lifespan(served.app):
            await asyncio.sleep(0.1)
            assert not begun[0][1].is_set()

    # In a thread of its own: the browser of the other tests keeps an event loop in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, run()).result()
    ((path, ended, thread),) = begun
    assert (path, thread, ended.is_set()) == (Path("/srv/a.duckdb"), "backups", True)
