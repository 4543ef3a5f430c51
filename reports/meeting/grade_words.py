"""A grade in words with its shape, the same in slides, documents and the offline screen."""

from __future__ import annotations

from domain.palette import grade_of
from reports.meeting.words import say


def grade_words(code: str | None, language: str) -> str:
    """A grade as its shape and its word: ▲ 滞后; empty without a grade."""
    if code is None:
        return ""
    grade = grade_of(code)
    return f"{grade.mark} {say(language, grade.word_key)}"
