"""Facts of a meeting made by hand, and figures against targets."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from domain.bodies import BODIES
from domain.built_in_rules import ZONE_RULES
from domain.delay import delayed_projects
from domain.indicators import INDICATORS
from domain.issues import IssueLife
from domain.periods import Period
from domain.progress import Progress, measure_progress
from reports.meeting.facts import MeetingFacts
from tests.domain.frames import states

AUGUST = Period(2024, 8)
BOTH = ["binhai", "xiangshui"]
NO_NODES = pd.DataFrame(
    {name: pd.Series(dtype=object) for name in ("project_id", "project_name", "body", "node", "state", "due_month")}
)


def facts(
    frame: pd.DataFrame,
    before: pd.DataFrame | None = None,
    *,
    reported: list[str] | None = None,
    nodes: pd.DataFrame = NO_NODES,
    lives: list[IssueLife] | None = None,
    targets: dict[tuple[str, str], float] | None = None,
    day: date = AUGUST.last_day,
) -> MeetingFacts:
    """The facts of August 2024, of these states."""
    sent = BOTH if reported is None else reported
    return MeetingFacts(
        period=AUGUST,
        day=day,
        rules=ZONE_RULES,
        reported=sent,
        states=frame,
        before=states() if before is None else before,
        delays=delayed_projects(frame, AUGUST),
        progress=measure_progress(frame, targets or {}, AUGUST, sent),
        last_year={},
        courses={code: [] for code in INDICATORS},
        nodes=nodes,
        lives=lives or [],
    )


def figures(**gaps: float | str | None) -> dict[tuple[str, str], Progress]:
    """(code, body) -> figure of August: by body the gaps of signed, started, completed, investment in points.

    None is a figure without a target; ``missing`` instead of the four gaps a body that has not reported.
    """
    found: dict[tuple[str, str], Any] = {}
    codes = ("signed_count", "started_count", "completed_count", "investment_ytd_wan")
    for body in BODIES:
        given = gaps.get(body, (None,) * 4)
        for place, code in enumerate(codes):
            gap = 0.0 if given == "missing" else given[place]  # type: ignore[index]
            done, target = (5.0, None) if gap is None else (8 / 12 * 100 + gap, 100.0)
            found[code, body] = Progress(INDICATORS[code], body, done, target, 8 / 12, given != "missing")
    return found
