"""Projects that stand more than once in a return: one row is kept, and what only the others say is added to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.fields import find_field
from domain.findings import Finding
from domain.submissions import TableReading
from loaders.checks.places import RowPlace

LISTED_UNDER = {"stage"}  # among the signed of the year and among those under construction


def join_repeats(tables: list[TableReading]) -> Iterator[Finding]:
    """Leave each project one row, the last one, and tell of the others.

    Where they do not contradict it but in the stage that they are listed under, what only they say is added to it: a list
    of investment and one of progress are one.
    """
    places: dict[str, list[RowPlace]] = {}
    for table in tables:
        for row in table.rows:
            places.setdefault(row.project_id, []).append(RowPlace(table, row))
    for standing in places.values():
        if len(standing) == 1:
            continue
        kept, others = standing[-1], standing[:-1]
        differing = set().union(*(_differing(kept, other) for other in others))
        is_same = not differing
        for other in reversed(others) if differing <= LISTED_UNDER else ():
            _complete(kept, other)
        listed = "、".join(f"{place.table.sheet}!{place.cell('project_name')}" for place in standing)
        name = kept.row.values["project_name"]
        yield kept.finding(
            "project_repeated_same" if is_same else "project_repeated", "project_name", name=name, places=listed
        )
        for place in others:
            place.table.rows = [row for row in place.table.rows if row is not place.row]


def needed_elsewhere(findings: Iterable[Finding], tables: list[TableReading]) -> list[Finding]:
    """The findings without those of a column that another table has for all projects of the table that lacks it."""
    return [each for each in findings if each.code != "required_missing" or not _is_covered(each, tables)]


def _is_covered(found: Finding, tables: list[TableReading]) -> bool:
    def has(table: TableReading) -> bool:
        return any(column.field == found.field for column in table.columns)

    stated = {row.project_id for table in tables if has(table) for row in table.rows}
    lacking = [table for table in tables if table.sheet == found.sheet and not has(table)]
    return bool(stated) and all(row.project_id in stated for table in lacking for row in table.rows)


def _differing(one: RowPlace, other: RowPlace) -> set[str]:
    """The fields in which two rows contradict one another; the name is the project's in whatever spelling."""
    mine, theirs = one.row.values, other.row.values
    shared = [key for key, value in mine.items() if value is not None and theirs[key] is not None]
    return {key for key in shared if mine[key] != theirs[key] and key != "project_name"}


def _complete(kept: RowPlace, other: RowPlace) -> None:
    """Add what another row of the project states alone, and where it stands."""
    values = other.row.values
    for name in [name for name, value in values.items() if value is not None and kept.row.values[name] is None]:
        kept.row.values[name] = values[name]
        field = find_field(name)
        if field is not None:
            sheet, cell = other.place(name)
            kept.row.elsewhere[name] = (cell if sheet == kept.table.sheet else f"{sheet}!{cell}", other.text(name))
            kept.row.rejected.discard(name)
