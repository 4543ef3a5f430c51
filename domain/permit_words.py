"""What is said of approval steps (手续), by ledgers and by people, and what stands of it in the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from domain.permit_steps import APPLIED, GRANTED

LEDGER, HAND = SOURCES = ("ledger", "hand")
CELL = ["project_id", "step"]  # of the matrix: one step of one project
# Facts that stay as last told; the others are of the newest word alone.
LASTING = ("applied_date", "granted_date", "office", "document_number")
WORD_COLUMNS = (
    "project_id", "project_name", "body", "step", "state", "on_date", "applied_date", "due_date", "granted_date",
    "office", "document_number", "note", "source", "submission_id", "receipt_number", "file_name", "sheet", "cell",
    "text", "recorded_by", "recorded_at", "position",
)  # fmt: skip
NEWEST_COLUMNS = (
    *CELL, "state", "on_date", *LASTING, "note", "source", "submission_id", "receipt_number", "file_name", "sheet",
    "cell", "text", "recorded_by", "recorded_at", "due_date", "newest_due_date", "due_by", "due_submission_id",
    "due_sheet", "due_cell",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PermitEvent:
    """What a person records of one step of a project as of a day: its state and, where known, dates, office and number.

    ``step`` and ``state`` are codes of ``domain.permit_steps``. Of one day the event recorded last counts.
    """

    project_id: str
    body: str
    step: str
    state: str
    on_date: date
    applied_date: date | None = None
    due_date: date | None = None
    granted_date: date | None = None
    office: str = ""
    document_number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LandEvent:
    """What a person records of a project's land of the year as of a day, in 亩; None for what is not told."""

    project_id: str
    body: str
    on_date: date
    wanted_mu: Decimal | None = None
    applied_mu: Decimal | None = None
    granted_mu: Decimal | None = None
    note: str = ""


def newest_words(words: pd.DataFrame) -> pd.DataFrame:
    """What stands of each step that anybody spoke of, one row a project and step, with the columns ``NEWEST_COLUMNS``.

    ``words``: the ``WORD_COLUMNS`` as ``storage.queries.permit_words`` gives them; ``position`` is their order. The
    newest word gives the state: what a later ledger leaves out stands as last said. Dates, office and number stay as
    last told, until a word takes the application or the grant back. ``due_date`` is the earlier of the first date told
    and the newest (``newest_due_date``): moving a date takes no step off the list (domain.md 2.4); ``due_by`` and
    ``due_...`` say whose word gave it and where.
    """
    ordered = words.sort_values("position")
    ordered["applied_date"] = ordered["applied_date"].where(_stands(ordered, (APPLIED, GRANTED)))
    ordered["granted_date"] = ordered["granted_date"].where(_stands(ordered, (GRANTED,)))
    said = ordered.assign(**{name: ordered[name].replace("", None) for name in ("office", "document_number")})
    lasting = said.groupby(CELL)[list(LASTING)].last().reset_index()
    newest = ordered.drop_duplicates(CELL, keep="last").drop(columns=[*LASTING, "due_date"])
    found = newest.merge(lasting, on=CELL).merge(_due(ordered), on=CELL, how="left")
    return found[list(NEWEST_COLUMNS)].reset_index(drop=True)


def _stands(words: pd.DataFrame, states: tuple[str, ...]) -> pd.Series:
    """Mask: no word since then says anything less than these states."""
    less = words["position"].where(~words["state"].isin(states))
    return ~(words["position"] <= less.groupby([words[name] for name in CELL]).transform("max"))


def _due(words: pd.DataFrame) -> pd.DataFrame:
    """The date to which each step is held, the newest date, and the word that gave the former first."""
    dated = words[words["due_date"].notna()]
    dates = dated.groupby(CELL)["due_date"].agg(["first", "last"]).reset_index()
    dates["due_date"] = dates[["first", "last"]].min(axis=1)
    names = {"source": "due_by", "submission_id": "due_submission_id", "sheet": "due_sheet", "cell": "due_cell"}
    places = dated[[*CELL, "due_date", *names]].rename(columns=names)
    held = dates.merge(places, on=[*CELL, "due_date"]).drop_duplicates(CELL)
    return held.rename(columns={"last": "newest_due_date"}).drop(columns="first")
