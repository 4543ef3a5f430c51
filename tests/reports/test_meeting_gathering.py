"""The meeting of the sample year, month by month: whole, within what a screen holds, and equal to the other screens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from meeting_facts import AUGUST, facts
from sample_year import copy_database

from domain.bodies import DISTRICT_CODES
from domain.built_in_rules import ZONE_RULES
from domain.indicators import HEADLINES, INDICATORS
from domain.issues import Issue, IssueEvent, lives_of
from domain.meeting import (
    MOST_FIGURES,
    MOST_ROWS,
    NAME,
    PAGE_CODES,
    PROMOTION,
    TEXT,
    Bullet,
    BulletGroup,
    Figure,
    Line,
    LineTable,
    Meeting,
    MonthCourse,
    Seal,
    Segment,
    SegmentBar,
)
from domain.periods import Period
from domain.scope import OFFICE, Record
from reports.figures import figures_by_body
from reports.meeting.decisions import TaskLine
from reports.meeting.facts import MeetingFacts, read_facts
from reports.meeting.gathering import meeting_of, rule_name
from reports.meeting.paragraph import bulletin_paragraph, plain_text
from reports.meeting.words import LANGUAGES
from storage.clock import office_time
from storage.engine import Database, open_database
from tests.domain.frames import states
from ui import reads
from ui.overview import delay_rows, kept_promises, level_bars
from ui.view import View

MONTHS = range(1, 13)


@pytest.fixture(scope="module")
def year(sample_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = open_database(copy_database(sample_year, tmp_path_factory.mktemp("meetings")))
    yield database
    database.close()


@pytest.fixture(scope="module")
def months(year: Database) -> dict[int, MeetingFacts]:
    """The facts of each month of the sample year."""
    periods = {month: Period(2024, month) for month in MONTHS}
    return {month: read_facts(year, OFFICE, Record(period), period.last_day) for month, period in periods.items()}


def blocks(meeting: Meeting) -> list[object]:
    """Every block of every page, groups taken apart."""
    found = [block for page in meeting.pages for block in page.blocks]
    return [each for block in found for each in (block if isinstance(block, tuple) else [block])]


def told(meeting: Meeting) -> list[str]:
    """All that the pages say but names of projects and what returns wrote."""
    said = [page.title for page in meeting.pages]
    for block in blocks(meeting):
        if isinstance(block, Figure):
            said += [block.label, block.unit]
        elif isinstance(block, BulletGroup):
            said += [block.head, *(text for bullet in block.bullets for text in (bullet.label, bullet.unit))]
        elif isinstance(block, MonthCourse):
            said += [block.label, block.unit]
        elif isinstance(block, SegmentBar):
            said += [block.label, *(segment.label for segment in block.segments)]
        elif isinstance(block, LineTable):
            said += [block.empty, *(heading.text for heading in block.headings)]
            said += [
                entry.text
                for line in block.lines
                for heading, entry in zip(block.headings, line.entries, strict=True)
                if heading.kind not in (NAME, TEXT)
            ]
    return said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("month", MONTHS)
def test_every_month_makes_a_meeting(months: dict[int, MeetingFacts], month: int, language: str) -> None:
    """Seven pages, without the ledgers of promotion and parks, each with its title, no more on one than a screen holds, in one language."""
    meeting = meeting_of(months[month], language=language)
    assert tuple(page.code for page in meeting.pages) == tuple(code for code in PAGE_CODES if code != PROMOTION)
    assert all(page.title and page.title == page.generated and page.blocks for page in meeting.pages)
    for page in meeting.pages:
        tables = [block for block in page.blocks if isinstance(block, LineTable)]
        assert all(len(table.lines) <= MOST_ROWS and table.rest >= 0 for table in tables)
        assert all(len(line.entries) == len(table.headings) for table in tables for line in table.lines)
        assert sum(isinstance(block, Figure) for block in _parts(page.blocks)) <= MOST_FIGURES
    foreign = "[A-Za-z]" if language == "zh" else "[\u4e00-\u9fff，。；（）]"
    assert [text for text in told(meeting) if re.search(foreign, text)] == []


def _parts(found: tuple[object, ...]) -> list[object]:
    return [each for block in found for each in (block if isinstance(block, tuple) else [block])]


@pytest.mark.parametrize("month", MONTHS)
def test_figures_are_those_of_the_command_line(
    year: Database, months: dict[int, MeetingFacts], month: int
) -> None:
    """Targets, districts and delays say what `python -m reports figures` says."""
    expected = figures_by_body(year, OFFICE, Record(Period(2024, month)))
    meeting = meeting_of(months[month])
    zone = _bullets(meeting, "targets")["全区"]
    assert [bullet.done for bullet in zone] == [_amount(expected, "全区", code) for code in HEADLINES]
    for name, bullets in _bullets(meeting, "districts").items():
        codes = [code for code in HEADLINES if code != "signed_1bn_count"]
        assert [bullet.done for bullet in bullets] == [_amount(expected, name, code) for code in codes]
    late = {name for code in expected["全区"] if "overdue" in code for name in expected["全区"][code]}
    facts_late = months[month].late
    assert set(facts_late["project_name"]) == late
    start, completion = _figures(meeting, "delayed")[:2]
    assert int(start.text) + int(completion.text) == len(facts_late)
    assert (len(start.project_ids), len(completion.project_ids)) == (int(start.text), int(completion.text))


def _bullets(meeting: Meeting, code: str) -> dict[str, tuple[Bullet, ...]]:
    page = meeting.page(code)
    return {each.head: each.bullets for each in _parts(page.blocks) if isinstance(each, BulletGroup)}


def _figures(meeting: Meeting, code: str) -> list[Figure]:
    return [each for each in _parts(meeting.page(code).blocks) if isinstance(each, Figure)]


def _amount(expected: dict, name: str, code: str) -> float:
    value = expected[name][code]
    return pytest.approx(value / 10_000 if INDICATORS[code].measure else value, abs=1e-8)


@pytest.mark.parametrize("month", [1, 5, 9, 12])
def test_the_meeting_says_what_the_overview_says(
    year: Database, months: dict[int, MeetingFacts], month: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Most delayed projects in their order, promises kept, issues by level."""
    monkeypatch.setattr(reads, "database", lambda: year)
    view = View(OFFICE, Record(Period(2024, month)), "zone")
    meeting = meeting_of(months[month])
    table = next(block for block in meeting.page("delayed").blocks if isinstance(block, LineTable))
    shown = [(line.entries[3].text.split(" ")[0], line.entries[0].grade) for line in table.lines]
    assert shown == [(row["milestone"], row["grade"]) for row in delay_rows(view)[: len(shown)]]
    assert [line.project_id for line in table.lines] == list(view.delays["project_id"])[: len(shown)]
    assert table.rest + len(table.lines) == len(view.delays)
    kept = [bar.text.split(" ")[1:] for bar in kept_promises(view)]
    due = _figures(meeting, "due")[2]
    assert int(due.text) == sum(int(done) for done, _, _ in kept)
    assert due.unit == f"/ {sum(int(all_due) for _, _, all_due in kept)}"
    bar = next(block for block in meeting.page("blockers").blocks if isinstance(block, SegmentBar))
    named = {segment.label: int(segment.value) for segment in bar.segments}
    expected = {stat.label: int(stat.text.split(" ")[0]) for stat in level_bars(view)}
    assert {label: named.get(label, 0) for label in expected} == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("month", MONTHS)
def test_the_paragraph_adds_up(months: dict[int, MeetingFacts], month: int, language: str) -> None:
    """The classes add up to all on the list, the bands and the reasons to the late; every number is its projects."""
    parts = bulletin_paragraph(months[month], language)
    counted = [part for part in parts if part.project_ids]
    text = plain_text(parts)
    whole = set(counted[0].project_ids)
    head = text.split("。")[0] if language == "zh" else text.split(". ")[0]
    numbers = [int(number) for number in re.findall(r"\d+", re.sub(r"[（(].*?[）)]|\d{4}年\d+月| 20\d\d |of 100 million", " ", head))]
    assert numbers[0] == len(whole) == sum(numbers[1:])
    assert all(set(part.project_ids) <= whole for part in counted)
    averages = {round(months[month].late["delay_first_days"].mean())}
    assert [part.text for part in counted if int(part.text) != len(part.project_ids)] == [str(each) for each in averages]


def test_a_figure_opens_to_its_projects(months: dict[int, MeetingFacts]) -> None:
    """Every count of projects has as many ids as it says, and each is on record."""
    known = set(months[12].states["project_id"])
    for bullet in _bullets(meeting_of(months[12]), "targets")["全区"]:
        assert set(bullet.project_ids) <= known
        assert bullet.decimals or len(bullet.project_ids) == bullet.done


def test_titles_written_by_a_person(year: Database) -> None:
    """They stand in place of the generated ones, which are kept beside them; a seal brings its own."""
    record, day = Record(Period(2024, 8)), date(2024, 9, 5)
    meeting = meeting_of(read_facts(year, OFFICE, record, day), titles={"due": " 本月看三件事 ", "works": " "})
    assert meeting.page("due").title == "本月看三件事"
    assert meeting.page("due").generated != "本月看三件事"
    assert meeting.page("works").title == meeting.page("works").generated
    seal = Seal("m1", record.period, 26, ZONE_RULES.key, day, office_time(), "office", {"works": "封存的标题"})
    sealed = meeting_of(read_facts(year, OFFICE, record, day), seal=seal)
    assert (sealed.page("works").title, sealed.seal, sealed.day, sealed.rule_name) == (
        "封存的标题", seal, day, "本区第 1 版",
    )  # fmt: skip
    assert rule_name(ZONE_RULES, "en").endswith("version 1")


def test_an_earlier_record_is_read_as_it_was(year: Database) -> None:
    """As of the acceptances up to February, March has no return yet, whatever came later."""
    sealed = meeting_of(read_facts(year, OFFICE, Record(Period(2024, 3), "4"), date(2024, 4, 1)))
    assert sealed.page("districts").title == "两个片区本月均未报送"
    assert sealed.page("delayed").title.endswith("（两个片区均未报）")
    newest = meeting_of(read_facts(year, OFFICE, Record(Period(2024, 3)), date(2024, 4, 1)))
    assert "未报" not in "".join(page.title for page in newest.pages)


def test_the_year_before_stands_where_it_is_known(year: Database) -> None:
    """Asked in 2025, the bullets of a district have the same month of 2024; nothing is made up for 2023."""
    asked = read_facts(year, OFFICE, Record(Period(2025, 8)), date(2025, 8, 31))
    districts = _bullets(meeting_of(asked), "districts")
    before = figures_by_body(year, OFFICE, Record(Period(2024, 8)))
    assert [bullet.last_year for bullet in districts["滨海片区"]][:3] == [
        before["滨海片区"][code] for code in ("signed_count", "started_count", "completed_count")
    ]
    earlier = read_facts(year, OFFICE, Record(Period(2024, 8)), date(2024, 8, 31))
    assert earlier.last_year == {}


@pytest.mark.parametrize(("issue", "said"), [("用地指标不足", "用地指标"), (None, "未说明")])
def test_a_delay_without_a_reason_says_so(issue: str | None, said: str) -> None:
    """A blank could be anything."""
    page = meeting_of(facts(states(planned_start_date="2024-06-30", issue_text=issue))).page("delayed")
    assert page is not None
    (table,) = [block for block in page.blocks if isinstance(block, LineTable)]
    assert [line.entries[4].text for line in table.lines] == [said]


def test_an_empty_database_makes_a_calm_meeting(tmp_path: Path) -> None:
    """Seven pages that say that nothing has come yet."""
    database = open_database(tmp_path / "monitor.duckdb")
    for language in LANGUAGES:
        meeting = meeting_of(read_facts(database, OFFICE, Record(AUGUST), AUGUST.last_day), language=language)
        assert len({page.title for page in meeting.pages}) == 2
    nothing = read_facts(database, OFFICE, Record(AUGUST), AUGUST.last_day)
    assert plain_text(bulletin_paragraph(nothing)) == "截至2024年8月底，全区没有在库的亿元以上产业项目。"
    database.close()


LIVES = lives_of(
    [
        Issue("i1", "p1", "binhai", date(2024, 6, 30), "用地指标缺口37亩", "land", "city"),
        Issue("i2", "p2", "xiangshui", date(2024, 7, 31), "供热管网未通", "utilities", "new_area"),
        Issue("i3", "p1", "binhai", date(2024, 5, 31), "企业融资困难", "finance", "firm"),
        Issue("i4", "p9", "binhai", date(2024, 5, 31), "环评未批", "environment", "province"),
    ],
    [
        IssueEvent("i2", "assigned", date(2024, 8, 1), owner="管委会", due_date=date(2024, 8, 10)),
        IssueEvent("i4", "resolved", date(2024, 8, 2), note="已批"),
    ],
    date(2024, 8, 31),
)


def test_issues_on_record_are_what_the_meeting_decides() -> None:
    """The joint list before the session's, overdue in its colour, closed ones and the firms' own not in the table."""
    frame = states(project_name=["甲项目", "乙项目"], issue_text=["用地", None], planned_start_date="2024-07-31")
    page = meeting_of(facts(frame, lives=LIVES)).page("blockers")
    figures, bar, table = page.blocks
    assert page.title == "1 件需省、市协调，1 件需新区、县会办；1 件逾期"
    assert [(each.text, each.project_ids) for each in figures] == [("1", ("p1",)), ("1", ("p2",)), ("1", ("p1",)), ("1", ("p2",))]
    assert bar.segments == (
        Segment("市", 1, "level_city", ("p1",)), Segment("新区", 1, "level_new_area", ("p2",)), Segment("企业", 1, "level_firm", ("p1",)),
    )  # fmt: skip
    assert [[entry.text for entry in line.entries] for line in table.lines] == [
        ["", "甲", "用地指标缺口37亩", "市", "62 天"], ["", "乙", "供热管网未通", "新区", "31 天"],
    ]  # fmt: skip
    assert [line.entries[0].grade for line in table.lines] == [None, "behind"]
    assert [line.issue_id for line in table.lines] == ["i1", "i2"]


def test_a_delayed_project_says_whose_turn_it_is() -> None:
    """The most urgent of its issues on record, else the level that the return names, else nothing."""
    frame = states(
        project_id=["p1", "p2", "p3", "p4"], planned_start_date=["2024-06-30", "2024-08-31", "2024-03-31", "2023-08-31"],
        issue_text=["用地指标", None, "资金", None], escalation_level=["province", None, "firm", None],
    )  # fmt: skip
    _, table = meeting_of(facts(frame, lives=LIVES)).page("delayed").blocks
    said = {line.project_id: [entry.text for entry in line.entries[3:]] for line in table.lines}
    assert said == {
        "p4": ["开工 +366 天", "未说明", ""],
        "p3": ["开工 +153 天", "资金", "企业"],
        "p1": ["开工 +62 天", "用地指标", "企业 92 天"],
        "p2": ["开工 本月到期", "未说明", "新区 31 天"],
    }


def test_a_project_behind_its_plan_alone_says_its_gap() -> None:
    """It has no days; and nothing of it is overdue."""
    frame = states(start_date="2024-01-01", planned_completion_date="2025-12-31", annual_plan_wan=100.0, investment_ytd_wan=50.0)
    page = meeting_of(facts(frame)).page("delayed")
    assert page.title == "没有项目到期未开竣工，1 个年度投资滞后"
    assert page.blocks[1].lines[0].entries[3].text == "年度投资 -16.7 个百分点"


TASKS = [
    TaskLine("t1", "协调用地指标", "自然资源局", date(2024, 8, 10), is_overdue=True, project_id="p1"),
    TaskLine("t2", "开通供热管网", "海兴控股集团", date(2024, 9, 10), "正在施工"),
    TaskLine("t3", "会办拆迁", "滨海片区", None, "已完成", is_done=True, issue_id="i3"),
]


def test_decisions_of_the_last_meeting() -> None:
    """How many are done, going on and overdue; each with its lead, its date and what became of it."""
    page = meeting_of(facts(states()), tasks=TASKS).page("decisions")
    figures, table = page.blocks
    assert page.title == "督办事项 3 件，办结 1 件，逾期 1 件"
    assert [(each.label, each.text, each.grade) for each in figures] == [
        ("督办事项", "3", None), ("办结", "1", "on_track"), ("在办", "1", None), ("逾期", "1", "behind"),
    ]  # fmt: skip
    assert [line.entries[0].grade for line in table.lines] == ["behind", None, "on_track"]
    assert table.lines[2] == Line(table.lines[2].entries, "", "i3", "t3")
    many = meeting_of(facts(states()), tasks=TASKS * 4).page("decisions").blocks[1]
    assert (len(many.lines), many.rest) == (6, 6)


def test_what_is_due_without_a_node_plan() -> None:
    """Promises of this month that are not kept, then those of the next month; who has done it or gave up owes nothing."""
    frame = states(
        project_name=["甲", "乙", "丙", "丁", "戊"],
        planned_start_date=["2024-08-31", "2024-08-31", "2024-09-30", "2024-09-30", "2024-09-30"],
        start_date=[None, "2024-08-05", None, "2024-08-20", None],
        stage=["signed", "started", "signed", "started", "cancelled"],
    )
    page = meeting_of(facts(frame)).page("due")
    figures, table = page.blocks
    assert page.title == "本月 2 个承诺到期，兑现 1 个"
    assert [(each.text, each.unit) for each in figures] == [("—", ""), ("1", "/ 2"), ("1", "/ 2"), ("0", "个"), ("1", "个")]
    assert [[entry.text for entry in line.entries] for line in table.lines] == [
        ["", "甲", "滨海", "开工", "8月", "未兑现"], ["", "丙", "滨海", "开工", "9月", "下月到期"],
    ]  # fmt: skip


def test_issues_without_a_level_are_counted() -> None:
    """Beside those that name one; a work that nobody reported is marked, and says no step."""
    frame = states(
        kind="infrastructure", issue_text=["用地未批", "等图纸", None], escalation_level=["city", None, None],
        is_reported=[True, True, False], progress_rate=[0.5, None, 1.0], total_investment_wan=[1.0, 2.0, 3.0],
    )  # fmt: skip
    meeting = meeting_of(facts(frame))
    assert [(each.label, each.text) for each in _figures(meeting, "blockers")][-1] == ("未填层级", "1")
    assert [segment.tone for segment in meeting.page("blockers").blocks[1].segments] == ["level_city", "unknown"]
    works = meeting.page("works").blocks
    assert [each.text for each in works[0]] == ["3", "1", "2", "—"]
    assert [[entry.text for entry in line.entries] for line in works[1].lines] == [
        ["", "项目2", "滨海", "—", "", "等图纸", ""], ["", "项目1", "滨海", "50%", "", "用地未批", "市"], ["", "项目3", "滨海", "100%", "", "", ""],
    ]  # fmt: skip
    assert [line.entries[0].grade for line in works[1].lines] == ["attention", "attention", "unknown"]


def test_a_missing_district_is_said() -> None:
    """Behind the titles that rest on returns; its districts' own title and the paragraph name it."""
    made = facts(states(body=list(DISTRICT_CODES), planned_start_date="2024-06-30"), reported=["binhai"])
    titles = {page.code: page.title for page in meeting_of(made).pages}
    assert titles["delayed"] == "2 个项目到期未开工（响水片区未报）"
    assert titles["districts"].endswith("响水片区未报送")
    assert plain_text(bulletin_paragraph(made)).endswith("响水片区本月未报送，沿用上次所报。")
