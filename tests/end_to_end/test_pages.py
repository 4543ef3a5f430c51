"""Every page in a real browser: on an empty database, on one month, on the whole year, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import FULL_HD, ConsoleErrors, OutsideRequests, Server, open_page, stop_listening, turn_to, wait_until_idle
from playwright.sync_api import Browser, Page, expect
from sample_year import accept_samples, copy_database, sample_files

from domain.periods import Period
from domain.scope import OFFICE, Record
from storage.engine import open_database
from storage.queries import project_states

pytestmark = pytest.mark.browser

TITLES = {
    "": ("总览", "Overview"),
    "map": ("挂图作战", "Map of the zone"),
    "tasks": ("督办事项", "Tasks"),
    "assessment": ("督查考核", "Assessment"),
    "meeting": ("月度例会", "Monthly meeting"),
    "projects": ("项目库", "Projects"),
    "delayed": ("滞后项目", "Delayed projects"),
    "promises": ("承诺兑现", "Promises kept"),
    "node_plan": ("推进计划", "Node plan"),
    "conversion": ("转化", "Conversion"),
    "permits": ("手续要素", "Permits and land"),
    "issues": ("问题会办", "Issues"),
    "infrastructure": ("基础设施", "Infrastructure"),
    "firms": ("规上企业", "Firms above scale"),
    "find": ("查找", "Find"),
    "ledgers": ("台账", "Ledgers"),
    "upload": ("报表上传", "Upload returns"),
    "collection": ("报送情况", "Collection"),
    "rules": ("亮灯规则", "Rules of the grades"),
    "questions": ("文数互证", "Cross-examination"),
    "definitions": ("指标口径", "Definitions"),
    "health": ("系统状态", "System health"),
    "audit": ("操作记录", "Audit"),
    "accounts": ("账号", "Accounts"),
}
# Latin words that a Chinese screen may show: names of file kinds and programs, of keys, units, and codes on the page of definitions.
LATIN = re.compile(r"[A-Za-z]{3,}")
ALLOWED_LATIN = {
    "English", "Home", "PageDown", "PageUp", "Esc", "Excel", "xlsx", "xls", "XLSX", "XLS", "LNG", "MWh", "GWh", "WPS", "CSV", "DuckDB", "Python", "Streamlit", "pandas", "gcdd",
}  # fmt: skip
CHINESE = re.compile(r"[\u4e00-\u9fff]")
MIDDLE = "e => { const box = e.getBoundingClientRect(); return box.top + box.height / 2; }"
# One screen at 1920x1080: these pages must not scroll.
ONE_SCREEN = (
    "",
    "meeting",
    "assessment",
    "map",
    "tasks",
    "projects",
    "delayed",
    "promises",
    "node_plan",
    "conversion",
    "permits",
    "issues",
    "infrastructure",
    "firms",
    "find",
    "ledgers",
    "collection",
    "questions",
    "rules",
)


@pytest.fixture(scope="module")
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on an empty database, one with a single return, or one with the whole year."""
    folder = tmp_path_factory.mktemp(request.param)
    database = folder / "monitor.duckdb"
    if request.param == "one_return":
        accept_samples(database, [path for path in sample_files(1, yearly=False) if "滨海" in path.name])
    elif request.param == "whole_year":
        database = copy_database(request.getfixturevalue("sample_year"), folder)
    with Server(database) as server:
        yield server


@pytest.fixture(scope="module")
def walk(chromium: Browser, served: Server) -> Iterator[Page]:
    """The tab of one visitor who goes from page to page."""
    context = chromium.new_context(locale="zh-CN", viewport=FULL_HD)
    yield context.new_page()
    context.close()


@pytest.fixture
def walked(walk: Page) -> Iterator[Page]:
    """The same for one test, which may listen to it."""
    yield walk
    stop_listening()


def words(page: Page) -> str:
    """All text that a reader sees: without the canvas of the grids and the names of icons, which a font draws."""
    page.add_style_tag(content='[data-testid="stIconMaterial"] { display: none }')
    return page.locator('[data-testid="stApp"]').inner_text()


def beyond_the_screen(page: Page) -> list[int]:
    """By how many pixels the page is higher and wider than the screen."""
    return page.get_by_test_id("stMain").evaluate("e => [e.scrollHeight - e.clientHeight, e.scrollWidth - e.clientWidth]")


@pytest.mark.parametrize("served", ["whole_year"], indirect=True)
@pytest.mark.parametrize("visit", ["first", "second"])
def test_a_visitor_brings_nothing_along(page: Page, served: Server, visit: str) -> None:
    """Though all tests share a tab: no cookie and nothing stored by the one before, no further tab."""
    open_page(page, served, "/definitions")
    assert page.evaluate("() => [localStorage.getItem('visit'), sessionStorage.getItem('visit')]") == [None, None]
    assert [each["name"] for each in page.context.cookies() if each["name"] != "_streamlit_xsrf"] == []
    assert page.context.pages == [page]
    page.evaluate("visit => { document.cookie = `visit=${visit}`; localStorage.visit = visit; sessionStorage.visit = visit; }", visit)
    assert page.evaluate("() => localStorage.visit") == visit and "visit" in [each["name"] for each in page.context.cookies()]
    page.context.new_page()


# Every state in the language that the office reads; in English the fullest, since both languages have the same parts.
@pytest.mark.parametrize("path", TITLES)
# Of the module: with one argument of two indirect pytest takes both for the function's, and starts a server for each test.
@pytest.mark.parametrize(
    ("served", "language"),
    [("empty", "zh"), ("one_return", "zh"), ("whole_year", "zh"), ("whole_year", "en")],
    indirect=["served"],
    scope="module",
)
def test_a_page_is_drawn_without_a_fault(walked: Page, served: Server, path: str, language: str) -> None:
    """Title in the language asked, no error state, no word of the other language, nothing from outside; in Chinese, on one screen."""
    page = walked
    outside, errors = OutsideRequests(page, served), ConsoleErrors(page)
    turn_to(page, served, f"/{path}" + ("?lang=en" if language == "en" else ""))
    title = TITLES[path][language == "en"]
    expect(page.get_by_role("heading", name=title, exact=True).first).to_be_visible()
    text = words(page)
    assert "编号" not in text and "logged as" not in text
    assert "{" not in text.replace("{heading", "") or path == "definitions"
    if language == "zh" and path != "definitions":
        assert set(LATIN.findall(text)) <= ALLOWED_LATIN
    if language == "en":
        for part in page.locator("h1, h2, h3, th, button, label").all_inner_texts():
            assert not CHINESE.search(part.replace("中文", "")) or "xls" in part, part
    if language == "zh" and path in ONE_SCREEN:
        assert beyond_the_screen(page) == [0, 0]
    assert outside.urls == []
    assert errors.texts == []
    assert "Traceback" not in served.log()


@pytest.mark.parametrize("served", ["whole_year"], indirect=True)
@pytest.mark.parametrize("path", ONE_SCREEN)
def test_a_page_fits_the_screen(walked: Page, served: Server, path: str) -> None:
    """No scrolling at 1920x1080, and nothing wider than the screen; the first month and the newest are measured where they are drawn above."""
    turn_to(walked, served, f"/{path}?period=2024-08")
    assert beyond_the_screen(walked) == [0, 0]


@pytest.mark.parametrize("served", ["whole_year"], indirect=True)
@pytest.mark.parametrize("body", ["zone", "binhai", "xiangshui"])
def test_every_figure_of_the_overview_opens_to_its_projects(page: Page, served: Server, body: str) -> None:
    """The list behind a card's count has as many rows as the card says."""
    open_page(page, served, f"/?period=2024-12&body={body}")
    cards = page.locator(".hx-card a.hx-big")
    opened = [(link.inner_text(), link.get_attribute("href")) for link in cards.all()]
    assert len(opened) == 5
    for value, href in opened[:4]:
        turn_to(page, served, "/" + href.removeprefix("./"))
        expect(page.get_by_text(re.compile(rf"^共 {value} 项"))).to_be_visible()


@pytest.mark.parametrize("served", ["whole_year"], indirect=True)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_project_shows_where_its_values_are_from(page: Page, served: Server, sample_year: Path, tmp_path: Path, language: str) -> None:
    """The page of a project names file, sheet, cell and the text as typed."""
    database = open_database(copy_database(sample_year, tmp_path))
    try:
        states = project_states(database, OFFICE, Record(Period(2024, 12)), columns=["project_name"])
    finally:
        database.close()
    project = states.set_index("project_name").loc["中化学绿色甲醇项目"]
    open_page(page, served, f"/project?project={project['project_id']}&period=2024-12" + "&lang=en" * (language == "en"))
    expect(page.get_by_role("heading", name="中化学绿色甲醇项目", exact=True)).to_be_visible()
    row = page.locator("tr", has_text="总投资" if language == "zh" else "Total investment").filter(has_text="!")
    expect(row).to_contain_text(f"{project['sheet']}!")
    expect(row).to_contain_text("滨海片区2024年12月亿元以上项目推进情况表.xlsx")


@pytest.mark.parametrize("served", ["whole_year"], indirect=True)
def test_the_node_plan_opens_the_nodes_of_a_project(page: Page, served: Server) -> None:
    """A name beside the chart leads to the project, whose nodes show the cells that they were read from."""
    open_page(page, served, "/node_plan?period=2024-12&body=binhai")
    names = page.locator(".st-key-panel_gantt td a")
    expect(page.locator(".st-key-panel_gantt .js-plotly-plot")).to_be_visible()
    name = names.first.inner_text()
    names.first.click()
    wait_until_idle(page)
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    panel = page.locator(".st-key-panel_nodes")
    expect(panel.get_by_role("heading", name="推进计划节点")).to_be_visible()
    expect(panel.locator("tbody tr")).to_have_count(9)
    expect(panel.locator("tbody tr", has_text="到期未完成").first).to_contain_text("推进计划!")


@pytest.mark.parametrize("served", ["whole_year"], indirect=True)
def test_a_number_of_the_conversion_opens_its_projects(page: Page, served: Server) -> None:
    """The completed of the signings of 2021: the list has just as many rows, and all its filters can be put together."""
    open_page(page, served, "/conversion?period=2024-12")
    row = page.locator(".hx-funnel tbody tr", has_text="2021年")
    number = row.locator("td").nth(2).locator("a")
    count = number.inner_text()
    number.click()
    wait_until_idle(page)
    expect(page.get_by_text(re.compile(rf"^共 {count} 项"))).to_be_visible()
    open_page(page, served, "/conversion?period=2024-12&step=started&wait=beyond&signed=2022")
    expect(page.get_by_role("heading", name=re.compile(r"停留环节及时长（\d+ 个）"))).to_be_visible()
    expect(page.locator(".st-key-panel_durations .js-plotly-plot")).to_be_visible()


@pytest.mark.parametrize("served", ["whole_year"], indirect=True)
def test_the_rows_of_the_node_plan_are_as_high_as_their_names(page: Page, served: Server) -> None:
    """The lines of the chart lie in the middle of the rows beside it."""
    open_page(page, served, "/node_plan?period=2024-12")
    names = page.locator(".st-key-panel_gantt tbody tr")
    lines = page.locator(".st-key-panel_gantt .gridlayer .y path")
    expect(lines.first).to_be_attached()
    middles = [names.nth(at).evaluate(MIDDLE) for at in (0, names.count() - 1)]
    drawn = [lines.nth(at).evaluate(MIDDLE) for at in (0, lines.count() - 1)]
    assert lines.count() == names.count()
    assert sorted(drawn) == pytest.approx(middles, abs=3)


@pytest.mark.parametrize("served", ["whole_year"], indirect=True)
def test_questions_open_the_cells_in_dispute(page: Page, served: Server) -> None:
    """A question leads to its cells and file, and back; the texts to send stand beside each other."""
    open_page(page, served, "/questions?period=2024-08&rule=completed_before_start")
    page.get_by_role("link", name="实际竣工时间“2024-02-07”早于实际开工时间“2024-03-08”").click()
    panel = page.locator(".st-key-panel_question")
    expect(panel.get_by_role("heading", name="竣工早于开工")).to_be_visible()
    expect(panel.locator("tbody tr", has_text="实际竣工时间")).to_contain_text("2024-02-07")
    expect(panel.locator("tbody tr", has_text="实际竣工时间")).to_contain_text("响水片区2024年8月项目推进月报表.xlsx")
    panel.get_by_role("link", name="返回统计").click()
    expect(panel.get_by_role("heading", name="按核实事项")).to_be_visible()
    open_page(page, served, "/questions?period=2024-08&show=texts")
    expect(page.locator(".st-key-panel_text_xiangshui")).to_contain_text("年产8千吨电子级异丙醇项目")


@pytest.mark.parametrize("served", ["whole_year"], indirect=True)
def test_an_unknown_project_is_said(page: Page, served: Server) -> None:
    """A link to a project that is not there gets a sentence and a way on."""
    open_page(page, served, "/project?project=p000")
    expect(page.get_by_text("找不到这个项目")).to_be_visible()
    expect(page.get_by_role("link", name="项目库").last).to_be_visible()


@pytest.mark.parametrize("served", ["whole_year"], indirect=True)
def test_a_machine_that_prefers_dark_sees_the_same_colours(chromium: Browser, served: Server) -> None:
    """The pages are light on every machine: dark ink on a dark ground could not be read."""
    context = chromium.new_context(locale="zh-CN", color_scheme="dark")
    page = context.new_page()
    open_page(page, served)
    ground = page.get_by_test_id("stApp").evaluate("e => getComputedStyle(e).backgroundColor")
    ink = page.locator(".hx-sentence").evaluate("e => getComputedStyle(e).color")
    context.close()
    assert (ground, ink) == ("rgb(245, 246, 248)", "rgb(20, 38, 61)")
