"""The page of delayed projects on the sample year: who answers the filters, what the card beside the list says."""

from __future__ import annotations

from datetime import date

import pytest
from hostile_texts import HOSTILE_TEXTS, Reader
from sample_views import id_of, view_of

from domain.delay import PROGRESS
from domain.issues import Issue, issue_id_of
from domain.work_lists import WORKED
from storage.clock import office_time
from storage.engine import Database
from storage.issues import record_issues
from ui.delays import (
    ALL,
    BAND_CODES,
    KINDS,
    OVERDUE,
    AskedDelays,
    band_bars,
    chosen_delays,
    delay_list,
    delay_summary,
    delays_side,
    district_bars,
    filter_counts,
    reason_bars,
    today_of,
    worked_projects,
)
from ui.html import sentence
from ui.names import NONE
from ui.work_card import work_card

LATE_NAME = "天能循环经济产业园项目"


def test_every_filter_has_as_many_as_it_says(year: Database) -> None:
    """The number beside each choice is the length of the list that it gives."""
    view = view_of()
    counts = filter_counts(view, today_of(view))
    asked = {
        "kind": [(code, AskedDelays(kind=code)) for code in KINDS],
        "standing": [(code, AskedDelays(stands=(code,))) for code in WORKED],
        "grade": [(code, AskedDelays(grades=(code,))) for code in ("behind", "attention")],
        "reason": [(code, AskedDelays(reasons=(code,))) for code in ("utilities", "finance", NONE)],
        "level": [(code, AskedDelays(levels=(code,))) for code in ("city", "province", NONE)],
        "days": [(code, AskedDelays(bands=(code,))) for code in BAND_CODES],
    }
    said = {name: {code: counts[name].get(code, 0) for code, _ in choices} for name, choices in asked.items()}
    given = {name: {code: len(chosen_delays(view, ask)) for code, ask in choices} for name, choices in asked.items()}
    assert said == given
    assert sum(given["kind"].values()) > 0 and sum(given["days"].values()) > 0


def test_the_sentence_counts_what_the_list_holds(year: Database) -> None:
    """Starts, completions and projects behind their plan, each as many as its link opens."""
    view = view_of()
    text = Reader(sentence(delay_summary(view))).text
    for kind in ("start", "completion", PROGRESS):
        assert f" {len(chosen_delays(view, AskedDelays(kind=kind)))} " in text
    assert len(chosen_delays(view, AskedDelays(kind=OVERDUE))) == len(
        chosen_delays(view, AskedDelays(kind="start"))
    ) + len(chosen_delays(view, AskedDelays(kind="completion")))


@pytest.mark.parametrize("month", [1, 5, 9, 12])
def test_nobody_that_is_late_is_left_out(year: Database, month: int) -> None:
    """The list holds all delays of the overview, each project once."""
    view = view_of(month)
    rows, table = delay_list(view, AskedDelays())
    assert set(view.delays["project_id"]) <= set(rows["project_id"])
    assert rows["project_id"].is_unique
    assert len(table) == len(rows)


def test_filters_meet(year: Database) -> None:
    """Of a level and a name: only what answers both."""
    view = view_of()
    rows = chosen_delays(view, AskedDelays(levels=("new_area",), text="天能"))
    assert list(rows["project_name"]) == [LATE_NAME]
    assert chosen_delays(view, AskedDelays(levels=("province",), text="天能")).empty


def test_a_confirmed_issue_says_in_whose_hands_it_is(year: Database) -> None:
    """The level of the most urgent open issue stands before the return's, with the days it has had it."""
    view = view_of()
    project_id = id_of(view, LATE_NAME)
    issue = Issue(issue_id_of(project_id, "用地批文未到"), project_id, "binhai", date(2024, 12, 1), "用地批文未到", "land", "city")
    record_issues(year, [issue], recorded_at=office_time())
    view = view_of()
    rows = worked_projects(view, date(2024, 12, 31)).set_index("project_id")
    assert (rows.loc[project_id, "level"], rows.loc[project_id, "hand_days"]) == ("city", 30)
    _, table = delay_list(view, AskedDelays(text="天能"))
    assert table["hand"].iloc[0] == "市 30 天"
    text = Reader(work_card(view, project_id, date(2024, 12, 31))).text
    assert "用地批文未到" in text and "市，已 30 天" in text


def test_the_card_says_why_and_where_it_is_written(year: Database) -> None:
    """Standing with its reason, both promises, the words of the month and their cells, the moves of its dates."""
    view = view_of()
    read = Reader(work_card(view, id_of(view, LATE_NAME), date(2024, 12, 31)))
    for part in (LATE_NAME, "应竣未竣", "应于2024年2月竣工", "2024年9月", "厂房主体封顶", "在建项目!Q17", "未说明", "改期记录"):
        assert part in read.text
    assert any("add=" in href for href in read.hrefs)


def test_every_listed_project_has_a_card(year: Database) -> None:
    """Whatever its standing and whatever is missing; an unknown one is a sentence."""
    view = view_of()
    for project_id in chosen_delays(view, AskedDelays())["project_id"]:
        assert view.names[project_id] in Reader(work_card(view, project_id, date(2024, 12, 31))).text
    assert "找不到这个项目" in work_card(view, "p0", date(2024, 12, 31))


def test_the_side_adds_up_what_is_late(year: Database) -> None:
    """Reasons, levels, days, sub-districts: each bar as long a list as its link opens; what says nothing is last."""
    view = view_of()
    day = today_of(view)
    _, sums = delays_side(view, day)
    text = Reader(sums).text
    assert [text.index(title) for title in ("滞后原因", "堵点在谁手里", "滞后天数", "片区")] == sorted(
        text.index(title) for title in ("滞后原因", "堵点在谁手里", "滞后天数", "片区")
    )
    assert reason_bars(view, day)[-1].label == "未说明"
    listed = len(chosen_delays(view, AskedDelays()))
    assert sum(int(bar.text) for bar in reason_bars(view, day)) == listed
    assert sum(int(bar.text) for bar in district_bars(view, day)) == listed
    assert [int(bar.text) for bar in band_bars(view, day)] == [
        len(chosen_delays(view, AskedDelays(bands=(code,)))) for code in BAND_CODES if filter_counts(view, day)["days"][code]
    ]


def test_a_district_has_no_bars_of_districts(year: Database) -> None:
    """Of one body alone there is nothing to compare."""
    view = view_of(body="binhai")
    assert district_bars(view, today_of(view)) == []


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_words_stay_words_on_the_card(year: Database, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """What a return says is shown as it stands and is never markup."""
    view = view_of()
    project_id = id_of(view, LATE_NAME)
    states = view.states.copy()
    states.loc[states["project_id"] == project_id, ["project_name", "progress_text", "issue_text"]] = text
    monkeypatch.setattr("ui.reads.states", lambda *_: states)
    read = Reader(work_card(view, project_id, date(2024, 12, 31)))
    assert {"script", "img", "iframe"}.isdisjoint(read.tags)
    assert not any(name.startswith("on") for name in read.attributes)
    assert text in read.text


def test_nothing_is_asked_by_default() -> None:
    """An empty address asks for all."""
    assert AskedDelays().kind == ALL
