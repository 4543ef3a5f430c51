"""Figures, forms and the meeting's words from the command line.

``python -m reports figures --period 2024-12 [--database PATH] [--json]`` prints the figures of a period;
``python -m reports template --body binhai --period 2025-01 [--database PATH] --output FILE.xlsx`` writes the form that
a district fills in for that month;
``python -m reports meeting --period 2024-12 [--database PATH] [--language en]`` prints the titles of the meeting's pages
and the opening paragraph of the bulletin;
``python -m reports papers --period 2024-12 [--seal ID] [--language en] --output FOLDER`` makes the papers of the meeting,
of the newest seal of the month where there is one;
``python -m reports export --period 2024-12 --output FOLDER`` writes the registry in the open: CSV, Parquet, OC4IDS.
Exit: 0 printed or written, 2 when an argument is wrong, the database cannot be
opened or the file cannot be written.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from domain.bodies import DISTRICT_CODES
from domain.evidence import verified_code
from domain.indicators import INDICATORS
from domain.meeting import PaperNotMade, Seal
from domain.periods import Period
from domain.scope import OFFICE, Record
from reports.figures import figures_by_body
from reports.meeting.facts import read_facts
from reports.meeting.gathering import page_titles
from reports.meeting.papers import make_papers, read_papers
from reports.meeting.paragraph import bulletin_paragraph, plain_text
from reports.meeting.words import LANGUAGES
from reports.open_data.package import open_files
from reports.templates import return_template
from storage import queries
from storage.clock import office_time
from storage.engine import Database, DatabaseNotOpened, database_path, open_database
from storage.meetings import record_of


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        db = open_database(asked.database)
    except DatabaseNotOpened as error:
        print(error.message_zh, file=sys.stderr)
        return 2
    try:
        return asked.run(db, asked)
    finally:
        db.close()


def print_figures(db: Database, asked: argparse.Namespace) -> int:
    """The figures of a period, as text or JSON."""
    figures = figures_by_body(db, OFFICE, Record(asked.period))
    print(json.dumps(figures, ensure_ascii=False, indent=1) if asked.json else _as_text(figures))
    return 0


def write_template(db: Database, asked: argparse.Namespace) -> int:
    """The form of a district for a month, into a file."""
    content = return_template(db, OFFICE, Record(asked.period), asked.body)
    try:
        asked.output.write_bytes(content)
    except OSError as error:
        print(f"无法写入 {asked.output}：{error.strerror}", file=sys.stderr)
        return 2
    print(f"已写入 {asked.output}")
    return 0


def print_meeting(db: Database, asked: argparse.Namespace) -> int:
    """The titles of the meeting's pages and the bulletin's paragraph; issues are counted to the cut-off date."""
    facts = read_facts(db, OFFICE, Record(asked.period), asked.period.last_day)
    titles = page_titles(facts, asked.language).values()
    print("\n".join(f"{number}. {title}" for number, title in enumerate(titles, 1)))
    print(f"\n{plain_text(bulletin_paragraph(facts, asked.language))}")
    return 0


def write_papers(db: Database, asked: argparse.Namespace) -> int:
    """The papers of a meeting, into a folder."""
    seal = _seal_of(db, asked)
    if asked.seal and seal is None:
        print(f"没有编号为 {asked.seal} 的封存会议", file=sys.stderr)
        return 2
    record, day = (record_of(seal), seal.day) if seal else (Record(asked.period), asked.period.last_day)
    source = read_papers(db, OFFICE, record, day, language=asked.language, seal=seal)
    try:
        asked.output.mkdir(parents=True, exist_ok=True)
        for name, content in make_papers(source, progress=_tell).items():
            (asked.output / name).write_bytes(content)
            print(f"已写入 {asked.output / name}")
    except PaperNotMade as error:
        print(error.message_zh, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"无法写入 {asked.output}：{error.strerror}", file=sys.stderr)
        return 2
    return 0


def write_open_data(db: Database, asked: argparse.Namespace) -> int:
    """The registry in the open, into a folder."""
    files = open_files(db, OFFICE, Record(asked.period), office_time())
    try:
        asked.output.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (asked.output / name).write_bytes(content)
            print(f"已写入 {asked.output / name}")
    except OSError as error:
        print(f"无法写入 {asked.output}：{error.strerror}", file=sys.stderr)
        return 2
    return 0


def _seal_of(db: Database, asked: argparse.Namespace) -> Seal | None:
    """The seal asked for, else the newest of the month; None for none."""
    seals = [seal for seal in queries.seals(db, OFFICE) if seal.period == asked.period]
    return next((seal for seal in seals if asked.seal in ("", seal.seal_id)), None)


def _tell(share: float, what: str) -> None:
    """How far it is, to the side of what is printed."""
    if sys.stderr.isatty():
        print(f"{share:4.0%} {what}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reports", description="输出指标和报表")
    commands = parser.add_subparsers(dest="command", required=True)
    figures = commands.add_parser("figures", help="某个报告期的各项指标")
    figures.add_argument("--json", action="store_true", help="输出 JSON")
    figures.set_defaults(run=print_figures)
    template = commands.add_parser("template", help="某个片区某个月待填的报表")
    template.add_argument("--body", choices=DISTRICT_CODES, required=True, help="报送单位")
    template.add_argument("--output", type=Path, required=True, metavar="FILE.xlsx", help="写入的文件")
    template.set_defaults(run=write_template)
    meeting = commands.add_parser("meeting", help="某个月例会各页的标题和通报导语")
    meeting.add_argument("--language", choices=LANGUAGES, default="zh", help="语言")
    meeting.set_defaults(run=print_meeting)
    papers = commands.add_parser("papers", help="某个月例会的全部材料")
    papers.add_argument("--language", choices=LANGUAGES, default="zh", help="语言")
    papers.add_argument(
        "--seal", default="", metavar="ID", help="封存编号；不写则取当月最新一次封存，没有封存取当前数据"
    )
    papers.add_argument("--output", type=Path, required=True, metavar="FOLDER", help="写入的文件夹")
    papers.set_defaults(run=write_papers)
    export = commands.add_parser("export", help="项目库和基础设施的开放数据")
    export.add_argument("--output", type=Path, required=True, metavar="FOLDER", help="写入的文件夹")
    export.set_defaults(run=write_open_data)
    for command in (figures, template, meeting, papers, export):
        command.add_argument("--period", type=Period.parse, required=True, metavar="YYYY-MM")
        command.add_argument("--database", type=Path, default=database_path(), help="数据库文件")
    return parser


def _as_text(figures: dict[str, dict[str, object]]) -> str:
    lines = []
    for body, values in figures.items():
        lines.append(body)
        for code, indicator in INDICATORS.items():
            value = values[code]
            text = f"{len(value)}：{'、'.join(value)}" if isinstance(value, list) else str(value)
            verified = values.get(verified_code(indicator))
            lines.append(f"  {indicator.name} {text}" + ("" if verified is None else f"（已核 {verified}）"))
    return "\n".join(lines)


if __name__ == "__main__":
    # What other programs read is UTF-8, whatever the machine's language.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    sys.exit(main())
