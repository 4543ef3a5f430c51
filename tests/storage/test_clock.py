"""The office's clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from storage.clock import office_time


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Shanghai"])
def test_the_office_has_its_own_time(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    """Eight hours ahead of UTC on every machine, to the second and without a zone."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        now, utc = office_time(), datetime.now(UTC).replace(tzinfo=None)
    time.tzset()
    assert (now.tzinfo, now.microsecond) == (None, 0)
    assert timedelta(0) <= utc + timedelta(hours=8) - now < timedelta(seconds=5)
