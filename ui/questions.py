"""The page of cross-examination: the questions that stand, what they quote and from which cells, and what was answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from domain.cross_checks import answered_questions, standing_questions
from domain.cross_questions import CROSS_CHECKS, spoken
from domain.progress import districts_of
from ui import reads
from ui.filters import asked_text, select_many, select_segment
from ui.formats import count, period_name
from ui.html import StatBar, heading, note, sentence, stat_bars
from ui.html_tables import Column, Row, plain_table
from ui.links import Link
from ui.locale import language, t
from ui.names import capital
from ui.sentences import Part, filled, short_name
from ui.view import View

LISTED, TEXTS = SHOWN = ("listed", "texts")
MOST_ROWS = 200
MOST_ANSWERED = 12


@dataclass(frozen=True, slots=True)
class AskedQuestions:
    """What the address asks for; no rules ask for all."""

    shown: str = LISTED
    rules: tuple[str, ...] = ()
    question: str = ""


def questions_of(view: View) -> pd.DataFrame:
    """The questions of the view's body that stand in its period."""
    return standing_questions(view.of_body(reads.questions(view.scope, view.record)), view.period)


def answered_of(view: View) -> pd.DataFrame:
    """Those that the period's return answered."""
    asked = view.of_body(reads.questions(view.scope, view.record))
    return answered_questions(asked, view.states, view.period)


def chosen_questions(view: View, asked: AskedQuestions) -> pd.DataFrame:
    """The standing ones of the rules that are asked for."""
    found = view.remember(questions_of)
    return found[found["code"].isin(asked.rules)] if asked.rules else found


def check_name(code: str) -> str:
    """Name of a rule."""
    check = CROSS_CHECKS[code]
    return check.name if language() == "zh" else capital(check.english)


def question_text(row: pd.Series) -> str:
    """The sentence of a question."""
    return spoken(CROSS_CHECKS[row["code"]], row["details"], language())


def key_of(row: pd.Series) -> str:
    """What the address calls a question."""
    return f"{row['project_id']}.{row['code']}"


def summary(view: View) -> str:
    """The page's sentence as HTML: how many, of how many projects and districts, how many new, since when the oldest."""
    found = view.remember(questions_of)
    by_body = Counter(found["body"])
    ids = found["project_id"].unique()
    parts: list[Part] = filled(
        "questions.summary",
        month=period_name(view.period),
        asked=count(len(found)),
        projects=view.linked_projects(count(len(ids)), ids),
    )
    for place, body in enumerate(districts_of(view.body)):
        name = t("word.comma") * bool(place) + t(f"short.{body}") + " "
        parts += [name, Link(count(by_body[body]), view.href("questions", body=body))]
    parts += [t("questions.summary_bodies")]
    if len(found):
        new = count((found["first_asked"] == str(view.period)).sum())
        parts += filled("questions.summary_new", new=new, oldest=period_name(found["first_asked"].min()))
    return sentence(parts + filled("questions.summary_answered", answered=count(len(view.remember(answered_of)))))


def ask_questions(view: View) -> AskedQuestions:
    """Draw the filters and return what is asked."""
    counts = Counter(view.remember(questions_of)["code"])
    with st.container(key="filters", horizontal=True, vertical_alignment="center"):
        shown = select_segment("show", t("questions.show"), SHOWN, LISTED, lambda code: t(f"questions.show_{code}"))
        rules = select_many(
            "rule",
            t("questions.rule"),
            [code for code in CROSS_CHECKS if counts[code]],
            lambda code: f"{check_name(code)} {count(counts[code])}",
            t("questions.all_rules"),
        )
    return AskedQuestions(shown, tuple(rules), asked_text("question"))


def question_list(view: View, asked: AskedQuestions) -> str:
    """The questions grouped by project."""
    found = chosen_questions(view, asked)
    more = note(t("questions.more", count=count(len(found) - MOST_ROWS))) if len(found) > MOST_ROWS else ""
    title = heading(t("questions.list_title", count=count(len(found))), t("questions.list_remark"))
    columns = [
        Column("project", t("word.project"), "name", width="21%"),
        Column("district", t("word.district"), "short"),
        Column("question", t("questions.question")),
        Column("since", t("questions.since"), "short"),
    ]
    return title + plain_table(columns, list_rows(view, found[:MOST_ROWS], asked), empty=t("questions.none")) + more


def list_rows(view: View, found: pd.DataFrame, asked: AskedQuestions) -> list[Row]:
    """One row a question; a project is named once."""
    is_first = found["project_id"] != found["project_id"].shift()
    return [
        _list_row(view, row, asked, is_first=first) for (_, row), first in zip(found.iterrows(), is_first, strict=True)
    ]


def _list_row(view: View, row: pd.Series, asked: AskedQuestions, *, is_first: bool) -> Row:
    is_new = row["first_asked"] == str(view.period)
    href = view.href("questions", rule=asked.rules, question=key_of(row))
    return {
        "project": Link(short_name(row["project_name"]), view.project(row["project_id"])) if is_first else " ",
        "district": t(f"short.{row['body']}") if is_first else " ",
        "question": Link(question_text(row), href),
        "since": t("questions.new") if is_new else period_name(row["first_asked"]),
    }


def rules_panel(view: View) -> str:
    """How many questions of each rule stand, and quietly which of last month's were answered."""
    counts = Counter(view.remember(questions_of)["code"])
    most = max(counts.values(), default=1)
    bars = [
        StatBar(check_name(code), n / most, count(n), "middle", view.href("questions", rule=[code]))
        for code, n in counts.most_common()
    ]
    body = stat_bars(bars) if bars else note(t("questions.none"))
    return heading(t("questions.by_rule"), t("questions.by_rule_remark")) + body + answered_part(view)


def answered_part(view: View) -> str:
    """The questions of the month before that the period's return answered."""
    found = view.remember(answered_of)
    rows = [
        {
            "project": Link(short_name(row["project_name"]), view.project(row["project_id"])),
            "rule": check_name(row["code"]),
            "since": period_name(row["first_asked"]),
        }
        for _, row in found.head(MOST_ANSWERED).iterrows()
    ]
    columns = [
        Column("project", t("word.project")),
        Column("rule", t("questions.rule"), "short"),
        Column("since", t("questions.since"), "short"),
    ]
    more = note(t("questions.more", count=count(len(found) - MOST_ANSWERED))) if len(found) > MOST_ANSWERED else ""
    title = heading(t("questions.answered", count=count(len(found))), t("questions.answered_remark"))
    return title + plain_table(columns, rows, is_compact=True, empty=t("questions.none_answered")) + more
