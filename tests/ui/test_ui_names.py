"""Names of codes: a word for each in both languages, and no code on a screen."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from domain.fields import PROJECT_FIELDS
from domain.findings import LEVELS
from domain.indicators import INDICATORS
from domain.reasons import OTHER, REASONS
from domain.stages import STAGES
from ui.names import (
    NONE,
    capital,
    escalation_name,
    field_name,
    finding_level_name,
    indicator_name,
    reason_name,
    word_text,
)
from ui.overview import LEVELS as ESCALATION_LEVELS


def english_names() -> None:
    import streamlit as st

    from domain.fields import PROJECT_FIELDS
    from domain.findings import LEVELS
    from domain.indicators import INDICATORS
    from domain.reasons import OTHER, REASONS
    from domain.stages import STAGES
    from ui.names import NONE, escalation_name, field_name, finding_level_name, indicator_name, reason_name, word_text
    from ui.overview import LEVELS as ESCALATION_LEVELS

    names = [indicator_name(code) for code in INDICATORS] + [field_name(field.name) for field in PROJECT_FIELDS]
    names += [reason_name(code) for code in (*REASONS, OTHER.code, NONE, None)]
    names += [escalation_name(code) for code in (*ESCALATION_LEVELS, NONE)] + [
        finding_level_name(level) for level in LEVELS
    ]
    names += [word_text("stage", code) for code in STAGES] + [word_text("district", "binhai")]
    for name in names:
        st.text(name)


def test_every_code_has_an_english_name() -> None:
    """None is empty, none is Chinese, none is a code."""
    app = AppTest.from_function(english_names)
    app.query_params["lang"] = "en"
    names = [text.value for text in app.run().text]
    assert len(names) > 90
    assert not [name for name in names if not name or not name.isascii() or "_" in name]


def test_every_code_has_a_chinese_name() -> None:
    """Named as the returns and the office name it."""
    names = [indicator_name(code) for code in INDICATORS] + [field_name(field.name) for field in PROJECT_FIELDS]
    names += [reason_name(code) for code in (*REASONS, OTHER.code, NONE, None)] + [
        finding_level_name(level) for level in LEVELS
    ]
    names += [escalation_name(code) for code in (*ESCALATION_LEVELS, NONE)] + [
        word_text("stage", code) for code in STAGES
    ]
    assert not [
        name for name in names if not name or "_" in name or not any("\u4e00" <= each <= "\u9fff" for each in name)
    ]


@pytest.mark.parametrize(
    ("field", "code", "expected"),
    [
        ("stage", "started", "开工"),
        ("district", "xiangshui", "响水片区"),
        ("category", "emerging", "新兴产业"),
        ("escalation_level", "new_area", "新区"),
        ("category", "mining", "mining"),
        ("owner_name", "upload.accept", "upload.accept"),
        ("issue_text", "<b>", "<b>"),
    ],
)
def test_a_word_of_a_return_as_text(field: str, code: str, expected: str) -> None:
    """Codes by their names; any other text as it stands."""
    assert word_text(field, code) == expected


def test_an_unknown_field_is_shown_as_it_stands() -> None:
    """As an old database may have it."""
    assert field_name("abolished_wan") == "abolished_wan"


@pytest.mark.parametrize(
    ("text", "expected"), [("total investment", "Total investment"), ("LNG", "LNG"), ("总投资", "总投资"), ("", "")]
)
def test_a_heading_begins_with_a_capital(text: str, expected: str) -> None:
    """The rest stays as it is."""
    assert capital(text) == expected
