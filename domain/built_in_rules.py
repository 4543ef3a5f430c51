"""The rule sets that the system brings along: the zone's own, and three published ones to compare with.

The S-numbers are those of domain.md. No rule of the zone's own is published (domain.md 6): all are samples, to be edited.
"""

from __future__ import annotations

from domain.rule_sets import RATIO, Limit, RuleSet

# What 2.4 closes in every text: how an overdue completion is coloured, 停滞, 静默, 进展缓慢.
_FILLED = "到期未竣工、停滞、未更新、进展缓慢原文未写，按本区规则。"
_FILLED_EN = "Overdue completions, stalled, silent and slow are not in the text and follow the zone's rule."

ZONE_RULES = RuleSet(
    code="zone",
    version=1,
    name="本区",
    english="New Area",
    source="本区拟定（示例），参照银川 2025 的第一档",
    source_en="Drawn up for the New Area (sample), after the first step of Yinchuan 2025",
    takes="进度差不低于 0 为达序时，0 至 -10 为略欠，-10 及以下为滞后；到期未开工、未竣工满 3 个月为滞后。",
    takes_en="Gap of 0 or more on track, above -10 slightly behind, -10 and less behind; three months overdue is behind.",
    leaves="本区尚未公布亮灯办法。银川 0 至 -10 之间未定义，这里定为略欠。",
    leaves_en="The New Area has published no rule. What Yinchuan leaves open between 0 and -10 is slightly behind here.",
    behind=Limit(-10.0, is_included=True),
)
ZONE_BANDS = RuleSet(
    code="zone",
    version=2,
    name="本区",
    english="New Area",
    source="本区拟定（示例），分黄、红两档",
    source_en="Drawn up for the New Area (sample), with a yellow and a red step",
    takes="进度差 0 至 -10 为略欠，-10 至 -30 为关注，低于 -30 为滞后；到期未开工、未竣工满 3 个月为滞后。",
    takes_en="Gap above -10 slightly behind, -10 to -30 watch, below -30 behind; three months overdue is behind.",
    leaves="与第 1 版只差进度差的两档。由管理办公室决定是否启用。",
    leaves_en="Differs from version 1 in the two steps of the gap alone. The office decides whether to use it.",
    attention=Limit(-10.0, is_included=True),
    behind=Limit(-30.0),
)
YINCHUAN = RuleSet(
    code="yinchuan",
    version=1,
    name="银川",
    english="Yinchuan",
    source="银川市 2025 年红黄绿灯（转载）",
    source_en="Yinchuan 2025, red, yellow and green lights (a repost)",
    takes="低于序时 10 至 30 个百分点为黄灯，超过 30 为红灯；计划当月未开工为黄灯，连续 3 个月应开未开为红灯。",
    takes_en="10 to 30 points below the time share yellow, more red; not started in the month planned yellow, three months running red.",
    leaves="低于序时不足 10 个百分点未定义，这里为略欠；从哪个月数起未写，按计划当月为第一个月；入库灯无数据，未采用。"
    + _FILLED,
    leaves_en="Less than 10 points below is undefined, here slightly behind; the months are counted from the one planned; "
    "the light of entry into the statistics has no source here. " + _FILLED_EN,
    attention=Limit(-10.0, is_included=True),
    behind=Limit(-30.0),
    start_months=2,
)
WUHAN = RuleSet(
    code="wuhan",
    version=1,
    name="武汉",
    english="Wuhan",
    source="武汉市重大项目黄红牌（转载）",
    source_en="Wuhan, yellow and red cards of major projects (a repost)",
    takes="完成进度低于序时进度的 80% 为黄牌，低于 60% 为红牌。",
    takes_en="Progress below 80 % of the time share is a yellow card, below 60 % a red one.",
    leaves="80% 至 100% 未发牌，这里为略欠；3月底前分母过小，不亮灯；到期未开工原文未写，按本区规则。" + _FILLED,
    leaves_en="No card between 80 % and 100 %, here slightly behind; no colour before the end of March, the share due being "
    "tiny; overdue starts follow the zone's rule. " + _FILLED_EN,
    measure=RATIO,
    slightly=Limit(1.0),
    attention=Limit(0.8),
    behind=Limit(0.6),
    first_month=3,
)
SANYA = RuleSet(
    code="sanya",
    version=1,
    name="三亚",
    english="Sanya",
    source="三亚市 2022 年红黄绿灯",
    source_en="Sanya 2022, red, yellow and green lights",
    takes="累计完成达到序时为绿灯，低于序时 50% 以内为黄灯，低于 50% 以上为红灯。",
    takes_en="At the time share green, below it by up to 50 % yellow, by more than 50 % red.",
    leaves="没有略欠一档；各区按月连续未完成的红灯不是项目的灯，未采用；3月底前不亮灯；到期未开工原文未写，按本区规则。"
    + _FILLED,
    leaves_en="There is no slight step; the red light of districts two months running is no project's and is left out; no "
    "colour before the end of March; overdue starts follow the zone's rule. " + _FILLED_EN,
    measure=RATIO,
    slightly=None,
    attention=Limit(1.0),
    behind=Limit(0.5),
    first_month=3,
)
BUILT_IN = {rules.key: rules for rules in (ZONE_RULES, ZONE_BANDS, YINCHUAN, WUHAN, SANYA)}
