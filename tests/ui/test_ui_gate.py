"""The gate of the server, and what must be set before it opens to others."""

from __future__ import annotations

import hashlib

import pytest
from starlette.requests import HTTPConnection
from streamlit.runtime.secrets import AttrDict
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from domain.accounts import Account
from domain.scope import OFFICE, Scope
from storage.accounts import add_account, disable_account
from storage.clock import office_time
from storage.engine import Database, DatabaseNotOpened, database_path
from storage.refusals import DatabaseLost
from storage.sessions import open_session
from ui import gate, reads, session
from ui.gate import fault_of_secret, is_from_here, lacking, refusal_of
from ui.session import is_loopback, scope_of_request

SECRET = "tK8v-2Qx9pLm4RzW7bYc1NdJf6GhSaEu"
WANG, LI = Account("wang", "reporter", "binhai"), Account("li", "viewer")


@pytest.fixture
def guarded(year: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The sample year with two accounts that another system could sign in, too."""
    monkeypatch.setenv("MONITOR_DATABASE", str(year.path))
    for account in (WANG, LI):
        add_account(year, account, None, actor="chief", recorded_at=office_time())
    return year


def asking(path: str = "/projects", kind: str = "http", query: str = "", **headers: str) -> HTTPConnection:
    sent = {"host": "127.0.0.1:8501", "accept": "text/html", **{name.replace("_", "-"): text for name, text in headers.items()}}
    raw = [(name.encode(), text.encode("latin-1")) for name, text in sent.items()]
    return HTTPConnection({"type": kind, "method": "GET", "path": path, "query_string": query.encode(), "headers": raw})


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"host": "127.0.0.1:8501"}, True),
        ({"host": "localhost:8501"}, True),
        ({"host": "[::1]:8501"}, True),
        ({"host": "127.0.0.1"}, True),
        ({"host": "monitor.example:8501"}, False),
        ({"host": "10.0.0.5"}, False),
        ({"host": "127.0.0.1.example"}, False),
        ({}, False),
        ({"host": "127.0.0.1:8501", "x-forwarded-for": "10.0.0.5"}, False),
        ({"host": "127.0.0.1:8501", "forwarded": "for=10.0.0.5"}, False),
    ],
)
def test_only_this_machine_without_accounts(year: Database, headers: dict[str, str], expected: bool) -> None:
    """Neither another name, by which a foreign page could reach it, nor a proxy that passes others on."""
    assert is_from_here(headers) is expected
    told = {name.replace("-", "_"): text for name, text in ({"host": ""} | headers).items()}
    refusal = refusal_of(asking(**told))
    assert (refusal is None) is expected
    assert refusal is None or (refusal.status_code, "尚未设置账号".encode() in refusal.body) == (403, True)


@pytest.mark.parametrize(
    ("path", "accept", "state", "location"),
    [
        ("/projects", "text/html", 303, "/sign-in?next=%2Fprojects%3Fperiod%3D2024-08"),
        ("/media/0123.xlsx", "*/*", 401, None),
        ("/_stcore/upload_file/a/b", "*/*", 401, None),
    ],
)
def test_nobody_ends_at_the_gate(guarded: Database, path: str, accept: str, state: int, location: str | None) -> None:
    """A page leads to the sign-in and back; a file is refused."""
    refusal = refusal_of(asking(path, query="period=2024-08", accept=accept))
    assert (refusal.status_code, refusal.headers.get("location")) == (state, location)


def test_a_cookie_opens_the_gate(guarded: Database) -> None:
    """A token of a sign-in that goes on; not an invented one, nor one of an account that was disabled meanwhile."""
    token = open_session(guarded.path, "wang", now=office_time())
    assert refusal_of(asking(cookie=f"monitor_session={token}")) is None
    assert refusal_of(asking("/media/x", cookie=f"monitor_session={token}")) is None
    assert scope_of_request({}, {"monitor_session": token}) == WANG.scope
    assert refusal_of(asking(cookie=f"monitor_session={hashlib.sha256(b'x').hexdigest()}")).status_code == 303
    disable_account(guarded, "wang", actor="chief", recorded_at=office_time())
    assert refusal_of(asking(cookie=f"monitor_session={token}")).status_code == 303


def test_a_header_counts_only_where_it_is_trusted(guarded: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sends it without the setting is nobody; with it, whoever it names that has an account."""
    assert refusal_of(asking(x_remote_user="wang")).status_code == 303
    monkeypatch.setenv("MONITOR_TRUSTED_HEADER", "X-Remote-User")
    request = asking(x_remote_user="wang", x_forwarded_for="10.0.0.5")
    assert refusal_of(request) is None
    assert scope_of_request(request.headers, {}) == WANG.scope
    for headers in ({"x_remote_user": "stranger"}, {"x_remote_user": ""}, {}, {"cookie": f"monitor_session={open_session(guarded.path, 'wang', now=office_time())}"}):
        assert refusal_of(asking(**headers)).status_code == 403


def test_a_provider_needs_the_page_and_nothing_else(guarded: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page opens to lead to it; downloads and uploads want the cookie that was signed for somebody."""
    for module in (gate, session):
        monkeypatch.setattr(module, "has_provider", lambda: True)
    monkeypatch.setattr(gate, "get_signing_secret", lambda: SECRET)
    signed = create_signed_value(SECRET, "_streamlit_user", "{}").decode()
    for path, is_open in (("/projects", True), ("/_stcore/stream", True), ("/oauth2callback", True), ("/media/x", False), ("/_stcore/upload_file/a/b", False)):
        assert (refusal_of(asking(path)) is None) is is_open, path
        assert (refusal_of(asking(path, cookie="_streamlit_user=forged")) is None) is is_open, path
        assert refusal_of(asking(path, cookie=f"_streamlit_user={signed}")) is None, path


def test_without_a_database_there_is_nothing_to_guard(monkeypatch: pytest.MonkeyPatch, guarded: Database) -> None:
    """The page says what is the matter."""

    def fail() -> Database:
        raise DatabaseNotOpened(database_path())

    monkeypatch.setattr(reads, "database", fail)
    assert refusal_of(asking()) is None


def test_while_the_database_is_opened_again_nobody_passes(monkeypatch: pytest.MonkeyPatch, guarded: Database) -> None:
    """Who asks cannot be told then: to be tried again, in a sentence."""

    def fail() -> Database:
        raise DatabaseLost

    monkeypatch.setattr(reads, "database", fail)
    refusal = refusal_of(asking())
    assert (refusal.status_code, "正在重新打开".encode() in refusal.body) == (503, True)


@pytest.mark.parametrize(
    ("address", "expected"),
    [("127.0.0.1", True), ("127.0.0.9", True), ("localhost", True), ("::1", True), ("[::1]", True), ("0.0.0.0", False), ("10.0.0.5", False), ("", False), (None, False), ("monitor.example", False)],
)
def test_this_machines_addresses(year: Database, monkeypatch: pytest.MonkeyPatch, address: str | None, expected: bool) -> None:
    """Served elsewhere without accounts, everybody is nobody, whichever way the system was started."""
    assert is_loopback(address) is expected
    monkeypatch.setattr("streamlit.get_option", lambda _name: address)
    assert scope_of_request({}, {}) == (OFFICE if expected else None)


GOOD = {"has_accounts": True, "secret": SECRET, "hosts": ["monitor.example"], "header": "", "is_by_provider": False}


@pytest.mark.parametrize(
    ("address", "setting", "named"),
    [
        ("0.0.0.0", {}, []),
        ("10.0.0.5", {}, []),
        ("127.0.0.1", {}, []),
        ("127.0.0.1", {"has_accounts": False, "secret": None, "hosts": []}, []),
        ("127.0.0.1", {"has_accounts": False, "secret": "", "hosts": []}, ["cookieSecret"]),
        ("127.0.0.1", {"secret": "change-me-to-32-random-characters"}, ["cookieSecret"]),
        ("127.0.0.1", {"header": "X-Remote-User", "secret": None, "hosts": []}, []),
        ("127.0.0.1", {"header": "X-Remote-User", "has_accounts": False}, ["没有账号"]),
        ("127.0.0.1", {"is_by_provider": True, "has_accounts": False, "secret": None}, ["没有账号", "cookieSecret"]),
        ("0.0.0.0", {"has_accounts": False}, ["没有账号"]),
        ("0.0.0.0", {"secret": ""}, ["cookieSecret"]),
        ("0.0.0.0", {"secret": None}, ["cookieSecret"]),
        ("0.0.0.0", {"hosts": []}, ["allowedHosts"]),
        (None, {"has_accounts": False, "secret": "", "hosts": []}, ["没有账号", "cookieSecret", "allowedHosts"]),
        ("10.0.0.5", {"header": "X-Remote-User"}, ["MONITOR_TRUSTED_HEADER"]),
        ("10.0.0.5", {"is_by_provider": True, "secret": "short"}, ["cookieSecret"]),
    ],
)
def test_what_a_start_lacks(address: str | None, setting: dict, named: list[str]) -> None:
    """Each thing that is missing has its sentence, and nothing else does."""
    faults = lacking(address, **{**GOOD, **setting})
    assert len(faults) == len(named)
    assert all(word in fault for word, fault in zip(named, faults, strict=True))


@pytest.mark.parametrize(
    ("secret", "word"),
    [
        (SECRET, ""),
        ("", "至少 32"),
        (SECRET[:31], "至少 32"),
        ("a" * 64, "至少 32"),
        ("change-me-to-32-random-characters", "示例"),
        ("this-is-an-example-cookie-secret!", "示例"),
        ("示例密钥abcdefghijklmnopqrstuvwxyz0123", "示例"),
    ],
)
def test_secrets_that_are_refused(secret: str, word: str) -> None:
    """None, short, one key held down, or copied out of a manual."""
    fault = fault_of_secret(secret)
    assert (word in fault) if word else fault == ""


def test_scopes_of_accounts_are_theirs(guarded: Database) -> None:
    """The account decides, whatever the address or a header says."""
    token = open_session(guarded.path, "li", now=office_time())
    assert scope_of_request({"x-remote-user": "wang"}, {"monitor_session": token}) == Scope("viewer", OFFICE.bodies, "li")


def test_a_providers_section_is_what_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Secrets with [auth] and nothing else."""
    monkeypatch.setattr(session, "get_secrets_auth_section", lambda: AttrDict({"client_id": "x"}))
    assert session.has_provider()
    monkeypatch.setattr(session, "get_secrets_auth_section", lambda: AttrDict({}))
    assert not session.has_provider()
