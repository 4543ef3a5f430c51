"""How wide texts are, in sizes of their type."""

from __future__ import annotations

import pytest

from domain.text_widths import em_width

WIDTHS = (
    ("nothing", "", 0.7, 0.0),
    ("Chinese signs are one wide", "滨海", 0.7, 2.0),
    ("a capital is wider than a digit, a space narrower", "滨海A1 ", 0.7, 2 + 0.7 * 1.15 + 0.7 + 0.4),
    ("of another face", "12", 0.5, 1.0),
    ("wide signs that are no Chinese", "（１）", 0.7, 3.0),
)


@pytest.mark.parametrize(("text", "latin", "expected"), [each[1:] for each in WIDTHS], ids=[each[0] for each in WIDTHS])
def test_a_text_is_as_wide_as_its_signs(text: str, latin: float, expected: float) -> None:
    """Added up sign by sign."""
    assert em_width(text, latin) == pytest.approx(expected)
