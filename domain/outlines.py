"""The outline of the zone under the places: land, districts, port, roads. Lines of degrees that the office replaces.

The outline that comes with the system is an illustration: no public coordinates of the zone are on record, and every
screen says so until the office has given its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.place_lists import LineFault, degrees, lines_of
from domain.places import fault_of_points

LAND, DISTRICT, PORT, ROAD, RAILWAY, CHANNEL = KINDS = ("land", "district", "port", "road", "railway", "channel")
AREAS = (LAND, DISTRICT, PORT)  # closed; the others are lines
WORDS = {LAND: "陆地", DISTRICT: "片区", PORT: "港区", ROAD: "公路", RAILWAY: "铁路", CHANNEL: "航道"}
HEADINGS = ("类别", "名称", "经度", "纬度", "英文")
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """A line or, of the kinds of ``AREAS``, an area: its kind, its name (empty for none), points of degrees."""

    kind: str
    name: str
    points: tuple[Point, ...]
    english: str = ""

    @property
    def is_area(self) -> bool:
        return self.kind in AREAS


def read_outline(text: str) -> tuple[list[OutlineLine], list[LineFault]]:
    """An outline given as one point a line (kind, name, longitude, latitude, English name), and what cannot be read.

    Points of one kind and name that follow each other are one line, in their order; an empty line begins another one.
    """
    found: list[tuple[str, str, str, list[Point]]] = []
    last = 0
    faults: list[LineFault] = []
    kinds = {word: kind for kind, word in WORDS.items()} | {kind: kind for kind in KINDS}
    for number, cells in lines_of(text):
        follows, last = number == last + 1, number
        if tuple(cells[:4]) == HEADINGS[:4]:
            continue
        kind, name, *rest, english = [*cells, *[""] * len(HEADINGS)][: len(HEADINGS)]
        point = tuple(degrees(cell) for cell in rest)
        code = _fault_of_line(kind in kinds, point)
        if code:
            faults.append(LineFault(number, " ".join(cells), code))
        elif follows and found and found[-1][:2] == (kinds[kind], name):
            found[-1][3].append(point)
        else:
            found.append((kinds[kind], name, english, [point]))
    return [OutlineLine(kind, name, tuple(points), english) for kind, name, english, points in found], faults


def outline_text(lines: Sequence[OutlineLine]) -> str:
    """An outline as ``read_outline`` reads it, to be changed by hand."""
    blocks = [
        "\n".join(",".join((WORDS[line.kind], line.name, f"{east:.6f}", f"{north:.6f}", line.english)) for east, north in line.points)
        for line in lines
    ]
    return "\n\n".join([",".join(HEADINGS), *blocks]) + "\n"


def _fault_of_line(is_known: bool, point: tuple[float | None, ...]) -> str | None:
    if not is_known:
        return "unknown_kind"
    return "no_degrees" if None in point else fault_of_points([point])


def fault_of_outline(lines: Sequence[OutlineLine]) -> str | None:
    """Why an outline cannot be drawn, as a code; None when it can: a line has two points, an area three."""
    if not any(line.kind in (LAND, DISTRICT) for line in lines):
        return "no_area"
    if any(line.kind not in KINDS for line in lines):
        return "unknown_kind"
    if any(len(line.points) < (3 if line.is_area else 2) for line in lines):
        return "too_short"
    return fault_of_points(point for line in lines for point in line.points)


_COAST_NORTH = (
    (119.700, 34.500), (119.752, 34.478), (119.790, 34.474), (119.826, 34.455), (119.862, 34.452), (119.905, 34.432),
    (119.944, 34.426), (119.986, 34.405), (120.030, 34.396), (120.062, 34.380),
)  # fmt: skip
_COAST_SOUTH = (
    (120.062, 34.380), (120.098, 34.374), (120.131, 34.352), (120.172, 34.341), (120.204, 34.345), (120.246, 34.329),
    (120.272, 34.336), (120.296, 34.312), (120.290, 34.286), (120.318, 34.250), (120.342, 34.222), (120.352, 34.184),
    (120.380, 34.142), (120.396, 34.100),
)  # fmt: skip
# Drawn by hand for the samples, nothing of it surveyed.
SAMPLE_OUTLINE = (
    OutlineLine(
        LAND, "", (*_COAST_NORTH, *_COAST_SOUTH[1:], (120.430, 34.040), (120.470, 33.700), (119.300, 33.700), (119.300, 34.520)),
    ),
    OutlineLine(
        DISTRICT, "响水片区",
        (*_COAST_NORTH[1:], (120.036, 34.318), (119.992, 34.252), (119.930, 34.224), (119.842, 34.268), (119.770, 34.300),
         (119.730, 34.372)),
        "Xiangshui",
    ),
    OutlineLine(
        DISTRICT, "滨海片区",
        (*_COAST_SOUTH, (120.330, 34.062), (120.236, 34.048), (120.148, 34.092), (120.056, 34.150), (119.992, 34.252), (120.036, 34.318)),
        "Binhai",
    ),
    OutlineLine(
        PORT, "滨海港区",
        ((120.216, 34.340), (120.246, 34.329), (120.272, 34.336), (120.296, 34.312), (120.290, 34.286), (120.252, 34.280),
         (120.212, 34.304)),
        "Binhai port",
    ),
    OutlineLine(
        PORT, "响水港区",
        ((119.826, 34.455), (119.862, 34.452), (119.905, 34.432), (119.896, 34.412), (119.836, 34.424)),
        "Xiangshui port",
    ),
    OutlineLine(
        ROAD, "", ((119.600, 34.205), (119.760, 34.236), (119.930, 34.190), (120.060, 34.096), (120.190, 34.010), (120.300, 33.930)),
    ),
    OutlineLine(ROAD, "", ((119.760, 34.236), (119.812, 34.330), (119.858, 34.412))),
    OutlineLine(ROAD, "", ((120.060, 34.096), (120.128, 34.178), (120.186, 34.246), (120.232, 34.296))),
    OutlineLine(RAILWAY, "", ((119.990, 33.960), (120.072, 34.086), (120.152, 34.190), (120.222, 34.272), (120.250, 34.298))),
    OutlineLine(CHANNEL, "", ((120.296, 34.312), (120.372, 34.356), (120.470, 34.420))),
)  # fmt: skip
