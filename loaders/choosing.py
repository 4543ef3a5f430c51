"""Which scheme of the assessment holds from when, out of a file, recorded; what it comes to is printed."""

from __future__ import annotations

from domain.list_lines import decoded
from domain.periods import Period
from domain.scheme_lists import new_choices, read_choices
from domain.scope import OFFICE, Record
from storage.assessments import choose_scheme
from storage.clock import office_time
from storage.engine import Database
from storage.queries import scheme_choices, schemes
from storage.samples import is_sample


def record_scheme_choices(db: Database, content: bytes) -> int:
    """Record the decisions of a file and print what became of its lines; returns how many cannot be taken.

    A sample file decides nothing where the office has decided something.
    """
    now = office_time()
    record = Record(Period(now.year, now.month))
    listed, faults = read_choices(decoded(content), schemes(db, OFFICE, record))
    new = new_choices(listed, scheme_choices(db, OFFICE, record), is_example=is_sample(content))
    for each in new:
        choose_scheme(db, each.key, each.from_period, reason=each.reason, set_at=now)
    print(f"启用考核方案 {len(new)} 个，原已登记 {len(listed) - len(new)} 个，未采用 {len(faults)} 行")
    for fault in faults:
        print(f"  {f'第 {fault.line} 行 ' if fault.line else ''}{fault.text}：{fault.message()}")
    return len(faults)
