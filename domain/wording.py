"""What the words of a return say when they are compared: copied, only renumbered, or telling of a change of plan."""

from __future__ import annotations

import re
import unicodedata

# A row that speaks of a change of plan has said why its date moved. 滞后 is no such word: what lags is the site or the
# delivery, and returns say so while they move a date without a word (滨海 2024-06).
CHANGE_WORDS = re.compile(
    r"改期|延期|延后|推迟|顺延|推后|调整(?:为|至|到|计划|工期|时间|节点)|工期调整|计划调整|变更|提前"
)
# Endings that every project's name has and nobody says.
NAME_ENDINGS = re.compile(r"(建设项目|工程项目|项目)(?=$|[(（])")
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def narrow_text(text: str) -> str:
    """A text as it is compared: spaces and forms of signs apart."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def words_without_numbers(text: str) -> str:
    """A text as it is compared when only its numbers may differ."""
    return NUMBER.sub("0", narrow_text(text))


def speaks_of_change(text: str) -> bool:
    """True for a text that says that a plan or a date was changed (改期, 延期, 计划调整 ...)."""
    return bool(CHANGE_WORDS.search(text))


def short_name(name: str) -> str:
    """A project's name without the ending that all names have."""
    return NAME_ENDINGS.sub("", name) or name
