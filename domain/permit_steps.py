"""The approval steps (手续) of a project, declared once: industrial projects and infrastructure pass different chains."""

from __future__ import annotations

from dataclasses import dataclass

from domain.listed import INFRASTRUCTURE, PROJECTS
from domain.reasons import CITY, COUNTY, FIRM, NEW_AREA, PROVINCE

INDUSTRY, BOTH, WORKS = (PROJECTS,), (PROJECTS, INFRASTRUCTURE), (INFRASTRUCTURE,)
# What a ledger says of a step. A blank cell says nothing: there is no reading of it then.
GRANTED, APPLIED, NOT_APPLIED, NOT_NEEDED = PERMIT_STATES = ("granted", "applied", "not_applied", "not_needed")


@dataclass(frozen=True, slots=True)
class PermitStep:
    """One approval step: who has to have it (kinds of project), the level that grants it by default, and its reason code.

    ``level`` and ``reason`` are those of ``domain.reasons``: what a late step becomes as an issue.
    """

    code: str
    name: str
    english: str
    kinds: tuple[str, ...]
    level: str
    reason: str


# 手续办理情况 of a county's form of 2022 (domain.md 3.1 T9, S3) and the ledger of preparatory work (T8, S1) for industry;
# the chain of the 2024 report for infrastructure: 工可→海域论证→环评→用海审批→初步设计→施工图 (domain.md 3.4).
PERMIT_STEPS = (
    PermitStep("filing", "立项备案", "filing", BOTH, COUNTY, "permits"),
    PermitStep("feasibility", "工可批复", "feasibility study", WORKS, CITY, "permits"),
    PermitStep("sea_study", "海域使用论证", "sea-use study", WORKS, PROVINCE, "sea_forest"),
    PermitStep("environment", "环评批复", "environmental approval", BOTH, CITY, "environment"),
    PermitStep("energy", "节能审查", "energy review", BOTH, CITY, "environment"),
    PermitStep("safety", "安全评价", "safety review", INDUSTRY, CITY, "environment"),
    PermitStep("stability", "社会稳定风险评估", "stability review", BOTH, COUNTY, "environment"),
    PermitStep("sea_use", "用海审批", "sea-use approval", WORKS, PROVINCE, "sea_forest"),
    PermitStep("land_approval", "土地批文", "land approval", BOTH, PROVINCE, "land"),
    PermitStep("land_contract", "土地出让合同（不动产权证）", "land contract or title", BOTH, COUNTY, "land"),
    PermitStep("land_planning", "用地规划许可证", "land-use planning permit", BOTH, COUNTY, "permits"),
    PermitStep("preliminary_design", "初步设计批复", "preliminary design", WORKS, CITY, "permits"),
    PermitStep("scheme_review", "规划设计方案审查", "design scheme review", INDUSTRY, NEW_AREA, "permits"),
    PermitStep("works_planning", "工程规划许可证", "works planning permit", BOTH, COUNTY, "permits"),
    PermitStep("water_soil", "水土保持方案", "water and soil plan", BOTH, COUNTY, "permits"),
    PermitStep("drawings", "施工图审查", "drawings review", BOTH, COUNTY, "permits"),
    PermitStep("tender", "招投标", "tender", BOTH, FIRM, "procurement"),
    PermitStep("construction_permit", "施工许可证", "construction permit", BOTH, COUNTY, "permits"),
)
PERMIT_STEP = {step.code: step for step in PERMIT_STEPS}
# Of these alone the kind of a project can be told.
STEPS_OF_WORKS = tuple(step.code for step in PERMIT_STEPS if step.kinds == WORKS)


def steps_of(kind: str) -> tuple[PermitStep, ...]:
    """The chain of a kind of project, in the order in which the steps are usually taken."""
    return tuple(step for step in PERMIT_STEPS if kind in step.kinds)
