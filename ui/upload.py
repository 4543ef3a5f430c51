"""The upload page's parts: what was read, what is doubtful, what differs, what was accepted. Draws; stores nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from domain.bodies import body_name
from domain.changes import KINDS, UNCHANGED, ProjectChange, compare_submission
from domain.findings import EXPLAIN, LEVELS
from domain.submissions import ColumnReading, Known, Submission, TableReading
from storage.accepting import accepted_before
from storage.drafts import Draft
from storage.receipts import IN_FORCE, Receipt
from ui import reads
from ui.drafts import remove
from ui.formats import DASH, count, period_name
from ui.html import Step, badge, heading, note, step_list
from ui.html_tables import Column, Row, plain_table
from ui.locale import language, t
from ui.names import field_name, finding_level_name, plain_value, return_name, table_name
from ui.receipts import draw_receipt
from ui.session import scope
from ui.upload_findings import Mend, draw_findings
from ui.upload_permits import draw_permits
from ui.upload_questions import count_questions, draw_questions

MOST_CHANGES = 60


def title_of(submission: Submission) -> str:
    """Whose return of which month was read."""
    body = body_name(submission.body, language()) if submission.body else t("upload.no_body")
    period = period_name(submission.period) if submission.period else t("upload.no_period")
    return f"{body} · {period} · {return_name(submission.kind)}"


def draw_refusal(draft: Draft, sentence: str) -> None:
    """A file that cannot be read: why, and what to do."""
    st.html(heading(draft.file_name) + f"<p>{badge(t('upload.not_readable'), 'slightly')}</p>" + note(sentence))


def draw_reading(draft: Draft, submission: Submission, known: Known, mend: Mend) -> None:
    """The steps from the file to its acceptance: what was read, what is asked, what is wrong, what differs."""
    changes = compare_submission(submission, known)
    draw_summary(draft, submission, changes)
    read, asked = st.columns([11, 12])
    with read:
        draw_tables(submission)
        draw_permits(submission)
    with asked:
        draw_questions(draft, submission)
    draw_findings(draft, submission, known, mend)
    if submission.is_acceptable:
        draw_changes(changes)


def offer_acceptance(draft: Draft, submission: Submission) -> str | None:
    """The reason for all that has none of its own, and the button; the reason typed when it is pressed, else None."""
    if not submission.is_acceptable:
        return None
    owed = sum(found.key not in draft.reasons for found in submission.to_explain)
    with st.form(f"accept_{draft.draft_id}", border=False):
        reason = ""
        if owed:
            reason = st.text_area(
                t("upload.reason", count=owed),
                key=f"reason_{draft.draft_id}",
                placeholder=t("upload.reason_hint"),
                height=80,
            )
        is_pressed = st.form_submit_button(t("upload.accept"), type="primary", key=f"submit_{draft.draft_id}")
    return reason if is_pressed else None


def compared_with(draft: Draft, submission: Submission, receipts: Sequence[Receipt]) -> str | None:
    """The receipt in force when this draft was last drawn here, "" for none; the one of now is kept for the next time.

    None at the first drawing, when nobody can have pressed anything.
    """
    of = (submission.kind, submission.body, str(submission.period))
    now = next((r.receipt_number for r in receipts if r.state == IN_FORCE and (r.kind, r.body, r.period) == of), "")
    key = f"seen_{draft.draft_id}"
    seen: str | None = st.session_state.get(key)
    st.session_state[key] = now
    return seen


def offer_removal(draft: Draft) -> None:
    """The button that takes a file off the page; what was accepted of it stays."""
    st.button(
        t("upload.remove"), key=f"remove_{draft.draft_id}", type="tertiary", on_click=remove, args=(draft.draft_id,)
    )


def draw_receipt_of(draft: Draft, receipt: Receipt) -> None:
    """The receipt of a draft that was accepted."""
    st.html(heading(draft.file_name))
    draw_receipt(replace(receipt, is_repeat=bool(st.session_state.get(f"repeat_{draft.draft_id}"))))


def draw_summary(draft: Draft, submission: Submission, changes: Sequence[ProjectChange]) -> None:
    """The file's name, whose it is, how far each step is, and what accepting it would do."""
    st.html(
        heading(draft.file_name, title_of(submission))
        + step_list(steps_of(draft, submission, changes))
        + "".join(note(text) for text in said_of_record(submission))
    )


def steps_of(draft: Draft, submission: Submission, changes: Sequence[ProjectChange]) -> list[Step]:
    """The six steps, each with what it found; the tone is a grade's, ``plain`` where nothing waits for a person."""
    levels = Counter(finding.level for finding in submission.findings)
    kinds = Counter(change.kind for change in changes)
    questions = count_questions(submission)
    tallies = " · ".join(f"{finding_level_name(level)} {count(levels[level])}" for level in LEVELS)
    differences = " · ".join(f"{t(f'difference.{kind}')} {count(kinds[kind])}" for kind in KINDS if kinds[kind])
    is_acceptable = submission.is_acceptable
    return [
        Step(t("step.choose"), t("step.size", size=count(-(-len(draft.content) // 1024)))),
        Step(t("step.health"), t("step.healthy", count=count(len(submission.tables)))),
        Step(t("step.columns"), t("step.asked", count=questions) if questions else t("step.nothing_asked"),
             "slightly" if questions else "plain"),
        Step(t("step.checks"), tallies, "behind" if submission.blocking else "slightly" if levels[EXPLAIN] else "plain"),
        Step(t("step.differences"), differences or DASH),
        Step(t("step.accept"), t("upload.acceptable") if is_acceptable else t("upload.not_acceptable"),
             "on_track" if is_acceptable else "behind"),
    ]  # fmt: skip


def said_of_record(submission: Submission) -> list[str]:
    """What accepting would do to what is on record: nothing, for a file accepted before, or replace a return."""
    before = accepted_before(reads.database(), submission)
    if before is not None:
        return [t("upload.is_known", number=before.receipt_number)]
    return [
        t("upload.will_replace", number=each.receipt_number)
        for each in reads.receipts(scope())
        if (each.kind, each.body, each.period) == (submission.kind, submission.body, str(submission.period))
        and each.state == IN_FORCE
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
        "kind": table_name(table.kind),
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


def draw_changes(changes: Sequence[ProjectChange]) -> None:
    """How the return differs from what is on record: counts of each kind, then the projects and values."""
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
            "before": plain_value(each.field, each.before),
            "now": plain_value(each.field, each.now),
            "row": each.cell_row,
        }
        for index, each in enumerate(change.fields)
    ]
