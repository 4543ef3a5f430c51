"""The ledger of permits and land to hand out: a district's projects, the steps of their chain, and what is known of them.

One sheet for industrial projects and one for infrastructure works. Each step has four columns under its name; what the
record or a former ledger says stands in them already. Filled in, it is read by the loaders like any other ledger.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from domain.bodies import BODIES, DISTRICT_CODES
from domain.fields import LAND_FIELDS, LEDGER_FIELDS, PERMIT_ASPECTS, PROJECT_FIELD
from domain.land import newest_land
from domain.listed import INFRASTRUCTURE, PROJECTS
from domain.periods import Period
from domain.permit_steps import APPLIED, GRANTED, NOT_APPLIED, NOT_NEEDED, PermitStep, steps_of
from domain.permit_words import newest_words
from domain.scope import Record, Scope
from reports.permit_sheets import LedgerRow, LedgerSheet, draw_ledger
from reports.templates import owed_projects
from reports.workbooks import new_book
from storage.engine import Database
from storage.queries import land_words, permit_words, project_states

SHEETS = (
    (PROJECTS, "产业项目手续", "产业项目手续办理及用地情况台账"),
    (INFRASTRUCTURE, "基础设施手续", "基础设施项目手续办理及用地情况台账"),
)
# The word that the form offers for each state; the loaders know these and many others.
STATE_WORDS = {GRANTED: "已取得", APPLIED: "已申报", NOT_APPLIED: "未申报", NOT_NEEDED: "无需办理"}
ASPECTS = ("applied", "due", "granted")
LAND = ("land_wanted_mu", "land_applied_mu", "land_granted_mu")


@dataclass(frozen=True, slots=True)
class Told:
    """What is known already, to stand in the form: the last word on each step and on the land."""

    permits: dict[tuple[str, str], Any]
    land: dict[str, Any]

    @classmethod
    def as_of(cls, db: Database, scope: Scope, record: Record, period: Period) -> Told:
        """What stands of each step as of a record, and of the land of a period's year: rows by project and step."""
        steps = newest_words(permit_words(db, scope, record)).astype(object)
        areas = newest_land(land_words(db, scope, record), period).astype(object)
        return cls(
            {(row.project_id, row.step): row for row in steps.where(steps.notna(), None).itertuples()},
            {row.project_id: row for row in areas.where(areas.notna(), None).itertuples()},
        )


def permit_form(db: Database, scope: Scope, record: Record, body: str) -> bytes:
    """The .xlsx that a district fills in for the record's month: every project not finished before the month's year.

    What ledgers and people said up to the month before stands in it already. Raises LookupError for a body that owes no
    return or that the scope may not read.
    """
    if body not in DISTRICT_CODES or not scope.allows(body):
        raise LookupError(body)
    last = replace(record, period=record.period.previous())
    states = project_states(db, scope, last)
    states = states[states["body"] == body]
    told = Told.as_of(db, scope, last, record.period)
    sheets = [_sheet(kind, name, title, owed_projects(states, kind, record.period), told, record.period, body)
              for kind, name, title in SHEETS]  # fmt: skip
    return _workbook(sheets, record.period)


def permit_form_name(record: Record, body: str) -> str:
    """The file's name; it says district and month once more, as the loaders look for them."""
    return f"{_title('手续办理及用地情况台账', record.period, body)}.xlsx"


def _title(what: str, period: Period, body: str) -> str:
    return f"{BODIES[body].name}{period.year}年{period.month}月{what}"


def _workbook(sheets: list[LedgerSheet], period: Period) -> bytes:
    buffer, book, _ = new_book({})
    # Not the moment of writing: the same record gives the same bytes.
    book.set_properties({"title": sheets[0].title, "created": datetime.combine(period.last_day, time(0))})
    for sheet in sheets:
        draw_ledger(book, sheet)
    book.close()
    return buffer.getvalue()


def _sheet(
    kind: str, name: str, title: str, rows: list[dict[str, Any]], told: Told, period: Period, body: str
) -> LedgerSheet:
    steps = steps_of(kind)
    return LedgerSheet(
        name=name,
        title=_title(title, period, body),
        sender=f"填报单位：{BODIES[body].name}",
        cut_off=f"截至{period.year}年{period.month}月{period.last_day.day}日",
        steps=[step.name for step in steps],
        aspects=[LEDGER_FIELDS["permit_state"].heading, *(PERMIT_ASPECTS[aspect].heading for aspect in ASPECTS)],
        land=[LAND_FIELDS[area].heading for area in LAND],
        note=PROJECT_FIELD["note"].heading,
        states=list(STATE_WORDS.values()),
        rows=[_row(row, steps, told) for row in rows],
    )


def _row(row: dict[str, Any], steps: tuple[PermitStep, ...], told: Told) -> LedgerRow:
    project_id = row["project_id"]
    land = told.land.get(project_id)
    areas = [getattr(land, area.removeprefix("land_")) if land else None for area in LAND]
    return LedgerRow(
        name=row["project_name"],
        steps=[_cells(told.permits.get((project_id, step.code))) for step in steps],
        remarks=[_remark(told.permits.get((project_id, step.code))) for step in steps],
        land=[None if area is None else float(area) for area in areas],
    )


def _cells(said: Any | None) -> list[str | None]:
    """State, applied on, due and granted on, as they are written in the form."""
    if said is None:
        return [None] * (1 + len(ASPECTS))
    return [STATE_WORDS[said.state], *(_day(each) for each in (said.applied_date, said.due_date, said.granted_date))]


def _day(day: date | None) -> str | None:
    return None if day is None else f"{day:%Y-%m-%d}"


def _remark(said: Any | None) -> str:
    """What the form has no column for: who grants the step, and the document's number."""
    if said is None:
        return ""
    parts = (("办理部门", said.office), ("文号", said.document_number))
    return "\n".join(f"{what}：{text}" for what, text in parts if text)
