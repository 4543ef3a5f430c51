"""What people record of a meeting: the titles of its pages, and its seal (冻结), by which it opens for ever as it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import duckdb

from domain.built_in_rules import ZONE_RULES
from domain.meeting import PAGE_CODES, Seal
from domain.periods import Period
from domain.scope import Record
from storage.accepting import NotAcceptable, finish_write
from storage.engine import Database, read_version
from storage.known_meetings import reported_up_to, rule_keys, seals_made, titles_set

LONGEST_TITLE = 60


def set_title(db: Database, period: Period, page: str, title: str, *, actor: str = "office", set_at: datetime) -> None:
    """Write the title of a page of a month's meeting; an empty one brings the generated title back.

    A meeting that was sealed keeps the titles it had. Raises NotAcceptable for no such page and for a long title.
    """
    _check_titles({page: title})

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        values = [read_version(cursor), str(period), page, title.strip(), set_at, actor]
        cursor.execute("INSERT INTO meeting_title VALUES ($1, $2, $3, $4, $5, $6)", values)

    db.write(store, after=lambda _: finish_write(db))


def seal_meeting(
    db: Database,
    period: Period,
    *,
    day: date,
    acceptances: int | None = None,
    rule_set: str = ZONE_RULES.key,
    titles: Mapping[str, str] | None = None,
    actor: str = "office",
    sealed_at: datetime,
) -> Seal:
    """Seal a month's meeting as it is shown.

    What counts is what was written up to ``acceptances`` (the newest write unless given), judged by ``rule_set``,
    issues and tasks counted to ``day``, under ``titles`` (page's code -> title; those set for the month unless given).
    A month may be sealed again; all seals are kept and the newest counts. Nothing is locked. Raises NotAcceptable
    for a month without a return in force, acceptances that were not written yet, an unknown rule set, and titles that
    cannot be.
    """
    _check_titles(titles or {})

    def store(cursor: duckdb.DuckDBPyConnection) -> Seal:
        sequence = read_version(cursor)
        # Nothing else has the number of this write: up to it means up to the newest before it, and the seal itself.
        known_at = sequence if acceptances is None else acceptances
        if not 0 < known_at <= sequence or not reported_up_to(cursor, str(period), known_at):
            raise NotAcceptable(
                f"{period} 还没有已接收的报表，不能冻结。", f"{period} has no accepted return and cannot be sealed."
            )
        if rule_set not in rule_keys(cursor, known_at):
            raise NotAcceptable("没有这套亮灯规则。", "There is no such rule set.")
        shown = titles if titles is not None else titles_set(cursor, str(period), known_at)
        kept = {page: title.strip() for page, title in shown.items() if title.strip()}
        running = sum(seal.period == period for seal in seals_made(cursor)) + 1
        seal = Seal(f"{period}-例会-{running:02d}", period, known_at, rule_set, day, sealed_at, actor, kept)
        _append_seal(cursor, sequence, seal)
        return seal

    return db.write(store, after=lambda _: finish_write(db))


def record_of(seal: Seal) -> Record:
    """As of what a sealed meeting is read: every query then answers as it did when it was sealed."""
    return Record(seal.period, str(seal.acceptances), seal.rule_set)


def _append_seal(cursor: duckdb.DuckDBPyConnection, sequence: int, seal: Seal) -> None:
    values = [sequence, seal.seal_id, str(seal.period), seal.acceptances, seal.rule_set, seal.day, seal.sealed_at]
    cursor.execute("INSERT INTO meeting_seal VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", [*values, seal.sealed_by])
    for page, title in seal.titles.items():
        cursor.execute("INSERT INTO seal_title VALUES ($1, $2, $3, $4)", [sequence, seal.seal_id, page, title])


def _check_titles(titles: Mapping[str, str]) -> None:
    if not set(titles) <= set(PAGE_CODES):
        raise NotAcceptable("会议没有这一页。", "The meeting has no such page.")
    if any(len(title.strip()) > LONGEST_TITLE for title in titles.values()):
        raise NotAcceptable(f"标题不超过 {LONGEST_TITLE} 个字。", f"A title has at most {LONGEST_TITLE} characters.")
