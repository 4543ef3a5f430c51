"""Word papers from a template that the office may edit: placeholders in, text out; what is wrong with it as a sentence.

The office's own file goes before ours. A template is a program of its own: it is run in a sandbox, and what fills its
places is text that is never run itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Emu, Pt
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment, SecurityError
from lxml.etree import XMLSyntaxError

from domain.meeting import PaperNotMade
from domain.text_widths import em_width
from reports.meeting.safe_text import xml_text
from reports.meeting.word_parts import PaperTable

TEMPLATES = Path(__file__).with_name("templates")
UNREADABLE = (BadZipFile, KeyError, OSError, PackageNotFoundError, ValueError, XMLSyntaxError)
# The sizes of type of a table; points at the sides of a cell; a column of so many characters is short; one longer than
# that takes no more room for it.
LATIN_EM = 0.54  # Times New Roman is narrower than the faces of slides
SIZES, SIDES, SHORT, LONGEST = (10.5, 9.0, 8.0), 8.0, 9.0, 24.0


def sandbox() -> SandboxedEnvironment:
    """Where templates run: nothing of the system within reach, every value as escaped text, no unknown field."""
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=xml_text)


def template_path(name: str, folder: Path | None) -> Path:
    """The office's own template of this name in its folder, else the one beside the code."""
    own = folder / name if folder else None
    return own if own is not None and own.is_file() else TEMPLATES / name


def fill_template(
    name: str,
    fields: Mapping[str, Any],
    tables: Sequence[PaperTable],
    *,
    title: str,
    made_at: datetime,
    folder: Path | None = None,
) -> bytes:
    """A template filled: the .docx. ``tables`` are those among the fields, in their order; their columns are fitted.

    Raises PaperNotMade for a file that is no Word document, and for placeholders that are wrong or unknown.
    """
    path = template_path(name, folder)
    document = _rendered(path, fields)
    for drawn, table in _pairs(document.tables, tables):
        _fit_columns(drawn, table, _text_width(document))
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = title, "", "", ""
    core.created = core.modified = made_at
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _rendered(path: Path, fields: Mapping[str, Any]) -> Any:
    try:
        template = DocxTemplate(BytesIO(path.read_bytes()))
        template.render(dict(fields), sandbox())
    except UndefinedError as error:
        raise _unknown_field(path.name, error, fields) from error
    except SecurityError as error:
        raise PaperNotMade(
            f"模板 {path.name} 里用了不允许的写法（{error}）。占位符里只写字段名。",
            f"The template {path.name} reaches for what it may not ({error}). Placeholders hold names of fields only.",
        ) from error
    except TemplateError as error:
        raise _wrong_mark(path.name, error) from error
    except UNREADABLE as error:
        raise PaperNotMade(
            f"模板 {path.name} 打不开：不是 Word 文档（.docx）或已损坏。请换回原来的模板。",
            f"The template {path.name} cannot be opened: it is no Word document (.docx) or damaged. Put the former one back.",
        ) from error
    return template.docx


def _unknown_field(name: str, error: UndefinedError, fields: Mapping[str, Any]) -> PaperNotMade:
    named = re.findall(r"'([^']*)'", str(error))
    field = named[-1] if named else str(error)
    return PaperNotMade(
        f"模板 {name} 里的占位符“{field}”没有对应内容。可用的有：{'、'.join(fields)}。",
        f"The template {name} asks for {field}, which there is not. There are: {', '.join(fields)}.",
    )


def _wrong_mark(name: str, error: TemplateError) -> PaperNotMade:
    """The mark that is wrong, with the text around it where Word's own text is known."""
    around = " ".join(" ".join(getattr(error, "docx_context", ())).split())[:80]
    return PaperNotMade(
        f"模板 {name} 里的占位符写法有误（{error}）。位置：{around or '不明'}。",
        f"A placeholder in the template {name} is wrong: {error}. Near: {around or 'unknown'}.",
    )


def _pairs(drawn: Sequence[Any], tables: Sequence[PaperTable]) -> list[tuple[Any, PaperTable]]:
    """Each table of ours with its place in the document; tables that the office added are passed over."""
    left, found = list(drawn), []
    for table in tables:
        heads = [xml_text(head) for head in table.headings]
        place = next((at for at, each in enumerate(left) if _head_texts(each) == heads), None)
        if place is not None:
            found.append((left[place], table))
            left = left[place + 1 :]
    return found


def _head_texts(drawn: Any) -> list[str]:
    return [cell.text for cell in drawn.rows[0].cells] if len(drawn.rows) else []


def _text_width(document: Any) -> int:
    """Between the margins, in EMU."""
    section = document.sections[0]
    return section.page_width - section.left_margin - section.right_margin


def _fit_columns(drawn: Any, table: PaperTable, width: int) -> None:
    """Columns as wide as what they hold, in type as large as the short ones need; numbers to the right."""
    size, widths = fitted_columns(table, Emu(width).pt)
    for column, each in zip(drawn._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(Pt(each).twips))
    for row in drawn.rows:
        for at, cell in enumerate(row.cells):
            cell.width = Pt(widths[at])
            if table.rights[at]:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for run in cell.paragraphs[0].runs if size < SIZES[0] else ():
                run.font.size = Pt(size)


def fitted_columns(table: PaperTable, width: float) -> tuple[float, list[float]]:
    """(size of type, widths of columns), in points: short columns stay on a line, long ones share what is left."""
    longest = [
        max(em_width(row[at], LATIN_EM) for row in (table.headings, *table.rows)) for at in range(len(table.headings))
    ]
    for size in SIZES:
        needed = [each * size + SIDES for each in longest]
        short = sum(need for need, each in zip(needed, longest, strict=True) if each <= SHORT)
        long = sum(min(each, LONGEST) for each in longest if each > SHORT)
        if short + long * size / 2 <= width:
            break
    if not long:
        return size, [need * width / short for need in needed]
    spare = max(width - short, width / 3)
    scale = (width - spare) / short if short else 1.0
    return size, [
        need * scale if each <= SHORT else spare * min(each, LONGEST) / long
        for need, each in zip(needed, longest, strict=True)
    ]
