"""系统状态: the panels of the page on the system's own health."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from domain.grades import BEHIND, ON_TRACK, UNKNOWN
from domain.health import grade_backup, grade_room
from storage.backup_schedule import ask_for_backup
from storage.backups import Backup
from storage.chain import Fault
from storage.health import Health
from ui import reads
from ui.formats import DASH, count, number
from ui.html import graded_text, heading, note
from ui.html import sentence as drawn
from ui.html_tables import Column, Graded, Row, plain_table
from ui.locale import t
from ui.names import sentence_of

MEGABYTE, GIGABYTE = 2**20, 2**30
MOST_FAULTS = 6
PROGRAM_NAMES = {"python": "Python", "duckdb": "DuckDB", "streamlit": "Streamlit"}


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
        _access_row(health),
        _checks_row(health),
        _room_row(health),
        _row("database", ON_TRACK, size_text(health.space.database), tables=count(health.tables), schema=health.schema),
        _versions_row(health),
    ]
    table = plain_table(columns, rows, is_compact=True)
    return heading(t("health.title")) + table + _faults([*health.faults, *health.access_faults], health.faults)


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


def _access_row(health: Health) -> Row:
    faults = health.access_faults
    if not faults:
        return _row("access", ON_TRACK, t("health.access_whole"))
    is_stopped = any(fault.code == "access_stopped" for fault in faults)
    return _row("access", BEHIND, t("health.access_stopped" if is_stopped else "health.access_damaged"))


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


def _faults(faults: Sequence[Fault], grave: Sequence[Fault]) -> str:
    """What does not match, in the reader's language; the rest stands in the log. What to do about the grave ones."""
    said = [t(f"health.fault_{fault.code}", place=fault.place) for fault in faults]
    texts = [f"{text}（{count(said.count(text))}）" if said.count(text) > 1 else text for text in dict.fromkeys(said)]
    lines = "".join(f"<p>{graded_text(BEHIND, text)}</p>" for text in texts[:MOST_FAULTS])
    return lines + (note(t("health.faults_advice")) if grave else "")


def _backup_line(backup: Backup) -> Row:
    good = t("health.good")
    check = good if backup.is_verified else Graded(t("health.bad", count=count(len(backup.faults))), BEHIND)
    size, at = size_text(backup.byte_count), time_text(backup.made_at)
    return {"made_at": at, "version": backup.version, "size": size, "check": check}
