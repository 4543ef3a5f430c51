"""Reporting bodies: who owes a return, and the zone that they make up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Body:
    """A reporting body; ``words`` are the ways its name is written in titles, sender lines and file names."""

    code: str
    name: str
    short_name: str
    english: str
    words: tuple[str, ...] = ()


ZONE = Body("zone", "全区", "全区", "New Area", ("黄海新区", "全区", "新区"))
DISTRICTS = (
    Body("binhai", "滨海片区", "滨海", "Binhai", ("滨海片区", "滨海港片区", "滨海")),
    Body("xiangshui", "响水片区", "响水", "Xiangshui", ("响水片区", "响水")),
)
BODIES = {body.code: body for body in (*DISTRICTS, ZONE)}
DISTRICT_CODES = tuple(body.code for body in DISTRICTS)


def find_district(text: str) -> Body | None:
    """The one district that a text names; None when it names none or both.

    滨海港 alone is a harbour, not a sender, and stands in the names of works: only a text that says
    片区 or starts with the district's name counts.
    """
    text = text or ""
    named = [body for body in DISTRICTS if names_body(text, body)]
    return named[0] if len(named) == 1 else None


def names_body(text: str, body: Body) -> bool:
    """True for a text that begins with the body's short name, or holds its name with 片区."""
    return text.startswith(body.short_name) or any(word in text for word in body.words if word.endswith("片区"))


def body_name(code: str, language: str = "zh") -> str:
    """Name of a body for a screen; an unknown code is shown as it stands."""
    body = BODIES.get(code)
    if body is None:
        return code
    return body.name if language == "zh" else body.english
