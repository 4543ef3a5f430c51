"""The page of firms above scale on the sample year with the sample ledgers: sentence, bodies, list, card, projects, chart."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hostile_texts import TAGS, Reader
from sample_views import view_of
from streamlit.testing.v1 import AppTest

from domain.firm_growth import SALES, TAX, firm_course
from domain.ledgers import LEDGERS
from loaders.reading import read_return
from storage.accepting import accept_submission
from storage.engine import Database
from ui.chart_firms import firms_chart
from ui.firms import (
    AskedFirms,
    body_lines,
    body_months,
    chosen_firms,
    districts_table,
    firms_panel,
    firms_sentence,
    firms_table,
)

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "pages" / "firms.py"
SAMPLES = sorted((ROOT / "data" / "samples" / "ledgers").glob(f"*{LEDGERS['firms'].name}.xlsx"))
NOW = datetime(2025, 1, 5, 9)


@pytest.fixture
def told(year: Database) -> Database:
    """The sample year with the November and December lists of firms."""
    for path in SAMPLES:
        if "11月" in path.name or "12月" in path.name:
            accept_submission(year, read_return(path.read_bytes(), path.name), path.read_bytes(), accepted_at=NOW)
    return year


def said(html: str) -> str:
    reader = Reader(html)
    assert reader.tags <= TAGS | {"br"}
    return reader.text


@pytest.mark.usefixtures("told")
def test_the_page_says_who_grows() -> None:
    """In the sentence each number is a way to just those firms; both bodies and the zone are summed."""
    view, asked = view_of(), AskedFirms()
    lines = body_lines(view, SALES)
    falling = int((lines["ytd_growth"] < 0).sum())
    assert falling and f"下降 {falling} 家" in said(firms_sentence(view, asked))
    assert [href for href in Reader(firms_sentence(view, asked)).hrefs if "show=falling" in href]
    assert len(chosen_firms(view, AskedFirms(show="falling"))) == falling
    assert "全区" in said(districts_table(view, asked))
    assert "全区" not in said(districts_table(view_of(body="binhai"), asked))


@pytest.mark.usefixtures("told")
def test_a_firm_without_a_year_before_says_so() -> None:
    """And is not an infinite growth."""
    text = said(firms_table(view_of(), AskedFirms(what=TAX, show="untold")))
    assert "示例企业073" in text and "无上年同期" in text
    assert "inf" not in text


@pytest.mark.usefixtures("told")
def test_a_firm_opens_to_its_months_and_cells() -> None:
    """The newest month's cells, or those of the month asked for."""
    firm = "binhai|示例企业201"
    text = said(firms_panel(view_of(), AskedFirms(firm=firm)))
    assert "2024年11月" in text and "2024-12-滨海-规上-01" in text
    assert "2024-11-滨海-规上-01" in said(firms_panel(view_of(), AskedFirms(firm=firm, at="2024-11")))
    assert said(firms_panel(view_of(), AskedFirms(firm="示例企业201"))) == text  # by its name, as a search gives it


@pytest.mark.usefixtures("told")
def test_projects_have_their_firm() -> None:
    """A project that a list names leads to the firm; one that the registry lacks is said."""
    html = firms_panel(view_of(), AskedFirms())
    assert "年产15万套优特钢棒线材" in said(html) and "示例企业082" in said(html)
    assert [href for href in Reader(html).hrefs if "firm=" in href]


@pytest.mark.usefixtures("told")
def test_the_chart_has_the_months_that_are_whole() -> None:
    """November has no October before it to take off: only December has a bar, all others say that they are not told."""
    figure = firms_chart(firm_course(body_months(view_of(), SALES), view_of().period), 160)
    assert [trace["x"] for trace in figure["data"]] == [[12], [12]]
    assert [each["text"] for each in figure["layout"]["annotations"]][:11] == ["○"] * 11
    assert len(figure["layout"]["annotations"]) == 12


def test_before_any_list(year: Database) -> None:
    """The page says so, leads to the form, and lists the projects in production as not tied."""
    assert not year.faults
    assert "还没有收到" in said(firms_sentence(view_of(), AskedFirms()))
    assert "还没有规上企业运行情况表" in said(firms_table(view_of(), AskedFirms()))
    assert "规上企业表中没有" in said(firms_panel(view_of(), AskedFirms()))


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("query", [{}, {"what": "tax", "show": "growing"}, {"firm": "binhai|示例企业201"}, {"body": "xiangshui"}])
def test_the_page_runs(query: dict[str, str]) -> None:
    """With whatever the address asks for."""
    walk = AppTest.from_file(str(PAGE), default_timeout=30)
    walk.query_params["period"] = "2024-12"
    for name, value in query.items():
        walk.query_params[name] = value
    assert not walk.run().exception
