"""Hostile words in every free text of the database and of an upload, in a real browser and in every file handed out.

A project, firm, file, sheet, heading, reason, note or name may hold what a browser, a chart or a spreadsheet program
takes for more than text. It is read as typed: nothing runs, nothing is fetched from elsewhere, nothing calculates.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zlib import crc32

import duckdb
import openpyxl
import pytest
from browser import OutsideRequests, Server, open_page, turn_to, wait_until_idle
from everything import now, record_everything
from playwright.sync_api import Browser, Download, Locator, Page, TimeoutError, expect
from sample_year import SAMPLES, copy_database

from domain.accounts import Account
from domain.permit_words import LandEvent, PermitEvent
from domain.places import SET, Place, PlaceEvent
from domain.scope import OFFICE, Record
from storage.access import FILE_TAKEN, read_access
from storage.accounts import add_account
from storage.chain import anchor_path
from storage.clock import office_time
from storage.engine import open_database
from storage.opening import open_checked
from storage.permits import record_permits
from storage.places import record_places
from storage.queries import project_states
from storage.sessions import open_session
from tests.everything import AUGUST, DAY

pytestmark = pytest.mark.browser

FOREIGN = "hostile.example"
FORMULAS = (
    "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1,1)", "\t=1+1", "\r=1+1", f'=HYPERLINK("https://{FOREIGN}/1","x")',
    f'=WEBSERVICE("https://{FOREIGN}/2")',
)  # fmt: skip
SCRIPTS = (
    '<img src=x onerror="window.__xss.push(1)">',
    "<script>window.__xss.push(2)</script>",
    f"![x](https://{FOREIGN}/3.png)",
    "[x](javascript:window.__xss.push(4))",
    '<iframe srcdoc="<script>parent.__xss.push(5)</script>"></iframe>',
    f'<a href="https://{FOREIGN}/6">x</a>',
    '<svg onload="window.__xss.push(7)">',
    '"><b onmouseover="window.__xss.push(8)" style="position:fixed;inset:0">',
    f"</style><style>*{{background:url(https://{FOREIGN}/9)}}</style>",
    '<a href="javascript:window.__xss.push(10)">x</a>',
    f'<meta http-equiv="refresh" content="0;url=https://{FOREIGN}/11">',
    "</textarea></title></script><script>window.__xss.push(12)</script>",
    f'<img src="https://{FOREIGN}/13.png">',
    f"<link rel=stylesheet href=https://{FOREIGN}/14.css>",
    "{{ 7*7 }}{% raw %} :material/home: $x$ **b** ~s~ `c`",
    f"https://{FOREIGN}/16",
)
PAYLOADS = (*FORMULAS, *SCRIPTS)
# Every column of the database is one or the other: what people or senders typed, or a code, number or sum of ours.
FREE = {
    "account_event": "person recorded_by",
    "assessment_choice": "reason set_by",
    "assessment_publication": "reason published_by",
    "assessment_scheme": "reason set_by",
    "correction": "sheet before after",
    "decision": "decided_by",
    "due_rule": "reason set_by",
    "evidence": "value note file_name recorded_by",
    "evidence_withdrawal": "withdrawn_by reason",
    "excuse": "meeting decided_by reason recorded_by",
    "finding": "sheet value message_zh reason",
    "issue": "text explanation sheet recorded_by",
    "issue_event": "owner note recorded_by",
    "land": "project_name sheet",
    "land_event": "note recorded_by",
    "ledger_row": "sheet",
    "ledger_value": "value text",
    "lock_exception": "granted_by reason",
    "meeting_seal": "sealed_by",
    "meeting_title": "title set_by",
    "node": "project_name planned_text sheet",
    "outline": "recorded_by",
    "outline_line": "name english",
    "period_lock": "locked_by reason",
    "permit": "project_name office document_number sheet text",
    "permit_event": "office document_number note recorded_by",
    "place_event": "source recorded_by",
    "project_row": """sheet texts elsewhere project_name project_code owner_name industry industry_chain signed_date_text
        planned_start_date_text start_date_text planned_completion_date_text completion_date_text production_date_text
        capacity_date_text progress_text issue_text credited_body responsible_body permit_text construction_text nature
        annual_goal_text next_step_text note""",
    "reason_word": "word set_by",
    "rectification": "name source recorded_by",
    "rectification_bulletin": "source recorded_by",
    "rectification_problem": "serial text source recorded_by",
    "relapse_ruling": "note recorded_by",
    "rule_choice": "reason set_by",
    "rule_set": "reason set_by",
    "seal_title": "title",
    "submission": "file_name accepted_by reason",
    "submission_column": "heading unit",
    "submission_table": "sheet title unit",
    "suspension_event": "note recorded_by",
    "target": "unit sheet text",
    "task": "text lead taking_part recorded_by",
    "task_detail": "leader measures schedule serial source recorded_by",
    "task_event": "note evidence lead taking_part recorded_by",
    "task_reading": "text said sheet",
    "withdrawal": "withdrawn_by reason",
}
CODE = re.compile(
    r"\w+_id|\w*sha256|\w*hash|\w+_precision|\w*period|account|kind|role|body|district|cell|field|code|level|milestone|step"
    r"|state|stage|category|node|indicator|indicator_body|escalation_level|column_letter|match|rejected|details|settings|points|seal|page|rule_set"
    r"|ledger|row_key|receipt_number|replaces|subject|answer|form|source|reason"
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
OURS = {"office", "watch", ""}
COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables USING (table_name)
    WHERE data_type = 'VARCHAR' AND table_type = 'BASE TABLE'
"""
PATHS = (
    "/", "/meeting", "/meeting?seal={seal}", "/screen?seal={seal}&page=1", "/screen?page=2", "/screen?page=4", "/screen?page=5",
    "/screen?page=6", "/map", "/map?show=unplaced", "/map?show=office", "/tasks", "/tasks?task={task}", "/projects",
    "/project?project={first}", "/project?project={second}", "/delayed", "/delayed?project={first}", "/promises", "/node_plan",
    "/conversion", "/permits", "/permits?project={second}", "/issues", "/issues?issue={issue}", "/issues?show=proposed",
    "/issues?show=meeting", "/infrastructure", "/firms", "/ledgers", "/find?q=项目", "/upload", "/receipt?receipt={receipt}", "/collection", "/questions",
    "/questions?show=texts", "/rules", "/definitions", "/health", "/audit", "/accounts", "/projects?lang=en", "/?type=large",
)  # fmt: skip
# What there is in a drawn page of more than text; pictures of ours are data or files of ours.
# A link may name anything in its query, as the name of what it opens; it may lead nowhere but to this system.
ALIVE = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    return [
        ...[...app.querySelectorAll('a[href]')].filter(each => each.origin !== location.origin).map(each => each.href),
        ...[...app.querySelectorAll('iframe, script, object, embed, meta, link')].map(each => each.outerHTML),
        ...[...app.querySelectorAll('img')].map(each => each.getAttribute('src') || '').filter(each => !/^(data:|blob:|[.]?[/])/.test(each)),
        ...[...app.querySelectorAll('*')].filter(each => [...each.attributes].some(one => /^on/i.test(one.name))).map(each => each.outerHTML),
    ];
}"""


def poisoned(text: str) -> str:
    """The text with a payload before it; the same text always with the same, so that what belongs together still does."""
    return PAYLOADS[crc32(text.encode()) % len(PAYLOADS)] + text


def poisoned_leaves(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: poisoned_leaves(each) for name, each in value.items()}
    if isinstance(value, list):
        return [poisoned_leaves(each) for each in value]
    return poisoned(value) if value and isinstance(value, str) else value


def poison_column(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> int:
    """Every text of a column that somebody typed; returns how many."""
    texts = [text for (text,) in connection.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall() if text and text not in OURS]
    if column == "value":  # also numbers, days and codes, as texts
        texts = [text for text in texts if CHINESE.search(text)]
    for text in texts:
        new = json.dumps(poisoned_leaves(json.loads(text))) if text[0] in "[{" and column in ("texts", "elsewhere") else poisoned(text)
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", [new, text])
    return len(texts)


@pytest.fixture(scope="module")
def served(until_august: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, str]]]:
    """Everything that can be recorded, then a payload in every free text, also in the journal."""
    database = copy_database(until_august, tmp_path_factory.mktemp("hostile"))
    db = open_database(database)
    record_everything(db)
    states = project_states(db, OFFICE, Record(AUGUST))
    first, second, *_ = states[(states["kind"] == "projects") & states["start_date"].notna()].to_dict("records")
    for each, at in ((first, 120.2), (second, 120.3)):
        own = each["project_id"], each["body"]
        record_places(db, [PlaceEvent(*own, SET, Place(at, 34.3))], recorded_at=now())
        step = PermitEvent(*own, "environment", "granted", DAY, DAY, None, DAY, "资规局", "地8号", "已发证")
        record_permits(db, [step], [LandEvent(*own, DAY, Decimal(90), None, Decimal(0), "补报")], recorded_at=now())
    db.close()
    with duckdb.connect(str(database)) as connection:
        known = {(table, column) for table, columns in FREE.items() for column in columns.split()}
        columns = set(connection.execute(COLUMNS).fetchall())
        assert known <= columns
        assert [each for each in sorted(columns - known) if not CODE.fullmatch(each[1])] == []
        counts = {each: poison_column(connection, *each) for each in sorted(known)}
        assert sum(count > 0 for count in counts.values()) > 70, counts
        one = {
            name: connection.execute(sql).fetchall()[0][0]
            for name, sql in {
                "seal": "SELECT seal_id FROM meeting_seal",
                "task": "SELECT task_id FROM task",
                "issue": "SELECT issue_id FROM issue",
                "receipt": "SELECT receipt_number FROM submission ORDER BY error_count + explain_count DESC",
            }.items()
        }
    # Written anew from the database at the next start, hostile words and all.
    journal = database.with_suffix(".journal.jsonl")
    journal.unlink()
    anchor_path(journal).unlink()
    db = open_checked(database)
    assert db.faults == ()
    add_account(db, Account("chief", "administrator", "", poisoned("周主任")), None, actor="x", recorded_at=now())
    db.close()
    token = open_session(database, "chief", now=office_time())
    with Server(database) as server:
        yield server, {**one, "first": first["project_id"], "second": second["project_id"], "token": token}


@pytest.fixture
def watched(chromium: Browser, served: tuple[Server, dict[str, str]]) -> Iterator[Page]:
    """A page without the security policy, so that what the pages themselves let through would run."""
    context = chromium.new_context(
        locale="zh-CN", viewport={"width": 1920, "height": 1080}, bypass_csp=True, accept_downloads=True
    )
    context.add_init_script("window.__xss = []; window.alert = text => window.__xss.push(text)")
    server, names = served
    context.add_cookies([{"name": "monitor_session", "value": names["token"], "url": server.url}])
    context.route(lambda url: FOREIGN in url, lambda route: route.abort())
    page = context.new_page()
    yield page
    context.close()


def assert_nothing_ran(page: Page, outside: OutsideRequests, path: str) -> None:
    assert page.evaluate("window.__xss") == [], path
    assert outside.urls == [], path
    assert page.evaluate(ALIVE) == [], path
    assert "编号" not in page.locator('[data-testid="stMain"]').inner_text() or "这个页面出错了" not in page.inner_text("body"), path


def close(opened: Locator) -> None:
    """By its key, on what opened: while the page is busy the focus may still be outside it, and a key may be lost."""
    for _ in range(3):
        opened.press("Escape")
        with contextlib.suppress(TimeoutError):
            opened.wait_for(state="hidden", timeout=8_000)
            return
    opened.wait_for(state="hidden")


def open_all_parts(page: Page) -> None:
    """What is folded away: the forms behind buttons, and the hover of the charts."""
    for at in range(page.get_by_test_id("stPopover").count()):
        page.get_by_test_id("stPopover").nth(at).locator("button").first.click()
        opened = page.get_by_test_id("stPopoverBody")
        opened.first.wait_for()
        close(opened.first)
    for at in range(min(page.locator(".js-plotly-plot").count(), 4)):
        box = page.locator(".js-plotly-plot").nth(at).bounding_box()
        if box:
            for share in (0.3, 0.6):
                page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] * share)
                page.wait_for_timeout(40)


def test_no_page_runs_or_fetches_what_somebody_typed(watched: Page, served: tuple[Server, dict[str, str]]) -> None:
    """Every page, with what is folded away: payloads are to be read, and nothing of them lives."""
    server, names = served
    outside, seen = OutsideRequests(watched, server), ""
    dialogs: list[str] = []
    watched.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for path in PATHS:
        turn_to(watched, server, path.format(**names) + ("&" if "?" in path else "?") + "period=2024-08")
        seen += watched.locator('[data-testid="stApp"]').inner_text()
        open_all_parts(watched)
        assert_nothing_ran(watched, outside, path)
    assert dialogs == []
    assert "Traceback" not in server.log()
    # They were there to be read: a test over harmless pages would show nothing.
    assert [text for text in SCRIPTS if text not in seen] == []


def hostile_return() -> tuple[str, bytes]:
    """The sample return of September with payloads in sheet, title, a heading, names and words, and in its own name."""
    book = openpyxl.load_workbook(SAMPLES / "滨海片区2024年9月亿元以上项目推进情况表.xlsx")
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.row == 1 and cell.column == 1:
                    cell.value = f"{cell.value}{SCRIPTS[0]}"
                elif isinstance(cell.value, str) and cell.row > 4 and len(cell.value) > 8 and not cell.value[0].isdigit():
                    cell.value, cell.data_type = poisoned(cell.value), "s"
        beyond = sheet.cell(3, sheet.max_column + 1, SCRIPTS[3])
        beyond.data_type = "s"
    book.worksheets[0].title = "<img src=x onerror=alert(1)>"
    out = io.BytesIO()
    book.save(out)
    return f"{SCRIPTS[0]}滨海片区2024年9月亿元以上项目推进情况表.xlsx".replace("/", ""), out.getvalue()


def test_an_upload_is_read_and_marked_as_text(watched: Page, served: tuple[Server, dict[str, str]], tmp_path: Path) -> None:
    """Sheet, headings, values and the file's own name on the page of uploads, and the sender's workbook handed back."""
    server, _ = served
    outside = OutsideRequests(watched, server)
    name, content = hostile_return()
    open_page(watched, server, "/upload")
    chosen = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    watched.locator('input[type="file"]').set_input_files([chosen])
    expect(watched.get_by_role("heading", name="校验问题")).to_be_visible(timeout=60_000)
    wait_until_idle(watched)
    open_all_parts(watched)
    assert_nothing_ran(watched, outside, "/upload")
    for download in taken(watched):
        assert_harmless(kept(download, tmp_path))


def taken(page: Page) -> Iterator[Download]:
    """Every file that the page hands out."""
    buttons = page.locator('[data-testid="stDownloadButton"] button')
    for at in range(buttons.count()):
        with page.expect_download(timeout=60_000) as download:
            buttons.nth(at).click()
        yield download.value


def kept(download: Download, folder: Path) -> Path:
    path = folder / f"{len(list(folder.iterdir()))}_{Path(download.suggested_filename).name}"
    download.save_as(path)
    return path


EXPORTS = (
    "/projects", "/issues", "/tasks", "/questions", "/map", "/collection?period=2024-08", "/receipt?receipt={receipt}",
    "/project?project={first}", "/delayed", "/permits", "/permits?show=land", "/node_plan",
    "/conversion", "/ledgers",
)  # fmt: skip
PAPERS = ("slides", "bulletin", "minutes", "annexes", "carried", "all")


def test_no_file_that_is_handed_out_calculates_or_fetches(
    watched: Page, served: tuple[Server, dict[str, str]], tmp_path: Path
) -> None:
    """Lists, forms, receipt, pictures and papers; each that was taken stands in the record of use."""
    server, names = served
    files = []
    for path in EXPORTS:
        open_page(watched, server, path.format(**names))
        of_page = [kept(each, tmp_path) for each in taken(watched)]
        assert of_page, path
        files += of_page
    open_page(watched, server, "/meeting?period=2024-08")
    for code in PAPERS:
        watched.locator(f".st-key-make_{code} button").click()
        expect(watched.locator(f".st-key-download_{code} button")).to_be_visible(timeout=90_000)
        wait_until_idle(watched)
    files += [kept(each, tmp_path) for each in taken(watched)]
    outside = OutsideRequests(watched, server)
    for path in files:
        assert_harmless(path)
        if path.suffix == ".html":
            watched.goto(path.as_uri())
            assert watched.evaluate("window.__xss") == [], path.name
    assert outside.urls == []
    assert {path.suffix for path in files} >= {".xlsx", ".docx", ".pptx", ".html", ".zip"}
    assert sum(FOREIGN.encode() in everything_in(path) for path in files) > 12
    assert len([entry for entry in read_access(server.database) if entry["event"] == FILE_TAKEN]) >= len(files)


def everything_in(path: Path) -> bytes:
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


class Html(HTMLParser):
    """What a browser would load or run of a page by itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.alive: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            is_far = name in ("src", "href", "srcset", "action", "data") and not re.match(r"data:|#", value or "")
            if name.startswith("on") or name == "srcdoc" or is_far:
                self.alive.append(f"{tag} {name}={value}")
        # Scripts of our own stand in the page; whether one of theirs runs is for the browser to show.
        if tag in ("iframe", "object", "embed", "link", "base", "form"):
            self.alive.append(tag)


def assert_harmless(path: Path) -> None:
    if path.suffix == ".html":
        assert Html(path.read_text(encoding="utf-8")).alive == [], path.name
    elif path.suffix == ".csv":
        assert not re.search(r'(?m)(^|,)"?[=+\-@\t\r]', path.read_text(encoding="utf-8-sig")), path.name
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                assert_harmless_part(path.name, name, archive.read(name), path.parent)


def assert_harmless_part(file: str, name: str, content: bytes, folder: Path) -> None:
    """A part of an Office file, or a paper within the file of all papers."""
    if Path(name).suffix in (".docx", ".pptx", ".xlsx", ".html"):
        inner = folder / f"inner_{Path(name).name}"
        inner.write_bytes(content)
        assert_harmless(inner)
    elif name.endswith(".rels"):
        assert b"External" not in content, (file, name, content[:600])
    elif name.startswith("xl/worksheets/"):
        assert not re.search(rb"<f[ >/]", content), (file, name)
        # Links within the workbook are ours, from a finding to its cell; one to elsewhere goes by a relation.
        assert not re.search(rb"<hyperlink [^>]*\br:id", content), (file, name)
    elif name.endswith(".xml") and name.startswith(("word/", "ppt/")):
        fields = re.findall(rb"<w:instrText[^>]*>([^<]*)|<w:fldSimple[^>]*w:instr=\"([^\"]*)|<a:hlinkClick [^>]*>", content)
        assert not any(FOREIGN.encode() in b"".join(each) for each in fields), (file, name)
