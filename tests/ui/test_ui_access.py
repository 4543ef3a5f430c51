"""Every page as everybody: nobody, each role, the other district; and who writes and hands out, over all the code."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from google.protobuf.text_format import MessageToString
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from domain.periods import Period
from domain.scope import OFFICE, Record, Scope, scope_of
from storage.counting import NotPermitted, counted_submissions, newest_params, params_of
from storage.engine import Database
from storage.meetings import seal_meeting
from storage.queries import project_states, receipts
from ui import session

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
# What a page needs; all others the figures as they stand.
NEEDED = {"meeting": "sealed", "screen": "sealed", "calibration": "sealed", "upload": "upload", "health": "oversee"}
PEOPLE = {
    "binhai": scope_of("reporter", "binhai", "wang"),
    "xiangshui": scope_of("reporter", "xiangshui", "li"),
    "checker": scope_of("checker", "", "zhao"),
    "meeting": scope_of("meeting", "", "sun"),
    "viewer": scope_of("viewer", "", "wu"),
    "administrator": scope_of("administrator", "", "chief"),
    "office": OFFICE,
}
NOON = datetime(2024, 9, 10, 12, 0)
REFUSED, FAILED = "不能打开这个页面", "这个页面出错了"
Ask = Callable[..., str]


@pytest.fixture
def opened(year: Database, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Open a page of the sample year as somebody, and give all that it shows."""

    def ask(page: str, person: Scope | None, **query: str) -> str:
        monkeypatch.setattr(session, "signed_in", lambda: person)
        monkeypatch.setattr(PagesManager, "__init__", framed)
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        app.run()
        for name, value in query.items():
            app.query_params[name] = value
        if page != "overview":
            app.switch_page(f"pages/{page}.py")
        app.run()
        assert not app.exception, app.exception
        return "\n".join(text_of(element) for block in (app.main, app.sidebar) for element in block)

    return ask


make_manager = PagesManager.__init__


def framed(manager: PagesManager, *arguments, **more) -> None:
    """As server.py has it: a page asked for first comes with the frame around it."""
    make_manager(manager, *arguments, **more)
    PagesManager.uses_pages_directory = False


def text_of(element) -> str:
    """What an element says: a table's cells, else its message to the browser."""
    if element.type == "arrow_data_frame":
        return str(element.value.to_csv())
    return MessageToString(element.proto, as_utf8=True) if element.proto is not None else ""


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", PEOPLE)
def test_a_page_opens_to_those_whose_role_has_its_permission(opened: Ask, page: str, name: str) -> None:
    """All others read one plain sentence; nobody's page fails."""
    person = PEOPLE[name]
    text = opened(page, person, period="2024-08")
    assert FAILED not in text
    may = person.may(NEEDED.get(page, "read"))
    # The first page leads those who may not open it to one that they may.
    assert (REFUSED in text) is (not may and page != "overview")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_nobody_anything(opened: Ask, page: str) -> None:
    """Neither a name of a project nor the menu: the way in."""
    text = opened(page, None, period="2024-08")
    assert "尚未设置账号" in text or "登录" in text
    assert "项目库" not in text
    assert "2024年" not in text


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("calibration", "definitions")])
def test_a_page_without_its_frame_shows_nobody_anything(
    year: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, page: str
) -> None:
    """A page that is run by itself has no guard around it: the scope it asks for is not there."""
    monkeypatch.setattr(session, "signed_in", lambda: None)
    app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=120).run()
    assert len(app.exception) == 1
    assert "NotSignedIn" in caplog.text
    assert "项目" not in "\n".join(text_of(element) for element in app.main if element.type != "exception")


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("screen", "calibration", "meeting")])
@pytest.mark.parametrize("district", ["binhai", "xiangshui"])
def test_a_district_sees_nothing_of_the_other(opened: Ask, year: Database, page: str, district: str) -> None:
    """Not a name of its projects, its files or its receipts, even where the address asks for the other or for all."""
    other = "xiangshui" if district == "binhai" else "binhai"
    record = Record(Period(2024, 8))
    own, foreign = (names_of(year, PEOPLE[body], record) for body in (district, other))
    secret = next(iter(project_states(year, PEOPLE[other], record)["project_id"]))
    number = receipts(year, PEOPLE[other])[-1].receipt_number
    for body in (other, "zone"):
        text = opened(page, PEOPLE[district], period="2024-08", body=body, project=secret, receipt=number)
        assert [name for name in foreign - own if name in text] == []
        assert FAILED not in text


def names_of(db: Database, person: Scope, record: Record) -> set[str]:
    files = {each.file_name for each in receipts(db, person) if each.body != "zone"}
    return set(project_states(db, person, record)["project_name"]) | files


def test_the_meeting_reads_sealed_meetings_alone(opened: Ask, year: Database) -> None:
    """The screen of a sealed month opens; the month as it stands does not, however the address asks."""
    record = Record(Period(2024, 8))
    seal_meeting(year, record.period, day=date(2024, 9, 10), rule_set=record.rule_set, sealed_at=NOON)
    listed = opened("meeting", PEOPLE["meeting"])
    assert "2024-08-例会-01" in listed
    assert "封存本月会议" not in listed
    assert "请选择一次会议" in opened("screen", PEOPLE["meeting"], period="2024-08")
    assert "请选择一次会议" not in opened("screen", PEOPLE["meeting"], seal="2024-08-例会-01")


def test_queries_refuse_what_a_role_may_not_read(year: Database) -> None:
    """The last of three guards: the newest figures for the meeting, anything for an unknown role."""
    newest, sealed = Record(Period(2024, 8)), Record(Period(2024, 8), "20")
    meeting, stranger = PEOPLE["meeting"], Scope("chief", ("binhai",))
    for call in (
        lambda: project_states(year, meeting, newest),
        lambda: receipts(year, meeting),
        lambda: newest_params(meeting),
        lambda: params_of(stranger, sealed),
        lambda: counted_submissions(year, stranger, newest),
    ):
        with pytest.raises(NotPermitted):
            call()
    assert len(project_states(year, meeting, sealed))


def test_who_writes_has_a_name_and_a_permission(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of the sign-in where the role may; a refusal where it may not, or for nobody."""
    monkeypatch.setattr(session, "signed_in", lambda: PEOPLE["checker"])
    assert session.actor("record") == "zhao"
    with pytest.raises(NotPermitted):
        session.actor("lock")
    monkeypatch.setattr(session, "signed_in", lambda: None)
    with pytest.raises(session.NotSignedIn):
        session.actor("record")


SCREENS = [*sorted((ROOT / "ui").glob("*.py")), *sorted((ROOT / "pages").glob("*.py")), ROOT / "app.py"]
STAMPS = {"recorded_at", "set_at", "locked_at", "granted_at", "accepted_at", "withdrawn_at", "sealed_at", "decided_at"}


def calls_of(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]


def test_every_write_of_a_screen_says_who() -> None:
    """Whatever is stamped with a time carries `actor=actor(<permission>)`, so that none is recorded as the office's."""
    found = 0
    for path in SCREENS:
        for call in calls_of(path):
            named = {word.arg: word.value for word in call.keywords}
            if STAMPS & named.keys() and isinstance(call.func, ast.Name):
                found += 1
                who = named.get("actor")
                assert isinstance(who, ast.Call), f"{path.name}: {ast.unparse(call)}"
                assert isinstance(who.func, ast.Name), path.name
                assert who.func.id == "actor", path.name
    assert found > 15


def test_no_screen_is_the_office() -> None:
    """The scope comes from the sign-in; only ui/session.py knows of the office, while no accounts are set up."""
    users = [path.name for path in SCREENS if "OFFICE" in {node.id for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Name)}]
    assert users == ["session.py"]


def test_every_file_is_handed_out_by_one_function() -> None:
    """The button that asks whether the role may take files along."""
    users = [path.name for path in SCREENS if "download_button" in path.read_text(encoding="utf-8")]
    assert users == ["downloads.py"]


@pytest.mark.parametrize("name", PEOPLE)
def test_files_are_for_those_who_may_take_them(opened: Ask, name: str) -> None:
    """The button of the list of projects is there, or it is not."""
    text = opened("projects", PEOPLE[name], period="2024-08")
    assert ("下载" in text) is PEOPLE[name].may("export")
