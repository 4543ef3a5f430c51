"""The page of promotion and parks: figures of the four ledgers, each only where it has rows, and what is open in the annexes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from meeting_facts import facts

from domain.ledgers import LEDGERS
from domain.ledgers.chains import CHAINS
from domain.ledgers.events import EVENTS
from domain.ledgers.made_up import with_made_up
from domain.ledgers.tenants import TENANTS
from domain.ledgers.visits import VISITS
from domain.meeting import PROMOTION, Figure, LineTable, SegmentBar
from reports.meeting.annexes import annex_frames
from reports.meeting.facts import MeetingFacts
from reports.meeting.gathering import meeting_of
from reports.meeting.promotion import ROWS, has_promotion, open_matters
from reports.meeting.words import LANGUAGES
from tests.domain.frames import states
from tests.domain.ledger_frames import rows_of

PROJECT = {"project_id": "p1", "project_name": "甲项目", "start_date": pd.Timestamp("2024-03-01"), "stage": "building"}
MONTH = {"period": "2024-08"}


def event(name: str, day: str, signed: float | None = None, project: str | None = None) -> dict[str, Any]:
    return MONTH | {"event_name": name, "event_date": day, "event_city": "盐城", "event_signed_count": signed, "event_project": project}


def visit(firm: str, day: str, state: str | None, project: str | None = None, period: str = "2024-08") -> dict[str, Any]:
    return {"period": period, "visit_firm": firm, "visit_date": day, "visit_found": f"{firm}的问题", "visit_state": state,
            "visit_project": project}  # fmt: skip


def tenant(name: str, state: str | None, period: str = "2024-08") -> dict[str, Any]:
    return {"period": period, "tenant_name": name, "tenant_state": state}


def link(chain: str, name: str, firm: str | None = None) -> dict[str, Any]:
    return MONTH | {"chain_name": chain, "chain_link": name, "chain_firm": firm}


EVENT_ROWS = rows_of(
    EVENTS, event("去年会", "2023-12-01", 9.0), event("一月会", "2024-01-10", 3.0, "甲项目"), event("八月会", "2024-08-10", None, "乙项目"),
    event("九月会", "2024-09-10", 7.0), projects=(PROJECT,),
)  # fmt: skip
VISIT_ROWS = rows_of(
    VISITS, visit("天能", "2024-06-01", "going", "甲项目"), visit("金光", "2024-08-02", "going"), visit("林源", "2024-08-03", "solved"),
    visit("后来", "2024-09-03", "going"), projects=(PROJECT,),
)  # fmt: skip
TENANT_ROWS = rows_of(TENANTS, tenant("子", "in_production"), tenant("丑", "registered"), tenant("寅", None), tenant("子", "registered", "2024-05"))
CHAIN_ROWS = rows_of(CHAINS, link("优特钢", "模具"), link("优特钢", "炼钢", "某企业"), link("造纸", "制浆"))
ALL = {"events": EVENT_ROWS, "visits": VISIT_ROWS, "tenants": TENANT_ROWS, "chains": CHAIN_ROWS}


def with_ledgers(**ledgers: pd.DataFrame) -> MeetingFacts:
    frame = states(project_id=["p1"], project_name=["甲项目"], body=["binhai"])
    return replace(facts(frame), ledgers={code: with_made_up(LEDGERS[code], rows, ()) for code, rows in ledgers.items()})


def drawn(made: MeetingFacts, language: str = "zh") -> list[Any]:
    """Figures, bars and tables of the page, in their order."""
    page = meeting_of(made, language=language).page(PROMOTION)
    assert page is not None
    return [part for block in page.blocks for part in (block if isinstance(block, tuple) else [block])]


def said(made: MeetingFacts) -> list[tuple[str, str, str]]:
    return [(each.label, each.text, each.unit) for each in drawn(made) if isinstance(each, Figure)]


EVENT_FIGURES = [("2 场活动签约", "3", "个"), ("签约后6个月内开工", "1", "/ 1 个")]
VISIT_FIGURES = [("本月走访", "2", "次"), ("走访所提未解决", "2", "件")]
CHAIN_FIGURES = [("产业链缺口", "2", "/ 3 个环节")]


@pytest.mark.parametrize(
    ("ledgers", "expected"),
    [
        (ALL, EVENT_FIGURES + VISIT_FIGURES + CHAIN_FIGURES),
        ({"events": EVENT_ROWS}, EVENT_FIGURES),
        ({"visits": VISIT_ROWS}, VISIT_FIGURES),
        ({"chains": CHAIN_ROWS}, CHAIN_FIGURES),
        ({"tenants": TENANT_ROWS}, []),
    ],
)
def test_figures(ledgers: dict[str, pd.DataFrame], expected: list[tuple[str, str, str]]) -> None:
    """Of the year's events up to the month, of the visits up to it; a ledger without rows has no figure."""
    assert said(with_ledgers(**ledgers)) == expected


def test_what_is_not_known_is_no_zero() -> None:
    """Events of which none says what it signed and none is six months old; no visit this month and no list of this month."""
    events = rows_of(EVENTS, event("七月会", "2024-07-01"))
    visits = rows_of(VISITS, visit("天能", "2024-06-01", "solved", period="2024-07"))
    assert said(with_ledgers(events=events, visits=visits)) == [
        ("1 场活动签约", "—", "个"), ("签约后6个月内开工", "—", "未满期"), ("本月走访", "—", "次"), ("走访所提未解决", "0", "件"),
    ]  # fmt: skip
    whole = rows_of(VISITS, visit("天能", "2024-06-01", "solved"))
    assert said(with_ledgers(visits=whole))[0] == ("本月走访", "0", "次")


def test_figures_open_to_their_projects() -> None:
    """Signed, started and visited; the open ones in their colour."""
    signed, started, _, found, _ = [each for each in drawn(with_ledgers(**ALL)) if isinstance(each, Figure)]
    assert (signed.project_ids, started.project_ids, found.project_ids, found.grade) == (("p1",), ("p1",), ("p1",), "attention")
    solved = [each for each in drawn(with_ledgers(visits=rows_of(VISITS, visit("甲", "2024-08-01", "solved")))) if isinstance(each, Figure)]
    assert solved[1].grade is None


def test_tenants_by_state() -> None:
    """Those of the month's list alone, the furthest on first, one whose state is not told apart."""
    (bar,) = [each for each in drawn(with_ledgers(**ALL)) if isinstance(each, SegmentBar)]
    assert (bar.label, [(each.label, each.value) for each in bar.segments]) == (
        "园区入驻企业 3 家", [("已投产", 1), ("注册备案", 1), ("未报", 1)],
    )  # fmt: skip
    before = rows_of(TENANTS, tenant("子", "registered", "2024-05"))
    assert not has_promotion(with_ledgers(tenants=before))


def test_what_is_open() -> None:
    """A visit and a gap in turn; a visit opens its project; all of it stands in the annexes."""
    made = with_ledgers(**ALL)
    (table,) = [each for each in drawn(made) if isinstance(each, LineTable)]
    assert [[entry.text for entry in line.entries] for line in table.lines] == [
        ["走访", "金光", "金光的问题", "08-02"], ["缺口", "优特钢", "模具", ""], ["走访", "天能", "天能的问题", "06-01"], ["缺口", "造纸", "制浆", ""],
    ]  # fmt: skip
    assert ([line.project_id for line in table.lines], table.rest) == (["", "", "p1", ""], 0)
    annex = annex_frames(made)["promotion"]
    assert annex["项目"].tolist() == ["", "甲项目", "", ""]
    assert len(annex) == len(open_matters(made)) == 4
    many = rows_of(CHAINS, *(link("造纸", f"环节{number}") for number in range(9)))
    (long,) = [each for each in drawn(with_ledgers(chains=many)) if isinstance(each, LineTable)]
    assert (len(long.lines), long.rest) == (ROWS, 9 - ROWS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_open_is_said(language: str) -> None:
    """A table without lines has its own sentence, and the annexes no such sheet."""
    made = with_ledgers(visits=rows_of(VISITS, visit("林源", "2024-08-03", "solved")))
    (table,) = [each for each in drawn(made, language) if isinstance(each, LineTable)]
    assert (table.lines, bool(table.empty)) == ((), True)
    assert "promotion" not in annex_frames(made, language)


def test_without_rows_there_is_no_page() -> None:
    """Neither without the ledgers nor with events that are all to come."""
    for made in (with_ledgers(), with_ledgers(events=rows_of(EVENTS, event("九月会", "2024-09-10", 7.0)))):
        assert meeting_of(made).page(PROMOTION) is None
