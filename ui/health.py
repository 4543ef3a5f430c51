"""系统状态: the panels of the page on the system's own health, and the journal with its search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from domain.bodies import body_name
from domain.grades import BEHIND, ON_TRACK, UNKNOWN
from domain.health import grade_backup, grade_room
from domain.periods import Period
from domain.scope import Record, Scope
from storage.backup_schedule import ask_for_backup
from storage.backups import Backup
from storage.chain import Entry, Fault
from storage.health import Health, Search, journal_entries
from storage.journal import DECIDED
from ui import reads
from ui.filters import search_text, select_one
from ui.formats import DASH, count, number
from ui.html import graded_text, heading, note
from ui.html import sentence as drawn
from ui.html_tables import Column, Graded, Row, plain_table
from ui.locale import language, t
from ui.names import reason_name, sentence_of

MEGABYTE, GIGABYTE = 2**20, 2**30
MOST_FAULTS = 6
PROGRAM_NAMES = {"python": "Python", "duckdb": "DuckDB", "streamlit": "Streamlit"}
LONGEST_TEXT = 60
# What a line is about, in this order; of what it recorded, the first.
ABOUT = ("receipt_number", "seal_id", "title", "word", "text", "project_id", "subject", "period", "from_period")
PARTS = ("issues", "tasks", "issue_events", "task_events", "permit_events", "land_events", "decisions")
WHY = ("reason", "value", "note", "explanation", "said")
# Events whose reason is a code of the list of reasons.
CODED = ("reason_word_taught", "suspension_recorded")


def health_sentence(health: Health) -> str:
    """The page's finding: the last good backup, and whether anything does not match."""
    good = health.newest_good
    backup = t("health.last_backup", at=time_text(good.made_at)) if good else t("health.no_backup")
    checks = t("health.all_match") if not health.faults else t("health.not_match", count=count(len(health.faults)))
    return drawn([backup, checks])


def health_table(health: Health, now: datetime) -> str:
    """What is looked after, how it stands, and what it means."""
    columns = [
        Column("mark", "", "mark"),
        Column("item", t("health.item"), "short", width="92px"),
        Column("value", t("health.value"), width="148px"),
        Column("remark", t("health.remark")),
    ]
    rows = [
        _backup_row(health, now),
        _chain_row(health),
        _checks_row(health),
        _room_row(health),
        _row("database", ON_TRACK, size_text(health.space.database), tables=count(health.tables), schema=health.schema),
        _versions_row(health),
    ]
    return heading(t("health.title")) + plain_table(columns, rows, is_compact=True) + _faults(health.faults)


def backups_table(health: Health) -> str:
    """The backups that are kept, newest first, and whether each passed its check."""
    columns = [
        Column("made_at", t("health.made_at"), "short"),
        Column("version", t("health.up_to"), "number"),
        Column("size", t("health.size"), "number"),
        Column("check", t("health.check")),
    ]
    rows = [_backup_line(each) for each in health.backups]
    failed = ""
    if health.failure:
        failed = note(t("health.failed", at=time_text(health.failure.at), why=sentence_of(health.failure)))
    return failed + plain_table(columns, rows, is_compact=True, empty=t("health.none"))


def draw_ask(health: Health) -> None:
    """The button that asks the server for a backup; a thread of the server makes it."""
    st.html(heading(t("health.backups"), t("health.backups_remark")))
    if health.is_asked:
        st.html(note(t("health.asked")))
    elif st.button(t("health.ask")):
        ask_for_backup(reads.database().path)
        st.rerun()


def ask_search(scope: Scope) -> Search:
    """The search of the journal, in the address."""
    entries = journal_entries(reads.database(), scope)
    events = ["", *dict.fromkeys(entry["event"] for entry in entries)]
    actors = ["", *dict.fromkeys(entry["actor"] for entry in entries)]
    event = select_one("event", t("health.event"), events, "", event_name)
    actor = select_one("actor", t("health.actor"), actors, "", actor_name)
    day = search_text("day", t("health.day"), t("health.day_hint"))
    return Search(event, actor, search_text("find", t("health.find"), t("health.find_hint")), day)


def journal_table(scope: Scope, found: Sequence[Entry], total: int) -> str:
    """The lines found, newest first, projects by their names as last reported."""
    columns = [
        Column("sequence", t("health.write"), "number"),
        Column("at", t("health.at"), "short"),
        Column("event", t("health.event"), "short"),
        Column("actor", t("health.actor"), "short"),
        Column("about", t("health.about")),
        Column("why", t("health.why")),
    ]
    remark = t("health.journal_remark", shown=count(len(found)), total=count(total))
    names = _project_names(scope)
    rows = [_journal_row(entry, names) for entry in found]
    return heading(t("health.journal"), remark) + plain_table(columns, rows, is_compact=True, empty=t("health.nothing"))


def event_name(event: str) -> str:
    """Name of an event; of none: all events."""
    return t(f"health.event_{event}") if event else t("health.every_event")


def actor_name(actor: str) -> str:
    """Who did it: the office and the watched folder by their names, people as they are called."""
    return {"": t("health.every_actor"), "office": t("health.office"), "watch": t("health.watch")}.get(actor, actor)


def time_text(at: datetime) -> str:
    """A moment to the minute."""
    return f"{at:%Y-%m-%d %H:%M}"


def size_text(byte_count: int) -> str:
    """Bytes as megabytes, with one decimal below 100, from 10 GB on as gigabytes."""
    if byte_count >= 10 * GIGABYTE:
        return f"{number(byte_count / GIGABYTE)} GB"
    megabytes = byte_count / MEGABYTE
    return f"{number(megabytes, 0 if megabytes >= 100 else 1)} MB"


def check_text(sha256: str) -> str:
    """The beginning of a check sum in pairs, to be noted in minutes and compared by eye."""
    return " ".join(sha256[at : at + 2].upper() for at in range(0, 8, 2))


def _row(item: str, grade: str, value: str, **said: Any) -> Row:
    names = {"item": t(f"health.{item}"), "remark": t(f"health.{item}_remark", **said)}
    return {"mark": grade, "value": Graded(value, grade) if grade != ON_TRACK else value, **names}


def _backup_row(health: Health, now: datetime) -> Row:
    good = health.newest_good
    grade = grade_backup(good and good.made_at, now) if health.writes else UNKNOWN
    return _row("backup", grade, time_text(good.made_at) if good else DASH)


def _chain_row(health: Health) -> Row:
    is_broken = any(fault.code.startswith(("chain", "anchor")) for fault in health.faults)
    said = t("health.broken") if is_broken else t("health.whole", lines=count(health.lines or 0))
    sum_ = check_text(health.sha256) if health.sha256 else DASH
    return _row("chain", BEHIND if is_broken else ON_TRACK, said, sum=sum_)


def _checks_row(health: Health) -> Row:
    if not health.faults:
        return _row("checks", ON_TRACK, t("health.checked"), writes=count(health.writes))
    return _row("checks", BEHIND, t("health.faults", count=count(len(health.faults))), writes=count(health.writes))


def _room_row(health: Health) -> Row:
    space = health.space
    return _row("room", grade_room(space.free, space.needed), size_text(space.free), needed=size_text(space.needed))


def _versions_row(health: Health) -> Row:
    own, *others = (f"{PROGRAM_NAMES.get(name, name)} {number_}" for name, number_ in health.versions)
    return _row("versions", ON_TRACK, own, others=t("word.comma").join(others))


def _project_names(scope: Scope) -> dict[str, str]:
    periods = reads.periods(scope)
    if not periods:
        return {}
    states = reads.states(scope, Record(Period.parse(periods[-1])))
    return dict(zip(states["project_id"], states["project_name"], strict=True))


def _faults(faults: Sequence[Fault]) -> str:
    """What does not match, in the reader's language; the rest stands in the log."""
    said = [t(f"health.fault_{fault.code}", place=fault.place) for fault in faults]
    texts = [f"{text}（{count(said.count(text))}）" if said.count(text) > 1 else text for text in dict.fromkeys(said)]
    lines = "".join(f"<p>{graded_text(BEHIND, text)}</p>" for text in texts[:MOST_FAULTS])
    return lines + note(t("health.faults_advice")) if faults else ""


def _backup_line(backup: Backup) -> Row:
    good = t("health.good")
    check = good if backup.is_verified else Graded(t("health.bad", count=count(len(backup.faults))), BEHIND)
    size, at = size_text(backup.byte_count), time_text(backup.made_at)
    return {"made_at": at, "version": backup.version, "size": size, "check": check}


def _journal_row(entry: Entry, names: Mapping[str, str]) -> Row:
    return {
        "sequence": entry["sequence"],
        "at": entry["happened_at"],
        "event": event_name(entry["event"]),
        "actor": actor_name(entry["actor"]),
        "about": _cut(_about(entry, names)),
        "why": _cut(_why(entry)),
    }


def _parts(entry: Entry) -> list[Entry]:
    """What a line recorded in one write; the wordings settled with an acceptance are not what it is about."""
    own = PARTS if entry["event"] == DECIDED else PARTS[:-1]
    return [part for name in own for part in entry.get(name, [])]


def _about(entry: Entry, names: Mapping[str, str]) -> str:
    """What a line is about: its receipt, words, project or month; of several, the first and how many."""
    parts = _parts(entry)
    told = next(((name, str(each[name])) for each in (*parts, entry) for name in ABOUT if each.get(name)), ("", ""))
    text = names.get(told[1], told[1]) if told[0] == "project_id" else told[1]
    body = body_name(entry["body"], language()) if "body" in entry and told[0] != "receipt_number" else ""
    version = t("health.version", version=entry["version"]) if "version" in entry else ""
    more = t("health.more", count=count(len(parts))) if len(parts) > 1 else ""
    return " ".join(filter(None, (body, text, version, more)))


def _why(entry: Entry) -> str:
    """The reason given, what was seen, or the note of the first that was recorded."""
    if entry["event"] in CODED and entry["reason"]:
        return reason_name(entry["reason"])
    notes = ({name: each.get(name) for name in WHY[1:]} for each in _parts(entry))
    return next((str(each[name]) for each in (entry, *notes) for name in WHY if each.get(name)), "")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"
