"""The text that reminds a sender of what its return lacks: Chinese on every screen, since that is who reads it."""

from __future__ import annotations

from datetime import date
from functools import partial

from domain.bodies import body_name
from domain.collection import NOT_DUE
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
    texts = [reminder(collection, body, names) for body in collection.districts]
    return [text for text in texts if text]


def reminder(collection: Collection, body: str, names: dict[str, str]) -> str:
    """What a body owes: the return itself, or what the one in force lacks; empty for nothing."""
    lines = _not_received(collection, body) if collection.monthly(body) is None else _lacking(collection, body, names)
    if lines and collection.lock:
        lines.append(say("reminder.locked"))
    return "\n".join([say("reminder.to", body=body_name(body)), *lines]) if lines else ""


def _not_received(collection: Collection, body: str) -> list[str]:
    state, due = collection.punctuality(body), collection.due
    day = f"{due.day.year}年{due.day.month}月{due.day.day}日"
    month = period_name(collection.view.period, "zh")
    lines = [say("reminder.due", month=month, day=day, number=due.working_day)]
    lines.append(say("reminder.owed") if state.state == NOT_DUE else say("reminder.overdue", days=state.days_late))
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
