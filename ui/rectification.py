"""Beside the list of tasks: what a ledger's plan counts, what was published, what is on record here; what may have relapsed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.bodies import ZONE, body_name
from domain.rectification import LedgerCounts, count_ledger
from domain.relapses import Tie, Watch, figure, relapses, ties, watch
from domain.task_facts import TaskFacts
from storage import queries
from ui import reads
from ui.formats import DASH, count, period_name
from ui.html import heading, note
from ui.html_tables import Column, Row, plain_table
from ui.links import Link
from ui.locale import language, t
from ui.names import indicator_name
from ui.tasks import TaskBook, task_book
from ui.view import View


@dataclass(frozen=True, slots=True)
class RectificationBook:
    """The ledgers of rectification by their three accounts, and the closed measures whose figure is worse than then."""

    ledgers: list[LedgerCounts]
    relapsed: list[Watch]


def rectification_book(view: View, day: date) -> RectificationBook:
    """Read what is known of the ledgers as of a day; a district sees the zone's, for the plan counts nothing smaller."""
    db, scope, record = reads.database(), view.scope, view.record
    lives = replace(view, body=ZONE.code).remember(task_book, day).lives
    bulletins = queries.rectification_bulletins(db, scope, record)
    problems = queries.rectification_problems(db, scope, record)
    return RectificationBook(
        ledgers=[
            count_ledger(each, bulletins, problems, lives, view.period)
            for each in queries.rectifications(db, scope, record)
        ],
        relapsed=relapses(
            watch(
                lives,
                {tie: _figure(view, tie) for tie in ties(lives, view.period)},
                view.period,
                queries.relapse_rulings(db, scope, record),
            )
        ),
    )


def _figure(view: View, tie: Tie) -> float | None:
    """A figure of its own month, as the record of the view knows that month."""
    return figure(reads.states(view.scope, replace(view.record, period=tie[2])), tie)


def task_facts(view: View, day: date) -> TaskFacts:
    """What the bulletin of tasks tells; the ledgers are the zone's, for the plan counts nothing smaller."""
    book, found = view.remember(task_book, day), view.remember(rectification_book, day)
    return TaskFacts(view.period, day, book.lives, book.agenda, book.last_meeting, found.ledgers, found.relapsed)


def rectification_panels(view: View, day: date) -> tuple[str, str]:
    """The ledgers one under another, and what may have relapsed; both empty where there is neither."""
    found = view.remember(rectification_book, day)
    if not found.ledgers and not found.relapsed:
        return "", ""
    return "".join(map(_ledger_panel, found.ledgers)), _relapse_panel(view.remember(task_book, day), found.relapsed)


def _ledger_panel(counts: LedgerCounts) -> str:
    columns = [
        Column("name", "", "name"),
        Column("plan", t("rectification.plan"), "number"),
        Column("published", t("rectification.published"), "number"),
        Column("recorded", t("rectification.recorded"), "number"),
    ]
    return (
        heading(counts.rectification.name, t("rectification.remark"))
        + plain_table(columns, ledger_rows(counts), is_compact=True)
        + "".join(note(words) for words in ledger_notes(counts))
    )


def ledger_rows(counts: LedgerCounts) -> list[Row]:
    """Problems and measures by plan, published and on record; of measures nothing was published."""
    plan, bulletin = counts.rectification, counts.bulletin
    return [
        {
            "name": t("rectification.problems"),
            "plan": plan.problem_count,
            "published": bulletin.published if bulletin else DASH,
            "recorded": len(counts.problems),
        },
        {
            "name": t("rectification.measures"),
            "plan": plan.measure_count,
            "published": DASH,
            "recorded": counts.measures.given,
        },
    ]


def ledger_notes(counts: LedgerCounts) -> list[str]:
    """What was published as it is, how the measures on record stand, where the figures come from, what is made up."""
    stand = counts.measures
    said = t(
        "rectification.stand",
        done=count(stand.done),
        awaiting=count(stand.awaiting),
        going_on=count(stand.going_on),
        overdue=count(stand.overdue),
    )
    examples = t("rectification.examples", count=count(counts.examples)) if counts.examples else ""
    return [
        _published(counts),
        said + examples,
        t("rectification.source", day=counts.rectification.on_date.isoformat(), source=counts.rectification.source),
    ]


def _published(counts: LedgerCounts) -> str:
    bulletin = counts.bulletin
    if bulletin is None:
        return t("rectification.none_published")
    return t(
        "rectification.published_of",
        published=count(bulletin.published),
        plan=count(counts.rectification.problem_count),
        done=count(bulletin.done),
        going_on=count(bulletin.going_on),
        month=period_name(bulletin.period),
    )


def _relapse_panel(book: TaskBook, found: Sequence[Watch]) -> str:
    columns = [
        Column("text", t("tasks.text"), width="40%"),
        Column("figure", t("rectification.figure"), width="34%"),
        Column("before", t("rectification.at_closing"), "number"),
        Column("now", t("rectification.now"), "number"),
    ]
    rows = [_relapse_row(book, each) for each in found]
    title = heading(t("rectification.relapsed", count=count(len(found))), t("rectification.relapsed_remark"))
    return title + plain_table(columns, rows, is_compact=True, empty=t("rectification.none_relapsed"))


def _relapse_row(book: TaskBook, each: Watch) -> Row:
    task = each.life.task
    return {
        "text": Link(task.text, book.view.href("tasks", task=task.task_id, state="all")),
        "figure": figure_name(each),
        "before": count(each.baseline),
        "now": count(each.value),
    }


def figure_name(each: Watch) -> str:
    """Whose figure it is, and which."""
    return f"{body_name(each.body, language())} {indicator_name(each.indicator)}"
