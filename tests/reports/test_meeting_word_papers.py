"""Bulletin and minutes, opened again: every figure the meeting's, data never run, a broken template told in a sentence."""

from __future__ import annotations

import re
import zipfile
from dataclasses import fields, replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Mm
from docxtpl import DocxTemplate
from opened_papers import HOSTILE_TEXTS, hostile_meeting, outside_links, paper_texts, shown

from domain.meeting import MARK, Heading, LineTable, Meeting, PaperNotMade, SegmentBar
from domain.number_texts import number
from reports.meeting import make_templates
from reports.meeting.bulletin import bulletin_fields, bulletin_paper
from reports.meeting.minutes import DecidedItem, minutes_fields, minutes_paper
from reports.meeting.word_parts import PaperBlock, PaperSection, PaperTable, bullet_table, section_of
from reports.meeting.word_templates import TEMPLATES, fitted_columns, sandbox
from reports.meeting.words import LANGUAGES
from tests.meetings import BULLETS, LONG_NAME, MEETING

PARAGRAPH = "截至2024年8月底，全区在库亿元以上产业项目 96 个，其中按期 52 个、滞后 44 个。"
DECIDED = (
    DecidedItem("落实用地指标 120 亩", "市资规局", date(2024, 9, 30), "滨海片区、投资公司", LONG_NAME, "用地指标尚未落实"),
    DecidedItem("变电站选址", "供电公司", date(2024, 10, 8)),
)


def document(content: bytes):
    return Document(BytesIO(content))


def page(*blocks: object) -> Meeting:
    return replace(MEETING, pages=(replace(MEETING.pages[3], blocks=blocks),))


# --- The bulletin ------------------------------------------------------------------------------------------------


def test_the_bulletin_holds_the_meeting() -> None:
    """Title, month, paragraph, a numbered section a page with what it says, day and seal."""
    text = paper_texts(bulletin_paper(MEETING, PARAGRAPH))
    assert text.startswith("黄海新区重大项目建设情况通报\n（2024年8月）")
    assert PARAGRAPH in text
    heads = re.findall(r"^([一二三四五六七]、.+)$", text, re.MULTILINE)
    assert [head[:2] for head in heads] == [f"{digit}、" for digit in "一二三四五六七"]
    assert all(" ".join(shown.title.split()) + "。" in text for shown in MEETING.pages)
    assert "2024年9月10日" in text and "会议封存 2024-08" in text


def test_figures_of_the_bulletin_are_the_meetings() -> None:
    """Large figures and parts as sentences, bars, courses and lines as tables."""
    text = paper_texts(bulletin_paper(MEETING, PARAGRAPH))
    assert "（一）到期未开工 17 个，到期未竣工 3 个，本月到期兑现 5 / 8，需市级以上协调 6 件。" in text
    assert "（一）在谁手里：企业 9，县 6，新区 0，市 4，省 1。" in text
    assert "另有 24 项见附件" in text and "没有滞后项目。" in text
    tables = document(bulletin_paper(MEETING, PARAGRAPH)).tables
    targets = [[cell.text for cell in row.cells] for row in tables[0].rows]
    assert targets[0] == ["指标", "单位", "完成", "目标", "完成率", "进度差（百分点）", "上年同期"]
    assert targets[1] == ["新签约", "个", "50", "80", "62.5%", "◆ -4.2", "41"]
    assert targets[4] == ["新竣工", "个", "—", "22", "—", "○ 未报", "—"]
    assert targets[5] == ["产业投资完成", "亿元", "1,390.3", "—", "—", "—", "—"]
    courses = [[cell.text for cell in row.cells] for row in tables[1].rows]
    assert courses[1][1:9] == ["4", "9", "13", "—", "30", "33", "42", "50"] and courses[1][9:] == ["—"] * 4


def test_a_grade_is_told_in_words() -> None:
    """In a column of marks, shape and word; the column has a head then."""
    table = MEETING.pages[3].blocks[1]
    block = section_of(replace(MEETING.pages[3], blocks=(table,)), 1, "zh").blocks[0]
    assert block.headings[0] == "亮灯" and block.rows[0][0] == "▲ 滞后"
    assert block.number == ""  # one alone is not numbered


def test_a_page_of_nothing() -> None:
    """A block without parts gives no line; a bar without parts says so."""
    [section] = bulletin_fields(page((), SegmentBar("堵点", ())), "", "zh")["sections"]
    assert [block.text for block in section.blocks] == ["堵点：无。"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_papers_in_both_languages(language: str) -> None:
    """From the same templates."""
    bulletin = paper_texts(bulletin_paper(MEETING, PARAGRAPH, language))
    minutes = paper_texts(minutes_paper(MEETING, PARAGRAPH, DECIDED, language))
    assert ("（一）" in bulletin, "(1)" in bulletin) == (language == "zh", language == "en")
    assert ("30 Sep 2024" in minutes, "2024年9月30日" in minutes) == (language == "en", language == "zh")


# --- The minutes -------------------------------------------------------------------------------------------------


def test_the_minutes_hold_what_was_decided() -> None:
    """Each decision with what it concerns, who leads, who takes part, by when; what nobody recorded stays blank."""
    content = minutes_paper(MEETING, PARAGRAPH, DECIDED)
    text = paper_texts(content)
    assert text.startswith("黄海新区重大项目建设例会纪要\n（2024年8月）")
    assert all(f"\n{blank}：\n" in text for blank in ("时间", "地点", "主持", "参加", "请假"))
    assert "会议议定事项 2 件。" in text and "（七）基础设施没有新的进展。" in text
    [table] = document(content).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "议定事项", "牵头单位", "配合单位", "完成时限"],
        ["1", f"落实用地指标 120 亩（{LONG_NAME}；用地指标尚未落实）", "市资规局", "滨海片区、投资公司", "2024年9月30日"],
        ["2", "变电站选址", "供电公司", "—", "2024年10月8日"],
    ]


def test_minutes_without_decisions() -> None:
    """Say so, and have no empty table."""
    content = minutes_paper(MEETING, PARAGRAPH, ())
    assert "本次会议没有登记议定事项。" in paper_texts(content)
    assert document(content).tables == []


# --- Templates ---------------------------------------------------------------------------------------------------


FIELDS = {
    "bulletin.docx": set(bulletin_fields(MEETING, PARAGRAPH, "zh")),
    "minutes.docx": set(minutes_fields(MEETING, PARAGRAPH, DECIDED, "zh")),
}


def template_text(path: Path) -> str:
    return "\n".join(
        paragraph.text
        for paragraph in [
            *Document(str(path)).paragraphs,
            *(each for table in Document(str(path)).tables for row in table.rows for cell in row.cells for each in cell.paragraphs),
        ]
    )


@pytest.mark.parametrize("name", FIELDS)
def test_the_template_asks_for_what_there_is(name: str) -> None:
    """For every field and no other; within a section and a block too."""
    path = TEMPLATES / name
    assert DocxTemplate(str(path)).get_undeclared_template_variables(sandbox()) == FIELDS[name]
    text = template_text(path)
    for kind, word in ((PaperSection, "section"), (PaperBlock, "block")):
        asked = set(re.findall(rf"\b{word}\.(\w+)", text))
        assert asked <= {each.name for each in fields(kind)}
        assert asked or name != "bulletin.docx"


@pytest.mark.parametrize("name", FIELDS)
def test_the_template_is_what_the_script_makes(name: str, tmp_path: Path) -> None:
    """The committed file is that of the script, word for word and style for style."""
    make_templates.main(tmp_path)
    for part in ("word/document.xml", "word/styles.xml", "word/fontTable.xml", "word/footer1.xml"):
        parts = []
        for path in (TEMPLATES / name, tmp_path / name):
            with zipfile.ZipFile(path) as archive:
                parts.append(archive.read(part))
        assert parts[0] == parts[1], part


def test_the_page_is_that_of_an_official_paper() -> None:
    """A4 with its margins, title and text in their faces, names of stand-ins for offices without these."""
    made = document(bulletin_paper(MEETING, PARAGRAPH))
    section = made.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert sizes == pytest.approx((Mm(210), Mm(297), Mm(37), Mm(28)), abs=1000)
    assert made.styles["Normal"].font.size.pt == 16 and made.styles["Title"].font.size.pt == 22
    assert (made.core_properties.title, made.core_properties.author) == ("黄海新区重大项目建设情况通报", "")
    with zipfile.ZipFile(TEMPLATES / "bulletin.docx") as archive:
        assert '<w:font w:name="仿宋"><w:altName w:val="仿宋_GB2312"/></w:font>' in archive.read("word/fontTable.xml").decode()
        assert "PAGE" in archive.read("word/footer1.xml").decode()


def own_template(folder: Path, text: str, name: str = "bulletin.docx") -> Path:
    """A template that an office wrote."""
    own = Document()
    own.add_table(rows=1, cols=2).rows[0].cells[0].text = "签发"
    own.add_paragraph(text)
    own.save(str(folder / name))
    return folder


def test_the_offices_own_template_goes_first(tmp_path: Path) -> None:
    """Its words, its own tables untouched; for the paper that it is of alone."""
    folder = own_template(tmp_path, "盐城市重点项目通报 {{ paragraph }}{% for section in sections %}{{ section.name }}；{% endfor %}")
    text = paper_texts(bulletin_paper(MEETING, PARAGRAPH, templates=folder))
    assert f"盐城市重点项目通报 {PARAGRAPH}督办事项落实情况；年度目标完成情况；" in text and "签发" in text
    assert paper_texts(minutes_paper(MEETING, PARAGRAPH, (), templates=folder)).startswith("黄海新区重大项目建设例会纪要")
    assert "签发" not in paper_texts(bulletin_paper(MEETING, PARAGRAPH, templates=tmp_path / "none"))


# name, what the template says, what is said of it
BROKEN = [
    ("an unknown field", "{{ chairman }}", "“chairman”没有对应内容。可用的有：title、"),
    ("an unknown field of a section", "{% for section in sections %}{{ section.head }}{% endfor %}", "“head”没有对应内容"),
    ("a mark that is not closed", "{{ paragraph", "写法有误"),
    ("an unknown mark", "{% nothing %}", "写法有误"),
    ("a loop without an end", "{% for section in sections %}", "写法有误"),
    ("something out of reach", "{{ title.__class__.__mro__ }}", "不允许的写法"),
    ("something forbidden", "{{ title.__class__() }}", "不允许的写法"),
    ("a program's inside", "{{ ''.format.__globals__['os'] }}", "不允许的写法"),
]


@pytest.mark.parametrize(("text", "said"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_template_is_told(tmp_path: Path, text: str, said: str) -> None:
    """Which template, and what is wrong with it, in both languages; nothing of the system is within its reach."""
    with pytest.raises(PaperNotMade) as refusal:
        bulletin_paper(MEETING, PARAGRAPH, templates=own_template(tmp_path, text))
    assert "bulletin.docx" in refusal.value.message_zh and said in refusal.value.message_zh
    assert "bulletin.docx" in refusal.value.message_en


@pytest.mark.parametrize("content", [b"", b"no document", b"PK\x03\x04 cut", b"\xd0\xcf\x11\xe0 an old .doc"])
def test_a_file_that_is_no_document(tmp_path: Path, content: bytes) -> None:
    """Is told as that."""
    (tmp_path / "bulletin.docx").write_bytes(content)
    with pytest.raises(PaperNotMade, match="cannot be opened"):
        bulletin_paper(MEETING, PARAGRAPH, templates=tmp_path)


def test_another_kind_of_file(tmp_path: Path) -> None:
    """A .zip under the name of a document, too."""
    with zipfile.ZipFile(tmp_path / "bulletin.docx", "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(PaperNotMade, match="cannot be opened"):
        bulletin_paper(MEETING, PARAGRAPH, templates=tmp_path)


# --- Text and tables ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_what_people_type_is_never_run(text: str) -> None:
    """It stands as typed, in paragraphs and cells, and the paper leads nowhere."""
    item = DecidedItem(text, text, date(2024, 9, 30), text, text, text)
    for content in (bulletin_paper(hostile_meeting(text), text), minutes_paper(hostile_meeting(text), text, [item])):
        assert outside_links(content) == []
        read = paper_texts(content)
        assert f"\n{shown(text)}\n" in read and f"{shown(text)}页。" in read
        assert "49" not in read
    [table] = document(minutes_paper(MEETING, PARAGRAPH, [item])).tables
    assert [cell.text for cell in table.rows[1].cells][2:4] == [shown(text)] * 2


# name, longest text of each column, size, columns that stay on their line
COLUMNS = [
    ("short ones", (2, 4, 6), 10.5, (0, 1, 2)),
    ("one long text", (2, 40, 6), 10.5, (0, 2)),
    ("thirteen columns", (12, *[5] * 12), 8.0, ()),
    ("more than a page holds", (8,) * 20, 8.0, ()),
]


@pytest.mark.parametrize(("lengths", "size", "whole"), [case[1:] for case in COLUMNS], ids=[case[0] for case in COLUMNS])
def test_columns_fit_the_page(lengths: tuple[int, ...], size: float, whole: tuple[int, ...]) -> None:
    """Together as wide as the text; short columns are not broken where there is room."""
    table = PaperTable(("头",) * len(lengths), (tuple("字" * each for each in lengths),), (False,) * len(lengths))
    found, widths = fitted_columns(table, 442.0)
    assert found == size
    assert sum(widths) == pytest.approx(442.0)
    assert all(width > 0 for width in widths)
    assert all(widths[at] >= lengths[at] * size for at in whole)


def test_numbers_stand_to_the_right() -> None:
    """In every row, the head too."""
    table = document(bulletin_paper(MEETING, PARAGRAPH)).tables[0]
    assert {row.cells[2].paragraphs[0].alignment for row in table.rows} != {None}
    assert {row.cells[0].paragraphs[0].alignment for row in table.rows} == {None}


def test_figures_against_targets_as_rows() -> None:
    """A target that is no whole number keeps its decimals."""
    row = bullet_table([replace(BULLETS[4], done=12.5, target=20.5, gap_points=-5.7, grade="slightly")], "zh").rows[0]
    assert row == ("产业投资完成", "亿元", "12.5", "20.5", "61.0%", "◆ -5.7", number(None))


def test_a_table_of_marks_alone() -> None:
    """A column of marks needs its head; an empty table gives its words."""
    table = LineTable((Heading("", MARK),), (), 0, "没有。")
    [section] = bulletin_fields(page(table), "", "zh")["sections"]
    assert [(block.text, block.rows, block.table) for block in section.blocks] == [("没有。", (), None)]
