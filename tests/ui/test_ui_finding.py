"""Finding on the screens: what is in the index and for whom, what each answer opens, the box of the sidebar, the words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from everything import record_everything
from hostile_texts import HOSTILE_TEXTS, TAGS, Reader
from sample_year import copy_database
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest
from test_ui_access import PEOPLE, framed, text_of

from domain.bodies import ZONE
from domain.finding import Entry, FindingIndex
from domain.periods import Period
from domain.scope import Record, Scope
from loaders.reading import read_return
from storage.accepting import accept_submission
from storage.engine import Database, open_database
from storage.queries import project_states
from ui import findable, finding, reads, session
from ui.findable import FINDABLE, KINDS, Findable, finding_index
from ui.finding import ALL, MOST_OF_EACH, Asked, answers_html, found, kinds_html, marked
from ui.view import View

AUGUST = Record(Period(2024, 8))
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def recorded(until_august: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database in which everything was recorded that can be; these tests only read it."""
    db = open_database(copy_database(until_august, tmp_path_factory.mktemp("recorded")))
    record_everything(db)
    yield db
    db.close()


@pytest.fixture
def lived(recorded: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setattr(reads, "database", lambda: recorded)
    return recorded


def view_for(person: str) -> View:
    scope = PEOPLE[person].nameless
    return View(scope, AUGUST, scope.bodies[0] if len(scope.bodies) == 1 else ZONE.code)


def answer(person: str, text: str, kind: str = ALL) -> str:
    view, asked = view_for(person), Asked(text, kind)
    return answers_html(view, asked, found(view, asked))


def entries_of(person: str) -> tuple[Entry, ...]:
    return finding_index(PEOPLE[person], AUGUST, "zh").entries


@pytest.mark.parametrize(
    ("text", "kind", "page", "query"),
    [
        ("中化学绿色甲醇", "project", "project", {}),
        ("zhxlsjc", "project", "project", {}),
        ("滨响大道", "work", "project", {}),
        ("bxdd", "work", "project", {}),
        ("落实供电方案", "task", "tasks", {"state": ["all"]}),
        ("gdwpf", "issue", "issues", {"state": ["all"]}),
        ("供电未批复", "issue", "issues", {"state": ["all"]}),
        ("2024-08-例会-01", "meeting", "meeting", {"seal": ["2024-08-例会-01"], "period": ["2024-08"]}),
        ("2024-07-滨海-01", "receipt", "receipt", {"receipt": ["2024-07-滨海-01"]}),
        ("主体封顶", "node", "project", {}),
    ],
)
def test_an_answer_opens_its_page(lived: Database, text: str, kind: str, page: str, query: dict[str, list[str]]) -> None:
    """The first answer is of the kind meant, and its link leads to the thing itself."""
    first = found(view_for("office"), Asked(text, ALL))[0]
    assert first.kind == kind
    link = urlsplit(Reader(answer("office", text)).hrefs[0])
    asked = parse_qs(link.query)
    assert link.path == f"./{page}"
    assert {name: asked[name] for name in query} == query
    if page == "project":
        assert asked["project"] == [first.entries[0].key]


def test_a_firm_opens_the_list_of_its_projects(year: Database) -> None:
    """By its name; the number of its projects is beside it."""
    owner = project_states(year, PEOPLE["office"], AUGUST)["owner_name"].dropna().iloc[0]
    firm = next(each for each in found(view_for("office"), Asked(owner, "firm")) if each.kind == "firm").entries[0]
    assert (firm.key, firm.remark) == (owner, "1 个项目")
    assert KINDS["firm"].href(view_for("office"), firm) == view_for("office").href("projects", q=owner)


def test_everything_that_can_be_opened_is_in_the_index(lived: Database) -> None:
    """As many entries of each kind as there are things; the numbers of projects and works are those of the registry."""
    counts = {kind: sum(entry.kind == kind for entry in entries_of("office")) for kind in KINDS}
    states = project_states(lived, PEOPLE["office"], AUGUST)
    assert counts["project"] + counts["work"] == len(states)
    assert counts["firm"] == states["owner_name"].dropna().nunique()
    assert counts["node"] == len(reads.node_plan(PEOPLE["office"], AUGUST))
    assert counts["receipt"] == len(reads.receipts(PEOPLE["office"]))
    assert (counts["task"], counts["issue"], counts["meeting"]) == (2, 1, 1)


@pytest.mark.parametrize("district", ["binhai", "xiangshui"])
def test_a_district_finds_nothing_of_the_other(lived: Database, district: str) -> None:
    """Not by any name or number of the other's projects; nor are there sealed meetings, which it may not open."""
    other = "xiangshui" if district == "binhai" else "binhai"
    foreign = project_states(lived, PEOPLE[other], AUGUST)
    own = {entry.key for entry in entries_of(district)}
    assert own.isdisjoint(foreign["project_id"])
    for name in foreign["project_name"]:
        answers = found(view_for(district), Asked(name, ALL))
        assert name not in {entry.title for each in answers for entry in each.entries}
        assert name not in {entry.detail for each in answers for entry in each.entries}
    assert {entry.kind for entry in entries_of(district)} <= set(KINDS) - {"meeting"}
    assert all(receipt.body in (district, "zone") for receipt in reads.receipts(PEOPLE[district]))


def test_people_of_one_role_share_the_index(year: Database) -> None:
    """It is made once for a role and district, not for a name."""
    other = replace(PEOPLE["checker"], actor="qian")
    assert finding_index(PEOPLE["checker"], AUGUST, "zh") is finding_index(other, AUGUST, "zh")
    assert finding_index(PEOPLE["binhai"], AUGUST, "zh") is not finding_index(PEOPLE["xiangshui"], AUGUST, "zh")


def test_a_ledger_joins_by_one_line(year: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind declared in the table is found, and opens."""
    ponds = Findable("receipt", lambda *_: iter([Entry("receipt", "1", "盐池")]), "receipt", lambda entry: {"receipt": entry.key})
    monkeypatch.setattr(findable, "FINDABLE", (*FINDABLE, ponds))
    # The index of the kinds there were is remembered as long as nothing is written.
    reads._answer.cache_clear()
    assert "./receipt?" in answer("office", "yanchi")
    reads._answer.cache_clear()


@pytest.fixture
def listed(year: Database) -> Database:
    """The sample year with lists of two ledgers: works (one for the zone) and firms of one district."""
    for name in ("黄海新区2024年12月工程台账.xlsx", "滨海片区2024年8月规上企业运行情况表.xlsx"):
        content = (ROOT / "data" / "samples" / "ledgers" / name).read_bytes()
        accept_submission(year, read_return(content, name), content, accepted_at=datetime(2025, 1, 5, 9))
    return year


@pytest.mark.parametrize(
    ("month", "person", "text", "ledger"),
    [
        (12, "office", "gcyy", "works"),
        (12, "office", "港城医院", "works"),
        (12, "office", "宝武", "works"),
        (8, "office", "示例企业201", "firms"),
        (8, "binhai", "slqy201", "firms"),
        (8, "xiangshui", "示例企业201", None),
        (7, "office", "示例企业201", None),
        (11, "office", "港城医院", None),
    ],
)
def test_rows_of_every_ledger_are_found(listed: Database, month: int, person: str, text: str, ledger: str | None) -> None:
    """By text and first letters, in the lists that count in the month, and opened there; not another district's."""
    view = replace(view_for(person), record=Record(Period(2024, month)))
    entries = [entry for each in found(view, Asked(text, "ledger")) if each.kind == "ledger" for entry in each.entries]
    opened = [urlsplit(KINDS["ledger"].href(view, entry)) for entry in entries]
    page, name = {"works": ("infrastructure", "work"), "firms": ("firms", "firm"), None: ("", "")}[ledger]
    assert [(each.path.removeprefix("./"), parse_qs(each.query)[name]) for each in opened] == ([(page, [entries[0].title])] if ledger else [])


def test_a_ledger_without_a_page_of_its_own_opens_its_rows(year: Database) -> None:
    """The page of ledgers, at the rows of that name."""
    content = (ROOT / "data" / "samples" / "ledgers" / "黄海新区2024年12月企业走访台账.xlsx").read_bytes()
    accept_submission(year, read_return(content, "黄海新区2024年12月企业走访台账.xlsx"), content, accepted_at=datetime(2025, 1, 5, 9))
    view = replace(view_for("office"), record=Record(Period(2024, 12)))
    entry = next(each for each in finding_index(view.scope, view.record, "zh").entries if each.kind == "ledger")
    opened = urlsplit(KINDS["ledger"].href(view, entry))
    asked = parse_qs(opened.query)
    assert (opened.path, asked["ledger"], asked["text"], asked["show"]) == ("./ledgers", ["visits"], [entry.title], ["rows"])


def test_a_work_of_many_accounts_is_one_answer(listed: Database) -> None:
    """Three accounts of a road are three rows of the ledger and one thing to find."""
    entries = [entry.title for entry in finding_index(PEOPLE["office"], Record(Period(2024, 12)), "zh").entries if entry.kind == "ledger"]
    assert len(entries) == len(set(entries)) > 15


def test_kinds_are_counted_and_lead_to_their_answers(lived: Database) -> None:
    """All of a kind behind its number; a kind without an answer leads nowhere; what is left out is said."""
    view, asked = view_for("office"), Asked("项目", ALL)
    answers = found(view, asked)
    count = next(each.count for each in answers if each.kind == "project")
    read = Reader(kinds_html(view, asked, answers))
    assert f"产业项目{count}" in read.text and "封存的例会0" in read.text
    assert len(read.hrefs) == len(answers) + 1
    assert f"查看全部 {count} 项" in Reader(answer("office", "项目")).text
    listed = Reader(answer("office", "项目", "project"))
    assert len(listed.hrefs) == min(count, finding.MOST_OF_ONE) > MOST_OF_EACH
    assert ("未列出" in listed.text) is (count > finding.MOST_OF_ONE)


def test_where_nothing_answers(year: Database) -> None:
    """What was looked for and as of when; the newest month where another was asked; nothing asked is said too."""
    text = answer("office", "没有这个" * 40)
    assert "没有找到“没有这个" in text and "…" in text
    assert "截至 2024-08-31" in text and "period=2024-12" in text and "2024年12月" in text
    newest = replace(view_for("office"), record=Record(Period(2024, 12)))
    assert "./projects?" in answers_html(newest, Asked("zzzz", ALL), [])
    assert "查找什么" in answers_html(newest, Asked("", ALL), [])


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_words_stay_words(year: Database, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """In a name, beside it, and as what is asked."""
    index = FindingIndex([Entry("project", text, text, text, text, text)])
    monkeypatch.setattr(finding, "finding_index", lambda *_: index)
    for asked in (text, "alert", "b", "甲"):
        read = Reader(answer("office", asked))
        assert read.tags <= TAGS | {"mark"}
        assert not {name for name in read.attributes if name.startswith("on")}
        assert text in read.text or "没有找到" in read.text
    assert text in Reader(answer("office", text)).text


def test_the_part_that_answers_is_marked() -> None:
    """And nothing else."""
    assert marked("滨响<大道>", "xdd") == '滨<mark class="hx-found">响&lt;大道</mark>&gt;'


def app_of(monkeypatch: pytest.MonkeyPatch, person: Scope, page: str, **query: str) -> AppTest:
    monkeypatch.setattr(session, "signed_in", lambda: person)
    monkeypatch.setattr(PagesManager, "__init__", framed)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.run()
    for name, value in query.items():
        app.query_params[name] = value
    if page != "overview":
        app.switch_page(f"pages/{page}.py")
    return app.run()


def test_the_box_leads_to_the_answers(year: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """From any page, the period kept; the box then shows what was asked."""
    app = app_of(monkeypatch, PEOPLE["office"], "projects", period="2024-08")
    app.sidebar.text_input(key="find_box").input(" bxdd ").run()
    assert not app.exception
    assert (app.query_params["q"], app.query_params["period"]) == ("bxdd", "2024-08")
    text = "\n".join(map(text_of, app.main))
    assert '<mark class=\\"hx-found\\">滨响大道</mark>' in text or '<mark class="hx-found">滨响大道</mark>' in text
    assert app.sidebar.text_input(key="find_box").value == "bxdd"


@pytest.mark.parametrize(
    ("person", "page", "has_box"),
    [("office", "overview", True), ("viewer", "tasks", True), ("binhai", "find", True), ("office", "screen", False), ("meeting", "meeting", False)],
)
def test_where_the_box_is(year: Database, monkeypatch: pytest.MonkeyPatch, person: str, page: str, has_box: bool) -> None:
    """On every page but the meeting's screen; not for those who may not read the figures."""
    app = app_of(monkeypatch, PEOPLE[person], page)
    assert [box.key for box in app.sidebar.text_input] == ["find_box"] * has_box


@pytest.mark.parametrize("district", ["binhai", "xiangshui"])
def test_the_page_tells_a_district_nothing_of_the_other(year: Database, monkeypatch: pytest.MonkeyPatch, district: str) -> None:
    """Whatever body the address names and whatever is asked."""
    other = "xiangshui" if district == "binhai" else "binhai"
    foreign = project_states(year, PEOPLE[other], AUGUST)["project_name"]
    own = set(project_states(year, PEOPLE[district], AUGUST)["project_name"])
    asked = app_of(monkeypatch, PEOPLE[district], "find", period="2024-08", body=other, q="项目", kind="project")
    text = "\n".join(map(text_of, asked.main))
    assert [name for name in foreign if name in text and name not in own] == []
    assert any(name[:3] in text for name in own)


def test_the_meeting_role_finds_nothing(year: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is not for it."""
    text = "\n".join(map(text_of, app_of(monkeypatch, PEOPLE["meeting"], "find", q="项目").main))
    assert "不能打开这个页面" in text and "hx-found" not in text
