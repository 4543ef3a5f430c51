"""The page of the assessment: both districts' points side by side, each line opening to its sentence and its projects."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from domain.assessment import MONTH, SPANS, STATE_COLUMNS, YEAR, score, totals
from domain.assessment_publications import Publication, published_points, published_scheme, published_totals
from domain.assessment_schemes import DISTRICT, FIRM, WEIGHTED, Assessed, Scheme, SchemeLine
from domain.assessment_steps import NextStep, next_steps
from domain.bodies import ZONE
from domain.built_in_schemes import SAMPLE_SCHEME
from domain.progress import targets_by_code
from domain.scope import Record, Scope
from domain.version_choices import choice_in_force
from storage import queries
from ui import reads
from ui.assessment_words import assessed_name, line_name, line_sentence, points_in_column, points_text, scheme_name
from ui.audit import actor_name
from ui.filters import asked_text
from ui.formats import DASH, period_name
from ui.html import badge, heading, note, sentence
from ui.html_tables import Bar, Column, Graded, Row, plain_table
from ui.links import Link, linked
from ui.locale import language, t
from ui.sentences import filled
from ui.view import View

SCORE, SCHEME, PUBLISHED = SHOWN = ("score", "scheme", "published")
TONES = {MONTH: "ink", YEAR: "quiet"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is shown: a scheme, its points and totals, live or as they were published."""

    scheme: Scheme
    points: pd.DataFrame
    totals: pd.DataFrame
    publication: Publication | None = None

    def of(self, who: str, span: str, line: str, period: str) -> Any | None:
        """The row of a line, None where there is none."""
        own = self.points
        own = own[(own["assessed"] == who) & (own["span"] == span) & (own["line"] == line) & (own["period"] == period)]
        return next(own.itertuples(), None)

    def total(self, who: str, span: str, period: str) -> float | None:
        """The total of somebody, None where none can be told."""
        own = self.totals
        own = own[(own["assessed"] == who) & (own["span"] == span) & (own["period"] == period)]["total"].dropna()
        return None if own.empty else float(own.iloc[0])


def scheme_of(view: View) -> Scheme | None:
    """The scheme in force in the view's month; None where none was put into force."""
    choice = choice_in_force(queries.scheme_choices(reads.database(), view.scope, view.record), view.period)
    return None if choice is None else schemes(view.scope, view.record)[choice.key]


@reads.remembered_fact
def schemes(scope: Scope, record: Record) -> dict[str, Scheme]:
    """Key -> scheme, of all that there are."""
    return queries.schemes(reads.database(), scope, record)


@reads.remembered_fact
def publications(scope: Scope, record: Record) -> list[Publication]:
    """Everything that was published, the newest first."""
    return queries.publications(reads.database(), scope, record)[::-1]


@reads.remembered_fact
def live_sheet(scope: Scope, record: Record, key: str) -> Sheet:
    """The points of the year so far by a scheme, of whom the scope may see."""
    db, months = reads.database(), record.period.year_so_far()
    frame = queries.project_states(db, scope, record, [str(month) for month in months], STATE_COLUMNS)
    by_month = {month: frame[frame["period"] == str(month)] for month in months}
    targets = targets_by_code(queries.targets(db, scope, record))
    scheme = schemes(scope, record)[key]
    points = _readable(score(scheme, by_month, targets, queries.excuses(db, scope, record)), scope, scheme)
    return Sheet(scheme, points, totals(scheme, points))


def sheet_of(view: View) -> Sheet | None:
    """What the address asks for: a publication, else the live points by the scheme in force; None without a scheme."""
    asked = asked_text("publication")
    made = next((each for each in publications(view.scope, view.record) if each.publication_id == asked), None)
    if made is not None:
        scheme = published_scheme(made, SAMPLE_SCHEME)
        points = _readable(published_points(made), view.scope, scheme)
        sums = published_totals(made)
        return Sheet(scheme, points, sums[sums["assessed"].isin(points["assessed"])], made)
    scheme_now = scheme_of(view)
    return None if scheme_now is None else live_sheet(view.scope, view.record, scheme_now.key)


def _readable(points: pd.DataFrame, scope: Scope, scheme: Scheme) -> pd.DataFrame:
    """The rows of those whom the scope may see: its own districts, and the firms for those who see the whole zone."""
    return points[points["assessed"].isin([who.code for who in shown_assessed(scope, scheme)])]


def shown_assessed(scope: Scope, scheme: Scheme, kind: str | None = None) -> list[Assessed]:
    """Those assessed whom the scope may see, of one kind where given."""
    sees_all = scope.allows(ZONE.code)
    return [
        who
        for who in scheme.assessed
        if kind in (None, who.kind) and (scope.allows(who.code) if who.kind == DISTRICT else sees_all)
    ]


def districts_shown(view: View, sheet: Sheet) -> list[Assessed]:
    """The districts side by side, or the one that is chosen."""
    return [who for who in shown_assessed(view.scope, sheet.scheme, DISTRICT) if view.body in (ZONE.code, who.code)]


def month_of(view: View, sheet: Sheet) -> str:
    """The month shown: the view's, or that of the publication."""
    return str(view.period if sheet.publication is None else sheet.publication.period)


def assessment_sentence(view: View, sheet: Sheet) -> str:
    """Each district's total of the month and of the year, and by which scheme."""
    month = month_of(view, sheet)
    parts = t("word.semicolon").join(
        t(
            "assessment.summary_of",
            who=assessed_name(who),
            month=points_text(sheet.total(who.code, MONTH, month)),
            year=points_text(sheet.total(who.code, YEAR, month)),
        )
        for who in districts_shown(view, sheet)
    )
    told = filled("assessment.summary", month=period_name(month), scheme=scheme_name(sheet.scheme), districts=parts)
    return sentence(told)


def ribbon(view: View, sheet: Sheet) -> str:
    """That the scheme is an illustration; of a publication when and why, and whether it is as it was sealed."""
    marks = [badge(t("assessment.sample"))] if sheet.scheme.is_sample else []
    if sheet.publication is not None:
        made = sheet.publication
        words = t(
            "assessment.ribbon", name=made.publication_id, day=made.on_date.isoformat(), by=actor_name(made.published_by),
            reason=made.reason,
        )  # fmt: skip
        marks.append(badge(words, "on_track" if made.is_intact else "behind"))
        if not made.is_intact:
            marks.append(badge(t("assessment.broken"), "behind"))
        marks.append(linked(Link(t("assessment.leave"), view.href("assessment"))))
    return f'<p class="hx-rule">{" ".join(marks)}</p>' if marks else ""


def points_table(view: View, sheet: Sheet) -> str:
    """Lines by districts: points of the month and of the year as bars of the full points; each name opens its line."""
    who = districts_shown(view, sheet)
    columns = [
        Column("line", t("assessment.line"), "name", width="18%"),
        Column("full", t("assessment.full"), "number"),
    ]
    columns += [
        Column(f"{each.code}_{span}", t(f"assessment.{span}_of", who=assessed_name(each)), "bar")
        for each in who
        for span in SPANS
    ]
    month = month_of(view, sheet)
    rows: list[Row] = [_points_row(view, sheet, line, who, month) for line in sheet.scheme.lines_of(DISTRICT)]
    rows.append(_total_row(sheet, who, month))
    title = heading(t("assessment.table"), t("assessment.table_remark"))
    return title + plain_table(columns, rows, is_compact=True)


def _points_row(view: View, sheet: Sheet, line: SchemeLine, who: list[Assessed], month: str) -> Row:
    cells = {
        f"{each.code}_{span}": _points_cell(line, sheet.of(each.code, span, line.code, month), span)
        for each in who
        for span in SPANS
    }
    asked = {"publication": sheet.publication.publication_id} if sheet.publication else {}
    href = view.href("assessment", line=line.code, **asked)
    return {"line": Link(line_name(line), href), "full": full_text(line), **cells}


def full_text(line: SchemeLine) -> str:
    """The full points of a line of weight; of the others floor and cap."""
    if line.formula in WEIGHTED:
        return points_text(line.full)
    return t("assessment.between", least=points_text(line.least), most=points_text(line.most, is_signed=True))


def _points_cell(line: SchemeLine, row: Any, span: str) -> Bar | Graded:
    if row is None or pd.isna(row.points):
        return Graded(DASH if row is None else t(f"assessment.gap_{row.gap}"), "unknown")
    greatest = abs(line.least) if row.points < 0 else line.full
    tone = "behind" if row.points < 0 else TONES[span]
    return Bar(abs(row.points) / greatest if greatest else None, points_in_column(row.points), tone)


def _total_row(sheet: Sheet, who: list[Assessed], month: str) -> Row:
    def cell(code: str, span: str) -> Bar | Graded:
        total = sheet.total(code, span, month)
        if total is None:
            return Graded(t("assessment.no_total"), "unknown")
        return Bar(total / sheet.scheme.most, points_in_column(total), TONES[span])

    bounds = t("assessment.between", least=points_text(sheet.scheme.least), most=points_text(sheet.scheme.most))
    return {
        "line": t("assessment.total"),
        "full": bounds,
        **{f"{each.code}_{span}": cell(each.code, span) for each in who for span in SPANS},
    }


def line_panel(view: View, sheet: Sheet, code: str) -> str:
    """A line opened: how each district's points come about, whose text it follows, and the projects behind them."""
    lines = sheet.scheme.lines_of(DISTRICT)
    line = next((each for each in lines if each.code == code), lines[0])
    month, parts = month_of(view, sheet), []
    for who in districts_shown(view, sheet):
        row = sheet.of(who.code, MONTH, line.code, month)
        told = [line_sentence(line, sheet.of(who.code, span, line.code, month), span) for span in SPANS]
        listed = "" if row is None else linked(_projects_link(view, row.project_ids))
        parts.append(f"<p><b>{escape(assessed_name(who))}</b> {listed}</p>" + "".join(note(text) for text in told))
    source = line.source if language() == "zh" else line.source_en
    return (
        heading(line_name(line), t("assessment.opened")) + "".join(parts) + note(t("assessment.source", source=source))
    )


def _projects_link(view: View, ids: tuple[str, ...]) -> str | Link:
    return view.linked_projects(t("assessment.projects", count=len(ids)), ids)


def firms_table(view: View, sheet: Sheet) -> str:
    """The state firms as builders: points of the month and of the year, and the works behind them."""
    month = month_of(view, sheet)
    columns = [
        Column("firm", t("assessment.firm"), "name"),
        *(Column(span, t(f"assessment.{span}"), "bar") for span in SPANS),
        Column("works", t("assessment.works")),
    ]
    lines = sheet.scheme.lines_of(FIRM)
    rows: list[Row] = []
    for firm in shown_assessed(view.scope, sheet.scheme, FIRM):
        for line in lines:
            found = sheet.of(firm.code, MONTH, line.code, month)
            cells = {span: _points_cell(line, sheet.of(firm.code, span, line.code, month), span) for span in SPANS}
            works = DASH if found is None or not found.project_ids else _projects_link(view, found.project_ids)
            rows.append({"firm": assessed_name(firm), "works": works, **cells})
    title = heading(t("assessment.firms"), t("assessment.firms_remark"))
    return title + plain_table(columns, rows, is_compact=True, empty=t("assessment.no_firms"))


def steps_panel(view: View, sheet: Sheet) -> str:
    """What one more step of a project would bring to each district (试算); of a publication nothing, it is closed."""
    if sheet.publication is not None:
        return heading(t("assessment.steps")) + note(t("assessment.steps_closed"))
    parts = []
    for who in districts_shown(view, sheet):
        rows: list[Row] = [
            _step_row(view, each) for each in steps_of(view.scope, view.record, sheet.scheme.key, who.code)
        ]
        columns = [Column("step", assessed_name(who), "short"), Column("project", t("word.project"), "name"),
                   *(Column(span, t(f"assessment.{span}"), "number") for span in SPANS)]  # fmt: skip
        parts.append(
            plain_table(columns, rows, is_compact=True, empty=t("assessment.no_steps", who=assessed_name(who)))
        )
    return heading(t("assessment.steps"), t("assessment.steps_remark")) + "".join(parts)


@reads.remembered_fact
def steps_of(scope: Scope, record: Record, key: str, body: str) -> list[NextStep]:
    """The next steps that bring a district most."""
    db, states = reads.database(), reads.states(scope, record)
    targets = targets_by_code(queries.targets(db, scope, record))
    known = queries.excuses(db, scope, record)
    return next_steps(schemes(scope, record)[key], states, targets, known, record.period, body)


def _step_row(view: View, step: NextStep) -> Row:
    name = view_name(view, step.project_id)
    return {
        "step": t(f"assessment.step_{step.step}"),
        "project": Link(name, view.project(step.project_id)),
        MONTH: points_in_column(step.points, is_signed=True),
        YEAR: points_in_column(step.points_year, is_signed=True),
    }


def view_name(view: View, project_id: str) -> str:
    """A project's name, whichever district is chosen."""
    states = reads.states(view.scope, view.record)
    named = states.loc[states["project_id"] == project_id, "project_name"]
    return project_id if named.empty else str(named.iloc[0])
