"""The register of works: the ledger's accounts and the monthly returns of the same works together, a line a work or part."""

from __future__ import annotations

import pandas as pd

from domain.bodies import ZONE
from domain.ledgers.joining import registered_ids
from domain.periods import Period
from domain.reasons import has_issue
from domain.stages import COMPLETED_STAGES, CONSTRUCTION_STAGES, SIGNED_STAGES
from domain.submissions import INFRASTRUCTURE
from domain.work_accounts import ACCEPTANCE, LAND, SHARE, said_matters
from domain.work_land_words import said_of_land
from domain.work_steps import DONE, GOING, OPEN, ORDER, WORK_STEPS

WHOLE = "整体"  # of the part that is the whole work, as the ledger's form has it
RETURN = "monthly_return"  # the source of an account that is a row of a monthly return
# What a stage of the monthly return says of building. What it says of other steps nobody could tell.
BUILDING_OF_STAGE = {
    **dict.fromkeys(("planned", "negotiating", *SIGNED_STAGES), OPEN),
    **dict.fromkeys(CONSTRUCTION_STAGES, GOING),
    **dict.fromkeys(COMPLETED_STAGES, DONE),
}
LASTING = ["stage", SHARE, LAND]  # of a return, until a later one says otherwise
STEP_FIELDS = [step.field for step in WORK_STEPS]
TEXTS = ["work_source", "said_text", "district", "work_builder", "state_firm", "waits_for", "waits_on", "note",
         "row_key", "body", "period", "project_id", "escalation_level", "sheet", "receipt_number", "file_name"]  # fmt: skip
COLUMNS = ["work_name", "work_part", "said_date", *TEXTS, *STEP_FIELDS, SHARE, LAND, "cell_row"]


def work_accounts(ledger: pd.DataFrame, states: pd.DataFrame, returns: pd.DataFrame, period: Period) -> pd.DataFrame:
    """All accounts of the works: the ledger's rows, then what the monthly returns say of each; ``COLUMNS``.

    ``returns`` has a row for each work in each return, the newest last, with what that return itself says. It speaks of the
    work whose name in the returns (else its own name) is the same after normalising and of one project alone; nothing near
    is taken. The return of the period is an account; an earlier one is of what none after it says: each thing stands under
    the month that said it. Of the steps a return says whether there is building, by its stage, and how far the land is,
    where the month's words say it (``said_of_land``). ``project_id`` stands in the ledger's rows, too.
    """
    works = states[states["kind"] == INFRASTRUCTURE]
    own = ledger.assign(project_id=_projects_of(ledger, works)).reindex(columns=COLUMNS)
    said = _of_returns(works, returns, period)
    known = own.dropna(subset="project_id").drop_duplicates("project_id").set_index("project_id")["work_name"]
    named = said["project_id"].map(known).astype(object)
    said["work_name"] = named.where(named.notna(), said["work_name"])
    parts = [part.astype(dict.fromkeys((*TEXTS, *STEP_FIELDS), object)) for part in (own, said) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else own


def _projects_of(ledger: pd.DataFrame, works: pd.DataFrame) -> pd.Series:
    """The project of each row of the ledger; of a work the name in the returns need stand in one of its rows only."""
    named = ledger["return_name"].groupby(ledger["work_name"]).transform("first")
    return registered_ids(named.fillna(ledger["work_name"]), works)


def _of_returns(works: pd.DataFrame, returns: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The returns as accounts: each value in the newest that says it, words and blockers of the period's own alone."""
    said = returns[returns["project_id"].isin(works["project_id"])]
    is_now = said["period"] == str(period)
    said = said.assign(**{name: _newest(said, name) for name in LASTING})
    said = said[is_now | said[LASTING].notna().any(axis=1)]
    own = works.set_index("project_id")
    words, is_now = said["progress_text"].where(is_now), is_now[said.index]
    blockers = said["issue_text"].where(is_now & (has_issue(said["issue_text"]) if len(said) else is_now))
    found = said.assign(
        work_name=said["project_id"].map(own["project_name"]), district=said["project_id"].map(own["body"]),
        work_part=WHOLE, work_source=RETURN, said_text=words, waits_for=blockers,
        said_date=(pd.to_datetime(said["period"] + "-01") + pd.offsets.MonthEnd(0)).astype("datetime64[s]"),
        work_building=said["stage"].map(BUILDING_OF_STAGE), work_land=_land_of(said, is_now),
        escalation_level=said["escalation_level"].where(is_now),
    )  # fmt: skip
    return found.reindex(columns=COLUMNS)


def _land_of(said: pd.DataFrame, is_now: pd.Series) -> pd.Series:
    """How far the land is, by the words of the period's return: those of a blocker before those of progress."""
    told = said[["issue_text", "progress_text"]].where(is_now).map(said_of_land, na_action="ignore").astype(object)
    return told["issue_text"].where(told["issue_text"].notna(), told["progress_text"])


def _newest(said: pd.DataFrame, name: str) -> pd.Series:
    """A column, each work's value in the newest of its rows that has one alone."""
    newest = said[said[name].notna()].drop_duplicates("project_id", keep="last").index
    return said[name].where(said.index.isin(newest))


def work_lines(accounts: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """One row for each work and part, works whose accounts differ first, then those that wait, then as the ledger has them.

    ``judged`` from ``judge_matters``. Columns: work_name, work_part, project_id, disputes (how many matters of this part),
    share and land (in force), share_dispute, land_dispute, share_account (index of the account whose share is in force),
    waits_for, waits_on, waits_level, waits_source (of the newest account that says it, the ledger's before the return's).
    What nobody says, and what accounts say differently, is missing.
    """
    keys = ["work_name", "work_part"]
    lines = accounts.groupby(keys, sort=False).agg(project_id=("project_id", "first")).reset_index()
    lines = lines.merge(_counted(judged), on=keys, how="left")
    for matter, name in ((SHARE, "share"), (LAND, "land")):
        own = judged[judged["matter"] == matter]
        own = own.rename(columns={"number": name, "dispute": f"{name}_dispute", "account": f"{name}_account"})
        lines = lines.merge(own[[*keys, name, f"{name}_dispute", f"{name}_account"]], on=keys, how="left")
    lines = lines.merge(_waits(accounts), on=keys, how="left")
    lines["disputes"] = lines["disputes"].fillna(0).astype(int)
    return _ordered(lines)


def _counted(judged: pd.DataFrame) -> pd.DataFrame:
    differing = judged[judged["dispute"] != ""]
    return differing.groupby(["work_name", "work_part"], as_index=False).agg(disputes=("matter", "size"))


def chain_steps(accounts: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """One row for each step of a work or part that any account speaks of.

    Columns: work_name, work_part, matter (the step), state (in force; missing where accounts differ), is_disputed. Where
    accounts put a work at two acceptances, the steps that they put it at are disputed, and keep what is said of each.
    """
    steps = judged[judged["matter"].isin(list(ORDER))]
    at = said_matters(accounts)
    at = at[at["matter"] == ACCEPTANCE].assign(step=lambda frame: frame["state"].str.split(":").str[0])
    split = judged[(judged["matter"] == ACCEPTANCE) & (judged["dispute"] != "")]
    at = at.merge(split[["work_name", "work_part"]], on=["work_name", "work_part"])
    both = pd.MultiIndex.from_frame(at[["work_name", "work_part", "step"]])
    is_split = pd.MultiIndex.from_frame(steps[["work_name", "work_part", "matter"]]).isin(both)
    return steps[["work_name", "work_part", "matter", "state"]].assign(is_disputed=(steps["dispute"] != "") | is_split)


def _waits(accounts: pd.DataFrame) -> pd.DataFrame:
    """What each part waits for, by the newest month's account that says it; the ledger's stand before the returns'."""
    told = accounts[accounts["waits_for"].notna()]
    month = pd.to_datetime(told["said_date"]).dt.strftime("%Y-%m")
    told = told.assign(month=month, is_return=told["work_source"] == RETURN)
    told = told.sort_values(["month", "is_return"], ascending=[False, True], kind="stable")
    found = told.drop_duplicates(["work_name", "work_part"])
    names = {"escalation_level": "waits_level", "work_source": "waits_source"}
    return found.rename(columns=names)[["work_name", "work_part", "waits_for", "waits_on", "waits_level", "waits_source"]]


def _ordered(lines: pd.DataFrame) -> pd.DataFrame:
    """Parts behind their work, the whole before them."""
    by_work = lines.groupby("work_name", sort=False)
    first = by_work.ngroup()
    differs = by_work["disputes"].transform("sum") > 0
    waits = lines["waits_for"].notna().groupby(lines["work_name"]).transform("any")
    order = lines.assign(first=first, differs=~differs, waits=~waits, is_part=lines["work_part"] != WHOLE)
    order = order.sort_values(["differs", "waits", "first", "is_part"], kind="stable")
    return order.drop(columns=["first", "differs", "waits", "is_part"]).reset_index(drop=True)


def works_of_body(accounts: pd.DataFrame, body: str) -> pd.Series:
    """Mask of the accounts whose work, or a part of it, is said to lie in the body's district; all for the zone."""
    if body == ZONE.code:
        return pd.Series(True, index=accounts.index)
    return (accounts["district"] == body).groupby(accounts["work_name"]).transform("any").astype(bool)
