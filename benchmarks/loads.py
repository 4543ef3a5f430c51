"""A warm load of each page in a browser: from the address to the page drawn."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.dataset import build
from benchmarks.measuring import milliseconds, print_line
from benchmarks.pages import PAGES
from benchmarks.served import ROOT, served
from tests.browser import CHROMIUM_ARGUMENTS, find_chromium

AIM_SECONDS, ROUNDS, PROJECTS = 1.5, 5, 120
DRAWN = '[data-testid="stApp"][data-test-script-state="notRunning"] .hx-header'


def main() -> None:
    """Print the median of the warm loads of each page."""
    with tempfile.TemporaryDirectory() as name:
        database = Path(name) / "monitor.duckdb"
        build(database, PROJECTS)
        with served(ROOT / "server.py", database) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_ARGUMENTS))
            page = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
            for path in PAGES:
                if path != "project":
                    seconds = statistics.median([_load(page, f"{server.url}/{path}") for _ in range(ROUNDS + 1)][1:])
                    print_line(
                        f"warm load of {path or 'overview'}",
                        milliseconds(seconds),
                        "<= 1.5 s",
                        is_met=seconds <= AIM_SECONDS,
                    )
            browser.close()


def _load(page: Page, url: str) -> float:
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(DRAWN, timeout=60_000)
    return time.perf_counter() - start
