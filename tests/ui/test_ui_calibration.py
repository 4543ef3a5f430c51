"""The size of type that suits a screen."""

from __future__ import annotations

from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
import streamlit as st
from hostile_texts import Reader

from ui.calibration import COOKIE, FACTORS, asked_factor, factor_for, sizes_html


@pytest.mark.parametrize(
    ("query", "cookie", "expected"),
    [
        ("", None, 1.0),
        ("", "1.5", 1.5),
        ("1.2", "1.5", 1.2),
        ("", "nan", 1.0),
        ("", "<b>", 1.0),
        ("inf", None, 1.0),
        ("9", None, 2.0),
    ],
)
def test_the_address_counts_before_what_the_browser_keeps(
    monkeypatch: pytest.MonkeyPatch, query: str, cookie: str | None, expected: float
) -> None:
    """Neither of them: the plain size; what somebody wrote into the cookie is read as doubtful as an address."""
    monkeypatch.setattr(st, "query_params", {"size": query})
    monkeypatch.setattr(st, "context", SimpleNamespace(cookies={COOKIE: cookie} if cookie else {}))
    assert asked_factor() == expected


@pytest.mark.parametrize(("inches", "metres", "expected"), [(86, 6, 1.0), (65, 6, 1.3), (65, 8, 1.8), (110, 3, 0.6), (43, 8, 2.0)])
def test_a_smaller_or_further_screen_needs_larger_type(inches: int, metres: int, expected: float) -> None:
    """As many times larger as the angle is smaller, within what a page can hold."""
    assert factor_for(inches, metres) == expected


def test_every_size_is_one_click(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line for each, the present one marked, the month kept."""
    monkeypatch.setattr(st, "query_params", {"period": "2024-08"})
    read = Reader(sizes_html(1.2))
    asked = [parse_qs(urlsplit(href).query)["size"][0] for href in read.hrefs]
    assert asked == [f"{factor:g}" for factor in FACTORS]
    assert all("period=2024-08" in href for href in read.hrefs)
    assert read.text.count("当前") == 1
