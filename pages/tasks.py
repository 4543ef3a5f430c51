"""督办事项: what meetings decided and what became of it; to record, to follow up, to take along."""

import streamlit as st

from reports.workbooks import lists_workbook
from storage.clock import office_time
from ui.downloads import offer_download
from ui.html import heading
from ui.issues import issue_day
from ui.locale import t
from ui.rectification import rectification_panels
from ui.relapse_form import draw_relapse_form
from ui.task_card import leads_panel, task_card, task_steps
from ui.task_forms import draw_answers, draw_task_event_form, draw_task_form
from ui.task_table import task_frame, task_list, workbook_title
from ui.tasks import ANSWERED, ask_tasks, task_book, task_sentence
from ui.theme import panel_key
from ui.view import open_view

PIXELS = 846

view = open_view(t("page.tasks"))
day = issue_day(view, office_time().date())
book = view.remember(task_book, day)
st.html(view.remember(task_sentence, day))
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    asked = ask_tasks(book)
    title = workbook_title(view)
    offer_download(
        t("tasks.download"),
        lambda: lists_workbook(
            [(t("page.tasks"), task_frame(book, asked))], title, [t("issues.counted_to", day=day.isoformat())]
        ),
        f"{title}.xlsx",
    )
listed, side = st.columns([18, 7])
with listed, st.container(key=panel_key("tasks"), height=PIXELS):
    st.html(view.remember(task_list, day, asked))
with side, st.container(key=panel_key("task"), height=PIXELS):
    life = book.find(asked.task)
    if asked.task:
        st.html(view.remember(task_card, day, asked.task))
    if life:
        draw_answers(book, book.answers_to(asked.task), is_on_card=True)
        draw_relapse_form(view, day, asked.task)
        draw_task_event_form(book, life)
        st.html(task_steps(view, life))
    elif asked.state == ANSWERED and book.answers:
        draw_answers(book, book.answers)
    elif not asked.task:
        st.html(view.remember(rectification_panels, day) + heading(t("tasks.add"), t("tasks.add_remark")))
        draw_task_form(view, day, project_id=asked.project, issue_id=asked.issue)
        st.html(view.remember(leads_panel, day))
