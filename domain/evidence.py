"""Reported and verified (上报、认定): what was shown for a start or a completion, and which of those reported it verifies.

A return is a claim: auditors found starts and completions over-reported and earlier years' booked as this year's
(domain.md 4, S71 to S73). So each count of the assessment is shown twice, as reported and as verified (domain.md 2.4,
5 no. 8); what lies between the two is what to check next. Targets stay with the reported figure.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import date

import pandas as pd

from domain.bodies import ZONE
from domain.indicators import MILESTONES, Indicator, has_come, is_done_in_year
from domain.periods import Period

# 施工许可证号 or 竣工备案号, 现场核实, 纳统编码, 照片: any one of them is enough, on a day that is known.
PERMIT_NUMBER, SITE_VISIT, STATISTICS_CODE, PHOTO = KINDS = ("permit_number", "site_visit", "statistics_code", "photo")
# What was seen cannot be older than what it shows; a permit or a code may be given before the start.
SEEN_KINDS = frozenset({SITE_VISIT, PHOTO})
# From the best to the one that asks most for action.
VERIFIED, UNVERIFIED, CONTRADICTED = VERIFICATIONS = ("verified", "unverified", "contradicted")
LONGEST_VALUE, LONGEST_NOTE = 100, 300


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing shown for a milestone (start or completion) of a project.

    ``on_date`` is the day on which it was given or seen, ``value`` the number, the code or what was seen.
    ``verified_date`` is the date recognised for the milestone (认定日期), which may differ from the one reported.
    ``file_sha256`` and ``file_name`` are of the photo or scan, empty without one.
    """

    project_id: str
    body: str
    milestone: str
    kind: str
    on_date: date
    verified_date: date
    value: str = ""
    note: str = ""
    file_sha256: str = ""
    file_name: str = ""


def evidence_key(evidence: Evidence) -> str:
    """What makes two records the same evidence: the number or code, the visit with its day, the picture's very bytes."""
    said = {SITE_VISIT: f"{evidence.on_date} {_plain(evidence.value)}", PHOTO: evidence.file_sha256}
    return "\n".join(
        (evidence.project_id, evidence.milestone, evidence.kind, said.get(evidence.kind, _plain(evidence.value)))
    )


def evidence_id_of(evidence: Evidence, recorded_before: int) -> str:
    """The id of an evidence of whose key so many were recorded, and withdrawn, before."""
    return "e" + hashlib.sha256(f"{evidence_key(evidence)}\n{recorded_before}".encode()).hexdigest()[:12]


def _plain(value: str) -> str:
    """A number or text without spaces, full-width forms and the case of letters."""
    return "".join(unicodedata.normalize("NFKC", value).upper().split())


def fault_of_evidence(evidence: Evidence, today: date) -> str | None:
    """Why an evidence cannot be recorded whatever is on record, as a code; None when it can."""
    faults = (
        ("unknown_code", evidence.milestone not in MILESTONES or evidence.kind not in KINDS),
        ("no_value", evidence.kind != PHOTO and not evidence.value.strip()),
        ("no_file", evidence.kind == PHOTO and not evidence.file_sha256),
        ("too_long", len(evidence.value) > LONGEST_VALUE or len(evidence.note) > LONGEST_NOTE),
        ("in_future", max(evidence.on_date, evidence.verified_date) > today),
        ("seen_before", evidence.kind in SEEN_KINDS and evidence.on_date < evidence.verified_date),
    )
    return next((code for code, is_wrong in faults if is_wrong), None)


def recognised_dates(evidence: pd.DataFrame, milestone: str) -> pd.Series:
    """project_id -> the date recognised for a milestone: that of the evidence recorded last and not withdrawn.

    ``evidence`` in the order recorded, with project_id, milestone, verified_date and is_withdrawn.
    """
    standing = evidence[(evidence["milestone"] == milestone) & ~evidence["is_withdrawn"].astype(bool)]
    return pd.to_datetime(standing.groupby("project_id")["verified_date"].last())


def verifications(states: pd.DataFrame, evidence: pd.DataFrame, milestone: str, period: Period) -> pd.Series:
    """A code of ``VERIFICATIONS`` for each project; None where the milestone is not reported by the period's end.

    Verified: evidence not withdrawn recognises a date of the same calendar year as the date reported and not after the
    period's end. Contradicted: it recognises another year (earlier years' booked as this year's, S71 to S73) or a day
    still to come. Whether it was seen before or after the cut-off date does not matter: September's visit verifies what
    August's return says.
    """
    reported = states[f"{milestone}_date"]
    recognised = recognised_dates(evidence, milestone).reindex(states["project_id"]).set_axis(states.index)
    agrees = (recognised.dt.year == reported.dt.year) & (recognised <= pd.Timestamp(period.last_day))
    codes = pd.Series(UNVERIFIED, states.index, dtype=object)
    codes = codes.mask(recognised.notna(), CONTRADICTED).mask(agrees, VERIFIED)
    return codes.where(has_come(states, f"{milestone}_date", period), None)


def year_verifications(
    states: pd.DataFrame, evidence: pd.DataFrame, period: Period, milestones: tuple[str, ...] = MILESTONES
) -> pd.DataFrame:
    """The milestones of the period's year alone: a column each with its code, and ``verification``, the worst of them.

    Rows as ``states``; None where a milestone was not reported of this year.
    """
    found = pd.DataFrame(index=states.index)
    for milestone in milestones:
        codes = verifications(states, evidence, milestone, period)
        found[milestone] = codes.where(is_done_in_year(states, f"{milestone}_date", period), None)
    worst = pd.Series(UNVERIFIED, states.index, dtype=object)
    for code in VERIFICATIONS:
        worst = worst.mask((found == code).any(axis=1), code)
    return found.assign(verification=worst.where(found.notna().any(axis=1), None))


def shared_numbers(evidence: pd.DataFrame) -> dict[str, list[str]]:
    """evidence_id -> the other projects for which the same number or code stands, for the same milestone.

    One permit for two starts is what counting twice looks like (S71); two phases under one permit may be right, so it is
    shown and not refused.
    """
    numbers = evidence[~evidence["is_withdrawn"].astype(bool) & evidence["kind"].isin((PERMIT_NUMBER, STATISTICS_CODE))]
    numbers = numbers[["evidence_id", "project_id", "milestone", "kind"]].assign(said=numbers["value"].map(_plain))
    pairs = numbers.merge(numbers, on=["milestone", "kind", "said"], suffixes=("", "_other"))
    pairs = pairs[pairs["project_id"] != pairs["project_id_other"]]
    return {name: sorted(set(found)) for name, found in pairs.groupby("evidence_id")["project_id_other"]}


def verified_code(indicator: Indicator) -> str:
    """The code of an indicator's verified number: started_count has started_verified_count."""
    return indicator.code.replace("_count", "_verified_count")


def verified_count(
    indicator: Indicator, states: pd.DataFrame, evidence: pd.DataFrame, period: Period, body: str = ZONE.code
) -> int | None:
    """How many of those that an indicator counts are verified; None for an indicator of no start or completion."""
    if indicator.milestone is None:
        return None
    members = indicator.members(states, period, body)
    return int((verifications(members, evidence, indicator.milestone, period) == VERIFIED).sum())
