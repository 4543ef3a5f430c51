"""What people record of issues on the page: one added by hand, what happens to one, words taught to the classing."""

from __future__ import annotations

from datetime import date

import streamlit as st

from domain.issues import (
    ASSIGNED,
    DISMISSING,
    HANDED_OVER,
    NOTED,
    RECLASSED,
    REOPENED,
    RESOLVING,
    Issue,
    IssueEvent,
    IssueLife,
    issue_id_of,
)
from domain.reasons import LEVELS, OTHER, REASONS, TaughtWord, classify_reason, find_reason
from domain.roles import RECORD
from storage.clock import office_time
from storage.issues import record_issues, teach_word
from ui import reads
from ui.deciding import recorded
from ui.filters import asked_value
from ui.html import heading
from ui.html_tables import Column, Row, plain_table
from ui.issues import REASON_CODES, IssueBook
from ui.locale import t
from ui.names import escalation_name, reason_name
from ui.session import actor

DAY_FORMAT = "YYYY-MM-DD"
# Of a new issue: the reason that its words have, the level that usually solves it; of a word: that it tells nothing.
AUTO, USELESS = "auto", "useless"
# What may be done to an issue, by whether it is open.
OPEN_ACTIONS = (HANDED_OVER, ASSIGNED, NOTED, RESOLVING, RECLASSED, DISMISSING)
CLOSED_ACTIONS = (REOPENED, NOTED)


def draw_event_form(book: IssueBook, life: IssueLife) -> None:
    """The form that records what happened to an issue; empty again once something was recorded."""
    if not book.view.scope.may(RECORD):
        return
    actions = OPEN_ACTIONS if life.is_open else CLOSED_ACTIONS
    written = reads.database().version()
    kind = st.selectbox(
        t("issues.record"), actions, format_func=lambda code: t(f"issues.do_{code}"), key=f"action_{written}"
    )
    with st.form(f"event_{kind}_{written}", border=False):
        event = _event_asked(book, life, kind)
        if st.form_submit_button(t("issues.save"), type="primary"):
            recorded(
                lambda: record_issues(reads.database(), events=[event], actor=actor(RECORD), recorded_at=office_time())
            )


def _event_asked(book: IssueBook, life: IssueLife, kind: str) -> IssueEvent:
    """The fields of a kind of event, and the event as typed."""
    level = owner = reason = ""
    due = None
    happened = st.container(horizontal=True)
    day = _day_input(happened, t("issues.on_date"), book, _newest_day(life))
    if kind == HANDED_OVER:
        others = [code for code in LEVELS if code != life.level]
        preset = others.index(next_hand(book, life))
        level = happened.selectbox(t("issues.to_level"), others, preset, format_func=escalation_name)
    if kind == RECLASSED:
        reason = happened.selectbox(
            t("column.reason"), REASON_CODES, REASON_CODES.index(life.reason), format_func=reason_name
        )
    if kind in (HANDED_OVER, ASSIGNED):
        who = st.container(horizontal=True)
        owner = who.text_input(t("issues.owner"), life.owner if kind == ASSIGNED else "")
        due = who.date_input(t("issues.due"), life.due_date if kind == ASSIGNED else None, format=DAY_FORMAT)
    said = st.text_area(t(f"issues.note_{kind}"), height=80)
    return IssueEvent(life.issue.issue_id, kind, day, level, owner, due, reason, said)


def next_hand(book: IssueBook, life: IssueLife) -> str:
    """Whom an issue is likely handed to: the level that the return says, else the next one up; from the top, one down."""
    said = book.echoes[life.issue.issue_id].said_level
    if said and said != life.level:
        return said
    place = LEVELS.index(life.level)
    return LEVELS[place + 1] if place + 1 < len(LEVELS) else LEVELS[place - 1]


def _newest_day(life: IssueLife) -> date:
    return max([life.issue.opened_on, *(event.on_date for event in life.events)])


def _day_input(place: st.container, label: str, book: IssueBook, earliest: date | None = None) -> date:
    """A day up to the one that the page counts to: what is recorded shows at once."""
    latest = min(book.day, office_time().date())
    return place.date_input(
        label, latest, min_value=min(earliest, latest) if earliest else None, max_value=latest, format=DAY_FORMAT
    )


def draw_new_issue(book: IssueBook) -> None:
    """The form for an issue that no return names; the address may ask for it with a project (?add=)."""
    if not book.view.scope.may(RECORD):
        return
    names = book.view.names
    asked = asked_value("add", list(names), "")
    if asked and st.session_state.get("new_asked") != asked:
        st.session_state.update(new_asked=asked, new_project=asked, new_issue_open=True)
    with st.popover(t("issues.add"), key="new_issue_open", on_change="rerun"), st.form("new_issue", border=False, clear_on_submit=False):
        project_id = st.selectbox(
            t("word.project"),
            list(names),
            None,
            format_func=lambda code: names.get(code, code),
            placeholder=t("word.choose"),
            key="new_project",
        )
        text = st.text_area(t("issues.text"), key="new_text", height=80)
        codes = st.container(horizontal=True)
        reason = codes.selectbox(
            t("column.reason"), (AUTO, *REASON_CODES), format_func=_reason_or_auto, key="new_reason"
        )
        level = codes.selectbox(t("issues.level"), (AUTO, *LEVELS), format_func=_level_or_auto, key="new_level")
        explanation = st.text_input(t("issues.explanation"), key="new_explanation")
        opened = st.container(horizontal=True)
        day = _day_input(opened, t("issues.opened_on"), book)
        due = opened.date_input(t("issues.due"), None, format=DAY_FORMAT, key="new_due")
        owner = st.text_input(t("issues.owner"), key="new_owner")
        if st.form_submit_button(t("issues.save"), type="primary"):
            issue = _typed_issue(book, project_id or "", _body_of(book, project_id), day, text, (reason, level, explanation))
            recorded(lambda: _record_new(issue, owner, due))


def _body_of(book: IssueBook, project_id: str | None) -> str:
    """The body that a project belongs to; empty for none."""
    states = book.view.states
    return str(next(iter(states.loc[states["project_id"] == project_id, "body"]), ""))


def _typed_issue(
    book: IssueBook, project_id: str, body: str, day: date, text: str, codes: tuple[str, str, str]
) -> Issue:
    reason, level, explanation = codes
    reason = classify_reason(text, book.vocabulary) if reason == AUTO else reason
    found = find_reason(reason) or OTHER
    level = found.usual_level if level == AUTO else level
    return Issue(issue_id_of(project_id, text), project_id, body, day, text.strip(), reason, level, explanation)


def _record_new(issue: Issue, owner: str, due: date | None) -> None:
    assigned = [IssueEvent(issue.issue_id, ASSIGNED, issue.opened_on, owner=owner, due_date=due)]
    events = assigned if owner.strip() or due else []
    record_issues(reads.database(), [issue], events, actor=actor(RECORD), recorded_at=office_time())


def _reason_or_auto(code: str) -> str:
    return t("issues.auto_reason") if code == AUTO else reason_name(code)


def _level_or_auto(code: str) -> str:
    return t("issues.auto_level") if code == AUTO else escalation_name(code)


def draw_words(book: IssueBook) -> None:
    """The words by which issues are classed, and the form that teaches another or takes one out."""
    if book.view.scope.may(RECORD):
        _draw_teaching()
    st.html(words_table(book))


def _draw_teaching() -> None:
    with st.popover(t("issues.teach")), st.form("teach_word", border=False, clear_on_submit=True):
        word = st.text_input(t("issues.word"), key="taught_word")
        reason = st.selectbox(
            t("column.reason"), (*REASONS, USELESS), format_func=_reason_or_useless, key="taught_reason"
        )
        if st.form_submit_button(t("issues.save"), type="primary"):
            taught = TaughtWord(word, None if reason == USELESS else reason)
            recorded(lambda: teach_word(reads.database(), taught, actor=actor(RECORD), set_at=office_time()))


def _reason_or_useless(code: str) -> str:
    return t("issues.useless") if code == USELESS else reason_name(code)


def words_table(book: IssueBook) -> str:
    """Reason, the level that usually solves it, and its words in force, those that were taught marked."""
    columns = [
        Column("reason", t("column.reason"), "name"),
        Column("level", t("issues.usual_level"), "short"),
        Column("words", t("issues.words")),
    ]
    own = {each.word for each in book.taught}
    rows: list[Row] = [
        {"reason": reason_name(code), "level": _usual_level(code), "words": _words_of(book, code, own)}
        for code in REASONS
    ]
    return heading(t("issues.vocabulary"), t("issues.vocabulary_remark")) + plain_table(columns, rows, is_compact=True)


def _usual_level(code: str) -> str:
    return t("issues.or").join(escalation_name(level) for level in REASONS[code].levels)


def _words_of(book: IssueBook, code: str, own: set[str]) -> str:
    return t("word.comma").join(
        word + ("*" if word in own else "") for word, reason in book.vocabulary if reason == code
    )
