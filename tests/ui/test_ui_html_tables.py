"""Plain tables: at most nine columns, a dash for nothing, days in the colour of their row's grade."""

from __future__ import annotations

import pandas as pd
import pytest
from hostile_texts import Reader

from ui.html_tables import MOST_COLUMNS, Bar, Column, Stack, plain_table
from ui.links import Link


def columns(n: int) -> list[Column]:
    return [Column(f"c{index}", f"栏{index}") for index in range(n)]


def test_nine_columns_can_be_read_and_ten_cannot() -> None:
    """The tenth is refused where it is written, not on the reader's screen."""
    assert MOST_COLUMNS == 9
    assert plain_table(columns(9), [{}]).count("<td") == 9
    with pytest.raises(ValueError, match="10 columns"):
        plain_table(columns(10), [{}])
    with pytest.raises(ValueError, match="10 columns"):
        plain_table(columns(10), [])


@pytest.mark.parametrize("value", [None, float("nan"), pd.NaT, pd.NA, ""])
@pytest.mark.parametrize("kind", ["text", "short", "name", "days", "tag", "number", "bar"])
def test_nothing_is_a_dash_in_every_kind_of_column(kind: str, value: object) -> None:
    """An empty cell is seen to be empty."""
    assert Reader(plain_table([Column("key", "头", kind)], [{"key": value}])).text == "头—"  # type: ignore[arg-type]
    assert Reader(plain_table([Column("key", "头", kind)], [{}])).text == "头—"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("grade", "tone"),
    [("behind", "hx-behind"), ("slightly", "hx-slightly"), ("nonsense", "hx-plain"), (None, "hx-plain")],
)
def test_days_have_the_colour_of_the_row(grade: str | None, tone: str) -> None:
    """Red only in a row that is late."""
    table = plain_table([Column("grade", "", "mark"), Column("days", "滞后", "days")], [{"grade": grade, "days": 92}])
    assert f'<span class="{tone}">+92 天</span>' in table


def test_numbers_stand_right_and_words_left() -> None:
    """So that digits of one size stand under each other."""
    html = plain_table(
        [Column("a", "名"), Column("b", "数", "number"), Column("c", "中", align="center")], [{"b": 1234.5}]
    )
    assert 'class="hx-left hx-col-text" style="text-align:left">名' in html
    assert 'style="text-align:right">数' in html
    assert 'style="text-align:center">中' in html
    assert ">1,235<" in html


def test_a_bar_beyond_its_end_is_cut_and_its_text_is_not() -> None:
    """The bar shows 100 %, the text says what it is."""
    html = plain_table([Column("key", "头", "bar")], [{"key": Bar(1.2, "120%")}, {"key": Bar(None, "—")}])
    assert "width:100.0%" in html and "120%" in html
    assert html.count("hx-fill") == 1


def test_a_table_without_headings_hides_its_head() -> None:
    """A list of facts needs none; one named column does."""
    assert "hx-headless" in plain_table([Column("a", ""), Column("b", "")], [{"a": "x"}])
    assert "hx-headless" not in plain_table([Column("a", ""), Column("b", "头")], [{"a": "x"}])


def test_a_name_leads_to_its_project() -> None:
    """In the same tab, so that the browser's back leads here."""
    html = plain_table([Column("key", "项目", "name")], [{"key": Link("甲", "./project?project=p1&period=2024-08")}])
    assert Reader(html).hrefs == ["./project?project=p1&period=2024-08"]
    assert 'target="_self"' in html


def test_a_bar_in_parts_says_what_each_part_is() -> None:
    """Each part as wide as its share, named for the pointer and for readers aloud, its words never markup."""
    cell = Stack(((0.25, "level_county", "县 <b>30</b> 天"), (1.5, "level_city", "市")), "120 天")
    html = plain_table([Column("relay", "接力")], [{"relay": cell}])
    assert 'class="hx-tone-level_county" style="width:25.0%" role="img" aria-label="县 &lt;b&gt;30&lt;/b&gt; 天"' in html
    assert 'class="hx-tone-level_city" style="width:100.0%"' in html and "<b>120 天</b>" in html
