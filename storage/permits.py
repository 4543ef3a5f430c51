"""What people record of approval steps and of land, beside the ledgers that the districts send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

import duckdb

from domain.permit_checks import fault_of_land, fault_of_permit
from domain.permit_steps import STEPS_OF_WORKS
from domain.permit_words import LandEvent, PermitEvent
from storage.accepting import NotAcceptable, finish_write
from storage.appending import LAND_AREAS, OutOfRange, append_rows, storable
from storage.engine import Database, read_version
from storage.refusals import refuse

FAULTS = {
    "unknown_project": ("没有这个项目，或项目不属于该片区。", "There is no such project of this district."),
    "unknown_code": ("手续或办理情况不在代码表内。", "The step or its state is not in the code list."),
    "not_of_chain": ("这类项目不需要办理该手续。", "Projects of this kind do not pass this step."),
    "in_future": ("日期不能晚于今天。", "The date must not be after today."),
    "after_day": (
        "申报、取得日期晚于情况截至日期。",
        "A date of application or grant is after the day as of which this is so.",
    ),
    "not_granted": ("填了取得日期的，办理情况应为“已取得”。", "A date of grant needs the state granted."),
    "not_applied": (
        "填了申报日期的，办理情况应为“办理中”或“已取得”。",
        "A date of application needs the state applied or granted.",
    ),
    "granted_first": ("取得日期早于申报日期。", "The grant is before the application."),
    "no_reason": ("选“无需办理”的，请写明理由。", "Say why the step is not needed."),
    "no_area": ("请至少填写一项面积。", "Give at least one area."),
    "negative": ("面积不能为负数。", "An area must not be negative."),
}
_refuse = partial(refuse, FAULTS)
# The kind of each project and body that a return reports or a ledger names.
PROJECT_KIND = """
    SELECT kind FROM (
        SELECT kind, period FROM project_row WHERE project_id = $1 AND body = $2
        UNION ALL
        SELECT CASE WHEN bool_or(step IN (SELECT unnest($3::VARCHAR[]))) THEN 'infrastructure' ELSE 'projects' END, ''
        FROM permit WHERE project_id = $1 AND district = $2 HAVING count(*) > 0
        UNION ALL
        SELECT 'projects', '' FROM land WHERE project_id = $1 AND district = $2 HAVING count(*) > 0
    )
    ORDER BY period DESC, kind
"""


def record_permits(
    db: Database,
    events: Sequence[PermitEvent] = (),
    land: Sequence[LandEvent] = (),
    *,
    actor: str = "office",
    recorded_at: datetime,
) -> None:
    """Append what was told of steps and of land in one write; all or nothing.

    Raises NotAcceptable, with the sentence for the screen, for the first that cannot be.
    """
    if not events and not land:
        return

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        today = recorded_at.date()
        for event in events:
            _refuse(fault_of_permit(event, _kind_of(cursor, event.project_id, event.body), today))
        for each in land:
            _refuse(fault_of_land(each, _kind_of(cursor, each.project_id, each.body), today))
        stamp = {"sequence": read_version(cursor), "recorded_at": recorded_at, "recorded_by": actor}
        append_rows(cursor, "permit_event", _stamped(events, stamp))
        append_rows(cursor, "land_event", _stamped(land, stamp))

    try:
        db.write(store, after=lambda _: finish_write(db))
    except OutOfRange as error:
        raise NotAcceptable(f"数值超出可存储的范围：{error}。", f"A value is out of range: {error}.") from error


def _kind_of(cursor: duckdb.DuckDBPyConnection, project_id: str, body: str) -> str | None:
    """The kind of a project of a body; None for an unknown one."""
    row = cursor.execute(PROJECT_KIND, [project_id, body, list(STEPS_OF_WORKS)]).fetchone()
    return row[0] if row else None


def _stamped(recorded: Sequence[PermitEvent] | Sequence[LandEvent], stamp: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of one write, numbered, texts without spaces at their ends."""
    rows = [{**asdict(each), **stamp, "number": number} for number, each in enumerate(recorded, 1)]
    return [{name: _stored(name, value) for name, value in row.items()} for row in rows]


def _stored(name: str, value: Any) -> Any:
    if name in LAND_AREAS:
        return None if value is None else str(storable(name, value))
    return value.strip() if isinstance(value, str) else value
