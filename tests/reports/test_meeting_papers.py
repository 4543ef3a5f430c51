"""All papers of the sample year's meeting: from one reading, of the seal, under their names, on the command line, as LibreOffice opens them."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from opened_papers import deck, numbers_of, outside_links, paper_texts
from sample_year import copy_database

from domain.meeting import Figure, Line, Meeting, PaperNotMade
from domain.periods import Period
from domain.scope import OFFICE, Record
from domain.tasks import DECISION, SUPERVISION, Task, TaskEvent, task_id_of
from reports.__main__ import main
from reports.meeting.papers import (
    ALL,
    PAPER_CODES,
    PAPERS,
    PaperSource,
    made_paper,
    make_papers,
    paper_name,
    read_papers,
)
from reports.meeting.reading import read_month
from reports.meeting.slide_parts import gap_words
from reports.meeting.words import LANGUAGES
from storage.engine import Database, open_database
from storage.meetings import record_of, seal_meeting, set_title
from storage.queries import project_states
from storage.tasks import record_tasks

AUGUST = Period(2024, 8)
DAY, NOW = date(2024, 9, 10), datetime(2024, 9, 10, 9, 30)
NAMES = [
    "黄海新区2024年8月例会.pptx",
    "黄海新区2024年8月通报.docx",
    "黄海新区2024年8月会议纪要.docx",
    "黄海新区2024年8月例会附件.xlsx",
    "黄海新区2024年8月例会离线版.html",
]


@pytest.fixture(scope="module")
def august(until_august: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = open_database(copy_database(until_august, tmp_path_factory.mktemp("papers")))
    yield database
    database.close()


@pytest.fixture(scope="module")
def source(august: Database) -> PaperSource:
    return read_papers(august, OFFICE, Record(AUGUST), DAY)


def task(text: str, *, source: str = DECISION, period: str = "2024-08", project_id: str = "", body: str = "zone") -> Task:
    task_id = task_id_of(source, period, project_id, "", text, DAY)
    return Task(task_id, source, period, text, "市资规局", date(2024, 9, 30), DAY, "滨海片区", body, project_id)


def test_one_reading_for_all_papers(august: Database, source: PaperSource) -> None:
    """The same meeting and paragraph as the screen's, and where the office's templates lie."""
    month = read_month(august, OFFICE, Record(AUGUST), DAY)
    assert source.meeting == month.meeting
    assert source.paragraph == "".join(part.text for part in month.paragraph).strip()
    assert source.templates == august.path.parent / "templates"


def test_all_papers_under_their_names(source: PaperSource) -> None:
    """In their order, each told by its share; nothing leads out of any."""
    told: list[float] = []
    made = make_papers(source, progress=lambda *said: told.append(said[0]))
    assert list(made) == NAMES
    assert told == sorted(told) and told[0] == 0.0 and told[-1] == 1.0
    assert all(outside_links(content) == [] for name, content in made.items() if not name.endswith(".html"))
    assert [slide.shapes.title.text for slide in deck(made[NAMES[0]]).slides] == [page.title for page in source.meeting.pages]


@pytest.mark.parametrize("code", PAPER_CODES)
def test_one_paper_alone(source: PaperSource, code: str) -> None:
    """As it is among all."""
    name, content = made_paper(source, code)
    assert name == NAMES[PAPER_CODES.index(code)] and name.endswith(PAPERS[code].ending) and content


def test_all_in_one_file(source: PaperSource) -> None:
    """A .zip of all."""
    name, content = made_paper(source, ALL)
    assert name == "黄海新区2024年8月会议材料.zip"
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.namelist() == NAMES and archive.testzip() is None


def test_names_in_english(source: PaperSource) -> None:
    """The language of the papers is that of their names."""
    assert paper_name(source.meeting, "slides", "en") == "Yellow Sea New Area Aug 2024 slides.pptx"


def test_a_sealed_meetings_papers_stay(until_august: Path, tmp_path: Path) -> None:
    """Titles and figures are the seal's whatever comes after it; what the meeting decides after the seal is in its minutes."""
    db = open_database(copy_database(until_august, tmp_path))
    try:
        set_title(db, AUGUST, "works", "港口先行", set_at=NOW)
        seal = seal_meeting(db, AUGUST, day=DAY, sealed_at=NOW)
        set_title(db, AUGUST, "works", "改过的标题", set_at=NOW)
        project_id, body = project_states(db, OFFICE, Record(AUGUST))[["project_id", "body"]].iloc[0]
        slip = task("记错了")
        record_tasks(
            db,
            [task("落实用地指标", project_id=project_id, body=body), slip, task("督查事项", source=SUPERVISION), task("上月议定", period="2024-07")],
            [TaskEvent(slip.task_id, "cancelled", DAY, "记错")],
            recorded_at=NOW,
        )
        sealed = read_papers(db, OFFICE, record_of(seal), seal.day, seal=seal)
    finally:
        db.close()
    assert sealed.meeting.page("works").title == "港口先行"  # type: ignore[union-attr]
    assert [item.text for item in sealed.decided] == ["落实用地指标"]
    assert sealed.decided[0].project_name == sealed.facts.names[project_id]
    made = make_papers(sealed, ["slides", "minutes"])
    assert "会议封存 2024-08，2024-09-10 09:30" in deck(made[NAMES[0]]).slides[0].notes_slide.notes_text_frame.text
    text = paper_texts(made[NAMES[2]])
    assert "港口先行。" in text and f"落实用地指标（{sealed.decided[0].project_name}）" in text and "2024年9月30日" in text


def test_a_decision_stands_as_it_was_decided(until_august: Path, tmp_path: Path) -> None:
    """What was changed on the same day was a slip of the pen; later changes are the next meeting's."""
    db = open_database(copy_database(until_august, tmp_path))
    given = task("落实用地指标")
    later = date(2024, 9, 12)
    try:
        record_tasks(db, [given], [TaskEvent(given.task_id, "changed", DAY, "更正", lead="供电公司")], recorded_at=NOW)
        change = TaskEvent(given.task_id, "changed", later, "推迟", due_date=date(2024, 12, 31))
        record_tasks(db, [], [change], recorded_at=datetime(2024, 9, 12, 9, 0))
        [item] = read_papers(db, OFFICE, Record(AUGUST), DAY).decided
    finally:
        db.close()
    assert (item.lead, item.due_date) == ("供电公司", date(2024, 9, 30))


# --- The command line --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_writes_all_papers(until_august: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str) -> None:
    """Into a folder that it makes, and says where."""
    database = copy_database(until_august, tmp_path / "data")
    folder = tmp_path / "papers"
    code = main(["papers", "--period", "2024-08", "--language", language, "--database", str(database), "--output", str(folder)])
    printed = capsys.readouterr()
    assert code == 0 and printed.err == ""
    assert len(list(folder.iterdir())) == len(PAPERS) == printed.out.count("已写入")
    assert language == "en" or {path.name for path in folder.iterdir()} == set(NAMES)


def test_the_command_takes_the_newest_seal(until_august: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Or the one named; one that there is not is said."""
    database = copy_database(until_august, tmp_path / "data")
    db = open_database(database)
    seals = [seal_meeting(db, AUGUST, day=DAY, sealed_at=NOW.replace(hour=hour)) for hour in (9, 11)]
    db.close()
    asked = ["papers", "--period", "2024-08", "--database", str(database), "--output", str(tmp_path / "papers")]
    for more, hour in (([], "11:30"), (["--seal", seals[0].seal_id], "09:30")):
        assert main([*asked, *more]) == 0
        assert f"2024-09-10 {hour}" in paper_texts((tmp_path / "papers" / NAMES[1]).read_bytes())
    capsys.readouterr()
    assert main([*asked, "--seal", "2024-08-例会-09"]) == 2
    assert "没有编号为 2024-08-例会-09 的封存会议" in capsys.readouterr().err


def test_the_command_tells_what_stands_against_it(until_august: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken template; a folder that cannot be made."""
    database = copy_database(until_august, tmp_path / "data")
    asked = ["papers", "--period", "2024-08", "--database", str(database), "--output"]
    (tmp_path / "taken").write_bytes(b"")
    assert main([*asked, str(tmp_path / "taken")]) == 2
    assert "无法写入" in capsys.readouterr().err
    (database.parent / "templates").mkdir()
    own = Document()
    own.add_paragraph("{{ nobody }}")
    own.save(str(database.parent / "templates" / "minutes.docx"))
    assert main([*asked, str(tmp_path / "papers")]) == 2
    assert "模板 minutes.docx 里的占位符“nobody”没有对应内容" in capsys.readouterr().err


def test_a_terminal_sees_how_far_it_is(
    until_august: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not read by a person stays clean."""
    database = copy_database(until_august, tmp_path / "data")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    main(["papers", "--period", "2024-08", "--database", str(database), "--output", str(tmp_path / "papers")])
    assert "100%" in capsys.readouterr().err


def test_a_broken_template_stops_the_papers(source: PaperSource, tmp_path: Path) -> None:
    """Nothing is made by halves."""
    (tmp_path / "bulletin.docx").write_bytes(b"")
    with pytest.raises(PaperNotMade):
        make_papers(replace(source, templates=tmp_path))


# --- As another program opens them -------------------------------------------------------------------------------


def printed(content: bytes, name: str, folder: Path) -> str:
    """The words of a paper as LibreOffice prints it, without spaces."""
    (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / name)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    pdf = (folder / name).with_suffix(".pdf")
    found = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60)
    return "".join(found.stdout.decode().split())


def words_of(meeting: Meeting) -> Iterator[str]:
    """Every title, figure and number of a meeting that the papers write as text."""
    for page in meeting.pages:
        yield page.title
        for part in numbers_of(page):
            if isinstance(part, Figure):
                yield part.text
            elif isinstance(part, Line):
                yield from (entry.text for entry in part.entries if len(entry.text) < 12)
            elif hasattr(part, "gap_points") and part.target:
                yield gap_words(part, "zh").split()[1]


@pytest.mark.skipif(not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice or pdftotext is not installed")
@pytest.mark.parametrize("code", ["slides", "bulletin", "minutes"])
def test_another_program_prints_every_word(source: PaperSource, tmp_path: Path, code: str) -> None:
    """LibreOffice opens each paper; every title and number stands on its pages, no character is a box."""
    name, content = made_paper(source, code)
    read = printed(content, name, tmp_path)
    titles = [page.title for page in source.meeting.pages]
    wanted = titles if code == "minutes" else list(words_of(source.meeting))
    assert len(wanted) >= len(titles)
    assert [word for word in wanted if "".join(word.split()) not in read] == []
    assert "\ufffd" not in read and "□" not in read
