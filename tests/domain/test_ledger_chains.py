"""Industry lines: who holds a link of a chain and where the gaps are, worked by hand."""

from __future__ import annotations

from typing import Any

import pytest
from ledger_frames import rows_of

from domain.ledgers.chains import CHAINS, chain_figures, chain_links, chain_table, open_links
from domain.periods import Period

DECEMBER = Period(2024, 12)
REGISTRY = tuple(
    {"project_id": stage, "project_name": stage, "stage": stage}
    for stage in ("signed", "building", "completed", "in_production", "at_capacity", "suspended", "cancelled")
)
FIRM = {"chain_firm": "某厂"}


def named(project: str) -> dict[str, str]:
    return {"chain_project": project}


def link(name: str, own: str, **more: Any) -> dict[str, Any]:
    return {"chain_name": name, "chain_link": own, "chain_place": "upstream", "chain_line": "emerging"} | more


# what it is, what the rows of the link name, what it is then
STATES = (
    ("nobody", ({},), "gap"),
    ("a firm at work", (FIRM,), "held"),
    ("a project signed", (named("signed"),), "coming"),
    ("a project being built", (named("building"),), "coming"),
    ("its works are completed", (named("completed"),), "held"),
    ("it is in production", (named("in_production"),), "held"),
    ("it is at capacity", (named("at_capacity"),), "held"),
    ("it is suspended", (named("suspended"),), "gap"),
    ("it is given up", (named("cancelled"),), "gap"),
    ("the registry does not have it", (named("其他"),), "unknown"),
    ("a firm beside a project given up", (FIRM | named("cancelled"),), "held"),
    ("the best of its rows", (named("其他"), named("signed"), named("cancelled")), "coming"),
    ("a project unknown is more than one given up", (named("cancelled"), named("其他")), "unknown"),
)


@pytest.mark.parametrize(("rows", "expected"), [each[1:] for each in STATES], ids=[each[0] for each in STATES])
def test_what_a_link_is(rows: tuple[dict[str, str], ...], expected: str) -> None:
    """One link, its rows together."""
    found = chain_links(rows_of(CHAINS, *(link("链", "环", **each) for each in rows), projects=REGISTRY), DECEMBER)
    assert found["link_state"].tolist() == [expected]


def chains() -> Any:
    """甲: one link held twice, one coming; 乙: a gap, one unknown, a gap."""
    return rows_of(
        CHAINS, link("甲", "一", **FIRM), link("甲", "一", **named("completed")), link("甲", "二", **named("signed")),
        link("乙", "一"), link("乙", "二", **named("其他")), link("乙", "三", **named("cancelled")), projects=REGISTRY,
    )  # fmt: skip


def test_chains() -> None:
    """Links and not rows are counted; the chain with most gaps first; a link of the same name is each chain's own."""
    found = chain_table(chains(), DECEMBER)
    assert found[["chain_name", "held", "coming", "unknown", "gap", "links", "held_whole"]].to_numpy().tolist() == [
        ["乙", 0, 0, 1, 2, 3, 3], ["甲", 1, 1, 0, 0, 2, 2],
    ]  # fmt: skip
    assert found["chain_line"].tolist() == ["emerging"] * 2


def test_links_that_nobody_holds() -> None:
    """Gaps first, then unknown, then coming, each with the project that was to fill it."""
    found = open_links(chains(), DECEMBER)
    assert list(zip(found["chain_name"], found["chain_link"], found["link_state"], strict=True)) == [
        ("乙", "一", "gap"), ("乙", "三", "gap"), ("乙", "二", "unknown"), ("甲", "二", "coming"),
    ]  # fmt: skip
    assert found["project_id"].fillna("").tolist() == ["", "cancelled", "", "signed"]


def test_figures() -> None:
    """No ledger is no zero."""
    assert [each.value for each in chain_figures(chains(), DECEMBER)] == [2, 0, 5, 1, 1, 1, 2]
    assert [each.value for each in chain_figures(rows_of(CHAINS), DECEMBER)] == [None] * 7
    for empty in (chain_links, chain_table, open_links):
        assert empty(rows_of(CHAINS), DECEMBER).empty
