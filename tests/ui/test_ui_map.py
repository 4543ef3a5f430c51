"""The page of the map on the sample year: sentence, lists, marks, and the forms in use without a browser."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hostile_texts import Reader
from sample_views import id_of, view_of
from streamlit.testing.v1 import AppTest

from domain.outlines import SAMPLE_OUTLINE
from domain.places import MOVED, REMOVED, SAMPLE, SET, Place, PlaceEvent
from domain.submissions import INFRASTRUCTURE, PROJECTS
from loaders.placing import record_list
from storage.accepting import NotAcceptable
from storage.engine import Database
from storage.places import record_places, set_outline
from storage.samples import SAMPLES
from ui import zone_map
from ui.fault_table import fault_table
from ui.map_marks import MARKS, legend, mark_text
from ui.place_forms import LIST_HEADINGS, list_findings, place_table, place_words, read_list, typed_event
from ui.zone_map import AskedMap, chosen_rows, map_part, map_rows, map_summary, placed_list, places, sample_note, tray

PAGE = Path(__file__).resolve().parents[2] / "pages" / "map.py"
NOW = datetime(2025, 6, 1, 9)
METHANOL, COLD = "中化学绿色甲醇项目", "年产5万吨光伏组件项目"
HERE = Place(120.25, 34.3)


@pytest.fixture
def placed(year: Database) -> Database:
    """The sample year with the sample places."""
    assert record_list(year, (SAMPLES / "places.csv").read_bytes()) == 0
    return year


def said(parts: list) -> str:
    return "".join(part if isinstance(part, str) else part.text for part in parts)


def page(**asked: str) -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=60)
    app.query_params.update({"period": "2024-12", **asked})
    app.run()
    assert not app.exception
    return app


def test_before_any_place(year: Database) -> None:
    """Everything stands in the tray, nothing is drawn, and the sentence says so."""
    view = view_of()
    rows = map_rows(view)
    assert not rows["is_placed"].any()
    assert said(map_summary(view)) == f"还没有标出任何项目的位置；未标位置 {len(rows)} 个。"
    assert "图上没有符合条件的项目" in Reader(placed_list(view, AskedMap())).text
    assert METHANOL.removesuffix("项目") in Reader(tray(view, AskedMap())).text
    assert "轮廓为示例" in map_part(view, AskedMap()).foot and "个位置为示例" not in map_part(view, AskedMap()).foot


def test_the_sentence_and_the_lists_agree(placed: Database) -> None:
    """Counted a second time, row by row; nobody is in both lists or in none."""
    view = view_of()
    rows = map_rows(view)
    known = places(view)
    counts = {"projects": 0, "works": 0, "behind": 0, "watch": 0, "blocked": 0, "without": 0}
    for row in rows.itertuples():
        if row.project_id not in known:
            counts["without"] += 1
            continue
        counts["works" if row.kind == INFRASTRUCTURE else "projects"] += 1
        counts["behind"] += row.mark == "behind"
        counts["watch"] += row.mark in ("attention", "slightly")
        counts["blocked"] += row.mark == "work_blocked"
    assert said(map_summary(view)) == (
        f"图上有项目 {counts['projects']} 个、基础设施 {counts['works']} 项：滞后 {counts['behind']} 个，关注或略欠 {counts['watch']} 个，"
        f"有问题的基础设施 {counts['blocked']} 项。另有 {counts['without']} 个未标位置。"
    )
    assert counts["projects"] + counts["works"] == 50
    assert f"图上 {50} 个" in Reader(placed_list(view, AskedMap())).text
    assert f"未标位置 {counts['without']} 个" in Reader(tray(view, AskedMap())).text


def test_marks_are_the_standings(placed: Database) -> None:
    """A project's mark is its grade by the rules in force; a work is a square and has none."""
    view = view_of()
    grades = dict(zip(view.standings["project_id"], view.standings["grade"], strict=True))
    for row in map_rows(view).itertuples():
        expected = ("work", "work_blocked") if row.kind == INFRASTRUCTURE else (grades[row.project_id] or "ungraded",)
        assert row.mark in expected
    assert list(map_rows(view)["mark"].map(list(MARKS).index)) == sorted(map_rows(view)["mark"].map(list(MARKS).index))


def test_what_is_asked(placed: Database) -> None:
    """By grade, kind and district; each name opens its card with the choice kept."""
    view = view_of()
    assert set(chosen_rows(view, AskedMap(("behind",)))["mark"]) == {"behind"}
    assert set(chosen_rows(view, AskedMap(kind=PROJECTS))["kind"]) == {PROJECTS}
    assert set(map_rows(view_of(body="xiangshui"))["body"]) == {"xiangshui"}
    hrefs = Reader(placed_list(view, AskedMap(("behind",)))).hrefs
    assert f"project={id_of(view, METHANOL)}" in hrefs[0] and "grade=behind" in hrefs[0]


def test_cancelled_projects_are_not_drawn(placed: Database) -> None:
    """Nor listed: there is nothing to see."""
    view = view_of()
    cancelled = set(view.states.loc[view.states["stage"] == "cancelled", "project_id"])
    assert cancelled.isdisjoint(map_rows(view)["project_id"])


def test_a_long_list_is_cut(placed: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says so; so are faults."""
    monkeypatch.setattr(zone_map, "MOST_ROWS", 2)
    assert "另有 48 行未显示" in Reader(placed_list(view_of(), AskedMap())).text
    found = read_list(view_of(), "\n".join(f"无{at}\t120\t34" for at in range(35)))
    assert "另有 5 行未显示" in Reader(fault_table(found.faults)).text


def test_samples_are_marked_until_replaced(placed: Database) -> None:
    """Outline and places each; gone when the office has given its own."""
    view = view_of()
    assert "示意图：轮廓为示例，50 个位置为示例。" in map_part(view, AskedMap()).foot
    set_outline(placed, list(SAMPLE_OUTLINE), recorded_at=NOW)
    assert "轮廓为示例" not in map_part(view, AskedMap()).foot
    assert sample_note(False, 0) == ""


def test_the_legend_names_what_is_shown() -> None:
    """A sign and a word each, none for what the map does not show."""
    text = Reader(legend(["behind", "work"])).text
    assert "▲ 滞后" in text and "■ 基础设施" in text and "关注" not in text
    assert mark_text("ungraded") == "◎ 不亮灯"


def test_who_set_a_place(placed: Database) -> None:
    """With its day, by whom, and that it is a sample; moved and removed alike."""
    view = view_of()
    project = id_of(view, METHANOL)
    assert place_words(view, project).endswith("由办公室标出（示例位置）")
    assert place_words(view, id_of(view, COLD)) == "还没有标位置"
    record_places(placed, [PlaceEvent(project, "binhai", MOVED, HERE)], actor="王", recorded_at=NOW)
    assert place_words(view, project) == "2025-06-01 由王移动"
    record_places(placed, [PlaceEvent(project, "binhai", REMOVED, None)], recorded_at=NOW)
    assert place_words(view, project) == "2025-06-01 由办公室删除"


@pytest.mark.parametrize(
    ("typed", "known", "event"),
    [
        (["120.25", "34.3"], {}, PlaceEvent("p1", "binhai", SET, HERE)),
        (["120°15′", "34.3", "", " "], {"p1": Place(120.0, 34.0)}, PlaceEvent("p1", "binhai", MOVED, HERE)),
        (["120.25", "34.3", "120.3", "34.4"], {}, PlaceEvent("p1", "binhai", SET, Place(120.25, 34.3, 120.3, 34.4))),
    ],
)
def test_degrees_typed(typed: list[str], known: dict[str, Place], event: PlaceEvent) -> None:
    """Set or moved, a work with its end."""
    assert typed_event("p1", "binhai", typed, known) == event


@pytest.mark.parametrize(
    ("typed", "known", "words"),
    [
        (["120.25", ""], {}, "不是度数"),
        (["x", "34.3"], {}, "不是度数"),
        (["120.25", "34.3", "120.3", ""], {}, "不是度数"),
        (["120.25", "34.3"], {"p1": HERE}, "没有变动"),
    ],
)
def test_degrees_that_cannot_be(typed: list[str], known: dict[str, Place], words: str) -> None:
    """Say why."""
    with pytest.raises(NotAcceptable, match=words):
        typed_event("p1", "binhai", typed, known)


def test_a_list_is_told_before_it_is_recorded(placed: Database) -> None:
    """How many lines can be recorded, say nothing new, cannot be taken, in the order of the lines."""
    known = places(view_of())[id_of(view_of(), METHANOL)]
    text = (
        f"无此项目\t120\t34\n{METHANOL}\t{known.longitude}\t{known.latitude}\n{COLD}\t34.3\t119.9\n{COLD}\t119.9\t34.35"
    )
    found = read_list(view_of(), text)
    assert [fault.line for fault in found.faults] == [1, 3]
    assert (len(found.events), found.unchanged) == (2, 0)  # the sample becomes the office's own place
    assert "可登记 2 个，与已登记相同 0 个，不能采用 2 行。" in Reader(list_findings(found)).text
    assert "不能采用 0 行" in Reader(list_findings(read_list(view_of(), f"{COLD}\t119.9\t34.35"))).text


def test_the_table_to_download_can_be_pasted_back(placed: Database) -> None:
    """Every project and work is in it, those without a place with empty degrees; pasted, it brings the same places."""
    table = place_table(view_of())
    assert list(table.columns) == list(LIST_HEADINGS) and len(table) == len(view_of().states)
    found = read_list(view_of(), table.to_csv(sep="\t", index=False))
    assert found.faults == ()
    known = places(view_of())
    assert {each.project_id for each in found.events} == set(known)
    assert all(each.place.points == known[each.project_id].points for each in found.events)


def test_a_place_is_set_moved_and_removed(year: Database) -> None:
    """From the project's card, through the form."""
    project = id_of(view_of(), COLD)
    app = page(project=project)
    app.text_input[0].set_value("119.9")
    app.text_input[1].set_value("34.35")
    app.button[0].click().run()
    assert places(view_of())[project] == Place(119.9, 34.35)
    app = page(project=project)
    assert [box.value for box in app.text_input] == ["119.9", "34.35"]
    app.button[0].click().run()
    assert any("没有变动" in each.body for each in app.get("html"))
    app.button[1].click().run()
    assert places(view_of()) == {}


def test_a_work_has_an_end(year: Database) -> None:
    """Four fields; an unknown project has no form."""
    app = page(project=id_of(view_of(), "学府路"))
    assert len(app.text_input) == 4
    assert len(page(project="p0").text_input) == 0


def test_many_are_recorded_at_once(year: Database) -> None:
    """An empty paste asks for one; a list is told, then recorded with a click."""
    app = page(show="entry")
    app.button[0].click().run()
    assert any("请先粘贴" in each.body for each in app.get("html"))
    app.text_area[0].set_value(f"{COLD}\t119.9\t34.35\n无\t120\t34").run()
    assert app.button[0].label == "登记 1 个位置"
    app.button[0].click().run()
    assert list(places(view_of()).values()) == [Place(119.9, 34.35)]


def test_the_outline_is_replaced(year: Database) -> None:
    """As text; a point that cannot be read and an outline that cannot be drawn are said and change nothing."""
    app = page(show="entry")
    app.text_area[1].set_value("河流,甲,120,34")
    app.button[-1].click().run()
    assert any("类别不在代码表内" in each.body for each in app.get("html"))
    app.text_area[1].set_value("公路,,120,34\n公路,,120.1,34")
    app.button[-1].click().run()
    assert any("至少要有一块陆地或片区" in each.body for each in app.get("html"))
    assert zone_map.outline_of(view_of())[1]
    app.text_area[1].set_value("片区,甲,120,34\n片区,甲,120.1,34\n片区,甲,120,34.1")
    app.button[-1].click().run()
    lines, is_sample = zone_map.outline_of(view_of())
    assert ([line.name for line in lines], is_sample) == (["甲"], False)


def test_a_sample_stays_marked_in_the_frame(placed: Database) -> None:
    """Where a place comes from goes with the row."""
    rows = map_rows(view_of())
    assert set(rows.loc[rows["is_placed"], "source"]) == {SAMPLE}
