"""The page of permits and land on the sample year and with ledgers made by hand: matrix, card, forms, land, issues."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hostile_texts import TAGS, Reader
from sample_views import view_of
from sample_year import SAMPLES
from streamlit.testing.v1 import AppTest

from domain.issues import FROM_PERMITS
from domain.periods import Period
from domain.permit_words import LandEvent, PermitEvent
from domain.scope import OFFICE
from domain.submissions import PERMIT_LEDGER, LandReading, PermitReading, Submission
from loaders.reading import read_return
from reports.receipt import receipt_page
from storage.accepting import accept_submission
from storage.engine import Database
from storage.permits import record_permits
from ui import reads
from ui.issue_card import issue_card
from ui.issue_proposals import confirm_rows, named_text, proposal_frame
from ui.issues import AskedIssues, chosen_proposals, issue_book
from ui.land import land_cards, land_sentence, land_table
from ui.permit_card import late_panel, project_permits, project_steps, step_card, step_words
from ui.permit_forms import day_or_none, newest_day, typed_event
from ui.permit_marks import HINT_MARKS, MARKS, legend
from ui.permit_matrix import permit_table
from ui.permits import AskedPermits, chosen_projects, find_cell, matrix_of, permit_sentence, questions_of, valid_step
from ui.receipts import receipt_period

PAGE = Path(__file__).resolve().parents[2] / "pages" / "permits.py"
NOW, END = datetime(2025, 6, 1, 9), date(2024, 12, 31)
HOSTILE = "<script>alert(1)</script>"
PERMIT = "construction_permit"


def said(html: str) -> str:
    return Reader(html).text


def project(stage: str = "signed", body: str = "binhai", place: int = 0) -> Any:
    """A project of the sample year at this stage that the node plan does not name."""
    view = view_of()
    states = view.states[(view.states["stage"] == stage) & (view.states["body"] == body)]
    planned = matrix_of(view).loc[lambda cells: cells["due_date"].notna() | cells["told"].notna(), "project_id"]
    return states[~states["project_id"].isin(planned)].iloc[place]


def line(row: Any, step: str, state: str, cell: str = "H7", **told: Any) -> PermitReading:
    days = {name: told.get(name) for name in ("applied_date", "due_date", "granted_date")}
    words = {name: told.get(name, "") for name in ("office", "number", "text")}
    return PermitReading(
        row["project_id"], row["project_name"], row["body"], step, state, **days, **words, sheet="手续", cell=cell
    )


def send(db: Database, *lines: PermitReading | LandReading, body: str = "binhai") -> None:
    """Accept a ledger of December."""
    content = repr(lines).encode()
    made = Submission(
        "手续台账.xlsx", hashlib.sha256(content).hexdigest(), PERMIT_LEDGER, body, Period(2024, 12),
        permits=[each for each in lines if isinstance(each, PermitReading)],
        land=[each for each in lines if isinstance(each, LandReading)],
    )  # fmt: skip
    accept_submission(db, made, content, accepted_at=NOW)


@pytest.fixture
def told(year: Database) -> Any:
    """A project of which a ledger tells a late permit, a grant and what is not needed."""
    row = project()
    late = line(
        row,
        PERMIT,
        "applied",
        applied_date=date(2024, 8, 1),
        due_date=date(2024, 9, 30),
        text="办理中",
        office="行政审批局",
    )
    send(
        year,
        late,
        line(row, "filing", "granted", "F7", granted_date=date(2024, 3, 5), number="备〔2024〕8号"),
        line(row, "energy", "not_needed", "G7"),
        line(row, "drawings", "applied", "J7", due_date=date(2025, 1, 15)),
        line(row, "tender", "not_applied", "K7", due_date=date(2025, 3, 1)),
    )
    return row


def asked_of(row: Any, at: str = PERMIT) -> AskedPermits:
    return AskedPermits(project=row["project_id"], at=at)


def test_without_a_ledger_the_plan_and_the_returns_speak(year: Database) -> None:
    """Late by the plan where a return has it open, granted by 已完成, hints beside; and what to do is said."""
    html = permit_table(view_of(), AskedPermits())
    assert Reader(html).tags <= TAGS | {"tfoot"}
    text = said(html)
    assert "▲" in text and "●" in text and "√" in text and "○" in text
    assert "还没有手续台账" in said(late_panel(view_of(), AskedPermits()))
    counts = matrix_of(view_of(), "projects")["state"].value_counts()
    sentence = said(permit_sentence(view_of(), "projects"))
    assert f"已取得 {counts['granted']} 项、办理中 0 项" in sentence and f"逾期 {counts['overdue']} 项" in sentence


def test_a_ledger_in_the_matrix(told: Any) -> None:
    """Each state with its sign and its few words, the whole for the pointer, the foot over all projects."""
    rows = permit_table(view_of(), AskedPermits()).split("<tr")
    (row,) = [row for row in rows if told["project_id"] in row and "rowheader" in row]
    for words in ("▲ 92天", "● 24-03", "◇ 25-01", "□ 25-03", "–"):
        assert words in row
    assert "申报 2024-08-01" in row and "手续!H7“办理中”" in row and "行政审批局" in row
    assert f"at={PERMIT}" in row
    foot = rows[-1]
    granted, needed = (
        matrix_of(view_of(), "projects").query("step == 'energy'")["state"].isin(codes).sum()
        for codes in (["granted"], ["not_needed"])
    )
    assert f"{granted}/{matrix_of(view_of(), 'projects')['project_id'].nunique() - needed}" in foot


def test_what_the_address_asks_for(told: Any) -> None:
    """By state, by step, by both, by the question of the permit; the late ones first."""
    view = view_of()
    every = chosen_projects(view, AskedPermits())
    assert len(every) == matrix_of(view, "projects")["project_id"].nunique()
    late = chosen_projects(view, AskedPermits(state="overdue"))
    assert told["project_id"] in late and every[: len(late)] == late
    assert chosen_projects(view, AskedPermits(state="due_soon")) == [told["project_id"]]
    assert told["project_id"] in chosen_projects(view, AskedPermits(state="overdue", step=PERMIT))
    assert told["project_id"] not in chosen_projects(view, AskedPermits(state="overdue", step="filing"))
    untold = questions_of(view, "projects")
    assert sorted(chosen_projects(view, AskedPermits(state="started_untold"))) == sorted(untold["project_id"])
    assert "没有符合条件的项目" in said(permit_table(view, AskedPermits(state="started_later")))
    chosen = permit_table(view, AskedPermits(step=PERMIT, project=told["project_id"]))
    assert 'aria-current="true"' in chosen and "hx-chosen" in chosen


def test_a_long_matrix_is_cut(year: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says so."""
    monkeypatch.setattr("ui.permit_matrix.MOST_ROWS", 5)
    total = matrix_of(view_of(), "projects")["project_id"].nunique()
    assert f"另有 {total - 5} 个未显示" in said(permit_table(view_of(), AskedPermits()))


def test_the_card_of_a_step(told: Any, year: Database) -> None:
    """What stands with its cell, every word with its receipt, all steps of the project."""
    view, asked = view_of(), asked_of(told)
    card = said(step_card(view, asked))
    for words in ("施工许可证", "▲ 逾期 92天", "2024-09-30", "行政审批局", "手续台账.xlsx 手续!H7“办理中”"):
        assert words in card
    record_permits(
        year,
        [PermitEvent(told["project_id"], "binhai", PERMIT, "granted", date(2024, 12, 31), None, date(2024, 11, 30),
                     date(2024, 12, 20), note=HOSTILE)],
        actor="王", recorded_at=NOW,
    )  # fmt: skip
    card, words = said(step_card(view, asked)), step_words(view, asked)
    assert "● 已取得 （晚 81 天）" in card and "（最新为 2024-11-30）" in card and "王 2025-06-01 登记" in card
    assert said(words).index("● 已取得") < said(words).index("◐ 办理中") and "2024-12-滨海-手续-01" in said(words)
    assert "<script" not in words
    steps = said(project_steps(view, asked))
    assert "节能审查" in steps and "– 无需办理" in steps and "○ 未报" in steps


def test_a_step_that_is_not_there(told: Any) -> None:
    """Is said; a step that nobody spoke of has no words; an unknown step of the address opens the one longest late."""
    view = view_of()
    assert "没有这项手续" in said(step_card(view, AskedPermits(project="p0", at=PERMIT)))
    assert step_words(view, asked_of(told, "safety")) == ""
    own = matrix_of(view)[lambda cells: cells["project_id"] == told["project_id"]]
    assert [valid_step(own, code) for code in ("filing", "sea_use", "", "x")] == ["filing", PERMIT, PERMIT, PERMIT]
    assert valid_step(own[own["state"] != "overdue"], "") == PERMIT


def test_recorded_by_the_office(told: Any, year: Database) -> None:
    """Is the office's; a due date by hand has no cell."""
    event = PermitEvent(
        told["project_id"], "binhai", "safety", "applied", date(2024, 12, 1), due_date=date(2024, 12, 15)
    )
    record_permits(year, [event], recorded_at=NOW)
    card = said(step_card(view_of(), asked_of(told, "safety")))
    assert "办公室 2025-06-01 登记" in card and "2024-12-15 人工登记" in card and "▲ 逾期 16天" in card


def test_where_return_and_ledger_differ(year: Database) -> None:
    """The returns' word stands beside what the ledger says, never instead of it."""
    view = view_of()
    states = view.states[view.states["permit_text"] == "备案√ 环评办理中 施工许可×"]
    row = states.iloc[0]
    send(year, line(row, "filing", "applied"), line(row, "environment", "granted", "E7"))
    assert "◐ 办理中 (√ 月报称已办)" in said(project_steps(view, asked_of(row)))
    assert "● 已取得 (× 月报称未办)" in said(project_steps(view, asked_of(row)))
    assert "手续办理情况：已办" in said(step_card(view, asked_of(row, "filing")))


def test_the_panel_of_the_page_of_a_project(told: Any) -> None:
    """What is known, with its sources; the rest counted; nothing for a finished project."""
    view = view_of(body="xiangshui")
    text = said(project_permits(view, told["project_id"]))
    assert "▲ 逾期 92天" in text and "备〔2024〕8号" in text and "手续!H7" in text
    hints = matrix_of(view_of())[lambda cells: cells["project_id"] == told["project_id"]]["hint"].notna()
    assert "项未报" in text and hints.sum() <= 3
    assert "各项手续均未报" in said(project_permits(view, project(stage="started", body="xiangshui")["project_id"]))
    done = view_of().states.query("stage == 'completed'")["project_id"]
    assert {project_permits(view, each) for each in done} == {""}


def test_started_projects_are_asked_about(told: Any, year: Database) -> None:
    """By name, what is said missing before what nobody told; the sentence counts them."""
    started = project(stage="building", body="xiangshui")
    send(year, line(started, PERMIT, "not_applied"), body="xiangshui")
    panel = said(late_panel(view_of(), AskedPermits()))
    assert "仅提示核实，不作结论" in panel and panel.index("未取得") < panel.index("未报")
    assert "施工许可未取得 1 个" in said(permit_sentence(view_of(), "projects"))
    assert started["project_id"] in chosen_projects(view_of(), AskedPermits(state="started_missing"))


def test_works_have_their_own_chain(year: Database) -> None:
    """Sea use stands in the one, the safety review in the other; nothing is late without a date."""
    works, industry = (
        said(permit_table(view_of(), AskedPermits(kind=kind))) for kind in ("infrastructure", "projects")
    )
    assert "海域论证" in works and "安评" not in works and "安评" in industry and "工可" not in industry
    assert "没有逾期的手续" in said(late_panel(view_of(), AskedPermits(kind="infrastructure")))
    assert "最长" not in said(permit_sentence(view_of(), "infrastructure"))


def test_every_mark_is_explained() -> None:
    """In the line above the matrix."""
    assert all(mark.sign in said(legend()) for mark in (*MARKS.values(), *HINT_MARKS.values()))


def test_late_steps_wait_among_the_issues(told: Any, year: Database) -> None:
    """Proposed with source and due date, confirmed by a person, not proposed again; when granted the card says so."""

    def book() -> Any:
        return view_of().remember(issue_book, END)

    late = chosen_proposals(book(), AskedIssues(sources=(FROM_PERMITS,)))
    (found,) = [each for each in late if each.newest.project_id == told["project_id"]]
    assert found.newest.text == "施工许可证应于2024-09-30前取得，逾期92天"
    assert named_text(found) == "手续逾期，应于2024-09-30办结"
    confirm_rows(book(), zip([found], proposal_frame(book(), [found]).to_dict("records"), strict=True))
    assert len(chosen_proposals(book(), AskedIssues(sources=(FROM_PERMITS,)))) == len(late) - 1
    (life,) = book().lives
    assert (life.issue.source, life.days_in_hand, life.level) == (FROM_PERMITS, 92, "county")
    card = said(issue_card(view_of(), END, life.issue.issue_id))
    assert "手续台账.xlsx 手续!H7" in card and "手续仍未取得" in card
    granted = PermitEvent(told["project_id"], "binhai", PERMIT, "granted", END, granted_date=date(2024, 12, 20))
    record_permits(year, [granted], recorded_at=NOW)
    assert book().lives[0].is_open
    assert "● 手续已取得或无需办理，可办结" in said(issue_card(view_of(), END, life.issue.issue_id))


def test_an_event_as_typed(told: Any) -> None:
    """Dates that the state cannot have are left out; without a day it is today."""
    cell = find_cell(view_of(), told["project_id"], PERMIT)
    days = (date(2024, 8, 1), date(2024, 9, 30), date(2024, 12, 1))
    made = typed_event(cell, "granted", END, days, "审批局", "8号", "")
    assert (made.applied_date, made.due_date, made.granted_date, made.body) == (*days, "binhai")
    kept = {state: typed_event(cell, state, END, days, "", "", "") for state in ("applied", "not_applied")}
    assert [(each.applied_date, each.granted_date) for each in kept.values()] == [(days[0], None), (None, None)]
    assert typed_event(cell, "applied", None, days, "", "", "").on_date >= date(2026, 1, 1)
    assert (newest_day(view_of()), day_or_none(cell.granted_date)) == (END, None)


def test_land_of_the_sample_year(year: Database) -> None:
    """The returns' areas alone: wanted, and said to be theirs; the grant is not told, so there is no gap."""
    view = view_of()
    assert "缺口无法计算" in said(land_sentence(view))
    cards = said(land_cards(view))
    assert "取自月报用地面积" in cards and "未报用地" in cards and "缺口无法计算" in cards
    assert "需要面积取自月报" in said(land_table(view))
    assert "还没有用地数据" in said(land_table(view_of(body="xiangshui")))
    assert "没有项目报用地" in said(land_sentence(view_of(body="xiangshui")))


def test_land_of_works_as_their_ledger_tells_it(year: Database) -> None:
    """The published areas of facts.md: of those granted no gap, of the one not granted all of it; each with its cell."""
    name = "黄海新区2024年12月工程台账.xlsx"
    content = (SAMPLES.parent / "ledgers" / name).read_bytes()
    accept_submission(year, read_return(content, name), content, accepted_at=NOW)
    land = reads.land(OFFICE, view_of().record).set_index("project_name")
    told = land[land["wanted_by"] == "works"]
    wanted = {"滨响大道": 203, "学府路": 19.2, "海临南路": 47, "海盛路、纬三路等道路": 237.5, "港城安置区二期": 137}
    assert told["wanted_mu"].to_dict() == wanted
    # Of 滨响大道 nobody says how far it is; of the housing report and return differ, so neither counts.
    untold = {"滨响大道", "港城安置区二期"}
    assert told["granted_mu"].dropna().to_dict() == {name: area for name, area in wanted.items() if name not in untold} | {"海临南路": 0}
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert {row.Index: float(sheet[row.cell].value) for row in told.itertuples()} == wanted
    assert f"{name} 工程台账!{told.loc['海临南路', 'cell']}" in said(land_table(view_of()))
    assert "工程台账所说 203 亩" in said(land_cards(view_of(body="xiangshui")))


def test_land_told_by_ledger_and_hand(year: Database) -> None:
    """Sums by district, gaps first, each row with its source."""
    view, one, two = view_of(), project(body="xiangshui"), project(body="xiangshui", place=1)
    send(year, LandReading(one["project_id"], one["project_name"], "xiangshui", Decimal(100), Decimal(80), Decimal("60.5"), "用地", "D9"),
         body="xiangshui")  # fmt: skip
    event = LandEvent(two["project_id"], "xiangshui", END, Decimal(50), None, Decimal(0))
    record_permits(year, land=[event], recorded_at=NOW)
    record_permits(year, land=[replace(event, note="x")], actor="王", recorded_at=NOW)
    view = view_of(body="xiangshui")
    assert "2 个项目需要用地 150 亩，已取得 60.5 亩，缺口 89.5 亩；0 个项目未报" in said(land_sentence(view))
    assert "89.5" in said(land_cards(view)) and "2 个项目可算" in said(land_cards(view))
    table = said(land_table(view))
    assert table.index("▲ 50") < table.index("▲ 39.5")
    assert "王 2025-06-01 登记" in table and "手续台账.xlsx 用地!D9" in table


def test_a_long_list_of_land_is_cut(year: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says so."""
    monkeypatch.setattr("ui.land.MOST_ROWS", 3)
    assert "个未显示" in said(land_table(view_of()))


def run(**query: str) -> AppTest:
    page = AppTest.from_file(str(PAGE), default_timeout=60)
    for name, value in query.items():
        page.query_params[name] = value
    return page.run()


def test_the_page_in_use(told: Any, year: Database) -> None:
    """Open a step, record its grant, record land."""
    page = run(project=told["project_id"], at=PERMIT)
    assert not page.exception
    page.selectbox[-1].set_value("granted")
    dates = {each.label: each for each in page.date_input}
    dates["取得"].set_value(date(2024, 12, 20))
    page.button[0].click()
    page.run()
    assert not page.exception
    assert find_cell(view_of(), told["project_id"], PERMIT).state == "granted"
    page = run(show="land", project=told["project_id"])
    assert not page.exception
    for each, value in zip(page.number_input, (120.0, 100.0, 20.0), strict=True):
        each.set_value(value)
    page.button[0].click()
    page.run()
    assert not page.exception
    assert "已取得 20 亩" in said(land_sentence(view_of()))


def test_what_cannot_be_recorded_is_said(told: Any, year: Database) -> None:
    """Beside the form; nothing is written."""
    before = year.version()
    page = run(project=told["project_id"], at=PERMIT)
    page.selectbox[-1].set_value("not_needed")
    page.button[0].click()
    page.run()
    assert any("请写明理由" in part.proto.body for part in page.get("html"))
    assert year.version() == before


@pytest.mark.parametrize(
    "query", [{}, {"kind": "infrastructure"}, {"show": "land"}, {"project": "p0"}, {"state": "overdue", "step": PERMIT}]
)
def test_every_part_of_the_page_is_drawn(told: Any, query: dict[str, str]) -> None:
    """In both languages."""
    for language in ("zh", "en"):
        assert not run(lang=language, **query).exception


def test_the_receipt_of_a_ledger(told: Any) -> None:
    """Names the form and the month, on the screen and to print."""
    (receipt,) = [each for each in reads.receipts(view_of().scope) if each.kind == PERMIT_LEDGER]
    assert receipt_period(receipt) == "2024年12月"
    printed = receipt_page(receipt, [], "zh")
    assert "滨海片区 2024年12月 手续台账" in printed
