"""Filters: what the address says is chosen, what it cannot mean is the default, and a choice is written to it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def one() -> None:
    import streamlit as st

    from ui.filters import select_one

    st.text(select_one("kind", "类别", ["all", "start", "completion"], "all", str.upper))


def segment() -> None:
    import streamlit as st

    from ui.filters import select_segment

    st.text(select_segment("body", "片区", ["zone", "binhai", "xiangshui"], "zone", str.upper))


def many() -> None:
    import streamlit as st

    from ui.filters import select_many

    st.text(",".join(select_many("level", "层级", ["county", "city", "province"], str.upper, "全部")))


def search() -> None:
    import streamlit as st

    from ui.filters import search_text

    st.text(search_text("q", "查找", "名称"))


def opened(script, **asked: str | list[str]) -> AppTest:
    app = AppTest.from_function(script)
    for name, value in asked.items():
        app.query_params[name] = value
    return app.run()


def written(app: AppTest, name: str) -> list[str]:
    """The values of a parameter of the address; AppTest gives one alone as it was set."""
    value = app.query_params.get(name, [])
    return [value] if isinstance(value, str) else list(value)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"kind": "start"}, "start"),
        ({}, "all"),
        ({"kind": "nonsense"}, "all"),
        ({"kind": ""}, "all"),
        ({"kind": "START"}, "all"),
        ({"kind": "<script>"}, "all"),
        ({"kind": ["start", "completion"]}, "completion"),
    ],
)
def test_a_list_shows_what_the_address_asks(asked: dict[str, str | list[str]], expected: str) -> None:
    """A value that is no option is the default, without an error."""
    app = opened(one, **asked)
    assert not app.exception
    assert app.text[0].value == app.selectbox[0].value == expected


def test_a_choice_of_a_list_is_written_to_the_address() -> None:
    """And stays on the next run; other parameters are left alone."""
    app = opened(one, kind="start", period="2024-08")
    app.selectbox[0].select("completion").run()
    assert app.text[0].value == "completion"
    assert written(app, "kind") == ["completion"]
    assert written(app, "period") == ["2024-08"]
    assert app.run().text[0].value == "completion"


def test_the_default_can_be_chosen_again() -> None:
    """It is written too: what a link shows must not change with next month's default."""
    app = opened(one, kind="start")
    app.selectbox[0].select("all").run()
    assert (app.text[0].value, written(app, "kind")) == ("all", ["all"])


def test_the_address_wins_over_what_was_chosen_before() -> None:
    """A link to the same page with another value shows that value."""
    app = opened(one, kind="start")
    app.query_params["kind"] = "completion"
    assert app.run().text[0].value == "completion"


@pytest.mark.parametrize(
    ("asked", "expected"), [({"body": "binhai"}, "binhai"), ({"body": "beijing"}, "zone"), ({}, "zone")]
)
def test_a_row_of_buttons_shows_what_the_address_asks(asked: dict[str, str], expected: str) -> None:
    """One is always pressed."""
    app = opened(segment, **asked)
    assert not app.exception
    assert app.text[0].value == expected


def test_a_pressed_button_is_written_to_the_address() -> None:
    """The district goes along to the next page."""
    app = opened(segment)
    app.button_group[0].set_value("xiangshui").run()
    assert app.text[0].value == "xiangshui"
    assert written(app, "body") == ["xiangshui"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"level": ["city", "province"]}, "city,province"),
        ({"level": "city"}, "city"),
        ({"level": ["city", "moon"]}, "city"),
        ({"level": "moon"}, ""),
        ({}, ""),
    ],
)
def test_several_values_of_the_address(asked: dict[str, str | list[str]], expected: str) -> None:
    """Those that are no options are left out."""
    app = opened(many, **asked)
    assert not app.exception
    assert app.text[0].value == expected


def test_several_choices_are_written_and_none_leaves_the_address() -> None:
    """None chosen means all, and needs no parameter."""
    app = opened(many, level="city")
    app.multiselect[0].select("province").run()
    assert written(app, "level") == ["city", "province"]
    app.multiselect[0].set_value([]).run()
    assert app.text[0].value == ""
    assert "level" not in app.query_params


def test_a_search_is_in_the_address() -> None:
    """Trimmed for the search; an emptied box leaves the address."""
    app = opened(search, q="  储能<b> ")
    assert app.text[0].value == "储能<b>"
    app.text_input[0].set_value("绿色甲醇").run()
    assert (app.text[0].value, written(app, "q")) == ("绿色甲醇", ["绿色甲醇"])
    app.text_input[0].set_value("").run()
    assert app.text[0].value == ""
    assert "q" not in app.query_params
