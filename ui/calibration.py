"""The size of type for a screen: one factor, found by looking, kept by the browser of that screen.

Factor 1 is an 86-inch screen read from six metres (B.2: 32 px there are 16 minutes of arc, the least that is read with
ease); what is further away or smaller needs as much more.
"""

from __future__ import annotations

from html import escape
from math import isfinite

import streamlit as st

from ui.filters import asked_text
from ui.formats import number
from ui.links import page_href
from ui.locale import t

# The browser's memory of its factor; written by stage.js when a size is chosen.
COOKIE = "stage_size"
# What a wall of any size and distance can need.
LEAST_FACTOR, MOST_FACTOR = 0.6, 2.0
FACTORS = (0.8, 1.0, 1.2, 1.5, 1.8)
INCHES, METRES = (65, 75, 86, 98, 110), (3, 4, 6, 8)
BASE_INCHES, BASE_METRES = 86, 6


def asked_factor() -> float:
    """The factor that the address holds, else the one that this browser keeps, else 1; 1 for nonsense."""
    try:
        factor = float(asked_text("size") or st.context.cookies.get(COOKIE) or 1)
    except ValueError:
        return 1.0
    return min(max(factor, LEAST_FACTOR), MOST_FACTOR) if isfinite(factor) else 1.0


def factor_for(inches: float, metres: float) -> float:
    """The factor for a screen of so many inches read from so many metres, to one decimal."""
    return round(min(max(BASE_INCHES / inches * metres / BASE_METRES, LEAST_FACTOR), MOST_FACTOR), 1)


def sizes_html(current: float) -> str:
    """A line in each size, the smallest type that a page has; the first that is read with ease is chosen by a click."""
    lines = "".join(_line(factor, is_current=abs(factor - current) < 0.05) for factor in FACTORS)
    return f'<div class="hs-body"><div class="hs-sizes">{lines}</div>{_guide()}</div>'


def _line(factor: float, *, is_current: bool) -> str:
    mark = f" {t('calibration.current')}" if is_current else ""
    href = page_href("screen", size=f"{factor:g}", **_kept())
    return (
        f'<a href="{escape(href)}" target="_self" data-size="{factor:g}">'
        f"<b>{escape(t('calibration.size', factor=number(factor, 1)))}{escape(mark)}</b>"
        f'<span style="font-size:{32 * factor:.0f}px">{escape(t("calibration.line"))}</span></a>'
    )


def _guide() -> str:
    """Which size is likely to suit which screen."""
    heads = "".join(f"<th>{escape(t('calibration.metres', metres=metres))}</th>" for metres in METRES)
    rows = "".join(
        f"<tr><th>{escape(t('calibration.inches', inches=inches))}</th>"
        + "".join(f"<td>{number(factor_for(inches, metres), 1)}</td>" for metres in METRES)
        + "</tr>"
        for inches in INCHES
    )
    return f'<table class="hs-guide"><thead><tr><th></th>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _kept() -> dict[str, str]:
    return {name: value for name in ("period", "seal", "ground") if (value := asked_text(name))}
