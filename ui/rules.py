"""The page of rule sets: the sets side by side, and which projects another one would colour differently, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from domain.built_in_rules import ZONE_RULES
from domain.grades import ATTENTION, BEHIND, ON_TRACK, SLIGHTLY, UNKNOWN
from domain.periods import Period
from domain.rule_sets import BY_CURVE, RuleSet
from domain.scope import Record
from domain.standings import SLOW, TOO_EARLY
from domain.version_choices import VersionChoice
from ui import reads, standings
from ui.filters import select_one, select_segment
from ui.formats import DASH, count, number, percent, period_name
from ui.html import heading, sentence
from ui.html_tables import Column, Graded, Row, plain_table
from ui.links import Link
from ui.locale import language, t
from ui.names import rules_name
from ui.sentences import filled
from ui.standing_words import BY_PROGRESS, OVERDUE, band_words, overdue_words, progress_words, standing_name
from ui.theme import GRADES, grade_of
from ui.view import View

SETS, COMPARED, RULINGS = SHOWN = ("sets", "compared", "rulings")
SELECT_PIXELS = 300
# Rows and columns of the matrix; what is not graded last.
UNGRADED = "ungraded"
ORDER = (BEHIND, ATTENTION, SLIGHTLY, ON_TRACK, UNKNOWN, UNGRADED)
MOST_SETS = 8  # beside the column of what is said, in a table that can be read
COLOURS = (ON_TRACK, SLIGHTLY, ATTENTION, BEHIND)


@dataclass(frozen=True, slots=True)
class AskedRules:
    """What the address asks for: the part of the page, and the key of the rule set to compare with."""

    shown: str
    other: str


def ask_rules(view: View) -> AskedRules:
    """Draw the choice of the part, and of the rule set to compare with."""
    shown = select_segment("shown", t("rules.shown"), SHOWN, SETS, lambda code: t(f"rules.{code}"))
    sets = reads.rule_sets(view.scope, view.record)
    offered = [key for key in sets if key != view.in_force]
    first = next(key for key in offered if not key.startswith(f"{ZONE_RULES.code}@"))
    if shown == RULINGS:
        return AskedRules(shown, first)
    with st.container(width=SELECT_PIXELS):
        other = select_one(
            "compare",
            t("rules.compare"),
            offered,
            first,
            lambda key: t("rules.compare_with", rules=rules_name(sets[key])),
        )
    return AskedRules(shown, other)


def rules_sentence(view: View, other: str) -> str:
    """Which rule set is in force since when, and how many projects the other one colours differently."""
    sets = reads.rule_sets(view.scope, view.record)
    changed = changed_projects(view, other)
    number_of = Link(count(len(changed)), view.href("rules", shown=COMPARED, compare=other))
    parts = filled(
        "rules.summary",
        month=period_name(view.period),
        own=rules_name(sets[view.in_force]),
        since=since_words(reads.rule_choice(view.scope, view.record)),
        other=rules_name(sets[other]),
        count=number_of,
    )
    return sentence(parts)


def since_words(choice: VersionChoice | None) -> str:
    """Since which month a rule set is in force, and why; of the first one that nobody chose another."""
    if choice is None:
        return t("rules.from_start")
    return t("rules.since", month=period_name(choice.from_period), reason=choice.reason)


def rules_table(view: View, *keys: str) -> str:
    """Sets side by side: whose text, what is measured, where each colour begins, and what the text leaves open.

    Those named, else all of them.
    """
    known = reads.rule_sets(view.scope, view.record)
    sets = [known[key] for key in keys or list(known)[-MOST_SETS:]]
    width = f"{88 / len(sets):.0f}%"
    columns = [
        Column("what", "", "name", width="12%"),
        *(Column(rules.key, rules_name(rules), width=width) for rules in sets),
    ]
    lines = {rules.key: _lines_of(rules) | {"state": _state_of(view, rules)} for rules in sets}
    rows: list[Row] = [
        {"what": _line_name(line), **{key: told[line] for key, told in lines.items()}}
        for line in ("state", *_lines_of(ZONE_RULES))
    ]
    return heading(t("rules.table"), t("rules.table_remark")) + plain_table(columns, rows, is_compact=True)


def _line_name(line: str) -> str | Graded:
    return Graded(f"{GRADES[line].mark} {t(f'grade.{line}')}", line) if line in COLOURS else t(f"rules.line_{line}")


def _state_of(view: View, rules: RuleSet) -> str | Graded | Link:
    """In force, or the way to try it."""
    if rules.key == view.in_force:
        return Graded(t("rules.in_force", since=since_words(reads.rule_choice(view.scope, view.record))), ON_TRACK)
    return Link(t("rules.try"), view.href(rules=rules.key))


def _lines_of(rules: RuleSet) -> dict[str, str]:
    bands = band_words(rules)
    return {
        "source": rules.source if language() == "zh" else rules.source_en,
        "takes": (rules.takes if language() == "zh" else rules.takes_en) or DASH,
        "measure": t(f"rules.measure_{rules.measure}") + " · " + time_words(rules),
        **{grade: bands[grade] for grade in COLOURS},
        "early": t("rules.early", month=rules.first_month) if rules.first_month > 1 else DASH,
        "overdue": t("rules.overdue", start=rules.start_months, completion=rules.completion_months),
        "runs": t(
            "rules.runs",
            stalled=rules.stalled_returns,
            silent=rules.silent_returns,
            slow=rules.slow_returns,
            days=rules.slow_node_days,
        ),
        "renewal": t("rules.renewal", months=rules.renewal_months),
        "leaves": (rules.leaves if language() == "zh" else rules.leaves_en) or DASH,
    }


def time_words(rules: RuleSet) -> str:
    """How the share of the year due is counted; of a curve with its shares."""
    if rules.time_mode != BY_CURVE:
        return t(f"rules.time_{rules.time_mode}")
    return t("rules.time_curve") + " " + " ".join(percent(share, 0) for share in rules.curve)


def compared(view: View, other: str) -> pd.DataFrame:
    """Every industrial project of the body by both sets: ``standings_of`` in force, the other's columns with _other.

    What is not graded has the grade ``UNGRADED``.
    """
    own = standings.standings(view.scope, with_rules(view.record, view.in_force))
    others = standings.standings(view.scope, with_rules(view.record, other)).drop(columns="body")
    both = view.of_body(own).merge(others, on="project_id", suffixes=("", "_other"))
    grades = both[["grade", "grade_other"]].astype(object).fillna(UNGRADED)
    return both.assign(grade=grades["grade"], grade_other=grades["grade_other"])


def with_rules(record: Record, key: str) -> Record:
    """The record by another rule set."""
    return Record(record.period, record.acceptances, key)


def changed_projects(view: View, other: str) -> pd.DataFrame:
    """Those of ``compared`` whose colour differs, the worst in force first."""
    both = compared(view, other)
    changed = both[both["grade"] != both["grade_other"]]
    order = changed[["grade", "grade_other"]].map(ORDER.index)
    keys = order.assign(gap=changed["gap_points"]).sort_values(["grade", "grade_other", "gap"], na_position="last")
    return changed.loc[keys.index]


def grade_matrix(view: View, other: str) -> str:
    """How many projects have which grade by the set in force (rows) and by the other (columns)."""
    both = compared(view, other)
    sets = reads.rule_sets(view.scope, view.record)
    columns = [Column("own", "", "name"), *(Column(grade, _grade_text(grade), "number") for grade in ORDER)]
    columns.append(Column("total", t("rules.total"), "number"))
    rows: list[Row] = [_matrix_row(view, both[both["grade"] == grade], grade) for grade in ORDER]
    totals = {grade: count(int((both["grade_other"] == grade).sum())) for grade in ORDER}
    rows.append({"own": t("rules.total"), **totals, "total": count(len(both))})
    remark = t("rules.matrix_remark", own=rules_name(sets[view.in_force]), other=rules_name(sets[other]))
    return heading(t("rules.matrix"), remark) + plain_table(columns, rows, is_compact=True)


def _matrix_row(view: View, rows: pd.DataFrame, grade: str) -> Row:
    cells: dict[str, Any] = {}
    for other in ORDER:
        ids = rows.loc[rows["grade_other"] == other, "project_id"]
        cells[other] = view.linked_projects(count(len(ids)), ids) if len(ids) else ""
    return {"own": _grade_cell(grade), **cells, "total": count(len(rows))}


def _grade_text(grade: str) -> str:
    return t("rules.ungraded") if grade == UNGRADED else f"{grade_of(grade).mark} {t(f'rules.grade_{grade}')}"


def _grade_cell(grade: str) -> str | Graded:
    return _grade_text(grade) if grade == UNGRADED else Graded(_grade_text(grade), grade)


def changes_table(view: View, other: str) -> str:
    """The projects whose colour differs: both grades, and why, in a sentence; each leads to its project."""
    sets = reads.rule_sets(view.scope, view.record)
    own_rules, other_rules = sets[view.in_force], sets[other]
    columns = [
        Column("project", t("word.project"), "name"),
        Column("body", t("word.district"), "short"),
        Column("own", rules_name(own_rules), "short"),
        Column("other", rules_name(other_rules), "short"),
        Column("why", t("rules.why")),
    ]
    changed = changed_projects(view, other)
    rows: list[Row] = [
        {
            "project": Link(view.names.get(row.project_id, row.project_id), view.project(row.project_id)),
            "body": t(f"short.{row.body}"),
            "own": _grade_cell(row.grade),
            "other": _grade_cell(row.grade_other),
            "why": why_changed(row, own_rules, other_rules),
        }
        for row in changed.itertuples()
    ]
    title = heading(t("rules.changes", count=count(len(rows))), t("rules.changes_remark"))
    table = plain_table(columns, rows, is_compact=True, empty=t("rules.no_changes"))
    return title + f'<div class="hx-scroll">{table}</div>'


def why_changed(row: Any, own: RuleSet, other: RuleSet) -> str:
    """What is so of the project, and what each set makes of it."""
    fact = overdue_words(row) if row.standing in OVERDUE else progress_words(row)
    # Of two versions of one set the name alone would not tell which.
    names = rules_name if own.code == other.code else _set_name
    return t(
        "rules.changed",
        fact=fact,
        own=names(own) + _verdict(own, row.standing, row.grade, row.returns),
        other=names(other) + _verdict(other, row.standing_other, row.grade_other, row.returns_other),
    )


def _set_name(rules: RuleSet) -> str:
    return rules.name if language() == "zh" else rules.english


def _verdict(rules: RuleSet, standing: str, grade: str, returns: float) -> str:
    """Colour and word of a standing, and the boundary by which they come."""
    mark = "" if grade == UNGRADED else f"{grade_of(grade).mark} "
    verdict = f" {mark}{standing_name(standing)}"
    limit = _limit_words(rules, standing, grade, returns)
    return t("rules.verdict", verdict=verdict, limit=limit) if limit else verdict


def _limit_words(rules: RuleSet, standing: str, grade: str, returns: float) -> str:
    if standing in OVERDUE:
        months = getattr(rules, f"{standing.removesuffix('_overdue')}_months")
        return t("rules.limit_months" if grade == BEHIND else "rules.limit_months_below", months=months)
    if standing == TOO_EARLY:
        return t("rules.early", month=rules.first_month)
    band = band_words(rules).get(grade, DASH).replace(DASH, "")
    if standing == SLOW:
        run = t("rules.run", returns=number(returns)) if returns else t("rules.by_node")
        return t("word.comma_and").join(part for part in (band, run) if part)
    return band if standing in BY_PROGRESS else ""


def offered_months(view: View) -> list[str]:
    """The periods from which a rule set may be put into force, newest first: those reported, and the next one."""
    periods = reads.months(view.scope)
    return [str(Period.parse(periods[-1]).next()), *periods[::-1]]
