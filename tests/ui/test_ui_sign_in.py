"""The sign-in page as a browser meets it: forms, cookies, where it leads, and what it refuses."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import httpx
import pytest
from starlette.applications import Starlette

from domain.accounts import Account
from storage.accounts import add_account
from storage.clock import office_time
from storage.engine import Database
from storage.sessions import use_session
from ui.sign_in import ROUTES, inside, sign_in_page

FIRST, OWN = "first-password-1", "a-word-of-my-own"
ORIGIN = {"origin": "http://testserver"}


class Browser:
    """Asks the routes directly, one request at a time, and follows nothing."""

    def __init__(self) -> None:
        self.transport = httpx.ASGITransport(Starlette(routes=ROUTES))
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, **more) -> httpx.Response:
        async def asking() -> httpx.Response:
            async with httpx.AsyncClient(transport=self.transport, base_url="http://testserver", cookies=self.cookies) as client:
                return await client.request(method, path, **more)

        # In a thread of its own: a worker that has driven Chromium keeps Playwright's loop running in this one.
        with ThreadPoolExecutor(1) as elsewhere:
            return elsewhere.submit(asyncio.run, asking()).result()

    def get(self, path: str, **more) -> httpx.Response:
        return self.ask("GET", path, **more)


@pytest.fixture
def browser(year: Database, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A browser before a server with one account."""
    monkeypatch.setenv("MONITOR_DATABASE", str(year.path))
    add_account(year, Account("wang", "reporter", "binhai"), FIRST, actor="chief", recorded_at=office_time())
    return Browser()


def send(browser: Browser, origin: dict[str, str] | None = None, **typed: str):
    headers = {"content-type": "application/x-www-form-urlencoded", **(ORIGIN if origin is None else origin)}
    return browser.ask("POST", "/sign-in", content=urlencode(typed), headers=headers)


def test_the_first_sign_in(browser: Browser, year: Database) -> None:
    """Wrong password, the first password, a new one typed wrongly, then rightly: in, where the reader wanted to go."""
    wrong = send(browser, name="wang", password="nothing-like-it")
    assert (wrong.status_code, "账号或密码不正确" in wrong.text) == (403, True)
    first = send(browser, name=" wang ", password=FIRST, next="/projects?period=2024-08")
    assert (first.status_code, "请设置新密码" in first.text, 'name="again"' in first.text) == (200, True, True)
    typo = send(browser, name="wang", password=FIRST, new=OWN, again="something-else-1")
    assert "两次输入的新密码不一致" in typo.text
    short = send(browser, name="wang", password=FIRST, new="short", again="short", lang="en")
    assert "12 to 128 characters" in short.text
    right = send(browser, name="wang", password=FIRST, new=OWN, again=OWN, next="/projects?period=2024-08")
    assert (right.status_code, right.headers["location"]) == (303, "/projects?period=2024-08")
    cookie = right.headers["set-cookie"]
    token = re.match(r"monitor_session=([0-9a-f]{64});", cookie)[1]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Secure" not in cookie
    assert use_session(year.path, token, now=office_time()).account == "wang"
    for answer in (wrong, first, typo, right):
        assert FIRST not in answer.text
        assert OWN not in answer.text


def test_behind_tls_the_cookie_is_never_sent_in_clear(browser: Browser) -> None:
    """The proxy says so."""
    answer = send(browser, {**ORIGIN, "x-forwarded-proto": "https"}, name="wang", password=FIRST, new=OWN, again=OWN)
    assert "Secure" in answer.headers["set-cookie"]


def test_signing_out_ends_the_sign_in_on_the_server(browser: Browser, year: Database) -> None:
    """A copy of the cookie opens nothing afterwards; a link on another's page signs nobody out."""
    token = re.match(r"monitor_session=(\w+)", send(browser, name="wang", password=FIRST, new=OWN, again=OWN).headers["set-cookie"])[1]
    browser.cookies["monitor_session"] = token
    foreign = browser.get("/sign-out", headers={"sec-fetch-site": "cross-site"})
    assert foreign.headers["location"] == "/"
    assert use_session(year.path, token, now=office_time())
    own = browser.get("/sign-out", headers={"sec-fetch-site": "same-origin"})
    assert (own.headers["location"], 'monitor_session=""' in own.headers["set-cookie"]) == ("/sign-in", True)
    assert use_session(year.path, token, now=office_time()) is None


@pytest.mark.parametrize("origin", [{}, {"origin": "http://elsewhere.example"}, {"origin": "null"}])
def test_no_other_page_signs_somebody_in(browser: Browser, origin: dict[str, str]) -> None:
    """A form of a foreign page is refused, and one that does not say where it is from."""
    assert send(browser, origin, name="wang", password=FIRST).status_code == 403


def test_ports_that_a_proxy_adds_are_the_same_origin(browser: Browser) -> None:
    """A proxy names the port of TLS, the browser does not."""
    answer = send(browser, {"origin": "https://monitor.example", "host": "monitor.example:443"}, name="wang", password="x")
    assert "账号或密码不正确" in answer.text


def test_a_body_that_no_form_has_is_not_read(browser: Browser) -> None:
    """A flood ends after eight kilobytes."""
    assert send(browser, name="w" * 9000, password="x").status_code == 413


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("/projects?period=2024-08&body=binhai", "/projects?period=2024-08&body=binhai"),
        ("/receipt?receipt=2024-08-滨海-01", "/receipt?receipt=2024-08-%E6%BB%A8%E6%B5%B7-01"),
        ("//elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("https://elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("", "/"),
    ],
)
def test_it_leads_nowhere_else(asked: str, expected: str) -> None:
    """Only to a page of ours."""
    assert inside(asked) == expected


def test_what_was_typed_is_text(browser: Browser) -> None:
    """Markup in a name, in the address to go on to and in the language stays text."""
    answer = send(browser, name='"><script>x</script>', password="y", next='/"><script>', lang="<b>")
    assert "<script" not in answer.text
    asked = browser.get("/sign-in", params={"next": '/"><script>x', "lang": '"><script>'})
    assert "<script" not in asked.text


@pytest.mark.parametrize("is_anew", [False, True])
def test_the_page_is_whole_in_both_languages(is_anew: bool) -> None:
    """Its own language throughout but for the switch, one form, a label for each field."""
    for language, switch in (("zh", "English"), ("en", "中文")):
        page = sign_in_page(language, "/", is_anew=is_anew)
        words = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL).replace(switch, "")
        assert bool(re.search("[\u4e00-\u9fff]", words)) is (language == "zh")
        assert page.count("<form") == 1
        assert page.count("<label>") == (4 if is_anew else 2)


def test_without_accounts_there_is_no_sign_in(year: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor where a proxy signs people in: the page leads on."""
    browser = Browser()
    assert browser.get("/sign-in").headers["location"] == "/"
    add_account(year, Account("wang", "viewer"), None, actor="chief", recorded_at=office_time())
    assert browser.get("/sign-in").status_code == 200
    monkeypatch.setenv("MONITOR_TRUSTED_HEADER", "X-Remote-User")
    assert browser.get("/sign-in").headers["location"] == "/"
