"""Checks of a return against what was accepted before it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from domain.bodies import body_name
from domain.dates import Interval
from domain.fields import DATE_FIELDS, EXPLAINING_FIELDS, PROJECT_FIELD
from domain.findings import Finding, finding
from domain.periods import Period
from domain.row_rules import is_above
from domain.stages import FINISHED_STAGES, has_moved_back, stage_name
from domain.submissions import Known, KnownProject, NameSuggestion, Submission
from domain.wording import speaks_of_change
from loaders.checks.places import RowPlace, amount
from loaders.checks.rows import THRESHOLD_WAN, date_interval

PLANNED_DATES = ("planned_start_date", "planned_completion_date")
LASTING_FIELDS = ("total_investment_wan", "signed_date", "planned_start_date", "start_date",
                  "planned_completion_date", "completion_date", "production_date", "capacity_date", "investment_cum_wan",
                  "investment_ytd_wan")  # fmt: skip
UNIT_RATIO = (5_000, 20_000)  # about 10,000 times: 万元 and 亿元 mistaken for each other


def check_unit_slip(place: RowPlace, known: KnownProject | None) -> Iterator[Finding]:
    """A total 10,000 times off the last accepted one, or off any project of 100 million, is rejected."""
    total = place.row.values["total_investment_wan"]
    if total is None or total <= 0:
        return
    before = _number(known.values.get("total_investment_wan")) if known else None
    reference = None
    if before and any(low <= ratio <= high for ratio in (total / before, before / total) for low, high in [UNIT_RATIO]):
        reference = f"上次报送的 {amount(before)} 万元"
    elif before is None and total < THRESHOLD_WAN / 1000:
        reference = "亿元以上项目的规模"
    if reference:
        yield place.finding("unit_mismatch", "total_investment_wan", amount(total), reference=reference)
        place.row.reject("total_investment_wan")


def check_against_last(place: RowPlace, known: KnownProject, period: Period) -> Iterator[Finding]:
    """All checks of a row against the project's last accepted values."""
    before = known.values
    if not before:
        return
    yield from _fallen(place, before, known.last_period, period)
    yield from _moved_promises(place, before)
    yield from _vanished(place, before, known.last_period, period)
    stage = place.row.values["stage"]
    if has_moved_back(before.get("stage"), stage):
        yield place.finding("stage_moved_back", "stage", stage_name(stage), before=stage_name(before["stage"]))


def _fallen(place: RowPlace, before: dict[str, Any], last_period: str, period: Period) -> Iterator[Finding]:
    names = ["investment_cum_wan"]
    if last_period[:4] == str(period)[:4]:
        names.append("investment_ytd_wan")
    for name in names:
        old, new = _number(before.get(name)), place.row.values[name]
        if old is not None and new is not None and is_above(old, new):
            yield place.finding("cumulative_fell", name, amount(new), before=amount(old), difference=amount(old - new))
            return


def _moved_promises(place: RowPlace, before: dict[str, Any]) -> Iterator[Finding]:
    """A planned date in another month than before, while no text of the row speaks of a change."""
    texts = " ".join(str(place.row.values[name] or "") for name in EXPLAINING_FIELDS)
    if speaks_of_change(texts):
        return
    for name in PLANNED_DATES:
        old, new = date_interval(before, name), date_interval(place.row.values, name)
        if old and new and _is_elsewhere(old, new):
            yield place.finding("promise_moved", name, before=before.get(f"{name}_text") or old.last)


def _is_elsewhere(old: Interval, new: Interval) -> bool:
    """Whether two dates mean different months: a day and its own month, quarter or year do not differ."""
    same_month = (old.last.year, old.last.month) == (new.last.year, new.last.month)
    return (old.is_before(new) or new.is_before(old)) and not same_month


def _vanished(place: RowPlace, before: dict[str, Any], last_period: str, period: Period) -> Iterator[Finding]:
    present = {column.field for column in place.table.columns}
    for name in LASTING_FIELDS:
        if name not in present or name in place.row.rejected or before.get(name) is None:
            continue
        if name == "investment_ytd_wan" and last_period[:4] != str(period)[:4]:
            continue
        if place.row.values[name] is None and not (name in DATE_FIELDS and place.row.values[f"{name}_text"]):
            old = before.get(f"{name}_text") if name in DATE_FIELDS else f"{amount(before[name])} 万元"
            yield place.finding("value_vanished", name, before=old or before[name])


def check_missing(submission: Submission, known: Known) -> Iterator[Finding]:
    """Projects on record that are not completed and stand in no row of this return."""
    reported = {row.project_id for _, row in submission.rows}
    suggested = {suggestion.known_project_id for suggestion in submission.suggestions}
    sheets = {table.kind: table.sheet for table in reversed(submission.tables)}
    for project in known.of_body(submission.body or ""):
        is_open = bool(project.values) and project.values.get("stage") not in FINISHED_STAGES
        if is_open and project.project_id not in reported | suggested:
            sheet = sheets.get(project.kind, submission.tables[0].sheet if submission.tables else "")
            yield finding("project_missing", sheet=sheet, field="project_name", value=project.name, name=project.name,
                          project_id=project.project_id, heading=PROJECT_FIELD["project_name"].heading)  # fmt: skip


def check_months_between(submission: Submission, known: Known) -> Iterator[Finding]:
    """The months without a return between the sender's last one on record and this one; told, for all is compared with that one."""
    last = max((project.last_period for project in known.of_body(submission.body or "") if project.values), default="")
    if last and submission.period:
        before = Period.parse(last)
        months = submission.period.number - before.number - 1
        if months > 0:
            first, end = before.next(), submission.period.previous()
            yield finding("months_missing", value=str(submission.period), count=months, last=last,
                          months=str(first) if months == 1 else f"{first}—{end}")  # fmt: skip


def check_district(submission: Submission, known: Known) -> Iterator[Finding]:
    """More names on record for another district than for the sender: the wrong file."""
    names = [row.values["project_name"] for _, row in submission.rows if row.values.get("project_name")]
    counts = dict.fromkeys({project.body for project in known.projects.values()}, 0)
    for name in names:
        for body in counts:
            counts[body] += known.find(body, name) is not None
    own = counts.pop(submission.body or "", 0)
    for body, count in counts.items():
        if count > own and count * 2 > len(names):
            yield finding("other_district", value=submission.file_name, count=len(names), other=count, body=body_name(body))


def suggest_names(submission: Submission, known: Known) -> Iterator[Finding]:
    """Names that may be another spelling of a project on record which this return does not have otherwise."""
    body = submission.body or ""
    reported = {row.project_id for _, row in submission.rows}
    asked: set[str] = set()
    for table, row in submission.rows:
        name = row.values["project_name"]
        if row.project_id in known.projects or row.project_id in asked:
            continue
        asked.add(row.project_id)
        near = known.name_index(body).nearest(name)
        project_id = known.find(body, near.name) if near else None
        if near is None or project_id is None or project_id in reported or known.is_other(body, name, project_id):
            continue
        place = RowPlace(table, row)
        submission.suggestions.append(
            NameSuggestion(table.sheet, place.cell("project_name"), name, near.name, project_id, row.project_id, near.score)
        )
        yield place.finding("name_suggested", "project_name", name, name=name, known=near.name, score=f"{near.score:.0f}%")




def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
