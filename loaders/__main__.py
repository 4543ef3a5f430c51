"""Read and accept returns from the command line.

``python -m loaders read FILE [--json] [--database PATH]`` stores nothing.
``python -m loaders accept FILE... [--database PATH] [--confirm-suggestions] [--reason TEXT]`` stores what is in order.
``python -m loaders places FILE [--database PATH]`` records where projects lie, from a table of names and degrees.
``python -m loaders rectification FILE [--database PATH]`` records what a rectification ledger brings.
``python -m loaders scheme FILE [--database PATH]`` puts schemes of the assessment into force, from a table.
``python -m loaders watch DIR [--database PATH] [--accept] [--once] [--every SECONDS]`` takes what is put into a folder.
Exit: 0 acceptable (accepted), 2 not, 1 not a workbook at all.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from domain.bodies import body_name
from domain.submissions import Decision, Known, Submission
from loaders.choosing import record_scheme_choices
from loaders.confirming import OpenedReturn, confirm_suggestions, open_return, order_of_acceptance
from loaders.placing import record_list
from loaders.printing import findings_as_lines, submission_as_json, submission_as_text
from loaders.rectifying import record_rectification_file
from loaders.watching import Watcher
from loaders.workbook import UnreadableFile
from storage.accepting import NotAcceptable, accept_submission
from storage.clock import office_time
from storage.engine import Database, DatabaseNotOpened, database_path, open_database
from storage.opening import open_checked
from storage.queries import known_for
from storage.receipts import Receipt

ACCEPTABLE, NOT_A_WORKBOOK, NOT_ACCEPTABLE = 0, 1, 2
# Command -> what it is for, and what records its file: the number of lines that cannot be taken.
RECORDED = {
    "places": ("登记项目位置：项目名称、经度、纬度一行一个", record_list),
    "rectification": ("登记整改台账：问题、措施、公开数", record_rectification_file),
    "scheme": ("启用督查考核方案：方案、版本、启用月份、依据一行一个", record_scheme_choices),
}


@dataclass(frozen=True, slots=True)
class Offered:
    """A file named on the command line that is a workbook."""

    content: bytes
    opened: OpenedReturn


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        return COMMANDS[asked.command](asked)
    except DatabaseNotOpened as error:
        print(error.message_zh, file=sys.stderr)
        return NOT_ACCEPTABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m loaders", description="读取、接收报表")
    commands = parser.add_subparsers(dest="command", required=True)
    read = commands.add_parser("read", help="只读取和校验，不入库")
    read.add_argument("file", type=Path)
    read.add_argument("--json", action="store_true", help="输出 JSON")
    read.add_argument("--database", type=Path, help="与此数据库中已接收的报表核对")
    accept = commands.add_parser("accept", help="读取、校验并接收入库")
    accept.add_argument("files", type=Path, nargs="+", metavar="file")
    accept.add_argument("--database", type=Path, default=database_path(), help="数据库文件")
    accept.add_argument("--confirm-suggestions", action="store_true", help="相近的项目名称和表头一律确认")
    accept.add_argument("--reason", default="", help="对“需说明”问题的说明")
    for name, (words, _) in RECORDED.items():
        recorded = commands.add_parser(name, help=words)
        recorded.add_argument("file", type=Path)
        recorded.add_argument("--database", type=Path, default=database_path(), help="数据库文件")
    watch = commands.add_parser("watch", help="看守文件夹：放进来的报表自动读取，待办公室接收")
    watch.add_argument("folder", type=Path)
    watch.add_argument("--database", type=Path, default=database_path(), help="数据库文件")
    watch.add_argument("--accept", action="store_true", help="没有任何问题的报表直接接收")
    watch.add_argument("--once", action="store_true", help="只处理现有文件，随即结束")
    watch.add_argument("--every", type=float, default=5.0, metavar="SECONDS", help="每隔几秒查看一次")
    return parser


def _watch(asked: argparse.Namespace) -> int:
    """Take what is put into the folder, until the command is stopped."""
    if not asked.folder.is_dir():
        print(f"没有这个文件夹：{asked.folder.name}", file=sys.stderr)
        return NOT_A_WORKBOOK
    watcher = Watcher(asked.folder, asked.database, asked.accept)
    try:
        for line in watcher.take_all() if asked.once else watcher.watch(asked.every):
            print(line, flush=True)
    except KeyboardInterrupt:
        pass
    return ACCEPTABLE


def _record(asked: argparse.Namespace) -> int:
    """Record the places, the rectification ledger or the schemes of a file; its lines that cannot be taken are said."""
    try:
        content = asked.file.read_bytes()
    except OSError as error:
        _say_unreadable(asked.file, error)
        return NOT_A_WORKBOOK
    if not asked.database.exists():
        raise DatabaseNotOpened(asked.database)
    db = open_database(asked.database)
    try:
        faults = RECORDED[asked.command][1](db, content)
    except UnreadableFile as error:
        _say_unreadable(asked.file, error)
        return NOT_A_WORKBOOK
    finally:
        db.close()
    return NOT_ACCEPTABLE if faults else ACCEPTABLE


def _read(asked: argparse.Namespace) -> int:
    try:
        opened = open_return(asked.file.read_bytes(), _name_of(asked.file))
    except (UnreadableFile, OSError) as error:
        _say_unreadable(asked.file, error, as_json=asked.json)
        return NOT_A_WORKBOOK
    submission = opened.interpret(_known_from(asked.database, opened)) if asked.database else opened.alone
    if asked.json:
        print(json.dumps(submission_as_json(submission), ensure_ascii=False, indent=1))
    else:
        print(submission_as_text(submission))
    return ACCEPTABLE if submission.is_acceptable else NOT_ACCEPTABLE


def _known_from(path: Path, opened: OpenedReturn) -> Known:
    if not path.exists():
        raise DatabaseNotOpened(path)
    db = open_database(path)
    try:
        return known_for(db, opened.alone.period)
    finally:
        db.close()


def _accept(asked: argparse.Namespace) -> int:
    offered, unreadable = _open_all(asked.files)
    if not offered:
        return NOT_A_WORKBOOK
    offered.sort(key=lambda each: order_of_acceptance(each.opened.alone))
    db = open_checked(asked.database)
    try:
        accepted = [_accept_one(db, each, asked) for each in offered]
    finally:
        db.close()
    if not all(accepted):
        return NOT_ACCEPTABLE
    return NOT_A_WORKBOOK if unreadable else ACCEPTABLE


def _open_all(paths: list[Path]) -> tuple[list[Offered], int]:
    """The files that are workbooks, and how many are not; each of those is said."""
    offered = []
    for path in paths:
        try:
            content = path.read_bytes()
            offered.append(Offered(content, open_return(content, _name_of(path))))
        except (UnreadableFile, OSError) as error:
            _say_unreadable(path, error)
    return offered, len(paths) - len(offered)


def _accept_one(db: Database, offered: Offered, asked: argparse.Namespace) -> bool:
    period = offered.opened.alone.period
    submission, decisions = _read_against(offered.opened, known_for(db, period), asked.confirm_suggestions)
    try:
        receipt = accept_submission(
            db, submission, offered.content, decisions=decisions, reason=asked.reason, accepted_at=office_time()
        )
    except NotAcceptable as refusal:
        print(f"未接收 {submission.file_name}：{refusal.message_zh}")
        for line in findings_as_lines(submission.findings):
            print(f"  {line}")
        return False
    print(_receipt_line(receipt))
    return True


def _read_against(opened: OpenedReturn, known: Known, is_confirming: bool) -> tuple[Submission, list[Decision]]:
    return confirm_suggestions(opened, known) if is_confirming else (opened.interpret(known), [])


def _receipt_line(receipt: Receipt) -> str:
    state = f"已接收过（{receipt.state}）" if receipt.is_repeat else "已接收"
    return (
        f"{state} {receipt.receipt_number} {body_name(receipt.body)} {receipt.period} {receipt.file_name}："
        f"项目 {receipt.project_count}，基础设施 {receipt.infrastructure_count}，"
        f"错误 {receipt.error_count}，需说明 {receipt.explain_count}，提示 {receipt.hint_count}"
    )


def _say_unreadable(path: Path, error: Exception, *, as_json: bool = False) -> None:
    code, message = _unreadable_message(error)
    if as_json:
        found = {"code": code, "level": "错误", "sheet": "", "cell": "", "field": "", "value": "", "message": message}
        print(json.dumps({"tables": [], "findings": [found]}, ensure_ascii=False, indent=1))
    print(f"{_name_of(path)}：{message}", file=sys.stderr)


def _unreadable_message(error: Exception) -> tuple[str, str]:
    if isinstance(error, UnreadableFile):
        return error.code, error.message()
    return "not_found", "文件打不开。请核对路径和权限。"


def _name_of(path: Path) -> str:
    """The file's name as text; a name from an older archive is in GB 18030, which is no text to this system."""
    name = os.fsencode(path.name)
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("gb18030", errors="replace")


COMMANDS = {"read": _read, "accept": _accept, **dict.fromkeys(RECORDED, _record), "watch": _watch}

if __name__ == "__main__":
    # What other programs read is UTF-8, whatever the machine's language.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    sys.exit(main())
