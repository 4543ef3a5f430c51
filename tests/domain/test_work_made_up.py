"""What of the works made-up accounts alone say; against a second implementation in plain loops."""

from __future__ import annotations

import random

import pandas as pd
from work_frames import accounts_of

from domain.ledgers.made_up import MADE_UP, whole_row
from domain.ledgers.works import WORKS
from domain.work_made_up import accounts_with_made_up, matters_made_up, waits_made_up
from domain.work_register import RETURN

SAMPLE, REAL = "样例", "正式"


def told(*rows: dict) -> pd.DataFrame:
    """Accounts with the receipt that each came in; unless said otherwise a real one."""
    receipts = [row.pop("receipt_number", REAL) for row in rows]
    frame = accounts_of(*rows).assign(receipt_number=receipts)
    return accounts_with_made_up(frame, {SAMPLE})


def sample_return(**said: object) -> dict:
    return {"work_source": RETURN, "receipt_number": SAMPLE, **said}


def test_a_sample_return_is_made_up_and_the_ledger_that_came_with_it_is_not() -> None:
    """The ledger of works says of each row where it is from; a real return is nobody's invention."""
    frame = told(sample_return(), {"receipt_number": SAMPLE}, {"work_source": RETURN}, {"work_source": "示例（虚构）"})
    assert list(frame[MADE_UP]) == [whole_row(WORKS), frozenset(), frozenset(), whole_row(WORKS)]
    assert accounts_with_made_up(frame[:0], {SAMPLE}).empty


def test_what_a_published_account_says_too_is_not_made_up() -> None:
    """A share, a step, an acceptance, the land; each by itself."""
    frame = told(
        {"progress_rate": 0.97, "work_building": "going"},
        sample_return(progress_rate=0.97, work_building="going", work_land="open", land_mu=4.0, work_pre_acceptance="done"),
    )
    assert {matter for _, _, matter in matters_made_up(frame)} == {"land", "land_mu", "pre_acceptance", "acceptance"}
    assert matters_made_up(told({})) == frozenset()


def test_what_a_work_waits_for_by_a_sample_return_alone() -> None:
    """The same words in the ledger are the ledger's."""
    frame = told({"waits_for": "解押"}, sample_return(waits_for="解押"), sample_return(waits_for="资金", work_part="北段"))
    assert waits_made_up(frame) == {("甲路", "北段", "资金")}
    assert waits_made_up(told({})) == frozenset()


def test_the_same_in_plain_loops() -> None:
    """Of accounts made by chance; both answers come up."""
    chance = random.Random(7)
    rows = [
        {"work_name": chance.choice("甲乙丙"), "work_part": "整体", "work_building": chance.choice([None, "open", "going"]),
         "progress_rate": chance.choice([None, 0.5]), **(sample_return() if chance.random() < 0.6 else {})}
        for _ in range(9)
    ]  # fmt: skip
    expected = set()
    for name in "甲乙丙":
        for matter, field in (("building", "work_building"), ("progress_rate", "progress_rate")):
            said = [row for row in rows if row["work_name"] == name and row[field] is not None]
            if said and all(row.get("receipt_number") == SAMPLE for row in said):
                expected.add((name, "整体", matter))
    found = matters_made_up(told(*(dict(row) for row in rows)))
    assert found == expected and 0 < len(expected) < 6
