"""操作记录: journal and record of use in one list, and the search of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.bodies import body_name
from domain.periods import Period
from domain.scope import Record, Scope
from storage.access import ACCESS_EVENTS, CELL_MENDED, SIGN_IN_FAILED, SYSTEM
from storage.chain import Entry
from storage.health import Search, audit_entries
from storage.journal import DECIDED
from ui import reads
from ui.filters import search_text, select_one
from ui.formats import DASH, count
from ui.html import heading
from ui.html_tables import Column, Row, plain_table
from ui.locale import language, t
from ui.names import reason_name

LONGEST_TEXT = 60
# What a line is about, in this order; of what it recorded, the first.
ABOUT = (
    "receipt_number", "seal_id", "title", "word", "text", "account", "project_id", "subject", "file_name", "page", "draft_id",
    "backup", "period", "from_period",
)  # fmt: skip
PARTS = ("issues", "tasks", "issue_events", "task_events", "permit_events", "land_events", "decisions")
WHY = ("reason", "value", "note", "explanation", "said")
# As whom the command line writes.
COMMAND_LINE = "command line"
# Events whose reason is a code of the list of reasons.
CODED = ("reason_word_taught", "suspension_recorded")


def ask_search(scope: Scope) -> Search:
    """The search, in the address: what, who, from when until when, and any words."""
    entries = list(audit_entries(reads.database(), scope))
    events = ["", *sorted({entry["event"] for entry in entries}, key=event_name)]
    actors = ["", *sorted({entry["actor"] for entry in entries if entry["actor"]})]
    event = select_one("event", t("health.event"), events, "", event_name)
    actor = select_one("actor", t("health.actor"), actors, "", lambda name: actor_name(name) if name else every_actor())
    since = search_text("since", t("audit.since"), t("audit.since_hint"))
    until = search_text("until", t("audit.until"), t("audit.until_hint"))
    return Search(event, actor, search_text("find", t("health.find"), t("health.find_hint")), since, until)


def audit_table(scope: Scope, found: Sequence[Entry], total: int) -> str:
    """The lines found, newest first, projects by their names as last reported."""
    columns = [
        Column("at", t("health.at"), "short"),
        Column("event", t("health.event"), "short"),
        Column("actor", t("health.actor"), "short"),
        Column("address", t("audit.address"), "short"),
        Column("about", t("health.about")),
        Column("why", t("health.why")),
        Column("sequence", t("health.write"), "number"),
    ]
    remark = t("health.journal_remark", shown=count(len(found)), total=count(total))
    names = _project_names(scope)
    rows = [_line(entry, names) for entry in found]
    return heading(t("page.audit"), remark) + plain_table(columns, rows, is_compact=True, empty=t("health.nothing"))


def event_name(event: str) -> str:
    """Name of an event; of none: all events."""
    return t(f"health.event_{event}") if event else t("health.every_event")


def actor_name(actor: str) -> str:
    """Who did it: the office, the watched folder and the system by their names, people by their accounts."""
    named = {
        "": "audit.nobody",
        "office": "health.office",
        "watch": "health.watch",
        SYSTEM: "audit.system",
        COMMAND_LINE: "audit.command_line",
    }
    return t(named[actor]) if actor in named else actor


def every_actor() -> str:
    """Nobody chosen."""
    return t("health.every_actor")


def _project_names(scope: Scope) -> dict[str, str]:
    periods = reads.periods(scope)
    if not periods:
        return {}
    states = reads.states(scope, Record(Period.parse(periods[-1])))
    return dict(zip(states["project_id"], states["project_name"], strict=True))


def _line(entry: Entry, names: Mapping[str, str]) -> Row:
    is_use = entry["event"] in ACCESS_EVENTS
    return {
        "at": entry["happened_at"],
        "event": event_name(entry["event"]),
        "actor": actor_name(entry["actor"]),
        "address": entry.get("address") or DASH,
        "about": _cut(_about(entry, names)),
        "why": _cut(_use(entry) if is_use else _why(entry)),
        "sequence": DASH if is_use else count(entry["sequence"]),
    }


def _parts(entry: Entry) -> list[Entry]:
    """What a line recorded in one write; the wordings settled with an acceptance are not what it is about."""
    own = PARTS if entry["event"] == DECIDED else PARTS[:-1]
    return [part for name in own for part in entry.get(name, [])]


def _about(entry: Entry, names: Mapping[str, str]) -> str:
    """What a line is about: its receipt, words, project, file or month; of several, the first and how many."""
    parts = _parts(entry)
    told = next(((name, str(each[name])) for each in (*parts, entry) for name in ABOUT if each.get(name)), ("", ""))
    text = names.get(told[1], told[1]) if told[0] == "project_id" else told[1]
    text = t(f"page.{text}") if told[0] == "page" else text
    body = body_name(entry["body"], language()) if entry.get("body") and told[0] not in ("receipt_number", "file_name") else ""
    is_rule = "version" in entry and entry["event"] not in ACCESS_EVENTS
    version = t("health.version", version=entry["version"]) if is_rule else ""
    more = t("health.more", count=count(len(parts))) if len(parts) > 1 else ""
    return " ".join(filter(None, (body, text, version, more)))


def _why(entry: Entry) -> str:
    """The reason given, what was seen, or the note of the first that was recorded."""
    if entry["event"] in CODED and entry["reason"]:
        return reason_name(entry["reason"])
    if entry.get("account"):
        return t(f"accounts.{entry['kind']}")
    notes = ({name: each.get(name) for name in WHY[1:]} for each in _parts(entry))
    return next((str(each[name]) for each in (entry, *notes) for name in WHY if each.get(name)), "")


def _use(entry: Entry) -> str:
    """What is said of a use: the cell and its two texts, why a sign-in failed, as of what a file was taken."""
    if entry["event"] == CELL_MENDED:
        texts = {name: entry.get(name) or DASH for name in ("before", "after")}
        return t("audit.mended", sheet=entry["sheet"], cell=entry["cell"], **texts)
    if entry["event"] == SIGN_IN_FAILED:
        return t(f"audit.failed_{entry.get('reason', 'unknown')}")
    if "version" in entry:
        return t("audit.taken", version=count(entry["version"]), check=str(entry["sha256"])[:8].upper())
    return str(entry.get("reason", ""))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"
