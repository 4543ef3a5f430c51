"""Every field of a return, declared once.

From this table come the database columns, what a heading may mean, the table columns of the screens and the
definitions page. Units: money in 万元 (``_wan``), land in 亩 (``_mu``), rates 0 to 1 (``_rate``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from domain.permit_steps import PERMIT_STEPS

TEXT, WORD, MONEY, DATE, RATE, AREA, NUMBER, IGNORED = (
    "text",
    "word",
    "money",
    "date",
    "rate",
    "area",
    "number",
    "ignored",
)

# How long an accepted value stays in force when a later return leaves the cell empty, rejects it or leaves the project
# out: for the project's life (dates, amounts of the whole project), within the calendar year (the year's figures), or
# not at all (what only that month's return says).
LIFE, YEAR, MONTH = "life", "year", "month"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: name, kind, what it is called, whether a list of projects must carry it, and what it means."""

    name: str
    kind: str
    heading: str
    english: str
    definition: str
    definition_en: str
    is_required: bool = False
    is_planned: bool = False
    lasts: str = LIFE

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """(column name, SQL type) of the stored field; a date keeps its text and precision beside it."""
        if self.kind == DATE:
            return (
                (self.name, "DATE"),
                (f"{self.name}_text", "VARCHAR"),
                (f"{self.name}_precision", "VARCHAR"),
            )
        return ((self.name, SQL_TYPES[self.kind]),)


SQL_TYPES = {
    TEXT: "VARCHAR",
    WORD: "VARCHAR",
    MONEY: "DECIMAL(18,4)",
    RATE: "DECIMAL(9,6)",
    AREA: "DECIMAL(12,2)",
    NUMBER: "DECIMAL(18,4)",
}

PROJECT_FIELDS = (
    Field("project_name", TEXT, "项目名称", "project", "项目的名称，同一项目按规范化名称识别。",
          "Name of the project; the same project is recognised by its normalised name.", is_required=True),
    Field("project_code", TEXT, "项目代码", "project code", "投资项目在线审批监管平台赋码。",
          "Code given by the online approval platform."),
    Field("owner_name", TEXT, "建设单位", "owner", "投资主体、业主或项目公司。", "Investor, owner or project company."),
    Field("district", WORD, "片区", "district", "项目所在片区，缺省为报送单位。",
          "District of the project; the sender where the return does not say."),
    Field("category", WORD, "产业类型", "category", "传统产业或新兴产业。", "Traditional or emerging industry."),
    Field("industry", TEXT, "所属行业", "industry", "项目所属行业。", "Line of industry."),
    Field("industry_chain", TEXT, "重点产业链", "industry chain", "市定重点产业链。", "The city's key chain."),
    Field("stage", WORD, "项目阶段", "stage", "按报表的表名、表题或阶段列确定，不因个别用词倒退。",
          "From the sheet, the table's title or the stage column."),
    Field("total_investment_wan", MONEY, "总投资", "total investment", "计划总投资，万元。",
          "Planned total investment, 10,000 yuan."),
    Field("equipment_investment_wan", MONEY, "设备投资", "equipment investment", "总投资中的设备投资，万元。",
          "Equipment part of the total, 10,000 yuan."),
    Field("annual_plan_wan", MONEY, "年度计划投资", "annual plan", "本年计划完成投资，万元。空为无计划，不等于零。",
          "Investment planned for the year; empty means no plan, not zero.", lasts=YEAR),
    Field("investment_month_wan", MONEY, "本月完成投资", "investment, month", "报告期当月完成投资，万元。",
          "Investment of the month, 10,000 yuan.", lasts=MONTH),
    Field("investment_ytd_wan", MONEY, "本年累计完成投资", "investment, year to date", "1月至报告期累计完成投资，万元。",
          "Investment from January to the period, 10,000 yuan.", lasts=YEAR),
    Field("investment_previous_wan", MONEY, "上年底累计完成投资", "investment to last year-end",
          "开工至上年底累计完成投资，万元。", "Investment from start to last year-end, 10,000 yuan.", lasts=YEAR),
    Field("investment_cum_wan", MONEY, "开工以来累计完成投资", "investment, cumulative",
          "开工以来累计完成投资，万元。", "Investment since the start, 10,000 yuan."),
    Field("investment_share_rate", RATE, "投资完成率", "share of plan", "报表自算的年度投资完成率，仅供核对。",
          "The sender's own share of the annual plan, for checking.", lasts=MONTH),
    Field("signed_date", DATE, "签约时间", "signed on", "正式投资协议签订日期。", "Date of the investment agreement."),
    Field("planned_start_date", DATE, "计划开工时间", "planned start", "计划开工日期；只写到月、季、年的按期末日计。",
          "Planned start; a month, quarter or year means its last day.", is_planned=True),
    Field("start_date", DATE, "实际开工时间", "started on", "实际开工日期。", "Actual start."),
    Field("planned_completion_date", DATE, "计划竣工时间", "planned completion",
          "计划竣工日期；只写到月、季、年的按期末日计。",
          "Planned completion; a month, quarter or year means its last day.", is_planned=True),
    Field("completion_date", DATE, "实际竣工时间", "completed on", "实际竣工日期。", "Actual completion."),
    Field("production_date", DATE, "实际投产时间", "in production on", "实际投产日期；计划、预计投产的不是实际。",
          "Actual start of production; a planned or expected one is none."),
    Field("capacity_date", DATE, "实际达产时间", "at capacity on", "实际达产（达效）日期；计划、预计达产的不是实际。",
          "The day full capacity was actually reached; a planned or expected one is none."),
    Field("progress_rate", RATE, "形象进度（%）", "share of work done", "完成工程量占总工程量的比重。",
          "Share of the work done, 0 to 1."),
    Field("progress_text", TEXT, "形象进度", "progress", "形象进度的文字说明。", "Progress in words.", lasts=MONTH),
    Field("issue_text", TEXT, "存在问题", "issue", "存在的问题及需协调事项；“无”与空白分开记。",
          "What blocks the project; 'none' is kept apart from blank.", lasts=MONTH),
    Field("escalation_level", WORD, "协调层级", "level to solve", "须由哪一级解决：企业、县、新区、市、省。",
          "Who must solve it: firm, county, New Area, city, province.", lasts=MONTH),
    Field("credited_body", TEXT, "签约主体", "credited to", "签约项目计入园区、片区还是集团。",
          "Who is credited with the signing."),
    Field("responsible_body", TEXT, "责任单位", "responsible", "责任单位。", "Body responsible."),
    Field("land_mu", AREA, "用地面积（亩）", "land (mu)", "用地面积，亩。", "Land, in mu."),
    Field("permit_text", TEXT, "手续办理情况", "permits", "手续办理情况的文字说明。", "Approval steps in words."),
    Field("construction_text", TEXT, "建设内容及规模", "scope of work", "建设内容及规模。", "What is built."),
    Field("nature", TEXT, "项目性质", "nature", "新建、续建、技改等。", "New, continued, refit ..."),
    Field("annual_goal_text", TEXT, "年度形象进度目标", "goal of the year", "本年形象进度目标。", "Goal of the year.", lasts=YEAR),
    Field("next_step_text", TEXT, "下月计划", "next step", "下一步工作安排。", "What comes next.", lasts=MONTH),
    Field("note", TEXT, "备注", "note", "备注。", "Note.", lasts=MONTH),
)  # fmt: skip

PROJECT_FIELD = {field.name: field for field in PROJECT_FIELDS}
MONEY_FIELDS = tuple(field.name for field in PROJECT_FIELDS if field.kind == MONEY)
DATE_FIELDS = tuple(field.name for field in PROJECT_FIELDS if field.kind == DATE)
# The texts in which a row may say that a plan was changed and why.
EXPLAINING_FIELDS = ("note", "progress_text", "issue_text", "next_step_text")

# Columns that are recognised so that they are not taken for something else, and never stored.
IGNORED_FIELDS = {
    "serial_number": Field("serial_number", IGNORED, "序号", "No.", "序号，不入库。", "Serial number, not stored."),
    "phone": Field("phone", IGNORED, "联系电话", "phone", "联系电话，读取时即丢弃。", "Phone numbers are dropped."),
    "report_period": Field("report_period", IGNORED, "报告期", "period", "报告的年份、月份，只用于认定报告期。",
                           "Year and month of the return; only tells the period."),
    "person": Field("person", IGNORED, "联系人", "person", "联系人姓名，不入库。", "Contact persons are not stored."),
}

# The forms other than lists of projects have a few headings of their own.
FORM_FIELDS = {
    "indicator": Field("indicator", WORD, "指标名称", "indicator", "年度目标的指标。", "Indicator of the target."),
    "unit_text": Field("unit_text", TEXT, "计量单位", "unit", "指标的计量单位。", "Unit of the target."),
    "zone_target": Field("zone_target", NUMBER, "全区目标", "target, zone", "全区年度目标。", "The zone's target."),
    "binhai_target": Field("binhai_target", NUMBER, "滨海片区", "target, Binhai", "滨海片区年度目标。", "Binhai's target."),
    "xiangshui_target": Field("xiangshui_target", NUMBER, "响水片区", "target, Xiangshui", "响水片区年度目标。",
                              "Xiangshui's target."),
}  # fmt: skip


def stored_columns() -> tuple[tuple[str, str], ...]:
    """(column, SQL type) of all fields of a project row, in the order of declaration."""
    return tuple(column for field in PROJECT_FIELDS for column in field.columns)


@cache
def stored_names() -> tuple[str, ...]:
    """The columns of all fields of a project row, in the order of declaration."""
    return tuple(name for name, _ in stored_columns())


def find_field(name: str) -> Field | None:
    """The declaration of a field of any form, or None."""
    forms = (PROJECT_FIELD, FORM_FIELDS, IGNORED_FIELDS, NODES_AS_FIELDS, LEDGER_FIELDS)
    return next((form[name] for form in forms if name in form), None)


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the construction plan (推进计划节点)."""

    code: str
    name: str
    english: str


NODES = (
    Node("registration", "项目备案", "registration"),
    Node("land_supply", "用地供应", "land supply"),
    Node("environmental_approval", "环评批复", "environmental approval"),
    Node("construction_permit", "施工许可", "construction permit"),
    Node("start", "开工", "start"),
    Node("main_structure", "主体封顶", "main structure"),
    Node("equipment", "设备安装", "equipment"),
    Node("completion", "竣工", "completion"),
    Node("production", "投产", "production"),
)
NODES_AS_FIELDS = {
    f"node_{node.code}": Field(f"node_{node.code}", DATE, node.name, node.english, f"{node.name}的计划完成时间。",
                               f"Planned date of: {node.english}.", is_planned=True)
    for node in NODES
}  # fmt: skip

# What a ledger of permits says of one step: in columns of its own under each step, or beside its name in a row.
# As texts: a cell of any of them may hold a date, a mark or words (办理中 under 批复时间), see loaders/permit_cells.py.
APPLIED_ON, DUE_ON, GRANTED_ON, OFFICE, NUMBER_OF = "applied", "due", "granted", "office", "number"
PERMIT_ASPECTS = {
    APPLIED_ON: Field("permit_applied", TEXT, "申报时间", "applied on", "手续的申报（受理）时间。", "When the step was applied for."),
    DUE_ON: Field("permit_due", TEXT, "完成时限", "due", "手续应办结的时限；只写到月、季、年的按期末日计。",
                  "When the step is due; a month, quarter or year means its last day."),
    GRANTED_ON: Field("permit_granted", TEXT, "批复时间", "granted on", "手续批复（取得）的时间。", "When it was granted."),
    OFFICE: Field("permit_office", TEXT, "办理部门", "office", "办理、审批的部门。", "The office that grants it."),
    NUMBER_OF: Field("permit_number", TEXT, "文号", "document number", "批复文号或证号。", "Number of the document."),
}  # fmt: skip
STEPS_AS_FIELDS = {
    f"step_{step.code}": Field(f"step_{step.code}", TEXT, step.name, step.english, f"{step.name}的办理情况。",
                               f"Where it stands: {step.english}.")
    for step in PERMIT_STEPS
}  # fmt: skip
STEP_ASPECTS_AS_FIELDS = {
    f"step_{step.code}_{aspect}": Field(
        f"step_{step.code}_{aspect}", TEXT, f"{step.name}{field.heading}", f"{step.english}, {field.english}",
        f"{step.name}的{field.heading}。", f"{field.english} of: {step.english}.")
    for step in PERMIT_STEPS for aspect, field in PERMIT_ASPECTS.items()
}  # fmt: skip
LAND_FIELDS = {
    field.name: field
    for field in (
        Field("land_wanted_mu", AREA, "本年计划用地（亩）", "land wanted (mu)", "本年需用的土地，亩。", "Land wanted for the year, in mu."),
        Field("land_applied_mu", AREA, "已申请用地（亩）", "land applied for (mu)", "已申请的用地指标，亩。", "Quota applied for, in mu."),
        Field("land_granted_mu", AREA, "已取得用地（亩）", "land granted (mu)", "已取得的用地指标，亩。", "Quota granted, in mu."),
        Field("land_supplied_mu", AREA, "已供地（亩）", "land supplied (mu)", "已供应的土地，亩；未另列已取得指标时按已取得计。",
              "Land supplied, in mu; counts as granted where the ledger has no column of its own for that."),
        Field("land_gap_mu", AREA, "用地缺口（亩）", "land lacking (mu)", "需用与已取得之差，只用于核对。",
              "What is wanted and not granted; only checked."),
    )
}  # fmt: skip
LEDGER_FIELDS = {
    "permit_step": Field("permit_step", TEXT, "手续名称", "step", "一行一项手续的台账中的手续名称。", "Name of the step, one a row."),
    "permit_state": Field("permit_state", TEXT, "办理情况", "where it stands", "手续已取得、已申报、未申报或无需办理。",
                          "Granted, applied for, not applied for or not needed."),
    **{field.name: field for field in PERMIT_ASPECTS.values()}, **STEPS_AS_FIELDS, **STEP_ASPECTS_AS_FIELDS, **LAND_FIELDS,
}  # fmt: skip
