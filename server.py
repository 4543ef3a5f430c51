"""The server around the dashboard: start-up, health, sign-in, security headers and the Chinese page shell.

`streamlit run server.py` and `python server.py` serve it on the address in .streamlit/config.toml.
The dashboard itself is the Streamlit script app.py, which also runs without this file.
"""

from __future__ import annotations

import gc
import re
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager

from storage.backup_schedule import keep_backups
from storage.engine import database_path
from ui.gate import SignInGate, lacking
from ui.session import has_provider, is_loopback, is_protected, trusted_header
from ui.sign_in import ROUTES as SIGN_IN_ROUTES

TITLE = "黄海新区项目监测"

CONTENT_SECURITY_POLICY = "; ".join((
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "frame-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'self'",
    "form-action 'self'",
))  # fmt: skip

SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}

# Streamlit answers these to anybody who reaches the port; nothing here uses them.
CLOSED_PATHS = re.compile(r"/_stcore/(metrics|agent)(/|$)")

# Paths whose HTML, if any, is a file or page of its own and not the page shell.
FILE_PATHS = re.compile(r"/(media|component|app/static|static|_stcore)/|/sign-in$")

SCRIPTS = ("zh.js", "stage.js", "find.js")
SHELL_EDITS = (
    (r'<html lang="en">', '<html lang="zh-CN">'),
    (r"<title>Streamlit</title>", f"<title>{TITLE}</title>"),
    # The security policy refuses inline scripts; this one only speaks to search engines.
    (r"<script>\s*window\.prerenderReady = false\s*</script>", ""),
    # The description of an interface that CLOSED_PATHS closes, and English words about it.
    (r'<link rel="service-desc"[^>]*>', ""),
    (r"<noscript>.*?</noscript>", f"<noscript><p>请在浏览器中启用 JavaScript，再打开{TITLE}。</p></noscript>"),
    # The font of Streamlit's own theme, which ours does not use.
    (r'<link\s+rel="preload"\s+href="[^"]*SourceSans[^"]*"[^>]*>', ""),
    (r"</head>", "".join(f'<script src="./app/static/{name}" defer></script>\n    ' for name in SCRIPTS) + "</head>"),
)

UNIX = getattr(socket, "AF_UNIX", None)
HEAVY_MODULES = ("pandas", "pyarrow", "plotly.graph_objects", "plotly.io", "duckdb", "rapidfuzz", "pypinyin")


def build_shell() -> bytes:
    """Return Streamlit's page shell as ours: Chinese, with our title and our script.

    Raises RuntimeError when an edit finds no place, which means that Streamlit changed its shell.
    """
    html = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    for pattern, replacement in SHELL_EDITS:
        html, count = re.subn(pattern, replacement, html, count=1, flags=re.DOTALL)
        if not count:
            raise RuntimeError(f"Streamlit {st.__version__}: the page shell has no {pattern}; see SHELL_EDITS")
    return html.encode()


class SecurityHeaders:
    """Middleware that adds SECURITY_HEADERS to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SECURITY_HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class ClosedPaths:
    """Middleware that answers 404 for CLOSED_PATHS."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        closed = scope["type"] == "http" and CLOSED_PATHS.search(scope["path"])
        await (PlainTextResponse("Not Found", 404) if closed else self.app)(scope, receive, send)


class ChineseShell:
    """Middleware that sends our page shell wherever Streamlit would send its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.shell = build_shell()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or FILE_PATHS.search(scope["path"]):
            await self.app(scope, receive, send)
        else:
            await self.app(unconditional(scope), receive, self.replacing(send, scope["method"]))

    def replacing(self, send: Send, method: str) -> Send:
        """Return a `send` that replaces an HTML answer by the shell and passes on any other."""
        is_shell = False

        async def send_shell(message: Message) -> None:
            nonlocal is_shell
            if message["type"] == "http.response.start":
                is_shell = describe_shell(message, len(self.shell))
            elif is_shell and message.get("more_body"):
                return
            elif is_shell:
                message = {"type": "http.response.body", "body": b"" if method == "HEAD" else self.shell}
            await send(message)

        return send_shell


def describe_shell(start: Message, length: int) -> bool:
    """Rewrite the headers of an HTML answer for a shell of `length` bytes; False if it is no HTML page."""
    headers = MutableHeaders(scope=start)
    if start["status"] != 200 or not headers.get("content-type", "").startswith("text/html"):
        return False
    for name in ("content-encoding", "etag", "last-modified"):
        del headers[name]
    headers["content-length"] = str(length)
    return True


def unconditional(scope: Scope) -> Scope:
    """Return the request without its conditions: a copy of Streamlit's own shell in a cache is never still good."""
    conditions = {b"if-none-match", b"if-modified-since", b"range"}
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name not in conditions]}


def answer_health(_request: Request) -> JSONResponse:
    """Answer 200 and {"status": "ok"} while the system can serve; monitoring asks this at /healthz."""
    return JSONResponse({"status": "ok"})


def answer_at_once() -> None:
    """Turn Nagle's algorithm off on the listening socket; connections that it accepts inherit that.

    Streamlit binds its socket without naming the protocol, for which asyncio leaves the algorithm on: a second small
    message then waits for the browser's acknowledgement of the first, 40 ms on Linux and up to 200 ms on Windows.
    """
    for each in gc.get_objects():
        if type(each) is socket.socket and each.type == socket.SOCK_STREAM and each.family != UNIX:
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def refuse_unprotected() -> None:
    """End the start where the address would let strangers in: without accounts, a cookie secret, allowed hosts.

    Raises SystemExit, which names all that is missing. On this machine's own address nothing is needed, but a secret
    that is set must be a good one there too: behind a proxy, strangers are let in by it as well.
    """
    address, header, is_by_provider = st.get_option("server.address"), trusted_header(), has_provider()
    # Streamlit makes one up where none is set; everybody would be signed out at each start.
    secret = st.get_option("server.cookieSecret") if config.is_manually_set("server.cookieSecret") else None
    if is_loopback(address) and not header and not is_by_provider and secret is None:
        return
    faults = lacking(
        address,
        has_accounts=not is_protected(),
        secret=secret,
        hosts=st.get_option("server.allowedHosts"),
        header=header,
        is_by_provider=is_by_provider,
    )
    if faults:
        raise SystemExit("\n".join([f"不能在 {address or '0.0.0.0'} 上启动。Not started on this address:", *faults]))


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, object]]:
    """Import what is heavy, then freeze it: Streamlit collects garbage after every run of a page. Begin the backups."""
    # A folder pages/ beside app.py makes Streamlit run a page asked for first without the frame around it.
    PagesManager.uses_pages_directory = False
    for name in HEAVY_MODULES:
        import_module(name)
    answer_at_once()
    gc.collect()
    gc.freeze()
    ended = threading.Event()
    threading.Thread(target=keep_backups, args=(database_path(), ended), name="backups", daemon=True).start()
    yield {}
    ended.set()


# Before anything listens, and with a sentence in place of a trace.
refuse_unprotected()
app = st.App(
    Path(__file__).with_name("app.py"),
    lifespan=lifespan,
    routes=[Route("/healthz", answer_health), *SIGN_IN_ROUTES],
    middleware=[Middleware(SecurityHeaders), Middleware(ClosedPaths), Middleware(SignInGate), Middleware(ChineseShell)],
)

if __name__ == "__main__":
    app.run()
