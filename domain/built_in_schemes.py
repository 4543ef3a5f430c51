"""The scheme of assessment that the system brings along: an illustration (示例方案), put together from published ones.

Each line says whose text it follows (domain.md 2.2): the form of a park (S55m), of a county-level city (S54), and of 延安
2017 (S53); months excused follow 天府新区眉山 (S59). Ranking is known as a formula and not used: of two districts one is
always last (domain.md, finding 4).
"""

from __future__ import annotations

from domain.assessment_schemes import BEYOND, FIRM, PLAN, SHARE, SIZED, UNITS, Assessed, Scheme, SchemeLine

PARK = "自治区某市园区考核办法（转载）"
PARK_EN = "a park of an autonomous region (a repost)"
YANAN, YANAN_EN = "延安市 2017 年重点项目考核", "Yan'an 2017"
COUNTY, COUNTY_EN = "一县级市招商引资考核", "a county-level city's promotion assessment"

SAMPLE_SCHEME = Scheme(
    code="sample",
    version=1,
    name="示例方案",
    english="Illustration",
    source="由公开方案拼成的示例，不是本区的考核办法（本区办法尚在起草）",
    source_en="An illustration put together from published schemes; the New Area's own rules are being drafted",
    lines=(
        SchemeLine("started", "新开工", "started", "started_count", SHARE,
                   f"{PARK}：新开工数 25 分", f"{PARK_EN}: 25 points for starts", points=25.0),
        SchemeLine("completed", "新竣工", "completed", "completed_count", SHARE,
                   f"{PARK}：竣工数 25 分", f"{PARK_EN}: 25 points for completions", points=25.0),
        SchemeLine("investment", "产业投资", "industrial investment", "investment_ytd_wan", SHARE,
                   f"{PARK}：续建投资 25 分，这里为产业投资完成额",
                   f"{PARK_EN}: 25 points for investment going on, here all industrial investment", points=25.0),
        SchemeLine("signed", "新签约", "signed", "signed_count", SHARE,
                   f"{COUNTY}：指标落实 20 分；{PARK}的新开工投资 25 分无来源数据，以此项代替，示例取 25 分",
                   f"{COUNTY_EN}: 20 points for targets met; stands here, with 25, for the investment of starts in that of the park",
                   points=25.0),
        SchemeLine("beyond", "开工超目标", "starts beyond the target", "started_count", BEYOND,
                   f"{PARK}：每多（少）1 个加（减）0.1 分，上下不超过 3 分",
                   f"{PARK_EN}: 0.1 for each project more or less, up to 3", per_unit=0.1, least=-3.0, most=3.0),
        SchemeLine("sized", "开工项目体量", "size of what started", "started_count", SIZED,
                   f"{YANAN}：10亿元以上 20、5–10亿元 10、1–5亿元 6、1亿元以下 3，产业类 15；示例按 2% 折算，封顶 5 分",
                   f"{YANAN_EN}: 20, 10, 6, 3 by size, 15 for industry; here at 2 %, up to 5",
                   per_unit=0.02, most=5.0,
                   sizes=((100_000.0, 20.0), (50_000.0, 10.0), (10_000.0, 6.0), (0.0, 3.0)),
                   types=(("projects", 15.0), ("infrastructure", 6.0))),
        SchemeLine("production", "新投产", "in production", "in_production_count", UNITS,
                   f"{YANAN}：投产加 20 分；示例折为每个 0.2 分，封顶 3 分",
                   f"{YANAN_EN}: 20 for production; here 0.2 each, up to 3", per_unit=0.2, most=3.0),
        SchemeLine("start_overdue", "到期未开工", "start overdue", "start_overdue", UNITS,
                   f"{YANAN}：扣分 5 至 20 分；示例折为每个扣 0.5 分，最多扣 5 分",
                   f"{YANAN_EN}: penalties of 5 to 20; here 0.5 each, up to 5", per_unit=-0.5, least=-5.0),
        SchemeLine("completion_overdue", "到期未竣工", "completion overdue", "completion_overdue", UNITS,
                   f"{YANAN}：扣分 5 至 20 分；示例折为每个扣 0.5 分，最多扣 5 分",
                   f"{YANAN_EN}: penalties of 5 to 20; here 0.5 each, up to 5", per_unit=-0.5, least=-5.0),
        SchemeLine("firm_plan", "基础设施年度计划", "plan of the works", "infrastructure_investment_ytd_wan", PLAN,
                   f"{YANAN}：进度分 60 × 完成额 ÷ 年度计划；示例折为 100 分",
                   f"{YANAN_EN}: 60 x done / annual plan; here out of 100", points=100.0, assessed=FIRM),
    ),
    firms=(
        Assessed("yancheng_port", "盐城港集团", "Yancheng Port Group", FIRM, ("盐城港",)),
        Assessed("haixing", "海兴控股集团", "Haixing Holdings", FIRM, ("海兴",)),
        Assessed("city_transport", "市交投", "city transport investment", FIRM, ("交投",)),
    ),
)  # fmt: skip
BUILT_IN_SCHEMES = {SAMPLE_SCHEME.key: SAMPLE_SCHEME}
