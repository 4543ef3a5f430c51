"""What the bulletin says of the office's other work: firms above scale against the year before, tasks, the assessment."""

from __future__ import annotations

from domain.firm_growth import SALES, firm_lines, firm_months, firm_sums
from domain.ledgers.firms import FIRMS
from domain.number_texts import money_number, number, percent
from domain.periods import Period
from domain.task_lists import count_tasks
from reports.meeting.assessment import assessment_sentence
from reports.meeting.facts import MeetingFacts
from reports.meeting.words import MONTH_NAMES, say


def office_sentences(facts: MeetingFacts, language: str) -> str:
    """The sentences, each only where the month's lists, tasks, or a scheme in force are on record."""
    return _of_firms(facts, language) + _of_tasks(facts, language) + assessment_sentence(facts.points, language)


def _of_firms(facts: MeetingFacts, language: str) -> str:
    """Firms and their sales since January; the growth of those that have a year before, and how many these are."""
    rows = facts.ledgers.get(FIRMS.code)
    if rows is None or rows.empty:
        return ""
    sums = firm_sums(firm_lines(firm_months(rows, SALES), facts.period))
    if sums["ytd"] is None:
        return ""
    sales = money_number(sums["ytd"], language)
    said = say(
        language, "paragraph.firms", count=number(sums["firms"]), months=_months(facts.period, language), sales=sales
    )
    growth = sums["ytd_growth"]
    if growth is not None:
        key = "paragraph.firms_grew" if growth >= 0 else "paragraph.firms_fell"
        said += say(language, key, like=number(sums["like"]), growth=percent(abs(growth)))
    return said + say(language, "paragraph.end")


def _months(period: Period, language: str) -> str:
    """January to the month, as a bulletin says it: 1—8月."""
    if language == "zh":
        return f"1—{period.month}月" if period.month > 1 else "1月"
    return f"{MONTH_NAMES[1]} to {MONTH_NAMES[period.month]}" if period.month > 1 else MONTH_NAMES[1]


def _of_tasks(facts: MeetingFacts, language: str) -> str:
    counted = count_tasks(facts.tasks, lambda _: "")
    if not counted or not counted[0].given:
        return ""
    stand = counted[0]
    overdue = "paragraph.tasks_overdue" if stand.overdue else "paragraph.tasks_in_time"
    said = say(language, "paragraph.tasks", given=number(stand.given), done=number(stand.done))
    return said + say(language, overdue, overdue=number(stand.overdue)) + say(language, "paragraph.end")
