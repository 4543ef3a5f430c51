"""The open export: against the standard's own schema, against the registry cell by cell, against the figures; its texts and scope."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from jsonschema import Draft4Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4
from sample_year import copy_database

from domain.indicators import INDICATORS
from domain.listed import LISTS
from domain.periods import Period
from domain.scope import OFFICE, Record, scope_of
from domain.stages import STAGES
from reports.__main__ import main
from reports.open_data import package
from reports.open_data.mapping import codes, open_columns, sector_of_work
from reports.open_data.oc4ids import PREFIX, oc4ids_package
from reports.open_data.package import SAMPLE, SAMPLE_PUBLISHER, open_files, open_package, package_name
from reports.open_data.tables import GUARD, as_csv, as_parquet, guarded, open_rows
from storage.engine import Database, open_database
from storage.queries import project_states

YEAR_END = Record(Period(2024, 12))
NOON = datetime(2025, 1, 10, 12, 0, 0, 5)
STANDARD = Path(__file__).with_name("oc4ids")


@pytest.fixture(scope="module")
def year(sample_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = open_database(copy_database(sample_year, tmp_path_factory.mktemp("open_data")))
    yield database
    database.close()


@pytest.fixture(scope="module")
def files(year: Database) -> dict[str, bytes]:
    return open_files(year, OFFICE, YEAR_END, NOON)


@pytest.fixture(scope="module")
def states(year: Database) -> pd.DataFrame:
    return project_states(year, OFFICE, YEAR_END)


def faults(package_: dict[str, Any]) -> list[str]:
    """What the standard's schema has against a package."""
    read = [json.loads((STANDARD / f"{name}.json").read_text(encoding="utf-8")) for name in ("project-package-schema", "project-schema")]
    registry = Registry().with_resources([(each["id"], Resource.from_contents(each, default_specification=DRAFT4)) for each in read])
    found = Draft4Validator(read[0], registry=registry).iter_errors(package_)
    return [f"{list(each.absolute_path)}: {each.message}" for each in found]


def rows_of(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def made_up(**values: Any) -> pd.DataFrame:
    """A state of one project, all else not reported."""
    row: dict[str, Any] = {column.column: None for column in open_columns()}
    row |= {"project_id": "p1", "project_name": "甲", "kind": "projects", "body": "binhai", "period": "2024-12", "last_period": "2024-12"}
    return pd.DataFrame([row | values])


def project_of(**values: Any) -> dict[str, Any]:
    made = oc4ids_package(made_up(**values), Period(2024, 12), NOON, "某单位")
    assert faults(made) == []
    return made["projects"][0]


# --- OC4IDS --------------------------------------------------------------------------------------------------------


def test_the_package_passes_the_schema_of_the_standard(files: dict[str, bytes], states: pd.DataFrame) -> None:
    """All projects and works, each once, under an illustrative prefix, marked as made up."""
    made = json.loads(files["oc4ids.json"])
    assert faults(made) == []
    assert {project["id"] for project in made["projects"]} == {f"{PREFIX}-{each}" for each in states["project_id"]}
    assert len(made["projects"]) == len(states)
    assert made["publisher"]["name"] == SAMPLE_PUBLISHER
    assert all(project["description"].startswith(SAMPLE) for project in made["projects"])
    assert made["publishedDate"] == "2025-01-10T12:00:00+08:00"
    assert made["version"] == "0.9"


def test_the_schema_finds_a_fault(files: dict[str, bytes]) -> None:
    """The check can fail: on a word that is none of the standard's, on an identifier left out, on an empty package."""
    made = json.loads(files["oc4ids.json"])
    assert faults({**made, "projects": [{**made["projects"][0], "status": "building"}]})
    assert faults({**made, "projects": [{"title": "甲"}]})
    assert faults({**made, "projects": []})


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"stage": "signed"}, {"status": "preparation"}),
        ({"stage": "building"}, {"status": "implementation"}),
        ({"stage": "completed"}, {"status": "completion"}),
        ({"stage": "at_capacity"}, {"status": "maintenance"}),
        ({"stage": "suspended"}, {"status": None}),
        ({"stage": None}, {"status": None, "description": None, "milestones": None, "metrics": None, "period": None, "budget": None}),
        ({"nature": "扩建"}, {"type": "expansion"}),
        ({"nature": "别的"}, {"type": None}),
        ({"kind": "projects"}, {"sector": ["economy"]}),
        ({"kind": "infrastructure", "project_name": "铁路配套道路"}, {"sector": ["transport.road"]}),
        ({"kind": "infrastructure", "project_name": "公共管廊"}, {"sector": None}),
        ({"total_investment_wan": 12.3456}, {"budget": {"amount": {"amount": 123456, "currency": "CNY"}}}),
        ({"project_code": "2024-1"}, {"identifiers": [{"id": "2024-1", "scheme": "投资项目在线审批监管平台"}]}),
        ({"construction_text": "建设两条线。"}, {"description": "建设两条线。"}),
        ({"completion_date": pd.Timestamp(2024, 11, 5)}, {"completion": {"endDate": "2024-11-05T00:00:00+08:00"}}),
        ({"completion_date": pd.Timestamp(2025, 2, 5)}, {"completion": None}),
    ],
)
def test_a_value_in_the_standard(values: dict[str, Any], expected: dict[str, Any]) -> None:
    """By the tables; what is not reported or has no word there is left out."""
    project = project_of(**values)
    assert {name: project.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("planned", "actual", "state"),
    [
        (date(2024, 6, 30), date(2024, 7, 9), "met"),
        (None, date(2024, 7, 9), "met"),
        (date(2024, 6, 30), None, "notMet"),
        (date(2024, 12, 31), None, "notMet"),
        (date(2025, 1, 1), None, "scheduled"),
        (date(2025, 1, 1), date(2025, 1, 5), "scheduled"),
        (None, None, None),
        (None, date(2025, 1, 5), None),
    ],
)
def test_a_milestone(planned: date | None, actual: date | None, state: str | None) -> None:
    """Met by the period's end, due and not met, scheduled later; no plan and nothing done is no milestone."""
    days = {"planned_start_date": planned and pd.Timestamp(planned), "start_date": actual and pd.Timestamp(actual)}
    found = [each for each in project_of(**days).get("milestones", []) if each["id"] == "start"]
    assert [each["status"] for each in found] == ([state] if state else [])
    if state == "met":
        assert found[0]["dateMet"] == f"{actual}T00:00:00+08:00"


def test_an_owner_is_named_for_what_it_is() -> None:
    """A firm pays for its project; the owner of a work is the authority responsible, and the same in all of them."""
    firm, work = project_of(owner_name="甲公司"), project_of(owner_name="甲公司", kind="infrastructure")
    assert firm["parties"][0]["roles"] == ["funder"] and "publicAuthority" not in firm
    assert work["parties"][0]["roles"] == ["publicAuthority"]
    assert work["publicAuthority"]["id"] == firm["parties"][0]["id"]


def test_our_codes_are_codes_of_the_standard() -> None:
    """Every stage and kind has its line, and each code that a line gives is in the standard's lists."""
    assert {code.code for code in codes() if code.list == "stage"} == set(STAGES)
    assert {code.code for code in codes() if code.list == "kind"} == set(LISTS)
    sectors = {row["Code"] for row in csv.DictReader((STANDARD / "projectSector.csv").read_text(encoding="utf-8").splitlines())}
    used = {code.oc4ids for code in codes() if code.list in ("kind", "work_word", "work_end") and code.oc4ids}
    assert used <= sectors
    for name, said in (("partyRole", {"funder", "publicAuthority"}), ("milestoneType", {"approval", "delivery"})):
        lines = (STANDARD / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        assert said <= {row["Code"] for row in csv.DictReader(lines)}
    assert [(code.title, code.title_en) for code in codes() if code.list == "stage"] == [(each.name, each.english) for each in STAGES.values()]


@pytest.mark.parametrize(
    ("name", "sector"),
    [("滨海港铁路支线", "transport.rail"), ("学府路", "transport.road"), ("路灯厂", None), ("工业污水处理厂一期", "waterAndWaste")],
)
def test_the_sector_of_a_work(name: str, sector: str | None) -> None:
    """By a word in its name, or its end; none where the table has no word for it."""
    assert sector_of_work(name) == sector


# --- Tables --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", LISTS)
def test_tables_say_what_the_registry_says(files: dict[str, bytes], states: pd.DataFrame, kind: str) -> None:
    """Every published value of CSV and Parquet, read back, is the value of the registry; nothing more, nothing less."""
    registry = states[states["kind"] == kind].set_index("project_id")
    lines = rows_of(files[f"{kind}.csv"])
    table = pq.read_table(BytesIO(files[f"{kind}.parquet"])).to_pylist()
    assert {line["project_id"] for line in lines} == set(registry.index)
    assert len(lines) == len(table) == len(registry)
    for line, kept in zip(lines, table, strict=True):
        assert line["project_id"] == kept["project_id"]
        for column in open_columns()[1:]:
            value = registry.loc[line["project_id"], column.column]
            assert_same(column.type, value, line[column.column], kept[column.column])


def assert_same(kind: str, value: Any, typed: str, kept: Any) -> None:
    if pd.isna(value):
        assert (typed, kept) == ("", None)
    elif kind == "number":
        assert float(typed) == pytest.approx(float(value), abs=1e-6) and kept == float(value)
    elif kind == "date":
        assert typed == kept.isoformat() == value.date().isoformat()
    else:
        assert typed.removeprefix(GUARD) == kept == value


def test_sums_are_the_figures(files: dict[str, bytes], states: pd.DataFrame) -> None:
    """Investment of the year, and the starts, from the CSV alone, equal the figures of the screens."""
    for kind, code in (("projects", "investment_ytd_wan"), ("infrastructure", "infrastructure_investment_ytd_wan")):
        of_year = [line for line in rows_of(files[f"{kind}.csv"]) if not line["completion_date"] or line["completion_date"] >= "2024"]
        total = sum(float(line["investment_ytd_wan"] or 0) for line in of_year)
        assert total == pytest.approx(INDICATORS[code].value(states, Period(2024, 12)))
    started = [line for line in rows_of(files["projects.csv"]) if "2024-01-01" <= line["start_date"] <= "2024-12-31"]
    assert len(started) == INDICATORS["started_count"].value(states, Period(2024, 12))


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-甲", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =cmd|' /C calc'!A0", "　=1", "＝1+1", "＋1", "－1", "＠甲", "'=1"]
)
def test_no_text_is_run_as_a_formula(text: str) -> None:
    """In CSV it begins with a quotation mark, which is taken off again; in Parquet it is as it was."""
    rows = open_rows(made_up(project_name=text), "projects")
    line = rows_of(as_csv(rows))[0]
    assert line["project_name"] == GUARD + text
    assert pq.read_table(BytesIO(as_parquet(rows, "")))["project_name"].to_pylist() == [text]
    assert guarded("甲=乙") == "甲=乙"


def test_a_cell_may_hold_anything() -> None:
    """Separators, quotation marks and lines within a text stay in their cell; a number has no exponent; a minus stays."""
    rows = open_rows(made_up(project_name='甲,"乙"\n丙', total_investment_wan=0.0001, investment_ytd_wan=-12.5, progress_rate=1.0), "projects")
    line = rows_of(as_csv(rows))[0]
    assert line["project_name"] == '甲,"乙"\n丙'
    assert (line["total_investment_wan"], line["investment_ytd_wan"], line["progress_rate"]) == ("0.0001", "-12.5", "1")


def test_a_type_is_kept_where_nothing_is_reported() -> None:
    """A column of no values is still one of numbers or dates."""
    schema = pq.read_table(BytesIO(as_parquet(open_rows(made_up(), "infrastructure"), "无"))).schema
    assert schema.field("start_date").type == pa.date32() and schema.field("land_mu").type == pa.float64()
    assert schema.metadata[b"description"] == "无".encode()


# --- The package ---------------------------------------------------------------------------------------------------


def test_every_column_and_file_is_described(files: dict[str, bytes]) -> None:
    """The dictionary has each column in the order of the tables, with title and meaning in both languages, and each file."""
    described = json.loads(files["datapackage.json"])
    assert [each["path"] for each in described["resources"]] == [name for name in files if name != "datapackage.json"]
    tables = [each for each in described["resources"] if "schema" in each]
    assert len(tables) == 4
    for each in tables:
        names = [field["name"] for field in each["schema"]["fields"]]
        assert names == [column.column for column in open_columns()]
        assert all(field["title"] and field["description"] and field["description_en"] for field in each["schema"]["fields"])
    assert described["is_sample"] and "虚构" in described["title"] and SAMPLE in described["description"]
    assert "oc4ids-xxxxxx" in described["description"]
    assert rows_of(files["codes.csv"])[0]["list"] == "stage"


def test_what_offices_write_to_each_other_is_not_published() -> None:
    """Blockers, notes, progress in words and who must solve them stay inside."""
    kept_inside = {"issue_text", "note", "progress_text", "permit_text", "next_step_text", "escalation_level", "responsible_body"}
    assert kept_inside.isdisjoint(column.column for column in open_columns())


@pytest.mark.parametrize("district", ["binhai", "xiangshui"])
def test_a_district_takes_its_own_along(year: Database, states: pd.DataFrame, district: str) -> None:
    """In every file; the description says so."""
    asking = scope_of("reporter", district, "wang").nameless
    with zipfile.ZipFile(BytesIO(open_package(year, asking, YEAR_END, NOON))) as opened:
        found = {name: opened.read(name) for name in opened.namelist()}
    own, other = (set(states[mask]["project_id"]) for mask in (states["body"] == district, states["body"] != district))
    listed = {line["project_id"] for kind in LISTS for line in rows_of(found[f"{kind}.csv"])}
    assert listed == own
    everything = b"".join(found.values()).decode("utf-8", errors="replace")
    assert [each for each in other if each in everything] == []
    covered = json.loads(found["datapackage.json"])["description"]
    assert ("滨海片区" in covered) is (district == "binhai") and ("响水片区" in covered) is (district == "xiangshui")
    assert package_name(YEAR_END) == "黄海新区项目开放数据2024-12.zip"


def test_real_returns_are_not_marked_as_made_up(year: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no sample counts, neither publisher nor description says so."""
    monkeypatch.setattr(package, "has_samples", lambda _: False)
    found = open_files(year, OFFICE, YEAR_END, NOON)
    assert "虚构" not in found["datapackage.json"].decode()
    made = json.loads(found["oc4ids.json"])
    assert faults(made) == [] and made["publisher"] == {"name": "黄海新区"}
    assert "description" not in made["projects"][0]


def test_an_empty_registry(tmp_path: Path) -> None:
    """Tables with headings alone, and no OC4IDS package, which the standard does not allow to be empty."""
    database = open_database(tmp_path / "empty.duckdb")
    try:
        found = open_files(database, OFFICE, YEAR_END, NOON)
    finally:
        database.close()
    assert "oc4ids.json" not in found and rows_of(found["projects.csv"]) == []
    assert "oc4ids.json" not in found["datapackage.json"].decode()


def test_the_command_writes_the_files(sample_year: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All of them, into a folder that it makes; 2 where it cannot be written."""
    database = str(copy_database(sample_year, tmp_path / "year"))
    folder = tmp_path / "out" / "2024"
    assert main(["export", "--period", "2024-12", "--output", str(folder), "--database", database]) == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "codes.csv", "datapackage.json", "infrastructure.csv", "infrastructure.parquet", "oc4ids.json", "projects.csv", "projects.parquet",
    ]  # fmt: skip
    assert "oc4ids.json" in capsys.readouterr().out
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert main(["export", "--period", "2024-12", "--output", str(blocked), "--database", database]) == 2
    assert "无法写入" in capsys.readouterr().err
