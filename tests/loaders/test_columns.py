"""Which field a column means: exact, remembered, suggested or asked; and which unit its money has."""

from __future__ import annotations

from typing import Any

import pytest
from workbooks import blocks_of, record

from domain.findings import Finding
from domain.submissions import INFRASTRUCTURE, NODE_PLAN, PROJECTS, TARGETS, ColumnReading, Decision, Known
from loaders.columns import form_of, key_of_heading, kind_of_table, match_columns, required_findings
from loaders.settling import declared
from loaders.tables import Block

NODE_HEADINGS = ["序号", "项目名称", "项目备案", "用地供应", "环评批复", "施工许可", "开工"]


def table(values_of: dict[str, list[Any]], title: str = "2024年8月项目表（万元）", name: str = "项目") -> Block:
    """A list of projects with further columns of values under their headings."""
    values_of = {"项目名称": ["风电", "光伏"], "总投资": [50_000, 60_000], "备注": []} | values_of
    height = max(map(len, values_of.values()))
    rows = [[values[row] if row < len(values) else None for values in values_of.values()] for row in range(height)]
    (block,) = blocks_of([[title], list(values_of), *rows], name=name)
    return block


def match(values_of: dict[str, list[Any]], known: Known | None = None, kind: str = PROJECTS,
          title: str = "2024年8月项目表（万元）") -> tuple[dict[str, ColumnReading], list[Finding]]:  # fmt: skip
    readings, findings = match_columns(table(values_of, title), kind, "binhai", known or Known())
    return {reading.heading: reading for reading in readings}, findings


def field_of(heading: str, values: list[Any], **more: list[Any]) -> tuple[str | None, str]:
    """(field, how it was matched) of one column, beside others."""
    reading = match({heading: values, **more})[0][heading]
    return reading.field, reading.match


@pytest.mark.parametrize(
    ("headings", "title", "name", "kind"),
    [
        (["项目名称", "总投资", "备注"], "重大项目表", "项目", PROJECTS),
        (["项目名称", "总投资", "备注"], "基础设施项目表", "项目", INFRASTRUCTURE),
        (["项目名称", "总投资", "备注"], "项目表", "重点工程", INFRASTRUCTURE),
        (["序号", "指标名称", "单位", "全区"], "目标", "目标", TARGETS),
        (NODE_HEADINGS, "推进计划", "计划", NODE_PLAN),
        ([*NODE_HEADINGS, "形象进度"], "推进计划", "计划", PROJECTS),
    ],
    ids=[
        "projects",
        "infrastructure by title",
        "infrastructure by sheet",
        "targets",
        "node plan",
        "monthly list with nodes",
    ],
)
def test_kind_of_table(headings: list[str], title: str, name: str, kind: str) -> None:
    """Headings tell targets and node plans, title or sheet name tells infrastructure; progress makes a monthly list."""
    (block,) = blocks_of([[title], headings, [1, "风电", 5, 5]], name=name)
    assert kind_of_table(block) == kind


class TestMeaning:
    @pytest.mark.parametrize(
        ("heading", "values", "field"),
        [
            ("建设单位", ["甲公司"], "owner_name"),
            ("形象进度", ["主体封顶", "桩基施工"], "progress_text"),
            ("形象进度", [0.8, "50%"], "progress_rate"),
            ("产业类别", ["传统产业", "新兴产业"], "category"),
            ("产业类别", ["风电装备", "钢铁"], "industry"),
            ("1-8月累计完成投资", [5.0, 6.0], "investment_ytd_wan"),
            ("用地", ["5亩"], "land_mu"),
        ],
    )
    def test_one_meaning_is_taken(self, heading: str, values: list[Any], field: str) -> None:
        """A heading with one meaning, or with one that its values can have, is that field."""
        assert field_of(heading, values) == (field, "exact")

    def test_an_empty_column_cannot_be_misread(self) -> None:
        """Of several meanings the first is taken where there is nothing to read."""
        assert field_of("产业类别", []) == ("category", "exact")

    @pytest.mark.parametrize(
        ("partner", "values", "field"),
        [
            ("计划开工时间", ["2024年3月"], "start_date"),
            ("实际开工时间", ["2024年3月"], "planned_start_date"),
        ],
    )
    def test_a_partner_leaves_the_other_meaning(self, partner: str, values: list[Any], field: str) -> None:
        """开工时间 beside 计划开工时间 is the actual start, and the other way round."""
        assert field_of("开工时间", ["2024年8月"], **{partner: values}) == (field, "exact")

    def test_cumulative_beside_the_year(self) -> None:
        """累计完成投资 beside 本年累计 is since the start; beside 开工以来 it is the year's."""
        assert field_of("累计完成投资", [9], 本年累计完成投资=[5])[0] == "investment_cum_wan"
        assert field_of("累计完成投资", [5], 开工以来累计完成投资=[9])[0] == "investment_ytd_wan"

    def test_alone_it_may_be_either(self) -> None:
        """Only the sender knows what 开工时间 alone means: the column is not read, and the choice is given."""
        readings, (found,) = match({"开工时间": ["2024年8月"]})
        assert readings["开工时间"].field is None
        assert readings["开工时间"].candidates == ("planned_start_date", "start_date")
        assert (found.code, found.sheet, found.cell, found.value) == ("heading_ambiguous", "项目", "D2", "开工时间")
        assert "计划开工时间或实际开工时间" in found.message()

    def test_values_that_fit_no_meaning_leave_all(self) -> None:
        """When the values fit none of the meanings the sender is asked about all of them."""
        readings, _ = match({"开工时间": ["待定"]})
        assert readings["开工时间"].candidates == ("planned_start_date", "start_date")

    def test_both_dates_taken_leave_no_meaning(self) -> None:
        """开工时间 beside both of its meanings stays a question."""
        dates = ["2024年8月"]
        assert field_of("开工时间", dates, 计划开工时间=dates, 实际开工时间=dates) == (None, "ambiguous")

    def test_a_near_heading_is_only_suggested(self) -> None:
        """The column is not read until a person confirms."""
        readings, (found,) = match({"存在问题及主要困难": ["缺地"]})
        reading = readings["存在问题及主要困难"]
        assert (reading.field, reading.match, reading.candidates) == (None, "suggested", ("issue_text",))
        assert 80 <= reading.score < 100
        assert (found.code, found.cell, found.field) == ("heading_suggested", "D2", "issue_text")
        assert f"“存在问题”（相似度 {reading.score:.0f}%）" in found.message()

    def test_a_near_heading_whose_values_do_not_fit_is_unknown(self) -> None:
        """An amount is no text of problems."""
        assert field_of("存在问题及主要困难", [5.0]) == (None, "unknown")

    def test_an_unknown_heading_is_told_when_it_holds_something(self) -> None:
        """A column of values is reported, an empty one is not."""
        _, (found,) = match({"天气": ["晴"]})
        assert (found.code, found.sheet, found.cell, found.value) == ("heading_unknown", "项目", "D2", "天气")
        assert match({"天气": []})[1] == []

    def test_a_confirmed_heading_is_remembered(self) -> None:
        """What a person said goes before the vocabulary, for this sender and form only."""
        values: dict[str, list[Any]] = {"投资数（万元）": [5]}
        decision = match(values)[0]["投资数（万元）"].decide("binhai", "annual_plan_wan")
        assert (decision.subject, decision.form) == (key_of_heading("投资数"), form_of(table(values), PROJECTS))
        readings, findings = match(values, record(decisions=(decision,)))
        assert (readings["投资数（万元）"].field, readings["投资数（万元）"].match) == ("annual_plan_wan", "remembered")
        assert findings == []
        assert match({"投资数（万元）": [5]}, record(decisions=(Decision("heading", "xiangshui", "投资数", "note"),)))[
            1
        ]

    @pytest.mark.parametrize(
        ("heading", "values", "candidates"),
        [
            ("投资数（万元）", [5], ("annual_plan_wan",)),
            ("累计完成投资（万元）", [5], ("annual_plan_wan", "investment_ytd_wan", "investment_cum_wan")),
        ],
        ids=["unknown", "ambiguous"],
    )
    def test_what_another_form_says_is_suggested(self, heading: str, values: list[Any], candidates: tuple[str, ...]) -> None:
        """A heading confirmed in another form of the sender's is asked first as that, and not taken."""
        decision = Decision("heading", "binhai", key_of_heading(heading), "annual_plan_wan", "another form")
        readings, (found,) = match({heading: values}, record(decisions=(decision,)))
        assert (readings[heading].field, readings[heading].match) == (None, "suggested")
        assert set(readings[heading].candidates) == set(candidates)
        assert readings[heading].candidates[0] == "annual_plan_wan"
        assert found.code == "heading_in_other_form"

    def test_next_months_table_is_the_same_form(self) -> None:
        """Months, years and the order of the columns make no other form; a further column does."""
        august = form_of(table({"8月完成投资": [5], "形象进度": ["a"]}), PROJECTS)
        assert form_of(table({"形象进度": ["a"], "9月完成投资": [5]}), PROJECTS) == august
        assert form_of(table({"9月完成投资": [5], "形象进度": ["a"], "业主": ["b"]}), PROJECTS) != august
        assert form_of(table({"8月完成投资": [5], "形象进度": ["a"]}), INFRASTRUCTURE) != august

    @pytest.mark.parametrize("field", ["made_up", "zone_target"])
    def test_a_decision_about_a_field_that_is_gone_does_not_count(self, field: str) -> None:
        """A decision from before a field was renamed, or about another form, leaves the heading open."""
        readings, (found,) = match({"投资数": [5]}, record(decisions=(Decision("heading", "binhai", "投资数", field),)))
        assert (readings["投资数"].field, found.code) == (None, "heading_unknown")

    def test_a_field_that_nobody_declared_is_our_mistake(self) -> None:
        """The vocabulary can name no field that the code does not know."""
        with pytest.raises(KeyError, match="made_up"):
            declared("made_up")

    def test_fields_of_other_forms_do_not_count(self) -> None:
        """目标 is a target in the form of targets, and unknown in a list of projects."""
        assert field_of("目标", [5]) == (None, "unknown")

    def test_joined_headings_go_before_the_lowest(self) -> None:
        """累计完成投资 over 开工以来 is one heading of two lines; 实际 over 开工时间 likewise."""
        rows = [
            ["项目名称", "总投资（万元）", "实际", None, "计划", None],
            [None, None, "开工时间", "竣工时间", "开工时间", "竣工时间"],
            ["风电", 5, "2024年3月", None, "2024年2月", "2025年"],
        ]
        (block,) = blocks_of(rows, "A1:A2", "B1:B2", "C1:D1", "E1:F1")
        readings, findings = match_columns(block, PROJECTS, "binhai", Known())
        assert [reading.field for reading in readings] == [
            "project_name", "total_investment_wan", "start_date", "completion_date", "planned_start_date", "planned_completion_date",
        ]  # fmt: skip
        assert findings == []

    @pytest.mark.parametrize(
        ("upper", "lower", "fields"),
        [
            ("完成投资（万元）", ["8月", "1-8月"], ["investment_month_wan", "investment_ytd_wan"]),
            ("时间", ["计划开工", "实际开工"], ["planned_start_date", "start_date"]),
            ("计划", ["开工时间", "竣工时间"], ["planned_start_date", "planned_completion_date"]),
        ],
    )
    def test_two_lines_are_joined_in_either_order(self, upper: str, lower: list[str], fields: list[str]) -> None:
        """完成投资 over 8月 is 8月完成投资."""
        rows = [
            ["项目名称", "总投资（万元）", upper, None, "备注"],
            [None, None, *lower, None],
            ["风电", 5, None, None, "x"],
        ]
        (block,) = blocks_of(rows, "A1:A2", "B1:B2", "C1:D1", "E1:E2")
        readings, findings = match_columns(block, PROJECTS, "binhai", Known())
        assert [(reading.field, reading.match) for reading in readings[2:4]] == [(field, "exact") for field in fields]
        assert findings == []


class TestDoubles:
    def test_a_second_column_of_a_field_is_told(self) -> None:
        """The first is read; the sentence names the field that both mean."""
        readings, (found,) = match({"当月投资": [3], "本月投资": [4]})
        assert (readings["当月投资"].field, readings["本月投资"].field) == ("investment_month_wan", None)
        assert (found.code, found.sheet, found.cell, found.value) == ("heading_double", "项目", "E2", "本月投资")
        assert "同为“本月完成投资”" in found.message()

    def test_the_sentence_names_the_meaning_taken(self) -> None:
        """Of a heading with two meanings the double is the one that its values have."""
        _, (found,) = match({"行业": ["风电"], "产业类别": ["钢铁"]})
        assert (found.code, found.value) == ("heading_double", "产业类别")
        assert "同为“所属行业”" in found.message()

    @pytest.mark.parametrize("values", [[], [None, "—"]])
    def test_an_empty_second_column_is_spare(self, values: list[Any]) -> None:
        """Nothing is lost with a column without values."""
        readings, findings = match({"当月投资": [3], "本月投资": values})
        assert (readings["本月投资"].match, findings) == ("spare", [])

    def test_a_merge_over_two_columns_is_one_heading(self) -> None:
        """A heading merged over two columns is read from the first."""
        (block,) = blocks_of([["项目名称", "总投资（万元）", "备注", None], ["风电", 5, "甲", "乙"]], "C1:D1")
        readings, findings = match_columns(block, PROJECTS, "binhai", Known())
        assert [(reading.column, reading.match) for reading in readings[2:]] == [("C", "exact"), ("D", "spare")]
        assert findings == []

    def test_ignored_columns_may_repeat(self) -> None:
        """Two serial numbers are no doubt."""
        assert match({"序号": [1, 2], "编号": [1, 2]})[1] == []


class TestUnits:
    @pytest.mark.parametrize(
        ("title", "heading", "unit"),
        [
            ("8月项目表（万元）", "年度计划投资", "万元"),
            ("8月项目表（万元）", "年度计划投资（亿元）", "亿元"),
            ("8月项目表", "年度计划投资\n单位：元", "元"),
            ("8月项目表", "年度计划投资", None),
            ("8月亿元以上项目表（亿元以上）", "年度计划投资", None),
        ],
    )
    def test_unit_of_a_column(self, title: str, heading: str, unit: str | None) -> None:
        """The heading's own unit goes before that of the table's lines."""
        readings, _ = match({heading: [5]}, title=title)
        assert next(each.unit for each in readings.values() if each.field == "annual_plan_wan") == unit

    def test_unit_in_the_upper_heading(self) -> None:
        """完成投资（亿元） over 本月 and 本年累计 gives its unit to both."""
        rows = [
            ["项目名称", "总投资（万元）", "完成投资（亿元）", None],
            [None, None, "本月投资", "本年完成投资"],
            ["风电", 5, 1, 2],
        ]
        (block,) = blocks_of(rows, "A1:A2", "B1:B2", "C1:D1")
        readings, _ = match_columns(block, PROJECTS, "binhai", Known())
        assert [reading.unit for reading in readings] == [None, "万元", "亿元", "亿元"]

    def test_units_of_other_kinds_stay(self) -> None:
        """A rate keeps its %, land its 亩; a table's money unit is not theirs."""
        readings, _ = match({"投资完成率（%）": [50], "用地面积（亩）": [5]})
        assert (readings["投资完成率（%）"].unit, readings["用地面积（亩）"].unit) == ("%", "亩")

    def test_money_without_a_unit_is_refused_at_its_heading(self) -> None:
        """Each money column that has no unit is named."""
        block = table({"本月投资": [3]}, title="8月项目表")
        found = required_findings(block, PROJECTS, match_columns(block, PROJECTS, "binhai", Known())[0])
        assert [(each.code, each.sheet, each.cell, each.field) for each in found] == [
            ("unit_unknown", "项目", "B2", "total_investment_wan"), ("unit_unknown", "项目", "D2", "investment_month_wan"),
        ]  # fmt: skip


def test_a_list_without_total_investment_is_refused() -> None:
    """The finding stands at the name's heading; forms of another kind need no total."""
    (block,) = blocks_of([["2024年8月"], ["序号", "项目名称", "形象进度", "备注"], [1, "风电", "打桩"]])
    readings, _ = match_columns(block, PROJECTS, "binhai", Known())
    (found,) = required_findings(block, PROJECTS, readings)
    assert (found.code, found.cell, found.field) == ("required_missing", "B2", "total_investment_wan")
    assert required_findings(block, NODE_PLAN, readings) == []


class TestPrivacy:
    @pytest.mark.parametrize("heading", ["联系电话", "联系人及电话", "挂钩领导手机号", "法人联系方式"])
    def test_phone_numbers_leave_no_sample(self, heading: str) -> None:
        """A column of phone numbers is recognised by its words and shows none of them."""
        readings, findings = match({heading: ["13800000000"]})
        assert (readings[heading].field, readings[heading].samples, findings) == ("phone", (), [])

    def test_other_columns_show_three_samples(self) -> None:
        """The first three filled cells help a person decide."""
        (block,) = blocks_of(
            [["项目名称", "总投资", "天气", "备注"], *[[f"项目{n}", 5, f"晴{n}" if n != 1 else None] for n in range(5)]]
        )
        readings, _ = match_columns(block, PROJECTS, "binhai", Known())
        assert readings[2].samples == ("晴0", "晴2", "晴3")


class TestForms:
    def test_targets_have_their_own_headings(self) -> None:
        """单位 is the unit of a target here, and 滨海片区 its district's target."""
        (block,) = blocks_of(
            [
                ["2024年目标"],
                ["序号", "指标名称", "单位", "全区", "滨海片区", "响水片区"],
                [1, "新签约项目", "个", 9, 5, 4],
            ]
        )
        readings, _ = match_columns(block, TARGETS, "zone", Known())
        assert [reading.field for reading in readings] == [
            "serial_number", "indicator", "unit_text", "zone_target", "binhai_target", "xiangshui_target",
        ]  # fmt: skip

    def test_node_plan_has_dates_of_nodes(self) -> None:
        """开工 is a node here, and 片区 the project's district."""
        (block,) = blocks_of([[*NODE_HEADINGS, "片区"], [1, "风电", *["3月"] * 5, "滨海片区"]])
        readings, _ = match_columns(block, NODE_PLAN, "zone", Known())
        assert [reading.field for reading in readings[-2:]] == ["node_start", "district"]
        assert readings[2].field == "node_registration"


@pytest.mark.parametrize(
    ("heading", "key"),
    [("投资数（万元）", "投资数"), ("完成投资（亿元）/1-8月累计", "完成投资/1-M月累计"), ("总投资", "总投资")],
)
def test_key_of_a_heading(heading: str, key: str) -> None:
    """A decision is kept for the heading without unit and month, line by line."""
    assert key_of_heading(heading) == key
