"""月度例会: the meeting of a month, its titles and its seal; the way to the screen, past meetings, the papers."""

import streamlit as st

from domain.roles import READ
from reports.meeting.papers import ALL, PAPER_CODES, made_paper, read_papers
from reports.meeting.reading import read_month
from ui.assessment_lists import published_note
from ui.filters import asked_text
from ui.html import heading, page_header, sentence
from ui.locale import t
from ui.meeting_forms import draw_seal, draw_titles
from ui.meeting_papers import draw_papers
from ui.meeting_parts import paragraph_html, past_html, state_html, ways_html
from ui.meetings import find_seal, open_meeting, sealed_meeting
from ui.session import scope
from ui.theme import panel_key
from ui.view import open_view

if not scope().may(READ):
    st.html(page_header(t("page.meeting")))
    with st.container(key=panel_key("past")):
        st.html(past_html())
    st.stop()
view = open_view(t("page.meeting"))
seal = find_seal(asked_text("seal"))
asked = sealed_meeting(seal) if seal and seal.period == view.period else open_meeting(view)
month = asked.remember(read_month)
meeting = month.meeting
st.html(sentence([t("meeting.summary", title=meeting.pages[3].title.replace("\n", ""))]))
titles, side = st.columns([15, 11])
with titles:
    with st.container(key=panel_key("titles")):
        st.html(heading(t("meeting.titles"), t("meeting.titles_remark")))
        draw_titles(asked, meeting)
    with st.container(key=panel_key("paragraph")):
        st.html(paragraph_html(asked, [(part.text, part.project_ids) for part in month.paragraph]))
        if told := published_note(asked.view):
            st.html(told)
with side:
    with st.container(key=panel_key("screen")):
        st.html(state_html(asked))
        if asked.seal is None:
            draw_seal(asked)
        st.html(ways_html(asked, len(meeting.pages)))
    with st.container(key=panel_key("papers")):
        draw_papers(
            asked,
            (*PAPER_CODES, ALL),
            lambda code, progress: made_paper(asked.remember(read_papers), code, progress),
        )
    with st.container(key=panel_key("past")):
        st.html(past_html(asked))
