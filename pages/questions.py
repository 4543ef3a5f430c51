"""文数互证: what the accepted returns say against themselves, as questions to send back, each with the cells in dispute."""

import streamlit as st

from domain.bodies import body_name
from ui.downloads import offer_lists
from ui.html import heading, note
from ui.locale import language, t
from ui.panels import panel
from ui.question_cells import evidence
from ui.question_texts import question_frames, texts_to_send, workbook_title
from ui.questions import TEXTS, AskedQuestions, ask_questions, question_list, rules_panel, summary
from ui.view import open_view

PIXELS = 872
TEXT_PIXELS = 760


def draw_list(asked: AskedQuestions) -> None:
    """The questions, and beside them the one that is chosen, or how many of each rule there are."""
    listed, side = st.columns([16, 9])
    with listed, panel("questions", PIXELS):
        st.html(view.remember(question_list, asked))
    with side, panel("question", PIXELS):
        st.html(view.remember(evidence, asked) or view.remember(rules_panel))


def draw_texts(asked: AskedQuestions) -> None:
    """What each district is to be sent, to copy."""
    texts = view.remember(texts_to_send, asked)
    if not texts:
        st.html(note(t("questions.none")))
        return
    for place, (body, text) in zip(st.columns(len(texts)), texts.items(), strict=True):
        with place, panel(f"text_{body}", PIXELS):
            st.html(heading(body_name(body, language()), t("questions.text_remark")))
            st.code(text, language=None, wrap_lines=True, height=TEXT_PIXELS)


view = open_view(t("page.questions"))
st.html(view.remember(summary))
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    asked = ask_questions(view)
    offer_lists(
        lambda: view.remember(question_frames, asked),
        workbook_title(view),
        [t("questions.workbook_remark")],
        label="questions.download",
    )
(draw_texts if asked.shown == TEXTS else draw_list)(asked)
