"""The sender's own workbook with every finding marked at its cell, to be corrected and sent again.

It is a courtesy copy and never what is kept: the original bytes are. The marking runs in a process of its own with
limits (``annotating``); whatever goes wrong in there, the sender gets the list of findings alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from threading import BoundedSemaphore

from domain.findings import ERROR, EXPLAIN, HINT, LEVEL_ENGLISH, LEVELS, Finding
from reports.annotating import Entry, Job, list_alone

WORKER = Path(__file__).with_name("annotating.py")
TIMEOUT_SECONDS = 10
LARGEST = 10 * 1024 * 1024  # what the gate of the loaders lets through
MOST = 2_000  # findings; more than a person corrects by hand
# One at a time: a large file takes a processor and up to a gigabyte.
CHILDREN = BoundedSemaphore(1)
COLOURS = {ERROR: "F5B7B1", EXPLAIN: "FAD7A0", HINT: "D6EAF8"}
WORDS = {
    "zh": {
        "title": "校验问题",
        "headings": ["级别", "所在表", "单元格", "原文", "校验意见"],
        "author": "校验",
        "marked": "有问题的单元格已着色，批注写明校验意见。改正后请删去本表，用 Excel 或 WPS 保存再报送。",
        "lossy": "本件仅供核对：原件中的图片、形状和部分下拉列表可能未保留，公式须打开保存后才有结果。存档以原件为准。",
        "alone": "原文件不能直接标注，只列出校验意见。请在原文件里改正后再报送。",
        "more": "另有 {count} 条未列出，请先改正以上各条。",
        "none": "没有校验问题。",
    },
    "en": {
        "title": "Findings",
        "headings": ["Level", "On sheet", "Cell", "As typed", "Finding"],
        "author": "Check",
        "marked": "Cells with findings are coloured and carry a comment. Correct them, delete this sheet, save and send again.",
        "lossy": "For checking only: pictures, shapes and some drop-downs may be missing; save it for formulas to have results.",
        "alone": "The file itself cannot be marked; this is the list alone. Correct the original and send it again.",
        "more": "{count} more are not listed; correct these first.",
        "none": "There are no findings.",
    },
}


def annotated_copy(content: bytes, findings: Sequence[Finding], language: str = "zh") -> bytes:
    """The .xlsx with the findings marked and listed; the list alone where the file is .xls or cannot be marked.

    ``content`` must have passed the gate of the loaders. Never raises for what the file holds.
    """
    marked = _ask_child(content, _job(findings, language, ("marked", "lossy"))) if content.startswith(b"PK") else None
    return marked or list_alone(_job(findings, language, ("alone",)))


def annotated_name(file_name: str) -> str:
    """The name of the marked copy: the original's with what it is behind."""
    return f"{Path(file_name).stem}（校验）.xlsx"


def _job(findings: Sequence[Finding], language: str, remarks: Sequence[str]) -> Job:
    words = WORDS[language]
    ordered = sorted(findings, key=lambda finding: LEVELS.index(finding.level))
    said = [words[name] for name in remarks]
    if len(ordered) > MOST:
        said.append(words["more"].format(count=len(ordered) - MOST))
    return Job(
        title=words["title"],
        remarks=said if ordered else [words["none"]],
        headings=words["headings"],
        author=words["author"],
        entries=[_entry(finding, language) for finding in ordered[:MOST]],
    )


def _entry(finding: Finding, language: str) -> Entry:
    return Entry(
        level=finding.level if language == "zh" else LEVEL_ENGLISH[finding.level],
        colour=COLOURS[finding.level],
        sheet=finding.sheet,
        cell=finding.cell,
        value=finding.value,
        sentence=finding.message(language),
    )


def _ask_child(content: bytes, job: Job) -> bytes | None:
    """The marked workbook; None when the child could not make it, whatever the reason."""
    if len(content) > LARGEST:
        return None
    command = [sys.executable, "-I", str(WORKER)]
    sent = json.dumps(job).encode("ascii") + b"\n" + content
    # openpyxl writes sheets into files first; those of a child that was stopped go with the folder.
    with CHILDREN, tempfile.TemporaryDirectory() as folder:
        places = {**os.environ, "TMPDIR": folder, "TEMP": folder, "TMP": folder}
        try:
            child = subprocess.run(
                command, input=sent, capture_output=True, timeout=TIMEOUT_SECONDS, check=False, env=places
            )
        except subprocess.TimeoutExpired:
            return None
    return child.stdout if child.returncode == 0 else None
