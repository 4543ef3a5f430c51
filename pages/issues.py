"""问题会办: what holds projects up, in whose hands it is and for how long; to confirm, to work, to take to the meeting."""

import streamlit as st

from storage.clock import office_time
from ui.downloads import offer_lists
from ui.html import note
from ui.issue_card import hands_panel, issue_card, issue_steps
from ui.issue_forms import draw_event_form, draw_new_issue, draw_words
from ui.issue_lists import list_frames, meeting_lists, workbook_title
from ui.issue_proposals import draw_proposals
from ui.issue_table import issue_list
from ui.issues import MEETING, PROPOSED, AskedIssues, ask_issues, issue_book, issue_day, issue_sentence
from ui.locale import t
from ui.panels import panel
from ui.task_table import issue_tasks
from ui.view import open_view

PIXELS = 872
TEXT_PIXELS = 690


def draw_list(asked: AskedIssues) -> None:
    """The list, and beside it the issue that is chosen, or whose hands the issues are in."""
    listed, side = st.columns([18, 7])
    with listed, panel("issues", PIXELS):
        st.html(view.remember(issue_list, day, asked))
    with side, panel("issue", PIXELS):
        if not asked.issue:
            st.html(view.remember(hands_panel, day))
            return
        st.html(view.remember(issue_card, day, asked.issue))
        life = book.find(asked.issue)
        if life:
            st.html(view.remember(issue_tasks, day, asked.issue))
            draw_event_form(book, life)
            st.html(issue_steps(life))


def draw_proposed(asked: AskedIssues) -> None:
    """What waits to be confirmed, and the words by which it is classed."""
    proposed, words = st.columns([18, 7])
    with proposed, panel("proposed", PIXELS):
        draw_proposals(book, asked)
    with words, panel("words", PIXELS):
        draw_words(book)


def draw_meeting(asked: AskedIssues) -> None:
    """The lists of the meeting, each with a text to copy, and all of them as a workbook."""
    for place, found in zip(st.columns([9, 9, 6]), view.remember(meeting_lists, day, asked), strict=True):
        with place, panel(f"list_{found.code}", PIXELS):
            st.html(found.head)
            if found.text:
                st.code(found.text, language=None, wrap_lines=True, height=TEXT_PIXELS)
            else:
                st.html(note(t("issues.list_empty")))


view = open_view(t("page.issues"), needs_returns=False)
day = issue_day(view, office_time().date())
book = view.remember(issue_book, day)
st.html(view.remember(issue_sentence, day))
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    asked = ask_issues(book)
    draw_new_issue(book)
    title = workbook_title(view)
    remarks = [t("issues.counted_to", day=day.isoformat())]
    offer_lists(lambda: list_frames(book, asked), title, remarks, label="issues.download")
{MEETING: draw_meeting, PROPOSED: draw_proposed}.get(asked.shown, draw_list)(asked)
