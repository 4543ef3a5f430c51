"""The sample ledgers: what is read of each, and the figures of the year that a person added up from the workbooks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from domain.ledgers import LEDGERS
from domain.ledgers.events import event_yields
from domain.ledgers.joining import join_projects
from domain.ledgers.summing import rows_of_body, summarise
from domain.ledgers.tenants import standing_tenants
from domain.periods import Period
from domain.publications import EVENT_FACTS, RECTIFICATION_REPORT, TENANT_FACTS, VISIT_FACTS
from domain.scope import OFFICE, Record
from domain.work_accounts import disputed_matters
from loaders.reading import read_return
from storage.accepting import accept_submission
from storage.engine import Database, open_database
from storage.queries import ledger_rows, project_states

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "ledgers"
FILES = sorted(SAMPLES.iterdir())
# Mistakes put in on purpose: file -> (code, cell).
FINDINGS = {
    "响水片区2024年3月规上企业运行情况表.xlsx": [("ledger_repeated", "B17")],
    "响水片区2024年6月规上企业运行情况表.xlsx": [("ledger_not_a_number", "D7")],
}
DECEMBER = Period(2024, 12)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """All sample ledgers accepted."""
    opened = open_database(tmp_path_factory.mktemp("ledgers") / "a.duckdb")
    for file in FILES:
        content = file.read_bytes()
        accept_submission(opened, read_return(content, file.name), content, reason="示例数据", accepted_at=datetime(2025, 1, 5))
    return opened


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_each_is_read_with_its_mistakes_alone(file: Path) -> None:
    """Every column known, and nothing said but what was put in."""
    submission = read_return(file.read_bytes(), file.name)
    assert [(each.code, each.cell) for each in submission.findings] == FINDINGS.get(file.name, [])
    assert all(column.match == "exact" for table in submission.tables for column in table.columns)


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_each_says_that_it_is_made_up(file: Path) -> None:
    """In its foot line."""
    sheet = openpyxl.load_workbook(BytesIO(file.read_bytes())).active
    assert any("虚构" in str(cell.value) for row in sheet.iter_rows() for cell in row)


def column_sum(name: str, heading_row: int, column: int, scale: float = 1) -> float:
    """The numbers of a column down to the sum or the foot, each firm once, straight from the workbook."""
    sheet = openpyxl.load_workbook(SAMPLES / name).active
    rows = [row for row in sheet.iter_rows(min_row=heading_row + 1, values_only=True) if isinstance(row[0], int)]
    return sum(row[column] for row in {row[1]: row for row in rows}.values() if row[column] is not None) * scale


def test_firms_of_december(db: Database) -> None:
    """Number, sales and tax are the sums of both workbooks' columns; one is in 万元, the other in 亿元."""
    frame = ledger_rows(db, OFFICE, Record(DECEMBER), LEDGERS["firms"])
    figures = {}
    for body in ("binhai", "xiangshui", "zone"):
        found = summarise(LEDGERS["firms"], rows_of_body(LEDGERS["firms"], frame, body), DECEMBER)
        figures[body] = [each.value for each in found]
    binhai, xiangshui = "滨海片区2024年12月规上企业运行情况表.xlsx", "响水片区2024年12月规上企业运行情况表.xlsx"
    assert figures["binhai"][0] == 26
    assert figures["xiangshui"][0] == 17
    assert figures["binhai"][1] == pytest.approx(column_sum(binhai, 4, 5))
    assert figures["xiangshui"][1] == pytest.approx(column_sum(xiangshui, 2, 4, 10_000))
    assert figures["zone"][3] == pytest.approx(column_sum(binhai, 4, 8) + column_sum(xiangshui, 2, 7))
    assert figures["zone"] == pytest.approx([43, 12_240_216, 0.086539, 428_999.7, 0.098075], abs=1e-6)


def test_events_of_december(db: Database) -> None:
    """The 19 events that the report counts, with the two counts of signings that it gives; the rest is made up."""
    ledger = LEDGERS["events"]
    rows = join_projects(ledger, ledger_rows(db, OFFICE, Record(DECEMBER), ledger), project_states(db, OFFICE, Record(DECEMBER)))
    assert [each.value for each in summarise(ledger, rows, DECEMBER)] == [19, 48, 48, 0, None, None]
    events = event_yields(rows, DECEMBER).set_index("event_name")
    assert events.loc["海洋经济招商活动", ["event_signed_count", "listed", "registered"]].tolist() == [10, 10, 0]
    assert events.loc["上海招商活动（2024-12-05）", ["event_signed_count", "listed", "registered"]].tolist() == [8, 8, 0]
    assert set(events["event_city"]) == {"上海", "常州", "南京", "杭州", "无锡", "盐城"}


def test_the_samples_agree_with_what_is_published(db: Database) -> None:
    """Events, their two counts of signings, visits and tenants are as many as the report says."""
    figures = {each.code: each.number for facts in (EVENT_FACTS, VISIT_FACTS, TENANT_FACTS) for each in facts}
    frames = {code: ledger_rows(db, OFFICE, Record(DECEMBER), LEDGERS[code]) for code in ("events", "visits", "tenants")}
    signed = frames["events"].groupby("event_name")["event_signed_count"].first()
    assert figures == {
        "events": frames["events"]["event_name"].nunique(), "marine": signed["海洋经济招商活动"], "shanghai": signed["上海招商活动（2024-12-05）"],
        "visits": len(frames["visits"]), "tenants": (frames["tenants"]["period"] == "2024-12").sum(),
    }  # fmt: skip


def test_visits_of_december(db: Database) -> None:
    """The 8 visits that the report counts; what each found is made up."""
    ledger = LEDGERS["visits"]
    rows = join_projects(ledger, ledger_rows(db, OFFICE, Record(DECEMBER), ledger), project_states(db, OFFICE, Record(DECEMBER)))
    assert [each.value for each in summarise(ledger, rows, DECEMBER)] == [8, 8, 7, 2, 5, 0]
    assert rows["visit_date"].between("2024-01-01", "2024-12-26").all()


def test_tenants_of_december(db: Database) -> None:
    """The 5 tenants that the report names, each in the state that it says; the months before are made up."""
    ledger = LEDGERS["tenants"]
    rows = join_projects(ledger, ledger_rows(db, OFFICE, Record(DECEMBER), ledger), project_states(db, OFFICE, Record(DECEMBER)))
    assert [each.value for each in summarise(ledger, rows, DECEMBER)] == [5, 1, 2, 2]
    now = standing_tenants(rows, DECEMBER)
    assert list(zip(now["tenant_name"], now["tenant_state"], now["since"], strict=True)) == [
        ("中科融能", "in_production", "2024-12"), ("瓦斯特纳", "fitting_out", "2024-09"), ("唯信", "fitting_out", "2024-12"),
        ("四面体", "registered", "2024-09"), ("中嶒能源", "registered", "2024-12"),
    ]  # fmt: skip


def test_chains_of_december(db: Database) -> None:
    """Links held by firms, and gaps; without the returns no project is in the registry. The links are made up."""
    ledger = LEDGERS["chains"]
    rows = join_projects(ledger, ledger_rows(db, OFFICE, Record(DECEMBER), ledger), project_states(db, OFFICE, Record(DECEMBER)))
    assert [each.value for each in summarise(ledger, rows, DECEMBER)] == [7, 6, 27, 3, 0, 17, 7]
    assert set(rows["chain_line"]) == {"traditional", "emerging"}
    assert set(rows["chain_focus"].dropna()) == {"energy", "special_steel", "new_materials"}


def test_published_of_december(db: Database) -> None:
    """All that the report names, in its words: 22 names, of which two are said more than one thing."""
    ledger = LEDGERS["published"]
    rows = join_projects(ledger, ledger_rows(db, OFFICE, Record(DECEMBER), ledger), project_states(db, OFFICE, Record(DECEMBER)))
    assert [each.value for each in summarise(ledger, rows, DECEMBER)] == [24, 22, 0]
    said = rows.groupby("published_name")["published_said"].agg("；".join)
    assert said["海洋智算中心"] == "签约，总投资60亿元；战略投资协议已签；利用LNG冷能"
    assert [said[name] for name in ("中海油", "蓝素", "金田")] == ["投产"] * 3
    assert "76,550" in said["陆上冷水鱼养殖"] and "审批依据" in said["宝武"]
    assert set(rows["row_source"]) == {RECTIFICATION_REPORT.title}


def test_works_of_december(db: Database) -> None:
    """All works that the report names; where it says two things of one, both stay."""
    frame = ledger_rows(db, OFFICE, Record(DECEMBER), LEDGERS["works"])
    assert [each.value for each in summarise(LEDGERS["works"], frame, DECEMBER)] == [19, 2, 9, 28]
    disputed = disputed_matters(frame)
    assert sorted(zip(disputed["work_name"], disputed["matter"], strict=True)) == [("学府路", "building"), ("滨海港铁路支线", "acceptance")]
    assert frame.groupby("work_name")["land_mu"].max().dropna().to_dict() == {
        "学府路": 19.2, "海临南路": 47, "海盛路、纬三路等道路": 237.5, "滨响大道": 203, "港城安置区二期": 137,
    }  # fmt: skip
    road = frame[frame["work_name"] == "滨淮高速盐城段"].set_index("work_part")
    assert road.loc["整体", "progress_rate"] == 0.97 and road["work_clearing"].dropna().to_dict() == {"苗圃地块": "done"}
    berth = frame[frame["work_name"] == "风电泊位"].iloc[0]
    assert berth[["work_preliminary_design", "work_construction_design"]].isna().all()
    assert {text.startswith(RECTIFICATION_REPORT.title) for text in frame["work_source"]} == {True}


def different(*names: str) -> Callable[[pd.DataFrame], float]:
    """How many different values, or pairs of them, the rows have."""
    return lambda rows: float(rows[list(names)].drop_duplicates().shape[0])


def grown(what: str) -> Callable[[pd.DataFrame], float]:
    """By how much the rows' sum is above that of the year before."""
    return lambda rows: float(rows[f"{what}_ytd_wan"].sum() / rows[f"{what}_before_wan"].sum() - 1)


# What a person counts or adds up in the rows that a figure opens; all figures that are not here count the rows.
COUNTED: dict[tuple[str, str], Callable[[pd.DataFrame], float]] = {
    ("firms", "累计开票销售"): lambda rows: float(rows["sales_ytd_wan"].sum()),
    ("firms", "累计入库税收"): lambda rows: float(rows["tax_ytd_wan"].sum()),
    ("firms", "开票销售同比"): grown("sales"),
    ("firms", "入库税收同比"): grown("tax"),
    ("events", "招商活动"): different("event_name"),
    ("events", "登记签约数"): lambda rows: float(rows.drop_duplicates("event_name")["event_signed_count"].sum()),
    ("visits", "走访企业"): different("visit_firm"),
    ("chains", "产业链"): different("chain_name"),
    ("chains", "对应市重点产业链"): different("city_chain"),
    **{("chains", name): different("chain_name", "chain_link") for name in ("环节", "已有", "在补", "不明", "缺口")},
    ("published", "点名项目和企业"): different("published_name"),
    ("published", "其中在库"): different("published_name"),
    **{("works", name): different("work_name") for name in ("工程", "说法不一", "有等待事项")},
}


@pytest.mark.parametrize("code", LEDGERS)
def test_a_figure_opens_the_rows_that_it_says(db: Database, code: str) -> None:
    """Counted or added up again in the rows behind it; a figure of nothing opens nothing."""
    ledger = LEDGERS[code]
    rows = join_projects(ledger, ledger_rows(db, OFFICE, Record(DECEMBER), ledger), project_states(db, OFFICE, Record(DECEMBER)))
    assert rows.index.is_unique
    figures = summarise(ledger, rows, DECEMBER)
    assert any(figure.rows for figure in figures)
    for figure in figures:
        opened = rows.loc[list(figure.rows)]
        if figure.value is None:
            assert opened.empty, figure.name
        else:
            assert COUNTED.get((code, figure.name), len)(opened) == pytest.approx(figure.value), figure.name
