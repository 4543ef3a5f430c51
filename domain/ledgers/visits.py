"""企业走访: leaders' visits to firms, what each found, and what became of it.

facts.md row 17: leaders' visits to firms and what each visit found; 8 in 2024. Issue 7 point 7: tied to projects and issues.
"""

from __future__ import annotations

import pandas as pd

from domain.fields import DATE, NUMBER, TEXT, WORD
from domain.ledgers.declaration import NOTE, SOURCE, Choice, Digest, DigestColumn, Figure, Ledger, LedgerField
from domain.ledgers.summing import count_of
from domain.periods import Period
from domain.publications import VISIT_FACTS

NOTHING_FOUND, GOING, SOLVED = "none_found", "going", "solved"
VISIT_STATES = (
    Choice(NOTHING_FOUND, "无问题", "nothing found", ("没有问题", "无")),
    Choice(GOING, "办理中", "going on", ("推进中", "正在办理", "未解决")),
    Choice(SOLVED, "已解决", "solved", ("办结", "已办结", "解决")),
)


def visit_figures(frame: pd.DataFrame, period: Period) -> list[Figure]:
    """Visits and firms, and what became of what was found; a visit of which nobody says is counted in neither."""
    del period
    states, every = frame["visit_state"], tuple(frame.index)

    def of_states(name: str, english: str, field: str, *codes: str) -> Figure:
        rows = tuple(frame.index[states.isin(codes)])
        return Figure(name, english, len(rows) if states.notna().any() else None, NUMBER, rows=rows, of=(field,))

    tied = tuple(frame.index[frame["project_id"].notna()])
    return [
        Figure("走访", "visits", count_of(frame), NUMBER, rows=every),
        Figure("走访企业", "firms visited", frame["visit_firm"].nunique() or None, NUMBER, rows=every, of=("visit_firm",)),
        of_states("发现问题", "with something found", "visit_found", GOING, SOLVED),
        of_states("其中已解决", "of these solved", "visit_state", SOLVED),
        of_states("办理中", "going on", "visit_state", GOING),
        Figure("关联在库项目", "tied to a project", None if frame.empty else len(tied), NUMBER, rows=tied, of=("visit_project",)),
    ]


def newest_visits(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The visits, the newest first, each with stage and blockers of its project.

    ``blockers``: the open issues of the register; where it has none what the month's return names.
    """
    del period
    blockers = frame["project_open_issues"].fillna(frame["project_issue"])
    return frame.assign(blockers=blockers).sort_values("visit_date", ascending=False, kind="stable", ignore_index=True)


VISIT_DIGESTS = (
    Digest("visits", "走访情况", "visits", "“项目现有问题”先取问题台账未办结的，没有的取本期月报",
           "what blocks the project: open issues of the register, else the month's return", (
               DigestColumn("visit_date", DATE, "日期", "day"),
               DigestColumn("visit_firm", TEXT, "企业", "firm", width="13%"),
               DigestColumn("visit_leader", TEXT, "走访领导", "leader", width="10%"),
               DigestColumn("visit_found", TEXT, "走访发现", "what was found", width="25%"),
               DigestColumn("visit_state", WORD, "办理", "outcome", choices=VISIT_STATES),
               DigestColumn("visit_project", TEXT, "关联项目", "project", is_project=True),
               DigestColumn("project_stage", WORD, "项目阶段", "stage"),
               DigestColumn("blockers", TEXT, "项目现有问题", "what blocks the project", width="17%"),
           ), newest_visits),
)  # fmt: skip

VISITS = Ledger(
    code="visits",
    name="企业走访台账",
    english="site visits",
    short_name="走访",
    definition="领导走访企业的时间、发现的问题和办理情况，一次走访一行；涉及项目的写登记名称，与项目库和问题对照。",
    definition_en="Leaders' visits to firms, what each found and what became of it, a row a visit, with the registered project.",
    is_zone_wide=True,
    fields=(
        LedgerField("visit_firm", TEXT, "走访企业", "firm visited", "走访的企业。", "The firm.", is_key=True,
                    others=("被走访企业", "走访企业名称")),
        LedgerField("visit_date", DATE, "走访日期", "day of the visit", "走访的日期。", "Day of the visit.", is_key=True,
                    others=("走访时间",)),
        LedgerField("visit_leader", TEXT, "走访领导", "leader", "带队走访的领导。", "Who led the visit.", others=("带队领导",)),
        LedgerField("district", WORD, "片区", "district", "企业所在片区。", "District of the firm."),
        LedgerField("visit_found", TEXT, "走访发现", "found", "走访了解到的问题和诉求；没有的写“无”。", "What the visit found.",
                    is_required=True, others=("发现问题", "问题诉求", "企业诉求")),
        LedgerField("visit_state", WORD, "办理情况", "outcome", "发现的问题现在办得怎样。", "What became of what was found.",
                    choices=VISIT_STATES, others=("办理状态",)),
        LedgerField("visit_project", TEXT, "关联项目", "project", "问题涉及的登记项目；没有的留空。",
                    "Registered project concerned; empty for none.", is_project=True, others=("涉及项目",)),
        SOURCE,
        NOTE,
    ),
    listed=("visit_date", "visit_firm", "visit_leader", "visit_found", "visit_state"),
    summary=visit_figures,
    digests=VISIT_DIGESTS,
    public_facts=VISIT_FACTS,
)  # fmt: skip
