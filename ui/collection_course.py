"""The course of the collection over a year: a shape for each return and list owed, what was found in it, the locks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from html import escape

from domain.bodies import BODIES, body_name
from domain.monthly_lists import OwedList
from domain.periods import Period
from domain.submissions import MONTHLY_RETURN
from ui import reads
from ui.collection import Collection, collection_of, summary
from ui.collection_table import MARKS, level_names, returns_part, state_text
from ui.formats import month_label, period_name
from ui.html import heading, note, sentence
from ui.links import Link, linked
from ui.locale import language, t
from ui.receipts import findings_text
from ui.view import View

MONTHS = range(1, 13)


def collection_parts(view: View, today: date) -> tuple[str, str, str]:
    """The page's sentence, the table of the period's returns, and the course of the year."""
    collection = view.remember(collection_of, today)
    legend = " ".join(f"{MARKS[state][0]} {t(f'collection.legend_{state}')}" for state in MARKS)
    course = heading(t("collection.course", year=view.period.year), legend) + course_table(collection)
    said = note(t("collection.course_note", levels=level_names()))
    return sentence(summary(collection)), returns_part(collection), course + said


def course_table(collection: Collection) -> str:
    """Body by month: a shape for each return owed, and under it the findings of the receipt in force; then the lists.

    Nothing is owed for months before the first on record.
    """
    year = collection.view.period.year
    months = [Period(year, month) for month in MONTHS]
    offered = reads.months(collection.view.scope)
    heads = "".join(_head_cell(collection, month, is_linked=str(month) >= offered[0]) for month in months)
    lines = []
    for body in collection.districts:
        marks = partial(_month_mark, collection, MONTHLY_RETURN, body, offered[0])
        lines.append(_line(body_name(body, language()), months, marks, "hx-col-name"))
    for owed in collection.lists(months[-1]):
        marks = partial(_month_mark, collection, owed.kind, owed.body, collection.beginnings[owed.kind])
        lines.append(_line(_list_name(owed), months, marks))
    if any(str(month) in collection.locks for month in months):
        lines.append(_line(t("collection.locked"), months, partial(_month_lock, collection)))
    head = f'<th scope="col" class="hx-left"></th>{heads}'
    return f'<table class="hx-table hx-compact"><thead><tr>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table>'


def _list_name(owed: OwedList) -> str:
    body = BODIES[owed.body]
    names = (body.short_name, owed.ledger.short_name) if language() == "zh" else (body.english, owed.ledger.english)
    return " · ".join(names)


def _line(label: str, months: list[Period], cell: Callable[[Period], str], css_class: str = "hx-none") -> str:
    cells = "".join(
        f'<td class="hx-center" style="text-align:center;white-space:nowrap;padding:0;height:34px">{cell(month)}</td>'
        for month in months
    )
    head = f'<td class="{css_class}" style="padding-top:3px;padding-bottom:3px;height:34px;white-space:nowrap">{escape(label)}</td>'
    return f"<tr>{head}{cells}</tr>"


def _head_cell(collection: Collection, month: Period, *, is_linked: bool) -> str:
    label = month_label(month.month)
    is_here = month == collection.view.period
    href = collection.view.href("collection", period=str(month))
    is_open = is_linked and month.last_day < collection.today
    text = linked(Link(label, href)) if is_open and not is_here else escape(label)
    return f'<th scope="col" style="text-align:center;width:7.2%">{f"<b>{text}</b>" if is_here else text}</th>'


def _month_mark(collection: Collection, kind: str, body: str, first: str, month: Period) -> str:
    """The shape of a month's return and its findings; who points at it or hears it read is told the day and the state."""
    if str(month) < first:
        return ""
    state, found = collection.punctuality(body, month, kind), collection.received(kind, body, month)
    mark, tone = MARKS[state.state]
    words = [period_name(month), state_text(state)]
    if found and found.received_at:
        words.append(t("collection.received_on", day=f"{found.received_at:%Y-%m-%d}"))
    spoken = escape(t("word.comma").join(words))
    shape = f'<span class="hx-mark hx-{tone}" role="img" aria-label="{spoken}" title="{spoken}">{mark}</span>'
    if found is None or kind != MONTHLY_RETURN:
        return shape
    return f'{shape}<br><span class="hx-muted">{escape(findings_text(found).replace(" ", ""))}</span>'


def _month_lock(collection: Collection, month: Period) -> str:
    lock = collection.locks.get(str(month))
    return f'<span title="{escape(lock.reason)}">{lock.locked_at:%m-%d}</span>' if lock else ""
