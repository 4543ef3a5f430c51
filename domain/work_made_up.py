"""What of the works is made up: what nobody says but accounts that are samples, or that say so of themselves.

A sample return of a work is made up whatever else is said of it; where a published account says the same, that is what
stands. Of the ledger's accounts domain/ledgers/made_up.py tells.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from domain.ledgers.made_up import MADE_UP, whole_row, with_made_up
from domain.ledgers.works import WORKS
from domain.work_accounts import ACCEPTANCE, KEYS, said_matters
from domain.work_register import RETURN
from domain.work_steps import WORK_STEP

Matter = tuple[str, str, str]


def accounts_with_made_up(accounts: pd.DataFrame, samples: Collection[str]) -> pd.DataFrame:
    """The accounts with ``MADE_UP``: all of one that is a sample return (``samples``: their receipt numbers)."""
    is_sample = (accounts["work_source"] == RETURN) & accounts["receipt_number"].isin(list(samples))
    own = with_made_up(WORKS, accounts, samples)
    found = [whole_row(WORKS) if sample else names for sample, names in zip(is_sample, own[MADE_UP], strict=True)]
    return accounts.assign(**{MADE_UP: pd.Series(found, index=accounts.index, dtype=object)})


def matters_made_up(accounts: pd.DataFrame) -> frozenset[Matter]:
    """(work, part, matter) of everything that made-up accounts alone say."""
    said = said_matters(accounts)
    names = said["account"].map(accounts[MADE_UP])
    is_made_up = pd.Series(
        [_field(matter, state) in own for matter, state, own in zip(said["matter"], said["state"], names, strict=True)],
        index=said.index, dtype=bool,
    )  # fmt: skip
    alone = is_made_up.groupby([said[name] for name in KEYS]).all()
    return frozenset(alone[alone].index)


def _field(matter: str, state: str | None) -> str:
    """The field of the ledger in which an account says a matter."""
    code = str(state).split(":")[0] if matter == ACCEPTANCE else matter
    return WORK_STEP[code].field if code in WORK_STEP else matter


def waits_made_up(accounts: pd.DataFrame) -> frozenset[Matter]:
    """(work, part, words) of everything that a work waits for by the word of made-up accounts alone."""
    told = accounts[accounts["waits_for"].notna()]
    is_made_up = told[MADE_UP].map(lambda names: "waits_for" in names).astype(bool)
    alone = is_made_up.groupby([told["work_name"], told["work_part"], told["waits_for"]]).all()
    return frozenset(alone[alone].index)
