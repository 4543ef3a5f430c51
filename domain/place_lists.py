"""A list of places as the office pastes it: names with longitude and latitude, matched to projects by their names.

A name is taken when it is the same after the normalisation that returns go through (``identity.normalise_name``);
a near one is told beside the line and never taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from domain.bodies import find_district
from domain.identity import NameIndex, display_name, normalise_name
from domain.list_lines import UntakenLine, lines_of_text
from domain.places import DECIMALS, OFFICE_SOURCE, Place, PlaceEvent, fault_of_points, placing

NAME, DISTRICT, LONGITUDE, LATITUDE, END_LONGITUDE, END_LATITUDE = (
    "name",
    "district",
    "longitude",
    "latitude",
    "end_longitude",
    "end_latitude",
)
# The columns of a list without headings.
POSITIONAL = (NAME, LONGITUDE, LATITUDE, END_LONGITUDE, END_LATITUDE)
HEADINGS = {
    NAME: ("项目名称", "项目", "名称", "工程名称", "project", "name"),
    DISTRICT: ("片区", "所属片区", "district"),
    LONGITUDE: ("经度", "起点经度", "longitude", "lon", "x"),
    LATITUDE: ("纬度", "起点纬度", "latitude", "lat", "y"),
    END_LONGITUDE: ("终点经度", "endlongitude", "endlon"),
    END_LATITUDE: ("终点纬度", "endlatitude", "endlat"),
}
DEGREES = re.compile(
    r"[EN东北经纬]*(\d+(?:\.\d+)?)°?(?:(\d+(?:\.\d+)?)['′’](?:(\d+(?:\.\d+)?)(?:[\"″”]|''|′′)?)?)?[EN]?"
)
MOST_LINES = 2000
# Why a line of a list of places or of an outline cannot be taken, in Chinese and English.
LINE_FAULTS = {
    "no_name": ("没有项目名称。", "There is no project name."),
    "no_degrees": ("经度或纬度缺失，或不是度数。", "Longitude or latitude is missing or no number of degrees."),
    "swapped": ("经度和纬度填反了。", "Longitude and latitude are the wrong way round."),
    "outside": (
        "位置不在盐城沿海范围内，请核对经纬度。",
        "The place is not on the coast of Yancheng; check the degrees.",
    ),
    "unknown_name": ("没有这个名称的项目。", "There is no project of this name."),
    "two_projects": (
        "两个片区都有这个名称的项目，请加“片区”一列。",
        "Both districts have a project of this name; add a column “片区”.",
    ),
    "twice": ("这个项目在前面已有一行。", "An earlier line is about the same project."),
    "unknown_kind": ("类别不在代码表内。", "The kind is not in the code list."),
}
NEAR = ("名称相近的有“{name}”。", " Near to it: “{name}”.")


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """One line that could be read: its number from 1, the name and district as typed, and the place."""

    line: int
    name: str
    district: str
    place: Place


@dataclass(frozen=True, slots=True)
class LineFault(UntakenLine):
    """A line of a list of places that cannot be taken, and the near name where there is one."""

    near: str = ""

    SENTENCES: ClassVar[Mapping[str, tuple[str, str]]] = LINE_FAULTS

    def message(self, language: str = "zh") -> str:
        """Why, in a sentence, with the near name."""
        near = NEAR[0 if language == "zh" else 1].format(name=self.near) if self.near else ""
        return UntakenLine.message(self, language) + near


@dataclass(frozen=True, slots=True)
class NamedProject:
    """A project that a line may mean."""

    project_id: str
    body: str
    name: str


@dataclass(frozen=True, slots=True)
class MatchedPlaces:
    """What a list comes to: the events to record, how many lie there already, and the lines that cannot be taken."""

    events: tuple[PlaceEvent, ...] = ()
    unchanged: int = 0
    faults: tuple[LineFault, ...] = ()


def named_projects(states: pd.DataFrame) -> list[NamedProject]:
    """The projects and works of a frame of states, by the names that they have in it."""
    return [NamedProject(*row) for row in states[["project_id", "body", "project_name"]].itertuples(index=False)]


def lines_of(text: str) -> list[tuple[int, list[str]]]:
    """The lines of a pasted table or a CSV file with their numbers: (number, cells); empty lines are left out.

    Cells are parted by the tabs of a spreadsheet where there are any, else by commas or semicolons.
    """
    if "\t" not in text:
        text = text.replace("，", ",").replace("；", ",").replace(";", ",")
    return lines_of_text(text)


def read_places(text: str, source: str = OFFICE_SOURCE) -> tuple[list[ListedPlace], list[LineFault]]:
    """The lines of a list that are a name and a place, and those that are not.

    Neither are a line of headings and, below one, a name without any degrees.
    """
    listed: list[ListedPlace] = []
    faults: list[LineFault] = []
    lines = lines_of(text)
    columns = _headings(lines[0][1]) if lines else None
    for number, cells in lines[1 if columns else 0 :][:MOST_LINES]:
        values = dict(zip(columns or POSITIONAL, cells, strict=False))
        if columns and not any(values.get(column) for column in POSITIONAL[1:]):
            continue  # a project of the office's own list that has no place yet
        place, fault = _place_in(values, source)
        if place is None:
            faults.append(LineFault(number, _shown(cells), fault))
        else:
            listed.append(ListedPlace(number, display_name(values[NAME]), values.get(DISTRICT, ""), place))
    return listed, faults


def degrees(text: str) -> float | None:
    """Degrees typed as 120.2583, 120°15′30″ or 东经120.2583°; None for anything else, and for sixty minutes and more."""
    narrow = "".join(unicodedata.normalize("NFKC", text).upper().split())
    found = DEGREES.fullmatch(narrow)
    if not found:
        return None
    whole, minutes, seconds = (float(part or 0) for part in found.groups())
    if minutes >= 60 or seconds >= 60:
        return None
    return round(whole + minutes / 60 + seconds / 3600, DECIMALS)


def match_places(
    listed: Iterable[ListedPlace], projects: Sequence[NamedProject], known: Mapping[str, Place]
) -> MatchedPlaces:
    """Each line against the projects on record and their places; a project that a second line names is told, not moved."""
    by_key: dict[str, list[NamedProject]] = {}
    for project in projects:
        by_key.setdefault(normalise_name(project.name), []).append(project)
    index = NameIndex(project.name for project in projects)
    events, faults, met, unchanged = [], [], set(), 0
    for line in listed:
        meant = _meant(by_key.get(normalise_name(line.name), []), line.district)
        code = _fault_of_meaning(meant, met)
        if code:
            near = index.nearest(line.name) if code == "unknown_name" else None
            faults.append(LineFault(line.line, line.name, code, near.name if near else ""))
            continue
        met.add(meant[0].project_id)
        event = placing(meant[0].project_id, meant[0].body, line.place, known)
        unchanged += event is None
        events += [event] if event else []
    return MatchedPlaces(tuple(events), unchanged, tuple(faults))


def _meant(found: list[NamedProject], district: str) -> list[NamedProject]:
    """The projects of the name; of the district alone where the line names one."""
    body = find_district(district)
    return found if body is None else [project for project in found if project.body == body.code]


def _fault_of_meaning(meant: list[NamedProject], met: set[str]) -> str | None:
    if not meant:
        return "unknown_name"
    if len(meant) > 1:
        return "two_projects"
    return "twice" if meant[0].project_id in met else None


def _headings(cells: Sequence[str]) -> list[str] | None:
    """The column of every cell of a line of headings (as typed where it is none of ours); None for any other line."""
    words = [re.sub(r"[\s_()（）°]", "", cell).casefold() for cell in cells]
    columns = [next((column for column, names in HEADINGS.items() if word in names), word) for word in words]
    return columns if {NAME, LONGITUDE, LATITUDE} <= set(columns) else None


def _place_in(values: Mapping[str, str], source: str) -> tuple[Place | None, str]:
    """The place of a line, or why there is none."""
    if not values.get(NAME):
        return None, "no_name"
    points = [degrees(values.get(column, "")) for column in (LONGITUDE, LATITUDE)]
    ends = [values.get(column, "") for column in (END_LONGITUDE, END_LATITUDE)]
    points += [degrees(end) for end in ends] if any(ends) else []
    if None in points:
        return None, "no_degrees"
    fault = fault_of_points(zip(points[::2], points[1::2], strict=True))
    return (None, fault) if fault else (Place(*points, source=source), "")


def _shown(cells: Sequence[str]) -> str:
    return " ".join(cell for cell in cells if cell)
