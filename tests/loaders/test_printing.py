"""A reading as JSON for programs and as text for a person."""

from __future__ import annotations

import json

from workbooks import codes, monthly, project, read, record

from domain.submissions import Submission
from loaders.printing import findings_as_lines, submission_as_json, submission_as_text

WIND = {
    "序号": 1,
    "项目名称": "海上风电",
    "总投资": 50_000,
    "形象进度": "完成总工程量82.5%",
    "计划竣工时间": "2024年三季度",
    "天气": "晴",
}


def test_json_has_plain_values() -> None:
    """Numbers, ISO dates and Chinese names; every row knows its row of the sheet."""
    shown = submission_as_json(read(monthly(WIND)))
    assert json.loads(json.dumps(shown)) == shown
    (table,) = shown["tables"]
    assert (shown["kind"], shown["is_acceptable"]) == ("monthly_return", True)
    assert (table["sheet"], table["body"], table["period"], table["unit"]) == ("项目", "滨海片区", "2024-08", "万元")
    assert table["columns"][2] == {"column": "C", "heading": "总投资", "field": "total_investment_wan"}
    (row,) = table["rows"]
    assert (row["cell_row"], row["district"], row["total_investment_wan"]) == (4, "滨海片区", 50_000)
    assert (row["progress_rate"], row["planned_completion_date"], row["annual_plan_wan"]) == (0.825, "2024-09-30", None)
    (found,) = shown["findings"]
    assert (found["code"], found["level"], found["sheet"], found["cell"], found["value"]) == (
        "heading_unknown",
        "提示",
        "项目",
        "F3",
        "天气",
    )
    assert found["message"] == "表头“天气”不在词表内，这一栏未读取。"


def test_json_of_suggestions_and_of_nothing() -> None:
    """A near name stands with the known one; a file that says nothing of itself has no period."""
    near = monthly(WIND | {"项目名称": "滨海港工业园海上风电装备制造基地"})
    known = record(project("滨海港工业园区海上风电装备制造基地"))
    (suggestion,) = submission_as_json(read(near, known=known))["suggestions"]
    assert (suggestion["cell"], suggestion["known"]) == ("B4", "滨海港工业园区海上风电装备制造基地")
    (table,) = submission_as_json(read(monthly(WIND, title="项目表")))["tables"]
    assert (table["body"], table["period"], table["rows"][0]["district"]) == ("报送单位不明", None, "")


def test_text_tells_what_was_read() -> None:
    """Body, period and whether it can be accepted; then each table, then the findings."""
    lines = submission_as_text(read(monthly(WIND), file_name="八月.xlsx")).splitlines()
    assert lines == [
        "八月.xlsx：滨海片区 2024-08，可以接收",
        "  工作表“项目”：1 行，5/6 栏，单位 万元",
        "  [提示] 项目 F3 表头“天气”不在词表内，这一栏未读取。",
    ]
    assert submission_as_text(Submission("空.xlsx", "0" * 64)) == "空.xlsx：报送单位不明 报告期不明，可以接收"


def test_a_refused_return_says_so() -> None:
    """A table without a unit has a dash, and the file cannot be accepted."""
    lines = submission_as_text(read(monthly(WIND, unit=""))).splitlines()
    assert lines[0].endswith("不能接收")
    assert lines[1].endswith("单位 —")


def test_errors_stand_first() -> None:
    """Whatever the order of the columns: errors, then questions, then hints."""
    submission = read(monthly(WIND | {"计划竣工时间": "待定", "年度计划投资": "多"}))
    assert set(codes(submission)) == {"heading_unknown", "date_unreadable", "not_a_number"}
    assert [line[:5] for line in findings_as_lines(submission.findings)] == ["[错误] ", "[需说明]", "[提示] "]
