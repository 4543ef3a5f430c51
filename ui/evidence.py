"""Reported and verified on the screens: both numbers of a count, the column of lists, and a project's evidence."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from domain.evidence import (
    CONTRADICTED,
    PERMIT_NUMBER,
    UNVERIFIED,
    VERIFIED,
    recognised_dates,
    shared_numbers,
    verifications,
    verified_count,
    year_verifications,
)
from domain.indicators import INDICATORS, MILESTONES, find_indicator
from ui import reads
from ui.formats import DASH, count, day_text
from ui.html import heading
from ui.html_tables import Column, Graded, Row, plain_table
from ui.links import Link
from ui.locale import t
from ui.project_values import as_date, as_text, day_of
from ui.tables import BOTH
from ui.view import View

# Not verified asks for a check, so it is no grade of the project: grey; a contradiction asks for attention.
TONES = {VERIFIED: "on_track", UNVERIFIED: "unknown", CONTRADICTED: "attention"}
MARKS = {VERIFIED: "●", UNVERIFIED: "○", CONTRADICTED: "◆"}
OPEN = (UNVERIFIED, CONTRADICTED)


def verified_of(view: View, code: str) -> int | None:
    """How many of those that a figure counts are verified; None for a figure of no start or completion."""
    states, evidence = reads.states(view.scope, view.record), reads.evidence(view.scope, view.record)
    return verified_count(INDICATORS[code], states, evidence, view.period, view.body)


def both_numbers(view: View, code: str, reported: float | None) -> tuple[str | Link, ...]:
    """已核 28, 未核 8 of a figure's reported number, each leading to its projects; nothing where there is none to verify."""
    verified = None if reported is None else verified_of(view, code)
    if verified is None:
        return ()
    unverified = int(reported or 0) - verified
    return (
        _number(view, code, "evidence.verified", verified, (VERIFIED,)),
        _number(view, code, "evidence.unverified", unverified, OPEN),
    )


def _number(view: View, code: str, key: str, number: int, codes: tuple[str, ...]) -> str | Link:
    text = t(key, count=count(number))
    return Link(text, view.href("projects", figure=code, verification=codes)) if number else text


def with_verification(view: View, rows: pd.DataFrame, figure: str) -> pd.DataFrame:
    """The rows of a list with ``verification``, of the figure's milestone or of both, and ``verified_milestone``.

    The second says which milestone of the year it is: start, completion or both; both are None where there is none.
    """
    indicator = find_indicator(figure)
    milestones = (indicator.milestone,) if indicator and indicator.milestone else MILESTONES
    found = year_verifications(rows, reads.evidence(view.scope, view.record), view.period, milestones)
    worst = found["verification"]
    is_worst = [found[name].eq(worst) & worst.notna() for name in milestones]
    names = np.select(
        [np.logical_and.reduce(is_worst), *is_worst], [BOTH if len(milestones) > 1 else milestones[0], *milestones], ""
    )
    return rows.assign(verification=worst, verified_milestone=names)


def evidence_panel(view: View, project_id: str) -> str:
    """Start and completion as reported and as recognised, with everything that was recorded for them."""
    rows = [row for milestone in MILESTONES for row in _milestone_rows(view, project_id, milestone)]
    table = plain_table(_columns(), rows, is_compact=True)
    return heading(t("evidence.of_project"), t("evidence.remark")) + table


def evidence_of(view: View, project_id: str) -> pd.DataFrame:
    """What was recorded for a project, the newest first, withdrawn or not."""
    found = reads.evidence(view.scope, view.record)
    return found[found["project_id"] == project_id][::-1]


def state_of(view: View, project_id: str) -> pd.Series:
    """The state of a project of any district. Raises IndexError for an unknown one."""
    states = reads.states(view.scope, view.record)
    return states[states["project_id"] == project_id].iloc[0]


def _columns() -> list[Column]:
    return [
        Column("milestone", t("column.node"), "name", width="70px"),
        Column("reported", t("evidence.reported"), "short"),
        Column("state", t("evidence.state"), "short"),
        Column("recognised", t("evidence.verified_date"), "short"),
        Column("kind", t("evidence.kind"), "short"),
        Column("value", t("evidence.value")),
        Column("seen", t("evidence.on_date"), "short"),
        Column("file", t("card.file")),
        Column("recorded", t("evidence.recorded"), "short"),
    ]


def _milestone_rows(view: View, project_id: str, milestone: str) -> list[Row]:
    project, evidence = state_of(view, project_id), evidence_of(view, project_id)
    code = _code_of(view, project_id, milestone)
    head = {"milestone": t(f"milestone.{milestone}"), "reported": day_of(project, f"{milestone}_date")}
    state = Graded(f"{MARKS[code]} {t(f'verification.{code}')}", TONES[code]) if code else DASH
    rows = [{**head, **_evidence_row(view, row)} for row in evidence[evidence["milestone"] == milestone].itertuples()]
    counts = next((row for row in rows if row["state"] == t("evidence.further")), None)
    if counts is None:
        return [{**head, "state": state}, *rows]
    counts["state"] = state
    return rows


def _code_of(view: View, project_id: str, milestone: str) -> str | None:
    """What the evidence makes of a project's milestone as of the view's period."""
    states, evidence = reads.states(view.scope, view.record), reads.evidence(view.scope, view.record)
    return verifications(states[states["project_id"] == project_id], evidence, milestone, view.period).iloc[0]


def _evidence_row(view: View, row: Any) -> dict[str, Any]:
    return {
        "state": t("evidence.withdrawn") if row.is_withdrawn else t("evidence.further"),
        "recognised": day_text(as_date(row.verified_date)),
        "kind": kind_name(row.kind, row.milestone),
        "value": _said(view, row),
        "seen": day_text(as_date(row.on_date)),
        "file": row.file_name,
        "recorded": f"{row.recorded_at:%Y-%m-%d %H:%M}",
    }


def _said(view: View, row: Any) -> str | Graded:
    """The number, code or words, the note; why it was withdrawn, or for which other projects the same number stands."""
    said = t("word.comma").join(text for text in (row.value, row.note) if text)
    if row.is_withdrawn:
        return said + t("evidence.withdrawn_because", reason=row.withdrawal_reason)
    others = shared_numbers(reads.evidence(view.scope, view.record)).get(row.evidence_id)
    if not others:
        return said
    names = reads.states(view.scope, view.record).set_index("project_id")["project_name"]
    also = t("word.comma").join(str(names.get(code, code)) for code in others)
    return Graded(f"{said} ◆ {t('evidence.also_of', names=also)}", "attention")


def kind_name(kind: str, milestone: str) -> str:
    """Name of a kind of evidence; the number of a start is that of another paper than a completion's."""
    if kind == PERMIT_NUMBER:
        return t(f"evidence.number_of_{milestone}")
    return t(f"evidence.kind_{kind}")


def recognised_or_reported(view: View, project_id: str, milestone: str) -> date | None:
    """The date that a form proposes: the one recognised so far, else the one reported."""
    recognised = recognised_dates(reads.evidence(view.scope, view.record), milestone).get(project_id)
    return as_date(recognised if recognised is not None else state_of(view, project_id)[f"{milestone}_date"])


def reported_milestones(view: View, project_id: str) -> list[str]:
    """The milestones that the returns give a date for: what there is to verify."""
    project = state_of(view, project_id)
    return [milestone for milestone in MILESTONES if as_text(project[f"{milestone}_date"])]
