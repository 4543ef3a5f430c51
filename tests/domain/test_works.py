"""The order of the works and their step of a month."""

from __future__ import annotations

import pytest
from frames import names, states

from domain.works import steps_since, works_blocked_first


def test_blocked_works_come_first() -> None:
    """Then the larger; industrial projects are none, and 无 is no issue."""
    frame = states(
        project_name=["甲", "乙", "丙", "丁", "戊"],
        kind=["infrastructure", "infrastructure", "infrastructure", "projects", "infrastructure"],
        issue_text=["无", "用地未批", None, "资金", "资金未到位"],
        total_investment_wan=[900.0, 100.0, 950.0, 999.0, 500.0],
    )
    found = works_blocked_first(frame)
    assert names(found) == ["戊", "乙", "丙", "甲"]
    assert list(found["has_issue"]) == [True, True, False, False]


@pytest.mark.parametrize(("before", "now", "step"), [(0.4, 0.5, 0.1), (0.5, 0.5, 0.0), (0.5, 0.4, -0.1), (None, 0.4, None), (0.4, None, None)])
def test_step_of_a_month(before: float | None, now: float | None, step: float | None) -> None:
    """The share's growth; not known where one of the months has none."""
    found = steps_since(states(progress_rate=[now]), states(progress_rate=[before]))
    assert list(found.round(9)) == [step] if step is not None else found.isna().all()


def test_a_work_without_a_month_before_has_no_step() -> None:
    """New works, and the first month of all."""
    works = states(project_id=["p1", "p9"], progress_rate=[0.5, 0.6])
    assert list(steps_since(works, states(project_id=["p1"], progress_rate=[0.2])).round(9).isna()) == [False, True]
    assert steps_since(works, states()).isna().all()
