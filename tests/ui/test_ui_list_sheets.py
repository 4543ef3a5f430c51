"""The lists of the pages as rows of a workbook, on the sample year."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
from everything import now
from sample_views import id_of, view_of

from domain.permit_steps import steps_of
from domain.permit_words import LandEvent, PermitEvent
from domain.submissions import INFRASTRUCTURE, PROJECTS
from storage.engine import Database
from storage.permits import record_permits
from tests.everything import DAY
from ui.conversion import BEYOND, AskedWaits, wait_list
from ui.delays import AskedDelays, chosen_delays
from ui.land import land_of
from ui.list_sheets import delay_sheet, land_sheet, node_sheet, permit_lists, permit_sheet, step_sheet, wait_sheet
from ui.node_plan import nodes_of
from ui.permits import LAND, AskedPermits, chosen_projects, matrix_of

LATE_NAME = "天能循环经济产业园项目"


def test_the_delayed_projects_as_they_are_listed(year: Database) -> None:
    """As many rows in the same order, whatever they are late with; days and amounts are numbers."""
    view = view_of()
    rows, sheet = chosen_delays(view, AskedDelays()), delay_sheet(view, AskedDelays())
    assert list(sheet["项目名称"]) == list(rows["project_name"])
    assert sheet["较首次承诺滞后天数"].dropna().astype(int).tolist() == rows["delay_first_days"].dropna().astype(int).tolist()
    assert sheet["总投资（万元）"].dtype == float
    assert set(sheet["报送单位"]) == {"滨海片区", "响水片区"}


def test_a_row_says_when_what_and_where(year: Database) -> None:
    """Both dates as precise as they were reported, who must solve it, and the row of the return."""
    view = view_of()
    states = view.states.set_index("project_name").loc[LATE_NAME]
    row = delay_sheet(view, AskedDelays(text=LATE_NAME)).iloc[0]
    assert row["来源"] == f"{states['sheet']} 第 {states['cell_row']} 行"
    milestone = "start" if pd.isna(states["start_date"]) else "completion"
    assert row["最新计划"].startswith(f"{states[f'planned_{milestone}_date']:%Y}")
    assert row["首次承诺"] and row["亮灯"].split()[0] in "▲◆◇●○"
    assert row["存在问题"] == states["issue_text"]


def test_a_filter_narrows_the_sheet(year: Database) -> None:
    """What the page does not show is not taken along; nothing found is an empty sheet."""
    view = view_of()
    asked = AskedDelays(kind="start")
    assert len(delay_sheet(view, asked)) == len(chosen_delays(view, asked)) < len(delay_sheet(view, AskedDelays()))
    assert delay_sheet(view, AskedDelays(text="没有这样的项目")).empty


def test_the_matrix_and_its_steps(year: Database) -> None:
    """A row a project with a column a step; each step on a row of its own with its days and who told it."""
    view = view_of()
    own = id_of(view, "中化学绿色甲醇项目"), "binhai"
    granted = PermitEvent(*own, "environment", "granted", DAY, DAY, None, DAY, "生态环境局", "环1号", "")
    record_permits(year, [granted], [LandEvent(*own, DAY, Decimal(90), None, Decimal(0), "补报")], recorded_at=now())
    for kind in (PROJECTS, INFRASTRUCTURE):
        asked = AskedPermits(kind=kind)
        matrix, chosen = permit_sheet(view_of(), asked), chosen_projects(view_of(), asked)
        assert len(matrix) == len(chosen) and len(matrix.columns) == 2 + len(steps_of(kind))
        steps = step_sheet(view_of(), asked)
        assert len(steps) == len(matrix_of(view_of(), kind))
        assert list(dict.fromkeys(steps["项目名称"])) == list(dict.fromkeys(matrix["项目名称"]))
    told = step_sheet(view_of(), AskedPermits()).query("项目名称 == '中化学绿色甲醇项目' and 环节 == '环评批复'").iloc[0]
    assert (told["取得"].date(), told["办理部门"]) == (DAY, "生态环境局")
    assert "人工登记" in told["来源"] or "办公室" in told["来源"]


def test_the_land(year: Database) -> None:
    """Areas as numbers, missing where nobody told them."""
    view = view_of()
    (name, sheet), *more = permit_lists(view, AskedPermits(LAND))
    assert (name, more) == ("用地", [])
    assert sheet.equals(land_sheet(view))
    assert sheet["需要（亩）"].sum() == float(land_of(view)["wanted_mu"].sum())
    assert [name for name, _ in permit_lists(view, AskedPermits())] == ["手续办理", "各环节明细"]


def test_who_waits(year: Database) -> None:
    """The projects of the list with whole days; a filter narrows them."""
    view = view_of()
    rows, _ = wait_list(view, AskedWaits())
    sheet = wait_sheet(view, AskedWaits())
    assert list(sheet["项目名称"]) == list(rows["project_name"])
    assert {"停留环节", "何时起", "已等（天）", "存在问题"} <= set(sheet.columns)
    assert 0 < len(wait_sheet(view, AskedWaits(wait=BEYOND))) < len(sheet)


def test_all_nodes_of_the_plan(year: Database) -> None:
    """Each with its cell in the plan; days only where it is late."""
    view = view_of()
    sheet = node_sheet(view)
    nodes = nodes_of(view)
    assert list(sheet["项目名称"]) == list(nodes["project_name"])
    assert sheet["计划单元格"].str.contains("!").all()
    assert sheet["逾期天数"].dropna().astype(int).tolist() == nodes["delay_days"].dropna().astype(int).tolist()


def test_a_filter_that_finds_nothing(year: Database) -> None:
    """Sheets without rows, which can be written all the same."""
    view = view_of()
    lists = permit_lists(view, AskedPermits(state="due_soon", step="tender"))
    lists += [("", delay_sheet(view, AskedDelays(text="没有")) ), ("", wait_sheet(view, AskedWaits(year="1999")))]
    assert [len(rows) for _, rows in lists] == [0, 0, 0, 0]
