"""What words of a return say of a work's land: wanted only, applied for, or granted (facts.md, row 11)."""

from __future__ import annotations

import re

from domain.work_steps import DONE, GOING, OPEN

CLAUSES = re.compile(r"[,，;；。、\s]+")
OF_LAND = re.compile(r"用地|土地|供地|建设用地指标")
# A part's land, or what hangs on the land, is not how far the work's land is.
OF_A_PART = re.compile(r"段|标段|部分|解押|拆迁|征收")
# Read in this order: what is not granted is not granted, whatever word follows.
LAND_WORDS = (
    (OPEN, re.compile(r"(?:未|待|没有|尚需)[^,，;；。]*(?:落实|取得|获批|批复|办理)|缺口")),
    (GOING, re.compile(r"报批|组卷|申请|申报|办理中|正在|推进")),
    (DONE, re.compile(r"(?:已|全部)[^,，;；。]*(?:落实|取得|获批|批复|到位|供应)|(?:落实|到位|获批)$|摘牌")),
)


def said_of_land(text: str) -> str | None:
    """The state of the step of land that a text says (``domain.work_steps``); None for none and where clauses disagree."""
    found = {state for clause in CLAUSES.split(text) if (state := _of_clause(clause))}
    return found.pop() if len(found) == 1 else None


def _of_clause(clause: str) -> str | None:
    if not OF_LAND.search(clause) or OF_A_PART.search(clause):
        return None
    return next((state for state, words in LAND_WORDS if words.search(clause)), None)
