"""Firms above scale against the year before: each firm's months, growth of month and year, sub-districts, the year's course.

facts.md row 14: per sub-district number, invoiced sales and tax of each month; the aim is growth on the year before.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from domain.ledgers.firms import FIRMS
from domain.ledgers.summing import standing_rows, total_of
from domain.periods import Period

SALES, TAX = MEASURES = ("sales", "tax")
MONTHS_A_YEAR = 12


def firm_months(rows: pd.DataFrame, what: str) -> pd.DataFrame:
    """The rows of the firms' ledger with what counts of sales or tax; amounts in 万元, missing where nobody says.

    Further columns: firm (district and name, the key), at (months since year 0), month, month_before, ytd, ytd_before,
    month_growth, ytd_growth (shares). The list states the months of the year before as a total only: a month of it is
    that total less the month before's, in January the total. The month's own amount, where empty, is found likewise.
    Growth is missing where the year before is missing or not above zero: such a firm has none, not an infinite one.
    """
    months = pd.PeriodIndex(rows["period"], freq="M")
    found = rows.assign(
        firm=rows["body"].astype(str) + "|" + rows["firm_name"].astype(str),
        at=months.year * MONTHS_A_YEAR + months.month,
        ytd=rows[f"{what}_ytd_wan"].astype(float), ytd_before=rows[f"{what}_before_wan"].astype(float),
    )  # fmt: skip
    own = rows[f"{what}_month_wan"].astype(float)
    found["month"] = own.where(own.notna(), _of_month(found, "ytd"))
    found["month_before"] = _of_month(found, "ytd_before")
    for name in ("month", "ytd"):
        found[f"{name}_growth"] = growth_of(found[name], found[f"{name}_before"])
    return found


def _of_month(found: pd.DataFrame, total: str) -> pd.Series:
    """A total less that of the month before it; in January the total itself."""
    earlier = found[["firm", "at", total]].assign(at=found["at"] + 1).drop_duplicates(["firm", "at"])
    joined = found[["firm", "at"]].merge(earlier, on=["firm", "at"], how="left")[total]
    taken = pd.Series(joined.to_numpy(dtype=float), index=found.index)
    return found[total] - taken.mask(found["at"] % MONTHS_A_YEAR == 1, 0.0)


def growth_of(now: pd.Series, before: pd.Series) -> pd.Series:
    """Growth as a share; missing where either is missing or the year before is not above zero."""
    return now / before.where(before > 0) - 1


def firm_lines(months: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The firms of the period: those that fall in the year to date first, then those without a year before; by their change.

    Growth is no grade: no rule says from where on a fall is late, so that none is coloured.
    """
    lines = standing_rows(FIRMS, months, period)
    growth = lines["ytd_growth"]
    order = (growth >= 0).astype(int) * 2 + growth.isna().astype(int)
    lines = lines.assign(order=order, gained=(lines["ytd"] - lines["ytd_before"]).abs())
    lines = lines.sort_values(["order", "gained", "ytd"], ascending=[True, False, False], kind="stable")
    return lines.drop(columns=["order", "gained"]).reset_index(drop=True)


def firm_sums(lines: pd.DataFrame) -> dict[str, Any]:
    """Of some firms: firms, growing, falling, untold (counts), month, ytd (sums, None for none told) and their growth.

    Growth is of the firms that have the year before, ``like`` of them for the year to date.
    """
    growth = lines["ytd_growth"]
    return {
        "firms": len(lines), "growing": int((growth >= 0).sum()), "falling": int((growth < 0).sum()),
        "untold": int(growth.isna().sum()), "like": int(growth.notna().sum()),
        "month": total_of(lines["month"]), "ytd": total_of(lines["ytd"]),
        "month_growth": _growth(lines, "month"), "ytd_growth": _growth(lines, "ytd"),
    }  # fmt: skip


def _growth(lines: pd.DataFrame, name: str) -> float | None:
    like = lines[lines[f"{name}_growth"].notna()]
    return None if like.empty else float(like[name].sum() / like[f"{name}_before"].sum() - 1)


def firm_course(months: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The year month by month to the period: number (1 on), month, like, before (sums in 万元), is_whole.

    ``like`` and ``before`` are of the firms that have the year before in that month. Not whole is a month in which a body
    sent no list though it sent one in another month of the year: its sums would look like a fall, and are missing.
    """
    own = months[months["period"].str[:4] == str(period.year)]
    is_like = own["month_growth"].notna()
    own = own.assign(like=own["month"].where(is_like), before=own["month_before"].where(is_like))
    sums = own.groupby("at")[["month", "like", "before"]].sum(min_count=1)
    bodies = own.groupby("at")["body"].nunique()
    every = range(period.year * MONTHS_A_YEAR + 1, period.year * MONTHS_A_YEAR + period.month + 1)
    sums, is_whole = sums.reindex(every), (bodies == own["body"].nunique()).reindex(every, fill_value=False)
    return sums.where(is_whole).assign(is_whole=is_whole, number=range(1, period.month + 1)).reset_index(drop=True)
