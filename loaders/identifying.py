"""Which project a row is: by its code, its name, or a confirmed other spelling of it."""

from __future__ import annotations

from domain.identity import project_id_of
from domain.submissions import Known, RowReading


def identify(row: RowReading, body: str, known: Known) -> None:
    """Give a row its project. A confirmed other spelling goes on under the name on record."""
    name = row.values["project_name"] or ""
    project_id = known.find(body, name, row.values.get("project_code"))
    row.project_id = project_id or project_id_of(body, name)
    if project_id in known.projects:
        row.values["project_name"] = known.projects[project_id].name
