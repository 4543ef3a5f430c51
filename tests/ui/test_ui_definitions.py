"""The page of definitions: every declared field of a return and of a ledger has its line, in both languages."""

from __future__ import annotations

import re

import pytest

from domain.fields import PROJECT_FIELDS
from domain.ledgers import LEDGERS
from ui import definitions
from ui.definitions import definition_tables, with_gaps
from ui.names import heading_of


@pytest.mark.parametrize("to", ["zh", "en"])
def test_every_ledger_and_field_is_defined(monkeypatch: pytest.MonkeyPatch, to: str) -> None:
    """The ledger's own definition first, then each of its fields, required ones marked."""
    monkeypatch.setattr(definitions, "language", lambda: to)
    rows = iter(next(each for each in definition_tables() if each.code == "ledgers").rows)
    for ledger in LEDGERS.values():
        assert next(rows)["definition"] == (ledger.definition if to == "zh" else ledger.definition_en)
        for field in ledger.fields:
            row = next(rows)
            assert row["name"].removesuffix(" *") == heading_of(field)
            assert row["name"].endswith(" *") == (field.is_required or field.is_key)
            assert row["definition"] == (field.definition if to == "zh" else field.definition_en)
    assert list(rows) == []


def test_every_field_of_a_return_is_defined() -> None:
    """By its heading and in words: no name of the code stands on the page."""
    rows = next(each for each in definition_tables() if each.code == "fields").rows
    assert [row["name"].removesuffix(" *") for row in rows] == [heading_of(field) for field in PROJECT_FIELDS]
    assert [row["definition"] for row in rows] == [field.definition for field in PROJECT_FIELDS]


def test_no_name_of_the_code_is_shown() -> None:
    """Neither as a word of its own nor as a place in a sentence; what is quoted there is …."""
    shown = [str(value) for table in definition_tables() for row in table.rows for value in row.values()]
    assert [text for text in shown if re.search(r"[{}]|[a-z]_[a-z]", text)] == []
    assert with_gaps("“{heading}”应填数字，现为“{value}”。") == "“…”应填数字，现为“…”。"
