"""Views of the sample year, and its projects by their names."""

from __future__ import annotations

from domain.bodies import ZONE
from domain.periods import Period
from domain.scope import OFFICE, Record
from ui.view import View


def view_of(month: int = 12, body: str = ZONE.code, year: int = 2024) -> View:
    return View(OFFICE, Record(Period(year, month)), body)


def id_of(view: View, name: str) -> str:
    """The id of the project with this name."""
    return view.states.loc[view.states["project_name"] == name, "project_id"].iloc[0]
