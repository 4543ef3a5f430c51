"""Generated sentences: numbers as links in their places, names as people say them."""

from __future__ import annotations

import pytest

from ui.html import sentence
from ui.links import Link
from ui.sentences import filled


def test_links_stand_in_the_places_of_a_text() -> None:
    """The words around them in their order; the same object comes out that went in."""
    overdue, moved = Link("3", "./delayed", is_late=True), Link("2", "./projects")
    assert filled("sentence.due", overdue=overdue, moved=moved) == [
        overdue, " 个项目到期未开竣工，", moved, " 个本月又改期。",
    ]  # fmt: skip


def test_a_text_may_fill_a_place() -> None:
    """A zero has nothing to open."""
    html = sentence(filled("sentence.levels", higher="0", own=Link("9", "./projects?level=new_area")))
    assert html.startswith('<p class="hx-sentence">需市级以上协调 0 件，新区会办 <a class="hx-figure-link"')


@pytest.mark.parametrize("text", ["overdue", "moved", "{overdue}", "<b>", "3"])
def test_what_fills_a_place_is_never_a_place_itself(text: str) -> None:
    """A name that is spelled as a place stays a name, escaped like any."""
    parts = filled("sentence.due", overdue=text, moved=Link("2", "./projects"))
    assert parts[0] == text or isinstance(parts[0], Link)
    assert len([part for part in parts if isinstance(part, Link)]) == 1
    assert "<b>" not in sentence(parts)


def test_a_text_without_places_is_one_part() -> None:
    """And a place without a value is a mistake of ours."""
    assert filled("sentence.on_track") == ["签约、开工、竣工和投资均达序时；"]
    with pytest.raises(KeyError):
        filled("sentence.due", overdue="1")
