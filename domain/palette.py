"""Colours and grades as they are shown, on screens and in what is handed out alike.

Three carriers for each grade, a shape, a colour and a word, so that it is told without colours too.
"""

from __future__ import annotations

from dataclasses import dataclass


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
