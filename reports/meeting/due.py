"""The page of what falls due: nodes and first promises of this month, what was kept, and what the next month brings."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from domain.fields import NODES
from domain.grades import ATTENTION, BEHIND, ON_TRACK, UNKNOWN
from domain.meeting import (
    MARK,
    NAME,
    SHORT,
    Block,
    Entry,
    Figure,
    Heading,
    Line,
    LineTable,
    Segment,
    SegmentBar,
)
from domain.node_counts import is_of_month
from domain.node_plans import DONE_STATES, DUE_NOW, NOT_TOLD, OVERDUE, UPCOMING
from domain.node_reports import number_of
from domain.number_texts import DASH, number
from domain.promises import grade_kept, kept_rate, promises_due, promises_of_month
from domain.wording import short_name
from reports.meeting.facts import MeetingFacts, ids_in
from reports.meeting.words import capital, month_name, say

# Rows that stand below figures, a bar and a title of two lines.
ROWS = 5
PROMISE = "promise"  # state of a promise of this month that is not kept
GRADES = {OVERDUE: BEHIND, DUE_NOW: ATTENTION, PROMISE: ATTENTION, NOT_TOLD: UNKNOWN}
COLUMNS = ["project_id", "project_name", "body", "node", "state"]


class DueFacts:
    """What falls due this month and the next, of the node plan and of first promises.

    ``nodes`` and ``promises`` are of this month, ``next_nodes`` and ``next_promises`` of the next and not done;
    ``due_in_year`` the first promises of the year so far.
    """

    def __init__(self, facts: MeetingFacts) -> None:
        """Choose from the facts of the meeting."""
        period, nodes = facts.period, facts.nodes
        self.nodes = nodes[is_of_month(nodes, period)]
        self.next_nodes = nodes[(nodes["due_month"] == number_of(period) + 1) & (nodes["state"] == UPCOMING)]
        self.promises = promises_of_month(facts.states, period)
        ahead = promises_of_month(facts.states, period.next())
        self.next_promises = ahead[ahead["done"].isna() & ~ahead["project_id"].isin(_given_up(facts.states))]
        self.due_in_year = promises_due(facts.states, period)

    @property
    def nodes_done(self) -> int:
        return int(self.nodes["state"].isin(DONE_STATES).sum())

    @property
    def kept(self) -> int:
        return int(self.promises["is_kept"].sum())

    @property
    def ahead(self) -> pd.DataFrame:
        """What falls due next month: nodes, and promises that are not among them."""
        promises = self.next_promises.rename(columns={"milestone": "node"}).assign(state=UPCOMING)
        return _joined(self.next_nodes, promises)

    @property
    def open(self) -> pd.DataFrame:
        """What fell due this month and is not done: nodes, and promises that are not among them."""
        nodes = self.nodes[~self.nodes["state"].isin(DONE_STATES)]
        promises = self.promises[~self.promises["is_kept"]].rename(columns={"milestone": "node"})
        return _joined(nodes, promises.assign(state=PROMISE))


def _given_up(states: pd.DataFrame) -> pd.Series:
    return states.loc[states["stage"] == "cancelled", "project_id"]


def _joined(nodes: pd.DataFrame, promises: pd.DataFrame) -> pd.DataFrame:
    """Nodes, then the promises whose milestone is not among them."""
    both = pd.concat([nodes[COLUMNS].astype(object), promises[COLUMNS].astype(object)], ignore_index=True)
    return both.drop_duplicates(["project_id", "node"])


def due_blocks(due: DueFacts, facts: MeetingFacts, language: str) -> tuple[Block, ...]:
    """The figures, the month's nodes by what became of them, and what is open now or due next."""
    bar = (node_bar(due.nodes, language),) if len(due.nodes) else ()
    return (_figures(due, language), *bar, due_table(due, facts, language))


def _figures(due: DueFacts, language: str) -> tuple[Figure, ...]:
    nodes_rate = due.nodes_done / len(due.nodes) if len(due.nodes) else None
    due_next = [("label.next_nodes", due.next_nodes), ("label.next_promises", due.next_promises)]
    return (
        _kept_of(language, "label.nodes_month", due.nodes_done, due.nodes, nodes_rate),
        _kept_of(language, "label.promises_month", due.kept, due.promises, kept_rate(due.promises)),
        _kept_of(
            language,
            "label.promises_year",
            int(due.due_in_year["is_kept"].sum()),
            due.due_in_year,
            kept_rate(due.due_in_year),
        ),
        *(
            Figure(say(language, label), number(len(rows)), say(language, "word.due"), None, ids_in(rows))
            for label, rows in due_next
        ),
    )


def _kept_of(language: str, label: str, done: int, rows: pd.DataFrame, rate: float | None) -> Figure:
    """So many done of so many due; a dash where nothing fell due."""
    if rate is None:
        return Figure(say(language, label), DASH)
    of = say(language, "word.of", total=number(len(rows)))
    return Figure(say(language, label), number(done), of, grade_kept(rate), ids_in(rows))


def node_bar(nodes: pd.DataFrame, language: str) -> SegmentBar:
    """The nodes due this month by what became of them."""
    parts = (
        ("node.done", nodes["state"].isin(DONE_STATES), ON_TRACK),
        ("node.overdue", nodes["state"] == OVERDUE, BEHIND),
        ("node.due_now", nodes["state"] == DUE_NOW, ATTENTION),
        ("node.not_told", nodes["state"] == NOT_TOLD, UNKNOWN),
    )
    segments = [Segment(say(language, key), int(mask.sum()), tone, ids_in(nodes[mask])) for key, mask, tone in parts]
    return SegmentBar(say(language, "label.nodes_bar"), tuple(each for each in segments if each.value))


def due_table(due: DueFacts, facts: MeetingFacts, language: str, most: int = ROWS) -> LineTable:
    """What is open of this month, then what falls due next month."""
    months = {True: facts.period, False: facts.period.next()}
    rows = pd.concat([due.open.assign(is_now=True), due.ahead.assign(is_now=False)], ignore_index=True)
    line = partial(_line, language)
    return LineTable(
        headings=(
            Heading("", MARK),
            Heading(say(language, "column.project"), NAME),
            Heading(say(language, "column.district"), SHORT),
            Heading(say(language, "column.node"), SHORT),
            Heading(say(language, "column.month"), SHORT),
            Heading(say(language, "column.state"), SHORT),
        ),
        lines=tuple(line(row, months[row.is_now].month) for row in rows.head(most).itertuples()),
        rest=max(len(rows) - most, 0),
        empty=say(language, "empty.due"),
    )


def _line(language: str, row: Any, month: int) -> Line:
    grade = GRADES.get(row.state)
    state = "promise.open" if row.state == PROMISE else f"node.{row.state}"
    entries = (
        Entry("", grade),
        Entry(short_name(row.project_name)),
        Entry(say(language, f"short.{row.body}")),
        Entry(node_label(row.node, language)),
        Entry(month_name(language, month)),
        Entry(say(language, state), grade),
    )
    return Line(entries, row.project_id)


def node_label(code: str, language: str) -> str:
    """Name of a node."""
    node = next(each for each in NODES if each.code == code)
    return node.name if language == "zh" else capital(node.english)
