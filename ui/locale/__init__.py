"""Every word of the screens, in Chinese and English: one CSV, one function."""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, cast
from urllib.parse import parse_qs

from streamlit.runtime.scriptrunner import get_script_run_ctx

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
TEXTS_FILE = Path(__file__).with_name("texts.csv")


@cache
def texts() -> dict[str, dict[str, str]]:
    """Key -> language -> text, as declared in texts.csv; raises ValueError for a key declared twice."""
    with TEXTS_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    declared = {row["key"]: {language: row[language] for language in LANGUAGES} for row in rows}
    if len(declared) != len(rows):
        raise ValueError(f"{TEXTS_FILE.name}: a key is declared twice")
    return declared


def language() -> Language:
    """The language in force: that of the address (?lang=en), else Chinese; Chinese outside a run of a page."""
    run = get_script_run_ctx(suppress_warning=True)
    return "zh" if run is None else _language_asked(run.query_string)


@lru_cache(maxsize=1_000)
def _language_asked(query_string: str) -> Language:
    """Remembered, since every text of a page asks for it."""
    asked = parse_qs(query_string).get("lang", [""])[-1]
    return cast(Language, asked) if asked in LANGUAGES else "zh"


def t(key: str, **values: object) -> str:
    """The text of a key in the language in force, its {places} filled; raises KeyError for an unknown key."""
    return text_in(language(), key, **values)


def text_in(language_code: Language, key: str, **values: object) -> str:
    """The text of a key in a given language; raises KeyError for an unknown key or an unfilled place."""
    text = texts()[key][language_code]
    return text.format(**values) if values or "{" in text else text
