"""The page 账号: list, add, new password, disable, enable; the password is shown once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hostile_texts import HOSTILE_TEXTS, assert_harmless
from streamlit.testing.v1 import AppTest

from domain.accounts import Account, fault_of_password
from domain.roles import ACCOUNT_ROLES
from domain.scope import OFFICE, Scope, scope_of
from storage.accounts import accounts, add_account, find_account, is_password
from storage.engine import Database
from storage.journal import read_journal
from ui import session
from ui.account_forms import accounts_table

PAGE = Path(__file__).parents[2] / "pages" / "accounts.py"
NOW = datetime(2024, 9, 10, 8)


@pytest.fixture
def opened(year: Database, monkeypatch: pytest.MonkeyPatch):
    """Open the page as somebody."""

    def ask(person: Scope = OFFICE) -> AppTest:
        monkeypatch.setattr(session, "signed_in", lambda: person)
        return AppTest.from_file(str(PAGE), default_timeout=60).run()

    return ask


def words(app: AppTest) -> str:
    return " ".join(part.proto.body for part in app.get("html"))


def test_the_first_account_is_an_administrator(opened, year: Database) -> None:
    """Whoever sits at this machine makes it; its password opens it, is shown once and must be changed."""
    app = opened()
    assert "仅限本机使用" in words(app)
    assert app.selectbox(key="account_role").options == ["管理员"]
    app.text_input(key="account_name").set_value("chief")
    app.text_input(key="account_person").set_value("周主任")
    app.button(key="account_add").click().run()
    assert not app.exception
    password = app.code[0].value
    assert fault_of_password("chief", password) is None
    assert is_password(year, "chief", password)
    assert find_account(year, "chief") == Account("chief", "administrator", "", "周主任", must_change=True)
    assert "待本人修改初始密码" in words(app)
    assert not app.run().code
    assert read_journal(year)[-1]["actor"] == "office"
    assert password not in str(read_journal(year))


@pytest.fixture
def peopled(year: Database) -> Database:
    """An administrator and a reporter."""
    add_account(year, Account("chief", "administrator", "", "周"), None, actor="x", recorded_at=NOW)
    add_account(year, Account("wang", "reporter", "binhai", "王"), None, actor="x", recorded_at=NOW)
    return year


def test_a_reporter_has_a_district(opened, peopled: Database) -> None:
    """The others are not asked for one."""
    app = opened(scope_of("administrator", "", "chief"))
    assert len(app.selectbox(key="account_role").options) == len(ACCOUNT_ROLES)
    app.selectbox(key="account_role").set_value("checker").run()
    assert "account_body" not in {each.key for each in app.selectbox}
    app.selectbox(key="account_role").set_value("reporter").run()
    app.text_input(key="account_name").set_value("li")
    app.selectbox(key="account_body").set_value("xiangshui")
    app.button(key="account_add").click().run()
    assert find_account(peopled, "li") == Account("li", "reporter", "xiangshui", must_change=True)
    assert read_journal(peopled)[-1]["actor"] == "chief"


@pytest.mark.parametrize("name", ["", "x", "wang", "a b"])
def test_what_stands_against_an_account_is_said(opened, peopled: Database, name: str) -> None:
    """No name, a short one, a known one; nothing is written and no password shown."""
    app = opened(scope_of("administrator", "", "chief"))
    app.text_input(key="account_name").set_value(name)
    app.button(key="account_add").click().run()
    assert not app.exception
    assert not app.code
    assert ("已有这个账号" if name == "wang" else "账号名须为") in words(app)
    assert len(accounts(peopled)) == 2


def test_new_password_disable_enable(opened, peopled: Database) -> None:
    """Of the one that is chosen; the last administrator stays."""
    app = opened(scope_of("administrator", "", "chief"))
    app.button(key="account_switch").click().run()
    assert "最后一个启用的管理员" in words(app)
    app.selectbox(key="account_chosen").select_index(1).run()
    app.button(key="account_reset").click().run()
    assert is_password(peopled, "wang", app.code[0].value)
    app.button(key="account_switch").click().run()
    assert not find_account(peopled, "wang").is_enabled
    assert "已停用" in words(app)
    app.selectbox(key="account_chosen").select_index(1).run()
    app.button(key="account_switch").click().run()
    assert find_account(peopled, "wang").is_enabled


def test_somebody_who_may_not_writes_nothing(opened, peopled: Database) -> None:
    """The page is shut to all others by app.py; were it not, the write would refuse."""
    app = opened(scope_of("checker", "", "zhao"))
    app.text_input(key="account_name").set_value("li")
    app.button(key="account_add").click().run()
    assert app.exception
    assert len(accounts(peopled)) == 2


def test_where_another_system_signs_in_there_is_no_password(opened, year: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """An account says who may come in and as what; no password opens it here."""
    monkeypatch.setenv("MONITOR_TRUSTED_HEADER", "X-Remote-User")
    app = opened()
    app.text_input(key="account_name").set_value("chief")
    app.button(key="account_add").click().run()
    assert not app.code
    assert find_account(year, "chief") == Account("chief", "administrator")
    assert "account_reset" not in {each.key for each in app.button}


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_typed_names_are_never_markup(text: str) -> None:
    """The person's name is free text."""
    assert_harmless(accounts_table([Account("li", "viewer", "", text)]), text)
