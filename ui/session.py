"""Who is at this screen: the scope made from the sign-in, and the name under which what is written is recorded.

Three ways in, one at a time: a proxy that signs people in and names them in a header (only where MONITOR_TRUSTED_HEADER
says so), an OIDC provider through st.login (where the secrets have a section [auth]), else accounts with passwords and
a cookie. While no accounts are set up, everybody at this machine is the office.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from ipaddress import ip_address

import streamlit as st
from streamlit.auth_util import get_secrets_auth_section
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from domain.accounts import Account
from domain.scope import OFFICE, Scope
from storage.accounts import accounts
from storage.clock import office_time
from storage.counting import NotPermitted
from storage.engine import database_path
from storage.sessions import bury_session, join_session, use_session
from ui import reads

COOKIE = "monitor_session"
TRUSTED_HEADER = "MONITOR_TRUSTED_HEADER"
CLAIM = "MONITOR_OIDC_CLAIM"
FIRST_CLAIM = "email"


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
        return _scope_of(headers.get(name, ""))
    session = use_session(database_path(), cookies.get(COOKIE, ""), now=office_time())
    return _scope_of(session.account) if session else None


def signed_in() -> Scope | None:
    """The scope of whoever is at this screen; None for nobody."""
    if has_provider() and not is_protected() and not trusted_header():
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


def _scope_of(name: str) -> Scope | None:
    account = known_accounts().get(name)
    return account.scope if account and account.is_enabled else None


def _name_by_provider() -> str:
    """The account that the provider's claim names, until our own two limits end its sign-in; empty for nobody."""
    claim = os.environ.get(CLAIM) or FIRST_CLAIM
    name = str(st.user.get(claim) or "") if st.user.get("is_logged_in") else ""
    return name if name and join_session(database_path(), _provider_token(), name, now=office_time()) else ""


def _provider_token() -> str:
    """What tells one sign-in of the provider from the next: the hash of the cookie that Streamlit signed for it."""
    return hashlib.sha256(st.context.cookies.get(USER_COOKIE_NAME, "").encode()).hexdigest()


def leave_provider() -> None:
    """End the provider's sign-in here, also for other open windows, then its cookie."""
    bury_session(database_path(), _provider_token(), "", now=office_time())
    st.logout()
