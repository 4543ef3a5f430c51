"""Decisions which scheme holds from when, as a table."""

from __future__ import annotations

from datetime import datetime

import pytest

from domain.built_in_schemes import BUILT_IN_SCHEMES
from domain.periods import Period
from domain.scheme_lists import FAULTS, ListedChoice, SchemeLineFault, new_choices, read_choices
from domain.version_choices import VersionChoice

HEAD = "方案,版本,启用月份,依据\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("示例方案,1,2024-01,试行", ListedChoice("sample@1", Period(2024, 1), "试行")),
        ("示例方案,1,2024年3月, 试行 ", ListedChoice("sample@1", Period(2024, 3), "试行")),
        ("示例方案,1,2024.12,试行,多出的一格", ListedChoice("sample@1", Period(2024, 12), "试行")),
        ("示例方案,2,2024-01,试行", "unknown_scheme"),
        ("别的方案,1,2024-01,试行", "unknown_scheme"),
        ("示例方案,1,2024-13,试行", "no_month"),
        ("示例方案,1,,试行", "no_month"),
        ("示例方案,1,2024-01", "no_reason"),
    ],
)
def test_a_line(line: str, expected: ListedChoice | str) -> None:
    """It is a decision, or says why not."""
    choices, faults = read_choices(f"\ufeff\n{HEAD}{line}\n,,,\n", BUILT_IN_SCHEMES)
    if isinstance(expected, str):
        assert (choices, [(each.line, each.code) for each in faults]) == ([], [(3, expected)])
    else:
        assert (choices, faults) == ([expected], [])


@pytest.mark.parametrize("text", ["", "\n,,\n", "方案,版本,启用月份\n示例方案,1,2024-01", "示例方案,1,2024-01,试行"])
def test_without_headings(text: str) -> None:
    """Nothing is guessed from where a cell stands."""
    assert read_choices(text, BUILT_IN_SCHEMES) == ([], [SchemeLineFault(0, "", "no_headings")])


def test_every_fault_is_a_sentence() -> None:
    """In both languages."""
    for code in FAULTS:
        fault = SchemeLineFault(2, "x", code)
        assert fault.message().endswith("。") and fault.message("en").endswith(".")


def test_what_is_new() -> None:
    """A decision on record is not made again, whatever came after it; an example decides nothing beside another decision."""
    first, second = (ListedChoice("sample@1", Period(2024, month), "试行") for month in (1, 2))
    made = [VersionChoice(Period(2024, 1), "sample", each, datetime(2024, 1, 1), "office", "试行") for each in (1, 2)]
    assert new_choices([first, second], made, is_example=False) == [second]
    assert new_choices([first, second], made, is_example=True) == []
    assert new_choices([first, second], [], is_example=True) == [first, second]
