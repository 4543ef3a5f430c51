"""The text that reminds a sender of what its return lacks: Chinese on every screen, since that is who reads it."""

from __future__ import annotations

from datetime import date
from functools import partial

from domain.bodies import body_name
from domain.collection import NOT_DUE, Punctuality
from domain.monthly_lists import OwedList
from ui import reads
from ui.collection import Collection, collection_of
from ui.formats import count, period_name
from ui.locale import text_in
from ui.view import View

MOST_NAMES = 10
say = partial(text_in, "zh")


def reminders(view: View, today: date) -> list[str]:
    """One text for each body that owes something for the period."""
    collection = view.remember(collection_of, today)
    names = dict(reads.states(view.scope, view.record)[["project_id", "project_name"]].itertuples(index=False))
    bodies = dict.fromkeys((*collection.districts, *(owed.body for owed in collection.lists())))
    texts = [reminder(collection, body, names) for body in bodies]
    return [text for text in texts if text]


def reminder(collection: Collection, body: str, names: dict[str, str]) -> str:
    """What a body owes: the return itself, or what the one in force lacks, and its monthly lists; empty for nothing."""
    lines = _of_return(collection, body, names) if body in collection.districts else []
    if lines and collection.lock:
        lines.append(say("reminder.locked"))
    lines += [line for owed in collection.lists() if owed.body == body for line in _of_list(collection, owed)]
    return "\n".join([say("reminder.to", body=body_name(body)), *lines]) if lines else ""


def _of_return(collection: Collection, body: str, names: dict[str, str]) -> list[str]:
    return _not_received(collection, body) if collection.monthly(body) is None else _lacking(collection, body, names)


def _of_list(collection: Collection, owed: OwedList) -> list[str]:
    """Of a monthly ledger: that its list has not come, or that it has errors."""
    found = collection.received(owed.kind, owed.body)
    month, name = period_name(collection.view.period, "zh"), owed.ledger.name
    if found is None:
        state = collection.punctuality(owed.body, kind=owed.kind)
        return [_due_line(collection, "reminder.list_due", name=name), _owed_line(state)]
    if not found.error_count:
        return []
    return [
        say(
            "reminder.list_errors", month=month, name=name, receipt=found.receipt_number, count=count(found.error_count)
        )
    ]


def _due_line(collection: Collection, key: str, **values: str) -> str:
    due = collection.due
    day = f"{due.day.year}年{due.day.month}月{due.day.day}日"
    return say(key, month=period_name(collection.view.period, "zh"), day=day, number=due.working_day, **values)


def _owed_line(state: Punctuality) -> str:
    return say("reminder.owed") if state.state == NOT_DUE else say("reminder.overdue", days=state.days_late)


def _not_received(collection: Collection, body: str) -> list[str]:
    lines = [_due_line(collection, "reminder.due"), _owed_line(collection.punctuality(body))]
    expected = collection.completeness[body].expected
    return [*lines, say("reminder.expected", count=count(len(expected)))] if expected else lines


def _lacking(collection: Collection, body: str, names: dict[str, str]) -> list[str]:
    found, projects = collection.monthly(body), collection.completeness[body]
    points = []
    if projects.missing:
        points.append(
            say("reminder.missing", count=count(len(projects.missing)), names=_listed(projects.missing, names))
        )
    if found and found.error_count:
        points.append(say("reminder.errors", count=count(found.error_count)))
    if projects.copied:
        points.append(say("reminder.copied", count=count(len(projects.copied)), names=_listed(projects.copied, names)))
    if not points or found is None:
        return []
    month = period_name(collection.view.period, "zh")
    head = say("reminder.received", month=month, number=found.receipt_number)
    return [head, *(f"{number}）{point}" for number, point in enumerate(points, 1)), say("reminder.again")]


def _listed(ids: tuple[str, ...], names: dict[str, str]) -> str:
    shown = "、".join(str(names.get(each) or each) for each in ids[:MOST_NAMES])
    return shown + (" 等" if len(ids) > MOST_NAMES else "")
