"""The page of promotion and parks: events and their yield, tenants by state, what visits found open, gaps of the chains.

Of four of the office's ledgers (domain/ledgers/events.py, tenants.py, visits.py, chains.py), by their own rules; a ledger
without rows says nothing, and where none has rows the meeting has no such page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

import pandas as pd

from domain.grades import ATTENTION
from domain.ledgers.chains import CHAINS, GAP, chain_links, open_links
from domain.ledgers.events import EVENTS, YIELD_MONTHS, event_yields, signed_rows
from domain.ledgers.summing import standing_rows
from domain.ledgers.tenants import IN_PRODUCTION, TENANT_STATES, TENANTS
from domain.ledgers.visits import GOING, VISITS
from domain.meeting import NAME, SHORT, TEXT, Block, Entry, Figure, Heading, Line, LineTable, Segment, SegmentBar
from domain.number_texts import DASH, number
from domain.wording import short_name
from reports.meeting.facts import MeetingFacts, ids_in
from reports.meeting.titles import Promotion
from reports.meeting.words import capital, say

# Rows below figures, a bar and a title of two lines.
ROWS = 5
TONES = dict(
    zip((choice.code for choice in TENANT_STATES), ("level_province", "level_new_area", "level_county"), strict=True)
)
OPEN_LINES = ("annex.kind", "annex.whom", "promotion.matter", "annex.day", "column.project")


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """What a visit found and nobody has solved, or a link of a chain that nobody holds."""

    kind: str
    whom: str
    text: str
    day: date | None = None
    project_id: str = ""
    project_name: str = ""


def has_promotion(facts: MeetingFacts) -> bool:
    """Whether any of the four ledgers holds rows."""
    return any(len(_rows(facts, ledger.code)) for ledger in (EVENTS, TENANTS, VISITS, CHAINS))


def _rows(facts: MeetingFacts, code: str) -> pd.DataFrame:
    """The rows of a ledger up to the month; of the events those of the year."""
    rows = facts.ledgers.get(code, pd.DataFrame())
    if rows.empty:
        return rows
    if code == TENANTS.code:
        return standing_rows(TENANTS, rows, facts.period)
    days = {EVENTS.code: "event_date", VISITS.code: "visit_date"}
    if code not in days:
        return rows
    day, last = rows[days[code]], pd.Timestamp(facts.period.last_day)
    return rows[(day <= last) & ((day.dt.year == facts.period.year) | (code != EVENTS.code))]


def promotion_counts(facts: MeetingFacts) -> Promotion:
    """What the title counts; None of a ledger without rows."""
    events, tenants = _rows(facts, EVENTS.code), _rows(facts, TENANTS.code)
    visits, chains = _rows(facts, VISITS.code), _rows(facts, CHAINS.code)
    return Promotion(
        events=None if events.empty else events["event_name"].nunique(),
        signed=None if events.empty else _signed(event_yields(events, facts.period)),
        tenants=None if tenants.empty else len(tenants),
        working=0 if tenants.empty else int((tenants["tenant_state"] == IN_PRODUCTION).sum()),
        found_open=None if visits.empty else len(_open_visits(facts)),
        gaps=None if chains.empty else len(_gaps(facts)),
    )


def _signed(yields: pd.DataFrame) -> int | None:
    """What was signed at the events of ``event_yields``, as recorded; None where no event says it."""
    counts = yields["event_signed_count"]
    return None if counts.isna().all() else int(counts.sum())


def _open_visits(facts: MeetingFacts) -> pd.DataFrame:
    """The visits of which what was found is not solved, the newest first."""
    visits = _rows(facts, VISITS.code)
    if visits.empty:
        return visits
    return visits[visits["visit_state"] == GOING].sort_values("visit_date", ascending=False, kind="stable")


def _gaps(facts: MeetingFacts) -> pd.DataFrame:
    rows = _rows(facts, CHAINS.code)
    if rows.empty:
        return rows
    found = open_links(rows, facts.period)
    return found[found["link_state"] == GAP].drop_duplicates(["chain_name", "chain_link"])


def promotion_blocks(facts: MeetingFacts, language: str) -> tuple[Block, ...]:
    """The figures, the tenants by state, and what is open."""
    bar, table = tenant_bar(facts, language), open_table(facts, language)
    return (_figures(facts, language), *([bar] if bar.segments else []), *([table] if table is not None else []))


def _figures(facts: MeetingFacts, language: str) -> tuple[Figure, ...]:
    return (*_event_figures(facts, language), *_visit_figures(facts, language), *_chain_figure(facts, language))


def _event_figures(facts: MeetingFacts, language: str) -> list[Figure]:
    """What was signed at the year's events, and of those whose first span of months is over, how many have started."""
    events = _rows(facts, EVENTS.code)
    if events.empty:
        return []
    signed, months = signed_rows(events, facts.period), YIELD_MONTHS[0]
    yields = event_yields(events, facts.period)
    started, whole = yields[f"started_{months}"].sum(), yields[f"started_{months}_whole"].sum()
    of = say(language, "promotion.of_projects", total=number(whole)) if whole else say(language, "promotion.not_due")
    within = signed[signed["has_started"] & (signed["months"] <= months) & ~signed["is_untold"]]
    is_over = within["event_name"].isin(yields.loc[yields[f"started_{months}"].notna(), "event_name"])
    return [
        Figure(say(language, "promotion.signed_at", count=len(yields)), number(_signed(yields)), say(language, "word.count"), None,
               ids_in(signed[signed["project_id"].notna()])),
        Figure(say(language, "promotion.yield", months=months), number(started) if whole else DASH, of, None, ids_in(within[is_over])),
    ]  # fmt: skip


def _visit_figures(facts: MeetingFacts, language: str) -> list[Figure]:
    """The month's visits, told where the list is of the month; and what any visit found that is open."""
    visits, found = _rows(facts, VISITS.code), _open_visits(facts)
    if visits.empty:
        return []
    day = visits["visit_date"].dt
    of_month = int(((day.year == facts.period.year) & (day.month == facts.period.month)).sum())
    is_told = of_month > 0 or (visits["period"] == str(facts.period)).any()
    ids = tuple(dict.fromkeys(found["project_id"].dropna()))
    return [
        Figure(say(language, "promotion.visits"), number(of_month) if is_told else DASH, say(language, "promotion.times")),
        Figure(say(language, "promotion.found_open"), number(len(found)), say(language, "word.issues"),
               ATTENTION if len(found) else None, ids),
    ]  # fmt: skip


def _chain_figure(facts: MeetingFacts, language: str) -> list[Figure]:
    rows = _rows(facts, CHAINS.code)
    if rows.empty:
        return []
    links = say(language, "promotion.of_links", total=number(len(chain_links(rows, facts.period))))
    return [Figure(say(language, "promotion.gaps"), number(len(_gaps(facts))), links)]


def tenant_bar(facts: MeetingFacts, language: str) -> SegmentBar:
    """The tenants of the month's list by state, those furthest on first; no parts without a list of the month."""
    tenants = _rows(facts, TENANTS.code)
    states = pd.Series(dtype=object) if tenants.empty else tenants["tenant_state"]
    segments = [
        Segment(capital(choice.name if language == "zh" else choice.english), count, TONES[choice.code])
        for choice in TENANT_STATES
        if (count := int((states == choice.code).sum()))
    ]
    if untold := int(states.isna().sum()):
        segments.append(Segment(say(language, "promotion.state_untold"), untold, "unknown"))
    return SegmentBar(say(language, "promotion.tenants_bar", count=len(tenants)), tuple(segments))


def open_matters(facts: MeetingFacts) -> list[OpenMatter]:
    """All that visits found and is open, the newest first, then the gaps by chain."""
    visits = [
        OpenMatter("visit", str(row.visit_firm), str(row.visit_found or ""), row.visit_date.date(),
                   row.project_id or "", facts.names.get(row.project_id, ""))
        for row in _open_visits(facts).itertuples()
    ]  # fmt: skip
    return visits + [OpenMatter("gap", row.chain_name, row.chain_link) for row in _gaps(facts).itertuples()]


def open_table(facts: MeetingFacts, language: str) -> LineTable | None:
    """What visits found open and the gaps, some of both; the rest is counted. None without both ledgers."""
    if _rows(facts, VISITS.code).empty and _rows(facts, CHAINS.code).empty:
        return None
    matters = open_matters(facts)
    shown = _some_of_both(matters)
    return LineTable(
        headings=(
            Heading(say(language, "annex.kind"), SHORT),
            Heading(say(language, "annex.whom"), NAME),
            Heading(say(language, "promotion.matter"), TEXT),
            Heading(say(language, "annex.day"), SHORT),
        ),
        lines=tuple(_line(each, language) for each in shown),
        rest=len(matters) - len(shown),
        empty=say(language, "empty.promotion"),
    )


def _some_of_both(matters: Sequence[OpenMatter]) -> list[OpenMatter]:
    """A visit and a gap in turn, so that both are seen however few lines there is room for."""
    visits, gaps = ([each for each in matters if each.kind == kind] for kind in ("visit", "gap"))
    return [each for pair in zip_longest(visits, gaps) for each in pair if each is not None][:ROWS]


def _line(matter: OpenMatter, language: str) -> Line:
    entries = (
        Entry(say(language, f"promotion.kind_{matter.kind}")),
        Entry(short_name(matter.whom)),
        Entry(matter.text),
        Entry("" if matter.day is None else f"{matter.day:%m-%d}"),
    )
    return Line(entries, matter.project_id)


def open_rows(facts: MeetingFacts, language: str) -> list[list[Any]]:
    """The same, whole, as rows of the annexes."""
    return [
        [
            say(language, f"promotion.kind_{each.kind}"),
            each.whom,
            each.text,
            each.day and pd.Timestamp(each.day),
            each.project_name,
        ]
        for each in open_matters(facts)
    ]
