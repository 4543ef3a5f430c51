"""What holds for every declared ledger, and the figures that they say."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from made_up_ledger import LIGHTS

from domain.bodies import ZONE
from domain.fields import DATE, MONEY, RATE, TEXT, WORD, find_field
from domain.ledgers import LEDGERS, Figure, Ledger, LedgerField, find_declared, find_ledger
from domain.ledgers.declaration import MOST_LISTED
from domain.ledgers.firms import FIRMS, firm_figures, growth
from domain.ledgers.summing import rows_of_body, standing_rows, summarise
from domain.periods import Period

EVERY = list(LEDGERS.values())
AUGUST = Period(2024, 8)


@pytest.mark.parametrize("ledger", EVERY, ids=[ledger.code for ledger in EVERY])
def test_a_declaration_is_whole(ledger: Ledger) -> None:
    """Names and definitions in both languages, suffixes that say the unit, words where words are chosen from."""
    assert LEDGERS[ledger.code] is ledger is find_ledger(ledger.kind)
    assert all((ledger.name, ledger.english, ledger.short_name, ledger.definition, ledger.definition_en))
    for field in ledger.fields:
        assert all((field.heading, field.english, field.definition, field.definition_en)), field.name
        assert (field.kind == MONEY) == field.name.endswith("_wan"), field.name
        assert (field.kind == RATE) == field.name.endswith("_rate"), field.name
        assert (field.kind == WORD and field.name != "district") == bool(field.choices), field.name
        assert not field.is_key or field.kind in (TEXT, WORD, DATE), field.name
        assert not field.may_be_empty or field.is_key, field.name
    assert ledger.keys[0].kind == TEXT, "rows are found by the first"
    assert not ledger.keys[0].may_be_empty
    assert len([field for field in ledger.fields if field.is_project]) <= 1


def test_a_name_means_the_same_everywhere() -> None:
    """A field that several ledgers, or a list of projects, share has one kind and one heading: findings name it by it."""
    said: dict[str, set[tuple[str, str]]] = {}
    for field in (field for ledger in EVERY for field in ledger.fields):
        declared = find_declared(field.name)
        assert declared is not None
        said.setdefault(field.name, {(declared.kind, declared.heading)}).add((field.kind, field.heading))
    assert {name: each for name, each in said.items() if len(each) > 1} == {}


def test_short_names_and_codes_are_each_one_ledgers() -> None:
    """Receipt numbers are counted by form; two of one name could not be told apart."""
    assert len({ledger.short_name for ledger in EVERY}) == len(EVERY)
    assert find_ledger("ledger_nothing") is None
    assert find_ledger("firms") is None


def test_a_declaration_needs_a_key() -> None:
    """And each field once."""
    field = LedgerField("a_text", TEXT, "甲", "a", "甲。", "A.")
    for fields in ((field,), (field, field)):
        with pytest.raises(ValueError, match="no key, or a field twice"):
            Ledger("a", "甲", "a", "甲", "甲。", "A.", fields)


def firm_rows(*rows: tuple[str, str, float | None, float | None]) -> pd.DataFrame:
    columns = ["body", "period", "sales_ytd_wan", "sales_before_wan"]
    frame = pd.DataFrame(rows, columns=columns).astype({"sales_ytd_wan": float, "sales_before_wan": float})
    return frame.assign(tax_ytd_wan=float("nan"), tax_before_wan=float("nan"))


GROWTHS = (
    ("one firm", [(110, 100)], 0.1),
    ("sums, not the mean of shares", [(110, 100), (50, 100)], -0.2),
    ("a new firm has no year before and is left out", [(110, 100), (900, None)], 0.1),
    ("a firm that did not say is left out", [(110, 100), (None, 900)], 0.1),
    ("nothing to compare with", [(110, None)], None),
    ("nothing the year before", [(110, 0)], None),
    ("no firm", [], None),
)


@pytest.mark.parametrize(("said", "expected"), [each[1:] for each in GROWTHS], ids=[each[0] for each in GROWTHS])
def test_growth(said: list[tuple[float | None, float | None]], expected: float | None) -> None:
    """Of those firms alone that state both years."""
    found = growth(firm_rows(*[("binhai", "2024-08", now, before) for now, before in said]), "sales")
    assert found == (None if expected is None else pytest.approx(expected))


def test_firms_are_counted_in_their_month() -> None:
    """Earlier months are no part of a month's number; what nobody says is no zero."""
    frame = firm_rows(("binhai", "2024-07", 50, 40), ("binhai", "2024-08", 60, 50), ("xiangshui", "2024-08", 40, 50))
    figures = {each.english: each.value for each in firm_figures(frame, AUGUST)}
    assert figures["firms above scale"] == 2
    assert figures["invoiced sales, year to date"] == 100
    assert figures["growth of sales"] == pytest.approx(0)
    assert figures["tax paid, year to date"] is None
    assert [each.value for each in firm_figures(frame, Period(2024, 9))] == [None] * 5


def light_rows() -> pd.DataFrame:
    return pd.DataFrame({
        "body": ["binhai", "xiangshui"], "period": ["2024-07", "2024-08"], "light_count": [3.0, None],
        "light_cost_wan": [None, None], "light_land_mu": [1.5, 2.0],
    }).astype({"light_cost_wan": float})  # fmt: skip


def test_without_a_summary_rows_are_counted_and_amounts_added() -> None:
    """Shares, dates and words are not added up; an amount that nobody states is none."""
    figures = summarise(LIGHTS, light_rows(), AUGUST)
    assert [(each.name, each.value) for each in figures] == [
        ("条数", 2), ("路灯盏数", 3.0), ("造价", None), ("占地（亩）", 3.5),
    ]  # fmt: skip
    assert summarise(LIGHTS, light_rows()[:0], AUGUST)[0] == Figure("条数", "rows", None, "number")


def test_rows_of_a_body() -> None:
    """Those it sent; all for the zone; of a ledger of the zone those that say so."""
    frame = light_rows().assign(district=["xiangshui", "binhai"])
    assert rows_of_body(LIGHTS, frame, "binhai").index.tolist() == [0]
    assert len(rows_of_body(LIGHTS, frame, ZONE.code)) == 2
    district = find_field("district")
    assert district is not None
    zone_wide = {"code": "a", "name": "甲", "english": "a", "short_name": "甲", "definition": "甲", "definition_en": "A", "is_zone_wide": True}
    own = LedgerField("district", WORD, "片区", "district", "片区。", "District.")
    assert len(rows_of_body(Ledger(**zone_wide, fields=LIGHTS.fields), frame, "binhai")) == 2
    assert rows_of_body(Ledger(**zone_wide, fields=(*LIGHTS.fields, own)), frame, "binhai").index.tolist() == [1]


def test_rows_that_stand() -> None:
    """Of a list all, of a monthly ledger the month's."""
    assert len(standing_rows(LIGHTS, light_rows(), AUGUST)) == 2
    assert standing_rows(FIRMS, light_rows(), AUGUST).index.tolist() == [1]


def test_what_a_list_shows_is_declared() -> None:
    """The fields named, in their order; without a word its keys and the first of the others; nothing that it has not."""
    names = [field.name for field in FIRMS.fields]
    assert [field.name for field in FIRMS.listed_fields] == list(FIRMS.listed)
    undeclared = replace(FIRMS, listed=())
    assert [field.name for field in undeclared.listed_fields] == names[:MOST_LISTED]
    for listed in (("firm_name", "no_such_field"), tuple(names[: MOST_LISTED + 1])):
        with pytest.raises(ValueError, match="lists too much, or what it has not"):
            replace(FIRMS, listed=listed)


@pytest.mark.parametrize("ledger", EVERY, ids=[ledger.code for ledger in EVERY])
def test_a_list_tells_its_rows_apart(ledger: Ledger) -> None:
    """What a row is known by first of all: every ledger of ours says which few columns that takes."""
    assert 4 <= len(ledger.listed) <= MOST_LISTED
    assert ledger.keys[0].name in ledger.listed


def test_figures_of_a_ledger_without_a_summary_open_their_rows() -> None:
    """The count all of them, a sum those that state the amount."""
    figures = summarise(LIGHTS, light_rows(), AUGUST)
    assert [each.rows for each in figures] == [(0, 1), (0,), (), (0, 1)]
