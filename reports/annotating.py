"""The child process that marks a sender's workbook: a job and the bytes on stdin, the marked workbook on stdout.

Run by ``annotated`` as a script in isolated mode, like the reader of the loaders: openpyxl unfolds a file of some
kilobytes into any amount of time and memory, and takes only this process with it. It imports nothing of the project.
stdin: one line of JSON (``Job``), then the workbook.
"""

from __future__ import annotations

import io
import json
import re
import sys
from typing import Any, TypedDict

MEMORY = 1024 * 1024 * 1024
SECONDS = 6
WRITTEN = 64 * 1024 * 1024
COMMENT_MOST = 2_000  # characters added to a cell's comment
# What XML cannot hold; openpyxl refuses such a text in a cell and writes it unseen into a comment.
ILLEGAL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]")
GREY, INK, LINK = "EDF1F5", "1F2937", "1D4ED8"
WIDTHS = (10, 18, 10, 24, 90)


class Entry(TypedDict):
    """One finding: its level's word and colour, its place, the value as typed, the sentence."""

    level: str
    colour: str
    sheet: str
    cell: str
    value: str
    sentence: str


class Job(TypedDict):
    """What is to be done: the entries, gravest first, and the words of the sheet that lists them."""

    title: str
    remarks: list[str]
    headings: list[str]
    author: str
    entries: list[Entry]


def limit_process() -> None:
    """Cap memory, processor time and written files. Windows knows no such limits: there the parent's timeout remains."""
    try:
        import resource
    except ImportError:
        return
    limits = {"RLIMIT_AS": MEMORY, "RLIMIT_CPU": SECONDS, "RLIMIT_FSIZE": WRITTEN, "RLIMIT_CORE": 0}
    for name, value in limits.items():
        hard = resource.getrlimit(getattr(resource, name))[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(getattr(resource, name), (value, value))
        except (ValueError, OSError):  # a platform that knows the name but not the limit
            continue


def annotate(content: bytes, job: Job) -> bytes:
    """The workbook with its findings marked and listed on a first sheet. Raises what openpyxl raises."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), keep_vba=False, keep_links=False)
    _drop_earlier_list(book, job)
    placed = [entry for entry in job["entries"] if entry["cell"] and entry["sheet"] in book.sheetnames]
    for entry in reversed(placed):  # the gravest last, so that its colour stays
        mark(book[entry["sheet"]], entry, job["author"])
    add_list(book, job)
    # openpyxl keeps formulas without their results: the program that opens the file reckons them anew.
    book.calculation.fullCalcOnLoad = True
    return _saved(book)


def list_alone(job: Job) -> bytes:
    """A workbook of its own with nothing but the list."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    add_list(book, job)
    return _saved(book)


def _drop_earlier_list(book: Any, job: Job) -> None:
    """Take out the list of an earlier marking, where the sender goes on with a marked file."""
    earlier = book[job["title"]] if job["title"] in book.sheetnames else None
    if earlier is not None and len(book.sheetnames) > 1 and earlier["A1"].value == job["title"]:
        book.remove(earlier)


def mark(sheet: Any, entry: Entry, author: str) -> None:
    """Colour a cell and add the sentence to its comment; of a merged area, the first cell."""
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell = sheet[entry["cell"]]
    if isinstance(cell, MergedCell):
        area = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        cell = sheet.cell(area.min_row, area.min_col)
    cell.fill = PatternFill("solid", fgColor=entry["colour"])
    sentence = clean(f"{entry['level']}：{entry['sentence']}")[:COMMENT_MOST]
    before = cell.comment.text if cell.comment else ""
    if sentence in before.splitlines():
        return
    text = f"{before}\n{sentence}" if before else sentence
    comment = Comment(text, cell.comment.author if before else author)
    comment.width, comment.height = 280, min(40 + 18 * sum(1 + len(line) // 20 for line in text.splitlines()), 400)
    cell.comment = comment


def add_list(book: Any, job: Job) -> None:
    """The list of all findings as the first sheet, each linked to its cell."""
    from openpyxl.styles import Alignment, Font, PatternFill

    sheets = set(book.sheetnames)
    sheet = book.create_sheet(job["title"], 0)
    for row, text in enumerate([job["title"], *job["remarks"]], 1):
        write_text(sheet.cell(row, 1), text).font = Font(bold=row == 1, size=14 if row == 1 else 10, color=INK)
    top = len(job["remarks"]) + 2
    for column, text in enumerate(job["headings"], 1):
        head = write_text(sheet.cell(top, column), text)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor=GREY)
        sheet.column_dimensions[head.column_letter].width = WIDTHS[column - 1]
    wrapped = Alignment(wrap_text=True, vertical="top")
    for row, entry in enumerate(job["entries"], top + 1):
        texts = (entry["level"], entry["sheet"], entry["cell"], entry["value"], entry["sentence"])
        for column, text in enumerate(texts, 1):
            write_text(sheet.cell(row, column), text).alignment = wrapped
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor=entry["colour"])
        if entry["cell"] and entry["sheet"] in sheets:
            _link(sheet.cell(row, 3), entry)
    sheet.freeze_panes = sheet.cell(top + 1, 1)
    _print_on_a4(sheet, top)
    _show_first(book)


def _link(cell: Any, entry: Entry) -> None:
    """A link to a place of this workbook."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    name = entry["sheet"].replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!{entry['cell']}")
    cell.font = Font(color=LINK, underline="single")


def _print_on_a4(sheet: Any, heading_row: int) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = f"{heading_row}:{heading_row}"


def _show_first(book: Any) -> None:
    """Open the file on the list, and only there: two selected sheets would be edited together."""
    book.active = 0
    for number, sheet in enumerate(book.worksheets):
        sheet.sheet_view.tabSelected = number == 0


def write_text(cell: Any, text: str) -> Any:
    """Write a text as a text, whatever it looks like: never a formula, an error or a number."""
    cell.value = clean(text)
    if cell.value:
        cell.data_type = "s"
    return cell


def clean(text: str) -> str:
    """A text that a workbook can hold."""
    return ILLEGAL.sub("", text)[:32_000]


def _saved(book: Any) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


if __name__ == "__main__":
    limit_process()
    line, _, workbook = sys.stdin.buffer.read().partition(b"\n")
    sys.stdout.buffer.write(annotate(workbook, json.loads(line)))
