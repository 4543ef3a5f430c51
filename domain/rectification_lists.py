"""A rectification ledger as an office keeps it in a table: lines about the ledger, then a row a measure.

The lines before the headings say what the plan counts and what was published (“方案问题数,31”); a row whose problem is empty
belongs to the problem above, as in a table with merged cells. A row under 类别 “督查交办” is a supervision task of no ledger.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from domain.bodies import BODIES, ZONE
from domain.dates import read_date
from domain.indicators import INDICATORS
from domain.list_lines import Lines, UntakenLine
from domain.periods import Period
from domain.rectification import Problem, Rectification, RectificationBulletin, id_of_words
from domain.relapses import WORSE_WHEN_MORE
from domain.tasks import APPLYING, APPROVING, RECTIFICATION, SUPERVISION, Task, TaskDetail, TaskEvent

MOST_LINES = 2000
ABOUT = {
    "name": "台账名称", "problems": "方案问题数", "measures": "方案措施数", "on": "方案日期", "source": "出处",
    "month": "公开月份", "done": "公开完成", "going_on": "公开推进", "published_on": "公开日期",
}  # fmt: skip
HEADINGS = {
    "kind": ("类别",),
    "problem_serial": ("问题序号", "序号"),
    "problem": ("存在问题", "问题", "整改问题"),
    "serial": ("措施序号",),
    "text": ("整改措施", "措施", "事项"),
    "leader": ("牵头领导",),
    "lead": ("牵头部门", "牵头单位", "责任单位"),
    "taking_part": ("配合部门", "配合单位"),
    "measures": ("办理措施",),
    "schedule": ("时间安排", "进度安排"),
    "opened": ("提出日期",),
    "due": ("完成时限", "整改时限"),
    "progress": ("进展情况", "落实情况"),
    "indicator": ("关联指标",),
    "indicator_body": ("指标范围",),
    "applied": ("申请销号日期",),
    "applicant": ("申请人",),
    "result": ("办理结果",),
    "evidence": ("佐证材料",),
    "approved": ("批准销号日期",),
    "approver": ("批准人",),
}
KINDS = {"": RECTIFICATION, "整改措施": RECTIFICATION, "督查交办": SUPERVISION}
OPINION = "同意销号"
FAULTS = {
    "no_headings": ("没有找到表头（整改措施、牵头部门、完成时限）。", "There is no line of headings."),
    "no_ledger": ("表头以前须写明台账名称、方案问题数、方案措施数、方案日期、出处。", "The ledger's own lines are incomplete."),
    "half_published": ("公开月份、公开完成、公开推进、公开日期须一并写明。", "What was published is only half said."),
    "no_text": ("没有写措施或事项。", "There is no measure."),
    "no_lead": ("没有写牵头部门。", "Nobody leads."),
    "no_date": ("提出日期或完成时限缺失，或不是日期。", "The day given or the due date is missing or no date."),
    "unknown_kind": ("类别只能是整改措施或督查交办。", "The kind is neither a measure nor a supervision task."),
    "no_problem": ("整改措施没有对应的问题。", "The measure belongs to no problem."),
    "unknown_indicator": ("关联指标或指标范围不在可选范围内。", "The figure cannot be tied."),
    "serial_taken": ("同一问题、同一措施序号下登记的是另一项措施。", "Under this number another measure is on record."),
    "task_refused": (
        "完成时限早于提出日期、提出日期晚于本月，或同一事项已登记尚未办结。",
        "Due before it was given, given after this month, or the very task is on record and open.",
    ),
    "change_refused": (
        "已申请销号，或新的时限早于今天，牵头、配合、时限的改动未采用。",
        "Closing is applied for, or the new due date is before today; the change is not taken.",
    ),
    "closing_differs": (
        "销号日期早于已登记的经过或晚于今天，或申请人与批准人相同。",
        "The closing is before what is on record or after today, or one person both applied and approved.",
    ),
    "half_closed": ("销号须写明申请日期、申请人、办理结果、佐证材料。", "The closing is only half said."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListFault(UntakenLine):
    """A line of a rectification ledger that cannot be taken."""

    SENTENCES: ClassVar[Mapping[str, tuple[str, str]]] = FAULTS


@dataclass(slots=True)
class ReadLedger:
    """What a table says. ``closings`` name who applied and who approved; ``progress`` are the words of a task by its id."""

    rectification: Rectification | None = None
    bulletin: RectificationBulletin | None = None
    problems: list[Problem] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    details: list[TaskDetail] = field(default_factory=list)
    closings: list[TaskEvent] = field(default_factory=list)
    progress: dict[str, str] = field(default_factory=dict)
    faults: list[ListFault] = field(default_factory=list)


def read_ledger(lines: Lines, *, is_example: bool = False) -> ReadLedger:
    """The ledger that a table tells of, by (number, cells) of its lines; its faults are what cannot be taken, the rest is read."""
    lines, found = lines[:MOST_LINES], ReadLedger()
    at = headings_at(lines)
    if at is None:
        found.faults.append(ListFault(0, "", "no_headings"))
        return found
    said = {cells[0]: cells[1] for _, cells in lines[:at] if len(cells) > 1}
    _read_about(found, {code: said.get(name, "") for code, name in ABOUT.items()})
    columns, problem = _headings(lines[at][1]), None
    for number, cells in lines[at + 1 :]:
        row = dict.fromkeys(HEADINGS, "") | dict(zip(columns, cells, strict=False))
        problem = _problem(found, row, is_example=is_example) or problem
        fault = _read_row(found, row, problem, is_example=is_example)
        if fault:
            found.faults.append(ListFault(number, " ".join(filter(None, cells)), fault))
    return found


def headings_at(lines: Lines) -> int | None:
    """At which of the lines the headings stand, None where they stand nowhere."""
    return next((at for at, (_, cells) in enumerate(lines) if _headings(cells)), None)


def _headings(cells: Sequence[str]) -> list[str]:
    """The column of every cell of the line of headings, as typed where it is none of ours; none for any other line."""
    words = [re.sub(r"\s|[（(].*[)）]", "", cell) for cell in cells]
    columns = [next((code for code, names in HEADINGS.items() if word in names), word) for word in words]
    return columns if {"text", "lead", "due"} <= set(columns) else []


def _read_about(found: ReadLedger, said: Mapping[str, str]) -> None:
    """The ledger and the bulletin that the lines before the headings tell of."""
    if not any(said.values()):
        return
    problems, measures, on = _number(said["problems"]), _number(said["measures"]), _day(said["on"])
    if not said["name"] or not said["source"] or problems is None or measures is None or on is None:
        found.faults.append(ListFault(0, said["name"], "no_ledger"))
        return
    made = id_of_words("r", said["name"])
    found.rectification = Rectification(made, said["name"], problems, measures, on, said["source"])
    published = [said[code] for code in ("month", "done", "going_on", "published_on")]
    done, going_on, day = _number(said["done"]), _number(said["going_on"]), _day(said["published_on"])
    if not any(published):
        return
    if done is None or going_on is None or day is None or not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", said["month"]):
        found.faults.append(ListFault(0, " ".join(published), "half_published"))
        return
    month = Period.parse(said["month"])
    found.bulletin = RectificationBulletin(made, month, done, going_on, day, said["source"])


def _problem(found: ReadLedger, row: Mapping[str, str], *, is_example: bool) -> Problem | None:
    """The problem that a row begins; None for a row below it."""
    if not row["problem"] or found.rectification is None or KINDS.get(row["kind"]) != RECTIFICATION:
        return None
    ledger, serial = found.rectification, row["problem_serial"] or str(len(found.problems) + 1)
    known = next((each for each in found.problems if each.serial == serial), None)
    if known:
        return known
    made = id_of_words("p", ledger.rectification_id, serial)
    found.problems.append(Problem(made, ledger.rectification_id, serial, row["problem"], is_example=is_example))
    return found.problems[-1]


def _read_row(found: ReadLedger, row: Mapping[str, str], problem: Problem | None, *, is_example: bool) -> str | None:
    """Add a row's task with what is said of it; why it cannot be taken as a code, None where it was."""
    source = KINDS.get(row["kind"])
    opened, due = _day(row["opened"]), _day(row["due"], is_planned=True)
    indicator, body = _tie(row)
    faults = (
        ("unknown_kind", source is None),
        ("no_text", not row["text"]),
        ("no_lead", not row["lead"]),
        ("no_date", opened is None or due is None),
        ("no_problem", source == RECTIFICATION and problem is None),
        ("unknown_indicator", indicator is None or body is None),
        ("half_closed", _is_half_closed(row)),
    )
    fault = next((code for code, is_wrong in faults if is_wrong), None)
    if fault or source is None or opened is None or due is None or indicator is None or body is None:
        return fault
    problem_id = problem.problem_id if problem and source == RECTIFICATION else ""
    task_id = id_of_words("t", source, problem_id, row["serial"], row["text"], opened.isoformat())
    found.tasks.append(Task(task_id, source, "", row["text"], row["lead"], due, opened, row["taking_part"]))
    found.details.append(
        TaskDetail(
            task_id, row["leader"], row["measures"], row["schedule"], problem_id, row["serial"], indicator, body,
            is_example=is_example,
        )
    )  # fmt: skip
    found.closings += _closings(task_id, row)
    if row["progress"]:
        found.progress[task_id] = row["progress"]
    return None


def _tie(row: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Figure and body that a row is tied to, by their names; None for what cannot be."""
    names = {INDICATORS[code].name: code for code in WORSE_WHEN_MORE} | {"": ""}
    bodies = {body.name: body.code for body in BODIES.values()} | {"": ZONE.code}
    return names.get(row["indicator"]), bodies.get(row["indicator_body"])


def _is_half_closed(row: Mapping[str, str]) -> bool:
    applied = [_day(row["applied"]), row["applicant"], row["result"], row["evidence"]]
    approved = [_day(row["approved"]), row["approver"]]
    is_said = any(row[name] for name in ("applied", "applicant", "approved", "approver"))
    return (is_said and not all(applied)) or (any(approved) and not all(approved))


def _closings(task_id: str, row: Mapping[str, str]) -> list[TaskEvent]:
    """The application and its approval, as far as the row tells of them."""
    applied, approved = _day(row["applied"]), _day(row["approved"])
    events = []
    if applied:
        events.append(
            TaskEvent(task_id, APPLYING, applied, row["result"], row["evidence"], recorded_by=row["applicant"])
        )
    if approved:
        events.append(TaskEvent(task_id, APPROVING, approved, OPINION, recorded_by=row["approver"]))
    return events


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,6}", text) else None


def _day(text: str, *, is_planned: bool = False) -> date | None:
    """A day as an office writes it; of a month the last for a due date, else the first."""
    return read_date(text).day(is_planned)
