"""Which submissions count: the first step of every query."""

from __future__ import annotations

from typing import Any

from domain.bodies import ZONE
from domain.roles import READ, SEALED
from domain.scope import Record, Scope
from storage.engine import Database

NEWEST = 2**62
Params = dict[str, Any]
# The submissions not withdrawn, replaced ones too; parameters: sequence, bodies.
STANDING = """
    SELECT submission_id, kind, body, period, sequence, file_name
    FROM accepted_submission
    WHERE sequence <= $sequence
      AND (withdrawn_sequence IS NULL OR withdrawn_sequence > $sequence)
      AND body IN (SELECT unnest($bodies))
"""
# The counted submissions, of the same parameters. ``position`` orders them, from 1.
COUNTED = f"""
    SELECT submission_id, kind, body, period, sequence, row_number() OVER (ORDER BY period, sequence) AS position
    FROM ({STANDING} QUALIFY row_number() OVER (PARTITION BY kind, body, period ORDER BY sequence DESC) = 1)
"""


class NotPermitted(PermissionError):
    """The scope may not do or read what it asks for; a page refuses it before it comes to this."""


def counted_submissions(db: Database, scope: Scope, record: Record) -> list[str]:
    """Ids of the submissions in force, oldest period first: the newest one not withdrawn of each return, body, period.

    As known at ``record.acceptances``; of the bodies that the scope may read, and the zone's own forms.
    """
    sql = f"SELECT submission_id FROM ({COUNTED}) ORDER BY period, sequence"
    with db.cursor() as cursor:
        rows = cursor.execute(sql, params_of(scope, record)).fetchall()
    return [submission_id for (submission_id,) in rows]


def params_of(scope: Scope, record: Record) -> Params:
    """The parameters of ``COUNTED``. Raises ValueError for acceptances that are neither newest nor a number.

    And NotPermitted for the newest where the scope reads sealed meetings only, for any where it reads nothing.
    """
    if record.acceptances == "newest":
        return newest_params(scope)
    if not scope.may(READ) and not scope.may(SEALED):
        raise NotPermitted(scope.role)
    return {"sequence": int(record.acceptances), "bodies": readable_bodies(scope)}


def newest_params(scope: Scope) -> Params:
    """The parameters of ``COUNTED`` as of now. Raises NotPermitted for a scope that may not read what is newest."""
    if not scope.may(READ):
        raise NotPermitted(scope.role)
    return {"sequence": NEWEST, "bodies": readable_bodies(scope)}


def readable_bodies(scope: Scope) -> list[str]:
    """The bodies whose submissions the scope may read: its own, and the zone, whose forms all may read."""
    return sorted({*scope.bodies, ZONE.code})
