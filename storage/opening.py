"""Opening with the checks of a start: what does not match is said, and then nothing is written."""

from __future__ import annotations

import logging
from pathlib import Path

from storage.access import check_access
from storage.chain import Fault
from storage.clock import office_time
from storage.engine import Database, open_database
from storage.fingerprints import unreadable_tables
from storage.integrity import check_journal, check_tables, missing_originals
from storage.owner import WORK_SECONDS

log = logging.getLogger(__name__)


def open_checked(path: Path | str) -> Database:
    """``open_database``, then ``check_start``; with a fault the database is open read-only, and ``faults`` says why.

    The record of use is checked too; what is amiss with it keeps nobody from working (``access_faults``).
    """
    db = open_database(path)
    try:
        db.refuse_writes(check_start(db))
        check_access(db.path, at=office_time())
    except BaseException:
        db.close()
        raise
    for fault in db.faults:
        log.error("integrity: %s", fault.sentence)
    return db


def check_start(db: Database) -> list[Fault]:
    """Every table read in full, the checks of integrity, the journal against the database, the originals' sizes.

    What the originals hold is for the check of each backup, which reads them all.
    """
    with db.cursor(WORK_SECONDS) as cursor:
        unread = unreadable_tables(cursor)
    if unread:
        # Nothing else can be told of tables that cannot be read.
        return [Fault("unread", name, f"table {name} cannot be read") for name in unread]
    found = {"tables": check_tables(db), "journal": check_journal(db), "originals": missing_originals(db)}
    return [Fault(code, "", sentence) for code, sentences in found.items() for sentence in sentences]
