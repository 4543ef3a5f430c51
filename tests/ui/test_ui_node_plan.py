"""The page of the node plan and the nodes of a project, on the sample year: figures, rows, cells, and what a new plan does."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hostile_texts import HOSTILE_TEXTS, Reader, assert_harmless
from sample_views import view_of

from domain.node_counts import count_nodes, projects_worst_first
from domain.node_plans import DONE_STATES, NODE_STATES, OPEN_STATES
from domain.periods import Period
from domain.scope import OFFICE, Record
from domain.submissions import ANNUAL_NODE_PLAN, NodeReading, Submission
from storage.accepting import accept_submission
from storage.clock import office_time
from storage.engine import Database
from ui import reads
from ui.chart_parts import ready
from ui.html import sentence
from ui.links import Link
from ui.node_gantt import node_rows, project_rows, window_of
from ui.node_marks import MARKS, late_text, legend, state_cell, state_text
from ui.node_plan import (
    ROWS_SHOWN,
    SHOWN,
    gantt_part,
    listed,
    month_remark,
    month_table,
    node_columns,
    nodes_of,
    plan_changes,
    plan_summary,
)
from ui.project_nodes import project_nodes
from ui.theme import GRADES
from ui.view import View

OPEN_PROJECT = "LNG换冷站项目"  # topped out late, equipment and completion overdue
PLAN_FILE = "黄海新区2024年重大项目推进计划表.xlsx"


def id_of(view: View, name: str) -> str:
    nodes = nodes_of(view)
    return nodes.loc[nodes["project_name"] == name, "project_id"].iloc[0]


def text_of(parts: list[Any]) -> str:
    return Reader(sentence(parts)).text


def accept_plan(db: Database, view: View, *changed: NodeReading, left_out: str = "") -> None:
    """Accept the plan once more, with these nodes instead of what it had, and one project left out."""
    instead = {(each.project_id, each.node): each for each in changed}
    columns = list(NodeReading.__dataclass_fields__)
    readings = []
    for row in nodes_of(view).itertuples():
        if row.project_name != left_out:
            values = {name: _plain(getattr(row, name)) for name in columns}
            readings.append(instead.get((row.project_id, row.node), NodeReading(**values)))
    content = repr(readings).encode()
    sha256 = hashlib.sha256(content).hexdigest()
    submission = Submission("调整.xlsx", sha256, ANNUAL_NODE_PLAN, "zone", Period(2024, 1), nodes=readings)
    accept_submission(db, submission, content, reason="调整", accepted_at=office_time())


def _plain(value: Any) -> Any:
    if not isinstance(value, str | bool) and pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


def reading_of(view: View, name: str, node: str) -> NodeReading:
    nodes = nodes_of(view)
    row = nodes[(nodes["project_name"] == name) & (nodes["node"] == node)].iloc[0]
    return NodeReading(**{field: _plain(row[field]) for field in NodeReading.__dataclass_fields__})


@pytest.mark.parametrize("body", ["zone", "binhai", "xiangshui"])
@pytest.mark.parametrize("month", [1, 6, 12])
def test_the_sentence_adds_up(year: Database, month: int, body: str) -> None:
    """What fell due is done, open or not told; each of these opens a list with as many rows."""
    view = view_of(month, body)
    parts = plan_summary(view)
    due, done, late, still_open, untold, of_month, of_month_done = map(int, re.findall(r"\d+", text_of(parts)))
    counts = count_nodes(nodes_of(view), view.period)
    assert due == done + still_open + untold and late <= done and of_month_done <= of_month
    assert (due, of_month) == (counts.due, counts.this_month)
    opened = {re.search(r"show=(\w+)", part.href)[1]: int(part.text) for part in parts if isinstance(part, Link)}  # type: ignore[index]
    assert opened == {shown: len(listed(view, shown)[0]) for shown in opened}
    figures = {"due": due, "done": done, "done_late": late, "open": still_open, "not_told": untold, "month": of_month}
    assert opened == {shown: number for shown, number in figures.items() if shown != "month" or number}


def test_districts_add_up_to_the_zone(year: Database) -> None:
    """Every node is one district's."""
    counts = [count_nodes(nodes_of(view_of(12, body)), Period(2024, 12)) for body in ("zone", "binhai", "xiangshui")]
    for name in ("due", "done", "late", "unfinished", "not_told", "this_month"):
        zone, binhai, xiangshui = (getattr(each, name) for each in counts)
        assert zone == binhai + xiangshui, name


def test_starts_and_completions_agree_with_the_delays(year: Database) -> None:
    """A start or completion overdue in the plan belongs to a project without that date in the returns."""
    view = view_of()
    nodes, states = nodes_of(view), view.states.set_index("project_id")
    for name in ("start", "completion"):
        own = nodes[(nodes["node"] == name) & nodes["state"].isin(OPEN_STATES)]
        assert len(own) > 3
        assert states.loc[own["project_id"], f"{name}_date"].isna().all()
        done = nodes[(nodes["node"] == name) & nodes["done_date"].notna()]
        assert states.loc[done["project_id"], f"{name}_date"].notna().all()


def test_the_chart_shows_projects_with_overdue_nodes_first(year: Database) -> None:
    """As many as fit, then the next; every name opens its project, every row of the chart is that project's."""
    view = view_of()
    total = nodes_of(view)["project_id"].nunique()
    named: list[str] = []
    for start in range(0, total, ROWS_SHOWN):
        part = gantt_part(view, start)
        links = Reader(part.names).hrefs
        labels = part.chart.layout.yaxis.ticktext
        assert len(links) == len(labels) <= ROWS_SHOWN
        named += [re.search(r"project=(\w+)", href)[1] for href in links]  # type: ignore[index]
    assert named == projects_worst_first(nodes_of(view))
    open_counts = nodes_of(view)["state"].eq("overdue").groupby(nodes_of(view)["project_id"]).sum()
    assert [open_counts[each] for each in named] == sorted(open_counts, reverse=True)


def test_every_dated_node_is_a_mark_of_its_state(year: Database) -> None:
    """At the month that it is held to; nodes of one month stand beside each other, not over each other."""
    view = view_of()
    nodes = nodes_of(view)
    own = nodes[nodes["project_name"] == "年产15万吨医药中间体项目"]
    (row,) = project_rows(nodes, [own["project_id"].iloc[0]], window_of(view.period))
    planned = own[own["due_month"].notna()]
    assert sorted(int(mark.place) for mark in row.marks) == sorted(planned["due_month"])
    assert len({mark.place for mark in row.marks}) == len(row.marks) == 9
    assert sorted(mark.symbol for mark in row.marks) == sorted(MARKS[state].symbol for state in planned["state"])
    assert "".join(sorted(mark.letter for mark in row.marks)) == "".join(sorted("备地环许开封设竣投"))


def test_what_is_open_since_before_the_chart_is_one_mark(year: Database) -> None:
    """The worst of them, with their number."""
    view = view_of()
    nodes = nodes_of(view)
    low, _ = window_of(view.period)
    rows = project_rows(nodes, projects_worst_first(nodes), (low, low + 24))
    before = nodes[(nodes["due_month"] < low) & nodes["state"].isin((*OPEN_STATES, "not_told"))]
    assert sum(int(row.earlier.letter) for row in rows if row.earlier) == len(before) > 20
    assert rows[0].earlier is not None and rows[0].earlier.symbol == MARKS["overdue"].symbol


@pytest.mark.parametrize("shown", SHOWN)
def test_a_list_shows_its_states(year: Database, shown: str) -> None:
    """What asks for action first; the state of each where there are several; each with its cell."""
    rows, table = listed(view_of(), shown)
    assert set(rows["state"]) <= set(SHOWN[shown])
    order = [NODE_STATES.index(state) for state in rows["state"]]
    assert order == sorted(order)
    assert ("state" in table) is (len(SHOWN[shown]) > len(OPEN_STATES))
    assert ("done" in table) is ("state" not in table)
    assert set(table) <= set(node_columns())
    assert len(table) == len(rows) > 0
    assert table["cell"].str.fullmatch(r"推进计划![E-M]\d+").all()


def test_the_month_has_all_its_nodes(year: Database) -> None:
    """Those not done first; every row opens its project, with the cell of the plan; the file is named."""
    view = view_of()
    read = Reader(month_table(view))
    due = nodes_of(view)[nodes_of(view)["planned_date"].eq(pd.Timestamp(2024, 12, 31))]
    assert len(read.hrefs) == len(due) == 9
    assert read.text.rindex("◆ 本月未完成") < read.text.index("● 按期完成")
    assert month_remark(view) == f"共 9 个，完成 {due['state'].isin(DONE_STATES).sum()} 个；来自 {PLAN_FILE}"


def test_a_month_without_nodes_says_so(year: Database) -> None:
    """Not an empty table."""
    view = view_of()
    kept = nodes_of(view).assign(due_month=1.0)
    assert count_nodes(kept, view.period).this_month == 0
    far = View(OFFICE, Record(Period(2024, 12)), "nowhere")
    assert "本月没有到期的节点" in month_table(far)


def test_a_project_s_nodes_have_both_cells(year: Database) -> None:
    """That of the plan, and that of the return which tells how the node stands, with its text as typed."""
    view = view_of()
    panel = project_nodes(view, id_of(view, OPEN_PROJECT))
    assert panel is not None
    text = Reader(panel.table).text
    assert PLAN_FILE in Reader(panel.title).text
    for told in ("推进计划!J18", "在建项目!Q22", "形象进度“厂房主体封顶”，2024年8月", "■ 逾期完成 至少 275 天",
                 "▲ 到期未完成 +245 天", "滨海片区2024年8月亿元以上项目推进情况表.xlsx", "计划表写“已完成”", "2024年7月或以前"):  # fmt: skip
        assert told in text
    assert next(iter(panel.chart.layout.yaxis.ticktext)) == "项目备案"
    assert "▷ 报表预计" in Reader(panel.legend).text


def test_a_project_that_the_plan_does_not_name_has_no_panel(year: Database) -> None:
    """Nor has an unknown one."""
    view = view_of()
    other = next(each for each in view.states["project_id"] if each not in set(nodes_of(view)["project_id"]))
    assert project_nodes(view, other) is None
    assert project_nodes(view, "p000") is None


def test_a_moved_node_shows_both_dates_and_stays_late(year: Database) -> None:
    """In the list, in the chart of the project, with both cells; a project left out stays too."""
    view = view_of()
    before = count_nodes(nodes_of(view), view.period)
    moved = replace(
        reading_of(view, OPEN_PROJECT, "equipment"), planned_date=date(2025, 3, 31), planned_text="2025.3", cell="K17"
    )
    accept_plan(year, view, moved, left_out="林源生物质新材料项目")
    assert count_nodes(nodes_of(view), view.period) == before
    rows, table = listed(view, "open")
    own = (rows["project_name"] == OPEN_PROJECT) & (rows["node"] == "equipment")
    assert table.loc[own, "planned"].tolist() == ["2024年4月 → 2025年3月"]
    assert table.loc[own, "cell"].tolist() == ["推进计划!K18 → 推进计划!K17"]
    assert table.loc[rows["project_name"] == "林源生物质新材料项目", "cell"].str.endswith("（原计划）").all()
    said = Reader(plan_changes(view)).text
    assert "1 个节点在后来的计划中改了日期" in said and "9 个节点后来的计划不再列出" in said
    assert month_remark(view).endswith("来自 调整.xlsx")
    panel = project_nodes(view, id_of(view, OPEN_PROJECT))
    assert panel is not None and f"{PLAN_FILE}、调整.xlsx" in Reader(panel.title).text
    (row,) = [row for row in node_rows(_own(view), view.period) if row.label == "设备安装"]
    assert [span.is_thin for span in row.spans] == [False, True]


def _own(view: View) -> pd.DataFrame:
    nodes = nodes_of(view)
    return nodes[nodes["project_name"] == OPEN_PROJECT]


def test_a_plan_that_never_changed_says_nothing_of_changes(year: Database) -> None:
    """No empty remark."""
    assert plan_changes(view_of()) == ""


def test_a_year_without_a_plan_has_no_nodes(year: Database) -> None:
    """The page says so instead of zeros."""
    assert nodes_of(view_of(12, year=2023)).empty


def test_a_late_node_is_a_bar_from_its_date_to_the_cut_off_or_the_day_done(year: Database) -> None:
    """One done in time, not told or not due has none."""
    view = view_of()
    spans = {row.label: row.spans for row in node_rows(_own(view), view.period)}
    assert {name for name, own in spans.items() if own} == {"主体封顶", "设备安装", "竣工"}
    assert spans["设备安装"][0].end == 2025 * 12
    assert spans["设备安装"][0].colour == GRADES["behind"].colour
    assert spans["主体封顶"][0].end == pytest.approx(2024 * 12 + 7.5)


@pytest.mark.parametrize("state", NODE_STATES)
def test_every_state_has_a_shape_and_a_word(state: str) -> None:
    """Its own of each; red means late and nothing else."""
    text = state_text(state)
    assert text.split(" ")[0] == MARKS[state].sign and len(text.split(" ")[1]) >= 2
    assert text in Reader(legend()).text
    assert (MARKS[state].colour() == GRADES["behind"].colour) is (state == "overdue")
    assert (
        len({mark.sign for mark in MARKS.values()}) == len({mark.symbol for mark in MARKS.values()}) == len(NODE_STATES)
    )


@pytest.mark.parametrize(
    ("state", "days", "precision", "expected"),
    [
        ("overdue", 31.0, None, "▲ 到期未完成 +31 天"),
        ("overdue", float("nan"), None, "▲ 到期未完成"),
        ("due_now", 0.0, None, "◆ 本月未完成"),
        ("done_late", 9.0, "day", "■ 逾期完成 +9 天"),
        ("done_late", 9.0, "month", "■ 逾期完成 至少 9 天"),
        ("done_late", 9.0, None, "■ 逾期完成 至少 9 天"),
        ("upcoming", float("nan"), None, "◇ 未到期"),
    ],
)
def test_a_state_with_its_days(state: str, days: float, precision: str | None, expected: str) -> None:
    """At least so many where the day is not known; none where it is not late."""
    cell = state_cell(state, late_text(SimpleNamespace(state=state, delay_days=days, done_precision=precision)))
    assert (cell if isinstance(cell, str) else cell.text) == expected


def test_a_node_done_late_by_some_month_is_marked_there(year: Database) -> None:
    """One that may have been in time stands at its planned date."""
    view = view_of()
    own = nodes_of(view)[nodes_of(view)["project_name"] == "年产60千吨海洋活性肽项目(二期)"]
    rows = {row.label: row for row in node_rows(own, view.period)}
    places = {name: [int(mark.place) % 12 + 1 for mark in rows[name].marks] for name in ("项目备案", "环评批复")}
    assert places == {"项目备案": [1, 1, 7], "环评批复": [2, 2, 2]}
    assert [len(rows[name].spans) for name in ("项目备案", "环评批复", "投产")] == [1, 0, 0]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_a_hostile_name_is_harmless(year: Database, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """In the table of the month, beside the chart and in it."""
    view = view_of()
    nodes = nodes_of(view).assign(project_name=text)
    monkeypatch.setattr(reads, "node_plan", lambda *_: nodes)
    assert_harmless(month_table(view), text)
    part = gantt_part(view, 0)
    assert_harmless(part.names, text)
    assert "<" not in "".join(part.chart.layout.yaxis.ticktext)
    ready(part.chart.to_dict())
