"""The mistakes that were planted in the sample year: each is found, by its own check, at its project and month."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_year import copy_database, sample_files

from domain.bodies import DISTRICTS
from domain.identity import normalise_name
from domain.periods import Period
from domain.scope import OFFICE, Record
from domain.submissions import Known
from loaders.confirming import open_return
from storage.engine import Database, open_database
from storage.queries import StoredFinding, findings_of, known_for, project_states, receipts

GOLDEN = json.loads((Path(__file__).parent.parent / "golden" / "sample_year_2024.json").read_text(encoding="utf-8"))
# How the planted mistakes are worded there -> the finding that must tell of them.
CODES = {
    "cumulative investment lower": "cumulative_fell",
    "10,000 times too small": "unit_mismatch",
    "left out of this month": "project_missing",
    "above total investment": "cumulative_above_total",
    "completed before it started": "completed_before_start",
    "name written another way": "name_suggested",
    "without a word": "promise_moved",
}
PLANTED = [
    pytest.param(each, code, id=f"{each['month']}月-{code}-{each['project']}")
    for each in GOLDEN["planted"]
    for words, code in CODES.items()
    if words in each["what"]
]


@pytest.fixture(scope="module")
def db(sample_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = open_database(copy_database(sample_year, tmp_path_factory.mktemp("planted")))
    yield database
    database.close()


@pytest.fixture(scope="module")
def found(db: Database) -> list[StoredFinding]:
    return findings_of(db, OFFICE, Record(Period(2024, 12)))


def test_every_planted_mistake_has_a_check() -> None:
    """None is left out of the table above."""
    assert len(PLANTED) == len(GOLDEN["planted"]) == 17


# No earlier return spoke of this project, so none gave another date: there is nothing to find in the returns.
FIRST_REPORTED = ("年产12千吨功能性助剂项目", 5)
FINDABLE = [
    each for each in PLANTED
    if each.values[1] != "name_suggested" and (each.values[0]["project"], each.values[0]["month"]) != FIRST_REPORTED
]  # fmt: skip


def test_the_mistake_that_cannot_be_found_is_of_a_first_return(db: Database) -> None:
    """The one left out above is of a project that its month's return speaks of for the first time."""
    name, month = FIRST_REPORTED
    states = project_states(db, OFFICE, Record(Period(2024, 12)), columns=["project_name"])
    first = states.loc[states["project_name"] == name, "first_period"].item()
    assert first == f"2024-{month:02d}"
    assert len(FINDABLE) == len(PLANTED) - 2


@pytest.mark.parametrize(("planted", "code"), FINDABLE)
def test_a_planted_mistake_is_found(db: Database, found: list[StoredFinding], planted: dict, code: str) -> None:
    """The finding names the project, in the return of the district and month it was planted in, and its cell."""
    projects = project_states(db, OFFICE, Record(Period(2024, 12)), columns=["project_name"])
    ids = dict(zip(projects["project_name"], projects["project_id"], strict=True))
    body = next(each.code for each in DISTRICTS if each.short_name == planted["district"])
    period = f"2024-{planted['month']:02d}"
    hits = [
        each for each in found
        if each.finding.code == code and each.finding.project_id == ids[planted["project"]]
        and (each.body, each.period) == (body, period)
    ]  # fmt: skip
    assert len(hits) == 1
    assert hits[0].finding.sheet
    assert hits[0].finding.cell or code == "project_missing"


def test_the_planted_spelling_is_one_project(db: Database) -> None:
    """The name written another way was confirmed: one project before and after, and both spellings of one id."""
    planted = next(each.values[0] for each in PLANTED if each.values[1] == "name_suggested")
    rows = project_states(db, OFFICE, Record(Period(2024, 12)), columns=["project_name"])
    near = [name for name in rows["project_name"] if normalise_name(name)[:8] == normalise_name(planted["project"])[:8]]
    assert near == [planted["project"]]
    assert bool(rows.loc[rows["project_name"] == planted["project"], "is_reported"].item())


def test_the_planted_spelling_is_asked_before_it_is_taken(db: Database) -> None:
    """Without the answer, the return of November asks whether the name is the known project, at its cell."""
    planted = next(each.values[0] for each in PLANTED if each.values[1] == "name_suggested")
    (path,) = (path for path in sample_files(11, first_month=11, yearly=False) if planted["district"] in path.name)
    known = Known(known_for(db, Period(2024, planted["month"])).projects)
    submission = open_return(path.read_bytes(), path.name).interpret(known)
    assert [suggestion.known_name for suggestion in submission.suggestions] == [planted["project"]]
    asked = [finding for finding in submission.findings if finding.code == "name_suggested"]
    assert [(finding.sheet, finding.cell) for finding in asked] == [
        (suggestion.sheet, suggestion.cell) for suggestion in submission.suggestions
    ]


def test_the_rejected_total_did_not_replace_the_accepted_one(db: Database) -> None:
    """The total written in the wrong unit in May leaves that of April in force."""
    planted = next(each.values[0] for each in PLANTED if each.values[1] == "unit_mismatch")
    totals = {}
    for month in (4, 5, 6):
        rows = project_states(db, OFFICE, Record(Period(2024, month)), columns=["project_name", "total_investment_wan"])
        totals[month] = rows.loc[rows["project_name"] == planted["project"], "total_investment_wan"].item()
    assert totals[5] == totals[4] == totals[6] > 10_000


def test_a_project_left_out_stays(db: Database) -> None:
    """The project left out in September keeps its values and is marked as not reported."""
    planted = next(each.values[0] for each in PLANTED if each.values[1] == "project_missing")
    rows = project_states(db, OFFICE, Record(Period(2024, 9)))
    row = rows[rows["project_name"] == planted["project"]].iloc[0]
    assert not row["is_reported"] and row["is_body_reported"] and row["last_period"] == "2024-08"
    assert row["investment_ytd_wan"] > 0


def test_every_sample_is_in_force(db: Database) -> None:
    """26 receipts: 24 monthly returns, the targets and the node plan; none replaced another."""
    listed = receipts(db)
    assert len(listed) == 26
    assert {each.state for each in listed} == {"在用"}
