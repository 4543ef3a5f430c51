"""The upload page's parts: what was read, what is doubtful, what differs, what was accepted. Draws; stores nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import streamlit as st

from domain.bodies import body_name
from domain.changes import KINDS, UNCHANGED, ProjectChange, compare_submission
from domain.fields import MONEY
from domain.findings import LEVELS
from domain.scope import OFFICE
from domain.submissions import ColumnReading, Decision, Known, NameSuggestion, Submission, TableReading
from storage.drafts import Draft, note_decision
from storage.receipts import IN_FORCE, Receipt
from ui import reads
from ui.drafts import remove
from ui.formats import DASH, count, day_text, is_missing, money, percent, period_name
from ui.html import badge, heading, note
from ui.html_tables import Column, Row, plain_table
from ui.locale import language, t
from ui.names import field_name, finding_level_name, word_text
from ui.receipts import draw_receipt

MOST_FINDINGS, MOST_CHANGES = 200, 60


def title_of(submission: Submission) -> str:
    """Whose return of which month was read."""
    body = body_name(submission.body, language()) if submission.body else t("upload.no_body")
    period = period_name(submission.period) if submission.period else t("upload.no_period")
    return f"{body} · {period} · {t(f'return.{submission.kind}')}"


def draw_refusal(draft: Draft, sentence: str) -> None:
    """A file that cannot be read: why, and what to do."""
    st.html(heading(draft.file_name) + f"<p>{badge(t('upload.not_readable'), 'slightly')}</p>" + note(sentence))


def draw_reading(draft: Draft, submission: Submission, known: Known) -> None:
    """What was read, what is doubtful, what a person must decide, and what differs from the record."""
    draw_summary(draft, submission)
    read, found = st.columns([9, 14])
    with read:
        draw_tables(submission)
    with found:
        draw_findings(submission)
    draw_questions(draft, submission)
    if submission.is_acceptable:
        draw_changes(submission, known)


def offer_acceptance(draft: Draft, submission: Submission) -> str | None:
    """The reason, where one is owed, and the button; the reason typed when it is pressed, else None."""
    if not submission.is_acceptable:
        return None
    with st.form(f"accept_{draft.draft_id}", border=False):
        reason = ""
        if submission.to_explain:
            reason = st.text_area(
                t("upload.reason", count=len(submission.to_explain)),
                key=f"reason_{draft.draft_id}",
                placeholder=t("upload.reason_hint"),
                height=80,
            )
        is_pressed = st.form_submit_button(t("upload.accept"), type="primary", key=f"submit_{draft.draft_id}")
    return reason if is_pressed else None


def offer_removal(draft: Draft) -> None:
    """The button that takes a file off the page; what was accepted of it stays."""
    st.button(
        t("upload.remove"), key=f"remove_{draft.draft_id}", type="tertiary", on_click=remove, args=(draft.draft_id,)
    )


def draw_receipt_of(draft: Draft, receipt: Receipt) -> None:
    """The receipt of a draft that was accepted."""
    st.html(heading(draft.file_name))
    draw_receipt(replace(receipt, is_repeat=bool(st.session_state.get(f"repeat_{draft.draft_id}"))))


def draw_summary(draft: Draft, submission: Submission) -> None:
    """The file's name, whose it is, whether it can be accepted, and how many findings of each level."""
    counts = Counter(finding.level for finding in submission.findings)
    verdict = t("upload.acceptable") if submission.is_acceptable else t("upload.not_acceptable")
    tallies = " ".join(badge(f"{finding_level_name(level)} {count(counts[level])}") for level in LEVELS)
    st.html(
        heading(draft.file_name, title_of(submission))
        + f"<p>{badge(verdict, 'on_track' if submission.is_acceptable else 'slightly')} {tallies}</p>"
        + "".join(note(text) for text in said_of_record(submission))
    )


def said_of_record(submission: Submission) -> list[str]:
    """What accepting would do to what is on record: nothing, for a file accepted before, or replace a return."""
    same_return = [
        each
        for each in reads.receipts(OFFICE)
        if (each.kind, each.body, each.period) == (submission.kind, submission.body, str(submission.period))
    ]
    for receipt in same_return:
        if receipt.sha256 == submission.sha256 and receipt.withdrawn_at is None:
            return [t("upload.is_known", number=receipt.receipt_number)]
    return [
        t("upload.will_replace", number=receipt.receipt_number) for receipt in same_return if receipt.state == IN_FORCE
    ]


def draw_tables(submission: Submission) -> None:
    """The tables found, and how each column was read."""
    columns = [
        Column("sheet", t("upload.sheet"), "name"),
        Column("kind", t("definitions.kind"), "short"),
        Column("rows", t("upload.rows"), "number"),
        Column("read", t("upload.columns_read"), "number"),
        Column("unit", t("definitions.unit"), "short"),
    ]
    st.html(
        plain_table(
            columns, [_table_row(table) for table in submission.tables], is_compact=True, empty=t("upload.no_tables")
        )
    )
    if submission.tables:
        with st.expander(t("upload.columns")):
            for table in submission.tables:
                st.html(
                    heading(table.sheet, table.title)
                    + plain_table(_mapping_columns(), [_mapping_row(each) for each in table.columns], is_compact=True)
                )


def _table_row(table: TableReading) -> Row:
    read = sum(1 for column in table.columns if column.field)
    return {
        "sheet": table.sheet,
        "kind": t(f"table.{table.kind}"),
        "rows": len(table.rows),
        "read": f"{read} / {len(table.columns)}",
        "unit": table.unit or DASH,
    }


def _mapping_columns() -> list[Column]:
    return [
        Column("column", t("upload.column"), "short", width="60px"),
        Column("heading", t("upload.heading"), width="20%"),
        Column("field", t("upload.read_as"), "name"),
        Column("match", t("upload.match"), "short"),
        Column("samples", t("upload.samples")),
    ]


def _mapping_row(column: ColumnReading) -> Row:
    score = f" {column.score:.0f}%" if column.score else ""
    return {
        "column": column.column,
        "heading": column.heading,
        "field": field_name(column.field) if column.field else "",
        "match": t(f"match.{column.match}") + score,
        "samples": "、".join(column.samples),
    }


def draw_findings(submission: Submission) -> None:
    """All findings, the gravest first: level, cell, sentence."""
    columns = [
        Column("level", t("definitions.level"), "tag", width="92px"),
        Column("cell", t("card.cell"), "short", width="170px"),
        Column("message", t("upload.finding")),
    ]
    ordered = sorted(submission.findings, key=lambda finding: LEVELS.index(finding.level))
    rows: list[Row] = [
        {
            "level": finding_level_name(finding.level),
            "cell": f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet,
            "message": finding.message(language()),
        }
        for finding in ordered[:MOST_FINDINGS]
    ]
    st.html(heading(t("card.findings")) + plain_table(columns, rows, is_compact=True, empty=t("empty.findings")))
    if len(ordered) > MOST_FINDINGS:
        st.html(note(t("upload.more", count=count(len(ordered) - MOST_FINDINGS))))


def answer(draft_id: str, decision: Decision | None) -> None:
    """Keep a person's answer in the draft; None takes all of them back."""
    note_decision(reads.database(), draft_id, decision)


def draw_questions(draft: Draft, submission: Submission) -> None:
    """Names and headings that a person must decide; each answer is kept in the draft and the file is read again."""
    body = submission.body or ""
    columns = [
        column for table in submission.tables for column in table.columns if column.is_open and column.candidates
    ]
    if submission.suggestions or columns:
        st.html(heading(t("upload.questions"), t("upload.questions_remark")))
    for number, suggestion in enumerate(submission.suggestions):
        _ask_name(draft, suggestion, body, f"{draft.draft_id}_{number}_{suggestion.cell}")
    for column in columns:
        _ask_heading(draft, column, body, f"{draft.draft_id}_{column.key}")
    if draft.decisions:
        st.button(
            t("upload.forget", count=len(draft.decisions)),
            key=f"forget_{draft.draft_id}",
            on_click=answer,
            args=(draft.draft_id, None),
        )


def _ask_name(draft: Draft, suggestion: NameSuggestion, body: str, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        place = f"{suggestion.sheet}!{suggestion.cell} "
        question = t(
            "upload.same_name", name=suggestion.name, known=suggestion.known_name, score=f"{suggestion.score:.0f}"
        )
        st.html(note(place + question))
        for is_same, label in ((True, t("upload.is_same")), (False, t("upload.is_other"))):
            st.button(
                label,
                key=f"name_{is_same}_{key}",
                on_click=answer,
                args=(draft.draft_id, suggestion.decide(body, is_same=is_same)),
            )


def _ask_heading(draft: Draft, column: ColumnReading, body: str, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(note(t("upload.which_field", column=column.column, heading=column.heading)))
        for name in column.candidates:
            st.button(
                field_name(name),
                key=f"heading_{name}_{key}",
                on_click=answer,
                args=(draft.draft_id, column.decide(body, name)),
            )


def draw_changes(submission: Submission, known: Known) -> None:
    """How the return differs from what is on record: counts of each kind, then the projects and values."""
    changes = compare_submission(submission, known)
    counts = Counter(change.kind for change in changes)
    tallies = " · ".join(f"{t(f'difference.{kind}')} {count(counts[kind])}" for kind in KINDS)
    rows = [row for change in changes for row in _change_rows(change)]
    columns = [
        Column("kind", t("definitions.kind"), "tag", width="110px"),
        Column("project", t("word.project"), "name"),
        Column("field", t("card.field"), "short"),
        Column("before", t("upload.before")),
        Column("now", t("upload.now")),
        Column("row", t("upload.row"), "number", width="72px"),
    ]
    st.html(heading(t("upload.differences"), tallies))
    with st.expander(t("upload.show_differences", count=count(len(rows)))):
        st.html(plain_table(columns, rows[:MOST_CHANGES], is_compact=True, empty=t("empty.changes")))
        if len(rows) > MOST_CHANGES:
            st.html(note(t("upload.more", count=count(len(rows) - MOST_CHANGES))))


def _change_rows(change: ProjectChange) -> list[Row]:
    kind = t(f"difference.{change.kind}")
    if change.kind == UNCHANGED:
        return []
    if not change.fields:
        return [{"kind": kind, "project": change.name}]
    return [
        {
            "kind": kind if not index else "",
            "project": change.name if not index else "",
            "field": field_name(each.field.name),
            "before": _value(each.field.name, each.field.kind, each.before),
            "now": _value(each.field.name, each.field.kind, each.now),
            "row": each.cell_row,
        }
        for index, each in enumerate(change.fields)
    ]


def _value(name: str, kind: str, value: object) -> str:
    if is_missing(value):
        return DASH
    if kind == MONEY:
        return money(value)
    if kind == "rate":
        return percent(value)
    if kind == "date":
        return day_text(value)  # type: ignore[arg-type]
    return word_text(name, str(value))
