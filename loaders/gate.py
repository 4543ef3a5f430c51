"""Judge a file by its bytes before any reader sees it, and refuse with a sentence what is not a plain workbook.

A workbook of a few kilobytes can abort a reader's process or take gigabytes. So the zip directory, the sizes and the
sheets are walked here with the standard library, streaming and within ``LIMITS``; only what passes reaches the reader.
On the way the gate collects what the reader does not tell: hidden rows and columns, error cells, formulas without a
saved result.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

MEGABYTE = 1024 * 1024
MAX_ROWS, MAX_COLUMNS = 20_000, 200
SHEET_ROWS, SHEET_COLUMNS = 1_048_576, 16_384  # what the format itself can address
CHUNK = 65_536
LIMITS = {
    "file_bytes": 10 * MEGABYTE,
    "parts": 300,
    "part_bytes": 60 * MEGABYTE,
    "all_bytes": 120 * MEGABYTE,
    "ratio": 200,  # inflated over stored, for parts above one megabyte
    "sheets": 30,
    "cells": 400_000,
    "elements": 3_000_000,
    "text": 32_767,  # characters of one cell, the format's own limit
    "all_text": 60 * MEGABYTE,  # characters, shared texts counted at each use
    "merges": 5_000,
    "merged_area": 200_000,
}

REFUSALS: dict[str, tuple[str, str]] = {
    # Not the right kind of file.
    "empty": ("文件是空的，没有任何内容。请重新保存报表，再选择文件。",
              "The file is empty. Save the return again and choose the file."),
    "encrypted": ("文件设有密码，读不出内容。请在 WPS 或 Excel 中取消密码，保存后再报送。",
                  "The file has a password. Remove the password in WPS or Excel, save, and send again."),
    "html_renamed": ("这是改了扩展名的网页文件，不是工作簿。请用 WPS 或 Excel 打开，另存为 .xlsx 后再报送。",
                     "This is a web page, not a workbook. Open it in WPS or Excel, save as .xlsx, and send that."),
    "xml_table": ("这是 XML 文件，不是工作簿。请用 WPS 或 Excel 打开，另存为 .xlsx 后再报送。",
                  "This is an XML file. Open it in WPS or Excel, save as .xlsx, and send that."),
    "text_file": ("这是文本文件（如 CSV），不是工作簿。请用 WPS 或 Excel 打开，另存为 .xlsx 后再报送。",
                  "This is a text file such as CSV. Open it in WPS or Excel, save as .xlsx, and send that."),
    "pdf": ("这是 PDF，不是工作簿。请报送生成它的 .xlsx 报表。",
            "This is a PDF. Send the .xlsx return it was made from."),
    "picture": ("这是图片，不是工作簿。请报送 .xlsx 报表。", "This is a picture. Send the return as .xlsx."),
    "document": ("这是文字文档或演示文稿，不是工作簿。请把表格放进 .xlsx 后再报送。",
                 "This is a text document or slides. Put the table into an .xlsx workbook and send that."),
    "open_document": ("这是 ODF 格式（如 .ods）。请另存为 .xlsx 后再报送。",
                      "This is an OpenDocument file such as .ods. Save as .xlsx and send that."),
    "binary_workbook": ("这是二进制工作簿（.xlsb）。请另存为 .xlsx 后再报送。",
                        "This is a binary workbook (.xlsb). Save as .xlsx and send that."),
    "archive": ("这是压缩包，不是工作簿。请解压后报送其中的 .xlsx 报表。",
                "This is an archive. Unpack it and send the .xlsx return inside."),
    "not_a_workbook": ("认不出这是什么文件，不是 Excel 工作簿。请用 WPS 或 Excel 打开，另存为 .xlsx 后再报送。",
                       "This is not an Excel workbook. Open it in WPS or Excel, save as .xlsx, and send that."),
    "damaged": ("文件不完整或已损坏，读不出内容。请用 WPS 或 Excel 打开，另存为新的 .xlsx 后再报送。",
                "The file is incomplete or damaged. Open it in WPS or Excel, save as a new .xlsx, and send that."),
    "no_sheets": ("工作簿里没有工作表。请用 WPS 或 Excel 打开核对，另存为 .xlsx 后再报送。",
                  "The workbook has no worksheet. Open it in WPS or Excel to check, save as .xlsx, and send that."),
    # A workbook that holds what a return must not hold.
    "macros": ("工作簿含有宏。请另存为“Excel 工作簿（.xlsx）”，不带宏，再报送。",
               "The workbook holds macros. Save it as a plain .xlsx without macros and send that."),
    "external_links": ("工作簿链接了其他文件或数据库。请在“数据—编辑链接”中断开链接，保存后再报送。",
                       "The workbook links to other files. Break the links (Data, Edit links), save, and send again."),
    "embedded_objects": ("工作簿里嵌有其他文件或控件。请删去这些对象，保存后再报送。",
                         "The workbook has other files or controls embedded. Delete them, save, and send again."),
    "doctype": ("工作簿内部含有不允许的声明（DOCTYPE）。请用 WPS 或 Excel 打开，另存为新的 .xlsx 后再报送。",
                "The workbook holds a declaration (DOCTYPE). Save it as a new .xlsx in Excel and send that."),
    # Too much of something.
    "too_large": ("文件超过 10 MB。请删去图片和无关的工作表，保存后再报送。",
                  "The file is over 10 MB. Remove pictures and unrelated sheets, save, and send again."),
    "unpacks_too_large": ("文件解压后过大。请把报表内容复制到新的工作簿，保存后再报送。",
                          "The file unpacks to too much. Copy the return into a new workbook, save, and send that."),
    "too_many_sheets": ("工作表超过 30 张。请只保留要报送的工作表。",
                        "There are more than 30 sheets. Keep only those to be sent."),
    "too_many_rows": ("工作表“{sheet}”第 20,000 行以下还有内容。请删去报表下方多余的行，保存后再报送。",
                      "The sheet “{sheet}” has content below row 20,000. Delete the rows below the return and save."),
    "too_many_columns": ("工作表“{sheet}”第 200 列（GR 列）以右还有内容。请删去报表右侧多余的列，保存后再报送。",
                         "The sheet “{sheet}” has content right of column 200 (GR). Delete those columns and save."),
    "too_many_cells": ("工作簿的内容超过 40 万格。请只保留要报送的内容，保存后再报送。",
                       "The workbook has more than 400,000 filled cells. Keep only what is to be sent."),
    "too_much_formatting": ("工作表“{sheet}”有大量只有格式、没有内容的行列。请删去这些空行空列，保存后再报送。",
                            "The sheet “{sheet}” has masses of formatted but empty cells. Delete them and save."),
    "too_many_merges": ("工作表“{sheet}”合并的单元格过多或范围过大。请取消报表以外的合并，保存后再报送。",
                        "The sheet “{sheet}” merges too many cells. Unmerge what is outside the return and save."),
    "text_too_long": ("工作簿里的文字过长（单格不超过 32,767 字）。请缩短后再报送。",
                      "The workbook's text is too long (at most 32,767 characters a cell). Shorten it and send again."),
    "too_complex": ("读取这个文件需要的内存过多。请把报表内容复制到新的工作簿，保存后再报送。",
                    "Reading this file takes too much memory. Copy the return into a new workbook and send that."),
    "too_slow": ("读取这个文件用时过长，已停止。请把报表内容复制到新的工作簿，保存后再报送。",
                 "Reading this file took too long. Copy the return into a new workbook and send that."),
}  # fmt: skip

XLSX, XLS = "xlsx", "xls"
OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
MAGIC = (  # first bytes -> code
    (b"%PDF", "pdf"), (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"),
    (b"{\\rtf", "document"), (b"Rar!", "archive"), (b"7z\xbc\xaf", "archive"), (b"\x1f\x8b", "archive"),
)  # fmt: skip
HTML_MARKS = ("<html", "<table", "<!doctype html", "<meta", "<body", "mime-version:")
FOREIGN_PARTS = (  # a part whose name begins so -> code
    ("word/", "document"), ("ppt/", "document"), ("xl/workbook.bin", "binary_workbook"),
    ("meta-inf/manifest.xml", "open_document"),
)  # fmt: skip
FORBIDDEN_PARTS = (  # a part whose name holds this -> code
    ("vbaproject", "macros"), ("xl/macrosheets/", "macros"), ("xl/externallinks/", "external_links"),
    ("xl/connections.xml", "external_links"), ("xl/querytables/", "external_links"), ("xl/queries/", "external_links"),
    ("xl/embeddings/", "embedded_objects"), ("xl/activex/", "embedded_objects"),
)  # fmt: skip
FORBIDDEN_RELATIONS = {  # last word of a relation's type, in lower case -> code
    "vbaproject": "macros", "xlmacrosheet": "macros", "xlintlmacrosheet": "macros", "externallink": "external_links",
    "connections": "external_links", "querytable": "external_links", "oleobject": "embedded_objects",
    "package": "embedded_objects", "control": "embedded_objects",
}  # fmt: skip
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
COLUMN_INDEX = {name: index for index, name in enumerate([*LETTERS, *(a + b for a in LETTERS for b in LETTERS)])}
WORKBOOK, RELATIONS, STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedstrings.xml"


class UnreadableFile(Exception):
    """The sender's file cannot be read or must not be. ``code`` is a key of REFUSALS; our own bugs are never this."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def message(self, language: str = "zh") -> str:
        """The sentence for the sender, in Chinese or English. KeyError for a code that is not declared."""
        chinese, english = REFUSALS[self.code]
        return (chinese if language == "zh" else english).format_map({"sheet": "", **self.details})


@dataclass(slots=True)
class SheetProbe:
    """What the gate saw of one sheet. Rows and columns are zero-based."""

    name: str
    is_visible: bool = True
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)


@dataclass(slots=True)
class Probe:
    """``kind`` is xlsx or xls by content; ``sheets`` by name in workbook order, empty for xls."""

    kind: str
    sheets: dict[str, SheetProbe] = field(default_factory=dict)


def probe(content: bytes) -> Probe:
    """Judge a file and, for xlsx, walk its sheets. Raises UnreadableFile, whatever the bytes are."""
    try:
        return _probe(content)
    except UnreadableFile:
        raise
    except Exception as error:  # a malformed file can raise anything in zipfile, zlib, expat and int()
        raise UnreadableFile("damaged") from error


def _probe(content: bytes) -> Probe:
    if not content:
        raise UnreadableFile("empty")
    if len(content) > LIMITS["file_bytes"]:
        raise UnreadableFile("too_large")
    if content.startswith(b"PK"):
        return _probe_archive(content)
    if content.startswith(OLE_MAGIC):
        return _probe_ole(content)
    raise UnreadableFile(_foreign_kind(content))


def _foreign_kind(content: bytes) -> str:
    """The code for a file that is neither zip nor OLE."""
    for magic, code in MAGIC:
        if content.startswith(magic):
            return code
    text = _as_text(content[:4096])
    if text is None:
        return "not_a_workbook"
    start = text.lstrip("\ufeff \t\r\n").lower()
    if any(mark in start[:1024] for mark in HTML_MARKS):
        return "html_renamed"
    return "xml_table" if start.startswith("<?xml") else "text_file"


def _as_text(start: bytes) -> str | None:
    """The first bytes as text in one of the encodings offices use, or None when they are binary."""
    is_wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8", "gb18030"):
        for cut in range(4):  # a character may be cut in two at the end
            try:
                text = start[: len(start) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return text if all(char.isprintable() or char in "\ufeff\t\r\n\f" for char in text) else None
    return None


def _probe_ole(content: bytes) -> Probe:
    if _has_stream(content, "EncryptedPackage"):
        raise UnreadableFile("encrypted")
    if _has_stream(content, "WordDocument") or _has_stream(content, "PowerPoint Document"):
        raise UnreadableFile("document")
    if not (_has_stream(content, "Workbook") or _has_stream(content, "Book")):
        raise UnreadableFile("not_a_workbook")
    if _has_stream(content, "_VBA_PROJECT_CUR"):
        raise UnreadableFile("macros")
    return Probe(XLS)


def _has_stream(content: bytes, name: str) -> bool:
    """Whether an OLE directory entry has this name. Entries are aligned to 128 bytes: a cell's text is not."""
    entry = name.encode("utf-16-le").ljust(64, b"\0") + (2 * len(name) + 2).to_bytes(2, "little")
    position = content.find(entry)
    while position >= 0 and position % 128:
        position = content.find(entry, position + 1)
    return position >= 0


def _probe_archive(content: bytes) -> Probe:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = _check_directory(archive)
        result = Probe(XLSX)
        walk = _Walk(archive, parts)
        for name in sorted(parts):
            if name.endswith(".rels"):
                walk.read(name, _RelationScan())
        paths = _list_sheets(walk, result)
        if STRINGS in parts:
            walk.read(STRINGS, _StringScan(walk))
        for path, sheet in paths:
            walk.read(path, _SheetScan(walk, sheet))
        for name in sorted(parts):
            if name.endswith(".xml"):
                walk.read(name, _PlainScan())
    return result


def _check_directory(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Judge the parts by the zip directory alone; parts by name in lower case, as readers look them up."""
    entries = archive.infolist()
    parts = {entry.filename.replace("\\", "/").lower(): entry for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile("encrypted")
    _check_names(parts)
    if len(entries) > LIMITS["parts"] or sum(entry.file_size for entry in entries) > LIMITS["all_bytes"]:
        raise UnreadableFile("unpacks_too_large")
    if any(map(_inflates_too_far, entries)):
        raise UnreadableFile("unpacks_too_large")
    is_odd = any(name.startswith("/") or ".." in name.split("/") for name in parts)
    has_method = all(entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries)
    if is_odd or not has_method or len(parts) < len(entries):
        raise UnreadableFile("damaged")
    return parts


def _check_names(parts: dict[str, zipfile.ZipInfo]) -> None:
    for start, code in FOREIGN_PARTS:
        if any(name.startswith(start) for name in parts):
            raise UnreadableFile(code)
    for word, code in FORBIDDEN_PARTS:
        if any(word in name for name in parts):
            raise UnreadableFile(code)
    if WORKBOOK not in parts:
        raise UnreadableFile("damaged" if "[content_types].xml" in parts else "archive")


def _inflates_too_far(entry: zipfile.ZipInfo) -> bool:
    if entry.file_size > LIMITS["part_bytes"]:
        return True
    return entry.file_size > MEGABYTE and entry.file_size > LIMITS["ratio"] * max(entry.compress_size, 1)


def _list_sheets(walk: _Walk, result: Probe) -> list[tuple[str, SheetProbe]]:
    """The part of each sheet in workbook order. A sheet without a part or a second one of a name is damage."""
    relations, book = _RelationScan(), _WorkbookScan()
    walk.read(RELATIONS, relations)
    walk.read(WORKBOOK, book)
    if len(book.sheets) > LIMITS["sheets"]:
        raise UnreadableFile("too_many_sheets")
    paths = []
    for name, state, relation in book.sheets:
        if name in result.sheets:
            raise UnreadableFile("damaged")
        result.sheets[name] = SheetProbe(name, state == "visible")
        target = relations.targets[relation].lstrip("/").lower()
        paths.append((target if target.startswith("xl/") else f"xl/{target}", result.sheets[name]))
    return paths


class _Walk:
    """Reads parts one after another and counts what they hold together."""

    def __init__(self, archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> None:
        self.archive = archive
        self.parts = parts
        self.read_parts: set[str] = set()
        self.text_lengths: list[int] = []
        self.cells = self.elements = self.text = self.merges = self.merged_area = 0

    def read(self, name: str, scan: _PlainScan) -> None:
        """Parse one part with a scan, once: a later, plainer scan of the same part is skipped."""
        if name in self.read_parts and type(scan) is _PlainScan:
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

    def _chunks(self, name: str) -> Iterator[bytes]:
        with self.archive.open(self.parts[name]) as part:
            while chunk := part.read(CHUNK):
                yield chunk


def _refuse_doctype(*_: object) -> None:
    raise UnreadableFile("doctype")


class _PlainScan:
    """A part nobody reads: it must be well-formed and without a DOCTYPE. Also the base of the other scans."""

    start: Any = None
    end: Any = None
    characters: Any = None

    def check(self) -> None:
        """Called after each piece of the part; raises UnreadableFile past a limit."""


class _RelationScan(_PlainScan):
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


class _WorkbookScan(_PlainScan):
    """(name, state, relation id) of each sheet in order."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet":
            relation = next(value for key, value in attributes.items() if _local(key) == "id")
            self.sheets.append((attributes["name"], attributes.get("state", "visible"), relation))


class _StringScan(_PlainScan):
    """The length of each shared text; a short part can hold texts that become gigabytes when used often."""

    def __init__(self, walk: _Walk) -> None:
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


class _SheetScan(_PlainScan):
    """One sheet: addresses and amounts within the limits, and what is hidden, wrong or not calculated."""

    def __init__(self, walk: _Walk, sheet: SheetProbe) -> None:
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
            self.row, self.column = _parse_address(address)
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
        top, left = _parse_address(first)
        bottom, right = _parse_address(last or first)
        self.walk.merges += 1
        self.walk.merged_area += (bottom - top + 1) * (right - left + 1) if bottom >= top and right >= left else 0

    def _refuse(self, code: str) -> None:
        raise UnreadableFile(code, sheet=self.sheet.name[:40])


def _local(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2]


def _parse_address(address: str) -> tuple[int, int]:
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
