"""The one style sheet, and what of it is named in code; colours and grades are those of all that is shown."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from domain.palette import DARK, GRADES, LEVEL_TONES, LIGHT, Grade, Palette, grade_of

__all__ = ["DARK", "GRADES", "LIGHT", "Grade", "Palette", "grade_of"]

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
