"""Findings: every code has a level and a sentence in both languages, and a finding fills it."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from domain.findings import ERROR, EXPLAIN, HINT, KINDS, LEVEL_ENGLISH, LEVELS, Finding, finding


@pytest.mark.parametrize("code", KINDS)
def test_kind_is_complete(code: str) -> None:
    """Both sentences name the same places, the Chinese one ends as a sentence and blames nobody."""
    kind = KINDS[code]
    assert kind.code == code and kind.level in LEVELS and kind.title and kind.title_en
    assert kind.message.endswith("。") and kind.message_en.endswith(".")
    assert places_of(kind.message) >= places_of(kind.message_en)
    assert not re.search("无效|非法|错误的", kind.message)
    assert not re.search(r"[\u4e00-\u9fff]", kind.message_en + kind.title_en)


def places_of(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name}


def test_only_errors_keep_a_file_out() -> None:
    """A hint or a question never blocks; the levels have English names."""
    assert all(kind.level == ERROR for kind in KINDS.values() if kind.blocks)
    assert set(LEVEL_ENGLISH) == set(LEVELS) == {ERROR, EXPLAIN, HINT}


def test_a_finding_fills_its_sentence() -> None:
    """Value and details stand in the sentence, in either language."""
    found = finding("total_differs", sheet="项目", cell="D9", value=12, heading="总投资", stated="12", counted="10")
    assert found == Finding(
        "total_differs", "项目", "D9", "", "12", (("heading", "总投资"), ("stated", "12"), ("counted", "10"))
    )
    assert found.message() == "合计行的总投资是 12，逐行相加是 10。请核对。"
    assert found.message("en").startswith("The total row's total investment is 12, the rows add up to 10.")
    assert (found.level, found.kind.title) == (EXPLAIN, "合计数不符")


def test_an_empty_cell_has_an_empty_value() -> None:
    """None is no text; a code that nobody declared is our mistake."""
    assert finding("no_table", value=None).value == ""
    with pytest.raises(KeyError):
        finding("made_up")


def test_an_english_sentence_names_fields_in_english() -> None:
    """A heading of the registry is translated; one that only the sender uses stands as typed."""
    fell = finding("cumulative_fell", value="19", heading="开工以来累计完成投资", before="22", difference="3")
    assert fell.message("en").startswith("investment, cumulative 19 is 3 less")
    assert "开工以来累计完成投资" in fell.message("zh")
    assert "“累计投入”" in finding("heading_unknown", heading="累计投入").message("en")
