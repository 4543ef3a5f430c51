"""Which of our columns are published, under what name, and what they mean to the standard: read from two tables."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from domain.fields import find_field

COLUMNS_FILE = Path(__file__).with_name("columns.csv")
CODES_FILE = Path(__file__).with_name("codes.csv")
STRING, NUMBER, DATE = "string", "number", "date"


@dataclass(frozen=True, slots=True)
class OpenColumn:
    """A column as published: name, type (``string``, ``number``, ``date``), unit, its path in OC4IDS, what it means."""

    column: str
    type: str
    unit: str
    oc4ids: str
    title: str
    definition: str
    definition_en: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code of ours, what it is called, and the standard's code for it; empty where the standard has none."""

    list: str
    code: str
    title: str
    title_en: str
    oc4ids: str


@cache
def open_columns() -> tuple[OpenColumn, ...]:
    """The published columns in their order; what the registry of fields defines is not said twice."""
    return tuple(_completed(row) for row in _rows(COLUMNS_FILE))


def _completed(row: dict[str, str]) -> OpenColumn:
    field = find_field(row["column"])
    if field is not None and not row["definition"]:
        row |= {"title": field.heading, "definition": field.definition, "definition_en": field.definition_en}
    return OpenColumn(**row)


@cache
def codes() -> tuple[Code, ...]:
    """All codes of the published columns, and the words by which a work's sector is told from its name."""
    return tuple(Code(**row) for row in _rows(CODES_FILE))


@cache
def standard_codes(list_name: str) -> dict[str, str]:
    """Code of ours -> the standard's, of those that have one."""
    return {code.code: code.oc4ids for code in codes() if code.list == list_name and code.oc4ids}


def sector_of_work(name: str) -> str | None:
    """The standard's sector of an infrastructure work, by the first word of the table in its name; None for no word."""
    for word, sector in standard_codes("work_word").items():
        if word in name:
            return sector
    return next((sector for word, sector in standard_codes("work_end").items() if name.endswith(word)), None)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
