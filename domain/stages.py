"""Stages of a project, in the order in which a project passes them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stage:
    """One step (项目阶段). ``rank`` orders the chain; the side states suspended and cancelled have none (-1)."""

    code: str
    rank: int
    name: str
    english: str


STAGES = {
    stage.code: stage
    for stage in (
        Stage("planned", 0, "谋划", "planned"),
        Stage("negotiating", 1, "在谈", "negotiating"),
        Stage("signed", 2, "签约", "signed"),
        Stage("registered", 3, "落户", "registered"),
        Stage("preparing", 4, "前期", "preparing"),
        Stage("started", 5, "开工", "started"),
        Stage("building", 6, "在建", "building"),
        Stage("equipping", 7, "设备安装", "equipping"),
        Stage("trial", 8, "试生产", "trial run"),
        Stage("completed", 9, "竣工", "completed"),
        Stage("in_production", 10, "投产", "in production"),
        Stage("at_capacity", 11, "达产", "at capacity"),
        Stage("suspended", -1, "停缓建", "suspended"),
        Stage("cancelled", -1, "终止", "cancelled"),
    )
}
SIGNED_STAGES = ("signed", "registered", "preparing")
CONSTRUCTION_STAGES = ("started", "building", "equipping", "trial")
COMPLETED_STAGES = ("completed", "in_production", "at_capacity")
# A project in one of these leaves the list rightly: it owes nothing and is missed by nobody.
FINISHED_STAGES = (*COMPLETED_STAGES, "cancelled")


def stage_name(code: str | None, language: str = "zh") -> str:
    """Name of a stage for a screen; a dash where no stage was reported."""
    if not code or code not in STAGES:
        return "—"
    return STAGES[code].name if language == "zh" else STAGES[code].english


PHASES = (("planned", "negotiating"), SIGNED_STAGES, CONSTRUCTION_STAGES, COMPLETED_STAGES)


def has_moved_back(before: str | None, now: str | None) -> bool:
    """True when the chain of stages runs backwards: into an earlier phase, or by two steps and more within one.

    One step within a phase is a choice of words (在建 and 开工, 竣工 and 投产), not a step back; nor is leaving or
    entering a side state.
    """
    if before not in STAGES or now not in STAGES or STAGES[now].rank < 0:
        return False
    steps = STAGES[before].rank - STAGES[now].rank
    return _phase(now) < _phase(before) or (steps >= 2 and _phase(now) == _phase(before))


def _phase(code: str) -> int:
    return next((number for number, stages in enumerate(PHASES) if code in stages), -1)
