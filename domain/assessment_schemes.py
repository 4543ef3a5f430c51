"""Schemes of the supervision assessment (督查考核) as data: lines, each an indicator, a formula, points and their source.

A scheme is a code with numbered versions, as rule sets are. No scheme of the New Area is published (domain.md 6): what the
system brings along is an illustration, and says so wherever it is shown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from domain.bodies import DISTRICTS
from domain.indicators import INDICATORS

# Share of the target reached; share of the projects' own plans; ranking by the share of the target; points for each
# unit; points for each unit beyond the target; points by size and type of each project.
SHARE, PLAN, RANK, UNITS, BEYOND, SIZED = FORMULAS = ("share", "plan", "rank", "units", "beyond", "sized")
WITH_TARGET = (SHARE, RANK, BEYOND)
WEIGHTED = (SHARE, PLAN, RANK)
DISTRICT, FIRM = ASSESSED_KINDS = ("district", "firm")
FULL_POINTS, MOST_POINTS, MOST_CAP = 100.0, 200.0, 2.0
EDITABLE = ("points", "per_unit", "cap", "least", "most")


@dataclass(frozen=True, slots=True)
class Assessed:
    """Who is assessed: a district, or a state firm, known by these words in a work's owner or responsible body."""

    code: str
    name: str
    english: str
    kind: str = DISTRICT
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SchemeLine:
    """One line of a scheme.

    ``points`` is the full weight of a line by share, plan or rank, ``cap`` the share up to which it is counted (1.0: no
    more than the weight). ``per_unit`` is what a unit of the figure (a project, 100 million yuan, a point by size) gives,
    negative for a penalty; ``least`` and ``most`` are the floor and cap of such a line. ``sizes``: (total investment in
    万元 from which on, points); ``types``: (kind or category, points). ``source`` names whose text it follows.
    """

    code: str
    name: str
    english: str
    indicator: str
    formula: str
    source: str
    source_en: str
    points: float = 0.0
    cap: float = 1.0
    per_unit: float = 0.0
    least: float = 0.0
    most: float = 0.0
    sizes: tuple[tuple[float, float], ...] = ()
    types: tuple[tuple[str, float], ...] = ()
    assessed: str = DISTRICT

    @property
    def full(self) -> float:
        """The most that the line can give."""
        return self.points * self.cap if self.formula in WEIGHTED else self.most

    @property
    def is_penalty(self) -> bool:
        """Whether it only takes points away; excused projects are left out of such a line."""
        return self.formula not in WEIGHTED and self.per_unit < 0


@dataclass(frozen=True, slots=True)
class Scheme:
    """One version of a scheme; ``least`` and ``most`` bound a total."""

    code: str
    version: int
    name: str
    english: str
    source: str
    source_en: str
    lines: tuple[SchemeLine, ...]
    firms: tuple[Assessed, ...] = ()
    least: float = 0.0
    most: float = 120.0
    is_sample: bool = True

    @property
    def key(self) -> str:
        """Code and version: ``sample@1``."""
        return f"{self.code}@{self.version}"

    @property
    def assessed(self) -> tuple[Assessed, ...]:
        """Everybody who is assessed, the districts first."""
        districts = (Assessed(body.code, body.name, body.english) for body in DISTRICTS)
        return (*districts, *self.firms)

    def lines_of(self, kind: str) -> tuple[SchemeLine, ...]:
        """The lines by which a kind of assessed is scored."""
        return tuple(line for line in self.lines if line.assessed == kind)


def settings_of_scheme(scheme: Scheme) -> dict[str, Any]:
    """What an office may change, as plain values, to be stored and read again by ``own_scheme``."""
    lines = {line.code: {name: asdict(line)[name] for name in EDITABLE} for line in scheme.lines}
    return {"least": scheme.least, "most": scheme.most, "lines": lines}


def own_scheme(base: Scheme, version: int, settings: Mapping[str, Any], reason: str) -> Scheme:
    """A version that the office made of a scheme; what is not among the settings stays, unknown lines are left out."""
    own = settings.get("lines", {})
    lines = tuple(
        replace(line, **{name: float(own[line.code][name]) for name in EDITABLE if name in own.get(line.code, {})})
        for line in base.lines
    )
    bounds = {name: float(settings[name]) for name in ("least", "most") if name in settings}
    return replace(base, version=version, lines=lines, source=reason, source_en=reason, **bounds)


def fault_of_scheme(scheme: Scheme) -> str | None:
    """Why a scheme cannot be used, by the code of its sentence; None when it can."""
    numbers = [getattr(line, name) for line in scheme.lines for name in EDITABLE] + [scheme.least, scheme.most]
    if any(not math.isfinite(value) or abs(value) > MOST_POINTS for value in numbers):
        return "points_out_of_range"
    if any(line.points < 0 or not 0 < line.cap <= MOST_CAP for line in scheme.lines):
        return "points_out_of_range"
    if scheme.least >= scheme.most or any(line.least > line.most for line in scheme.lines):
        return "bounds_reversed"
    if any(line.indicator not in INDICATORS or line.formula not in FORMULAS for line in scheme.lines):
        return "unknown_line"
    weights = sum(line.points for line in scheme.lines_of(DISTRICT) if line.formula in WEIGHTED)
    return None if math.isclose(weights, FULL_POINTS) else "not_hundred"
