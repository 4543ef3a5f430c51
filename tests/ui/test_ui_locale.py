"""The texts of the screens: complete in both languages, with the same places to fill, and asked for by the address."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from streamlit.testing.v1 import AppTest

import ui.locale
from ui.locale import LANGUAGES, language, t, text_in, texts

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SAME_IN_BOTH = {"language.other"}  # each language is named in its own


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("prefix", sorted({key.split(".")[0] for key in texts()}))
def test_the_texts_are_complete_in_both_languages(prefix: str) -> None:
    """Neither is empty, English has no Chinese character, and both fill places that the other knows."""
    for key in [key for key in texts() if key.split(".")[0] == prefix]:
        zh, en = (texts()[key][each] for each in LANGUAGES)
        assert zh.strip() and en.strip(), key
        if key not in SAME_IN_BOTH:
            assert not CHINESE.search(en), key
        assert places(en) | {"month", "word", "number", "name", "year"} >= places(zh), key
        assert zh == zh.rstrip() and "  " not in zh, key


def test_a_key_declared_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second would silently win."""
    file = tmp_path / "texts.csv"
    file.write_text("key,zh,en\na.b,甲,A\na.b,乙,B\n", encoding="utf-8")
    monkeypatch.setattr(ui.locale, "TEXTS_FILE", file)
    with pytest.raises(ValueError, match="declared twice"):
        texts.__wrapped__()


def test_an_unknown_key_and_an_unfilled_place_are_mistakes() -> None:
    """They are found by whoever writes them, not by the reader."""
    with pytest.raises(KeyError):
        t("no.such_key")
    with pytest.raises(KeyError):
        text_in("en", "word.as_of")
    assert text_in("en", "word.as_of", day="2024-08-31") == "As of 2024-08-31"


def test_what_is_filled_in_is_not_read_as_a_place() -> None:
    """A project's name may hold braces."""
    assert t("upload.reading", name="{name}{0}") == "正在读取 {name}{0} …"


def show() -> None:
    import streamlit as st

    from ui.formats import period_name
    from ui.locale import language, t

    st.text(f"{language()} {t('page.overview')} {period_name('2024-08')}")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, "zh 总览 2024年8月"),
        ({"lang": "en"}, "en Overview Aug 2024"),
        ({"lang": "zh"}, "zh 总览 2024年8月"),
        ({"lang": "fr"}, "zh 总览 2024年8月"),
        ({"lang": ""}, "zh 总览 2024年8月"),
        ({"lang": "EN"}, "zh 总览 2024年8月"),
        ({"lang": ["zh", "en"]}, "en Overview Aug 2024"),
        ({"language": "en"}, "zh 总览 2024年8月"),
    ],
)
def test_the_address_chooses_the_language(asked: dict[str, str | list[str]], expected: str) -> None:
    """English when it is asked for; Chinese for anything else."""
    app = AppTest.from_function(show)
    for name, value in asked.items():
        app.query_params[name] = value
    app.run()
    assert app.text[0].value == expected


def test_chinese_outside_a_page() -> None:
    """Tests and the command line speak Chinese."""
    assert language() == "zh"
