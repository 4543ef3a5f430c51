"""Every page as everybody: nobody, each role, the other district; and who writes and hands out, over all the code."""

from __future__ import annotations

import ast
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pytest
import streamlit as st
from everything import PICTURE
from google.protobuf.text_format import MessageToString
from sample_year import SAMPLES, copy_database
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from domain.evidence import Evidence
from domain.issues import Issue, issue_id_of
from domain.periods import Period
from domain.scope import OFFICE, Record, Scope, scope_of
from domain.tasks import DECISION, Task, task_id_of
from storage.access import DRAFT_REFUSED, FILE_TAKEN, PAGE_REFUSED, read_access
from storage.clock import office_time
from storage.counting import NotPermitted, counted_submissions, newest_params, params_of
from storage.drafts import find_draft, keep_draft
from storage.engine import Database, open_database
from storage.evidence import record_evidence
from storage.issues import record_issues
from storage.meetings import seal_meeting
from storage.queries import opened_issues, project_states, receipts, tasks
from storage.tasks import record_tasks
from ui import downloads, reads, session

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
# What a page needs; all others the figures as they stand.
NEEDED = {
    "meeting": "sealed", "screen": "sealed", "calibration": "sealed", "upload": "upload", "health": "oversee",
    "audit": "oversee", "accounts": "users",
}  # fmt: skip
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
DAY = date(2024, 9, 10)
AUGUST = Record(Period(2024, 8))
REFUSED, FAILED = "不能打开这个页面", "这个页面出错了"
OTHER = {"binhai": "xiangshui", "xiangshui": "binhai"}
PAPERS = ("slides", "bulletin", "minutes", "annexes", "carried", "all")


@dataclass
class Hand:
    """A file that a page offered: what makes it, once somebody presses the button."""

    page: str
    file_name: str
    make: Callable[[], bytes | str]

    def text(self) -> str:
        """All that the file says, of its parts too."""
        made = self.make()
        return text_within(made.encode() if isinstance(made, str) else made)


@dataclass
class Walk:
    """One person's window: pages are opened in it one after the other, as a person does."""

    person: Scope | None
    monkeypatch: pytest.MonkeyPatch
    app: AppTest = field(init=False)
    hands: list[Hand] = field(default_factory=list)
    page: str = "overview"

    def __post_init__(self) -> None:
        self.monkeypatch.setattr(session, "signed_in", lambda: self.person)
        self.monkeypatch.setattr(PagesManager, "__init__", framed)
        self.monkeypatch.setattr(downloads.st, "download_button", self._offer)
        self.app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        self.app.query_params["period"] = "2024-08"
        self.app.run()

    def _offer(self, label: str, *, data: Callable[[], bytes], file_name: str, **_: object) -> bool:
        st.button(label, key=f"offered_{len(self.hands)}")
        self.hands.append(Hand(self.page, file_name, data))
        return False

    def open(self, page: str, **query: str) -> str:
        """Open a page and give all that it shows."""
        self.page = page
        self.app.query_params.clear()
        for name, value in {"period": "2024-08", **query}.items():
            self.app.query_params[name] = value
        self.app.switch_page(f"pages/{page}.py")
        return self.shown()

    def shown(self) -> str:
        self.app.run()
        assert not self.app.exception, (self.page, self.app.exception)
        return "\n".join(text_of(element) for block in (self.app.main, self.app.sidebar) for element in block)

    def press(self, key: str) -> str:
        self.app.button(key=key).click()
        return self.shown()


@pytest.fixture(scope="module")
def lived(sample_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The sample year with an issue, a task and a picture of each district. It is only read; who writes copies it."""
    db = open_database(copy_database(sample_year, tmp_path_factory.mktemp("lived")))
    for body in OTHER:
        project = project_states(db, PEOPLE[body], AUGUST).query("kind == 'projects' and start_date.notna()").iloc[0]
        own = project["project_id"], body
        issue = Issue(issue_id_of(own[0], f"{body}的问题"), *own, date(2024, 7, 31), f"{body}的问题", "utilities", "new_area")
        record_issues(db, [issue], [], actor=f"{body}的经办", recorded_at=NOON)
        task_id = task_id_of(DECISION, "2024-08", own[0], issue.issue_id, f"{body}的督办", DAY)
        task = Task(task_id, DECISION, "2024-08", f"{body}的督办", "供电", date(2024, 10, 1), DAY, "", body, own[0], issue.issue_id)
        record_tasks(db, [task], [], recorded_at=NOON)
        photo = Evidence(*own, "start", "photo", DAY, project["start_date"].date(), "塔吊", "", "", f"{body}的现场.png")
        record_evidence(db, photo, PICTURE + body.encode(), recorded_at=NOON)
    yield db
    db.close()


@pytest.fixture
def begin(lived: Database, monkeypatch: pytest.MonkeyPatch) -> Callable[[Scope | None], Walk]:
    """Sit down at a window as somebody."""
    monkeypatch.setattr(reads, "database", lambda: lived)
    return lambda person: Walk(person, monkeypatch)


def ids_of(db: Database, body: str) -> dict[str, str]:
    """What an address can name of a district: a project, its issue and task, the newest receipt."""
    person = PEOPLE[body]
    (issue,) = [each for each in opened_issues(db, PEOPLE[body], AUGUST) if each.body == body]
    (task,) = [each for each in tasks(db, PEOPLE[body], AUGUST) if each.body == body]
    number = receipts(db, person)[-1].receipt_number
    return {"project": issue.project_id, "issue": issue.issue_id, "task": task.task_id, "receipt": number}


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


@pytest.mark.parametrize("name", PEOPLE)
def test_pages_open_to_those_whose_role_has_their_permission(begin, name: str) -> None:
    """All others read one plain sentence; nobody's page fails; files are offered to those who may take them along."""
    person = PEOPLE[name]
    walk = begin(person)
    for page in PAGES:
        text = walk.open(page)
        assert FAILED not in text, page
        may = person.may(NEEDED.get(page, "read"))
        # The first page leads those who may not open it to one that they may.
        assert (REFUSED in text) is (not may and page != "overview"), page
    assert bool(walk.hands) is person.may("export")


def test_the_table_of_pages_is_that_of_the_frame() -> None:
    """Every page under pages/ is in app.py with the permission that the tests ask for, so that none has no guard."""
    entries = {
        call.args[0].value: ast.unparse(call.args[3]).lower() if len(call.args) > 3 else "read"
        for call in calls_of(ROOT / "app.py")
        if isinstance(call.func, ast.Name) and call.func.id == "PageEntry"
    }
    assert entries == {page: NEEDED.get(page, "read") for page in PAGES}


def test_pages_show_nobody_anything(begin) -> None:
    """Neither a name of a project nor the menu: the way in."""
    walk = begin(None)
    for page in PAGES:
        text = walk.open(page)
        assert "尚未设置账号" in text or "登录" in text, page
        assert "项目库" not in text, page
        assert "2024年" not in text, page
    assert walk.hands == []


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("calibration", "definitions")])
def test_a_page_without_its_frame_shows_nobody_anything(
    lived: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, page: str
) -> None:
    """A page that is run by itself has no guard around it: the scope it asks for is not there."""
    monkeypatch.setattr(reads, "database", lambda: lived)
    monkeypatch.setattr(session, "signed_in", lambda: None)
    app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=120).run()
    assert len(app.exception) == 1
    assert "NotSignedIn" in caplog.text
    assert "项目" not in "\n".join(text_of(element) for element in app.main if element.type != "exception")


@pytest.mark.parametrize("district", OTHER)
def test_a_district_sees_and_takes_nothing_of_the_other(begin, lived: Database, district: str) -> None:
    """Not a name of its projects, files, receipts, issues, tasks, pictures or people, on no page and in no file.

    Even where the address asks for the other, its project, issue, task or receipt, or for all.
    """
    walk = begin(PEOPLE[district])
    own, foreign = (names_of(lived, body) for body in (district, OTHER[district]))
    assert len(foreign - own) > 40
    for page in PAGES:
        for body in (OTHER[district], "zone"):
            text = walk.open(page, body=body, **ids_of(lived, OTHER[district]))
            assert FAILED not in text, page
            assert [name for name in foreign - own if name in text] == [], page
        walk.open(page, **ids_of(lived, district))
    # Nobody is signed in where a file is made.
    walk.monkeypatch.setattr(session, "signed_in", lambda: None)
    made = {(hand.page, hand.file_name): hand for hand in walk.hands}
    assert {page for page, _ in made} >= {"projects", "issues", "tasks", "questions", "collection", "receipt", "map", "project"}
    texts = {key: hand.text() for key, hand in made.items()}
    for key, text in texts.items():
        assert [name for name in foreign - own if name in text or name in key[1]] == [], key
    # They do hold what the district may have.
    assert any(name in text for text in texts.values() for name in own)


def names_of(db: Database, body: str) -> set[str]:
    """What tells of a district: names of its projects and files, and what was recorded by hand."""
    files = {each.file_name for each in receipts(db, PEOPLE[body]) if each.body == body}
    said = {f"{body}的问题", f"{body}的督办", f"{body}的经办", f"{body}的现场.png"}
    return set(project_states(db, PEOPLE[body], AUGUST)["project_name"]) | files | said


def test_every_file_is_made_for_the_office(begin, lived: Database) -> None:
    """Also all papers of the meeting, each with its record of who took it; nobody is signed in where it is made."""
    walk = begin(PEOPLE["administrator"])
    for page in PAGES:
        walk.open(page, **ids_of(lived, "binhai"))
    walk.open("meeting")
    for code in PAPERS:
        walk.press(f"make_{code}")
    walk.monkeypatch.setattr(session, "signed_in", lambda: None)
    made = {(hand.page, hand.file_name): hand for hand in walk.hands}
    assert len([page for page, _ in made if page == "meeting"]) == len(PAPERS)
    before = sum(1 for _ in read_access(lived.path))
    assert all(len(hand.text()) > 50 for hand in made.values())
    noted = list(read_access(lived.path))[before:]
    assert sorted(each["file_name"] for each in noted if each["event"] == FILE_TAKEN) == sorted(name for _, name in made)
    assert {each["actor"] for each in noted if each["event"] == FILE_TAKEN} == {"chief"}


def text_within(content: bytes) -> str:
    """The texts of a file and of all files within it."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(text_within(archive.read(name)) for name in archive.namelist())


def test_a_draft_opens_to_its_district_and_the_office_alone(begin, lived: Database) -> None:
    """Whoever knows the id of another's upload finds nothing, cannot drop it, and the try is on record."""
    path = SAMPLES / "滨海片区2024年9月亿元以上项目推进情况表.xlsx"
    content = path.read_bytes()
    theirs, ours = (
        keep_draft(lived.path, name, content, made_at=office_time(), bodies=bodies).draft_id
        for name, bodies in (("滨海的秘密.xlsx", ("binhai",)), ("办公室的秘密.xlsx", ()))
    )
    walk = begin(PEOPLE["xiangshui"])
    for draft_id in (theirs, ours, "0" * 16, "../" + theirs):
        text = walk.open("upload", draft=draft_id)
        assert "秘密" not in text
        assert "draft" not in walk.app.query_params
    tried = [each["draft_id"] for each in read_access(lived.path) if each["event"] == DRAFT_REFUSED and each["actor"] == "li"]
    assert tried == [theirs, ours]
    assert find_draft(lived.path, theirs)
    walk = begin(PEOPLE["binhai"])
    assert "滨海的秘密" in walk.open("upload", draft=theirs)
    assert [hand.file_name for hand in walk.hands if "滨海的秘密" in hand.file_name]
    assert "办公室的秘密" not in walk.open("upload", draft=ours)
    assert "滨海的秘密" in begin(PEOPLE["checker"]).open("upload", draft=theirs)


def test_a_page_that_is_refused_is_on_record(begin, lived: Database) -> None:
    """Once a window, not at every click."""
    walk = begin(PEOPLE["viewer"])
    for page in ("audit", "upload", "audit"):
        walk.open(page)
    refused = [each["page"] for each in read_access(lived.path) if each["event"] == PAGE_REFUSED and each["actor"] == "wu"]
    assert refused[-2:] == ["audit", "upload"]


def test_the_meeting_reads_sealed_meetings_alone(year: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen of a sealed month opens; the month as it stands does not, however the address asks."""
    seal_meeting(year, AUGUST.period, day=date(2024, 9, 10), rule_set=AUGUST.rule_set, sealed_at=NOON)
    walk = Walk(PEOPLE["meeting"], monkeypatch)
    listed = walk.open("meeting")
    assert "2024-08-例会-01" in listed
    assert "封存本月会议" not in listed
    assert "请选择一次会议" in walk.open("screen")
    assert "请选择一次会议" not in walk.open("screen", seal="2024-08-例会-01")
    assert walk.hands == []


def test_queries_refuse_what_a_role_may_not_read(year: Database) -> None:
    """The last of three guards: the newest figures for the meeting, anything for an unknown role."""
    newest, sealed = AUGUST, Record(AUGUST.period, "20")
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
