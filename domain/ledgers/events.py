"""招商活动: events by city and day, what was signed at each and to whom it is credited, and what came of it.

facts.md row 13: 19 events in 2024, 10 signed at the marine-economy event, 8 at Shanghai on 2024-12-05; a signing is credited to
the office, a sub-district or a group. Issue 7 point 5: the yield of an event after 6 and 12 months in starts.
"""

from __future__ import annotations

import pandas as pd

from domain.fields import DATE, NUMBER, RATE, TEXT, WORD
from domain.ledgers.declaration import NOTE, RATIO, SOURCE, Choice, Digest, DigestColumn, Figure, Ledger, LedgerField
from domain.ledgers.summing import count_of
from domain.periods import Period
from domain.publications import EVENT_FACTS
from domain.stages import COMPLETED_STAGES, CONSTRUCTION_STAGES

YIELD_MONTHS = (6, 12)
STARTED_STAGES = (*CONSTRUCTION_STAGES, *COMPLETED_STAGES)
CREDITED = (
    Choice("office", "园区", "office", ("园区管理办公室", "管理办公室")),
    Choice("binhai", "滨海片区", "Binhai", ("滨海",)),
    Choice("xiangshui", "响水片区", "Xiangshui", ("响水",)),
    Choice("port_group", "盐城港集团", "Yancheng Port Group", ("港口集团",)),
    Choice("haixing", "海兴控股集团", "Haixing Holdings", ("海兴集团",)),
)


def signed_rows(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The rows that name a project signed, with ``has_started`` and ``months``, whole months from event to start.

    Months are counted from calendar month to calendar month, since returns date a start to the month only. A start after
    the period is not known yet. ``months`` is missing without a start's day. ``is_untold``: in which month after the event
    it started nobody can tell (the stage says so without a day), or it started before the event; such a project is no
    yield and no lack of one, as is one that the registry does not have.
    """
    rows = frame[frame["event_project"].notna()]
    start = rows["project_start_date"].where(rows["project_start_date"] <= pd.Timestamp(period.last_day))
    months = month_number(start) - month_number(rows["event_date"])
    is_known = rows["project_id"].notna()
    by_stage = rows["project_stage"].isin(STARTED_STAGES)
    is_untold = ~is_known | (start.isna() & by_stage) | (months < 0)
    return rows.assign(months=months, has_started=is_known & (start.notna() | by_stage), is_untold=is_untold)


def newest_signed(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The projects signed, the newest event first, each with what the registry knows of it."""
    return signed_rows(frame, period).sort_values("event_date", ascending=False, kind="stable", ignore_index=True)


def month_number(days: pd.Series) -> pd.Series:
    """Months since year 0, as ``Period.number``; NaN for no day."""
    return days.dt.year * 12 + days.dt.month - 1


def event_yields(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """One row for each event, the newest first: what was signed and what has started after 6 and 12 months.

    Columns: event_name, event_date, event_city, event_signed_count (as published; NaN for not said), listed (projects named),
    registered (of those in the registry), started (of those, up to the period, whenever); then for each of
    ``YIELD_MONTHS`` started_6 and started_6_whole: how many started by the end of the sixth month after the event's, of how
    many of which that can be told. Both are NaN before that month is over.
    """
    signed = signed_rows(frame, period)
    by_event = frame.groupby("event_name", sort=False)
    events = by_event[["event_date", "event_city", "event_signed_count"]].first()
    found = events.assign(
        listed=_count(signed["event_name"], events),
        registered=_count(signed.loc[signed["project_id"].notna(), "event_name"], events),
        started=_count(signed.loc[signed["has_started"], "event_name"], events),
    )
    told = signed[~signed["is_untold"]]
    for months in YIELD_MONTHS:
        is_over = period.number - month_number(events["event_date"]) >= months
        within = told.loc[told["months"] <= months, "event_name"]
        found[f"started_{months}"] = _count(within, events).where(is_over)
        found[f"started_{months}_whole"] = _count(told["event_name"], events).where(is_over)
    return found.reset_index().sort_values("event_date", ascending=False, kind="stable", ignore_index=True)


def _count(names: pd.Series, events: pd.DataFrame) -> pd.Series:
    return names.value_counts().reindex(events.index, fill_value=0)


def event_figures(frame: pd.DataFrame, period: Period) -> list[Figure]:
    """Events, what they signed as published and as named, and the yield of all events whose 6 months are over."""
    yields, signed = event_yields(frame, period), signed_rows(frame, period)
    published = yields["event_signed_count"].sum(min_count=1)
    counted = frame.index[frame["event_signed_count"].notna()]
    return [
        Figure("招商活动", "promotion events", count_of(yields), NUMBER, rows=tuple(frame.index)),
        Figure("登记签约数", "signed, as recorded", None if pd.isna(published) else published, NUMBER,
               f"{yields['event_signed_count'].notna().sum()} 场有登记数", f"said of {yields['event_signed_count'].notna().sum()} events",
               rows=tuple(counted), of=("event_signed_count",)),
        Figure("列明项目", "projects named", None if frame.empty else int(yields["listed"].sum()), NUMBER,
               f"其中在库 {yields['registered'].sum()} 个", f"{yields['registered'].sum()} in the registry",
               rows=tuple(signed.index), of=("event_project",)),
        Figure("已开工", "started", None if frame.empty else int(yields["started"].sum()), NUMBER, "在库的", "of those registered",
               rows=tuple(signed.index[signed["has_started"]]), of=("event_project",)),
        *(_yield_figure(yields, signed[~signed["is_untold"]], months) for months in YIELD_MONTHS),
    ]  # fmt: skip


def _yield_figure(yields: pd.DataFrame, told: pd.DataFrame, months: int) -> Figure:
    """The share started, of all events whose months are over together; none before there is one."""
    over = yields.loc[yields[f"started_{months}_whole"].notna(), "event_name"]
    started, whole = yields[f"started_{months}"].sum(), yields[f"started_{months}_whole"].sum()
    remark = (f"{started:.0f} / {whole:.0f} 个", f"{started:.0f} of {whole:.0f}") if whole else ("没有满期的", "none is due yet")
    return Figure(f"{months}个月开工率", f"started within {months} months", started / whole if whole else None, RATE, *remark,
                  rows=tuple(told.index[told["event_name"].isin(over)]), of=("event_project",))  # fmt: skip


YIELD_COLUMNS = (
    DigestColumn("event_date", DATE, "日期", "day"),
    DigestColumn("event_city", TEXT, "城市", "city", width="96px"),
    DigestColumn("event_name", TEXT, "活动", "event", width="24%"),
    DigestColumn("event_signed_count", NUMBER, "签约", "signed"),
    DigestColumn("listed", NUMBER, "列明", "named", of="event_project"),
    DigestColumn("registered", NUMBER, "在库", "registered", of="event_project"),
    DigestColumn("started", NUMBER, "已开工", "started", of="event_project"),
    *(DigestColumn(f"started_{months}", RATIO, f"{months}个月开工", f"within {months} months", absent="未满期", absent_en="not over yet",
                   width="16%", of="event_project") for months in YIELD_MONTHS),
)  # fmt: skip

SIGNED_COLUMNS = (
    DigestColumn("event_date", DATE, "日期", "day"),
    DigestColumn("event_name", TEXT, "活动", "event", width="28%"),
    DigestColumn("event_project", TEXT, "签约项目", "project signed", is_project=True),
    DigestColumn("credited_to", WORD, "归属", "credited to", choices=CREDITED),
    DigestColumn("project_stage", WORD, "项目阶段", "stage"),
    DigestColumn("project_start_date", DATE, "开工", "started on"),
)

EVENT_DIGESTS = (
    Digest("yields", "活动成效", "yield of events",
           "开工数 / 能判断的在库签约项目数，从活动当月起算满月；“签约”是台账登记的全场签约数，“列明”是台账写明名称的项目数",
           "started, of those signed that the registry knows, in whole months from the event's", YIELD_COLUMNS, event_yields),
    Digest("signed", "签约项目", "projects signed", "现状取自本期项目库；没有链接的不在库",
           "where each stands in the registry; a name without a link is not in it", SIGNED_COLUMNS, newest_signed),
)  # fmt: skip

EVENTS = Ledger(
    code="events",
    name="招商活动台账",
    english="promotion events",
    short_name="招商",
    definition="每场招商活动的时间、城市和签约项目，一个签约项目一行；没有签约或不掌握签约项目的活动占一行，签约项目留空。",
    definition_en="Events by day and city, a row a project signed; an event of which none is known has one row without a project.",
    is_zone_wide=True,
    fields=(
        LedgerField("event_name", TEXT, "活动名称", "event", "招商活动的名称；同名活动应加日期区分。",
                    "Name of the event; two of one name are told apart by the day.", is_key=True, others=("招商活动", "招商活动名称")),
        LedgerField("event_project", TEXT, "签约项目", "project signed", "活动上签约的项目，写登记名称；没有的留空。",
                    "Project signed at the event, by its registered name; empty for none.",
                    is_key=True, may_be_empty=True, is_project=True, others=("签约项目名称",)),
        LedgerField("event_date", DATE, "活动日期", "day", "举办活动的日期。", "Day of the event.", is_required=True, others=("活动时间",)),
        LedgerField("event_city", TEXT, "活动城市", "city", "举办活动的城市。", "City of the event.", is_required=True,
                    others=("举办城市", "活动地点")),
        LedgerField("event_signed_count", NUMBER, "公布签约数", "signed, as published", "公布的全场签约项目数；没有公布的留空，不等于零。",
                    "Projects signed at the whole event, as published; empty where nothing was.", others=("签约项目数", "签约数")),
        LedgerField("credited_to", WORD, "签约归属", "credited to", "签约计入园区、片区还是集团。", "Who is credited with the signing.",
                    choices=CREDITED, others=("归属单位",)),
        LedgerField("district", WORD, "片区", "district", "签约项目落户的片区。", "District of the project."),
        SOURCE,
        NOTE,
    ),
    listed=("event_date", "event_city", "event_name", "event_project", "credited_to"),
    summary=event_figures,
    digests=EVENT_DIGESTS,
    public_facts=EVENT_FACTS,
)  # fmt: skip
