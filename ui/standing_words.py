"""How a project stands, in words: the name of its standing, and why in a plain sentence with its numbers."""

from __future__ import annotations

from typing import Any

from domain.rule_sets import RATIO, RuleSet
from domain.standings import (
    BEHIND_PLAN,
    COMPLETION_OVERDUE,
    EXCUSED,
    GOING_ON,
    NO_PLAN,
    NOT_REPORTED,
    SLIGHTLY_BEHIND,
    SLOW,
    STALLED,
    START_OVERDUE,
    SUSPENDED,
)
from ui.formats import DASH, count, day_text, is_missing, number, percent, points
from ui.locale import t
from ui.node_marks import node_name

OVERDUE = (START_OVERDUE, COMPLETION_OVERDUE)
BY_PROGRESS = (BEHIND_PLAN, SLIGHTLY_BEHIND, GOING_ON)
# Standings with causes: their sentence is that of the cause.
BY_CAUSE = (STALLED, NOT_REPORTED, NO_PLAN)


def standing_name(standing: str) -> str:
    """Name of a standing."""
    return t(f"standing.{standing}")


def standing_reason(row: Any, rules: RuleSet) -> str:
    """Why a project stands as it does: a row of ``standings_of`` in a sentence."""
    if row.standing in OVERDUE:
        return overdue_words(row)
    if row.standing in BY_PROGRESS:
        return progress_words(row)
    if row.standing == SLOW:
        return _slow_words(row)
    key = f"standing.why_{row.cause}" if row.standing in BY_CAUSE else f"standing.why_{row.standing}"
    values = {
        "returns": count(row.returns),
        "since": day_text(row.since),
        "until": day_text(row.until),
        "months": rules.renewal_months,
    }
    if row.standing == EXCUSED:
        values |= {"since": day_text(row.since, "month"), "until": day_text(row.until, "month")}
    if row.standing == SUSPENDED:
        values["kind"] = t(f"suspension.{row.cause}")
    return t(key, **values)


def overdue_words(row: Any) -> str:
    """Since when a milestone is due, and for how many whole months."""
    key = f"standing.why_{row.standing}_now" if row.months == 0 else f"standing.why_{row.standing}"
    return t(key, since=day_text(row.since, "month"), months=count(row.months))


def progress_words(row: Any) -> str:
    """The gap and the ratio of a project's yearly plan, side by side (2.4: both are shown)."""
    if is_missing(row.gap_points):
        return t("standing.why_no_progress")
    return t("standing.why_progress", gap=points(row.gap_points), ratio=percent(row.ratio))


def _slow_words(row: Any) -> str:
    parts = []
    if not is_missing(row.node):
        parts.append(t("standing.why_node", node=node_name(row.node), days=count(row.node_days)))
    if row.returns and row.returns > 0:
        parts.append(t("standing.why_slow", returns=count(row.returns), progress=progress_words(row)))
    return t("word.semicolon").join(parts)


def limit_text(value: float, rules: RuleSet) -> str:
    """A limit as the rule measures it: -10, or 80%."""
    return percent(value, 0) if rules.measure == RATIO else number(value, 1 if value % 1 else 0)


def band_words(rules: RuleSet) -> dict[str, str]:
    """Grade -> the range of gaps or ratios that it takes, as ≥ -30，≤ -10; a dash for a colour without a band."""
    words = dict.fromkeys(("on_track", "slightly", "attention", "behind"), DASH)
    known = [(name, limit) for name in ("slightly", "attention", "behind") if (limit := getattr(rules, name))]
    uppers = [None, *(limit for _, limit in known)]
    lowers = [*(limit for _, limit in known), None]
    for grade, upper, lower in zip(("on_track", *(name for name, _ in known)), uppers, lowers, strict=True):
        ends = []
        if lower is not None:
            ends.append(("＞\u00a0" if lower.is_included else "≥\u00a0") + limit_text(lower.value, rules))
        if upper is not None:
            ends.append(("≤\u00a0" if upper.is_included else "＜\u00a0") + limit_text(upper.value, rules))
        words[grade] = t("word.comma_and").join(ends)
    return words
