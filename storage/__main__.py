"""The database from the command line.

``python -m storage backup [--database PATH]`` makes a backup; while the server has the database, the server makes it;
``python -m storage restore BACKUP [--dry-run] [--database PATH]`` puts one back, or says what that would do;
``python -m storage rebuild --from DATA --to FILE`` builds the database again from the originals and the journal of DATA (the
database file, there or not, beside which they lie);
``python -m storage verify FILE [--json]`` opens a copy for reading alone and checks it whole;
``python -m storage users …`` looks after accounts (storage/account_commands.py).
Exit: 0 done and in order, 1 done and something does not agree, 2 not done.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from domain.submissions import Correction, Decision, Submission
from loaders.confirming import open_return
from storage.account_commands import add_users
from storage.backup_schedule import ask_for_backup, last_failure, wait_for_backup
from storage.backups import Backup, list_backups, make_backup, verify_copy
from storage.clock import office_time
from storage.engine import Database, DatabaseBusy, DatabaseNotOpened, database_path
from storage.opening import open_checked
from storage.queries import known_for
from storage.rebuilding import NotRebuilt, rebuild_database
from storage.refusals import NotAcceptable
from storage.restoring import NotRestored, plan_restore, restore_backup

DONE, DISAGREES, NOT_DONE = 0, 1, 2
SERVER_SECONDS = 600.0


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        return asked.run(asked)
    except (DatabaseNotOpened, NotAcceptable, NotRebuilt, NotRestored) as error:
        print(error.message_zh, file=sys.stderr)
        return NOT_DONE


def backup(asked: argparse.Namespace) -> int:
    """A backup of the database, made here or, where the server has it, by the server."""
    if not asked.database.exists():
        raise DatabaseNotOpened(asked.database)
    try:
        db = open_checked(asked.database)
    except DatabaseBusy:
        return _say_backup(_backup_by_server(asked.database, asked.wait))
    try:
        return _say_backup(make_backup(db, made_at=office_time()))
    finally:
        db.close()


def restore(asked: argparse.Namespace) -> int:
    """A backup put back, or what that would do."""
    plan = plan_restore(asked.database, asked.backup)
    print(f"备份 {plan.backup.folder.name}：到第 {plan.backup.version} 次写入，检查通过。")
    print(f"备份之后的 {len(plan.later)} 条操作记录恢复后不再生效：" if plan.later else "备份之后没有操作记录。")
    for entry in plan.later:
        print(
            f"  第 {entry['sequence']} 次写入 {entry['happened_at']} {entry['actor']} {entry.get('receipt_number', '')}"
        )
    if asked.dry_run:
        print("仅为演练，未作任何改动。")
        return DONE
    aside, faults = restore_backup(plan, restored_at=office_time())
    print(f"已恢复。原来的文件移到 {aside.name}，未删除。")
    return _say_faults(faults)


def rebuild(asked: argparse.Namespace) -> int:
    """The database of the originals and the journal, into a new file."""
    rebuilt = rebuild_database(asked.source, asked.target, read_again)
    print(f"已按 {rebuilt.events} 条操作记录重建 {asked.target.name}。")
    return _say_faults(rebuilt.faults)


def verify(asked: argparse.Namespace) -> int:
    """A copy of the database, checked whole."""
    found = verify_copy(asked.file)
    if asked.json:
        print(json.dumps(found, ensure_ascii=False))
        return DISAGREES if found["faults"] else DONE
    print(f"{asked.file.name}：{len(found['fingerprints'])} 张表全部读过。")
    return _say_faults(found["faults"])


def read_again(
    db: Database, content: bytes, file_name: str, decisions: Sequence[Decision], corrections: Sequence[Correction]
) -> Submission:
    """A workbook as it was read when it was accepted, against a database that stands as it stood then."""
    opened = open_return(content, file_name)
    known = known_for(db, opened.alone.period).with_decisions(list(decisions))
    return opened.interpret(known, corrections)


def _backup_by_server(database: Path, seconds: float) -> Backup:
    newest = next(iter(list_backups(database)), None)
    ask_for_backup(database)
    made = wait_for_backup(database, newest, seconds)
    if made is None:
        failure = last_failure(database)
        no_answer = "运行中的系统没有完成备份。", "The server made no backup."
        raise NotAcceptable(*((failure.message_zh, failure.message_en) if failure else no_answer))
    return made


def _say_backup(made: Backup) -> int:
    print(f"已备份：{made.folder.name}，到第 {made.version} 次写入，{made.byte_count / 2**20:.1f} MB。")
    return _say_faults(made.faults)


def _say_faults(faults: Sequence[str]) -> int:
    if faults:
        print(f"检查发现 {len(faults)} 处不一致：", file=sys.stderr)
    for fault in faults:
        print(f"  {fault}", file=sys.stderr)
    return DISAGREES if faults else DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m storage", description="备份、恢复、检查、重建数据库，管理账号")
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("backup", help="备份数据库、原始文件和操作日志，并检查这份备份")
    make.add_argument("--wait", type=float, default=SERVER_SECONDS, metavar="SECONDS", help="等运行中的系统备份多少秒")
    make.set_defaults(run=backup)
    back = commands.add_parser("restore", help="恢复一份备份；原有文件移开，不删除")
    back.add_argument("backup", metavar="BACKUP", help="备份的文件夹或其名称")
    back.add_argument("--dry-run", action="store_true", help="只检查并说明会怎样，不作改动")
    back.set_defaults(run=restore)
    for command in (make, back):
        command.add_argument("--database", type=Path, default=database_path(), help="数据库文件")
    check = commands.add_parser("verify", help="只读打开一份备份并全面检查")
    check.add_argument("file", type=Path, help="备份中的数据库文件")
    check.add_argument("--json", action="store_true", help="输出 JSON")
    check.set_defaults(run=verify)
    again = commands.add_parser("rebuild", help="按原始文件和操作日志重建数据库")
    again.add_argument("--from", dest="source", type=Path, required=True, help="原数据库文件，不必还在")
    again.add_argument("--to", dest="target", type=Path, required=True, help="新的数据库文件")
    again.set_defaults(run=rebuild)
    add_users(commands)
    return parser


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    sys.exit(main())
