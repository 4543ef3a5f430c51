"""Colours, grades and the one style sheet, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FONT_FAMILY = "'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
STYLE_FILE = Path(__file__).with_name("style.css")
LARGE_FILE = Path(__file__).with_name("large.css")

# A container with this key prefix is a white panel: st.container(key=panel_key("course")).
PANEL_PREFIX = "panel_"
HEADER_KEY = "page_header"
# Key of the container around the link to the page that is open.
CURRENT_KEY = "nav_current"


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one theme. Everything that is not a grade is ink or one of the greys."""

    ink: str
    text: str
    muted: str
    quiet: str
    line: str
    ground: str
    paper: str
    action: str
    tint: str
    current: str


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade (亮灯): a shape, a colour, the colour of text, and the key of its word; never a colour alone."""

    code: str
    mark: str
    word_key: str
    colour: str
    text_colour: str


LIGHT = Palette(ink="#14263D", text="#566476", muted="#7A8798", quiet="#9DB2C4", line="#E1E6EC", ground="#F5F6F8",
                paper="#FFFFFF", action="#00778F", tint="#EDF1F5", current="#E8F2F4")  # fmt: skip

GRADES = {
    grade.code: grade
    for grade in (
        Grade("behind", "▲", "grade.behind", "#A61B1B", "#A61B1B"),
        Grade("attention", "◆", "grade.attention", "#E07800", "#B85F00"),
        Grade("slightly", "◆", "grade.slightly", "#E07800", "#B85F00"),
        Grade("on_track", "●", "grade.on_track", "#00778F", "#00778F"),
        Grade("unknown", "○", "grade.unknown", "#7A8798", "#7A8798"),
    )
}


def grade_of(code: str | None) -> Grade:
    """The grade of a code; anything else is unknown (silent is not green)."""
    return GRADES.get(code or "unknown", GRADES["unknown"])


def panel_key(name: str) -> str:
    """Key of a container that the style sheet draws as a white panel."""
    return f"{PANEL_PREFIX}{name}"


@cache
def page_style(is_large: bool = False) -> str:
    """The style sheet of every page, for ``st.html(f"<style>{page_style()}</style>")``."""
    names = {f"--hx-{name}": getattr(LIGHT, name) for name in Palette.__slots__}
    for grade in GRADES.values():
        names[f"--hx-{grade.code}"] = grade.colour
        names[f"--hx-{grade.code}-text"] = grade.text_colour
    variables = "".join(f"{name}:{value};" for name, value in names.items())
    files = (STYLE_FILE, LARGE_FILE) if is_large else (STYLE_FILE,)
    return "\n".join([f":root{{{variables}}}", *(file.read_text(encoding="utf-8") for file in files)])
