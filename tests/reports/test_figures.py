"""The figures of the sample year, against the file of right figures that came with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sample_year import copy_database

from domain.bodies import BODIES
from domain.evidence import Evidence, verified_code
from domain.indicators import INDICATORS
from domain.periods import Period
from domain.scope import OFFICE, Record
from reports.__main__ import main
from reports.figures import figures_by_body
from storage.engine import Database, open_database
from storage.evidence import record_evidence
from storage.queries import project_states

GOLDEN = json.loads((Path(__file__).parent.parent / "golden" / "sample_year_2024.json").read_text(encoding="utf-8"))
EXPECTED: dict[str, dict[str, dict[str, Any]]] = GOLDEN["expected"]
BODY_NAMES = [body.name for body in BODIES.values()]


@pytest.fixture(scope="module")
def db(sample_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = open_database(copy_database(sample_year, tmp_path_factory.mktemp("figures")))
    yield database
    database.close()


def test_the_expected_figures_are_of_twelve_months_and_three_bodies() -> None:
    """The file that the next test goes by holds what it should."""
    assert len(EXPECTED) == 12
    assert all(set(bodies) == set(BODY_NAMES) for bodies in EXPECTED.values())


@pytest.mark.parametrize("body", BODY_NAMES)
@pytest.mark.parametrize("period", EXPECTED)
def test_every_figure_is_the_expected_one(db: Database, period: str, body: str) -> None:
    """Each figure of each month and body equals the right one."""
    figures = figures_by_body(db, OFFICE, Record(Period.parse(period)))[body]
    expected = {
        code: sorted(value) if isinstance(value, list) else value for code, value in EXPECTED[period][body].items()
    }
    assert len(expected) >= 14
    assert {code: figures[code] for code in expected} == expected


def test_the_command_prints_the_figures_as_json(
    sample_year: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`python -m reports figures --json` prints the figures by body."""
    database = copy_database(sample_year, tmp_path)
    assert main(["figures", "--period", "2024-12", "--database", str(database), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["全区"]["signed_count"] == EXPECTED["2024-12"]["全区"]["signed_count"]


def test_the_command_prints_the_figures_as_text(
    sample_year: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without --json each figure is a line with its Chinese name."""
    database = copy_database(sample_year, tmp_path)
    assert main(["figures", "--period", "2024-12", "--database", str(database)]) == 0
    printed = capsys.readouterr().out
    assert f"新签约 {EXPECTED['2024-12']['全区']['signed_count']}\n" in printed
    assert "到期未竣工 " in printed


def test_starts_and_completions_stand_with_their_verified_number(
    sample_year: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Reported stays reported; the verified number behind it, of the district and of the zone, as text and as JSON."""
    database = copy_database(sample_year, tmp_path)
    db = open_database(database)
    states = project_states(db, OFFICE, Record(Period(2024, 12)))
    started = INDICATORS["started_count"].members(states, Period(2024, 12), "binhai").iloc[0]
    day = started["start_date"].date()
    permit = Evidence(started["project_id"], "binhai", "start", "permit_number", day, day, "3209-01")
    record_evidence(db, permit, recorded_at=datetime(2025, 1, 6, 9))
    db.close()
    command = ["figures", "--period", "2024-12", "--database", str(database)]
    assert main(command) == 0
    printed = capsys.readouterr().out
    assert f"新开工 {EXPECTED['2024-12']['全区']['started_count']}（已核 1）\n" in printed
    assert f"新竣工 {EXPECTED['2024-12']['全区']['completed_count']}（已核 0）\n" in printed
    assert main([*command, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert [figures[name]["started_verified_count"] for name in ("全区", "滨海片区", "响水片区")] == [1, 1, 0]


def test_an_empty_database_has_empty_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No return yet: every body has every figure, zero or an empty list, and the command ends well."""
    assert main(["figures", "--period", "2024-01", "--database", str(tmp_path / "monitor.duckdb"), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == BODY_NAMES
    codes = [
        code for each in INDICATORS.values() for code in (each.code, *([verified_code(each)] if each.milestone else []))
    ]
    assert all(list(figures) == codes for figures in printed.values())
    assert not any(value for figures in printed.values() for value in figures.values())


def test_a_database_that_is_none_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is no database gives exit 2 and the sentence."""
    path = tmp_path / "monitor.duckdb"
    path.write_bytes(b"not a database" * 100)
    assert main(["figures", "--period", "2024-12", "--database", str(path)]) == 2
    assert "数据库无法打开" in capsys.readouterr().err


def test_a_period_that_is_none_is_refused() -> None:
    """A wrong month ends with the usage, exit 2."""
    with pytest.raises(SystemExit) as ended:
        main(["figures", "--period", "2024-13"])
    assert ended.value.code == 2
