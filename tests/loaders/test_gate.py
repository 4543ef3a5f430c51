"""The gate: what is refused and why, what passes, and what it notices on the way."""

from __future__ import annotations

import ast
import sys
import time
from collections.abc import Callable
from pathlib import Path

import hostile
import pytest

from loaders import refusals, worker
from loaders.gate import probe
from loaders.refusals import REFUSALS, UnreadableFile
from loaders.scans import parse_address

LOADERS = Path(refusals.__file__).parent


@pytest.mark.parametrize("name", hostile.REFUSED)
def test_hostile_file_is_refused_with_its_code(name: str) -> None:
    """Every hostile or mistaken file gets its own code, and no single file takes long."""
    make, code = hostile.REFUSED[name]
    content = make()
    begun = time.perf_counter()
    with pytest.raises(UnreadableFile) as refusal:
        probe(content)
    assert refusal.value.code == code
    assert time.perf_counter() - begun < 15


@pytest.mark.parametrize("name", hostile.HARMLESS)
def test_harmless_file_passes(name: str) -> None:
    """A file that only looks hostile passes."""
    assert probe(hostile.HARMLESS[name]()).kind == "xlsx"


@pytest.mark.parametrize("code", REFUSALS)
def test_refusal_has_its_sentence_in_both_languages(code: str) -> None:
    """Each sentence says what to do, blames nobody and has all its places filled."""
    refusal = UnreadableFile(code, sheet="项目")
    assert refusal.message().endswith("。")
    assert "请" in refusal.message()
    assert not any(word in refusal.message() for word in ("无效", "非法", "抱歉", "对不起", "{"))
    assert refusal.message("en").isascii() or "“项目”" in refusal.message("en")


def test_message_names_the_sheet() -> None:
    """A refusal for one sheet says which, with the name cut to a readable length."""
    with pytest.raises(UnreadableFile) as refusal:
        probe(hostile.xlsx(hostile.sheet_xml(), hostile.sheet_xml('<row r="70000"><c><v>1</v></c></row>')))
    assert "“表2”" in refusal.value.message()
    assert "“表2”" in refusal.value.message("en")


@pytest.mark.parametrize(
    ("code", "limit"),
    [("too_many_rows", f"{refusals.MAX_ROWS:,}"), ("too_many_cells", f"{refusals.LIMITS['cells']:,}")],
)
def test_a_sentence_states_the_limit_in_force(code: str, limit: str) -> None:
    """Who must shorten a return is told how far."""
    chinese, english = refusals.REFUSALS[code]
    assert limit in english
    assert limit in chinese or f"{refusals.LIMITS['cells'] // 10_000} 万格" in chinese


@pytest.mark.parametrize("module", ["gate.py", "scans.py", "worker.py", "workbook.py"])
def test_every_code_raised_is_declared(module: str) -> None:
    """No code is raised that has no sentence."""
    tree = ast.parse((LOADERS / module).read_text(encoding="utf-8"))
    raised = {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant)
        and getattr(call.func, "id", getattr(call.func, "attr", "")) in {"UnreadableFile", "Refused", "_refuse"}
    }  # fmt: skip
    assert raised
    assert raised <= set(REFUSALS)


def test_worker_has_the_limits_of_the_gate() -> None:
    """The child imports nothing of the project, so its copy of the limits is compared here."""
    limits = refusals.LIMITS
    assert (worker.MAX_ROWS, worker.MAX_COLUMNS) == (refusals.MAX_ROWS, refusals.MAX_COLUMNS)
    assert (limits["cells"], limits["sheets"]) == (worker.MAX_CELLS, worker.MAX_SHEETS)
    assert limits["merges"] == worker.MAX_MERGES


def test_ole_names_in_a_cell_are_not_directory_entries() -> None:
    """The words EncryptedPackage or _VBA_PROJECT_CUR in a cell's text do not make a file encrypted."""
    words = "".join(f"x{name}\0" for name in ("EncryptedPackage", "_VBA_PROJECT_CUR")).encode("utf-16-le")
    entry = "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0") + (34).to_bytes(2, "little")
    assert probe(hostile.ole({"Workbook": words + b"x" + entry})).kind == "xls"


def test_hidden_wrong_and_uncalculated_cells_are_found() -> None:
    """The probe finds hidden rows and columns, errors and formulas without a result, zero-based."""
    rows = (
        '<row r="2" hidden="1"><c r="B2"><f>1/0</f></c><c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        '<row r="4"><c r="A4" t="str"><f>""</f><v></v></c><c r="B4"><f>2</f><v>2</v></c><c r="C4" t="e"><v>#N/A</v></c>'
        "</row>"
    )
    before = '<cols><col min="3" max="4" hidden="1"/><col min="6" max="16384" hidden="true"/><col min="1"/></cols>'
    sheet = probe(hostile.xlsx(hostile.sheet_xml(rows, before=before))).sheets["表1"]
    assert sheet.hidden_rows == {1}
    assert sheet.hidden_columns == {2, 3, *range(5, refusals.MAX_COLUMNS)}
    assert sheet.errors == {(1, 2): "#DIV/0!", (3, 2): "#N/A"}
    assert sheet.uncalculated == {(1, 1)}


def test_prefixes_and_missing_addresses_do_not_matter() -> None:
    """A sheet with a namespace prefix and without addresses is counted like any other."""
    rows = "<x:row/><x:row><x:c/><x:c t='e'><x:v>#REF!</x:v></x:c><x:c><x:f>A1</x:f></x:c></x:row>"
    sheet = f'<x:worksheet xmlns:x="{hostile.SHEET_NS}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    found = probe(hostile.xlsx(sheet)).sheets["表1"]
    assert found.errors == {(1, 1): "#REF!"}
    assert found.uncalculated == {(1, 2)}


def test_spaces_between_shared_texts_do_not_count() -> None:
    """A shared text is as long as its characters, also in a table written with line breaks and rich text."""
    items = " \n".join(["<si>\n<r><t>黄海</t></r>\n<r><t>新区</t></r>\n</si>"] * 9000)
    table = f'<sst xmlns="{hostile.SHEET_NS}">{items}</sst>'
    cells = hostile.sheet_xml("<row><c t='s'><v>0</v></c></row>")
    assert probe(hostile.xlsx(cells, more={"xl/sharedStrings.xml": table + " "})).kind == "xlsx"


def test_visibility_and_order_come_from_the_workbook() -> None:
    """Sheets stand in workbook order, hidden ones are marked, and a target may be absolute."""
    listed = '<sheet name="二" r:id="b"/><sheet name="一" state="veryHidden" r:id="a"/>'
    book = f'<workbook xmlns="{hostile.SHEET_NS}" xmlns:r="{hostile.OFFICE_NS}"><sheets>{listed}</sheets></workbook>'
    targets = hostile.relations(
        ("a", "worksheet", "/xl/worksheets/sheet1.xml", ""), ("b", "worksheet", "worksheets/Sheet2.xml", "")
    )
    more = {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": targets}
    sheets = probe(hostile.xlsx(hostile.sheet_xml(), hostile.sheet_xml(), more=more)).sheets
    assert [(name, sheet.is_visible) for name, sheet in sheets.items()] == [("二", True), ("一", False)]


@pytest.mark.parametrize(("address", "place"), [("A1", (0, 0)), ("gr20000", (19_999, 199)), ("XFD1", (0, 16_383))])
def test_addresses(address: str, place: tuple[int, int]) -> None:
    """An address becomes a zero-based row and column."""
    assert parse_address(address) == place


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: hostile.formatted_rows(100, 20), "too_much_formatting"),
        (lambda: hostile.shared_strings([str(number) for number in range(1001)], 100), "too_many_cells"),
    ],
)
def test_amounts_that_take_long_to_make(make: Callable[[], bytes], code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit of three million elements, tried at a thousand."""
    assert probe(make()).kind == "xlsx"
    monkeypatch.setitem(refusals.LIMITS, "elements", 1000)
    with pytest.raises(UnreadableFile) as refusal:
        probe(make())
    assert refusal.value.code == code


@pytest.mark.skipif(sys.gettrace() is not None, reason="measuring coverage slows the probe down")
@pytest.mark.parametrize(("rows", "columns", "seconds"), [(50, 23, 0.010), (200, 25, 0.040)])
def test_a_normal_return_passes_quickly(rows: int, columns: int, seconds: float) -> None:
    """The best of several probes stays under the promise, doubled for a busy machine."""
    content = hostile.grid(rows, columns, " t='inlineStr'><is><t>黄海新区</t></is></c>")
    times = []
    for _ in range(15):
        begun = time.perf_counter()
        probe(content)
        times.append(time.perf_counter() - begun)
    assert min(times) < 2 * seconds
