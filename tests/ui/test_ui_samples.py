"""What a page's head says of samples: the year's targets where they are drawn, all of it in large type."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_texts import Reader
from sample_views import view_of
from streamlit.testing.v1 import AppTest

from storage.engine import Database
from ui.samples import sample_words

PAGES = Path(__file__).resolve().parents[2] / "pages"
# (draws targets, large type, year, what is said)
CASES = (
    (True, False, 2024, "年度目标为示例"),
    (False, False, 2024, ""),
    (True, True, 2024, "示例数据和目标"),
    (False, True, 2024, "示例数据和目标"),
    (True, False, 2023, ""),
)


@pytest.mark.parametrize(("shows_targets", "is_large", "year_asked", "expected"), CASES)
def test_the_head_says_it_once(year: Database, shows_targets: bool, is_large: bool, year_asked: int, expected: str) -> None:
    """The sidebar's ribbon is closed in large type; a year without targets has none that are samples."""
    assert not year.faults
    view = view_of(year=year_asked)
    assert Reader(sample_words(view.scope, view.record, shows_targets=shows_targets, is_large=is_large)).text == expected


@pytest.mark.parametrize(("page", "is_said"), [("overview", True), ("infrastructure", True), ("assessment", True), ("firms", False)])
def test_pages_that_draw_targets_say_so(year: Database, page: str, is_said: bool) -> None:
    """Once; a page without targets does not."""
    assert not year.faults
    app = AppTest.from_file(str(PAGES / f"{page}.py"), default_timeout=60).run()
    assert not app.exception
    assert sum(each.body.count("年度目标为示例") for each in app.get("html")) == int(is_said)
