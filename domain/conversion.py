"""From signing to full capacity (转化): which of the five steps each project reached, when, and how many did.

签约, 开工, 竣工, 投产, 达产: the follow-up of signed projects (facts.md, work 7; domain.md 3.4: 达产 is counted locally).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from domain.bodies import DISTRICT_CODES, ZONE
from domain.indicators import has_come
from domain.periods import Period
from domain.stage_months import told_days
from domain.stages import CONSTRUCTION_STAGES, SIGNED_STAGES
from domain.submissions import PROJECTS

# The precision of a day that no return gives and that two returns tell (见于某月报表).
SEEN = "seen"
# Below this one project moves a rate by more than 10 points, the width of a grade: 样本不足.
LEAST_COHORT = 10


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the field of its date, and the stages that say it without one."""

    code: str
    column: str
    stages: tuple[str, ...]


STEPS = (
    Step("signed", "signed_date", SIGNED_STAGES),
    Step("started", "start_date", CONSTRUCTION_STAGES),
    Step("completed", "completion_date", ("completed",)),
    Step("in_production", "production_date", ("in_production",)),
    Step("at_capacity", "capacity_date", ("at_capacity",)),
)
CODES = tuple(step.code for step in STEPS)


def conversion(states: pd.DataFrame, seen: pd.DataFrame, period: Period) -> pd.DataFrame:
    """One row for each industrial project that was ever signed and each of the five steps, by project and step.

    ``seen`` is as ``storage.queries.stages_seen`` gives it. Columns: project_id, project_name, body, stage,
    signed_year (of the signing's day; NaN where it is not known), step (a code of ``STEPS``), number (0 to 4),
    is_reached, day, precision, seen_period (the first return that reported the step's own stage; missing for none),
    is_cancelled. The day is the date reported, up to the period's end; without one the month that two returns tell
    (``SEEN``, its first day); else NaT. A later step implies the earlier ones, without their days. A stage reported
    later never takes a step back: a word alone moves no stage backwards (domain.md 3.4).
    """
    projects = states[states["kind"] == PROJECTS].reset_index(drop=True)
    parts = [_of_step(projects, seen, number, period) for number in range(len(STEPS))]
    reached = np.column_stack([part["is_reached"] for part in parts])
    # From the last step back: what was reached later was reached before.
    implied = np.maximum.accumulate(reached[:, ::-1], axis=1)[:, ::-1]
    for number, part in enumerate(parts):
        part["is_reached"] = implied[:, number]
        part["signed_year"] = parts[0]["day"].dt.year.astype(float)
    is_signed = pd.Series(implied[:, 0], projects.index)
    steps = pd.concat([part[is_signed] for part in parts], ignore_index=True)
    return steps.sort_values(["project_id", "number"], ignore_index=True)


def _of_step(projects: pd.DataFrame, seen: pd.DataFrame, number: int, period: Period) -> pd.DataFrame:
    """What is known of one step of each project by its own date and stages."""
    step = STEPS[number]
    own = _first_seen(projects, seen, step.stages)
    later = _first_seen(projects, seen, [stage for each in STEPS[number + 1 :] for stage in each.stages])
    told = told_days(own, _first_seen(projects, seen, seen["stage"].unique()), later)
    typed = projects[step.column].where(has_come(projects, step.column, period))
    precision = projects[f"{step.column}_precision"].astype(object).where(typed.notna(), None)
    return projects[["project_id", "project_name", "body", "stage"]].assign(
        step=step.code,
        number=number,
        is_reached=typed.notna() | own.notna(),
        day=typed.fillna(told),
        precision=precision.mask(typed.isna() & told.notna(), SEEN),
        seen_period=own,
        is_cancelled=projects["stage"] == "cancelled",
    )


def _first_seen(projects: pd.DataFrame, seen: pd.DataFrame, stages: object) -> pd.Series:
    """The first period in which each project was reported in one of these stages; missing for none."""
    found = seen[seen["stage"].isin(stages)].groupby("project_id")["first_period"].min()
    return projects["project_id"].map(found).astype(object)


def funnel(steps: pd.DataFrame) -> pd.DataFrame:
    """How many of those signed in a year reached each step: one row a year of signing, body (zone too) and step.

    Columns: signed_year (NaN for signings whose day is not known), body, step, number, reached_count, cancelled_count
    (of those reached, cancelled since; they stay in the counts, since leaving them out would flatter the rates),
    of_previous and of_signed (rates, 0 to 1, of those that reached the step before and of those signed; NaN where these
    are fewer than ``LEAST_COHORT``).
    """
    zone = steps.assign(body=ZONE.code)
    rows = pd.concat([zone, *(steps[steps["body"] == code] for code in DISTRICT_CODES)])
    rows["is_lost"] = rows["is_reached"] & rows["is_cancelled"]
    keys = ["signed_year", "body", "number"]
    grouped = rows.groupby(keys, dropna=False)[["is_reached", "is_lost"]].sum().reset_index()
    found = grouped.rename(columns={"is_reached": "reached_count", "is_lost": "cancelled_count"})
    found = found.astype({"reached_count": int, "cancelled_count": int})
    cohorts = found.groupby(keys[:2], dropna=False)["reached_count"]
    found["step"] = [CODES[number] for number in found["number"]]
    found["of_previous"] = _rates(found["reached_count"], cohorts.shift())
    found["of_signed"] = _rates(found["reached_count"], cohorts.transform("first"))
    return found


def _rates(counts: pd.Series, wholes: pd.Series) -> pd.Series:
    return counts / wholes.where(wholes >= LEAST_COHORT)


def furthest_told(steps: pd.DataFrame) -> pd.Series:
    """District -> the number of the furthest step that any of its projects was reported in.

    What a district's returns have never reported of any project, they may leave out: missing is not zero.
    """
    return steps[steps["is_reached"]].groupby("body")["number"].max()


def last_steps(steps: pd.DataFrame) -> pd.DataFrame:
    """The last step that each project reached, one row a project, with the columns of ``conversion``."""
    return steps[steps["is_reached"]].drop_duplicates("project_id", keep="last")
