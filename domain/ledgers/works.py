"""工程台账: what is said of each infrastructure work, one row an account: whose, of which day, how far each step is.

facts.md row 9: the channel, motorway, railway, roads, plants and public works: share of work done, approval steps, land.
Two sources on one work are two rows, so that what they say differently stays visible (domain/work_accounts.py).
"""

from __future__ import annotations

import pandas as pd

from domain.fields import AREA, DATE, NUMBER, RATE, TEXT, WORD
from domain.ledgers.declaration import Choice, Figure, Ledger, LedgerField
from domain.periods import Period
from domain.work_accounts import disputed_matters
from domain.work_steps import DONE, GOING, NOT_NEEDED, OPEN, WORK_STEPS, WorkStep

STATES = (
    Choice(DONE, "完成", "done", ("已完成", "√", "办结", "通过")),
    Choice(GOING, "进行中", "going on", ("推进中", "办理中", "在建", "正在办理")),
    Choice(OPEN, "未开始", "not begun", ("未开工", "未办", "未落实", "×", "待办")),
    Choice(NOT_NEEDED, "不需要", "not needed", ("不涉及", "无需")),
)


def work_figures(frame: pd.DataFrame, period: Period) -> list[Figure]:
    """How many works, how many of them with accounts that differ, how many that wait for something."""
    del period
    names = frame["work_name"]
    disputed = set(disputed_matters(frame)["work_name"])
    waiting = frame.loc[frame["waits_for"].notna(), "work_name"]
    every, none = tuple(frame.index), None if frame.empty else 0
    return [
        Figure("工程", "works", names.nunique() or none, NUMBER, rows=every),
        Figure("说法不一", "accounts differ", len(disputed) or none, NUMBER, rows=tuple(frame.index[names.isin(disputed)])),
        Figure("有等待事项", "waiting", waiting.nunique() or none, NUMBER, rows=tuple(waiting.index)),
        Figure("说法", "accounts", len(frame) or none, NUMBER, rows=every),
    ]


def _step_field(step: WorkStep) -> LedgerField:
    return LedgerField(step.field, WORD, step.name, step.english, step.definition, step.definition_en,
                       others=step.words, choices=STATES)  # fmt: skip


WORKS = Ledger(
    code="works",
    name="工程台账",
    english="ledger of works",
    short_name="工程",
    definition="基础设施工程逐条记录各来源的说法：一个来源对一个工程（分段）的说法为一行，说法不同的并列，不合并。",
    definition_en="What each source says of each work or part of one, a row an account; accounts that differ stay side by side.",
    is_zone_wide=True,
    fields=(
        LedgerField("work_name", TEXT, "工程名称", "work", "基础设施工程的名称。", "Name of the work.", is_key=True,
                    others=("工程", "基础设施工程")),
        LedgerField("work_part", TEXT, "分段（部位）", "part", "说法所指的分段或部位；指整个工程的填“整体”。",
                    "The part that the account is of; 整体 for the whole.", is_key=True, others=("分段", "部位", "标段")),
        LedgerField("work_source", TEXT, "说法来源", "source", "谁、在什么文件哪一处说的；同一文件两处说法不同的分行填写。",
                    "Who says it, in which document and place.", is_key=True, others=("信息来源",)),
        LedgerField("said_date", DATE, "说法日期", "said on", "来源文件的日期，即所述情况的时点。", "Day of the source.",
                    is_required=True, others=("来源日期",)),
        LedgerField("said_text", TEXT, "所述情况", "what is said", "来源所述的情况，按原意摘录。", "What the source says.",
                    is_required=True),
        LedgerField("district", WORD, "片区", "district", "工程（分段）所在片区；跨片区或不明的留空。",
                    "District of the work; empty where both or not said."),
        *(_step_field(step) for step in WORK_STEPS),
        LedgerField("progress_rate", RATE, "形象进度（%）", "share of work done", "来源所述完成工程量的比重。",
                    "Share of the work done, as the source says."),
        LedgerField("land_mu", AREA, "用地面积（亩）", "land (mu)", "来源所述用地，亩。", "Land, in mu, as the source says."),
        LedgerField("work_builder", TEXT, "承建单位", "builder", "承担建设的单位。", "Who builds it.", others=("施工单位",)),
        LedgerField("state_firm", TEXT, "国有企业", "state firm", "牵头或承担审批、建设的国有企业。", "The state firm in charge.",
                    others=("牵头国企",)),
        LedgerField("waits_for", TEXT, "等待事项", "waits for", "下一步需解决的事项。", "What it waits for.", others=("卡点",)),
        LedgerField("waits_on", TEXT, "等待对象", "waits on", "由谁解决（单位、层级）。", "On whom it waits.", others=("等谁",)),
        LedgerField("return_name", TEXT, "月报工程名称", "name in the returns", "月报中同一工程的名称；与工程名称相同的留空。",
                    "The work's name in the monthly returns, where it is another one."),
        LedgerField("note", TEXT, "备注", "note", "备注。", "Note."),
    ),
    listed=("work_name", "work_part", "said_text", "work_source", "said_date"),
    summary=work_figures,
)  # fmt: skip
