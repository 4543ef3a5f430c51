"""Land (用地): wanted for the year, applied for, granted, and what is missing, in 亩, by project and by district."""

from __future__ import annotations

import pandas as pd

from domain.periods import Period
from domain.stages import CONSTRUCTION_STAGES, FINISHED_STAGES

RETURN = "return"  # the area is the one of the monthly return, not one wanted for the year
WORKS_LEDGER = "works"  # the source of a word that the ledger of works tells (domain/work_land.py)
AREAS = ("wanted_mu", "applied_mu", "granted_mu")
PLACE = ["source", "on_date", "submission_id", "receipt_number", "file_name", "sheet", "cell", "note", "recorded_by",
         "recorded_at"]  # fmt: skip
WORD_COLUMNS = ("project_id", "project_name", "body", *AREAS, *PLACE, "position")
PROJECT_COLUMNS = ["project_id", "project_name", "body", "kind"]
LAND_COLUMNS = (*PROJECT_COLUMNS, *AREAS, "gap_mu", "wanted_by", *PLACE)


def newest_land(words: pd.DataFrame, period: Period) -> pd.DataFrame:
    """What stands of each project's land of the period's year: the newest word, and each area as last told in it."""
    of_year = words[words["on_date"].dt.year == period.year].sort_values("position")
    told = of_year.drop_duplicates("project_id", keep="last").drop(columns=list(AREAS))
    return told.merge(of_year.groupby("project_id")[list(AREAS)].last().reset_index(), on="project_id")


def land_of_projects(words: pd.DataFrame, states: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Land of each project as of the period's end in 亩, NaN for not told, the greatest gap first: ``LAND_COLUMNS``.

    ``words``: ``WORD_COLUMNS`` as ``storage.queries.land_words`` gives them. Those of the period's year count, since
    land is planned by the year (本年计划用地, domain.md 3.2), and each area stays as last told within it. Where no area
    wanted was told, that of the monthly return (用地面积) stands in for a project that has not started, and
    ``wanted_by`` says so: ``return``.
    gap_mu: wanted less granted, not below 0; missing where either is: a grant that nobody told is not 0 亩.
    """
    told = newest_land(words, period)
    land = _on_record(states).merge(told, on="project_id", how="outer", suffixes=("", "_told"))
    for name in ("project_name", "body"):
        land[name] = land[name].fillna(land.pop(f"{name}_told"))
    land = land[(land["stage"] != "cancelled") & (land[list(AREAS)].notna().any(axis=1) | land["land_mu"].notna())]
    land = land.assign(wanted_by=land["source"].where(land["wanted_mu"].notna(), RETURN))
    land["wanted_mu"] = land["wanted_mu"].fillna(land["land_mu"]).astype(float)
    land["wanted_by"] = land["wanted_by"].where(land["wanted_mu"].notna(), None)
    land["gap_mu"] = (land["wanted_mu"] - land["granted_mu"]).clip(lower=0)
    order = ["gap_mu", "wanted_mu", "project_name"]
    return land.sort_values(order, ascending=[False, False, True])[list(LAND_COLUMNS)].reset_index(drop=True)


def _on_record(states: pd.DataFrame) -> pd.DataFrame:
    """The projects of the returns; the area of those alone that still want land."""
    projects = states[[*PROJECT_COLUMNS, "stage", "land_mu"]]
    has_land = projects["stage"].isin((*CONSTRUCTION_STAGES, *FINISHED_STAGES))
    return projects.assign(land_mu=projects["land_mu"].astype(float).mask(has_land))


def land_totals(land: pd.DataFrame) -> pd.DataFrame:
    """Sums by district in 亩, NaN where no project tells the area; body is the index.

    Each area, gap_mu, return_mu and works_mu (the parts of wanted_mu that are the returns' area and told in the ledger of
    works), and the numbers of projects: all
    (projects), and those whose grant or whose gap is known (granted_count, gap_count).
    """
    parts = {"return_mu": RETURN, "works_mu": WORKS_LEDGER}
    facts = land.assign(**{name: land["wanted_mu"].where(land["wanted_by"] == source) for name, source in parts.items()})
    by_body = facts.groupby("body")
    sums = by_body[[*AREAS, "gap_mu", *parts]].sum(min_count=1)
    sums["projects"] = by_body.size()
    sums["granted_count"] = by_body["granted_mu"].count()
    sums["gap_count"] = by_body["gap_mu"].count()
    return sums
