"""Schemes of the assessment, which is in force, and publications that stay as they were."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from builders import NOON, accept, as_of, monthly, row

from domain.assessment import score, totals
from domain.assessment_publications import Publication, published_points, published_scheme, published_totals
from domain.built_in_schemes import BUILT_IN_SCHEMES, SAMPLE_SCHEME
from domain.periods import Period
from domain.scope import OFFICE
from domain.version_choices import choice_in_force
from storage.accepting import NotAcceptable
from storage.assessments import FAULTS, choose_scheme, define_scheme, publish_assessment
from storage.engine import Database
from storage.integrity import check_integrity, check_tables
from storage.journal import read_journal
from storage.queries import project_states, publications, scheme_choices, schemes

JULY, AUGUST = Period(2024, 7), Period(2024, 8)
NOW = as_of("2024-07")
WEIGHTS = {"lines": {"started": {"points": 40.0}, "signed": {"points": 10.0}}, "most": 110.0}


@pytest.fixture
def known(db: Database) -> Database:
    """A database with a return of July."""
    accept(db, monthly("2024-07", row("甲"), row("乙", 6)))
    return db


def points_of(db: Database, target: float = 4.0) -> pd.DataFrame:
    return score(SAMPLE_SCHEME, {JULY: project_states(db, OFFICE, NOW)}, {("started", "binhai"): target})


def publish(db: Database, **changed: Any) -> Publication:
    given = {"acceptances": db.version(), "on_date": NOON.date(), "reason": "例会通报", "published_at": NOON} | changed
    return publish_assessment(db, given.pop("period", JULY), SAMPLE_SCHEME, given.pop("points", points_of(db)), **given)


def test_a_version_of_the_office_and_its_choice(db: Database) -> None:
    """Numbered on, with its settings; in force from a period on, earlier months keep what they had."""
    assert schemes(db, OFFICE, NOW) == BUILT_IN_SCHEMES
    key = define_scheme(db, WEIGHTS, reason=" 例会议定 ", set_at=NOON)
    own = schemes(db, OFFICE, NOW)[key]
    assert (key, own.most, own.lines[0].points, own.lines[1].points) == ("sample@2", 110.0, 40.0, 25.0)
    assert own.source == "例会议定"
    choose_scheme(db, "sample@1", JULY, reason="试行", set_at=NOON)
    choose_scheme(db, key, AUGUST, reason="例会议定", set_at=NOON)
    choices = scheme_choices(db, OFFICE, NOW)
    assert [choice_in_force(choices, period).key for period in (JULY, AUGUST)] == ["sample@1", key]  # type: ignore[union-attr]
    assert choice_in_force(choices, Period(2024, 6)) is None
    assert [each.key for each in scheme_choices(db, OFFICE, as_of("2024-07", "2"))] == ["sample@1"]
    events = [entry["event"] for entry in read_journal(db)]
    assert events == ["assessment_scheme_defined", "assessment_scheme_chosen", "assessment_scheme_chosen"]
    assert check_integrity(db) == []


@pytest.mark.parametrize(
    ("settings", "reason", "fault"),
    [
        (WEIGHTS, " ", "no_reason"),
        ({"lines": {"started": {"points": 30.0}}}, "议定", "not_hundred"),
        ({"lines": {"started": {"points": -5.0}}}, "议定", "points_out_of_range"),
        ({"lines": {"started": {"cap": 9.0}}}, "议定", "points_out_of_range"),
        ({"lines": {"sized": {"per_unit": float("inf")}}}, "议定", "points_out_of_range"),
        ({"lines": {"beyond": {"least": 4.0}}}, "议定", "bounds_reversed"),
        ({"least": 130.0}, "议定", "bounds_reversed"),
    ],
)
def test_a_version_that_is_refused(db: Database, settings: dict[str, Any], reason: str, fault: str) -> None:
    """Nothing is written, and the sentence says why."""
    with pytest.raises(NotAcceptable) as refused:
        define_scheme(db, settings, reason=reason, set_at=NOON)
    assert (refused.value.message_zh, refused.value.message_en) == FAULTS[fault]
    assert schemes(db, OFFICE, NOW) == BUILT_IN_SCHEMES


@pytest.mark.parametrize(
    ("key", "reason", "fault"),
    [("sample@1", "", "no_reason"), ("sample@9", "议定", "unknown_scheme"), ("sample@1", "议定", "in_force_already")],
)
def test_a_choice_that_is_refused(db: Database, key: str, reason: str, fault: str) -> None:
    """Without a ground, of no version, and twice the same."""
    choose_scheme(db, "sample@1", JULY, reason="试行", set_at=NOON)
    with pytest.raises(NotAcceptable) as refused:
        choose_scheme(db, key, JULY, reason=reason, set_at=NOON)
    assert refused.value.message_zh == FAULTS[fault][0]
    assert len(scheme_choices(db, OFFICE, NOW)) == 1


def test_what_was_published_stays_as_it_was(known: Database) -> None:
    """A corrected return changes the score and not what was published; a second publication stands beside the first."""
    before = points_of(known)
    made = publish(known)
    accept(known, monthly("2024-07", row("甲", start_date=date(2024, 7, 1)), row("乙", 6)))
    assert not points_of(known).equals(before)
    (kept,) = publications(known, OFFICE, NOW)
    assert kept == made
    assert kept.is_intact
    pd.testing.assert_frame_equal(published_points(kept), before)
    pd.testing.assert_frame_equal(published_totals(kept), totals(SAMPLE_SCHEME, before))
    assert published_scheme(kept, SAMPLE_SCHEME) == SAMPLE_SCHEME
    assert set(published_points(kept, ["binhai"])["assessed"]) == {"binhai"}
    assert [publish(known).publication_id, len(publications(known, OFFICE, NOW))] == ["2024-07-考核-02", 2]
    assert check_integrity(known) == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"reason": " "}, "no_reason"),
        ({"on_date": date(2030, 1, 1)}, "in_future"),
        ({"period": AUGUST}, "not_reported"),
        ({"acceptances": 0}, "not_reported"),
    ],
)
def test_a_publication_that_is_refused(known: Database, changed: dict[str, Any], fault: str) -> None:
    """Without a ground, on a day to come, of a month without a return, before the return was known."""
    with pytest.raises(NotAcceptable) as refused:
        publish(known, **changed)
    assert refused.value.message_zh == FAULTS[fault][0]
    assert publications(known, OFFICE, NOW) == []


def test_nothing_to_publish(known: Database) -> None:
    """Points that are all missing are no assessment, nor is one by a scheme that there is not."""
    empty = points_of(known).assign(points=float("nan"))
    with pytest.raises(NotAcceptable, match="no points"):
        publish(known, points=empty)


@pytest.mark.parametrize(
    ("fault", "sql"),
    [
        (
            "version sample@2 of the assessment stands twice",
            "INSERT INTO assessment_scheme SELECT * FROM assessment_scheme",
        ),
        ("is in force or published and unknown", "UPDATE assessment_choice SET version = 9"),
        ("stands twice", "INSERT INTO assessment_publication SELECT * FROM assessment_publication"),
        ("is no longer what was sealed", "UPDATE assessment_publication SET points = replace(points, '25', '26')"),
        ("is of what was not written yet", "UPDATE assessment_publication SET acceptances = 99"),
    ],
)
def test_faults_are_found(known: Database, fault: str, sql: str) -> None:
    """What was written past the writes: twice, unknown, changed after its seal."""
    choose_scheme(known, define_scheme(known, WEIGHTS, reason="议定", set_at=NOON), JULY, reason="议定", set_at=NOON)
    publish(known)
    with known.cursor() as cursor:
        cursor.execute(sql)
    assert any(fault in sentence for sentence in check_tables(known))
