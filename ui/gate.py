"""The gate of the server: nobody's requests end here, before any page, download or upload is reached.

The pages ask again who is there (ui/session.py) and the queries what they may read; the gate is the first of the three.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Send
from starlette.types import Scope as Connection
from streamlit.auth_util import get_signing_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from storage.engine import DatabaseNotOpened
from storage.refusals import QueryEnded
from ui.session import has_provider, is_loopback, is_protected, scope_of_request, trusted_header

# What holds no data and is needed before somebody is signed in: health, the way in, Streamlit's own scripts and ours.
OPEN_PATHS = re.compile(
    r"/(healthz|sign-in|sign-out|app/static/.*|static/.*|_stcore/(health|host-config)|favicon\.\w+|manifest\.json)"
)
# Where a provider signs people in, the page itself must open to lead to it; it shows nothing else to nobody.
PROVIDER_PATHS = re.compile(r"/(?!media/|_stcore/(?!stream)|component/).*")
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
SHORTEST_SECRET, LEAST_DIFFERENT = 32, 10
# Words of secrets that were copied out of some manual.
SAMPLE_SECRET = re.compile(r"change|sample|example|secret|password|示例|密钥|xxxx", re.IGNORECASE)


class SignInGate:
    """Middleware that lets nobody past who is not signed in; while no accounts are set up, nobody from elsewhere."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Connection, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or OPEN_PATHS.fullmatch(scope["path"]):
            await self.app(scope, receive, send)
            return
        refusal = await run_in_threadpool(refusal_of, HTTPConnection(scope))
        if refusal is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refusal(scope, receive, send)


def refusal_of(request: HTTPConnection) -> Response | None:
    """The answer to a request that may not pass; None for one that may."""
    try:
        if is_protected():
            return None if is_from_here(request.headers) else PlainTextResponse(PROTECTED, 403)
        if is_let_in(request):
            return None
    except DatabaseNotOpened:
        return None  # there is nothing to read then; the page says so
    except QueryEnded as error:
        return PlainTextResponse(f"{error.message_zh} {error.message_en}", 503)
    if trusted_header():
        return PlainTextResponse(NO_ACCOUNT, 403)
    if request.scope.get("method") in ("GET", "HEAD") and "text/html" in request.headers.get("accept", ""):
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/sign-in?next={quote(request.url.path + query, safe='')}", 303)
    return PlainTextResponse(NOT_SIGNED_IN, 401)


PROTECTED = "尚未设置账号，本系统只在本机使用。No accounts are set up: the system serves this machine only."
NO_ACCOUNT = "您没有本系统的账号。You have no account of this system."
NOT_SIGNED_IN = "请先登录。Sign in first."


def is_let_in(request: HTTPConnection) -> bool:
    """Whether somebody with an account asks; of a provider's people that their cookie is signed by us."""
    if scope_of_request(request.headers, request.cookies) is not None:
        return True
    if trusted_header() or not has_provider():
        return False
    return bool(PROVIDER_PATHS.fullmatch(request.url.path)) or _has_identity(request.cookies)


def _has_identity(cookies: Mapping[str, str]) -> bool:
    value = cookies.get(USER_COOKIE_NAME, "").encode("latin-1", "replace")
    return bool(value) and decode_signed_value(get_signing_secret(), USER_COOKIE_NAME, value) is not None


def is_from_here(headers: Headers | Mapping[str, str]) -> bool:
    """Whether a request comes from this machine itself: asked for by its own name, and passed on by nobody."""
    host = re.sub(r":\d+$", "", headers.get("host", ""))
    return is_loopback(host) and not any(name in headers for name in FORWARDED)


def lacking(
    address: str | None,
    *,
    has_accounts: bool,
    secret: str | None,
    hosts: Sequence[str],
    header: str,
    is_by_provider: bool,
) -> list[str]:
    """What must be set before the server may start on this address, one sentence each; empty for nothing.

    This machine's own address needs nothing, but a proxy or a provider that signs people in needs accounts to find,
    and a secret that is set (None for one that is not) is never a bad one.
    """
    faults = []
    if not has_accounts and not (is_loopback(address) and not header and not is_by_provider):
        faults.append("没有账号：请先运行 python -m storage users add。No accounts: python -m storage users add.")
    if (secret is not None or is_by_provider or not is_loopback(address)) and fault_of_secret(secret or ""):
        faults.append(fault_of_secret(secret or ""))
    if is_loopback(address):
        return faults
    if header:
        faults.append(
            "由代理登录（MONITOR_TRUSTED_HEADER）时只能监听 127.0.0.1，否则任何人都可以冒名。"
            "With MONITOR_TRUSTED_HEADER the address must be 127.0.0.1, or anybody can forge the header."
        )
    if not hosts:
        faults.append("没有设置 server.allowedHosts（访问所用的主机名）。server.allowedHosts is not set.")
    return faults


def fault_of_secret(secret: str) -> str:
    """What is wrong with a cookie secret: none, too short, or one that was copied; empty for a good one."""
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < LEAST_DIFFERENT:
        return (
            f"server.cookieSecret（环境变量 STREAMLIT_SERVER_COOKIE_SECRET）须为至少 {SHORTEST_SECRET} 个随机字符。"
            f"server.cookieSecret must be at least {SHORTEST_SECRET} random characters."
        )
    if SAMPLE_SECRET.search(secret):
        return "server.cookieSecret 是示例文字，请换成随机字符。server.cookieSecret is a sample: use random characters."
    return ""
