"""The system behind the real nginx, as deploy/nginx.conf sets it up: what passes, what is refused, and that every page works."""

from __future__ import annotations

import base64
import http.client
import json
import re
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import (
    CHROMIUM_ARGUMENTS,
    ROOT,
    ConsoleErrors,
    OutsideRequests,
    Server,
    find_chromium,
    turn_to,
    wait_until_idle,
)
from playwright.sync_api import Browser, BrowserContext, Page, expect
from provider import Provider, by_provider
from proxy import HOST, Echo, Proxy, find_nginx
from sample_year import copy_database, sample_files

import server as served
from domain.accounts import Account
from domain.periods import Period
from domain.scope import OFFICE, Record
from loaders.__main__ import main
from storage.accounts import add_account, change_password
from storage.clock import office_time
from storage.engine import open_database
from storage.queries import project_states
from storage.samples import SAMPLES
from storage.sessions import open_session

pytestmark = pytest.mark.skipif(
    find_nginx() is None,
    reason="NOT TESTED: the system behind nginx. No nginx here: scripts/find_nginx.sh unpacks one, or set NGINX to its path",
)

FIRST, OWN = "first-password-1", "a-word-of-my-own"
PEOPLE = (Account("chen", "administrator", "", "陈静"), Account("zhao", "checker", "", "赵敏"), Account("wu", "viewer", "", "吴刚"))
HEADERS = {**served.SECURITY_HEADERS, "Strict-Transport-Security": "max-age=31536000"}
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
SECONDS = 60
TELL = """document.addEventListener('securitypolicyviolation', event =>
    window.violated(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`))"""
# Streamlit's reader of messages tries WebAssembly for numbers of 64 bits, is refused, and does without, as in old browsers.
HARMLESS = re.compile(r"script-src wasm-eval \S+/static/js/protobuf\.[\w-]+\.js$")
# Each way to run a script or to reach elsewhere that a text in the data could try to open.
INJECTED = """() => new Promise(done => {
    window.ran = [];
    const add = (tag, attributes, text = '') =>
        document.body.append(Object.assign(document.createElement(tag), { textContent: text }, attributes));
    const html = text => document.body.insertAdjacentHTML('beforeend', text);
    add('script', {}, "window.ran.push('script')");
    add('script', { src: "data:text/javascript,window.ran.push('data')" });
    add('script', { src: URL.createObjectURL(new Blob(["window.ran.push('blob')"], { type: 'text/javascript' })) });
    html(`<img src="data:," onerror="window.ran.push('handler')">`);
    html(`<iframe srcdoc="<script>parent.ran.push('frame')</script>"></iframe>`);
    html(`<a id="led" href="javascript:window.ran.push('link')">x</a>`);
    document.getElementById('led').click();
    setTimeout("window.ran.push('eval')");
    html(`<img src="https://elsewhere.example/seen.png">`);
    fetch('https://elsewhere.example/told').then(() => window.ran.push('fetch'), () => {});
    setTimeout(() => done(window.ran.sort()), 1500);
})"""
WAYS = ["blob", "data", "eval", "frame", "handler", "link", "script"]


def prepare(database: Path) -> Path:
    """Three people with passwords of their own, and the places of the sample projects."""
    main(["places", str(SAMPLES / "places.csv"), "--database", str(database)])  # some projects come later in the year
    db = open_database(database)
    try:
        for account in PEOPLE:
            add_account(db, account, FIRST, actor="chief", recorded_at=office_time())
            change_password(db, account.name, FIRST, OWN, recorded_at=office_time())
    finally:
        db.close()
    return database


def behind(url: str, folder: Path, edit: Callable[[str], str] = str) -> Proxy:
    return Proxy(urlsplit(url).port or 0, folder, edit)


@pytest.fixture(scope="module")
def server(until_august: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Set up as monitor.env.example says: the host name, and a secret made for it."""
    settings = {"STREAMLIT_SERVER_ALLOWED_HOSTS": HOST, "STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_urlsafe(48)}
    with Server(prepare(copy_database(until_august, tmp_path_factory.mktemp("proxied"))), settings=settings) as running:
        yield running


@pytest.fixture(scope="module")
def proxy(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with behind(server.url, tmp_path_factory.mktemp("nginx")) as running:
        yield running


@pytest.fixture
def echoed(tmp_path: Path) -> Iterator[Proxy]:
    """An nginx before a server that says what it was sent."""
    with Echo() as echo, Proxy(echo.port, tmp_path / "nginx") as running:
        yield running


@pytest.fixture(scope="module")
def browser(chromium: Browser, proxy: Proxy) -> Iterator[Browser]:
    """A Chromium in whose network the office's name leads to the nginx of the test."""
    opened = launch(chromium, proxy)
    yield opened
    opened.close()


def launch(chromium: Browser, proxy: Proxy) -> Browser:
    return chromium.browser_type.launch(executable_path=find_chromium(), args=[*CHROMIUM_ARGUMENTS, *proxy.browser_arguments])


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1920, "height": 1080})
    context.set_default_timeout(SECONDS * 1000)
    yield context
    context.close()


@pytest.fixture
def violations(visitor: BrowserContext) -> list[str]:
    """What the policy refused, on any page of the visitor."""
    refused: list[str] = []
    visitor.expose_binding("violated", lambda _source, text: None if HARMLESS.match(text) else refused.append(text))
    visitor.add_init_script(TELL)
    return refused


def cookie_of(server: Server, name: str = "zhao") -> str:
    return f"monitor_session={open_session(server.database, name, now=office_time())}"


def sign_in(page: Page, path: str = "/", name: str = "zhao") -> None:
    page.goto(Proxy.url + path)
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(OWN)
    page.get_by_role("button", name="登录").click()
    wait_until_idle(page, SECONDS)


def show(page: Page, path: str) -> None:
    page.goto(Proxy.url + path)
    wait_until_idle(page, SECONDS)


# --- What nginx passes on and what it refuses ------------------------------------------------------------------------


def test_nobody_names_himself(echoed: Proxy) -> None:
    """Whatever a client says of who it is, where it comes from and how, the server is told what nginx saw."""
    forged = {
        "X_Remote_User": "chief", "X_Forwarded_For": "10.0.0.1", "X_Forwarded_Host": "elsewhere.example",
        "X_Forwarded_Proto": "http", "X_Real_IP": "10.0.0.1", "Forwarded": "for=10.0.0.1", "Authorization": "Basic Y2hpZWY6eA==",
    }  # fmt: skip
    told = json.loads(echoed.ask("/", **forged).body)
    assert sorted(map(tuple, told)) == [
        ("host", HOST),
        ("x-forwarded-for", "127.0.0.1"),
        ("x-forwarded-host", HOST),
        ("x-forwarded-proto", "https"),
        ("x-real-ip", "127.0.0.1"),
    ]


def test_the_host_keeps_the_port_that_was_asked(echoed: Proxy) -> None:
    """The server compares it with the page's Origin, which has the port where it is not 443."""
    assert dict(json.loads(echoed.ask("/", host=f"{HOST}:8443").body))["host"] == f"{HOST}:8443"


def test_every_cookie_is_sent_over_tls_alone(echoed: Proxy) -> None:
    """That against forged forms never comes from elsewhere; those of a sign-in come along with a link."""
    assert echoed.ask("/").headers["set-cookie"] == [
        "_streamlit_xsrf=1; Path=/; Secure; SameSite=Strict",
        "_streamlit_user=2; HttpOnly; Path=/; SameSite=Lax; Secure",
        "monitor_session=3; HttpOnly; Path=/; SameSite=lax; Secure",
    ]


def test_signing_in_is_not_tried_without_end(echoed: Proxy) -> None:
    """After twenty at once a machine must wait two seconds for each; other addresses are not slowed."""
    states = [echoed.ask("/sign-in").state for _ in range(25)]
    assert states[:20] == [200] * 20
    assert 429 in states[20:]
    assert echoed.ask("/").state == 200


def test_another_name_is_refused(echoed: Proxy) -> None:
    """By the handshake that asks for it, and by the request that names it after all; plain HTTP leads to TLS."""
    with pytest.raises(OSError, match=r"(?i)unrecognized.name"):
        echoed.connect(name="elsewhere.example")
    assert echoed.ask("/", host="elsewhere.example").state == 421
    assert echoed.ask("/", host="127.0.0.1", is_plain=True).state == 421
    moved = echoed.ask("/projects?period=2024-08", is_plain=True)
    assert (moved.state, moved.header("location")) == (301, f"https://{HOST}/projects?period=2024-08")


@pytest.mark.parametrize(
    ("path", "method", "sent", "state"),
    [
        ("/", "GET", {"Accept": "text/html"}, 303),
        ("/sign-in", "GET", {}, 200),
        ("/healthz", "GET", {}, 200),
        ("/app/static/zh.js", "GET", {}, 200),
        ("/nowhere", "GET", {}, 401),
        ("/media/0123.xlsx", "GET", {}, 401),
        ("/_stcore/upload_file/a/b", "PUT", {"Content_Length": "0"}, 401),
        ("/_stcore/upload_file/a/b", "PUT", {"Content_Length": str(13 * 2**20)}, 413),
        ("/_stcore/metrics", "GET", {}, 404),
        ("/_stcore/%6Detrics", "GET", {}, 404),
        ("/projects/_stcore/agent/mcp", "POST", {"Content_Length": "0"}, 404),
    ],
)
def test_every_answer_has_the_headers(proxy: Proxy, path: str, method: str, sent: dict[str, str], state: int) -> None:
    """The server's and nginx's own, each header once, as the file says; nothing tells of versions."""
    got = proxy.ask(path, method, **sent)
    assert got.state == state
    assert {name: got.header(name) for name in HEADERS} == HEADERS
    assert got.header("server") == "nginx"


def test_texts_are_packed(proxy: Proxy) -> None:
    """Scripts travel in a third of their size where the browser takes it."""
    bare, packed = proxy.ask("/app/static/zh.js"), proxy.ask("/app/static/zh.js", Accept_Encoding="gzip")
    assert (bare.header("content-encoding"), packed.header("content-encoding")) == (None, "gzip")
    assert len(packed.body) < len(bare.body) / 2


def test_a_pages_connection_is_ours_alone(server: Server, proxy: Proxy) -> None:
    """With a sign-in and from our own page; not from another page, another port, without a sign-in, under another name."""
    cookie = cookie_of(server)
    assert proxy.ask_for_socket(cookie=cookie) == 101
    for origin in ("https://elsewhere.example", f"https://{HOST}:8443", f"http://{HOST}.elsewhere.example", "null"):
        assert proxy.ask_for_socket(cookie=cookie, origin=origin) == 403, origin
    assert proxy.ask_for_socket() == 403
    assert proxy.ask_for_socket(cookie=cookie, host="elsewhere.example") == 421


@pytest.mark.parametrize(("host", "state"), [(HOST, 101), ("elsewhere.example", 403), ("127.0.0.1", 403)])
def test_the_server_knows_its_name_too(server: Server, host: str, state: int) -> None:
    """The setting in monitor.env.example is taken: past nginx, a connection under another name is refused as well."""
    link = http.client.HTTPConnection("127.0.0.1", urlsplit(server.url).port, timeout=30)
    asked = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    link.request("GET", "/_stcore/stream", headers={"Host": host, "Cookie": cookie_of(server), **asked})
    assert link.getresponse().status == state
    link.close()


def test_without_accounts_nobody_comes_by_the_proxy(tmp_path: Path) -> None:
    """The system then serves its own machine, and what nginx passes on is not that."""
    with Server(tmp_path / "monitor.duckdb") as server, behind(server.url, tmp_path / "nginx") as proxy:
        got = proxy.ask("/", Accept="text/html")
        assert (got.state, "尚未设置账号" in got.body.decode()) == (403, True)
        assert proxy.ask_for_socket() == 403


# --- In a browser ----------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_every_page_works(visitor: BrowserContext, violations: list[str], server: Server, proxy: Proxy) -> None:
    """Drawn through nginx under the policy: nothing refused, nothing fetched from elsewhere, no fault."""
    page = visitor.new_page()
    outside, errors = OutsideRequests(page, proxy), ConsoleErrors(page)
    sign_in(page, name="chen")
    for code in PAGES:
        turn_to(page, proxy, f"/{code}?period=2024-08" if code != "overview" else "/?period=2024-08")
        assert "logged as" not in page.content() and "编号" not in page.get_by_test_id("stMain").inner_text(), code
        assert violations == [] and errors.texts == [] and outside.urls == [], code
    assert "Traceback" not in server.log()


@pytest.mark.browser
def test_a_month_of_work(visitor: BrowserContext, violations: list[str], server: Server, proxy: Proxy, tmp_path: Path) -> None:
    """A file handed out, one handed in and accepted, a mark on the map, pages of the meeting's screen."""
    page = visitor.new_page()
    outside, errors = OutsideRequests(page, proxy), ConsoleErrors(page)
    sign_in(page, "/projects?period=2024-08")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载").first.click()
    assert Path(waiting.value.path()).read_bytes()[:2] == b"PK"

    show(page, f"/project?period=2024-08&project={project_id(server, tmp_path)}")
    expect(page.get_by_role("heading", name="中化学绿色甲醇项目", exact=True)).to_be_visible()

    show(page, "/map?period=2024-08")
    expect(page.locator(".scatterlayer path.point").first).to_be_visible(timeout=SECONDS * 1000)
    box = page.locator(".scatterlayer .trace").last.locator("path.point").last.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(re.compile("project="))
    wait_until_idle(page, SECONDS)

    show(page, "/screen?period=2024-08")
    page.locator(".hs-page").wait_for()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".hs-foot")).to_contain_text("2 / 7", timeout=SECONDS * 1000)
    page.locator("body").press("f")
    expect(page.locator(":fullscreen").first).to_be_attached()

    (september,) = (path for path in sample_files(9, first_month=9, yearly=False) if "响水" in path.name)
    show(page, "/upload")
    page.locator('input[type="file"]').set_input_files(str(september))
    panel = page.locator('[class*="st-key-panel_draft_"]', has_text=september.name)
    expect(panel.locator(".hx-steps")).to_be_visible(timeout=SECONDS * 1000)
    wait_until_idle(page, SECONDS)
    if "需说明 0" not in panel.locator(".hx-steps").inner_text():
        panel.locator("textarea").fill("已核实")
    panel.get_by_role("button", name="接收入库").click()
    expect(panel.get_by_text("已接收，这是回执")).to_be_visible(timeout=SECONDS * 1000)
    assert violations == [] and errors.texts == [] and outside.urls == []
    assert "Traceback" not in server.log()


def project_id(server: Server, folder: Path) -> str:
    """The number of a project, read from a copy of the database that is served."""
    db = open_database(copy_database(server.database, folder / "copy"))
    try:
        states = project_states(db, OFFICE, Record(Period(2024, 8)), columns=["project_name"])
    finally:
        db.close()
    return states.set_index("project_name").loc["中化学绿色甲醇项目", "project_id"]


@pytest.mark.browser
def test_what_is_slipped_in_does_not_run(visitor: BrowserContext, violations: list[str]) -> None:
    """Scripts in every form, and calls to elsewhere; on a page without the policy the same ones do run."""
    page = visitor.new_page()
    assert page.evaluate(INJECTED) == WAYS
    sign_in(page)
    assert violations == []
    assert page.evaluate(INJECTED) == []
    refused = {tuple(text.split()[:2]) for text in violations}
    assert {rule for rule, _ in refused} >= {"script-src-elem", "script-src-attr", "script-src"}
    assert refused >= {("img-src", "https://elsewhere.example/seen.png"), ("connect-src", "https://elsewhere.example/told")}


@pytest.mark.browser
def test_cookies_and_files_are_one_persons(visitor: BrowserContext, server: Server, proxy: Proxy) -> None:
    """Cookies keep to TLS, the sign-in's out of reach of scripts; a file's address alone opens nothing."""
    page = visitor.new_page()
    sign_in(page, "/projects?period=2024-08")
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载").first.click()
    waiting.value.path()
    (media,) = [url.removeprefix(Proxy.url) for url in requested if "/media/" in url]
    cookies = {each["name"]: each for each in visitor.cookies()}
    assert all(each["secure"] for each in cookies.values())
    assert (cookies["monitor_session"]["httpOnly"], cookies["monitor_session"]["sameSite"]) == (True, "Lax")
    assert cookies["_streamlit_xsrf"]["sameSite"] == "Strict"
    assert proxy.ask(media).state == 401
    assert proxy.ask(media, X_Remote_User="zhao").state == 401
    assert proxy.ask(media, Cookie=f"monitor_session={cookies['monitor_session']['value']}").state in (200, 404)
    page.get_by_role("link", name="退出登录").click()
    expect(page.get_by_label("账号")).to_be_visible()
    assert proxy.ask(media, Cookie=f"monitor_session={cookies['monitor_session']['value']}").state == 401


def by_nginx(text: str) -> str:
    """The configuration with the lines marked #: taken up, as the file itself tells."""
    assert text.count("    #: ") == 3
    return text.replace("    #: ", "    ").replace('    proxy_set_header X-Remote-User "";\n', "")


@pytest.mark.browser
def test_nginx_signs_people_in(chromium: Browser, until_august: Path, tmp_path: Path) -> None:
    """Whom it lets in is who they are here, whatever they claim; as shipped it names nobody, and nobody gets in."""
    database = prepare(copy_database(until_august, tmp_path / "served"))
    (tmp_path / "nginx").mkdir()
    (tmp_path / "nginx" / "people").write_text("".join(f"{name}:{{PLAIN}}{OWN}\n" for name in ("wu", "stranger")))
    known, stranger = (f"Basic {base64.b64encode(f'{name}:{OWN}'.encode()).decode()}" for name in ("wu", "stranger"))
    with Server(database, settings={"MONITOR_TRUSTED_HEADER": "X-Remote-User"}) as server:
        with behind(server.url, tmp_path / "shipped") as proxy:
            assert proxy.ask("/", X_Remote_User="zhao").state == 403
        with behind(server.url, tmp_path / "nginx", edit=by_nginx) as proxy:
            assert proxy.ask("/", X_Remote_User="zhao").state == 401
            assert proxy.ask("/", X_Remote_User="zhao", Authorization=stranger).state == 403
            assert proxy.ask("/", X_Remote_User="zhao", Authorization=known).state == 200
            opened = launch(chromium, proxy)
            page = opened.new_page(locale="zh-CN", http_credentials={"username": "wu", "password": OWN}, extra_http_headers={"X-Remote-User": "zhao"})
            show(page, "/projects?period=2024-08")
            expect(page.get_by_test_id("stSidebar")).to_contain_text("吴刚")
            opened.close()


@pytest.mark.browser
def test_a_provider_signs_people_in_behind_nginx(chromium: Browser, until_august: Path, tmp_path: Path) -> None:
    """Out to the provider and back under the office's name and TLS, with the strict policy; the cookie goes over TLS alone."""
    database = prepare(copy_database(until_august, tmp_path / "served"))
    with Provider(tmp_path / "provider") as provider:
        settings = provider.settings(Proxy.url, secrets.token_urlsafe(48)) | {"STREAMLIT_SERVER_ALLOWED_HOSTS": HOST}
        with Server(database, settings=settings) as server, behind(server.url, tmp_path / "nginx") as proxy:
            opened = launch(chromium, proxy)
            page = opened.new_page(locale="zh-CN")
            errors = ConsoleErrors(page)
            page.goto(f"{Proxy.url}/projects?period=2024-08")
            expect(page.get_by_text("请通过统一认证登录。")).to_be_visible()
            by_provider(page, "wu")
            expect(page.get_by_test_id("stSidebar")).to_contain_text("吴刚")
            assert page.url.startswith(Proxy.url)
            signed_in = [each for each in page.context.cookies(Proxy.url) if each["name"].startswith("_streamlit_user")]
            assert signed_in and all(each["secure"] and each["httpOnly"] for each in signed_in)
            # The provider's own page asks for a style sheet from elsewhere.
            assert [text for text in errors.texts if Proxy.url in text and "wasm" not in text.lower()] == []
            opened.close()
