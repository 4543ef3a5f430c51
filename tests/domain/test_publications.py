"""The published documents by one name, and what they say of matters as a whole."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from domain.publications import INDUSTRY_FACTS, RECTIFICATION_REPORT, quoted, shortened

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
TITLE = RECTIFICATION_REPORT.title


def test_the_title_has_the_day() -> None:
    """As every list writes it, and in English."""
    assert TITLE == "滨海港工业园区管理办公室党委整改情况报告（2024年12月26日公开）"
    assert RECTIFICATION_REPORT.title_in("zh") == TITLE
    assert RECTIFICATION_REPORT.title_in("en").endswith("(2024-12-26)")


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (TITLE, "整改情况报告", "rectification report"),
        (TITLE + "二（二）3", "整改情况报告二（二）3", "rectification report二（二）3"),
        ("片区会议纪要", "片区会议纪要", "片区会议纪要"),
    ],
)
def test_a_narrow_column_has_the_short_name(text: str, zh: str, en: str) -> None:
    """Any other text stays as it is."""
    assert (shortened(text, "zh"), shortened(text, "en")) == (zh, en)
    assert quoted(text) == ([RECTIFICATION_REPORT] if text.startswith(TITLE) else [])


def test_the_samples_name_it_so_everywhere() -> None:
    """No other name for it in any cell of the sample ledgers or the list of measures."""
    cells = [
        str(cell.value)
        for path in sorted((SAMPLES / "ledgers").glob("*.xlsx"))
        for row in openpyxl.load_workbook(path).active.iter_rows()
        for cell in row
    ]
    cells += (SAMPLES / "rectification.csv").read_text(encoding="utf-8-sig").splitlines()
    naming = [each for each in cells if "整改报告" in each or "整改情况报告" in each or "公开报告" in each]
    assert len(naming) > 100
    for each in naming:
        rest = each.replace(TITLE, "")
        assert not any(word in rest for word in ("整改报告", "整改情况报告", "公开报告")), each


def test_what_is_published_says_what_it_leaves_open() -> None:
    """facts.md, row 12: the report counts the city's chains and lists none of them."""
    facts = {each.code: each for each in INDUSTRY_FACTS}
    assert facts["city_chains"].number == 23 and facts["city_chains"].open_point
    assert facts["city_emerging"].said == "“5+2”" and facts["city_emerging"].open_point
    assert {each.source for each in INDUSTRY_FACTS} == {RECTIFICATION_REPORT}
