"""A pasted list of places: how it is read, and which projects its names mean."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from place_oracle import go_through

from domain.list_lines import decoded
from domain.place_lists import (
    MOST_LINES,
    LineFault,
    ListedPlace,
    NamedProject,
    degrees,
    match_places,
    named_projects,
    read_places,
)
from domain.places import MOVED, SAMPLE, SET, Place

HERE, THERE = Place(120.25, 34.3), Place(119.9, 34.4)
PROJECTS = [
    NamedProject("p1", "binhai", "年产1万吨香料项目(一期)"),
    NamedProject("p2", "binhai", "冷库项目"),
    NamedProject("p3", "xiangshui", "冷库项目"),
    NamedProject("p4", "xiangshui", "学府路工程"),
]


def listed(name: str, place: Place = HERE, line: int = 1, district: str = "") -> ListedPlace:
    return ListedPlace(line, name, district, place)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("120.2583", 120.2583),
        (" 34.3 ", 34.3),
        ("１２０．２５", 120.25),
        ("120°15′30″", 120.258333),
        ("120°15'", 120.25),
        ("东经120.25°", 120.25),
        ("E120.25", 120.25),
        ("34.25N", 34.25),
        ("120度", None),
        ("", None),
        ("约120", None),
        ("-120.25", None),
        ("120°75′", None),
        ("120°15′60″", None),
        ("120.25,34.3", None),
    ],
)
def test_degrees_as_typed(text: str, value: float | None) -> None:
    """Decimal degrees, or degrees with minutes and seconds; nothing is guessed."""
    assert degrees(text) == value


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("项目名称\t经度\t纬度\n甲\t120.25\t34.3\n", [listed("甲", line=2)]),
        ("甲\t120.25\t34.3\r\n\r\n乙\t119.9\t34.4", [listed("甲"), listed("乙", THERE, 3)]),
        ("\ufeff项目名称,经度,纬度\n甲,120.25,34.3", [listed("甲", line=2)]),
        ("甲，120.25，34.3；", [listed("甲")]),
        ('"甲，乙",120.25,34.3', [listed("甲,乙")]),
        ("序号\t片区\t名称\t纬度（°）\t经度（°）\n1\t滨海片区\t甲\t34.3\t120.25", [listed("甲", line=2, district="滨海片区")]),
        ("★甲\t120.25\t34.3\t119.9\t34.4", [listed("甲", Place(120.25, 34.3, 119.9, 34.4))]),
        ("甲\t120.25\t34.3\t\t", [listed("甲")]),
        ("项目名称\t经度\t纬度\n甲\t\t\n乙\n丙\t119.9\t34.4", [listed("丙", THERE, 4)]),
        ("\n \n", []),
        ("", []),
    ],
)
def test_a_list_is_read(text: str, places: list[ListedPlace]) -> None:
    """With headings in any order or without; tabs of a spreadsheet or commas; empty lines say nothing."""
    assert read_places(text) == (places, [])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("\t120.25\t34.3", "no_name"),
        ("甲", "no_degrees"),
        ("甲\t120.25\t", "no_degrees"),
        ("甲\t约120\t34.3", "no_degrees"),
        ("甲\t120.25\t34.3\t119.9", "no_degrees"),
        ("甲\t34.3\t120.25", "swapped"),
        ("甲\t116.4\t39.9", "outside"),
        ("甲\t120.25\t34.3\t116.4\t39.9", "outside"),
    ],
)
def test_a_line_that_cannot_be_read(line: str, code: str) -> None:
    """Is told with its number and text, and keeps the other lines from nothing."""
    places, faults = read_places(f"乙\t119.9\t34.4\n{line}\n")
    assert places == [listed("乙", THERE)]
    assert faults == [LineFault(2, " ".join(line.split("\t")).strip(), code)]


def test_a_list_has_an_end() -> None:
    """What lies beyond the most lines is not read; a sample keeps its mark."""
    text = "\n".join(f"甲{number}\t120.25\t34.3" for number in range(MOST_LINES + 5))
    places, faults = read_places(text, SAMPLE)
    assert (len(places), faults, places[0].place.source) == (MOST_LINES, [], SAMPLE)


def test_names_are_matched_as_in_returns() -> None:
    """Brackets, spaces and marks of a phase apart; a near name is told and not taken."""
    found = match_places(
        [
            listed("年产1万吨 香料项目（I期）"),
            listed("冷库", line=2),
            listed("冷库项目", line=3),
            listed("冷库项目", THERE, 4, "响水片区"),
            listed("学府路 工程", line=5),
            listed("学府路工程", THERE, 6),
            listed("学府路拓宽工程", line=7),
        ],
        PROJECTS,
        {"p3": HERE, "p4": HERE},
    )
    assert [(each.project_id, each.body, each.kind, each.place) for each in found.events] == [
        ("p1", "binhai", SET, HERE), ("p3", "xiangshui", MOVED, THERE),
    ]  # fmt: skip
    assert found.unchanged == 1
    assert [(fault.line, fault.code) for fault in found.faults] == [
        (2, "unknown_name"), (3, "two_projects"), (6, "twice"), (7, "unknown_name"),
    ]  # fmt: skip
    assert [fault.near for fault in found.faults] == ["冷库项目", "", "", ""]


def test_a_near_name_is_told() -> None:
    """So that the office can mend the line; the project gets no place by it."""
    found = match_places([listed("年产1万吨香精香料项目（一期）")], PROJECTS, {})
    assert found.events == ()
    assert found.faults == (LineFault(1, "年产1万吨香精香料项目（一期）", "unknown_name", "年产1万吨香料项目(一期)"),)


LINES = st.lists(
    st.tuples(
        st.sampled_from(["年产1万吨香料项目（一期）", "冷 库项目", "冷库项目", "学府路工程", "无此项目"]),
        st.sampled_from(["", "滨海片区", "响水片区"]),
        st.sampled_from([HERE, THERE]),
    ),
    max_size=8,
)


@given(LINES, st.dictionaries(st.sampled_from(["p1", "p2", "p3", "p4"]), st.sampled_from([HERE, THERE])))
def test_matching_agrees_with_the_clerk(lines: list[tuple[str, str, Place]], board: dict[str, Place]) -> None:
    """The same pins in, moved and left, and the same lines back, on any list and board."""
    typed = [listed(name, place, number, district) for number, (name, district, place) in enumerate(lines, 1)]
    found = match_places(typed, PROJECTS, board)
    names = {"binhai": "滨海片区", "xiangshui": "响水片区"}
    clerk = go_through(
        [{"number": each.line, "name": each.name, "district": each.district, "at": each.place} for each in typed],
        [{"id": each.project_id, "name": each.name, "district": names[each.body]} for each in PROJECTS],
        board,
    )
    assert [(each.project_id, each.place) for each in found.events if each.kind == SET] == clerk["new"]
    assert [(each.project_id, each.place) for each in found.events if each.kind == MOVED] == clerk["moved"]
    assert found.unchanged == clerk["same"]
    assert [(each.line, each.code) for each in found.faults] == clerk["back"]


def test_why_a_line_is_not_taken() -> None:
    """In both languages, with the near name where there is one."""
    fault = LineFault(3, "甲", "unknown_name", "甲项目")
    assert fault.message() == "没有这个名称的项目。名称相近的有“甲项目”。"
    assert fault.message("en") == "There is no project of this name. Near to it: “甲项目”."
    assert LineFault(3, "甲", "twice").message() == "这个项目在前面已有一行。"


def test_codings_of_a_file() -> None:
    """UTF-8 and, from older programs, GB 18030."""
    assert decoded("甲,120".encode()) == decoded("甲,120".encode("gb18030")) == "甲,120"


def test_projects_of_a_frame() -> None:
    """Each with its district and the name of the month."""
    states = pd.DataFrame({"project_name": ["甲"], "project_id": ["p1"], "body": ["binhai"]})
    assert named_projects(states) == [NamedProject("p1", "binhai", "甲")]
