"""What published reports say of named projects, beside what the returns say of them now: neither is made to fit the other.

facts.md, Projects named: the report of 2024-12-26 names projects and firms with a word or two each. A return may say
something else of the same project; both stand, with where each is from.
"""

from __future__ import annotations

import pandas as pd

from domain.fields import DATE, NUMBER, TEXT, WORD
from domain.ledgers.declaration import NOTE, SOURCE, Digest, DigestColumn, Figure, Ledger, LedgerField
from domain.ledgers.summing import count_of
from domain.periods import Period
from domain.publications import PROJECT_FACTS


def published_figures(frame: pd.DataFrame, period: Period) -> list[Figure]:
    """What is said, of how many names, and how many of these the registry has."""
    del period
    every, known = tuple(frame.index), frame.loc[frame["project_id"].notna(), "published_name"]
    return [
        Figure("公开说法", "things said", count_of(frame), NUMBER, rows=every),
        Figure("点名项目和企业", "projects and firms named", frame["published_name"].nunique() or None, NUMBER, rows=every),
        Figure("其中在库", "of these registered", None if frame.empty else known.nunique(), NUMBER, rows=tuple(known.index)),
    ]


def as_published(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """What is said, in the order of the list, with the stage that the registry knows."""
    del period
    return frame.reset_index(drop=True)


PUBLISHED = Ledger(
    code="published",
    name="项目公开情况台账",
    english="published of projects",
    short_name="公开",
    definition="公开报告点名的项目、企业及所述情况，一条说法一行；与项目库现状并列，两者不一致的照列，不作取舍。",
    definition_en="Projects and firms that published reports name and what is said of each, a row each, beside the registry's state.",
    is_zone_wide=True,
    fields=(
        LedgerField("published_name", TEXT, "报告所称", "as named", "公开报告里的名称，照写。", "The name as the report has it.",
                    is_key=True, others=("报告所称名称",)),
        LedgerField("published_said", TEXT, "公开表述", "what is published", "公开报告所述的情况，按原意写。",
                    "What the report says, in its sense.", is_key=True, is_required=True, others=("公开报告表述",)),
        LedgerField("published_project", TEXT, "项目库名称", "registered name", "同一项目在项目库中的名称；不在库的留空。",
                    "The project's name in the registry; empty where it is not in it.", is_project=True),
        LedgerField("published_date", DATE, "公开日期", "published on", "公开的日期。", "Day of publication."),
        SOURCE,
        NOTE,
    ),
    listed=("published_name", "published_said", "published_project", "published_date"),
    summary=published_figures,
    digests=(
        Digest("published", "公开情况", "what is published", "项目阶段取自本期项目库；与公开表述不一致的照列",
               "the stage is the registry's of this period; where it differs both stand", (
                   DigestColumn("published_name", TEXT, "报告所称", "as named", width="16%"),
                   DigestColumn("published_said", TEXT, "公开表述", "what is published", width="26%"),
                   DigestColumn("published_project", TEXT, "项目库名称", "registered name", is_project=True),
                   DigestColumn("project_stage", WORD, "项目阶段", "stage"),
                   DigestColumn("published_date", DATE, "公开日期", "published on"),
               ), as_published),
    ),
    public_facts=PROJECT_FACTS,
)  # fmt: skip
