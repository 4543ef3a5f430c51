"""The steps of one project from signing to capacity, with the days between them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from domain.step_durations import MEASURED, step_spans
from ui import reads
from ui.conversion import since_text
from ui.formats import DASH, number
from ui.html import Step, heading, step_list
from ui.locale import t
from ui.view import View


def project_steps(view: View, project_id: str) -> str:
    """The chain as HTML; empty for works, and for a project that was not signed yet."""
    steps = reads.conversion(view.scope, view.record)
    own = steps[steps["project_id"] == project_id]
    if own.empty:
        return ""
    return heading(t("conversion.chain"), t("conversion.chain_remark")) + step_list(chain_steps(own))


def chain_steps(own: pd.DataFrame) -> list[Step]:
    """The five steps of a project: its day with the days since the step before, or that it is not reached."""
    spans = step_spans(own).set_index("number")
    return [_step(row, spans) for row in own.itertuples()]


def _step(row: Any, spans: pd.DataFrame) -> Step:
    name = t(f"conversion.{row.step}")
    if not row.is_reached:
        return Step(name, t("conversion.not_yet"), "unknown")
    text = since_text(row.day, row.precision, row.seen_period)
    if text == DASH:
        return Step(name, t("conversion.no_day"))
    before = row.number - 1
    if before in spans.index and spans.loc[before, "outcome"] == MEASURED:
        text = t("conversion.after", day=text, days=number(spans.loc[before, "days"]))
    return Step(name, text)
