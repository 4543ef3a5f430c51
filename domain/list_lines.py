"""Tables that come as text, of a file or pasted: their lines, and those that cannot be taken."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

Lines = Sequence[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class UntakenLine:
    """A line that cannot be taken: its number (0 for the whole), its text, why as a code of its list's sentences."""

    line: int
    text: str
    code: str

    SENTENCES: ClassVar[Mapping[str, tuple[str, str]]] = {}  # code -> why, in Chinese and English

    def message(self, language: str = "zh") -> str:
        """Why, in a sentence."""
        return self.SENTENCES[self.code][0 if language == "zh" else 1]


def decoded(content: bytes) -> str:
    """A text file as a spreadsheet saves it: UTF-8, or GB 18030 from older programs."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def lines_of_text(text: str) -> list[tuple[int, list[str]]]:
    """(number, cells) of the lines that are not empty; parted by tabs or commas, a comma of the words left as it is."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    rows = csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text else ",")
    found = [(rows.line_num, [cell.strip() for cell in cells]) for cells in rows]
    return [(number, cells) for number, cells in found if any(cells)]
