"""Judge a file by its bytes before any reader sees it, and refuse with a sentence what is not a plain workbook.

A workbook of a few kilobytes can abort a reader's process or take gigabytes. So the zip directory, the sizes and the
sheets are walked here with the standard library, streaming and within ``LIMITS``; only what passes reaches the reader.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

from loaders.refusals import FORBIDDEN_PARTS, FOREIGN_PARTS, HTML_MARKS, LIMITS, MAGIC, MEGABYTE, UnreadableFile
from loaders.scans import PlainScan, RelationScan, SheetProbe, SheetScan, StringScan, Walk, WorkbookScan

XLSX, XLS = "xlsx", "xls"
OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
WORKBOOK, RELATIONS, STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedstrings.xml"


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
        walk = Walk(archive, parts)
        for name in sorted(parts):
            if name.endswith(".rels"):
                walk.read(name, RelationScan())
        paths = _list_sheets(walk, result)
        if STRINGS in parts:
            walk.read(STRINGS, StringScan(walk))
        walk.check_amount(path for path, _ in paths)
        for path, sheet in paths:
            walk.read(path, SheetScan(walk, sheet))
        for name in sorted(parts):
            if name.endswith(".xml"):
                walk.read(name, PlainScan())
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


def _list_sheets(walk: Walk, result: Probe) -> list[tuple[str, SheetProbe]]:
    """The part of each sheet in workbook order. A sheet without a part or a second one of a name is damage."""
    relations, book = RelationScan(), WorkbookScan()
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
