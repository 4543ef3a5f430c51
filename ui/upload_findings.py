"""The findings of a return as a grid to work in: value, last value and rule of each; a cell mended, a reason typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from domain.findings import EXPLAIN, KINDS, LEVELS, Finding
from domain.ledgers import find_declared
from domain.submissions import Correction, Known, RowReading, Submission
from storage.drafts import Draft, note_correction, note_reason
from ui import reads
from ui.formats import count
from ui.html import heading, note
from ui.locale import language, t
from ui.names import field_name, finding_level_name, plain_value

Mend = Callable[[Finding, str], bool]
MENDED, REASON = "after", "reason"
NOT_HERE = "／"  # in a column to type in: nothing to type here
# Streamlit breaks the lines of a text only in rows of more than 4 rem.
MOST_ROWS, ROW_PIXELS, HEAD_PIXELS = 7, 66, 38


def draw_findings(draft: Draft, submission: Submission, known: Known, mend: Mend) -> None:
    """The findings, filtered as asked, the gravest first, and what was mended so far. ``mend`` returns False in vain."""
    st.html(heading(t("card.findings"), t("upload.findings_remark") if submission.findings else ""))
    if not submission.findings:
        st.html(note(t("empty.findings")))
    else:
        _draw_grid(draft, submission, known, mend)
    _draw_corrections(draft, submission)


def _draw_grid(draft: Draft, submission: Submission, known: Known, mend: Mend) -> None:
    level, code = _ask_filters(draft, submission.findings)
    ordered = sorted(submission.findings, key=lambda found: LEVELS.index(found.level))
    shown = [found for found in ordered if level in (None, found.level) and code in (None, found.code)]
    key = f"grid_{draft.draft_id}_{_round(draft)}_{level}_{code}"
    # Of a list on its side all projects have their names in one row: a cell then tells of none of them.
    counted = Counter((table.sheet, row.cell_row) for table, row in submission.rows)
    rows = {
        (table.sheet, row.cell_row): row for table, row in submission.rows if counted[table.sheet, row.cell_row] == 1
    }
    frame = pd.DataFrame([_grid_row(found, draft, rows, known) for found in shown], columns=list(_grid_config()))
    st.data_editor(
        frame,
        key=key,
        hide_index=True,
        column_config=_grid_config(),
        disabled=[name for name in _grid_config() if name not in (MENDED, REASON)],
        row_height=ROW_PIXELS,
        height=HEAD_PIXELS + ROW_PIXELS * min(len(shown), MOST_ROWS) + 2,
        on_change=_keep_edits,
        args=(draft, key, shown, mend),
    )


def _ask_filters(draft: Draft, findings: list[Finding]) -> tuple[str | None, str | None]:
    """The level and the rule to show, None for all."""
    levels = Counter(found.level for found in findings)
    with st.container(horizontal=True, vertical_alignment="center"):
        level = st.segmented_control(
            t("definitions.level"),
            [each for each in LEVELS if levels[each]],
            format_func=lambda each: f"{finding_level_name(each)} {count(levels[each])}",
            key=f"level_{draft.draft_id}",
            label_visibility="collapsed",
        )
        codes = Counter(found.code for found in findings if level in (None, found.level))
        code = st.selectbox(
            t("upload.rule"),
            list(codes),
            index=None,
            format_func=lambda each: f"{_title(each)}（{codes[each]}）" if language() == "zh" else
            f"{_title(each)} ({codes[each]})",
            key=f"rule_{draft.draft_id}_{level}",
            placeholder=t("upload.all_rules"),
            label_visibility="collapsed",
            width=320,
        )  # fmt: skip
    return level, code


def _title(code: str) -> str:
    return KINDS[code].title if language() == "zh" else KINDS[code].title_en


def _grid_config() -> dict[str, Any]:
    """Key of each column -> its heading and width."""
    text = st.column_config.TextColumn
    return {
        "level": text(t("definitions.level"), width=70),
        "place": text(t("card.cell"), width=160),
        "project": text(t("word.project"), width=215),
        "field": text(t("card.field"), width=125),
        "value": text(t("upload.value"), width=120),
        "before": text(t("upload.value_before"), width=120),
        "message": text(t("upload.finding"), width=420),
        MENDED: text(t("upload.mended"), width=130, help=t("upload.mended_help")),
        REASON: text(t("receipt.reason"), width=216, help=t("upload.reason_help")),
    }


def _grid_row(found: Finding, draft: Draft, rows: Mapping[tuple[str, int], RowReading], known: Known) -> dict[str, str]:
    row = rows.get((found.sheet, _row_number(found.cell)))
    project = known.projects.get(found.project_id or (row.project_id if row else ""))
    name = row.values.get("project_name") if row else project.name if project else None
    field = find_declared(found.field)
    before = project.values.get(found.field) if project and field else None
    return {
        "level": finding_level_name(found.level),
        "place": f"{found.sheet}!{found.cell}" if found.cell else found.sheet,
        "project": name or "",
        "field": field_name(found.field) if found.field else "",
        "value": found.value,
        "before": plain_value(field, before) if field else "",
        "message": found.message(language()),
        MENDED: "" if found.is_mendable else NOT_HERE,
        REASON: draft.reasons.get(found.key, "") if found.level == EXPLAIN else NOT_HERE,
    }


def _row_number(cell: str) -> int:
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits.isdigit() else 0


def _keep_edits(draft: Draft, key: str, shown: list[Finding], mend: Mend) -> None:
    """What was typed goes into the draft; after a mended cell the grid begins anew, since its rows have changed."""
    is_mended = False
    for index, typed in st.session_state[key]["edited_rows"].items():
        found = shown[int(index)]
        if REASON in typed and found.level == EXPLAIN:
            note_reason(reads.database().path, draft.draft_id, found.key, typed[REASON] or "")
        if MENDED in typed:
            is_mended = True
            if not mend(found, typed[MENDED] or ""):
                st.toast(t("upload.not_mendable", place=f"{found.sheet}!{found.cell}"))
    if is_mended:
        _begin_anew(draft)


def _begin_anew(draft: Draft) -> None:
    """Another key for the grid: what was typed into its old rows must not stand in the new ones."""
    st.session_state[f"grid_round_{draft.draft_id}"] = _round(draft) + 1


def _round(draft: Draft) -> int:
    return int(st.session_state.get(f"grid_round_{draft.draft_id}", 0))


def _draw_corrections(draft: Draft, submission: Submission) -> None:
    """Each mended cell with what was typed in it, and a button that puts that back."""
    if not submission.corrections:
        return
    st.html(heading(t("upload.corrections", count=len(submission.corrections)), t("upload.corrections_remark")))
    for each in submission.corrections:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(note(correction_text(each)))
            st.button(
                t("upload.put_back"),
                key=f"back_{draft.draft_id}_{each.sheet}_{each.cell}",
                type="tertiary",
                on_click=_put_back,
                args=(draft, each),
            )


def correction_text(correction: Correction) -> str:
    """Where a cell was mended, what was typed in it, what counts instead."""
    return t(
        "upload.correction",
        place=f"{correction.sheet}!{correction.cell}",
        field=field_name(correction.field),
        before=correction.before if correction.before is not None else t("upload.blank"),
        after=correction.after if correction.after is not None else t("upload.blank"),
    )


def _put_back(draft: Draft, correction: Correction) -> None:
    note_correction(reads.database().path, draft.draft_id, replace(correction, after=correction.before))
    _begin_anew(draft)
