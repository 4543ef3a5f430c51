"""The ledger of works and the monthly returns together: which return is which work's, and the order of the lines."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from frames import states
from work_frames import accounts_of

from domain.periods import Period
from domain.work_accounts import judge_matters
from domain.work_register import COLUMNS, RETURN, chain_steps, work_accounts, work_lines, works_of_body

DECEMBER = Period(2024, 12)
SAID = ["project_id", "period", "sheet", "cell_row", "receipt_number", "file_name", "stage", "progress_rate", "land_mu",
        "progress_text", "issue_text", "escalation_level"]  # fmt: skip


def returns_of(**columns: Any) -> pd.DataFrame:
    return states(kind="infrastructure", **columns)


def said_of(returned: pd.DataFrame, period: str = "2024-12") -> pd.DataFrame:
    """What the return of a month says, as ``storage.queries.work_returns`` gives it."""
    return returned.assign(period=period, receipt_number=f"{period}-01", file_name=f"{period}.xlsx")[SAID]


def together(ledger: pd.DataFrame, returned: pd.DataFrame) -> pd.DataFrame:
    """The accounts of the ledger and of the month's return."""
    return work_accounts(ledger, returned, said_of(returned), DECEMBER)


def lines_of(ledger: pd.DataFrame, returned: pd.DataFrame | None = None) -> pd.DataFrame:
    accounts = together(ledger, states() if returned is None else returned)
    return work_lines(accounts, judge_matters(accounts))


# (what happens, the ledger's rows, names in the returns, name of the work of each account of a return, works that know their project)
JOINS = (
    ("the same name", [{}], ["甲路"], ["甲路"], ["甲路"]),
    ("written otherwise", [{"work_name": "甲 路（一期）"}], ["甲路(1期)"], ["甲 路（一期）"], ["甲 路（一期）"]),
    ("a name of its own in the returns", [{"return_name": "甲路工程（港区）"}], ["甲路工程（港区）"], ["甲路"], ["甲路"]),
    ("said in one of its rows", [{}, {"work_part": "一段", "return_name": "乙路"}], ["乙路"], ["甲路"], ["甲路"]),
    ("a near name is another work", [{}], ["甲路西段"], ["甲路西段"], []),
    ("two projects of one name are neither", [{}], ["甲路", "甲路"], ["甲路", "甲路"], []),
    ("not in the returns", [{}], [], [], []),
    ("not in the ledger", [], ["丙路"], ["丙路"], []),
)


@pytest.mark.parametrize(("rows", "names", "expected", "known"), [each[1:] for each in JOINS], ids=[each[0] for each in JOINS])
def test_a_return_is_joined_by_its_name(rows: list[dict[str, Any]], names: list[str], expected: list[str], known: list[str]) -> None:
    """Exactly after normalising, and never by guessing."""
    accounts = together(accounts_of(*rows), returns_of(project_name=names))
    assert list(accounts.columns) == COLUMNS
    said = accounts[accounts["work_source"] == RETURN]
    assert list(said["work_name"]) == expected
    own = accounts[(accounts["work_source"] != RETURN) & accounts["project_id"].notna()]
    assert list(own["work_name"].unique()) == known


@pytest.mark.parametrize(
    ("stage", "building"),
    [("planned", "open"), ("preparing", "open"), ("started", "going"), ("trial", "going"), ("completed", "done"),
     ("in_production", "done"), ("suspended", None), ("cancelled", None), (None, None)],
)  # fmt: skip
def test_what_a_return_says(stage: str | None, building: str | None) -> None:
    """Of the steps whether it is being built; 无 is no blocker; the last day of the month is its day."""
    returned = returns_of(stage=[stage], progress_rate=0.4, issue_text="无", progress_text="路基完成", body="xiangshui")
    row = together(accounts_of(), returned).iloc[0]
    assert row["work_building"] == building or (building is None and pd.isna(row["work_building"]))
    assert (row["progress_rate"], row["said_text"], row["district"]) == (0.4, "路基完成", "xiangshui")
    assert row["said_date"] == pd.Timestamp(date(2024, 12, 31))
    assert pd.isna(row["waits_for"])


def test_each_thing_stands_under_the_month_that_said_it() -> None:
    """A stage of October is no word of December's return; words and blockers are those of the month alone."""
    works = returns_of(project_name=["甲路"])
    october = said_of(works.assign(stage="preparing", progress_rate=0.1, progress_text="前期", issue_text="缺地"), "2024-10")
    november = said_of(works.assign(progress_rate=0.2, land_mu=5.0), "2024-11")
    december = said_of(works.assign(progress_rate=0.3, progress_text="变更"))
    found = work_accounts(accounts_of(), works, pd.concat([october, november, december], ignore_index=True), DECEMBER)
    shown = found[["said_date", "work_building", "progress_rate", "land_mu", "said_text", "waits_for"]].astype(object)
    assert shown.where(shown.notna(), None).to_numpy().tolist() == [
        [pd.Timestamp("2024-10-31"), "open", None, None, None, None],
        [pd.Timestamp("2024-11-30"), None, None, 5.0, None, None],
        [pd.Timestamp("2024-12-31"), None, 0.3, None, "变更", None],
    ]
    assert list(found["receipt_number"]) == ["2024-10-01", "2024-11-01", "2024-12-01"]


def test_a_return_that_leaves_a_work_out_says_nothing() -> None:
    """What an earlier one said stands under its own month; of a work that none speaks of there is nothing."""
    works = returns_of(project_name=["甲路", "乙路"])
    october = said_of(works[:1].assign(progress_rate=0.1), "2024-10")
    found = work_accounts(accounts_of(), works, october, DECEMBER)
    assert list(zip(found["work_name"], found["said_date"].dt.month, strict=True)) == [("甲路", 10)]
    assert together(accounts_of(), states(project_name=["厂"])).empty


def test_a_return_may_differ_from_the_ledger() -> None:
    """学府路: on site in a document, in preparation by the return of the month."""
    accounts = together(accounts_of({"work_building": "going"}), returns_of(project_name=["甲路"], stage="preparing"))
    judged = judge_matters(accounts)
    assert list(judged["matter"]) == ["building"]
    assert list(judged["dispute"]) == ["differ"]


def test_the_order_of_the_lines() -> None:
    """Works whose accounts differ, those that wait, the others; parts behind their work, wherever they stand."""
    ledger = accounts_of(
        {"work_name": "丁"}, {"work_name": "乙", "work_part": "东段"}, {"work_name": "丙", "work_land": "open"},
        {"work_name": "丙", "work_land": "done"}, {"work_name": "乙"}, {"work_name": "乙", "work_part": "西段", "waits_for": "征地"},
    )  # fmt: skip
    found = lines_of(ledger)
    assert list(zip(found["work_name"], found["work_part"], strict=True)) == [
        ("丙", "整体"), ("乙", "整体"), ("乙", "东段"), ("乙", "西段"), ("丁", "整体"),
    ]  # fmt: skip
    assert list(found["disputes"]) == [1, 0, 0, 0, 0]
    assert list(found["waits_for"].fillna("")) == ["", "", "", "征地", ""]


def test_share_and_land_are_those_in_force() -> None:
    """Of the newest account; none where they differ; the account tells the source."""
    ledger = accounts_of({"progress_rate": 0.9, "land_mu": 19.2, "said_date": date(2024, 11, 3)}, {"land_mu": 237.5})
    found = lines_of(ledger, returns_of(project_name=["甲路"], progress_rate=0.97)).iloc[0]
    assert (found["share"], found["share_dispute"], found["share_account"]) == (0.97, "", 2)
    assert found["land"] == 237.5
    found = lines_of(accounts_of({"progress_rate": 0.9}), returns_of(project_name=["甲路"], progress_rate=0.97)).iloc[0]
    assert pd.isna(found["share"]) and found["share_dispute"] == "differ" and pd.isna(found["land"])


WAITS = (
    ("nobody says", [{}], None, None),
    ("the ledger's stands before the return's of the month", [{"waits_for": "解押", "waits_on": "县"}], "未解押", "解押"),
    ("the return's where the ledger has none", [{}], "未解押", "未解押"),
    ("a later return's stands before an old ledger's", [{"waits_for": "解押", "said_date": date(2024, 10, 1)}], "未解押", "未解押"),
)


@pytest.mark.parametrize(("rows", "issue", "expected"), [each[1:] for each in WAITS], ids=[each[0] for each in WAITS])
def test_what_a_work_waits_for(rows: list[dict[str, Any]], issue: str | None, expected: str | None) -> None:
    """The newest month's word; of one month the ledger's, which says on whom."""
    found = lines_of(accounts_of(*rows), returns_of(project_name=["甲路"], issue_text=issue)).iloc[0]
    assert found["waits_for"] == expected or (expected is None and pd.isna(found["waits_for"]))


def test_the_chain_keeps_both_acceptances() -> None:
    """Those that accounts put the work at are disputed, and what is said of each stays; of a step in dispute neither."""
    ledger = accounts_of(
        {"work_pre_acceptance": "done", "work_building": "done"},
        {"work_professional_acceptance": "done", "work_local_acceptance": "going", "work_building": "going"},
    )
    chain = chain_steps(ledger, judge_matters(ledger))
    found = {row.matter: (None if pd.isna(row.state) else row.state, row.is_disputed) for row in chain.itertuples()}
    assert found == {
        "building": (None, True), "pre_acceptance": ("done", True), "professional_acceptance": ("done", False),
        "local_acceptance": ("going", True),
    }  # fmt: skip


def test_a_chain_without_acceptances() -> None:
    """Of a work in preparation, and of no work at all."""
    ledger = accounts_of({"work_land": "open"})
    chain = chain_steps(ledger, judge_matters(ledger))
    assert chain[["matter", "state", "is_disputed"]].to_numpy().tolist() == [["land", "open", False]]
    none = together(accounts_of(), states())
    assert chain_steps(none, judge_matters(none)).empty
    assert work_lines(none, judge_matters(none)).empty


def test_works_of_a_district() -> None:
    """With all its accounts where one of them says so; a work that no account places is the zone's alone."""
    accounts = accounts_of(
        {"work_name": "甲", "district": "binhai"}, {"work_name": "甲", "district": "xiangshui"}, {"work_name": "甲"}, {"work_name": "乙"}
    )
    assert list(works_of_body(accounts, "binhai")) == [True, True, True, False]
    assert list(works_of_body(accounts, "zone")) == [True] * 4


# (words of progress, of a blocker, the land as the return tells it, whether it differs from the ledger's 完成)
LAND = (
    ("137亩土地指标已报批", "无", "going", True),
    ("用地指标已落实", None, "done", False),
    ("用地指标已落实", "用地指标尚未落实", "open", True),
    ("主体施工", None, None, False),
)


@pytest.mark.parametrize(("progress", "blocker", "expected", "differs"), LAND)
def test_what_a_return_says_of_the_land_stands_beside_the_ledger(progress: str, blocker: str | None, expected: str | None, differs: bool) -> None:
    """A blocker before progress; applied for is not granted, and both stand (facts.md, row 11)."""
    returned = returns_of(project_name=["甲路"], progress_text=[progress], issue_text=[blocker])
    accounts = together(accounts_of({"work_land": "done"}), returned)
    said = accounts.loc[accounts["work_source"] == RETURN, "work_land"].tolist()
    assert [None if pd.isna(each) else each for each in said] == [expected]
    judged = judge_matters(accounts).set_index("matter")["dispute"]
    assert (judged["land"] != "") == differs
