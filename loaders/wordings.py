"""Under which wordings a column may stand in the vocabulary: its headings joined in the ways that forms split them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from loaders.vocabulary import fields_of, read_heading

# What a heading over several columns is about -> what its columns leave out: 投资完成情况 over 本月 means 本月完成投资.
SUBJECTS = (
    (re.compile(r"完成.*投资|投资.*完成"), "完成投资"),
    (re.compile(r"投资"), "投资"),
    (re.compile(r"形象进度|进展|工程进度"), "形象进度"),
    (re.compile(r"时间|日期|工期|节点"), "时间"),
)
IDLE_END = re.compile(r"(?:时间|日期|情况|节点)$")


def wordings(path: tuple[str, ...]) -> Iterator[str]:
    """The wordings of a column, the most telling first: its two lowest headings as one, in either order (计划 over
    开工时间, 完成投资 over 8月), a heading with what those above it are about, then the lowest alone."""
    leaf = path[-1]
    for above in reversed(path[:-1]):
        yield above + leaf
        yield leaf + above
        bare_above, bare_leaf = (IDLE_END.sub("", read_heading(text).key) for text in (above, leaf))
        if bare_above and bare_leaf:
            yield bare_above + leaf
            yield bare_leaf + read_heading(above).key
        for pattern, subject in SUBJECTS:
            if pattern.search(above):
                yield read_heading(leaf).key + subject
                break
    yield leaf


@lru_cache(maxsize=5_000)
def meanings_of(path: tuple[str, ...]) -> tuple[str, ...]:
    """The fields that a column's headings may mean in any form; empty when no wording of theirs is known."""
    return next((names for names in map(fields_of, wordings(path)) if names), ())
