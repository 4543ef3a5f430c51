"""Rules about one row of a return that hold wherever they are asked: at the upload and of the record as it stands.

Every rule takes single values (``Decimal``, ``Interval``) or whole columns of them alike, so that the importer's finding
and the standing question of 文数互证 can never come apart. Whole numbers only, since a Decimal adds up with no float.
"""

from __future__ import annotations

from typing import Any

# Completed with less than this share of the total invested is asked for, in per cent (5, no. 3: 竣工 with 55 %).
COMPLETED_PERCENT = 55


def is_above(amount: Any, limit: Any) -> Any:
    """An amount in 万元 lies above another: by more than half a 万元, since forms in 亿元 round to 1 万元."""
    return (amount - limit) * 2 > 1


def is_little_of(amount: Any, total: Any) -> Any:
    """An amount is less than what a completed project should have invested of its total."""
    return amount * 100 < total * COMPLETED_PERCENT


def is_order_broken(first_start: Any, last_end: Any) -> Any:
    """What must come second ended, at the latest, before the first day on which what must come first can have begun."""
    return last_end < first_start
