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


def shortened(text: str, language: str) -> str:
    """A text that names a document in full, with its short name instead; any other text as it is."""
    for each in PUBLICATIONS:
        text = text.replace(each.title, each.short_name if language == "zh" else each.short_english)
    return text


def quoted(text: str) -> list[Publication]:
    """The documents that a text names in full."""
    return [each for each in PUBLICATIONS if each.title in text]
