"""Reporting bodies: which district a text names."""

from __future__ import annotations

import pytest

from domain.bodies import BODIES, DISTRICT_CODES, body_name, find_district


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("滨海片区2024年8月推进表", "binhai"),
        ("黄海新区滨海港片区", "binhai"),
        ("黄海新区响水片区管理办公室", "xiangshui"),
        ("响水重大项目", "xiangshui"),
        ("滨海片区、响水片区汇总表", None),
        ("江苏滨海港区码头工程", None),
        ("黄海新区", None),
        ("", None),
        (None, None),
    ],
)
def test_district_of_a_text(text: str, code: str | None) -> None:
    """A district is named as 片区 or at the start; a harbour inside a name is not a sender, two districts are none."""
    found = find_district(text)
    assert (found.code if found else None) == code


def test_names_of_bodies() -> None:
    """Chinese by default, English on request, an unknown code as it stands."""
    assert (body_name("binhai"), body_name("binhai", "en"), body_name("harbour")) == ("滨海片区", "Binhai", "harbour")
    assert list(BODIES) == [*DISTRICT_CODES, "zone"]
