"""The ledgers of rectification beside the tasks: the three accounts as they are, and what may have relapsed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hostile_texts import HOSTILE_TEXTS, TAGS, Reader
from sample_views import view_of
from streamlit.testing.v1 import AppTest

from domain.periods import Period
from domain.rectification import Problem, Rectification, RectificationBulletin
from domain.rectification_changes import LedgerChanges
from domain.rectification_lists import ListFault
from domain.tasks import APPLYING, APPROVING, CANCELLING, REMINDED, Task, TaskDetail, TaskEvent
from storage import queries
from storage.engine import Database
from storage.rectification import publish_bulletin, record_rectification
from storage.tasks import record_tasks
from ui.rectification import ledger_notes, ledger_rows, rectification_book, rectification_panels
from ui.rectification_forms import change_notes
from ui.task_card import task_card
from ui.task_forms import actions_of
from ui.tasks import task_book

PAGE = Path(__file__).resolve().parents[2] / "pages" / "tasks.py"
NOW, GIVEN = datetime(2025, 6, 1, 9), date(2024, 6, 20)
PLAN = Rectification("r1", "整改台账", 31, 125, GIVEN, "公布的报告")
PUBLISHED = RectificationBulletin("r1", Period(2024, 12), 23, 5, date(2024, 12, 26), "公布的报告")


def measure(number: int, due: str = "2024-08-31") -> Task:
    return Task(f"m{number}", "rectification", "", f"措施{number}", "招商部门", date.fromisoformat(due), GIVEN)


def detail(number: int, indicator: str = "") -> TaskDetail:
    return TaskDetail(
        f"m{number}", "甲领导", "列清单", "每月一轮", "p1", f"1-{number}", indicator, source="方案", is_example=True
    )


@pytest.fixture
def ledger(year: Database) -> Database:
    """A problem of four measures: closed by two, waiting, overdue by four days, cancelled."""
    record_rectification(year, [PLAN], [Problem("p1", "r1", "1", "转化不快")], recorded_at=NOW)
    given = [measure(1), measure(2), measure(3, "2024-12-27"), measure(4)]
    told = [detail(1, "start_overdue"), detail(2), detail(3), detail(4)]
    record_tasks(year, given, details=told, recorded_at=NOW)
    applied = [TaskEvent(f"m{n}", APPLYING, date(2024, 7, 20), "已办", "纪要") for n in (1, 2)]
    dropped = TaskEvent("m4", CANCELLING, date(2024, 7, 20), "并入其他措施")
    record_tasks(year, events=[*applied, dropped], actor="王", recorded_at=NOW)
    approved = TaskEvent("m1", APPROVING, date(2024, 7, 31), "同意")
    record_tasks(year, events=[approved], actor="李", recorded_at=NOW)
    publish_bulletin(year, PUBLISHED, recorded_at=NOW)
    return year


def panels(month: int) -> str:
    view = view_of(month)
    return Reader("".join(rectification_panels(view, view.period.last_day))).text


def test_without_a_ledger_nothing_is_drawn(year: Database) -> None:
    """No heading over nothing."""
    assert rectification_panels(view_of(), date(2024, 12, 31)) == ("", "")


def test_three_accounts_side_by_side(ledger: Database) -> None:
    """Each as it is: none is made of another."""
    (counts,) = rectification_book(view_of(), date(2024, 12, 31)).ledgers
    assert [(row["plan"], row["published"], row["recorded"]) for row in ledger_rows(counts)] == [
        (31, 28, 1),
        (125, "—", 3),
    ]
    assert ledger_notes(counts) == [
        "已公开 28 / 方案 31：2024年12月公布完成 23 个、推进 5 个问题",
        "登记措施：办结 1、待销号 1、推进中 0、逾期 1（其中 3 项为示例）",
        "方案数据来源（2024-06-20）：公布的报告",
    ]


def test_before_anything_was_published(ledger: Database) -> None:
    """A month before the bulletin says so, it does not say nought."""
    assert "截至本期没有公开整改数" in panels(11)


def test_a_district_sees_the_same_ledger(ledger: Database) -> None:
    """The plan counts nothing smaller than the zone."""
    day = date(2024, 12, 31)
    zone, district = (rectification_book(view_of(12, body), day).ledgers for body in ("zone", "binhai"))
    assert zone == district
    assert zone[0].measures.given == 3


@pytest.mark.parametrize(("now", "expected"), [(6.0, ["m1"]), (2.0, []), (1.0, []), (None, [])])
def test_what_worsened_is_proposed(
    ledger: Database, monkeypatch: pytest.MonkeyPatch, now: float | None, expected: list[str]
) -> None:
    """A figure above that of the month of the closing; one no worse, or not reported, proposes nothing."""
    monkeypatch.setattr("ui.rectification.figure", lambda _, tie: now if tie[2].month == 12 else 2.0)
    found = rectification_book(view_of(), date(2024, 12, 31))
    assert [each.life.task.task_id for each in found.relapsed] == expected
    assert ("疑似回潮 1 项" in panels(12)) == bool(expected)
    assert ("都没有变差" in panels(12)) == (not expected)


def test_the_card_says_what_the_ledger_says(ledger: Database) -> None:
    """Problem, leader, how and by which steps; overdue the step that is due, until it was taken."""
    view, day = view_of(), date(2024, 12, 31)
    text = Reader(task_card(view, day, "m3")).text
    for words in ("转化不快", "甲领导", "列清单", "每月一轮", "提醒（逾期 4 天，示例规则）"):
        assert words in text
    assert REMINDED in actions_of(view.remember(task_book, day).find("m3"))
    record_tasks(ledger, events=[TaskEvent("m3", REMINDED, date(2024, 12, 30), "电话")], recorded_at=NOW)
    assert "应采取" not in Reader(task_card(view_of(), day, "m3")).text


@pytest.mark.parametrize(("kind", "is_open"), [("confirmed", True), ("set_aside", False)])
def test_a_person_rules_on_a_proposal(
    ledger: Database, monkeypatch: pytest.MonkeyPatch, kind: str, is_open: bool
) -> None:
    """Confirmed it is opened again with another due date, set aside it stays closed; either way nothing is proposed more."""
    monkeypatch.setattr("ui.rectification.figure", lambda _, tie: 6.0 if tie[2].month == 12 else 2.0)
    app = AppTest.from_file(str(PAGE), default_timeout=60)
    for name, value in {"period": "2024-12", "task": "m1"}.items():
        app.query_params[name] = value
    app.run()
    next(each for each in app.selectbox if "认定回潮，重新打开" in each.options).set_value(kind)
    next(each for each in app.text_area if each.label == "理由").set_value("又有新增")
    next(each for each in app.date_input if each.label.startswith("重新打开后的时限")).set_value(date(2025, 3, 31))
    next(each for each in app.button if each.label == "登记").click().run()
    assert not app.exception
    view, day = view_of(), date(2024, 12, 31)
    life = task_book(view, day).find("m1")
    assert (life.is_open, life.due_date) == ((True, date(2025, 3, 31)) if is_open else (False, date(2024, 8, 31)))
    (ruling,) = queries.relapse_rulings(ledger, view.scope, view.record)
    assert (ruling.kind, ruling.baseline, ruling.figure, ruling.note) == (kind, 2.0, 6.0, "又有新增")
    assert rectification_book(view, day).relapsed == []


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_words_of_a_ledger_are_never_markup(year: Database, text: str) -> None:
    """Whatever a plan is called and wherever it comes from."""
    plan = Rectification("r1", text, 31, 125, GIVEN, text)
    record_rectification(year, [plan], recorded_at=NOW)
    assert set(Reader("".join(rectification_panels(view_of(), date(2024, 12, 31)))).tags) <= TAGS


def page_of(**asked: str) -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=60)
    for name, value in {"period": "2024-12", **asked}.items():
        app.query_params[name] = value
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    app = next(each for each in app.button if each.label == label).click().run()
    assert not app.exception
    return app


def test_closings_are_approved_together_by_another_account(ledger: Database) -> None:
    """Those that wait among the listed; what this account applied for itself is left to somebody else."""
    own = TaskEvent("m3", APPLYING, date(2024, 12, 20), "已办", "照片")
    record_tasks(ledger, events=[own], recorded_at=NOW)
    app = page_of(state="awaiting")
    assert "其中 1 项由本账号申请，须由其他账号批准。" in "".join(each.body for each in app.get("html"))
    press(app, "批准销号 1 项")
    view, day = view_of(), date(2024, 12, 31)
    book = task_book(view, day)
    assert [book.find(each).state for each in ("m2", "m3")] == ["done", "awaiting"]
    approved = [event for event in book.find("m2").events if event.kind == APPROVING]
    assert [(event.note, event.recorded_by) for event in approved] == [("同意销号", "office")]


def test_where_nothing_may_be_approved_there_is_no_button(ledger: Database) -> None:
    """What waits was applied for by this very account."""
    record_tasks(ledger, events=[TaskEvent("m2", "returned", date(2024, 12, 1), "缺图")], recorded_at=NOW)
    record_tasks(ledger, events=[TaskEvent("m2", APPLYING, date(2024, 12, 20), "已办", "照片")], recorded_at=NOW)
    app = page_of(state="awaiting")
    assert not any(each.label.startswith("批准销号") for each in app.button)


def test_a_month_is_published(ledger: Database) -> None:
    """Both numbers, the day and the source, for the month of the view; half of it is refused."""
    app = page_of()
    number = {each.label: each for each in app.number_input}
    number["公布完成（个问题）"].set_value(25)
    form = next(each for each in app.button if "bulletin_" in each.proto.form_id)
    app = form.click().run()
    assert "请填写公布完成和推进的问题数。" in "".join(each.body for each in app.get("html"))
    {each.label: each for each in app.number_input}["公布推进（个问题）"].set_value(6)
    next(each for each in app.text_input if each.label == "公布文件名称或出处").set_value(
        "十二月通报"
    )
    app = next(each for each in app.button if "bulletin_" in each.proto.form_id).click().run()
    assert not app.exception
    newest = queries.rectification_bulletins(ledger, view_of().scope, view_of().record)[-1]
    assert (newest.done, newest.going_on, newest.period, newest.source) == (25, 6, Period(2024, 12), "十二月通报")
    assert "已公开 31 / 方案 31" in panels(12)


def test_without_a_ledger_nothing_can_be_published(year: Database) -> None:
    """It says what comes first."""
    assert "请先导入" in "".join(each.body for each in page_of().get("html"))


def test_with_two_ledgers_one_is_chosen(ledger: Database) -> None:
    """By its name."""
    second = Rectification("r2", "另一本台账", 3, 9, GIVEN, "方案")
    record_rectification(ledger, [second], recorded_at=NOW)
    app = page_of()
    assert any("另一本台账" in each.options for each in app.selectbox)
    assert "另一本台账" in panels(12)


def test_what_a_file_brings_is_told() -> None:
    """In numbers; approvals are another account's; each line that cannot be taken, with why, no more than a screen holds."""
    event = TaskEvent("m1", APPROVING, GIVEN, "同意")
    faults = [ListFault(0, "甲", "no_ledger"), *(ListFault(at, "<b>乙", "no_lead") for at in range(7, 40))]
    text = Reader(change_notes(LedgerChanges(events=[event], unchanged=4, faults=faults))).text
    assert "新增问题 0 个、事项 0 项，经过 0 条；原已登记 4 项，未采用 34 行" in text
    assert "批准销号 1 项不随导入生效" in text
    assert "没有写牵头部门。" in text and "另有 4 行未显示" in text
    assert "批准销号" not in Reader(change_notes(LedgerChanges())).text
