"""The slips, gaps and copies of the sample year: every one that was planted is told, and none that is not there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from sample_year import MONTH, copy_database, sample_files

from domain.bodies import DISTRICTS
from domain.periods import Period
from domain.promise_chains import promise_moves, slips_of
from domain.scope import OFFICE, Record
from domain.silence import COPIED, MISSING, MONEY_MOVED, NUMBER_ONLY, STATE_COLUMNS, month_states, periods_read
from domain.stages import CONSTRUCTION_STAGES
from loaders.confirming import open_return
from storage.engine import Database, open_database
from storage.queries import StoredFinding, findings_of, known_for, project_states, promise_chains

GOLDEN = json.loads((Path(__file__).parent.parent / "golden" / "sample_year_2024.json").read_text(encoding="utf-8"))
DECEMBER = Record(Period(2024, 12))
CODES = {district.short_name: district.code for district in DISTRICTS}
# No earlier return gave this project another date: there is nothing to find (test_sample_year.py).
FIRST_REPORTED = ("2024-05", "xiangshui", "年产12千吨功能性助剂项目")
Place = tuple[str, str, str]  # period, body, project
Texts = dict[tuple[str, str], str]  # (body, project) -> words on progress, of one month


@pytest.fixture(scope="module")
def db(sample_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = open_database(copy_database(sample_year, tmp_path_factory.mktemp("sample_promises")))
    yield database
    database.close()


@pytest.fixture(scope="module")
def names(db: Database) -> dict[str, str]:
    rows = project_states(db, OFFICE, DECEMBER, columns=["project_name"])
    return dict(zip(rows["project_id"], rows["project_name"], strict=True))


@pytest.fixture(scope="module")
def moves(db: Database) -> pd.DataFrame:
    return promise_moves(promise_chains(db, OFFICE, DECEMBER))


@pytest.fixture(scope="module")
def months(db: Database) -> pd.DataFrame:
    return month_states(project_states(db, OFFICE, DECEMBER, periods_read(DECEMBER.period), STATE_COLUMNS))


@pytest.fixture(scope="module")
def findings(db: Database) -> list[StoredFinding]:
    return findings_of(db, OFFICE, DECEMBER)


def planted(words: str) -> dict[Place, str]:
    """Place of each planted mistake whose description holds the words -> the description."""
    rows = [each for each in GOLDEN["planted"] if words in each["what"]]
    return {(f"2024-{each['month']:02d}", CODES[each["district"]], each["project"]): each["what"] for each in rows}


def places(rows: pd.DataFrame, names: dict[str, str]) -> list[Place]:
    return [(row.period, row.body, names[row.project_id]) for row in rows.itertuples()]


def report(what: str, found: set[Place], there: set[Place]) -> None:
    """Print the counts of found, missed and invented ones (pytest -s)."""
    print(f"{what}: {len(found & there)} of {len(there)} found, {len(found - there)} false alarms")


def test_every_planted_slip_is_told_and_no_other(moves: pd.DataFrame, names: dict[str, str]) -> None:
    """Eleven were planted; of one no return before said another date."""
    there = set(planted("without a word")) - {FIRST_REPORTED}
    found = places(moves, names)
    report("dates moved", set(found), there)
    assert len(there) == 10
    assert sorted(found) == sorted(there)
    assert moves["is_later"].all() and not moves["is_said"].any()


def test_a_slip_leads_to_the_month_that_was_planted(moves: pd.DataFrame, names: dict[str, str]) -> None:
    """The milestone and the month that the date was moved to."""
    described = planted("without a word")
    for row in moves.itertuples():
        what = described[row.period, row.body, names[row.project_id]]
        assert f"moved to {row.planned_date:%Y-%m}" in what
        assert ("plan_start" in what) is (row.milestone == "start")


def test_the_slips_are_those_that_the_importer_asked_about(moves: pd.DataFrame, findings: list[StoredFinding]) -> None:
    """The same projects, months and milestones: on the screen without a word where the sender was asked for one."""
    asked = {
        (each.period, each.finding.project_id, each.finding.field)
        for each in findings
        if each.finding.code == "promise_moved"
    }
    unsaid = moves[~moves["is_said"]]
    assert asked == {(row.period, row.project_id, f"planned_{row.milestone}_date") for row in unsaid.itertuples()}


@pytest.mark.parametrize("month", range(1, 13))
def test_each_month_lists_its_own_slips(db: Database, names: dict[str, str], month: int) -> None:
    """As of the month itself, when later returns are not known yet."""
    period = Period(2024, month)
    slips = slips_of(promise_moves(promise_chains(db, OFFICE, Record(period))), period)
    there = {place for place in planted("without a word") if place[0] == str(period)} - {FIRST_REPORTED}
    assert set(places(slips, names)) == there


def test_the_planted_gap_is_the_only_one(months: pd.DataFrame, names: dict[str, str]) -> None:
    """One project left out of one return; nobody else is said to be missing in twelve months."""
    there = set(planted("left out of this month"))
    found = places(months[months["state"] == MISSING], names)
    report("left out", set(found), there)
    assert found == list(there) and len(there) == 1


def words_of_month(db: Database, month: int) -> Texts:
    """What the workbooks of a month say on progress of works under construction, read from the files again."""
    found: Texts = {}
    for path in sample_files(month, first_month=month, yearly=False):
        submission = open_return(path.read_bytes(), path.name).interpret(known_for(db, Period(2024, month)))
        for _, row in submission.rows:
            if row.values["stage"] in CONSTRUCTION_STAGES and row.values["progress_text"]:
                found[submission.body or "", row.project_id] = "".join(row.values["progress_text"].split())
    return found


@pytest.fixture(scope="module")
def workbooks(db: Database) -> list[tuple[str, Texts, Texts]]:
    """(period, words of all projects the month before, words of the month)."""
    assert MONTH.search(sample_files(1, yearly=False)[0].name)
    told = {month: words_of_month(db, month) for month in range(1, 13)}
    return [(f"2024-{month:02d}", told[month - 1], told[month]) for month in range(2, 13)]


def repeated(workbooks: list[tuple[str, Texts, Texts]], names: dict[str, str], *, but_for_numbers: bool) -> set[Place]:
    """Places whose words are last month's, or the same but for the digits in them."""
    found = set()
    for period, before, now in workbooks:
        for (body, project_id), words in now.items():
            old = before.get((body, project_id), "")
            bare, bare_old = (
                "".join(char for char in text if not (char.isdigit() or char == ".")) for text in (words, old)
            )
            if (bare == bare_old and words != old) if but_for_numbers else words == old:
                found.add((period, body, names[project_id]))
    return found


def test_the_copies_are_those_of_the_workbooks(
    months: pd.DataFrame, names: dict[str, str], workbooks: list[tuple[str, Texts, Texts]]
) -> None:
    """Word for word as in the file of the month before, found by comparing the files again; no false alarm."""
    there = repeated(workbooks, names, but_for_numbers=False)
    found = months[months["state"].isin([COPIED, MONEY_MOVED]) & months["is_silent"]]
    report("words copied", set(places(found, names)), there)
    assert len(there) > 30
    assert sorted(places(found, names)) == sorted(there)


def test_the_renumbered_texts_are_those_of_the_workbooks(
    months: pd.DataFrame, names: dict[str, str], workbooks: list[tuple[str, Texts, Texts]]
) -> None:
    """The same words with other numbers."""
    there = repeated(workbooks, names, but_for_numbers=True)
    found = places(months[months["state"] == NUMBER_ONLY], names)
    report("only a number changed", set(found), there)
    assert len(there) > 30
    assert sorted(found) == sorted(there)


@pytest.mark.parametrize(
    ("code", "states"), [("texts_copied", [COPIED, MONEY_MOVED]), ("texts_only_number", [NUMBER_ONLY])]
)
def test_as_many_as_the_importer_counted(
    months: pd.DataFrame, findings: list[StoredFinding], code: str, states: list[str]
) -> None:
    """The findings at import and the strips count the same cells, in each return."""
    counted: dict[tuple[str, str], int] = {}
    for each in findings:
        if each.finding.code == code:
            place = (each.period, each.body)
            counted[place] = counted.get(place, 0) + int(dict(each.finding.details)["count"])
    rows = months[months["state"].isin(states) & (months["is_silent"] | (months["state"] == NUMBER_ONLY))]
    assert rows.groupby(["period", "body"]).size().to_dict() == counted
