"""Land by project and district: wanted, applied for, granted, missing; what nobody told is not 0 亩."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from frames import states
from permit_frames import land_words_of

from domain.land import LAND_COLUMNS, land_of_projects, land_totals
from domain.periods import Period

AUGUST = Period(2024, 8)


def areas(row: Any) -> tuple[float | None, ...]:
    return tuple(
        None if pd.isna(value) else value for value in (row.wanted_mu, row.applied_mu, row.granted_mu, row.gap_mu)
    )


def said(*values: float | None, on: str = "2024-06-30", **more: Any) -> dict[str, Any]:
    return {**dict(zip(("wanted_mu", "applied_mu", "granted_mu"), values, strict=True)), "on_date": on, **more}


# name, words, stage, area of the return, (wanted, applied, granted, gap), wanted by
LAND: list[tuple[str, list[dict[str, Any]], str, float | None, tuple[float | None, ...], str | None]] = [
    ("all told", [said(100, 80, 60)], "signed", None, (100, 80, 60, 40), "ledger"),
    ("granted not told: no gap", [said(100, 80, None)], "signed", None, (100, 80, None, None), "ledger"),
    ("granted nothing", [said(100, 80, 0)], "signed", None, (100, 80, 0, 100), "ledger"),
    ("granted more than wanted", [said(100, None, 120)], "signed", None, (100, None, 120, 0), "ledger"),
    ("wanted nothing", [said(0, None, 0)], "signed", 55, (0, None, 0, 0), "ledger"),
    ("granted alone", [said(None, None, 60)], "building", None, (None, None, 60, None), None),
    ("told in two ledgers", [said(100, None, None), said(None, 50, 20, on="2024-07-31")], "signed", None, (100, 50, 20, 80), "ledger"),
    ("another area wanted later", [said(100, 80, 60), said(90, None, None, on="2024-08-20", source="hand")], "signed", None, (90, 80, 60, 30), "hand"),
    ("last year's ledger", [said(100, 80, 60, on="2023-12-31")], "signed", 55, (55, None, None, None), "return"),
    ("the return's area", [], "signed", 55, (55, None, None, None), "return"),
    ("the return's area, the ledger's grant", [said(None, None, 20)], "signed", 55, (55, None, 20, 35), "return"),
    ("the return's area of a project under construction", [said(None, None, 20)], "building", 55, (None, None, 20, None), None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "words", "stage", "area", "expected", "by"), LAND, ids=[row[0] for row in LAND])
def test_land_of_a_project(
    name: str, words: list[Any], stage: str, area: float | None, expected: tuple[Any, ...], by: str | None
) -> None:
    """Each area as last told in the year; the return's stands in for what a project before its start wants."""
    found = land_of_projects(land_words_of(*words), states(project_id="p1", stage=stage, land_mu=area), AUGUST)
    (row,) = found.itertuples()
    assert areas(row) == expected
    assert (None if pd.isna(row.wanted_by) else row.wanted_by) == by
    assert tuple(found.columns) == LAND_COLUMNS


@pytest.mark.parametrize(
    ("words", "stage", "area"),
    [([], "signed", None), ([], "building", 55), ([], "completed", 55), ([said(1, 1, 1)], "cancelled", 55)],
)
def test_what_has_no_row(words: list[Any], stage: str, area: float | None) -> None:
    """A project of which no area is told, and one that was given up."""
    assert land_of_projects(land_words_of(*words), states(project_id="p1", stage=stage, land_mu=area), AUGUST).empty


def test_sums_of_districts() -> None:
    """Of what is told; the gap of one project is not covered by what another has too much; unknown stays unknown."""
    words = [
        said(100, 80, 60, project_id="p1"),
        said(50, None, 70, project_id="p2"),
        said(30, None, None, project_id="p3"),
        said(10, None, None, project_id="p9", body="xiangshui", project_name="远海码头"),
    ]
    frame = states(project_id=["p1", "p2", "p3", "p4"], stage="signed", land_mu=[None, None, None, 7])
    land = land_of_projects(land_words_of(*words), frame, AUGUST)
    assert list(land["project_name"]) == ["项目1", "项目2", "项目3", "远海码头", "项目4"]
    totals = land_totals(land)
    assert totals.loc["binhai"].to_dict() == {
        "wanted_mu": 187, "applied_mu": 80, "granted_mu": 130, "gap_mu": 40, "return_mu": 7, "works_mu": pytest.approx(float("nan"), nan_ok=True), "projects": 4,
        "granted_count": 2, "gap_count": 2,
    }  # fmt: skip
    known = totals.loc["xiangshui"]
    assert (known["wanted_mu"], known["projects"], known["gap_count"]) == (10, 1, 0)
    assert known[["applied_mu", "granted_mu", "gap_mu", "return_mu"]].isna().all()


def test_no_land_at_all() -> None:
    """Has no rows and no sums."""
    land = land_of_projects(land_words_of(), states(), AUGUST)
    assert (len(land), len(land_totals(land))) == (0, 0)
