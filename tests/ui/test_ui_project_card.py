"""A project's page on the sample year: as of its period, no more precise than reported, silence said."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hostile_texts import Reader
from sample_views import id_of, view_of
from sample_year import sample_files

from domain.fields import find_field
from domain.periods import Period
from domain.scope import OFFICE
from domain.submissions import Submission
from loaders.reading import read_return
from storage.engine import Database
from ui import reads
from ui.project_card import card_parts
from ui.project_months import history_until, promise_points
from ui.project_values import value_text
from ui.upload import said_of_record

LEFT_OUT = "200MW/400MWh储能电站项目"  # by the return of September


def test_a_project_that_a_return_leaves_out_is_said_to_be(year: Database) -> None:
    """In September, and not in the months that name it."""
    said = {
        month: Reader(card_parts(view_of(month), id_of(view_of(month), LEFT_OUT)).sentence).text for month in (8, 9, 10)
    }
    assert "本期报表未列此项目" in said[9]
    assert "未列" not in said[8] and "未列" not in said[10]


def test_a_page_as_of_a_month_knows_no_later_return(year: Database) -> None:
    """Table, stairs and bars end with the period that was chosen."""
    view = view_of(9)
    history = history_until(view, id_of(view, LEFT_OUT))
    assert list(history["period"]) == ["2024-07", "2024-08"]
    parts = card_parts(view, id_of(view, LEFT_OUT))
    assert "2024年8月" in parts.returns and "2024年10月" not in parts.returns
    assert parts.months is not None and list(parts.months.data[0].x) == [7, 8]


def test_promises_are_as_precise_as_they_were_given(year: Database) -> None:
    """The stairs do not tell a day where a month was promised."""
    view = view_of(12)
    points = promise_points(history_until(view, id_of(view, LEFT_OUT)), "completion")
    assert {precision for _, _, precision in points} == {"month"}
    parts = card_parts(view, id_of(view, LEFT_OUT))
    assert parts.stairs is not None
    assert {told for _, told in parts.stairs.data[1].customdata} == {"2026年3月"}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("land_mu", Decimal("212.00"), "212"),
        ("land_mu", Decimal("212.50"), "212.5"),
        ("progress_rate", Decimal("0.110000"), "11%"),
        ("progress_rate", Decimal("0.618700"), "61.9%"),
        ("total_investment_wan", Decimal("12864000.0000"), "1,286.4 亿元"),
        ("total_investment_wan", None, "—"),
        ("stage", "in_production", "投产"),
        ("owner_name", "<b>甲</b>", "<b>甲</b>"),
    ],
)
def test_a_value_is_shown_without_false_precision(name: str, value: object, expected: str) -> None:
    """212 mu are not 212.0."""
    field = find_field(name)
    assert field is not None
    assert value_text(field, pd.Series({name: value}, dtype=object)) == expected


def test_the_sender_is_told_what_accepting_would_do(year: Database) -> None:
    """Nothing for the very file, replace for another of the same month, nothing said for a new month."""
    receipt = next(each for each in reads.receipts(OFFICE) if each.receipt_number == "2024-09-滨海-01")
    content = next(path for path in sample_files(9, first_month=9, yearly=False) if path.name == receipt.file_name).read_bytes()
    same = read_return(content, receipt.file_name)
    other = Submission("改正.xlsx", "0" * 64, receipt.kind, "binhai", Period(2024, 9))
    new = Submission("下月.xlsx", "0" * 64, receipt.kind, "binhai", Period(2025, 1))
    assert said_of_record(same) == ["这份文件已接收过（回执号 2024-09-滨海-01），再次接收不会重复写入。"]
    assert said_of_record(other) == ["本单位本期已有报表 2024-09-滨海-01，接收后将替换它。"]
    assert said_of_record(new) == []
