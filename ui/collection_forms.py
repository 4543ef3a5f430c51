"""What the office decides on the collection page: the due date, the lock after the meeting, exceptions to it."""

from __future__ import annotations

from datetime import timedelta
from html import escape

import streamlit as st

from domain.bodies import DISTRICT_CODES, body_name
from domain.collection import LEAST_WORKING_DAY, MOST_WORKING_DAY, OPEN, DueRule, LockException, rule_for
from domain.periods import Period
from domain.roles import LOCK
from domain.submissions import MONTHLY_RETURN
from storage.clock import office_time
from storage.collecting import grant_exception, lock_period, set_due_rule
from ui import reads
from ui.collection import Collection
from ui.deciding import recorded
from ui.formats import period_name
from ui.html import heading, note
from ui.html_tables import Column, Graded, Row, plain_table
from ui.links import Link, linked
from ui.locale import language, t
from ui.session import actor
from ui.view import View

FIRST_DAYS, MOST_DAYS = 5, 60


def forms_head(view: View, month: Period) -> str:
    """The title over the forms of a month: whether anything stands in them, and the way to those of the other ledgers."""
    said = t("template.remark" if view.period < month else "template.remark_first", period=period_name(month))
    others = linked(Link(t("template.other_ledgers"), view.href("ledgers")), "hx-figure-link")
    return f'{heading(t("template.title"))}<p class="hx-note">{escape(said)} · {others}</p>'


def draw_rule(collection: Collection, offered: list[str]) -> None:
    """The rule of the period, and the form for another one."""
    rule = rule_for(collection.view.period, collection.rules)
    is_first = rule not in collection.rules
    since = t("collection.first_rule") if is_first else t("collection.since", month=period_name(rule.from_period))
    said = t("collection.rule", number=rule.working_day) + since
    st.html(heading(t("collection.due")) + note(said))
    if not collection.view.scope.may(LOCK):
        return
    with st.popover(t("collection.change_rule")), st.form("due_rule", border=False):
        number = st.number_input(
            t("collection.working_day"), LEAST_WORKING_DAY, MOST_WORKING_DAY, rule.working_day, key="rule_day"
        )
        newest_first = offered[::-1]
        here = newest_first.index(str(collection.view.period))
        first = st.selectbox(t("collection.from_period"), newest_first, here, format_func=period_name, key="rule_from")
        reason = st.text_input(t("collection.reason"), key="rule_reason")
        if st.form_submit_button(t("collection.save"), type="primary"):
            new = DueRule(MONTHLY_RETURN, Period.parse(first), int(number))
            recorded(
                lambda: set_due_rule(reads.database(), new, reason=reason, actor=actor(LOCK), set_at=office_time())
            )


def draw_lock(collection: Collection) -> None:
    """Whether the period is locked, and the form that locks it."""
    lock, period = collection.lock, collection.view.period
    said = t("collection.lock_said", day=f"{lock.locked_at:%Y-%m-%d %H:%M}", reason=lock.reason) if lock else ""
    st.html(heading(t("collection.lock")) + note(said or t("collection.lock_remark")))
    if lock or not collection.view.scope.may(LOCK):
        return
    with st.popover(t("collection.lock_button", month=period_name(period))), st.form("lock", border=False):
        st.html(note(t("collection.lock_warning")) + _lacking_note(collection))
        reason = st.text_input(t("collection.reason"), key="lock_reason", placeholder=t("collection.lock_hint"))
        if st.form_submit_button(t("collection.lock_confirm"), type="primary"):
            recorded(
                lambda: lock_period(reads.database(), period, reason=reason, actor=actor(LOCK), locked_at=office_time())
            )


def _lacking_note(collection: Collection) -> str:
    """Whose return is not there yet: a lock shuts it out."""
    lacking = [body_name(body, language()) for body in DISTRICT_CODES if collection.monthly(body) is None]
    return note(t("collection.lock_lacking", names=t("word.comma").join(lacking))) if lacking else ""


def draw_exceptions(collection: Collection) -> None:
    """The exceptions of a locked period, and the form for a further one."""
    if not collection.lock:
        st.html(heading(t("collection.exceptions")) + note(t("collection.no_exceptions_needed")))
        return
    shown = [each for each in collection.exceptions if each.body in collection.districts]
    columns = [
        Column("body", t("column.body"), "name"),
        Column("until", t("collection.until"), "short"),
        Column("state", t("card.state"), "short"),
        Column("reason", t("collection.reason")),
    ]
    rows = [_exception_row(collection, each) for each in reversed(shown)]
    st.html(
        heading(t("collection.exceptions"))
        + plain_table(columns, rows, is_compact=True, empty=t("collection.no_exceptions"))
    )
    if not collection.view.scope.may(LOCK):
        return
    with st.popover(t("collection.grant")), st.form("exception", border=False):
        body = st.selectbox(
            t("column.body"),
            collection.districts,
            format_func=lambda code: body_name(code, language()),
            key="exception_body",
        )
        days = st.number_input(t("collection.valid_days"), 0, MOST_DAYS, FIRST_DAYS, key="exception_days")
        reason = st.text_input(t("collection.reason"), key="exception_reason")
        if st.form_submit_button(t("collection.save"), type="primary"):
            now, period = office_time(), collection.view.period
            until = now.date() + timedelta(days=int(days))
            recorded(
                lambda: grant_exception(
                    reads.database(),
                    body,
                    period,
                    valid_until=until,
                    reason=reason,
                    actor=actor(LOCK),
                    granted_at=now,
                )
            )


def _exception_row(collection: Collection, each: LockException) -> Row:
    state = each.state_on(collection.today)
    word = t(f"collection.exception_{state}", receipt=each.used_by)
    return {
        "body": body_name(each.body, language()),
        "until": each.valid_until.isoformat(),
        "state": Graded(word, "on_track") if state == OPEN else word,
        "reason": each.reason,
    }
