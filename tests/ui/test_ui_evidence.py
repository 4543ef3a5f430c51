"""Reported and verified on the sample year: cards, list, a project's panel; and in use without a browser."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from hostile_texts import HOSTILE_TEXTS, Reader, assert_harmless
from sample_views import id_of, view_of
from streamlit.testing.v1 import AppTest

from domain.bodies import ZONE
from domain.evidence import KINDS, VERIFICATIONS, Evidence
from domain.indicators import INDICATORS, MILESTONES
from storage.engine import Database
from storage.evidence import record_evidence, withdraw_evidence
from ui import reads
from ui.cards import Figure, figure_card
from ui.evidence import (
    both_numbers,
    evidence_panel,
    kind_name,
    recognised_or_reported,
    reported_milestones,
    verified_of,
)
from ui.links import Link
from ui.overview import overview_parts
from ui.project_list import Asked, listed, project_list
from ui.view import View

PAGE = Path(__file__).resolve().parents[2] / "pages" / "project.py"
NOW = datetime(2025, 6, 1, 9)
STARTED = "中化学绿色甲醇项目"  # 2024-05-10, not completed
WITHIN_THE_YEAR = "年产60千吨海洋活性肽项目(二期)"  # 2024-05-07 to 2024-10-09
OF_ANOTHER_YEAR = "金光高档纸产业基地项目"  # 2023-08-15
NOT_STARTED = "储能电站建设项目(E地块)"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def record(name: str, milestone: str = "start", day: str = "", content: bytes | None = None, **more: str) -> str:
    """Evidence for a project of the sample year, recognising the day reported unless another is given."""
    state = view_of().states.set_index("project_name").loc[name]
    recognised = date.fromisoformat(day) if day else state[f"{milestone}_date"].date()
    said = {"kind": "permit_number", "value": f"3209 {name}", **more}
    evidence = Evidence(
        state["project_id"], state["body"], milestone, on_date=date(2025, 1, 6), verified_date=recognised, **said
    )
    return record_evidence(reads.database(), evidence, content, recorded_at=NOW)


def withdraw(evidence_id: str) -> None:
    withdraw_evidence(reads.database(), evidence_id, reason="号码有误", withdrawn_at=NOW)


def checks(view: View, code: str) -> list[str]:
    reported = INDICATORS[code].value(view.states, view.period)
    return [part.text if isinstance(part, Link) else part for part in both_numbers(view, code, reported)]


def panel(name: str, month: int = 12) -> str:
    view = view_of(month)
    return evidence_panel(view, id_of(view, name))


def names_of(asked: Asked, view: View | None = None) -> set[str]:
    return set(listed(view or view_of(), asked)["project_name"])


def test_a_card_says_both_numbers(year: Database) -> None:
    """Nothing recorded is 已核 0, not hidden; each number leads to its projects; zero leads nowhere."""
    view = view_of()
    reported = int(INDICATORS["started_count"].value(view.states, view.period))
    assert checks(view, "started_count") == ["已核 0", f"未核 {reported}"]
    none, open_ = both_numbers(view, "started_count", reported)
    assert isinstance(none, str) and isinstance(open_, Link)
    record(STARTED)
    verified, open_ = both_numbers(view_of(), "started_count", reported)
    assert (verified.text, open_.text) == ("已核 1", f"未核 {reported - 1}")
    assert "figure=started_count&verification=verified" in verified.href
    assert "verification=unverified&verification=contradicted" in open_.href
    head = Reader(overview_parts(view_of()).head).text
    assert f"已核 1未核 {reported - 1}" in head and head.count("已核 ") == 2


@pytest.mark.parametrize("code", [code for code, each in INDICATORS.items() if each.milestone is None])
def test_other_figures_have_nothing_to_verify(year: Database, code: str) -> None:
    """Neither signed nor invested; nor a figure that nobody reported."""
    assert both_numbers(view_of(), code, 3) == ()
    assert both_numbers(view_of(), "started_count", None) == ()


def test_the_sentence_of_the_month_says_both(year: Database) -> None:
    """Small behind the number reported; what is verified of the month, not of the year."""
    record(STARTED)
    head = {month: Reader(overview_parts(view_of(month)).head) for month in (5, 12)}
    assert re.search(r"新开工 \d+ 个 已核1、新竣工 \d+ 个 已核0。", head[5].text)
    assert re.search(r"新开工 \d+ 个 已核0、新竣工 \d+ 个 已核0。", head[12].text)


def test_the_months_changes_say_what_is_verified(year: Database) -> None:
    """Of the month's starts and completions, not of its signings."""
    view = view_of(5)
    text = Reader(overview_parts(view).changes).text
    assert text.count("已核 0；") == 2
    record(STARTED)
    assert verified_of(view_of(5), "started_month_count") == 1
    assert "已核 1；" in Reader(overview_parts(view_of(5)).changes).text


@pytest.mark.parametrize("code", ["started_count", "completed_count", "started_month_count", "completed_month_count"])
@pytest.mark.parametrize("month", [5, 10, 12])
def test_a_number_and_its_list_agree(year: Database, month: int, code: str) -> None:
    """As many rows as the card says, of every district; what is verified and what is not are all that is reported."""
    record(STARTED)
    record(WITHIN_THE_YEAR, day="2023-12-30")
    record(WITHIN_THE_YEAR, "completion")
    for body in (ZONE.code, "binhai", "xiangshui"):
        view = view_of(month, body)
        verified = names_of(Asked(code, verification=("verified",)), view)
        rest = names_of(Asked(code, verification=("unverified", "contradicted")), view)
        assert len(verified) == verified_of(view, code)
        assert verified | rest == set(INDICATORS[code].members(view.states, view.period)["project_name"])
        assert not verified & rest


def test_the_list_tells_start_and_completion_apart(year: Database) -> None:
    """Without a figure the milestones of this year; with one its own."""
    for day, expected in (("2024-05-01", "竣工未核"), ("2023-05-01", "开工不符")):
        record(WITHIN_THE_YEAR, day=day, value=day)
        table = project_list(view_of(), Asked(text=WITHIN_THE_YEAR)).table
        assert list(table["verification"]) == [expected]
    starts = project_list(view_of(), Asked("started_count", text=WITHIN_THE_YEAR))
    assert list(starts.table["verification"]) == ["开工不符"]
    assert starts.summary[3:6] == ("已核 0", "未核 1", "其中不符 1")
    ends = project_list(view_of(), Asked("completed_count", text=WITHIN_THE_YEAR))
    assert list(ends.table["verification"]) == ["竣工未核"]
    assert "其中不符" not in "".join(ends.summary)


def test_a_start_of_another_year_is_not_on_the_list(year: Database) -> None:
    """The list shows what there is to do for this year's figures; the project's page shows every year."""
    assert OF_ANOTHER_YEAR not in names_of(Asked(verification=VERIFICATIONS))
    assert NOT_STARTED not in names_of(Asked(verification=VERIFICATIONS))
    assert list(project_list(view_of(), Asked(text=OF_ANOTHER_YEAR)).table["verification"]) == [None]
    assert "2023-08-15○ 未核" in Reader(panel(OF_ANOTHER_YEAR)).text


def test_a_projects_panel(year: Database) -> None:
    """What was reported, what was recognised by what, and what was withdrawn and why; the newest first."""
    assert "○ 未核" in Reader(panel(STARTED)).text
    first = record(STARTED, value="3209-1")
    record(STARTED, day="2024-05-12", kind="site_visit", value="桩基施工", note="两人同去")
    text = Reader(panel(STARTED)).text
    assert text.index("● 已核2024-05-12现场核实桩基施工、两人同去") < text.index("另有依据2024-05-10施工许可证号3209-1")
    withdraw(first)
    assert "已撤回2024-05-10施工许可证号3209-1（撤回理由：号码有误）" in Reader(panel(STARTED)).text
    record(STARTED, day="2023-11-02", value="3209-2")
    assert "2024-05-10◆ 不符2023-11-02" in Reader(panel(STARTED)).text


def test_a_project_that_is_only_signed_has_nothing_to_verify(year: Database) -> None:
    """Dashes, no grey mark: nobody has claimed anything."""
    assert "未核" not in Reader(panel(NOT_STARTED)).text
    assert reported_milestones(view_of(), id_of(view_of(), NOT_STARTED)) == []


def test_a_number_of_two_projects_is_told(year: Database) -> None:
    """With the other's name, on both pages, until one is withdrawn."""
    record(STARTED, value="3209-7")
    other = record(WITHIN_THE_YEAR, value="３209-7")
    assert f"◆ 同一号码还登记于{WITHIN_THE_YEAR}" in Reader(panel(STARTED)).text
    assert f"◆ 同一号码还登记于{STARTED}" in Reader(panel(WITHIN_THE_YEAR)).text
    withdraw(other)
    assert "同一号码" not in Reader(panel(STARTED)).text


def test_a_form_proposes_the_date_on_record(year: Database) -> None:
    """The one recognised so far, else the one reported."""
    view = view_of()
    assert recognised_or_reported(view, id_of(view, STARTED), "start") == date(2024, 5, 10)
    record(STARTED, day="2024-05-12")
    assert recognised_or_reported(view_of(), id_of(view, STARTED), "start") == date(2024, 5, 12)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_evidence_is_text(year: Database, text: str) -> None:
    """Value, note, reason of a withdrawal: shown as typed."""
    evidence_id = record(STARTED, value=text, note=text)
    assert_harmless(panel(STARTED), text)
    withdraw_evidence(reads.database(), evidence_id, reason=text, withdrawn_at=NOW)
    assert_harmless(panel(STARTED), f"（撤回理由：{text}）")
    assert_harmless(figure_card(Figure("新开工", "1", "个", checks=(text, Link(text, "./projects")))), text)
    record(STARTED, kind="photo", value=text, content=PICTURE, file_name=f"{text}.png")
    assert_harmless(panel(STARTED), text)


def test_every_kind_has_a_name() -> None:
    """The paper of a start is not that of a completion."""
    names = [kind_name(kind, milestone) for kind in KINDS for milestone in MILESTONES]
    assert len(set(names)) == len(KINDS) + 1
    assert (names[0], names[1]) == ("施工许可证号", "竣工备案号")


def opened(name: str) -> AppTest:
    """The project's page."""
    app = AppTest.from_file(str(PAGE), default_timeout=60)
    app.query_params["project"] = id_of(view_of(), name)
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def type_into(app: AppTest, label: str, text: str) -> None:
    next(each for each in app.text_input if each.label == label).set_value(text)


def test_the_forms_of_a_project(year: Database) -> None:
    """Refused without a number, recorded with it, refused without a reason, withdrawn with it."""
    app = press(opened(STARTED), "登记")
    assert not app.exception
    assert any("请填写号码、编码或现场所见" in part.proto.body for part in app.get("html"))
    type_into(app, "施工许可证号", "3209-9")
    app = press(app, "登记")
    assert verified_of(view_of(), "started_count") == 1
    app = press(app, "撤回")
    assert any("请填写撤回的理由" in part.proto.body for part in app.get("html"))
    type_into(app, "撤回理由", "号码有误")
    app = press(app, "撤回")
    assert not app.exception
    assert verified_of(view_of(), "started_count") == 0
    assert [button.label for button in app.button if button.label == "撤回"] == []


def test_a_project_with_nothing_reported_has_no_form(year: Database) -> None:
    """A sentence instead."""
    app = opened(NOT_STARTED)
    assert not app.exception
    assert any("没有可认定的内容" in part.proto.body for part in app.get("html"))
    assert [button.label for button in app.button] == []
