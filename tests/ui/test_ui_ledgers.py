"""Beside a ledger's rows: what it is, whose list of which month stands, and where its rows say that they are from."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from hostile_texts import HOSTILE_TEXTS, TAGS, Reader
from sample_views import view_of

from domain.ledgers import LEDGERS as DECLARED
from domain.ledgers.summing import summarise
from domain.publications import RECTIFICATION_REPORT
from loaders.reading import read_return
from storage.accepting import accept_submission
from storage.engine import Database
from ui import reads
from ui.ledger_rows import LIST_WIDTH, found_rows, list_note, listed_rows, row_card, rows_config
from ui.ledger_words import MOST_SOURCES, _sources, ledger_words
from ui.ledgers import AskedLedger, asked_figure, figure_code, ledger_cards, rows_of
from ui.project_card import published_note
from ui.view import View

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


@pytest.fixture
def events(year: Database) -> View:
    """The sample's promotion events, accepted."""
    name = "黄海新区2024年12月招商活动台账.xlsx"
    content = (LEDGERS / name).read_bytes()
    accept_submission(year, read_return(content, name), content, accepted_at=datetime(2025, 1, 5, 9))
    return view_of()


def test_a_figure_leads_to_its_rows(events: View) -> None:
    """Every card's figure opens a list; the list says of which figure it is, and leads back to all."""
    figures = summarise(DECLARED["events"], rows_of(events, "events"), events.period)
    hrefs = Reader(ledger_cards(events, "events")).hrefs
    opened = [parse_qs(urlsplit(href).query)["figure"][0] for href in hrefs]
    assert opened == [figure_code("events", at) for at, each in enumerate(figures) if each.rows and each.value is not None]
    for code in opened:
        asked = AskedLedger("events", figure=code)
        figure = asked_figure(events, asked)
        assert figure is not None
        assert len(found_rows(events, asked)) == len(figure.rows)
        note = Reader(list_note(events, asked, len(figure.rows)))
        assert figure.name in note.text and "figure" not in note.hrefs[0]


@pytest.mark.parametrize("code", ["", "firms-1", "events-99", "<b>"])
def test_without_a_figure_of_its_own_all_rows_are_listed(events: View, code: str) -> None:
    """Also where the address names another ledger's figure, or none that there is."""
    asked = AskedLedger("events", figure=code)
    assert asked_figure(events, asked) is None
    assert len(found_rows(events, asked)) == len(rows_of(events, "events"))
    assert Reader(list_note(events, asked, 3)).hrefs == []


def test_words_are_sought_in_all_that_a_row_says(events: View) -> None:
    """Not only in the columns of the list."""
    assert "row_source" not in DECLARED["events"].listed
    asked = AskedLedger("events", text="报告只说5月中旬")
    assert 0 < len(found_rows(events, asked)) < len(rows_of(events, "events"))


@pytest.mark.parametrize("code", DECLARED)
def test_a_list_is_no_wider_than_its_room(year: Database, code: str) -> None:
    """So that nothing scrolls sideways; the columns are those of the frame that is shown."""
    assert not year.faults
    ledger = DECLARED[code]
    shown = listed_rows(ledger, rows_of(view_of(), code))
    config = rows_config(ledger, shown)
    assert set(shown) <= set(config)
    assert sum(config[name]["width"] for name in shown) <= LIST_WIDTH
    assert all(config[name]["width"] >= 90 for name in shown)


def test_longer_texts_have_more_room(events: View) -> None:
    """Names of projects more than names of cities; neither nothing nor all of it."""
    shown = listed_rows(DECLARED["events"], rows_of(events, "events"))
    widths = {name: each["width"] for name, each in rows_config(DECLARED["events"], shown).items()}
    assert 100 < widths["event_city"] < widths["event_project"] < widths["event_name"] < LIST_WIDTH / 2


def test_a_rows_card_tells_what_was_left_empty(events: View) -> None:
    """Each value with its cell; the fields without one in a line, so that all fields are named."""
    row = rows_of(events, "events").iloc[0]
    text = Reader(row_card(events, "events", row["body"], row["period"], row["row_key"])).text
    assert all(field.heading in text for field in DECLARED["events"].fields)
    assert row["event_name"] in text and "未填：" in text
