"""The table of fields: declared once, complete, and consistent with what is stored."""

from __future__ import annotations

import re

import pytest

from domain import fields
from domain.fields import (
    FORM_FIELDS,
    IGNORED_FIELDS,
    LEDGER_FIELDS,
    NODES,
    NODES_AS_FIELDS,
    PROJECT_FIELDS,
    find_field,
    stored_columns,
)

DECLARED = (*PROJECT_FIELDS, *FORM_FIELDS.values(), *IGNORED_FIELDS.values(), *NODES_AS_FIELDS.values(),
            *LEDGER_FIELDS.values())  # fmt: skip
SUFFIX_OF_KIND = {fields.MONEY: "_wan", fields.RATE: "_rate", fields.AREA: "_mu", fields.DATE: "_date"}


@pytest.mark.parametrize("field", DECLARED, ids=lambda field: field.name)
def test_every_field_is_explained_in_both_languages(field: fields.Field) -> None:
    """Heading and definition are Chinese, label and definition_en English, and the field is found by name."""
    assert re.search(r"[\u4e00-\u9fff]", field.heading) and field.definition.endswith("。")
    assert field.english and field.definition_en.endswith((".", "..."))
    assert find_field(field.name) is field


def test_an_unknown_field_is_none() -> None:
    """A name that nobody declared is not invented."""
    assert find_field("made_up") is None


@pytest.mark.parametrize("field", PROJECT_FIELDS, ids=lambda field: field.name)
def test_names_carry_their_unit(field: fields.Field) -> None:
    """Money ends in _wan, land in _mu, rates in _rate, dates in _date, and nothing else does."""
    expected = SUFFIX_OF_KIND.get(field.kind)
    assert [kind for kind, suffix in SUFFIX_OF_KIND.items() if field.name.endswith(suffix)] == (
        [field.kind] if expected else []
    )


def test_a_date_keeps_text_and_precision_beside_it() -> None:
    """A date is three columns, everything else one."""
    assert fields.PROJECT_FIELD["start_date"].columns == (
        ("start_date", "DATE"), ("start_date_text", "VARCHAR"), ("start_date_precision", "VARCHAR"),
    )  # fmt: skip
    assert fields.PROJECT_FIELD["land_mu"].columns == (("land_mu", "DECIMAL(12,2)"),)


def test_no_stored_column_twice_and_nothing_private() -> None:
    """Column names are unique; phone numbers and persons have no column."""
    names = [name for name, _ in stored_columns()]
    assert len(set(names)) == len(names)
    assert not {"phone", "person", "serial_number"} & set(names)


def test_figures_of_the_year_do_not_outlast_it() -> None:
    """A promise lasts for the project's life, the year's investment for the year, the month's for the month."""
    lasts = {field.name: field.lasts for field in PROJECT_FIELDS}
    assert lasts["planned_completion_date"] == fields.LIFE
    assert lasts["investment_ytd_wan"] == fields.YEAR
    assert lasts["investment_month_wan"] == lasts["issue_text"] == fields.MONTH


def test_nodes_are_planned_dates_in_order() -> None:
    """A node of the plan is read as a planned date; registration comes first, production last."""
    assert [NODES[0].code, NODES[-1].code] == ["registration", "production"]
    assert all(field.kind == fields.DATE and field.is_planned for field in NODES_AS_FIELDS.values())
