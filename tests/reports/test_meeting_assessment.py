"""What the papers say of the assessment: totals of the month where a scheme is in force, and every point in the annexes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from meeting_facts import AUGUST, facts
from sample_year import copy_database

from domain.assessment import for_publication, score, totals
from domain.assessment_publications import published_totals
from domain.built_in_schemes import SAMPLE_SCHEME
from domain.number_texts import number
from domain.scope import OFFICE, Record
from reports.meeting.annexes import annex_frames
from reports.meeting.assessment import MonthPoints, assessment_sentence, read_points
from reports.meeting.facts import MeetingFacts, read_facts
from reports.meeting.office_sentences import office_sentences
from reports.meeting.words import LANGUAGES
from storage.assessments import choose_scheme, publish_assessment
from storage.engine import Database, open_database
from tests.domain.frames import states

NOW = datetime(2024, 9, 5, 9)
DECIDED = {"reason": "会议决定", "set_at": NOW}
FRAME = states(
    body=["binhai", "binhai", "xiangshui"], kind=["projects", "infrastructure", "projects"],
    responsible_body=[None, "盐城港集团", None], annual_plan_wan=[None, 12_000.0, None],
    investment_ytd_wan=[60_000.0, 6_000.0, None], start_date=["2024-03-01", None, None],
)  # fmt: skip
TARGETS = {("investment", "binhai"): 90_000.0, ("started", "binhai"): 3.0}


def month_points(**changes: object) -> MonthPoints:
    points = score(SAMPLE_SCHEME, {AUGUST: FRAME}, TARGETS)
    return replace(MonthPoints(SAMPLE_SCHEME, points, totals(SAMPLE_SCHEME, points)), **changes)


def annex(points: MonthPoints | None, language: str = "zh") -> dict[tuple[str, str, str], list[object]]:
    """(assessed, line, against) -> the rest of its row; empty without the sheet."""
    frame = annex_frames(replace(facts(FRAME), points=points), language).get("assessment")
    rows = [] if frame is None else frame.to_numpy().tolist()
    return {tuple(row[:3]): row[3:] for row in rows}


def test_without_a_scheme_nothing_is_said() -> None:
    """No sentence, no sheet."""
    assert (assessment_sentence(None, "zh"), annex(None)) == ("", {})


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (month_points(), "督查考核按示例方案第 1 版（示例，不是正式考核办法）计分"),
        (month_points(scheme=replace(SAMPLE_SCHEME, is_sample=False)), "督查考核按示例方案第 1 版计分"),
        (month_points(scheme=replace(SAMPLE_SCHEME, is_sample=False), is_published=True), "督查考核按示例方案第 1 版（已公布）计分"),
    ],
)
def test_the_sentence(made: MonthPoints, said: str) -> None:
    """By which scheme, and the totals of those who have one: 盐城港集团 did 6,000 of 8,000 due, the other firms have no plan."""
    text = assessment_sentence(made, "zh")
    binhai = made.totals[(made.totals["assessed"] == "binhai") & (made.totals["span"] == "month")]["total"].item()
    assert text == f"{said}，对照序时：滨海片区 {number(binhai, 1)} 分；盐城港集团 75.0 分。"
    assert office_sentences(replace(facts(FRAME), points=made), "zh") == text
    assert "Binhai" in assessment_sentence(made, "en")


def test_nobody_with_a_total() -> None:
    """Nothing is said of nothing."""
    assert assessment_sentence(month_points(totals=month_points().totals.assign(total=None)), "zh") == ""


def test_the_annex_has_every_point() -> None:
    """Figure and target in the unit named, why a line has no points, totals last; the target to date is two thirds in August."""
    found = annex(month_points())
    points, full, unit, figure, target, remark = found["滨海片区", "产业投资", "序时目标"]
    assert (points, full, unit, figure, target, remark) == (25.0, 25.0, "亿元", 6.0, pytest.approx(6.0), "")
    assert found["滨海片区", "产业投资", "全年目标"][4] == 9.0
    assert found["滨海片区", "开工项目体量", "序时目标"][2] == "分"
    assert found["滨海片区", "新开工", "全年目标"][2:5] == ["个", 1.0, 3.0]
    assert found["响水片区", "新开工", "序时目标"][-1] == "未设目标"
    assert found["海兴控股集团", "合计", "全年目标"][0] is None
    assert found["盐城港集团", "合计", "序时目标"] == [75.0, 120.0, "", None, None, "示例方案第 1 版（示例，不是正式考核办法）"]
    assert annex(month_points(), "en")["Binhai", "Industrial investment", "Target of the year"][2:5] == ["bn yuan", 0.6, 0.9]


@pytest.fixture
def db(until_august: Path, tmp_path: Path) -> Iterator[Database]:
    opened = open_database(copy_database(until_august, tmp_path / "points"))
    yield opened
    opened.close()


def read(db: Database) -> MeetingFacts:
    return read_facts(db, OFFICE, Record(AUGUST), date(2024, 8, 31))


def test_a_scheme_in_force_and_then_published(db: Database) -> None:
    """None before it holds; the points of the month as on the page; once published, as they were published."""
    choose_scheme(db, SAMPLE_SCHEME.key, AUGUST.next(), **DECIDED)
    assert read(db).points is None
    choose_scheme(db, SAMPLE_SCHEME.key, AUGUST, **DECIDED)
    live = read(db)
    assert live.points is not None and not live.points.is_published
    assert live.points.points["period"].unique().tolist() == [str(AUGUST)]
    kept = for_publication(live.points.points.assign(points=1.0), AUGUST)
    made = publish_assessment(
        db, AUGUST, SAMPLE_SCHEME, kept, acceptances=db.version(), on_date=date(2024, 9, 5), reason="例会", published_at=NOW
    )
    found = read_points(db, OFFICE, Record(AUGUST), live.states, {})
    assert found is not None and found.is_published
    assert found.points["points"].unique().tolist() == [1.0]
    assert found.totals["total"].tolist() == published_totals(made)["total"].tolist()
    for language in LANGUAGES:
        assert len(annex_frames(replace(live, points=found), language)["assessment"]) == len(kept) + len(found.totals)
