"""Stages: what counts as a step back, and their names."""

from __future__ import annotations

import itertools

import pytest

from domain.stages import (
    COMPLETED_STAGES,
    CONSTRUCTION_STAGES,
    SIGNED_STAGES,
    STAGES,
    has_moved_back,
    stage_name,
)

CHAIN = [stage.code for stage in STAGES.values() if stage.rank >= 0]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("started", "signed"), ("started", "preparing"), ("completed", "building"), ("signed", "negotiating"),
        ("in_production", "trial"), ("equipping", "started"), ("at_capacity", "completed"),
    ],
)  # fmt: skip
def test_a_step_back(before: str, now: str) -> None:
    """An earlier phase, or two steps back within one, is a step back."""
    assert has_moved_back(before, now)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("building", "started"), ("in_production", "completed"), ("registered", "signed"), ("started", "started"),
        ("started", "completed"), ("building", "suspended"), ("suspended", "signed"), ("cancelled", "started"),
        (None, "started"), ("started", None), ("made up", "started"), ("completed", "cancelled"),
    ],
)  # fmt: skip
def test_no_step_back(before: str | None, now: str | None) -> None:
    """A choice of words, progress, a side state or nothing known is no step back."""
    assert not has_moved_back(before, now)


@pytest.mark.parametrize(("earlier", "later"), [*itertools.combinations(CHAIN, 2)])
def test_going_forward_is_never_a_step_back(earlier: str, later: str) -> None:
    """Whatever two stages: in the order of the chain nothing moved back."""
    assert not has_moved_back(earlier, later)


def test_names_of_stages() -> None:
    """Both languages; a dash where there is none."""
    assert (stage_name("building"), stage_name("building", "en")) == ("在建", "building")
    assert stage_name(None) == stage_name("made up") == "—"


def test_groups_are_parts_of_the_chain() -> None:
    """The groups of stages follow one another in the chain."""
    grouped = [*SIGNED_STAGES, *CONSTRUCTION_STAGES, *COMPLETED_STAGES]
    assert grouped == CHAIN[2:]
