"""What each return says of the works, with nothing carried over from the month before."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
from builders import accept, as_of, monthly, project_id, row

from domain.scope import OFFICE, Scope
from storage.engine import Database
from storage.queries import work_returns


def test_each_return_says_its_own(db: Database) -> None:
    """The stage of July is not August's; industrial projects and later months are left out."""
    july = row("甲路", stage="preparing", progress_rate=Decimal("0.1"))
    august = row("甲路", 9, progress_rate=Decimal("0.2"), land_mu=Decimal("19.2"), issue_text="缺地")
    accept(db, monthly("2024-07", row("厂"), infrastructure=(july,)))
    accept(db, monthly("2024-08", row("厂"), infrastructure=(august,)))
    found = work_returns(db, OFFICE, as_of("2024-08"))
    shown = found[["project_id", "period", "sheet", "cell_row", "stage", "progress_rate", "land_mu", "issue_text"]].astype(object)
    assert shown.where(shown.notna(), None).to_numpy().tolist() == [
        [project_id("甲路"), "2024-07", "基础设施", 5, "preparing", 0.1, None, None],
        [project_id("甲路"), "2024-08", "基础设施", 9, None, 0.2, 19.2, "缺地"],
    ]
    assert found["receipt_number"].is_unique and found["file_name"].tolist() == ["2024-07.xlsx", "2024-08.xlsx"]
    assert len(work_returns(db, OFFICE, as_of("2024-07"))) == 1


def test_only_what_counts_and_may_be_read(db: Database) -> None:
    """A newer return replaces the month's; another district's people read none of it; amounts are numbers, even of none."""
    for share in ("0.1", "0.3"):
        accept(db, monthly("2024-08", infrastructure=(row("甲路", progress_rate=Decimal(share)),)))
    assert list(work_returns(db, OFFICE, as_of("2024-08"))["progress_rate"]) == [0.3]
    none = work_returns(db, Scope("reporter", ("xiangshui",)), as_of("2024-08"))
    assert none.empty and pd.api.types.is_float_dtype(none["land_mu"])
