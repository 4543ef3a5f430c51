"""Project names as an attacker, or a careless typist, would write them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

HOSTILE_TEXTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</td></tr></table><iframe>",
    "甲&乙&lt;丙&gt;",
    "<b>粗</b>",
)
HANDLER = re.compile(r"on[a-z]+", re.IGNORECASE)
# All that the pieces of a page are made of.
TAGS = {"a", "b", "div", "h1", "h2", "h3", "i", "p", "section", "span", "table", "tbody", "td", "th", "thead", "tr"}


class Reader(HTMLParser):
    """What a browser would make of a piece of HTML: its tags, attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.hrefs: list[str] = []
        self.values: list[str] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.open.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.values += [value or "" for _, value in attrs]
        self.hrefs += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self.text += data


def assert_harmless(html: str, text: str) -> None:
    """The text is there to be read, as typed, and adds neither a tag nor a handler."""
    read = Reader(html)
    assert text in read.text
    assert read.tags <= TAGS
    assert not [name for name in read.attributes if HANDLER.fullmatch(name)]
    assert read.open == []
