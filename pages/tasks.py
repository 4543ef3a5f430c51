"""督办事项: what meetings decided and what became of it; the rectification ledgers; to record, to follow up, to take along."""

import streamlit as st

from domain.rectification_lists import ReadLedger
from domain.tasks import AWAITING
from loaders.rectification_file import ledger_of_file
from loaders.workbook import UnreadableFile
from reports.meeting.task_bulletin import task_bulletin
from reports.rectification_form import rectification_form
from storage.accepting import NotAcceptable
from storage.clock import office_time
from storage.samples import is_sample
from ui.downloads import offer_download, offer_lists
from ui.html import heading
from ui.issues import issue_day
from ui.locale import language, t
from ui.panels import panel
from ui.rectification import rectification_panels, task_facts
from ui.rectification_forms import draw_approvals, draw_ledger_entry
from ui.relapse_form import draw_relapse_form
from ui.task_card import leads_panel, task_card, task_steps
from ui.task_forms import draw_answers, draw_task_event_form, draw_task_form
from ui.task_table import task_frame, task_list, workbook_title
from ui.tasks import ANSWERED, ask_tasks, chosen_tasks, task_book, task_sentence
from ui.theme import panel_key
from ui.view import open_view

# Heights: of the panels side by side, of the one under the list, and the space between two.
PIXELS, BELOW, GAP = 872, 240, 16


def read_ledger_file(content: bytes) -> ReadLedger:
    """What an uploaded ledger tells of. Raises NotAcceptable with what the gate says of a file that cannot be read."""
    try:
        return ledger_of_file(content, is_example=is_sample(content))
    except UnreadableFile as refusal:
        raise NotAcceptable(refusal.message("zh"), refusal.message("en")) from refusal


view = open_view(t("page.tasks"), needs_returns=False)
day = issue_day(view, office_time().date())
book = view.remember(task_book, day)
st.html(view.remember(task_sentence, day))
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    asked = ask_tasks(book)
    facts, words, title = view.remember(task_facts, day), language(), workbook_title(view)
    remarks = [t("issues.counted_to", day=day.isoformat())]
    with st.container(horizontal=True, width="content"):
        offer_lists(lambda: [(t("page.tasks"), task_frame(book, asked))], title, remarks, label="tasks.download")
        offer_download(t("tasks.bulletin"), lambda: task_bulletin(facts, words), f"{title}.docx")
        offer_download(
            t("rectification.form"),
            lambda: rectification_form(facts.ledgers, facts.lives),
            f"{t('rectification.file')}.xlsx",
        )
accounts, relapsed = view.remember(rectification_panels, day)
listed, side = st.columns([18, 7])
with listed:
    with panel("tasks", PIXELS - (BELOW + GAP if accounts else 0)):
        st.html(view.remember(task_list, day, asked))
    if accounts:
        with st.container(key=panel_key("rectification")):
            left, right = st.columns([1, 1], gap="large")
            left.html(accounts)
            right.html(relapsed)
with side, panel("task", PIXELS):
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
    elif asked.state == AWAITING and not asked.task:
        draw_approvals(view, day, chosen_tasks(book, asked))
    elif not asked.task:
        st.html(heading(t("tasks.add"), t("tasks.add_remark")))
        draw_task_form(view, day, project_id=asked.project, issue_id=asked.issue)
        draw_ledger_entry(view, day, read_ledger_file)
        st.html(view.remember(leads_panel, day))
