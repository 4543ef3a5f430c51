"""亮灯规则: the rule sets side by side, what another one would colour differently and why; suspensions and months excused."""

import streamlit as st

from ui.locale import t
from ui.panels import panel
from ui.rule_forms import draw_choice, draw_version
from ui.rules import COMPARED, RULINGS, ask_rules, changes_table, grade_matrix, rules_sentence, rules_table
from ui.ruling_forms import draw_excuse_form, draw_suspension_form
from ui.rulings import excuses_table, ruling_book, rulings_sentence, suspensions_table
from ui.view import open_view

PIXELS = 872
HALF_PIXELS = 414


def draw_sets() -> None:
    """All sets side by side."""
    with panel("rules", PIXELS):
        st.html(view.remember(rules_table))


def draw_compared(other: str) -> None:
    """The matrix of grades above both sets, and the projects whose colour differs."""
    matrix, changes = st.columns([10, 15])
    with matrix, panel("rule_matrix", PIXELS):
        st.html(view.remember(grade_matrix, other))
        st.html(view.remember(rules_table, view.in_force, other))
    with changes, panel("rule_changes", PIXELS):
        st.html(view.remember(changes_table, other))


def draw_rulings() -> None:
    """What is recorded of suspensions and of months excused, and the forms for more."""
    recorded, form = st.columns([17, 7])
    with recorded:
        with panel("suspensions", HALF_PIXELS):
            st.html(suspensions_table(book))
        with panel("excuses", HALF_PIXELS):
            st.html(excuses_table(book))
    with form:
        with panel("suspension_form", HALF_PIXELS + 170):
            draw_suspension_form(book)
        with panel("excuse_form", HALF_PIXELS - 170):
            draw_excuse_form(book)


view = open_view(t("page.rules"), needs_returns=False)
with st.container(horizontal=True, vertical_alignment="center"):
    asked = ask_rules(view)
    if asked.shown != RULINGS:
        draw_choice(view, asked.other)
        draw_version(view, asked.other)
if asked.shown == RULINGS:
    book = view.remember(ruling_book)
    st.html(rulings_sentence(book))
    draw_rulings()
else:
    st.html(view.remember(rules_sentence, asked.other))
    draw_compared(asked.other) if asked.shown == COMPARED else draw_sets()
