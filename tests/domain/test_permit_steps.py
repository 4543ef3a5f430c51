"""The approval steps."""

import pytest

from domain.permit_steps import PERMIT_STEP, PERMIT_STEPS, steps_of
from domain.reasons import LEVELS, find_reason
from domain.submissions import INFRASTRUCTURE, PROJECTS


def test_every_step_is_declared_once() -> None:
    """No code and no name stands twice."""
    assert len(PERMIT_STEP) == len({step.name for step in PERMIT_STEPS}) == len(PERMIT_STEPS)


@pytest.mark.parametrize("step", PERMIT_STEPS, ids=lambda step: step.code)
def test_a_late_step_can_become_an_issue(step) -> None:
    """Its level and reason are in the code lists."""
    assert step.level in LEVELS
    assert find_reason(step.reason) is not None


def test_industry_and_infrastructure_pass_different_chains() -> None:
    """Sea use, feasibility and preliminary design are of infrastructure, the safety review of industry."""
    industry, works = ({step.code for step in steps_of(kind)} for kind in (PROJECTS, INFRASTRUCTURE))
    assert works - industry == {"feasibility", "sea_study", "sea_use", "preliminary_design"}
    assert industry - works == {"safety", "scheme_review"}
