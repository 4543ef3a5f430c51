"""Returns that were uploaded in this session and are not yet accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from domain.submissions import Decision
from storage.receipts import Receipt

KEY = "drafts"


@dataclass(slots=True)
class Draft:
    """One uploaded file: its bytes, its cells once read or the sentence why not, and what was answered so far.

    ``opened`` is what the loaders made of the bytes; the page alone looks into it.
    """

    file_name: str
    content: bytes
    sha256: str
    opened: Any = None
    refusal: dict[str, str] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    receipt: Receipt | None = None
    refused: str = ""

    def decide(self, decision: Decision) -> None:
        """Keep an answer; a later one of the same subject counts."""
        self.decisions.append(decision)

    def forget_decisions(self) -> None:
        self.decisions.clear()


def drafts() -> dict[str, Draft]:
    """SHA-256 -> draft, of this session."""
    return st.session_state.setdefault(KEY, {})


def keep_only(hashes: list[str]) -> None:
    """Drop the drafts of files that were taken out of the uploader."""
    for sha256 in [key for key in drafts() if key not in hashes]:
        del drafts()[sha256]
