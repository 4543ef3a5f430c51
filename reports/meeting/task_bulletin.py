"""The monthly bulletin of tasks (督办通报) as a Word paper: how they stand, what is overdue, what was done, the rectification.

It is set by the template of the monthly bulletin as it comes with the system.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any

from domain.bodies import body_name
from domain.indicators import INDICATORS
from domain.number_texts import DASH, number
from domain.rectification import LedgerCounts
from domain.relapses import Watch
from domain.task_facts import TaskFacts
from domain.task_lists import TaskCounts, count_tasks
from domain.task_steps import step_owed
from domain.tasks import TaskLife
from reports.meeting.bulletin import TEMPLATE, day_text
from reports.meeting.word_parts import PaperBlock, PaperSection, head_number
from reports.meeting.word_templates import fill_template
from reports.meeting.words import MONTH_NAMES, say

# What is told of a count: properties of TaskCounts, in the order of the columns.
COUNTED = ("given", "done", "awaiting", "going_on", "overdue")


def task_bulletin(facts: TaskFacts, language: str = "zh") -> bytes:
    """The .docx."""
    fields = task_bulletin_fields(facts, language)
    tables = [block.table for section in fields["sections"] for block in section.blocks if block.table]
    made_at = datetime.combine(facts.day, time())
    return fill_template(TEMPLATE, fields, tables, title=fields["title"], made_at=made_at)


def task_bulletin_fields(facts: TaskFacts, language: str) -> dict[str, Any]:
    """What the template may ask for."""
    period = facts.period
    month = say(language, "carried.month", year=period.year, month=period.month, name=MONTH_NAMES[period.month])
    parts = [
        _by_lead(facts, language),
        _overdue(facts, language),
        _done(facts, language),
        *_rectification(facts, language),
    ]
    return {
        "title": say(language, "notice.title"),
        "subtitle": say(language, "bulletin.subtitle", month=month),
        "paragraph": _paragraph(facts, language),
        "sections": [
            PaperSection(head_number(at, language), name, finding, tuple(blocks))
            for at, (name, finding, blocks) in enumerate(parts, 1)
        ],
        "seal": say(language, "notice.counted", day=day_text(facts.day, language)),
        "day": day_text(facts.day, language),
    }


Part = tuple[str, str, list[PaperBlock]]


def _paragraph(facts: TaskFacts, language: str) -> str:
    day = day_text(facts.day, language)
    return say(language, "notice.paragraph", day=day, **_spoken(_count(facts.lives)))


def _count(lives: Iterable[TaskLife]) -> TaskCounts:
    counted = count_tasks(lives, lambda _: "")
    return counted[0] if counted else TaskCounts("", 0, 0, 0, 0)


def _spoken(counted: TaskCounts) -> dict[str, str]:
    """The numbers of a count by the names of their places in a sentence and of their columns."""
    return {name: number(getattr(counted, name)) for name in COUNTED}


def _by_lead(facts: TaskFacts, language: str) -> Part:
    rows = [
        (each.name, *_spoken(each).values()) for each in count_tasks(facts.lives, lambda life: life.lead) if each.given
    ]
    keys = ("lead", *COUNTED)
    finding = say(language, "notice.leads", count=number(len(rows)))
    return say(language, "notice.head_lead"), finding, _table(language, "lead", keys, rows, numbers=5)


def _overdue(facts: TaskFacts, language: str) -> Part:
    late = [life for life in facts.agenda.owed if life.days_overdue]
    rows = [
        (life.task.text, life.lead, life.due_date.isoformat(), number(life.days_overdue), _step(life, language))
        for life in late
    ]
    key = "notice.overdue" if rows else "notice.none_overdue"
    finding = say(language, key, count=number(len(rows)))
    blocks = _table(language, "overdue", ("text", "lead", "due", "days", "step"), rows)
    return say(language, "notice.head_overdue"), finding, blocks


def _step(life: TaskLife, language: str) -> str:
    step = step_owed(life)
    return (step.name if language == "zh" else step.english) if step else DASH


def _done(facts: TaskFacts, language: str) -> Part:
    rows = [(life.task.text, life.lead, str(life.closed_on), life.result) for life in facts.agenda.done]
    finding = say(
        language,
        "notice.done" if rows else "notice.none_done",
        day=day_text(facts.last_meeting, language),
        count=number(len(rows)),
    )
    return (
        say(language, "notice.head_done"),
        finding,
        _table(language, "done", ("text", "lead", "closed", "result"), rows),
    )


def _rectification(facts: TaskFacts, language: str) -> list[Part]:
    """A section for each ledger; the proposals stand with the first."""
    relapsed = [_relapse(each, language) for each in facts.relapsed]
    return [
        (
            counts.rectification.name,
            _published(counts, language),
            [
                PaperBlock("", _recorded(counts, language)),
                *(
                    _table(language, "relapsed", ("text", "figure", "before", "now"), relapsed, numbers=2)
                    if at == 0
                    else []
                ),
            ],
        )
        for at, counts in enumerate(facts.ledgers)
    ]


def _published(counts: LedgerCounts, language: str) -> str:
    plan, bulletin = counts.rectification, counts.bulletin
    said = say(
        language,
        "notice.plan",
        problems=number(plan.problem_count),
        measures=number(plan.measure_count),
    )
    source = say(language, "notice.source", source=plan.source)
    if bulletin is None:
        return said + say(language, "notice.none_published") + source
    told = say(
        language,
        "notice.published",
        published=number(bulletin.published),
        plan=number(plan.problem_count),
        done=number(bulletin.done),
        going_on=number(bulletin.going_on),
    )
    return said + told + source


def _recorded(counts: LedgerCounts, language: str) -> str:
    said = say(language, "notice.recorded", **_spoken(counts.measures))
    examples = say(language, "notice.examples", count=number(counts.examples)) if counts.examples else ""
    return said + examples


def _relapse(each: Watch, language: str) -> tuple[str, ...]:
    indicator = INDICATORS[each.indicator]
    name = indicator.name if language == "zh" else indicator.english
    return each.life.task.text, f"{body_name(each.body, language)} {name}", number(each.baseline), number(each.value)


def _table(
    language: str, name: str, keys: Sequence[str], rows: Sequence[tuple[str, ...]], *, numbers: int = 0
) -> list[PaperBlock]:
    """A block with the rows under its opening words, its last columns numbers; none without rows."""
    text = say(language, f"notice.table_{name}", count=number(len(rows)))
    headings = tuple(say(language, f"notice.column_{key}") for key in keys)
    rights = tuple(at >= len(keys) - numbers for at in range(len(keys)))
    return [PaperBlock("", text, headings, tuple(rows), rights)] if rows else []
