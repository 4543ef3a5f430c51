"""A ledger that nobody has: what a new one costs is its declaration, and nothing else names it."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from domain.fields import AREA, DATE, MONEY, NUMBER, RATE, TEXT, WORD
from domain.ledgers import Choice, Ledger, LedgerField

LIGHTS = Ledger(
    code="lights",
    name="路灯台账",
    english="street lights",
    short_name="路灯",
    definition="各片区的路灯。",
    definition_en="Street lights of each district.",
    fields=(
        LedgerField("light_road", TEXT, "道路", "road", "路灯所在道路。", "Road.", is_key=True, others=("所在道路",)),
        LedgerField("light_side", WORD, "路侧", "side", "路灯在哪一侧。", "Side.", is_key=True,
                    choices=(Choice("north", "北侧", "north", ("北",)), Choice("south", "南侧", "south", ("南",)))),
        LedgerField("light_count", NUMBER, "路灯盏数", "lights", "盏数。", "Lights.", is_required=True),
        LedgerField("light_cost_wan", MONEY, "造价", "cost", "造价，万元。", "Cost."),
        LedgerField("light_share_rate", RATE, "亮灯率（%）", "share lit", "亮着的比重。", "Share lit."),
        LedgerField("light_land_mu", AREA, "占地（亩）", "land", "占地，亩。", "Land."),
        LedgerField("light_date", DATE, "点亮时间", "lit on", "点亮的日期。", "Lit on."),
        LedgerField("note", TEXT, "备注", "note", "备注。", "Note."),
    ),
)  # fmt: skip
HEADINGS = ("序号", "道路", "路侧", "路灯盏数", "造价（亿元）", "亮灯率（%）", "占地（亩）", "点亮时间", "备注")
ROWS: tuple[tuple[Any, ...], ...] = (
    (1, "港城 大道", "北侧", 120, 0.35, 98.5, 2.4, "2024年3月", "已验收"),
    (2, "港城 大道", "南", 118, 0.3, None, None, "2024-05-20", None),
    (3, "疏港路", "北", 40, None, 1.0, None, None, None),
)
READ: tuple[dict[str, Any], ...] = (
    {"light_road": "港城 大道", "light_side": "north", "light_count": Decimal(120), "light_cost_wan": Decimal(3500),
     "light_share_rate": Decimal("0.985"), "light_land_mu": Decimal("2.4"), "note": "已验收"},
    {"light_road": "港城 大道", "light_side": "south", "light_count": Decimal(118), "light_cost_wan": Decimal(3000),
     "light_share_rate": None, "light_land_mu": None, "note": None},
)  # fmt: skip


def lights_workbook(
    rows: tuple[tuple[Any, ...], ...] = ROWS, *, headings: tuple[str, ...] = HEADINGS, title: str = "滨海片区2024年8月路灯台账"
) -> bytes:
    """A workbook of the ledger: a title, the headings, rows, a sum."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("路灯")
    for number, row in enumerate(((title,), headings, *rows, ("合计", None, None, 278, 0.65))):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write(number, column, cell)
    book.close()
    return buffer.getvalue()
