"""What people record for the map: one project's place, many at once from a pasted table, the outline."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from domain.bodies import body_name
from domain.outlines import OutlineLine, outline_text, read_outline
from domain.place_lists import (
    MatchedPlaces,
    degrees,
    match_places,
    named_projects,
    read_places,
)
from domain.places import REMOVED, SAMPLE, Place, PlaceEvent, placing
from domain.roles import OFFICE_ROLE, RECORD
from domain.submissions import INFRASTRUCTURE
from storage import queries
from storage.accepting import NotAcceptable
from storage.clock import office_time
from storage.places import FAULTS, record_places, set_outline
from ui import reads
from ui.deciding import recorded
from ui.fault_table import fault_table
from ui.formats import count
from ui.html import heading, note
from ui.locale import t
from ui.project_card import find_project
from ui.session import actor
from ui.view import View
from ui.zone_map import outline_of, places

LIST_HEADINGS = ("项目名称", "片区", "经度", "纬度", "终点经度", "终点纬度")


def draw_place_form(view: View, project_id: str) -> None:
    """The place of one project: typed, moved, taken off the map. Nothing for a project that is not on record."""
    project = find_project(view, project_id)
    if project is None:
        return
    place = places(view).get(project_id)
    st.html(heading(t("map.place"), place_words(view, project_id)))
    if not view.scope.may(RECORD):
        return
    key = f"{project_id}_{reads.database().version()}"
    with st.form(f"place_{key}", border=False):
        typed = _degrees_asked(place, key, has_end=project["kind"] == INFRASTRUCTURE)
        with st.container(horizontal=True):
            is_saved = st.form_submit_button(t("map.save" if place is None else "map.move"), type="primary")
            is_removed = place is not None and st.form_submit_button(t("map.remove"))
    if is_saved:
        recorded(lambda: _record([typed_event(project_id, str(project["body"]), typed, places(view))]))
    if is_removed:
        recorded(lambda: _record([PlaceEvent(project_id, str(project["body"]), REMOVED, None)]))


def place_words(view: View, project_id: str) -> str:
    """When the place was last set or removed, by whom, and whether it is only a sample."""
    events = queries.place_events(reads.database(), view.scope, view.record)
    last = next((event for event in reversed(events) if event.project_id == project_id), None)
    if last is None or last.recorded_at is None:
        return t("map.no_place")
    said = t(f"map.was_{last.kind}", day=last.recorded_at.date().isoformat(), name=_who(last.recorded_by))
    return said + (t("map.is_sample") if last.place is not None and last.place.source == SAMPLE else "")


def _who(actor: str) -> str:
    """Who recorded something; while no accounts are set up everybody is the office."""
    return t("map.office") if actor == OFFICE_ROLE else actor


def _degrees_asked(place: Place | None, key: str, *, has_end: bool) -> list[str]:
    """Two fields, for a work four: its end as well."""
    values = ["", "", "", ""]
    if place is not None:
        found = (place.longitude, place.latitude, place.end_longitude, place.end_latitude)
        values = [
            "" if value is None else f"{value:g}" if value == round(value, 3) else f"{value:.6f}" for value in found
        ]
    labels = ("longitude", "latitude", "end_longitude", "end_latitude")
    row = st.container(horizontal=True)
    return [
        row.text_input(t(f"map.{label}"), value, key=f"{label}_{key}") or ""
        for label, value in list(zip(labels, values, strict=True))[: 4 if has_end else 2]
    ]


def typed_event(project_id: str, body: str, typed: Sequence[str], known: dict[str, Place]) -> PlaceEvent:
    """The event of degrees typed. Raises NotAcceptable for what is no number of degrees, and where nothing changes."""
    texts = list(typed[:2]) + (list(typed[2:]) if any(text.strip() for text in typed[2:]) else [])
    values = [degrees(text) for text in texts]
    if None in values:
        raise NotAcceptable(*FAULTS["no_degrees"])
    event = placing(project_id, body, Place(*values), known)
    if event is None:
        raise NotAcceptable(*FAULTS["unmoved"])
    return event


def draw_entry(view: View) -> None:
    """Many places at once from a pasted table, told before they are recorded; and the outline, as text."""
    version = reads.database().version()
    st.html(heading(t("map.paste"), t("map.paste_remark")))
    text = st.text_area(
        t("map.paste"),
        height=190,
        key=f"places_{version}",
        placeholder=t("map.paste_hint"),
        label_visibility="collapsed",
    )
    if text:
        found = read_list(view, text)
        st.html(list_findings(found))
        label = t("map.record_all", count=count(len(found.events)))
        if st.button(label, type="primary", disabled=not found.events):
            recorded(lambda: _record(found.events))
    elif st.button(t("map.check"), type="primary"):
        st.html(note(t("map.paste_empty")))
    st.html(heading(t("map.outline"), t("map.outline_remark")))
    lines, _ = outline_of(view)
    with st.form(f"outline_{version}", border=False):
        drawn = st.text_area(t("map.outline"), outline_text(lines), height=250, label_visibility="collapsed") or ""
        is_saved = st.form_submit_button(t("map.save_outline"))
    if is_saved:
        _record_outline(drawn)


def read_list(view: View, text: str) -> MatchedPlaces:
    """What a pasted list comes to, its lines that cannot be taken in order."""
    listed, unread = read_places(text)
    states = reads.states(view.scope, view.record)
    found = match_places(listed, named_projects(states), places(view))
    faults = sorted([*unread, *found.faults], key=lambda fault: fault.line)
    return MatchedPlaces(found.events, found.unchanged, tuple(faults))


def list_findings(found: MatchedPlaces) -> str:
    """How many lines can be recorded, how many say nothing new, and each that cannot, with why."""
    said = t(
        "map.read", events=count(len(found.events)), unchanged=count(found.unchanged), faults=count(len(found.faults))
    )
    return note(said) + fault_table(found.faults)


def _record_outline(text: str) -> None:
    lines, faults = read_outline(text)
    if faults:
        st.html(fault_table(faults))
        return
    recorded(lambda: _set_outline(lines))


def _set_outline(lines: Sequence[OutlineLine]) -> None:
    set_outline(reads.database(), lines, actor=actor(RECORD), recorded_at=office_time())


def _record(events: Sequence[PlaceEvent]) -> None:
    record_places(reads.database(), events, actor=actor(RECORD), recorded_at=office_time())


def place_table(view: View) -> pd.DataFrame:
    """All projects of the body with their places, in the columns of the list to paste; empty where there is none."""
    known = places(view)
    states = view.states
    found = [known.get(project_id) for project_id in states["project_id"]]
    columns = [
        list(states["project_name"]),
        [body_name(body) for body in states["body"]],
        *(
            [getattr(place, name, None) for place in found]
            for name in ("longitude", "latitude", "end_longitude", "end_latitude")
        ),
    ]
    rows = pd.DataFrame(dict(zip(LIST_HEADINGS, columns, strict=True)))
    return rows.sort_values([LIST_HEADINGS[1], LIST_HEADINGS[0]], kind="stable")
