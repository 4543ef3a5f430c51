"""Makes the two Word templates, once: ``python -m reports.meeting.make_templates [FOLDER]``; what it writes is committed.

Set as official papers are (GB/T 9704): title 方正小标宋 二号, text 仿宋 三号 on lines of 28 points, heads 黑体, margins 37, 35,
28 and 26 mm, the page's number between dashes. The office may change a copy in Word as it likes, the placeholders kept.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from reports.meeting.word_templates import TEMPLATES

TITLE_FACE, TEXT_FACE, HEAD_FACE, SUB_FACE, TABLE_FACE = "方正小标宋简体", "仿宋", "黑体", "楷体", "宋体"
LATIN_FACE = "Times New Roman"
# What stands in where an office has not installed the face.
STAND_INS = {TITLE_FACE: "宋体", TEXT_FACE: "仿宋_GB2312", SUB_FACE: "楷体_GB2312"}
TITLE_SIZE, TEXT_SIZE, TABLE_SIZE, FOOT_SIZE, LINE = 22, 16, 10.5, 14, 28
CELL_SIDE = 3  # points


def bulletin_template() -> Any:
    """The monthly bulletin."""
    document = _blank()
    _title(document)
    _text(document, "{{ paragraph }}")
    _text(document, "{%p for section in sections %}")
    _heading(document, "{{ section.number }}{{ section.name }}")
    _text(document, "{{ section.finding }}")
    _text(document, "{%p for block in section.blocks %}")
    _text(document, "{{ block.number }}{{ block.text }}").paragraph_format.keep_with_next = True
    _text(document, "{%p if block.rows %}")
    _table(document, "block.headings", "block.rows")
    _note(document, "{{ block.note }}")
    _text(document, "{%p endif %}")
    _text(document, "{%p endfor %}")
    _text(document, "{%p endfor %}")
    _close(document)
    return document


def minutes_template() -> Any:
    """The minutes of the meeting."""
    document = _blank()
    _title(document)
    _text(document, "{%p for blank in blanks %}")
    _text(document, "{{ blank }}")
    _text(document, "{%p endfor %}")
    _heading(document, "{{ head_heard }}")
    _text(document, "{{ paragraph }}")
    _text(document, "{%p for finding in findings %}")
    _text(document, "{{ finding }}")
    _text(document, "{%p endfor %}")
    _heading(document, "{{ head_decided }}")
    _text(document, "{{ opening }}")
    _text(document, "{%p if rows %}")
    _table(document, "headings", "rows")
    _text(document, "{%p endif %}")
    _close(document)
    return document


def main(folder: Path = TEMPLATES) -> None:
    """Write both."""
    folder.mkdir(exist_ok=True)
    bulletin_template().save(str(folder / "bulletin.docx"))
    minutes_template().save(str(folder / "minutes.docx"))


def _blank() -> Any:
    """An empty paper with page, faces and numbers set."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(37),
        Mm(35),
        Mm(28),
        Mm(26),
    )
    section.footer_distance = Mm(25)
    styles = document.styles
    _set_face(styles["Normal"], TEXT_FACE, TEXT_SIZE)
    for name, face, size in (
        ("Title", TITLE_FACE, TITLE_SIZE),
        ("Heading 1", HEAD_FACE, TEXT_SIZE),
        ("Subtitle", SUB_FACE, TEXT_SIZE),
    ):
        _set_face(styles[name], face, size)
        _drop_border(styles[name])
    _page_number(section.footer.paragraphs[0])
    _name_stand_ins(document)
    core = document.core_properties
    core.author = core.comments = core.title = ""
    return document


def _set_face(style: Any, face: str, size: float) -> None:
    """Face, size and lines of a style; black, upright, not bold."""
    font = style.font
    font.name, font.size, font.bold, font.italic, font.color.rgb = LATIN_FACE, Pt(size), False, False, RGBColor(0, 0, 0)
    faces = style.element.rPr.rFonts
    for name in [key for key in faces.attrib if key.endswith("Theme")]:
        del faces.attrib[name]
    faces.set(qn("w:eastAsia"), face)
    # Without it some programs draw the signs of Taiwan or Japan.
    language = style.element.rPr.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        style.element.rPr.append(language)
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    spacing = style.paragraph_format
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(max(LINE, size * 1.5))
    spacing.space_before = spacing.space_after = Pt(0)


def _drop_border(style: Any) -> None:
    """Word's own title stands on a line and is spread; ours is not."""
    for parent, name in (
        (style.element.pPr, "w:pBdr"),
        (style.element.rPr, "w:spacing"),
        (style.element.rPr, "w:kern"),
    ):
        found = parent.find(qn(name)) if parent is not None else None
        if found is not None:
            parent.remove(found)


def _title(document: Any) -> None:
    for style, text in (("Title", "{{ title }}"), ("Subtitle", "{{ subtitle }}")):
        document.add_paragraph(text, style=style).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("")


def _text(document: Any, text: str) -> Any:
    """A paragraph of the text, its first line in by two characters."""
    paragraph = document.add_paragraph(text)
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), str(TEXT_SIZE * 2 * 20))
    return paragraph


def _heading(document: Any, text: str) -> None:
    paragraph = document.add_paragraph(text, style="Heading 1")
    paragraph.paragraph_format.keep_with_next = True
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), str(TEXT_SIZE * 2 * 20))


def _note(document: Any, text: str) -> None:
    """Small, below a table."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size = Pt(TABLE_SIZE)
    paragraph.paragraph_format.line_spacing = Pt(18)


def _table(document: Any, headings: str, rows: str) -> None:
    """A table with a column for each heading and a line for each row; its head is repeated on each page."""
    table = document.add_table(rows=4, cols=3, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    marks = (
        (f"{{%tc for heading in {headings} %}}", "{{ heading }}", "{%tc endfor %}"),
        (f"{{%tr for row in {rows} %}}", "", ""),
        ("{%tc for text in row %}", "{{ text }}", "{%tc endfor %}"),
        ("{%tr endfor %}", "", ""),
    )
    _cell_margins(table)
    for at, (row, texts) in enumerate(zip(table.rows, marks, strict=True)):
        for cell, text in zip(row.cells, texts, strict=True):
            _cell(cell, text, is_head=at == 0)
        properties = row._tr.get_or_add_trPr()
        for name in ("w:cantSplit", *(("w:tblHeader",) if at == 0 else ())):
            properties.append(OxmlElement(name))


def _cell_margins(table: Any) -> None:
    """Narrow ones at the sides, so that twelve months fit."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), str(CELL_SIDE * 20))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _cell(cell: Any, text: str, *, is_head: bool) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(TABLE_SIZE), LATIN_FACE
    run._r.rPr.rFonts.set(qn("w:eastAsia"), HEAD_FACE if is_head else TABLE_FACE)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(16)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)


def _close(document: Any) -> None:
    """The day, and what the paper stands on."""
    document.add_paragraph("")
    document.add_paragraph("{{ day }}").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _note(document, "{{ seal }}")


def _page_number(paragraph: Any) -> None:
    """The page's number between dashes: — 1 —."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in ("— ", "PAGE", " —"):
        run = paragraph.add_run("" if text == "PAGE" else text)
        run.font.size = Pt(FOOT_SIZE)
        if text == "PAGE":
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE")
            paragraph._p.replace(run._r, field)
            field.append(run._r)
            run.text = "1"


def _name_stand_ins(document: Any) -> None:
    """Which face to take instead, for offices without one of these."""
    fonts = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    named = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{other}"/></w:font>' for face, other in STAND_INS.items()
    )
    fonts._blob = fonts.blob.replace(b"</w:fonts>", f"{named}</w:fonts>".encode())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
