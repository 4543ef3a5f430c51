"""The page of issues on the sample year: proposed, confirmed, worked, listed; and in use without a browser."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from hostile_texts import HOSTILE_TEXTS, TAGS, Reader
from sample_views import view_of
from streamlit.testing.v1 import AppTest

from domain.bodies import ZONE
from domain.issue_mentions import Proposal
from domain.issue_texts import issue_key
from domain.issues import ASSIGNED, FROM_RETURN, HANDED_OVER, RESOLVING, Issue, IssueEvent, issue_id_of, life_of
from storage.engine import Database
from storage.issues import record_issues
from ui import issue_proposals
from ui.issue_card import hands_panel, issue_card, issue_steps, project_issues
from ui.issue_forms import next_hand, words_table
from ui.issue_lists import list_frames, list_text, meeting_lists
from ui.issue_proposals import confirm_rows, dismiss_row, proposal_frame
from ui.issue_table import issue_list, relay
from ui.issues import AskedIssues, IssueBook, chosen_issues, chosen_proposals, issue_book, issue_day, issue_sentence

PAGE = Path(__file__).resolve().parents[2] / "pages" / "issues.py"
END, NOW = date(2024, 12, 31), datetime(2025, 6, 1, 9)
TEXT = "能评指标需省级平衡"


def book_of(month: int = 12, body: str = ZONE.code) -> IssueBook:
    view = view_of(month, body)
    return view.remember(issue_book, view.period.last_day)


def confirm_all(month: int = 12) -> IssueBook:
    book = book_of(month)
    confirm_rows(book, zip(book.proposals, proposal_frame(book, book.proposals).to_dict("records"), strict=True))
    return book_of(month)


def of_returns(book: IssueBook) -> list[Proposal]:
    """The proposals that returns name, without the late steps of the permits."""
    return [each for each in book.proposals if each.source == FROM_RETURN]


def said(html: str) -> str:
    return Reader(html).text


def test_the_issues_of_the_sample_year_are_proposed(year: Database) -> None:
    """Each cell of December that names something, once; none of those that say 无; none twice once confirmed."""
    states = view_of().states
    named = states[states["issue_text"].notna() & (states["issue_text"] != "无")]
    book = book_of()
    assert sorted((each.newest.project_id, each.newest.text) for each in of_returns(book)) == sorted(
        zip(named["project_id"], named["issue_text"], strict=True)
    )
    assert [life.issue.project_id for life in confirm_all().lives] == [each.newest.project_id for each in book.proposals]
    assert book_of().proposals == []


def test_no_text_of_the_sample_year_is_split_wrongly(year: Database) -> None:
    """The sample has one issue a cell: as many proposals in a month as cells that name one."""
    for month in (1, 6, 12):
        texts = view_of(month).states["issue_text"].dropna()
        assert len(of_returns(book_of(month))) == sum(text != "无" for text in texts)


def test_the_same_text_next_month_is_the_same_issue(year: Database) -> None:
    """Confirmed in March, known in April; what is new in April is proposed."""
    march = confirm_all(3)
    keys = {(life.issue.project_id, life.issue.key) for life in march.lives}
    april = book_of(4)
    assert not {(each.newest.project_id, each.newest.key) for each in april.proposals} & keys
    echoes = [april.echoes[life.issue.issue_id].state for life in april.lives if life.issue.source == FROM_RETURN]
    assert set(echoes) <= {"named_again", "said_none", "not_named", "not_reported", "left_blank"}
    assert echoes.count("named_again") > len(echoes) / 2


def test_the_sentence_adds_up(year: Database) -> None:
    """The levels are the open ones; what waits is said while it waits."""
    assert f"另有 {len(book_of().proposals)} 条待确认" in said(issue_sentence(view_of(), END))
    book = confirm_all()
    levels = {level: sum(life.level == level for life in book.open) for level in ("province", "city", "new_area", "county", "firm")}
    text = said(issue_sentence(view_of(), END))
    expected = "未解决 {} 个，其中省级 {province}、市级 {city}、新区 {new_area}、县 {county}、企业 {firm}；".format(len(book.open), **levels)
    assert expected in text and "待确认" not in text and "超过办理时限" not in text
    assert f"最长在手 {(END - min(life.issue.opened_on for life in book.lives)).days:,} 天" in text


def test_a_district_sees_its_own(year: Database) -> None:
    """The two together are the zone."""
    confirm_all()
    of = {body: {life.issue.issue_id for life in book_of(body=body).lives} for body in ("zone", "binhai", "xiangshui")}
    assert of["binhai"] and of["xiangshui"] and not of["binhai"] & of["xiangshui"]
    assert of["binhai"] | of["xiangshui"] == of["zone"]


def event(life_id: str, kind: str, day: str = "2024-12-20", **more: object) -> IssueEvent:
    return IssueEvent(life_id, kind, date.fromisoformat(day), **more)


def record(db: Database, *events: IssueEvent) -> None:
    record_issues(db, events=events, recorded_at=NOW)


def test_what_the_address_asks_for(year: Database) -> None:
    """By state, level and reason; overdue before the others; closed ones apart."""
    first, second, third = (life.issue.issue_id for life in confirm_all().lives[:3])
    record(
        year,
        event(first, RESOLVING, "2024-12-10", note="已批"),
        event(second, "dismissed", note="误报"),
        event(third, ASSIGNED, "2024-12-01", owner="发改委", due_date=date(2024, 12, 15)),
    )
    book = book_of()

    def ids(**asked: object) -> list[str]:
        return [life.issue.issue_id for life in chosen_issues(book, AskedIssues(**asked))]

    assert ids(state="open")[0] == third and len(ids(state="open")) == len(book.lives) - 2
    assert (ids(state="resolved"), ids(state="dismissed"), ids(state="overdue")) == ([first], [second], [third])
    assert ids(state="came_back") == [second, first]  # December's return still names both
    assert ids(state="all")[-2:] == [second, first]
    counted = [len(ids(state="all", levels=(level,))) for level in ("firm", "county", "new_area", "city", "province")]
    assert sum(counted) == len(book.lives)
    land = ids(state="all", reasons=("land",))
    assert land and all(book.find(each).reason == "land" for each in land)
    html = said(issue_list(view_of(), END, AskedIssues(state="overdue")))
    assert "▲ 超期 16 天" in html and "发改委" in html
    assert "◆ 2024年12月再次提及" in said(issue_list(view_of(), END, AskedIssues(state="resolved")))
    assert "没有符合条件的问题" in said(issue_list(view_of(), END, AskedIssues(state="resolved", reasons=("safety",))))


def test_before_anything_was_confirmed(year: Database) -> None:
    """The list says what to do and leads there."""
    html = issue_list(view_of(), END, AskedIssues())
    assert f"确认 {len(book_of().proposals)} 条" in said(html)
    assert any("show=proposed" in href for href in Reader(html).hrefs)


def test_a_long_list_is_cut(year: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says so."""
    count = len(confirm_all().lives)
    monkeypatch.setattr("ui.issue_table.MOST_ROWS", 5)
    assert f"另有 {count - 5} 个未显示" in said(issue_list(view_of(), END, AskedIssues()))


def test_the_relay_is_to_scale() -> None:
    """Each stay as long as it was, against the longest of the list; a stay of no days is not drawn."""
    issue = Issue("i1", "p1", "binhai", date(2024, 1, 31), TEXT, "environment", "county")
    events = [event("i1", HANDED_OVER, "2024-02-10", level="city"), event("i1", HANDED_OVER, "2024-02-10", level="province")]
    stack = relay(life_of(issue, events, date(2024, 3, 1)), 60)
    assert [(share, tone) for share, tone, _ in stack.parts] == [(10 / 60, "level_county"), (20 / 60, "level_province")]
    assert (stack.parts[0][2], stack.text) == ("县：2024-01-31 至 2024-02-10，10 天", "30 天")


def test_the_story_of_an_issue(year: Database) -> None:
    """Where it was named first, whom it was handed to, what came of it."""
    life = next(life for life in confirm_all().lives if life.issue.text == TEXT)
    issue_id = life.issue.issue_id
    record(
        year,
        event(issue_id, HANDED_OVER, "2024-12-02", level="city" if life.level != "city" else "province", note="已发函"),
        event(issue_id, "reclassed", "2024-12-03", reason="other", note="指标置换"),
        event(issue_id, ASSIGNED, "2024-12-03", due_date=date(2024, 12, 4)),
        event(issue_id, "noted", "2024-12-05", note="<b>已约谈</b>"),
    )
    book = book_of()
    card = said(issue_card(view_of(), END, issue_id))
    assert f"{life.issue.sheet}!{life.issue.cell}" in card and "其他（指标置换）" in card
    assert "2024-12-04 ▲ 超期 27 天" in card
    assert f"报表填“{ {'province': '省', 'city': '市'}[life.level] }”" in card
    steps = Reader(issue_steps(book.find(issue_id)))
    assert steps.text.index("办理情况") < steps.text.index("时限 2024-12-04") < steps.text.index("已发函") < steps.text.index("报表提出")
    assert steps.tags <= TAGS
    record(year, event(issue_id, RESOLVING, "2024-12-31", note="指标已批"))
    assert "指标已批" in said(issue_card(view_of(), END, issue_id))
    assert "找不到这个问题" in said(issue_card(view_of(), END, "i0"))


def test_whose_hands_and_rates(year: Database) -> None:
    """Levels from above, reasons by how often they are named, what was resolved of them."""
    book = confirm_all()
    first = book.open[0]
    record(year, event(first.issue.issue_id, RESOLVING, note="已批"))
    panel = Reader(hands_panel(view_of(), END))
    levels = [panel.text.index(word) for word in ("省", "市", "新区", "县", "企业")]
    assert levels == sorted(levels)
    raised = sum(life.level == first.level for life in book.lives)
    assert f"{round(100 / raised)}%" in panel.text
    assert any(f"level={first.level}" in href for href in panel.hrefs)


def test_the_lists_of_the_meeting(year: Database) -> None:
    """Province and city on one, New Area and county on the other; each with owner, due date and hand-overs."""
    book = confirm_all()
    county = next(life for life in book.open if life.level == "county")
    record(year, event(county.issue.issue_id, HANDED_OVER, level="city", owner="市发改委", due_date=date(2024, 12, 25)))
    book = book_of()
    joint, session, own = meeting_lists(view_of(), END, AskedIssues())
    counts = [sum(life.level in levels for life in book.open) for levels in (("city", "province"), ("new_area", "county"))]
    assert joint.text.startswith(f"全区联合会办清单（需省、市协调 {counts[0]} 个，县、新区联动向上争取，截至2024年12月31日）")
    assert session.text.startswith(f"全区专题会办清单（新区、县级协调 {counts[1]} 个")
    assert len(joint.text.splitlines()) == counts[0] + 1
    assert "责任单位 市发改委，时限 2024年12月25日；已超期 6 天；移交：县→市。" in joint.text
    assert own.text == "" and "现有" in own.head
    cells = Reader(joint.head).text
    assert "转入" in cells and "联合会办清单" in cells
    assert list_text(book, "joint", AskedIssues(levels=("province",))).count("（省，") == sum(life.level == "province" for life in book.open)


def test_the_workbook_of_the_lists(year: Database) -> None:
    """A sheet a list, a row an issue, days as numbers and dates as dates."""
    book = confirm_all()
    record(year, event(book.lives[0].issue.issue_id, "noted", note="已约谈"))
    frames = dict(list_frames(book_of(), AskedIssues()))
    assert list(frames) == ["联合会办清单", "专题会办清单", "企业自办清单"]
    assert sum(map(len, frames.values())) == len(book.lives)
    whole = pd.concat(frames.values())
    assert whole["在手天数"].map(type).isin([int]).all() and whole["提出日期"].map(type).isin([pd.Timestamp]).all()
    assert list(whole["最近情况"].loc[lambda notes: notes != ""]) == ["2024-12-20 已约谈"]
    assert whole["来源"].str.contains("!").all()


def test_an_issue_continued_in_other_words(year: Database) -> None:
    """Ticked as the same, the words are the earlier issue's; a rejected one is not proposed again."""
    book = confirm_all(11)
    life = book.open[0]
    proposals = book_of(12).proposals
    made = replace(
        proposals[0] if proposals else book_of(1).proposals[0],
        mentions=(_mention(life.issue.project_id, "换了说法的问题", life.reason),),
        successor_of=life.issue.issue_id,
    )
    frame = proposal_frame(book_of(12), [made])
    assert list(frame["earlier"]) == [life.issue.text]
    confirm_rows(book_of(12), [(made, {**frame.to_dict("records")[0], "is_same": True})])
    assert issue_key("换了说法的问题") in book_of(12).find(life.issue.issue_id).keys
    other = replace(made, mentions=(_mention(life.issue.project_id, "不是问题的话", "land"),), successor_of=None)
    dismiss_row(book_of(12), other)
    dismissed = book_of(12).find(issue_id_of(life.issue.project_id, "不是问题的话"))
    assert (dismissed.state, dismissed.result) == ("dismissed", "经核实不作为问题")


def _mention(project_id: str, text: str, reason: str):
    from domain.issue_texts import Mention

    body = view_of().states.set_index("project_id")["body"][project_id]
    return Mention(project_id, body, "2024-12", text, issue_key(text), reason, "", "", "", "")


def test_edits_of_other_rows_are_kept(year: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that was changed keeps its change while another is confirmed."""
    monkeypatch.setattr(st, "session_state", {})
    book = book_of()
    rows = proposal_frame(book, book.proposals).to_dict("records")
    rows[1] |= {"reason": "other", "level": "firm", "explanation": "待查"}
    issue_proposals._keep(book.proposals, rows)
    kept = proposal_frame(book, book.proposals[1:]).to_dict("records")[0]
    assert (kept["reason"], kept["level"], kept["explanation"]) == ("other", "firm", "待查")
    assert issue_proposals._clicked("confirm_clicked") is None
    monkeypatch.setattr(st, "session_state", {"confirm_clicked": {"row": 3, "label": "确认"}})
    assert issue_proposals._clicked("confirm_clicked") == 3


def test_the_filters_hold_for_proposals(year: Database) -> None:
    """Confirming all that are shown confirms those."""
    book = book_of()
    shown = chosen_proposals(book, AskedIssues(levels=("city", "province"), reasons=("environment",)))
    assert shown and {each.newest.reason for each in shown} == {"environment"}
    assert {each.level for each in shown} <= {"city", "province"}


def test_the_page_of_a_project_shows_its_issues(year: Database) -> None:
    """In any district's view; that some wait is said."""
    made = next(each for each in book_of().proposals if each.newest.body == "xiangshui")
    project_id = made.newest.project_id
    waiting = sum(each.newest.project_id == project_id for each in book_of().proposals)
    assert f"另有 {waiting} 条待确认" in said(project_issues(view_of(body="binhai"), END, project_id))
    confirm_all()
    html = project_issues(view_of(body="binhai"), END, project_id)
    assert made.newest.text in said(html) and "hx-stack" in html


@pytest.mark.parametrize(
    ("level", "said_level", "expected"),
    [("county", "", "new_area"), ("province", "", "city"), ("county", "city", "city"), ("county", "county", "new_area")],
)
def test_whom_an_issue_is_likely_handed_to(year: Database, level: str, said_level: str, expected: str) -> None:
    """What the return says, else one up; from the top one down."""
    book = confirm_all()
    life = replace(book.open[0], level=level)
    echo = replace(book.echoes[life.issue.issue_id], said_level=said_level)
    assert next_hand(replace(book, echoes={life.issue.issue_id: echo}), life) == expected


def test_the_table_of_words_names_every_class(year: Database) -> None:
    """With the level that usually solves it."""
    text = said(words_table(book_of()))
    assert "环评能评" in text and "市、省" in text and "不可抗力" in text and "*" not in text.replace("（* 为本区增补）", "")


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_typed_texts_are_never_markup(year: Database, text: str) -> None:
    """Issue, owner and note, on list, card and steps."""
    project = view_of().states.iloc[0]
    issue = Issue(issue_id_of(project["project_id"], text), project["project_id"], project["body"], END, text, "land", "city")
    record_issues(year, [issue], [event(issue.issue_id, ASSIGNED, "2024-12-31", owner=text, note=text)], recorded_at=NOW)
    life = book_of().find(issue.issue_id)
    for html in (issue_list(view_of(), END, AskedIssues()), issue_card(view_of(), END, issue.issue_id), issue_steps(life)):
        assert Reader(html).tags <= TAGS
        assert text in Reader(html).text


@pytest.mark.parametrize(("month", "today", "expected"), [(12, date(2025, 1, 9), date(2025, 1, 9)), (11, date(2025, 1, 9), date(2024, 11, 30)), (12, date(2026, 1, 1), END)])
def test_the_day_that_the_page_counts_to(year: Database, month: int, today: date, expected: date) -> None:
    """Of the newest period today, while it is news."""
    assert issue_day(view_of(month), today) == expected


# --- The page in use ------------------------------------------------------------------------------------------------


def opened(**query: str) -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def press(app: AppTest, label: str, place: int = -1) -> AppTest:
    """Click the button of a label, the last unless another is meant: the form for a new issue comes before all."""
    return [button for button in app.button if label in button.label][place].click().run()


def test_confirm_hand_over_and_resolve(year: Database) -> None:
    """The whole way of an issue, through the forms."""
    app = press(opened(show="proposed"), "全部确认")
    assert not app.exception
    life = next(life for life in book_of().open if life.issue.text == TEXT)
    issue_id = life.issue.issue_id

    app = opened(issue=issue_id)
    app.text_area[-1].set_value("已发函市里")
    press(app, "登记")
    moved = book_of().find(issue_id)
    assert (moved.handovers, moved.level) == (1, next_hand(book_of(), life))

    app = opened(issue=issue_id)
    app.selectbox(key=next(box.key for box in app.selectbox if box.label == "登记")).set_value(RESOLVING).run()
    app = press(app, "登记")
    assert any("请填写办理情况、结果或理由" in part.proto.body for part in app.get("html"))
    app.text_area[-1].set_value("指标已批")
    press(app, "登记")
    assert (book_of().find(issue_id).state, book_of().find(issue_id).result) == ("resolved", "指标已批")

    app = opened(issue=issue_id, state="resolved")
    app.text_area[-1].set_value("又被提及")
    press(app, "登记")
    assert book_of().find(issue_id).is_open


def test_add_an_issue_by_hand(year: Database) -> None:
    """Reason and level by its words; owner and due date with it."""
    app = opened()
    project_id = view_of().states.iloc[0]["project_id"]
    app.selectbox(key="new_project").set_value(project_id)
    app.text_area(key="new_text").set_value("占补平衡指标未落实")
    app.text_input(key="new_owner").set_value("自然资源局")
    app = press(app, "登记", 0)
    assert not app.exception
    life = book_of().find(issue_id_of(project_id, "占补平衡指标未落实"))
    assert (life.reason, life.level, life.owner, life.issue.source) == ("land", "city", "自然资源局", "hand")


def test_teach_a_word(year: Database) -> None:
    """The proposals are classed anew at once; a word taken out is gone."""
    app = opened(show="proposed")
    app.text_input(key="taught_word").set_value("接入方案")
    app.selectbox(key="taught_reason").set_value("permits")
    press(app, "登记")
    assert {each.newest.reason for each in book_of().proposals if "接入方案" in each.newest.text} == {"permits"}
    assert "接入方案*" in said(words_table(book_of()))
    late = view_of().delays
    assert set(late.loc[late["issue_text"].str.contains("接入方案", na=False), "reason"]) == {"permits"}
    app = opened(show="proposed")
    app.text_input(key="taught_word").set_value("接入方案")
    app.selectbox(key="taught_reason").set_value("useless")
    press(app, "登记")
    assert {each.newest.reason for each in book_of().proposals if "接入方案" in each.newest.text} == {"utilities"}


@pytest.mark.parametrize("query", [{}, {"show": "proposed"}, {"show": "meeting"}, {"issue": "i0"}, {"show": "proposed", "reason": "safety"}])
def test_every_part_of_the_page_is_drawn(year: Database, query: dict) -> None:
    """Before and after issues were confirmed, in both languages."""
    for language in ("zh", "en"):
        assert not opened(lang=language, **query).exception
    confirm_all()
    assert not opened(**query).exception
