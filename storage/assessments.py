"""What people decide of the assessment: versions of a scheme, which one holds from when, and what is published."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

import duckdb
import pandas as pd

from domain.assessment_publications import Publication, as_text, seal_of
from domain.assessment_schemes import Scheme, fault_of_scheme, own_scheme, settings_of_scheme
from domain.built_in_schemes import SAMPLE_SCHEME
from domain.periods import Period
from storage.accepting import finish_write
from storage.engine import Database, read_version
from storage.known_assessments import known_schemes, publications_made
from storage.known_meetings import reported_up_to
from storage.refusals import refuse
from storage.version_choices import SCHEME_CHOICES, append_choice

FAULTS = {
    "no_reason": ("请写明依据。", "Say on what ground."),
    "unknown_scheme": ("没有这个考核方案版本。", "There is no such version of a scheme."),
    "in_force_already": ("这个版本从该月起已经启用。", "This version is in force from that month on already."),
    "points_out_of_range": ("分值或封顶超出范围。", "Points or caps are out of range."),
    "bounds_reversed": ("封底须低于封顶。", "A floor must lie below its cap."),
    "unknown_line": ("考核项的指标或算法不在可选范围内。", "A line names no known indicator or formula."),
    "not_hundred": ("片区各权重项合计须为 100 分。", "The weights of the districts' lines must add up to 100."),
    "not_reported": ("该月还没有已接收的报表，不能公布。", "The month has no accepted return and cannot be published."),
    "in_future": ("公布日期不能晚于今天。", "The day must not be after today."),
    "no_points": ("没有可公布的得分。", "There are no points to publish."),
}
_refuse = partial(refuse, FAULTS)


def define_scheme(
    db: Database, settings: Mapping[str, Any], *, reason: str, actor: str = "office", set_at: datetime
) -> str:
    """Append the scheme's next version with these settings, and return its key; it is not in force yet.

    Raises NotAcceptable without a reason and for settings that make no scheme (``fault_of_scheme``).
    """
    _refuse(None if reason.strip() else "no_reason")

    def store(cursor: duckdb.DuckDBPyConnection) -> str:
        taken = [each.version for each in known_schemes(cursor).values()]
        scheme = own_scheme(SAMPLE_SCHEME, max(taken) + 1, settings, reason.strip())
        _refuse(fault_of_scheme(scheme))
        kept = json.dumps(settings_of_scheme(scheme), ensure_ascii=False)
        values = [read_version(cursor), scheme.code, scheme.version, kept, set_at, actor, reason.strip()]
        cursor.execute("INSERT INTO assessment_scheme VALUES ($1, $2, $3, $4, $5, $6, $7)", values)
        return scheme.key

    return db.write(store, after=lambda _: finish_write(db))


def choose_scheme(
    db: Database, key: str, from_period: Period, *, reason: str, actor: str = "office", set_at: datetime
) -> None:
    """Put a version into force from a period on. Raises NotAcceptable without a reason and for an unknown version.

    Also for one that the newest decision already put into force from that very period.
    """
    _refuse(None if reason.strip() else "no_reason")

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        _refuse(None if key in known_schemes(cursor) else "unknown_scheme")
        is_new = append_choice(cursor, SCHEME_CHOICES, key, from_period, reason=reason, actor=actor, set_at=set_at)
        _refuse(None if is_new else "in_force_already")

    db.write(store, after=lambda _: finish_write(db))


def publish_assessment(
    db: Database,
    period: Period,
    scheme: Scheme,
    points: pd.DataFrame,
    *,
    acceptances: int,
    on_date: date,
    reason: str,
    actor: str = "office",
    published_at: datetime,
) -> Publication:
    """Publish a month's points as they are shown, sealed; a month may be published again, all are kept.

    ``points`` are those of ``score`` as known at the write ``acceptances``. Raises NotAcceptable without a reason or
    points, for a day to come, a month without an accepted return, and a scheme that there is not.
    """
    _refuse(None if reason.strip() else "no_reason")
    _refuse("in_future" if on_date > published_at.date() else None)
    _refuse("no_points" if points["points"].isna().all() else None)
    text = as_text(scheme, points)

    def store(cursor: duckdb.DuckDBPyConnection) -> Publication:
        sequence = read_version(cursor)
        known_at = min(acceptances, sequence)
        _refuse(None if scheme.key in known_schemes(cursor, known_at) else "unknown_scheme")
        _refuse(None if reported_up_to(cursor, str(period), known_at) else "not_reported")
        running = sum(each.period == period for each in publications_made(cursor)) + 1
        made = Publication(
            f"{period}-考核-{running:02d}", period, scheme.code, scheme.version, known_at, text, seal_of(text),
            on_date, reason.strip(), published_at, actor,
        )  # fmt: skip
        _append(cursor, sequence, made)
        return made

    return db.write(store, after=lambda _: finish_write(db))


def _append(cursor: duckdb.DuckDBPyConnection, sequence: int, made: Publication) -> None:
    values = [
        sequence, made.publication_id, str(made.period), made.code, made.version, made.acceptances, made.points,
        made.seal, made.on_date, made.reason, made.published_at, made.published_by,
    ]  # fmt: skip
    places = ", ".join(f"${number}" for number in range(1, len(values) + 1))
    cursor.execute(f"INSERT INTO assessment_publication VALUES ({places})", values)
