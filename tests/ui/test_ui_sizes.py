"""How much memory an answer is taken to need: never less than its texts and frames do."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd
import pytest
from cachetools import LRUCache

from ui.reads import MOST_REMEMBERED
from ui.sizes import size_of

LONG = "滨" * 1000
FRAME = pd.DataFrame({"name": [LONG] * 100, "value": [1.5] * 100})


@dataclass
class Part:
    """An answer as views give it."""

    title: str
    frame: pd.DataFrame


@pytest.mark.parametrize(
    ("value", "least"),
    [
        (LONG, sys.getsizeof(LONG)),
        (b"x" * 5000, 5000),
        ([LONG, LONG], 2 * sys.getsizeof(LONG)),
        ((LONG,), sys.getsizeof(LONG)),
        ({LONG: 1}, sys.getsizeof(LONG)),
        ({1: [LONG]}, sys.getsizeof(LONG)),
        (MappingProxyType({1: LONG}), sys.getsizeof(LONG)),
        (frozenset({LONG}), sys.getsizeof(LONG)),
        (FRAME["value"], 100 * 8),
        (FRAME, 100 * 3000 + 100 * 8),
        (Part(LONG, FRAME), sys.getsizeof(LONG) + 100 * 3000),
    ],
)
def test_what_an_answer_holds_is_counted(value: Any, least: int) -> None:
    """Whatever it is wrapped in, and not far above."""
    assert least <= size_of(value) <= least * 1.1 + 500


def test_a_class_has_no_fields_of_its_own() -> None:
    """A dataclass itself, as an answer may hold it, is not one of its objects."""
    assert size_of(Part) == sys.getsizeof(Part)


def test_many_answers_push_out_the_oldest() -> None:
    """As the reads do: the sum of the sizes stays below the bound, and one that is larger alone is not kept."""
    kept: LRUCache[int, str] = LRUCache(3 * size_of(LONG), getsizeof=size_of)
    for number in range(5):
        kept[number] = LONG
    assert (sorted(kept), kept.currsize) == ([2, 3, 4], 3 * size_of(LONG))
    with pytest.raises(ValueError, match="too large"):
        kept[5] = LONG * 20
    assert MOST_REMEMBERED > 100_000_000
