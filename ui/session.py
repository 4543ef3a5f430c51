"""Who is at this screen: the scope made from the sign-in, and the name under which what is written is recorded.

Three ways in, one at a time: a proxy that signs people in and names them in a header (only where MONITOR_TRUSTED_HEADER
says so), an OIDC provider through st.login (where the secrets have a section [auth]), else accounts with passwords and
a cookie. While no accounts are set up, everybody at this machine is the office.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from datetime import datetime
from ipaddress import ip_address

import streamlit as st
from streamlit.auth_util import get_secrets_auth_section
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from domain.accounts import IDLE_LIMIT, Account
from domain.scope import OFFICE, Scope
from storage.access import SIGN_IN_FAILED, SIGNED_IN, SIGNED_OUT, note_access
from storage.accounts import accounts
from storage.clock import office_time
from storage.counting import NotPermitted
from storage.engine import database_path
from storage.sessions import bury_session, is_known, join_session, use_session
from ui import reads

COOKIE = "monitor_session"
TRUSTED_HEADER = "MONITOR_TRUSTED_HEADER"
CLAIM = "MONITOR_OIDC_CLAIM"
FIRST_CLAIM = "email"
LONGEST_ADDRESS = 45
# When each name that a proxy gave was last seen.
_seen: dict[str, datetime] = {}


class NotSignedIn(Exception):
    """Nobody is signed in; app.py says so before it comes to this."""


def known_accounts() -> dict[str, Account]:
    """Name -> account, of all that are set up."""
    return reads.remember("accounts", (), lambda: {each.name: each for each in accounts(reads.database())})


def is_protected() -> bool:
    """True while no accounts are set up: then the system serves this machine alone."""
    return not known_accounts()


def trusted_header() -> str:
    """The header in which a proxy names who is signed in; empty where none is trusted."""
    return os.environ.get(TRUSTED_HEADER, "").strip()


def has_provider() -> bool:
    """Whether an OIDC provider signs people in."""
    return bool(get_secrets_auth_section())


def is_loopback(address: str | None) -> bool:
    """Whether an address is this machine's own; None is every address."""
    if address == "localhost":
        return True
    try:
        return ip_address((address or "").strip("[]")).is_loopback
    except ValueError:
        return False


def scope_of_request(headers: Mapping[str, str], cookies: Mapping[str, str]) -> Scope | None:
    """The scope of a request by header or cookie; None for nobody. A provider's sign-in only a page can see."""
    if is_protected():
        return OFFICE if is_loopback(st.get_option("server.address")) else None
    if name := trusted_header():
        return _by_header(headers.get(name, ""), address_of(None, headers))
    session = use_session(database_path(), cookies.get(COOKIE, ""), now=office_time())
    return _scope_of(session.account) if session else None


def signed_in() -> Scope | None:
    """The scope of whoever is at this screen; None for nobody."""
    if not is_protected() and not trusted_header() and has_provider():  # what costs least is asked first
        return _scope_of(_name_by_provider())
    return scope_of_request(st.context.headers, st.context.cookies)


def scope() -> Scope:
    """The scope of whoever is at this screen. Raises NotSignedIn."""
    found = signed_in()
    if found is None:
        raise NotSignedIn
    return found


def actor(permission: str) -> str:
    """The name under which something is recorded. Raises NotPermitted where the role may not do it, or NotSignedIn."""
    found = scope()
    if not found.may(permission):
        raise NotPermitted(f"{found.actor}: {permission}")
    return found.actor


def noter() -> Callable[..., None]:
    """What notes an event in the record of use as of whoever is at this screen; also outside the page's run, later."""
    path, who, address = reads.database().path, scope().actor, here()

    def note(event: str, **said: object) -> None:
        note_access(path, event, who, at=office_time(), address=address, **said)

    return note


def note_once(event: str, **said: object) -> None:
    """Note an event the first time that it happens in this window; a page is drawn again at every click."""
    key = f"noted_{event}_{sorted(said.items())}"
    if not st.session_state.get(key):
        st.session_state[key] = True
        noter()(event, **said)


def here() -> str:
    """The address of whoever is at this screen."""
    peer = st.context.ip_address  # in tests something that is no text
    return address_of(peer if isinstance(peer, str) else None, st.context.headers)


def address_of(peer: str | None, headers: Mapping[str, str]) -> str:
    """From where a request comes: what the proxy on this machine says of it, else who sent it; None is this machine."""
    passed_on = headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return (passed_on if passed_on and (peer is None or is_loopback(peer)) else peer or "127.0.0.1")[:LONGEST_ADDRESS]


def _by_header(name: str, address: str) -> Scope | None:
    """The scope of whom the proxy names. The proxy tells of no sign-in: one begins with the first use for half an hour."""
    found, now = _scope_of(name), office_time()
    if found:
        before, _seen[name] = _seen.get(name), now
        if before is None or now - before > IDLE_LIMIT:
            note_access(database_path(), SIGNED_IN, name, at=now, address=address, way="proxy")
    return found


def _scope_of(name: str) -> Scope | None:
    account = known_accounts().get(name)
    return account.scope if account and account.is_enabled else None


def _name_by_provider() -> str:
    """The account that the provider's claim names, until our own two limits end its sign-in; empty for nobody."""
    claim = os.environ.get(CLAIM) or FIRST_CLAIM
    name = str(st.user.get(claim) or "") if st.user.get("is_logged_in") else ""
    if not name:
        return ""
    is_first = not is_known(database_path(), _provider_token())
    session = join_session(database_path(), _provider_token(), name, now=office_time())
    if is_first and session:
        is_let_in = _scope_of(name) is not None
        event = SIGNED_IN if is_let_in else SIGN_IN_FAILED
        note_access(database_path(), event, name, at=office_time(), address=here(), way="provider")
    return name if session else ""


def _provider_token() -> str:
    """What tells one sign-in of the provider from the next: the hash of the cookie that Streamlit signed for it."""
    return hashlib.sha256(st.context.cookies.get(USER_COOKIE_NAME, "").encode()).hexdigest()


def leave_provider() -> None:
    """End the provider's sign-in here, also for other open windows, then its cookie."""
    name = _name_by_provider()
    bury_session(database_path(), _provider_token(), "", now=office_time())
    if name:
        note_access(database_path(), SIGNED_OUT, name, at=office_time(), address=here(), way="provider")
    st.logout()
