"""Reported and verified: which evidence counts, what it verifies, and what contradicts a return."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import evidence_oracle
import pandas as pd
import pytest
from examples import tried
from frames import states, states_of
from hypothesis import given
from hypothesis import strategies as st
from test_oracle import DAY, PERIOD, PROJECTS

from domain.evidence import (
    KINDS,
    LONGEST_NOTE,
    LONGEST_VALUE,
    Evidence,
    evidence_id_of,
    evidence_key,
    fault_of_evidence,
    recognised_dates,
    shared_numbers,
    verifications,
    verified_count,
    year_verifications,
)
from domain.indicators import INDICATORS
from domain.periods import Period

AUGUST = Period(2024, 8)
TODAY = date(2024, 9, 10)
PERMIT = Evidence("p1", "binhai", "start", "permit_number", date(2024, 5, 6), date(2024, 5, 10), "320922202405060101")
VISIT = replace(PERMIT, kind="site_visit", on_date=date(2024, 5, 20), value="桩基施工，桩机2台")
PICTURE = replace(VISIT, kind="photo", value="", file_sha256="a" * 64, file_name="现场.jpg")
PAPER_COLUMNS = ("project_id", "milestone", "verified_date", "is_withdrawn")

# What was reported and recognised, and what it counts as at the end of August 2024.
CASES = [
    # name, reported start, recognised dates in the order recorded (with x: withdrawn), code
    ("reported, nothing shown", "2024-05-10", [], "unverified"),
    ("the day reported", "2024-05-10", ["2024-05-10"], "verified"),
    ("another day of the year", "2024-05-10", ["2024-07-02"], "verified"),
    ("an earlier month of the year", "2024-05-10", ["2024-01-01"], "verified"),
    ("last year's, booked as this year's", "2024-01-05", ["2023-12-20"], "contradicted"),
    ("this year's, booked as last year's", "2023-12-20", ["2024-01-05"], "contradicted"),
    ("of an earlier year, rightly", "2022-03-01", ["2022-04-01"], "verified"),
    ("recognised for the cut-off date", "2024-08-20", ["2024-08-31"], "verified"),
    ("recognised for the day after", "2024-08-20", ["2024-09-01"], "contradicted"),
    ("reported for the day after", "2024-09-01", ["2024-09-01"], None),
    ("not reported", None, [], None),
    ("recognised and not reported", None, ["2024-05-10"], None),
    ("withdrawn", "2024-05-10", ["x2024-05-10"], "unverified"),
    ("of two, one withdrawn", "2024-05-10", ["2024-05-10", "x2023-05-10"], "verified"),
    ("the one recorded last counts", "2024-05-10", ["2024-05-10", "2023-11-30"], "contradicted"),
    ("put right by a later one", "2024-05-10", ["2023-11-30", "2024-05-10"], "verified"),
]
FAULTS = [
    ("a permit's number", PERMIT, None),
    ("a permit given before the start", replace(PERMIT, on_date=date(2023, 5, 6)), None),
    ("a statistics code", replace(PERMIT, kind="statistics_code"), None),
    ("a visit", VISIT, None),
    ("a visit on the day recognised", replace(VISIT, on_date=VISIT.verified_date), None),
    ("a photo of a later day", PICTURE, None),
    ("a completion", replace(PERMIT, milestone="completion"), None),
    ("today", replace(VISIT, on_date=TODAY, verified_date=TODAY), None),
    ("another milestone", replace(PERMIT, milestone="signing"), "unknown_code"),
    ("another kind", replace(PERMIT, kind="rumour"), "unknown_code"),
    ("no number", replace(PERMIT, value="  "), "no_value"),
    ("a visit that saw nothing", replace(VISIT, value=""), "no_value"),
    ("a photo without its file", replace(PICTURE, file_sha256=""), "no_file"),
    ("a longest number", replace(PERMIT, value="1" * LONGEST_VALUE), None),
    ("too long a number", replace(PERMIT, value="1" * (LONGEST_VALUE + 1)), "too_long"),
    ("too long a note", replace(PERMIT, note="记" * (LONGEST_NOTE + 1)), "too_long"),
    ("seen tomorrow", replace(VISIT, on_date=date(2024, 9, 11)), "in_future"),
    ("recognised for tomorrow", replace(PERMIT, verified_date=date(2024, 9, 11)), "in_future"),
    ("a visit before the start it shows", replace(VISIT, on_date=date(2024, 5, 9)), "seen_before"),
    ("a photo before the start it shows", replace(PICTURE, on_date=date(2024, 5, 9)), "seen_before"),
]
SAME = [
    ("the number again", replace(PERMIT, note="复印件", on_date=date(2024, 6, 1)), PERMIT, True),
    ("the number with spaces and full-width digits", replace(PERMIT, value=" ３20922 202405060101"), PERMIT, True),
    ("another number", replace(PERMIT, value="320922202405060102"), PERMIT, False),
    ("the number for the completion", replace(PERMIT, milestone="completion"), PERMIT, False),
    ("the number of another project", replace(PERMIT, project_id="p2"), PERMIT, False),
    ("the same visit", replace(VISIT, note="第二次登记"), VISIT, True),
    ("a visit on another day", replace(VISIT, on_date=date(2024, 6, 20)), VISIT, False),
    ("the same bytes under another name", replace(PICTURE, file_name="a.jpg", value="塔吊"), PICTURE, True),
    ("another picture", replace(PICTURE, file_sha256="b" * 64), PICTURE, False),
]


def papers(*rows: dict[str, Any]) -> pd.DataFrame:
    """Evidence as storage gives it, with the columns that the rules look at."""
    frame = pd.DataFrame([{name: row[name] for name in PAPER_COLUMNS} for row in rows], columns=list(PAPER_COLUMNS))
    return frame.assign(verified_date=pd.to_datetime(frame["verified_date"]))


def paper(project_id: str, day: str, milestone: str = "start") -> dict[str, Any]:
    recognised = date.fromisoformat(day.removeprefix("x"))
    return dict(zip(PAPER_COLUMNS, (project_id, milestone, recognised, day.startswith("x")), strict=True))


@pytest.mark.parametrize(("name", "reported", "days", "expected"), CASES, ids=[case[0] for case in CASES])
@pytest.mark.parametrize("milestone", ["start", "completion"])
def test_what_evidence_makes_of_a_date(
    milestone: str, name: str, reported: str | None, days: list[str], expected: str | None
) -> None:
    """The same rule for a start and for a completion, and the clerk says the same."""
    frame = states(**{f"{milestone}_date": [reported]})
    found = [paper("p1", day, milestone) for day in days]
    assert list(verifications(frame, papers(*found), milestone, AUGUST)) == [expected]
    row = {"project_id": "p1", f"{milestone}_date": reported and date.fromisoformat(reported)}
    assert evidence_oracle.verification(row, milestone, found, 2024, 8) == expected


@pytest.mark.parametrize(("name", "evidence", "fault"), FAULTS, ids=[case[0] for case in FAULTS])
def test_what_can_be_evidence(name: str, evidence: Evidence, fault: str | None) -> None:
    """A number, a code, a visit or a photo with its day; nothing of the future, nothing seen before what it shows."""
    assert fault_of_evidence(evidence, TODAY) == fault


@pytest.mark.parametrize(("name", "one", "other", "expected"), SAME, ids=[case[0] for case in SAME])
def test_the_same_evidence(name: str, one: Evidence, other: Evidence, expected: bool) -> None:
    """Numbers by their characters, visits by their day, pictures by their bytes."""
    assert (evidence_key(one) == evidence_key(other)) is expected
    assert (evidence_id_of(one, 0) == evidence_id_of(other, 0)) is expected
    assert evidence_id_of(one, 0) != evidence_id_of(one, 1)


def test_every_kind_has_its_case() -> None:
    """No kind is left out of the tables."""
    assert {evidence.kind for _, evidence, fault in FAULTS if fault is None} == set(KINDS)


def test_evidence_of_one_is_none_of_another() -> None:
    """A start's is no completion's, a project's no other's; without any there is no date."""
    frame = states(start_date=["2024-03-01"] * 2, completion_date=["2024-08-01"] * 2)
    found = papers(paper("p1", "2024-03-01"), paper("p2", "2024-08-01", "completion"))
    assert list(verifications(frame, found, "start", AUGUST)) == ["verified", "unverified"]
    assert list(verifications(frame, found, "completion", AUGUST)) == ["unverified", "verified"]
    assert recognised_dates(papers(), "start").empty


def test_of_the_year_the_worst_is_told() -> None:
    """A start of an earlier year is nobody's task now; of this year's milestones the one that asks most for action."""
    frame = states(
        start_date=["2022-03-01", "2024-03-01", "2024-03-01", "2024-03-01", None],
        completion_date=[None, None, "2024-08-01", "2024-08-01", "2024-08-01"],
    )
    found = papers(
        paper("p2", "2024-03-01"),
        paper("p3", "2024-03-01"),
        paper("p4", "2023-03-01"),
        paper("p4", "2024-08-01", "completion"),
    )
    table = year_verifications(frame, found, AUGUST)
    assert list(table["verification"]) == [None, "verified", "unverified", "contradicted", "unverified"]
    assert list(table["start"]) == [None, "verified", "verified", "contradicted", None]
    assert list(table["completion"]) == [None, None, "unverified", "verified", "unverified"]
    alone = year_verifications(frame, found, AUGUST, ("completion",))
    assert list(alone["verification"]) == [None, None, "unverified", "verified", "unverified"]


NUMBERS = [
    # name, project, milestone, kind, value, withdrawn; the other projects with the same standing number of the milestone
    ("甲的许可证", "p1", "start", "permit_number", "3209-01", False, ["p2", "p3"]),
    ("乙用同一许可证", "p2", "start", "permit_number", "3209－01", False, ["p1", "p3"]),
    ("丙也用", "p3", "start", "permit_number", " 3209-01", False, ["p1", "p2"]),
    ("丁已撤回", "p4", "start", "permit_number", "3209-01", True, []),
    ("甲的备案号", "p1", "completion", "permit_number", "3209-01", False, []),
    ("甲的编码", "p1", "start", "statistics_code", "3209-01", False, []),
    ("乙的核实", "p2", "start", "site_visit", "已开工", False, []),
    ("丙的核实", "p3", "start", "site_visit", "已开工", False, []),
]


def test_a_number_that_stands_for_several_projects_is_told() -> None:
    """One permit for two starts: by its characters, of the same kind and milestone, as long as it stands."""
    columns = ("evidence_id", "project_id", "milestone", "kind", "value", "is_withdrawn")
    found = shared_numbers(pd.DataFrame([row[:6] for row in NUMBERS], columns=list(columns)))
    assert found == {row[0]: row[6] for row in NUMBERS if row[6]}
    assert shared_numbers(pd.DataFrame(columns=list(columns))) == {}


def test_a_figure_that_counts_no_milestone_has_nothing_to_verify() -> None:
    """Signed, invested, overdue: none; started and completed, of the year and of the month: both numbers."""
    frame = states(start_date=["2024-08-01"], completion_date=["2024-08-30"])
    found = papers(paper("p1", "2024-08-01"), paper("p1", "2024-08-30", "completion"))
    counted = {code: verified_count(each, frame, found, AUGUST) for code, each in INDICATORS.items()}
    assert {code: value for code, value in counted.items() if value is not None} == dict.fromkeys(
        ("started_count", "completed_count", "started_month_count", "completed_month_count"), 1
    )


PAPERS = st.lists(
    st.fixed_dictionaries({
        "project_id": st.sampled_from([f"p{number}" for number in range(6)]),
        "milestone": st.sampled_from(["start", "completion"]),
        "verified_date": DAY.filter(lambda day: day is not None),
        "is_withdrawn": st.booleans(),
    }),
    max_size=12,
)  # fmt: skip


@given(PROJECTS, PAPERS, PERIOD, st.sampled_from(["binhai", "xiangshui", "zone"]))
@tried(40)
def test_both_numbers_are_those_of_the_clerk(
    rows: list[dict[str, Any]], found: list[dict[str, Any]], period: Period, body: str
) -> None:
    """Every code, every count and the worst of the year; and no more is verified than was reported."""
    frame, evidence = states_of(rows), papers(*found)
    for milestone in ("start", "completion"):
        codes = verifications(frame, evidence, milestone, period)
        expected = [evidence_oracle.verification(row, milestone, found, period.year, period.month) for row in rows]
        assert list(codes) == expected
    worst = [evidence_oracle.worst_of_year(row, found, period.year, period.month) for row in rows]
    assert list(year_verifications(frame, evidence, period)["verification"]) == worst
    for code, indicator in INDICATORS.items():
        if indicator.milestone:
            count = verified_count(indicator, frame, evidence, period, body)
            assert count == evidence_oracle.verified_count(code, rows, found, period.year, period.month, body)
            assert count <= indicator.value(frame, period, body)
