"""The reminder to a sender, and the words of the collection page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from domain.bodies import ZONE
from domain.collection import Completeness, DueRule, PeriodLock
from domain.periods import Period
from domain.scope import OFFICE, Record
from domain.submissions import MONTHLY_RETURN
from storage.queries import CollectedReturn
from ui.collection import Collection, collection_head, summary
from ui.collection_course import course_table
from ui.collection_table import return_rows
from ui.links import Link
from ui.reminders import reminder
from ui.view import View

AUGUST = Period(2024, 8)
WHOLE = Completeness(expected=("p1", "p2"), reported=("p1", "p2"), missing=(), copied=())
NAMES = {f"p{number}": f"项目{number}" for number in range(1, 13)}
EXPLAINED = CollectedReturn(MONTHLY_RETURN, "binhai", "2024-08", datetime(2024, 9, 5, 9), 0, "2024-08-滨海-01", 0, 2, 1)
WITHDRAWN = CollectedReturn(MONTHLY_RETURN, "binhai", "2024-08", None, 1, None, 0, 0, 0)
LOCK = PeriodLock("2024-08", datetime(2024, 9, 10, 15), "office", "例会 <已通报>")


def collection(
    *returns: CollectedReturn,
    today: date = date(2024, 9, 9),
    binhai: Completeness = WHOLE,
    body: str = ZONE.code,
    locks: tuple[PeriodLock, ...] = (),
    rules: tuple[DueRule, ...] = (),
    period: Period = AUGUST,
) -> Collection:
    found = {(each.kind, each.body, each.period): each for each in returns}
    view = View(OFFICE, Record(period), body)
    completeness = {"binhai": binhai, "xiangshui": WHOLE}
    return Collection(view, today, found, list(rules), {lock.period: lock for lock in locks}, [], completeness)


def test_a_return_not_received() -> None:
    """Which month, when due, how long ago, how many projects must be in it."""
    text = reminder(collection(), "binhai", NAMES)
    assert text.splitlines() == [
        "滨海片区：",
        "2024年8月项目推进月报表的报送期限为2024年9月6日（次月第 5 个工作日）。",
        "目前尚未收到，已逾期 3 天，请尽快报送。",
        "上期在册、未竣工的项目有 2 个，请勿漏报。",
    ]


def test_a_return_not_due_yet() -> None:
    """Asked for without a reproach."""
    text = reminder(collection(today=date(2024, 9, 6)), "binhai", NAMES)
    assert "请按期报送" in text and "逾期" not in text


def test_nothing_on_record_before_means_no_number_of_projects() -> None:
    """The first return of all, and one that was withdrawn."""
    first = Completeness(expected=None, reported=(), missing=(), copied=())
    assert "在册" not in reminder(collection(binhai=first), "binhai", NAMES)
    assert "目前尚未收到" in reminder(collection(WITHDRAWN), "binhai", NAMES)


def test_what_a_return_lacks() -> None:
    """Projects left out by name, values not taken, copied words; names up to ten."""
    lacking = Completeness(("p1",), ("p1",), missing=tuple(f"p{n}" for n in range(1, 13)), copied=("p1", "p99"))
    errors = CollectedReturn(MONTHLY_RETURN, "binhai", "2024-08", datetime(2024, 9, 5), 0, "2024-08-滨海-01", 2, 0, 0)
    text = reminder(collection(errors, binhai=lacking), "binhai", NAMES)
    assert "（回执号 2024-08-滨海-01）" in text
    assert "1）漏报项目 12 个：" + "、".join(f"项目{n}" for n in range(1, 11)) + " 等。" in text
    assert "2）错误 2 处" in text
    assert "3）2 个在建项目的形象进度与上月一字不差：项目1、p99。" in text
    assert text.endswith("修改后请重新报送整份报表。")


def test_a_whole_return_needs_no_reminder() -> None:
    """Questions that were explained are none."""
    assert reminder(collection(EXPLAINED), "binhai", NAMES) == ""
    assert reminder(collection(EXPLAINED, locks=(LOCK,)), "binhai", NAMES) == ""


def test_a_locked_period_is_said() -> None:
    """A new return would be refused: the sender learns it before."""
    assert reminder(collection(locks=(LOCK,)), "binhai", NAMES).endswith("登记例外。")


@pytest.mark.parametrize(
    ("returns", "locks", "state", "tone"),
    [
        ((EXPLAINED,), (), "● 按时", "on_track"),
        ((EXPLAINED,), (LOCK,), "● 按时，已锁定", "on_track"),
        ((), (), "○ 未报，逾期 3 天", "behind"),
        ((WITHDRAWN,), (), "○ 未报，逾期 3 天", "behind"),
        ((), (LOCK,), "○ 未报，逾期 3 天，已锁定", "behind"),
    ],
)
def test_the_state_of_a_return(returns: tuple, locks: tuple, state: str, tone: str) -> None:
    """Shape, word and tone; the lock beside it."""
    cell = return_rows(collection(*returns, locks=locks))[0]["state"]
    assert (cell.text, cell.grade) == (state, tone)


def test_the_rows_of_a_period() -> None:
    """Each district, and for the whole zone the yearly forms; of a withdrawn return how often it was sent."""
    assert [row["body"] for row in return_rows(collection())] == ["滨海片区", "响水片区", "全区 · 年度目标", "全区 · 推进计划"]
    (row,) = return_rows(collection(WITHDRAWN, body="binhai"))
    assert (row["again"], row.get("receipt"), row["projects"]) == (1, None, "2 / — / —")
    (row,) = return_rows(collection(EXPLAINED, body="binhai"))
    assert (row["received"], row["findings"], row["projects"]) == ("2024-09-05 09:00", "0 / 2 / 1", "2 / 2 / 0")


def test_the_months_of_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shape for each month owed with its words, findings under it, the day of a lock with its reason escaped."""
    monkeypatch.setattr("ui.reads.periods", lambda _: ["2024-03"])
    html = course_table(collection(EXPLAINED, body="binhai", locks=(LOCK,)))
    assert html.count('role="img"') == 10  # nothing is owed for January and February
    assert 'title="2024年8月、按时、2024-09-05 收到">●' in html
    assert 'title="2024年7月、未报，逾期 33 天">○' in html
    assert 'title="2024年9月、未到期限">·' in html
    assert "0/2/1" in html and "09-10" in html and "例会 &lt;已通报&gt;" in html
    assert html.count("<a ") == 5  # March to July; August is open, nothing was received before, September has not ended


FIRMS_AUGUST = CollectedReturn("ledger_firms", "binhai", "2024-08", datetime(2024, 9, 10, 9), 1, "2024-08-滨海-规上-01", 0, 0, 0)
BEGUN = {"ledger_firms": "2024-07", "ledger_tenants": "2024-08"}


def test_the_lists_of_monthly_ledgers_are_followed_up_too() -> None:
    """A row each behind the returns: of each district or of the zone, by the same day; the sentence counts them."""
    shown = replace(collection(EXPLAINED, FIRMS_AUGUST, today=date(2024, 9, 20)), beginnings=BEGUN)
    rows = {row["body"].text: row for row in return_rows(shown) if isinstance(row["body"], Link)}
    assert list(rows) == ["滨海片区 · 规上企业运行情况表", "响水片区 · 规上企业运行情况表", "全区 · 园区入驻企业台账"]
    assert [(row["due"], row["state"].text) for row in rows.values()] == [
        ("2024-09-06", "◆ 迟报 4 天"), ("2024-09-06", "○ 未报，逾期 14 天"), ("2024-09-06", "○ 未报，逾期 14 天"),
    ]  # fmt: skip
    assert (rows["滨海片区 · 规上企业运行情况表"]["again"], rows["滨海片区 · 规上企业运行情况表"]["receipt"]) == (1, "2024-08-滨海-规上-01")
    own = replace(collection(body="binhai"), beginnings=BEGUN)
    assert [row["body"].text for row in return_rows(own) if isinstance(row["body"], Link)] == ["滨海片区 · 规上企业运行情况表"]


def test_the_sentence_counts_the_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Owed, received and in time; nothing of them where no ledger is in use."""
    monkeypatch.setattr("ui.reads.periods", lambda _: ["2024-08"])
    shown = replace(collection(EXPLAINED, FIRMS_AUGUST, today=date(2024, 9, 9)), beginnings=BEGUN)
    assert "每月台账应报 3 份，已收 1 份，按时 0 份。" in "".join(str(part) for part in summary(shown))
    assert "台账" not in "".join(str(part) for part in summary(collection(EXPLAINED)))


def test_a_list_not_received_is_in_the_reminder() -> None:
    """Behind what the return lacks; of a list with errors that they must be corrected; of the office's own list alone."""
    shown = replace(collection(EXPLAINED, locks=(LOCK,)), beginnings=BEGUN)
    assert reminder(shown, "binhai", NAMES).splitlines() == [
        "滨海片区：", "2024年8月规上企业运行情况表的报送期限为2024年9月6日（次月第 5 个工作日）。", "目前尚未收到，已逾期 3 天，请尽快报送。",
    ]  # fmt: skip
    assert reminder(shown, ZONE.code, NAMES).splitlines()[:2] == ["全区：", "2024年8月园区入驻企业台账的报送期限为2024年9月6日（次月第 5 个工作日）。"]
    wrong = replace(FIRMS_AUGUST, error_count=2)
    assert reminder(replace(collection(EXPLAINED, wrong), beginnings=BEGUN), "binhai", NAMES) == (
        "滨海片区：\n2024年8月规上企业运行情况表已收到（回执号 2024-08-滨海-规上-01），错误 2 处，所涉数值未采用，请改正后重新报送。"
    )
    assert reminder(replace(collection(EXPLAINED, FIRMS_AUGUST), beginnings=BEGUN), "binhai", NAMES) == ""


def test_the_course_has_a_line_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the ledger's first month on."""
    monkeypatch.setattr("ui.reads.periods", lambda _: ["2024-01"])
    html = course_table(replace(collection(EXPLAINED, FIRMS_AUGUST, body="binhai"), beginnings=BEGUN))
    assert "滨海 · 规上" in html and "入驻" not in html
    assert html.count('role="img"') == 12 + 6
    assert 'title="2024年8月、迟报 4 天、2024-09-10 收到">◆' in html


def test_the_head_says_what_it_does_not_know() -> None:
    """Due date and rule; the lock; a year whose holidays are not known yet."""
    head = collection_head(collection(rules=(DueRule(MONTHLY_RETURN, Period(2024, 1), 3),), locks=(LOCK,)))
    assert "2024-09-04（次月第 3 个工作日） · 已于 2024-09-10 锁定" in head
    assert "放假安排" in collection_head(collection(period=Period(2099, 12)))
