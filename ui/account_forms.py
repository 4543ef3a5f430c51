"""账号: the list of those who may sign in, and the forms that add, reset, disable and enable them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from domain.accounts import Account
from domain.bodies import DISTRICT_CODES, body_name
from domain.grades import ATTENTION, BEHIND
from domain.roles import ACCOUNT_ROLES, ADMINISTRATOR, ROLES, USERS
from storage.accepting import NotAcceptable
from storage.accounts import add_account, enable_account, first_password
from storage.clock import office_time
from storage.signing_in import give_password, shut_out
from ui import reads
from ui.html import heading, note
from ui.html_tables import Column, Graded, Row, plain_table
from ui.locale import language, t
from ui.names import sentence_of
from ui.session import actor, has_provider, trusted_header

GIVEN = "password_given"  # name and password of the account just made; shown by the next run alone


def accounts_table(found: Sequence[Account]) -> str:
    """Everybody with an account, the disabled ones too."""
    columns = [
        Column("name", t("signin.name"), "name"),
        Column("person", t("accounts.person"), "short"),
        Column("role", t("accounts.role"), "short"),
        Column("body", t("accounts.body"), "short"),
        Column("state", t("accounts.state")),
    ]
    rows = [_row(each) for each in found]
    return heading(t("accounts.title")) + plain_table(columns, rows, is_compact=True, empty=t("accounts.none"))


def draw_given() -> None:
    """The first password of the account just made or reset: shown once, kept nowhere."""
    if given := st.session_state.pop(GIVEN, None):
        name, password = given
        st.html(heading(t("accounts.given", name=name), t("accounts.given_remark")))
        st.code(password, language=None)


def draw_new(found: Sequence[Account]) -> None:
    """The form of a new account. The first of all is an administrator: from then on everybody signs in."""
    has_chief = any(each.role == ADMINISTRATOR and each.is_enabled for each in found)
    st.html(heading(t("accounts.new"), "" if has_chief else t("accounts.chief_first")))
    roles = ACCOUNT_ROLES if has_chief else (ADMINISTRATOR,)
    # Not in a form: only a reporter is asked for a district.
    name = st.text_input(t("signin.name"), key="account_name", max_chars=64).strip()
    person = st.text_input(t("accounts.person"), key="account_person", max_chars=40).strip()
    role = st.selectbox(t("accounts.role"), roles, format_func=role_name, key="account_role")
    body = _ask_district() if ROLES[role].is_of_district else ""
    if st.button(t("accounts.add"), type="primary", key="account_add"):
        password = None if is_elsewhere() else first_password(name)
        account = Account(name, role, body, person)
        _recorded(
            name,
            password,
            lambda: add_account(reads.database(), account, password, actor=actor(USERS), recorded_at=office_time()),
        )


def draw_change(found: Sequence[Account]) -> None:
    """The forms of one account that there is: a new password, disabled, enabled."""
    if not found:
        return
    st.html(heading(t("accounts.change"), t("accounts.change_remark")))
    chosen = st.selectbox(t("signin.name"), found, format_func=_name_of, key="account_chosen")
    with st.container(horizontal=True):
        if not is_elsewhere() and st.button(t("accounts.reset_button"), key="account_reset"):
            password = first_password(chosen.name)
            _recorded(
                chosen.name,
                password,
                lambda: give_password(
                    reads.database(), chosen.name, password, actor=actor(USERS), recorded_at=office_time()
                ),
            )
        if st.button(t("accounts.disable_button" if chosen.is_enabled else "accounts.enable_button"), key="account_switch"):
            switch = shut_out if chosen.is_enabled else enable_account
            _recorded(
                chosen.name,
                None,
                lambda: switch(reads.database(), chosen.name, actor=actor(USERS), recorded_at=office_time()),
            )


def role_name(code: str) -> str:
    """Name of a role in the reader's language."""
    return ROLES[code].name if language() == "zh" else ROLES[code].english


def is_elsewhere() -> bool:
    """Whether another system signs people in, so that no password is set here."""
    return bool(trusted_header()) or has_provider()


def _ask_district() -> str:
    return st.selectbox(
        t("accounts.body"), DISTRICT_CODES, format_func=lambda code: body_name(code, language()), key="account_body"
    )


def _recorded(name: str, password: str | None, write: Callable[[], None]) -> None:
    """Write, then draw the page anew with the password; say what stands against it."""
    try:
        write()
    except NotAcceptable as refusal:
        st.html(note(sentence_of(refusal)))
        return
    if password:
        st.session_state[GIVEN] = name, password
    st.rerun()


def _name_of(account: Account) -> str:
    return f"{account.name}（{account.person}）" if account.person else account.name


def _row(account: Account) -> Row:
    state: str | Graded = t("accounts.works")
    if not account.is_enabled:
        state = Graded(t("accounts.disabled_state"), BEHIND)
    elif account.must_change:
        state = Graded(t("accounts.must_change"), ATTENTION)
    body = body_name(account.body, language()) if account.body else ""
    return {"name": account.name, "person": account.person, "role": role_name(account.role), "body": body, "state": state}
