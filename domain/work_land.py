"""Land of infrastructure works as the ledger of works tells it, where no ledger of permits and nobody by hand told of it.

facts.md, infrastructure: published areas of roads and housing, some granted, some wanted. The area of a work is what it
wants; it is granted where the step 用地落实 is done (domain/work_accounts.py: what accounts say differently is in force for none).
"""

from __future__ import annotations

import pandas as pd

from domain.land import WORD_COLUMNS, WORKS_LEDGER
from domain.periods import Period
from domain.work_accounts import LAND
from domain.work_register import RETURN, WHOLE
from domain.work_steps import DONE, OPEN

LAND_STEP = "land"  # of the chain
KEYS = ["work_name", "work_part"]


def works_land(accounts: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """One row for each whole work of the registry whose land the ledger tells: project_id, work_name, wanted_mu, granted_mu, account.

    ``accounts`` from ``work_accounts``, ``judged`` from ``judge_matters``. ``account`` is the index of the account that tells
    the area. granted_mu is that area where the step is done, 0 where it is said not to have begun, else missing: what nobody
    said is not 0 亩. The area of a return is the returns' own (``domain.land``), that of a part not the work's.
    """
    areas = judged[(judged["matter"] == LAND) & judged["number"].notna() & (judged["work_part"] == WHOLE)]
    told = areas.assign(source=areas["account"].map(accounts["work_source"]), project_id=areas["account"].map(accounts["project_id"]))
    told = told[(told["source"] != RETURN) & told["project_id"].notna()].drop_duplicates("project_id")
    steps = judged[judged["matter"] == LAND_STEP].set_index(KEYS)["state"]
    share = pd.Series(steps.reindex(pd.MultiIndex.from_frame(told[KEYS])).map({DONE: 1.0, OPEN: 0.0}).to_numpy(dtype=float), told.index)
    wanted = told["number"].astype(float)
    found = told.assign(wanted_mu=wanted, granted_mu=wanted * share)
    return found[["project_id", "work_name", "wanted_mu", "granted_mu", "account"]].reset_index(drop=True)


def with_land_of_works(words: pd.DataFrame, land: pd.DataFrame, accounts: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The words on land, and before them those of ``works_land`` on projects of which nobody told anything in the period's year.

    ``land`` has a column ``cell`` besides: where in the ledger the area stands.
    """
    told = words.loc[words["on_date"].dt.year == period.year, "project_id"]
    new = land[~land["project_id"].isin(told)]
    if new.empty:
        return words
    own = accounts.loc[new["account"]]
    rows = pd.DataFrame(
        {
            "project_id": new["project_id"].to_numpy(), "project_name": new["work_name"].to_numpy(), "body": None,
            "wanted_mu": new["wanted_mu"].to_numpy(), "applied_mu": float("nan"), "granted_mu": new["granted_mu"].to_numpy(),
            "source": WORKS_LEDGER, "on_date": own["said_date"].to_numpy(), "submission_id": "",
            "receipt_number": own["receipt_number"].to_numpy(), "file_name": own["file_name"].to_numpy(),
            "sheet": own["sheet"].to_numpy(), "cell": new["cell"].to_numpy(), "note": own["said_text"].to_numpy(), "recorded_by": "",
            "recorded_at": pd.NaT, "position": 0,
        }
    )  # fmt: skip
    return pd.concat([rows[list(WORD_COLUMNS)].astype(words.dtypes.to_dict()), words], ignore_index=True)
