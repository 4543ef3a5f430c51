"""The matrix: projects as rows, steps as narrow columns, a shape with a few words in each cell, counts below."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from domain.permit_steps import APPLIED, GRANTED, NOT_APPLIED, PermitStep, steps_of
from domain.permits import DUE_SOON, NOT_TOLD, OVERDUE, step_counts
from ui.formats import count, is_missing
from ui.html import heading, note
from ui.links import anchor
from ui.locale import t
from ui.permit_marks import (
    HINT_MARKS,
    MARKS,
    days_text,
    due_source_text,
    due_text,
    hint_source,
    legend,
    plain_day,
    short_step,
    source_text,
    state_name,
    step_name,
)
from ui.permits import ALL, AskedPermits, chosen_cells, matrix_of
from ui.sentences import short_name
from ui.view import View, nothing_yet

MOST_ROWS = 200


def permit_table(view: View, asked: AskedPermits) -> str:
    """The projects that answer, late ones first, with the foot of all projects of the kind."""
    found = chosen_cells(view, asked)
    title = heading(t("permits.matrix_title", count=count(len(found))), t("permits.matrix_remark"))
    if view.states.empty:
        return nothing_yet()
    if not found:
        return title + note(t("permits.none_found"))
    matrix, steps = matrix_of(view, asked.kind), steps_of(asked.kind)
    rows = "".join(_row(view, asked, own) for own in found[:MOST_ROWS])
    more = note(t("issues.more", count=count(len(found) - MOST_ROWS))) if len(found) > MOST_ROWS else ""
    table = (
        f'<div class="hx-scroll"><table class="hx-table hx-matrix"><thead>{_head(view, asked, steps)}</thead>'
        f"<tbody>{rows}</tbody><tfoot>{_foot(matrix, steps)}</tfoot></table></div>"
    )
    return title + legend() + table + more


def _head(view: View, asked: AskedPermits, steps: tuple[PermitStep, ...]) -> str:
    heads = "".join(_step_head(view, asked, step.code) for step in steps)
    return f'<tr><th scope="col" class="hx-left">{escape(t("word.project"))}</th>{heads}</tr>'


def _step_head(view: View, asked: AskedPermits, code: str) -> str:
    """A step's heading leads to the projects of whom it asks for action; the one chosen is marked and leads back."""
    is_chosen = asked.step == code
    link = anchor(short_step(code), asked.href(view, step=ALL if is_chosen else code), "hx-link")
    mark = ' aria-current="true"' if is_chosen else ""
    return f'<th scope="col" title="{escape(step_name(code))}"{mark}>{link}</th>'


def _row(view: View, asked: AskedPermits, own: pd.DataFrame) -> str:
    project_id, name = own["project_id"].iloc[0], str(own["project_name"].iloc[0])
    link = anchor(short_name(name), asked.href(view, project=project_id, at=""), "hx-link")
    is_open = ' class="hx-chosen"' if project_id == asked.project else ""
    cells = "".join(_cell(view, asked, cell) for cell in own.itertuples())
    return f'<tr{is_open}><td role="rowheader" title="{escape(name)}">{link}</td>{cells}</tr>'


def _cell(view: View, asked: AskedPermits, cell: Any) -> str:
    """One step of one project: its mark with a few words, all that is known of it for the pointer."""
    shown, words = cell_words(cell), cell_title(cell)
    css_class = mark_of(cell).css_class
    if cell.state == NOT_TOLD and is_missing(cell.hint) and is_missing(cell.due_date):
        return f'<td class="{css_class}" title="{escape(words)}">{escape(shown)}</td>'
    link = anchor(shown, asked.href(view, project=cell.project_id, at=cell.step), "hx-link")
    return f'<td class="{css_class}" title="{escape(words)}">{link}</td>'


def mark_of(cell: Any) -> Any:
    """The mark of a cell: its state's; of what nobody told that of the returns' words."""
    return HINT_MARKS[cell.hint] if cell.state == NOT_TOLD and not is_missing(cell.hint) else MARKS[cell.state]


def cell_words(cell: Any) -> str:
    """A mark and the shortest words that say when: the day granted, the days late or waiting, the day due."""
    words = {
        GRANTED: _short_day(cell, "granted_date"),
        OVERDUE: _days(cell.days_late),
        APPLIED: _days(cell.days_waiting),
        DUE_SOON: _short_day(cell, "due_date"),
        NOT_APPLIED: _short_day(cell, "due_date"),
    }
    return f"{mark_of(cell).sign} {words.get(cell.state, '')}".rstrip()


def _days(days: Any) -> str:
    return "" if is_missing(days) else t("permits.days", count=count(days))


def _short_day(cell: Any, name: str) -> str:
    """A day as 24-08."""
    day = getattr(cell, name)
    return "" if is_missing(day) else f"{day:%y-%m}"


def cell_title(cell: Any) -> str:
    """All that is known of a step, for the pointer and for readers aloud."""
    facts = (
        ("permits.applied_on", plain_day(cell.applied_date)),
        ("permits.due_on", " ".join(filter(None, [due_text(cell), due_source_text(cell)]))),
        ("permits.granted_on", plain_day(cell.granted_date)),
        ("permits.office", "" if is_missing(cell.office) else cell.office),
        ("permits.source", source_text(cell)),
        ("permits.returns_say", hint_source(cell)),
    )
    head = f"{step_name(cell.step)}：{state_name(cell.state)} {days_text(cell)}".rstrip()
    return "\n".join([head, *(f"{t(key)} {value}" for key, value in facts if value)])


def _foot(matrix: pd.DataFrame, steps: tuple[PermitStep, ...]) -> str:
    """Granted n / of m of each step, over all projects of the kind, whatever is shown."""
    counts = step_counts(matrix)
    cells = "".join(_count_cell(counts.loc[step.code]) for step in steps)
    return f'<tr><th scope="row">{escape(t("permits.granted_of"))}</th>{cells}</tr>'


def _count_cell(row: pd.Series) -> str:
    words = t(
        "permits.step_counts",
        granted=row["granted"],
        needed=row["needed"],
        overdue=row["overdue"],
        untold=row["not_told"],
    )
    return f'<td title="{escape(words)}">{count(row["granted"])}/{count(row["needed"])}</td>'
