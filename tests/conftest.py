"""What tests in every folder share: a Chromium, and pages of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import CHROMIUM_ARGUMENTS, find_chromium
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright
from sample_year import accept_samples, sample_files

# The suite tries the same examples on every run, so that a change is judged by what it changes;
# HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("suite", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


@pytest.fixture(scope="session")
def sample_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the whole sample year; tests copy it (``copy_database``) before they open or change it."""
    database = tmp_path_factory.mktemp("sample_year") / "monitor.duckdb"
    accept_samples(database, sample_files())
    return database


@pytest.fixture(scope="session")
def until_august(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the returns of January to August; tests copy it like the whole year."""
    database = tmp_path_factory.mktemp("until_august") / "monitor.duckdb"
    accept_samples(database, sample_files(8))
    return database


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


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A blank page of a fresh visitor: Chinese, on a full-HD screen."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1920, "height": 1080})
    yield context.new_page()
    context.close()
