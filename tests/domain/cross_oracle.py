"""Cross-examination a second time: a clerk with the returns of one project on the table, month by month, in plain loops.

Slow and obvious on purpose; shares nothing with the rules but their names. A month is a dict of plain values: dates are
``datetime.date`` of days, amounts floats, None for an empty cell; ``sent`` is False where the return leaves the project out.
"""

from __future__ import annotations

from datetime import date
from typing import Any

Month = dict[str, Any]
BEFORE = ("signed", "preparing")
SITE = ("started", "building")
DONE = ("completed", "in_production")


def clerk(months: list[Month]) -> list[set[str]]:
    """What is asked in each month."""
    return [asked_in(months[: number + 1]) for number in range(len(months))]


def asked_in(months: list[Month]) -> set[str]:
    """What is asked in the last of these months."""
    now = months[-1]
    return of_words(months) | of_dates(months) | of_money(months) | of_permits(now, last_words(months, "issue_text")[0])


def last_words(months: list[Month], field: str) -> tuple[str, Month | None]:
    """The last words that were written, and the month in which they were."""
    for month in reversed(months):
        if month[field] is not None:
            return month[field], month
    return "", None


def had(day: date | None, now: Month) -> bool:
    return day is not None and day <= now["end"]


def begun(now: Month) -> bool:
    return had(now["start"], now) or had(now["completion"], now)


def on_site(now: Month) -> bool:
    return now["stage"] in SITE and not had(now["completion"], now)


def waiting(now: Month) -> bool:
    return now["stage"] in BEFORE and not begun(now)


def of_words(months: list[Month]) -> set[str]:
    now, found = months[-1], set()
    words, _ = last_words(months, "progress_text")
    if words == "已竣工" and now["stage"] not in DONE and now["completion"] is None:
        found.add("text_completed")
    if words == "尚未开工" and (now["stage"] in (*SITE, *DONE) or begun(now)):
        found.add("text_not_started")
    if words == "桩基施工" and now["stage"] in BEFORE and now["start"] is None and now["completion"] is None:
        found.add("text_started")
    if words == "已停工" and on_site(now):
        found.add("text_stopped")
    own = now["progress_text"] or ""
    if own.startswith("完成总工程量") and now["rate"] is not None and abs(int(own[6:-1]) - now["rate"] * 100) > 1.005:
        found.add("text_rate")
    return found


def of_dates(months: list[Month]) -> set[str]:
    now, found = months[-1], set()
    start, completion, signed = now["start"], now["completion"], now["signed"]
    if had(completion, now) and now["stage"] in (*SITE, *BEFORE):
        found.add("stage_behind_completion")
    if had(start, now) and not had(completion, now) and now["stage"] in BEFORE:
        found.add("stage_behind_start")
    if start and completion and completion < start:
        found.add("completed_before_start")
    if start and now["planned_completion"] and now["planned_completion"] < start and on_site(now):
        found.add("plan_before_start")
    if signed and now["planned_start"] and now["planned_start"] < signed and waiting(now):
        found.add("plan_before_signing")
    issue, said_in = last_words(months, "issue_text")
    if issue == "无" and said_in:
        if waiting(now) and now["planned_start"] and now["planned_start"] < said_in["end"].replace(day=1):
            found.add("start_overdue_none")
        if on_site(now) and now["planned_completion"] and now["planned_completion"] < said_in["end"].replace(day=1):
            found.add("completion_overdue_none")
    if waiting(now) and issue in ("", "无") and signed and months_later(signed, 12) < now["end"] and "start_overdue_none" not in found:
        found.add("signed_long_ago")
    return found


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the month's last one where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - date.resolution).day
    return date(year, month + 1, min(day.day, last))


def of_money(months: list[Month]) -> set[str]:
    now, found = months[-1], set()
    cum, total, year, plan = now["cum"], now["total"], now["year"], now["plan"]
    if cum is not None and cum > total + 0.5:
        found.add("above_total")
    if cum is not None and year is not None and year > cum + 0.5:
        found.add("year_above_whole")
    earlier = [month["cum"] for month in months[:-1] if month["cum"] is not None and month["cum"] <= month["total"] + 0.5]
    if cum is not None and earlier and cum < max(earlier) - 0.5:
        found.add("fallen")
    if now["stage"] in DONE and cum is not None and cum / total < 0.55:
        found.add("completed_with_little")
    if plan and year is not None and year / plan > 1.2:
        found.add("above_plan")
    if cum is not None and now["rate"] is not None and abs(cum / total - now["rate"]) > 0.3 and on_site(now):
        found.add("money_against_progress")
    if cum is not None and cum / total >= 0.15 and cum <= total + 0.5 and waiting(now):
        found.add("money_before_start")
    issue, _ = last_words(months, "issue_text")
    is_silent = issue in ("", "无") and on_site(now)
    if is_silent and now["start"] and cum is not None and cum / total < 0.15 and months_later(now["start"], 6) < now["end"]:
        found.add("little_money")
    return found


def of_permits(now: Month, issue: str) -> set[str]:
    found = set()
    if now["permits"] == "环评√ 施工许可×" and (now["stage"] in (*SITE, *DONE) or begun(now)):
        found.add("permit_missing")
    if now["permits"] in ("环评√ 施工许可×", "环评√ 施工许可√") and issue == "环评批复慢":
        found.add("issue_of_granted")
    return found
