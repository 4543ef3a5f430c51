"""规上企业: the firms above scale of each district, month by month: invoiced sales and tax paid into the treasury.

facts.md row 14: each month, per sub-district, number, invoiced sales and tax; the aim is growth on the year before.
"""

from __future__ import annotations

from collections.abc import Hashable

import pandas as pd

from domain.fields import DATE, MONEY, NUMBER, RATE, TEXT
from domain.ledgers.declaration import Figure, Ledger, LedgerField
from domain.periods import Period


def firm_figures(frame: pd.DataFrame, period: Period) -> list[Figure]:
    """Number, sales and tax of the year to the period, and their growth over the same months of the year before."""
    rows = frame[frame["period"] == str(period)]
    return [
        Figure("规上企业", "firms above scale", None if rows.empty else len(rows), NUMBER, rows=tuple(rows.index), of=("firm_name",)),
        _sum("累计开票销售", "invoiced sales, year to date", rows, "sales_ytd_wan"),
        _growth("开票销售同比", "growth of sales", rows, "sales"),
        _sum("累计入库税收", "tax paid, year to date", rows, "tax_ytd_wan"),
        _growth("入库税收同比", "growth of tax", rows, "tax"),
    ]


def compared(rows: pd.DataFrame, what: str) -> tuple[Hashable, ...]:
    """The rows that state both years' sales or tax."""
    return tuple(rows[[f"{what}_ytd_wan", f"{what}_before_wan"]].dropna().index)


def growth(rows: pd.DataFrame, what: str) -> float | None:
    """Growth of sales or tax over the same months of the year before, of the firms that state both; None for none."""
    both = rows.loc[list(compared(rows, what))]
    before = both[f"{what}_before_wan"].sum()
    return float(both[f"{what}_ytd_wan"].sum() / before - 1) if before > 0 else None


def _sum(name: str, english: str, rows: pd.DataFrame, column: str) -> Figure:
    known = rows[column].dropna()
    return Figure(name, english, None if known.empty else float(known.sum()), MONEY, rows=tuple(known.index), of=(column,))


def _growth(name: str, english: str, rows: pd.DataFrame, what: str) -> Figure:
    of = (f"{what}_ytd_wan",)
    return Figure(name, english, growth(rows, what), RATE, is_change=True, rows=compared(rows, what), of=of)


FIRMS = Ledger(
    code="firms",
    name="规上企业运行情况表",
    english="firms above scale",
    short_name="规上",
    definition="各片区规模以上企业每月的开票销售和入库税收，与上年同期比较。",
    definition_en="Invoiced sales and tax of each district's firms above scale, month by month, against the year before.",
    is_monthly=True,
    fields=(
        LedgerField("firm_name", TEXT, "企业名称", "firm", "规模以上企业的名称。", "Name of the firm.",
                    is_key=True, others=("单位名称", "企业全称", "规上企业名称", "企业")),
        LedgerField("industry", TEXT, "所属行业", "industry", "企业所属行业。", "Line of industry.", others=("行业", "行业类别")),
        LedgerField("entered_date", DATE, "入规时间", "above scale since", "纳入规上统计的时间。",
                    "Since when the firm counts as above scale.", others=("纳统时间", "入规月份")),
        LedgerField("sales_month_wan", MONEY, "本月开票销售", "invoiced sales, month", "报告期当月的开票销售额，万元。",
                    "Invoiced sales of the month, 10,000 yuan.", is_carried=False,
                    others=("当月开票销售", "8月开票销售", "开票销售本月", "本月开票销售额", "当月开票销售额", "本月开票")),
        LedgerField("sales_ytd_wan", MONEY, "本年累计开票销售", "invoiced sales, year to date",
                    "1月至报告期累计开票销售额，万元。", "Invoiced sales from January, 10,000 yuan.",
                    is_required=True, is_carried=False,
                    others=("累计开票销售", "1-8月累计开票销售", "1-8月开票销售", "开票销售累计", "累计开票销售额",
                            "本年累计开票销售额", "1-8月开票销售额")),
        LedgerField("sales_before_wan", MONEY, "上年同期累计开票销售", "invoiced sales, same months last year",
                    "上年1月至同月的累计开票销售额，万元。", "The same of the year before, 10,000 yuan.", is_carried=False,
                    others=("去年同期累计开票销售", "上年同期开票销售", "去年同期开票销售", "开票销售上年同期", "开票销售去年同期",
                            "上年同期累计开票销售额")),
        LedgerField("tax_month_wan", MONEY, "本月入库税收", "tax paid, month", "报告期当月的入库税收，万元。",
                    "Tax paid into the treasury in the month, 10,000 yuan.", is_carried=False,
                    others=("当月入库税收", "8月入库税收", "入库税收本月")),
        LedgerField("tax_ytd_wan", MONEY, "本年累计入库税收", "tax paid, year to date", "1月至报告期累计入库税收，万元。",
                    "Tax paid from January, 10,000 yuan.", is_carried=False,
                    others=("累计入库税收", "1-8月累计入库税收", "1-8月入库税收", "入库税收累计")),
        LedgerField("tax_before_wan", MONEY, "上年同期累计入库税收", "tax paid, same months last year",
                    "上年1月至同月的累计入库税收，万元。", "The same of the year before, 10,000 yuan.", is_carried=False,
                    others=("去年同期累计入库税收", "上年同期入库税收", "去年同期入库税收", "入库税收上年同期", "入库税收去年同期")),
        LedgerField("firm_project", TEXT, "对应项目", "project", "企业由哪个登记项目建成；没有的留空。",
                    "The registered project that the firm came from; empty for none.", others=("对应项目名称", "所属项目")),
        LedgerField("note", TEXT, "备注", "note", "备注。", "Note.", is_carried=False),
    ),
    listed=("firm_name", "industry", "sales_month_wan", "sales_ytd_wan", "sales_before_wan", "tax_ytd_wan"),
    summary=firm_figures,
)  # fmt: skip
