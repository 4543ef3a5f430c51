"""How much room a text takes, in sizes of its type, before anything draws it: on screens, maps and papers alike."""

from __future__ import annotations

import unicodedata

# Share of the type's size that a character is wide, in the widest of the faces that may stand in for the one
# named, set bold.
SPACE_EM, LATIN_EM, WIDER = 0.4, 0.7, 1.15
# The same of the screens' own face.
SCREEN_LATIN_EM = 0.57


def em_width(text: str, latin: float = LATIN_EM) -> float:
    """How wide a text is, in sizes of its type: a Chinese character is one, a Latin letter or digit ``latin``."""
    return sum(_em(character, latin) for character in text)


def _em(character: str, latin: float) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    return SPACE_EM if character == " " else latin * WIDER if character.isupper() else latin
