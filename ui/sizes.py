"""How much memory an answer takes, roughly, so that what is remembered can be bounded in bytes."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from collections.abc import Set as AnySet
from dataclasses import fields, is_dataclass
from typing import Any

import pandas as pd

REFERENCE = 8


def size_of(value: Any) -> int:
    """Bytes of a value and of what it holds: frames by their columns, texts, containers and dataclasses by their parts.

    What two answers share is counted in both, so that a sum over answers is rather too large than too small.
    """
    if isinstance(value, pd.DataFrame):
        return int(value.memory_usage().sum())
    if isinstance(value, pd.Series):
        return int(value.memory_usage())
    return sys.getsizeof(value) + sum(REFERENCE + size_of(part) for part in _parts(value))


def _parts(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return [*value, *value.values()]
    if isinstance(value, (list, tuple, AnySet)):
        return list(value)
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name) for field in fields(value)]
    return []
