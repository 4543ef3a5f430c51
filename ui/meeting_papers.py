"""The papers of a meeting on its page: a button that makes each, the bar while it is made, then the download."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import streamlit as st

from domain.meeting import PaperNotMade
from domain.roles import EXPORT
from ui import reads
from ui.downloads import offer_download
from ui.html import heading, note
from ui.locale import language, t
from ui.meetings import AskedMeeting
from ui.names import sentence_of

# What makes a paper of this code, telling how far it is: (name of the file, content).
MakePaper = Callable[[str, Callable[[float, str], None]], tuple[str, bytes]]
IN_A_ROW = 3
OFFICE_KIND = "application/vnd.openxmlformats-officedocument"
KINDS = {
    ".pptx": f"{OFFICE_KIND}.presentationml.presentation",
    ".docx": f"{OFFICE_KIND}.wordprocessingml.document",
    ".xlsx": f"{OFFICE_KIND}.spreadsheetml.sheet",
    ".html": "text/html",
    ".zip": "application/zip",
}


def draw_papers(asked: AskedMeeting, codes: Iterable[str], make: MakePaper) -> None:
    """All papers, for those who may take them along; one that was made for this meeting and state of the data is offered for download."""
    if not asked.view.scope.may(EXPORT):
        return
    st.html(heading(t("meeting.papers"), t("meeting.papers_sealed" if asked.seal else "meeting.papers_open")))
    below = st.container()
    for row in _rows(list(codes)):
        for column, code in zip(st.columns(IN_A_ROW), row, strict=False):
            with column:
                _draw_paper(asked, code, make, below)


def _rows(codes: list[str]) -> Iterator[list[str]]:
    for at in range(0, len(codes), IN_A_ROW):
        yield codes[at : at + IN_A_ROW]


def _draw_paper(asked: AskedMeeting, code: str, make: MakePaper, place: st.delta_generator.DeltaGenerator) -> None:
    """The button that makes a paper, or the one that hands it over."""
    key = (asked.view.record, asked.day, asked.seal.seal_id if asked.seal else "", language(), code)
    mark = f"paper_{reads.database().version()}_{key}"
    name = t(f"meeting.paper_{code}")
    if st.session_state.get(mark):
        file_name, content = _made(key, code, make, _quiet)
        offer_download(
            t("meeting.paper_download", name=name),
            lambda: content,
            file_name,
            key=f"download_{code}",
            mime=KINDS[Path(file_name).suffix],
            is_main=True,
        )
    elif st.button(t("meeting.paper_make", name=name), key=f"make_{code}", width="stretch"):
        with place:
            _make(key, code, make, mark)


def _make(key: tuple[object, ...], code: str, make: MakePaper, mark: str) -> None:
    """Make a paper under a bar, then draw the page with its download; say what stands against it."""
    bar = st.progress(0.0)
    try:
        _made(key, code, make, lambda share, what: bar.progress(min(share, 1.0), what.replace("\n", "") or None))
    except PaperNotMade as refusal:
        bar.empty()
        st.html(note(sentence_of(refusal)))
        return
    st.session_state[mark] = True
    st.rerun()


def _made(
    key: tuple[object, ...], code: str, make: MakePaper, progress: Callable[[float, str], None]
) -> tuple[str, bytes]:
    """A paper, kept as long as nothing is written."""
    return reads.remember("paper", key, lambda: make(code, progress))


def _quiet(share: float, what: str) -> None:
    """What was made already shows no bar."""
    del share, what
