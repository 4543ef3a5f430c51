"""Suspensions and months excused on the screen: what is recorded, what must be renewed, what was never recorded."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from domain.rulings import (
    Excuse,
    Suspension,
    standing_excuses,
    suspensions_of,
)
from domain.submissions import PROJECTS
from storage import queries
from ui import reads
from ui.formats import count, day_text, period_name
from ui.html import heading, sentence
from ui.html_tables import Column, Graded, Row, plain_table
from ui.links import Link
from ui.locale import t
from ui.names import reason_name
from ui.sentences import filled
from ui.view import View

UNRECORDED = "unrecorded"
GOES_ON = "goes_on"  # on record, while the return says that work goes on


@dataclass(frozen=True)
class RulingBook:
    """The body's suspensions by project, as of the period's end, the excuses that stand, and what the returns say."""

    view: View
    suspensions: dict[str, Suspension]
    excuses: list[Excuse]
    told: frozenset[str]  # projects that the newest returns call suspended

    def state_of(self, project_id: str) -> str | None:
        """How a suspension stands: unrecorded, lapsed (why), contradicted by the return, or None where it holds."""
        suspension = self.suspensions.get(project_id)
        if suspension is None:
            return UNRECORDED
        if project_id not in self.told:
            return GOES_ON
        return suspension.lapse(self.view.period, self.view.rules.renewal_months)


def ruling_book(view: View) -> RulingBook:
    """What is recorded of the body's projects, and which of them their returns call suspended."""
    db = reads.database()
    events = queries.suspension_events(db, view.scope, view.record)
    known = set(view.states["project_id"])
    found = suspensions_of(events, view.period.last_day)
    excuses = standing_excuses(queries.excuses(db, view.scope, view.record))
    states = view.states
    told = states.loc[(states["kind"] == PROJECTS) & (states["stage"] == "suspended"), "project_id"]
    return RulingBook(
        view,
        {project_id: each for project_id, each in found.items() if project_id in known},
        [each for each in excuses if each.project_id in known],
        frozenset(told),
    )


def rulings_sentence(book: RulingBook) -> str:
    """How many projects are suspended, of how many of them something is asked, and how many are excused this month."""
    states = [book.state_of(project_id) for project_id in suspension_rows(book)]
    excused = [each for each in book.excuses if each.from_period <= book.view.period <= each.to_period]
    parts = filled(
        "rulings.summary",
        month=period_name(book.view.period),
        suspended=count(len(states)),
        asked=count(sum(state is not None for state in states)),
        excused=count(len(excused)),
    )
    return sentence(parts)


def suspension_rows(book: RulingBook) -> list[str]:
    """The projects that are suspended by their return or by a record, those that ask for something first."""
    ids = sorted({*book.suspensions, *book.told}, key=lambda each: str(book.view.names.get(each, each)))
    return sorted(ids, key=lambda project_id: (book.state_of(project_id) is None, project_id not in book.told))


def suspensions_table(book: RulingBook) -> str:
    """Who is suspended since when, why, until when, and what is asked for."""
    columns = [
        Column("project", t("word.project"), "name"),
        Column("body", t("word.district"), "short"),
        Column("kind", t("rulings.kind"), "short"),
        Column("since", t("rulings.since"), "short"),
        Column("reason", t("column.reason")),
        Column("until", t("rulings.resumption"), "short"),
        Column("confirmed", t("rulings.confirmed"), "short"),
        Column("state", t("rulings.state")),
    ]
    rows = [_suspension_row(book, project_id) for project_id in suspension_rows(book)]
    title = heading(t("rulings.suspensions"), t("rulings.suspensions_remark", months=book.view.rules.renewal_months))
    table = plain_table(columns, rows, is_compact=True, empty=t("rulings.no_suspensions"))
    return title + f'<div class="hx-scroll">{table}</div>'


def _suspension_row(book: RulingBook, project_id: str) -> Row:
    view, suspension, state = book.view, book.suspensions.get(project_id), book.state_of(project_id)
    row: dict[str, object] = {
        "project": Link(view.names.get(project_id, project_id), view.project(project_id)),
        "body": t(f"short.{body_of(view.states, project_id)}"),
        "state": t("rulings.holds") if state is None else Graded(t(f"rulings.{state}"), "attention"),
    }
    if suspension is None:
        return row
    return row | {
        "kind": t(f"suspension.{suspension.kind}"),
        "since": day_text(suspension.since),
        "reason": f"{reason_name(suspension.reason)}：{suspension.note}",
        "until": day_text(suspension.expected_resumption),
        "confirmed": day_text(suspension.confirmed_on),
    }


def body_of(states: pd.DataFrame, project_id: str) -> str:
    """The district of a project."""
    return str(states.loc[states["project_id"] == project_id, "body"].iloc[0])


def excuses_table(book: RulingBook) -> str:
    """Which months are excused, by which meeting, who decided and why."""
    columns = [
        Column("project", t("word.project"), "name"),
        Column("body", t("word.district"), "short"),
        Column("months", t("rulings.months"), "short"),
        Column("meeting", t("rulings.meeting")),
        Column("decided_by", t("rulings.decided_by"), "short"),
        Column("reason", t("rulings.why")),
    ]
    rows: list[Row] = [
        {
            "project": Link(book.view.names.get(each.project_id, ""), book.view.project(each.project_id)),
            "body": t(f"short.{each.body}"),
            "months": excused_months(each),
            "meeting": each.meeting,
            "decided_by": each.decided_by,
            "reason": each.reason,
        }
        for each in book.excuses
    ]
    title = heading(t("rulings.excuses"))
    table = plain_table(columns, rows, is_compact=True, empty=t("rulings.no_excuses"))
    return title + f'<div class="hx-scroll">{table}</div>'


def excused_months(excuse: Excuse) -> str:
    """The months of an excuse, as 2024年7月至2024年9月."""
    if excuse.from_period == excuse.to_period:
        return period_name(excuse.from_period)
    return t("rulings.from_to", first=period_name(excuse.from_period), last=period_name(excuse.to_period))
