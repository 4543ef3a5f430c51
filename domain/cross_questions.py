"""The questions of cross-examination (文数互证), each declared once: name, sentence, fields in dispute, source.

From this table come the list on the screen, the text to send back, the comments and the sheet in the next form, and the
definitions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from domain import cross_rules as rules
from domain.cross_rules import Mask
from domain.fields import PROJECT_FIELD
from domain.periods import Period
from domain.stages import stage_name

LONGEST_QUOTE = 40
# The sheet of a district's questions in the form of its next month, which is not read back.
QUESTION_SHEET = "待核实问题"


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """One rule: the fields in dispute, the first where the answer belongs; when it is asked; and its sentence.

    ``question`` has {places} that are columns of ``examined_rows``: money in 万元, rates as per cents, dates and words as
    typed. ``finding`` is the importer's code where that asks the same of a return as it comes in.
    """

    code: str
    group: str
    name: str
    english: str
    fields: tuple[str, ...]
    holds: Mask
    question: str
    question_en: str
    source: str
    finding: str = ""

    @property
    def heading(self) -> str:
        """The heading of the field where the answer belongs."""
        return PROJECT_FIELD[self.fields[0]].heading


WORDS, DATES, MONEY, PERMITS = GROUPS = ("words", "dates", "money", "permits")

CROSS_CHECKS = {
    check.code: check
    for check in (
        CrossCheck("text_completed", WORDS, "文字已竣工、阶段未到", "words say completed",
                   ("stage", "progress_text", "completion_date"), rules.text_completed,
                   "{said_in}报表形象进度写“{said}”，项目阶段为“{stage}”，没有实际竣工时间：是否已竣工？如已竣工，请改项目阶段并填实际竣工时间。",
                   "The return of {said_in} says '{said}', the stage is '{stage}' and there is no completion date: is it completed? "
                   "If so, change the stage and give the date.", "3.4; 5, no. 3"),
        CrossCheck("text_not_started", WORDS, "文字未开工、阶段已开工", "words say not begun",
                   ("stage", "progress_text", "start_date"), rules.text_not_started,
                   "{said_in}报表形象进度写“{said}”，项目阶段为“{stage}”，实际开工时间为“{start_date_text}”：是否已实质性开工？",
                   "The return of {said_in} says '{said}', the stage is '{stage}' and the start '{start_date_text}': has it really begun?",
                   "3.4, S71"),
        CrossCheck("text_started", WORDS, "文字已施工、阶段未开工", "words say begun",
                   ("stage", "progress_text", "start_date"), rules.text_started,
                   "{said_in}报表形象进度写“{said}”，项目阶段仍为“{stage}”，没有实际开工时间：是否已开工？如已开工，请改项目阶段并填实际开工时间。",
                   "The return of {said_in} says '{said}', the stage is still '{stage}' and there is no start date: has it begun? If so, "
                   "change the stage and give the date.", "3.4"),
        CrossCheck("text_stopped", WORDS, "文字停工、阶段在建", "words say stopped",
                   ("stage", "progress_text"), rules.text_stopped,
                   "{said_in}报表形象进度写“{said}”，项目阶段为“{stage}”：是否已停工？如已停工，请改项目阶段，并写明原因和计划复工时间。",
                   "The return of {said_in} says '{said}', the stage is '{stage}': has work stopped? If so, change the stage and say why "
                   "and until when.", "2.4"),
        CrossCheck("text_rate", WORDS, "文字与形象进度数不符", "share in words differs",
                   ("progress_rate", "progress_text"), rules.text_rate,
                   "{period}报表形象进度文字写完成 {stated_rate}，形象进度（%）栏填 {progress_rate}：以哪个为准？",
                   "In the return of {period} the words say {stated_rate} done, the column {progress_rate}: which is right?",
                   "5, no. 3"),
        CrossCheck("text_amount", WORDS, "文字与投资数不符", "amount in words differs",
                   ("investment_cum_wan", "progress_text", "investment_ytd_wan", "investment_month_wan"), rules.text_amount,
                   "{period}报表形象进度文字写完成投资 {stated_wan} 万元，报表本月 {investment_month_wan}、本年 {investment_ytd_wan}、"
                   "开工以来 {cumulative_wan} 万元，均不相同：以哪个为准？",
                   "In the return of {period} the words say {stated_wan} invested; the columns say {investment_month_wan} in the month, "
                   "{investment_ytd_wan} in the year, {cumulative_wan} since the start (10,000 yuan): which is right?", "5, no. 3"),
        CrossCheck("money_without_words", WORDS, "投资增加、文字未变", "money moved, words did not",
                   ("progress_text", "investment_cum_wan"), rules.money_without_words,
                   "{period}完成投资 {step_wan} 万元，形象进度文字与上月一字不差（“{said}”）：本月做了什么？请写明。",
                   "{step_wan} (10,000 yuan) invested in {period} while the words on progress are last month's ('{said}'): what was done?",
                   "5, no. 2 and 3"),
        CrossCheck("stage_behind_completion", DATES, "有竣工时间、阶段未竣工", "completion date, earlier stage",
                   ("stage", "completion_date"), rules.stage_behind_completion,
                   "实际竣工时间为“{completion_date_text}”，项目阶段仍为“{stage}”：是否已竣工？请改正其中一项。",
                   "Completed '{completion_date_text}', but the stage is still '{stage}': is it completed? Correct one of the two.",
                   "3.4"),
        CrossCheck("stage_behind_start", DATES, "有开工时间、阶段未开工", "start date, earlier stage",
                   ("stage", "start_date"), rules.stage_behind_start,
                   "实际开工时间为“{start_date_text}”，项目阶段仍为“{stage}”：是否已开工？请改正其中一项。",
                   "Started '{start_date_text}', but the stage is still '{stage}': has it begun? Correct one of the two.",
                   "3.4"),
        CrossCheck("completed_before_start", DATES, "竣工早于开工", "completed before started",
                   ("completion_date", "start_date"), rules.completed_before_start,
                   "实际竣工时间“{completion_date_text}”早于实际开工时间“{start_date_text}”：哪个日期填错了？",
                   "Completed '{completion_date_text}', before the start '{start_date_text}': which date is wrong?",
                   "4", finding="completed_before_start"),
        CrossCheck("plan_before_start", DATES, "计划竣工早于实际开工", "planned completion before the start",
                   ("planned_completion_date", "start_date"), rules.plan_before_start,
                   "计划竣工时间“{planned_completion_date_text}”早于实际开工时间“{start_date_text}”：请填现在的计划竣工时间。",
                   "The planned completion '{planned_completion_date_text}' lies before the start '{start_date_text}': what is the plan "
                   "now?",
                   "2.4"),
        CrossCheck("plan_before_signing", DATES, "计划开工早于签约", "planned start before signing",
                   ("planned_start_date", "signed_date"), rules.plan_before_signing,
                   "计划开工时间“{planned_start_date_text}”早于签约时间“{signed_date_text}”，项目尚未开工：现在计划何时开工？",
                   "The planned start '{planned_start_date_text}' lies before the signing '{signed_date_text}', and nothing has begun: "
                   "when will it start?", "2.4"),
        CrossCheck("start_overdue_none", DATES, "应开未开、问题填“无”", "start overdue, no issue said",
                   ("issue_text", "planned_start_date", "start_date"), rules.start_overdue_none,
                   "计划开工时间“{planned_start_date_text}”已过，尚未开工，{issue_in}报表存在问题填“{issue}”：为什么没有开工？",
                   "The planned start '{planned_start_date_text}' has passed, nothing has begun, and the return of {issue_in} names no "
                   "issue (“{issue}”): why has it not begun?", "2.2 濮阳 S47"),
        CrossCheck("completion_overdue_none", DATES, "应竣未竣、问题填“无”", "completion overdue, no issue said",
                   ("issue_text", "planned_completion_date", "completion_date"), rules.completion_overdue_none,
                   "计划竣工时间“{planned_completion_date_text}”已过，尚未竣工，{issue_in}报表存在问题填“{issue}”：为什么没有竣工？",
                   "The planned completion '{planned_completion_date_text}' has passed, it is not completed, and the return of {issue_in} "
                   "names no issue (“{issue}”): why not?", "2.2 濮阳 S47"),
        CrossCheck("signed_long_ago", DATES, "签约满一年未开工", "signed a year ago, not begun",
                   ("issue_text", "signed_date", "start_date"), rules.signed_long_ago,
                   "签约时间“{signed_date_text}”，满一年仍未开工，没有写存在问题：原因是什么？是否续建？",
                   "Signed '{signed_date_text}', more than a year ago, not begun, and no issue is named: what holds it up, and will it be "
                   "built?", "2.2 渭南 S51m"),
        CrossCheck("above_total", MONEY, "累计超过总投资", "invested more than the total",
                   ("investment_cum_wan", "total_investment_wan"), rules.above_total,
                   "开工以来累计完成投资 {cumulative_wan} 万元，超过总投资 {total_investment_wan} 万元：是总投资调整了，还是累计数填错了？",
                   "{cumulative_wan} invested, more than the total of {total_investment_wan} (10,000 yuan): has the total changed, or is "
                   "the amount wrong?", "4", finding="cumulative_above_total"),
        CrossCheck("fallen", MONEY, "累计数比以前少", "cumulative fell",
                   ("investment_cum_wan",), rules.fallen,
                   "开工以来累计完成投资 {cumulative_wan} 万元，{before_in}报过 {before_wan} 万元：累计数为什么减少？",
                   "{cumulative_wan} invested since the start, {before_wan} reported in {before_in} (10,000 yuan): why less?",
                   "4, S71", finding="cumulative_fell"),
        CrossCheck("year_above_whole", MONEY, "本年累计大于开工以来累计", "year above the whole",
                   ("investment_cum_wan", "investment_ytd_wan"), rules.year_above_whole,
                   "本年累计完成投资 {investment_ytd_wan} 万元，大于开工以来累计 {investment_cum_wan} 万元：哪个数填错了？",
                   "{investment_ytd_wan} invested this year, more than the {investment_cum_wan} since the start (10,000 yuan): which is "
                   "wrong?", "3.2"),
        CrossCheck("completed_with_little", MONEY, "已竣工、投资不足", "completed with little invested",
                   ("investment_cum_wan", "total_investment_wan", "stage"), rules.completed_with_little,
                   "项目阶段为“{stage}”，累计完成投资 {cumulative_wan} 万元，只有总投资 {total_investment_wan} 万元的 {invested_rate}："
                   "投资是否报全？",
                   "The stage is '{stage}', but {cumulative_wan} invested is {invested_rate} of the total {total_investment_wan} (10,000 "
                   "yuan): is the investment complete?", "5, no. 3", finding="completed_below_total"),
        CrossCheck("above_plan", MONEY, "完成超过年度计划的120%", "over 120 % of the year's plan",
                   ("investment_ytd_wan", "annual_plan_wan"), rules.above_plan,
                   "本年累计完成投资 {investment_ytd_wan} 万元，超过年度计划 {annual_plan_wan} 万元的 120%：是计划偏低，还是累计填错？",
                   "{investment_ytd_wan} invested this year, over 120 % of the plan of {annual_plan_wan} (10,000 yuan): is the plan too "
                   "low, or the amount wrong?", "2.4, S3"),
        CrossCheck("money_against_progress", MONEY, "投资与形象进度相差大", "investment against work done",
                   ("progress_rate", "investment_cum_wan", "total_investment_wan"), rules.money_against_progress,
                   "累计完成投资占总投资 {invested_rate}，形象进度 {progress_rate}，相差超过 30 个百分点：哪个数不实？",
                   "{invested_rate} of the total is invested, {progress_rate} of the work is done, more than 30 points apart: which "
                   "is not right?", "2.2 渭南 S51m, 银川 S42m"),
        CrossCheck("no_money", MONEY, "连续三个月没有投资", "nothing invested in three months",
                   ("investment_cum_wan", "issue_text"), rules.no_money,
                   "项目在建，连续三个月没有新增投资，累计仍为 {cumulative_wan} 万元，没有写存在问题：是否停工？原因是什么？",
                   "Under construction, nothing invested in three months ({cumulative_wan}, 10,000 yuan), and no issue is named: has "
                   "work stopped, and why?", "2.2 渭南 S51m"),
        CrossCheck("little_money", MONEY, "开工半年投资不足15%", "half a year on, under 15 %",
                   ("investment_cum_wan", "start_date", "total_investment_wan"), rules.little_money,
                   "“{start_date_text}”开工，已超过半年，累计完成投资只占总投资的 {invested_rate}，没有写存在问题：是否实质性施工？",
                   "Started '{start_date_text}', more than half a year ago, with {invested_rate} of the total invested and no issue "
                   "named: is it really being built?", "2.2 渭南 S51m"),
        CrossCheck("money_before_start", MONEY, "未开工、已有投资", "invested before the start",
                   ("investment_cum_wan", "stage", "start_date"), rules.money_before_start,
                   "项目阶段为“{stage}”，没有开工，累计完成投资已占总投资的 {invested_rate}：是否已开工？投资用在哪里？",
                   "The stage is '{stage}', not begun, with {invested_rate} of the total invested: has it begun, and what was the money "
                   "spent on?", "2.2 渭南 S51m"),
        CrossCheck("permit_missing", PERMITS, "已开工、无施工许可", "begun without a permit",
                   ("permit_text", "stage", "start_date"), rules.permit_missing,
                   "项目已开工（阶段“{stage}”），手续办理情况写“{permit_text}”：施工许可证是否已取得？",
                   "Begun (stage '{stage}'), while the permits read '{permit_text}': is the construction permit granted?",
                   "5, no. 3"),
        CrossCheck("issue_of_granted", PERMITS, "问题所提手续已办结", "issue names a granted permit",
                   ("issue_text", "permit_text"), rules.issue_of_granted,
                   "{issue_in}报表存在问题写“{issue}”，手续办理情况写“{permit_text}”：该项手续是否已办结？",
                   "The return of {issue_in} names the issue '{issue}', while the permits read '{permit_text}': is this permit granted or "
                   "not?", "5, no. 3"),
    )
}  # fmt: skip


def spoken(check: CrossCheck, details: Mapping[str, Any], language: str = "zh") -> str:
    """The sentence of a question, its places filled; a dash for a value that is not there."""
    words = {name: _spoken_value(name, value, language) for name, value in details.items()}
    return (check.question if language == "zh" else check.question_en).format_map(words)


def _spoken_value(name: str, value: Any, language: str) -> str:
    if value is None or pd.isna(value):
        return "—"
    if name.endswith("_wan"):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    if name.endswith("_rate"):
        return f"{value * 100:.1f}".rstrip("0").rstrip(".") + "%"
    if name == "period" or name.endswith("_in"):
        month = Period.parse(str(value))
        return f"{month.year}年{month.month}月" if language == "zh" else str(month)
    if name == "stage":
        return stage_name(str(value), language)
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
