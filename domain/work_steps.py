"""The chain of an infrastructure work, from study to hand-over, and how far a step may have come; declared once."""

from __future__ import annotations

from dataclasses import dataclass

OPEN, GOING, DONE, NOT_NEEDED = STEP_STATES = ("open", "going", "done", "not_needed")
# How far each is: what a later account says may be further, not less. A step that is not needed is none of these.
REACHED = {OPEN: 0, GOING: 1, DONE: 2}
PREPARING, BUILDING, ACCEPTING = PHASES = ("preparing", "building", "accepting")


@dataclass(frozen=True, slots=True)
class WorkStep:
    """One step of the chain: its names, what counts as it, further headings of a form, and its phase."""

    code: str
    name: str
    english: str
    definition: str
    definition_en: str
    phase: str
    words: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The field of the ledger of works that says how far the step is."""
        return f"work_{self.code}"


# The report's own chain: 工可→海域论证→环评→用海审批→初步设计→施工图; 清障→工程量→预验收→竣工验收 (domain.md 3.4), with the
# acceptances of the railway branch apart (facts.md). A plan stands for the feasibility study where a work has no other.
WORK_STEPS = (
    WorkStep("feasibility", "工可（方案）研究", "feasibility", "工程可行性研究；不做工可的工程为方案研究。",
             "Feasibility study, or the plan of a work that has none.", PREPARING, ("工可", "工程可行性研究", "方案研究")),
    WorkStep("sea_study", "海域使用论证", "sea-use study", "海域使用论证。", "Sea-use study.", PREPARING, ("海域论证",)),
    WorkStep("environment", "环境影响评价", "environmental review", "环境影响评价及其批复。",
             "Environmental review and its approval.", PREPARING, ("环评",)),
    WorkStep("preliminary_design", "初步设计", "preliminary design", "初步设计及其批复。",
             "Preliminary design and its approval.", PREPARING, ("初设",)),
    WorkStep("construction_design", "施工图设计", "construction design", "施工图设计及其审查。",
             "Construction drawings and their review.", PREPARING, ("施工图",)),
    WorkStep("approvals", "前期审批", "approvals", "上述以外的审批，含用海、岸线、稳评和变更。",
             "Other approvals: sea, shoreline, stability, changes.", PREPARING, ("审批手续", "前期手续")),
    WorkStep("land", "用地落实", "land", "用地指标和供地落实。", "Land quota granted, land supplied.", PREPARING, ("土地", "用地")),
    WorkStep("clearing", "清障拆迁", "clearing", "拆迁、清障、苗木迁移。", "Demolition and clearing.", PREPARING, ("清障", "拆迁")),
    WorkStep("building", "施工", "building", "现场施工；完成指工程完工。", "On site; done when built.", BUILDING, ("建设",)),
    WorkStep("pre_acceptance", "预验收", "pre-acceptance", "预验收（初验）。", "Pre-acceptance.", ACCEPTING, ("初验",)),
    WorkStep("professional_acceptance", "专业验收", "professional acceptance", "专业（专项）验收。",
             "Acceptance by profession.", ACCEPTING, ("专项验收",)),
    WorkStep("local_acceptance", "地方（竣工）验收", "local acceptance", "地方验收；不分阶段的工程为竣工验收。",
             "Local acceptance; final acceptance of a work with no other.", ACCEPTING, ("地方验收", "竣工验收")),
    WorkStep("handed_over", "移交", "handed over", "移交使用单位。", "Handed over for use.", ACCEPTING, ("交付",)),
)  # fmt: skip
WORK_STEP = {step.code: step for step in WORK_STEPS}
ORDER = {step.code: number for number, step in enumerate(WORK_STEPS)}
