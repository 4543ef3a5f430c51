"""What a person must decide of a return: names, headings and words; each answer is kept in the draft."""

from __future__ import annotations

import streamlit as st

from domain.submissions import ColumnReading, Decision, NameSuggestion, Submission, WordQuestion
from storage.drafts import Draft, note_decision
from ui import reads
from ui.html import heading, note
from ui.locale import t
from ui.names import field_name, word_text


def open_columns(submission: Submission) -> list[ColumnReading]:
    """The columns whose heading a person must decide."""
    return [column for table in submission.tables for column in table.columns if column.is_open and column.candidates]


def count_questions(submission: Submission) -> int:
    """How many names, headings and words wait for an answer."""
    return len(submission.suggestions) + len(open_columns(submission)) + len(submission.words)


def draw_questions(draft: Draft, submission: Submission) -> None:
    """The questions; the file is read again after each answer."""
    body, columns = submission.body or "", open_columns(submission)
    if count_questions(submission):
        st.html(heading(t("upload.questions"), t("upload.questions_remark")))
    if len(columns) > 1:
        _offer_all(draft, columns, body)
    for column in columns:
        _ask_heading(draft, column, body)
    for number, suggestion in enumerate(submission.suggestions):
        _ask_name(draft, suggestion, body, number)
    for question in submission.words:
        _ask_word(draft, question, body)
    if draft.decisions:
        st.button(
            t("upload.forget", count=len(draft.decisions)),
            key=f"forget_{draft.draft_id}",
            on_click=_answer,
            args=(draft.draft_id, None),
        )


def _answer(draft_id: str, *decisions: Decision | None) -> None:
    """Keep a person's answers in the draft; None takes all of them back."""
    for decision in decisions:
        note_decision(reads.database().path, draft_id, decision)


def _offer_all(draft: Draft, columns: list[ColumnReading], body: str) -> None:
    """One click for all headings that are suggested as one field alone; they stand below it, each by itself."""
    plain = [column for column in columns if len(column.candidates) == 1]
    if len(plain) > 1:
        st.button(
            t("upload.confirm_all", count=len(plain)),
            key=f"all_{draft.draft_id}",
            on_click=_answer,
            args=(draft.draft_id, *(column.decide(body, column.candidates[0]) for column in plain)),
        )


def _ask_name(draft: Draft, suggestion: NameSuggestion, body: str, number: int) -> None:
    place = f"{suggestion.sheet}!{suggestion.cell} "
    score = f"{suggestion.score:.0f}"
    question = t("upload.same_name", name=suggestion.name, known=suggestion.known_name, score=score)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(note(place + question))
        for is_same, label in ((True, t("upload.is_same")), (False, t("upload.is_other"))):
            st.button(
                label,
                key=f"name_{is_same}_{draft.draft_id}_{number}_{suggestion.cell}",
                on_click=_answer,
                args=(draft.draft_id, suggestion.decide(body, is_same=is_same)),
            )


def _ask_heading(draft: Draft, column: ColumnReading, body: str) -> None:
    samples = t("word.comma").join(column.samples)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(note(t("upload.which_field", column=column.column, heading=column.heading, samples=samples)))
        for name in column.candidates:
            st.button(
                field_name(name),
                key=f"heading_{name}_{draft.draft_id}_{column.form}_{column.column}_{column.key}",
                on_click=_answer,
                args=(draft.draft_id, column.decide(body, name)),
            )


def _ask_word(draft: Draft, question: WordQuestion, body: str) -> None:
    """A word may mean any code of its field: a list to choose from, since there are too many for buttons."""
    key = f"word_{draft.draft_id}_{question.field}_{question.key}"
    text = t(
        "upload.which_word",
        field=field_name(question.field),
        word=question.word,
        count=question.count,
        cells=t("word.comma").join(question.cells),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(note(text))
        st.selectbox(
            text,
            question.candidates,
            index=None,
            format_func=lambda code: word_text(question.field, code),
            key=key,
            placeholder=t("word.choose"),
            label_visibility="collapsed",
            width=220,
            on_change=_answer_word,
            args=(draft.draft_id, question, body, key),
        )


def _answer_word(draft_id: str, question: WordQuestion, body: str, key: str) -> None:
    code = st.session_state[key]
    if code is not None:
        _answer(draft_id, question.decide(body, code))
