"""Makers of files that break, flood or fool readers, and of small ones that only look so."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable

SHEET_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
EXTERNAL = 'TargetMode="External"'
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def sheet_xml(rows: str = ONE_CELL, before: str = "", after: str = "", doctype: str = "") -> str:
    return f'{XML}{doctype}<worksheet xmlns="{SHEET_NS}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def relations(*entries: tuple[str, str, str, str]) -> str:
    """A .rels part of (id, last word of the type, target, further attributes)."""
    items = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE_NS}/{kind}" Target="{target}" {more}/>'
        for name, kind, target, more in entries
    )
    return f'{XML}<Relationships xmlns="{RELATION_NS}">{items}</Relationships>'


def pack(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def xlsx(*sheets: str, names: tuple[str, ...] = (), more: dict[str, str | bytes] | None = None) -> bytes:
    """A minimal workbook of sheet parts; ``more`` adds parts or replaces them."""
    sheets = sheets or (sheet_xml(),)
    names = names or tuple(f"表{number}" for number in range(1, len(sheets) + 1))
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    targets = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml", "") for n in range(1, len(sheets) + 1)]
    root = f'xmlns="{SHEET_NS}" xmlns:r="{OFFICE_NS}"'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml", "")),
        "xl/workbook.xml": f"{XML}<workbook {root}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(*targets, ("rId99", "sharedStrings", "sharedStrings.xml", "")),
    }
    parts |= {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, 1)}
    return pack(parts | (more or {}))


def one_value_at(address: str) -> bytes:
    """A value far away from A1, so that a reader which keeps a full grid needs all the cells between."""
    row = "".join(filter(str.isdigit, address))
    return xlsx(sheet_xml(f'{ONE_CELL}<row r="{row}"><c r="{address}"><v>1</v></c></row>'))


def inline_text(text: str) -> bytes:
    return xlsx(sheet_xml(f"<row><c t='inlineStr'><is><t>{text}</t></is></c></row>"))


def merged(*areas: str) -> bytes:
    cells = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return xlsx(sheet_xml(after=f"<mergeCells>{cells}</mergeCells>"))


def shared_strings(texts: list[str], uses: int) -> bytes:
    """Every one of ``uses`` cells, a hundred a row, shows the first shared text."""
    cells = "<c t='s'><v>0</v></c>" * 100
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    table = f'{XML}<sst xmlns="{SHEET_NS}">{items}</sst>'
    return xlsx(sheet_xml(f"<row>{cells}</row>" * (uses // 100)), more={"xl/sharedStrings.xml": table})


def grid(rows: int, columns: int, cell: str) -> bytes:
    """Cells with addresses, which keep the file from being refused for its density alone."""
    letters = [LETTERS[n] if n < 26 else LETTERS[n // 26 - 1] + LETTERS[n % 26] for n in range(columns)]
    pattern = "<row r='#'>" + "".join(f"<c r='{letter}#'{cell}" for letter in letters) + "</row>"
    return xlsx(sheet_xml("".join(pattern.replace("#", str(row)) for row in range(1, rows + 1))))


def formatted_rows(rows: int, columns: int) -> bytes:
    """Rows with a style and without a value, as a person leaves them behind by colouring whole columns."""
    return grid(rows, columns, " s='0'/>")


def billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE lolz [<!ENTITY e0 "ha">{entities}]>'
    return xlsx(sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>&e9;</t></is></c></row>', doctype=doctype))


def external_entity() -> bytes:
    doctype = '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/hostname">]>'
    return xlsx(sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>&file;</t></is></c></row>', doctype=doctype))


def with_part(name: str, content: str | bytes = b"x") -> bytes:
    return xlsx(more={name: content})


def with_relation(kind: str, target: str = "x.bin", more: str = "") -> bytes:
    """A workbook whose first sheet has one relation."""
    return xlsx(more={"xl/worksheets/_rels/sheet1.xml.rels": relations(("rId1", kind, target, more))})


def zip_bomb() -> bytes:
    """50 MB of spaces in the sheet: small enough for the size limit, far too dense."""
    return xlsx(sheet_xml(" " * 50_000_000))


def inflated(parts: int) -> bytes:
    """Parts of 50 MB, hardly compressible by ratio rules alone since each is declared honestly."""
    return xlsx(more={f"xl/media/image{n}.png": b"\0" * 50_000_000 for n in range(parts)})


def lying_sizes() -> bytes:
    """The directory declares ten bytes for a sheet that has far more."""
    content = bytearray(xlsx(sheet_xml(ONE_CELL * 500)))
    entry = content.rfind(b"PK\x01\x02", 0, content.rfind(b"xl/worksheets/sheet1.xml"))
    content[entry + 24 : entry + 28] = struct.pack("<I", 10)
    return bytes(content)


def encrypted_zip() -> bytes:
    content = bytearray(xlsx())
    entry = content.find(b"PK\x01\x02")
    content[entry + 8] |= 1
    return bytes(content)


def odd_method() -> bytes:
    buffer = io.BytesIO(xlsx())
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/theme.xml", "<a/>")
    return buffer.getvalue()


def truncated() -> bytes:
    content = xlsx(sheet_xml(ONE_CELL * 300))
    return content[: len(content) // 2]


def random_bytes(size: int = 5000, start: bytes = b"") -> bytes:
    return start + random.Random(7).randbytes(size)


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file of version 3 with streams of 4,096 bytes or more (shorter ones are padded)."""
    sectors: list[bytes] = []
    fat = [FAT, END]
    entries = [_ole_entry("Root Entry", 5, END, 0, child=1)]
    for number, (name, stream) in enumerate(streams.items(), 2):
        stream = stream.ljust(4096, b"\0")
        first, count = len(fat), -(-len(stream) // 512)
        sectors += [stream[at : at + 512].ljust(512, b"\0") for at in range(0, len(stream), 512)]
        fat += [*range(first + 1, first + count), END]
        right = number if number <= len(streams) else FREE
        entries.append(_ole_entry(name, 2, first, len(stream), right=right))
    directory = b"".join(entries).ljust(512, b"\0")
    header = OLE_MAGIC + bytes(16) + struct.pack("<5H6x9I", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    return header + struct.pack("<128I", *fat, *[FREE] * (128 - len(fat))) + directory + b"".join(sectors)


def _ole_entry(name: str, kind: int, start: int, size: int, child: int = FREE, right: int = FREE) -> bytes:
    text = name.encode("utf-16-le")
    links = struct.pack("<HBB3I", len(text) + 2, kind, 1, FREE, right, child)
    return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)


def xls(*cells: tuple[int, int], sheets: int = 1) -> bytes:
    """A BIFF8 workbook of equal sheets with the number 1 in some (row, column) cells."""
    begin, end = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0), struct.pack("<HH", 0x0A, 0)
    body = b"".join(struct.pack("<HHHHHd", 0x203, 14, row, column, 0, 1.0) for row, column in cells)
    sheet = begin.replace(b"\x05\0", b"\x10\0", 1) + body + end
    names = [f"S{number}".encode() for number in range(sheets)]
    length = len(begin) + len(end) + sum(12 + len(name) for name in names)
    listed = b""
    for number, name in enumerate(names):
        record = struct.pack("<IHBB", length + number * len(sheet), 0, len(name), 0) + name
        listed += struct.pack("<HH", 0x85, len(record)) + record
    return ole({"Workbook": begin + listed + end + sheet * sheets})


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty"),
    "over 10 MB": (lambda: b"PK" + bytes(10 * 1024 * 1024), "too_large"),
    "web page": (lambda: b"\r\n<HTML><body><table><tr><td>1</td></tr></table>", "html_renamed"),
    "web page in one file": (lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related", "html_renamed"),
    "web page in UTF-16": (lambda: "<html><table>".encode("utf-16"), "html_renamed"),
    "XML table": (lambda: b"<?xml version='1.0'?><Workbook/>", "xml_table"),
    "CSV": (lambda: "项目名称,总投资\n风电,5".encode(), "text_file"),
    "CSV in GB 18030": (lambda: ("项目名称,总投资\n" * 900).encode("gb18030"), "text_file"),
    "CSV with BOM": (lambda: "项目名称,总投资".encode("utf-8-sig"), "text_file"),
    "PDF": (lambda: b"%PDF-1.7\n", "pdf"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n", "picture"),
    "RAR": (lambda: b"Rar!\x1a\x07", "archive"),
    "ZIP": (lambda: pack({"七月.txt": "x"}), "archive"),
    "docx": (lambda: pack({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}), "document"),
    "ods": (lambda: pack({"mimetype": "x", "META-INF/manifest.xml": "<a/>"}), "open_document"),
    "xlsb": (lambda: pack({"[Content_Types].xml": "<a/>", "xl/workbook.bin": b"x"}), "binary_workbook"),
    "random bytes": (random_bytes, "not_a_workbook"),
    "random bytes like a zip": (lambda: random_bytes(start=b"PK\x03\x04"), "damaged"),
    "random bytes like OLE": (lambda: random_bytes(start=OLE_MAGIC), "not_a_workbook"),
    "encrypted workbook": (lambda: ole({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), "encrypted"),
    "encrypted zip": (encrypted_zip, "encrypted"),
    "doc": (lambda: ole({"WordDocument": b"x"}), "document"),
    "macros in xls": (lambda: ole({"Workbook": b"x", "_VBA_PROJECT_CUR": b"x"}), "macros"),
    "truncated": (truncated, "damaged"),
    "no workbook part": (lambda: pack({"[Content_Types].xml": "<a/>"}), "damaged"),
    "lying sizes": (lying_sizes, "damaged"),
    "LZMA": (odd_method, "damaged"),
    "zip-slip": (lambda: with_part("../../x.xml"), "damaged"),
    "absolute name": (lambda: with_part("/x.xml"), "damaged"),
    "two parts of one name": (lambda: with_part("XL/Workbook.xml"), "damaged"),
    "two sheets of one name": (lambda: xlsx(sheet_xml(), sheet_xml(), names=("一", "一")), "damaged"),
    "sheet without a part": (lambda: xlsx(sheet_xml(), names=("一", "二")), "damaged"),
    "broken XML": (lambda: xlsx("<worksheet><row>"), "damaged"),
    "shared text out of range": (lambda: shared_strings([], 100), "damaged"),
    "odd address": (lambda: one_value_at("-5"), "damaged"),
    "value at XFD1048576": (lambda: one_value_at("XFD1048576"), "too_many_rows"),
    "value at A60001": (lambda: one_value_at("A60001"), "too_many_rows"),
    "value at GS1": (lambda: one_value_at("GS1"), "too_many_columns"),
    "value at XFD3": (lambda: one_value_at("xfd3"), "too_many_columns"),
    "value right of XFD": (lambda: one_value_at("XFE1"), "damaged"),
    "row 4294967295": (lambda: xlsx(sheet_xml(f'{ONE_CELL}<row r="4294967295"><c><v>1</v></c></row>')), "damaged"),
    "cell in row 4294967295": (lambda: one_value_at("A4294967295"), "damaged"),
    "cells right of XFD without addresses": (lambda: xlsx(sheet_xml(f"<row>{'<c/>' * 16385}</row>")), "damaged"),
    "merge A1:XFD100000": (lambda: merged("A1:XFD100000"), "too_many_merges"),
    "6,000 merges": (lambda: merged(*["A1:B1"] * 6000), "too_many_merges"),
    "40 sheets": (lambda: xlsx(*[sheet_xml()] * 40), "too_many_sheets"),
    "1,600,000 cells": (lambda: grid(16_000, 100, "><v>1</v></c>"), "too_many_cells"),
    "zip bomb": (zip_bomb, "unpacks_too_large"),
    "150 MB of pictures": (lambda: inflated(3), "unpacks_too_large"),
    "one part of 70 MB": (lambda: with_part("xl/media/a.png", bytes(70_000_000)), "unpacks_too_large"),
    "400 parts": (lambda: xlsx(more={f"xl/media/{n}.png": b"" for n in range(400)}), "unpacks_too_large"),
    "one megabyte in a shared text": (lambda: shared_strings(["a1" * 500_000], 20_000), "text_too_long"),
    "shared text of 40,000": (lambda: shared_strings(["a" * 40_000], 100), "text_too_long"),
    "shared text of 30,000 used 20,000 times": (lambda: shared_strings(["a" * 30_000], 20_000), "text_too_long"),
    "inline text of 40,000": (lambda: inline_text("a" * 40_000), "text_too_long"),
    "inline text of 900,000": (lambda: inline_text("ab" * 450_000), "text_too_long"),
    "billion laughs": (billion_laughs, "doctype"),
    "external entity": (external_entity, "doctype"),
    "doctype in a part nobody reads": (lambda: with_part("docProps/app.xml", "<!DOCTYPE a><a/>"), "doctype"),
    "macros": (lambda: with_part("xl/vbaProject.bin"), "macros"),
    "macros by relation": (lambda: with_relation("vbaProject"), "macros"),
    "Excel 4 macros": (lambda: with_part("xl/macrosheets/sheet1.xml"), "macros"),
    "external link": (lambda: with_part("xl/externalLinks/externalLink1.xml"), "external_links"),
    "external picture": (lambda: with_relation("image", "http://example.org/a", EXTERNAL), "external_links"),
    "connections": (lambda: with_part("xl/connections.xml"), "external_links"),
    "embedded file": (lambda: with_part("xl/embeddings/oleObject1.bin"), "embedded_objects"),
    "embedded by relation": (lambda: with_relation("oleObject"), "embedded_objects"),
}  # fmt: skip

REFUSED_BY_CHILD: dict[str, tuple[Callable[[], bytes], str]] = {
    "xls with a value in row 65,000": (lambda: xls((64_999, 0)), "too_many_rows"),
    "xls with a value in column 250": (lambda: xls((0, 249)), "too_many_columns"),
    "xls with 31 sheets": (lambda: xls((0, 0), sheets=31), "too_many_sheets"),
    "xls of zeros": (lambda: ole({"Workbook": b""}), "no_sheets"),
    "xls of random bytes": (lambda: ole({"Workbook": random_bytes()}), "damaged"),
}

HARMLESS: dict[str, Callable[[], bytes]] = {
    "false dimension": lambda: xlsx(sheet_xml(before='<dimension ref="A1:XFD1048576"/>')),
    "3,000 column definitions": lambda: xlsx(sheet_xml(before="<cols>" + '<col min="1" max="1"/>' * 3000 + "</cols>")),
    "20,000 formatted rows": lambda: formatted_rows(20_000, 5),
    "formatted cell at XFD1048576": lambda: xlsx(sheet_xml(ONE_CELL + "<row><c r='XFD1048576' s='0'/></row>")),
    "hyperlink": lambda: with_relation("hyperlink", "https://example.org/", EXTERNAL),
    "suspect words in a text": lambda: inline_text("vbaProject EncryptedPackage &lt;!DOCTYPE"),
    "one merge over a whole row": lambda: merged("A1:XFD1"),
    "picture": lambda: with_part("xl/media/image1.png"),
}
