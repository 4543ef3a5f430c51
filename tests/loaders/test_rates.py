"""Columns of shares: whether a bare number is a share or percentage points, decided by the whole column."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from workbooks import Page, codes, monthly, read

from loaders.rates import BOTH, ONES, POINTS, SHARES, UNSAID, scale_of


@pytest.mark.parametrize(
    ("cells", "scale"),
    [
        ([35, 60, 1], POINTS), ([1, 2, 5], POINTS), ([12.5, 1.2], POINTS), ([0.35, 0.6, 1], SHARES), ([0.9, 1.8], SHARES), ([0.5], SHARES),
        ([0.35, 60], BOTH), ([0.5, 5], BOTH), ([1.29, 1.8], BOTH), ([1, 1, 0], ONES), ([1, "60%"], ONES), ([], UNSAID), ([0, "62%", None], UNSAID),
        ([1.2], UNSAID),
    ],
)  # fmt: skip
def test_the_scale_of_a_column(cells: list[Any], scale: str) -> None:
    """Points where a number can be no share, shares where one can be no points, else a question."""
    assert scale_of(cells) == scale


def by_hand(cells: list[Any]) -> list[str | None]:
    """What a clerk reads, in plain loops: the oracle."""
    bare = [cell for cell in cells if not isinstance(cell, str)]
    read_as: list[str | None] = []
    for cell in cells:
        if isinstance(cell, str):
            read_as.append(str(Decimal(cell[:-1]) / 100))
        elif cell == 0:
            read_as.append("0")
        elif any(0 < other < 1 for other in bare):
            read_as.append(
                str(Decimal(str(cell))) if max(bare) <= 3 else None if cell < 10 else str(Decimal(str(cell)) / 100)
            )
        elif any(other >= 10 for other in bare):
            read_as.append(str(Decimal(str(cell)) / 100))
        else:
            read_as.append(None)
    return read_as


@pytest.mark.parametrize(
    "cells", [[35, 60, 1, 0], [0.35, 0.6, 1, 0], [0.35, 60, 1, "45%"], [12, 0.5, 2, 100], [1, 1, 1, 0]]
)
def test_values_as_a_clerk_reads_them(cells: list[Any]) -> None:
    """Every value is the clerk's; what the clerk would ask about is asked and not taken."""
    rows = [
        {"序号": number, "项目名称": f"风电{number}期", "总投资": 50_000, "投资完成率": cell}
        for number, cell in enumerate(cells, 1)
    ]
    submission = read(monthly(*rows))
    expected = [None if text is None else Decimal(text) for text in by_hand(cells)]
    assert [row.values["investment_share_rate"] for _, row in submission.rows] == expected
    assert codes(submission).get("rate_unclear", 0) == expected.count(None)


@pytest.mark.parametrize(
    ("stages", "title", "is_read"),
    [
        (("竣工", "投产"), "滨海片区2024年8月项目表", True),
        (("竣工", "在建"), "滨海片区2024年8月项目表", False),
        ((None, None), "滨海片区2024年8月竣工项目表", True),
        ((None, None), "滨海片区2024年8月在建项目表", False),
    ],
)
def test_ones_of_completed_projects_are_wholes(stages: tuple[str | None, ...], title: str, is_read: bool) -> None:
    """A column of nothing but ones is read where each of the projects is completed."""
    rows = [[number, f"风电{number}期", 50_000, stage, 1] for number, stage in enumerate(stages, 1)]
    page = Page([[title], ["单位：万元"], ["序号", "项目名称", "总投资", "项目阶段", "形象进度（%）"], *rows])
    assert [row.values["progress_rate"] for _, row in read(page).rows] == [Decimal(1) if is_read else None] * 2
