"""What accounts of one work say together: tables of cases, and a second implementation in plain loops."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pandas as pd
import pytest
from work_frames import accounts_of, plain_rows
from work_oracle import judged

from domain.work_accounts import MATTERS, disputed_matters, judge_matters, said_matters
from domain.work_steps import STEP_STATES, WORK_STEPS

NOVEMBER, DECEMBER = date(2024, 11, 30), date(2024, 12, 31)


def old(**said: Any) -> dict[str, Any]:
    return {"said_date": NOVEMBER, **said}


# (what happens, accounts, matter, state, number, dispute)
CASES = (
    ("one account", [{"work_land": "done"}], "land", "done", 2, ""),
    ("two of one month agree", [{"work_land": "done"}, {"work_land": "done"}], "land", "done", 2, ""),
    ("one says nothing of it", [{"work_land": "done"}, {}], "land", "done", 2, ""),
    ("学府路: not started, and on site", [{"work_building": "open"}, {"work_building": "going"}], "building", None, None, "differ"),
    ("other days of one month", [{"work_land": "open"}, {"work_land": "done", "said_date": DECEMBER}], "land", None, None, "differ"),
    ("a later month says more", [old(work_land="open"), {"work_land": "done"}], "land", "done", 2, ""),
    ("a later month says less", [old(work_land="done"), {"work_land": "going"}], "land", None, None, "back"),
    ("in whatever order they stand", [{"work_land": "going"}, old(work_land="done")], "land", None, None, "back"),
    ("no longer needed is no step back", [old(work_sea_study="done"), {"work_sea_study": "not_needed"}], "sea_study", "not_needed", None, ""),
    ("needed or not", [{"work_sea_study": "going"}, {"work_sea_study": "not_needed"}], "sea_study", None, None, "differ"),
    ("a later account of something else", [old(work_land="done"), {"work_building": "going"}], "land", "done", 2, ""),
    ("shares half a point apart", [{"progress_rate": 0.97}, {"progress_rate": 0.974}], "progress_rate", None, 0.974, ""),
    ("shares just half a point apart", [{"progress_rate": 0.97}, {"progress_rate": 0.975}], "progress_rate", None, 0.975, ""),
    ("shares further apart", [{"progress_rate": 0.97}, {"progress_rate": 0.98}], "progress_rate", None, None, "differ"),
    ("a share that grew", [old(progress_rate=0.9), {"progress_rate": 0.97}], "progress_rate", None, 0.97, ""),
    ("a share that fell", [old(progress_rate=0.97), {"progress_rate": 0.9}], "progress_rate", None, None, "back"),
    ("land of one month", [{"land_mu": 19.2}, {"land_mu": 237.5}], "land_mu", None, None, "differ"),
    ("land that a later account lowers", [old(land_mu=47.0), {"land_mu": 40.0}], "land_mu", None, 40, ""),
    ("铁路支线: at two acceptances", [{"work_pre_acceptance": "done"},
                                  {"work_professional_acceptance": "done", "work_local_acceptance": "going"}],
     "acceptance", None, None, "differ"),
    ("each of its steps is told once", [{"work_pre_acceptance": "done"}, {"work_local_acceptance": "going"}],
     "pre_acceptance", "done", 2, ""),
    ("one account of several acceptances", [{"work_pre_acceptance": "done", "work_local_acceptance": "going"}],
     "acceptance", "local_acceptance:going", 34, ""),
    ("an acceptance not begun is not where it is", [{"work_pre_acceptance": "done", "work_local_acceptance": "open"}],
     "acceptance", "pre_acceptance:done", 29, ""),
    ("the next acceptance a month later", [old(work_pre_acceptance="done"), {"work_local_acceptance": "going"}],
     "acceptance", "local_acceptance:going", 34, ""),
    ("an acceptance that is taken back", [old(work_handed_over="done"), {"work_local_acceptance": "done"}], "acceptance", None, None, "back"),
)  # fmt: skip


@pytest.mark.parametrize(("accounts", "matter", "state", "number", "dispute"), [each[1:] for each in CASES], ids=[each[0] for each in CASES])
def test_accounts_together(accounts: list[dict[str, Any]], matter: str, state: str | None, number: float | None, dispute: str) -> None:
    """The value in force, or that accounts differ."""
    rows = {row["matter"]: row for row in plain_rows(judge_matters(accounts_of(*accounts)))}
    assert (rows[matter]["state"], rows[matter]["number"], rows[matter]["dispute"]) == (state, number, dispute)


def test_parts_are_compared_apart() -> None:
    """滨响大道: one part is being built, the other waits, and neither is the whole."""
    frame = accounts_of(
        {"work_part": "滨海段", "work_building": "going"}, {"work_part": "响水段", "work_building": "open"}, {"work_clearing": "done"}
    )
    assert disputed_matters(frame).empty
    assert [(row["work_part"], row["matter"]) for row in plain_rows(judge_matters(frame))] == [
        ("滨海段", "building"), ("响水段", "building"), ("整体", "clearing"),
    ]  # fmt: skip


def test_what_nobody_says_has_no_row() -> None:
    """Missing is not zero; without accounts nothing is said."""
    assert judge_matters(accounts_of({})).empty
    columns = list(judge_matters(accounts_of()).columns)
    assert columns == ["work_name", "work_part", "matter", "month", "state", "number", "account", "dispute"]
    assert said_matters(accounts_of({"work_land": "done"}, {"land_mu": 5.0}))["account"].tolist() == [0, 1]


def made(dice: random.Random) -> pd.DataFrame:
    """Accounts of two works in three months, most of whose matters nobody tells."""
    rows = []
    for _ in range(dice.randint(0, 20)):
        row: dict[str, Any] = {"work_name": dice.choice("甲乙"), "work_part": dice.choice(["整体", "一段"]),
                               "said_date": date(2024, dice.randint(10, 12), dice.randint(1, 28))}  # fmt: skip
        row |= {step.field: dice.choice(STEP_STATES) for step in WORK_STEPS if dice.random() < 0.25}
        row |= {"progress_rate": round(dice.uniform(0.9, 0.93), 3)} if dice.random() < 0.4 else {}
        row |= {"land_mu": dice.choice([19.2, 19.2, 237.5])} if dice.random() < 0.4 else {}
        rows.append(row)
    return accounts_of(*rows)


def test_the_rule_is_what_plain_loops_say() -> None:
    """Of many accounts made by chance; each kind of answer comes up."""
    dice, seen = random.Random(11), set()
    for _ in range(80):
        frame = made(dice)
        found = {
            (row["work_name"], row["work_part"], row["matter"]): (row["month"], row["state"] if row["state"] is not None or
             row["matter"] not in ("progress_rate", "land_mu") else row["number"], row["dispute"])
            for row in plain_rows(judge_matters(frame))
        }  # fmt: skip
        assert found == judged(plain_rows(frame))
        seen |= {(key[2], each[2]) for key, each in found.items()}
    assert seen == {(matter, dispute) for matter in MATTERS for dispute in ("", "differ", "back")} - {("land_mu", "back")}
