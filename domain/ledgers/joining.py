"""What the registry knows of the projects that a ledger's rows name, beside the rows."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from domain.identity import normalise_name
from domain.issues import IssueLife
from domain.ledgers.declaration import Ledger
from domain.reasons import has_issue

# Column beside a ledger's rows -> column of the states.
JOINED = {
    "project_stage": "stage",
    "project_start_date": "start_date",
    "project_start_date_precision": "start_date_precision",
    "project_issue": "issue_text",
}
PROJECT_COLUMNS = ("project_id", *JOINED, "project_open_issues")


def registered_ids(names: pd.Series, states: pd.DataFrame) -> pd.Series:
    """The project of each name: equal after normalising, and of one project alone; None for none. Nothing near is taken."""
    projects = pd.Series(list(states["project_id"]), index=states["project_name"].map(normalise_name), dtype=object)
    keys = names.map(normalise_name, na_action="ignore")
    found = keys.map(projects[~projects.index.duplicated(keep=False)]).astype(object)
    return found.where(found.notna(), None)


def join_projects(ledger: Ledger, rows: pd.DataFrame, states: pd.DataFrame, lives: Iterable[IssueLife] = ()) -> pd.DataFrame:
    """The rows with ``PROJECT_COLUMNS`` beside them, where the ledger has a field that names a project; else as they are.

    ``states`` are those of the registry as of the record, ``lives`` the issues of the register. project_id is missing where
    no project is named or the registry has none of that name; project_issue is what the month's return says, without 无;
    project_open_issues the words of the open issues of the register, one behind the other.
    """
    field = ledger.project_field
    if field is None:
        return rows
    ids = registered_ids(rows[field.name], states)
    own = states.drop_duplicates("project_id").set_index("project_id")[list(JOINED.values())]
    own = own.reindex(ids.where(ids.notna())).set_axis(rows.index)
    found = own.set_axis(list(JOINED), axis=1)
    said = found["project_issue"].astype(object)
    found["project_issue"] = said.where(has_issue(said), None)
    return rows.assign(project_id=ids, **found, project_open_issues=ids.map(_open_issues(lives)).astype(object))


def _open_issues(lives: Iterable[IssueLife]) -> dict[str, str]:
    """Project -> the words of its open issues."""
    found: dict[str, list[str]] = {}
    for life in lives:
        if life.is_open:
            found.setdefault(life.issue.project_id, []).append(life.issue.text)
    return {project_id: "；".join(texts) for project_id, texts in found.items()}
