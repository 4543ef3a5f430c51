"""The page of rule sets on the sample year: what is in force, what another set changes and why, what is recorded."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hostile_texts import Reader
from sample_views import view_of

from domain.built_in_rules import BUILT_IN, WUHAN, YINCHUAN, ZONE_RULES
from domain.periods import Period
from domain.rule_sets import BOUNDS, Limit, fault_of_rules, with_settings
from domain.rulings import GRANTED, RENEWED, SUSPENDED, Excuse, SuspensionEvent
from domain.scope import OFFICE, Record
from domain.standings import STANDINGS
from storage import queries
from storage.engine import Database
from storage.rulings import choose_rules, record_excuse, record_suspension
from ui import reads, standings
from ui.locale import t, texts
from ui.rule_forms import as_settings
from ui.rules import (
    ORDER,
    UNGRADED,
    changed_projects,
    changes_table,
    compared,
    grade_matrix,
    rules_sentence,
    rules_table,
    since_words,
    time_words,
    why_changed,
)
from ui.rulings import excuses_table, ruling_book, rulings_sentence, suspensions_table
from ui.standing_words import band_words, standing_name, standing_reason
from ui.view import View, view_at

NOON = datetime(2025, 1, 6, 12, 0)
DECEMBER = Period(2024, 12)
Row = dict[str, Any]


def rows_of(db: Database, period: Period) -> list[Row]:
    """The industrial projects of a period as plain dicts, a missing value None, for a clerk to judge."""
    frame = queries.project_states(db, OFFICE, Record(period))
    frame = frame[frame["kind"] == "projects"]
    return [{name: _plain(value) for name, value in row.items()} for row in frame.to_dict("records")]


def _plain(value: Any) -> Any:
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


def months_after(promised: list[date | None], period: Period) -> int | None:
    """Whole months since the earliest month promised; None for none."""
    known = [(day.year, day.month) for day in promised if day is not None]
    return None if not known else (period.year - min(known)[0]) * 12 + period.month - min(known)[1]


def clerk_colours(row: Row, period: Period) -> tuple[str | None, str | None] | None:
    """What 本区 and 银川 say of one project where they can differ, by their texts alone; None where they cannot.

    A start due for two months by now: 本区 waits for three. Ten to thirty points below the time share: 本区 has no
    yellow. All else (three months, a little behind, ahead) is the same in both.
    """
    end = period.last_day
    if row["stage"] == "cancelled" or (row["completion_date"] and row["completion_date"] <= end):
        return None
    started = row["start_date"] is not None and row["start_date"] <= end
    milestone = "completion" if started else "start"
    due = [row[f"first_planned_{milestone}_date"], row[f"planned_{milestone}_date"]]
    if any(day is not None and day <= end for day in due):
        late = months_after(due, period)
        return ("attention", "behind") if milestone == "start" and late == 2 else None
    if not started or not row["is_reported"] or not row["annual_plan_wan"] or row["investment_ytd_wan"] is None:
        return None
    gap = round((row["investment_ytd_wan"] / row["annual_plan_wan"] - period.month / 12) * 100, 9)
    return ("behind", "attention") if -30 <= gap <= -10 else None


@pytest.mark.parametrize("month", range(1, 13))
def test_switching_to_yinchuan_changes_just_what_the_texts_differ_in(year: Database, month: int) -> None:
    """The projects a clerk finds with both texts on the table, each with both colours; silent ones aside."""
    view = view_of(month)
    changed = changed_projects(view, YINCHUAN.key)
    found = {row.project_id: (row.grade, row.grade_other) for row in changed.itertuples()}
    silent = set(view.standings.loc[view.standings["standing"].isin(["silent", "not_reported"]), "project_id"])
    told = {row["project_id"]: clerk_colours(row, view.period) for row in rows_of(year, view.period)}
    assert found == {code: colours for code, colours in told.items() if colours and code not in silent}
    assert found or month < 3


def test_the_matrix_adds_up(year: Database) -> None:
    """Every project once by either set; off the diagonal just those whose colour differs; each cell opens to its projects."""
    view = view_of()
    both = compared(view, WUHAN.key)
    assert len(both) == both["project_id"].nunique() == (view.states["kind"] == "projects").sum()
    assert set(both["grade"]) | set(both["grade_other"]) <= set(ORDER)
    html = grade_matrix(view, WUHAN.key)
    cells = re.findall(r"only=[^\"]+\" target=\"_self\">(\d+)<", html)
    assert sum(int(cell) for cell in cells) == len(both)
    assert len(changed_projects(view, WUHAN.key)) == (both["grade"] != both["grade_other"]).sum()


@pytest.mark.parametrize("body", ["binhai", "xiangshui"])
def test_a_district_sees_its_own(year: Database, body: str) -> None:
    """Both districts together are the zone."""
    whole = changed_projects(view_of(), YINCHUAN.key)
    own = changed_projects(view_of(body=body), YINCHUAN.key)
    assert set(own["project_id"]) == set(whole.loc[whole["body"] == body, "project_id"])


def test_a_project_of_another_colour_is_explained(year: Database) -> None:
    """Both sets, their colours and words, and the boundaries by which they come."""
    view = view_of()
    changed = changed_projects(view, YINCHUAN.key)
    start = next(row for row in changed.itertuples() if row.standing == "start_overdue")
    assert why_changed(start, ZONE_RULES, YINCHUAN).replace("\u00a0", "") == (
        "应于2024年10月开工，已过 2 个月未开工：本区 ◆ 应开未开（未满 3 个月）；银川 ▲ 应开未开（满 2 个月）"
    )
    slow = next(row for row in changed.itertuples() if row.standing == "slow" and row.returns)
    said = why_changed(slow, ZONE_RULES, YINCHUAN).replace("\u00a0", "")
    assert re.fullmatch(
        r"进度差 -[\d.]+ 个百分点，达序时比 [\d.]+%：本区 ▲ 进展缓慢（≤-10，连续 \d 期）；"
        r"银川 ◆ 进展缓慢（≥-30，≤-10，连续 \d 期）",
        said,
    )
    html = changes_table(view, YINCHUAN.key)
    assert html.count("<tr>") == len(changed) + 1
    assert all(f"project={row.project_id}" in html for row in changed.itertuples())


def verdict(**values: Any) -> SimpleNamespace:
    known = {"standing": "slow", "grade": "attention", "returns": 0.0, "gap_points": -5.0, "ratio": 0.9}
    other = {"standing_other": "too_early", "grade_other": UNGRADED, "returns_other": float("nan")}
    return SimpleNamespace(**{**known, **other, **values})


def test_other_reasons_of_a_change() -> None:
    """A late node, a month too early to colour, and a standing that no boundary of progress explains."""
    assert "本区 ◆ 进展缓慢（节点逾期）；武汉 暂不亮灯（3月底前不按进度亮灯）" in why_changed(
        verdict(), ZONE_RULES, WUHAN
    )
    assert "本区第 1 版 ◆" in why_changed(verdict(), ZONE_RULES, replace(WUHAN, code="zone"))
    stalled = verdict(standing="stalled", standing_other="silent", grade_other="unknown")
    assert "本区 ◆ 停滞；武汉 ○ 未更新" in why_changed(stalled, ZONE_RULES, WUHAN)


def test_nothing_changes_against_itself(year: Database) -> None:
    """Nobody, and the page says so."""
    view = view_of()
    assert changed_projects(view, ZONE_RULES.key).empty
    assert t("rules.no_changes") in changes_table(view, ZONE_RULES.key)


# Rule set, grade, the range as a reader sees it.
BANDS = [
    ("zone@1", ["≥ 0", "＞ -10，＜ 0", "—", "≤ -10"]),
    ("zone@2", ["≥ 0", "＞ -10，＜ 0", "≥ -30，≤ -10", "＜ -30"]),
    ("yinchuan@1", ["≥ 0", "＞ -10，＜ 0", "≥ -30，≤ -10", "＜ -30"]),
    ("wuhan@1", ["≥ 100%", "≥ 80%，＜ 100%", "≥ 60%，＜ 80%", "＜ 60%"]),
    ("sanya@1", ["≥ 100%", "—", "≥ 50%，＜ 100%", "＜ 50%"]),
]


@pytest.mark.parametrize(("key", "ranges"), BANDS)
def test_the_ranges_leave_no_value_out(key: str, ranges: list[str]) -> None:
    """Each value belongs to one colour: where one range ends with ≤ the next begins with ＞."""
    assert [text.replace("\u00a0", " ") for text in band_words(BUILT_IN[key]).values()] == ranges


def test_fractions_of_a_point_are_shown() -> None:
    """A limit of -7.5 is no -8."""
    words = band_words(replace(ZONE_RULES, behind=Limit(-7.5)))
    assert words["behind"] == "＜\u00a0-7.5"


def test_every_set_stands_in_the_table(year: Database) -> None:
    """With its source, what it says, and what its text leaves open; the one in force is named so, the others can be tried."""
    text = Reader(rules_table(view_of())).text
    for rules in BUILT_IN.values():
        assert all(words in text for words in (rules.source, rules.takes, rules.leaves))
    assert text.count(t("rules.try")) == len(BUILT_IN) - 1
    assert t("rules.from_start") in text
    assert YINCHUAN.source not in Reader(rules_table(view_of(), ZONE_RULES.key, WUHAN.key)).text


def test_the_time_share_in_words() -> None:
    """A curve is printed share by share."""
    curve = (0.02, 0.05, 0.12, 0.2, 0.3, 0.42, 0.52, 0.62, 0.74, 0.84, 0.93, 1.0)
    assert time_words(ZONE_RULES) == "按月"
    assert time_words(replace(ZONE_RULES, time_mode="day")) == "按天"
    assert time_words(replace(ZONE_RULES, time_mode="curve", curve=curve)).endswith("84% 93% 100%")


def test_a_rule_put_into_force_colours_from_its_month_on(year: Database) -> None:
    """Earlier months keep theirs; an address may try another one, which changes nothing of what is in force."""
    choose_rules(year, YINCHUAN.key, DECEMBER, reason="12月例会议定", set_at=NOON)
    now, before = view_at(OFFICE, DECEMBER, "zone"), view_at(OFFICE, Period(2024, 11), "zone")
    assert (now.rules, now.in_force, before.rules) == (YINCHUAN, YINCHUAN.key, ZONE_RULES)
    assert since_words(reads.rule_choice(OFFICE, now.record)) == "自2024年12月起，12月例会议定"
    assert "执行银川第 1 版" in Reader(rules_sentence(now, ZONE_RULES.key)).text
    assert set(changed_projects(now, ZONE_RULES.key)["project_id"]) == set(
        changed_projects(view_of(), YINCHUAN.key)["project_id"]
    )
    assert "rules=" not in now.href("delayed")
    trial = View(OFFICE, Record(DECEMBER, rule_set=WUHAN.key), "zone", YINCHUAN.key)
    assert "rules=wuhan%401" in trial.href("delayed")
    assert trial.trial == {"rules": WUHAN.key}
    assert not trial.standings["grade"].equals(now.standings["grade"])
    assert trial.states is now.states  # facts are the same under every rule set


def test_late_projects_carry_their_standing(year: Database) -> None:
    """Every late project has one, and none is on track."""
    view = view_of()
    found = view.judged_delays
    assert list(found.columns) == [*view.delays.columns, "standing"]
    overdue = {"start": "start_overdue", "completion": "completion_overdue"}
    late = found[found["milestone"] != "progress"]
    assert list(late["standing"]) == [overdue[milestone] for milestone in late["milestone"]]
    assert set(found.loc[found["milestone"] == "progress", "standing"]) <= {"slow", "behind_plan", "stalled", "silent"}


@pytest.mark.parametrize("rules", BUILT_IN.values(), ids=BUILT_IN)
def test_every_project_of_the_year_is_explained(year: Database, rules: Any) -> None:
    """A sentence without a gap for each standing of each month."""
    for month in (2, 8, 12):
        record = Record(Period(2024, month), rule_set=rules.key)
        for row in standings.standings(OFFICE, record).itertuples():
            said = standing_reason(row, rules)
            assert said and "—" not in said and "nan" not in said.lower() and "{" not in said


# A standing, what is told of why, the sentence.
REASONS: list[tuple[str, Row, str]] = [
    ("start_overdue", {"months": 5, "since": "2024-03-31"}, "应于2024年3月开工，已过 5 个月未开工"),
    ("start_overdue", {"months": 0, "since": "2024-08-31"}, "应于2024年8月开工，本月到期未开工"),
    ("completion_overdue", {"months": 1, "since": "2024-07-31"}, "应于2024年7月竣工，已过 1 个月未竣工"),
    ("stalled", {"cause": "unchanged", "returns": 3}, "连续 3 期累计投资和形象进度没有变化"),
    ("stalled", {"cause": "not_renewed", "since": "2024-03-10"}, "自 2024-03-10 停缓建，已满 3 个月未续报"),
    ("stalled", {"cause": "resumption_passed", "since": "2024-03-10", "until": "2024-08-01"},
     "自 2024-03-10 停缓建，应于 2024-08-01 复工，仍未复工"),
    ("suspended", {"cause": "deferred", "since": "2024-03-10", "until": "2024-12-01"},
     "自 2024-03-10 缓建，预计 2024-12-01 复工"),
    ("excused", {"since": "2024-07-01", "until": "2024-09-30"}, "2024年7月至2024年9月按会议决定免考"),
    ("silent", {"returns": 2}, "连续 2 期漏报或内容未更新"),
    ("slow", {"returns": 3, "gap_points": -12.34, "ratio": 0.8}, "连续 3 期未达序时，进度差 -12.3 个百分点，达序时比 80.0%"),
    ("slow", {"returns": 0, "node": "equipment", "node_days": 62}, "节点“设备安装”逾期 62 天"),
    ("slow", {"returns": 2, "node": "start", "node_days": 31, "gap_points": -40.0, "ratio": 0.4},
     "节点“开工”逾期 31 天；连续 2 期未达序时，进度差 -40.0 个百分点，达序时比 40.0%"),
    ("on_track", {"gap_points": 2.0, "ratio": 1.03}, "进度差 +2.0 个百分点，达序时比 103.0%"),
    ("behind_plan", {}, "没有年度投资进度"),
    *((("not_reported", {"cause": cause}, texts()[f"standing.why_{cause}"]["zh"])) for cause in ("left_out", "no_return", "no_amount")),
    *((("no_plan", {"cause": cause}, texts()[f"standing.why_{cause}"]["zh"])) for cause in ("no_start_date", "no_yearly_plan")),
]  # fmt: skip


@pytest.mark.parametrize(("standing", "told", "sentence"), REASONS)
def test_why_in_a_sentence(standing: str, told: Row, sentence: str) -> None:
    """Each standing with its numbers, as a civil servant would say it."""
    row = dict.fromkeys(("months", "returns", "gap_points", "ratio", "node_days"), float("nan")) | {
        "node": None,
        "cause": None,
    }
    days = {name: pd.Timestamp(told[name]) if name in told else pd.NaT for name in ("since", "until")}
    assert standing_reason(SimpleNamespace(standing=standing, **{**row, **told, **days}), ZONE_RULES) == sentence


def test_every_standing_has_a_name_and_a_definition() -> None:
    """In texts.csv, each its own."""
    names = [standing_name(code) for code in STANDINGS]
    assert len(set(names)) == len(names)
    assert all(f"standing.{code}_text" in texts() for code in STANDINGS)


def test_what_is_typed_becomes_settings() -> None:
    """Percentages become shares, an empty limit leaves its colour out, a curve is read by its numbers."""
    numbers = {name: least for name, least, _ in BOUNDS} | {"stalled_returns": 3}
    typed = {"measure": "ratio", "time_mode": "curve", "curve": "2 5，12、20 30 42 52 62 74 84 93 100%", **numbers,
             "slightly": None, "attention": {"value": 100.0, "is_included": False},
             "behind": {"value": 62.5, "is_included": True}}  # fmt: skip
    rules = with_settings(ZONE_RULES, 3, as_settings(typed))
    assert fault_of_rules(rules) is None
    assert (rules.slightly, rules.attention, rules.behind) == (None, Limit(1.0), Limit(0.625, is_included=True))
    assert (rules.curve[0], rules.curve[-1], len(rules.curve)) == (0.02, 1.0, 12)
    points = as_settings({**typed, "measure": "points", "time_mode": "month"})
    assert (points["curve"], points["behind"]["value"]) == ([], 62.5)


@pytest.fixture
def stopped(year: Database) -> Callable[..., str]:
    """Record a suspension of the project under construction that is first in December; gives its id."""
    states = view_of().states
    project = states[(states["kind"] == "projects") & states["stage"].isin(["building", "started"])].iloc[0]

    def record(**values: Any) -> str:
        event = SuspensionEvent(
            project["project_id"],
            project["body"],
            SUSPENDED,
            date(2024, 11, 5),
            "finance",
            "资金未到位",
            date(2025, 6, 30),
        )
        record_suspension(year, replace(event, **values), recorded_at=NOON)
        return str(project["project_id"])

    return record


def test_a_record_the_return_contradicts_is_shown(year: Database, stopped: Callable[..., str]) -> None:
    """The return goes on building: on record, said so, and graded all the same."""
    project_id = stopped()
    stopped(kind=RENEWED, on_date=date(2024, 12, 20), note="仍在融资")
    view = view_of()
    book = ruling_book(view)
    assert book.state_of(project_id) == "goes_on"
    text = Reader(suspensions_table(book)).text
    assert all(words in text for words in ("仍在融资", "2024-11-05", "2024-12-20", "2025-06-30", t("rulings.goes_on")))
    assert "停工、缓建 1 个，其中须补登记、续报或核实 1 个" in Reader(rulings_sentence(book)).text
    assert view.standings.set_index("project_id")["standing"][project_id] != "suspended"
    assert ruling_book(view_of(10)).suspensions == {}


def test_a_suspension_that_the_return_reports(year: Database, stopped: Callable[..., str]) -> None:
    """Unrecorded it is asked for; recorded it holds until it lapses."""
    project_id = stopped()
    book = ruling_book(view_of())
    told = replace(book, told=frozenset({project_id}))
    assert told.state_of(project_id) is None
    assert t("rulings.holds") in Reader(suspensions_table(told)).text
    unrecorded = replace(told, suspensions={})
    assert unrecorded.state_of(project_id) == "unrecorded"
    assert t("rulings.unrecorded") in Reader(suspensions_table(unrecorded)).text
    old = replace(told.suspensions[project_id], confirmed_on=date(2024, 9, 30))
    assert replace(told, suspensions={project_id: old}).state_of(project_id) == "not_renewed"


def test_an_excused_project_is_not_graded(year: Database) -> None:
    """In the months of the decision, and graded as before in others."""
    late = view_of().standings
    project = late[late["standing"] == "start_overdue"].iloc[0]
    excuse = Excuse(
        "", project["project_id"], project["body"], GRANTED, DECEMBER, DECEMBER, "12月例会", "管委会", "台风"
    )
    record_excuse(year, excuse, recorded_at=NOON)
    now, before = (view_of(month).standings.set_index("project_id").loc[project["project_id"]] for month in (12, 11))
    assert (now["standing"], now["grade"]) == ("excused", None)
    assert before["standing"] == "start_overdue"
    book = ruling_book(view_of())
    text = Reader(excuses_table(book)).text
    assert all(words in text for words in ("12月例会", "管委会", "台风", "2024年12月"))
    assert "本月免考 1 个" in Reader(rulings_sentence(book)).text
    longer = [replace(excuse, to_period=Period(2025, 2))]
    assert "2024年12月至2025年2月" in Reader(excuses_table(replace(book, excuses=longer))).text


def test_where_nothing_is_recorded_the_page_says_so(year: Database) -> None:
    """No suspension and no excuse in the sample year."""
    book = ruling_book(view_of())
    assert t("rulings.no_suspensions") in suspensions_table(book)
    assert t("rulings.no_excuses") in excuses_table(book)
