"""Beside a ledger's rows: what it is, whose list of which month stands, and where its rows say that they are from."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from hostile_texts import HOSTILE_TEXTS, TAGS, Reader
from sample_views import view_of

from domain.publications import RECTIFICATION_REPORT
from loaders.reading import read_return
from storage.accepting import accept_submission
from storage.engine import Database
from ui import reads
from ui.ledger_words import MOST_SOURCES, _sources, ledger_words
from ui.project_card import published_note

LEDGERS = Path(__file__).resolve().parents[2] / "data" / "samples" / "ledgers"


def test_a_ledger_says_where_its_rows_are_from(year: Database) -> None:
    """The published and the made-up ones apart, each with its number; all of them together are the rows."""
    name = "黄海新区2024年12月招商活动台账.xlsx"
    content = (LEDGERS / name).read_bytes()
    accept_submission(year, read_return(content, name), content, accepted_at=datetime(2025, 1, 5, 9))
    text = Reader(ledger_words(view_of(), "events")).text
    assert "2024-12-全区-招商-01" in text
    assert "示例（虚构）33" in text and f"见{RECTIFICATION_REPORT.title}" in text


def test_without_sources_nothing_is_drawn(year: Database) -> None:
    """A ledger without the column, and one that nobody sent."""
    assert "来源" not in Reader(ledger_words(view_of(), "firms")).text
    assert "来源" not in Reader(ledger_words(view_of(), "events")).text


def test_of_many_sources_the_most_frequent_are_shown() -> None:
    """How many more there are is said."""
    frame = pd.DataFrame({"row_source": [f"来源{number:02d}" for number in range(MOST_SOURCES + 3)] + ["来源08"]})
    text = Reader(_sources(frame)).text
    assert text.index("来源08") < text.index("来源00") and "另有 3 种来源" in text


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_a_source_is_never_markup(text: str) -> None:
    """Whatever a sender wrote there."""
    assert set(Reader(_sources(pd.DataFrame({"row_source": [text]}))).tags) <= TAGS


def test_what_is_published_stands_on_the_projects_card(year: Database) -> None:
    """In the report's words with its name, beside the stage of the returns; of other projects and months nothing."""
    name = "黄海新区2024年12月项目公开情况台账.xlsx"
    content = (LEDGERS / name).read_bytes()
    accept_submission(year, read_return(content, name), content, accepted_at=datetime(2025, 1, 5, 9))
    view = view_of()
    states = reads.states(view.scope, view.record)
    known = dict(zip(states["project_name"], states["project_id"], strict=True))
    said = Reader(published_note(view, known["海洋智算中心项目"])).text
    assert said == "公开报告所述：签约，总投资60亿元；战略投资协议已签；利用LNG冷能。出处：" + RECTIFICATION_REPORT.title
    assert published_note(view, known["年产60万套动力电池项目"]) == ""
    assert published_note(view_of(11), known["海洋智算中心项目"]) == ""
