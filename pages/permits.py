"""手续要素: approval steps by project, what is late and what waits; land wanted, applied for and granted."""

from dataclasses import replace
from functools import partial

import streamlit as st

from ui.downloads import offer_lists
from ui.formats import period_name
from ui.land import land_cards, land_of, land_sentence, land_table
from ui.list_sheets import permit_lists
from ui.locale import t
from ui.panels import panel
from ui.permit_card import late_panel, project_steps, step_card, step_words
from ui.permit_forms import draw_land_form, draw_step_form
from ui.permit_matrix import permit_table
from ui.permits import (
    LAND,
    AskedPermits,
    ask_permits,
    find_cell,
    matrix_of,
    permit_sentence,
    steps_of_project,
    valid_step,
)
from ui.view import open_view

PIXELS = 872
LAND_PIXELS = 630


def draw_steps(asked: AskedPermits) -> None:
    """The matrix, and beside it the step that is open, or what is late."""
    listed, side = st.columns([18, 7])
    with listed, panel("matrix", PIXELS):
        st.html(view.remember(permit_table, asked))
    with side, panel("permit", PIXELS):
        if not asked.project:
            st.html(view.remember(late_panel, asked))
            return
        own = steps_of_project(view, asked.project)
        asked = replace(asked, at=asked.at if own.empty else valid_step(own, asked.at))
        st.html(view.remember(step_card, asked))
        cell = find_cell(view, asked.project, asked.at)
        if cell is not None:
            draw_step_form(view, cell)
            st.html(view.remember(step_words, asked) + view.remember(project_steps, asked))


def draw_land() -> None:
    """The districts' land, and their projects."""
    st.html(view.remember(land_cards))
    with panel("land", LAND_PIXELS):
        st.html(view.remember(land_table))


view = open_view(t("page.permits"), needs_returns=False)
head = st.empty()
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    asked = ask_permits()
    with st.container(horizontal=True, width="content"):
        if asked.show == LAND:
            draw_land_form(view, asked.project)
        if not (land_of(view) if asked.show == LAND else matrix_of(view)).empty:
            name = f"{t(f'permits.show_{asked.show}')} {period_name(view.period)}"
            offer_lists(partial(permit_lists, view, asked), name)
head.html(view.remember(land_sentence) if asked.show == LAND else view.remember(permit_sentence, asked.kind))
if asked.show == LAND:
    draw_land()
else:
    draw_steps(asked)
