"""Beside the matrix: what is late and in question; or all steps of the project that is chosen, and every word on one."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from domain.permits import NOT_TOLD, OVERDUE
from ui import reads
from ui.formats import count, is_missing
from ui.html import heading, note
from ui.html_tables import Column, Graded, Row, plain_table
from ui.links import Link, linked, page_href, receipt_link
from ui.locale import t
from ui.permit_marks import (
    MARKS,
    due_source_text,
    due_text,
    hint_source,
    moved_text,
    plain_day,
    short_step,
    source_text,
    state_cell,
    state_text,
    step_name,
)
from ui.permits import QUESTIONS, AskedPermits, find_cell, matrix_of, questions_of, steps_of_project
from ui.sentences import short_name
from ui.view import View

MOST_LATE, MOST_ASKED = 9, 6
FACTS = (Column("name", "", "short", width="84px"), Column("value", ""))


def late_panel(view: View, asked: AskedPermits) -> str:
    """The steps longest late, the projects whose permit is in question, and how words get in."""
    return _late(view, asked) + _in_question(view, asked) + _how_to_tell(view)


def _late(view: View, asked: AskedPermits) -> str:
    matrix = matrix_of(view, asked.kind)
    late = matrix[matrix["state"] == OVERDUE].sort_values("days_late", ascending=False, kind="stable")
    rows: list[Row] = [
        {
            "project": Link(short_name(cell.project_name), asked.href(view, project=cell.project_id, at=cell.step)),
            "step": short_step(cell.step),
            "days": Graded(t("permits.days", count=count(cell.days_late)), "behind"),
        }
        for cell in late.head(MOST_LATE).itertuples()
    ]
    columns = [
        Column("project", t("word.project"), "name"),
        Column("step", t("permits.step"), "short", width="88px"),
        Column("days", t("permit.overdue"), "short", align="right", width="84px"),
    ]
    remark = t("permits.late_remark", count=count(len(late)))
    return heading(t("permits.late_title"), remark) + plain_table(
        columns, rows, is_compact=True, empty=t("permits.none_late")
    )


def _in_question(view: View, asked: AskedPermits) -> str:
    """The projects that have started with a permit in question, what is said before what nobody told."""
    found = questions_of(view, asked.kind)
    if found.empty:
        return ""
    found = found.assign(order=found["question"].map(QUESTIONS.index)).sort_values("order", kind="stable")
    rows: list[Row] = [
        {
            "project": Link(short_name(cell.project_name), asked.href(view, project=cell.project_id, at=cell.step)),
            "question": t(f"permits.question_{cell.question}"),
        }
        for cell in found.head(MOST_ASKED).itertuples()
    ]
    columns = [
        Column("project", t("word.project"), "name"),
        Column("question", t("permits.permit"), "short", width="96px"),
    ]
    remark = t("permits.question_remark", count=count(len(found)))
    return heading(t("permits.question_title"), remark) + plain_table(columns, rows, is_compact=True)


def _how_to_tell(view: View) -> str:
    """Whether any ledger is on record, and how to send one."""
    words = view.of_body(reads.permit_words(view.scope, view.record))
    said = note(t("permits.no_words") if words.empty else t("permits.words_remark", count=count(len(words))))
    return said + f'<p class="hx-note">{linked(Link(t("permits.send_ledger"), page_href("upload")))}</p>'


def project_steps(view: View, asked: AskedPermits) -> str:
    """All steps of the chosen project, each of which opens."""
    own = steps_of_project(view, asked.project)
    rows: list[Row] = [
        {
            "step": Link(step_name(cell.step), asked.href(view, at=cell.step)),
            "state": state_cell(cell),
            "due": due_text(cell),
        }
        for cell in own.itertuples()
    ]
    columns = [
        Column("step", t("permits.step"), "name"),
        Column("state", t("permits.state"), width="46%"),
        Column("due", t("permits.due_on"), "short", width="92px"),
    ]
    return heading(t("permits.all_of_project")) + plain_table(columns, rows, is_compact=True)


def step_card(view: View, asked: AskedPermits) -> str:
    """The open step of the chosen project: how it stands and where that was told."""
    cell = find_cell(view, asked.project, asked.at)
    if cell is None:
        return heading(t("permits.unknown")) + note(t("permits.unknown_text"))
    name = Link(str(cell.project_name), view.project(cell.project_id))
    facts: list[Row] = [{"name": t("word.project"), "value": name}, *_facts(cell)]
    back = linked(Link(t("permits.close"), asked.href(view, project="", at="")))
    head = heading(step_name(cell.step)) + f'<p class="hx-note">{back}</p>'
    return head + plain_table(FACTS, facts, is_compact=True)


def _facts(cell: Any) -> list[Row]:
    facts = (
        (t("permits.state"), state_cell(cell)),
        (t("permits.applied_on"), plain_day(cell.applied_date)),
        (t("permits.due_on"), " ".join(filter(None, [due_text(cell), moved_text(cell), due_source_text(cell)]))),
        (t("permits.granted_on"), plain_day(cell.granted_date)),
        (t("permits.office"), "" if is_missing(cell.office) else cell.office),
        (t("permits.number"), "" if is_missing(cell.document_number) else cell.document_number),
        (t("permits.source"), source_text(cell)),
        (t("permits.returns_say"), hint_source(cell)),
    )
    return [{"name": name, "value": value} for name, value in facts if value]


def step_words(view: View, asked: AskedPermits) -> str:
    """Every word on the open step, the newest first; empty where there is none."""
    words = reads.permit_words(view.scope, view.record)
    own = words[(words["project_id"] == asked.project) & (words["step"] == asked.at)]
    if own.empty:
        return ""
    return heading(t("permits.words")) + "".join(_word(word) for word in own[::-1].itertuples())


def _word(word: Any) -> str:
    """One word: its day, the state and the dates it gives, who said it."""
    mark = MARKS[word.state]
    days = (
        ("permits.applied_on", word.applied_date),
        ("permits.due_on", word.due_date),
        ("permits.granted_on", word.granted_date),
    )
    said = "".join(f"<span>{escape(t(key))} {plain_day(day)}</span>" for key, day in days if not is_missing(day))
    return (
        f'<div class="hx-word"><b>{plain_day(word.on_date)}</b>'
        f'<span class="{mark.css_class}">{escape(state_text(word.state))}</span>{said}'
        f"<p>{linked(_word_source(word))}</p></div>"
    )


def _word_source(word: Any) -> Link | str:
    if word.receipt_number:
        return receipt_link(word.receipt_number)
    return source_text(word) + (f"：{word.note}" if word.note else "")


def project_permits(view: View, project_id: str) -> str:
    """The steps of a project of which anything is known, for its own page; empty where it owes none."""
    own = steps_of_project(view, project_id)
    if own.empty:
        return ""
    is_known = (own["state"] != NOT_TOLD) | own["due_date"].notna() | own["hint"].notna()
    rest = note(t("permits.others_untold", count=count((~is_known).sum()))) if (~is_known).any() else ""
    asked = AskedPermits(kind=own["kind"].iloc[0], project=project_id)
    rows = _wide_rows(view, asked, own[is_known])
    table = plain_table(_wide_columns(), rows, is_compact=True, empty=t("permits.none_told"))
    return heading(t("permits.of_project"), t("permits.project_remark")) + table + rest


def _wide_columns() -> list[Column]:
    return [
        Column("step", t("permits.step"), "name"),
        Column("state", t("permits.state"), "short"),
        Column("applied", t("permits.applied_on"), "short"),
        Column("due", t("permits.due_on"), "short"),
        Column("granted", t("permits.granted_on"), "short"),
        Column("office", t("permits.office")),
        Column("number", t("permits.number")),
        Column("source", t("permits.source")),
        Column("due_source", t("permits.due_source")),
    ]


def _wide_rows(view: View, asked: AskedPermits, own: pd.DataFrame) -> list[Row]:
    return [
        {
            "step": Link(step_name(cell.step), asked.href(view, at=cell.step)),
            "state": state_cell(cell),
            "applied": plain_day(cell.applied_date),
            "due": due_text(cell),
            "granted": plain_day(cell.granted_date),
            "office": cell.office,
            "number": cell.document_number,
            "source": source_text(cell) or hint_source(cell),
            "due_source": due_source_text(cell),
        }
        for cell in own.itertuples()
    ]
