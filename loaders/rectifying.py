"""A rectification ledger from a file, recorded; what it comes to is printed."""

from __future__ import annotations

from loaders.rectification_file import ledger_of_file
from storage.engine import Database
from storage.rectifying import changes_against, record_changes
from storage.samples import is_sample


def record_rectification_file(db: Database, content: bytes) -> int:
    """Record what a file brings and print what became of its lines; returns how many cannot be taken.

    Raises UnreadableFile and NotAcceptable.
    """
    found = changes_against(db, ledger_of_file(content, is_example=is_sample(content)))
    record_changes(db, found)
    print(
        f"登记台账 {len(found.rectifications)} 个、问题 {len(found.problems)} 个、事项 {len(found.tasks)} 项、"
        f"经过 {len(found.events)} 条、公开数 {len(found.bulletins)} 期，原已登记 {found.unchanged} 项，未采用 {len(found.faults)} 行"
    )
    for fault in found.faults:
        print(f"  {f'第 {fault.line} 行 ' if fault.line else ''}{fault.text}：{fault.message()}")
    return len(found.faults)
