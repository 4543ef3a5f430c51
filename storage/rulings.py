"""What people rule: which rule set holds from when, versions of their own, suspensions, months excused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial
from typing import Any

import duckdb

from domain.built_in_rules import BUILT_IN, ZONE_RULES
from domain.periods import Period
from domain.rule_choices import next_version, own_version
from domain.rule_sets import fault_of_rules, settings_of
from domain.rulings import (
    GRANTED,
    REVOKED,
    Excuse,
    SuspensionEvent,
    fault_of_excuse,
    fault_of_suspension,
    suspension_of,
)
from storage.accepting import finish_write
from storage.appending import append_rows
from storage.engine import Database, read_version
from storage.known_rulings import excuses_beside, suspensions_beside
from storage.refusals import refuse
from storage.version_choices import RULE_CHOICES, append_choice

FAULTS = {
    "no_reason": ("请写明理由。", "Give a reason."),
    "unknown_rules": ("没有这个规则版本。", "There is no such version."),
    "in_force_already": ("这个版本从该月起已经启用。", "This version is in force from that month on already."),
    "unknown_setting": ("算法不在可选范围内。", "There is no such measure or time."),
    "out_of_bounds": ("期数、月数或天数超出范围。", "A number of returns, months or days is out of range."),
    "limits_not_falling": (
        "各档界线须依次降低，且必须有滞后一档。",
        "The limits must fall from colour to colour, and there must be one for behind.",
    ),
    "ratio_out_of_range": ("达序时比的界线须大于 0、不超过 100%。", "Limits of a ratio lie above 0 and up to 100 %."),
    "curve_not_rising": (
        "计划曲线须有 12 个月的累计比例，逐月不降，12 月为 100%。",
        "The curve needs twelve cumulative shares that never fall and end with 100 %.",
    ),
    "unknown_project": ("没有这个项目，或项目不属于该片区。", "There is no such project of this district."),
    "unknown_code": ("原因或事项不在代码表内。", "The reason or event is not in the code list."),
    "in_future": ("日期不能晚于今天。", "The date must not be after today."),
    "too_early": ("日期早于该项目上一次登记的日期。", "The date is before the project's last event."),
    "no_note": ("请写明情况说明。", "Say what the matter is."),
    "suspended_already": ("该项目已登记停缓建，请续报或结束。", "The project is suspended already: renew or end it."),
    "not_suspended": ("该项目没有登记停缓建。", "No suspension of the project is on record."),
    "no_resumption": (
        "请填写预计复工日期，且须晚于登记日期。",
        "Give the expected resumption, after the date of the event.",
    ),
    "incomplete": ("请填写会议、决定人和理由。", "Give the meeting, who decided and the reason."),
    "months_reversed": ("免考的起止月份颠倒。", "The months excused are in the wrong order."),
    "excused_already": ("该项目在这些月份已有免考决定。", "The project is excused in some of these months already."),
    "not_excused": ("没有这项免考决定，或已撤销。", "There is no such decision, or it was revoked."),
}
_refuse = partial(refuse, FAULTS)


def choose_rules(
    db: Database, key: str, from_period: Period, *, reason: str, actor: str = "office", set_at: datetime
) -> None:
    """Put a version into force from a period on. Raises NotAcceptable without a reason and for an unknown version.

    Also for one that the newest decision already put into force from that very period.
    """
    _refuse(None if reason.strip() else "no_reason")

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        versions = [f"{code}@{version}" for code, version in _rows(cursor, "SELECT code, version FROM rule_set")]
        _refuse(None if key in BUILT_IN or key in versions else "unknown_rules")
        is_new = append_choice(cursor, RULE_CHOICES, key, from_period, reason=reason, actor=actor, set_at=set_at)
        _refuse(None if is_new else "in_force_already")

    db.write(store, after=lambda _: finish_write(db))


def define_rules(
    db: Database, settings: Mapping[str, Any], *, reason: str, actor: str = "office", set_at: datetime
) -> str:
    """Append the zone's next version with these settings, and return its key; it is not in force yet.

    Raises NotAcceptable without a reason and for settings that make no rule (``fault_of_rules``).
    """
    _refuse(None if reason.strip() else "no_reason")

    def store(cursor: duckdb.DuckDBPyConnection) -> str:
        own = [version for (version,) in _rows(cursor, "SELECT version FROM rule_set")]
        rules = own_version(next_version(own), settings, reason.strip())
        _refuse(fault_of_rules(rules))
        kept = json.dumps(settings_of(rules), ensure_ascii=False)
        values = [read_version(cursor), ZONE_RULES.code, rules.version, kept, set_at, actor, reason.strip()]
        cursor.execute("INSERT INTO rule_set VALUES ($1, $2, $3, $4, $5, $6, $7)", values)
        return rules.key

    return db.write(store, after=lambda _: finish_write(db))


def record_suspension(db: Database, event: SuspensionEvent, *, actor: str = "office", recorded_at: datetime) -> None:
    """Append what happened to a project's suspension. Raises NotAcceptable, with the sentence for the screen."""

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        _check_project(cursor, event.project_id, event.body)
        earlier = suspensions_beside(cursor, event.project_id)
        last_on = max((each.on_date for each in earlier), default=None)
        before = suspension_of(earlier, event.on_date)
        _refuse(fault_of_suspension(before, last_on, event, recorded_at.date()))
        stamp = {"sequence": read_version(cursor), "recorded_at": recorded_at, "recorded_by": actor}
        append_rows(cursor, "suspension_event", [{**asdict(event), "note": event.note.strip(), **stamp}])

    db.write(store, after=lambda _: finish_write(db))


def record_excuse(db: Database, excuse: Excuse, *, actor: str = "office", recorded_at: datetime) -> None:
    """Append a decision on months excused; ``excuse_id`` is made here. Raises NotAcceptable, with its sentence."""

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        _check_project(cursor, excuse.project_id, excuse.body)
        sequence = read_version(cursor)
        named = replace(excuse, excuse_id=_excuse_id(excuse, sequence), kind=GRANTED)
        _append_excuse(cursor, named, sequence, actor, recorded_at)

    db.write(store, after=lambda _: finish_write(db))


def revoke_excuse(db: Database, excuse: Excuse, *, reason: str, actor: str = "office", recorded_at: datetime) -> None:
    """Append that a decision on months excused is void, and why. Raises NotAcceptable without one, or void already."""

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        _append_excuse(cursor, replace(excuse, kind=REVOKED, reason=reason), read_version(cursor), actor, recorded_at)

    db.write(store, after=lambda _: finish_write(db))


def _append_excuse(
    cursor: duckdb.DuckDBPyConnection, excuse: Excuse, sequence: int, actor: str, recorded_at: datetime
) -> None:
    _refuse(fault_of_excuse(excuses_beside(cursor, excuse.project_id), excuse))
    texts = {name: value.strip() if isinstance(value, str) else str(value) for name, value in asdict(excuse).items()}
    periods = {"from_period": str(excuse.from_period), "to_period": str(excuse.to_period)}
    stamp = {"sequence": sequence, "recorded_at": recorded_at, "recorded_by": actor}
    append_rows(cursor, "excuse", [{**texts, **periods, **stamp}])


def _excuse_id(excuse: Excuse, sequence: int) -> str:
    """An id that is the same on every rebuild: of the project, the months and the number of the write."""
    said = f"{excuse.project_id}\n{excuse.from_period}\n{excuse.to_period}\n{sequence}"
    return "x" + hashlib.sha256(said.encode()).hexdigest()[:12]


def _check_project(cursor: duckdb.DuckDBPyConnection, project_id: str, body: str) -> None:
    found = cursor.execute("SELECT 1 FROM project_row WHERE project_id = $1 AND body = $2 LIMIT 1", [project_id, body])
    _refuse(None if found.fetchone() else "unknown_project")


def _rows(cursor: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return cursor.execute(sql).fetchall()
