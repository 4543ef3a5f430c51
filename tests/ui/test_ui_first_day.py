"""An office's first day: nothing was accepted yet, and the forms, the rules and the tasks are there all the same."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from sample_year import SAMPLES
from streamlit.testing.v1 import AppTest

from domain.built_in_schemes import SAMPLE_SCHEME
from domain.findings import ERROR
from domain.ledgers import LEDGERS
from domain.periods import Period
from domain.scope import OFFICE, Record, Scope, scope_of
from domain.submissions import ANNUAL_NODE_PLAN, ANNUAL_TARGETS, INFRASTRUCTURE, MONTHLY_RETURN, PERMIT_LEDGER
from loaders.reading import read_return
from reports.ledger_form import ledger_form_name, senders_of
from storage.accepting import accept_submission
from storage.engine import Database, open_database
from storage.queries import tasks, taught_words
from ui import downloads, reads, session
from ui.delays import AskedDelays, delays_side
from ui.list_sheets import delay_sheet, node_sheet
from ui.view import View

PAGES = Path(__file__).resolve().parents[2] / "pages"
NOVEMBER = Record(Period(2026, 11))
RECTIFICATION = SAMPLES.parent / "rectification.csv"
Files = dict[str, Callable[[], bytes]]
# Heading -> what is typed under it, in whatever form has it.
TYPED = {
    "项目名称": "年产1万吨海洋新材料项目", "建设单位": "某某公司", "阶段": "在建", "总投资（万元）": 50_000, "区域": "滨海片区",
    "本年累计完成投资（万元）": 1_000, "本月完成投资（万元）": 100, "办理状态": "已取得", "批复时间": "2026-08-15", "全区目标": 80,
    "项目备案": "2026年3月", "用地供应": "2026年4月", "环评批复": "2026年5月", "施工许可": "2026年6月", "开工": "2026年7月",
}  # fmt: skip


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The reads answer from an empty database, on 26 November 2026."""
    database = open_database(tmp_path / "a.duckdb")
    monkeypatch.setattr(reads, "database", lambda: database)
    for place in ("storage.clock", "ui.reads"):
        monkeypatch.setattr(f"{place}.office_time", lambda: datetime(2026, 11, 26, 9))
    yield database
    database.close()


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    """File's name -> what makes it, of all that pages offer."""
    offered: Files = {}

    def offer(*_: object, data: Callable[[], bytes], file_name: str, **__: object) -> bool:
        offered[file_name] = data
        return False

    monkeypatch.setattr(downloads.st, "download_button", offer)
    return offered


def opened(page: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(PAGES / f"{page}.py"), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def html_of(app: AppTest) -> str:
    return "".join(part.proto.body for part in app.get("html"))


def fill_in(content: bytes) -> bytes:
    """The form with one row of values under the headings that are known."""
    book = openpyxl.load_workbook(BytesIO(content))
    for sheet in book:
        last_heading = max(cell.row for row in sheet.iter_rows(max_row=8) for cell in row if cell.value in TYPED)
        for row in sheet.iter_rows(max_row=last_heading, min_row=4):
            for cell in row:
                if cell.value in TYPED:
                    sheet.cell(last_heading + 1, cell.column).value = TYPED[cell.value]
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


FORMS = [
    ("滨海片区2026年11月重大项目推进情况表.xlsx", MONTHLY_RETURN, "binhai", "2026-11"),
    ("响水片区2026年11月重大项目推进情况表.xlsx", MONTHLY_RETURN, "xiangshui", "2026-11"),
    ("滨海片区2026年11月手续办理及用地情况台账.xlsx", PERMIT_LEDGER, "binhai", "2026-11"),
    ("响水片区2026年11月手续办理及用地情况台账.xlsx", PERMIT_LEDGER, "xiangshui", "2026-11"),
    ("黄海新区2026年度项目建设目标任务分解表.xlsx", ANNUAL_TARGETS, "zone", "2026-01"),
    ("黄海新区2026年重大项目推进计划表.xlsx", ANNUAL_NODE_PLAN, "zone", "2026-01"),
]


@pytest.mark.usefixtures("empty")
def test_the_forms_come_out_and_are_read_back(files: Files) -> None:
    """Of the month whose return is due next and of its year; filled in, the loaders know each and take every value."""
    opened("collection")
    assert sorted(files) == sorted(name for name, *_ in FORMS)
    for name, kind, body, period in FORMS:
        submission = read_return(fill_in(files[name]()), name)
        assert (submission.kind, submission.body, str(submission.period)) == (kind, body, period)
        assert [each.message("zh") for each in submission.findings if each.level == ERROR] == []
        assert any(table.rows for table in submission.tables)


@pytest.mark.usefixtures("empty")
def test_a_district_gets_its_own_forms_alone(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the other's nor the zone's."""
    monkeypatch.setattr(session, "signed_in", lambda: scope_of("reporter", "binhai", "王"))
    opened("collection")
    assert sorted(files) == sorted(name for name, _, body, _ in FORMS if body == "binhai")


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("show", ["steps", "land"])
def test_no_list_is_offered_where_nothing_is_listed(files: Files, show: str) -> None:
    """A workbook without a row would be read as none."""
    opened("permits", show=show)
    assert files == {}


@pytest.mark.usefixtures("empty")
def test_nobody_is_late_where_nobody_is() -> None:
    """As where a month's returns list works alone: nothing to work on, and no fault."""
    view = View(OFFICE, NOVEMBER, "zone")
    assert delay_sheet(view, AskedDelays()).empty and node_sheet(view).empty
    _, sums = delays_side(view, NOVEMBER.period.last_day)
    assert "没有到期未完成" in sums


def works_alone() -> tuple[bytes, str]:
    """The sample return of a district without its sheets of projects, and its name."""
    (path,) = SAMPLES.glob("滨海片区2024年12月亿元以上*.xlsx")
    book = openpyxl.load_workbook(path)
    for name in [name for name in book.sheetnames if "基础" not in name]:
        del book[name]
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue(), path.name


def test_a_month_of_works_alone(empty: Database) -> None:
    """A return that lists no project: every page of figures is drawn, without a late one among them."""
    content, name = works_alone()
    submission = read_return(content, name)
    assert [table.kind for table in submission.tables] == [INFRASTRUCTURE]
    accept_submission(empty, submission, content, reason="只有工程", accepted_at=datetime(2025, 1, 3, 9))
    for page in ("overview", "meeting", "map", "projects", "delayed", "promises", "node_plan", "conversion", "permits", "issues",
                 "infrastructure", "questions", "rules"):  # fmt: skip
        assert html_of(opened(page)), page
    assert "没有到期未完成" in html_of(opened("delayed"))


@pytest.mark.usefixtures("empty")
def test_every_return_is_still_to_come() -> None:
    """Due in December, none late; nothing is owed for the months before."""
    html = html_of(opened("collection"))
    assert "2026年11月应报 2 家，已收 0 家，按时 0 家。" in html
    assert html.count('title="2026年11月、未到期限"') == 2 and "逾期 " not in html
    assert html.count('role="img"') == 4  # November and December of both districts
    assert "空白表样" in html


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("code", LEDGERS)
def test_the_form_of_each_ledger_comes_out(files: Files, code: str) -> None:
    """Of the same month, for each of its senders; it holds its title."""
    ledger = LEDGERS[code]
    opened("ledgers", ledger=code)
    for body in senders_of(ledger):
        name = ledger_form_name(NOVEMBER, ledger, body)
        title = openpyxl.load_workbook(BytesIO(files[name]())).active["A1"].value
        assert f"{title}.xlsx" == name


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("shown", ["sets", "compared", "rulings"])
def test_the_rules_are_read(shown: str) -> None:
    """The sets, what would change between them, and what is suspended: nothing, and no fault."""
    assert "尚未收到月报表" in html_of(opened("rules", shown=shown))


def test_tasks_are_recorded(empty: Database) -> None:
    """And stand on the page at once, counted to today."""
    app = opened("tasks")
    next(each for each in app.text_area if each.label == "事项").set_value("建立月报制度")
    next(each for each in app.text_input if each.label == "牵头单位").set_value("综合部门")
    app = next(each for each in app.button if each.label == "登记").click().run()
    assert not app.exception
    (task,) = tasks(empty, OFFICE, NOVEMBER)
    assert (task.period, task.text) == ("2026-11", "建立月报制度")
    html = html_of(opened("tasks"))
    assert "建立月报制度" in html and "截至 2026-11-26" in html


def test_a_rectification_ledger_is_imported(empty: Database) -> None:
    """The file is told first, then recorded; its measures stand among the tasks."""
    app = opened("tasks")
    app.file_uploader[0].set_value((RECTIFICATION.name, RECTIFICATION.read_bytes(), "text/csv")).run()
    app = next(each for each in app.button if "记" in each.label and each.label != "登记").click().run()
    assert not app.exception
    lines = list(csv.reader(RECTIFICATION.read_text("utf-8-sig").splitlines()))
    heading = next(number for number, line in enumerate(lines) if "整改措施" in line[1:])
    measure = lines[heading].index("整改措施")
    assert {each.text for each in tasks(empty, OFFICE, NOVEMBER)} == {line[measure] for line in lines[heading + 1 :]}
    assert "建立签约项目跟踪清单" in html_of(opened("tasks", state="all"))


@pytest.mark.usefixtures("empty")
def test_a_scheme_is_read_and_put_into_force() -> None:
    """Its lines with their sources; in force, every line says that nothing was reported, and there is nothing to publish."""
    assert "查看示例方案" in html_of(opened("assessment"))
    html = html_of(opened("assessment", shown="scheme"))
    assert all(line.name in html for line in SAMPLE_SCHEME.lines)
    app = opened("assessment")
    next(each for each in app.text_input if each.key == "scheme_reason").set_value("试行")
    app = next(each for each in app.button if each.label == "确认启用").click().run()
    assert not app.exception
    html = html_of(opened("assessment"))
    assert "按示例方案第 1 版计分" in html and "未报" in html
    assert "还没有公布过。" in html_of(opened("assessment", shown="published"))


def test_issues_open_with_nothing_in_them(empty: Database) -> None:
    """None is on record; the words by which issues are classed can be taught already."""
    assert "还没有确认过问题" in html_of(opened("issues"))
    app = opened("issues", show="proposed")
    next(each for each in app.text_input if each.key == "taught_word").set_value("解押")
    app = [each for each in app.button if each.label == "登记"][-1].click().run()
    assert not app.exception
    assert "解押" in [each.word for each in taught_words(empty, OFFICE, NOVEMBER)]


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(("show", "said"), [("steps", "下载报表样式"), ("land", "还没有用地数据")])
def test_permits_and_land_say_what_comes_first(show: str, said: str) -> None:
    """The way to the forms, one of which is that of the permits."""
    assert said in html_of(opened("permits", show=show))


FIRMS_2024_11 = SAMPLES.parent / "ledgers" / "滨海片区2024年11月规上企业运行情况表.xlsx"


def test_a_list_of_firms_may_come_first(empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before any: where its form is, as the role may go there. Then its own month is shown, though no return is in."""
    html = html_of(opened("firms"))
    assert "ledger=firms" in html and "下载台账表样" in html
    content = FIRMS_2024_11.read_bytes()
    accept_submission(empty, read_return(content, FIRMS_2024_11.name), content, accepted_at=datetime(2026, 11, 25, 9))
    app = opened("firms")
    assert app.query_params["period"] == "2024-11"
    assert "规上企业" in html_of(app) and "还没有收到" not in html_of(app)
    monkeypatch.setattr(session, "signed_in", lambda: scope_of("viewer", "", "吴"))
    assert not opened("firms").exception


@pytest.mark.usefixtures("empty")
def test_who_only_reads_is_shown_no_way_to_a_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the list of firms."""
    monkeypatch.setattr(session, "signed_in", lambda: scope_of("viewer", "", "吴"))
    html = html_of(opened("firms"))
    assert "还没有规上企业运行情况表" in html and "下载台账表样" not in html and ">上传报表<" not in html


WAYS = [
    (OFFICE, True, True),
    (scope_of("reporter", "binhai", "王"), True, True),
    (scope_of("checker", "", "赵"), True, True),
    (scope_of("viewer", "", "吴"), False, False),
]


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(("person", "may_take", "may_send"), WAYS, ids=lambda each: getattr(each, "role", ""))
@pytest.mark.parametrize("page", ["projects", "find"])
def test_elsewhere_the_way_is_shown(
    monkeypatch: pytest.MonkeyPatch, person: Scope, may_take: bool, may_send: bool, page: str
) -> None:
    """To the forms and to the upload, as the role may go them."""
    monkeypatch.setattr(session, "signed_in", lambda: person)
    html = html_of(opened(page))
    assert "尚未收到报表" in html
    assert ('href="./collection"' in html and "下载报表样式" in html) is may_take
    assert ('href="./upload"' in html and ">上传报表<" in html) is may_send
