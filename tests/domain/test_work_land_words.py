"""What words of a return say of the land: a table of what works' returns say, as one reads it."""

from __future__ import annotations

import pytest

from domain.work_land_words import said_of_land
from domain.work_steps import DONE, GOING, OPEN

WORDS = (
    ("137亩土地指标已报批,待安置政策", GOING),
    ("选址与方案设计初稿完成,土地组卷中", GOING),
    ("用地正在办理", GOING),
    ("47亩建设用地指标尚未落实", OPEN),
    ("待取得用地批复", OPEN),
    ("用地指标缺口30亩", OPEN),
    ("用地指标已落实", DONE),
    ("土地已摘牌", DONE),
    ("建设用地全部落实，施工图完成", DONE),
    ("施工图设计完成,正在推进征地稳评", None),  # of the stability review
    ("滨海段基本建成,响水段待土地解押", None),  # of a part
    ("土地解押未完成", None),  # of a mortgage
    ("已进场施工", None),
    ("二标段用地已落实", None),
    ("用地指标已落实,用地尚未取得", None),  # clauses that disagree
    ("", None),
)


@pytest.mark.parametrize(("text", "expected"), WORDS, ids=[each[0] or "nothing" for each in WORDS])
def test_words_of_land(text: str, expected: str | None) -> None:
    """Wanted only, applied for, granted, or nothing."""
    assert said_of_land(text) == expected
