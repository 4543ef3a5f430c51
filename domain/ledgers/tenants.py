"""园区入驻企业: the tenants of the low/zero-carbon park by state, month by month.

facts.md row 15: each tenant's state (registered, fitting out, in production); 5 tenants at the end of 2024.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

import pandas as pd

from domain.fields import NUMBER, TEXT, WORD
from domain.ledgers.declaration import NOTE, SHARES, SOURCE, Choice, Digest, DigestColumn, Figure, Ledger, LedgerField
from domain.ledgers.made_up import MADE_UP
from domain.ledgers.summing import count_of
from domain.periods import Period
from domain.publications import TENANT_FACTS

REGISTERED, FITTING_OUT, IN_PRODUCTION = "registered", "fitting_out", "in_production"
# The furthest on first: so the bars and the list are ordered.
TENANT_STATES = (
    Choice(IN_PRODUCTION, "已投产", "in production", ("投产", "建成投产")),
    Choice(FITTING_OUT, "装修", "fitting out", ("装修中", "装修改造", "正在装修", "设备安装")),
    Choice(REGISTERED, "注册备案", "registered", ("已注册", "注册", "备案", "已备案", "取得执照并备案")),
)
CODES = tuple(choice.code for choice in TENANT_STATES)


def tenant_months(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """One row for each month with a list, up to the period, the newest first: how many tenants in each state.

    Columns: month, tenants, a count for each state, untold (of which the list does not say it). A month without a list has
    no row: nobody said that there were none.
    """
    known = frame[frame["period"] <= str(period)]
    counts = pd.crosstab(known["period"], known["tenant_state"].fillna("untold")) if len(known) else pd.DataFrame()
    counts = counts.reindex(columns=[*CODES, "untold"], fill_value=0).rename_axis(index="month", columns=None)
    found = counts.assign(tenants=counts.sum(axis=1)).sort_index(ascending=False)
    return found.reset_index()


def standing_tenants(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The tenants of the period's list, those furthest on first, each with ``since``: the first month of its state.

    That is the first of the lists in a row, back from the period's, that say the same of it; a month without a list is no
    break, a list without the tenant is one. The first list of all may find a tenant in its state already.
    """
    rows = frame[frame["period"] == str(period)]
    months = sorted(frame.loc[frame["period"] <= str(period), "period"].unique(), reverse=True)
    since = pd.Series([_since(frame, row.row_key, row.tenant_state, months) for row in rows.itertuples()], index=rows.index, dtype=object)
    order = rows["tenant_state"].map({code: place for place, code in enumerate(CODES)})
    if MADE_UP in rows:
        rows = rows.assign(**{MADE_UP: _made_up_since(frame, rows, since)})
    return rows.assign(since=since, order=order).sort_values("order", kind="stable", ignore_index=True)


def _made_up_since(frame: pd.DataFrame, rows: pd.DataFrame, since: pd.Series) -> pd.Series:
    """What is made up of each row, and with it ``since`` where the list of that month made the state up."""
    states = frame.loc[frame[MADE_UP].map(lambda names: "tenant_state" in names), ["row_key", "period"]]
    invented = set(states.itertuples(index=False, name=None))
    pairs = zip(rows[MADE_UP], rows["row_key"], since, strict=True)
    found = [names | {"since"} if (key, month) in invented else names for names, key, month in pairs]
    return pd.Series(found, index=rows.index, dtype=object)


def _since(frame: pd.DataFrame, row_key: str, state: str | None, months: Sequence[str]) -> str | None:
    """``months``: those with a list, the newest first."""
    same = frame.loc[(frame["row_key"] == row_key) & (frame["tenant_state"] == state), "period"]
    return min(takewhile(set(same).__contains__, months), default=None)


def tenant_figures(frame: pd.DataFrame, period: Period) -> list[Figure]:
    """How many tenants the month's list has, and how many in each state."""
    rows = frame[frame["period"] == str(period)]

    def of_state(state: Choice) -> Figure:
        own = tuple(rows.index[rows["tenant_state"] == state.code])
        number = None if rows.empty else len(own)
        return Figure(state.name, state.english, number, NUMBER, rows=own, of=("tenant_state",))

    whole = Figure("入驻企业", "tenants", count_of(rows), NUMBER, rows=tuple(rows.index), of=("tenant_name",))
    return [whole, *map(of_state, TENANT_STATES)]


TENANT_DIGESTS = (
    Digest("months", "各月状态", "states by month", "有台账的月份各一行；没有台账的月份不列，不等于零",
           "a row a month with a list; a month without one is not listed and is no zero", (
               DigestColumn("month", TEXT, "月份", "month", width="110px"),
               DigestColumn("tenants", SHARES, "入驻企业", "tenants", choices=TENANT_STATES, width="50%", of="tenant_name"),
               *(DigestColumn(each.code, NUMBER, each.name, each.english, of="tenant_state") for each in TENANT_STATES),
               DigestColumn("untold", NUMBER, "未报", "not told", of="tenant_state"),
           ), tenant_months),
    Digest("standing", "现有企业", "tenants now", "“自”是台账连续写明这一状态的最早月份；项目阶段取自本期项目库",
           "since: the first month of the lists in a row that say so; the stage is the registry's", (
               DigestColumn("tenant_name", TEXT, "企业", "tenant", width="20%"),
               DigestColumn("tenant_state", WORD, "状态", "state", choices=TENANT_STATES),
               DigestColumn("since", TEXT, "自", "since", width="124px"),
               DigestColumn("tenant_project", TEXT, "对应项目", "project", is_project=True),
               DigestColumn("project_stage", WORD, "项目阶段", "stage"),
               DigestColumn("row_source", TEXT, "信息来源", "source", width="28%"),
           ), standing_tenants),
)  # fmt: skip

TENANTS = Ledger(
    code="tenants",
    name="园区入驻企业台账",
    english="park tenants",
    short_name="入驻",
    definition="低（零）碳产业园每月的入驻企业和各企业的状态：注册备案、装修、已投产。",
    definition_en="The tenants of the low/zero-carbon park each month: registered, fitting out, in production.",
    is_monthly=True,
    is_zone_wide=True,
    fields=(
        LedgerField("tenant_name", TEXT, "入驻企业", "tenant", "入驻园区的企业。", "The tenant.", is_key=True, others=("入驻企业名称",)),
        LedgerField("park_name", TEXT, "园区（载体）", "park", "入驻哪个园区（载体）。", "Which park.", is_required=True,
                    others=("载体名称", "园区载体", "所在载体")),
        LedgerField("tenant_state", WORD, "企业状态", "state", "注册备案、装修还是已投产。", "Registered, fitting out or in production.",
                    is_required=True, choices=TENANT_STATES, others=("入驻状态",)),
        LedgerField("tenant_project", TEXT, "入驻项目", "project", "企业对应的登记项目；没有的留空。",
                    "Registered project; empty for none.", is_project=True),
        SOURCE,
        NOTE,
    ),
    listed=("tenant_name", "park_name", "tenant_state", "tenant_project"),
    summary=tenant_figures,
    digests=TENANT_DIGESTS,
    public_facts=TENANT_FACTS,
)  # fmt: skip
