"""What of a ledger's rows is made up, as a civil servant reads it from their sources, and which cells of lists that marks."""

from __future__ import annotations

import pytest
from ledger_frames import rows_of
from made_up_ledger import LIGHTS

from domain.ledgers import LEDGERS
from domain.ledgers.made_up import (
    MADE_UP,
    all_made_up,
    fields_made_up,
    figure_made_up,
    is_whole,
    made_up_of,
    source_name,
    whole_row,
    with_made_up,
)
from domain.ledgers.summing import summarise
from domain.ledgers.tenants import standing_tenants
from domain.periods import Period

EVENTS, TENANTS = LEDGERS["events"], LEDGERS["tenants"]
DECEMBER = Period(2024, 12)
WHOLE = whole_row(EVENTS)
# (what stands in the source, the fields that are made up)
SOURCES = (
    ("某报告（2024年12月26日公开）", set()),
    ("示例（虚构）", WHOLE),
    ("示例（虚构）：某报告只说年底的状态", WHOLE),
    ("次数（全年8次）见某报告；各项内容为示例（虚构）", WHOLE),
    ("签约数10个见某报告；活动日期（报告只说5月中旬）、活动城市和签约项目为示例（虚构）", {"event_date", "event_city", "event_project"}),
    ("活动日期为虚构；活动城市为示例", {"event_date", "event_city"}),
    ("活动时间为示例", {"event_date"}),  # another heading of the same field
    ("活动日期、天气为示例", WHOLE),  # a word that is no heading: in doubt all of it
    ("活动日期见某报告，其余为示例", WHOLE),
)


@pytest.mark.parametrize(("source", "expected"), SOURCES, ids=[each[0] for each in SOURCES])
def test_a_source_says_what_is_made_up(source: str, expected: set[str]) -> None:
    """By clauses and headings, and in doubt more rather than less."""
    assert fields_made_up(EVENTS, source) == expected


def test_where_a_row_is_from_is_never_made_up() -> None:
    """Every other field of a whole row is; the ledger of works has a source of its own name, one may have none."""
    assert {field.name for field in EVENTS.fields} - WHOLE == {"row_source"}
    assert [source_name(each) for each in (EVENTS, LEDGERS["works"], LIGHTS)] == ["row_source", "work_source", None]
    assert is_whole(EVENTS, WHOLE) and not is_whole(EVENTS, WHOLE - {"event_city"})


def test_a_ledger_without_a_source_is_made_up_with_its_workbook() -> None:
    """All rows of a sample workbook, none of another."""
    frame = rows_of(LIGHTS, {"light_road": "甲路"}, {"light_road": "乙路"}).assign(receipt_number=["s", "r"])
    assert list(with_made_up(LIGHTS, frame, {"s"})[MADE_UP]) == [whole_row(LIGHTS), frozenset()]
    assert with_made_up(LIGHTS, frame[:0], {"s"}).empty


def events() -> object:
    made_up = "签约数见某报告；活动日期、签约项目、签约归属、片区为示例（虚构）"
    rows = (
        {"event_name": "甲", "event_project": "一", "event_date": "2024-05-16", "event_city": "盐城", "event_signed_count": 2, "row_source": made_up},
        {"event_name": "甲", "event_project": "二", "event_date": "2024-05-16", "event_city": "盐城", "event_signed_count": 2, "row_source": "某报告"},
        {"event_name": "乙", "event_date": "2024-06-01", "event_city": "上海", "row_source": "示例（虚构）"},
        {"event_name": "丙", "event_date": "2024-07-01", "event_city": "上海", "row_source": None},
    )  # fmt: skip
    return with_made_up(EVENTS, rows_of(EVENTS, *rows), ())


def test_a_list_of_events_has_the_marks_of_all_their_rows() -> None:
    """A figure counted from made-up projects is marked with them; what the registry says of a project is not the ledger's."""
    frame, digest = events(), EVENTS.digests[0]
    rows = digest.make(frame, DECEMBER)
    found = dict(zip(rows["event_name"], made_up_of(EVENTS, digest, frame, rows), strict=True))
    assert found["甲"] == {"event_date", "listed", "registered", "started", "started_6", "started_12"}
    assert found["丙"] == frozenset() and not all_made_up(EVENTS, digest, found["甲"])
    assert all_made_up(EVENTS, digest, found["乙"])
    signed = EVENTS.digests[1].make(frame, DECEMBER)
    own = dict(zip(signed["event_project"], made_up_of(EVENTS, EVENTS.digests[1], frame, signed), strict=True))
    assert own == {"一": {"event_date", "event_project", "credited_to"}, "二": frozenset()}


def test_a_figure_is_made_up_with_what_it_is_counted_from() -> None:
    """The projects named are; neither the number of events nor what a published row says was signed is."""
    frame = events()
    marked = {each.english for each in summarise(EVENTS, frame, DECEMBER) if figure_made_up(each, frame)}
    assert marked == {"projects named", "started"} | {f"started within {months} months" for months in (6, 12)}
    rest = frame[3:]
    assert not any(figure_made_up(each, rest) for each in summarise(EVENTS, rest, DECEMBER))


def test_a_month_that_is_made_up_marks_its_row_and_the_month_since_when() -> None:
    """December is published, September made up: the state of one tenant stands, since when it has it does not."""
    rows = [
        {"period": "2024-09", "tenant_name": "甲", "tenant_state": "fitting_out", "row_source": "示例（虚构）"},
        {"period": "2024-12", "tenant_name": "甲", "tenant_state": "fitting_out", "row_source": "企业状态见某报告"},
        {"period": "2024-12", "tenant_name": "乙", "tenant_state": "registered", "row_source": "企业状态见某报告"},
    ]
    frame = with_made_up(TENANTS, rows_of(TENANTS, *rows), ())
    months = TENANTS.digests[0].make(frame, DECEMBER)
    by_month = dict(zip(months["month"], made_up_of(TENANTS, TENANTS.digests[0], frame, months), strict=True))
    assert by_month["2024-12"] == frozenset() and all_made_up(TENANTS, TENANTS.digests[0], by_month["2024-09"])
    now = standing_tenants(frame, DECEMBER)
    marks = dict(zip(now["tenant_name"], made_up_of(TENANTS, TENANTS.digests[1], frame, now), strict=True))
    assert marks == {"甲": {"since"}, "乙": frozenset()}


@pytest.mark.parametrize("code", [code for code, ledger in LEDGERS.items() if ledger.digests])
def test_every_column_stands_on_a_field_or_on_the_registry(code: str) -> None:
    """A list's column is a field's or says of which it is made, so that none escapes the marks."""
    ledger = LEDGERS[code]
    registry = {"project_stage", "project_start_date", "blockers", "month", "since"}
    for digest in ledger.digests:
        assert {each.of or each.name for each in digest.columns} - registry <= {field.name for field in ledger.fields}


def test_the_sums_of_a_ledger_without_figures_of_its_own_are_marked() -> None:
    """With what they add up; the number of rows is counted, whoever made them up."""
    frame = rows_of(LIGHTS, {"light_road": "甲路", "light_count": 3}).assign(receipt_number="s")
    marks = {
        receipt: {each.english for each in summarise(LIGHTS, made, DECEMBER) if figure_made_up(each, made)}
        for receipt in ("s", "other")
        for made in [with_made_up(LIGHTS, frame, {receipt})]
    }
    assert "lights" in marks["s"] and "rows" not in marks["s"] and marks["other"] == set()
