"""The database from the command line.

``python -m storage rebuild --from DATA --to FILE`` builds the database again from the originals and the journal of DATA (the
database file, there or not, beside which they lie).
Exit: 0 done and in order, 1 done and something does not agree, 2 not done.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from domain.submissions import Correction, Decision, Submission
from loaders.confirming import open_return
from storage.engine import Database, DatabaseNotOpened
from storage.queries import known_for
from storage.rebuilding import NotRebuilt, rebuild_database

DONE, DISAGREES, NOT_DONE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        return asked.run(asked)
    except (DatabaseNotOpened, NotRebuilt) as error:
        print(error.message_zh, file=sys.stderr)
        return NOT_DONE


def rebuild(asked: argparse.Namespace) -> int:
    """The database of the originals and the journal, into a new file."""
    rebuilt = rebuild_database(asked.source, asked.target, read_again)
    print(f"已按 {rebuilt.events} 条操作记录重建 {asked.target.name}。")
    return _say_faults(rebuilt.faults)


def read_again(
    db: Database, content: bytes, file_name: str, decisions: Sequence[Decision], corrections: Sequence[Correction]
) -> Submission:
    """A workbook as it was read when it was accepted, against a database that stands as it stood then."""
    opened = open_return(content, file_name)
    known = known_for(db, opened.alone.period).with_decisions(list(decisions))
    return opened.interpret(known, corrections)


def _say_faults(faults: Sequence[str]) -> int:
    if faults:
        print(f"自检发现 {len(faults)} 处不一致：", file=sys.stderr)
    for fault in faults:
        print(f"  {fault}", file=sys.stderr)
    return DISAGREES if faults else DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m storage", description="备份、恢复、重建数据库")
    commands = parser.add_subparsers(dest="command", required=True)
    again = commands.add_parser("rebuild", help="按原始文件和操作日志重建数据库")
    again.add_argument(
        "--from", dest="source", type=Path, required=True, help="原数据库文件，不必还在，日志和原始文件在其旁"
    )
    again.add_argument("--to", dest="target", type=Path, required=True, help="新的数据库文件")
    again.set_defaults(run=rebuild)
    return parser


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    sys.exit(main())
