"""What people record of rectification ledgers: the plan with its problems, and what a month's bulletin published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

import duckdb

from domain.rectification import (
    Problem,
    Rectification,
    RectificationBulletin,
    fault_of_bulletin,
    fault_of_problem,
    fault_of_rectification,
)
from storage.accepting import finish_write
from storage.appending import append_rows
from storage.engine import Database, read_version
from storage.known_rectification import ledgers_before
from storage.refusals import refuse

FAULTS = {
    "no_name": ("请写明台账名称。", "Name the ledger."),
    "no_text": ("请写明问题。", "Say what the problem is."),
    "no_source": ("请写明出处。", "Say where the figures come from."),
    "below_nought": ("个数不能小于零。", "A number must not be below nought."),
    "in_future": ("日期不能晚于今天。", "The date must not be after today."),
    "known_already": ("台账中已有这一条。", "The ledger has it already."),
    "unknown_ledger": ("没有这个整改台账。", "There is no such ledger."),
}
_refuse = partial(refuse, FAULTS)


def record_rectification(
    db: Database,
    ledgers: Sequence[Rectification] = (),
    problems: Sequence[Problem] = (),
    *,
    actor: str = "office",
    recorded_at: datetime,
) -> None:
    """Append ledgers and problems, in one write; all or nothing. Raises NotAcceptable for the first that cannot be."""
    if not ledgers and not problems:
        return

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        known_ledgers, known_problems = ledgers_before(cursor)
        for ledger in ledgers:
            _refuse(fault_of_rectification(ledger, known_ledgers, recorded_at.date()))
            known_ledgers.append(ledger)
        for problem in problems:
            _refuse(fault_of_problem(problem, known_problems, known_ledgers))
            known_problems.append(problem)
        stamp = {"sequence": read_version(cursor), "recorded_at": recorded_at, "recorded_by": actor}
        append_rows(cursor, "rectification", _stamped(ledgers, stamp))
        append_rows(cursor, "rectification_problem", _stamped(problems, stamp))

    db.write(store, after=lambda _: finish_write(db))


def publish_bulletin(
    db: Database, bulletin: RectificationBulletin, *, actor: str = "office", recorded_at: datetime
) -> None:
    """Append what a month's bulletin published; a month may be published again, the newest counts.

    Raises NotAcceptable, with the sentence for the screen.
    """

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        _refuse(fault_of_bulletin(bulletin, ledgers_before(cursor)[0], recorded_at.date()))
        values = [
            read_version(cursor), bulletin.rectification_id, str(bulletin.period), bulletin.done, bulletin.going_on,
            bulletin.on_date, bulletin.source.strip(), recorded_at, actor,
        ]  # fmt: skip
        cursor.execute("INSERT INTO rectification_bulletin VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", values)

    db.write(store, after=lambda _: finish_write(db))


def _stamped(recorded: Sequence[Rectification] | Sequence[Problem], stamp: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of one write, numbered, texts without spaces at their ends."""
    rows = [{**asdict(each), **stamp, "number": number} for number, each in enumerate(recorded, 1)]
    return [{name: value.strip() if isinstance(value, str) else value for name, value in row.items()} for row in rows]
