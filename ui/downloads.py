"""Files to take along: one button, for those whose role may; each file that is taken stands in the record of use."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from domain.roles import EXPORT
from reports.workbooks import lists_workbook
from storage.access import FILE_TAKEN
from storage.samples import has_samples
from ui import reads
from ui.locale import t
from ui.session import noter, scope

# What of the address says what a file is of.
ASKED = ("period", "body", "seal", "project", "rules")
Lists = Sequence[tuple[str, pd.DataFrame]]


def offer_download(
    label: str,
    make: Callable[[], bytes | str],
    file_name: str,
    *,
    key: str | None = None,
    mime: str | None = None,
    is_main: bool = False,
) -> None:
    """The button of a file, which is made when it is pressed; nothing for a role that may not take files along.

    ``is_main`` is the one thing to do at its place.
    ``make`` runs outside the page's run, where nobody is signed in: what it needs to know of the reader it is given.
    """
    if scope().may(EXPORT):
        kind, width = ("primary", "stretch") if is_main else ("secondary", "content")
        asked = {name: st.query_params[name] for name in ASKED if st.query_params.get(name)}
        handed = partial(hand_out, make, file_name, noter(), asked)
        st.download_button(
            label, data=handed, file_name=file_name, mime=mime, key=key, on_click="ignore", type=kind, width=width
        )


def offer_lists(
    make: Callable[[], Lists],
    title: str,
    remarks: Sequence[str] = (),
    *,
    label: str = "action.download_workbook",
    says_samples: bool = True,
) -> None:
    """The button of a page's lists as one workbook: (name of the sheet, rows) each, remarks in every sheet.

    It says where there are sample data, unless its rows say themselves which of them are.
    """
    said = list(remarks)
    if says_samples and has_samples(reads.receipts(scope())):
        said.append(t("app.sample"))
    offer_download(t(label), lambda: lists_workbook(make(), title, said), f"{title}.xlsx")


def hand_out(make: Callable[[], bytes | str], file_name: str, note: Callable[..., None], asked: dict[str, str]) -> bytes:
    """The content of a file, made now; who took it, its sum, and as of which write of the database are noted."""
    made = make()
    content = made.encode() if isinstance(made, str) else made
    sha256 = hashlib.sha256(content).hexdigest()
    note(FILE_TAKEN, file_name=file_name, sha256=sha256, version=reads.database().version(), **asked)
    return content
