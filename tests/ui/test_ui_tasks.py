"""The page of tasks on the sample year: what was decided, how it stands, and the forms in use without a browser."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from hostile_texts import HOSTILE_TEXTS, TAGS, Reader
from sample_views import view_of
from streamlit.testing.v1 import AppTest

from domain.bodies import ZONE
from domain.issues import Issue, issue_id_of
from domain.task_reports import Answer, TaskReport
from domain.tasks import CANCELLING, CHANGED, FINISHING, PROGRESS, REOPENED, Task, TaskEvent
from storage.accepting import NotAcceptable
from storage.engine import Database
from storage.issues import record_issues
from storage.meetings import seal_meeting
from storage.tasks import record_tasks
from ui import task_card
from ui.task_card import leads_panel, task_steps
from ui.task_card import task_card as card_of
from ui.task_forms import about_choices, about_name, typed_task
from ui.task_table import issue_tasks, project_tasks, task_frame, task_list, workbook_title
from ui.tasks import AskedTasks, TaskBook, chosen_tasks, task_book, task_sentence

PAGE = Path(__file__).resolve().parents[2] / "pages" / "tasks.py"
END, NOW = date(2024, 12, 31), datetime(2025, 6, 1, 9)


def book_of(month: int = 12, body: str = ZONE.code) -> TaskBook:
    view = view_of(month, body)
    return view.remember(task_book, view.period.last_day)


def said(html: str) -> str:
    return Reader(html).text


def projects(body: str) -> list[str]:
    states = view_of().states
    return list(states.loc[states["body"] == body, "project_id"])


def task(number: int, due: str, lead: str = "县发改委", opened: str = "2024-10-31", **more: str) -> Task:
    source = more.pop("source", "decision")
    period = "2024-10" if source == "decision" else ""
    return Task(
        f"t{number}", source, period, more.pop("text", f"事项{number}"), lead, date.fromisoformat(due),
        date.fromisoformat(opened), **more,
    )  # fmt: skip


def on(task_id: str, kind: str, day: str, note: str = "说明", **more: object) -> TaskEvent:
    return TaskEvent(task_id, kind, date.fromisoformat(day), note, **more)


def issue() -> Issue:
    project = projects("binhai")[0]
    return Issue(
        issue_id_of(project, "供热未通"), project, "binhai", date(2024, 9, 30), "供热未通", "utilities", "county"
    )


@pytest.fixture
def decided(year: Database) -> Database:
    """The sample year with an issue and seven tasks in every state."""
    record_issues(year, [issue()], recorded_at=NOW)
    binhai, xiangshui = projects("binhai")[0], projects("xiangshui")[0]
    record_tasks(
        year,
        [
            task(1, "2024-12-15", body="binhai", project_id=binhai, taking_part="供电公司"),
            task(2, "2025-01-20", "新区经发局", body="xiangshui", project_id=xiangshui),
            task(3, "2024-12-31", "督查室", taking_part="滨海片区"),
            task(4, "2024-11-20", body="binhai", project_id=binhai, issue_id=issue().issue_id),
            task(5, "2024-12-10", "港口集团"),
            task(6, "2025-02-10", "滨海片区", "2024-12-31", source="rectification"),
            task(7, "2024-12-20", "招商局"),
        ],
        [
            on("t1", PROGRESS, "2024-11-20", "方案已评审"),
            on("t4", CHANGED, "2024-11-18", "材料未齐", due_date=date(2024, 12, 20)),
            on("t5", FINISHING, "2024-12-18", "已挂网", evidence="88号"),
            on("t7", CANCELLING, "2024-12-05", "省里统一制定"),
        ],
        recorded_at=NOW,
    )
    return year


def ids(found: list) -> list[str]:
    return [life.task.task_id for life in found]


def test_before_anything_was_decided(year: Database) -> None:
    """The sentence and the list say so, and what to do."""
    assert said(task_sentence(view_of(), END)).strip() == "截至 2024-12-31，还没有登记督办事项。"
    assert "例会议定的事项在右侧登记" in said(task_list(view_of(), END, AskedTasks()))
    assert "还没有登记督办事项" in said(leads_panel(view_of(), END))


def test_the_sentence_adds_up(decided: Database) -> None:
    """What was cancelled is not given; the longest overdue is named; done since the last meeting."""
    text = said(task_sentence(view_of(), END))
    assert "督办事项 6 项，办结 1 项，推进中 3 项，逾期 2 项；最久逾期 16 天" in text
    assert "上次例会（计至 2024-11-30）以来办结 1 项。" in text and "待登记" not in text
    seal_meeting(decided, view_of(11).period, day=date(2024, 12, 18), sealed_at=NOW)
    assert "上次例会（计至 2024-12-18）以来办结 0 项。" in said(task_sentence(view_of(), END))


def test_what_the_address_asks_for(decided: Database) -> None:
    """By state, source and lead: the open ones as they press, then done, then cancelled."""
    book = book_of()

    def found(**asked: object) -> list[str]:
        return ids(chosen_tasks(book, AskedTasks(**asked)))

    assert found() == ["t1", "t4", "t3", "t2", "t6"]
    assert (found(state="overdue"), found(state="going_on")) == (["t1", "t4"], ["t3", "t2", "t6"])
    assert (found(state="done"), found(state="cancelled"), found(state="answered")) == (["t5"], ["t7"], [])
    assert found(state="all") == ["t1", "t4", "t3", "t2", "t6", "t5", "t7"]
    assert found(sources=("rectification",)) == ["t6"]
    assert found(state="all", leads=("县发改委", "招商局")) == ["t1", "t4", "t7"]
    assert "没有符合条件的事项" in said(task_list(view_of(), END, AskedTasks(leads=("无此单位",))))


def test_a_district_sees_what_concerns_it(decided: Database) -> None:
    """Tasks about its projects and those that name it."""
    assert ids(book_of(body="binhai").lives) == ["t1", "t3", "t4", "t6"]
    assert ids(book_of(body="xiangshui").lives) == ["t2"]


def test_as_of_an_earlier_month(decided: Database) -> None:
    """October knows no event of November and no task of December."""
    october = book_of(10)
    assert ids(october.lives) == ["t1", "t2", "t3", "t4", "t5", "t7"]
    assert {life.state for life in october.lives} == {"going_on"}


def test_the_list(decided: Database) -> None:
    """What, about what, by when, how it stands; each opens its story, its project or its issue."""
    html = Reader(task_list(view_of(), END, AskedTasks(state="all")))
    for words in (
        "▲ 逾期 16 天",
        "今日到期",
        "还有 20 天",
        "迟 8 天办结",
        "2024-12-05 取消",
        "2024-11-20 方案已评审",
        "2024年10月例会",
        "整改事项",
    ):
        assert words in html.text
    assert f"{book_of().name(projects('binhai')[0])}：供热未通" in html.text
    assert any("issue=" in href for href in html.hrefs) and any("task=t1" in href for href in html.hrefs)


def test_a_long_list_is_cut(decided: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says so; the leads likewise."""
    monkeypatch.setattr("ui.task_table.MOST_ROWS", 2)
    assert "另有 3 项未显示" in said(task_list(view_of(), END, AskedTasks()))
    monkeypatch.setattr(task_card, "MOST_LEADS", 2)
    assert "另有 4 个单位" in said(leads_panel(view_of(), END))


def test_how_each_lead_stands(decided: Database) -> None:
    """Going on, overdue, done and the rate, most overdue first, each with its list."""
    html = Reader(leads_panel(view_of(), END))
    assert html.text.index("县发改委") < html.text.index("新区经发局")
    assert "100%" in html.text and "0%" in html.text and "—" in html.text
    assert any("lead=" in href for href in html.hrefs)


def test_the_story_of_a_task(decided: Database) -> None:
    """What it is, how it stands, the first date beside the new one, the result with its evidence, each event."""
    moved = said(card_of(view_of(), END, "t4"))
    assert (
        "▲ 逾期 11 天" in moved and "2024-12-20（改期 1 次）" in moved and "首次时限" in moved and "2024-11-20" in moved
    )
    done = said(card_of(view_of(), END, "t5"))
    assert (
        "办结结果" in done and "已挂网" in done and "88号" in done and "2024-12-18" in done and "首次时限" not in done
    )
    assert "佐证" not in said(card_of(view_of(), END, "t7"))
    assert "找不到这个事项" in said(card_of(view_of(), END, "t0"))
    record_tasks(decided, events=[
        on("t4", CHANGED, "2024-12-21", "换人", lead="住建局", taking_part="供热公司"),
        on("t5", REOPENED, "2024-12-20", "流标", due_date=date(2025, 1, 31)),
    ], recorded_at=NOW)  # fmt: skip
    steps = said(task_steps(view_of(), book_of().find("t4")))
    assert "牵头改为住建局、配合改为供热公司" in steps and "时限改为 2024-12-20" in steps
    assert steps.index("换人") < steps.index("材料未齐") < steps.index("2024年10月例会")
    again = said(task_steps(view_of(), book_of().find("t5")))
    assert "重新打开（时限改为 2025-01-31）" in again and "已挂网（佐证：88号）" in again


def test_project_and_issue_show_their_tasks(decided: Database) -> None:
    """In any district's view, with a way to record one; the project's include those of its issues."""
    binhai, xiangshui = projects("binhai")[0], projects("xiangshui")[0]
    shown = Reader(project_tasks(view_of(body="xiangshui"), END, binhai))
    assert "事项1" in shown.text and "事项4" in shown.text and "事项2" not in shown.text and "事项5" not in shown.text
    assert any(f"project={binhai}" in href and "body=xiangshui" in href for href in shown.hrefs)
    assert "事项2" in said(project_tasks(view_of(), END, xiangshui))
    of_issue = Reader(issue_tasks(view_of(), END, issue().issue_id))
    assert "事项4" in of_issue.text and "事项1" not in of_issue.text
    assert any(f"issue={issue().issue_id}" in href for href in of_issue.hrefs)
    none = Reader(project_tasks(view_of(), END, projects("binhai")[1]))
    assert "没有登记" in none.text and "登记督办事项" in none.text


def test_the_workbook_of_the_list(decided: Database) -> None:
    """A row a task, dates as dates, numbers as numbers."""
    frame = task_frame(book_of(), AskedTasks(state="all")).set_index("事项")
    assert len(frame) == 7
    moved = frame.loc["事项4"]
    assert (moved["首次时限"], moved["完成时限"], moved["改期次数"]) == (
        pd.Timestamp(2024, 11, 20),
        pd.Timestamp(2024, 12, 20),
        1,
    )
    assert (moved["逾期天数"], moved["问题"], moved["例会"]) == (11, "供热未通", "2024年10月")
    assert (frame.loc["事项5", "办结结果"], frame.loc["事项5", "佐证材料"]) == ("已挂网", "88号")
    assert frame.loc["事项6", "例会"] == ""
    assert workbook_title(view_of()) == "督办事项 全区 2024年12月"


def test_what_a_task_can_be_about(decided: Database) -> None:
    """Nothing, each project of the body, and behind a project its open issues."""
    book = book_of(body="binhai")
    choices = about_choices(book)
    binhai = projects("binhai")[0]
    assert choices[0] == ("", "") and about_name(book, choices[0]) == "不涉及具体项目"
    at = choices.index((binhai, ""))
    assert choices[at + 1] == (binhai, issue().issue_id)
    assert about_name(book, choices[at + 1]).endswith("：供热未通")
    assert {project for project, _ in choices[1:]} == set(book.view.names)


def test_a_task_as_typed(decided: Database) -> None:
    """The district of its project, else the zone; a decision is of the month's meeting; no due date is said."""
    book, due = book_of(), date(2025, 1, 31)
    about = (projects("binhai")[0], "")
    typed = typed_task(book, (" 办 ", " 谁 ", ""), due, about, "decision", END)
    assert (typed.text, typed.lead, typed.body, typed.period, typed.opened_on) == ("办", "谁", "binhai", "2024-12", END)
    ordered = typed_task(book, ("办", "谁", ""), due, ("", ""), "supervision", END)
    assert (ordered.body, ordered.period) == ("zone", "")
    with pytest.raises(NotAcceptable, match="完成时限"):
        typed_task(book, ("办", "谁", ""), None, about, "decision", END)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_typed_texts_are_never_markup(year: Database, text: str) -> None:
    """Task, lead, note and evidence, on list, card, steps and panels."""
    given = task(1, "2025-01-31", text, text=text, taking_part=text, body="binhai", project_id=projects("binhai")[0])
    record_tasks(year, [given], [on("t1", FINISHING, "2024-12-01", text, evidence=text)], recorded_at=NOW)
    book = book_of()
    drawn = (
        task_list(view_of(), END, AskedTasks(state="all")),
        card_of(view_of(), END, "t1"),
        task_steps(view_of(), book.find("t1")),
        leads_panel(view_of(), END),
        project_tasks(view_of(), END, given.project_id),
    )
    for html in drawn:
        assert Reader(html).tags <= TAGS
        assert text in Reader(html).text


# --- The page in use ------------------------------------------------------------------------------------------------


def opened(**query: str) -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def field(app: AppTest, kind: str, label: str):
    return next(each for each in getattr(app, kind) if each.label.startswith(label))


def press(app: AppTest, label: str) -> AppTest:
    return [button for button in app.button if label in button.label][-1].click().run()


def html_of(app: AppTest) -> str:
    return "".join(part.proto.body for part in app.get("html"))


def test_record_a_decision(year: Database) -> None:
    """Beside an issue, which brings its project; what is missing is said and what was typed stays."""
    record_issues(year, [issue()], recorded_at=NOW)
    app = opened(issue=issue().issue_id, period="2024-11")
    assert field(app, "date_input", "完成时限").value == date(2024, 12, 31)  # by the next meeting
    field(app, "text_area", "事项").set_value("协调供热管网接入")
    field(app, "date_input", "完成时限").set_value(None)
    app = press(app, "登记")
    assert "请填写完成时限" in html_of(app)
    field(app, "date_input", "完成时限").set_value(date(2024, 12, 20))
    app = press(app, "登记")
    assert "请填写牵头单位" in html_of(app)
    assert field(app, "text_area", "事项").value == "协调供热管网接入"
    field(app, "text_input", "牵头单位").set_value("住建局")
    app = press(app, "登记")
    assert not app.exception
    (life,) = book_of(11).lives
    assert (life.task.issue_id, life.task.project_id, life.task.body) == (
        issue().issue_id,
        issue().project_id,
        "binhai",
    )
    assert (life.task.period, life.task.opened_on, life.lead) == ("2024-11", date(2024, 11, 30), "住建局")
    assert field(app, "text_area", "事项").value == ""
    assert "协调供热管网接入" in html_of(opened(period="2024-12"))


def test_preset_by_a_project_that_is_unknown(year: Database) -> None:
    """Nothing is preset; a project of the other district can be."""
    assert field(opened(project="p0"), "selectbox", "涉及").value == ("", "")
    project = projects("xiangshui")[0]
    assert field(opened(project=project, body="binhai"), "selectbox", "涉及").value == (project, "")


def test_follow_a_task_up(decided: Database) -> None:
    """Progress, another date, done with evidence, opened again: each through the form."""
    app = opened(task="t1", state="all")
    field(app, "text_area", "落实情况").set_value("已进场")
    press(app, "登记")
    assert book_of().find("t1").newest_progress.note == "已进场"

    app = opened(task="t1", state="all")
    field(app, "selectbox", "登记").set_value(CHANGED).run()
    field(app, "text_area", "调整的理由").set_value("雨季")
    app = press(app, "登记")
    assert "牵头、配合、时限都没有变动" in html_of(app)
    field(app, "date_input", "完成时限").set_value(date(2025, 3, 31))
    press(app, "登记")
    assert (book_of().find("t1").due_date, book_of().find("t1").due_changes) == (date(2025, 3, 31), 1)

    app = opened(task="t1", state="all")
    field(app, "selectbox", "登记").set_value(FINISHING).run()
    field(app, "text_area", "办结结果").set_value("已通暖")
    field(app, "text_input", "佐证材料").set_value("照片3张")
    press(app, "登记")
    assert (book_of().find("t1").state, book_of().find("t1").evidence) == ("done", "照片3张")

    app = opened(task="t1", state="all")
    field(app, "text_area", "重新打开的理由").set_value("停暖")
    press(app, "登记")
    assert book_of().find("t1").is_open


@pytest.fixture
def answered(decided: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """December's returns answer for three tasks."""
    reports = [
        TaskReport("事项1", "已进场", "binhai", "2024-12-滨海-01", "议定事项", "G4"),
        TaskReport("事项4", "已组卷", "binhai", "2024-12-滨海-01", "议定事项", "G5"),
        TaskReport("事项9", "没有这件事", "binhai", "2024-12-滨海-01", "议定事项", "G6"),
    ]
    monkeypatch.setattr("storage.queries.task_reports", lambda *_: reports)
    return decided


def test_answers_of_returns_are_recorded_by_a_person(answered: Database) -> None:
    """Told in the sentence, shown with their cell, recorded one by one or all, and then no longer told."""
    assert "本期报表另有 2 条落实情况待登记。" in said(task_sentence(view_of(), END))
    assert all(isinstance(each, Answer) for each in book_of().answers)
    assert ids(chosen_tasks(book_of(), AskedTasks(state="answered"))) == ["t1", "t4"]
    app = opened(task="t1")
    assert "已进场" in html_of(app) and "2024-12-滨海-01 议定事项!G4" in html_of(app) and "已组卷" not in html_of(app)
    press(app, "登记为落实情况")
    newest = book_of().find("t1").newest_progress
    assert (newest.note, newest.evidence, newest.on_date) == ("已进场", "2024-12-滨海-01 议定事项!G4", END)
    assert "另有 1 条" in said(task_sentence(view_of(), END))
    press(opened(state="answered"), "登记为落实情况")
    assert book_of().answers == []
    assert not opened(state="answered").exception


def test_all_answers_at_once(answered: Database) -> None:
    """One write for all that are shown."""
    before = answered.version()
    press(opened(state="answered"), "全部登记（2 条）")
    assert (book_of().answers, answered.version()) == ([], before + 1)


@pytest.mark.parametrize(
    "query",
    [{}, {"state": "all"}, {"task": "t1"}, {"task": "t5"}, {"task": "t0"}, {"source": "decision", "lead": "督查室"}],
)
def test_every_part_of_the_page_is_drawn(decided: Database, query: dict) -> None:
    """In both languages."""
    for language in ("zh", "en"):
        assert not opened(lang=language, **query).exception
