"""What is published of projects: how many names, how many registered, and each beside the registry's stage."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from frames import states_of
from ledger_frames import rows_of

from domain.ledgers.joining import join_projects
from domain.ledgers.published import PUBLISHED, as_published, published_figures
from domain.periods import Period

DECEMBER = Period(2024, 12)
KNOWN = ({"project_id": "p", "project_name": "在库", "stage": "signed"},)


def said(name: str, text: str, project: str | None = None) -> dict[str, Any]:
    return {"published_name": name, "published_said": text, "published_project": project}


# what it is, the rows, then: things said, names, registered
FIGURES = (
    ("nothing published says nothing", (), [None] * 3),
    ("two things said of one are one name", (said("甲", "签约"), said("甲", "开工")), [2, 1, 0]),
    ("registered where the registry has it", (said("甲", "签约", "在库"), said("乙", "投产", "不在库"), said("丙", "投产")), [3, 3, 1]),
    ("a registered project is counted once", (said("甲", "签约", "在库"), said("甲", "开工", "在库")), [2, 1, 1]),
)  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), [each[1:] for each in FIGURES], ids=[each[0] for each in FIGURES])
def test_figures(rows: tuple[dict[str, Any], ...], expected: list[int | None]) -> None:
    """Missing is not zero."""
    frame = rows_of(PUBLISHED, *rows, projects=KNOWN)
    assert [each.value for each in published_figures(frame, DECEMBER)] == expected


def test_both_stand_where_they_differ() -> None:
    """The report says in production, the returns signed: neither gives way."""
    rows = rows_of(PUBLISHED, said("甲", "投产", "在库"), said("乙", "签约"))
    found = as_published(join_projects(PUBLISHED, rows, states_of(list(KNOWN)), []), DECEMBER)
    assert list(found["published_said"]) == ["投产", "签约"]
    assert [None if pd.isna(each) else each for each in found["project_stage"]] == ["signed", None]
