"""A served dashboard and a real Chromium, for the tests that look at pages as a reader does."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import ConsoleMessage, Error, Page, Request, ViewportSize, expect

# A busy machine answers late; what is wrong stays wrong for so long.
expect.set_options(timeout=20_000)
ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
RUN_SECONDS = 30

# On a page's own address Streamlit's frontend looks for the server below it first, and is told 404.
STREAMLIT_PROBES = re.compile(r"/[^/]+/_stcore/(health|host-config)$")

FULL_HD: ViewportSize = {"width": 1920, "height": 1080}
DEFAULT_MILLISECONDS = 30_000  # as long as Playwright waits by itself
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No pictures of movements, which take a tenth of a browser's time. (Without threaded compositing it would be a
    # quarter, but then clicks wait in vain for the page to stand still.)
    "--disable-smooth-scrolling",
    "--force-prefers-reduced-motion",
)


def find_chromium() -> str | None:
    """The Chromium that $CHROMIUM names, or the first on PATH; scripts/find_chromium.sh also installs one."""
    found = (shutil.which(name) for name in (os.environ.get("CHROMIUM", ""), *CHROMIUM_NAMES) if name)
    return next((path for path in found if path), None)


class Program:
    """A program beside the tests that is asked to end with its block; what it prints goes to ``log_path``."""

    log_path: Path
    _process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        with self.log_path.open("wb") as log:
            self._process = self._start(log)
        try:
            self._wait_until_open()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _start(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        raise NotImplementedError

    def _wait_until_open(self) -> None:
        raise NotImplementedError

    def log(self) -> str:
        """What it has printed so far."""
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """Ask it to end, and end it when it does not."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


class Server(Program):
    """The dashboard on a free port of this machine, reading one database; use it in a `with` statement."""

    def __init__(self, database: Path, *, root: Path = ROOT, settings: Mapping[str, str] | None = None) -> None:
        self.database = database
        self.root = root
        self.settings = dict(settings or {})
        self.url = f"http://127.0.0.1:{usual_port() if root == ROOT else free_port()}"
        self.log_path = database.with_name(f"{database.name}.server.log")

    def _start(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "streamlit", "run", "server.py"]
        command += ["--server.address", "127.0.0.1", "--server.port", str(urlsplit(self.url).port)]
        return subprocess.Popen(
            command,
            cwd=self.root,
            # The parts that a server.py elsewhere imports.
            env={**os.environ, "PYTHONPATH": str(ROOT), "MONITOR_DATABASE": str(self.database), **self.settings},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )

    def _wait_until_open(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                raise RuntimeError(f"the server ended while starting:\n{self.log()}")
            try:
                with urlopen(f"{self.url}/healthz", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.2)
        raise RuntimeError(f"no answer from /healthz within {START_SECONDS} s:\n{self.log()}")


_listening: list[tuple[Page, Any, Callable[..., None]]] = []


def listen(page: Page, event: Any, listener: Callable[..., None]) -> None:
    """Listen to a page until the test ends: its tab serves the next one too."""
    page.on(event, listener)
    _listening.append((page, event, listener))


def stop_listening() -> None:
    """What was listened for in this test is over."""
    while _listening:
        page, event, listener = _listening.pop()
        page.remove_listener(event, listener)


class OutsideRequests:
    """The requests of a page that leave for another host than the dashboard's."""

    def __init__(self, page: Page, server: Server) -> None:
        self.home = urlsplit(server.url).netloc
        self.urls: list[str] = []
        listen(page, "request", self._note)

    def _note(self, request: Request) -> None:
        target = urlsplit(request.url)
        if target.netloc and target.netloc != self.home:
            self.urls.append(request.url)


class ConsoleErrors:
    """What a page complains of: errors on the console, refusals of the security policy, uncaught exceptions."""

    def __init__(self, page: Page) -> None:
        self.texts: list[str] = []
        listen(page, "console", self._note)
        listen(page, "pageerror", lambda error: self.texts.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        url = message.location.get("url", "")
        if message.type == "error" and not STREAMLIT_PROBES.search(url):
            self.texts.append(f"{message.text} ({url})")


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@cache
def first_port() -> int:
    return free_port()


def usual_port() -> int:
    """The same port for one server after the other, since at an address it knows the browser has Streamlit's scripts compiled."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: it may have stopped a moment ago
        try:
            probe.bind(("127.0.0.1", first_port()))
        except OSError:
            return free_port()
    return first_port()


# Whether the script has begun to run since the page last asked for it: until the server answers, the state does not tell.
# What the page sends may ask for no run at all, which is given up soon.
ANSWERED = """async () => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (!app) return;
    if (!window.runs) {
        const runs = window.runs = {asked: 0, answered: 0}, send = WebSocket.prototype.send;
        WebSocket.prototype.send = function (...sent) { runs.asked += 1; return send.apply(this, sent); };
        new MutationObserver(() => { runs.answered = runs.asked; })
            .observe(app, {attributes: true, attributeFilter: ['data-test-script-state']});
    }
    const until = performance.now() + 2000;
    while (window.runs.answered < window.runs.asked && performance.now() < until)
        await new Promise(done => setTimeout(done, 10));
    window.runs.answered = window.runs.asked;
}"""


def wait_until_idle(page: Page, seconds: float = RUN_SECONDS) -> None:
    """Wait until the page is connected, its script has run through, and stays so for a moment, and all of it is drawn.

    What was asked for since the last call is waited for, however late the server begins with it. Streamlit loads what draws an element when the first one comes: the script may have ended long before its buttons
    stand. Until then a skeleton takes their place.
    """
    app = page.locator('[data-testid="stApp"][data-test-connection-state="CONNECTED"]')
    idle = app.and_(page.locator('[data-test-script-state="notRunning"]'))
    expect(app).to_be_visible(timeout=seconds * 1000)
    with suppress(Error):  # the page is leaving for another one, which then begins with a run
        page.evaluate(ANSWERED)
    expect(idle).to_be_visible(timeout=seconds * 1000)
    page.wait_for_timeout(150)  # a rerun asked for by the run that just ended starts within this
    expect(idle).to_be_visible(timeout=seconds * 1000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=seconds * 1000)


def open_page(page: Page, server: Server, path: str = "/") -> None:
    """Open a path of the dashboard and wait until it is drawn."""
    page.goto(server.url + path)
    wait_until_idle(page)


# As a click in the menu does; Streamlit tells a run by the state of its app, which is looked at as soon as it changes.
TURN = """async address => {
    const app = document.querySelector('[data-testid="stApp"]');
    const runs = new Promise(done => new MutationObserver(() => app.dataset.testScriptState === 'running' && done())
        .observe(app, {attributes: true, attributeFilter: ['data-test-script-state']}));
    history.pushState(null, '', address);
    dispatchEvent(new PopStateEvent('popstate', {state: null}));
    await Promise.race([runs, new Promise(done => setTimeout(done, 2000))]);
}"""


def turn_to(page: Page, server: Server, path: str = "/") -> None:
    """Go to a path within the dashboard that is open and wait until it is drawn; opens it where none is.

    The same visitor goes on, and nothing is loaded again: a third of the time of opening it anew.
    """
    if not page.url.startswith(f"{server.url}/"):
        open_page(page, server, path)
        return
    page.evaluate(TURN, path)
    wait_until_idle(page)


def forget(page: Page) -> None:
    """Make a tab that of a new visitor: no further tab, no cookie, nothing stored, nothing shown."""
    for other in page.context.pages:
        if other != page:
            other.close()
    if page.url.startswith("http"):
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    page.goto("about:blank")
    page.context.clear_cookies()
    page.set_default_timeout(DEFAULT_MILLISECONDS)
    page.set_viewport_size(FULL_HD)
