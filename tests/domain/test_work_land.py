"""Land of works out of their ledger: an area is wanted, granted where the step says so, and gives way to any other word."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from frames import states
from ledger_frames import rows_of
from permit_frames import land_words_of

from domain.land import land_of_projects, land_totals
from domain.ledgers.works import WORKS
from domain.periods import Period
from domain.work_accounts import judge_matters
from domain.work_land import with_land_of_works, works_land
from domain.work_register import work_accounts

DECEMBER = Period(2024, 12)
NO_RETURNS = states().assign(period=None, receipt_number=None, file_name=None)
ROAD = {"work_name": "学府路", "work_part": "整体", "work_source": "整改报告", "said_date": "2024-12-26", "said_text": "用地 19.2 亩"}


def account(**said: Any) -> dict[str, Any]:
    return ROAD | said


# what it is, the accounts of the road, (wanted, granted) or None where nothing stands
ACCOUNTS = [
    ("granted", [account(land_mu=19.2, work_land="done")], (19.2, 19.2)),
    ("not granted", [account(land_mu=47.0, work_land="open")], (47.0, 0.0)),
    ("under way", [account(land_mu=47.0, work_land="going")], (47.0, None)),
    ("nobody says", [account(land_mu=203.0)], (203.0, None)),
    ("granted, as another account says", [account(land_mu=19.2), account(work_source="另一处", work_land="done")], (19.2, 19.2)),
    ("whether granted is said both ways", [account(land_mu=19.2, work_land="open"), account(work_source="另一处", work_land="done")], (19.2, None)),
    ("two areas of one month", [account(land_mu=19.2), account(work_source="另一处", land_mu=25.0)], None),
    ("a part alone", [account(land_mu=19.2, work_part="一期")], None),
    ("no area", [account(work_land="done")], None),
    ("not in the registry", [account(work_name="别的路", land_mu=19.2)], None),
]


def told(rows: list[dict[str, Any]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What ``works_land`` makes of the accounts, and these."""
    accounts = work_accounts(rows_of(WORKS, *rows), works(), NO_RETURNS, DECEMBER)
    return works_land(accounts, judge_matters(accounts)), accounts


def works() -> pd.DataFrame:
    return states(project_id="p1", project_name="学府路", kind="infrastructure", body="binhai", stage="in_preparation")


@pytest.mark.parametrize(("rows", "expected"), [each[1:] for each in ACCOUNTS], ids=[each[0] for each in ACCOUNTS])
def test_area_of_a_work(rows: list[dict[str, Any]], expected: tuple[float, float | None] | None) -> None:
    """The area in force of the whole work, and whether its land is granted."""
    found = told(rows)[0]
    assert [
        (row.wanted_mu, None if pd.isna(row.granted_mu) else row.granted_mu) for row in found.itertuples()
    ] == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], (47.0, 0.0, 47.0, "works")),
        ([{"wanted_mu": 50.0, "on_date": "2024-06-30"}], (50.0, None, None, "ledger")),
        ([{"wanted_mu": 50.0, "on_date": "2023-06-30"}], (47.0, 0.0, 47.0, "works")),
    ],
)
def test_any_other_word_of_the_year_goes_before(words: list[dict[str, Any]], expected: tuple[Any, ...]) -> None:
    """The district's ledger of permits and what is typed; the place is the cell of the ledger of works."""
    found, accounts = told([account(land_mu=47.0, work_land="open")])
    joined = with_land_of_works(land_words_of(*words), found.assign(cell="V21"), accounts, DECEMBER)
    (row,) = land_of_projects(joined, works(), DECEMBER).itertuples()
    assert tuple(None if pd.isna(value) else value for value in (row.wanted_mu, row.granted_mu, row.gap_mu, row.wanted_by)) == expected
    assert (row.cell == "V21") is (expected[3] == "works")
    totals = land_totals(land_of_projects(joined, works(), DECEMBER))
    assert totals["works_mu"].notna().tolist() == [expected[3] == "works"]
