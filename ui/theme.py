"""Colours, grades and the one style sheet, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FONT_FAMILY = "'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
STYLE_FILE = Path(__file__).with_name("style.css")
LARGE_FILE = Path(__file__).with_name("large.css")
STAGE_FILE = Path(__file__).with_name("stage.css")

# A container with this key prefix is a white panel: st.container(key=panel_key("course")).
PANEL_PREFIX = "panel_"
HEADER_KEY = "page_header"
# Key of the container around the link to the page that is open.
CURRENT_KEY = "nav_current"
# Key of the container that is the meeting's screen: it covers the whole window.
STAGE_KEY = "stage"


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
    """One grade (亮灯): a shape, a colour, the colour of text, and the key of its word; never a colour alone.

    ``dark`` is its colour on the dark ground of the meeting's screen, for marks and text.
    """

    code: str
    mark: str
    word_key: str
    colour: str
    text_colour: str
    dark: str


LIGHT = Palette(ink="#14263D", text="#566476", muted="#7A8798", quiet="#9DB2C4", line="#E1E6EC", ground="#F5F6F8",
                paper="#FFFFFF", action="#00778F", tint="#EDF1F5", current="#E8F2F4")  # fmt: skip
# The meeting's screen in a dim room; B.3 of the brief on screens.
DARK = Palette(ink="#F5F6F8", text="#C3D0DC", muted="#9DB2C4", quiet="#7A8798", line="#2B466B", ground="#0B1F3A",
               paper="#132C4F", action="#4FC3F7", tint="#24416A", current="#1B4A66")  # fmt: skip

# Whose hands an issue is in: the higher the level, the further from the ground.
LEVEL_TONES = {
    "firm": ("#C9D5DF", "#24416A"),
    "county": ("#9DB2C4", "#44648C"),
    "new_area": ("#7A8798", "#7E9ABA"),
    "city": ("#44566B", "#B9CADB"),
    "province": ("#14263D", "#F5F6F8"),
}

GRADES = {
    grade.code: grade
    for grade in (
        Grade("behind", "▲", "grade.behind", "#A61B1B", "#A61B1B", "#FF6B5E"),
        Grade("attention", "◆", "grade.attention", "#E07800", "#B85F00", "#FFC233"),
        Grade("slightly", "◆", "grade.slightly", "#E07800", "#B85F00", "#FFC233"),
        Grade("on_track", "●", "grade.on_track", "#00778F", "#00778F", "#4FC3F7"),
        Grade("unknown", "○", "grade.unknown", "#7A8798", "#7A8798", "#9DB2C4"),
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
    files = (STYLE_FILE, LARGE_FILE) if is_large else (STYLE_FILE,)
    return "\n".join([f":root{{{_variables(LIGHT)}}}", *(file.read_text(encoding="utf-8") for file in files)])


@cache
def stage_style(is_dark: bool = True) -> str:
    """The style sheet of the meeting's screen, whose colours hold within the screen only."""
    variables = _variables(DARK if is_dark else LIGHT)
    return f".st-key-{STAGE_KEY}{{{variables}}}\n{STAGE_FILE.read_text(encoding='utf-8')}"


def _variables(palette: Palette) -> str:
    names = {name: getattr(palette, name) for name in Palette.__slots__}
    for grade in GRADES.values():
        names[grade.code] = grade.dark if palette is DARK else grade.colour
        names[f"{grade.code}-text"] = grade.dark if palette is DARK else grade.text_colour
    names |= {f"level_{level}": tones[palette is DARK] for level, tones in LEVEL_TONES.items()}
    return "".join(f"--hx-{name}:{value};" for name, value in names.items())
