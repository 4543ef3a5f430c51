"""Look after accounts from the command line, while the system is stopped.

``python -m storage users add NAME --role ROLE [--body DISTRICT] [--person TEXT] [--no-password]`` makes an account.
``python -m storage users list | reset NAME | disable NAME | enable NAME``.
A new password is asked for, or read from the first line of standard input with --stdin.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from typing import Any

from domain.accounts import Account
from domain.bodies import DISTRICT_CODES, body_name
from domain.roles import ACCOUNT_ROLES, ROLES
from storage.accounts import accounts, add_account, enable_account
from storage.clock import office_time
from storage.engine import Database, database_path
from storage.opening import open_checked
from storage.signing_in import give_password, shut_out

ACTOR = "command line"


def add_users(commands: Any) -> None:
    """The command ``users`` with its parts, among the commands of a parser; each sets ``run``."""
    users = commands.add_parser("users", help="管理账号（须先停止系统）").add_subparsers(dest="part", required=True)
    parts = {name: users.add_parser(name) for name in COMMANDS}
    for name, command in parts.items():
        command.set_defaults(run=run)
        command.add_argument("--database", type=Path, default=database_path(), help="数据库文件")
        if name != "list":
            command.add_argument("name", help="账号名")
        if name in ("add", "reset"):
            command.add_argument("--stdin", action="store_true", help="从标准输入读取密码")
    parts["add"].add_argument("--no-password", action="store_true", help="由统一认证登录，本系统不设密码")
    parts["add"].add_argument("--role", required=True, choices=ACCOUNT_ROLES, help="角色")
    parts["add"].add_argument("--body", default="", choices=("", *DISTRICT_CODES), help="片区录入员所属片区")
    parts["add"].add_argument("--person", default="", help="姓名")


def run(asked: argparse.Namespace) -> int:
    """One command of accounts; returns 0. Raises DatabaseNotOpened, NotAcceptable."""
    db = open_checked(asked.database)
    try:
        COMMANDS[asked.part](db, asked)
    finally:
        db.close()
    return 0


def _list(db: Database, _asked: argparse.Namespace) -> None:
    for each in accounts(db):
        marks = [] if each.is_enabled else ["已停用"]
        marks += ["须修改密码"] if each.must_change else []
        parts = [each.name, each.person, ROLES[each.role].name, body_name(each.body) if each.body else "", *marks]
        print("  ".join(part for part in parts if part))


def _add(db: Database, asked: argparse.Namespace) -> None:
    account = Account(asked.name, asked.role, asked.body, asked.person)
    password = None if asked.no_password else _password(asked)
    add_account(db, account, password, actor=ACTOR, recorded_at=office_time())
    remark = "由统一认证登录" if password is None else "首次登录须修改密码"
    print(f"已添加 {asked.name}（{ROLES[asked.role].name}），{remark}。")


def _reset(db: Database, asked: argparse.Namespace) -> None:
    give_password(db, asked.name, _password(asked), actor=ACTOR, recorded_at=office_time())
    print(f"已重设 {asked.name} 的密码，下次登录须修改。")


def _disable(db: Database, asked: argparse.Namespace) -> None:
    shut_out(db, asked.name, actor=ACTOR, recorded_at=office_time())
    print(f"已停用 {asked.name}。")


def _enable(db: Database, asked: argparse.Namespace) -> None:
    enable_account(db, asked.name, actor=ACTOR, recorded_at=office_time())
    print(f"已启用 {asked.name}。")


def _password(asked: argparse.Namespace) -> str:
    """A password never stands on the command line, where every user of the machine can read it."""
    if asked.stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass(f"{asked.name} 的新密码：")


COMMANDS = {"add": _add, "list": _list, "reset": _reset, "disable": _disable, "enable": _enable}
