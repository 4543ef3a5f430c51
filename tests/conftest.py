"""What tests in every folder share: a Chromium, and pages of it."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from browser import CHROMIUM_ARGUMENTS, FULL_HD, find_chromium, forget, stop_listening
from coverage import Coverage
from hypothesis import settings
from playwright.sync_api import Browser, Error, Page, sync_playwright
from sample_year import built_once, sample_files

# The suite tries the same examples on every run, so that a change is judged by what it changes;
# HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("suite", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

# What the tests of the screens pass through on their way counts as reached by nobody, nor does what a rule and its
# second implementation are compared on: each part must be reached by tests of its own, and counting takes half as long again.
UNCOUNTED_FOLDERS = "ui", "end_to_end", "soak"
UNCOUNTED_ENDING = "_oracle"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Count the lines that are reached, except in the tests that are there for something else."""
    is_uncounted = item.path.parent.name in UNCOUNTED_FOLDERS or item.path.stem.endswith(UNCOUNTED_ENDING)
    counting = Coverage.current() if is_uncounted else None
    if counting is None:
        return (yield)
    counting.stop()
    try:
        return (yield)
    finally:
        counting.start()


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the whole run, which all workers have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def sample_year(run_folder: Path) -> Path:
    """A database with the whole sample year; tests copy it (``copy_database``) before they open or change it."""
    return built_once(run_folder / "sample_year", sample_files())


@pytest.fixture(scope="session")
def until_august(run_folder: Path) -> Path:
    """A database with the returns of January to August; tests copy it like the whole year."""
    return built_once(run_folder / "until_august", sample_files(8))


@pytest.fixture(scope="session")
def until_march(run_folder: Path) -> Path:
    """A database with the returns of January to March, without the yearly forms; tests copy it like the whole year."""
    return built_once(run_folder / "until_march", sample_files(3, yearly=False))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One headless Chromium for the whole run of a worker; without one, the test fails: no check is skipped."""
    path = find_chromium()
    if path is None:
        pytest.fail("no Chromium: run `make test`, which finds or installs one, or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def tab(chromium: Browser) -> Iterator[list[Page]]:
    """The tab that a worker's pages are opened in, one after the other; none before the first."""
    tabs: list[Page] = []
    yield tabs
    for each in tabs:
        each.context.close()


@pytest.fixture
def page(chromium: Browser, tab: list[Page]) -> Iterator[Page]:
    """A blank page of a visitor unknown so far: Chinese, on a full-HD screen, without cookies and without anything stored.

    The tab stays the same from test to test: a new one has to load and compile Streamlit's scripts again, which takes
    longer than most tests.
    """
    if not tab:
        tab.append(chromium.new_context(locale="zh-CN", viewport=FULL_HD).new_page())
    (visited,) = tab
    yield visited
    stop_listening()
    try:
        forget(visited)
    except Error:  # closed, or gone with what the test did to it: the next test gets a tab of its own
        tab.clear()
        visited.context.close()
