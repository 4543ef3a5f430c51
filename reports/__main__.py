"""Figures from the command line: ``python -m reports figures --period 2024-12 [--database PATH] [--json]``.

Exit: 0 printed, 2 when the period is none or the database cannot be opened.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from domain.indicators import INDICATORS
from domain.periods import Period
from domain.scope import OFFICE, Record
from reports.figures import figures_by_body
from storage.engine import DatabaseNotOpened, database_path, open_database


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        db = open_database(asked.database)
    except DatabaseNotOpened as error:
        print(error.message_zh, file=sys.stderr)
        return 2
    try:
        figures = figures_by_body(db, OFFICE, Record(asked.period))
    finally:
        db.close()
    print(json.dumps(figures, ensure_ascii=False, indent=1) if asked.json else _as_text(figures))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reports", description="输出指标")
    commands = parser.add_subparsers(dest="command", required=True)
    figures = commands.add_parser("figures", help="某个报告期的各项指标")
    figures.add_argument("--period", type=Period.parse, required=True, metavar="YYYY-MM")
    figures.add_argument("--database", type=Path, default=database_path(), help="数据库文件")
    figures.add_argument("--json", action="store_true", help="输出 JSON")
    return parser


def _as_text(figures: dict[str, dict[str, object]]) -> str:
    lines = []
    for body, values in figures.items():
        lines.append(body)
        for code, value in values.items():
            text = f"{len(value)}：{'、'.join(value)}" if isinstance(value, list) else str(value)
            lines.append(f"  {INDICATORS[code].name} {text}")
    return "\n".join(lines)


if __name__ == "__main__":
    # What other programs read is UTF-8, whatever the machine's language.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    sys.exit(main())
