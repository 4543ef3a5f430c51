"""The sign-in page: plain HTML that the server answers itself, since only an answer can set a cookie out of scripts' reach."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import parse_qs, quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from storage.accepting import NotAcceptable
from storage.access import SIGNED_OUT, note_access
from storage.clock import office_time
from storage.engine import database_path
from storage.sessions import end_session
from storage.signing_in import MustChange, sign_in, sign_in_anew
from ui import reads
from ui.links import OUTSIDE
from ui.locale import Language, text_in
from ui.session import COOKIE, address_of, has_provider, is_protected, trusted_header
from ui.theme import FONT_FAMILY, LIGHT

MOST_BYTES = 8192
STYLE = f"""
    body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: {LIGHT.ground};
            color: {LIGHT.ink}; font: 16px/1.6 {FONT_FAMILY} }}
    main {{ width: 360px; padding: 40px 44px 36px; background: {LIGHT.paper}; border: 1px solid {LIGHT.line};
            border-radius: 6px }}
    h1 {{ margin: 0; font-size: 26px }}
    h1 + p {{ margin: 4px 0 24px; color: {LIGHT.text} }}
    label {{ display: block; margin-top: 16px; font-size: 15px; color: {LIGHT.text} }}
    input {{ box-sizing: border-box; width: 100%; margin-top: 4px; padding: 9px 12px; font: inherit; color: inherit;
             border: 1px solid {LIGHT.quiet}; border-radius: 4px }}
    input:focus {{ outline: 2px solid {LIGHT.action}; outline-offset: -1px; border-color: transparent }}
    button {{ width: 100%; margin-top: 28px; padding: 10px; font: inherit; font-weight: 600; color: #fff;
              background: {LIGHT.action}; border: 0; border-radius: 4px; cursor: pointer }}
    .said {{ margin: 16px 0 0; padding: 10px 12px; background: {LIGHT.tint}; border-left: 3px solid {LIGHT.ink} }}
    .foot {{ display: flex; justify-content: space-between; margin: 20px 0 0; font-size: 14px; color: {LIGHT.text} }}
    a {{ color: {LIGHT.action}; text-decoration: none }}
"""
DEFAULT_PORT = re.compile(r":(80|443)$")


def sign_in_page(language: Language, following: str, *, said: str = "", name: str = "", is_anew: bool = False) -> str:
    """The page as HTML: the form for name and password, or also for a new one; ``said`` is what stands against the last try."""

    def t(key: str) -> str:
        return escape(text_in(language, key))

    fields = [_field(t("signin.name"), "name", "text", "username", name, is_first=not name)]
    fields.append(
        _field(
            t("signin.current" if is_anew else "signin.password"),
            "password",
            "password",
            "current-password",
            is_first=bool(name),
        )
    )
    if is_anew:
        fields.append(_field(t("signin.new"), "new", "password", "new-password"))
        fields.append(_field(t("signin.again"), "again", "password", "new-password"))
    other = "en" if language == "zh" else "zh"
    switch = f"/sign-in?{urlencode({'lang': other, 'next': following})}"
    title = t("app.name")
    return f"""<!doctype html>
<html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{t("signin.title")} · {title}</title><style>{STYLE}</style></head><body><main>
<h1>{title}</h1><p>{t("signin.anew" if is_anew else "signin.remark")}</p>
{f'<p class="said" role="alert">{escape(said)}</p>' if said else ""}
<form method="post" action="/sign-in">
<input type="hidden" name="next" value="{escape(following)}"><input type="hidden" name="lang" value="{language}">
{"".join(fields)}<button>{t("signin.button")}</button></form>
<p class="foot"><span>{t("signin.limits")}</span><a href="{escape(switch)}">{t("language.other")}</a></p>
</main></body></html>"""


def _field(label: str, name: str, kind: str, filled_by: str, value: str = "", *, is_first: bool = False) -> str:
    return (
        f'<label>{label}<input name="{name}" type="{kind}" autocomplete="{filled_by}" value="{escape(value)}" '
        f'required maxlength="128"{" autofocus" if is_first else ""}></label>'
    )


async def answer_sign_in(request: Request) -> Response:
    """GET draws the form, POST checks it; a right answer sets the cookie and leads to the page that was asked for."""
    if is_protected() or trusted_header() or has_provider():
        return RedirectResponse("/", 303)
    if request.method != "POST":
        asked = request.query_params
        language: Language = "en" if asked.get("lang") == "en" else "zh"
        return HTMLResponse(sign_in_page(language, inside(asked.get("next", "/"))))
    if not is_same_origin(request):
        return PlainTextResponse("Forbidden", 403)
    typed = await _read_form(request)
    return PlainTextResponse("Too large", 413) if typed is None else await run_in_threadpool(_answer, request, typed)


def _answer(request: Request, typed: dict[str, str]) -> Response:
    language: Language = "en" if typed.get("lang") == "en" else "zh"
    following, name = inside(typed.get("next", "/")), typed.get("name", "").strip()
    try:
        token = _check(name, typed, from_where(request))
    except NotAcceptable as refusal:
        said = refusal.message_zh if language == "zh" else refusal.message_en
        is_anew = "new" in typed or isinstance(refusal, MustChange)
        page = sign_in_page(language, following, said=said, name=name, is_anew=is_anew)
        return HTMLResponse(page, 200 if isinstance(refusal, MustChange) else 403, {"Cache-Control": "no-store"})
    answer = RedirectResponse(following, 303)
    answer.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=_is_secure(request), path="/")
    return answer


def _check(name: str, typed: dict[str, str], address: str) -> str:
    """The token of a sign-in. Raises NotAcceptable, with the sentence for the page."""
    db, now, password = reads.database(), office_time(), typed.get("password", "")
    if "new" not in typed:
        return sign_in(db, name, password, now=now, address=address)
    if typed["new"] != typed.get("again"):
        raise NotAcceptable(text_in("zh", "signin.not_same"), text_in("en", "signin.not_same"))
    return sign_in_anew(db, name, password, typed["new"], now=now, address=address)


async def answer_sign_out(request: Request) -> Response:
    """End the sign-in, on the server too, and lead back to the form; a link on somebody else's page does not."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return RedirectResponse("/", 303)
    await run_in_threadpool(_end, request)
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


def _end(request: Request) -> None:
    ended = end_session(database_path(), request.cookies.get(COOKIE, ""))
    if ended:
        note_access(database_path(), SIGNED_OUT, ended.account, at=office_time(), address=from_where(request))


def from_where(request: Request) -> str:
    """The address of whoever sent a request."""
    return address_of(request.client.host if request.client else None, request.headers)


def inside(following: str) -> str:
    """The address to go on to, if it is one of ours, else the first page."""
    is_ours = following.startswith("/") and not OUTSIDE.match(following) and "\\" not in following
    return quote(following, safe="/?&=%~.-_+,:;@") if is_ours else "/"


def is_same_origin(request: Request) -> bool:
    """Whether a form was sent from a page of ours: no other page may sign somebody in as somebody else."""
    origin = request.headers.get("origin", "").partition("://")[2]
    return bool(origin) and DEFAULT_PORT.sub("", origin) == DEFAULT_PORT.sub("", request.headers.get("host", ""))


def _is_secure(request: Request) -> bool:
    """Whether the reader's connection is encrypted, here or at the proxy; the cookie is never sent in clear then."""
    return "https" in (request.url.scheme, request.headers.get("x-forwarded-proto", ""))


async def _read_form(request: Request) -> dict[str, str] | None:
    """The fields of the form; None for a body that no form of ours has."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return {name: values[-1] for name, values in parse_qs(body.decode("utf-8", "replace"), True).items()}


ROUTES = [
    Route("/sign-in", answer_sign_in, methods=["GET", "POST"]),
    Route("/sign-out", answer_sign_out),
]
