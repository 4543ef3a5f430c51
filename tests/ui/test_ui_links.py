"""Addresses: only ours, complete, the language kept."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hostile_texts import HOSTILE_TEXTS, Reader

from ui.links import Link, anchor, linked, page_href


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "\tjavascript:alert(1)",
        "\njavascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "http://example.org",
        "https://example.org",
        "//example.org",
        "\\\\example.org",
        "/\\example.org",
        " //example.org",
        "/\t/example.org",
        "mailto:a@b",
        "file:///etc/passwd",
    ],
)
def test_an_address_outside_the_system_is_refused(href: str) -> None:
    """A link never runs a script nor leaves the system, however it is spelled."""
    with pytest.raises(ValueError, match="not an address of ours"):
        anchor("词", href, "hx-link")
    with pytest.raises(ValueError, match="not an address of ours"):
        linked(Link("词", href))


@pytest.mark.parametrize(
    "href", ["./", "./project?project=p1", "./projects?q=a:b", "/projects", "?lang=en", "./projects?q=//x"]
)
def test_an_address_of_ours_stands_as_it_is(href: str) -> None:
    """A colon or two strokes inside the query do no harm."""
    assert Reader(linked(Link("词", href))).hrefs == [href]


@pytest.mark.parametrize("text", [*HOSTILE_TEXTS, "javascript:alert(1)", "a b+c/d?e#f", "200MW/400MWh储能电站项目"])
def test_whatever_is_asked_comes_back_from_the_address(text: str) -> None:
    """Names and searches are quoted, so that the address says what was meant."""
    href = page_href("projects", q=text, level=["city", "province"])
    asked = parse_qs(urlsplit(href).query)
    assert href.startswith("./projects?")
    assert (asked["q"], asked["level"]) == ([text], ["city", "province"])
    assert Reader(linked(Link(text, href))).hrefs == [href]


def test_what_is_not_asked_is_not_in_the_address() -> None:
    """None and an empty text ask nothing; zero does; Chinese needs no mark."""
    assert page_href() == "./"
    assert page_href("upload", q=None, body="") == "./upload"
    assert page_href("projects", n=0) == "./projects?n=0"


def test_late_is_marked_on_the_link_alone() -> None:
    """Red means late: a plain text or link never has it."""
    assert "hx-late" in linked(Link("3", "./delayed", is_late=True))
    assert "hx-late" not in linked(Link("3", "./delayed"))
    assert linked("<3>") == "&lt;3&gt;"
