"""Decisions which scheme of the assessment holds from when, as lines of a table: scheme, version, from which month, why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from domain.assessment_schemes import Scheme
from domain.list_lines import UntakenLine, lines_of_text
from domain.periods import Period
from domain.version_choices import VersionChoice

HEADINGS = {
    "scheme": ("方案", "考核方案", "scheme"),
    "version": ("版本", "version"),
    "month": ("启用月份", "自何月起", "from"),
    "reason": ("依据", "理由", "reason"),
}
# Why a line cannot be taken, in Chinese and English.
FAULTS = {
    "no_headings": ("没有找到表头（方案、版本、启用月份、依据）。", "There is no line of headings."),
    "unknown_scheme": ("没有这个考核方案版本。", "There is no such version of a scheme."),
    "no_month": ("启用月份缺失，或不是月份（如 2024-01）。", "The month is missing or no month."),
    "no_reason": ("没有写明依据。", "The reason is missing."),
}


@dataclass(frozen=True, slots=True)
class ListedChoice:
    """One line that can be taken: the version's key, from which period on it holds, and why."""

    key: str
    from_period: Period
    reason: str


@dataclass(frozen=True, slots=True)
class SchemeLineFault(UntakenLine):
    """A line of a list of decisions that cannot be taken."""

    SENTENCES: ClassVar[Mapping[str, tuple[str, str]]] = FAULTS


def read_choices(text: str, known: Mapping[str, Scheme]) -> tuple[list[ListedChoice], list[SchemeLineFault]]:
    """The decisions of a table and the lines that cannot be taken; ``known``: key -> scheme, of all that there are."""
    filled = lines_of_text(text)
    places = _places(filled[0][1]) if filled else {}
    if len(places) < len(HEADINGS):
        return [], [SchemeLineFault(0, "", "no_headings")]
    choices, faults = [], []
    for number, row in filled[1:]:
        found = _choice({name: row[place] if place < len(row) else "" for name, place in places.items()}, known)
        if isinstance(found, str):
            faults.append(SchemeLineFault(number, " ".join(cell for cell in row if cell), found))
        else:
            choices.append(found)
    return choices, faults


def new_choices(
    listed: Iterable[ListedChoice], made: Sequence[VersionChoice], *, is_example: bool
) -> list[ListedChoice]:
    """The decisions that are not on record yet. An example brings none where anything was decided already."""
    if is_example and made:
        return []
    known = {(each.key, each.from_period) for each in made}
    return [each for each in listed if (each.key, each.from_period) not in known]


def _places(row: Sequence[str]) -> dict[str, int]:
    return {
        name: place for name, words in HEADINGS.items() for place, cell in enumerate(row) if cell.casefold() in words
    }


def _choice(cells: Mapping[str, str], known: Mapping[str, Scheme]) -> ListedChoice | str:
    """The decision of a line, or why there is none."""
    named = (cells["scheme"], cells["version"])
    key = next((key for key, scheme in known.items() if named == (scheme.name, str(scheme.version))), None)
    month = re.fullmatch(r"(\d{4})[-.年](0?[1-9]|1[0-2])月?", cells["month"])
    if key is None:
        return "unknown_scheme"
    if month is None:
        return "no_month"
    return ListedChoice(key, Period(int(month[1]), int(month[2])), cells["reason"]) if cells["reason"] else "no_reason"
