"""The question that is chosen: the cells in dispute, each with its file and the text as typed, and what was said of it."""

from __future__ import annotations

from html import escape

import pandas as pd

from domain.cross_questions import CROSS_CHECKS, CrossCheck
from domain.fields import MONEY, MONTH, PROJECT_FIELD
from domain.periods import Period
from domain.scope import Record
from storage.queries import ValueSource
from ui import reads
from ui.formats import cell_place, is_missing, period_name
from ui.html import heading, note
from ui.html_tables import Column, Row, plain_table
from ui.links import Link, linked, receipt_link
from ui.locale import t
from ui.names import heading_of
from ui.questions import AskedQuestions, check_name, key_of, question_text, questions_of
from ui.view import View

# Whose words of another month a question may quote -> the column that says of which.
QUOTED_IN = {"progress_text": "said_in", "issue_text": "issue_in"}


def evidence(view: View, asked: AskedQuestions) -> str:
    """The chosen question: its sentence, the cells in dispute, and what was said of it at the upload; empty for none."""
    found = view.remember(questions_of)
    row = next((row for _, row in found.iterrows() if key_of(row) == asked.question), None)
    if row is None:
        return ""
    check = CROSS_CHECKS[row["code"]]
    project = linked(Link(row["project_name"], view.project(row["project_id"])), "hx-figure-link")
    close = linked(Link(t("questions.close"), view.href("questions", rule=asked.rules)))
    return (
        heading(check_name(check.code), t("questions.asked_since", month=period_name(row["first_asked"])))
        + f"<p>{project}</p><p>{escape(question_text(row))}</p>"
        + plain_table(_cell_columns(), cell_rows(view, row), empty=t("questions.no_cells"))
        + _said_at_upload(view, row, check)
        + f'<p class="hx-note">{close}</p>'
    )


def _cell_columns() -> list[Column]:
    return [
        Column("field", t("card.field"), "name"),
        Column("text", t("card.original")),
        Column("cell", t("card.cell"), "short"),
        Column("file", t("card.file")),
    ]


def cell_rows(view: View, row: pd.Series) -> list[Row]:
    """The cells in dispute: field, text as typed, place, and the file, which leads to its receipt."""
    return [
        {
            "field": heading_of(PROJECT_FIELD[name]),
            "text": _typed(name, source),
            "cell": cell_place(source.sheet, source.cell),
            "file": Link(source.file_name, receipt_link(source.receipt_number).href),
        }
        for name, source in disputed_cells(view, row)
    ]


def _said_at_upload(view: View, row: pd.Series, check: CrossCheck) -> str:
    """The reasons given for the importer's finding of the same, since the question stands."""
    stored = reads.findings(view.scope, view.record, row["project_id"]) if check.finding else []
    said = [each for each in stored if each.finding.code == check.finding and each.period >= row["first_asked"]]
    return "".join(
        note(t("questions.said", month=period_name(each.period), reason=each.reason)) for each in said if each.reason
    )


def _typed(name: str, source: ValueSource) -> str:
    """The text as typed; an amount with the unit that it was read in."""
    unit = f" {source.unit}" if source.unit and PROJECT_FIELD[name].kind == MONEY else ""
    return f"{source.text or ''}{unit}"


def disputed_cells(view: View, row: pd.Series) -> list[tuple[str, ValueSource]]:
    """(field, where its value was read) of what is in dispute; a field without a value has no cell."""
    check = CROSS_CHECKS[row["code"]]
    asked = [(name, _period_of(name, row)) for name in check.fields]
    if "before_in" in row["details"]:
        asked.append((check.fields[0], row["before_in"]))
    found = ((name, _source(view, row["project_id"], name, period)) for name, period in asked)
    return [(name, source) for name, source in found if source is not None]


def _period_of(name: str, row: pd.Series) -> str:
    """The period whose return says what a question quotes of a field."""
    told = row.get(QUOTED_IN.get(name, ""))
    is_of_month = PROJECT_FIELD[name].lasts == MONTH and not is_missing(told)
    return str(told if is_of_month else row["period"])


def _source(view: View, project_id: str, name: str, period: str) -> ValueSource | None:
    record = Record(Period.parse(period), view.record.acceptances, view.record.rule_set)
    return reads.value_sources(view.scope, record, project_id).get(name)


def places_text(view: View, row: pd.Series) -> str:
    """The cells of a question for a sentence, those of other months' returns by their month; Chinese."""
    places = [_place(source, view.period) for _, source in disputed_cells(view, row) if source.cell]
    return "、".join(dict.fromkeys(places))


def _place(source: ValueSource, period: Period) -> str:
    place = cell_place(source.sheet, source.cell)
    return place if source.period == str(period) else f"{period_name(source.period, 'zh')}报表 {place}"
