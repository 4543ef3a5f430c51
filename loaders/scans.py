"""Bounded walks through the parts of a workbook: XML read piece by piece, and given up past a limit.

On the way a sheet's scan collects what the reader does not tell: hidden rows and columns, error cells, formulas
without a saved result.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from loaders.refusals import FORBIDDEN_RELATIONS, LIMITS, MAX_COLUMNS, MAX_ROWS, UnreadableFile

SHEET_ROWS, SHEET_COLUMNS = 1_048_576, 16_384  # what the format itself can address
CHUNK = 65_536
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
COLUMN_INDEX = {name: index for index, name in enumerate([*LETTERS, *(a + b for a in LETTERS for b in LETTERS)])}


@dataclass(slots=True)
class SheetProbe:
    """What the gate saw of one sheet. Rows and columns are zero-based."""

    name: str
    is_visible: bool = True
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)


class Walk:
    """Reads parts one after another and counts what they hold together."""

    def __init__(self, archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> None:
        self.archive = archive
        self.parts = parts
        self.read_parts: set[str] = set()
        self.text_lengths: list[int] = []
        self.cells = self.elements = self.text = self.merges = self.merged_area = 0

    def read(self, name: str, scan: PlainScan) -> None:
        """Parse one part with a scan, once: a later, plainer scan of the same part is skipped."""
        if name in self.read_parts and type(scan) is PlainScan:
            return
        self.read_parts.add(name)
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = scan.start
        parser.EndElementHandler = scan.end
        parser.CharacterDataHandler = scan.characters
        for chunk in self._chunks(name):
            parser.Parse(chunk, False)
            scan.check()
        parser.Parse(b"", True)
        scan.check()

    def check_amount(self, names: Iterable[str]) -> None:
        """Refuse sheets of too many values before they are parsed: to count a tag in bytes takes a hundredth of the time."""
        if sum(chunk.count(b"</v>") for name in names for chunk in self._chunks(name)) > LIMITS["cells"]:
            raise UnreadableFile("too_many_cells")

    def _chunks(self, name: str) -> Iterator[bytes]:
        with self.archive.open(self.parts[name]) as part:
            while chunk := part.read(CHUNK):
                yield chunk


def _refuse_doctype(*_: object) -> None:
    raise UnreadableFile("doctype")


class PlainScan:
    """A part nobody reads: it must be well-formed and without a DOCTYPE. Also the base of the other scans."""

    start: Any = None
    end: Any = None
    characters: Any = None

    def check(self) -> None:
        """Called after each piece of the part; raises UnreadableFile past a limit."""


class RelationScan(PlainScan):
    """Targets by id; refuses relations to macros, links and objects. An external hyperlink is only text and passes."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if _local(name) != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2].lower()
        if kind in FORBIDDEN_RELATIONS:
            raise UnreadableFile(FORBIDDEN_RELATIONS[kind])
        if attributes.get("TargetMode") == "External" and kind != "hyperlink":
            raise UnreadableFile("external_links")
        self.targets[attributes["Id"]] = attributes["Target"]


class WorkbookScan(PlainScan):
    """(name, state, relation id) of each sheet in order."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet":
            relation = next(value for key, value in attributes.items() if _local(key) == "id")
            self.sheets.append((attributes["name"], attributes.get("state", "visible"), relation))


class StringScan(PlainScan):
    """The length of each shared text; a short part can hold texts that become gigabytes when used often."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.length = 0
        self.in_text = False

    def start(self, name: str, _: dict[str, str]) -> None:
        self.in_text = _local(name) == "t"

    def characters(self, text: str) -> None:
        if self.in_text:
            self.length += len(text)

    def end(self, name: str) -> None:
        self.in_text = False
        if _local(name) == "si":
            self.walk.text_lengths.append(self.length)
            self._check_length()
            self.length = 0

    def check(self) -> None:
        self._check_length()
        if len(self.walk.text_lengths) > LIMITS["elements"]:
            raise UnreadableFile("too_many_cells")

    def _check_length(self) -> None:
        if self.length > LIMITS["text"]:
            raise UnreadableFile("text_too_long")


class SheetScan(PlainScan):
    """One sheet: addresses and amounts within the limits, and what is hidden, wrong or not calculated."""

    def __init__(self, walk: Walk, sheet: SheetProbe) -> None:
        self.walk = walk
        self.sheet = sheet
        self.row = self.column = -1
        self.kind = self.text = self.inside = ""
        self.has_formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = _local(name)
        self.walk.elements += 1
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "t"):
            self.inside = name
        elif name == "f":
            self.has_formula = True
        elif name == "row":
            self._start_row(attributes)
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            last = min(int(attributes["max"]), MAX_COLUMNS)
            self.sheet.hidden_columns.update(range(int(attributes["min"]) - 1, last))
        elif name == "mergeCell":
            self._add_merge(attributes["ref"])

    def characters(self, text: str) -> None:
        if self.inside:
            self.text += text

    def end(self, name: str) -> None:
        self.inside = ""
        if (self.text or self.has_formula) and (name == "c" or name.endswith(":c")):
            self._end_cell()

    def check(self) -> None:
        walk = self.walk
        if walk.elements > LIMITS["elements"]:
            self._refuse("too_much_formatting")
        if walk.cells > LIMITS["cells"]:
            raise UnreadableFile("too_many_cells")
        if walk.text > LIMITS["all_text"] or len(self.text) > LIMITS["text"]:
            raise UnreadableFile("text_too_long")
        if walk.merges > LIMITS["merges"] or walk.merged_area > LIMITS["merged_area"]:
            self._refuse("too_many_merges")

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
        self.column = -1
        _check_address(self.row, 0)
        if attributes.get("hidden") in ("1", "true") and self.row < MAX_ROWS:
            self.sheet.hidden_rows.add(self.row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        address = attributes.get("r")
        if address is None:
            self.column += 1
            _check_address(self.row, self.column)
        else:
            self.row, self.column = parse_address(address)
        self.kind = attributes.get("t", "")
        self.text = ""
        self.has_formula = False

    def _end_cell(self) -> None:
        """A filled cell: count it, keep errors and formulas without a result (a text result may be empty)."""
        if self.row >= MAX_ROWS:
            self._refuse("too_many_rows")
        if self.column >= MAX_COLUMNS:
            self._refuse("too_many_columns")
        self.walk.cells += 1
        if len(self.text) > LIMITS["text"]:
            raise UnreadableFile("text_too_long")
        self.walk.text += self.walk.text_lengths[int(self.text)] if self.kind == "s" and self.text else len(self.text)
        if self.kind == "e" and self.text:
            self.sheet.errors[self.row, self.column] = self.text.strip()
        elif self.has_formula and not self.text and self.kind != "str":
            self.sheet.uncalculated.add((self.row, self.column))

    def _add_merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, left = parse_address(first)
        bottom, right = parse_address(last or first)
        self.walk.merges += 1
        self.walk.merged_area += (bottom - top + 1) * (right - left + 1) if bottom >= top and right >= left else 0

    def _refuse(self, code: str) -> None:
        raise UnreadableFile(code, sheet=self.sheet.name[:40])


def _local(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2]


def parse_address(address: str) -> tuple[int, int]:
    """``C7`` to zero-based (6, 2). Raises UnreadableFile or ValueError outside what a sheet can address."""
    letters = address.rstrip("0123456789")
    column = COLUMN_INDEX.get(letters)
    if column is None:
        column = 0
        for letter in letters.upper():
            column = column * 26 + LETTERS.index(letter) + 1
        column -= 1
    row = int(address[len(letters) :]) - 1
    _check_address(row, column)
    return row, column


def _check_address(row: int, column: int) -> None:
    if not (0 <= row < SHEET_ROWS and 0 <= column < SHEET_COLUMNS):
        raise UnreadableFile("damaged")
