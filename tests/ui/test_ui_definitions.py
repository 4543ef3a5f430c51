"""The page of definitions: every declared field of a return and of a ledger has its line, in both languages."""

from __future__ import annotations

import pytest

from domain.fields import PROJECT_FIELDS
from domain.ledgers import LEDGERS
from ui import definitions
from ui.definitions import definition_tables
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
    """With its code, by which the open export names it."""
    rows = next(each for each in definition_tables() if each.code == "fields").rows
    assert [row["code"] for row in rows] == [field.name for field in PROJECT_FIELDS]
