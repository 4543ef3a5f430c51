"""The infrastructure works in the order in which a meeting looks at them, and how far each came in a month."""

from __future__ import annotations

import pandas as pd

from domain.reasons import has_issue
from domain.submissions import INFRASTRUCTURE


def works_blocked_first(states: pd.DataFrame) -> pd.DataFrame:
    """The works with has_issue, those with an issue first, then by total investment."""
    works = states[states["kind"] == INFRASTRUCTURE]
    order = works.assign(has_issue=has_issue(works["issue_text"]))
    return order.sort_values(["has_issue", "total_investment_wan"], ascending=[False, False])


def steps_since(works: pd.DataFrame, before: pd.DataFrame) -> pd.Series:
    """How much the share of work done grew since the states before, 0 to 1, on the index of ``works``.

    NaN where either month tells no share.
    """
    earlier = works["project_id"].map(before.set_index("project_id")["progress_rate"]) if len(before) else None
    return works["progress_rate"].astype(float) - (float("nan") if earlier is None else earlier.astype(float))
