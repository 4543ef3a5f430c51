"""A meeting made by hand: seven pages with every kind of block, as the tests of the screen and of the papers need it.

Names and figures are made up, as long and as many as a page may have to hold.
"""

from __future__ import annotations

from datetime import date, datetime

from domain.meeting import (
    MARK,
    MOST_ROWS,
    NAME,
    NUMBER,
    SHORT,
    TEXT,
    Bullet,
    BulletGroup,
    Entry,
    Figure,
    Heading,
    Line,
    LineTable,
    Meeting,
    MeetingPage,
    MonthCourse,
    Seal,
    Segment,
    SegmentBar,
)
from domain.periods import Period

LONG_NAME = "年产200MW/400MWh电化学储能电站及配套升压站（二期扩建）项目"
LONG_TEXT = "用地指标尚未落实，需市自然资源和规划局协调追加指标，另涉及耕地占补平衡和林地审批，两项均在省厅"
PERIOD = Period(2024, 8)
SEAL = Seal("2024-08-例会-01", PERIOD, 40, "zone@1", date(2024, 9, 10), datetime(2024, 9, 10, 9, 30), "office")
FIGURES = (
    Figure("到期未开工", "17", "个", "behind", ("p1", "p2")),
    Figure("到期未竣工", "3", "个", "behind", ("p1",)),
    Figure("本月到期兑现", "5", "/ 8", "slightly"),
    Figure("需市级以上协调", "6", "件"),
)


def bullet(label: str, done: float | None, target: float | None, grade: str, **more) -> Bullet:
    gap = None if done is None or not target else (done / target - 8 / 12) * 100
    return Bullet(label, done, target, 8 / 12, gap, grade, more.pop("unit", "个"), **more)


BULLETS = (
    bullet("新签约", 50, 80, "slightly", last_year=41, project_ids=("p1", "p2")),
    bullet("新签约10亿元以上", 7, 14, "behind"),
    bullet("新开工", 30, 40, "on_track", last_year=0),
    bullet("新竣工", None, 22, "unknown"),
    bullet("产业投资完成", 1_390.25, None, "unknown", unit="亿元", decimals=1),
)
COURSES = (
    MonthCourse("新签约", tuple(enumerate((4, 9, 13, None, 30, 33, 42, 50), 1)), 80, "个"),
    MonthCourse("新开工", ((1, 0), (2, 0), (3, 2)), 40, "个"),
    MonthCourse("新竣工", (), None, "个"),
    MonthCourse("产业投资", tuple(enumerate((10.5, 22, 31, 45, 60, 80.2, 101, 139.0, 150, 171, 190, 214.6), 1)), 260, "亿元", 1),
)
LEVELS = SegmentBar(
    "在谁手里",
    (
        Segment("企业", 9, "level_firm", ("p1",)),
        Segment("县", 6, "level_county"),
        Segment("新区", 0, "level_new_area"),
        Segment("市", 4, "level_city"),
        Segment("省", 1, "level_province"),
    ),
)


def delayed(lines: int, rest: int = 0) -> LineTable:
    """The most delayed projects, ever the same line."""
    line = Line(
        (Entry("", "behind"), Entry(LONG_NAME), Entry("滨海"), Entry("竣工 +1,066 天", "behind"), Entry("用地指标"), Entry("省 364 天")),
        project_id="p1",
    )
    headings = (
        Heading("", MARK),
        Heading("项目", NAME),
        Heading("片区", SHORT),
        Heading("滞后", NUMBER),
        Heading("原因", SHORT),
        Heading("在谁手里", NUMBER),
    )
    return LineTable(headings, (line,) * lines, rest, "没有滞后项目。")


ISSUES = LineTable(
    (Heading("项目", NAME), Heading("问题", TEXT), Heading("层级", SHORT), Heading("已", NUMBER)),
    (Line((Entry("天能循环经济产业园"), Entry(LONG_TEXT), Entry("新区"), Entry("64 天", "attention")), "p1", "i1"),) * 5,
    3,
)
PAGES = (
    MeetingPage("decisions", "上次议定 6 件，办结 3 件，逾期 1 件", "上次议定 6 件，办结 3 件，逾期 1 件", (delayed(0),)),
    MeetingPage("targets", "签约、开工快于序时，竣工落后 8.3 个百分点", "竣工落后", ((BulletGroup("", BULLETS),), COURSES)),
    MeetingPage(
        "districts",
        "两个片区签约均达序时，响水片区竣工落后 12.5 个百分点",
        "",
        ((BulletGroup("滨海片区", BULLETS[:4]), BulletGroup("响水片区", BULLETS[1:])),),
    ),
    MeetingPage("delayed", "三个项目该竣工未竣工，两个本月又改期；\n堵点一半在市级以上", "", (FIGURES, delayed(MOST_ROWS, 24))),
    MeetingPage("due", "8 月到期的 8 项承诺兑现 5 项", "", (delayed(MOST_ROWS),)),
    MeetingPage("blockers", "堵点 20 件，5 件要请市里和省里协调", "", (LEVELS, ISSUES)),
    MeetingPage("works", "基础设施没有新的进展", "", (delayed(3),)),
)
MEETING = Meeting(PERIOD, date(2024, 9, 10), "本区规则 第1版", PAGES, SEAL)
