"""Issues that the month's returns name and nobody has confirmed yet: to confirm one by one or all that are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from domain.issue_mentions import Proposal, confirm, continued, reject
from domain.issues import FROM_PERMITS, Issue, IssueEvent
from domain.reasons import LEVELS
from domain.roles import RECORD
from storage.clock import office_time
from storage.issues import record_issues
from ui import reads
from ui.deciding import recorded
from ui.formats import count, period_name
from ui.html import heading, note
from ui.issues import REASON_CODES, AskedIssues, IssueBook, chosen_proposals
from ui.locale import t, text_in
from ui.names import escalation_name, reason_name
from ui.session import actor

Row = Mapping[str, Any]
KEPT = "issue_edits"  # what was changed in the rows that stay, by project and words
CONFIRMED, DISMISSED = "confirm_clicked", "dismiss_clicked"
EDITED = ("reason", "level", "explanation", "is_same")
PIXELS = 712
READ_ORDER = ("project", "text", "named", "reason", "level")


def draw_proposals(book: IssueBook, asked: AskedIssues) -> None:
    """The table of proposals with its buttons."""
    found = chosen_proposals(book, asked)
    st.html(heading(t("issues.proposed_title", count=count(len(found))), t("issues.proposed_remark")))
    if not found:
        st.html(note(t("issues.none_proposed") if not book.proposals else t("issues.none_found")))
        return
    frame, may_record = proposal_frame(book, found), book.view.scope.may(RECORD)
    rows = st.data_editor(
        frame,
        key=f"proposals_{reads.database().version()}",
        column_config=_columns(),
        column_order=_order(found) if may_record else READ_ORDER,
        disabled=["project", "text", "named", "earlier"] if may_record else True,
        hide_index=True,
        height=PIXELS,
        row_height=38,
    ).to_dict("records")
    if may_record:
        _act(book, found, rows)


def _act(book: IssueBook, found: list[Proposal], rows: list[Row]) -> None:
    """Record what was asked for by a button of a row or by the one for all."""
    if (row := _clicked(CONFIRMED)) is not None:
        _keep(found, rows)
        recorded(lambda: confirm_rows(book, [(found[row], rows[row])]))
    if (row := _clicked(DISMISSED)) is not None:
        _keep(found, rows)
        recorded(lambda: dismiss_row(book, found[row]))
    if st.button(t("issues.confirm_all", count=count(len(found))), type="primary", key="confirm_all"):
        recorded(lambda: confirm_rows(book, zip(found, rows, strict=True)))


def _clicked(key: str) -> int | None:
    """The row whose button was clicked in this run."""
    state = st.session_state.get(key)
    return None if state is None else int(state["row"])


def proposal_frame(book: IssueBook, found: Iterable[Proposal]) -> pd.DataFrame:
    """One row a proposal, with what was changed in it before another row was recorded."""
    return pd.DataFrame([_row(book, each) | _kept(each) for each in found])


def _row(book: IssueBook, proposal: Proposal) -> dict[str, Any]:
    earlier = book.find(proposal.successor_of) if proposal.successor_of else None
    return {
        "confirm": t("issues.confirm_one"),
        "project": book.name(proposal.newest.project_id),
        "text": proposal.newest.text,
        "named": named_text(proposal),
        "reason": proposal.newest.reason,
        "level": proposal.level,
        "explanation": "",
        "earlier": earlier.issue.text if earlier else "",
        "is_same": False,
        "dismiss": t("issues.dismiss_one"),
    }


def named_text(proposal: Proposal) -> str:
    """Since when returns name it, and in how many months; of a late step the day on which it was due."""
    if proposal.source == FROM_PERMITS:
        return t("issues.named_late", day=proposal.opened_on.isoformat())
    return t("issues.named_since", month=period_name(proposal.first.period), count=count(proposal.times))


def _columns() -> dict[str, Any]:
    config = st.column_config
    return {
        "confirm": config.ButtonColumn(t("issues.confirm"), key=CONFIRMED, type="primary", width=76),
        "project": config.TextColumn(t("word.project"), width=210),
        "text": config.TextColumn(t("issues.text"), width=270),
        "named": config.TextColumn(t("issues.named"), width=158),
        "reason": config.SelectboxColumn(
            t("column.reason"), options=REASON_CODES, format_func=reason_name, required=True, width=116
        ),
        "level": config.SelectboxColumn(
            t("issues.short_level"),
            options=LEVELS,
            format_func=escalation_name,
            required=True,
            width=80,
        ),
        "explanation": config.TextColumn(t("issues.short_explanation"), width=110),
        "earlier": config.TextColumn(t("issues.earlier"), width=180),
        "is_same": config.CheckboxColumn(t("issues.is_same"), width=80),
        "dismiss": config.ButtonColumn(t("issues.no_issue"), key=DISMISSED, width=92),
    }


def _order(found: Iterable[Proposal]) -> list[str]:
    """The columns to show; those of an issue that it may continue only where there is one."""
    maybe_same = any(each.successor_of for each in found)
    columns = ["confirm", "project", "text", "named", "reason", "level", "explanation"]
    return [*columns, *(["earlier", "is_same"] if maybe_same else []), "dismiss"]


def _keep(found: Iterable[Proposal], rows: Iterable[Row]) -> None:
    edits = {_id(each): {name: row[name] for name in EDITED} for each, row in zip(found, rows, strict=True)}
    st.session_state[KEPT] = st.session_state.get(KEPT, {}) | edits


def _kept(proposal: Proposal) -> dict[str, Any]:
    kept: dict[tuple[str, str], dict[str, Any]] = st.session_state.get(KEPT, {})
    return kept.get(_id(proposal), {})


def _id(proposal: Proposal) -> tuple[str, str]:
    return proposal.newest.project_id, proposal.newest.key


def confirm_rows(book: IssueBook, chosen: Iterable[tuple[Proposal, Row]]) -> None:
    """Open the issues as edited, or take the words for an earlier one of the project's, all in one write."""
    issues: list[Issue] = []
    events: list[IssueEvent] = []
    for proposal, row in chosen:
        if row["is_same"] and proposal.successor_of:
            events.append(continued(proposal, _day(book)))
        else:
            issue, handed = confirm(proposal, row["reason"], row["level"], row["explanation"] or "")
            issues.append(issue)
            events += handed
    record_issues(reads.database(), issues, events, actor=actor(RECORD), recorded_at=office_time())


def dismiss_row(book: IssueBook, proposal: Proposal) -> None:
    """Record that a proposal is no issue."""
    issue, events = reject(proposal, text_in("zh", "issues.dismissed_note"), _day(book))
    record_issues(reads.database(), [issue], events, actor=actor(RECORD), recorded_at=office_time())


def _day(book: IssueBook) -> date:
    return min(book.day, office_time().date())
