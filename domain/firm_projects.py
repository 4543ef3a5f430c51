"""Projects in production or at capacity, or named by a list, tied to the firm above scale that came from each."""

from __future__ import annotations

import pandas as pd

from domain.identity import normalise_name
from domain.submissions import PROJECTS

PRODUCING = ("in_production", "at_capacity")
BY_PROJECT, BY_OWNER, SEVERAL, NONE = TIES = ("by_project", "by_owner", "several", "none")


def tie_projects(states: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Every industrial project that is in production or at capacity, or that a firm's list names, with its firm.

    Columns: project_id, project_name, body, stage, owner_name, tie (of ``TIES``), firm (key of ``firm_lines``; missing
    where not tied).
    A firm is the project's when its list, of the same sub-district, names the project, else when its name is that of the
    project's owner; equal after normalising, nothing near is taken, and of several none.
    """
    own = states[states["kind"] == PROJECTS]
    is_named = _firms_at(lines, "firm_project", own["body"], own["project_name"]).map(len) > 0
    own = own.loc[
        own["stage"].isin(PRODUCING) | is_named, ["project_id", "project_name", "body", "stage", "owner_name"]
    ].reset_index(drop=True)
    by_project = _firms_at(lines, "firm_project", own["body"], own["project_name"])
    by_owner = _firms_at(lines, "firm_name", own["body"], own["owner_name"])
    counts = by_project.map(len).where(by_project.map(len) > 0, by_owner.map(len))
    found = by_project.where(by_project.map(len) > 0, by_owner)
    tie = pd.Series(BY_OWNER, own.index, dtype=object)
    tie[by_project.map(len) > 0] = BY_PROJECT
    tie[counts > 1] = SEVERAL
    tie[counts == 0] = NONE
    firm = found.map(lambda firms: firms[0] if len(firms) == 1 else None).astype(object)
    return own.assign(tie=tie, firm=firm)


def _firms_at(lines: pd.DataFrame, column: str, bodies: pd.Series, names: pd.Series) -> pd.Series:
    """For each body and name the firms that have it in a column; an empty tuple for none."""
    told = lines[lines[column].notna()]
    keys = zip(told["body"], told[column].map(normalise_name), told["firm"], strict=True)
    by_name: dict[tuple[str, str], tuple[str, ...]] = {}
    for body, name, firm in keys:
        by_name[body, name] = (*by_name.get((body, name), ()), firm)
    pairs = zip(bodies, names, strict=True)
    found = [() if pd.isna(name) else by_name.get((body, normalise_name(name)), ()) for body, name in pairs]
    return pd.Series(found, index=names.index, dtype=object)


def unknown_projects(states: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """The firms whose list names a project that the body's registry does not have under that name, in any stage."""
    registry = {(body, normalise_name(name)) for body, name in zip(states["body"], states["project_name"], strict=True)}
    told = lines[lines["firm_project"].notna()]
    names = zip(told["body"], told["firm_project"].map(normalise_name), strict=True)
    return told[pd.Series([pair not in registry for pair in names], index=told.index, dtype=bool)]
