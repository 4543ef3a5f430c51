"""The sender's own workbook with its findings marked: read back with openpyxl and with the loaders."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from sample_year import SAMPLES, copy_database

import reports.annotated
from domain.findings import ERROR, EXPLAIN, HINT, Finding, finding
from domain.periods import Period
from domain.scope import OFFICE, Record
from domain.submissions import Submission
from loaders.gate import probe
from loaders.reading import read_return
from reports.annotated import COLOURS, MOST, WORDS, annotated_copy, annotated_name
from reports.annotating import WRITTEN, annotate, clean, limit_process
from reports.templates import return_template, template_name
from storage.engine import open_database
from storage.queries import known_for

NAMES = {"heading": "总投资"}
TITLE = WORDS["zh"]["title"]
RETURN = SAMPLES / "滨海片区2024年12月亿元以上项目推进情况表.xlsx"
OLD_RETURN = SAMPLES / "响水片区2024年1月项目推进月报表.xls"


def doubt(cell: str, sheet: str = "甲", value: str = "约5亿") -> Finding:
    return finding("not_a_number", sheet=sheet, cell=cell, field="total_investment_wan", value=value, **NAMES)


def small_book(**cells: object) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = "甲"
    for address, value in cells.items():
        book.active[address] = value
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def colour(cell: object) -> str:
    return cell.fill.fgColor.rgb[-6:]


def contents(submission: Submission) -> list[object]:
    return [(table.sheet, table.unit, row.cell_row, row.values, row.texts) for table, row in submission.rows]


def list_rows(book: openpyxl.Workbook) -> list[tuple[object, ...]]:
    """What stands under the headings of the list."""
    rows = [tuple(cell.value for cell in row) for row in book.worksheets[0]]
    return rows[next(index for index, row in enumerate(rows) if row[0] == "级别") + 1 :]


# --- Marks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*月*.xlsx")), ids=lambda path: path.stem)
def test_a_marked_return_reads_as_before(path: Path) -> None:
    """Every row and value of a sample return is what it was; all its findings are made again, and one for the list."""
    content = path.read_bytes()
    before = read_return(content, path.name)
    after = read_return(annotated_copy(content, before.findings), path.name)
    assert contents(after) == contents(before)
    assert len(before.rows) > 15
    skipped = [each for each in after.findings if each.code == "sheet_skipped"]
    assert [each.value for each in skipped] == [TITLE]
    assert [each for each in after.findings if each not in skipped] == before.findings


def test_every_finding_has_its_colour_its_comment_and_its_line(tmp_path: Path, sample_year: Path) -> None:
    """December of Binhai against November: five questions and three hints, each marked and listed."""
    database = open_database(copy_database(sample_year, tmp_path))
    submission = read_return(RETURN.read_bytes(), RETURN.name, known_for(database, Period(2024, 12)))
    database.close()
    book = opened(annotated_copy(RETURN.read_bytes(), submission.findings))
    assert book.sheetnames == [TITLE, "签约未开工项目", "在建项目", "竣工项目", "基础设施"]
    placed = [each for each in submission.findings if each.cell]
    assert {"cumulative_fell", "planned_order"} <= {each.code for each in placed}
    for each in placed:
        cell = book[each.sheet][each.cell]
        assert f"{each.level}：{each.message()}" in cell.comment.text.splitlines()
        assert colour(cell) in COLOURS.values()
    fell = next(each for each in placed if each.code == "cumulative_fell" and each.cell == "K7")
    assert colour(book["在建项目"]["K7"]) == COLOURS[EXPLAIN]
    assert (EXPLAIN, "在建项目", "K7", fell.value, fell.message()) in list_rows(book)
    assert len(list_rows(book)) == len(submission.findings)
    places = {cell.value: cell.hyperlink.location for cell in book[TITLE]["C"] if cell.hyperlink}
    assert places["K7"] == "'在建项目'!K7"
    assert book.active.title == TITLE


def test_the_gravest_colour_and_all_sentences_of_a_cell() -> None:
    """Three findings of one cell: the colour of the error, three lines in the comment, the error first in the list."""
    found = [
        finding("total_not_calculated", sheet="甲", cell="B2", value="合计"),
        finding("below_threshold", sheet="甲", cell="B2", value="900", **NAMES),
        doubt("B2"),
    ]
    book = opened(annotated_copy(saved(small_book(B2="约5亿")), found))
    cell = book["甲"]["B2"]
    assert colour(cell) == COLOURS[ERROR]
    assert {line[:2] for line in cell.comment.text.splitlines()} == {"错误", "需说", "提示"}
    assert [row[0] for row in list_rows(book)] == [ERROR, EXPLAIN, HINT]


def test_a_comment_that_is_there_is_kept_and_extended() -> None:
    """The sender's own comment stays on top, with its author; marking twice says nothing twice."""
    source = small_book(B2="约5亿")
    source["甲"]["B2"].comment = Comment("请张三核对", "李四")
    once = annotated_copy(saved(source), [doubt("B2")])
    twice = annotated_copy(once, [doubt("B2")])
    for content in (once, twice):
        book = opened(content)
        comment = book["甲"]["B2"].comment
        assert comment.text.splitlines() == ["请张三核对", f"错误：{doubt('B2').message()}"]
        assert comment.author == "李四"
        assert book.sheetnames == [TITLE, "甲"]


def test_a_sheet_of_the_senders_with_the_lists_name_stays() -> None:
    """Only a list of ours is replaced."""
    source = small_book(B2="约5亿")
    source.create_sheet(TITLE)["A1"] = "我们自己的"
    book = opened(annotated_copy(saved(source), [doubt("B2")]))
    assert book[TITLE]["A1"].value == "我们自己的"
    assert len(book.sheetnames) == 3


def test_a_finding_inside_a_merged_area_marks_its_first_cell() -> None:
    """C3 of B2:C4 has no content of its own."""
    source = small_book(B2="约5亿")
    source["甲"].merge_cells("B2:C4")
    sheet = opened(annotated_copy(saved(source), [doubt("C3")]))["甲"]
    assert colour(sheet["B2"]) == COLOURS[ERROR]
    assert sheet["B2"].comment.text.startswith("错误：")
    assert [str(area) for area in sheet.merged_cells.ranges] == ["B2:C4"]


def test_findings_without_a_cell_or_of_an_unknown_sheet_are_listed_without_a_link() -> None:
    """What has no place in the file stands in the list all the same."""
    found = [finding("no_rows"), doubt("B2", sheet="没有的表"), finding("sheet_skipped", sheet="甲", value="甲")]
    book = opened(annotated_copy(saved(small_book(B2=1)), found))
    assert len(list_rows(book)) == 3
    assert not any(cell.hyperlink for cell in book[TITLE]["C"])


def test_a_sheets_name_with_a_quote_is_linked() -> None:
    """The quote is doubled in the link."""
    source = small_book(B2=1)
    source["甲"].title = "甲'乙"
    book = opened(annotated_copy(saved(source), [doubt("B2", sheet="甲'乙")]))
    assert [cell.hyperlink.location for cell in book[TITLE]["C"] if cell.hyperlink] == ["'甲''乙'!B2"]


def test_in_english() -> None:
    """Sheet, headings and sentences follow the language."""
    book = opened(annotated_copy(saved(small_book(B2="约5亿")), [doubt("B2")], "en"))
    assert book.sheetnames[0] == "Findings"
    assert book["甲"]["B2"].comment.text == f"error：{doubt('B2').message('en')}"
    assert "Finding" in [cell.value for cell in book["Findings"][4]]


# --- The rest of the file ------------------------------------------------------------------------------------------


def test_what_else_is_in_the_file_is_kept() -> None:
    """Texts like formulas, formulas, Chinese date formats, widths, checks and colours are as they were."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False})
    sheet = book.add_worksheet("甲")
    sheet.write_string("A1", "=HYPERLINK(1)")
    sheet.write_formula("A2", "=SUM(B1:B3)", None, 6)
    sheet.write_datetime("A3", date(2024, 8, 31), book.add_format({"num_format": 57}))
    sheet.write_number("B1", 0.1, book.add_format({"bg_color": "#00FF00", "num_format": "0.0%"}))
    sheet.set_column("B:B", 33)
    sheet.data_validation("B1:B9", {"validate": "list", "source": ["是", "否"]})
    sheet.conditional_format("B1:B9", {"type": "no_blanks", "format": book.add_format({"bold": True})})
    sheet.freeze_panes(1, 1)
    book.close()
    copy = opened(annotated_copy(buffer.getvalue(), [doubt("C5")]))
    sheet = copy["甲"]
    assert [(sheet[name].value, sheet[name].data_type) for name in ("A1", "A2")] == [("=HYPERLINK(1)", "s"), ("=SUM(B1:B3)", "f")]
    assert sheet["A3"]._style.numFmtId == 57
    assert (sheet["B1"].value, sheet["B1"].number_format, colour(sheet["B1"])) == (0.1, "0.0%", "00FF00")
    assert (round(sheet.column_dimensions["B"].width), sheet.freeze_panes) == (34, "B2")
    assert [str(each.sqref) for each in sheet.data_validations.dataValidation] == ["B1:B9"]
    assert [str(each.sqref) for each in sheet.conditional_formatting] == ["B1:B9"]
    assert copy.calculation.fullCalcOnLoad


def test_a_form_of_ours_keeps_its_checks_and_comments(tmp_path: Path, sample_year: Path) -> None:
    """The month's form, filled in wrongly: last month's words stay in the comment, the finding under them."""
    database = open_database(copy_database(sample_year, tmp_path))
    record = Record(Period(2025, 1))
    form = return_template(database, OFFICE, record, "binhai")
    filled = opened(form)
    column = next(cell.column_letter for cell in filled["产业项目"][4] if cell.value == "本月完成投资（万元）")
    filled["产业项目"][f"{column}5"] = "约三百"
    submission = read_return(saved(filled), template_name(record, "binhai"), known_for(database, record.period))
    database.close()
    copy = opened(annotated_copy(saved(filled), submission.findings))["产业项目"]
    first, *marks = copy[f"{column}5"].comment.text.splitlines()
    assert first.startswith("上月：")
    assert [mark[:3] for mark in marks] == ["错误："]
    original = opened(form)["产业项目"]
    assert len(copy.data_validations.dataValidation) == len(original.data_validations.dataValidation)
    assert {str(each.sqref) for each in copy.conditional_formatting} == {str(each.sqref) for each in original.conditional_formatting}


def test_values_like_formulas_and_control_characters_are_texts() -> None:
    """What a sender typed is shown and never run, in the list and in comments."""
    value = "=cmd|' /C calc'!A0\x0b\x00#N/A"
    book = opened(annotated_copy(saved(small_book(B2=1)), [doubt("B2", value=value), doubt("B3", value="#N/A")]))
    cells = {row[2].value: row[3] for row in book[TITLE] if row[0].value == ERROR}
    assert (cells["B2"].value, cells["B2"].data_type) == ("=cmd|' /C calc'!A0#N/A", "s")
    assert (cells["B3"].value, cells["B3"].data_type) == ("#N/A", "s")
    assert "\x0b" not in book["甲"]["B2"].comment.text


def test_the_marked_file_passes_the_gate() -> None:
    """What we hand out can be corrected and sent again."""
    assert list(probe(annotated_copy(saved(small_book(B2="约5亿")), [doubt("B2")])).sheets) == [TITLE, "甲"]


# --- The list alone ------------------------------------------------------------------------------------------------


def test_an_xls_file_gets_the_list_alone() -> None:
    """An .xls file is not for openpyxl: a workbook of its own says what to correct in the original."""
    book = opened(annotated_copy(OLD_RETURN.read_bytes(), [doubt("F5", sheet="项目汇总")]))
    assert book.sheetnames == [TITLE]
    assert book[TITLE]["A2"].value == WORDS["zh"]["alone"]
    assert list_rows(book) == [(ERROR, "项目汇总", "F5", "约5亿", doubt("F5").message())]
    assert not any(cell.hyperlink for row in book[TITLE] for cell in row)


@pytest.mark.parametrize("content", [b"PK\x03\x04 and then nothing", b"", b"not a workbook"])
def test_bytes_that_are_no_workbook_get_the_list_alone(content: bytes) -> None:
    """Whatever the file is, the sender gets the sentences."""
    assert opened(annotated_copy(content, [doubt("B2")])).sheetnames == [TITLE]


def test_a_file_beyond_the_size_of_uploads_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Larger than what the gate lets through: the list alone, without a child."""
    monkeypatch.setattr(reports.annotated, "LARGEST", 100)
    assert opened(annotated_copy(saved(small_book(B2=1)), [doubt("B2")])).sheetnames == [TITLE]


def test_a_child_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sender gets the list, and the server goes on."""

    def late(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("annotating", 0)

    monkeypatch.setattr(reports.annotated.subprocess, "run", late)
    assert opened(annotated_copy(saved(small_book(B2=1)), [doubt("B2")])).sheetnames == [TITLE]


def test_a_file_that_unfolds_in_openpyxl_is_given_up() -> None:
    """A shared formula of thousands of signs used by tens of thousands of cells passes the gate and stops at a limit."""
    formula = "A1+" * 2_500 + "A1"
    first = f'<c r="B1"><f t="shared" ref="B1:B20000" si="0">{formula}</f><v>1</v></c>'
    rows = "".join(f'<row r="{row}"><c r="B{row}"><f t="shared" si="0"/><v>1</v></c></row>' for row in range(2, 19_000))
    content = with_sheet(f'<row r="1">{first}</row>{rows}')
    probe(content)
    assert opened(annotated_copy(content, [doubt("B2", sheet="Sheet1")])).sheetnames == [TITLE]


def with_sheet(rows: str) -> bytes:
    """A workbook whose one sheet has these rows, as XML."""
    source = BytesIO()
    xlsxwriter.Workbook(source).close()
    result = BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            text = old.read(part).decode()
            if part.filename == "xl/worksheets/sheet1.xml":
                text = text.replace("<sheetData/>", f"<sheetData>{rows}</sheetData>")
            new.writestr(part.filename, text)
    return result.getvalue()


def test_more_findings_than_anybody_corrects() -> None:
    """The first two thousand are listed, and how many more there are."""
    book = opened(annotated_copy(b"", [doubt(f"B{row}") for row in range(1, MOST + 11)]))
    assert len(list_rows(book)) == MOST
    assert book[TITLE]["A3"].value == "另有 10 条未列出，请先改正以上各条。"


def test_no_findings() -> None:
    """The list says that there is nothing."""
    book = opened(annotated_copy(saved(small_book(B2=1)), []))
    assert book[TITLE]["A2"].value == "没有校验问题。"
    assert book["甲"]["B2"].value == 1


def test_the_copys_name() -> None:
    """It is told from the original by its name, and is always an .xlsx."""
    assert annotated_name("响水片区2024年1月.xls") == "响水片区2024年1月（校验）.xlsx"


# --- The child, in this process ------------------------------------------------------------------------------------


def job(*found: Finding) -> dict[str, object]:
    return reports.annotated._job(found, "zh", ("marked", "lossy"))


def test_the_childs_work_without_the_child() -> None:
    """The same marks, made here: a plain cell, a merged one, one said before."""
    source = small_book(B2="约5亿", D2=1)
    source["甲"].merge_cells("D2:D3")
    source["甲"]["B2"].fill = PatternFill("solid", fgColor="00FF00")
    once = annotate(saved(source), job(doubt("B2"), doubt("D3"), finding("no_rows")))
    book = opened(annotate(once, job(doubt("B2"))))
    assert colour(book["甲"]["B2"]) == colour(book["甲"]["D2"]) == COLOURS[ERROR]
    assert book["甲"]["B2"].comment.text == f"错误：{doubt('B2').message()}"


def test_the_childs_limits_hold() -> None:
    """Run as the child runs, the limit of written files is in force."""
    asked = "import resource; print(resource.getrlimit(resource.RLIMIT_FSIZE)[0])"
    script = f"import sys; sys.path.insert(0, '.'); from reports.annotating import limit_process; limit_process(); {asked}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert int(done.stdout) == WRITTEN


def test_a_system_without_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has no module of limits; the child runs all the same."""
    monkeypatch.setitem(sys.modules, "resource", None)
    limit_process()


def test_a_job_travels_as_one_line() -> None:
    """Line breaks in what a sender typed do not end the job."""
    line = json.dumps(job(doubt("B2", value="两\n行\r\n"))).encode("ascii")
    assert b"\n" not in line
    assert clean("两\n行\x07") == "两\n行"
