"""Reading whole workbooks: values as the reader gives them, what it hides put back, and every bad end a refusal."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from pathlib import Path

import hostile
import openpyxl
import pytest
import python_calamine
import xlrd
import xlsxwriter

from loaders import workbook, worker
from loaders.gate import Probe
from loaders.refusals import UnreadableFile
from loaders.scans import SheetProbe
from loaders.workbook import Sheet, Workbook, read_workbook, sha256_of

SAMPLES = sorted((Path(__file__).parents[2] / "data" / "samples" / "2024").glob("*.xls*"))


def refusal_of(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as refusal:
        read_workbook(content)
    return refusal.value.code


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def only_sheet(content: bytes) -> Sheet:
    (sheet,) = read_workbook(content).sheets
    return sheet


def test_there_are_samples() -> None:
    """The tests below would pass without any sample, so count them."""
    assert len(SAMPLES) == 26


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_sample_is_read_as_the_reader_reads_it_in_process(path: Path) -> None:
    """Every sample is read, rectangular, and equal to a reading without gate and child."""
    content = path.read_bytes()
    book = read_workbook(content)
    plain = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert [sheet.name for sheet in book.sheets] == plain.sheet_names
    assert book.kind == ("xls" if content.startswith(hostile.OLE_MAGIC) else "xlsx")
    for index, sheet in enumerate(book.sheets):
        expected = plain.get_sheet_by_index(index).to_python(skip_empty_area=False)
        assert len({len(row) for row in sheet.rows}) == 1
        assert [[plain_cell(cell) for cell in row[: len(expected[0])]] for row in sheet.rows[: len(expected)]] == [
            [plain_cell(cell) for cell in row] for row in expected
        ]


def plain_cell(cell: object) -> object:
    if isinstance(cell, datetime) and cell.time() == time(0):
        return cell.date()
    return None if cell == "" else cell


@pytest.mark.parametrize("path", [path for path in SAMPLES if path.suffix == ".xls"], ids=lambda path: path.stem)
def test_xls_agrees_with_xlrd(path: Path) -> None:
    """A second reader finds the same texts and numbers in the old format."""
    second = xlrd.open_workbook(path, formatting_info=True)
    for sheet in read_workbook(path.read_bytes()).sheets:
        other = second.sheet_by_name(sheet.name)
        for row, cells in enumerate(sheet.rows):
            for column, cell in enumerate(cells):
                assert xlrd_cell(second, other, row, column) == cell
        assert sorted((top, left, bottom + 1, right + 1) for top, left, bottom, right in sheet.merged) == sorted(
            (top, left, bottom, right) for top, bottom, left, right in other.merged_cells
        )


def xlrd_cell(book: xlrd.Book, sheet: xlrd.sheet.Sheet, row: int, column: int) -> object:
    if row >= sheet.nrows or column >= sheet.ncols:
        return None
    cell = sheet.cell(row, column)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return plain_cell(xlrd.xldate_as_datetime(cell.value, book.datemode))
    return None if cell.value == "" else cell.value


def test_hidden_columns_of_the_samples_are_found() -> None:
    """Some samples hide a column, which has values all the same."""
    hidden = {(path.stem, sheet.name): sheet.hidden_columns for path in SAMPLES if path.suffix == ".xlsx"
              for sheet in read_workbook(path.read_bytes()).sheets if sheet.hidden_columns}  # fmt: skip
    assert hidden
    assert set(map(frozenset, hidden.values())) == {frozenset({5})}


def test_the_wrong_extension_does_not_matter() -> None:
    """The kind is told by the bytes: no name is even asked for."""
    assert read_workbook(hostile.xls((0, 0))).kind == "xls"
    assert read_workbook(hostile.xlsx()).kind == "xlsx"


def test_values_keep_their_type_and_text() -> None:
    """Text is not stripped, numbers are floats, midnight is a date, times keep their text, an empty text is None."""
    book = openpyxl.Workbook()
    sheet = book.active
    values = ["  项目 \n", 7, 0.5, True, date(2024, 8, 31), datetime(2024, 8, 31, 9, 30), time(9, 30), "", "00123"]
    sheet.append(values)
    sheet["J2"] = timedelta(hours=36)
    sheet["J2"].number_format = "[h]:mm:ss"
    read = only_sheet(saved(book))
    assert read.rows[0] == [
        "  项目 \n", 7.0, 0.5, True, date(2024, 8, 31), datetime(2024, 8, 31, 9, 30), "09:30:00", None, "00123", None
    ]  # fmt: skip
    assert type(read.rows[0][1]) is float
    assert type(read.rows[0][4]) is date
    assert read.rows[1] == [None] * 9 + ["1 day, 12:00:00"]


@pytest.mark.parametrize("number_format", [14, 31, 57, '[$-804]yyyy"年"m"月"', 'yyyy"年"m"月"d"日"'])
def test_chinese_date_formats_give_dates(number_format: int | str) -> None:
    """The built-in formats of a Chinese Excel and the custom ones are dates, not serial numbers."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        style = book.add_format()
        style.set_num_format(number_format)
        book.add_worksheet().write_number(0, 0, 45535, style)
    assert only_sheet(buffer.getvalue()).rows == [[date(2024, 8, 31)]]


def test_errors_and_uncalculated_formulas_stand_out() -> None:
    """An error is its text, an uncalculated formula is None, and the rows grow to hold both."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["B1"], sheet["D6"], sheet["C5"] = 1, "=1+1", "=SUM(A1:A5)", "#N/A"
    sheet["C5"].data_type = "e"
    read = only_sheet(saved(book))
    assert read.errors == {(4, 2): "#N/A"}
    assert read.uncalculated == {(0, 1), (5, 3)}
    assert read.rows == [[1.0, None, None, None], *[[None] * 4] * 3, [None, None, "#N/A", None], [None] * 4]


def test_calculated_formulas_are_their_results() -> None:
    """A saved result counts, also an empty text and a number that is not finite."""
    cells = '<c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><f>6*7</f><v>42</v></c><c r="C1" t="b"><v>1</v></c>'
    read = only_sheet(hostile.xlsx(hostile.sheet_xml(f'<row r="1">{cells}</row>')))
    assert read.rows == [[None, 42.0, True]]
    assert read.uncalculated == set()


def test_merged_areas_are_clipped_and_hidden_sheets_marked() -> None:
    """A merge over the whole width ends with the rows; one outside them is left out; a hidden sheet is read."""
    book = openpyxl.Workbook()
    book.active["A1"] = "表题"
    book.active["B3"] = 1
    for area in ("A1:Z1", "A2:A9", "F6:G7"):
        book.active.merge_cells(area)
    hidden = book.create_sheet("底稿")
    hidden["A1"] = 1
    hidden.sheet_state = "hidden"
    hidden.row_dimensions[1].hidden = True
    first, second = read_workbook(saved(book)).sheets
    assert sorted(first.merged) == [(0, 0, 0, 1), (1, 0, 2, 0)]
    assert (first.is_visible, second.is_visible) == (True, False)
    assert second.hidden_rows == {0}


def test_odd_merges_are_left_out() -> None:
    """Areas upside down or outside the sheet are dropped rather than kept wrong."""
    areas = [[2.0, 0.0, 1.0, 0.0], [0.0, 0.0, 9.0, 9.0], [5.0, 5.0, 6.0, 6.0], [0.0, 1.0, 0.0, 0.0]]
    assert workbook._clip_merged(areas, 3, 2) == [(0, 0, 2, 1)]
    assert workbook._clip_merged(areas, 0, 0) == []


def test_an_empty_sheet_has_no_rows() -> None:
    """A sheet without values, or with styles only, is there and empty; a chart's sheet is left out."""
    book = openpyxl.Workbook()
    book.active["C9"].fill = openpyxl.styles.PatternFill("solid", "FFFF00")
    book.create_chartsheet("图").add_chart(openpyxl.chart.BarChart())
    sheet = only_sheet(saved(book))
    assert sheet.rows == []
    assert sheet.merged == []


@pytest.mark.parametrize("name", hostile.REFUSED_BY_CHILD)
def test_hostile_xls_is_refused_by_the_child(name: str) -> None:
    """The old format has no probe: the child keeps the limits."""
    make, code = hostile.REFUSED_BY_CHILD[name]
    assert refusal_of(make()) == code


@pytest.mark.parametrize("name", hostile.HARMLESS)
def test_harmless_file_is_read(name: str) -> None:
    """What only looks hostile is read like any other file."""
    assert len(read_workbook(hostile.HARMLESS[name]()).sheets) == 1


@pytest.mark.parametrize(
    ("make", "codes"),
    [
        (lambda: hostile.one_value_at("XFD1048576"), {"damaged", "too_complex"}),
        (lambda: hostile.one_value_at("A4294967295"), {"damaged", "too_complex"}),
        (lambda: hostile.shared_strings(["a1" * 500_000], 20_000), {"damaged", "too_complex"}),
        (hostile.billion_laughs, {"damaged"}),
        (lambda: hostile.grid(500, 250, "><v>1</v></c>"), {"too_many_columns"}),
        (lambda: hostile.grid(16_000, 100, "><v>1</v></c>"), {"too_many_cells"}),
        (lambda: hostile.merged(*["A1:B1"] * 6000), {"too_many_merges"}),
    ],
)
def test_parent_survives_what_the_gate_would_have_stopped(
    make: Callable[[], bytes], codes: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the gate open the child may die of a bomb; the parent gets a refusal."""
    monkeypatch.setattr(workbook, "probe", lambda _: Probe("xlsx", {"表1": SheetProbe("表1")}))
    assert refusal_of(make()) in codes


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("import os; os.abort()", "damaged"),
        ("raise MemoryError", "too_complex"),
        ("print('nonsense')", "damaged"),
        ("print('[]')", "damaged"),
        ("print('{}')", "damaged"),
        ('print(\'{"sheets": [{"name": "x"}]}\')', "damaged"),
        ("print('{\"sheets\": []}')", "no_sheets"),
        ('print(\'{"refused": "encrypted"}\')', "encrypted"),
        ('print(\'{"refused": "made up"}\')', "damaged"),
        ("import time; time.sleep(9)", "too_slow"),
    ],
)
def test_every_end_of_the_child_is_a_refusal(
    script: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Abort, no memory, nonsense, silence: each is a code, and the semaphore is given back."""
    (tmp_path / "child.py").write_text(script, encoding="utf-8")
    monkeypatch.setattr(workbook, "WORKER", tmp_path / "child.py")
    monkeypatch.setattr(workbook, "TIMEOUT_SECONDS", 1)
    assert refusal_of(hostile.xlsx()) == code
    assert workbook.CHILDREN.acquire(blocking=False)
    workbook.CHILDREN.release()


@pytest.mark.skipif(sys.platform == "win32", reason="no processor limit there")
def test_processor_limit_is_told_from_other_ends() -> None:
    """The signal of the processor limit means too slow, any other one damage."""
    assert workbook._failure_code(-24 if sys.platform == "linux" else -workbook.signal.SIGXCPU, b"") == "too_slow"
    assert workbook._failure_code(-6, b"memory allocation of 9 bytes failed") == "too_complex"
    assert workbook._failure_code(-6, b"") == "damaged"


@pytest.mark.skipif(sys.platform == "win32", reason="no limits there")
def test_child_runs_within_its_limits() -> None:
    """The limits hold in a process that sets them: no file can be written, memory ends at one gigabyte."""
    script = (
        f"import sys; sys.path.insert(0, {str(workbook.WORKER.parent)!r}); import worker; worker.limit_process(); "
        "worker.limit_process(); import resource as r; "
        "print(r.getrlimit(r.RLIMIT_AS)[0], r.getrlimit(r.RLIMIT_FSIZE)[0], r.getrlimit(r.RLIMIT_CPU)[0])"
    )
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(1024**3), "0", "15"]


def test_answer_beyond_its_size_becomes_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child hands over a refusal instead of an answer that would fill the parent."""
    monkeypatch.setattr(worker, "MAX_OUTPUT", 100)
    assert b"text_too_long" in worker.encode({"sheets": ["x" * 200]})


def test_cells_without_a_json_type() -> None:
    """Dates are tagged, times keep their text, anything else is our bug and raises."""
    assert worker.encode_cell(datetime(2024, 8, 31, 9, 30)) == ["d", "2024-08-31T09:30:00"]
    assert worker.encode_cell(time(9, 30)) == ["s", "09:30:00"]
    with pytest.raises(TypeError):
        worker.encode_cell(object())


def test_worker_answers_in_process_as_in_the_child() -> None:
    """The functions of the child work without the process around them."""
    answer = worker.read_sheets(hostile.xls((2, 1)))
    assert answer["sheets"] == [{"name": "S0", "merged": [], "rows": [["", ""], ["", ""], ["", 1.0]], "visible": True}]
    assert worker.read_sheets(hostile.xls((0, 249)))["refused"] == "too_many_columns"


def test_many_readers_at_once() -> None:
    """Ten senders at once wait for each other and all get their sheets."""
    with ThreadPoolExecutor(10) as pool:
        books = list(pool.map(lambda _: read_workbook(hostile.xlsx()), range(10)))
    assert all(isinstance(book, Workbook) and book.sheets[0].rows == [[1.0]] for book in books)


def test_mutants_of_real_workbooks_end_in_a_workbook_or_a_refusal() -> None:
    """Three hundred samples with flipped, cut, doubled bytes: nothing but a Workbook or UnreadableFile comes out."""
    dice = random.Random(2024)
    outcomes = {"read": 0, "refused": 0}
    for number in range(300):
        outcomes[outcome_of(mutate_bytes(SAMPLES[number % len(SAMPLES)].read_bytes(), dice))] += 1
    assert outcomes["refused"] > 100


def test_mutants_inside_the_parts_end_in_a_workbook_or_a_refusal() -> None:
    """Sixty samples with changed XML in a correct zip, which get further than changed bytes do."""
    dice = random.Random(7)
    packed = [path for path in SAMPLES if path.suffix == ".xlsx"]
    outcomes = {"read": 0, "refused": 0}
    for number in range(60):
        outcomes[outcome_of(mutate_part(packed[number % len(packed)].read_bytes(), dice))] += 1
    assert min(outcomes.values()) > 0


def outcome_of(content: bytes) -> str:
    try:
        assert isinstance(read_workbook(content), Workbook)
    except UnreadableFile as refusal:
        return "refused" if refusal.message() else "refused in silence"
    return "read"


def mutate_bytes(content: bytes, dice: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(changed))
        match dice.randrange(4):
            case 0:
                changed[at] ^= 1 << dice.randrange(8)
            case 1:
                changed[at : at + dice.randint(1, 64)] = dice.randbytes(dice.randint(1, 64))
            case 2:
                del changed[at : at + dice.randint(1, 2000)]
            case _:
                changed[at:at] = changed[at : at + dice.randint(1, 500)]
        changed = changed or bytearray(b"P")
    return bytes(changed)


def mutate_part(content: bytes, dice: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice([name for name in parts if name.startswith("xl/")])
    if dice.random() < 0.5:
        parts[name] = mutate_bytes(parts[name], dice)
    else:
        numbers = [b'"0"', b'"1"', b'"-1"', b'"4294967296"', b'"A1"', b'""']
        parts[name] = parts[name].replace(dice.choice(numbers), dice.choice(numbers), dice.randint(1, 9))
    return hostile.pack(parts)


def test_sha256_names_the_bytes() -> None:
    """The name of the kept bytes is their SHA-256 in hexadecimal digits."""
    assert sha256_of(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
