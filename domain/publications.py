"""The published documents that the system quotes, each by one name, and what they say that no ledger has a row for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Publication:
    """A published document: its name and a short one for narrow columns, in both languages, and its day."""

    name: str
    english: str
    short_name: str
    short_english: str
    published_on: date

    @property
    def title(self) -> str:
        """The name with its day, as every ledger and list writes it."""
        day = self.published_on
        return f"{self.name}（{day.year}年{day.month}月{day.day}日公开）"

    def title_in(self, language: str) -> str:
        return self.title if language == "zh" else f"{self.english} ({self.published_on.isoformat()})"


@dataclass(frozen=True, slots=True)
class PublicFact:
    """One thing that a document says of a matter as a whole, in both languages, and what it leaves open."""

    code: str
    name: str
    english: str
    said: str
    said_en: str
    source: Publication
    open_point: str = ""
    open_point_en: str = ""
    number: int | None = None


# facts.md, its first lines: whose report, and when it was published.
RECTIFICATION_REPORT = Publication(
    "滨海港工业园区管理办公室党委整改情况报告",
    "Rectification report of the Party committee of the Binhai Port Industrial Park Management Office",
    "整改情况报告",
    "rectification report",
    date(2024, 12, 26),
)
PUBLICATIONS = (RECTIFICATION_REPORT,)

# facts.md, row 12 of the office's work. The report counts the city's chains and does not list them.
CITY_CHAINS = "city_chains"
INDUSTRY_FACTS = (
    PublicFact("traditional", "传统产业", "traditional industries", "钢铁、造纸、化工", "steel, paper, chemicals",
               RECTIFICATION_REPORT),
    PublicFact("city_emerging", "市新兴产业", "the city's emerging industries", "“5+2”", "“5+2”", RECTIFICATION_REPORT,
               "未列名称", "not named"),
    PublicFact(CITY_CHAINS, "市重点产业链", "the city's key chains", "23 条", "23", RECTIFICATION_REPORT,
               "未列名单", "not listed", number=23),
    PublicFact("focus", "新区主攻", "focus of the New Area", "能源、特钢、新材料", "energy, special steel, new materials",
               RECTIFICATION_REPORT),
)  # fmt: skip

# facts.md, Figures for 2024: of the year up to the day of the report.
PROJECT_FACTS = (
    PublicFact("signed", "2024年新签约亿元以上", "signed in 2024, 100 m yuan and more", "69 个（传统 29、新兴 40）",
               "69 (29 traditional, 40 emerging)", RECTIFICATION_REPORT, "年度目标", "the year's target", number=69),
    PublicFact("signed_1bn", "其中 10 亿元以上", "of which 1 bn and more", "12 个（100 亿元以上 1 个）", "12 (one of 10 bn and more)",
               RECTIFICATION_REPORT, "项目名单", "which", number=12),
    PublicFact("started", "2024年新开工亿元以上", "started in 2024", "36 个", "36", RECTIFICATION_REPORT,
               "项目名单、目标", "which, the target", number=36),
    PublicFact("completed", "2024年新竣工亿元以上", "completed in 2024", "19 个", "19", RECTIFICATION_REPORT,
               "项目名单、目标", "which, the target", number=19),
)  # fmt: skip
EVENT_FACTS = (
    PublicFact("events", "2024年招商活动", "promotion events of 2024", "19 场（上海、常州、南京、杭州、无锡、盐城等）",
               "19 (Shanghai, Changzhou, Nanjing, Hangzhou, Wuxi, Yancheng and others)", RECTIFICATION_REPORT,
               "各场名单", "which", number=19),
    PublicFact("marine", "2024年5月中旬海洋经济招商活动", "marine-economy event, mid-May 2024", "签约 10 个", "10 signed",
               RECTIFICATION_REPORT, "日期、城市、项目", "day, city, projects", number=10),
    PublicFact("shanghai", "2024年12月5日上海招商活动", "Shanghai event of 2024-12-05", "签约 8 个", "8 signed",
               RECTIFICATION_REPORT, "项目", "projects", number=8),
)  # fmt: skip
VISIT_FACTS = (
    PublicFact("visits", "2024年领导走访企业", "leaders' visits to firms in 2024", "8 次", "8", RECTIFICATION_REPORT,
               "各次情况", "each visit", number=8),
)  # fmt: skip
TENANT_FACTS = (
    PublicFact("tenants", "低（零）碳产业园入驻企业", "tenants of the low/zero-carbon park", "2024年底 5 家及各家状态",
               "5 and their states at the end of 2024", RECTIFICATION_REPORT, "各月状态", "the months before", number=5),
)  # fmt: skip


def shortened(text: str, language: str) -> str:
    """A text that names a document in full, with its short name instead; any other text as it is."""
    for each in PUBLICATIONS:
        text = text.replace(each.title, each.short_name if language == "zh" else each.short_english)
    return text


def quoted(text: str) -> list[Publication]:
    """The documents that a text names in full."""
    return [each for each in PUBLICATIONS if each.title in text]
