"""The page to carry along: alone, whole, safe from what senders write, and turned by keys."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from meeting_facts import AUGUST, facts
from playwright.sync_api import Page

from domain.meeting import PAGE_CODES, PROMOTION, Bullet, MonthCourse, Seal, SegmentBar
from reports.meeting.carried import carried_name, carried_page, foot_line
from reports.meeting.carried_blocks import block_html, bullet_html, course_html, gap_text, segments_html
from reports.meeting.gathering import meeting_of
from reports.meeting.words import LANGUAGES
from storage.clock import office_time
from tests.domain.frames import states

HOSTILE = '<script>alert(1)</script>"&'
FRAME = states(project_name=[f"甲{HOSTILE}", "乙"], planned_start_date="2024-06-30", issue_text=HOSTILE, escalation_level="city")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_stands_alone(language: str) -> None:
    """Seven pages with their titles; nothing is fetched from anywhere, and what senders write stays text."""
    meeting = meeting_of(facts(FRAME), language=language)
    html = carried_page(meeting, language)
    assert re.findall(r'<section id="(\w+)">', html) == [code for code in PAGE_CODES if code != PROMOTION]
    assert all(page.title in html for page in meeting.pages)
    assert re.findall(r"""(?:src|href)=|url\(|@import|https?:|//\w""", html) == []
    assert html.count("<script>") == 1
    assert "甲&lt;script&gt;" in html
    assert carried_name(meeting) == "例会_2024-08.html"


def test_what_the_page_stands_on() -> None:
    """The cut-off date, the rule, and the seal once there is one."""
    meeting = meeting_of(facts(FRAME))
    assert foot_line(meeting, "zh") == "数据截至 2024-08-31 · 未封存 · 亮灯规则 本区第 1 版"
    seal = Seal("m1", AUGUST, 26, "zone", date(2024, 9, 5), office_time().replace(2024, 9, 5, 9, 30), "office")
    assert "会议封存 2024-08，2024-09-05 09:30" in foot_line(replace(meeting, seal=seal), "zh")


BULLET = Bullet("新签约", 50.0, 80.0, 0.5, 12.5, "on_track", "个")
# name, bullet, words beside it, width of what is done (of 1000)
BULLETS = [
    ("on track", BULLET, "● 达序时 +12.5 个百分点", 625),
    ("beyond its target", replace(BULLET, done=99.0), "● 达序时 +12.5 个百分点", 1000),
    ("without a target", replace(BULLET, target=None, gap_points=None, grade="unknown"), "", 0),
    ("a district is missing", replace(BULLET, grade="unknown"), "○ 未报", 625),
    ("nothing reported", replace(BULLET, done=None, gap_points=None, grade="unknown"), "○ 未报", 0),
]


@pytest.mark.parametrize(("bullet", "words", "width"), [case[1:] for case in BULLETS], ids=[case[0] for case in BULLETS])
def test_a_bullet(bullet: Bullet, words: str, width: int) -> None:
    """Sign and words beside the bar, as long as the share done and never longer than the target."""
    assert gap_text(bullet, "zh") == words
    html = bullet_html(bullet, "zh")
    assert f'width="{width}" height="12"' in html
    assert ("无目标" in html) == (bullet.target is None)


def test_the_year_before_beside_the_bullet() -> None:
    """Where it is known."""
    assert "上年同期 41" in bullet_html(replace(BULLET, last_year=41.0), "zh")
    assert "上年同期" not in bullet_html(BULLET, "zh")


def test_a_missing_month_breaks_the_course() -> None:
    """It is not drawn as zero; without a target there is no straight line."""
    course = MonthCourse("新签约", ((1, 1.0), (2, None), (3, 4.0), (4, 5.0)), 10.0, "个")
    html = course_html(course)
    assert (html.count("<polyline"), html.count("<line"), "新签约 5" in html) == (2, 1, True)
    bare = course_html(MonthCourse("新签约", ((1, None),), None, "个"))
    assert ("<polyline" in bare, "<line" in bare, "新签约 —" in bare) == (False, False, True)


def test_what_is_empty_is_not_drawn() -> None:
    """A bar without parts and a block without figures are nothing."""
    assert segments_html(SegmentBar("堵点", ())) == ""
    assert block_html((), "zh") == ""


@pytest.mark.browser
def test_keys_turn_the_pages(page: Page) -> None:
    """On, back, first, by number; never past the ends; nothing scrolls and nothing fails."""
    failures: list[object] = []
    page.on("pageerror", lambda error: failures.append(error))
    page.set_content(carried_page(meeting_of(facts(FRAME))))

    def shown() -> list[str]:
        return page.eval_on_selector_all("section", "all => all.filter(each => each.offsetHeight).map(each => each.id)")

    turned = [("Home", "decisions"), ("ArrowRight", "targets"), ("PageDown", "districts"), (" ", "delayed"), ("ArrowLeft", "districts"),
              ("PageUp", "targets"), ("7", "works"), ("ArrowRight", "works"), ("x", "works"), ("Home", "decisions"), ("ArrowLeft", "decisions")]  # fmt: skip
    for key, code in turned:
        page.keyboard.press(key)
        assert shown() == [code], key
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth")
    assert failures == []
